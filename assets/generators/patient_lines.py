"""What connects the patient: a finger clip, three chest leads with their yoke, a cannula with its dressing, and the name band.

Jackets are 3.5 mm thick on single leads, 4.5 mm on what holds several, and coloured as the sockets are that they go to.

Every cable lies on what is below it and hangs over the mattress's right or left edge, where it ends under the blanket's hem: it
goes with the backrest and asks nothing of where a monitor or a drip stands. Colours of the leads after IEC 60601-2-27 (red,
yellow, green).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assets.generators import bottom_sheet, figure, lead_ways
from assets.generators.bedding import EDGE, SIDE
from assets.generators.cables import thinned
from assets.generators.drape import pulled, struck
from assets.generators.lofts import agreeing, sheet, soft_box, tidy
from assets.generators.patient_cloth import neckline
from assets.generators.shapes import Array, Shape, curve, join, tube
from engine.view.geometry.surfaces import unit

BLUE, WHITE = (0.045, 0.13, 0.26), (0.74, 0.75, 0.74)
RED, YELLOW, GREEN, PINK = (0.52, 0.030, 0.026), (0.62, 0.42, 0.02), (0.03, 0.30, 0.10), (0.62, 0.17, 0.24)
CLEAR = (0.60, 0.65, 0.68)
TRUNK, OXIMETER = (0.045, 0.20, 0.10), (0.07, 0.17, 0.36)
"""Jackets of the cable of the chest leads and of the oximeter's."""
LEAD, CABLE = 0.0018, 0.0022
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


def lying(way: Sequence[tuple[float, float]], below: Sequence[Shape], thick: float, count: int, stiff: int = 4) -> Array:
    """The path of a cable, `thick` metres in radius, over (x, y) points: half sunk in what is below, too stiff for each pit."""
    fine = max(4 * count, 8 * len(way))
    flat = thinned(curve([(x, y, 0.0) for x, y in way], 10 * len(way)), fine, 1.0)
    ground = tops(below, flat[:, :2]) + _SUNK * thick
    z = ground
    for _ in range(stiff):
        p = np.pad(z, 1, mode="edge")
        z = np.maximum(ground, (p[:-2] + p[2:]) / 2)
    for _ in range(3):
        p = np.pad(z, 1, mode="edge")
        z = (p[:-2] + 2.0 * z + p[2:]) / 4
    return thinned(np.column_stack([flat[:, :2], np.maximum(z, ground)]), count, 0.5)


_SUNK = 0.45
"""How high a cable's middle lies over soft cloth, of its radius."""


def cord(path: Array, radius: float) -> Shape:
    """A cable that lies on something, along a path: its flanks and its back, not its underside nor its ends."""
    ahead = np.asarray(unit(np.gradient(path, axis=0)), float)
    steep = np.abs(ahead[:, 2:])
    out = np.sign(path[:, :1]) * np.array((1.0, 0.0, 0.0))
    up = np.array((0.0, 0.0, 1.0)) * (1.0 - steep) + out * steep**3
    up = np.asarray(unit(up - ahead * np.sum(up * ahead, axis=1, keepdims=True)), float)
    aside = np.cross(ahead, up)
    places = np.stack([path + radius * (w * aside + h * up) for w, h in ((-1.05, -0.55), (0.0, 1.0), (1.05, -0.55))], 1)
    made = sheet(places)
    facing = np.stack([unit(w * aside + h * up) for w, h in ((-1.0, 0.10), (0.0, 1.0), (1.0, 0.10))], 1)
    return agreeing(replace(made, normals=np.asarray(facing, float).reshape(-1, 3)))


def _over_edge(y: float, side: float, at: tuple[float, float, float], foot: float) -> list[tuple[float, float, float]]:
    """The end of a cable at the mattress's edge: round it, down, and in under the hem. `at`: where what it lies on bends, how
    high that is, and the bend's radius."""
    edge, top, bend = at
    a = np.radians((18.0, 42.0, 66.0, 88.0))
    round_ = [(side * (edge + bend * np.sin(each)), y + 0.004 * each, top - bend * (1.0 - np.cos(each))) for each in a]
    x = edge + bend
    return [
        *((float(p), float(q), float(r)) for p, q, r in round_), (side * x, y + 0.010, top - bend - 0.030),
        (side * x, y + 0.014, foot + 0.012), (side * (x - 0.015), y + 0.016, foot - 0.012),
        (side * (x - 0.06), y + 0.018, foot - 0.020),
    ]  # fmt: skip


def _hung(path: Array, end: Sequence[tuple[float, float, float]], count: int) -> Array:
    """A path that lies, led on over the edge without a corner, in `count` points."""
    fine = curve([tuple(each) for each in path], 8 * len(path))
    whole = np.concatenate([fine[:-6], curve([tuple(fine[-7]), *end], 70)[1:]])
    for _ in range(10):
        whole[1:-1] = (whole[:-2] + 2.0 * whole[1:-1] + whole[2:]) / 4
    return thinned(whole, count, 0.5)


_OVER_BLANKET = (EDGE, 0.0225, SIDE - EDGE + 0.0075)
_OVER_SHEET = (bottom_sheet.EDGE, 0.0050, bottom_sheet.ROUND + 0.0060)
"""Where the blanket bends over the mattress's edge, and the sheet under the person."""


def finger_clip(below: Sequence[Shape]) -> Shape:
    """The oximeter's clip on the right index finger; its cable goes back over the hand and off to the right."""
    joints = lead_ways.on_hand(1, figure.finger("index", figure.CURL[1]))
    ahead = joints[3] - joints[2]
    ahead /= np.linalg.norm(ahead)
    side = np.cross(ahead, (0.0, 0.0, 1.0))
    side /= np.linalg.norm(side)
    axes = np.column_stack([side, ahead, np.cross(side, ahead)])
    middle = joints[3] - 0.012 * ahead

    def put(made: Shape, up: float, on: float, tint: tuple[float, float, float]) -> Shape:
        spot = middle + axes @ np.array((0.0, on, up))
        return replace(made, positions=made.positions @ axes.T + spot, normals=made.normals @ axes.T).tinted(tint)

    clip = put(soft_box(0.0205, 0.044, 0.0185, 0.0060), 0.0005, -0.002, BLUE)
    path = lying(lead_ways.oximeter(), [*below, clip], CABLE, 48)
    path[0] = lead_ways.clip_end() + 0.006 * ahead
    path = _hung(path, _over_edge(lead_ways.OXIMETER_END, 1.0, _OVER_BLANKET, -0.120), 58)
    return join([clip, cord(path, CABLE).tinted(OXIMETER)])


def chest_leads(below: Sequence[Shape]) -> Shape:
    """Three leads from within the gown's neck over the right shoulder to their yoke on the pillow; its cable over the edge."""
    made = []
    for index, (colour, at) in enumerate(zip((RED, YELLOW, GREEN), lead_ways.CHEST_DEG, strict=True)):
        rim = neckline(at)
        path = _out_of_neck(rim, -1.0, lying(lead_ways.chest(rim, index), below, LEAD, 40, 6))
        made.append(cord(thinned(path, 24, 0.5), LEAD).tinted(colour))
    x, y = lead_ways.YOKE
    low, high = tops(below, np.array(((x + 0.024, y), (x - 0.024, y))))
    spot = (x, y, (low + high) / 2 + 0.0050)
    yoke = soft_box(0.050, 0.028, 0.012, 0.004).turned("y", float(np.degrees(np.arctan2(high - low, 0.048))))
    made.append(yoke.moved(*spot).tinted(WHITE))
    path = lying(lead_ways.trunk_cable(), below, CABLE, 16)
    path = _hung(path, _over_edge(lead_ways.TRUNK_END, 1.0, _OVER_SHEET, -0.125), 24)
    made.append(cord(path, CABLE).tinted(TRUNK))
    return join(made)


def _out_of_neck(rim: Array, aside: float, path: Array) -> Array:
    """A path that begins within the gown, below the edge of its neck."""
    start = np.array(((0.004 * aside, 0.012, -0.008), (0.0, -0.001, 0.0050)))
    return np.concatenate([rim + start, path])


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
            on_hand(0.000, 0.040, 0.0016),
            on_hand(0.0005, 0.026, 0.0024),
            on_hand(0.001, 0.014, 0.0036),
            on_hand(0.001, -0.002, 0.0040),
        ]
    )
    made.append(tube(hub, np.array((0.0012, 0.0021, 0.0028, 0.0028)), 5).tinted(PINK))
    elbow, wrist = figure.ELBOW[-1], figure.WRIST[-1]
    back = (elbow - wrist) / np.linalg.norm(elbow - wrist)
    feet = np.cross(back, up)
    feet *= np.sign(feet[1])
    hub_end = on_hand(0.001, -0.004, 0.0036)
    upper = figure.SHOULDER[-1] - elbow
    loop = (on_hand(0.006, -0.014, 0.0), on_hand(0.016, -0.022, 0.0))
    spots = [*(np.array(each) for each in loop), *(wrist + along * back for along in (0.050, 0.088, 0.130, 0.170, 0.200))]
    spots += [elbow - 0.030 * back + 0.070 * upper, *(elbow + share * upper for share in (0.175, 0.27, 0.40))]  # round its crook
    way = [(hub_end[0], hub_end[1]), *((float(each[0]), float(each[1])) for each in spots)]
    path = lying(way, [*arms, *made], 0.0017, 32, 5)
    path[0] = hub_end
    made.append(cord(path, 0.0016).tinted(CLEAR))
    rim = neckline(lead_ways.DRIP_DEG)
    path = _out_of_neck(rim, 1.0, lying(lead_ways.drip(rim), below, 0.0018, 30, 6))
    path = _hung(path, _over_edge(lead_ways.DRIP_END, -1.0, _OVER_SHEET, -0.108), 28)
    made.append(cord(path, 0.0018).tinted(CLEAR))
    u, v = np.meshgrid(np.linspace(-0.008, 0.008, 3), np.linspace(-0.012, 0.036, 7))
    flat = wrist + (0.088 + u)[..., None] * back + v[..., None] * feet + 0.028 * up
    tape = pulled(far, flat) + 0.0046 * up
    tape[:, :, :] -= (0.0038 * (np.abs(np.linspace(-1.0, 1.0, 7)) > 0.6))[:, None, None] * up
    strip = sheet(tape)
    made.append((strip if (strip.normals @ up).mean() > 0 else sheet(tape, flip=True)).tinted((0.72, 0.70, 0.66)))
    return tidy(agreeing(join(made)))
