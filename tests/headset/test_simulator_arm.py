"""The two hands of the person at the desk: reaching, pointing, holding on, turning. No window."""

from __future__ import annotations

from math import dist, hypot

import pytest

from headset.inputs import HAND_JOINTS, Hand, Side
from headset.simulator.arm import ARM, FINGER, PRESS, SHOULDER, STRIDE, Arm, Wish, resting
from headset.simulator.body import Body, rotated
from headset.simulator.sight import SIGHT, Sight


def ahead(body: Body, far: float = SIGHT) -> Sight:
    return Sight(body.eyes, body.ahead, far)


def move(arm: Arm, body: Body, wish: Wish, far: float = SIGHT, *, frames: int = 60, fps: float = 60.0) -> Hand:
    for _ in range(frames):
        arm.step(body, ahead(body, far), wish, 1.0 / fps)
    return arm.hand()


def where(hand: Hand) -> tuple[float, float, float]:
    assert hand.grip is not None
    return hand.grip.metres


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("pitch", [-80.0, -30.0, 0.0, 45.0])
@pytest.mark.parametrize("yaw", [-120.0, 0.0, 90.0])
def test_no_hand_reaches_further_than_an_arm(yaw: float, pitch: float, side: Side) -> None:
    body, arm = Body(1.2), Arm(side)
    body.yaw, body.pitch = yaw, pitch
    hand = move(arm, body, Wish(reach=True, notches=1))
    aside = SHOULDER[0] if side == "right" else -SHOULDER[0]
    assert dist(where(hand), body.near(aside, *SHOULDER[1:])) <= ARM + 0.001


def test_hands_are_each_others_mirror_image() -> None:
    body = Body(1.2)
    left, right = Arm("left"), Arm("right")
    for _ in range(5):
        left.step(body, ahead(body), Wish(reach=True), 1 / 60)
        right.step(body, ahead(body), Wish(reach=True), 1 / 60)
    x, y, z = where(left.hand())
    assert (-x, y, z) == pytest.approx(where(right.hand()), abs=1e-4)
    assert x < 0.0


def test_a_hand_closes_when_it_has_arrived_and_opens_on_its_way_back() -> None:
    body, arm = Body(1.2), Arm("right")
    assert move(arm, body, Wish(reach=True), 0.5, frames=5).squeeze == 0
    hand = move(arm, body, Wish(reach=True), 0.5)
    assert hand.squeeze == 100
    assert where(hand) == pytest.approx((0.0, 0.5, 1.2), abs=1e-3)
    assert move(arm, body, Wish(), 0.5, frames=1).squeeze == 0
    assert where(move(arm, body, Wish())) == pytest.approx(resting(body, "right"), abs=1e-3)


@pytest.mark.parametrize("fps", [4.0, 20.0, 90.0])
def test_a_finger_comes_to_what_it_presses_in_small_steps_however_slow_the_machine(fps: float) -> None:
    body, arm = Body(1.2), Arm("right")
    was = where(move(arm, body, Wish(), frames=1, fps=fps))
    for _ in range(60):
        arm.step(body, ahead(body, 0.5), Wish(poke=True), 1.0 / fps)
        now = where(arm.hand())
        assert dist(was, now) <= STRIDE + 0.001
        was = now
    hand = arm.hand()
    assert hand.squeeze == 0
    assert was[1] + FINGER == pytest.approx(0.5 + PRESS, abs=1e-3)  # the fingertip, just past the surface
    assert hand.aim is not None
    assert rotated(hand.aim.quaternion, (0.0, 1.0, 0.0)) == pytest.approx((0.0, 1.0, 0.0), abs=1e-3)


def test_a_hand_that_keeps_hold_stays_with_the_shoulders_and_closed() -> None:
    body, arm = Body(1.6), Arm("right")
    move(arm, body, Wish(reach=True), 0.5)
    move(arm, body, Wish(reach=True, keep=True), 0.5, frames=1)
    hand = move(arm, body, Wish())
    assert hand.squeeze == 100
    assert where(hand) == pytest.approx((0.0, 0.5, 1.6), abs=1e-3)
    body.look(-90.0 / 0.12, 0.0)  # the shoulders come along by 45 degrees
    hand = move(arm, body, Wish())
    assert where(hand)[:2] == pytest.approx((-0.3536, 0.3536), abs=1e-3)
    assert hand.grip is not None
    assert rotated(hand.grip.quaternion, (0.0, 1.0, 0.0)) == pytest.approx((-0.7071, 0.7071, 0.0), abs=1e-3)
    body.look(45.0 / 0.12, 0.0)
    move(arm, body, Wish(keep=True), frames=1)
    move(arm, body, Wish(reach=True), 0.5)
    move(arm, body, Wish(reach=True, keep=True), 0.5, frames=1)  # kept anew, with the shoulders turned
    hand = move(arm, body, Wish())
    assert hand.grip is not None
    assert rotated(hand.grip.quaternion, (0.0, 1.0, 0.0)) == pytest.approx(body.ahead, abs=1e-3)
    body.offset = (1.0, 0.0, 0.0)
    assert where(move(arm, body, Wish()))[0] == pytest.approx(1.0 - 0.3536, abs=1e-3)


def test_what_is_kept_is_taken_over_by_a_new_reach_without_being_dropped() -> None:
    body, arm = Body(1.2), Arm("right")
    move(arm, body, Wish(reach=True), 0.5)
    move(arm, body, Wish(reach=True, keep=True), 0.5, frames=1)
    move(arm, body, Wish())
    for _ in range(30):
        assert move(arm, body, Wish(reach=True), 0.1, frames=1).squeeze == 100
    assert where(arm.hand()) == pytest.approx((0.0, 0.5, 1.2), abs=1e-3)  # not at what it holds, 0.1 m before the eyes
    assert move(arm, body, Wish(), frames=1).squeeze == 0


def test_a_second_press_lets_go_of_what_is_kept() -> None:
    body, arm = Body(1.2), Arm("left")
    move(arm, body, Wish(reach=True), 0.5)
    move(arm, body, Wish(reach=True, keep=True), 0.5, frames=1)
    assert move(arm, body, Wish(), frames=20).squeeze == 100
    assert move(arm, body, Wish(keep=True), frames=1).squeeze == 0
    assert where(move(arm, body, Wish())) == pytest.approx(resting(body, "left"), abs=1e-3)


def test_the_wrist_turns_clockwise_as_its_owner_sees_it_and_comes_back() -> None:
    body, arm = Body(1.2), Arm("right")
    move(arm, body, Wish(reach=True), 0.5)
    hand = move(arm, body, Wish(reach=True, roll=3.0), 0.5, frames=30)
    assert hand.grip is not None
    assert rotated(hand.grip.quaternion, (0.0, 0.0, 1.0)) == pytest.approx((1.0, 0.0, 0.0), abs=1e-3)  # up is right now
    assert rotated(hand.grip.quaternion, (0.0, 1.0, 0.0)) == pytest.approx((0.0, 1.0, 0.0), abs=1e-3)
    hand = move(arm, body, Wish(reach=True, tilt=-1.0, swing=1.0), 0.5, frames=200)
    assert (arm.tilt, arm.swing) == (-80.0, 80.0)
    hand = move(arm, body, Wish())
    assert hand.grip is not None
    assert rotated(hand.grip.quaternion, (0.0, 0.0, 1.0)) == pytest.approx((0.0, 0.0, 1.0), abs=1e-3)


def test_a_hand_at_rest_points_at_what_is_looked_at() -> None:
    body, arm = Body(1.2), Arm("right")
    hand = move(arm, body, Wish(), 3.0)
    assert hand.grip is not None
    assert hand.aim is not None
    along = rotated(hand.aim.quaternion, (0.0, 1.0, 0.0))
    start = hand.aim.metres
    far = dist(start, (0.0, 3.0, 1.2))
    assert tuple(a + far * b for a, b in zip(start, along, strict=True)) == pytest.approx((0.0, 3.0, 1.2), abs=2e-3)


def test_buttons_sticks_and_triggers_are_passed_on() -> None:
    body, arm = Body(1.2), Arm("left")
    wish = Wish(squeeze=True, trigger=True, stick=(-100, 40), buttons=frozenset(("primary", "menu")))
    hand = move(arm, body, wish, frames=1)
    assert (hand.squeeze, hand.trigger, hand.stick) == (100, 100, (-100, 40))
    assert hand.buttons == wish.buttons


def test_joints_are_told_only_when_asked_for() -> None:
    body, arm = Body(1.2), Arm("left")
    move(arm, body, Wish())
    assert arm.hand().joints is None
    joints = arm.hand(joints=True).joints
    assert joints is not None
    assert len(joints) == HAND_JOINTS
    x, y, _ = resting(body, "left")
    assert hypot(joints[0].metres[0] - x, joints[0].metres[1] - y) < 0.03  # the palm is where the hand is
