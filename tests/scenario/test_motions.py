"""Values that move: which motion holds, what a limit does, and numbers that grow out of hand."""

from __future__ import annotations

from pathlib import Path

from engine.session import Session
from headset.inputs import Command
from tests.making import play, scene, told

SUN = ("environment", "sun")


def test_a_drift_past_its_limit_is_held_there_and_said_once(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, "drift: {orb.scale: +1/s}\nrules: {when: after 1 min, go: end}"))
    events = play(session, 30)
    (reached,) = [event for event in events if event.event == "limit_reached"]
    slot = session.world.bodies["orb"].card.live["scale"]
    assert slot.high is not None
    assert (reached.what, reached.value) == ("orb.scale", slot.high)
    assert reached.tick == round((slot.high - 0.5) * 100)
    assert session.world.value(("orb", "scale")) == slot.high


def test_a_drift_goes_on_from_where_a_newer_change_leaves_the_value(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            drift: {environment.sun: -0.1 deg/s}
            rules:
              - {when: after 1 s, do: {change: environment.sun, to: 20 deg}}
              - {when: after 3 s, do: {change: environment.sun, to: 10 deg, over: 2 s, ease: linear}}
              - {when: after 1 min, go: end}
            """,
        )
    )
    values = []
    for second in (2, 4, 6):
        play(session, second - (session.tick + 1) / 100 + 0.01)
        values.append(round(float(session.world.value(SUN)), 6))
    assert values == [19.9, 14.9, 9.9], "20 less a second's drift; half way from 19.8 to 10; 10 less a second's drift"


def test_an_inner_drift_holds_while_its_state_lasts_and_then_the_outer_one_goes_on(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            start: fast
            drift: {environment.sun: -0.1 deg/s}
            rules: {when: after 1 min, go: end}
            states:
              fast: {drift: {environment.sun: -1 deg/s}, rules: {when: after 2 s, go: slow}}
              slow: {rules: {when: after 1 min, go: fast}}
            """,
        )
    )
    start = float(session.world.value(SUN))
    play(session, 2.01)
    assert round(start - float(session.world.value(SUN)), 6) == 2.0
    play(session, 1)
    assert round(start - float(session.world.value(SUN)), 6) == 2.1


def test_of_two_changes_in_one_tick_the_newer_holds_and_the_log_says_so(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            rules:
              - {when: after 1 s, do: [{change: orb.scale, to: 0.7}, {change: orb.scale, to: 0.9}]}
              - {when: after 2 s, go: end}
            """,
        )
    )
    events = play(session, 3)
    assert told(events, "changed", "overruled") == [
        (100, "changed", "orb.scale"),
        (100, "overruled", "orb.scale"),
        (100, "changed", "orb.scale"),
    ]
    assert session.world.value(("orb", "scale")) == 0.9


def test_a_change_beyond_a_limit_is_held_there_and_says_so(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            "rules: [{when: participant distressed, do: {change: score, add: 4}}, {when: after 1 min, go: end}]",
            "variables: {score: {default: 0, range: 0 to 6}}",
        )
    )
    events = []
    for _ in range(2):
        events += play(session, 0.5, [Command("participant", "distress")])
    assert [(event.value, event.because) for event in events if event.event == "changed"] == [
        (4.0, ""),
        (6.0, "held at its limit"),
    ]


def test_a_number_that_overflows_is_bounded_said_once_and_leaves_the_person_free_to_go(tmp_path: Path) -> None:
    huge = "999999 * 999999 * 999999"
    session = Session(
        scene(
            tmp_path,
            f"""
            rules:
              - {{when: score * {huge} - score * {huge} > 5, do: {{log: more}}}}
              - {{when: score * {huge} > 5, do: {{change: score, to: score * {huge}}}}}
              - {{when: after 1 min, go: end}}
            """,
            "variables: {score: {default: 2.5, range: 0 to 5}}",
        )
    )
    events = play(session, 1)
    faults = [event for event in events if event.event == "fault"]
    assert faults
    assert len({fault.what for fault in faults}) == len(faults), "each place is said once"
    assert all("is held there" in fault.because and fault.what.startswith("made.yaml:") for fault in faults)
    assert not told(events, "logged"), "two numbers held at the same bound are equal, not NaN"
    assert session.world.value(("score",)) == 5.0
    play(session, 0.01, [Command("participant", "leave")])
    assert session.outcome == "left"
