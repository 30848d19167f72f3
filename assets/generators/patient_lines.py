"""What connects the patient: a finger clip, three chest leads with their yoke, a cannula with its dressing, and the name band.

Every cable lies on what is below it and hangs over the mattress's right or left edge, where it ends under the blanket's hem: it
goes with the backrest and asks nothing of where a monitor stands. Colours of the leads after IEC 60601-2-27 (red, yellow, green).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assets.generators import figure
from assets.generators.bedding import EDGE, SIDE
from assets.generators.drape import pulled, struck
from assets.generators.lofts import agreeing, sheet, soft_box, tidy
from assets.generators.shapes import Array, Shape, curve, join, tube

GREY, BLUE, WHITE = (0.30, 0.32, 0.34), (0.045, 0.13, 0.26), (0.74, 0.75, 0.74)
RED, YELLOW, GREEN, PINK = (0.52, 0.030, 0.026), (0.62, 0.42, 0.02), (0.03, 0.30, 0.10), (0.62, 0.17, 0.24)
_MATTRESS = 0.010


def tops(shapes: Sequence[Shape], places: Array) -> Array:
    """How high the highest of some shapes is over places n x 2; the mattress's height where there is none."""
    corners = np.concatenate([each.positions[each.triangles] for each in shapes])
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    e1, e2 = (b - a)[:, :2], (c - a)[:, :2]
    area = e1[:, 0] * e2[:, 1] - e1[:, 1] * e2[:, 0]
    sound = np.abs(area) > 1e-10
    a, b, c, e1, e2, area = a[sound], b[sound], c[sound], e1[sound], e2[sound], area[sound]
    found = np.full(len(places), _MATTRESS)
    for index, place in enumerate(places):
        q = place - a[:, :2]
        u = (q[:, 0] * e2[:, 1] - q[:, 1] * e2[:, 0]) / area
        v = (e1[:, 0] * q[:, 1] - e1[:, 1] * q[:, 0]) / area
        over = (u >= 0) & (v >= 0) & (u + v <= 1)
        if over.any():
            found[index] = max(_MATTRESS, float((a[over, 2] + u[over] * (b - a)[over, 2] + v[over] * (c - a)[over, 2]).max()))
    return found


def lying(way: Sequence[tuple[float, float]], below: Sequence[Shape], thick: float, count: int) -> Array:
    """A cable's path over (x, y) points, on what is below it, a little stiff."""
    flat = curve([(x, y, 0.0) for x, y in way], count)
    z = tops(below, flat[:, :2]) + 0.85 * thick
    for _ in range(1):
        p = np.pad(z, 1, mode="edge")
        z = np.maximum(z, (p[:-2] + p[2:]) / 2)
    return np.column_stack([flat[:, :2], z])


def _over_edge(y: float, side: float, thick: float, foot: float) -> list[tuple[float, float, float]]:
    """The end of a cable that comes to the mattress's edge: round it, down, and in under the hem."""
    x = SIDE + 0.0045 + thick
    return [
        (side * (EDGE + 0.010), y, 0.021 + thick), (side * (x - 0.004), y + 0.003, 0.004),
        (side * x, y + 0.006, -0.030), (side * x, y + 0.012, foot + 0.02),
        (side * (x - 0.015), y + 0.014, foot - 0.012), (side * (x - 0.06), y + 0.016, foot - 0.020),
    ]  # fmt: skip


def _hand_point(side: int, local: Array) -> Array:
    at, axes, mirror = figure.hand_frame(side)
    return np.asarray((local * mirror) @ axes.T + at)


def finger_clip(below: Sequence[Shape]) -> Shape:
    """The oximeter's clip on the right index finger; its cable goes back over the hand and off to the right."""
    joints = _hand_point(1, figure.finger("index", figure.CURL[1]))
    ahead = joints[3] - joints[2]
    ahead /= np.linalg.norm(ahead)
    side = np.cross(ahead, (0.0, 0.0, 1.0))
    side /= np.linalg.norm(side)
    axes = np.column_stack([side, ahead, np.cross(side, ahead)])
    middle = joints[3] - 0.012 * ahead

    def put(made: Shape, up: float, on: float, tint: tuple[float, float, float]) -> Shape:
        spot = middle + axes @ np.array((0.0, on, up))
        return replace(made, positions=made.positions @ axes.T + spot, normals=made.normals @ axes.T).tinted(tint)

    clip = [
        put(soft_box(0.0215, 0.044, 0.0105, 0.0042), 0.0092, 0.0, BLUE),
        put(soft_box(0.0205, 0.040, 0.0090, 0.0038), -0.0085, 0.002, GREY),
    ]
    knuckle = _hand_point(1, np.array((0.024, 0.040, 0.020)))
    wrist = _hand_point(1, np.array((0.010, -0.012, 0.0245)))
    start = middle + axes @ np.array((0.0, -0.022, 0.0110))
    over = curve([tuple(start), tuple((start + knuckle) / 2 + (0.0, 0.0, 0.004)), tuple(knuckle), tuple(wrist)], 9)
    way = [
        (float(wrist[0]) + 0.03, float(wrist[1]) + 0.018),
        (0.158, -0.158),
        (0.215, -0.134),
        (0.285, -0.112),
        (0.352, -0.110),
        (0.408, -0.096),
    ]
    lies = lying(way, below, 0.0016, 20)
    path = np.concatenate([over, lies])
    end = curve([tuple(path[-1]), *_over_edge(-0.096, 1.0, 0.0, -0.135)], 9)[1:]
    return join([*clip, tube(np.concatenate([path, end]), 0.0016, 3).tinted(GREY)])


def chest_leads(below: Sequence[Shape]) -> Shape:
    """Three leads from under the gown's neck over the right shoulder to their yoke, and the cable from there over the edge."""
    made = []
    for index, (colour, x) in enumerate(((RED, 0.058), (YELLOW, 0.036), (GREEN, 0.014))):
        way = [(x, -0.482), (x + 0.014, -0.522), (0.110 + 0.004 * index, -0.548 - 0.010 * index), (0.185, -0.552 - 0.012 * index)]
        way += [(0.245, -0.532 - 0.011 * index), (0.288, -0.527 - 0.0075 * index)]
        path = lying(way, below, 0.0016, 16)
        path[:2, 2] -= (0.016, 0.004)
        made.append(tube(path, 0.0015, 3).tinted(colour))
    spot = lying([(0.296, -0.534), (0.312, -0.534)], below, 0.007, 2).mean(axis=0)
    made.append(soft_box(0.046, 0.026, 0.013, 0.004).moved(*spot).tinted(WHITE))
    path = lying([(0.318, -0.534), (0.360, -0.520), (0.405, -0.528)], below, 0.0026, 7)
    end = curve([tuple(path[-1]), *_over_edge(-0.528, 1.0, 0.0, -0.125)], 8)[1:]
    made.append(tube(np.concatenate([path, end]), 0.0026, 4).tinted(GREY))
    return join(made)


def name_band() -> Shape:
    """A band round the right wrist, its printed label above."""
    elbow, wrist = figure.ELBOW[1], figure.WRIST[1]
    ahead = (wrist - elbow) / np.linalg.norm(wrist - elbow)
    side = np.cross(ahead, (0.0, 0.0, 1.0))
    side /= np.linalg.norm(side)
    up = np.cross(side, ahead)
    a = np.linspace(0.0, 2 * np.pi, 19)
    way = np.cos(a)[:, None] * side + np.sin(a)[:, None] * up
    rows = []
    for along, out in ((-0.0122, 0.0004), (-0.0120, 0.0026), (0.0, 0.0028), (0.0120, 0.0026), (0.0122, 0.0004)):
        middle = elbow + ahead * (np.linalg.norm(wrist - elbow) - 0.036 + along)
        start = np.broadcast_to(middle, way.shape)
        rows.append(struck(lambda p: figure.arm_and_hand(p, 1), start, way, 0.06) + way * out)
    made = sheet(np.stack(rows), around=True)
    outward = np.sum(made.normals * np.tile(way, (len(rows), 1)), axis=1).mean() > 0
    made = tidy(agreeing(made if outward else replace(made, normals=-made.normals)))
    tint = np.tile(np.array(WHITE), (len(made.positions), 1))
    label = np.tile(np.sin(a) > 0.35, len(rows)) & np.repeat(np.array((0, 0, 1, 0, 0), bool), len(a))
    tint[label] = (0.30, 0.48, 0.62)
    return made.tinted(tint)


def cannula() -> Shape:
    """A cannula in the back of the left hand under a clear dressing with a white border, its short line taped to the forearm."""

    def far(p: Array) -> Array:
        return figure.arm_and_hand(p, -1)

    at, axes, _ = figure.hand_frame(-1)
    up = axes[:, 2]

    def on_hand(x: float, y: float, out: float) -> tuple[float, float, float]:
        start = at + axes @ np.array((x, y, 0.004))
        point = struck(far, start[None], up[None], 0.05)[0] + up * out
        return (float(point[0]), float(point[1]), float(point[2]))

    u, v = np.meshgrid(np.linspace(-0.021, 0.021, 6), np.linspace(0.014, 0.066, 7))
    corner = (np.abs(u) > 0.020) & ((v < 0.015) | (v > 0.065))
    points = np.array([[on_hand(x, y, 0.0011) for x, y in zip(*row, strict=True)] for row in zip(u, v, strict=True)])
    patch = sheet(points)
    patch = patch if (patch.normals @ up).mean() > 0 else sheet(points, flip=True)
    border = (np.abs(u) > 0.012) | (v < 0.024) | (v > 0.058)
    tint = np.where((border | corner)[..., None], (0.76, 0.75, 0.73), (0.58, 0.46, 0.41)).reshape(-1, 3)
    made = [patch.tinted(tint)]
    hub = np.array([on_hand(0.000, 0.036, 0.0030), on_hand(0.001, 0.014, 0.0050), on_hand(0.001, -0.002, 0.0055)])
    made.append(tube(hub, np.array((0.0016, 0.0032, 0.0034)), 6).tinted(PINK))
    elbow, wrist = figure.ELBOW[-1], figure.WRIST[-1]
    back = (elbow - wrist) / np.linalg.norm(elbow - wrist)
    feet = np.cross(back, up)
    feet *= np.sign(feet[1])
    loop = [np.array(on_hand(0.001, -0.004, 0.0050))]
    for along, aside in ((0.045, -0.006), (0.085, 0.006), (0.112, 0.018), (0.092, 0.026), (0.060, 0.022)):
        spot = pulled(far, (wrist + along * back + aside * feet + 0.030 * up)[None])[0]
        loop.append(spot + 0.0026 * up)
    made.append(tube(curve([tuple(each) for each in loop], 15), 0.0016, 3).tinted((0.66, 0.70, 0.72)))
    tip = loop[-1] - loop[-2]
    made.append(tube(np.array([loop[-1], loop[-1] + 0.020 * tip / np.linalg.norm(tip) + 0.002 * up]), 0.0040, 6).tinted(WHITE))
    u, v = np.meshgrid(np.linspace(-0.008, 0.008, 3), np.linspace(-0.012, 0.036, 7))
    flat = wrist + (0.088 + u)[..., None] * back + v[..., None] * feet + 0.028 * up
    tape = pulled(far, flat) + 0.0046 * up
    tape[:, :, :] -= (0.0038 * (np.abs(np.linspace(-1.0, 1.0, 7)) > 0.6))[:, None, None] * up
    strip = sheet(tape)
    made.append((strip if (strip.normals @ up).mean() > 0 else sheet(tape, flip=True)).tinted((0.72, 0.70, 0.66)))
    return tidy(agreeing(join(made)))
