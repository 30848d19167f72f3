"""The ends of a hospital bed and its side rails: hoops of tube that are their own handles, and a moulded board hung in each.

A footboard is bowed outwards, as boards are that shall not drum; its edge is turned over a radius, and a coloured panel lies sunk
in it behind a sloping rim, on it at the foot a plate of laminate with a bevelled edge. At each corner a flat bumper wheel turns
under a collar on the upright: it meets walls and doors first.
"""

from __future__ import annotations

from dataclasses import replace

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
CORNER = 0.065
"""Radius of a board's corners."""
RUBBER = (0.055, 0.056, 0.060)
"""The tint of rubber beside the pale plastic's."""
DISC, GREY = (0.11, 0.115, 0.12), (0.62, 0.64, 0.65)
"""The tints of the bumper wheels and of their collars."""
SLEEVE, LATCH = (0.135, 0.250, 0.345), (0.07, 0.20, 0.42)
"""The tints of the sleeve on a side rail's grip bar, and of the latch that lets the rail down."""
ROLLER = 0.425
"""Height of the rollers' middles."""
RIM, SLOPE, SUNK = 0.043, 0.007, 0.0075
"""Width of a board's rim, of the slope behind it, and how deep the panel lies."""
MARGIN = 0.016
"""How far the plate of laminate stays within the panel."""


def end(y: float, low: float, high: float) -> Pieces:
    """The head end (y < 0) or foot end from `low` to `high`. Boards are plain on the side that a wall or the mattress hides."""
    half, foot = WIDE / 2, y > 0.0
    path = _hoop(half, low - PIPE + 0.006, high - PIPE, (4, 7) if foot else (6, 5)) + np.array((0.0, y, 0.0))
    height, middle = high - 0.108 - low, (high - 0.096 + low) / 2
    bow = BOW if foot else 0.0
    outline = _outline(WIDE - 2 * PIPE + 0.006, height, CORNER, foot)
    faces = [_face(outline, y, middle, side, bow) for side in (1.0, -1.0)]
    spots = [(x + np.sign(x) * 0.005, y - np.sign(y) * 0.0185, ROLLER) for x in (-half, half)]
    roller, collar = _roller(17 if foot else 12).tinted(DISC), _collar(14 if foot else 10).tinted(GREY)
    collars = [collar.moved(x, y, ROLLER) for x in (-half, half)]
    rollers = [roller.moved(*spot) for spot in spots]
    return {
        "steel": [tube(path, PIPE, 12 if foot else 9, closed=True)],
        "shell": [*faces, *collars, *rollers],
        "panel": _panel(height, y, middle, bow),
    }


def _hoop(half: float, low: float, high: float, steps: tuple[int, int]) -> Array:
    """The middle of an end's tube: a closed way in the plane y = 0, bent close round the board below and widely above, each in so
    many `steps`."""
    corners = np.array(((-half, 0.0, low), (-half, 0.0, high), (half, 0.0, high), (half, 0.0, low)))
    bent = []
    for index, here in enumerate(corners):
        above = index in (1, 2)
        ends = [(here + corners[beside % 4]) / 2 for beside in (index - 1, index + 1)]
        bent.append(bends([ends[0], here, ends[1]], 0.125 if above else CORNER + PIPE, steps[above])[1:-1])
    return np.concatenate(bent)


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


def _panel(height: float, y: float, z: float, bow: float) -> list[Shape]:
    """The sunk panel, whose corners lie within the rim; of a bowed board, on it a plate of laminate with a bevelled edge."""
    half, reach = WIDE / 2 - PIPE - RIM, height / 2 - RIM
    columns = 9 if bow else 2
    x = np.linspace(half, -half, columns)
    depth = _bowed(x, y, bow) + THICK - SUNK
    ground = sheet(np.stack([np.column_stack([x, depth, np.full(columns, z + at)]) for at in (-reach, reach)]))
    if not bow:
        return [ground]
    outline = _outline(2 * half - 2 * MARGIN, 2 * reach - 2 * MARGIN, 0.022, True)
    rings = []
    for by, out in ((0.0, -0.0002), (-0.0055, 0.0046)):
        grew = grown(outline, by)
        rings.append(np.column_stack([grew[:, 0], _bowed(grew[:, 0], y, bow) + THICK - SUNK + out, grew[:, 1] + z]))
    edge = stack([ring[::-1] for ring in rings], open_start=True, open_end=True, crease_deg=40.0)
    half_way = len(outline) // 2
    above, below = rings[1][:half_way], rings[1][: half_way - 1 : -1]
    plate = sheet(np.stack([below, above]))
    low = np.clip((z - plate.positions[:, 2]) / reach, -1.0, 1.0)
    plate = plate.tinted((1.10 - 0.07 * low)[:, None] * np.ones(3))
    return [ground.tinted((0.72, 0.74, 0.75)), edge.tinted((1.12, 1.12, 1.12)), plate]


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
    """A clipboard that hangs from the footboard's upper edge, on it the printed chart, A4 on its side, a corner curled.

    Its clip is a bent spring plate; behind it lies its own shade.
    """
    top, front = high - 0.096, float(_bowed(np.array(x), y, BOW)) + THICK
    board = bar(0.314, 0.238, 0.003, 0.001, open_ends=True).turned("x", 90).moved(x, front + 0.0017, top - 0.129)
    u, v = np.meshgrid(np.linspace(0.0, 1.0, 3), np.array((0.0, 0.25, 1.0)))
    curl = 0.005 * np.clip(2.0 * u - 1.0, 0.0, 1.0) * np.clip(1.0 - 4.0 * v, 0.0, 1.0)
    page = sheet(np.stack([x + 0.1485 - 0.297 * u, front + 0.0036 + curl, top - 0.238 + 0.210 * v], -1))
    page = replace(page, uvs=np.column_stack([u.ravel(), v.ravel()]))
    jaw = [(0.0036, -0.034), (0.0060, -0.034), (0.0105, -0.017), (0.0090, -0.003), (0.0034, 0.001), (0.0034, -0.020)]
    clip = extrude(jaw, 0.104).moved(x, front, top - 0.004)
    shade = facing(0.319, 0.243).moved(x, front + 0.0014, top - 0.1315)
    return {"shell": [shade.tinted((0.16, 0.19, 0.20)), board.tinted((0.09, 0.15, 0.22))], "print": [page], "steel": [clip]}


def _roller(sides: int) -> Shape:
    """A rubber disc about z, on which the bed turns off a wall; its foot, that nobody sees, is open."""
    return lathe(((0.0395, -0.013), (0.0430, -0.009), (0.0430, 0.008), (0.0390, 0.0125), (0.0150, 0.0145)), sides, 60.0)


def _collar(sides: int) -> Shape:
    """The collar of an upright that a disc turns under."""
    return lathe(((0.0285, 0.0125), (0.0285, 0.0240), (0.0205, 0.0280)), sides, 50.0)


def side_rail(start: float, finish: float, low: float, high: float, x: float, *, raised: bool) -> Pieces:
    """A side rail: a closed hoop with a coat of powder, a grip bar in a soft sleeve across, its latch, and its two arms.

    Bars stand no further apart than 120 mm.
    """
    corners, sides = (7, 9) if raised else (5, 6)
    hoop = bends([(x, start, low), (x, finish, low), (x, finish, high), (x, start, high)], 0.085, corners, closed=True)
    middle = (low + high) / 2 - 0.014
    grip = np.array([(x, y, middle) for y in (start + 0.004, start + 0.03, finish - 0.03, finish - 0.004)])
    made = [tube(hoop, 0.0155, sides, closed=True), _pipe(grip, 0.0125, 8 if raised else 6)]
    legs, latches = [], []
    for y in (start + 0.16, finish - 0.16):
        if not raised:  # let down, it hangs by two arms from the frame
            arm = np.array([(x - np.sign(x) * 0.080, y, low + 0.075), (x, y, low + 0.135), (x, y, high - 0.012)])
            legs.append(sweep(arm, rounded(0.040, 0.013, 0.005, 1), up=(1.0, 0.0, 0.0)))
            continue
        path = bends([(x - np.sign(x) * 0.040, y, low - 0.105), (x, y, low - 0.09), (x, y, low + 0.01)], 0.03, 1)
        legs.append(sweep(path, rounded(0.045, 0.014, 0.006, 1), up=(1.0, 0.0, 0.0)))
    if raised:  # its latch, a paddle under the lower bar
        latches.append(bar(0.022, 0.130, 0.030, 0.007).moved(x, (start + finish) / 2, low - 0.022).tinted(LATCH))
    hoop_, held = made
    return {"shell": [hoop_, held.tinted(SLEEVE), *latches], "coat": legs}
