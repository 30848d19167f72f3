"""Medical supply trunking for the wall behind a bed: an extruded body of 1.6 m, a fascia, sockets, gas outlets, a rail below.

Everything that lives in a bay hangs on it: mains in pairs, earth and data, oxygen, air and vacuum with their collars of colour.
The body is anodised aluminium between caps of plastic, its lids are laminate. Three sockets are in use: two leads with couplings
for devices and a charger hang from them by hooks on the rail, so that none lies on the floor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from assets.generators import mains, surfaces
from assets.generators.forms import aired, block, facing, grown, oval, rounded, stack, upright
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.shapes import Array, Shape, bar, join, lathe, lit
from assets.generators.surfaces import FINE_TILE, tiled
from engine.library import assets_folder
from engine.view.geometry.mesh import Material, Pixels

WIDTH, HEIGHT = 1.60, 0.23
WALL, FRONT = -0.0425, 0.0155
"""y of the wall and of the fascia, metres."""
LIFT = 0.037
"""Height of the body's foot over the rail's."""
MIDDLE = 0.142
"""Height of the outlets' middle."""

GASES = (("O2", -0.135, (0.74, 0.74, 0.73)), ("AIR", 0.0, (0.03, 0.03, 0.03)), ("VAC", 0.135, (0.80, 0.62, 0.03)))
"""Names, metres along, and collars: oxygen white, air black, vacuum yellow (ISO 32; names as EN ISO 9170-1 has them)."""
PLATES = {
    "O2": ((225, 225, 223), (4, 5, 6), 9),
    "AIR": ((12, 12, 14), (200, 200, 198), 0),
    "VAC": ((222, 178, 22), (4, 5, 6), 6),
}
"""Grounds and letters of their labels, sRGB: the collar's colour, and what stands out on it from the foot of the bed; and by how
many 312ths of a label its strokes are broadened on each side, for pale letters on black look bolder than dark ones on white."""
FASCIA = (0.405, 0.581, 0.603)
"""Tint of the lids."""
SOCKETS = (-0.675, -0.605, -0.470, -0.400, 0.400, 0.470, 0.605, 0.675)
"""Metres along: pairs, each on its own lid."""
DATA = (-0.245, 0.245)
LIDS = ((-0.525, 0.44), (0.0, 0.60), (0.525, 0.44))
"""Middles and widths of the fascia's lids; no plate lies over a joint."""
RAISED = 0.0105
"""How far a socket's plate stands before its lid, metres: the well goes nearly as deep."""
SUPPLIES = {0.400: "essential", 0.470: "essential", 0.605: "unbroken", 0.675: "unbroken"}
"""Sockets that are fed when the mains fail, after a pause or without one; by IEC 60364-7-710 they can be told from others."""
COLOURS = {"normal": (1.0, 1.0, 1.0), "essential": (0.13, 0.42, 0.24), "unbroken": (0.86, 0.30, 0.035)}
"""Tints of their plates, as German hospitals tell them apart: white, green, orange."""
LEADS = ((0.675, 0.724, 0.300, -0.165), (0.470, 0.352, 0.390, -0.720))
"""Of a device's lead: x of its socket and of its hook, metres of cord between them, and the height of its coupling."""
CHARGER = (-0.470, -0.370, 0.330, -0.130)
"""The same of the charger."""
CAP = 0.012
"""Width of an end cap, metres."""
ANODISED, GRAPHITE = (0.50, 0.512, 0.53), (0.155, 0.165, 0.175)
"""Tints of the body and of its caps."""
TOPPED = 0.25
"""How much darker what looks up is: the body's upper lid and its edge are grey, for a lamp hangs a hand's breadth over it."""


def _body() -> Shape:
    """The extrusion: its front rounded above and below, its back on the wall."""
    rings = (
        (-0.0012, WALL), (0.0, WALL + 0.0015), (0.0, FRONT - 0.016), (-0.0045, FRONT - 0.0055), (-0.012, FRONT - 0.001),
        (-0.016, FRONT), (-0.030, FRONT), (-0.0312, FRONT - 0.0012), (-0.0325, FRONT - 0.0012),
    )  # fmt: skip
    outlines = [(rounded(WIDTH - CAP + 2 * by, HEIGHT + 2 * by, max(0.018 + by, 0.003), 5), y) for by, y in rings]
    return stack([upright(outline, y, z=HEIGHT / 2 + LIFT) for outline, y in outlines], crease_deg=30.0)


def _topped(shape: Shape) -> Shape:
    """A shape with a grey upper side, which fades into its front over the rounded edge."""
    up = np.sqrt(np.clip(shape.normals[:, 2:3], 0.0, 1.0))
    return shape.tinted(shape.tint * (1.0 - (1.0 - TOPPED) * up))


def _caps() -> list[Shape]:
    """The moulded ends of the extrusion, a hair prouder than it."""
    deep = FRONT + 0.0015 - WALL
    cap = bar(CAP, deep, HEIGHT + 0.003, 0.0040)
    return [cap.moved(side * (WIDTH - CAP) / 2, WALL + deep / 2, HEIGHT / 2 + LIFT) for side in (-1, 1)]


def _fascia() -> list[Shape]:
    """Three lids on the front with open joints between and round them, in which it is dark."""
    gap = facing(1.4935, HEIGHT - 0.069).moved(0.0, FRONT + 0.0003, HEIGHT / 2 + LIFT).tinted((0.17, 0.16, 0.16))
    lids = [
        block((width - 0.005, 0.0060, HEIGHT - 0.075), 0.0024, cells=(3, 1, 1)).moved(x, FRONT - 0.0005, HEIGHT / 2 + LIFT)
        for x, width in LIDS
    ]
    return [gap, *lids]


def _ring(radius: float, y: float) -> Array:
    """A circle of as many points as a plate's outline, each beside its own."""
    turn = np.radians(9.0 + 18.0 * np.arange(20))
    return upright(np.column_stack([np.cos(turn), np.sin(turn)]) * radius, y)


def _socket(*, used: bool = False) -> tuple[Shape, Shape | None]:
    """An earthed socket: a plate with a round well 8 mm deep, its floor with two pin holes; and the two earth clips.

    Of one that is `used` the plug hides all but the plate and the well's rim.
    """
    front = FRONT + RAISED
    square = [
        upright(grown(rounded(0.066, 0.066, 0.007, 4), -by), front + y)
        for by, y in ((0.0, -0.0085), (0.0, -0.0025), (0.0022, 0.0))
    ]
    rim = [_ring(0.0238, front), _ring(0.0226, front + 0.0012), _ring(0.0206, front + 0.0002)]
    if used:
        return stack([*square, *rim], open_start=True, crease_deg=30.0), None
    plate = stack([*square, *rim, _ring(0.0198, front - 0.0078)], open_start=True, crease_deg=30.0)
    deep = plate.positions[:, 1] < front - 0.004
    inside = np.hypot(plate.positions[:, 0], plate.positions[:, 2]) < 0.021
    made = [plate.tinted(np.where((deep & inside)[:, None], 0.62, 1.0))]
    hole = stack([upright(oval(0.0058, 0.0058, 10), front - 0.0074)], open_start=True).tinted((0.02, 0.02, 0.02))
    made += [hole.moved(x=side) for side in (-0.0095, 0.0095)]
    clips = [bar(0.006, 0.0072, 0.0026, 0.0006).moved(0.0, front - 0.0040, z) for z in (-0.0192, 0.0192)]
    return join(made), join(clips)


def _gas(x: float, collar: Sequence[float]) -> tuple[Shape, Shape]:
    """A gas outlet: a collar in its colour with a dark mouth, and the steel of its coupling."""
    ring = lathe(((0.036, 0.0), (0.036, 0.007), (0.0335, 0.0105), (0.0285, 0.0115), (0.0262, 0.0095), (0.0258, 0.004)), 28, 35.0)
    coupling = lathe(
        (
            (0.0250, 0.003), (0.0250, 0.0150), (0.0236, 0.0172), (0.0180, 0.0180), (0.0166, 0.0165), (0.0160, 0.0040),
            (0.0078, 0.0040), (0.0078, 0.0120), (0.0056, 0.0132), (0.0, 0.0132),
        ),
        16,
        35.0,
    )  # fmt: skip
    far = np.hypot(coupling.positions[:, :1], coupling.positions[:, 1:2])
    coupling = coupling.tinted(np.where((far < 0.0163) & (coupling.positions[:, 2:] < 0.010), 0.12, 1.0) * np.ones(3))
    at = (x, FRONT + 0.002, MIDDLE + 0.004)
    return ring.turned("x", -90).moved(*at).tinted(collar), coupling.turned("x", -90).moved(*at)


def _names() -> Pixels:
    """The names of the gases, one above the other, on plates in their colours: bold letters 29 mm high."""
    wide, high, k = 312, 130, 3
    picture = Image.new("RGB", (wide * k, high * k * len(GASES)))
    draw = ImageDraw.Draw(picture)
    for row, (name, _, _) in enumerate(GASES):
        ground, ink, bold = PLATES[name]
        draw.rectangle((0, high * k * row, wide * k, high * k * (row + 1)), fill=ground)
        middle = (wide * k // 2, high * k * row + high * k // 2)
        text, small = name.rstrip("2"), name[len(name.rstrip("2")) :]
        font, low = (
            ImageFont.truetype(str(assets_folder() / "fonts" / "AtkinsonHyperlegible-Regular.ttf"), size * k,
                               layout_engine=ImageFont.Layout.BASIC) for size in (124, 80)
        )  # fmt: skip
        left = middle[0] - (draw.textlength(text, font) + draw.textlength(small, low)) / 2
        draw.text((left, middle[1]), text, font=font, fill=ink, anchor="lm", stroke_width=bold * k, stroke_fill=ink)
        draw.text((left + draw.textlength(text, font) + 2 * k, middle[1] + 26 * k), small, font=low, fill=ink, anchor="lm",
                  stroke_width=bold * k, stroke_fill=ink)  # fmt: skip
    return np.asarray(picture.resize((wide, high * len(GASES)), Image.Resampling.LANCZOS), np.uint8)


def _labels() -> Shape:
    """A label over each outlet, its part of the printed picture on it."""
    made = []
    for row, (_, x, _) in enumerate(GASES):
        label = facing(0.0864, 0.0360)
        shift = np.array((0.0, len(GASES) - 1 - row))
        label = replace(label, uvs=(label.uvs + shift) * (1.0, 1.0 / len(GASES)))
        made.append(label.moved(x, FRONT + 0.0029, MIDDLE + 0.0605))
    return join(made)


def _rail() -> tuple[Shape, Shape]:
    """The rail for clamps below, 25 by 10 mm (EN ISO 19054), with stops at its ends, on five brackets."""
    rail = block((WIDTH - 0.10, 0.010, 0.025), 0.003, cells=(6, 1, 1)).moved(0.0, FRONT + 0.022, 0.0135)
    stops = [bar(0.008, 0.0125, 0.0268, 0.002).moved(side * (WIDTH / 2 - 0.05), FRONT + 0.0205, 0.0136) for side in (-1, 1)]
    brackets = [
        bar(0.022, 0.030, 0.026, 0.004, open_ends=True).moved(x, FRONT + 0.003, 0.0245)
        for x in np.linspace(-WIDTH / 2 + 0.10, WIDTH / 2 - 0.10, 5)
    ]
    return rail, join([*brackets, *stops])


def _data(x: float) -> tuple[Shape, Shape]:
    """Two data ports in a plate; their mouths are dark."""
    front = FRONT + 0.009
    plate = stack(
        [
            upright(grown(rounded(0.066, 0.066, 0.007, 4), -by), front + y, x, MIDDLE)
            for by, y in ((0.0, -0.007), (0.0, -0.002), (0.0020, 0.0))
        ],
        open_start=True,
        crease_deg=30.0,
    )
    frames = [bar(0.020, 0.004, 0.019, 0.0012).moved(x + side, front + 0.0008, MIDDLE - 0.004) for side in (-0.0125, 0.0125)]
    mouths = [
        facing(0.0125, 0.0105).moved(x + side, front + 0.0030, MIDDLE - 0.0035).tinted((0.03, 0.03, 0.03))
        for side in (-0.0125, 0.0125)
    ]
    return join([plate, *frames]), join(mouths)


def _in_use() -> list[Shape]:
    """What is plugged in: leads that go by way of their hooks, and the charger."""
    front = FRONT + RAISED
    made: list[Shape] = []
    for socket, hook, length, low in LEADS:
        made += mains.lead((socket, front, MIDDLE), (hook, FRONT + 0.027, 0.030), length, low=low, behind=WALL + 0.016)
    socket, hook, length, low = CHARGER
    return [*made, *mains.charger((socket, front, MIDDLE), (hook, FRONT + 0.027, 0.030), length, low=low)]


def _plates() -> tuple[list[Shape], list[Shape]]:
    """All sockets, each in the colour of what feeds it, and the earth clips of those that nothing is plugged into."""
    used = {CHARGER[0], *(socket for socket, *_ in LEADS)}
    plates, clips = [], []
    for x in SOCKETS:
        plate, clip = _socket(used=x in used)
        plates.append(plate.tinted(plate.tint * COLOURS[SUPPLIES.get(x, "normal")]).moved(x, 0.0, MIDDLE))
        if clip is not None:
            clips.append(clip.moved(x, 0.0, MIDDLE))
    return plates, clips


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    sockets, clips = _plates()
    gases = [_gas(x, collar) for _, x, collar in GASES]
    rail, brackets = _rail()
    data = [_data(x) for x in DATA]
    pieces = [
        _topped(_body().tinted(ANODISED)),
        join(_fascia()).tinted(FASCIA),
        join([*sockets, *(each.tinted(GRAPHITE) for each in _caps())]),
        join([each for each, _ in gases]),
        join([*(each for _, each in gases), *clips]),
        rail.tinted((0.86, 0.86, 0.85)),
        brackets.tinted((0.62, 0.63, 0.64)),
        join([each for each, _ in data]),
        _topped(block((WIDTH - 0.12, 0.030, 0.004), 0.0015, cells=(4, 1, 1)).moved(0.0, FRONT - 0.034, HEIGHT + LIFT - 0.0005)),
        join(_in_use()),
    ]
    body, fascia, plates, collars, steel, rail, brackets, ports, strip, cords = lit(pieces, rays=24, reach=0.03, floor=None)
    metal = surfaces.polished("bedhead_metal", (0.86, 0.86, 0.855), 0.42, 0.62)
    plastic = surfaces.moulded("bedhead_plastic", (0.74, 0.74, 0.73), 0.4)
    prints = Material("bedhead_print", roughness=0.6, colour_map=_names())
    moulded = [fascia, plates, collars, ports, strip, aired(cords, 0.5)]
    write_glb(
        "bedhead",
        {
            "bedhead": [
                (metal, join([body, aired(brackets, 0.55), aired(rail, 0.55), steel])),
                (plastic, tiled(join([*moulded, *[each for _, each in data]]), FINE_TILE)),
                (prints, _labels()),
            ],
        },
        folder,
    )


if __name__ == "__main__":
    make()
