"""What connects the patient: a finger clip, three chest leads with their yoke, a cannula with its dressing, and the name band.

Jackets are 4 mm thick on single leads, 5 mm on what holds several, and coloured as the sockets are that they go to.

Every cable lies on what is below it and hangs over the mattress's right or left edge, where it ends under the blanket's hem: it
goes with the backrest and asks nothing of where a monitor or a drip stands. Colours of the leads after IEC 60601-2-27 (red,
yellow, green).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assets.generators import figure
from assets.generators.bedding import EDGE, SIDE
from assets.generators.cables import thinned
from assets.generators.drape import pulled, struck
from assets.generators.lofts import agreeing, sheet, soft_box, tidy
from assets.generators.patient_cloth import neckline
from assets.generators.shapes import Array, Shape, curve, join, tube

BLUE, WHITE = (0.045, 0.13, 0.26), (0.74, 0.75, 0.74)
RED, YELLOW, GREEN, PINK = (0.52, 0.030, 0.026), (0.62, 0.42, 0.02), (0.03, 0.30, 0.10), (0.62, 0.17, 0.24)
CLEAR = (0.60, 0.65, 0.68)
TRUNK, OXIMETER = (0.045, 0.20, 0.10), (0.07, 0.17, 0.36)
"""Jackets of the cable of the chest leads and of the oximeter's."""
LEAD, CABLE = 0.0021, 0.0026
"""Radii of a single lead and of a cable, metres."""
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


def lying(way: Sequence[tuple[float, float]], below: Sequence[Shape], thick: float, count: int, stiff: int = 10) -> Array:
    """A cable's path over (x, y) points, on what is below it: too stiff to follow every hollow."""
    flat = thinned(curve([(x, y, 0.0) for x, y in way], 6 * len(way)), 4 * count, 1.0)
    ground = tops(below, flat[:, :2]) + thick
    z = ground
    for _ in range(stiff):
        p = np.pad(z, 1, mode="edge")
        z = np.maximum(ground, (p[:-2] + p[2:]) / 2)
    for _ in range(6):
        p = np.pad(z, 1, mode="edge")
        z = (p[:-2] + 2.0 * z + p[2:]) / 4
    return thinned(np.column_stack([flat[:, :2], np.maximum(z, ground)]), count, 0.5)


def _over_edge(y: float, side: float, thick: float, foot: float) -> list[tuple[float, float, float]]:
    """The end of a cable at the mattress's edge: round it, down, and in under the hem."""
    x = SIDE + 0.0075 + thick
    return [
        (side * (EDGE + 0.006), y, 0.019 + thick), (side * (EDGE + 0.019), y + 0.002, 0.012 + 0.7 * thick),
        (side * (x - 0.004), y + 0.004, -0.006), (side * x, y + 0.006, -0.040), (side * x, y + 0.012, foot + 0.02),
        (side * (x - 0.015), y + 0.014, foot - 0.012), (side * (x - 0.06), y + 0.016, foot - 0.020),
    ]  # fmt: skip


def _hung(path: Array, end: Sequence[tuple[float, float, float]], count: int) -> Array:
    """A path that lies, led on over the edge without a corner, in `count` points."""
    fine = curve([tuple(each) for each in path], 8 * len(path))
    whole = np.concatenate([fine[:-10], curve([tuple(fine[-11]), *end], 60)[1:]])
    for _ in range(14):
        whole[1:-1] = (whole[:-2] + 2.0 * whole[1:-1] + whole[2:]) / 4
    return thinned(whole, count, 0.6)


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

    clip = put(soft_box(0.0225, 0.046, 0.0205, 0.0060), 0.0005, -0.002, BLUE)
    start = middle + axes @ np.array((0.0, -0.024, 0.0060))
    knuckle, heel = (_hand_point(1, np.array(each)) for each in ((0.012, 0.062, 0.0), (-0.016, 0.018, 0.0)))
    way = [(float(each[0]), float(each[1])) for each in (start, 0.45 * start + 0.55 * knuckle, knuckle, heel)]
    way += [(0.118, -0.158), (0.180, -0.134), (0.260, -0.126), (0.340, -0.110), (0.405, -0.090)]
    path = lying(way, [*below, clip], CABLE, 25)
    path = _hung(path, _over_edge(-0.084, 1.0, CABLE, -0.135), 32)
    return join([clip, tube(path, CABLE, 3).tinted(OXIMETER)])


def chest_leads(below: Sequence[Shape]) -> Shape:
    """Three leads from within the gown's neck over the right shoulder to their yoke on the pillow; its cable over the edge."""
    made = []
    for index, (colour, at) in enumerate(((RED, 54.0), (YELLOW, 60.0), (GREEN, 66.0))):
        rim, chest = neckline(at), neckline(at) + np.array((-0.004, 0.012, -0.008))
        way = [
            (rim[0] + 0.004, rim[1] - 0.012),
            (rim[0] + 0.016, rim[1] - 0.026),
            (0.100 + 0.002 * index, -0.566 - 0.009 * index),
        ]
        way += [(0.150, -0.573 - 0.011 * index), (0.200, -0.569 - 0.010 * index), (0.240, -0.561 - 0.0075 * index)]
        path = np.concatenate([[chest, rim + np.array((0.0, -0.001, 0.0055))], lying(way, below, 0.0026, 40, 60)])
        path = thinned(path, 18, 0.9)
        made.append(tube(path, LEAD, 3).tinted(colour))
    spot = lying([(0.236, -0.568), (0.270, -0.568)], below, 0.007, 2).mean(axis=0)
    fall = spot[2] - lying([(0.280, -0.568), (0.286, -0.568)], below, 0.007, 2).mean(axis=0)[2]
    yoke = soft_box(0.050, 0.028, 0.013, 0.004).turned("y", float(np.degrees(np.arctan2(fall, 0.030))))
    made.append(yoke.moved(*spot).tinted(WHITE))
    path = lying([(0.272, -0.568), (0.310, -0.560), (0.350, -0.540), (0.408, -0.534)], below, 0.0026, 10)
    path = np.concatenate([path, curve([tuple(path[-1]), *_over_edge(-0.532, 1.0, 0.0, -0.125)], 7)[1:]])
    made.append(tube(path, CABLE, 3).tinted(TRUNK))
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
    for along, out in ((-0.0124, 0.0004), (-0.0122, 0.0026), (0.0122, 0.0026), (0.0124, 0.0004)):
        middle = elbow + ahead * (np.linalg.norm(wrist - elbow) - 0.036 + along)
        start = np.broadcast_to(middle, way.shape)
        rows.append(struck(lambda p: figure.arm_and_hand(p, 1), start, way, 0.06) + way * out)
    made = sheet(np.stack(rows), around=True)
    outward = np.sum(made.normals * np.tile(way, (len(rows), 1)), axis=1).mean() > 0
    made = tidy(agreeing(made if outward else replace(made, normals=-made.normals)))

    def printed(start_deg: float, end_deg: float, low: float, high: float) -> Shape:
        """Ink from one angle round the wrist to another, between two places along the forearm."""
        a, along = np.meshgrid(np.radians(np.linspace(start_deg, end_deg, 2 + int(end_deg - start_deg > 8.0))), (low, high))
        out = np.cos(a)[..., None] * side + np.sin(a)[..., None] * up
        start = elbow + ahead * (np.linalg.norm(wrist - elbow) - 0.036 + along)[..., None]
        points = struck(lambda p: figure.arm_and_hand(p, 1), start, out, 0.06) + 0.0044 * out
        one = sheet(points)
        return (one if (one.normals * out.reshape(-1, 3)).sum() > 0 else sheet(points, flip=True)).tinted(INK)

    ink = [printed(start, end, low, low + 0.0026) for start, end, low in _WORDS]
    ink += [printed(start, start + wide, 0.0015, 0.0090) for start, wide in _BARS]
    return join([made.tinted(WHITE), *ink])


INK = (0.045, 0.050, 0.060)
_WORDS = ((52.0, 76.0, -0.0092), (80.0, 98.0, -0.0092), (52.0, 66.0, -0.0042), (70.0, 84.0, -0.0042), (88.0, 118.0, -0.0042))
"""Name and date of birth on the band: degrees round the wrist from and to, metres along it."""
_BARS = tuple(
    zip(
        np.cumsum((54.0, 5.5, 4.2, 7.0, 5.0, 4.4, 6.4, 5.2, 7.2, 4.6)),
        (3.2, 1.6, 3.6, 1.6, 2.2, 3.4, 1.6, 3.4, 1.6, 3.2),
        strict=True,
    )
)
"""The bars of its code: where each begins and how wide it is, degrees."""


def cannula(arms: Sequence[Shape], below: Sequence[Shape]) -> Shape:
    """A cannula in the back of the left hand under a clear dressing with a white border; its line over the bed's left edge.

    It is taped to the forearm, goes up within the sleeve and out at the neck, and to the side where a drip stands.
    """

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
    hub = np.array(
        [
            on_hand(0.000, 0.040, 0.0024),
            on_hand(0.0005, 0.026, 0.0034),
            on_hand(0.001, 0.014, 0.0050),
            on_hand(0.001, -0.002, 0.0055),
        ]
    )
    made.append(tube(hub, np.array((0.0014, 0.0026, 0.0034, 0.0034)), 6).tinted(PINK))
    elbow, wrist = figure.ELBOW[-1], figure.WRIST[-1]
    back = (elbow - wrist) / np.linalg.norm(elbow - wrist)
    feet = np.cross(back, up)
    feet *= np.sign(feet[1])
    hub_end = on_hand(0.001, -0.004, 0.0050)
    upper = figure.SHOULDER[-1] - elbow
    spots = [wrist + along * back for along in (0.030, 0.088, 0.140, 0.182)]
    spots += [elbow - 0.017 * back + 0.060 * upper, *(elbow + share * upper for share in (0.175, 0.27, 0.40))]  # round its crook
    way = [(hub_end[0], hub_end[1]), *((float(each[0]), float(each[1])) for each in spots)]
    path = lying(way, [*arms, *made], 0.0017, 25, 12)
    path[0] = hub_end
    made.append(tube(path, 0.0020, 3).tinted(CLEAR))
    rim = neckline(124.0)
    way = [(rim[0], rim[1] - 0.012), (rim[0] - 0.016, rim[1] - 0.026), (-0.108, -0.572), (-0.170, -0.580), (-0.240, -0.574)]
    path = lying([*way, (-0.310, -0.562), (-0.360, -0.548), (-0.408, -0.540)], below, 0.0022, 14, 40)
    path = np.concatenate([[rim + np.array((0.004, 0.012, -0.008)), rim + np.array((0.0, -0.001, 0.0055))], path])
    path = np.concatenate([path, curve([tuple(path[-1]), *_over_edge(-0.538, -1.0, 0.0, -0.105)], 7)[1:]])
    made.append(tube(path, 0.0020, 3).tinted(CLEAR))
    u, v = np.meshgrid(np.linspace(-0.008, 0.008, 3), np.linspace(-0.012, 0.036, 7))
    flat = wrist + (0.088 + u)[..., None] * back + v[..., None] * feet + 0.028 * up
    tape = pulled(far, flat) + 0.0046 * up
    tape[:, :, :] -= (0.0038 * (np.abs(np.linspace(-1.0, 1.0, 7)) > 0.6))[:, None, None] * up
    strip = sheet(tape)
    made.append((strip if (strip.normals @ up).mean() > 0 else sheet(tape, flip=True)).tinted((0.72, 0.70, 0.66)))
    return tidy(agreeing(join(made)))
