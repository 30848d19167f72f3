"""A hospital bed with a fixed seat and leg section, and a backrest that goes up.

The backrest turns about the hip of who lies there, 0.10 m above the mattress, on rails bent round it, as beds do that do not rub
a sitter's back: so a patient's back stays on it at every angle. Between the two sections a middle piece of the mattress goes up
by half, which keeps the mattress closed.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from assets.generators import fabrics, fixtures, surfaces
from assets.generators.forms import aired, bends, block, castor, grown, level, mirrored, oval, panel, rounded, stack, sweep
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import without
from assets.generators.shapes import Array, Shape, bar, join, lathe, lit, tube
from assets.generators.surfaces import GRAIN_TILE, tiled
from engine.view.geometry.mesh import Material

HINGE = (-0.05, 0.72)
"""y and z of the backrest's axis: the hip of who lies here."""
TOP, THICK, WIDE = 0.62, 0.14, 0.88
"""Height of the lying surface, thickness and width of the mattress, metres."""
HEAD, FOOT = -0.99, 1.01
OVERLAP = 0.046
"""How far the sections reach past the hinge into one another, so that the mattress stays closed at 75 degrees."""

GUIDE = 0.37
"""Radius of the rails on which the backrest runs round the hip."""

PIPING, RED = (0.45, 0.5, 0.55), (0.72, 0.035, 0.03)
Pieces = dict[str, list[Shape]]
"""Shapes by the name of their material."""


def _sag(p: Array) -> Array:
    """The cover bellies between its seams, and the foam has given way a little along the middle."""
    q = p.copy()
    across = 1.0 - np.clip(np.abs(p[:, 0]) / (WIDE / 2), 0.0, 1.0) ** 2
    ends = np.clip(np.minimum(p[:, 1] - HEAD, FOOT - p[:, 1]) / 0.25, 0.0, 1.0)
    up = np.clip((p[:, 2] - TOP + THICK) / THICK, 0.0, 1.0)
    q[:, 2] += (0.009 - 0.011 * across * (ends * (2 - ends))) * up
    belly = 0.006 * np.sin(np.pi * up)
    q[:, 0] += np.sign(p[:, 0]) * belly * (np.abs(p[:, 0]) > WIDE / 2 - 0.03)
    return q


def _mattress(start: float, end: float, outer: int) -> list[Shape]:
    """A section from y to y; `outer` is the end (-1, 1) that is seen, and has seams."""
    length = end - start
    foam = block(
        (WIDE - 0.012, length, THICK),
        0.034,
        cells=(2, 4, 1),
        steps=2,
        bend=lambda p: _sag(p + np.array((0.0, (start + end) / 2, TOP - THICK / 2))),
    )
    x, far, near = WIDE / 2 - 0.0160, (start if outer < 0 else end) - outer * 0.0100, end if outer < 0 else start
    near += outer * 0.034
    z = TOP - 0.0100
    path = bends([(-x, near, z), (-x, far, z), (x, far, z), (x, near, z)], 0.036, 3)
    long = np.concatenate([np.linspace(path[0], path[1], 4)[:-1], path[1:-2], np.linspace(path[-2], path[-1], 4)])
    return [
        without(foam, (0.0, 0.0, -1.0), (0.0, -float(outer), 0.0)),
        tube(_sag(long) + np.array((0.0, 0.0, 0.0005)), 0.0055, 4).tinted(PIPING),
    ]


def _bend() -> list[Shape]:
    """The piece between: narrower above than below, hidden in its neighbours while the bed is flat."""
    y = HINGE[0]

    def wedge(p: Array) -> Array:
        low = np.clip(0.5 - p[:, 2] / THICK, 0.0, 1.0)
        q = p.copy()
        q[:, 1] *= 0.95 + 1.4 * low
        q = _sag(q + np.array((0.0, y, TOP - THICK / 2)))
        return np.asarray(q - np.array((0.0, 0.0, 0.0015)))

    middle = block((WIDE - 0.016, 2 * OVERLAP, THICK - 0.003), 0.016, cells=(3, 1, 1), bend=wedge)
    return [without(middle, (0.0, 0.0, -1.0))]


def _deck(start: float, end: float) -> Pieces:
    """The platform beneath: a moulded panel with rounded corners on two steel rails."""
    middle, length = (start + end) / 2, end - start
    board = panel(rounded(WIDE - 0.01, length, 0.05, 1), 0.022, 0.005, 1).moved(0.0, middle, TOP - THICK - 0.024)
    rails = [bar(0.03, length - 0.06, 0.03, 0.004, open_ends=True).moved(x, middle, TOP - THICK - 0.039) for x in (-0.36, 0.36)]
    return {"shell": [board.tinted((0.62, 0.65, 0.68))], "coat": rails}


def _side_rail(start: float, end: float, low: float, high: float, x: float) -> Pieces:
    """A moulded side rail: a closed hoop, a grip bar across, and its two arms. Bars stand no further apart than 120 mm."""
    hoop = bends([(x, start, low), (x, end, low), (x, end, high), (x, start, high)], 0.085, 5 if high > TOP else 4, closed=True)
    made = [tube(hoop, 0.0155, 8, closed=True)]
    middle = (low + high) / 2 - 0.01
    made.append(
        tube(np.array([(x, start + 0.004, middle), (x, (start + end) / 2, middle - 0.012), (x, end - 0.004, middle)]), 0.0115, 5)
    )
    legs = []
    for y in (start + 0.16, end - 0.16):
        if high < TOP:  # let down, it hangs by two arms from the frame
            arm = np.array([(x - np.sign(x) * 0.080, y, low + 0.075), (x, y, low + 0.135), (x, y, high - 0.012)])
            legs.append(sweep(arm, rounded(0.040, 0.013, 0.005, 1), up=(1.0, 0.0, 0.0)))
            continue
        path = bends([(x - np.sign(x) * 0.040, y, low - 0.105), (x, y, low - 0.09), (x, y, low + 0.01)], 0.03, 1)
        legs.append(sweep(path, rounded(0.045, 0.014, 0.006, 1), up=(1.0, 0.0, 0.0)))
    return {"shell": made, "coat": legs}


def _board(y: float, low: float, high: float) -> Pieces:
    """A head- or footboard: a moulded frame that is its own handle, with a laminate panel let in."""
    wide = 0.94
    path = bends(
        [
            (-wide / 2 + 0.02, y, low),
            (-wide / 2 + 0.02, y, high - 0.024),
            (wide / 2 - 0.02, y, high - 0.024),
            (wide / 2 - 0.02, y, low),
        ],
        0.13,
        5,
    )
    frame = sweep(path, rounded(0.044, 0.044, 0.015, 1), up=(0.0, 1.0, 0.0), ends=0.006, crease_deg=50.0)
    height = high - 0.115 - low
    inner = rounded(wide - 0.072, height, 0.07, 4 if y > 0.0 else 3)
    turn = [np.column_stack([ring[:, 0], np.full(len(ring), y + d), ring[:, 1] + low + height / 2 + 0.005]) for ring, d in (
        (inner, 0.014), (grown(inner, -0.0035), 0.0175), (grown(inner, -0.050), 0.0175), (grown(inner, -0.054), 0.0145),
    )]  # fmt: skip
    front = stack([ring[::-1] for ring in turn], open_start=True, open_end=True, crease_deg=30.0)
    skirt = stack(
        [
            np.column_stack([inner[:, 0], np.full(len(inner), y + d), inner[:, 1] + low + height / 2 + 0.005])[::-1]
            for d in (-0.014, 0.014)
        ],
        open_start=True,
        open_end=True,
    )
    shell = [frame, skirt]
    if y < 0.0:  # a headboard's back stands at a wall: one plain lid
        shell += [front, mirrored(stack([turn[0][::-1] - (0.0, y, 0.0)], open_start=True), 1).moved(y=y)]
    else:
        shell += [front, mirrored(front.moved(y=-y), 1).moved(y=y)]
    wood = grown(inner, -0.053)
    pane = stack(
        [np.column_stack([wood[:, 0], np.full(len(wood), y + 0.0150), wood[:, 1] + low + height / 2 + 0.005])[::-1]],
        open_start=True,
    )
    foot = rounded(0.056, 0.056, 0.026, 2)
    caps = [
        stack(
            [level(grown(foot, by), low + z, x, y) for by, z in ((-0.010, -0.014), (0.0, -0.004), (0.0, 0.052), (-0.004, 0.057))],
            crease_deg=58.0,
        )
        for x in (-wide / 2 + 0.02, wide / 2 - 0.02)
    ]
    return {
        "shell": shell,
        "panel": [pane] if y < 0.0 else [pane, mirrored(pane.moved(y=-y), 1).moved(y=y)],
        "rubber": caps,
    }


def _under() -> Pieces:
    """The chassis: a tube frame on four braked castors, two lifting columns, and the frame that carries the sections."""
    coat, rubber, steel, shell = [], [], [], []
    for x in (-0.30, 0.30):
        coat.append(bar(0.06, 1.72, 0.04, 0.008).moved(x, 0.0, 0.205))
        coat.append(bar(0.04, 2.03, 0.055, 0.007).moved(x * 1.2, 0.005, 0.385))
    for y in (-0.80, 0.80):
        coat.append(bar(0.07, 0.74, 0.045, 0.009).turned("z", 90).moved(0.0, y, 0.200))
    for y in (-0.98, -0.55, 0.55, 0.99):
        coat.append(bar(0.045, 0.72, 0.045, 0.006, open_ends=True).turned("z", 90).moved(0.0, y, 0.385))
    for y in (-0.55, 0.55):
        column = [level(rounded(0.17, 0.12, 0.03, 1), z) for z in (0.185, 0.29)] + [
            level(grown(rounded(0.17, 0.12, 0.03, 1), -0.006), 0.296)
        ]
        shell.append(stack([ring + np.array((0.0, y, 0.0)) for ring in column]).tinted((0.66, 0.69, 0.72)))
        coat.append(bar(0.10, 0.66, 0.03, 0.006, open_ends=True).turned("z", 90).moved(0.0, y, 0.207))
        steel.append(stack([level(rounded(0.13, 0.085, 0.02, 2), z, 0.0, y) for z in (0.28, 0.365)]))
    cover = stack(
        [level(oval(0.50, 1.0, 12, 5.0), z) for z in (0.226, 0.243)] + [level(oval(0.47, 0.97, 12, 5.0), 0.25)], crease_deg=30.0
    )
    shell.append(cover)
    for x in (-0.34, 0.34):
        for y in (-0.80, 0.80):
            hood, wheels = castor(0.075, 0.036, 0.18, 12, arch=8)
            coat += [each.moved(x, y) for each in hood]
            rubber.append(wheels[0].moved(x, y))
            shell.append(wheels[1].moved(x, y).tinted((0.5, 0.52, 0.54)))
            steel.append(lathe(((0.013, 0.14), (0.013, 0.19)), 8).moved(x, y))
    for x in (-0.34, 0.34):
        arm = sweep(np.array([(x, 0.82, 0.168), (x, 0.885, 0.146), (x, 0.93, 0.146)]), rounded(0.030, 0.014, 0.005, 1))
        tread = block((0.092, 0.078, 0.024), 0.009).moved(x, 0.955, 0.150)
        coat.append(arm)
        shell.append(tread.tinted(RED if x < 0 else (0.06, 0.35, 0.10)))
    for y in (-1.048, 1.048):
        steel += [bar(0.05, 0.085, 0.03, 0.004, open_ends=True).moved(x, y * 0.965, 0.385) for x in (-0.3, 0.3)]
    steel += [
        lathe(
            ((0.012, 0.36), (0.017, 0.362), (0.017, 0.47), (0.014, 0.474), (0.010, 0.474), (0.010, 0.45), (0.0, 0.45)), 8
        ).moved(x, -1.0)
        for x in (-0.40, 0.40)
    ]
    return {"coat": coat + _rollers(), "rubber": rubber, "steel": steel, "shell": shell}


def _guides() -> list[Shape]:
    """Two rails bent round the hip, that run in the rollers of the frame as the backrest goes up."""
    turn = np.radians(np.linspace(-36.0, 39.0, 6))
    arc = np.column_stack([np.zeros(6), HINGE[0] - GUIDE * np.sin(turn), HINGE[1] - GUIDE * np.cos(turn)])
    rail = sweep(arc, rounded(0.012, 0.030, 0.003, 0), up=(1.0, 0.0, 0.0))
    return [rail.moved(x=x) for x in (-0.28, 0.28)]


def _rollers() -> list[Shape]:
    """The housings on the frame through which the guides run, 38 degrees behind the hip."""
    a = np.radians(38.0)
    y, z = HINGE[0] - GUIDE * float(np.sin(a)), HINGE[1] - GUIDE * float(np.cos(a))
    return [bar(0.10, 0.075, 0.052, 0.006).turned("x", -38.0).moved(float(np.sign(x)) * 0.305, y, z - 0.003) for x in (-1.0, 1.0)]


def _lever() -> list[Shape]:
    """The red handle that lets the backrest go, under its left edge."""
    path = bends([(-0.40, -0.40, 0.452), (-0.468, -0.40, 0.452), (-0.474, -0.40, 0.40)], 0.03, 2)
    arm = sweep(path, rounded(0.020, 0.012, 0.005, 1), up=(0.0, 1.0, 0.0))
    grip = block((0.024, 0.105, 0.030), 0.010).moved(-0.476, -0.40, 0.400)
    return [arm.tinted(RED), grip.tinted(RED)]


def _merge(*pieces: Pieces) -> Pieces:
    made: Pieces = {}
    for each in pieces:
        for name, shapes in each.items():
            made.setdefault(name, []).extend(shapes)
    return made


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    y = HINGE[0]
    rails = [_side_rail(-0.955, -0.25, 0.60, 0.86, x) for x in (-0.474, 0.474)]
    down = [_side_rail(0.10, 0.80, 0.335, 0.565, x) for x in (-0.474, 0.474)]
    nodes: dict[str, Pieces] = {
        "frame": _merge(
            _under(), _board(-1.05, 0.30, 0.98), _board(1.05, 0.30, 0.82), *down,
            _deck(y + 0.01, FOOT - 0.02), {"cover": _mattress(y - OVERLAP, FOOT, 1)},
        ),
        "bend": {"cover": _bend()},
        "back": _merge(
            *rails, _deck(HEAD + 0.06, y - 0.01), {"cover": _mattress(HEAD, y + OVERLAP, -1), "shell": _lever()},
            {"steel": _guides()},
        ),
    }  # fmt: skip
    flat = [(node, name, join(shapes)) for node, pieces in nodes.items() for name, shapes in pieces.items()]
    shaded = lit([each for _, _, each in flat], rays=20, reach=0.09, floor=None)
    materials = {
        "cover": (fabrics.cotton("mattress_cover", (0.56, 0.64, 0.69)), fabrics.WEAVE_TILE, 0.40),
        "coat": (surfaces.painted("bed_steel", (0.52, 0.54, 0.55)), GRAIN_TILE, 0.65),
        "shell": (surfaces.moulded("bed_plastic", (0.74, 0.75, 0.74), 0.5), GRAIN_TILE, 0.50),
        "panel": (surfaces.painted("bed_panel", (0.30, 0.42, 0.43), 0.38), GRAIN_TILE, 0.75),
        "rubber": (surfaces.plain("rubber", (0.035, 0.036, 0.038), 0.75), GRAIN_TILE, 0.40),
        "steel": (fixtures.satin("bed_metal"), GRAIN_TILE, 0.65),
    }
    model: dict[str, list[tuple[Material, Shape]]] = {}
    for (node, name, _), each in zip(flat, shaded, strict=True):
        material, tile, least = materials[name]
        model.setdefault(node, []).append((material, tiled(aired(each, least), tile)))
    write_glb("exam_bed", model, folder)


if __name__ == "__main__":
    make()
