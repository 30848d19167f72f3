"""The fingers of a simulated hand: bones of a middling adult, bent as the hand opens, points, pinches and makes a fist.

Joints are those of XrHandJointEXT (OpenXR 1.1, section 12.30) in its order, each with +y towards the fingertip and +z out of the
back of the hand. The grip is that of `headset.inputs.Hand`: +y ahead over the knuckles, +z up towards the thumb, so that a right
palm looks to -x. Hand length 0.185 m, breadth 0.082 m (about the middle of adults': Gordon et al., ANSUR II, 2014; ISO 7250-1,
4.3.1 and 4.3.3); a finger's bones divide it as Buryanov and Kotiuk measured (Int. J. Morphol. 28(3), 2010).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from headset.inputs import HAND_JOINTS, Joints, Pose, Side

Array = NDArray[np.float64]
Shape = Literal["open", "point", "pinch", "fist"]

SETTLE = 0.06
"""Seconds in which fingers do most (63 %) of a change of shape."""

WRIST: Final = (0.006, -0.062, -0.004)
"""Metres from the grip of a right hand to its wrist."""

KNUCKLES: Final = ((0.012, 0.030, 0.026), (0.014, 0.036, 0.006), (0.012, 0.032, -0.014), (0.007, 0.023, -0.032))
"""Metres from the grip to the knuckles of forefinger, middle, ring and little finger."""

BONES: Final = ((0.040, 0.024, 0.020), (0.044, 0.028, 0.021), (0.041, 0.026, 0.020), (0.032, 0.019, 0.018))
"""Metres of the three bones of each finger, from the knuckle on."""

THUMB: Final = (0.046, 0.034, 0.026)
"""Metres of the thumb's three bones, from the joint at the wrist on."""

THUMB_ROOT: Final = (0.004, -0.040, 0.018)

BENDS: Final[dict[Shape, tuple[tuple[float, float, float], ...]]] = {
    # degrees by which each bone of each finger is turned towards the palm, from the hand's direction
    "open": ((10.0, 20.0, 28.0), (12.0, 24.0, 33.0), (15.0, 28.0, 38.0), (18.0, 32.0, 42.0)),
    "point": ((2.0, 6.0, 9.0), (76.0, 165.0, 220.0), (78.0, 168.0, 222.0), (80.0, 170.0, 224.0)),
    "pinch": ((44.5, 97.0, 134.0), (27.0, 58.0, 80.0), (33.0, 66.0, 90.0), (38.0, 72.0, 98.0)),
    "fist": ((72.0, 160.0, 215.0), (76.0, 165.0, 220.0), (78.0, 168.0, 222.0), (80.0, 170.0, 224.0)),
}
THUMBS: Final[dict[Shape, tuple[tuple[float, float, float], ...]]] = {
    # the directions of the thumb's bones (x, y, z of a right hand), of any length
    "open": ((-0.35, 0.62, 0.70), (-0.30, 0.85, 0.43), (-0.20, 0.95, 0.24)),
    "point": ((-0.62, 0.66, 0.42), (-0.55, 0.80, -0.22), (-0.35, 0.75, -0.56)),
    "pinch": ((-0.70, 0.66, 0.28), (-0.52, 0.85, 0.02), (-0.30, 0.95, -0.02)),
    "fist": ((-0.62, 0.66, 0.42), (-0.60, 0.73, -0.32), (-0.42, 0.60, -0.68)),
}

BACK = (1.0, 0.0, 0.0)
"""Out of the back of a right hand."""


class Curl:
    """How far the fingers are on their way from one shape to another."""

    def __init__(self) -> None:
        self.bends: Array = np.radians(BENDS["open"])
        self.thumb: Array = _unit(np.array(THUMBS["open"]))

    def step(self, shape: Shape, seconds: float) -> None:
        """Move towards a shape for a time."""
        share = 1.0 - float(np.exp(-seconds / SETTLE))
        self.bends = self.bends + (np.radians(BENDS[shape]) - self.bends) * share
        self.thumb = _unit(self.thumb + (_unit(np.array(THUMBS[shape])) - self.thumb) * share)


def hand_joints(side: Side, position: Sequence[float], turn: Sequence[float], curl: Curl) -> Joints | None:
    """The joints of a hand whose grip is there (metres; quaternion w, x, y, z), or None if the grip is no place at all."""
    points, axes = local_joints(curl)
    if side == "left":
        # The mirror image; y and z of each joint are mirrored, x is what makes the axes right-handed again.
        points = points * (-1.0, 1.0, 1.0)
        axes = axes * np.array((-1.0, 1.0, 1.0))[None, :, None]
        axes[:, :, 0] = _cross(axes[:, :, 1], axes[:, :, 2])
    frame = _matrix(np.asarray(turn, float))
    places = (points @ frame.T + np.asarray(position, float)).tolist()
    poses = [Pose.of(place, turned) for place, turned in zip(places, _quaternions(frame @ axes).tolist(), strict=True)]
    known = [pose for pose in poses if pose is not None]
    return Joints.of(known) if len(known) == HAND_JOINTS else None


def local_joints(curl: Curl) -> tuple[Array, Array]:
    """A right hand in the axes of its grip: places (26 x 3, metres) and axes (26 x 3 x 3, columns x, y, z)."""
    points, axes = _POINTS.copy(), _AXES.copy()
    points[3:6] = points[2] + np.cumsum(curl.thumb * np.array(THUMB)[:, None], axis=0)
    axes[2:5] = _frames(curl.thumb, np.broadcast_to(np.array(BACK), (3, 3)))
    axes[5] = axes[4]
    # A bone that bends towards the palm: ahead turns to -x, the back of it from +x to ahead.
    sines, cosines = np.sin(curl.bends), np.cos(curl.bends)
    nothing = np.zeros_like(sines)
    along = np.stack((-sines, cosines, nothing), axis=-1)
    bones = _frames(along, np.stack((cosines, sines, nothing), axis=-1))
    points[_TIPS] = points[_TIPS[:, :1] - 1] + np.cumsum(along * np.array(BONES)[:, :, None], axis=1)
    axes[_TIPS - 1], axes[_TIPS[:, -1]] = bones, bones[:, -1]
    return points, axes


def _frames(along: Array, back: Array) -> Array:
    """Axes of joints, columns x, y, z: y along the bone, z as near to the back as is square to it."""
    y = _unit(along)
    z = _unit(back - (back * y).sum(axis=-1, keepdims=True) * y)
    return np.stack((_cross(y, z), y, z), axis=-1)


def _cross(a: Array, b: Array) -> Array:
    """Their cross product; numpy's own takes ten times as long for so few."""
    return a[..., _NEXT] * b[..., _LAST] - a[..., _LAST] * b[..., _NEXT]


def _unit(vectors: Array) -> Array:
    lengths: Array = np.sqrt((vectors * vectors).sum(axis=-1, keepdims=True))
    return vectors / lengths


def _matrix(turn: Array) -> Array:
    w, x, y, z = turn / np.linalg.norm(turn)
    return np.array(
        (
            (1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)),
            (2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)),
            (2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)),
        )
    )


def _quaternions(axes: Array) -> Array:
    """w, x, y, z of rotations n x 3 x 3. Of the four ways to reckon one, that of the largest component (Shepperd, 1978)."""
    m = axes
    xx, yy, zz = m[:, 0, 0], m[:, 1, 1], m[:, 2, 2]
    squares = np.stack((1 + xx + yy + zz, 1 + xx - yy - zz, 1 - xx + yy - zz, 1 - xx - yy + zz), axis=1)
    yz, zx, xy = m[:, 2, 1] - m[:, 1, 2], m[:, 0, 2] - m[:, 2, 0], m[:, 1, 0] - m[:, 0, 1]
    ab, ac, bc = m[:, 1, 0] + m[:, 0, 1], m[:, 0, 2] + m[:, 2, 0], m[:, 2, 1] + m[:, 1, 2]
    rows = np.stack(
        (
            np.stack((squares[:, 0], yz, zx, xy), axis=1),
            np.stack((yz, squares[:, 1], ab, ac), axis=1),
            np.stack((zx, ab, squares[:, 2], bc), axis=1),
            np.stack((xy, ac, bc, squares[:, 3]), axis=1),
        ),
        axis=1,
    )
    return _unit(rows[np.arange(len(m)), np.argmax(squares, axis=1)])


_NEXT, _LAST = np.array((1, 2, 0)), np.array((2, 0, 1))

_TIPS: Final = np.array([[8, 9, 10], [13, 14, 15], [18, 19, 20], [23, 24, 25]])
"""Where in the order of joints each finger's bones end."""


def _still() -> tuple[Array, Array]:
    """The joints that no bending moves, in their places; those that it moves lie at the grip."""
    points, axes = np.zeros((HAND_JOINTS, 3)), np.zeros((HAND_JOINTS, 3, 3))
    wrist, knuckles, ahead = np.array(WRIST), np.array(KNUCKLES), np.array((0.0, 1.0, 0.0))
    roots = wrist + (knuckles - wrist) * (0.25, 0.12, 0.55)
    points[0], points[1], points[2] = (wrist + knuckles[1]) / 2, wrist, THUMB_ROOT
    points[_TIPS[:, 0] - 2], points[_TIPS[:, 0] - 1] = roots, knuckles
    axes[:2] = _frames(ahead, np.array(BACK))
    axes[_TIPS[:, 0] - 2] = _frames(knuckles - roots, np.broadcast_to(np.array(BACK), (4, 3)))
    return points, axes


_POINTS, _AXES = _still()
