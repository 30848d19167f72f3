"""The blanket that lies over the patient, as it comes to rest; `covers` draws it, `top_sheet` the sheet turned down over it.

A blanket is a height over each point of the bed: it lies on the body, sags as loaded cloth does where nothing bears it (the shape
of a membrane under an even load), gives way under the arms, and has folds where cloth is slack. At the mattress's edges it
bends round and hangs over the rails that are let down. So laid out, with more cloth over the legs and at the sides than that
shape needs, it settles (`settled`). Metres in the person's own axes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial

import numpy as np

from assets.generators import figure
from assets.generators.cloth_light import Body, between, body, heights, reaching, sent_on
from assets.generators.cloth_maps import FAR, Chart, blurred, of_blanket
from assets.generators.drape import Distance, limb, melt
from assets.generators.folds import Drawn, noise, raised, ridge
from assets.generators.lofts import sheet
from assets.generators.lying_legs import feet, legs
from assets.generators.patient_skin import SLEEVE
from assets.generators.settled import settled
from assets.generators.shapes import Array

TOP, FOOT = -0.278, 1.006
"""Where the blanket begins and ends along y."""
EDGE, SIDE, HANG = 0.422, 0.4465, 0.250
"""Where it bends over the mattress's edge, where it hangs, and how far down beside the legs."""
_SHORT = 0.105
"""How far it hangs beside the trunk, whose part goes up with the backrest."""
HINGE = -0.05
"""The joint `back`, along y."""
_THICK = (0.0005, 0.010)
"""How much cloth lies on the body: at its upper edge two layers of sheet alone, and the blanket too from `_BLANKETED` on."""
_BLANKETED = 0.055
_FLAT = 0.0175
_WIDEST = 0.535
"""How far from the bed's middle it may swing out at most: people walk by."""
_LOAD = ((-0.27, 26.0), (-0.16, 20.0), (-0.08, 12.0), (0.06, 12.0), (0.18, 28.0), (0.66, 28.0), (0.80, 7.0), (0.90, 1.6))
"""Places along y, and how much cloth is bent that nothing bears there, 1/m: it sinks in between legs, and is taut at toes."""
BAND = 0.192
"""How far the top sheet is turned down: hands and forearms lie on it."""
DENT = 0.005
"""How far an arm sinks into the cloth."""


@dataclass(frozen=True, eq=False)
class Blanket:
    """The cloth at rest, finer than it is drawn: rows along y x columns x 3; `cloth`, rows x columns x 2, is where it lies in its
    pictures, whose `chart` has more.

    `normals` are those of its triangles. `across` is how far each column lies from the bed's middle where the bed is flat, along
    the cloth where it hangs. `shade`, rows x columns, is what is left of the light where an arm lies on it, 0-1.
    """

    points: Array
    normals: Array
    cloth: Array
    shade: Array
    across: Array
    chart: Chart


def lay(rows: int = 126, columns: int = 119) -> Blanket:
    """The blanket over body and bed, pressed down and borne by what lies on it."""
    y, x = np.meshgrid(np.linspace(TOP, FOOT, rows), np.linspace(-SIDE, SIDE, columns), indexing="ij")
    body = _tops(lambda p: melt(melt(figure.trunk(p), legs(p), 0.05), feet(p), 0.03) - _thick(p), x, y)
    floor = np.maximum(body, _FLAT)
    z = _sagged(floor, y, float(x[0, 1] - x[0, 0]), float(y[1, 0] - y[0, 0]))
    slack = np.clip((z - floor) / 0.022, 0.0, 1.0)
    z = np.maximum(z + _folds(x, y, slack), floor)
    z, touched, pressed = _under_arms(x, y, z, floor)
    hung, across, shade = _hung(x, y, z, _shade(x, y, z, touched, pressed))
    lies = _lies(hung, across, _Solid(x[0], y[:, 0], floor))
    return _tucked(lies, across, shade)


def _thick(p: Array) -> Array:
    """How much cloth lies on the body at points."""
    return np.asarray(np.interp(p[..., 1], (TOP, TOP + _BLANKETED), _THICK))


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
    wide, deep = 1.0 / dx**2, 1.0 / dy**2
    load = np.interp(y, *np.array(_LOAD).T)
    z = floor.copy()
    for _ in range(rounds):
        p = np.pad(z, 1, mode="edge")
        mean = (wide * (p[1:-1, :-2] + p[1:-1, 2:]) + deep * (p[:-2, 1:-1] + p[2:, 1:-1]) - load) / (2 * (wide + deep))
        z = np.maximum(mean, floor)
        z[-2:] = floor[-2:]
    return z


def _folds(x: Array, y: Array, slack: Array) -> Array:
    """Folds that it lies in before it settles: a few along the flanks and across the lap."""
    side = np.abs(x)
    warp = 0.35 * noise(0.7 * x, 0.7 * y, 2.0) + 0.12 * noise(1.5 * x, 1.3 * y, 4.0)
    fades = np.clip((EDGE + 0.02 - side) / 0.10, 0.25, 1.0)
    flank = np.clip((side - 0.16) / 0.06, 0.0, 1.0) * np.clip((y - 0.12) / 0.15, 0.0, 1.0)
    made = 0.0080 * flank * fades * ridge(6.0 * side - 1.3 * y + 1.4 * warp + 0.3 * np.sign(x))
    lap = np.exp(-(((y - 0.045 - 0.9 * x * x) / 0.085) ** 2))
    made = made + 0.0040 * lap * ridge(9.5 * (y - 1.1 * x * x) + warp)
    belly = np.exp(-(((y + 0.19) / 0.10) ** 2)) * np.clip((side - 0.10) / 0.08, 0.0, 1.0)
    made = made + 0.0035 * belly * ridge(7.0 * y + 6.0 * side + warp)
    return np.asarray(made * (0.22 + 0.78 * slack))


_DRAWN = (
    # From the toes: down to the mattress's edges and back along the shins.
    Drawn((0.250, 0.900), (0.440, 0.700), 0.014, (0.030, 0.050), 0.020),
    Drawn((0.165, 0.860), (0.270, 0.540), 0.012, (0.026, 0.042), -0.018),
    Drawn((-0.270, 0.870), (-0.440, 0.640), 0.012, (0.030, 0.050), -0.020),
    Drawn((-0.190, 0.850), (-0.300, 0.600), 0.011, (0.026, 0.042), 0.020),
    Drawn((0.130, 0.880), (0.030, 0.600), 0.010, (0.024, 0.036), 0.008),
    Drawn((-0.150, 0.880), (-0.045, 0.680), 0.008, (0.024, 0.036), -0.006),
    # From the knees: outwards and down, and into the hollow between them.
    Drawn((0.110, 0.440), (0.425, 0.600), 0.015, (0.030, 0.052), -0.022),
    Drawn((0.110, 0.370), (0.420, 0.215), 0.013, (0.030, 0.048), 0.020),
    Drawn((-0.125, 0.450), (-0.425, 0.640), 0.014, (0.030, 0.052), 0.022),
    Drawn((-0.120, 0.380), (-0.430, 0.250), 0.014, (0.030, 0.050), -0.018),
    Drawn((0.095, 0.440), (-0.030, 0.610), 0.015, (0.022, 0.034), 0.012),
    Drawn((-0.105, 0.390), (0.020, 0.210), 0.015, (0.022, 0.034), 0.012),
    # From the hips: down the flanks, and along the thighs.
    Drawn((0.140, 0.060), (0.400, 0.150), 0.020, (0.028, 0.046), 0.016),
    Drawn((-0.140, 0.070), (-0.410, 0.130), 0.022, (0.028, 0.046), -0.014),
    Drawn((0.090, 0.080), (0.040, 0.350), 0.016, (0.024, 0.036), -0.012),
    # What lies loose on the mattress beside the legs.
    Drawn((0.300, 0.160), (0.330, 0.700), 0.018, (0.030, 0.034), -0.026),
    Drawn((-0.290, 0.800), (-0.320, 0.220), 0.018, (0.030, 0.034), -0.024),
)
"""Folds that hips, knees and feet draw in the cloth where it has come to rest."""


def _sleeve(p: Array, side: int) -> Array:
    """The distance to a sleeve, as wide as it is with its folds."""
    upper, elbow = figure.SHOULDER[side], figure.ELBOW[side]
    return limb(p, upper, upper + (SLEEVE - 0.04) * (elbow - upper), 0.0515, 0.0575)


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
    dent = DENT * (1.0 + 0.5 * np.maximum(*elbows))  # most weight rests on the elbows
    shift = np.where(held, np.maximum(low + dent, floor - 0.004) - z, 0.0)
    eased = shift.copy()
    for _ in range(260):
        p = np.pad(eased, 1, mode="edge")
        mean = 0.988 * (p[1:-1, :-2] + p[1:-1, 2:] + p[:-2, 1:-1] + p[2:, 1:-1]) / 4
        eased = np.where(held, shift, mean)
    edge = np.clip((EDGE - np.abs(x)) / 0.05, 0.0, 1.0)
    made = z + eased * np.where(held, 1.0, edge)
    made = np.where(arm, np.minimum(made, low + np.where(worn < 8.0, 1.0, 1.5) * dent), made)
    made = np.where(arm, np.minimum(_blurred(made, x, y, 0.009), low + 1.1 * dent), made)  # no pits
    made = np.maximum(made, floor - DENT * (bare < 8.0))  # a body gives way to an arm, not to its sleeve
    near_, tight = (np.where(arm, np.clip(1.0 - (low - made) / reach, 0.0, 1.0), 0.0) for reach in (0.090, 0.018))
    return made, near_, tight


def ends(x: Array) -> Array:
    """How far towards the feet the turned-down sheet reaches beyond its mean end: it does not lie straight."""
    return np.asarray(0.0040 * np.sin(6.5 * x + 2.0) + 0.0016 * np.sin(19.0 * x))


@cache
def lying_on_it() -> Body:
    """What lies on the cloth and rises beside it: arms, hands, sleeves, and the chest beyond the cloth's upper edge."""
    forms: list[Distance] = [lambda p: np.maximum(figure.trunk(p), p[..., 1] - TOP)]
    for side in (1, -1):
        forms += [partial(figure.arm_and_hand, side=side), partial(_sleeve, side=side)]
    return body(forms, (-0.46, -0.56, -0.02), (0.46, 0.12, 0.36))


def light_on(points: Array) -> Array:
    """The light that reaches a cloth's places, 0-1, past its own folds and what lies on it."""
    normals = sheet(points).normals.reshape(points.shape)
    normals = normals if normals[..., 2].mean() > 0 else -normals
    return reaching(points, normals, [heights(points), lying_on_it()])


def _down_a_side(points: Array) -> Array:
    """The light on cloth that hangs down, 0-1: less the further down, for the room's floor is darker than what is above."""
    return np.asarray(1.0 - 0.22 * np.clip(-points[..., 2] / HANG, 0.0, 1.0))


def near_arms(points: Array) -> Array:
    """How far arms and hands are from the cloth's points, metres, up to `FAR`."""
    made = np.full(points.shape[:-1], FAR)
    about = points[..., 1] < 0.10
    for side in (1, -1):
        for far in (figure.arm_and_hand, _sleeve):
            made[about] = np.minimum(made[about], far(points[about], side))
    return made


def _most(values: Array, reach: int) -> Array:
    """The most of the values round each, `reach` places to all sides."""
    p = np.pad(values, reach)
    rows, columns = values.shape
    shifted = [p[i : i + rows, j : j + columns] for i in range(2 * reach + 1) for j in range(2 * reach + 1)]
    return np.asarray(np.max(shifted, axis=0))


def _hung(x: Array, y: Array, z: Array, shade: Array) -> tuple[Array, Array, Array]:
    """With its sides bent over the mattress's edges, hanging in gentle folds; how far each column is across, and its shade."""
    inner = np.abs(x[0]) <= EDGE
    x, y, z, shade = x[:, inner], y[:, inner], z[:, inner], shade[:, inner]
    lift = z - _FLAT
    over = np.clip((np.abs(x) - EDGE + 0.06) / 0.06, 0.0, 1.0)
    z = _FLAT + lift * (1.0 - 0.85 * over * over) + _loose(x, y)
    line = y[:, :1]
    long = _falls(line)
    sides, shades = [], []
    for sign in (-1.0, 1.0):
        turn = np.clip(_STEPS / 0.02, 0.0, np.pi / 2)[None]
        nominal = np.maximum(_STEPS - 0.0314, 0.0)[None]
        down = np.where(nominal > _SEAM, nominal - HANG + long, nominal * (long - HEM) / _SEAM)
        share = down / long
        wave = np.sin(2 * np.pi * (7.3 * line + 0.36 * np.sin(7.0 * line + sign)) + sign)
        wave = wave * (0.62 + 0.38 * np.sin(9.1 * line + 2.0 * sign))
        wave = 0.8 * wave + 0.2 * np.sin(2 * np.pi * (11.7 * line + 0.3 * np.sin(5.0 * line)) - sign)
        wave = wave * (1.0 - 0.85 * np.exp(-(((line - HINGE) / 0.13) ** 2)))  # both parts slide over one another there
        stands = 0.0072 + 0.0150 * np.clip((long - _SHORT) / 0.1, 0.0, 1.0)
        out = (SIDE - EDGE) * np.sin(turn) + stands * share * (wave - 0.45 + 0.6 * (stands > 0.0073))
        out = out + _rail(line, -down)
        drop = 0.024 * (1.0 - np.cos(turn)) + down * (1.0 + 0.035 * np.sin(2 * np.pi * 1.3 * line + sign))
        start = z[:, :1] if sign < 0 else z[:, -1:]
        one = np.stack([sign * (EDGE + out) + 0 * line, line + 0.0 * turn, start - drop], -1)
        dark = (shade[:, :1] if sign < 0 else shade[:, -1:]) + 0.0 * turn
        sides.append(one[:, ::-1] if sign < 0 else one)
        shades.append(dark[:, ::-1] if sign < 0 else dark)
    points = np.concatenate([sides[0], np.stack([x, y, z], -1), sides[1]], axis=1)
    return points, np.concatenate([-(EDGE + _STEPS[::-1]), x[0], EDGE + _STEPS]), np.concatenate([shades[0], shade, shades[1]], 1)


def _falls(y: Array) -> Array:
    """How far the cloth hangs down at the sides: far beside the legs, little beside the trunk and where both parts meet."""
    share = np.clip((y - HINGE - 0.03) / 0.22, 0.0, 1.0)
    return np.asarray(_SHORT + (HANG - _SHORT) * share * share * (3.0 - 2.0 * share))


def _rail(y: Array, z: Array) -> Array:
    """How much further out than the mattress the cloth hangs where a side rail that is let down stands beneath it."""
    along = np.clip((y - 0.025) / 0.060, 0.0, 1.0) * np.clip((0.930 - y) / 0.110, 0.0, 1.0)
    deep = np.clip((0.014 - z) / 0.052, 0.0, 1.0)
    return np.asarray(0.0545 * along * along * (3.0 - 2.0 * along) * deep * deep * (3.0 - 2.0 * deep))


@dataclass(frozen=True, eq=False)
class _Solid:
    """What the cloth lies on: a height over each point of the bed, the mattress's round edges, its sides and its rails."""

    x: Array
    y: Array
    floor: Array

    def outside(self, p: Array) -> Array:
        """Points moved out of it."""
        side, sign, y, z = np.abs(p[..., 0]), np.sign(p[..., 0]), p[..., 1], p[..., 2].copy()
        on = side <= EDGE
        z = np.where(on, np.maximum(z, self._height(p[..., 0], y)), z)
        low = _FLAT - 0.024
        q = np.stack([side - EDGE, z - low], -1)
        away = np.linalg.norm(q, axis=-1)
        bend = ~on & (q[..., 1] > 0.0) & (away < 0.0245)
        out = 0.0245 / np.maximum(away, 1e-6)
        side, z = np.where(bend, EDGE + q[..., 0] * out, side), np.where(bend, low + q[..., 1] * out, z)
        wall = ~on & (q[..., 1] <= 0.0)
        side = np.where(wall, np.clip(side, SIDE + _rail(y, z), _WIDEST), side)
        return np.stack([sign * side, np.minimum(y, FOOT), z], -1)

    def _height(self, x: Array, y: Array) -> Array:
        down, right = ((each - line[0]) / (line[1] - line[0]) for each, line in ((y, self.y), (x, self.x)))
        return between(self.floor, down, right)


def _lies(points: Array, across: Array, solid: _Solid) -> Array:
    """The cloth come to rest: slack over the legs and at the sides, held beneath the arms and, tucked in, at the foot."""
    y = points[..., 1]
    free = np.clip((y - HINGE - 0.02) / 0.08, 0.0, 1.0)
    free = free * np.where(np.abs(across)[None] <= EDGE, np.clip((FOOT - 0.004 - y) / 0.03, 0.0, 1.0), 1.0)
    hangs = np.clip((np.abs(across)[None] - EDGE) / 0.06, 0.0, 1.0)
    beside = np.clip((np.abs(across)[None] - EDGE + 0.06) / 0.05, 0.0, 1.0)
    free = free * (1.0 - beside * np.clip((y - 0.74) / 0.10, 0.0, 1.0))  # tucked in: else it would stand off in a pocket
    patchy = np.clip(0.75 + 0.7 * noise(0.4 * points[..., 0], 0.45 * y, 1.3), 0.2, 1.5)
    lax = free * patchy * (1.0 - hangs * np.clip((y - 0.72) / 0.20, 0.0, 1.0))  # drawn in towards the foot
    slack = _SLACK[0] * lax * (1.0 - 0.7 * hangs), (_SLACK[1] + _GATHERED * hangs) * lax
    made = settled(points, slack, free, solid.outside, 260)
    top = np.clip((EDGE + 0.012 - np.abs(across)) / 0.05, 0.0, 1.0)
    even = np.clip((BENDS[2] - np.abs(across)) / 0.03, 0.0, 1.0) * free
    made = made + even[..., None] * (blurred(made, 0.9) - made)
    made[..., 2] += top * free * raised(_DRAWN, made[..., 0], made[..., 1])
    return solid.outside(made)


_SLACK = (0.030, 0.010)
"""By what share the cloth over the legs is longer than a taut one would be, across the bed and along it."""
_GATHERED = 0.035
"""How much more there is of it along the bed where it hangs."""


def _tucked(points: Array, across: Array, shade: Array) -> Blanket:
    """With its foot bent over the mattress's end."""
    foot = []
    for angle, down in ((0.7, 0.0), (1.0, 0.060)):
        row = points[-1].copy()
        a = angle * np.pi / 2
        row[:, 1] += 0.012 * np.sin(a)
        row[:, 2] -= (0.012 * (1.0 - np.cos(a)) + down) * np.where(np.abs(across) > EDGE, 0.0, 1.0)
        foot.append(row)
    points = np.concatenate([points, np.stack(foot)])
    shade = np.concatenate([shade, np.repeat(shade[-1:], len(foot), axis=0)])
    covered = int(np.searchsorted(points[: len(points) - 3, len(across) // 2, 1], TOP + BAND - 0.040))
    dark = np.ones(points.shape[:2])
    hangs = np.clip((np.abs(across) - EDGE + 0.01) / 0.05, 0.0, 1.0)[None]  # there what stands before it is open
    dark[covered:] = (sent_on(light_on(points), _SENT_ON) * (1.0 - hangs) + _down_a_side(points) * hangs)[covered:]
    past = points[..., 1] - (TOP + BAND + ends(points[..., 0]))
    dark = dark * (1.0 - 0.40 * np.exp(-np.maximum(past, 0.0) / 0.012))  # the turned-down sheet lies there
    chart = of_blanket(points, across, dark, near_arms(points), covered, beside=near_arms)
    return Blanket(points, chart.smooth(), chart.uvs(), shade, across, chart)


_SENT_ON = 0.30
"""How much of the light that blue cloth takes from blue cloth beside it comes back."""


def _loose(x: Array, y: Array) -> Array:
    """How far the cloth stands off the mattress's edges, where broad swells run over them."""
    line = y + 0.35 * (np.abs(x) - EDGE)
    swell = np.sin(2 * np.pi * (3.1 * line + 0.33 * np.sin(5.0 * line + np.sign(x))) + 2.0 * np.sign(x))
    near = np.clip(1.0 - (EDGE - np.abs(x)) / 0.11, 0.0, 1.0)
    held = np.clip((y - HINGE - 0.12) / 0.15, 0.0, 1.0) * np.clip((FOOT - 0.03 - y) / 0.10, 0.0, 1.0)
    return np.asarray(0.0075 * (0.5 + 0.5 * swell) ** 1.4 * near * near * (3.0 - 2.0 * near) * held)


HEM = 0.045
"""How wide the blanket's hem is."""
_SEAM = HANG - HEM
_DOWN = np.concatenate([np.linspace(0.06, 1.0, 16) * _SEAM, _SEAM + np.array((0.014, HEM))])
_STEPS = np.concatenate([np.linspace(0.12, 1.0, 5) * np.pi / 2 * 0.02, 0.0314 + _DOWN])
"""Metres of cloth from the mattress's edge on, round it and down."""
BENDS = EDGE + np.array((0.012, 0.0314, 0.0314 + _SEAM, 0.0314 + HANG))
"""Places across the cloth where it bends: into the mattress's edge and out of it, at the hem's seam, and its end."""
