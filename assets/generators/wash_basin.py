"""A clinical wash-hand basin on a panel: vitreous china, 500 x 410 mm, with neither overflow nor plug, its outlet in the back.

A soap dispenser hangs beside the tap.

That is the hospital pattern of HTM 64 (2006): water runs straight off through a grated outlet at the back, which the tap's stream
does not meet. The tap is a thermostatic mixer on the panel with one long lever that an elbow can work; the trap is behind the
lower panel, which comes off by its cams.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from assets.generators import surfaces
from assets.generators.forms import Ring, aired, bends, block, level, oval, stack, upright
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import frame, without
from assets.generators.shapes import Array, Shape, bar, curve, join, lathe, lit, tube
from assets.generators.surfaces import GRAIN_TILE, tiled
from engine.view.geometry.mesh import Material

BACK = -0.195
"""y of the panel's face, where the basin begins."""
RIM = 0.86
BORDER, SLOT = 0.032, 0.004
"""Metres: how wide the lower panel's border is, and the gap between it and the cover."""
COVER = (0.80, 0.88, 0.86)
"""The cover's tint."""


def _plan(width: float, depth: float, front: float, count: int = 60) -> Array:
    """The basin from above: straight at the back (y = 0), round in front, `count` points evenly turned about its middle."""
    turn = -np.pi / 2 + (np.arange(count) + 0.5) * 2 * np.pi / count
    squarish = np.where(np.sin(turn) > 0, front, 9.0)
    c, s = np.cos(turn), np.sin(turn)
    far = (np.abs(c) ** squarish + np.abs(s) ** squarish) ** (-1.0 / squarish)
    return np.column_stack([c * far * width / 2, s * far * depth / 2 + depth / 2])


def _ring(width: float, depth: float, z: float, y: float = 0.0, front: float = 3.2) -> Ring:
    return level(_plan(width, depth, front), z, y=BACK + y)


def _basin() -> Shape:
    """From the underside over the rim down into the bowl, in one skin."""
    under = [
        _ring(0.16, 0.10, 0.655), _ring(0.20, 0.15, 0.66), _ring(0.30, 0.245, 0.69), _ring(0.40, 0.325, 0.735),
        _ring(0.470, 0.385, 0.79), _ring(0.492, 0.404, 0.825), _ring(0.498, 0.409, 0.845), _ring(0.500, 0.410, RIM - 0.008),
        _ring(0.496, 0.408, RIM - 0.002), _ring(0.488, 0.404, RIM),
    ]  # fmt: skip
    bowl = [
        _ring(width, depth, RIM - down, y, front)
        for width, depth, down, y, front in (
            (0.452, 0.310, 0.001, 0.074, 2.9), (0.440, 0.299, 0.005, 0.080, 2.8), (0.430, 0.289, 0.020, 0.084, 2.7),
            (0.405, 0.268, 0.070, 0.092, 2.6), (0.350, 0.235, 0.112, 0.096, 2.5), (0.270, 0.180, 0.138, 0.104, 2.4),
            (0.160, 0.105, 0.150, 0.128, 2.2), (0.060, 0.040, 0.154, 0.150, 2.0),
        )
    ]  # fmt: skip
    return stack([*under, *bowl], crease_deg=60.0)


def _panels() -> tuple[list[Shape], list[Shape], list[Shape]]:
    """The splash panel, and below it, within a border and a shadow gap, the cover that comes off for the trap; the dark backing,
    the plinth and the splash panel's edging; the cams."""
    # Cut finely, so that the soft shadows of bowl, tap and dispenser lie on them smoothly.
    upper = without(block((0.538, 0.018, 0.290), 0.003, cells=(12, 1, 7)), (0.0, -1.0, 0.0)).moved(0.0, BACK - 0.009, 0.9995)
    sill = [(0.0, BACK - 0.020), (0.0, BACK - 0.0025), (0.0025, BACK), (BORDER - 0.002, BACK), (BORDER, BACK - 0.002)]
    border = frame(0.55, 0.755, [*sill, (BORDER, BACK - 0.020)], cuts=5).moved(0.0, 0.0, 0.088)
    wide, tall = 0.55 - 2 * BORDER - 2 * SLOT, 0.755 - 2 * BORDER - 2 * SLOT
    cover = without(block((wide, 0.018, tall), 0.003, cells=(8, 1, 10)), (0.0, -1.0, 0.0)).moved(0.0, BACK - 0.010, 0.4655)
    backing = block((0.534, 0.010, 1.04), 0.002).moved(0.0, -0.219, 0.61)
    plinth = bar(0.530, 0.020, 0.086, 0.002).moved(0.0, -0.214, 0.043)
    edging = [(0.0, -0.224), (0.0, BACK + 0.0005), (0.0012, BACK + 0.0016), (0.0055, BACK + 0.0016), (0.0055, -0.224)]
    cams = [
        lathe(((0.0085, 0.0), (0.0085, 0.0015), (0.0070, 0.0022), (0.0030, 0.0022), (0.0026, 0.0006), (0.0, 0.0006)), 14, 40.0)
        .turned("x", -90)
        .moved(x, BACK - 0.001, z)
        for x in (-0.205, 0.205)
        for z in (0.145, 0.786)
    ]
    trim = frame(0.55, 0.304, edging, sides="right top left").moved(0.0, 0.0, 0.846)
    return [upper, border, cover.tinted(COVER)], [backing, plinth, trim], cams


def _tap() -> list[Shape]:
    """The mixer: rose on the panel, body, temperature ring, spout with its nozzle, lever with a flat end."""
    z = 1.035
    rose = stack(
        [
            upright(oval(0.125 * k, 0.185 * k, 28, 2.6), BACK + y, z=z)
            for k, y in ((1.0, -0.001), (1.0, 0.004), (0.975, 0.008), (0.9, 0.0095))
        ],
        open_start=True,
        crease_deg=30.0,
    )
    body = lathe(
        (
            (0.034, 0.0),
            (0.030, 0.010),
            (0.027, 0.014),
            (0.027, 0.052),
            (0.0255, 0.055),
            (0.0235, 0.056),
            (0.0235, 0.060),
            (0.026, 0.061),
            (0.026, 0.078),
            (0.022, 0.084),
            (0.0, 0.086),
        ),
        28,
        35.0,
    )
    made = [rose, body.turned("x", -90).moved(0.0, BACK + 0.008, z - 0.032)]
    spout = bends([(0.0, BACK + 0.006, z + 0.045), (0.0, 0.035, z + 0.045), (0.0, 0.052, z - 0.010)], 0.045, 9)
    made.append(tube(spout, 0.0115, 16))
    collar = lathe(((0.020, 0.0), (0.019, 0.006), (0.0145, 0.012), (0.0115, 0.013)), 18, 40.0)
    made.append(collar.turned("x", -90).moved(0.0, BACK + 0.008, z + 0.045))
    nozzle = lathe(
        ((0.0, 0.0015), (0.0095, 0.0015), (0.0105, 0.0), (0.0130, 0.0), (0.0138, 0.002), (0.0138, 0.020), (0.0115, 0.024)),
        18,
        40.0,
    )
    made.append(nozzle.turned("x", 17.0).moved(0.0, 0.0535, z - 0.020))
    base = BACK + 0.008 + 0.070
    path = np.array(
        [
            (0.0, base - 0.006, z - 0.032),
            (-0.026, base + 0.004, z - 0.034),
            (-0.075, base + 0.030, z - 0.040),
            (-0.120, base + 0.058, z - 0.040),
            (-0.158, base + 0.080, z - 0.036),
        ]
    )
    made.append(tube(curve([tuple(each) for each in path], 14), np.linspace(0.0095, 0.0070, 14), 12))
    made.append(
        lathe(((0.0, -0.011), (0.0075, -0.0085), (0.011, 0.0), (0.0075, 0.0085), (0.0, 0.011)), 12, 80.0).moved(*path[-1])
    )
    return made


def _soap() -> tuple[list[Shape], list[Shape], Shape]:
    """A dispenser that an elbow works: its housing and lever, the window that shows how full it is, the pump's nose."""
    x, z = 0.195, 0.945
    y = BACK + 0.040
    body = block((0.098, 0.080, 0.168), 0.014, cells=(2, 1, 3), steps=2).moved(x, y, z + 0.105)
    lever = block((0.090, 0.012, 0.036), 0.005, cells=(1, 1, 1)).turned("x", -14.0).moved(x, y + 0.040, z + 0.014)
    back = block((0.070, 0.050, 0.050), 0.006, cells=(1, 1, 1)).moved(x, BACK + 0.024, z + 0.020)
    window = block((0.018, 0.004, 0.092), 0.0018, cells=(1, 1, 2), steps=2).moved(x, y + 0.0395, z + 0.105)
    nose = lathe(((0.0, 0.0), (0.006, 0.0), (0.008, 0.004), (0.008, 0.03)), 14, 40.0).moved(x, y - 0.004, z - 0.006)
    return [body, lever], [back, nose], window


def _outlet() -> tuple[list[Shape], list[Shape]]:
    """The grated outlet in the back of the bowl: a chrome flange with its holes."""
    flange = lathe(((0.036, -0.004), (0.036, 0.001), (0.034, 0.0028), (0.029, 0.0030), (0.027, 0.0018), (0.0, 0.0018)), 28, 40.0)
    holes = [
        lathe(((0.0042, 0.0018), (0.0036, 0.0022), (0.0, 0.0022)), 6).moved(r * np.cos(a), r * np.sin(a))
        for r, n in ((0.0105, 6), (0.0205, 12))
        for a in np.arange(n) * 2 * np.pi / n + r * 90
    ]
    holes.append(lathe(((0.0042, 0.0018), (0.0036, 0.0022), (0.0, 0.0022)), 6))

    def place(each: Shape) -> Shape:
        return each.turned("x", -62.0).moved(0.0, BACK + 0.1025, RIM - 0.088)

    return [place(flange)], [place(each) for each in holes]


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    laminate, (*dark, trim), cams = _panels()
    flange, holes = _outlet()
    dots = [
        lathe(((0.0045, 0.0), (0.004, 0.0006), (0.0, 0.0008)), 10).turned("x", -90).moved(x, BACK + 0.0095, 1.09)
        for x in (0.022, -0.022)
    ]
    housing, behind, window = _soap()
    groups = {
        "china": _basin(),
        "panel": join(laminate),
        "metal": join([*_tap(), *flange, *cams]),
        "dark": join(
            [
                *(each.tinted((0.20, 0.205, 0.21)) for each in dark),
                trim.tinted((0.80, 0.82, 0.83)),
                *housing,
                *(each.tinted((0.85, 0.85, 0.84)) for each in behind),
                window.tinted((0.16, 0.62, 0.58)),
                *(each.tinted((0.05, 0.05, 0.05)) for each in holes),
                dots[0].tinted((1.0, 0.06, 0.05)),
                dots[1].tinted((0.05, 0.20, 1.0)),
            ]
        ),
    }
    shaded = dict(zip(groups, lit(list(groups.values()), rays=64, reach=0.16, floor=None), strict=True))
    # A glaze is denser than what glTF takes for granted, 1.5: it mirrors 7 % where a plastic mirrors 4.
    glaze = Material("vitreous_china", (0.87, 0.845, 0.775, 1.0), metallic=0.035, roughness=0.09)
    materials = {
        "china": glaze,
        "panel": surfaces.plain("laminate", (0.56, 0.635, 0.67), 0.36),
        "metal": surfaces.chrome("tap_chrome"),
        "dark": surfaces.moulded("small_parts", (0.70, 0.705, 0.70), 0.46),
    }
    least = {"china": 0.70, "metal": 1.0, "panel": 0.72}
    shaded["panel"] = surfaces.trodden(shaded["panel"], 0.35)
    parts = [(look, tiled(aired(shaded[name], least.get(name, 0.45)), GRAIN_TILE)) for name, look in materials.items()]
    write_glb("wash_basin", {"basin": parts}, folder)


if __name__ == "__main__":
    make()
