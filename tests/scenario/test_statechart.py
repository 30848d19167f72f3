"""States, rules, steps: when they begin, when they end, which comes first."""

from __future__ import annotations

from pathlib import Path

from engine.session import Session
from headset.inputs import Command
from tests.making import play, scene, told

TWO = """
start: one
states:
  one: {rules: {when: after 2 s, go: two}}
  two: {rules: {when: after 3 s, go: end}}
"""


def test_a_timed_rule_fires_exactly_on_its_tick(tmp_path: Path) -> None:
    events = play(Session(scene(tmp_path, TWO)), 10)
    assert told(events, "state_entered", "session_ended") == [
        (0, "state_entered", "one"),
        (200, "state_entered", "two"),
        (500, "session_ended", "made"),
    ]


def test_outer_rules_come_before_inner_ones(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            start: outer
            states:
              outer:
                start: a
                rules: {when: after 1 s, go: other}
                states:
                  a: {rules: {when: after 1 s, go: b}}
                  b: {rules: {when: after 1 s, go: end}}
              other: {rules: {when: after 1 s, go: end}}
            """,
        )
    )
    assert told(play(session, 1.1), "state_entered") == [
        (0, "state_entered", "outer"),
        (0, "state_entered", "outer.a"),
        (100, "state_entered", "other"),
    ]


def test_steps_follow_one_another_and_repeat(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            start: breathe
            states:
              breathe:
                repeat: 2
                steps:
                  - {change: orb.scale, to: 1.0, over: 4 s}
                  - {change: orb.scale, to: 0.5, over: 6 s}
                rules: {when: done, go: end}
            """,
        )
    )
    events = play(session, 30)
    assert told(events, "changed", "session_ended") == [
        (400, "changed", "orb.scale"),
        (1000, "changed", "orb.scale"),
        (1400, "changed", "orb.scale"),
        (2000, "changed", "orb.scale"),
        (2000, "session_ended", "made"),
    ]


def test_a_change_eases_and_a_newer_one_replaces_it(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            start: grow
            states:
              grow:
                do: {change: orb.scale, to: 1.5, over: 2 s}
                rules:
                  - {when: after 1 s, do: {change: orb.scale, to: 0.5, over: 1 s, ease: linear}}
                  - {when: after 5 s, go: end}
            """,
        )
    )
    play(session, 1.0)
    assert session.world.properties[("orb", "scale")] == session.value(("orb", "scale"), 0.99)
    halfway = session.value(("orb", "scale"), 1.0)
    assert isinstance(halfway, float)
    assert abs(halfway - 1.0) < 0.02
    play(session, 0.51)
    assert abs(float(session.world.properties[("orb", "scale")]) - 0.75) < 0.01
    events = play(session, 3)
    assert session.world.properties[("orb", "scale")] == 0.5
    assert len(told(events, "changed")) == 1


def test_leaving_a_state_ends_its_changes_where_they_are(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            start: grow
            states:
              grow:
                do: {change: orb.scale, to: 1.5, over: 2 s, ease: linear}
                rules: {when: after 1 s, go: rest}
              rest: {rules: {when: after 5 s, go: end}}
            """,
        )
    )
    play(session, 4)
    assert abs(float(session.world.properties[("orb", "scale")]) - 1.0) < 1e-9


def test_a_drift_is_as_long_as_its_state_and_stops_at_the_limit(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            start: dusk
            states:
              dusk:
                drift: {environment.sun: -1 deg/s}
                rules: {when: environment.sun < 6 deg or after 60 s, go: night}
              night: {rules: {when: after 5 s, go: end}}
            """,
        )
    )
    start = float(session.world.properties[("environment", "sun")])
    events = play(session, 60)
    entered = {what: tick for tick, _, what in told(events, "state_entered")}
    assert entered["night"] == round((start - 6) * 100) + 1
    assert session.outcome == "finished"


def test_an_only_do_rule_fires_each_time_it_turns_true(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            start: wait
            rules: {when: participant distressed, do: {log: uneasy}}
            states:
              wait: {rules: {when: after 60 s, go: end}}
            """,
        )
    )
    distress = Command("participant", "distress")
    events = play(session, 1, [distress]) + play(session, 1, [distress]) + play(session, 1)
    assert [what for _, _, what in told(events, "logged")] == ["uneasy", "uneasy"]


def test_a_rule_at_the_top_holds_whatever_the_state(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            start: one
            rules: {when: participant distressed, go: calm}
            states:
              one: {rules: {when: after 10 s, go: two}}
              two: {rules: {when: after 10 s, go: end}}
              calm: {rules: {when: after 3 s, go: end}}
            """,
        )
    )
    play(session, 11.5)
    events = play(session, 1, [Command("operator", "distress")])
    assert told(events, "state_entered") == [(1150, "state_entered", "calm")]
    assert not told(play(session, 1, [Command("operator", "distress")]), "state_entered"), "going where one is does nothing"


def test_true_for_a_time_starts_anew_after_a_break(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            start: wait
            states:
              wait:
                rules:
                  - {when: orb.scale > 0.9 for 2 s, go: end}
                  - {when: after 60 s, go: end}
                repeat: 2
                steps:
                  - {change: orb.scale, to: 1.0}
                  - {wait: 1 s}
                  - {change: orb.scale, to: 0.5}
                  - {wait: 1 s}
                  - {change: orb.scale, to: 1.0}
                  - {wait: 4 s}
            """,
        )
    )
    events = play(session, 20)
    assert told(events, "session_ended") == [(400, "session_ended", "made")]


def test_regions_run_at_once_and_resume_takes_up_where_it_was(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            start: both
            rules: {when: after 60 s, go: end}
            states:
              both:
                resume: true
                rules: {when: after 3 s, go: pause}
                regions:
                  left: {start: l1, states: {l1: {rules: {when: after 1 s, go: l2}}, l2: {rules: {when: after 99 s, go: out}}}}
                  right: {start: r1, states: {r1: {rules: {when: after 99 s, go: out}}}}
              pause: {rules: {when: after 1 s, go: both}}
            """,
        )
    )
    play(session, 3.05)
    assert session.state == "pause"
    play(session, 1)
    assert session.state == "both.l2+both.r1"


def test_steps_without_time_cannot_hang_a_session(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            start: spin
            states:
              spin:
                repeat: 1000000
                steps: [{log: round}]
                rules: {when: after 1 s, go: end}
            """,
        )
    )
    assert len(told(play(session, 2), "logged")) == 101
    assert session.outcome == "finished"


def test_a_speaker_ends_the_sentence_and_of_lines_waiting_the_newest_is_kept(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            start: talk
            states:
              talk:
                do: [{say: hello}, {say: bye}, {say: again}]
                rules: {when: after 20 s, go: end}
            """,
        )
    )
    events = play(session, 10)
    assert [(event, what) for _, event, what in told(events, "said", "line_dropped")] == [
        ("said", "hello"),
        ("line_dropped", "bye"),
        ("said", "again"),
    ]


def test_out_leaves_the_inner_states_and_makes_the_outer_one_done(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            start: outer
            states:
              outer:
                start: a
                rules: {when: done, go: after_it}
                states:
                  a: {rules: {when: after 1 s, go: out}}
              after_it: {rules: {when: after 1 s, go: end}}
            """,
        )
    )
    events = play(session, 5)
    assert told(events, "state_entered", "session_ended")[-2:] == [
        (101, "state_entered", "after_it"),
        (201, "session_ended", "made"),
    ]


def test_regions_are_done_when_all_of_them_were_left(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            start: both
            states:
              both:
                rules: {when: done, go: rest}
                regions:
                  left: {start: l1, states: {l1: {rules: {when: after 1 s, go: out}}}}
                  right: {start: r1, states: {r1: {rules: {when: after 3 s, go: out}}}}
              rest: {rules: {when: after 1 s, go: end}}
            """,
        )
    )
    play(session, 2)
    assert session.state == "both.r1"
    assert told(play(session, 2), "state_entered") == [(301, "state_entered", "rest")]


def test_a_rule_can_ask_whether_another_region_is_in_a_state(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            start: both
            states:
              both:
                rules: {when: after 9 s, go: end}
                regions:
                  left: {start: l1, states: {l1: {rules: {when: after 2 s, go: l2}}, l2: {rules: {when: after 60 s, go: out}}}}
                  right:
                    start: r1
                    states:
                      r1: {rules: {when: in l2 or after 60 s, go: r2}}
                      r2: {rules: {when: after 60 s, go: out}}
            """,
        )
    )
    play(session, 2.5)
    assert session.state == "both.l2+both.r2"


def test_what_a_rule_begins_as_it_goes_outlives_the_state_it_leaves(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            start: one
            states:
              one:
                rules: {when: after 1 s, do: {change: orb.scale, to: 1.5, over: 2 s}, go: two}
              two: {rules: {when: after 5 s, go: end}}
            """,
        )
    )
    play(session, 4)
    assert session.world.properties[("orb", "scale")] == 1.5
