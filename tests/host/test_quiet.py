"""Garbage collections during a session."""

from __future__ import annotations

import gc

from engine.host.quiet import no_full_collections


def churn() -> None:
    """Make a great many things that live on and rings that do not."""
    kept = []
    for number in range(200_000):
        ring: list[object] = [number]
        ring.append(ring)
        kept.append((number,))


def test_no_full_collection_happens_inside_and_they_come_back_after() -> None:
    thresholds = gc.get_threshold()
    with no_full_collections():
        before = gc.get_stats()
        churn()
        after = gc.get_stats()
        assert after[1]["collections"] > before[1]["collections"], "young garbage is still collected"
        assert after[2]["collections"] == before[2]["collections"]
    assert gc.get_threshold() == thresholds
