"""The blanket that lies over the patient, hung over the mattress at the sides; `top_sheet` has the sheet turned down over it.

A blanket is a height over each point of the bed: it lies on the body, sags as loaded cloth does where nothing bears it (the shape
of a membrane under an even load), gives way under the arms, and has folds where cloth is slack. At the mattress's edges it
bends round and hangs to a hem. Metres in the person's own axes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from assets.generators import figure
from assets.generators.drape import Distance, limb, melt
from assets.generators.lofts import agreeing, sheet, tidy
from assets.generators.shapes import Array, Shape, shape

TOP, FOOT = -0.398, 1.006
"""Where the blanket begins and ends along y."""
EDGE, SIDE, HANG = 0.422, 0.4465, 0.105
"""Where it bends over the mattress's edge, where it hangs, and how far down."""
HINGE = -0.05
"""The joint `back`, along y."""
_THICK = 0.010
_FLAT = 0.0175
_LOAD = 7.0
"""Curvature of the cloth where nothing bears it, 1/m."""
BAND = 0.290
"""How far the top sheet is turned down: hands and forearms lie on it."""
DENT = 0.005
"""How far an arm sinks into the cloth."""


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
    """The cloth at rest, finer than it is drawn: rows along y x columns x 3; `cloth`, rows x columns x 2, is its own metres.

    `across` is how far each column lies from the bed's middle where the bed is flat, along the cloth where it hangs. `shade`,
    rows x columns, is what is left of the light where an arm lies on it or a fold is deep, 0-1.
    """

    points: Array
    normals: Array
    cloth: Array
    shade: Array
    across: Array


def lay(rows: int = 126, columns: int = 121) -> Blanket:
    """The blanket over body and bed, pressed down and borne by what lies on it."""
    y, x = np.meshgrid(np.linspace(TOP, FOOT, rows), np.linspace(-SIDE, SIDE, columns), indexing="ij")
    body = _tops(lambda p: melt(figure.covered(p), _between_feet(p), 0.06) - _THICK, x, y)
    floor = np.maximum(body, _FLAT)
    z = _sagged(floor, y, float(x[0, 1] - x[0, 0]), float(y[1, 0] - y[0, 0]))
    slack = np.clip((z - floor) / 0.022, 0.0, 1.0)
    z = np.maximum(z + _folds(x, y, z, slack), floor)
    z, touched, pressed = _under_arms(x, y, z, floor)
    return _hung(x, y, z, _shade(x, y, z, touched, pressed))


def _shade(x: Array, y: Array, z: Array, touched: Array, pressed: Array) -> Array:
    """The light left beside what lies on the cloth, dark where they touch and softer further off; and in the hollows of folds."""
    near, far = _blurred(touched, x, y, 0.015), _blurred(touched, x, y, 0.042)
    hollow = np.clip((_blurred(z, x, y, 0.030) - z) / 0.012, -1.0, 1.0)
    tight = np.clip(1.9 * _blurred(pressed, x, y, 0.0085), 0.0, 1.0)
    return np.asarray((1.0 - 0.62 * tight) * (1.0 - 0.62 * near) * (1.0 - 0.36 * far) * (0.97 - 0.14 * hollow))


def _blurred(values: Array, x: Array, y: Array, spread: float) -> Array:
    """Values over the bed blurred by a bell so many metres wide."""
    return np.asarray(_bell(y[:, 0], spread) @ values @ _bell(x[0], spread).T)


def _bell(at: Array, spread: float) -> Array:
    """Each place's weights of all others."""
    weights = np.exp(-0.5 * ((at[:, None] - at[None, :]) / spread) ** 2)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


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
    wide, load = (
        1.0 / dx**2,
        _LOAD * (1.0 - 0.75 * np.clip((y - 0.60) / 0.18, 0.0, 1.0) - 0.85 * np.clip((-0.08 - y) / 0.10, 0.0, 1.0)),
    )
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


def _sleeve(p: Array, side: int) -> Array:
    """The distance to a sleeve, as wide as it is with its folds."""
    upper, elbow = figure.SHOULDER[side], figure.ELBOW[side]
    return limb(p, upper, upper + 0.68 * (elbow - upper), 0.055, 0.063)


def _under_arms(x: Array, y: Array, z: Array, floor: Array) -> tuple[Array, Array, Array]:
    """The cloth where arms lie on it, dented by them and lifted to them; how near an arm is over each point, and how closely
    it is pressed there, both 0-1.
    """
    near = int(np.searchsorted(y[:, 0], 0.06))
    bare, worn, high = np.full_like(x, 9.0), np.full_like(x, 9.0), np.zeros_like(x)
    for side in (1, -1):
        for far, low in ((figure.arm_and_hand, bare), (_sleeve, worn)):
            low[:near] = np.minimum(low[:near], _undersides(partial(far, side=side), x[:near], y[:near]))
            high[:near] = np.maximum(high[:near], _tops(partial(far, side=side), x[:near], y[:near]))
    low = np.minimum(bare, worn - DENT)  # cloth does not sink into cloth
    arm = low < 8.0
    thick = np.where(arm, high - low, 0.0)
    held = arm & (thick > 0.72 * _most(thick, 3))
    elbows = [np.exp(-(((x - at[0]) / 0.055) ** 2) - ((y - at[1]) / 0.055) ** 2) for at in figure.ELBOW.values()]
    dent = DENT * (1.0 + 1.2 * np.maximum(*elbows))  # most weight rests on the elbows
    shift = np.where(held, np.maximum(low + dent, floor - 0.004) - z, 0.0)
    eased = shift.copy()
    for _ in range(260):
        p = np.pad(eased, 1, mode="edge")
        mean = 0.988 * (p[1:-1, :-2] + p[1:-1, 2:] + p[:-2, 1:-1] + p[2:, 1:-1]) / 4
        eased = np.where(held, shift, mean)
    edge = np.clip((EDGE - np.abs(x)) / 0.05, 0.0, 1.0)
    made = z + eased * np.where(held, 1.0, edge)
    made = np.where(arm, np.minimum(made, low + np.where(worn < 8.0, 1.0, 1.5) * dent), made)
    made = np.maximum(made, floor - DENT * arm)
    near_, tight = (np.where(arm, np.clip(1.0 - (low - made) / reach, 0.0, 1.0), 0.0) for reach in (0.090, 0.018))
    return made, near_, tight


def _most(values: Array, reach: int) -> Array:
    """The most of the values round each, `reach` places to all sides."""
    p = np.pad(values, reach)
    rows, columns = values.shape
    shifted = [p[i : i + rows, j : j + columns] for i in range(2 * reach + 1) for j in range(2 * reach + 1)]
    return np.asarray(np.max(shifted, axis=0))


def _hung(x: Array, y: Array, z: Array, shade: Array) -> Blanket:
    """With its sides and its foot bent over the mattress's edges, hanging in gentle folds to a hem that is turned in."""
    inner = np.abs(x[0]) <= EDGE
    x, y, z, shade = x[:, inner], y[:, inner], z[:, inner], shade[:, inner]
    lift = z - _FLAT
    over = np.clip((np.abs(x) - EDGE + 0.06) / 0.06, 0.0, 1.0)
    z = _FLAT + lift * (1.0 - over * over)
    sides, shades = [], []
    for sign in (-1.0, 1.0):
        line = y[:, :1]
        turn = np.clip(_STEPS / 0.02, 0.0, np.pi / 2)[None]
        down = np.maximum(_STEPS - 0.0314, 0.0)[None]
        share = down / HANG
        wave = np.sin(2 * np.pi * (5.3 * line + 0.42 * np.sin(7.0 * line + sign)) + sign)
        wave = wave * (0.62 + 0.38 * np.sin(9.1 * line + 2.0 * sign))
        out = (SIDE - EDGE) * np.sin(turn) + 0.0072 * share * (wave - 0.45)
        drop = 0.024 * (1.0 - np.cos(turn)) + down * (1.0 + 0.035 * np.sin(2 * np.pi * 1.3 * line + sign))
        start = z[:, :1] if sign < 0 else z[:, -1:]
        corner = np.clip((line - FOOT + 0.10) / 0.10, 0.0, 1.0)
        one = np.stack([sign * (EDGE + out) + 0 * line, line + 0.0 * turn, start - drop * (1.0 - 0.25 * corner)], -1)
        dark = (shade[:, :1] if sign < 0 else shade[:, -1:]) * (1.0 - 0.13 * share * (0.5 - 0.5 * wave)) + 0.0 * turn
        sides.append(one[:, ::-1] if sign < 0 else one)
        shades.append(dark[:, ::-1] if sign < 0 else dark)
    points = np.concatenate([sides[0], np.stack([x, y, z], -1), sides[1]], axis=1)
    shade = np.concatenate([shades[0], shade, shades[1]], axis=1)
    across = np.concatenate([-(EDGE + _STEPS[::-1]), x[0], EDGE + _STEPS])
    cloth = _run(points, y[:, 0], float(x[0, 1] - x[0, 0]))
    foot = []
    for angle, down_ in ((0.5, 0.0), (1.0, 0.0), (1.0, 0.03), (1.0, 0.075)):
        row = points[-1].copy()
        a = angle * np.pi / 2
        row[:, 1] += 0.012 * np.sin(a)
        row[:, 2] -= (0.012 * (1.0 - np.cos(a)) + down_) * np.where(np.abs(row[:, 0]) > EDGE, 0.35, 1.0)
        foot.append(row)
    extra = [cloth[-1] + (0.0, 0.012 * (index + 1)) for index in range(len(foot))]
    points = np.concatenate([points, np.stack(foot)])
    cloth = np.concatenate([cloth, np.stack(extra)])
    shade = np.concatenate([shade, np.repeat(shade[-1:], len(foot), axis=0)])
    return Blanket(points, _normals(points), cloth, shade, across)


def _run(points: Array, y: Array, pitch: float) -> Array:
    """Metres of cloth from the middle to both sides, and from row to row, so that the weave is the same on slopes."""
    u, v = np.linalg.norm(np.diff(points, axis=1), axis=2), np.linalg.norm(np.diff(points, axis=0), axis=2)
    u, v = np.cumsum(np.pad(u, ((0, 0), (1, 0))), axis=1), np.cumsum(np.pad(v, ((1, 0), (0, 0))), axis=0)
    u = u - u[:, u.shape[1] // 2][:, None]
    return np.stack([_bell(y, 0.03) @ u, v @ _bell(pitch * np.arange(v.shape[1]), 0.03).T], -1)


def _normals(points: Array) -> Array:
    normals = sheet(points).normals.reshape(points.shape)
    return np.asarray(normals if normals[..., 2].mean() > 0 else -normals)


def drawn(points: Array, normals: Array, cloth: Array, shade: Array) -> Shape:
    """A sheet through rows x columns, its uvs the cloth's own metres, its tint by its shade."""
    rows, columns = points.shape[:2]
    made = sheet(points)
    made = shape(points.reshape(-1, 3), made.triangles, normals.reshape(-1, 3), cloth.reshape(rows * columns, 2))
    return tidy(agreeing(made.tinted(shade.reshape(-1, 1) * np.ones(3))))


def columns_at(blanket: Blanket, across: Array) -> Array:
    """The columns nearest to some places across the cloth."""
    s = blanket.across
    return np.unique([int(np.argmin(np.abs(s - each))) for each in across])


_HEM = 0.016
"""How wide the blanket's hem is."""
_STEPS = np.concatenate([np.linspace(0.12, 1.0, 5) * np.pi / 2 * 0.02, 0.0314 + HANG * np.linspace(0.12, 1.0, 12)])
"""Metres of cloth from the mattress's edge on, round it and down."""
BENDS = EDGE + np.array((0.012, 0.0314, 0.0314 + HANG - _HEM, 0.0314 + HANG))
_LEGS = np.concatenate([-BENDS[::-1], np.linspace(-EDGE, EDGE, 24), BENDS])
_TRUNK = np.concatenate([-BENDS[::-1], np.linspace(-EDGE, EDGE, 24), BENDS])
_BOW = np.radians(8.0)
"""By how much the shading of the two parts is turned towards that of the other at the lap, where they meet in a bend while the
backrest is raised."""


def covers(blanket: Blanket) -> tuple[Shape, Shape]:
    """The blanket over the legs, and the blanket over the trunk.

    Each dips under the other where it ends: raised with the trunk, the upper one sinks in there, and makes a crease at the lap.
    On the mattress and at its side the pieces overlap: the mattress is bent there itself.
    """
    p, n, cloth = blanket.points.copy(), blanket.normals, blanket.cloth
    shade = blanket.shade * np.where(np.abs(blanket.across)[None] > BENDS[-2] - 0.004, 0.86, 1.0)
    y = p[..., 1]
    beside = np.clip(1.0 - (p[..., 2] - 0.020) / 0.040, 0.0, 1.0)
    bow = _BOW * np.exp(-(((y - HINGE) / 0.055) ** 2)) * (1.0 - beside)
    first, last = int(np.argmax(y[:, 60] > HINGE - 0.120)), int(np.argmax(y[:, 60] > HINGE + 0.115))
    columns = columns_at(blanket, _LEGS)
    rows = np.unique(np.concatenate([np.linspace(first, len(y) - 6, 20).astype(int), np.arange(len(y) - 5, len(y))]))
    sunk = 0.014 * np.clip((HINGE + 0.005 - y) / 0.06, 0.0, 1.0) * (1.0 - beside) + 0.0035 * beside * (y < HINGE + 0.02)
    legs = _part(p - n * sunk[..., None], _tipped(n, bow), cloth, shade, np.ix_(rows, columns))
    columns = columns_at(blanket, _TRUNK)
    hidden = int(np.searchsorted(y[:, 60], TOP + BAND - 0.030))
    rows = np.unique(np.linspace(hidden, last, 10).astype(int))
    drop = 0.0015 - 0.022 * np.clip((y - (HINGE + 0.005)) / 0.11, 0.0, 1.0) ** 1.5
    drop = drop * (1.0 - beside) + (0.0015 - 0.0040 * np.clip((y - HINGE - 0.075) / 0.04, 0.0, 1.0)) * beside
    drop = drop - 0.007 * (y < TOP + BAND - 0.006)  # under the sheet that is turned down over it
    hangs = np.clip((np.abs(blanket.across) - EDGE) / 0.10, 0.0, 1.0)
    p[..., 1] = np.minimum(y, HINGE + 0.105 - 0.085 * hangs + 9.0 * (hangs == 0.0))  # else its corners would stick out, raised
    trunk = _part(p + n * drop[..., None], _tipped(n, -bow), cloth, shade, np.ix_(rows, columns))
    return legs, trunk


def _part(p: Array, n: Array, cloth: Array, shade: Array, some: tuple[Array, ...]) -> Shape:
    return drawn(p[some], n[some], cloth[some], shade[some])


def _tipped(n: Array, angle: Array) -> Array:
    """Normals turned about x, towards the feet where the angle is more than 0."""
    c, s = np.cos(angle), np.sin(angle)
    return np.stack([n[..., 0], c * n[..., 1] + s * n[..., 2], c * n[..., 2] - s * n[..., 1]], -1)
