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
from assets.generators.lofts import agreeing, sheet, strips, tidy
from assets.generators.nets import Within, net
from assets.generators.shapes import Array, Faces, Shape, shape

TOP, FOOT = -0.312, 1.006
"""Where the blanket begins and ends along y."""
EDGE, SIDE, HANG = 0.422, 0.4465, 0.105
"""Where it bends over the mattress's edge, where it hangs, and how far down."""
HINGE = -0.05
"""The joint `back`, along y."""
_THICK = 0.010
_FLAT = 0.0175
_LOAD = 7.0
"""Curvature of the cloth where nothing bears it, 1/m."""
BAND = 0.205
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


def lay(rows: int = 126, columns: int = 119) -> Blanket:
    """The blanket over body and bed, pressed down and borne by what lies on it."""
    y, x = np.meshgrid(np.linspace(TOP, FOOT, rows), np.linspace(-SIDE, SIDE, columns), indexing="ij")
    body = _tops(lambda p: melt(figure.covered(p), _feet(p), 0.06) - _THICK, x, y)
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
    return np.asarray((1.0 - 0.52 * tight) * (1.0 - 0.44 * near) * (1.0 - 0.26 * far) * (0.97 - 0.10 * hollow))


def _blurred(values: Array, x: Array, y: Array, spread: float) -> Array:
    """Values over the bed blurred by a bell so many metres wide."""
    return np.asarray(bell(y[:, 0], spread) @ values @ bell(x[0], spread).T)


def bell(at: Array, spread: float) -> Array:
    """Each place's weights of all others."""
    weights = np.exp(-0.5 * ((at[:, None] - at[None, :]) / spread) ** 2)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def _feet(p: Array) -> Array:
    """What the cloth lies on at the feet, which hold it up by the toes and bear the stretch from one to the other."""
    side = np.concatenate([np.abs(p[..., :1]), p[..., 1:]], -1)
    instep = limb(side, (0.095, 0.852, 0.062), (0.130, 0.898, 0.149), 0.049, 0.041)
    toes = limb(side, (0.112, 0.902, 0.157), (0.168, 0.896, 0.139), 0.036, 0.034)
    between = limb(p, (-0.112, 0.904, 0.132), (0.112, 0.904, 0.132), 0.033, 0.033)
    return melt(melt(instep, toes, 0.03), between, 0.06)


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
        _LOAD * (1.0 - 0.75 * np.clip((y - 0.52) / 0.20, 0.0, 1.0) - 0.85 * np.clip((-0.08 - y) / 0.10, 0.0, 1.0)),
    )
    deep = 1.0 / dy**2
    z = floor.copy()
    for _ in range(rounds):
        p = np.pad(z, 1, mode="edge")
        mean = (wide * (p[1:-1, :-2] + p[1:-1, 2:]) + deep * (p[:-2, 1:-1] + p[2:, 1:-1]) - load) / (2 * (wide + deep))
        z = np.maximum(mean, floor)
        z[-2:] = floor[-2:]
    return z


def ridge(phase: Array) -> Array:
    """A fold's section, -0.4 to 1: rounded above, pinched below."""
    wave = 0.5 + 0.5 * np.sin(2 * np.pi * phase)
    return np.asarray(1.4 * wave**1.5 - 0.4)


def _folds(x: Array, y: Array, z: Array, slack: Array) -> Array:
    """Broad folds: down the flanks, across the lap, between the legs, from the knees, and out from the toes."""
    side = np.abs(x)
    warp = 0.35 * noise(0.7 * x, 0.7 * y, 2.0) + 0.12 * noise(1.5 * x, 1.3 * y, 4.0)
    patchy = np.clip(0.62 + 0.75 * noise(0.45 * x, 0.55 * y, 1.3), 0.05, 1.2)
    fades = np.clip((EDGE + 0.02 - side) / 0.10, 0.25, 1.0)
    flank = np.clip((side - 0.12) / 0.07, 0.0, 1.0) * np.clip((y - 0.30) / 0.25, 0.0, 1.0)
    made = 0.0100 * flank * patchy * fades * ridge(5.2 * y - 3.0 * side * np.sign(0.55 - y) + 1.6 * warp + 0.3 * np.sign(x))
    between = np.clip(1.0 - side / 0.10, 0.0, 1.0) * np.clip((y - 0.22) / 0.20, 0.0, 1.0) * np.clip((0.86 - y) / 0.1, 0.0, 1.0)
    made = made + 0.0085 * between * ridge(3.1 * y + 5.0 * x + 1.2 * warp)
    lap = np.exp(-(((y - 0.045 - 0.9 * x * x) / 0.085) ** 2))
    made = made + 0.0040 * lap * patchy * ridge(9.5 * (y - 1.1 * x * x) + warp)
    belly = np.exp(-(((y + 0.22) / 0.10) ** 2)) * np.clip((side - 0.10) / 0.08, 0.0, 1.0)
    made = made + 0.0035 * belly * ridge(7.0 * y + 6.0 * side + warp)
    bears = 0.22 + 0.78 * slack
    settled = np.clip((z - _FLAT) / 0.03, 0.0, 1.0) * 0.7 + 0.3
    return np.asarray(made * bears * settled + _drawn_folds(x, y, warp) * fades)


_DRAWN = (
    (0.150, 0.010, 0.360, 0.190, 0.0135), (-0.150, 0.030, -0.370, 0.150, 0.0145), (0.165, 0.130, 0.330, 0.370, 0.0110),
    (-0.160, 0.150, -0.300, 0.400, 0.0100), (0.130, 0.425, 0.370, 0.545, 0.0125), (-0.130, 0.400, -0.375, 0.500, 0.0125),
    (-0.140, 0.470, -0.330, 0.680, 0.0105), (0.170, 0.870, 0.345, 0.700, 0.0145), (0.190, 0.900, 0.400, 0.850, 0.0120),
    (-0.175, 0.880, -0.360, 0.730, 0.0145), (-0.190, 0.905, -0.400, 0.880, 0.0120), (0.100, 0.860, 0.030, 0.640, 0.0110),
    (-0.110, 0.850, -0.020, 0.600, 0.0110), (0.020, 0.150, -0.030, 0.420, 0.0110),
)  # fmt: skip
"""Folds that hips, knees and feet draw in the cloth, each from where it is held: x and y of their ends, and their height."""


def _drawn_folds(x: Array, y: Array, warp: Array) -> Array:
    """How far the cloth is raised by folds that it is drawn into: sharp where it is held, broad and low further off."""
    made = np.zeros_like(x)
    for x0, y0, x1, y1, high in _DRAWN:
        long = float(np.hypot(x1 - x0, y1 - y0))
        ahead = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / long
        beside = ((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)) / long + 0.030 * warp * np.clip(ahead / long, 0.0, 1.0)
        wide = 0.017 + 0.022 * np.clip(ahead / long, 0.0, 1.0)
        fades = np.clip((ahead + 0.03) / 0.07, 0.0, 1.0) * np.clip((long + 0.03 - ahead) / (0.5 * long), 0.0, 1.0)
        made = made + high * fades * np.exp(1.0 - np.sqrt(1.0 + (beside / wide) ** 2))
    return made


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
    z = _FLAT + lift * (1.0 - 0.85 * over * over) + _loose(x, y)
    sides, shades = [], []
    for sign in (-1.0, 1.0):
        line = y[:, :1]
        turn = np.clip(_STEPS / 0.02, 0.0, np.pi / 2)[None]
        down = np.maximum(_STEPS - 0.0314, 0.0)[None]
        share = down / HANG
        wave = np.sin(2 * np.pi * (5.3 * line + 0.42 * np.sin(7.0 * line + sign)) + sign)
        wave = wave * (0.62 + 0.38 * np.sin(9.1 * line + 2.0 * sign))
        wave = 0.8 * wave + 0.2 * np.sin(2 * np.pi * (11.7 * line + 0.3 * np.sin(5.0 * line)) - sign)
        wave = wave * (1.0 - 0.85 * np.exp(-(((line - HINGE) / 0.13) ** 2)))  # both parts slide over one another there
        out = (SIDE - EDGE) * np.sin(turn) + 0.0072 * share * (wave - 0.45)
        drop = 0.024 * (1.0 - np.cos(turn)) + down * (1.0 + 0.035 * np.sin(2 * np.pi * 1.3 * line + sign))
        start = z[:, :1] if sign < 0 else z[:, -1:]
        corner = np.clip((line - FOOT + 0.10) / 0.10, 0.0, 1.0)
        one = np.stack([sign * (EDGE + out) + 0 * line, line + 0.0 * turn, start - drop * (1.0 - 0.25 * corner)], -1)
        dark = (shade[:, :1] if sign < 0 else shade[:, -1:]) * (1.0 - 0.34 * np.sqrt(share) * (0.5 - 0.5 * wave)) + 0.0 * turn
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


def _loose(x: Array, y: Array) -> Array:
    """How far the cloth stands off the mattress's edges, where broad swells run over them."""
    line = y + 0.35 * (np.abs(x) - EDGE)
    swell = np.sin(2 * np.pi * (3.1 * line + 0.33 * np.sin(5.0 * line + np.sign(x))) + 2.0 * np.sign(x))
    near = np.clip(1.0 - (EDGE - np.abs(x)) / 0.11, 0.0, 1.0)
    held = np.clip((y - HINGE - 0.12) / 0.15, 0.0, 1.0) * np.clip((FOOT - 0.03 - y) / 0.10, 0.0, 1.0)
    return np.asarray(0.0075 * (0.5 + 0.5 * swell) ** 1.4 * near * near * (3.0 - 2.0 * near) * held)


def _run(points: Array, y: Array, pitch: float) -> Array:
    """Metres of cloth from the middle to both sides, and from row to row, so that the weave is the same on slopes."""
    u, v = np.linalg.norm(np.diff(points, axis=1), axis=2), np.linalg.norm(np.diff(points, axis=0), axis=2)
    u, v = np.cumsum(np.pad(u, ((0, 0), (1, 0))), axis=1), np.cumsum(np.pad(v, ((1, 0), (0, 0))), axis=0)
    u = u - u[:, u.shape[1] // 2][:, None]
    return np.stack([bell(y, 0.03) @ u, v @ bell(pitch * np.arange(v.shape[1]), 0.03).T], -1)


def _normals(points: Array) -> Array:
    normals = sheet(points).normals.reshape(points.shape)
    return np.asarray(normals if normals[..., 2].mean() > 0 else -normals)


def drawn(points: Array, normals: Array, cloth: Array, shade: Array, faces: Faces | None = None) -> Shape:
    """A sheet through rows x columns, its uvs the cloth's own metres, its tint by its shade; of its `faces`, or of all."""
    faces = strips(*points.shape[:2]) if faces is None else faces
    made = shape(points.reshape(-1, 3), faces, normals.reshape(-1, 3), cloth.reshape(-1, 2))
    return tidy(agreeing(made.tinted(shade.reshape(-1, 1) * np.ones(3))))


def columns_at(blanket: Blanket, across: Array) -> Array:
    """The columns nearest to some places across the cloth."""
    s = blanket.across
    return np.unique([int(np.argmin(np.abs(s - each))) for each in across])


_HEM, _SEWN = 0.028, 0.0026
"""How wide the blanket's hem is, and how far it stands out, being double."""
_SEAM = HANG - _HEM
_DOWN = np.concatenate([np.linspace(0.10, 1.0, 9) * _SEAM, _SEAM + np.array((0.0015, 0.010, 0.019, _HEM - 0.0015, _HEM))])
_STEPS = np.concatenate([np.linspace(0.12, 1.0, 5) * np.pi / 2 * 0.02, 0.0314 + _DOWN])
"""Metres of cloth from the mattress's edge on, round it and down."""
BENDS = EDGE + np.array((0.012, *(0.0314 + np.array((0.0, _SEAM, _SEAM + 0.0015, HANG - 0.0015, HANG)))))
_COLUMNS = np.concatenate([-BENDS[::-1], np.linspace(-EDGE, EDGE, 113)[::8], BENDS])
_OFF, _OFF_AT_LAP = 0.0068, 0.0030
"""How far the blanket as drawn may be off the cloth, metres; and off it where both parts meet, at the lap."""
_BOW = np.radians(8.0)
"""By how much the shading of the two parts is turned towards that of the other at the lap, where they meet in a bend while the
backrest is raised."""


def covers(blanket: Blanket) -> tuple[Shape, Shape]:
    """The blanket over the legs, and the blanket over the trunk.

    Each dips under the other where it ends: raised with the trunk, the upper one sinks in there, and makes a crease at the lap.
    On the mattress and at its side the part over the legs lies on the other: the mattress is bent there itself.
    """
    p, n, cloth = blanket.points.copy(), blanket.normals, blanket.cloth
    past = np.abs(blanket.across)[None] - BENDS[2]
    hem = (past > 0.0005) & (past < _HEM - 0.0005)
    p = p + n * (_SEWN * hem - 0.003 * (past > _HEM - 0.0005))[..., None]  # double, and turned in
    shade = blanket.shade * np.where(hem, 0.97, np.where(past > -0.0005, 0.60, 1.0))
    y = p[..., 1]
    beside = np.clip(1.0 - (p[..., 2] - 0.020) / 0.040, 0.0, 1.0)
    bow = _BOW * np.exp(-(((y - HINGE) / 0.055) ** 2)) * (1.0 - beside)
    first, last = int(np.argmax(y[:, 60] > HINGE - 0.120)), int(np.argmax(y[:, 60] > HINGE + 0.115))
    columns = columns_at(blanket, _COLUMNS)
    close = Within(np.where(y < HINGE + 0.065, _OFF_AT_LAP, _OFF), 0.12)
    hidden = int(np.searchsorted(y[:, 60], TOP + BAND - 0.030))
    ends = np.arange(len(y) - 5, len(y))
    rows = np.unique(
        np.concatenate([np.arange(hidden, first, 8), np.arange(first, last, 8), np.arange(last, len(y) - 5, 8), ends])
    )
    whole = net(p, shade, rows, columns, close)  # of both: where they go into one another, it is along a line without teeth
    row = whole // p.shape[1]
    sunk = 0.014 * np.clip((HINGE + 0.005 - y) / 0.06, 0.0, 1.0) * (1.0 - beside)
    lies = p - n * sunk[..., None]
    legs = drawn(lies, _tipped(n, bow), cloth, shade, whole[(row >= first).all(axis=1)])
    drop = 0.0015 - 0.022 * np.clip((y - (HINGE + 0.005)) / 0.11, 0.0, 1.0) ** 1.5
    drop = drop * (1.0 - beside) - 0.0025 * beside
    drop = drop - (0.016 - 0.0145 * beside) * np.clip((TOP + BAND - y) / 0.016, 0.0, 1.0)
    hangs = np.clip((np.abs(blanket.across) - EDGE) / 0.10, 0.0, 1.0)
    p[..., 1] = np.minimum(y, HINGE + 0.105 - 0.085 * hangs + 9.0 * (hangs == 0.0))  # else its corners would stick out, raised
    lies = p + n * drop[..., None]
    trunk = drawn(lies, _tipped(n, -bow), cloth, shade, whole[(row <= last).all(axis=1)])
    return legs, trunk


def _tipped(n: Array, angle: Array) -> Array:
    """Normals turned about x, towards the feet where the angle is more than 0."""
    c, s = np.cos(angle), np.sin(angle)
    return np.stack([n[..., 0], c * n[..., 1] + s * n[..., 2], c * n[..., 2] - s * n[..., 1]], -1)
