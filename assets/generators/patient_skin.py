"""The patient's throat, arms and hands: skins drawn over the distances of `figure`."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from assets.generators import figure
from assets.generators.drape import Distance, gradient, melt, pulled, struck
from assets.generators.lofts import agreeing, loft, picked, sheet, tidy
from assets.generators.shapes import Array, Shape, curve, join, tube
from assets.generators.visage_skin import sunk

SLEEVE = 0.63
"""How far down the upper arm a sleeve reaches, of its length."""


@dataclass(frozen=True)
class Part:
    """A part of the pictures that arms, hands, throat and ears share: its corner and its size in them, and the metres that it
    covers (none: shares of its sides)."""

    at: tuple[float, float]
    size: tuple[float, float]
    start: tuple[float, float] = (0.0, 0.0)
    covers: tuple[float, float] = (1.0, 1.0)

    def put(self, places: Array) -> Array:
        """Where places of the part, n x 2, lie in the pictures."""
        return np.asarray((places - self.start) / self.covers * self.size + self.at)


ARM = Part((0.010, 0.010), (0.525, 0.980))
HAND = Part((0.560, 0.010), (0.430, 0.600), (-0.022, -0.052), (0.215, 0.122))
"""Along it, and across: as one looks down on the back of a left hand."""
THROAT = Part((0.565, 0.660), (0.420, 0.330))
EARS = Part((0.600, 0.680), (0.420, 0.330), (0.0, 0.0), (0.20, 0.15))


def _settled(made: Shape, far: Distance, most: float = 0.006) -> Shape:
    """Moved onto a form, no point by more than `most`, and shaded as the form is: pieces that meet in it show no seam."""
    step = pulled(far, made.positions) - made.positions
    step *= np.minimum(1.0, most / np.maximum(np.linalg.norm(step, axis=1, keepdims=True), 1e-9))
    p = made.positions + step
    return replace(made, positions=p, normals=gradient(far, p))


def throat(rows: int = 11, columns: int = 17) -> Shape:
    """The skin within the gown's collar, from the neck, where the head's skin ends, to below the collar-bones."""
    a, y = np.meshgrid(np.radians(np.linspace(-8.0, 188.0, columns)), np.linspace(-0.598, -0.455, rows))
    start = np.stack([np.zeros_like(y), y, 0.100 - 0.21 * (y + 0.455)], -1)

    def headless(p: Array) -> Array:
        return melt(figure.trunk(p), figure.neck((p - figure.HEAD_AT) @ figure.HEAD_TURN), 0.045)

    points = pulled(figure.bust, struck(headless, start, np.stack([np.cos(a), np.zeros_like(a), np.sin(a)], -1), 0.30), 10)
    normals = gradient(figure.bust, points, 2e-3)
    local = (points - figure.HEAD_AT) @ figure.HEAD_TURN
    under = sunk(local, -1.0) + np.clip((np.abs(points[..., 0]) - 0.075) * 0.2, 0.0, 0.008)  # and beneath the gown
    made = sheet(points - under[..., None] * normals)
    share = np.meshgrid(np.linspace(0.0, 1.0, columns), np.linspace(0.0, 1.0, rows))
    made = agreeing(replace(made, normals=normals.reshape(-1, 3), uvs=THROAT.put(np.stack(share, -1)).reshape(-1, 2)))
    hidden = (y > -0.545 + 0.088 * np.sin(np.clip(a, 0.0, np.pi)) ** 2).reshape(-1)  # well beneath the gown's neck
    return picked(made, ~hidden[made.triangles].all(axis=1))


_TURN = 0.110
"""How many metres of an arm a radian of its turn is worth, where its rings are spread."""


def forearm_path(side: int, rows: int = 23) -> Array:
    """From under the sleeve round the elbow to the wrist: the middle of an arm, rows x 3."""
    upper, elbow, wrist = figure.SHOULDER[side], figure.ELBOW[side], figure.WRIST[side]
    before, after = elbow - 0.20 * (elbow - upper), elbow + 0.22 * (wrist - elbow)
    bend = 0.74 * elbow + 0.13 * (before + after)
    fine = curve([tuple(p) for p in (upper + 0.55 * (elbow - upper), before, bend, after)], 120)
    fine = np.concatenate([fine, np.linspace(after, elbow + 1.04 * (wrist - elbow), 100)[1:]])
    steps = np.diff(fine, axis=0)
    long = np.linalg.norm(steps, axis=1)
    ways = steps / long[:, None]
    turned = np.arccos(np.clip(np.sum(ways[1:] * ways[:-1], axis=1), -1.0, 1.0))
    # Rings stand closer where it turns, or the elbow would have corners.
    run = np.concatenate([[0.0], np.cumsum(long + _TURN * np.append(turned, 0.0))])
    return np.column_stack([np.interp(np.linspace(0.0, run[-1], rows), run, line) for line in fine.T])


def forearm_rings(side: int, rows: int = 23, columns: int = 18) -> tuple[Array, Array]:
    """An arm round its path, rows x columns x 3, and where each point lies in the skin's pictures, rows x columns x 2. Rings
    begin and end underneath; their first half is towards the body."""
    path = forearm_path(side, rows)
    ahead = np.gradient(path, axis=0)
    out = np.cross(ahead, (0.0, 0.0, float(side)))
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    up = np.cross(ahead, out) * -side
    up /= np.linalg.norm(up, axis=1, keepdims=True)
    share = np.linspace(0.0, 1.0, len(path))
    wide = np.interp(share, (0.0, 0.45, 0.72, 1.0), (0.046, 0.037, 0.036, 0.023))[:, None, None]
    a = np.linspace(-np.pi, np.pi, columns)[:, None]
    points = path[:, None] + wide * (np.cos(a) * up[:, None] + np.sin(a) * out[:, None])
    uvs = np.stack(np.broadcast_arrays(share[:, None], (a[:, 0] / np.pi + 1.0) / 2.0), -1)
    return points, ARM.put(uvs)


def _forearm(side: int) -> Shape:
    """An arm from under the sleeve to the wrist, round its elbow in one piece, open at both ends."""
    points, uvs = forearm_rings(side)
    return replace(sheet(points, around=True, flip=side > 0), uvs=uvs.reshape(-1, 2))


def _opened(made: Shape, at: Array, way: Array) -> Shape:
    """Without what lies behind a point, as seen along `way`: a tube's end that another piece hides."""
    along = (made.positions - at) @ way / np.linalg.norm(way)
    end = (along < 1e-3) & (np.linalg.norm(made.positions - at, axis=1) < 0.06)
    return picked(made, ~end[made.triangles].all(axis=1))


def arm(side: int) -> tuple[Shape, Shape]:
    """An arm with its hand, and the nails; `side` 1 is at +x, the person's right."""
    at, axes, mirror = figure.hand_frame(side)
    curl = figure.CURL[side]

    def far(p: Array) -> Array:
        return figure.arm_and_hand(p, side)

    def laid(made: Shape) -> Shape:
        if side > 0:
            made = replace(
                made, positions=made.positions * mirror, normals=made.normals * mirror, triangles=made.triangles[:, ::-1]
            )
        return replace(made, positions=made.positions @ axes.T + at, normals=made.normals @ axes.T)

    whole = tidy(agreeing(_settled(join([laid(_hand(curl)), _forearm(side)]), far, 0.030)))
    tint = whole.tint.copy()
    point, crook, worn = _elbow(whole.positions, side)
    tint = tint * (1.0 - point * (0.02, 0.115, 0.13)) * (1.0 - crook * (0.16, 0.32, 0.36)) * (1.0 - worn * (0.40, 0.50, 0.52))
    if side < 0:
        tint = tint * _bruised((whole.positions - at) @ axes)
    return whole.tinted(tint), tidy(agreeing(laid(_nails(curl))))


def _bruised(p: Array) -> Array:
    """What blood under thin skin leaves of the colour beside a cannula in the back of a hand, n x 3, in the hand's axes."""
    made = np.ones((len(p), 3))
    for x, y, wide in ((-0.021, 0.050, 0.017), (0.023, 0.030, 0.011), (-0.006, -0.028, 0.013)):
        much = 0.85 * np.exp(-((np.hypot(p[:, 0] - x, p[:, 1] - y) / wide) ** 2)) * (p[:, 2] > 0.0)
        made *= 1.0 - much[:, None] * (0.40, 0.52, 0.36)
    return made


def _elbow(p: Array, side: int) -> tuple[Array, Array, Array]:
    """0-1 each, n x 1: over the elbow's point, in its crook, and in the shade of the sleeve."""
    upper, elbow, wrist = figure.SHOULDER[side], figure.ELBOW[side], figure.WRIST[side]
    long = float(np.linalg.norm(elbow - upper))
    back, fore = (elbow - upper) / long, (wrist - elbow) / np.linalg.norm(wrist - elbow)
    tip = (back - fore) / np.linalg.norm(back - fore)
    point = np.clip(1.3 - np.linalg.norm(p - elbow - 0.030 * tip, axis=1) / 0.034, 0.0, 1.0)
    crook = np.clip(1.2 - np.linalg.norm(p - elbow + 0.036 * tip, axis=1) / 0.022, 0.0, 1.0)
    worn = np.clip((SLEEVE + 0.055 - (p - upper) @ back / long) / 0.13, 0.0, 1.0)
    near = np.linalg.norm(np.cross(p - upper, back), axis=1) < 0.07
    return point[:, None], crook[:, None], (worn * near)[:, None]


def _hand(curl: float) -> Shape:
    """A left hand in its own axes: palm and fingers, settled onto their form; rosy over knuckles and fingertips."""

    def far(p: Array) -> Array:
        return figure.hand(p, curl)

    a = np.linspace(0.0, 2 * np.pi, 19)
    rows = np.array((-0.018, -0.004, 0.010, 0.022, 0.034, 0.046, 0.058, 0.069, 0.079, 0.088))
    wide = np.array((0.015, 0.0215, 0.0265, 0.031, 0.0355, 0.038, 0.0390, 0.0395, 0.0400, 0.037))
    tall = np.array((0.013, 0.0175, 0.0178, 0.017, 0.017, 0.0165, 0.0155, 0.0145, 0.0135, 0.010))
    rings = np.stack(
        [np.column_stack([w * np.cos(a), np.full(19, y), h * np.sin(a)]) for y, w, h in zip(rows, wide, tall, strict=True)]
    )
    pieces = [loft(rings[:, :-1][:, ::-1], capped=(False, True))]
    for name, (_, _, thick, _) in figure.FINGERS.items():
        joints = figure.finger(name, curl)
        start = joints[0] + (joints[0] - joints[1]) * 0.35
        tip = joints[3] - 0.12 * (joints[3] - joints[2])
        path = curve([tuple(start), *[tuple(each) for each in joints[:3]], tuple(tip)], 9)
        pieces.append(_opened(tube(path, thick * np.linspace(1.08, 0.84, 9), 7), path[0], path[1] - path[0]))
    tip = figure.THUMB[3] - 0.1 * (figure.THUMB[3] - figure.THUMB[2])
    path = curve([*[tuple(each) for each in figure.THUMB[:3]], tuple(tip)], 9)
    pieces.append(_opened(tube(path, np.linspace(0.0120, 0.0090, 9), 8), path[0], path[1] - path[0]))
    made = tidy(agreeing(_settled(join(pieces), far)))
    p, red = made.positions, np.zeros(len(made.positions))
    for name in figure.FINGERS:
        joints = figure.finger(name, curl)
        for at, wide_, much in (
            (joints[3], 0.018, 0.60),
            (joints[1] + (0, 0, 0.006), 0.009, 0.75),
            (joints[2] + (0, 0, 0.005), 0.007, 0.6),
            (joints[0] + (0, 0, 0.010), 0.012, 0.55),
        ):
            red = np.maximum(red, much * np.clip(1.0 - np.linalg.norm(p - at, axis=1) / wide_, 0.0, 1.0))
    rosy = red[:, None]
    made = replace(made, uvs=HAND.put(p[:, [1, 0]]))
    return made.tinted(1.0 - rosy + rosy * np.array((0.96, 0.77, 0.72)))


def _nails(curl: float) -> Shape:
    """Five nails, arched plates a little proud of the fingertips."""
    made = []
    ends = [(figure.finger(name, curl)[2:], figure.FINGERS[name][2], (0.0, 0.0, 1.0)) for name in figure.FINGERS]
    ends.append((figure.THUMB[2:], 0.0105, (0.55, -0.1, 1.0)))

    def far(p: Array) -> Array:
        return figure.hand(p, curl)

    for (before, tip), thick, up in ends:
        ahead = (tip - before) / np.linalg.norm(tip - before)
        side = np.cross(ahead, up)
        side /= np.linalg.norm(side)
        over = np.cross(side, ahead)
        u, v = np.meshgrid(np.linspace(-1.0, 1.0, 4), np.linspace(0.0, 1.0, 3))
        round_ = np.sqrt(np.maximum(1.0 - (2 * v - 1) ** 4, 0.0)) * 0.25 + 0.75
        flat = tip + ahead * ((-1.55 + 1.42 * v) * thick)[..., None] + side * (0.70 * thick * u * round_)[..., None]
        points = pulled(far, flat + 0.7 * thick * over)
        arch = 0.00055 - 0.0009 * u**4 - 0.0006 * (v == 0.0)
        points = points + over * arch[..., None]
        one = sheet(points)
        one = one if one.normals.mean(axis=0) @ over > 0 else sheet(points, flip=True)
        pale = np.where((v > 0.93)[..., None], (0.62, 0.46, 0.385), (0.56, 0.345, 0.285)).reshape(-1, 3)
        made.append(one.tinted(pale))
    return join(made)
