"""Logs as they are kept beside the tests: to be read by people, line by line."""

from __future__ import annotations

from collections.abc import Sequence

from engine.session import Event
from engine.session.story import told


def log(events: Sequence[Event]) -> str:
    """Every event, with its cause; but the scene's digest, which every card has a part in, and what is not played yet."""
    kept = [event for event in events if event.event != "not_played"]
    skipped = len(events) - len(kept)
    lines = []
    for event in kept:
        words = told(event).partition(", because scene ")[0]
        lines.append(f"{words.replace(f'#{event.n:<5} ', '')}{_caused(event, skipped)}")
    return "".join(f"{line}\n" for line in lines)


def _caused(event: Event, skipped: int) -> str:
    """By how many events of these later it came than its cause: numbers do not shift when a word begins to be played."""
    if event.cause is None:
        return ""
    later = event.n - event.cause
    return f"  [{later - skipped if event.cause == 0 else later} back]"
