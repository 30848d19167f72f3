"""The patient's head, arms and hands: skins drawn over the distances of `figure`, with eyes shut, brows, ears, a cap."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from assets.generators import figure
from assets.generators.drape import Distance, gradient, melt, pulled, struck
from assets.generators.lofts import agreeing, loft, picked, sheet, tidy
from assets.generators.shapes import Array, Shape, curve, join, tube
from engine.view.geometry.surfaces import unit

_MIDDLE = np.array((0.0, 0.012, -0.030))
_CAP_AT, _CAP_UP = np.array((0.0, 0.0, 0.0215)), np.array((0.0, -0.42, 0.9075))
"""A point of the plane of the cap's band, and that plane's normal, in the head's axes."""


def skin(points: Array, far: Distance) -> Shape:
    """A sheet of rows x columns x 3 points (the last column meets the first) with the normals of the form that it lies on."""
    made = sheet(points, around=True)
    return tidy(agreeing(replace(made, normals=gradient(far, made.positions))))


def placed(made: Shape) -> Shape:
    """From the head's own axes to the person's."""
    return replace(made, positions=figure.out_of_head(made.positions), normals=made.normals @ figure.HEAD_TURN.T)


def face(rings: int = 34, columns: int = 54) -> Shape:
    """Head and neck, as rings about the line from the nose to the back of the head; closest on the face; none under the cap."""
    front = rings * 3 // 5
    turn = np.radians(np.concatenate([np.linspace(0.0, 62.0, front, endpoint=False), np.linspace(62.0, 180.0, rings - front)]))
    around = np.linspace(0.0, 2 * np.pi, columns + 1)
    t, a = np.meshgrid(turn, around, indexing="ij")
    way = np.stack([np.sin(t) * np.cos(a), np.cos(t), np.sin(t) * np.sin(a)], -1)
    points = struck(figure.head, np.broadcast_to(_MIDDLE, way.shape), way, 0.24)
    made = skin(points, figure.head)
    return placed(_coloured(picked(made, ~_covered(made))))


def _covered(made: Shape) -> Array:
    over = (made.positions - _CAP_AT) @ _CAP_UP
    return np.asarray((over[made.triangles] > 0.012).all(axis=1))


def _coloured(made: Shape) -> Shape:
    """Rosy lips, cheeks and nose; a little blue in the sockets; the shadow of hair under the cap's edge."""
    p = made.positions
    side = np.column_stack([np.abs(p[:, 0]), p[:, 1:]])

    def near(far: Array, wide: float) -> Array:
        return np.clip(1.0 - far / wide, 0.0, 1.0)[:, None] ** 1.5

    across = np.clip(1.0 - (side[:, 0] / 0.0245) ** 2, 0.0, 1.0)
    bow = 0.0085 * across - 0.0022 * np.exp(-((side[:, 0] / 0.0035) ** 2))
    above, below = p[:, 2] + 0.0624, -0.0624 - p[:, 2]
    lip = np.where(above > 0.0, above / np.maximum(bow, 1e-4), below / np.maximum(0.0098 * across, 1e-4))
    rose = np.clip((1.12 - lip) / 0.30, 0.0, 1.0)[:, None] * np.clip((p[:, 1:2] - 0.07) / 0.01, 0.0, 1.0)
    flush = near(np.linalg.norm(side - (0.045, 0.075, -0.025), axis=1), 0.040) * 0.55
    flush = np.maximum(flush, near(np.linalg.norm(p - (0.0, 0.115, -0.030), axis=1), 0.022) * 0.6)
    socket = near(np.linalg.norm(side - (0.031, 0.088, -0.004), axis=1), 0.024) * 0.55
    hair = np.clip(1.0 - np.abs((p - _CAP_AT) @ _CAP_UP + 0.001) / 0.016, 0.0, 1.0)[:, None] * 0.42
    hair = hair * np.clip((0.075 - p[:, 1:2]) / 0.03, 0.0, 1.0)
    tint = np.ones_like(p)
    for share, colour in (
        (flush, (1.0, 0.80, 0.78)),
        (socket, (0.84, 0.76, 0.80)),
        (hair, (0.42, 0.40, 0.40)),
        (rose, (0.84, 0.60, 0.59)),
    ):
        tint = tint * (1.0 - share + share * np.array(colour))
    return made.tinted(tint)


def _on_face(x: float, up: float, out: float = 0.0) -> Array:
    """The point of the face straight ahead of (x, up), `out` metres over the skin."""
    start = np.array((x, 0.03, up))
    point = struck(figure.head, start[None], np.array(((0.0, 1.0, 0.0),)), 0.12)
    return np.asarray(point[0] + out * gradient(figure.head, point)[0])


def lines() -> tuple[Shape, Shape]:
    """Brows, and the lashes of eyes that are shut with the line between the lips."""
    brows, dark = [], []
    for side in (-1.0, 1.0):
        at = ((0.0105, 0.0215), (0.0190, 0.0250), (0.0300, 0.0280), (0.0400, 0.0262), (0.0480, 0.0205))
        path = curve([tuple(_on_face(side * x, up, -0.0006)) for x, up in at], 11)
        thick = 0.0028 * np.sin(np.pi * np.linspace(0.10, 0.97, 11)) ** 0.5
        brows.append(tube(path, thick, 5))
        lash = [(0.0185, 0.0012), (0.0225, -0.0022), (0.0285, -0.0046), (0.0350, -0.0046), (0.0405, -0.0016), (0.0445, 0.0030)]
        path = curve([tuple(_on_face(side * x, up, 0.0001)) for x, up in lash], 11)
        dark.append(tube(path, 0.0011 * np.sin(np.pi * np.linspace(0.15, 0.90, 11)) ** 0.4, 4).tinted((0.35, 0.30, 0.28)))
    mouth = curve(
        [tuple(_on_face(x, -0.0624 + 0.0012 * (abs(x) / 0.022) ** 2, 0.0003)) for x in np.linspace(-0.0225, 0.0225, 9)], 15
    )
    dark.append(tube(mouth, 0.0008 * np.sin(np.pi * np.linspace(0.08, 0.92, 15)) ** 0.4, 4).tinted((0.75, 0.36, 0.34)))
    return placed(join(brows)), placed(join(dark))


def ears() -> list[Shape]:
    """Both ears: a rolled rim, the fold within it, the bowl, the lobe."""
    made = []
    for side in (-1.0, 1.0):

        def at(ahead: float, up: float, out: float, side: float = side) -> tuple[float, float, float]:
            return (side * (0.0725 + out - 0.34 * (ahead - 0.010)), ahead - 0.008, up - 0.010)

        rim = [
            at(0.006, 0.000, -0.002), at(0.013, 0.012, 0.001), at(0.011, 0.025, 0.004), at(0.000, 0.032, 0.006),
            at(-0.013, 0.027, 0.006), at(-0.019, 0.010, 0.005), at(-0.015, -0.010, 0.004), at(-0.006, -0.025, 0.002),
            at(0.004, -0.031, 0.001), at(0.010, -0.024, -0.001), at(0.011, -0.012, -0.001),
        ]  # fmt: skip
        thick = np.interp(
            np.linspace(0, 10, 19),
            range(11),
            (0.0022, 0.0030, 0.0032, 0.0032, 0.0031, 0.0030, 0.0031, 0.0040, 0.0052, 0.0046, 0.0038),
        )
        path = curve(rim, 19)
        fold = curve(
            [at(-0.004, 0.022, 0.001), at(-0.010, 0.012, 0.002), at(-0.009, -0.004, 0.002), at(-0.002, -0.015, 0.001)], 7
        )
        bowl = np.stack(
            [path + (path.mean(axis=0) - path) * share + np.array((-side * 0.0065 * share, 0, 0)) for share in (0.0, 0.45, 1.0)]
        )
        dish = sheet(bowl, flip=side < 0)
        made += [tube(path, thick, 6), tube(fold, 0.0024, 5), tidy(dish)]
    return [placed(each.tinted((1.0, 0.84, 0.80))) for each in made]


def cap(rows: int = 9, columns: int = 54) -> Shape:
    """A bouffant cap of soft cloth: full over the crown, gathered into a band that crosses the forehead and the ears' tops."""
    front = unit(np.cross(np.array((1.0, 0.0, 0.0)), _CAP_UP)[None]).astype(float)[0]
    around = np.linspace(0.0, 2 * np.pi, columns + 1)
    share = np.concatenate([np.linspace(0.02, 1.0, rows), (1.035, 1.045)])
    t, a = np.meshgrid(share, around, indexing="ij")
    lean = np.minimum(t, 1.06) * np.pi / 2
    axis = np.array((1.0, 0.0, 0.0))
    way = np.cos(lean)[..., None] * _CAP_UP + np.sin(lean)[..., None] * (
        np.cos(a)[..., None] * axis - np.sin(a)[..., None] * front
    )
    points = struck(figure.head, np.broadcast_to(_CAP_AT, way.shape), way, 0.16)
    inner = np.clip(t, 0.0, 1.0)
    full = 0.0050 + 0.0150 * np.sin(np.pi * inner**1.25) ** 0.8
    gather = np.sin(20.0 * a + 1.2 * np.sin(3.0 * a)) * (0.6 + 0.4 * np.sin(5.0 * a + 1.0))
    folds = 0.0036 * gather * np.clip((inner - 0.30) / 0.55, 0.0, 1.0) + 0.0028 * np.sin(3.0 * a + 5.0 * inner) * np.sin(
        np.pi * inner
    )
    band = np.exp(-(((t - 0.945) / 0.030) ** 2))
    out = full + folds - 0.0022 * band
    out = np.where(t > 1.0, np.where(t > 1.04, -0.004, 0.0020), out)
    out = np.where((t > 0.995) & (t <= 1.0), 0.0052 + 0.0012 * gather, out)
    made = sheet(points + way * out[..., None], around=True)
    agree = np.sum(made.normals * (made.positions - _CAP_AT), axis=1).mean() > 0
    return placed(tidy(made if agree else replace(made, normals=-made.normals, triangles=made.triangles[:, ::-1])))


def _settled(made: Shape, far: Distance, most: float = 0.006) -> Shape:
    """Moved onto a form, no point by more than `most`, and shaded as the form is: pieces that meet in it show no seam."""
    step = pulled(far, made.positions) - made.positions
    step *= np.minimum(1.0, most / np.maximum(np.linalg.norm(step, axis=1, keepdims=True), 1e-9))
    p = made.positions + step
    return replace(made, positions=p, normals=gradient(far, p))


def throat(rows: int = 6, columns: int = 13) -> Shape:
    """The skin within the gown's collar, from the neck to the collar-bones."""
    a, y = np.meshgrid(np.radians(np.linspace(15.0, 165.0, columns)), np.linspace(-0.620, -0.492, rows))
    start = np.stack([np.zeros_like(y), y, np.full_like(y, 0.100)], -1)
    points = struck(figure.trunk, start, np.stack([np.cos(a), np.zeros_like(a), np.sin(a)], -1), 0.30)
    made = sheet(points)
    return agreeing(replace(made, normals=gradient(figure.trunk, made.positions)))


def _forearm(side: int) -> Shape:
    """An arm from under the sleeve to the wrist, as two round pieces."""
    upper, elbow, wrist = figure.SHOULDER[side], figure.ELBOW[side], figure.WRIST[side]
    above = tube(np.linspace(upper + 0.55 * (elbow - upper), elbow, 5), np.linspace(0.047, 0.043, 5), 12)
    below = tube(np.linspace(elbow, elbow + 1.02 * (wrist - elbow), 9), np.linspace(0.041, 0.0230, 9), 12)
    return join([above, below])


def arm(side: int, rise: float, curl: float) -> Shape:
    """An arm with its hand: `side` 1 is at +x, the person's right; the hand points up by `rise` (metres for each metre)."""
    at = figure.WRIST[side]
    y = unit((figure.HAND_WAY[side] + (0.0, 0.0, rise))[None]).astype(float)[0]
    x = unit(np.cross(y, (0.10 * side, -0.06, 1.0))[None]).astype(float)[0]
    axes = np.column_stack([x, y, np.cross(x, y)])
    mirror = np.array((-1.0 if side > 0 else 1.0, 1.0, 1.0))

    def far(p: Array) -> Array:
        return melt(figure.arm(p, side), figure.hand(((p - at) @ axes) * mirror, curl), 0.013)

    made = _hand(curl)
    if side > 0:
        made = replace(made, positions=made.positions * mirror, normals=made.normals * mirror, triangles=made.triangles[:, ::-1])
    made = replace(made, positions=made.positions @ axes.T + at, normals=made.normals @ axes.T)
    return tidy(agreeing(_settled(join([made, _forearm(side)]), far, 0.009)))


def _hand(curl: float) -> Shape:
    """A left hand in its own axes: palm and fingers, settled onto their form."""

    def far(p: Array) -> Array:
        return figure.hand(p, curl)

    a = np.linspace(0.0, 2 * np.pi, 17)
    rows = np.array((-0.018, -0.006, 0.006, 0.018, 0.032, 0.048, 0.064, 0.078, 0.087))
    wide = np.array((0.015, 0.0215, 0.0255, 0.031, 0.036, 0.0385, 0.0395, 0.040, 0.037))
    tall = np.array((0.013, 0.0175, 0.0180, 0.017, 0.017, 0.016, 0.0145, 0.013, 0.010))
    rings = np.stack(
        [np.column_stack([w * np.cos(a), np.full(17, y), h * np.sin(a)]) for y, w, h in zip(rows, wide, tall, strict=True)]
    )
    pieces = [loft(rings[:, :-1][:, ::-1], capped=(False, True))]
    for name, (_, _, thick, _) in figure.FINGERS.items():
        joints = figure.finger(name, curl)
        start = joints[0] + (joints[0] - joints[1]) * 0.5
        path = curve([tuple(start), *[tuple(each) for each in joints]], 10)
        pieces.append(tube(path, thick * np.linspace(1.12, 0.80, 10), 8))
    pieces.append(tube(curve([tuple(each) for each in figure.THUMB], 8), np.linspace(0.0120, 0.0082, 8), 8))
    made = tidy(agreeing(_settled(join(pieces), far)))
    tip = np.zeros(len(made.positions))
    for name in figure.FINGERS:
        tip = np.maximum(tip, 1.0 - np.linalg.norm(made.positions - figure.finger(name, curl)[-1], axis=1) / 0.022)
    rosy = np.clip(tip, 0.0, 1.0)[:, None] * 0.6
    return made.tinted(1.0 - rosy + rosy * np.array((1.0, 0.80, 0.77)))
