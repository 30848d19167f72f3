"""Trembling and losing track, as a real headset does: the numbers of a profile, drawn from PCG64 with a seed.

What a person does stays as it is; only what the session is told of it becomes worse. Each pose gets an error of its own in every
frame, without memory, which is harsher than a filter in a runtime leaves. A hand is lost at random moments, for times that are
distributed exponentially; while it is lost it has no pose and no joints, and its buttons are still heard by radio.
"""

from __future__ import annotations

from dataclasses import replace
from math import cos, radians, sin, sqrt

import numpy as np

from headset.inputs import Hand, Joints, Person, Pose, Side
from headset.profile import Tracking
from headset.simulator.body import Turn, Vec3, rotated, times


class Noise:
    """The errors of one headset."""

    def __init__(self, tracking: Tracking, seed: int) -> None:
        self.tracking = tracking
        self._draw = np.random.Generator(np.random.PCG64(seed))
        self._lost: dict[Side, float] = {"left": 0.0, "right": 0.0}
        """Seconds for which each hand stays lost."""

    def spoil(self, person: Person, seconds: float) -> Person:
        """The person as the headset would tell of them, `seconds` after the last time."""
        t = self.tracking
        head = None if person.head is None else self._shaken(person.head, t.head_mm, t.head_deg)
        return replace(
            person, head=head, left=self._hand(person.left, "left", seconds), right=self._hand(person.right, "right", seconds)
        )

    def _hand(self, hand: Hand, side: Side, seconds: float) -> Hand:
        t = self.tracking
        if self._lost[side] > 0.0:
            self._lost[side] -= seconds
        elif t.lost_per_minute > 0.0 and self._draw.random() < seconds * t.lost_per_minute / 60.0:
            self._lost[side] = float(self._draw.exponential(t.lost_s))
        if self._lost[side] > 0.0:
            return replace(hand, grip=None, aim=None, joints=None)
        # One error for the whole hand: grip, ray and fingers belong to one another.
        shift, turn = self._error(t.hand_mm, t.hand_deg)
        if hand.grip is None:
            return hand
        middle = hand.grip.metres

        def moved(pose: Pose | None) -> Pose | None:
            return None if pose is None else _moved(pose, middle, shift, turn)

        joints = hand.joints
        if joints is not None:
            joints = Joints.of(_moved(joint, middle, shift, turn) or joint for joint in joints)
        return replace(hand, grip=moved(hand.grip), aim=moved(hand.aim), joints=joints)

    def _shaken(self, pose: Pose, mm: float, deg: float) -> Pose | None:
        shift, turn = self._error(mm, deg)
        return _moved(pose, pose.metres, shift, turn)

    def _error(self, mm: float, deg: float) -> tuple[Vec3, Turn]:
        x, y, z, i, j, k = (float(value) for value in self._draw.standard_normal(6))
        # The three of a place and of a turn share its standard deviation, so each has a third of the variance.
        size = mm / 1000.0 / sqrt(3.0)
        half = radians(deg) / sqrt(3.0) / 2
        angle = half * sqrt(i * i + j * j + k * k)
        part = half * (sin(angle) / angle if angle else 1.0)
        return (x * size, y * size, z * size), (cos(angle), i * part, j * part, k * part)


def _moved(pose: Pose, middle: Vec3, shift: Vec3, turn: Turn) -> Pose | None:
    """A pose after a turn about `middle` and a shift."""
    x, y, z = rotated(turn, _minus(pose.metres, middle))
    return Pose.of((middle[0] + x + shift[0], middle[1] + y + shift[1], middle[2] + z + shift[2]), times(turn, pose.quaternion))


def _minus(a: Vec3, b: Vec3) -> Vec3:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])
