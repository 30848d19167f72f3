"""Who wishes for `motion=reduced`: nothing moves that need not, and all that they can do stays the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.interaction.preferences import Preferences
from engine.session import Session
from engine.view.ui.follow import Follower
from engine.world.vectors import Transform, distance, heading
from headset.inputs import Command, Hand, Person, Pose
from tests.interaction.test_locomotion import ME, feet, someone, step
from tests.interaction.test_rays import before, middle
from tests.interaction.ward import at, ward
from tests.making import play, told


@pytest.fixture
def session(tmp_path: Path) -> Session:
    session = Session(ward(tmp_path))
    play(session, 0.1, [someone(session), Command(ME, "set", "motion=reduced")])
    return session


def test_it_is_there_for_the_picture_and_goes_with_the_wish_and_with_a_snapshot(session: Session) -> None:
    assert session.world.calm == {ME}
    kept = session.snapshot()
    play(session, 0.1, [Command(ME, "set", "motion=normal")])
    assert session.world.calm == set()
    session.restore(kept)
    assert session.world.calm == {ME}


def test_of_wishes_that_contradict_each_other_the_more_careful_one_counts(session: Session) -> None:
    play(session, 0.1, [Command(ME, "set", "move=smooth"), Command(ME, "set", "turn=smooth")])
    at_first = feet(session)
    play(session, 1.0, [someone(session, stick=(0, 100), side="left")])
    assert feet(session) == at_first, "pushing a stick glides nowhere"
    assert session.world.vignette == {}
    play(session, 0.1, [someone(session)])
    assert told(step(session, 270.0, -30.0), "moved")
    events = play(session, 0.5, [someone(session, stick=(100, 0))])
    assert [(event.event, event.value) for event in events if event.event == "turned"] == [("turned", 30.0)]
    assert Preferences(move="smooth").moves == "smooth"
    assert Preferences(move="off", turn="off", motion="reduced").moves == "off"


@pytest.mark.parametrize(("wish", "flies"), [("motion=normal", True), ("motion=reduced", False)])
def test_what_is_drawn_near_is_in_the_hand_at_once(session: Session, wish: str, flies: bool) -> None:
    play(session, 0.01, [Command(ME, "set", wish)])
    hand = before(session, "stone", middle(session, "stone"), 0.4)
    play(session, 0.05, [at(session.world, hand)])
    play(session, 0.02, [at(session.world, hand, squeeze=100)])
    assert "stone" in session.world.held
    assert (distance(middle(session, "stone"), hand.position) > 0.1) == flies


def test_a_caption_that_follows_is_there_at_once() -> None:
    lazy, calm = Follower(), Follower()
    head = Transform((0.0, 0.0, 1.6), heading(90.0))
    lazy.step(head, 0.02)
    calm.step(head, 0.02, calm=True)
    assert calm.bearing == pytest.approx(90.0, abs=0.01)
    assert lazy.bearing < 10.0
    calm.step(Transform((0.0, 0.0, 1.6), heading(100.0)), 0.02, calm=True)
    assert calm.bearing == pytest.approx(90.0, abs=0.01), "a small look aside leaves it where it is"


def test_hands_work_as_ever(session: Session) -> None:
    stone = session.world.origin.inverse() @ session.world.places["stone"]
    hand = Hand(grip=Pose.of(stone.position))
    play(session, 0.1, [Person(head=Pose.of((0.0, 0.0, 1.6)), right=hand)])
    play(session, 0.1, [Person(head=Pose.of((0.0, 0.0, 1.6)), right=Hand(grip=hand.grip, squeeze=100))])
    assert "stone" in session.world.held
