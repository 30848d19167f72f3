"""Where rules with `go` lead, from wherever they stand."""

from __future__ import annotations

from pathlib import Path

from engine.session import Session
from headset.inputs import Command
from tests.making import play, scene, told


def test_a_rule_can_go_into_the_middle_of_another_state(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            start: calm
            rules: [{when: participant distressed, go: deep}, {when: after 1 min, go: end}]
            states:
              calm: {rules: {when: after 50 s, go: end}}
              care:
                do: {say: hello}
                start: first
                states:
                  first: {rules: {when: after 10 s, go: out}}
                  second:
                    start: shallow
                    states:
                      shallow: {rules: {when: after 5 s, go: out}}
                      deep: {rules: {when: after 5 s, go: shallow}}
            """,
        )
    )
    events = play(session, 1, [Command("participant", "distress")])
    assert told(events, "state_entered", "said") == [
        (0, "state_entered", "calm"),
        (0, "state_entered", "care"),
        (0, "said", "hello"),
        (0, "state_entered", "care.second"),
        (0, "state_entered", "care.second.deep"),
    ]
    # One who is in `care` already is not led into it again.
    play(session, 8)
    assert session.state == "care.second.shallow"
    again = play(session, 1, [Command("participant", "distress")])
    assert told(again, "state_entered", "said") == [(900, "state_entered", "care.second.deep")]


def test_out_with_nothing_left_to_leave_does_nothing(tmp_path: Path) -> None:
    session = Session(
        scene(
            tmp_path,
            """
            start: outer
            rules: {when: done, go: end}
            states:
              outer:
                start: inner
                rules: [{when: after 1 s, go: out}, {when: after 3 s, go: last}]
                states:
                  inner: {rules: {when: after 10 s, go: out}}
              last: {rules: {when: after 1 s, go: out}}
            """,
        )
    )
    events = play(session, 10)
    fired = [(event.tick, event.value) for event in events if event.event == "rule_fired"]
    assert fired == [(100, "out"), (300, "last"), (400, "out"), (401, "end")]
