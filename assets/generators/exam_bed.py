"""A hospital bed with a fixed seat and leg section, and a backrest that goes up.

The backrest turns about the hip of who lies there, 0.10 m above the mattress, on rails bent round it, as beds do that do not rub
a sitter's back: so a patient's back stays on it at every angle. Between the two sections a middle piece of the mattress goes up
by half, which keeps the mattress closed.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from assets.generators import bed_chart, fabrics, surfaces
from assets.generators.bed_ends import RUBBER, Pieces, chart, end, side_rail
from assets.generators.forms import aired, bends, block, castor, grown, level, oval, panel, rounded, stack, sweep
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import extrude, without
from assets.generators.shapes import Array, Shape, bar, join, lit, tube
from assets.generators.surfaces import GRAIN_TILE, tiled
from engine.view.geometry.mesh import Material

HINGE = (-0.05, 0.72)
"""y and z of the backrest's axis: the hip of who lies here."""
TOP, THICK, WIDE = 0.62, 0.14, 0.88
"""Height of the lying surface, thickness and width of the mattress, metres."""
HEAD, FOOT = -0.99, 1.01
OVERLAP = 0.046
"""How far the sections reach past the hinge into one another, so that the mattress stays closed at 75 degrees."""

SHAFT = 0.970
"""y of the shaft that the pedals hang on: far enough out that whoever stands at the foot end sees it under the board."""
GUIDE = 0.37
"""Radius of the rails on which the backrest runs round the hip."""

PIPING, RED, DUSKY, LEVER = (0.45, 0.5, 0.55), (0.72, 0.035, 0.03), (0.40, 0.42, 0.44), (0.46, 0.48, 0.50)


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
        cells=((-1.0, 0.0, 1.0), (-1.0, -0.45, 0.1, 0.74, 1.0), 1) if outer < 0 else (2, 2, 1),
        bend=lambda p: _sag(p + np.array((0.0, (start + end) / 2, TOP - THICK / 2))),
    )
    x, far, near = WIDE / 2 - 0.0160, (start if outer < 0 else end) - outer * 0.0100, end if outer < 0 else start
    near += outer * 0.034
    z = TOP - 0.0100
    path = bends([(-x, near, z), (-x, far, z), (x, far, z), (x, near, z)], 0.036, 3)
    cuts = 4 if outer < 0 else 2
    long = np.concatenate([np.linspace(path[0], path[1], cuts)[:-1], path[1:-2], np.linspace(path[-2], path[-1], cuts)])
    return [
        without(foam, (0.0, 0.0, -1.0), (0.0, -float(outer), 0.0)),
        tube(_sag(long) + np.array((0.0, 0.0, 0.0005)), 0.0055, 3).tinted(PIPING),
    ]


def _bend() -> list[Shape]:
    """The piece between: narrower above than below, hidden in its neighbours while the bed is flat."""
    y = HINGE[0]

    def wedge(p: Array) -> Array:
        low = np.clip(0.5 - p[:, 2] / THICK, 0.0, 1.0)
        q = p.copy()
        q[:, 1] *= 0.95 + 1.4 * low
        q = _sag(q + np.array((0.0, y, TOP - THICK / 2)))
        return np.asarray(q - np.array((0.0, 0.0, 0.0060)))

    middle = block((WIDE - 0.016, 2 * OVERLAP, THICK - 0.003), 0.016, cells=(2, 1, 1), bend=wedge)
    return [without(middle, (0.0, 0.0, -1.0))]


def _deck(start: float, end: float) -> Pieces:
    """The platform beneath: a moulded panel with rounded corners on two steel rails."""
    middle, length = (start + end) / 2, end - start
    board = without(panel(rounded(WIDE - 0.01, length, 0.05, 1), 0.022, 0.005, 1), (0.0, 0.0, -1.0))
    board = board.moved(0.0, middle, TOP - THICK - 0.024)
    rails = [bar(0.03, length - 0.06, 0.03, 0.004, open_ends=True).moved(x, middle, TOP - THICK - 0.039) for x in (-0.36, 0.36)]
    return {"shell": [board.tinted((0.62, 0.65, 0.68))], "coat": rails}


def _under() -> Pieces:
    """The chassis: a tube frame on four braked castors, two lifting columns, and the frame that carries the sections."""
    coat, steel, shell = [], [], []
    for x in (-0.30, 0.30):
        coat.append(bar(0.06, 1.60, 0.04, 0.008, open_ends=True).moved(x, 0.0, 0.2015))
        coat.append(bar(0.04, 2.03, 0.060, 0.007).moved(x * 1.2, 0.005, 0.3825))
    for y in (-0.80, 0.80):
        coat.append(bar(0.07, 0.74, 0.045, 0.009).turned("z", 90).moved(0.0, y, 0.200))
    for y in (-0.98, -0.55, 0.55, 0.99):
        coat.append(bar(0.045, 0.72, 0.045, 0.006, open_ends=True).turned("z", 90).moved(0.0, y, 0.385))
    for y in (-0.55, 0.55):
        column = [level(rounded(0.17, 0.12, 0.03, 1), z) for z in (0.185, 0.29)] + [
            level(grown(rounded(0.17, 0.12, 0.03, 1), -0.006), 0.296)
        ]
        shell.append(stack([ring + np.array((0.0, y, 0.0)) for ring in column], open_start=True).tinted(DUSKY))
        coat.append(bar(0.10, 0.66, 0.03, 0.006, open_ends=True).turned("z", 90).moved(0.0, y, 0.207))
        inner = [level(rounded(0.13, 0.085, 0.02, 1), z, 0.0, y) for z in (0.28, 0.365)]
        steel.append(stack(inner, open_start=True, open_end=True))
    sizes = ((0.50, 1.0, 0.226), (0.50, 1.0, 0.243), (0.47, 0.97, 0.25))
    cover = [level(oval(wide, long, 12, 5.0), z) for wide, long, z in sizes]
    shell.append(stack(cover, crease_deg=30.0, open_start=True).tinted(DUSKY))
    for x in (-0.34, 0.34):
        for y, sides in ((-0.80, 14), (0.80, 13)):
            hood, wheels = castor(0.075, 0.036, 0.18, sides, arch=7 if y > 0.0 else 5)
            coat += [each.moved(x, y) for each in hood]
            shell.append(wheels[0].moved(x, y).tinted(RUBBER))
            shell.append(wheels[1].moved(x, y).tinted((0.5, 0.52, 0.54)))
    for x in (-0.34, 0.34):
        arm = sweep(np.array([(x, 0.82, 0.168), (x, 0.90, 0.150), (x, SHAFT + 0.02, 0.147)]), rounded(0.030, 0.014, 0.005, 1))
        coat.append(arm)
        shell.append(_pedal((0.43, 0.09, 0.075) if x < 0 else (0.09, 0.29, 0.15)).moved(x, SHAFT, 0.154))
    for y in (-1.048, 1.048):
        steel += [bar(0.05, 0.085, 0.03, 0.004, open_ends=True).moved(x, y * 0.965, 0.385) for x in (-0.3, 0.3)]
    # The shaft that joins both pedals and the castors' brakes.
    shell.append(bar(0.026, 0.730, 0.024, 0.007, open_ends=True).turned("z", 90).moved(0.0, SHAFT, 0.154).tinted(LEVER))
    return {"coat": coat, "steel": steel, "shell": shell}


def _pedal(colour: tuple[float, float, float]) -> Shape:
    """A pedal on the shaft, whose middle is the origin: a bent flat lever, and at its end a pad with grooves across its top."""
    lever = sweep(np.array([(0.0, 0.004, 0.012), (0.0, 0.034, 0.014), (0.0, 0.064, -0.002)]), rounded(0.034, 0.008, 0.003, 0))
    sole = [(-0.026, -0.007), (0.026, -0.007)]
    top = [(0.026, 0.004), (0.023, 0.007), (0.015, 0.007), (0.011, 0.002), (0.007, 0.007), (0.0, 0.007)]
    made = without(extrude([*sole, *top, *[(-y, z) for y, z in top[-2::-1]]], 0.078, smooth_deg=20.0), (0.0, 0.0, -1.0))
    groove = (np.abs(made.positions[:, 2] - 0.002) < 1e-6)[:, None]
    pad = made.tinted(np.where(groove, 0.35, 1.0) * np.array(colour))
    return join([lever.tinted(LEVER), pad.turned("x", -14.0).moved(0.0, 0.077, -0.003)])


def _guides() -> list[Shape]:
    """Two rails bent round the hip, on which the backrest goes up."""
    turn = np.radians(np.linspace(-36.0, 39.0, 4))
    arc = np.column_stack([np.zeros(4), HINGE[0] - GUIDE * np.sin(turn), HINGE[1] - GUIDE * np.cos(turn)])
    rail = sweep(arc, rounded(0.012, 0.030, 0.003, 0), up=(1.0, 0.0, 0.0))
    return [rail.moved(x=x) for x in (-0.28, 0.28)]


def _lever() -> list[Shape]:
    """The red handle that lets the backrest go, under its left edge."""
    path = bends([(-0.40, -0.40, 0.452), (-0.468, -0.40, 0.452), (-0.474, -0.40, 0.40)], 0.03, 2)
    arm = sweep(path, rounded(0.020, 0.012, 0.005, 1), up=(0.0, 1.0, 0.0))
    grip = bar(0.024, 0.105, 0.030, 0.007).moved(-0.476, -0.40, 0.400)
    return [arm.tinted(RED), grip.tinted(RED)]


def _merge(*pieces: Pieces) -> Pieces:
    made: Pieces = {}
    for each in pieces:
        for name, shapes in each.items():
            made.setdefault(name, []).extend(shapes)
    return made


def _bright(pieces: Pieces) -> Pieces:
    """Pieces whose coated parts are of bare metal, as the rest of what goes up with the backrest is."""
    return _merge(*({"steel" if name == "coat" else name: shapes} for name, shapes in pieces.items()))


def _backed(each: Shape) -> Shape:
    """What of the head end looks at the wall behind it gets little light, or its edges would gleam in the dark gap."""
    away = np.clip(-each.normals[:, 1], 0.0, 1.0) * (each.positions[:, 1] < HEAD - 0.02)
    return replace(each, light=each.light * (1.0 - 0.9 * away))


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    y = HINGE[0]
    rails = [side_rail(-0.955, -0.25, 0.60, 0.86, x, raised=True) for x in (-0.474, 0.474)]
    down = [side_rail(0.10, 0.80, 0.335, 0.565, x, raised=False) for x in (-0.474, 0.474)]
    nodes: dict[str, Pieces] = {
        "frame": _merge(
            _under(), end(-1.05, 0.30, 0.98), end(1.05, 0.30, 0.82), chart(0.20, 1.05, 0.82), *down,
            _deck(y + 0.01, FOOT - 0.02), {"cover": _mattress(y - OVERLAP, FOOT, 1)},
        ),
        "bend": {"cover": _bend()},
        "back": _merge(
            *map(_bright, rails), _bright(_deck(HEAD + 0.06, y - 0.01)),
            {"cover": _mattress(HEAD, y + OVERLAP, -1), "shell": _lever(), "steel": _guides()},
        ),
    }  # fmt: skip
    flat = [(node, name, join(shapes)) for node, pieces in nodes.items() for name, shapes in pieces.items()]
    shaded = lit([each for _, _, each in flat], rays=20, reach=0.09, floor=None)
    materials = {
        "cover": (fabrics.cotton("mattress_cover", (0.72, 0.76, 0.79)), fabrics.WEAVE_TILE, 0.40),
        "coat": (surfaces.painted("bed_steel", (0.52, 0.54, 0.55)), GRAIN_TILE, 0.65),
        "shell": (surfaces.painted("bed_plastic", (0.65, 0.632, 0.592), 0.45), GRAIN_TILE, 0.50),
        "panel": (surfaces.painted("bed_panel", (0.36, 0.50, 0.51), 0.34), GRAIN_TILE, 0.85),
        "steel": (surfaces.polished("bed_metal", (0.84, 0.84, 0.835), 0.24, 0.88), GRAIN_TILE, 0.65),
        "print": (Material("chart_print", roughness=0.7, colour_map=bed_chart.picture()), (1.0, 1.0), 0.85),
    }
    model: dict[str, list[tuple[Material, Shape]]] = {}
    for (node, name, _), each in zip(flat, shaded, strict=True):
        material, tile, least = materials[name]
        worn = surfaces.trodden(_backed(aired(each, least)), 0.30, 0.24)
        model.setdefault(node, []).append((material, tiled(worn, tile)))
    write_glb("exam_bed", model, folder)


if __name__ == "__main__":
    make()
