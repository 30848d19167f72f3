"""The ways that the patient's leads take over body and bed, seen from above: what lies under them is drawn darker there.

Metres in the person's own axes, x and y; how high they lie is up to what they lie on (`patient_lines`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from assets.generators import figure
from assets.generators.shapes import Array, curve

Way = list[tuple[float, float]]
CHEST_DEG, DRIP_DEG = (54.0, 60.0, 66.0), 124.0
"""Where round the neck, in degrees from its right, the three chest leads and the drip's line come out of the gown."""
YOKE = (0.253, -0.566)
"""Where the chest leads meet, on the pillow."""
OXIMETER_END, TRUNK_END, DRIP_END = -0.172, -0.494, -0.512
"""Where along y the cables leave the bed."""


def clip_end() -> Array:
    """Where the oximeter's cable comes out of its clip on the right index finger, x, y, z."""
    joints = on_hand(1, figure.finger("index", figure.CURL[1]))
    ahead = (joints[3] - joints[2]) / np.linalg.norm(joints[3] - joints[2])
    side = np.cross(ahead, (0.0, 0.0, 1.0))
    return np.asarray(joints[3] - 0.036 * ahead + 0.0060 * np.cross(side / np.linalg.norm(side), ahead))


def on_hand(side: int, local: Array) -> Array:
    """Points in a left hand's own axes, as those of the hand at a side are."""
    at, axes, mirror = figure.hand_frame(side)
    return np.asarray((local * mirror) @ axes.T + at)


def oximeter() -> Way:
    """From the clip back over the hand, off its outer edge, and in a lazy S round the elbow to the bed's right edge."""
    start = clip_end()
    over = [
        on_hand(1, np.array(each))
        for each in ((0.022, 0.074, 0.0), (0.006, 0.046, 0.0), (-0.012, 0.018, 0.0), (-0.024, -0.010, 0.0))
    ]
    return [
        *((float(each[0]), float(each[1])) for each in (start, *over)), (0.120, -0.144), (0.142, -0.124), (0.172, -0.110),
        (0.208, -0.105), (0.246, -0.109), (0.283, -0.121), (0.315, -0.140), (0.344, -0.161), (0.372, -0.174), (0.398, -0.176),
        (0.414, OXIMETER_END),
    ]  # fmt: skip


def chest(rim: Array, index: int) -> Way:
    """One of the three leads, from the gown's neck over the right shoulder to the yoke, each with some slack of its own."""
    sway, apart = (0.012, -0.004, -0.018)[index], 0.0065 * (1.0 - index)
    return [
        (float(rim[0]) + 0.004, float(rim[1]) - 0.012), (float(rim[0]) + 0.017, float(rim[1]) - 0.026),
        (0.102 + 0.003 * index, -0.566 - 0.008 * index), (0.142, -0.580 + 0.55 * sway - 0.004 * index), (0.184, -0.574 + sway),
        (0.216, YOKE[1] + 0.6 * sway + 0.5 * apart), (YOKE[0] - 0.013, YOKE[1] + apart),
    ]  # fmt: skip


def trunk_cable() -> Way:
    """From the yoke off the pillow and over the mattress to the bed's right edge."""
    return [
        (0.272, -0.566),
        (0.300, -0.566),
        (0.330, -0.548),
        (0.343, -0.514),
        (0.362, -0.486),
        (0.388, -0.482),
        (0.407, TRUNK_END),
    ]


def drip(rim: Array) -> Way:
    """The cannula's line from the gown's neck over the left shoulder to the bed's left edge."""
    return [
        (float(rim[0]), float(rim[1]) - 0.012), (float(rim[0]) - 0.016, float(rim[1]) - 0.026), (-0.112, -0.568),
        (-0.168, -0.582), (-0.232, -0.580), (-0.296, -0.560), (-0.342, -0.528), (-0.376, -0.508), (-0.407, DRIP_END),
    ]  # fmt: skip


def beside(points: Array, ways: Sequence[Way]) -> Array:
    """How far points are from the nearest of some ways, in plan, metres."""
    flat = points[..., :2]
    found = np.full(flat.shape[:-1], 9.0)
    for way in ways:
        line = curve([(x, y, 0.0) for x, y in way], 6 * len(way))[:, :2]
        for a, b in pairwise(line):
            along = b - a
            share = np.clip((flat - a) @ along / max(float(along @ along), 1e-12), 0.0, 1.0)
            found = np.minimum(found, np.linalg.norm(flat - a - share[..., None] * along, axis=-1))
    return found
