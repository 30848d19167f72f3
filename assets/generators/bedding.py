"""The blanket that lies over the patient and the top sheet turned down over its edge, hung over the mattress at the sides.

A blanket is a height over each point of the bed: it lies on the body, sags as loaded cloth does where nothing bears it (the shape
of a membrane under an even load), bunches up under the arms, and has folds where cloth is slack. At the mattress's edges it
bends round and hangs. Metres in the person's own axes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assets.generators import figure
from assets.generators.drape import Distance, limb, melt
from assets.generators.lofts import agreeing, sheet, tidy
from assets.generators.shapes import Array, Shape, shape

TOP, FOOT = -0.372, 1.006
"""Where the blanket begins and ends along y."""
EDGE, SIDE, HANG = 0.422, 0.4465, 0.105
"""Where it bends over the mattress's edge, where it hangs, and how far down."""
HINGE = -0.05
"""The joint `back`, along y."""
_THICK = 0.010
_FLAT = 0.0175
_LOAD = 7.0
"""Curvature of the cloth where nothing bears it, 1/m."""
BAND = 0.088
"""How far the top sheet is turned down."""


def noise(x: Array, y: Array, phase: float) -> Array:
    """A little unrest, about -1 to 1, without a repeat that one sees."""
    return np.asarray(
        (
            np.sin(17.0 * x + 9.0 * y + phase)
            + np.sin(-11.0 * x + 21.0 * y + 2.3 * phase)
            + np.sin(31.0 * x - 13.0 * y + 0.7 * phase)
        )
        / 3.0
    )


@dataclass(frozen=True, eq=False)
class Blanket:
    """The cloth at rest, finer than it is drawn: rows along y x columns x 3; `cloth`, rows x columns x 2, is its own metres."""

    points: Array
    normals: Array
    cloth: Array

    def height(self, x: float, y: float) -> float:
        """How high its upper side is over a point."""
        flat = self.points.reshape(-1, 3)
        near = np.hypot(flat[:, 0] - x, flat[:, 1] - y)
        best = np.argsort(near, kind="stable")[:4]
        weight = 1.0 / (near[best] + 1e-4)
        return float((flat[best, 2] * weight).sum() / weight.sum())


def lay(rows: int = 126, columns: int = 121) -> Blanket:
    """The blanket over body and bed, pressed down and borne by what lies on it."""
    y, x = np.meshgrid(np.linspace(TOP, FOOT, rows), np.linspace(-SIDE, SIDE, columns), indexing="ij")
    body = _tops(lambda p: melt(figure.covered(p), _between_feet(p), 0.06) - _THICK, x, y)
    floor = np.maximum(body, _FLAT)
    z = _sagged(floor, y, float(x[0, 1] - x[0, 0]), float(y[1, 0] - y[0, 0]))
    slack = np.clip((z - floor) / 0.022, 0.0, 1.0)
    z = np.maximum(z + _folds(x, y, z, slack), floor)
    z = _under_arms(x, y, z, floor)
    return _hung(x, y, z)


def _between_feet(p: Array) -> Array:
    """What the cloth does not sink below between the toes: it hangs from one foot to the other."""
    return limb(p, (-0.112, 0.880, 0.168), (0.112, 0.880, 0.168), 0.040, 0.040)


def _tops(far: Distance, x: Array, y: Array, high: float = 0.32, steps: int = 65) -> Array:
    """How high a form reaches over each point; 0 where it is not."""
    top, before = np.zeros_like(x), np.full_like(x, 9.0)
    for z in np.linspace(high, 0.0, steps):
        now = far(np.stack([x, y, np.full_like(x, z)], -1))
        share = np.clip(-now / np.maximum(before - now, 1e-9), 0.0, 1.0)
        top = np.where((top == 0.0) & (now < 0.0), z + share * high / (steps - 1), top)
        before = now
    return top


def _undersides(far: Distance, x: Array, y: Array, high: float = 0.30, steps: int = 76) -> Array:
    """How low a form reaches over each point; 9 where it is not."""
    low, before = np.full_like(x, 9.0), np.full_like(x, 9.0)
    for z in np.linspace(0.0, high, steps):
        now = far(np.stack([x, y, np.full_like(x, z)], -1))
        share = np.clip(-now / np.maximum(before - now, 1e-9), 0.0, 1.0)
        low = np.where((low == 9.0) & (now < 0.0), z - share * high / (steps - 1), low)
        before = now
    return low


def _sagged(floor: Array, y: Array, dx: float, dy: float, rounds: int = 900) -> Array:
    """A membrane over a floor, under an even load."""
    wide, load = 1.0 / dx**2, _LOAD * (1.0 - 0.75 * np.clip((y - 0.60) / 0.18, 0.0, 1.0))
    deep = 1.0 / dy**2
    z = floor.copy()
    for _ in range(rounds):
        p = np.pad(z, 1, mode="edge")
        mean = (wide * (p[1:-1, :-2] + p[1:-1, 2:]) + deep * (p[:-2, 1:-1] + p[2:, 1:-1]) - load) / (2 * (wide + deep))
        z = np.maximum(mean, floor)
        z[-2:] = floor[-2:]
    return z


def _ridge(phase: Array) -> Array:
    """A fold's section, -0.4 to 1: rounded above, pinched below."""
    wave = 0.5 + 0.5 * np.sin(2 * np.pi * phase)
    return np.asarray(1.4 * wave**1.5 - 0.4)


def _folds(x: Array, y: Array, z: Array, slack: Array) -> Array:
    """Broad folds: down the flanks, across the lap, between the legs, from the knees, and out from the toes."""
    side = np.abs(x)
    warp = 0.35 * noise(0.7 * x, 0.7 * y, 2.0) + 0.12 * noise(1.5 * x, 1.3 * y, 4.0)
    patchy = np.clip(0.62 + 0.75 * noise(0.45 * x, 0.55 * y, 1.3), 0.05, 1.2)
    fades = np.clip((EDGE + 0.02 - side) / 0.10, 0.25, 1.0)
    flank = np.clip((side - 0.12) / 0.07, 0.0, 1.0) * np.clip((y - 0.02) / 0.10, 0.0, 1.0)
    made = 0.0125 * flank * patchy * fades * _ridge(5.2 * y - 3.0 * side * np.sign(0.55 - y) + 1.6 * warp + 0.3 * np.sign(x))
    between = np.clip(1.0 - side / 0.10, 0.0, 1.0) * np.clip((y - 0.06) / 0.12, 0.0, 1.0) * np.clip((0.86 - y) / 0.1, 0.0, 1.0)
    made = made + 0.0085 * between * _ridge(3.1 * y + 5.0 * x + 1.2 * warp)
    lap = np.exp(-(((y - 0.045 - 0.9 * x * x) / 0.085) ** 2))
    made = made + 0.0090 * lap * patchy * _ridge(9.5 * (y - 1.1 * x * x) + warp)
    belly = np.exp(-(((y + 0.22) / 0.10) ** 2)) * np.clip((side - 0.10) / 0.08, 0.0, 1.0)
    made = made + 0.007 * belly * _ridge(7.0 * y + 6.0 * side + warp)
    for toe in (-0.118, 0.118):
        away, turn = np.hypot(x - toe, y - 0.905), np.arctan2(y - 0.905, x - toe)
        ray = np.clip((away - 0.03) / 0.05, 0.0, 1.0) * np.exp(-((away / 0.19) ** 2))
        made = made + 0.0120 * ray * _ridge(1.45 * turn * (1.0 if toe > 0 else -1.0) + 1.1 * warp + 4.0 * away)
    bears = 0.22 + 0.78 * slack
    settled = np.clip((z - _FLAT) / 0.03, 0.0, 1.0) * 0.7 + 0.3
    return np.asarray(made * bears * settled)


def _sleeved(p: Array, side: int) -> Array:
    """The distance to an arm with its hand and its sleeve."""
    sleeve = limb(
        p, figure.SHOULDER[side], figure.SHOULDER[side] + 0.70 * (figure.ELBOW[side] - figure.SHOULDER[side]), 0.050, 0.057
    )
    return np.minimum(figure.arm_and_hand(p, side), sleeve)


def _under_arms(x: Array, y: Array, z: Array, floor: Array) -> Array:
    """Pressed down by the arms and bunched up to them: they lie on it everywhere."""
    near = int(np.searchsorted(y[:, 0], 0.06))
    low = np.full_like(x, 9.0)
    low[:near] = np.minimum(*(_undersides(lambda p, s=side: _sleeved(p, s), x[:near], y[:near]) for side in (1, -1)))
    arm, over = low < 8.0, y < TOP + BAND + 0.012
    want = np.where(arm, low + 0.0025 - 0.008 * over, z)
    want = np.maximum(want, floor - 0.004)
    shift = np.where(arm, want - z, 0.0)
    eased = shift.copy()
    for _ in range(220):
        p = np.pad(eased, 1, mode="edge")
        mean = 0.985 * (p[1:-1, :-2] + p[1:-1, 2:] + p[:-2, 1:-1] + p[2:, 1:-1]) / 4
        eased = np.where(arm, shift, mean)
    edge = np.clip((EDGE - np.abs(x)) / 0.05, 0.0, 1.0)
    made = np.maximum(z + eased * np.where(arm, 1.0, edge), np.where(arm, _FLAT * 0.5, floor))
    return np.asarray(np.where(arm, np.minimum(made, np.maximum(low + 0.004, _FLAT * 0.5)), made))


def _hung(x: Array, y: Array, z: Array) -> Blanket:
    """With its sides and its foot bent over the mattress's edges."""
    inner = np.abs(x[0]) <= EDGE
    x, y, z = x[:, inner], y[:, inner], z[:, inner]
    lift = z - _FLAT
    over = np.clip((np.abs(x) - EDGE + 0.06) / 0.06, 0.0, 1.0)
    z = _FLAT + lift * (1.0 - over * over)
    steps = np.concatenate([np.linspace(0.12, 1.0, 5) * np.pi / 2 * 0.02, 0.0314 + np.linspace(0.12, 1.0, 7) * HANG])
    sides = []
    for sign in (-1.0, 1.0):
        line = y[:, :1]
        turn = np.clip(steps / 0.02, 0.0, np.pi / 2)[None]
        down = np.maximum(steps - 0.0314, 0.0)[None]
        share = down / HANG
        wave = np.sin(2 * np.pi * (4.4 * line + 0.35 * np.sin(9.0 * line + sign)) + sign) * (
            0.6 + 0.4 * np.sin(7.3 * line + 2.0 * sign)
        )
        out = (SIDE - EDGE) * np.sin(turn) + 0.0048 * share * (wave - 0.55)
        drop = 0.024 * (1.0 - np.cos(turn)) + down * (1.0 + 0.045 * np.sin(2 * np.pi * 1.3 * line + sign))
        start = z[:, :1] if sign < 0 else z[:, -1:]
        corner = np.clip((line - FOOT + 0.10) / 0.10, 0.0, 1.0)
        one = np.stack([sign * (EDGE + out) + 0 * line, line + 0.0 * turn, start - drop * (1.0 - 0.25 * corner)], -1)
        sides.append(one[:, ::-1] if sign < 0 else one)
    top = np.stack([x, y, z], -1)
    points = np.concatenate([sides[0], top, sides[1]], axis=1)
    s = np.concatenate([-(EDGE + steps[::-1]), x[0], EDGE + steps])
    cloth = np.stack(np.broadcast_arrays(s[None], y[:, :1]), -1)
    foot = []
    for angle, down in ((0.5, 0.0), (1.0, 0.0), (1.0, 0.03), (1.0, 0.075)):
        row = points[-1].copy()
        a = angle * np.pi / 2
        row[:, 1] += 0.012 * np.sin(a)
        row[:, 2] -= (0.012 * (1.0 - np.cos(a)) + down) * np.where(np.abs(row[:, 0]) > EDGE, 0.35, 1.0)
        foot.append(row)
    extra = [cloth[-1] + (0.0, 0.012 * (index + 1)) for index in range(len(foot))]
    points = np.concatenate([points, np.stack(foot)])
    cloth = np.concatenate([cloth, np.stack(extra)])
    return Blanket(points, _normals(points), cloth)


def _normals(points: Array) -> Array:
    normals = sheet(points).normals.reshape(points.shape)
    return np.asarray(normals if normals[..., 2].mean() > 0 else -normals)


def drawn(points: Array, normals: Array, cloth: Array) -> Shape:
    """A sheet through rows x columns, its uvs the cloth's own metres."""
    rows, columns = points.shape[:2]
    made = sheet(points)
    made = shape(points.reshape(-1, 3), made.triangles, normals.reshape(-1, 3), cloth.reshape(rows * columns, 2))
    return tidy(agreeing(made))


def _columns(blanket: Blanket, across: Sequence[float]) -> Array:
    s = blanket.cloth[0, :, 0]
    return np.unique([int(np.argmin(np.abs(s - each))) for each in across])


_REACH = EDGE + 0.0314 + HANG
_BENDS = np.array((EDGE + 0.012, EDGE + 0.0314, EDGE + 0.065, EDGE + 0.100, _REACH))
_LEGS = np.concatenate([-_BENDS[::-1], np.linspace(-EDGE, EDGE, 27), _BENDS])
_TRUNK = np.concatenate([-_BENDS[::-1], np.linspace(-EDGE, EDGE, 24), _BENDS])


def covers(blanket: Blanket) -> tuple[Shape, Shape, Shape]:
    """The blanket over the legs, the blanket over the trunk, and the sheet turned down over its upper edge.

    Each dips under the other where it ends: raised with the trunk, the upper one sinks in there, and makes a crease at the lap.
    On the mattress and at its side the pieces overlap: the mattress is bent there itself.
    """
    p, n, cloth = blanket.points.copy(), blanket.normals, blanket.cloth
    y = p[..., 1]
    beside = np.clip(1.0 - (p[..., 2] - 0.020) / 0.040, 0.0, 1.0)
    first, last = int(np.argmax(y[:, 60] > HINGE - 0.120)), int(np.argmax(y[:, 60] > HINGE + 0.115))
    columns = _columns(blanket, _LEGS)
    rows = np.unique(np.concatenate([np.linspace(first, len(y) - 6, 29).astype(int), np.arange(len(y) - 5, len(y))]))
    sunk = 0.014 * np.clip((HINGE + 0.005 - y) / 0.06, 0.0, 1.0) * (1.0 - beside) + 0.0035 * beside * (y < HINGE + 0.02)
    lower = (p - n * sunk[..., None])[np.ix_(rows, columns)]
    legs = drawn(lower, n[np.ix_(rows, columns)], cloth[np.ix_(rows, columns)])
    columns = _columns(blanket, _TRUNK)
    hidden = int(np.searchsorted(y[:, 60], TOP + BAND - 0.035))
    rows = np.unique(np.linspace(hidden, last, 14).astype(int))
    drop = 0.0015 - 0.022 * np.clip((y - (HINGE + 0.005)) / 0.11, 0.0, 1.0) ** 1.5
    drop = drop * (1.0 - beside) + 0.0015 * beside
    drop = drop - 0.007 * (y < TOP + BAND - 0.004)  # under the sheet that is turned down over it
    upper = (p + n * drop[..., None])[np.ix_(rows, columns)]
    trunk = drawn(upper, n[np.ix_(rows, columns)], cloth[np.ix_(rows, columns)])
    return legs, trunk, _turned_down(p, n, cloth, columns)


def _turned_down(p: Array, n: Array, cloth: Array, columns: Array) -> Shape:
    """White sheet: from under the blanket in a soft roll round its edge and down over it, to a hem that is thick and stitched."""
    deep = int(np.searchsorted(p[:, 60, 1], TOP + BAND))
    over = np.unique(np.linspace(0, deep, 6).astype(int))
    x = p[0, :, :1]
    sway = 0.006 * np.sin(9.0 * x + 0.6) + 0.004 * np.sin(23.0 * x)
    ahead = np.stack([0.0 * x[:, 0], -np.ones(len(x)), 0.0 * x[:, 0]], -1)

    def at(index: int, out: float, back: float, share: float) -> Array:
        return np.asarray(p[index] + n[index] * out + ahead * (back + sway * share))

    rows = [
        at(2, -0.004, 0.0, 1.0),
        at(0, -0.0045, 0.002, 1.0),
        at(0, 0.001, 0.0150, 1.0),
        at(0, 0.0100, 0.0175, 1.0),
        at(0, 0.0175, 0.0100, 1.0),
    ]
    along = [-0.012, 0.0, 0.006, 0.013, 0.020]
    for index in over[1:]:
        puff = (
            0.0160
            - 0.0085 * index / deep
            + (1.0 - 0.6 * index / deep)
            * (0.0046 * np.sin(27.0 * x + 2.0 * np.sin(6.0 * x) + 0.35 * index) + 0.0026 * np.sin(52.0 * x - 0.3 * index + 1.0))
        )
        row = p[index] + n[index] * puff - ahead * 0.010 * np.sin(7.0 * x + 1.0) * index / deep
        rows.append(row)
        along.append(0.020 + float(p[index, 60, 1] - p[0, 60, 1]))
    rows += [rows[-1] - ahead * 0.0035 - n[deep] * 0.0025, rows[-1] - ahead * 0.002 - n[deep] * 0.0075]
    along += [along[-1] + 0.004, along[-1] + 0.009]
    grid = np.stack(rows)[:, columns]
    grid[..., 0] = np.clip(grid[..., 0], -SIDE - 0.0115, SIDE + 0.0115)  # the rails are beside it
    made = sheet(grid)
    normals = made.normals.reshape(grid.shape)
    normals = normals if normals[5:-2, :, 2].mean() > 0 else -normals
    uv = np.stack(np.broadcast_arrays(cloth[0, columns, 0][None], np.array(along)[:, None]), -1)
    made = drawn(grid, normals, uv)
    tint = np.full((len(rows), len(columns), 3), 0.93)
    tint[-3] = 0.86
    return made.tinted(tint.reshape(-1, 3))
