"""What the patient wears."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from assets.generators import figure, lead_ways
from assets.generators.bedding import TOP
from assets.generators.cloth_maps import blurred
from assets.generators.drape import Distance, gradient, limb, melt, struck
from assets.generators.folds import Drawn, noise, raised, ridge
from assets.generators.lofts import agreeing, picked, sheet, tidy
from assets.generators.nets import Within, net
from assets.generators.patient_skin import SLEEVE
from assets.generators.shapes import Array, Shape, curve, join, tube
from engine.view.geometry.surfaces import unit


def _worn(p: Array, side: int) -> Array:
    """The distance to a sleeve's form round the upper arm."""
    upper, elbow = figure.SHOULDER[side], figure.ELBOW[side]
    return limb(p, upper, upper + SLEEVE * (elbow - upper), 0.0500, 0.0540)


def _draped(p: Array) -> Array:
    """The distance to the gown without its folds: chest and both sleeves, the shoulders' seams filled out."""
    sleeves = np.minimum(_worn(p, 1), _worn(p, -1))
    return melt(figure.trunk(p) - 0.0085, sleeves, 0.06)


def _shaded(made: Shape, own: Array, seam: Distance) -> Shape:
    """With given normals, and near a seam those of both forms melted together."""
    melted = gradient(seam, made.positions, 3e-3)
    near = np.clip(1.0 - np.abs(figure.trunk(made.positions) - 0.0085) / 0.028, 0.0, 1.0)
    near = near * np.clip(1.0 - np.minimum(*(np.abs(_worn(made.positions, side)) for side in (1, -1))) / 0.035, 0.0, 1.0)
    share = (near * near * (3.0 - 2.0 * near))[:, None]
    normals = own * (1.0 - share) + melted * share
    return replace(made, normals=normals / np.linalg.norm(normals, axis=1, keepdims=True))


def neckline(degrees: float) -> Array:
    """A point of the gown's upper edge, so far round the neck from its right."""
    return np.asarray(_laid(np.zeros(1), np.radians([degrees]))[0, 0])


def gown() -> Shape:
    """The gown over chest and shoulders, from the neck to under the blanket, with folds and a bound neck."""
    down, round_ = np.linspace(0.0, 1.0, 65), np.radians(np.linspace(-20.0, 200.0, 97))
    points = _laid(down, round_)
    slack = _slack(points)
    dark = np.clip((points[..., 1] - TOP + 0.030) / 0.030, 0.0, 1.0)  # before the sheet's edge, and under it
    shade = (1.0 - 0.26 * np.clip(0.25 - slack / 0.008, 0.0, 1.0)) * (1.0 - 0.50 * dark * dark)
    shade = shade * (1.0 - 0.42 * np.exp(-((_beside_leads(points) / 0.0050) ** 2)))
    columns = np.unique(np.searchsorted(np.degrees(round_), np.concatenate([_ROUND, 180.0 - _ROUND[::-1]])))
    faces = net(points, shade, np.arange(0, 65, 8), columns, Within(0.0038, 0.16))
    whole = sheet(points)
    soft = unit(blurred(gradient(_folded, points), _SOFT)).astype(float)
    whole = replace(whole, normals=soft.reshape(-1, 3), triangles=faces).tinted(shade.reshape(-1, 1) * np.ones(3))
    rim = points[0, 4:-4:4]
    rim[[0, -1]] -= (0.0, 0.0, 0.016)  # its ends go in under the neck
    binding = tube(curve([tuple(each) for each in rim], 23), 0.0046, 4)
    sleeved = np.minimum(*(_worn(points, side) for side in (1, -1))).reshape(-1) < -0.012
    whole = picked(whole, ~(sleeved | (points[..., 2].reshape(-1) < 0.030))[whole.triangles].all(axis=1))
    return join([agreeing(tidy(_shaded(whole, whole.normals, _draped))), binding.tinted((0.46, 0.56, 0.66))])


def _beside_leads(points: Array) -> Array:
    """How far points of the gown are from the leads that come out at its neck, metres."""
    ways = [lead_ways.chest(neckline(at), index) for index, at in enumerate(lead_ways.CHEST_DEG)]
    return lead_ways.beside(points, [*ways, lead_ways.drip(neckline(lead_ways.DRIP_DEG))])


_SOFT = 1.7
"""Rows and columns, of 5 mm each, by which the chest's normals are blurred: its triangles are larger than its sharpest folds,
whose own normals would show each of them as a facet."""
_SOFT_ROUND = 1.5
"""The same of a sleeve, of 6-7 mm each."""
_ROUND = np.array((-20.0, -8.0, 0.0, 8.0, 16.0, 24.0, 36.0, 52.0, 70.0, 90.0))
"""Degrees round the body from its right to the breastbone, close together at the shoulder."""


def pocket() -> Shape:
    """A pocket sewn on the gown's left breast, 11 x 12 cm, its mouth hemmed."""
    down = np.array((0.0, 0.002, 0.020, 0.022, 0.055, 0.088, 0.119, 0.121))
    v, u = np.meshgrid(down, np.linspace(-0.055, 0.055, 7), indexing="ij")
    start = np.stack([u - 0.082, v - 0.468, np.full_like(u, 0.12)], -1)
    points = struck(_folded, start, np.broadcast_to((0.0, 0.0, 1.0), start.shape), 0.25)
    edge = (np.abs(u) > 0.054) | (v > 0.120) | (v < 0.001)
    points[..., 2] += np.where(edge, 0.0010, 0.0062)
    made = sheet(points)
    made = made if made.normals[:, 2].mean() > 0 else sheet(points, flip=True)
    tone = np.where(edge, 0.66, np.where(np.abs(v - 0.021) < 0.0015, 0.80, 1.0))
    return made.tinted(tone.reshape(-1, 1) * np.ones(3)).shifted_uv(0.010, 0.013)


def _slack(p: Array) -> Array:
    """How far the gown over the chest stands off: drawn from the armpits, pushed up by the covers, loose along the middle."""
    x, y, side = p[..., 0], p[..., 1], np.abs(p[..., 0])
    warp = noise(0.5 * x, 0.5 * y, 3.0)
    away, turn = np.hypot(side - 0.185, y + 0.425), np.arctan2(side - 0.185, y + 0.425)
    drawn = ridge(3.1 * turn / np.pi + 0.30 * warp + 0.15 * np.sign(x)) * np.exp(-((away / 0.17) ** 2))
    drawn = drawn * np.clip((away - 0.030) / 0.05, 0.0, 1.0)
    pushed = ridge((y + 2.1 * x * x + 0.25 * x) / 0.046 + 0.45 * warp) * np.exp(-(((y - TOP + 0.030) / 0.050) ** 2))
    pushed = pushed * np.clip(0.55 + 0.7 * noise(0.8 * x, 0.4 * y, 6.0), 0.1, 1.0)
    long = ridge(7.5 * x + 0.5 * warp) * np.clip((y + 0.53) / 0.06, 0.0, 1.0) * np.exp(-((side / 0.11) ** 2))
    long = long * np.clip(0.4 + 0.7 * noise(0.5 * x, 0.3 * y, 1.0), 0.0, 1.0)
    return np.asarray(0.0070 * drawn + 0.0080 * pushed + 0.0040 * long + 1.3 * raised(_PULLED, x, y))


_PULLED = (
    # From the armpits over the chest.
    Drawn((0.172, -0.430), (0.010, -0.398), 0.0120, (0.009, 0.022), 0.010),
    Drawn((0.170, -0.405), (0.030, -0.336), 0.0115, (0.009, 0.020), -0.010),
    Drawn((0.160, -0.455), (0.060, -0.478), 0.0080, (0.009, 0.018), -0.008),
    Drawn((-0.172, -0.425), (-0.020, -0.372), 0.0120, (0.009, 0.022), -0.012),
    Drawn((-0.168, -0.445), (-0.040, -0.440), 0.0095, (0.009, 0.020), 0.008),
    Drawn((-0.165, -0.398), (-0.050, -0.330), 0.0105, (0.009, 0.020), 0.008),
    # From the shoulders' seams and the neck, down.
    Drawn((0.118, -0.530), (0.062, -0.405), 0.0085, (0.009, 0.018), 0.008),
    Drawn((-0.112, -0.532), (-0.075, -0.420), 0.0085, (0.009, 0.018), -0.008),
    Drawn((0.036, -0.522), (0.012, -0.372), 0.0075, (0.009, 0.018), -0.005),
    Drawn((-0.020, -0.515), (-0.006, -0.420), 0.0055, (0.009, 0.016), 0.004),
    # Pushed up before the sheet's edge.
    Drawn((0.150, TOP - 0.040), (-0.010, TOP - 0.026), 0.0125, (0.010, 0.018), -0.012),
    Drawn((-0.150, TOP - 0.033), (0.030, TOP - 0.040), 0.0110, (0.010, 0.018), 0.010),
)
"""Folds that the arms, the shoulders and the covers pull in the gown over the chest."""


def _folded(p: Array) -> Array:
    """The distance to the gown over the chest, with its folds."""
    free = np.clip((p[..., 1] + 0.555) / 0.06, 0.0, 1.0)
    bare = np.clip((TOP - 0.016 - p[..., 1]) / 0.030, 0.0, 1.0)  # not pressed down by the covers
    slack = free * (_slack(p) + 0.0016 * noise(p[..., 0], p[..., 1], 3.0))
    under = np.clip((p[..., 1] - TOP + 0.018) / 0.016, 0.0, 1.0)  # it goes down beneath the sheet, deeper where that is steep
    deep = 0.010 + 0.016 * np.clip((np.abs(p[..., 0]) - 0.11) / 0.04, 0.0, 1.0)
    return np.asarray(figure.trunk(p) - 0.0020 - bare * (0.0055 + slack) + deep * under)


def _laid(down: Array, round_: Array) -> Array:
    """Points of the gown over the chest: shares of the way from the neck down x angles round the body x 3."""
    share, aa = np.meshgrid(down, round_, indexing="ij")
    first = -0.583 + 0.088 * np.sin(np.clip(aa, 0.0, np.pi)) ** 2
    end = TOP + 0.022 - 0.010 * np.clip((np.abs(np.cos(aa)) - 0.55) / 0.20, 0.0, 1.0)  # at the flanks the sheet is steep
    along = np.minimum(first + (TOP + 0.022 - first) * share, end)
    start = np.stack([np.zeros_like(aa), along, np.full_like(aa, 0.100)], -1)
    way = np.stack([np.cos(aa), np.zeros_like(aa), np.sin(aa)], -1)
    points = struck(_folded, start, way, 0.40)
    low = np.clip(1.0 - points[..., 2] / _SPREADS, 0.0, 1.0) * np.clip((TOP - 0.004 - points[..., 1]) / 0.025, 0.0, 1.0)
    low = low * np.clip((points[..., 1] + 0.390) / 0.040, 0.0, 1.0)  # not within the sleeves
    points[..., 0] += 0.045 * np.sign(points[..., 0]) * low  # slack cloth lies on the mattress, not beneath the back
    points[..., 2] = np.maximum(points[..., 2], 0.004)
    return points


_SPREADS = 0.085
"""How high over the mattress the gown begins to spread on it, metres."""


_HANGS = ((-180.0, 0.0520), (-135.0, 0.0600), (-90.0, 0.0640), (-45.0, 0.0640), (0.0, 0.0570), (45.0, 0.0500), (90.0, 0.0465),
          (135.0, 0.0485), (180.0, 0.0520))  # fmt: skip
"""Degrees round a sleeve from its outer side upwards, and how far its cloth hangs off there, metres: it lies on the arm, and is
slack below."""
_PLEATED = 0.228
"""Along how many metres of a sleeve its pleats are said; they are drawn in with it where it is shorter."""
_PLEATS = (
    # Round the sleeve, 0.052 m a radian from its outer side upwards, and along it: from the armpit, and from its seam.
    Drawn((0.150, 0.015), (0.066, 0.120), 0.0105, (0.008, 0.015), 0.010),
    Drawn((0.152, 0.045), (0.080, 0.185), 0.0095, (0.008, 0.014), 0.008),
    Drawn((0.145, -0.020), (0.050, 0.060), 0.0085, (0.008, 0.016), 0.012),
    Drawn((0.030, 0.030), (0.018, 0.150), 0.0070, (0.009, 0.013), -0.006),
    Drawn((-0.010, 0.060), (0.004, 0.205), 0.0085, (0.010, 0.014), 0.005),
    Drawn((0.110, 0.225), (0.070, 0.110), 0.0060, (0.009, 0.013), -0.005),
    Drawn((0.045, 0.228), (0.052, 0.120), 0.0065, (0.010, 0.014), 0.004),
)
"""Folds of a sleeve that is pulled at its armpit, and the flutes of its hem."""


def sleeve(side: int, columns: int = 56) -> Shape:
    """A wide short sleeve that hangs in folds from shoulder and armpit, its hem sewn, round, open and turned in."""
    upper, elbow = figure.SHOULDER[side], figure.ELBOW[side]
    long, end = float(np.linalg.norm(elbow - upper)), SLEEVE
    share = np.concatenate([[-0.146, -0.085], np.linspace(0.0, end - 0.112, 25)])
    share = np.concatenate([share, [end - 0.100, end - 0.090, end - 0.004, end + 0.005, end, end - 0.070]])
    puff, light = np.zeros(len(share)), np.ones(len(share))
    puff[-6:] = (-0.0010, 0.0012, 0.0020, -0.0004, -0.0036, -0.0090)
    light[-6:] = (0.74, 0.98, 0.98, 0.92, 0.74, 0.45)
    ahead = (elbow - upper) / long
    one = np.cross(ahead, (0.0, 0.0, 1.0))
    one /= np.linalg.norm(one)
    two = np.cross(one, ahead)
    out = side if one[0] > 0 else -side
    a = np.linspace(-np.pi, np.pi, columns + 1)
    inner = np.clip(share / end, 0.0, 1.0)[:, None]
    loose = inner * inner * (3.0 - 2.0 * inner)
    hangs = np.interp(np.degrees(a), *np.array(_HANGS).T)[None]
    folds = raised(_PLEATS, *np.broadcast_arrays(0.052 * a[None], _PLEATED * share[:, None] / end))
    folds = folds * 1.25 * np.clip((share[:, None] - 0.015) / 0.10, 0.0, 1.0)
    flutes = 0.0042 * np.sin(3.0 * a + 1.1 + 0.8 * side) + 0.0020 * np.sin(5.0 * a - 0.7 * side)
    radius = 0.0490 + (hangs - 0.0490) * (0.35 + 0.65 * loose) + folds + loose * loose * flutes[None] + puff[:, None]
    radius[0] *= 0.48
    radius[1] *= 0.80
    radius[2:8] *= np.linspace(0.90, 1.0, 6)[:, None]  # into the armhole's seam
    radius[-1] = 0.027  # within the arm: one does not look through
    slant = inner**3 * (0.0070 * np.sin(a + 0.6)[None] + 0.0030 * np.sin(3.0 * a - 0.4)[None])
    along = long * share[:, None] + slant
    round_ = radius[..., None] * (out * np.cos(a)[None, :, None] * one + np.sin(a)[None, :, None] * two)
    points = upper + along[..., None] * ahead + round_
    points[..., 2] = np.maximum(points[..., 2], 0.016)  # the mattress
    whole = sheet(points, around=True)
    path = upper + np.repeat(long * share, columns + 1)[:, None] * ahead
    outward = np.sum(whole.normals * (whole.positions - path), axis=1)[: 20 * (columns + 1)].mean() > 0
    whole = whole if outward else replace(whole, normals=-whole.normals)
    whole = whole.shifted_uv(0.0, -float(whole.uvs[-3 * (columns + 1), 1]))  # the edge runs between two rows of the print
    melted = gradient(_draped, whole.positions, 3e-3)
    near = np.clip(1.0 - np.repeat(inner[:, 0], columns + 1) / 0.20, 0.0, 1.0)[:, None]
    own = whole.normals.reshape(points.shape).copy()
    soft = blurred(np.concatenate([own[:, -9:-1], own, own[:, 1:9]], axis=1), _SOFT_ROUND)[:, 8:-8]
    own[2:-7] = unit(soft)[2:-7]  # its hem stays sharp
    normals = own.reshape(-1, 3) * (1.0 - near) + melted * near
    shade = light[:, None] * (1.0 - 0.24 * np.clip(-folds / 0.0022, 0.0, 1.0))
    rows = np.concatenate([np.array((0, 1)), np.arange(2, len(share) - 6, 8), np.arange(len(share) - 6, len(share))])
    faces = net(points, shade, rows, np.arange(0, columns + 1, 8), Within(0.0032, 0.18))
    made = replace(whole, triangles=faces, normals=normals / np.linalg.norm(normals, axis=1, keepdims=True))
    sunk = (figure.trunk(made.positions) - 0.0075 < -0.010) & (np.repeat(share, columns + 1) < 0.5)
    made = picked(made.tinted(shade.reshape(-1, 1) * np.ones(3)), ~sunk[made.triangles].all(axis=1))
    return agreeing(tidy(made))
