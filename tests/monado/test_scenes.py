"""Scenes are played in the headset by someone with two hands, who does what each asks for when it asks.

The someone is a body of the rehearsal's, who knows where hands must go. All that the session learns of them comes through the
runtime: poses, squeeze, trigger and buttons are those of Monado's remote headset and controllers.

Nothing is drawn, so that it takes no longer than the scenes do. With `ABATON_PICTURES=1`, on a machine that has nothing else to
do, the key moments are, as the runtime gets them, into $ABATON_OUT/scenes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from engine.host.rerun import replay
from engine.rehearsal.bodies import Chapter, parting, story_of
from engine.rehearsal.bodies.asked import Asked
from engine.rehearsal.bodies.hands import Handed
from engine.rehearsal.traits import CAREFUL
from engine.session import Event, Session
from engine.spec.load import load_scene
from engine.world.vectors import Transform, add, distance, look_at
from headset.inputs import FULL, SIDES, Hand, Person
from headset.inputs import Pose as Placed
from tests.monado.remote import Controller, Head, Pose, Remote, Touchable
from tests.monado.remote import Person as Worn
from tests.monado.visit import Script, Visit, take_picture, visit

pytestmark = [pytest.mark.monado, pytest.mark.gl, pytest.mark.slow]

QUICK = replace(CAREFUL, reaction=0.02)
"""People who do not stop to think: seconds in the headset are seconds of the suite."""

STEP = 5
"""Ticks of the someone's own time from frame to frame, however late frames are: nobody's hand jumps on a slow machine."""

DRAWN = "ABATON_PICTURES" in os.environ
PATIENCE = 900.0 if DRAWN else 120.0
"""Seconds: after a frame that was drawn slowly, Monado asks for the next ones slowly too, for minutes on software GL."""

ARRIVED = 0.001
"""Metres between where a hand is and where the session knows it to be."""


class Someone:
    """Two hands of the rehearsal's, in Monado's headset and on its controllers."""

    def __init__(self, visiting: Visit, remote: Remote) -> None:
        self.visiting = visiting
        self.remote = remote
        self.asked = Asked(visiting.session)
        self.hands = Handed(visiting.session, self.asked, people=QUICK)
        self.lived = 0
        """Ticks of their own time."""
        self._sent: Person | None = None
        self._told = 0

    def live(self, until: Callable[[], bool]) -> Script:
        """Do what the scene asks for until something is so."""
        for _ in self.visiting.until(until, PATIENCE):
            self._hear()
            # Who sees what they do moves on only when the session knows where they are.
            if self._sent is None or self._arrived(self._sent):
                self._move()
            yield

    def live_on(self, ticks: int) -> Script:
        """Go on for some ticks of their own time."""
        end = self.lived + ticks
        yield from self.live(lambda: self.lived >= end)

    def squeeze(self) -> None:
        """Close both hands, wherever they are."""
        self.hands.body.squeeze = dict.fromkeys(SIDES, FULL)
        self.hands.body.stir()

    def _hear(self) -> None:
        new = self.visiting.events[self._told :]
        self._told += len(new)
        self.asked.note(new)

    def _move(self) -> None:
        for _ in range(STEP):
            self._sent = self.hands.person(self.lived)
            self.lived += 1
        assert self._sent is not None
        self.remote.send(worn(self._sent))

    def _arrived(self, sent: Person) -> bool:
        now = self.visiting.person
        pairs = [(sent.head, now.head), *((sent.hand(side).grip, now.hand(side).grip) for side in SIDES)]
        return all(one and other and distance(one.metres, other.metres) <= ARRIVED for one, other in pairs)


def worn(person: Person) -> Worn:
    """A person as the remote driver has to say them."""
    assert person.head is not None
    return Worn(Head(pose(person.head)), controller(person.left), controller(person.right))


def controller(hand: Hand) -> Controller:
    """A hand that holds a controller."""
    assert hand.grip is not None
    return Controller(pose(hand.grip), squeeze=hand.squeeze / FULL)


def pose(ours: Placed) -> Pose:
    """A pose of ours, z up, as OpenXR says it."""
    (x, y, z), (w, i, j, k) = ours.metres, ours.quaternion
    return Pose((x, z, -y), (i, k, -j, w))


def placed(place: Transform) -> Placed:
    """A place in the person's own space as a driver says it."""
    found = Placed.of(place.position, place.turn)
    assert found is not None
    return found


def keep_picture(visiting: Visit, name: str) -> Script:
    """Both eyes as the runtime gets them now, kept beside the suite's report for people to look at, if anybody asked for it."""
    if visiting.view is None:
        return
    visiting.shows = True
    picture = yield from take_picture(visiting)
    visiting.shows = False
    folder = Path(os.environ["ABATON_OUT"]) / "scenes"
    folder.mkdir(parents=True, exist_ok=True)
    Image.fromarray(picture).save(folder / f"{name}.png")


def told_without_a_headset(scene: str) -> Sequence[Chapter]:
    """The story of the same someone in virtual time, at the headset's pace of frames, to its end."""
    session = Session(load_scene(scene), seed=7)
    asked = Asked(session)
    hands = Handed(session, asked, people=QUICK)
    events: list[Event] = []
    person: list[Person] = []
    while not session.over:
        new = session.step(session.tick + STEP, person)
        asked.note(new)
        events += new
        person = [hands.person(session.tick) for _ in range(STEP)][-1:]
    return story_of(events, session.scene, session.world)


def because(visiting: Visit) -> tuple[str, str]:
    """How the session ended, and why."""
    last = visiting.events[-1]
    assert last.event == "session_ended"
    return str(last.value), last.because


def test_in_the_bay_the_mask_is_fitted_the_dial_turned_the_bell_pressed_and_the_patient_sat_up(
    remote: Remote, tmp_path: Path
) -> None:
    def script(visiting: Visit, someone: Someone) -> Script:
        world = visiting.session.world
        yield from visiting.until(lambda: "focused" in visiting.links())
        visiting.shows = False
        yield from someone.live(lambda: world.fitted.get("mask") == ("patient", "face"))
        yield from keep_picture(visiting, "bay_1_mask_fitted")
        yield from someone.live(lambda: float(world.value(("oxygen", "flow"))) >= 10.0)
        yield from keep_picture(visiting, "bay_2_ten_litres")
        yield from someone.live(lambda: ("participant", "raised", "bell.pressed") in visiting.told("raised"))
        yield from keep_picture(visiting, "bay_3_bell_pressed")
        yield from someone.live(lambda: ("participant", "released", "bed.lever") in visiting.told("released"))
        yield from keep_picture(visiting, "bay_4_sat_up")
        yield from someone.live_on(100)
        assert visiting.session.state == "treated"
        assert someone.hands.failures == []
        someone.squeeze()
        yield from someone.live(lambda: visiting.session.over)

    with visit(scene="breathless_bay", drawn=DRAWN) as visiting:
        recording = visiting.record(tmp_path)
        visiting.play(script(visiting, Someone(visiting, remote)))
        assert because(visiting) == ("left", "both hands squeezed for 2 s with nothing in them")
        met = {event.what for event in visiting.events if event.event == "item_met"}
        assert met == {"help_called", "oxygen_in_time", "sat_up"}
        story = story_of(visiting.events, visiting.session.scene, visiting.session.world)
        before = story[:-1]  # they left; who stays goes on
        assert parting(before, told_without_a_headset("breathless_bay")[: len(before)]) == ""
    assert replay(recording).same


def test_welcome_is_finished(remote: Remote) -> None:
    def script(visiting: Visit, someone: Someone) -> Script:
        yield from visiting.until(lambda: "focused" in visiting.links())
        visiting.shows = False
        yield from someone.live(lambda: visiting.session.state == "press")
        yield from someone.live(lambda: visiting.session.state == "pick")
        yield from keep_picture(visiting, "welcome_1_button_pressed")
        yield from someone.live(lambda: visiting.session.world.held.get("stone") is not None)
        yield from keep_picture(visiting, "welcome_2_stone_taken")
        yield from someone.live(lambda: visiting.session.over)
        assert someone.hands.failures == []

    with visit(scene="welcome", drawn=DRAWN) as visiting:
        visiting.play(script(visiting, Someone(visiting, remote)))
        assert because(visiting) == ("finished", "the scenario came to its end")
        story = story_of(visiting.events, visiting.session.scene, visiting.session.world)
        assert parting(story, told_without_a_headset("welcome")) == ""


def test_by_the_lake_the_stone_is_taken_by_the_trigger_of_a_hand_that_points_at_it_and_breathes(remote: Remote) -> None:
    """A hand does not have to come to a thing: it points, a trigger takes it, and what is held is held for the scene too."""

    def script(visiting: Visit) -> Script:
        world = visiting.session.world
        stone, eyes = world.places["stone"].position, world.origin.point((0.0, 0.0, 1.2))
        head = world.origin.inverse() @ Transform(eyes, look_at(eyes, add(stone, (0.0, 0.3, 0.2))))
        remote.head(Head(pose(placed(head))))
        yield from visiting.until(lambda: "focused" in visiting.links())
        visiting.shows = False
        assert visiting.session.state == "breathe"
        before = add(stone, (-0.1, 0.1, 0.4))
        point = world.origin.inverse() @ Transform(before, look_at(before, stone))
        aimed = controller(Hand(grip=placed(point)))
        remote.controllers(right=aimed)
        yield from visiting.until(lambda: ("participant", "right") in world.attention)
        assert world.attention["participant", "right"].thing == "stone"
        remote.controllers(right=replace(aimed, trigger=1.0))
        yield from visiting.until(lambda: world.held.get("stone") == ("participant", "right"))
        yield from visiting.until(lambda: ("scenario", "rule_fired", "breathe.rules[0]") in visiting.told("rule_fired"))
        yield from visiting.frames_pass(6)
        yield from keep_picture(visiting, "lakeside_stone_held")
        assert distance(world.places["stone"].position, before) < 0.1
        remote.controllers(right=replace(aimed, trigger=1.0, b_button=Touchable(click=True)))
        yield from visiting.until(lambda: visiting.session.over)

    with visit(scene="lakeside", drawn=DRAWN) as visiting:
        visiting.let_pass(21.0)
        visiting.play(script(visiting))
        assert because(visiting) == ("left", "menu button held for a second")
