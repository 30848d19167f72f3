"""An oxygen flowmeter of the Thorpe kind in its wall outlet: a ball in a clear tube before a scale from 0 to 15 litres a minute.

The knob turns anticlockwise to open, as a needle valve does, and the ball rises evenly with the flow, so that its middle stands
at the mark that is read. Below are the green nipple with a hose, and a hook for the mask. White is oxygen's colour (ISO 32).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from assets.generators import surfaces
from assets.generators.forms import aired, bends, block, facing, rounded, stack, upright
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.shapes import Shape, curve, join, lathe, lit, shape, tube
from assets.generators.surfaces import FINE_TILE, tiled
from engine.library import assets_folder
from engine.view.geometry.mesh import Material, Pixels

WALL = -0.070
"""y of the wall, metres; all of it hangs in front of it."""
ZERO, FULL = 0.1065, 0.1915
"""Heights of the ball's middle at 0 and at 15 L/min: the card's joint `ball` slides by their difference."""
BALL = 0.0042
GREEN, RED, DARK = (0.03, 0.32, 0.15), (0.84, 0.045, 0.03), (0.06, 0.064, 0.07)
HOSE = (0.042, 0.063, 0.006)
"""Where the hose ends, and the tubing of a hung mask begins."""
KNOB = (0.040, 0.060)
"""y of the knob's back and height of its axis."""


def _outlet() -> tuple[list[Shape], list[Shape]]:
    """White rose and collar on the wall, with the ring that lets the probe go; metal of the probe."""
    z = 0.076
    rose = stack(
        [
            upright(rounded(0.084, 0.084, 0.020, 6) * k, WALL + y, z=z)
            for k, y in ((1.0, 0.0), (1.0, 0.008), (0.985, 0.0105), (0.955, 0.012))
        ],
        open_start=True,
        crease_deg=30.0,
    )
    ring = lathe(((0.027, 0.010), (0.027, 0.022), (0.0255, 0.0245), (0.0185, 0.0255), (0.0175, 0.0235)), 32, 35.0)
    probe = lathe(
        ((0.0170, 0.018), (0.0170, 0.030), (0.0155, 0.0315), (0.0125, 0.0325), (0.0125, 0.050), (0.0160, 0.051), (0.0160, 0.060)),
        24,
        35.0,
    )
    white = [rose, ring.turned("x", -90).moved(0.0, WALL, z).tinted((0.93, 0.94, 0.95))]
    return white, [probe.turned("x", -90).moved(0.0, WALL, z)]


def _body() -> list[Shape]:
    """The forged body: a block with a boss for the tube and one for the knob, and the hose's thread; then the tube's cap."""
    block_ = block((0.036, 0.040, 0.050), 0.008, steps=2).moved(0.0, 0.008, 0.066)
    nut = lathe(((0.0175, 0.086), (0.0190, 0.088), (0.0190, 0.0955), (0.0178, 0.0975)), 24, 30.0).moved(0.0, 0.008)
    boss = lathe(((0.0125, 0.0), (0.0125, 0.014), (0.0110, 0.0155), (0.0060, 0.0155), (0.0060, 0.022)), 24, 35.0)
    thread = lathe(((0.0085, 0.024), (0.0098, 0.0255), (0.0098, 0.036), (0.0125, 0.0375), (0.0125, 0.042)), 20, 30.0).moved(
        0.0, 0.008
    )
    cap = lathe(
        ((0.0172, 0.2035), (0.0186, 0.205), (0.0186, 0.215), (0.0172, 0.2185), (0.0110, 0.2205), (0.0, 0.2208)), 28, 35.0
    ).moved(0.0, 0.008)
    return [block_, nut, boss.turned("x", -90).moved(0.0, 0.024, KNOB[1]), thread, cap]


def _nipple() -> list[Shape]:
    """The green nipple with its nut, and the sleeve of the hose that is pushed on it."""
    profile = [
        (0.0048, 0.0130), (0.0062, 0.0150), (0.0062, 0.0225), (0.0075, 0.0240), (0.0115, 0.0245), (0.0120, 0.0260),
        (0.0120, 0.0310), (0.0105, 0.0325),
    ]  # fmt: skip
    return [lathe(profile, 18, 30.0).moved(0.0, 0.008)]


def _hose() -> Shape:
    """A short clear hose from the nipple that bends forward and aside, to where the tubing of a hung mask ends."""
    path = curve(
        ((0.0, 0.008, 0.0215), (0.0, 0.008, 0.0150), (0.004, 0.011, 0.0092), (0.013, 0.022, 0.0072), (0.026, 0.041, 0.0064),
         HOSE),
        16,
    )  # fmt: skip
    return tube(path, np.linspace(0.0070, 0.0048, 16), 12)


def _hook() -> list[Shape]:
    """A wire hook under the body, from which a mask's strap hangs."""
    path = bends([(0.0, 0.024, 0.048), (0.0, 0.036, 0.0285), (0.0, 0.060, 0.0285), (0.0, 0.066, 0.044)], 0.008, 4)
    return [tube(path, 0.0021, 8)]


def _knob() -> tuple[Shape, Shape]:
    """A fluted knob on its axis along y, made at the joint; and its pointer."""
    count = 36
    turn = np.arange(count) * 2.0 * np.pi / count
    flutes = np.column_stack([np.cos(turn), np.sin(turn)]) * (0.0180 - 0.0011 * (0.5 + 0.5 * np.cos(12 * turn)))[:, None]
    rings = (
        (0.80, -0.0005),
        (0.95, 0.0),
        (1.0, 0.002),
        (1.0, 0.0195),
        (0.95, 0.0232),
        (0.86, 0.0250),
        (0.74, 0.0252),
        (0.70, 0.0244),
        (0.3, 0.0244),
    )
    knob = stack([upright(flutes * k, y) for k, y in rings], crease_deg=32.0)
    pointer = block((0.0022, 0.0012, 0.0085), 0.0005).moved(0.0, 0.0248, 0.0085)
    return knob.moved(0.0, KNOB[0], KNOB[1]), pointer.moved(0.0, KNOB[0], KNOB[1])


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(
        str(assets_folder() / "fonts" / "AtkinsonHyperlegible-Regular.ttf"), size, layout_engine=ImageFont.Layout.BASIC
    )


def _oxygen(draw: ImageDraw.ImageDraw, x: float, y: float, size: int, ink: tuple[int, int, int]) -> None:
    """The sign O2 about a point; the font has no small figure of its own."""
    draw.text((x + size * 0.12, y), "O", font=_font(size), fill=ink, anchor="rm")
    draw.text((x + size * 0.16, y + size * 0.26), "2", font=_font(size * 6 // 10), fill=ink, anchor="lm")


def _scale() -> Pixels:
    """The printed scale, 0 at the bottom: a mark for each litre on both sides of the ball's way, figures at 0, 1, 3, 5 ... 15."""
    k, wide, high = 3, 192, 440
    picture = Image.new("RGB", (wide * k, high * k), (236, 238, 238))
    draw = ImageDraw.Draw(picture)
    ink, green = (18, 24, 30), (12, 104, 62)
    font = _font(33 * k)
    bottom, top = (high * k * (1.0 - (z - _STRIP[0]) / (_STRIP[1] - _STRIP[0])) for z in (ZERO, FULL))
    for litre in range(16):
        y = bottom + (top - bottom) * litre / 15
        long = litre % 5 == 0
        for side in (-1, 1):
            a, b = sorted((wide * k / 2 + side * 27 * k, wide * k / 2 + side * (27 + (20 if long else 13)) * k))
            draw.rectangle((a, y - (2.2 if long else 1.5) * k, b, y + (2.2 if long else 1.5) * k), fill=ink)
        if litre % 2 or litre == 0:
            draw.text((wide * k / 2 - 51 * k, y), str(litre), font=font, fill=ink, anchor="rm")
            draw.text((wide * k / 2 + 51 * k, y), str(litre), font=font, fill=ink, anchor="lm")
    _oxygen(draw, wide * k / 2 - 30 * k, 13 * k, 22 * k, green)
    draw.text((wide * k / 2 - 8 * k, 13 * k), "L/min", font=_font(22 * k), fill=green, anchor="lm")
    return np.asarray(picture.resize((wide, high), Image.Resampling.LANCZOS), np.uint8)


_SHARE = 72 / 512
"""How much of the height of the printed picture is the label."""

_STRIP = (0.0985, 0.2035)
"""Heights between which the scale's strip stands."""


def _strip() -> Shape:
    """The scale: a strip bent round the back of the tube, read from in front."""
    turn = np.radians(np.linspace(-62.0, 62.0, 13))
    x, y = 0.0146 * np.sin(turn), 0.008 - 0.0146 * np.cos(turn)
    points = np.concatenate([np.column_stack([-x, y, np.full(13, z)]) for z in _STRIP])
    normals = np.concatenate([np.column_stack([np.sin(turn), np.cos(turn), np.zeros(13)])] * 2)
    uvs = np.concatenate([np.column_stack([np.linspace(0.0, 1.0, 13), np.full(13, v)]) for v in (_SHARE, 1.0)])
    a = np.arange(12)
    faces = np.concatenate([np.column_stack([a, a + 1, a + 14]), np.column_stack([a, a + 14, a + 13])])
    return shape(points, faces, normals, uvs)


def _tubes() -> Shape:
    """The outer cover, one wall of clear plastic, and the measuring tube, which widens upwards."""
    cover = lathe(((0.0168, 0.0965), (0.0168, 0.2045)), 28)
    inner = lathe(((0.0050, 0.0965), (0.0050, 0.1005), (0.0064, 0.2010), (0.0064, 0.2035)), 14)
    return join([cover, inner]).moved(0.0, 0.008)


def _prints() -> Pixels:
    """Scale and label in one picture, the label below."""
    scale = _scale()
    k, wide, high = 4, scale.shape[1], 72
    picture = Image.new("RGB", (wide * k, high * k), (238, 239, 239))
    _oxygen(ImageDraw.Draw(picture), wide * k / 2, high * k / 2, 58 * k, (14, 18, 24))
    return np.concatenate([scale, np.asarray(picture.resize((wide, high), Image.Resampling.LANCZOS), np.uint8)])


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    rose, probe = _outlet()
    knob, pointer = _knob()
    groups = [join(rose), join([*probe, *_body(), *_hook()]), join(_nipple()), knob, _strip()]
    outlet, metal, nipple, grip, strip = lit(groups, rays=24, reach=0.03, floor=None)
    ball = lathe([(BALL * float(np.sin(a)), -BALL * float(np.cos(a))) for a in np.linspace(0.0, np.pi, 11)], 16, 80.0)
    plastic = surfaces.moulded("plastic", (0.75, 0.755, 0.75), 0.45)
    prints = Material("print", roughness=0.6, colour_map=_prints())
    clear = Material("tube", colour=(0.90, 0.95, 0.95, 0.07), roughness=0.05, alpha="blend")
    label = facing(0.024, 0.009)
    label = replace(label, uvs=label.uvs * (1.0, _SHARE)).moved(0.0, WALL + 0.0124, 0.1085)
    white = join([outlet, nipple.tinted(nipple.tint * GREEN), _hose().tinted((0.62, 0.80, 0.72))])
    write_glb(
        "flow_dial",
        {
            "meter": [
                (plastic, tiled(white, FINE_TILE)),
                (surfaces.polished("plated_brass", (0.95, 0.95, 0.94), 0.16), aired(metal, 0.6)),
                (prints, join([strip, label])),
            ],
            "tube": [(clear, _tubes())],
            "knob": [(plastic, tiled(join([grip.tinted(DARK), pointer]), FINE_TILE))],
            "ball": [(plastic, tiled(ball.tinted(RED).moved(0.0, 0.008, ZERO), FINE_TILE))],
        },
        folder,
    )


if __name__ == "__main__":
    make()
