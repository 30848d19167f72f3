"""A person as the session feels them: reach, tremor, one hand."""

from __future__ import annotations

import pytest

from engine.interaction.body import BREAST, Felt
from engine.interaction.preferences import DEFAULT
from engine.world.joints import turn_about
from engine.world.vectors import Vec3
from headset.inputs import Hand, Person, Pose

HEAD = Pose.of((0.0, 0.0, 1.6))


def person(at: Vec3 = (0.3, 0.4, 1.3), degrees: float = 0.0) -> Person:
    grip = Pose.of(at, turn_about((0.0, 0.0, 1.0), degrees))
    hand = Hand(grip=grip, aim=grip, buttons=frozenset({"menu", "primary"}), trigger=70)
    return Person(head=HEAD, left=hand, right=hand)


def grip(found: Person) -> Vec3:
    assert found.right.grip is not None
    return found.right.grip.metres


def test_who_wishes_for_nothing_is_passed_on_as_they_came() -> None:
    given = person()
    assert Felt().person(given, DEFAULT, 0) is given


def test_a_hand_reaches_further_from_the_shoulders() -> None:
    found = Felt().person(person(), DEFAULT.with_("reach=2"), 0)
    assert grip(found) == pytest.approx((0.6, 0.8, 2 * 1.3 - (1.6 - BREAST)), abs=1e-4)
    assert found.right.aim == found.right.grip


def test_with_one_hand_the_other_does_nothing_but_leave() -> None:
    found = Felt().person(person(), DEFAULT.with_("hands=left"), 0)
    assert found.right == Hand(buttons=frozenset({"menu"}))
    assert found.left == person().left


def test_a_trembling_hand_is_held_stiller_and_arrives_all_the_same() -> None:
    felt, wishes = Felt(), DEFAULT.with_("tremor=1")
    spread = []
    for tick in range(0, 400):
        # 1 cm at 6.25 Hz.
        shake = 0.01 * (1 if tick // 8 % 2 else -1)
        spread.append(grip(felt.person(person((0.3 + shake, 0.4, 1.3)), wishes, tick))[0])
    steady = spread[200:]
    assert max(steady) - min(steady) < 0.02 / 5
    assert sum(steady) / len(steady) == pytest.approx(0.3, abs=1e-3)
    for tick in range(400, 600):
        found = felt.person(person((0.4, 0.4, 1.3), 30.0), wishes, tick)
    assert grip(found) == pytest.approx((0.4, 0.4, 1.3), abs=2e-4)


def test_more_frames_a_second_smooth_no_more() -> None:
    """It goes by time, not by how often a device tells."""
    ends = []
    for every in (1, 2, 4):
        felt, wishes = Felt(), DEFAULT.with_("tremor=0.5")
        felt.person(person((0.3, 0.4, 1.3)), wishes, 0)
        for tick in range(every, 25, every):
            found = felt.person(person((0.5, 0.4, 1.3)), wishes, tick)
        ends.append(grip(found)[0])
    assert max(ends) - min(ends) < 0.02


def test_a_hand_that_jumps_or_comes_back_is_where_it_is() -> None:
    felt, wishes = Felt(), DEFAULT.with_("tremor=1")
    felt.person(person(), wishes, 0)
    assert grip(felt.person(person((1.3, 0.4, 1.3)), wishes, 1))[0] == pytest.approx(1.3)
    felt.person(Person(head=HEAD), wishes, 2)
    assert felt.poses == {}
    assert grip(felt.person(person((1.2, 0.4, 1.3)), wishes, 3))[0] == pytest.approx(1.2)


def test_a_smoothed_hand_goes_on_the_same_after_a_snapshot() -> None:
    felt, wishes = Felt(), DEFAULT.with_("tremor=1")
    felt.person(person(), wishes, 0)
    kept = felt.snapshot()
    first = felt.person(person((0.35, 0.4, 1.3), 20.0), wishes, 1)
    felt.restore(kept)
    assert felt.person(person((0.35, 0.4, 1.3), 20.0), wishes, 1) == first
