"""A small square picture for a wall, 32 cm: a slim frame of walnut, a deep mount, one of three prints.

Two of them, one over the other with 6 cm between, are as high as a framed print of 50 x 70 cm. The prints are painted here:
stones on stones, the sea, one leaf.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from assets.generators import surfaces, walnut
from assets.generators.forms import aired, facing
from assets.generators.framed_print import AIRY, GLAZED, MOUNT_WHITE, grid, washed
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import frame
from assets.generators.shapes import Shape, lit
from assets.generators.surfaces import GRAIN_TILE, tiled
from assets.generators.textures import Field, ramp
from engine.view.geometry.mesh import Material, Pixels

SIDE, DEPTH, FACE, MOUNT = 0.320, 0.026, 0.013, 0.052
"""The whole, its depth, and the widths of its frame and of the mount that one sees, metres."""
BACK, PAPER = -DEPTH / 2, 0.0005
"""y of the wall and of the print, metres."""
PIXELS = (320, 320)


def _frame() -> Shape:
    """A narrow, deep moulding with broken edges, a shadow gap at the wall."""
    front, e = DEPTH / 2, 0.0014
    profile = (
        *((0.004, BACK), (0.0, BACK + 0.004), (0.0, front - 3 * e), (0.4 * e, front - 1.2 * e), (1.2 * e, front - 0.4 * e)),
        *((3 * e, front), (FACE - 3 * e, front), (FACE - 1.2 * e, front - 0.4 * e), (FACE - 0.4 * e, front - 1.2 * e)),
        *((FACE, front - 3 * e), (FACE, PAPER + 0.002), (FACE - 0.003, PAPER + 0.001), (FACE - 0.004, PAPER)),
        *((FACE - 0.004, BACK + 0.003), (FACE - 0.007, BACK)),
    )
    return frame(SIDE, SIDE, profile, smooth_deg=40.0, cuts=2)


def _mount() -> Shape:
    """Board of 3 mm, its window cut at 45 degrees."""
    inner, thick = FACE + MOUNT, 0.003
    profile = (
        *((FACE - 0.003, PAPER), (FACE - 0.003, PAPER + thick), (inner - thick, PAPER + thick), (inner, PAPER + 0.0002)),
        (inner, PAPER),
    )
    return frame(SIDE, SIDE, profile, smooth_deg=20.0, cuts=2)


def _stones() -> Pixels:
    """Five stones on one another before warm paper."""
    across, up, tooth = grid(PIXELS)
    colour = ramp(up, ((226, 214, 196), (238, 230, 216), (242, 236, 226)))
    for x, y, wide, tall, lean, tone in (
        (0.50, 0.205, 0.290, 0.085, 0.00, (104, 112, 112)),
        (0.47, 0.350, 0.225, 0.072, 0.06, (150, 136, 118)),
        (0.52, 0.475, 0.180, 0.062, -0.05, (86, 102, 108)),
        (0.49, 0.585, 0.130, 0.052, 0.04, (176, 122, 92)),
        (0.51, 0.672, 0.082, 0.038, -0.06, (124, 132, 126)),
    ):
        off_x, off_y = across - x, up - y - lean * (across - x)
        far = (np.abs(off_x / wide) ** 2.3 + np.abs(off_y / tall) ** 2.3) ** (1 / 2.3)
        inside = np.clip((1.0 - far) / 0.03, 0.0, 1.0)[..., None]
        round_ = np.clip(0.98 + 0.16 * off_y / tall - 0.10 * off_x / wide, 0.0, 1.2)[..., None]
        shade = np.clip(1.0 - np.hypot(off_x / wide, (off_y + 1.05 * tall) / (0.35 * tall)), 0.0, 1.0)[..., None]
        colour = colour * (1.0 - 0.30 * shade) * (1.0 - inside) + inside * np.array(tone, float) * round_
    return washed(np.clip(colour, 0, 255), tooth, 371)


def _sea() -> Pixels:
    """Bands of water under a pale sky, a low sun on them."""
    across, up, tooth = grid(PIXELS)
    level = 0.46
    high = np.clip((up - level) / (1.0 - level), 0, 1)
    colour = ramp(high, ((246, 222, 192), (232, 224, 210), (190, 208, 212), (160, 188, 200)))
    sun = np.hypot(across - 0.64, up - 0.62)
    disc = np.clip((0.075 - sun) / 0.004, 0, 1)[..., None]
    colour = colour * (1 - disc) + np.array((238.0, 166.0, 116.0)) * disc
    for height, swing, pace, start, tone in (
        (0.46, 0.000, 1.0, 0.0, (112, 158, 168)), (0.36, 0.012, 1.6, 0.2, (78, 132, 146)),
        (0.25, 0.020, 1.2, 0.6, (52, 104, 122)), (0.12, 0.026, 0.9, 0.9, (34, 76, 96)),
    ):  # fmt: skip
        crest = height + swing * np.sin(2 * np.pi * (pace * across + start))
        inside = np.clip((crest - up) / 0.004, 0.0, 1.0)[..., None]
        foam = np.exp(-(((crest - up - 0.006) / 0.005) ** 2))[..., None] * (0.7 if swing else 0.0)
        colour = colour * (1 - inside) + inside * (np.array(tone, float) * (1 - foam) + 232.0 * foam)
    glint = np.exp(-(((across - 0.64) / (0.03 + 0.10 * np.clip(level - up, 0, 1))) ** 2)) * (up < level) * (up > 0.36)
    colour = colour + (np.array((250.0, 214.0, 178.0)) - colour) * (0.6 * glint)[..., None]
    return washed(np.clip(colour, 0, 255), tooth, 381)


def _leaf() -> Pixels:
    """One broad leaf with its ribs on pale paper."""
    tooth = grid(PIXELS)[2]
    scale = 3
    side = PIXELS[0] * scale
    page = Image.new("RGB", (side, side), (240, 235, 222))
    pen = ImageDraw.Draw(page)
    s = np.linspace(0.0, 1.0, 80)
    rib = np.column_stack([0.40 + 0.20 * s + 0.05 * np.sin(np.pi * s), 0.90 - 0.78 * s])
    way = np.gradient(rib, axis=0)
    out = np.column_stack([-way[:, 1], way[:, 0]]) / np.linalg.norm(way, axis=1, keepdims=True)
    half = 0.235 * np.sin(np.pi * np.clip((s - 0.12) / 0.88, 0.0, 1.0) ** 0.85) ** 0.8

    def dots(points: Field) -> list[tuple[float, float]]:
        return [(float(x) * side, float(y) * side) for x, y in points]

    for sign, tone in ((1.0, (86, 122, 92)), (-1.0, (64, 100, 78))):
        pen.polygon(dots(np.concatenate([rib, (rib + sign * half[:, None] * out)[::-1]])), fill=tone)
        for at in range(18, 74, 7):
            tip = min(at + 8, 79)
            pen.line(dots(np.stack([rib[at], rib[tip] + sign * 0.93 * half[tip] * out[tip]])), fill=(126, 156, 122), width=5)
    pen.line(dots(rib), fill=(168, 184, 150), width=9)
    colour = np.asarray(page.resize(PIXELS, Image.Resampling.LANCZOS), float)
    return washed(colour, tooth, 391)


@cache
def _print(name: str) -> Material:
    painted = {"stones": _stones, "sea": _sea, "leaf": _leaf}[name]()
    return Material(f"small_{name}", roughness=GLAZED, colour_map=painted)


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    wood, mount = lit([_frame(), _mount()], rays=28, reach=0.02, floor=None)
    mount = aired(mount, AIRY)
    window = SIDE - 2 * (FACE + MOUNT) + 0.001
    shown = {
        f"picture_{name}": [(_print(name), facing(window, window).moved(0.0, PAPER + 0.0003, SIDE / 2))]
        for name in ("stones", "sea", "leaf")
    }
    board = surfaces.plain("mount_board", MOUNT_WHITE, GLAZED)
    write_glb(
        "small_print",
        {"frame": [(walnut.walnut(), tiled(wood, walnut.TILE)), (board, tiled(mount, GRAIN_TILE))], **shown},
        folder,
    )


if __name__ == "__main__":
    make()
