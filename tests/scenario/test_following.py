"""Which rules are followed when several are true in one tick: SCXML's order turned round, nothing seen twice, nothing lost."""

from __future__ import annotations

from pathlib import Path

from engine.session import Session
from engine.world.vectors import look_at
from headset.inputs import Command, Person, Pose
from tests.making import play, scene, told

DISTRESS = Command("participant", "distress")


def test_a_moment_flag_is_seen_by_every_region_though_an_outer_rule_goes(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            start: both
            rules: [{when: participant distressed, go: l2}, {when: after 1 min, go: end}]
            states:
              both:
                regions:
                  left: {start: l1, states: {l1: {rules: {when: after 50 s, go: l2}}, l2: {rules: {when: after 50 s, go: l1}}}}
                  right:
                    start: r1
                    states:
                      r1: {rules: {when: participant distressed, go: r2}}
                      r2: {rules: {when: after 50 s, go: r1}}
            """,
        )
    )
    play(session, 1)
    events = play(session, 0.01, [DISTRESS])
    assert told(events, "state_entered") == [(100, "state_entered", "both.l2"), (100, "state_entered", "both.r2")]


def test_of_two_rules_that_leave_the_same_state_only_the_outer_one_is_followed(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            start: care
            rules: [{when: participant distressed, go: calm}, {when: after 1 min, go: end}]
            states:
              care:
                start: a
                rules: {when: participant distressed, do: {log: outer}}
                states:
                  a: {rules: [{when: participant distressed, go: b, do: {log: inner}}]}
                  b: {rules: {when: after 9 s, go: a}}
              calm: {rules: {when: participant distressed, do: {log: too_late}}}
            """,
        )
    )
    events = play(session, 1, [DISTRESS])
    assert told(events, "rule_fired", "state_entered", "logged")[2:] == [
        (0, "rule_fired", "scenario.rules[0]"),
        (0, "state_entered", "calm"),
    ], "what was left, and what was entered, no longer sees the flag"


def test_what_an_outer_rule_has_just_entered_is_not_left_in_the_same_tick(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            start: care
            rules: [{when: participant distressed, go: second}, {when: after 1 min, go: end}]
            states:
              care:
                start: first
                rules: {when: participant distressed, go: calm}
                states: {first: {rules: {when: after 9 s, go: second}}, second: {rules: {when: after 9 s, go: first}}}
              calm: {rules: {when: after 9 s, go: care}}
            """,
        )
    )
    play(session, 1)
    play(session, 1, [DISTRESS])
    assert session.state == "care.second"


def test_rules_that_only_do_are_not_shadowed_by_one_that_goes(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            start: one
            rules:
              - {when: participant distressed, go: two}
              - {when: participant distressed, do: {log: heard}}
              - {when: after 1 min, go: end}
            states: {one: {rules: {when: after 30 s, go: two}}, two: {rules: {when: after 30 s, go: one}}}
            """,
        )
    )
    assert told(play(session, 1, [DISTRESS]), "logged") == [(0, "logged", "heard")]


def test_no_rule_sees_what_another_does_in_the_same_tick(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            rules:
              - {when: after 1 s, do: {change: score, to: 5}}
              - {when: score > 3, do: {log: high}}
              - {when: after 2 s, go: end}
            """,
            "variables: {score: {default: 0, range: 0 to 9}}",
        )
    )
    assert told(play(session, 3), "changed", "logged") == [(100, "changed", "score"), (101, "logged", "high")]


def test_a_state_that_is_entered_is_asked_from_the_next_tick_on(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            start: a
            rules: {when: after 1 s, go: end}
            states:
              a: {rules: {when: after 0 s, go: b}}
              b: {rules: {when: after 0 s, go: c}}
              c: {rules: {when: after 30 s, go: a}}
            """,
        )
    )
    assert told(play(session, 1), "state_entered") == [
        (0, "state_entered", "a"),
        (0, "state_entered", "b"),
        (1, "state_entered", "c"),
    ]


def test_rules_that_never_settle_are_named_once_and_hang_nothing(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            start: a
            rules: {when: after 5 s, go: end}
            states:
              a: {rules: {when: orb.scale < 9, go: b}}
              b: {rules: {when: orb.scale < 9, go: a}}
            """,
        )
    )
    events = play(session, 6)
    (fault,) = [event for event in events if event.event == "fault"]
    assert fault.what == "a.rules[0], b.rules[0]"
    assert "10 times within a second" in fault.because
    assert fault.tick < 25
    assert session.outcome == "finished"


def test_a_rule_that_fires_now_and_then_is_no_loop(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            rules: [{when: participant distressed, do: {log: uneasy}}, {when: after 1 min, go: end}]
            """,
        )
    )
    events = [event for _ in range(40) for event in [*play(session, 0.1, [DISTRESS]), *play(session, 0.1)]]
    assert len(told(events, "logged")) == 40
    assert not told(events, "fault")


def test_ten_thousand_rules_are_all_asked(tmp_path: Path) -> None:
    many = "\n".join(f"  - {{when: orb.scale < {index / 1e5:.5f}, do: {{log: low}}}}" for index in range(10_000))
    session = Session(scene(tmp_path, f"rules:\n{many}\n  - {{when: after 1 s, go: end}}\n"))
    events = play(session, 2)
    assert session.outcome == "finished"
    assert len(told(events, "rule_fired")) == 1


def test_gaze_on_a_thing_for_a_time_leads_on(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, "rules: [{when: stone seen for 3 s, go: end}, {when: after 1 min, go: end}]"))
    eyes = (0.0, 0.0, 1.2)
    body, place = session.world.bodies["stone"], session.world.places["stone"]
    stone = session.world.origin.local(place.point((0.0, 0.0, body.size[2] / 2)))
    there, away = (Person(head=Pose.of(eyes, look_at(eyes, target))) for target in (stone, (5.0, 0.0, 1.2)))
    play(session, 2, [there])
    play(session, 1, [away])
    assert told(play(session, 5, [there]), "session_ended") == [(600, "session_ended", "made")]
