"""OpenXR's axes into ours; nowhere else does anything turn.

OpenXR is y-up and looks along -z (OpenXR 1.1, section 2.16); Abaton is z-up and looks along +y. One quarter turn about x
takes the one into the other, for places and for the axes of what is at them alike: (x, y, z) becomes (x, -z, y), and so does the
vector part of a quaternion.

The functions take OpenXR's own structures (`XrPosef`, `XrView`), or their bytes: to ask ctypes for the fields, one by one, takes
nine times as long. `floor` is what is added to heights, in metres, where the reference space has its origin at the eyes and not
on the floor.
"""

from __future__ import annotations

from math import tan
from struct import Struct
from typing import Any, Final

from headset.driver import View
from headset.inputs import Pose

FURTHEST: Final = 1e4
"""Metres; nobody is further from where they began."""

_POSE: Final = Struct("7f")
"""XrPosef: orientation x, y, z, w; position x, y, z."""
_VIEW: Final = Struct("16x11f")
"""XrView: its kind and what hangs on it; a pose; angles left, right, up, down."""


def position_of(pose: Any, floor: float = 0.0) -> tuple[float, float, float]:
    """Where an XrPosef is, in metres."""
    _, _, _, _, x, y, z = _POSE.unpack_from(pose)
    return (x, -z, y + floor)


def orientation_of(pose: Any) -> tuple[float, float, float, float]:
    """How an XrPosef is turned, as a quaternion w, x, y, z."""
    i, j, k, w, _, _, _ = _POSE.unpack_from(pose)
    return (w, i, -k, j)


def pose_of(pose: Any, floor: float = 0.0) -> Pose | None:
    """An XrPosef, quantised; None if the runtime says nonsense."""
    i, j, k, w, x, y, z = _POSE.unpack_from(pose)
    return Pose.of((x, -z, y + floor), (w, i, -k, j))


def place(pose: Any, position: tuple[float, float, float], turn: tuple[float, float, float, float], floor: float = 0.0) -> None:
    """The other way: put an XrPosef where something of ours is, metres and quaternion w, x, y, z."""
    x, y, z = position
    w, i, j, k = turn
    _POSE.pack_into(pose, 0, i, k, -j, w, x, z - floor, -y)


def view_of(view: Any, floor: float = 0.0) -> View | None:
    """An XrView, as exact as it is; None if it is none: a pose of numbers, and angles that open. What is not must neither be
    drawn with nor submitted."""
    i, j, k, w, x, y, z, left, right, up, down = _VIEW.unpack_from(view)
    turns = 0.9 < i * i + j * j + k * k + w * w < 1.1
    if not (turns and left < right and down < up and abs(x) < FURTHEST and abs(y) < FURTHEST and abs(z) < FURTHEST):
        return None
    return View((x, -z, y + floor), (w, i, -k, j), (tan(left), tan(right), tan(down), tan(up)))
