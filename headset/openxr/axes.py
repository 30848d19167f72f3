"""OpenXR's axes into ours; nowhere else does anything turn.

OpenXR is y-up and looks along -z (OpenXR 1.1, section 2.16); Abaton is z-up and looks along +y. One quarter turn about x
takes the one into the other, for places and for the axes of what is at them alike: (x, y, z) becomes (x, -z, y), and so does the
vector part of a quaternion.

The functions take OpenXR's own structures (`XrPosef`, `XrView`) or anything with the same fields. `floor` is what is added to
heights, in metres, where the reference space has its origin at the eyes and not on the floor.
"""

from __future__ import annotations

from math import tan
from typing import Any, Final

from headset.driver import View
from headset.inputs import Pose

FURTHEST: Final = 1e4
"""Metres; nobody is further from where they began."""


def position_of(pose: Any, floor: float = 0.0) -> tuple[float, float, float]:
    """Where an XrPosef is, in metres."""
    place = pose.position
    return (place.x, -place.z, place.y + floor)


def orientation_of(pose: Any) -> tuple[float, float, float, float]:
    """How an XrPosef is turned, as a quaternion w, x, y, z."""
    turn = pose.orientation
    return (turn.w, turn.x, -turn.z, turn.y)


def pose_of(pose: Any, floor: float = 0.0) -> Pose | None:
    """An XrPosef, quantised; None if the runtime says nonsense."""
    return Pose.of(position_of(pose, floor), orientation_of(pose))


def place(pose: Any, position: tuple[float, float, float], turn: tuple[float, float, float, float], floor: float = 0.0) -> None:
    """The other way: put an XrPosef where something of ours is, metres and quaternion w, x, y, z."""
    x, y, z = position
    w, i, j, k = turn
    pose.position.x, pose.position.y, pose.position.z = x, z - floor, -y
    pose.orientation.w, pose.orientation.x, pose.orientation.y, pose.orientation.z = w, i, k, -j


def can_see(view: Any) -> bool:
    """Whether an XrView is one: a pose of numbers, and angles that open. What is not must neither be drawn with nor submitted."""
    pose, fov = view.pose, view.fov
    length = sum(part * part for part in orientation_of(pose))
    opens = fov.angle_left < fov.angle_right and fov.angle_down < fov.angle_up
    return opens and 0.9 < length < 1.1 and all(abs(part) < FURTHEST for part in position_of(pose))


def view_of(view: Any, floor: float = 0.0) -> View:
    """An XrView, as exact as it is."""
    fov = view.fov
    tangents = (tan(fov.angle_left), tan(fov.angle_right), tan(fov.angle_down), tan(fov.angle_up))
    return View(position_of(view.pose, floor), orientation_of(view.pose), tangents)
