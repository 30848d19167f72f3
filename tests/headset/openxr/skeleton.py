"""A made-up hand: 26 joints whose fingers bend as they are told. It knows nothing of gestures."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians, sin

from headset.inputs import Joints, Pose, Side

Vec = tuple[float, float, float]
Turn = tuple[float, float, float, float]

LENGTH = 0.19
"""Metres from wrist to the tip of the middle finger of the hand that the bones below are of."""

_BONES = {  # across at the metacarpal and at the knuckle, then the lengths of the four bones
    "index": (0.018, 0.026, (0.066, 0.041, 0.023, 0.017)),
    "middle": (0.004, 0.005, (0.064, 0.046, 0.027, 0.018)),
    "ring": (-0.009, -0.014, (0.058, 0.042, 0.026, 0.018)),
    "little": (-0.021, -0.032, (0.053, 0.033, 0.019, 0.016)),
}
_BENDS = (80.0, 100.0, 65.0)
"""Degrees at knuckle, middle and last joint of a finger that is curled all the way."""


def hand(
    side: Side,
    curls: Sequence[float] = (0.0, 0.0, 0.0, 0.0),
    thumb: Vec | None = None,
    *,
    at: Vec = (0.0, 0.0, 0.0),
    turn: Turn = (1.0, 0.0, 0.0, 0.0),
    length: float = LENGTH,
) -> Joints:
    """Joints of a hand whose wrist is at a place; unturned, its fingers point along +y and its palm looks down.

    `curls` are those of index to little finger, 0 to 1. `thumb` is where its tip is in a hand of LENGTH, from the wrist, x to the
    thumb's side; straight out if it is None.
    """
    out = 1.0 if side == "left" else -1.0
    places: list[Vec] = [(0.004, 0.064, 0.0), (0.0, 0.0, 0.0)]
    tip = thumb or (0.095, 0.085, -0.005)
    root: Vec = (0.022, 0.025, -0.01)
    places += [_between(root, tip, part) for part in (0.0, 0.4, 0.75, 1.0)]
    for (foot, knuckle, bones), curl in zip(_BONES.values(), curls, strict=True):
        y, z, angle = 0.022, 0.0, 0.0
        chain: list[Vec] = [(foot, y, z)]
        across = knuckle
        for bone, bend in zip(bones, (0.0, *_BENDS), strict=True):
            angle += radians(bend) * curl
            y, z = y + bone * cos(angle), z - bone * sin(angle)
            chain.append((across, y, z))
        places += chain
    scale = length / LENGTH
    return Joints.of(_pose(at, turn, (x * out * scale, y * scale, z * scale)) for x, y, z in places)


def _between(one: Vec, other: Vec, part: float) -> Vec:
    return tuple(a + (b - a) * part for a, b in zip(one, other, strict=True))  # type: ignore[return-value]


def _pose(at: Vec, turn: Turn, place: Vec) -> Pose:
    moved = rotate(turn, place)
    pose = Pose.of((at[0] + moved[0], at[1] + moved[1], at[2] + moved[2]), turn)
    assert pose is not None
    return pose


def rotate(turn: Turn, v: Vec) -> Vec:
    """A vector turned by a unit quaternion w, x, y, z."""
    w, x, y, z = turn
    a = (y * v[2] - z * v[1] + w * v[0], z * v[0] - x * v[2] + w * v[1], x * v[1] - y * v[0] + w * v[2])
    return (v[0] + 2 * (y * a[2] - z * a[1]), v[1] + 2 * (z * a[0] - x * a[2]), v[2] + 2 * (x * a[1] - y * a[0]))
