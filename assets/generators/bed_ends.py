"""The ends of a hospital bed and its side rails: bent tubes that are their own handles, and a moulded board hung in each end.

A footboard is bowed outwards, as boards are that shall not drum; its edge is turned over a radius, and a coloured panel lies sunk
in it behind a sloping rim, parted by a pale strip.
"""

from __future__ import annotations

import numpy as np

from assets.generators.forms import bends, facing, grown, rounded, stack, sweep
from assets.generators.lofts import extrude, sheet
from assets.generators.shapes import Array, Shape, bar, lathe, tube

Pieces = dict[str, list[Shape]]
"""Shapes by the name of their material."""

WIDE, PIPE = 0.90, 0.021
"""Of an end: between the middles of its legs, and the tube's radius, metres."""
BOW = 0.014
"""How far a board's middle stands further out than its sides."""
THICK = 0.0165
"""Half of a board's thickness."""
RIM, SLOPE, SUNK = 0.043, 0.007, 0.0075
"""Width of a board's rim, of the slope behind it, and how deep the panel lies."""


def end(y: float, low: float, high: float) -> Pieces:
    """The head end (y < 0) or foot end from `low` to `high`. Boards are plain on the side that a wall or the mattress hides."""
    half, foot = WIDE / 2, y > 0.0
    path = bends([(-half, y, low), (-half, y, high - PIPE), (half, y, high - PIPE), (half, y, low)], 0.125, 8 if foot else 7)
    height, middle = high - 0.108 - low, (high - 0.096 + low) / 2
    bow = BOW if foot else 0.0
    outline = _outline(WIDE - 2 * PIPE + 0.006, height, 0.065, foot)
    panel, strip = _panel(height, y, middle, bow)
    faces = [_face(outline, y, middle, side, bow) for side in (1.0, -1.0)]
    caps = [_cap(x, y, low) for x in (-half, half)]
    return {"shell": [_pipe(path, PIPE, 12), *faces, strip], "panel": panel, "rubber": caps}


def _outline(wide: float, high: float, radius: float, cut: bool) -> Array:
    """A rectangle with round corners, counter-clockwise; `cut`: with points on its long sides, so that it can be bowed."""
    ring = rounded(wide, high, radius, 4)
    if not cut:
        return ring
    line = np.linspace(1.0, -1.0, 6)[1:-1] * (wide / 2 - radius)
    above, below = np.column_stack([line, np.full(4, high / 2)]), np.column_stack([-line, np.full(4, -high / 2)])
    return np.concatenate([ring[:5], above, ring[5:15], below, ring[15:]])


def _bowed(x: Array, y: float, bow: float) -> Array:
    return np.asarray(y + bow * (0.4 - (x / (WIDE / 2)) ** 2))


def _face(outline: Array, y: float, z: float, side: float, bow: float) -> Shape:
    """One side of the board from the middle of its edge; the one that looks to +y is open for the panel that lies sunk in it."""
    steps = [(0.0, 0.0), (0.0, 0.0100), (-0.0065, THICK), (-RIM, THICK), (-RIM - SLOPE, THICK - SUNK)]
    rings = []
    for by, off in steps if side > 0.0 else steps[:3]:
        grew = grown(outline, by)
        rings.append(np.column_stack([grew[:, 0], _bowed(grew[:, 0], y, bow) + side * off, grew[:, 1] + z]))
    return stack([ring[::-1] if side > 0.0 else ring for ring in rings], open_start=True, open_end=side > 0.0, crease_deg=52.0)


def _panel(height: float, y: float, z: float, bow: float) -> tuple[list[Shape], Shape]:
    """The sunk panel in two colours' fields with the strip between them; its corners lie within the rim."""
    half, reach = WIDE / 2 - PIPE - RIM, height / 2 - RIM
    columns = 9 if bow else 2
    x = np.linspace(half, -half, columns)

    def field(low: float, high: float) -> Shape:
        depth = _bowed(x, y, bow) + THICK - SUNK
        return sheet(np.stack([np.column_stack([x, depth, np.full(columns, z + at)]) for at in (low, high)]))

    split = -reach + 0.36 * height
    return [field(-reach, split), field(split + 0.012, reach)], field(split, split + 0.012)


def _pipe(path: Array, radius: float, sides: int) -> Shape:
    """A tube in the plane of x = 0 or y = 0 whose ends, hidden in other things, are open."""
    ahead = np.gradient(path, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    level = np.array((1.0, 0.0, 0.0) if np.ptp(path[:, 0]) < 1e-9 else (0.0, 1.0, 0.0))
    turn = np.linspace(0.0, 2.0 * np.pi, sides + 1)
    across, other = np.tile(level, (len(path), 1)), np.cross(ahead, level)
    around = np.cos(turn)[None, :, None] * across[:, None] + np.sin(turn)[None, :, None] * other[:, None]
    return sheet(path[:, None] + radius * around, around=True)


def chart(x: float, y: float, high: float) -> Pieces:
    """A clipboard that hangs from the footboard's upper edge, and on it an empty form of A4: its head, rows, and a column.

    Its clip is a bent spring plate; behind it lies its own shade.
    """
    top, front = high - 0.096, float(_bowed(np.array(x), y, BOW)) + THICK
    board = bar(0.226, 0.312, 0.003, 0.001, open_ends=True).turned("x", 90).moved(x, front + 0.0017, top - 0.166)
    page = facing(0.210, 0.290).moved(x, front + 0.0034, top - 0.170)
    head = facing(0.178, 0.013).moved(x, front + 0.0037, top - 0.052)
    rows = [facing(0.178, 0.0012).moved(x, front + 0.0037, top - 0.082 - 0.024 * row) for row in range(9)]
    column = facing(0.0012, 0.192).moved(x + 0.040, front + 0.0038, top - 0.178)
    jaw = [(0.0036, -0.034), (0.0060, -0.034), (0.0105, -0.017), (0.0090, -0.003), (0.0034, 0.001), (0.0034, -0.020)]
    clip = extrude(jaw, 0.104).moved(x, front, top - 0.004)
    shade = facing(0.231, 0.317).moved(x, front + 0.0014, top - 0.1685)
    lines = [each.tinted((0.60, 0.64, 0.68)) for each in (*rows, column)]
    paper = [page.tinted((1.0, 1.0, 0.98)), head.tinted((0.52, 0.66, 0.72)), *lines]
    return {"shell": [shade.tinted((0.16, 0.19, 0.20)), board.tinted((0.09, 0.15, 0.22)), *paper], "steel": [clip]}


def _cap(x: float, y: float, low: float) -> Shape:
    """The rubber foot of a leg."""
    profile = ((0.0, -0.015), (0.0190, -0.0145), (0.0245, -0.010), (0.0258, -0.003), (0.0258, 0.050))
    return lathe([(radius, low + z) for radius, z in profile], 15, 60.0).moved(x, y)


def side_rail(start: float, finish: float, low: float, high: float, x: float, *, raised: bool) -> Pieces:
    """A side rail: a closed hoop, a grip bar across, and its two arms. Bars stand no further apart than 120 mm."""
    corners, sides = (7, 9) if raised else (5, 7)
    hoop = bends([(x, start, low), (x, finish, low), (x, finish, high), (x, start, high)], 0.085, corners, closed=True)
    middle = (low + high) / 2 - 0.014
    grip = np.array([(x, y, middle) for y in (start + 0.004, start + 0.03, finish - 0.03, finish - 0.004)])
    made = [tube(hoop, 0.0155, sides, closed=True), _pipe(grip, 0.0115, 8 if raised else 6)]
    legs = []
    for y in (start + 0.16, finish - 0.16):
        if not raised:  # let down, it hangs by two arms from the frame
            arm = np.array([(x - np.sign(x) * 0.080, y, low + 0.075), (x, y, low + 0.135), (x, y, high - 0.012)])
            legs.append(sweep(arm, rounded(0.040, 0.013, 0.005, 1), up=(1.0, 0.0, 0.0)))
            continue
        path = bends([(x - np.sign(x) * 0.040, y, low - 0.105), (x, y, low - 0.09), (x, y, low + 0.01)], 0.03, 1)
        legs.append(sweep(path, rounded(0.045, 0.014, 0.006, 1), up=(1.0, 0.0, 0.0)))
    return {"shell": made, "coat": legs}
