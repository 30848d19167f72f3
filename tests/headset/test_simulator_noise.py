"""Trembling and losing track: as large and as often as a profile says, the same for the same seed."""

from __future__ import annotations

from dataclasses import replace
from math import acos, degrees, dist, sqrt

import pytest

from headset.inputs import Hand, Joints, Person, Pose
from headset.profile import Tracking, read_profile
from headset.simulator.noise import Noise

HERE = Pose.of((0.2, 0.3, 1.1), (0.9, 0.1, 0.2, 0.3))
HAND = Hand(grip=HERE, aim=HERE, squeeze=100, joints=Joints.of([Pose.of((0.25, 0.3, 1.1)) or Pose()] * 26))
PERSON = Person(head=Pose.of((0.0, 0.0, 1.6)), left=HAND, right=HAND)
STILL = Tracking(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
FRAME = 1 / 90


def angle(a: Pose, b: Pose) -> float:
    return degrees(2 * acos(min(1.0, abs(sum(x * y for x, y in zip(a.quaternion, b.quaternion, strict=True))))))


def test_without_numbers_nothing_changes() -> None:
    noise = Noise(STILL, 1)
    assert all(noise.spoil(PERSON, FRAME) == PERSON for _ in range(100))


def test_it_trembles_as_much_as_the_profile_says() -> None:
    noise = Noise(replace(STILL, hand_mm=3.0, hand_deg=1.0, head_mm=1.0), 7)
    told = [noise.spoil(PERSON, FRAME) for _ in range(3000)]
    assert HERE is not None
    assert PERSON.head is not None
    grips = [person.right.grip for person in told if person.right.grip is not None]
    heads = [person.head for person in told if person.head is not None]
    assert sqrt(sum(dist(grip.metres, HERE.metres) ** 2 for grip in grips) / 3000) == pytest.approx(0.003, rel=0.05)
    assert sqrt(sum(angle(grip, HERE) ** 2 for grip in grips) / 3000) == pytest.approx(1.0, rel=0.05)
    assert sqrt(sum(dist(head.metres, PERSON.head.metres) ** 2 for head in heads) / 3000) == pytest.approx(0.001, rel=0.05)


def test_a_hand_and_its_fingers_tremble_together() -> None:
    person = Noise(replace(STILL, hand_mm=10.0, hand_deg=2.0), 3).spoil(PERSON, FRAME)
    right = person.right
    assert right.grip is not None
    assert right.aim == right.grip
    assert right.joints is not None
    assert HERE is not None
    apart = dist(HERE.metres, (0.25, 0.3, 1.1))
    assert dist(right.grip.metres, right.joints[0].metres) == pytest.approx(apart, abs=3e-4)
    assert right.grip != HERE


def test_hands_are_lost_as_often_and_as_long_as_the_profile_says() -> None:
    noise = Noise(replace(STILL, lost_per_minute=6.0, lost_s=0.5), 11)
    held = Hand(grip=HERE, aim=HERE, squeeze=100)
    person = replace(PERSON, left=held, right=held)
    told = [noise.spoil(person, FRAME).left for _ in range(90 * 60 * 20)]
    lost = [hand.grip is None for hand in told]
    begun = sum(now and not before for before, now in zip([False, *lost], lost, strict=False))
    assert begun == pytest.approx(6 * 20, rel=0.25)
    assert sum(lost) / 90 / begun == pytest.approx(0.5, rel=0.25)


def test_of_a_lost_hand_only_the_buttons_are_left() -> None:
    noise = Noise(replace(STILL, lost_per_minute=60.0, lost_s=0.5), 11)
    gone = next(hand for _ in range(90 * 60) if (hand := noise.spoil(PERSON, FRAME).left).grip is None)
    assert (gone.aim, gone.joints, gone.squeeze) == (None, None, 100)  # buttons come by radio


def test_the_same_seed_gives_the_same_noise() -> None:
    tracking = read_profile("reverb_g2").tracking
    one, same, other = (Noise(tracking, seed) for seed in (5, 5, 6))
    told = [one.spoil(PERSON, FRAME) for _ in range(50)]
    assert told == [same.spoil(PERSON, FRAME) for _ in range(50)]
    assert told != [other.spoil(PERSON, FRAME) for _ in range(50)]


def test_what_is_not_tracked_stays_so() -> None:
    person = Noise(read_profile("quest_3").tracking, 1).spoil(Person(), FRAME)
    assert person == Person()
