"""Every body finishes every scene with the same story, by what a driver sends; where one cannot, it is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.interaction import deeds, sighted
from engine.library import scenes_folder
from engine.rehearsal.bodies import BODIES, Played, parting, play_body
from engine.rehearsal.bodies.asked import Asked
from engine.rehearsal.bodies.handless import Handless
from engine.rehearsal.bodies.hands import Seated
from engine.rehearsal.traits import CAREFUL
from engine.scenario import speech
from engine.session import Session
from engine.spec.load import load_scene
from engine.spec.model import SceneSpec
from engine.world import World
from engine.world.vectors import distance
from headset.inputs import Command

SCENES = sorted(path.stem for path in scenes_folder().glob("*/*.yaml") if path.stem == path.parent.name)
HANDS = ("two_hands", "left_hand", "right_hand", "captions")
HANDLESS = ("gaze", "eyes", "one_switch", "two_switches", "keyboard")


def changed(tmp_path: Path, scene: str, *changes: tuple[str, str]) -> SceneSpec:
    """A copy of a scene with some of its words exchanged."""
    text = (scenes_folder() / scene / f"{scene}.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / f"{scene}.yaml"
    path.write_text(text, encoding="utf-8")
    return load_scene(path)


def whys(played: Played) -> list[tuple[str, str]]:
    return [(stuck.thing, stuck.why) for stuck in played.stuck]


@pytest.mark.slow
@pytest.mark.parametrize("scene", SCENES)
def test_every_body_finishes_every_scene_with_the_same_story(scene: str) -> None:
    read = load_scene(scene)
    measure = play_body(read, "two_hands")
    assert measure.finished
    for body in BODIES:
        played = play_body(read, body)
        assert played.stuck == ()
        assert played.outcome == "finished"
        assert parting(played.story, measure.story) == ""


@pytest.mark.slow
@pytest.mark.parametrize("body", ["two_hands", "gaze", "one_switch", "keyboard", "seated"])
def test_the_story_is_the_same_at_any_rate_of_frames(body: str) -> None:
    scene = load_scene("breathless_bay")
    measure = play_body(scene, body)
    for every in (2, 3):
        slow = play_body(scene, body, every=every)
        assert slow.stuck == ()
        assert slow.story == measure.story


def test_all_that_a_scene_asks_for_is_in_the_story() -> None:
    told = [str(chapter) for chapter in play_body(load_scene("breathless_bay"), "gaze").story]
    for part in (
        "grabbed mask in untreated.compensated",
        "fitted mask (patient.face) in untreated.compensated",
        "changed oxygen.flow (>= 10) in untreated.compensated",
        "raised bell.pressed in treated",
        "changed bed.backrest (>= 45) in treated",
        "item met oxygen_in_time in untreated.compensated",
        "item met help_called in treated",
        "item met sat_up in treated",
        "raised board.dismissed in debrief",
    ):
        assert part in told
    lake = [str(chapter) for chapter in play_body(load_scene("lakeside"), "one_switch").story]
    assert lake[1:5] == [
        "rule fired arrive.rules[0] in arrive",
        "state entered breathe in arrive",
        "grabbed stone in breathe",
        "rule fired breathe.rules[0] in breathe",
    ]


def test_a_body_sends_only_what_its_driver_would() -> None:
    for name, kind in BODIES.items():
        session = Session(load_scene("breathless_bay"))
        someone = kind.make(session, Asked(session))
        for wish in kind.wishes:
            session.step(session.tick + 1, [Command("participant", "set", wish)])
        for _ in range(3000):
            person = someone.person(session.tick + 1)
            assert (person.gaze is not None) is (name == "eyes")
            assert person.head is not None
            shown = {side for side in ("left", "right") if person.hand(side).grip is not None}
            assert shown == {
                "left_hand": {"left"},
                "right_hand": {"right"},
                **{one: set() for one in HANDLESS},
            }.get(name, {"left", "right"})
            assert person.keys <= {
                "one_switch": {"select"},
                "two_switches": {"next", "select"},
                "keyboard": {"next", "select"},
            }.get(name, set())
            events = session.step(session.tick + 1, [person])
            if isinstance(someone, Handless):
                someone.note(events)


def test_who_sits_never_reaches_further_than_half_a_metre_nor_gets_up() -> None:
    session = Session(load_scene("breathless_bay"))
    seated = BODIES["seated"]
    asked = Asked(session)
    someone = seated.make(session, asked)
    stepped = 0
    session.step(0, [Command("participant", "set", wish) for wish in seated.wishes])
    while not session.over:
        person = someone.person(session.tick + 1)
        assert person.head is not None
        x, y, z = person.head.metres
        # The trunk bends by no more than a lean; all other ways are steps by the stick.
        assert distance((x, y, 0.0), (0.0, 0.0, 0.0)) <= 0.21
        assert 1.05 <= z <= 1.21
        for hand in (person.left, person.right):
            assert hand.grip is not None
            # From the breast, which lies up to a shoulder's width away from the arm that reaches.
            assert distance(hand.grip.metres, (x, y, z - 0.3)) <= 0.5 + 0.19
        events = session.step(session.tick + 1, [person])
        asked.note(events)
        stepped += sum(event.event == "moved" for event in events)
    assert stepped >= 1
    assert session.outcome == "finished"


@pytest.mark.slow
def test_a_dial_without_deeds_stops_who_has_no_hands_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    everything = deeds.deeds_of

    def without(world: World, thing: str) -> Iterator[deeds.Deed]:
        return (deed for deed in everything(world, thing) if thing != "oxygen")

    monkeypatch.setattr(deeds, "deeds_of", without)
    monkeypatch.setattr(sighted, "deeds_of", without)
    scene = load_scene("breathless_bay")
    for body in ("gaze", "one_switch", "keyboard"):
        played = play_body(scene, body)
        assert not played.finished
        assert ("oxygen", "no deed 'step_up' is offered") in whys(played)
        assert played.stuck[0].state == "untreated.compensated"
        assert str(played.stuck[0]).startswith("in untreated.compensated: cannot turn oxygen.dial to >= 10: ")
    assert play_body(scene, "two_hands").finished


@pytest.mark.slow
def test_a_bell_that_is_not_there_stops_everyone_and_is_named(tmp_path: Path) -> None:
    scene = changed(tmp_path, "breathless_bay", ("at: [1.1 m, 1.1 m]}", "at: [1.1 m, 1.1 m], present: false}"))
    for body in (*HANDS, "seated"):
        assert whys(play_body(scene, body)) == [("bell", "cannot be seen")]
    for body in HANDLESS:
        assert whys(play_body(scene, body)) == [("bell", "bell is not there")]


@pytest.mark.slow
def test_a_bell_behind_a_wall_is_found_on_foot_and_named_by_who_cannot_turn_their_head(tmp_path: Path) -> None:
    scene = changed(
        tmp_path,
        "breathless_bay",
        (
            "bell:    {use: call_button, against: bay.north, at: [1.1 m, 1.1 m]}",
            "bell:    {use: call_button, against: bay.south, at: [-1.3 m, 1.1 m]}",
        ),
    )
    for body in ("two_hands", *HANDLESS):
        stuck = [("bell", "it is not seen from where they are")] if body == "eyes" else []
        assert whys(play_body(scene, body)) == stuck


@pytest.mark.slow
def test_a_stone_out_of_reach_stops_hands_and_nobody_else(tmp_path: Path) -> None:
    far = (
        "stone:   {use: smooth_stone, rests_on: seat, at: [0.4 m, 0 m]}",
        "stone:   {use: smooth_stone, rests_on: dock, at: [0 m, 2 m]}",
    )
    scene = changed(tmp_path, "lakeside", far)
    for body in (*HANDS, "seated"):
        assert whys(play_body(scene, body)) == [("stone", "cannot be reached")]
    for body in HANDLESS:
        assert play_body(scene, body).finished


def test_who_sits_needs_the_reach_that_they_wish_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def short(session: Session, asked: Asked) -> Seated:
        return Seated(session, asked)

    kind = BODIES["seated"]
    monkeypatch.setattr("engine.rehearsal.bodies.play.BODIES", {"seated": type(kind)("seated", kind.doc, short, kind.wishes[:1])})
    played = play_body(load_scene("breathless_bay"), "seated")
    assert {thing for thing, why in whys(played) if why == "cannot be reached"} == {"mask", "bed"}


@pytest.mark.parametrize("body", [*HANDS, "seated"])
def test_arms_too_short_are_named(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.rehearsal.body.LEAN", 0.0)
    monkeypatch.setattr("engine.rehearsal.body.SEATED_LEAN", 0.0)
    short = replace(CAREFUL, reach=0.12)
    monkeypatch.setattr("engine.rehearsal.bodies.hands.CAREFUL", short)
    stuck = whys(play_body(load_scene("lakeside"), body))
    assert stuck == [("stone", "cannot be reached")]


def test_who_hears_nothing_is_stopped_by_what_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = load_scene("welcome")
    assert play_body(scene, "captions").finished
    unread = play_body(scene, "captions", wishes=("captions=off",))
    assert {why for _, why in whys(unread)} == {"no captions are shown"}
    assert play_body(scene, "two_hands", wishes=("captions=off",)).finished
    monkeypatch.setattr(speech, "SHORTEST_LINE", 0.5)
    monkeypatch.setattr(speech, "SECONDS_PER_CHARACTER", 0.01)
    assert str(play_body(scene, "captions").stuck[0]).startswith(
        "in look: cannot read 'look_there' of guide: it is written for 0.5 s"
    )


def test_a_scene_that_does_not_end_is_ended_and_not_called_finished() -> None:
    played = play_body(load_scene("lakeside"), "two_hands", longest=30.0)
    assert (played.outcome, played.seconds, played.finished) == ("left", 30.0, False)


def test_the_same_body_plays_the_same_again() -> None:
    scene = load_scene("breathless_bay")
    assert play_body(scene, "seated") == play_body(scene, "seated")


@pytest.mark.parametrize("scenario", ["TWICE", "IN_TURN"])
def test_a_state_that_is_entered_asks_for_what_was_done_before(scenario: str, tmp_path: Path) -> None:
    path = tmp_path / "made.yaml"
    path.write_text(ROOM + (TWICE if scenario == "TWICE" else IN_TURN), encoding="utf-8")
    for body in BODIES:
        played = play_body(load_scene(path), body)
        assert played.finished
        assert [chapter.subject for chapter in played.story if chapter.event == "raised"] == ["bell.pressed"] * 2


def test_nothing_is_asked_for_twice(tmp_path: Path) -> None:
    path = tmp_path / "made.yaml"
    path.write_text(ROOM + ONCE, encoding="utf-8")
    for body in BODIES:
        played = play_body(load_scene(path), body)
        assert [chapter.subject for chapter in played.story if chapter.event == "raised"] == ["bell.pressed"]


ROOM = """\
spec: 1
language: en
rooms:
  bay: {size: [4 m, 4 m, 2.7 m]}
props:
  bell: {use: call_button, against: bay.north, at: [0.5 m, 1.1 m]}
variables:
  rounds: {default: 0, range: 0 to 9}
people:
  participant: {in: bay}
text:
  title: A bell
"""

TWICE = """\
scenario:
  start: waiting
  rules: {when: after 5 min, go: end}
  states:
    waiting:
      do: {change: rounds, add: 1}
      rules: [{when: bell pressed, go: rung}, {when: after 2 min, go: end}]
    rung:
      rules: [{when: rounds >= 2 and after 2 s, go: end}, {when: after 4 s, go: waiting}]
"""

IN_TURN = """\
scenario:
  start: first
  states:
    first: {rules: [{when: bell pressed, go: second}, {when: after 2 min, go: end}]}
    second: {rules: [{when: bell pressed, go: end}, {when: after 2 min, go: end}]}
"""

ONCE = """\
scenario:
  start: waiting
  rules: {when: bell pressed, do: {log: rung}}
  states:
    waiting: {rules: [{when: bell pressed, do: {log: rung_too}}, {when: after 40 s, go: end}]}
"""


FAR_BELL = """\
spec: 1
language: en
rooms:
  bay: {size: [4 m, 3 m, 2.6 m]}
  corridor: {size: [6 m, 2.4 m, 2.6 m], south_of: bay, at: 1 m}
openings:
  door: {use: clinic_door, against: bay.south, open: OPEN}
props:
  bell: {use: call_button, against: corridor.north, at: [1.9 m, 1.1 m]}
people:
  participant: {in: bay, at: [0 m, 0.4 m], facing: south}
scenario:
  start: wait
  states:
    wait:
      rules:
        - {when: bell pressed, go: end}
        - {when: after 90 s, go: end}
text:
  title: A bell round the corner
"""


@pytest.mark.parametrize("body", [*HANDLESS, "two_hands"])
def test_who_has_no_hands_goes_to_what_is_out_of_sight(tmp_path: Path, body: str) -> None:
    path = tmp_path / "far_bell.yaml"
    path.write_text(FAR_BELL.replace("OPEN", "95 deg"), encoding="utf-8")
    played = play_body(load_scene(path), body)
    assert (played.outcome, whys(played)) == ("finished", [])
    assert played.seconds < 85.0
    assert "raised" in [chapter.event for chapter in played.story]


@pytest.mark.parametrize("body", ["gaze", "two_switches"])
def test_a_door_that_is_shut_keeps_them_from_it_and_that_is_named(tmp_path: Path, body: str) -> None:
    path = tmp_path / "far_bell.yaml"
    path.write_text(FAR_BELL.replace("OPEN", "0 deg").replace("after 90 s", "after 45 s"), encoding="utf-8")
    assert whys(play_body(load_scene(path), body)) == [("bell", "it is not seen from where they are")]
