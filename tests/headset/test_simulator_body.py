"""The person at the desk: looking, leaning, walking, and where hands rest. No window."""

from __future__ import annotations

from math import hypot

import pytest

from headset.simulator.arm import resting
from headset.simulator.body import Body, headed, rotated, times, turned


def test_someone_seated_leans_and_someone_standing_walks() -> None:
    seated, standing = Body(1.2), Body(1.6)
    for body in (seated, standing):
        body.look(90.0 / 0.12, 0.0)
        for _ in range(600):
            body.move(0.0, 1.0, -1.0, 1 / 60)
    assert hypot(*seated.offset) == pytest.approx(0.3)
    assert standing.offset == pytest.approx((2.5, 0.0, -1.1), abs=0.01)
    seated.recentre()
    assert seated.eyes == (0.0, 0.0, 1.2)


def test_walking_is_as_fast_across_as_along_and_starts_gently() -> None:
    body = Body(1.6)
    body.move(1.0, 1.0, 0.0, 1 / 60)
    assert hypot(*body.offset) < 0.01
    for _ in range(59):
        body.move(1.0, 1.0, 0.0, 1 / 60)
    assert 1.0 < hypot(*body.offset) < 1.2


def test_the_lap_stays_in_the_seat_and_shoulders_follow_who_stands() -> None:
    seated, standing = Body(1.2), Body(1.6)
    before = resting(seated, "right")
    for body in (seated, standing):
        body.look(90.0 / 0.12, 0.0)
    assert resting(seated, "right") == before
    assert standing.torso == pytest.approx(45.0)
    standing.look(-1000.0, 0.0)
    assert standing.torso == pytest.approx(15.0)


@pytest.mark.parametrize(("yaw", "pitch"), [(0.0, 0.0), (90.0, 0.0), (-30.0, 60.0), (170.0, -80.0)])
def test_a_heading_is_turned_back_to_itself(yaw: float, pitch: float) -> None:
    assert headed(rotated(turned(yaw, pitch), (0.0, 1.0, 0.0))) == pytest.approx((yaw, pitch))


def test_turns_follow_one_another_from_left_to_right() -> None:
    # First the outer one, in whose axes the inner one is done: looking right, then up as seen there.
    assert times(turned(90.0, 0.0), turned(0.0, 30.0)) == pytest.approx(turned(90.0, 30.0))
