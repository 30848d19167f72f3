"""Logs as they are kept beside the tests: to be read by people, line by line."""

from __future__ import annotations

from collections.abc import Sequence

from engine.session import Event
from engine.session.story import told


def log(events: Sequence[Event]) -> str:
    """Every event, with its cause; but the scene's digest, which every card has a part in, and what is not played yet."""
    skipped = [event.n for event in events if event.event == "not_played"]
    lines = []
    for event in events:
        if event.n not in skipped:
            words = told(event).partition(", because scene ")[0]
            lines.append(f"{words.replace(f'#{event.n:<5} ', '')}{_caused(event, skipped)}")
    return "".join(f"{line}\n" for line in lines)


def _caused(event: Event, skipped: Sequence[int]) -> str:
    """By how many lines of these later it came than its cause: numbers do not shift when a word begins to be played."""
    if event.cause is None:
        return ""
    left_out = len([number for number in skipped if event.cause < number < event.n])
    return f"  [{event.n - event.cause - left_out} back]"
