"""A scene that is changed while it plays: what goes on, what begins again, and that the log says which."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.session import Event, Session
from engine.session.log import line
from engine.session.reload import succeed
from engine.spec.load import load_scene
from tests.making import play, reaching, scene, told

STORY = """
start: calm
drift: {environment.sun: -0.1 deg/s}
rules: {when: stone held, do: {haptic: stone, pattern: tap}}
states:
  calm: {do: {say: hello}, rules: {when: after 2 s, go: deep}}
  deep:
    repeat: 3
    steps: [{change: orb.scale, to: 0.8, over: 1 s}, {change: orb.scale, to: 0.6, over: 1 s}]
    rules: {when: after 20 s, go: last}
  last: {do: {say: bye}, rules: {when: after 1 s, go: end}}
"""


def changed(
    folder: Path, before: Session, *pairs: tuple[str, str], story: str = STORY, more: str = ""
) -> tuple[Session, list[Event]]:
    """The session of a scene in which some words were replaced, having taken over; and the events of that."""
    (folder / "new").mkdir(exist_ok=True)
    scene(folder / "new", story, more)
    path = folder / "new" / "made.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    after = Session(load_scene(path), before.seed)
    return after, succeed(after, before)


@pytest.fixture
def playing(tmp_path: Path) -> Session:
    """Half a second into the second step of the state `deep`; the stone was taken and laid elsewhere."""
    session = Session(scene(tmp_path, STORY), 5)
    play(session, 3.5)
    return session


def test_an_unchanged_scene_goes_on_as_if_nothing_had_been(tmp_path: Path, playing: Session) -> None:
    alone = Session(playing.scene, 5)
    alone.restore(playing.snapshot())
    after, events = changed(tmp_path, playing)
    assert [(one.event, one.value) for one in events] == [("reloaded", "went on")]
    expected = [(one.tick, one.event, one.what, one.value) for one in play(alone, 30.0)]
    found = [(one.tick, one.event, one.what, one.value) for one in play(after, 30.0)]
    sun = ("limit_reached", "changed")
    assert [one for one in found if one[1] not in sun] == [one for one in expected if one[1] not in sun]
    assert after.outcome == alone.outcome == "finished"
    assert after.world.value(("orb", "scale")) == alone.world.value(("orb", "scale"))
    assert after.world.value(("environment", "sun")) == pytest.approx(alone.world.value(("environment", "sun")))


def test_the_log_goes_on_with_the_new_digest(tmp_path: Path, playing: Session) -> None:
    count = playing.snapshot()["count"]
    after, events = changed(tmp_path, playing, ("title: A test", "title: Another"))
    (event,) = events
    assert json.loads(line(event)) == {
        "because": f"scene {after.scene.digest}",
        "event": "reloaded",
        "n": count,
        "state": "deep",
        "tick": playing.tick,
        "value": "went on",
        "what": "made",
        "who": "engine",
    }
    assert after.scene.digest != playing.scene.digest


def test_a_moved_thing_is_where_it_is_said_now_and_the_rest_where_it_was_laid(tmp_path: Path, playing: Session) -> None:
    hand = reaching(playing, "stone", squeeze=100)
    play(playing, 0.1, [reaching(playing, "stone")])
    play(playing, 0.2, [hand])
    assert playing.world.held == {"stone": ("participant", "right")}
    lifted = reaching(playing, "stone", squeeze=100, away=0.3)
    play(playing, 0.2, [lifted])
    laid = playing.world.places["stone"]
    after, events = changed(
        tmp_path,
        playing,
        ("orb: {use: breath_orb, origin: seat, at: [0 m, 6.2 m", "orb: {use: breath_orb, origin: seat, at: [1 m, 6.2 m"),
    )
    assert [one.event for one in events][-1] == "reloaded"
    assert "released" in [one.event for one in events]
    assert after.world.held == {}
    assert after.world.places["stone"] == laid
    assert after.world.places["orb"].position[0] - playing.world.places["orb"].position[0] == pytest.approx(1.0)


def test_a_value_goes_on_unless_its_start_was_changed(tmp_path: Path, playing: Session) -> None:
    now = playing.world.value(("orb", "scale"))
    after, _ = changed(tmp_path, playing, ("hello: Hello there", "hello: Welcome"))
    assert after.world.value(("orb", "scale")) == now != 0.5
    other, _ = changed(tmp_path, after, ("scale: 0.5", "scale: 0.3"))
    assert other.world.value(("orb", "scale")) == pytest.approx(0.3)


def test_the_person_stays_and_the_clock_goes_on(tmp_path: Path, playing: Session) -> None:
    play(playing, 0.1, [reaching(playing, "stone")])
    after, _ = changed(tmp_path, playing, ("hello: Hello there", "hello: Welcome"))
    assert (after.tick, after.world.clock, after.state) == (playing.tick, playing.world.clock, "deep")
    assert after.world.people == playing.world.people


def test_a_rule_that_was_changed_holds_from_now_on(tmp_path: Path, playing: Session) -> None:
    after, _ = changed(tmp_path, playing, ("after 20 s", "after 3 s"))
    entered = told(play(after, 3.0), "state_entered")
    assert entered == [(500, "state_entered", "last")]


def test_a_drift_that_was_changed_goes_on_from_where_it_is(tmp_path: Path, playing: Session) -> None:
    before = playing.world.value(("environment", "sun"))
    after, _ = changed(tmp_path, playing, ("-0.1 deg/s", "-1 deg/s"))
    play(after, 1.0)
    assert after.world.value(("environment", "sun")) == pytest.approx(before - 1.0)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("deep", "deeper", "the scenario has no state 'deep' any more"),
        (", {change: orb.scale, to: 0.6, over: 1 s}]", "]", "deep has no step 2 any more"),
        ("    repeat: 3\n", "    start: in_it\n    states: {in_it: {do: {say: bye}}}\n", "deep has other states inside"),
    ],
)
def test_a_scenario_that_cannot_go_on_begins_again_and_says_why(
    tmp_path: Path, playing: Session, old: str, new: str, why: str
) -> None:
    play(playing, 0.1, [reaching(playing, "stone")])
    story = STORY.replace(old, new)
    after, events = changed(tmp_path, playing, story=story)
    reloaded = next(one for one in events if one.event == "reloaded")
    assert (reloaded.value, reloaded.because) == ("began again", f"scene {after.scene.digest}; {why}")
    assert told(events, "state_entered") == [(playing.tick, "state_entered", "calm")]
    assert (after.tick, after.world.clock) == (playing.tick, 0)
    assert after.world.people == playing.world.people
    assert after.world.value(("orb", "scale")) == 0.5
    assert next(one for one in play(after, 3.0) if one.event == "state_entered").cause is not None


def test_a_thing_that_is_gone_takes_all_that_it_did_with_it(tmp_path: Path, playing: Session) -> None:
    story = STORY.replace("rules: {when: stone held, do: {haptic: stone, pattern: tap}}\n", "", 1)
    after, events = changed(
        tmp_path, playing, ("  stone: {use: smooth_stone, rests_on: seat, at: [0.4 m, 0 m]}\n", ""), story=story
    )
    assert [(one.event, one.value) for one in events] == [("reloaded", "went on")]
    assert "stone" not in after.world.places
    play(after, 30.0)
    assert after.outcome == "finished"


def test_what_is_being_said_says_its_new_words(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, STORY))
    play(session, 0.5)
    after, _ = changed(tmp_path, session, ("hello: Hello there", "hello: Welcome"))
    assert [one.text for one in after.world.lines.values()] == ["Welcome"]


def test_a_session_that_is_over_stays_so_in_words_and_begins_again(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, STORY.replace("after 20 s", "after 1 s").replace("repeat: 3", "repeat: 1")))
    play(session, 8.0)
    assert session.over
    _, events = changed(tmp_path, session)
    assert next(one for one in events if one.event == "reloaded").because.endswith("the scenario was over")
