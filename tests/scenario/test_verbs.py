"""Each verb: what it does to the world, and what it says in the log."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.session import Session
from engine.spec.model import SceneSpec
from engine.world import build
from engine.world.standing import Standing, spot_before
from engine.world.vectors import distance, heading, heading_to, rotate
from headset.inputs import Person, Pose
from tests.interaction.ward import ward
from tests.making import play, scene, told

SOUNDS = """
sounds:
  shore: {use: lake_shore}
  birds: {use: birds}
"""


def doing(folder: Path, action: str, more: str = "") -> SceneSpec:
    return scene(folder, f"rules: [{{when: after 1 s, do: {action}}}, {{when: after 9 s, go: end}}]", more)


def test_teleport_puts_the_participant_before_a_thing_facing_it(tmp_path: Path) -> None:
    session = Session(doing(tmp_path, "{teleport: seat}"))
    spot = spot_before(session.world, "seat")
    # One who has turned to the right and walked a step stands there all the same, and faces it.
    head = Pose.of((0.4, 0.3, 1.6), heading(90.0))
    events = play(session, 2, [Person(head=head)])
    (gone,) = [event for event in events if event.event == "teleported"]
    assert (gone.tick, gone.who, gone.what) == (100, "scenario", "seat")
    assert events[gone.cause or 0].event == "rule_fired"
    now = session.world.head("participant")
    assert spot is not None
    assert now is not None
    x, y, z = spot.position
    assert distance(now.position, (x, y, z + 1.6)) < 1e-6
    ahead, wanted = now.direction((0.0, 1.0, 0.0)), spot.direction((0.0, 1.0, 0.0))
    assert distance(ahead, wanted) < 1e-3
    facing = heading_to(spot.position, session.world.places["seat"].position)
    assert distance(wanted, rotate(facing, (0.0, 1.0, 0.0))) < 1e-6


def test_a_teleport_that_would_take_too_long_is_dropped_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go = "do: {teleport: board}"
    session = Session(
        ward(tmp_path, f"rules: [{{when: after 1 s, {go}}}, {{when: after 2 s, {go}}}, {{when: after 9 s, go: end}}]")
    )
    standing = session._scenario.doer.standing
    monkeypatch.setattr("engine.scenario.actions.BUDGET", standing.work)
    play(session, 0.5)
    at_rest = standing.work
    session.world.properties[("bed", "backrest")] = 60.0
    assert standing.work > at_rest, "the back of the bed and the patient on it are boxes that are to be looked at anew"
    before = session.world.origin
    (fault,) = [event for event in play(session, 1) if event.event == "fault"]
    assert (fault.tick, fault.what, session.world.origin) == (100, "teleport board", before)
    assert "an action has" in fault.because
    assert "the participant stays" in fault.because
    session.world.properties[("bed", "backrest")] = 0.0
    assert told(play(session, 1), "teleported", "fault") == [(200, "teleported", "board")]


def test_what_a_teleport_may_take_goes_by_the_world_and_not_by_what_was_asked_before(tmp_path: Path) -> None:
    one, two = (Standing(build(ward(tmp_path))) for _ in range(2))
    for standing in (one, two):
        standing.world.properties[("bed", "backrest")] = 30.0
    one.before("board")
    assert one.work == two.work
    assert one.before("board") == two.before("board")


def test_a_sound_that_is_played_waits_for_that_and_every_other_is_there_from_the_start(tmp_path: Path) -> None:
    session = Session(doing(tmp_path, "[{play: birds}, {stop: shore}, {stop: shore}]", SOUNDS))
    play(session, 0.5)
    assert session.world.sounds == {"shore": 0}
    events = play(session, 1)
    assert session.world.sounds == {"birds": 100}
    assert told(events, "sound_began", "sound_ended") == [(100, "sound_began", "birds"), (100, "sound_ended", "shore")]


def test_a_thing_can_vanish_and_come_back(tmp_path: Path) -> None:
    session = Session(doing(tmp_path, "{change: orb.present, to: false}"))
    play(session, 0.5)
    assert session.world.present("orb")
    assert told(play(session, 1), "changed") == [(100, "changed", "orb.present")]
    assert not session.world.present("orb")


def test_what_is_drawn_comes_from_the_seed(tmp_path: Path) -> None:
    variables = "variables: {side: {default: left, choices: [left, middle, right]}, dice: {default: 1, range: 1 to 6}}"
    spec = doing(tmp_path, "[{draw: side}, {draw: dice}]", variables)

    def drawn(seed: int) -> list[object]:
        events = play(Session(spec, seed), 2)
        return [event.value for event in events if event.event == "drawn"]

    assert drawn(7) == drawn(7)
    many = [drawn(seed) for seed in range(40)]
    assert {pair[0] for pair in many} == {"left", "middle", "right"}
    assert {pair[1] for pair in many} == {1.0, 2.0, 3.0, 4.0, 5.0, 6.0}
    session = Session(spec, 7)
    play(session, 2)
    assert [session.world.value(("side",)), session.world.value(("dice",))] == drawn(7)


def test_log_and_haptic_are_events_and_wait_lets_time_pass(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            steps: [{log: first}, {wait: 1.5 s}, {haptic: stone, pattern: pulse}]
            rules: [{when: done, go: end}, {when: after 1 min, go: end}]
            """,
        )
    )
    events = play(session, 3)
    assert told(events, "logged", "haptic", "session_ended") == [
        (0, "logged", "first"),
        (150, "haptic", "stone"),
        (150, "session_ended", "made"),
    ]
    assert next(event.value for event in events if event.event == "haptic") == "pulse"
