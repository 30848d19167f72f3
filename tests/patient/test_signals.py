"""Measured vital signs: good ones are used, faulty ones are refused with a reason."""

from __future__ import annotations

import pytest

from engine.patient.signals import SENSED, Signals
from engine.patient.vitals import VITALS
from engine.world.events import Draft
from headset.inputs import Signal


def taken(*signals: Signal) -> list[Draft]:
    drafts: list[Draft] = []

    def emit(draft: Draft) -> int:
        drafts.append(draft)
        return len(drafts) - 1

    measured = Signals(emit)
    for signal in signals:
        measured.take(signal)
    return drafts


def good(name: str, value: float) -> Signal:
    return Signal(name, value, VITALS[name].unit, 100, "sensor")


def test_a_new_value_is_measured_and_the_same_again_is_no_news() -> None:
    drafts = taken(good("hr", 70), good("hr", 70), good("hr", 71))
    assert [(draft.event, draft.value) for draft in drafts] == [("measured", 70), ("measured", 71)]


@pytest.mark.parametrize("name", SENSED)
def test_values_at_the_limits_are_values_and_beyond_them_faults(name: str) -> None:
    measured = VITALS[name].measured
    assert measured is not None
    low, high = measured
    assert [draft.event for draft in taken(good(name, low), good(name, high))] == ["measured", "measured"]
    outside = taken(good(name, low - 0.1), good(name, high + 0.1), good(name, float("nan")))
    assert [draft.event for draft in outside] == ["signal_refused"] * 3
    assert f"outside {low:g} to {high:g}" in outside[0].because


@pytest.mark.parametrize(
    ("signal", "why"),
    [
        (Signal("mood", 3.0, "1", 100, "app"), "no sensor measures mood"),
        (Signal("hr", 1.2, "Hz", 100, "belt"), "measured in /min, not Hz"),
        (Signal("hr", 70.0, "/min", 49, "belt"), "signal quality 49 %"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(signal: Signal, why: str) -> None:
    (draft,) = taken(signal)
    assert draft.event == "signal_refused"
    assert why in draft.because
