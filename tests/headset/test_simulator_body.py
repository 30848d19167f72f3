"""The person at the desk: looking, leaning, walking, reaching, and the table of keys. No window."""

from __future__ import annotations

from math import hypot

import pytest

from headset.simulator import help_lines
from headset.simulator.arm import ARM, SHOULDER, Arm, resting
from headset.simulator.bindings import BINDINGS
from headset.simulator.body import Body


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


@pytest.mark.parametrize("pitch", [-80.0, -30.0, 0.0, 45.0])
@pytest.mark.parametrize("yaw", [-120.0, 0.0, 90.0])
def test_no_hand_reaches_further_than_an_arm(yaw: float, pitch: float) -> None:
    body, arm = Body(1.2), Arm()
    body.yaw, body.pitch = yaw, pitch
    for _ in range(60):
        arm.step(body, True, 1, lambda position, direction, limit: limit, 1 / 60)
    grip = arm.hand(body, False, False, lambda position, direction, limit: limit).grip
    assert grip is not None
    shoulder = body.near(*SHOULDER)
    assert hypot(*(a - b for a, b in zip(grip.metres, shoulder, strict=True))) <= ARM + 0.001


def test_the_help_is_the_table() -> None:
    words = "\n".join(help_lines())
    assert all(binding.says in words and binding.label in words for binding in BINDINGS)
    assert all(len(line) <= 90 for line in help_lines())
