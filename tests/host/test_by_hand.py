"""What `python -m tests.host.by_hand` asks of a log; that it is played is for who runs it, as it takes minutes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.host.by_hand import PLAYS, missing


def told(scene: str) -> list[dict[str, Any]]:
    """A log that holds what a play asks for, and something else before each."""
    events: list[dict[str, Any]] = []
    for event, what, value in PLAYS[scene].holds:
        events += [{"event": "haptic", "what": "oxygen", "value": "tap"}, {"event": event, "what": what, "value": value}]
    return events


@pytest.mark.parametrize("scene", PLAYS)
def test_what_did_not_happen_or_not_in_its_turn_is_named(scene: str) -> None:
    events, play = told(scene), PLAYS[scene]
    assert list(missing(play, events)) == []
    for number, (event, what, _) in enumerate(play.holds):
        without = events[: 2 * number] + events[2 * number + 2 :]
        assert any(one.startswith(f"{event} {what}") for one in missing(play, without))
    assert list(missing(play, events[::-1]))
    assert list(missing(play, [*events[:-1], {**events[-1], "value": "left"}])) == [f"session_ended {scene} finished"]
