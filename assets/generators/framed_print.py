"""A framed picture for a wall: a beech frame of 50 x 70 cm, a mount of cotton board with a bevelled window, one of three prints.

The prints are painted here: a lake at dawn, sprigs from a herbarium, dunes. Calm, without people, words or water that falls: what
reviews of pictures in waiting rooms find restful (Ulrich and Gilpin, "Healing arts", 2003).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from assets.generators import planed_wood, surfaces
from assets.generators.forms import aired, facing
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import frame
from assets.generators.shapes import Shape, join, lit
from assets.generators.surfaces import GRAIN_TILE, tiled
from assets.generators.textures import Field, bytes_of, layered, ramp
from engine.view.geometry.mesh import Material, Pixels

WIDTH, HEIGHT, DEPTH = 0.50, 0.70, 0.024
MOUNT = 0.064
"""Width of the mount that one sees, metres."""
FACE = 0.022
"""Width of the frame, metres."""
BACK = -DEPTH / 2
PAPER = -0.0015
"""y of the print."""
GLAZED = 0.06
"""Roughness of paper and mount behind picture glass, whose own surface mirrors the room before them."""
MOUNT_WHITE, AIRY = (0.90, 0.875, 0.82), 0.82
"""Museum board, linear, and the least light that a mount has: its corners lie on the surface of a wide white tray."""
PIXELS = (328, 512)
"""Columns and rows of a print."""


def _frame() -> Shape:
    """The moulding: a rounded front that falls a little inwards, a rebate behind the mount, a shadow gap at the wall."""
    front = DEPTH / 2
    profile = (
        *((0.005, BACK), (0.0, BACK + 0.005), (0.0, front - 0.004), (0.0012, front - 0.0012), (0.004, front)),
        *((FACE - 0.004, front - 0.0022), (FACE - 0.0012, front - 0.0034), (FACE, front - 0.006), (FACE, PAPER + 0.003)),
        *((FACE - 0.002, PAPER + 0.001), (FACE - 0.006, PAPER), (FACE - 0.006, BACK + 0.003), (FACE - 0.009, BACK)),
    )
    return frame(WIDTH, HEIGHT, profile, smooth_deg=40.0, cuts=3)


def _mount() -> Shape:
    """A board 2 mm thick, its window cut at 45 degrees, so that the white core shows round the print."""
    inner, thick = FACE + MOUNT, 0.0022
    profile = (
        *((FACE - 0.004, PAPER), (FACE - 0.004, PAPER + thick), (inner - thick, PAPER + thick), (inner, PAPER + 0.0002)),
        *((inner, PAPER),),
    )
    return frame(WIDTH, HEIGHT, profile, smooth_deg=20.0, cuts=2)


def grid(pixels: tuple[int, int] = PIXELS) -> tuple[Field, Field, Field]:
    """Across 0-1, up 0-1, and the tooth of the paper about 0-1, for a print's pixels."""
    columns, rows = pixels
    v, u = np.mgrid[0:rows, 0:columns] + 0.5
    tooth = layered(512, (128, 128), 211, 2, 0.6)[:rows, :columns]
    return u / columns, 1.0 - v / rows, tooth


def washed(colour: Field, tooth: Field, seed: int) -> Pixels:
    """Paint on rough paper: pigment settles in its tooth, and the wash is uneven."""
    wash = layered(512, (4, 4), seed, 4)[: colour.shape[0], : colour.shape[1], None]
    return bytes_of(colour * (0.965 + 0.05 * tooth[..., None]) * (0.96 + 0.08 * wash))


def _lake() -> Pixels:
    """Ridges that fade into the morning, a low sun, still water."""
    across, up, tooth = grid()
    shore = 0.36
    mirror = np.where(up < shore, 2 * shore - up, up)
    ripple = np.where(up < shore, 0.006 * np.sin((shore - up) * 260.0 / (0.3 + 3.0 * (shore - up))), 0.0)
    x = across + ripple
    colour = ramp(
        np.clip((mirror - shore) / (1.0 - shore), 0, 1), ((247, 214, 178), (240, 216, 192), (206, 214, 212), (164, 190, 200))
    )
    sun = np.hypot((x - 0.62) * 0.64, mirror - 0.60)
    colour += np.clip(1.0 - sun / 0.30, 0, 1)[..., None] ** 2 * np.array((20.0, 16.0, 2.0))
    colour = np.where((sun < 0.048)[..., None], np.array((255.0, 244.0, 216.0)), colour)
    chance = np.random.Generator(np.random.PCG64(5))
    for index, (height, tone) in enumerate(
        ((0.26, (186, 196, 198)), (0.185, (150, 172, 178)), (0.12, (108, 142, 150)), (0.055, (66, 104, 112)))
    ):
        waves = sum(
            float(chance.uniform(0.5, 1.0)) / n * np.sin(2 * np.pi * (n * x * 0.9 + float(chance.random())))
            for n in (1, 2, 3, 5, 9, 17)
        )
        crest = shore + height * (1.0 + 0.34 * np.asarray(waves))
        inside = np.clip((crest - mirror) / 0.004, 0.0, 1.0)[..., None]
        mist = np.clip((mirror - shore) / max(height, 0.05), 0.0, 1.0)[..., None] * (0.55 if index < 3 else 0.9) + (
            0.45 if index < 3 else 0.1
        )
        colour = colour * (1 - inside) + inside * (np.array(tone, float) * mist + np.array((226.0, 214.0, 200.0)) * (1 - mist))
    water = np.clip((shore - up) / shore, 0, 1)[..., None]
    colour = np.where((up < shore)[..., None], colour * (0.93 - 0.20 * water) + np.array((6.0, 14.0, 18.0)), colour)
    return washed(colour, tooth, 221)


def _sprigs() -> Pixels:
    """Three pressed sprigs side by side on cream paper."""
    tooth = grid()[2]
    scale = 4
    wide, high = PIXELS[0] * scale, PIXELS[1] * scale
    page = Image.new("RGB", (wide, high), (240, 233, 216))
    pen = ImageDraw.Draw(page)
    chance = np.random.Generator(np.random.PCG64(9))
    sprigs = (
        (0.27, 0.10, 0.78, 0.050, 13, 0.085, (104, 130, 104)),
        (0.52, 0.07, 0.90, -0.030, 19, 0.105, (62, 98, 84)),
        (0.76, 0.12, 0.72, 0.040, 10, 0.095, (138, 148, 98)),
    )
    for foot, low, top, lean, pairs, long, tone in sprigs:
        share = np.linspace(0.0, 1.0, 60)
        stem = np.column_stack([foot + lean * np.sin(share * 2.4), low + (top - low) * share])
        dots = [(float(x) * wide, (1.0 - float(y)) * high) for x, y in stem]
        pen.line(dots, fill=tuple(int(0.7 * each) for each in tone), width=7, joint="curve")
        for index in range(pairs):
            at = 0.10 + 0.88 * index / pairs
            root = np.array([np.interp(at, share, stem[:, 0]), np.interp(at, share, stem[:, 1])])
            for side in (-1.0, 1.0):
                size = long * (1.0 - 0.62 * at) * float(chance.uniform(0.86, 1.08))
                angle = np.radians(90.0 - side * (62.0 - 26.0 * at) + float(chance.uniform(-6.0, 6.0)))
                bright = float(chance.uniform(0.86, 1.16))
                _blade(pen, root, angle, size, tuple(each * bright for each in tone))
        _blade(pen, stem[-1], np.radians(90.0), long * 0.5, tone)
    colour = np.asarray(page.resize(PIXELS, Image.Resampling.LANCZOS), float)
    return washed(colour, tooth, 231)


def _blade(pen: ImageDraw.ImageDraw, root: Field, angle: float, size: float, tone: tuple[float, ...]) -> None:
    """One leaf of a sprig: a pointed oval with a paler midrib, `size` in heights of the page."""
    s = np.linspace(0.0, 1.0, 14)
    half = 0.19 * np.sin(np.pi * s**0.8) * size
    way, off = np.array((np.cos(angle), np.sin(angle))), np.array((-np.sin(angle), np.cos(angle)))
    wide, high = (each * 4 for each in PIXELS)
    aspect = PIXELS[1] / PIXELS[0]

    def dot(along: float, aside: float) -> tuple[float, float]:
        p = way * along + off * aside
        return (float(root[0] + p[0] * aspect) * wide, float(1.0 - root[1] - p[1]) * high)

    outline = [dot(float(a) * size, float(h)) for a, h in zip(s, half, strict=True)]
    outline += [dot(float(a) * size, -float(h)) for a, h in zip(s[::-1], half[::-1], strict=True)]
    pen.polygon(outline, fill=tuple(int(min(each, 255)) for each in tone))
    pen.line([dot(0.0, 0.0), dot(0.86 * size, 0.0)], fill=tuple(int(min(each * 1.22, 255)) for each in tone), width=4)


def _dunes() -> Pixels:
    """Broad soft shapes of sand and clay under a pale sun."""
    across, up, tooth = grid()
    colour = ramp(up, ((242, 222, 200), (244, 232, 216), (232, 226, 214)))
    sun = np.hypot((across - 0.36) * 0.64, up - 0.70)
    disc = np.clip((0.115 - sun) / 0.003, 0, 1)[..., None]
    colour = colour * (1 - disc) + np.array((222.0, 150.0, 112.0)) * disc
    dunes = (
        (0.52, 0.10, 1.1, 0.2, (228, 196, 168)),
        (0.42, 0.09, 0.8, 2.2, (206, 158, 126)),
        (0.31, 0.08, 1.0, 4.1, (160, 170, 152)),
        (0.20, 0.06, 0.7, 0.9, (178, 116, 90)),
        (0.10, 0.05, 0.9, 3.0, (108, 124, 116)),
    )
    for middle, swing, pace, start, tone in dunes:
        crest = middle + swing * np.sin(2 * np.pi * pace * across + start)
        inside = np.clip((crest - up) / 0.003, 0.0, 1.0)[..., None]
        depth = np.clip((crest - up) / 0.20, 0.0, 1.0)[..., None]
        colour = colour * (1 - inside) + inside * np.array(tone, float) * (1.05 - 0.13 * depth)
    return washed(np.clip(colour, 0, 255), tooth, 241)


@cache
def _print(name: str) -> Material:
    painted = {"lake": _lake, "sprigs": _sprigs, "dunes": _dunes}[name]()
    return Material(f"print_{name}", roughness=GLAZED, colour_map=painted)


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    wood, mount = lit([_frame(), _mount()], rays=28, reach=0.02, floor=None)
    mount = aired(mount, AIRY)
    window = (WIDTH - 2 * (FACE + MOUNT) + 0.001, HEIGHT - 2 * (FACE + MOUNT) + 0.001)
    shown = {
        f"picture_{name}": [(_print(name), facing(*window).moved(0.0, PAPER + 0.0003, HEIGHT / 2))]
        for name in ("lake", "sprigs", "dunes")
    }
    board = surfaces.plain("mount_board", MOUNT_WHITE, GLAZED)
    write_glb(
        "framed_print",
        {
            "frame": [(planed_wood.beech(), tiled(join([wood]), planed_wood.BEECH_TILE)), (board, tiled(mount, GRAIN_TILE))],
            **shown,
        },
        folder,
    )


if __name__ == "__main__":
    make()
