"""A patient monitor of 15 inches on a rolling stand: five legs with castors, a column, a tray, a moulded housing.

The screen is a 15.6-inch panel of 344 x 194 mm (16:9). Its housing has a carrying handle, an alarm lamp on the upper edge, a
rotary knob and five keys below, and at its side the sockets for leads. Two leads run down the column into the tray, where a cuff
and a box lie; what the mains cord is too long is wound up on the hook, and its end goes up again behind the housing.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from assets.generators import surfaces
from assets.generators.cables import laid
from assets.generators.forms import aired, bends, block, castor, facing, grown, level, mirrored, rounded, stack, sweep, upright
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import agreeing, sheet
from assets.generators.shapes import Shape, bar, join, lathe, lit, screw, tube
from assets.generators.surfaces import GRAIN_TILE, tiled
from engine.view.geometry.mesh import Material

SCREEN = (0.344, 0.194)
"""Width and height of what is shown, metres: 15.6 inches, 16:9."""
MIDDLE = 1.325
"""Height of the screen's middle, metres."""
FRONT = 0.075
"""y of the bezel's face."""
WIDE, HIGH = 0.400, 0.290
TRAY = 0.690
"""Height of the tray's foot, metres."""

CORD = 0.0036
"""Radius of the mains cord, metres."""
GREY, DARK, LIGHT = (0.150, 0.175, 0.200), (0.055, 0.06, 0.065), (0.80, 0.90, 0.98)
BLACK = (0.035, 0.036, 0.038)
PRINT = (0.86, 0.88, 0.90)
BASE = (0.40, 0.42, 0.44)
"""Tint of the cast base beside the white column."""


def _housing() -> list[Shape]:
    """The shell: a bezel that falls to the screen, rounded edges, a back that narrows to the mount, vents, handle, feet."""
    z = MIDDLE - 0.012
    shell = [
        upright(rounded(WIDE - 2 * by, HIGH - 2 * by, 0.024, 4), y, z=z)
        for y, by in (
            (-0.055, 0.066), (-0.053, 0.060), (-0.040, 0.052), (-0.020, 0.014), (-0.008, 0.002), (0.002, 0.0), (0.060, 0.0),
            (0.069, 0.003), (FRONT, 0.010),
        )
    ]  # fmt: skip
    body = stack(shell, open_end=True, crease_deg=35.0)
    hole = rounded(SCREEN[0] + 0.008, SCREEN[1] + 0.008, 0.004, 4)
    rim = stack(
        [
            upright(rounded(WIDE - 0.020, HIGH - 0.020, 0.024, 4), FRONT, z=z),
            upright(grown(hole, 0.004), FRONT, z=MIDDLE),
            upright(hole, FRONT - 0.002, z=MIDDLE),
            upright(hole, FRONT - 0.009, z=MIDDLE),
        ],
        open_start=True,
        open_end=True,
        crease_deg=30.0,
    )
    gasket = stack(
        [
            upright(hole, FRONT - 0.008, z=MIDDLE),
            upright(rounded(SCREEN[0] - 0.006, SCREEN[1] - 0.006, 0.002, 4), FRONT - 0.0065, z=MIDDLE),
        ],
        open_start=True,
        open_end=True,
    )
    handle = bends([(-0.125, 0.0, 1.44), (-0.112, -0.004, 1.492), (0.112, -0.004, 1.492), (0.125, 0.0, 1.44)], 0.022, 4)
    grip = sweep(handle, rounded(0.026, 0.020, 0.008, 1), up=(0.0, 1.0, 0.0), crease_deg=50.0)
    vents = [bar(0.18, 0.006, 0.004, 0.001).turned("x", 90).moved(0.0, -0.0548, z + 0.058 - 0.012 * row) for row in range(3)]
    return [body.tinted(LIGHT), gasket.tinted(DARK), rim.tinted(GREY), grip.tinted(GREY), *(each.tinted(DARK) for each in vents)]


def _knobs() -> list[Shape]:
    """The trim knob at the lower right as one looks at it, and five keys in a row."""
    z = MIDDLE - SCREEN[1] / 2 - 0.030
    ribs = 24
    turn = np.arange(ribs) * 2 * np.pi / ribs
    round_ = np.column_stack([np.cos(turn), np.sin(turn)])
    flutes = round_ * (0.0155 + 0.0004 * np.cos(8 * turn))[:, None]
    knob = stack(
        [
            upright(outline * k, FRONT + y, x=-0.160, z=z)
            for outline, k, y in (
                (round_ * 0.0180, 1.0, 0.0), (round_ * 0.0165, 1.0, 0.002), (flutes, 1.0, 0.004), (flutes, 1.0, 0.0145),
                (round_ * 0.0140, 1.0, 0.0172), (round_ * 0.0095, 1.0, 0.0176),
            )
        ],
        open_start=True,
        crease_deg=42.0,
    )  # fmt: skip
    keys = []
    for index in range(5):
        cap = rounded(0.026, 0.013, 0.004, 2)
        x = 0.055 - 0.044 * index + 0.09
        keys.append(
            stack(
                [upright(grown(cap, by), FRONT + y, x=x, z=z) for by, y in ((0.0008, -0.001), (0.0, 0.002), (-0.0015, 0.0032))],
                open_start=True,
            ).tinted(GREY if index else (0.75, 0.45, 0.06))
        )
    return [knob.tinted(DARK), *keys, *_legends(z)]


def _legends(z: float) -> list[Shape]:
    """What is printed: on each key its sign, in strokes of 1.5 mm, and over the screen the maker's bar, which says nothing."""
    strokes = (
        ((-0.004, 0.0, 0.0015, 0.007), (0.001, 0.0, 0.006, 0.0015)),
        ((0.0, 0.0020, 0.011, 0.0015), (0.0, -0.0020, 0.011, 0.0015)),
        ((0.0, 0.0, 0.010, 0.0015), (0.0, 0.0, 0.0015, 0.007)),
        ((-0.003, 0.0, 0.0015, 0.007), (0.003, 0.0, 0.0015, 0.007)),
        ((0.0, 0.0, 0.010, 0.0060), (0.0, 0.0, 0.0, 0.0)),
    )
    made = [
        facing(wide, high).moved(0.145 - 0.044 * index - x, FRONT + 0.0034, z + up).tinted(DARK if index == 0 else PRINT)
        for index, signs in enumerate(strokes)
        for x, up, wide, high in signs
        if wide > 0.0
    ]
    badge = facing(0.046, 0.0050).moved(0.138, FRONT + 0.0003, MIDDLE + SCREEN[1] / 2 + 0.0135)
    return [*made, badge.tinted(PRINT)]


def _alarm_lamp() -> Shape:
    """The lens of the alarm lamp, along the upper edge where it is seen from all round."""
    path = np.array([(x, 0.050, MIDDLE + HIGH / 2 - 0.0125) for x in np.linspace(-0.085, 0.085, 2)])
    return sweep(path, rounded(0.030, 0.018, 0.007, 1), ends=0.004)


def _sockets() -> tuple[list[Shape], list[Shape]]:
    """Sockets on the side at our +x, coloured as leads are (ECG green, SpO2 blue, pressure grey, temperature brown); leads."""
    plastic, cable = [block((0.014, 0.075, 0.185), 0.006, steps=1).moved(WIDE / 2 - 0.003, 0.008, MIDDLE - 0.02).tinted(GREY)], []
    colours = ((0.05, 0.30, 0.12), (0.05, 0.12, 0.42), (0.42, 0.42, 0.44), (0.28, 0.14, 0.06))
    for index, colour in enumerate(colours):
        z = MIDDLE + 0.045 - 0.042 * index
        ring = lathe(((0.013, 0.0), (0.013, 0.004), (0.010, 0.006), (0.008, 0.006), (0.007, 0.001), (0.0, 0.001)), 10, 40.0)
        plastic.append(ring.turned("y", 90).moved(WIDE / 2 + 0.003, 0.008, z).tinted(colour))
    for index, reach, low, end in ((0, 0.035, 0.872, 0.072), (1, 0.026, 0.893, 0.096)):
        z = MIDDLE + 0.045 - 0.042 * index
        plug = lathe(((0.0072, 0.0), (0.0085, 0.002), (0.0085, 0.016), (0.0055, 0.026), (0.0, 0.027)), 10, 50.0)
        plastic.append(plug.turned("y", 90).moved(WIDE / 2 + 0.006, 0.008, z).tinted(np.array(colours[index]) * 0.9))
        x, y = WIDE / 2 + 0.028, 0.044 + 0.010 * index
        path = laid(
            (
                (x, 0.008, z),
                (x + 0.7 * reach, 0.009, z - 0.014),
                (x + reach, 0.011, z - 0.070),
                (x + 0.94 * reach, 0.016, z - 0.160),
                (x + 0.3 * reach, 0.024, z - 0.285),
                (0.190, 0.033, 0.5 * (z - 0.285 + low) + 0.010),
                (0.135, 0.040, low + 0.014),
                (0.096, y, low + 0.004),
                (0.066, y, 0.930 - 0.004 * index),
                (0.053, y, 0.943),
                (0.0465, y, 0.925),
                (0.0485, y + 0.004, 0.850),
                (0.058, 0.054, 0.775),
                (end, 0.056, TRAY + 0.040),
                (end * 1.06, 0.060, TRAY + 0.012),
            ),
            30,
        )
        cable.append(tube(path, 0.0029, 6).tinted((0.10, 0.20, 0.40) if index else (0.06, 0.27, 0.14)))
    return plastic, cable


def _stand() -> tuple[list[Shape], list[Shape], list[Shape], list[Shape]]:
    """Steel, plastic, rubber and chrome of the stand."""
    steel, plastic, rubber, chrome = [], [], [], []
    steel.append(lathe(((0.0225, 0.10), (0.0225, 0.22), (0.0225, 0.70), (0.0225, 0.92), (0.0225, 1.02), (0.0225, 1.125)), 20))
    steel.append(
        lathe(
            (
                (0.0, 0.076),
                (0.052, 0.076),
                (0.060, 0.082),
                (0.060, 0.100),
                (0.050, 0.112),
                (0.034, 0.120),
                (0.030, 0.160),
                (0.0225, 0.162),
            ),
            20,
            40.0,
        ).tinted(BASE)
    )
    for index in range(5):
        leg = np.array([(0.0, 0.040, 0.094), (0.0, 0.12, 0.091), (0.0, 0.212, 0.083)])
        arm = sweep(
            leg,
            rounded(0.046, 0.030, 0.009, 1),
            scale=np.array(((1.0, 1.1), (0.92, 1.0), (0.78, 0.8))),
            ends=0.006,
            crease_deg=45.0,
        )
        hood, wheels = castor(0.032, 0.022, 0.075, 10)
        at = 72.0 * index + 36.0
        steel.append(arm.turned("z", at).tinted(BASE))
        plastic += [each.moved(y=0.205).turned("z", at).tinted(DARK) for each in hood]
        plastic.append(wheels[1].moved(y=0.205).turned("z", at).tinted((0.4, 0.42, 0.44)))
        rubber.append(wheels[0].moved(y=0.205).turned("z", at))
    mount = stack([upright(rounded(0.10, 0.10, 0.012, 2), y, z=MIDDLE - 0.03) for y in (-0.062, -0.050)])
    arm = block((0.06, 0.05, 0.075), 0.012).moved(0.0, -0.028, 1.155)
    neck = sweep(
        np.array([(0, -0.012, 1.13), (0, -0.030, 1.20), (0, -0.058, 1.27)]), rounded(0.052, 0.034, 0.010, 2), up=(0.0, 1.0, 0.0)
    )
    steel += [mount, neck, block((0.074, 0.070, 0.030), 0.010).moved(0.0, 0.0, 1.128), arm]
    collar = lathe(((0.0226, 0.0), (0.032, 0.002), (0.034, 0.008), (0.034, 0.034), (0.030, 0.040), (0.0226, 0.041)), 12, 40.0)
    plastic += [collar.moved(z=0.915).tinted(DARK), collar.moved(z=0.70).tinted(DARK)]
    hook = tube(
        bends([(0.028, 0.0, 0.935), (0.052, 0.030, 0.935), (0.052, 0.060, 0.935), (0.052, 0.066, 0.962)], 0.014, 2), 0.0048, 6
    )
    chrome += [hook, mirrored(hook)]
    return steel, plastic, rubber, chrome


def _tray() -> list[Shape]:
    """A moulded tray on the column, its rim turned over, with what lies in it: a rolled cuff and a box."""
    middle = np.array((0.0, 0.105, 0.0))
    outer = rounded(0.270, 0.170, 0.030, 5)
    shell = stack(
        [
            level(grown(outer, by), TRAY + z) + middle
            for by, z in (
                (-0.022, 0.0), (-0.014, 0.003), (-0.006, 0.040), (0.0, 0.043), (0.0015, 0.0465), (-0.001, 0.049),
                (-0.0065, 0.046), (-0.0100, 0.041), (-0.0180, 0.006), (-0.0260, 0.0045),
            )
        ],
        crease_deg=40.0,
    )  # fmt: skip
    bracket = block((0.060, 0.030, 0.046), 0.010).moved(0.0, 0.028, TRAY + 0.022)
    turn = np.linspace(0.0, 2.0 * np.pi * 2.2, 24)
    roll = (0.0135 + 0.0082 * turn / (2.0 * np.pi))[:, None] * np.column_stack([np.cos(turn), np.sin(turn)])
    spiral = np.column_stack([np.zeros(24), roll[:, 0], roll[:, 1]])
    cuff = sweep(spiral, rounded(0.0050, 0.112, 0.0022, 0), up=(1.0, 0.0, 0.0), crease_deg=60.0)
    box = block((0.078, 0.105, 0.058), 0.004).turned("z", 6.0)
    lid = block((0.044, 0.070, 0.002), 0.0008).turned("z", 6.0)

    white = (0.86, 0.88, 0.87)
    print_ = [(facing(0.006, 0.050).tinted(white), 0.009), (facing(0.004, 0.034).tinted(white), -0.001)]

    def round_(low: float, high: float, turns: tuple[float, float], count: int) -> Shape:
        """What is sewn round the roll's outside, from x to x and from angle to angle from its front upwards, degrees."""
        a, reach = np.radians(np.linspace(*turns, count)), 0.0345
        arc = np.column_stack([reach * np.cos(a), reach * np.sin(a)])
        rows = np.stack([np.column_stack([np.full(count, x), arc]) for x in (low, high)])
        made = sheet(rows)
        out = np.column_stack([np.zeros(2 * count), made.positions[:, 1:] / reach])
        return agreeing(replace(made, normals=out)).moved(0.048, 0.105, TRAY + 0.0365)

    strap, tag = round_(-0.022, 0.010, (-20.0, 170.0), 8), round_(0.024, 0.050, (28.0, 92.0), 3)
    return [
        strap.tinted((0.16, 0.22, 0.33)),
        tag.tinted((0.80, 0.81, 0.80)),
        shell.tinted((0.80, 0.82, 0.83)),
        bracket.tinted(DARK),
        cuff.moved(0.048, 0.105, TRAY + 0.0365).tinted((0.045, 0.085, 0.17)),
        box.moved(-0.066, 0.105, TRAY + 0.034).tinted((0.93, 0.93, 0.92)),
        lid.moved(-0.066, 0.105, TRAY + 0.0635).tinted((0.12, 0.36, 0.40)),
        *(each.turned("x", 90.0).moved(x, 0.0, 0.0).turned("z", 6.0).moved(-0.066, 0.105, TRAY + 0.0648) for each, x in print_),
    ]


def _cord() -> Shape:
    """The mains cord: out of the housing's back, down the column, wound on the hook in loops that hang, and up again behind the
    housing, where the wall's socket is."""
    turn = np.linspace(0.0, 4.0 * np.pi, 41)[3:-3]
    sunk = 0.5 - 0.5 * np.cos(turn)
    across = -0.053 - 0.047 * np.sin(turn) * (0.50 + 0.50 * sunk)
    loops = np.column_stack([across, np.linspace(0.036, 0.058, len(turn)), 0.943 - (0.172 + 0.012 * np.sin(0.5 * turn)) * sunk])
    first = (
        (-0.030, -0.050, 1.250),
        (-0.037, -0.046, 1.170),
        (-0.040, -0.030, 1.080),
        (-0.043, 0.000, 0.995),
        (-0.048, 0.026, 0.950),
    )
    last = (
        (-0.053, 0.058, 0.945),
        (-0.066, 0.040, 0.938),
        (-0.078, 0.000, 0.975),
        (-0.082, -0.040, 1.060),
        (-0.080, -0.068, 1.170),
        (-0.076, -0.080, 1.280),
    )
    return tube(laid((*first, *map(tuple, loops.tolist()), *last), 56), CORD, 5)


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    steel, plastic, rubber, chrome = _stand()
    side, cables = _sockets()
    screws = [
        screw(0.005).turned("x", 90).moved(x, -0.062, MIDDLE - 0.03 + dz) for x in (-0.038, 0.038) for dz in (-0.038, 0.038)
    ]
    groups = {
        "steel": join([*steel, *chrome, *screws]),
        "plastic": join([*_housing(), *_knobs(), *side, *plastic, *_tray()]),
        "rubber": join([*(each.tinted(BLACK) for each in (*rubber, _cord())), *cables]),
    }
    shaded = dict(zip(groups, lit(list(groups.values()), rays=20, reach=0.06, floor=None), strict=True))
    materials = {
        "steel": surfaces.painted("stand_steel", (0.78, 0.775, 0.755), 0.33),
        "plastic": surfaces.moulded("monitor_plastic", (0.66, 0.67, 0.68), 0.46),
        "rubber": surfaces.plain("rubber", (1.0, 1.0, 1.0), 0.42),
    }
    lens = Material("alarm_lens", colour=(0.80, 0.82, 0.84, 0.55), roughness=0.25, alpha="blend")
    glass = Material("screen", colour=(0.012, 0.013, 0.015, 1.0), roughness=0.08)
    write_glb(
        "vitals_monitor",
        {
            "stand": [
                (material, tiled(surfaces.trodden(aired(shaded[name], 0.45)), GRAIN_TILE)) for name, material in materials.items()
            ],
            "lamp": [(lens, _alarm_lamp())],
            "screen": [(glass, facing(*SCREEN).moved(y=FRONT - 0.006, z=MIDDLE))],
        },
        folder,
    )


if __name__ == "__main__":
    make()
