"""Ticks and display times from one origin, whatever the runtime's clock says."""

from __future__ import annotations

import pytest

from headset.openxr.clock import Clock

PERIOD = 11_111_111


class Time:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.seconds = 5000.0

    def __call__(self) -> float:
        return self.seconds


def test_the_first_frame_is_tick_0_however_long_opening_took() -> None:
    time = Time()
    clock = Clock(time)
    clock.tie(123_000_000_000)
    time.seconds += 7
    now = clock.now()
    assert clock.tick(now) == 0
    assert clock.shown(now, 130_020_000_000, PERIOD) == pytest.approx(0.02)


def test_without_the_extension_a_frame_is_shown_one_period_ahead_and_then_keeps_the_runtimes_pace() -> None:
    time = Time()
    clock = Clock(time)
    clock.tie(None)
    assert clock.shown(clock.now(), 77_000_000_000, PERIOD) == pytest.approx(0.0111, abs=1e-4)
    time.seconds += 0.013  # a late frame
    assert clock.shown(clock.now(), 77_000_000_000 + PERIOD, PERIOD) == pytest.approx(0.0222, abs=1e-4)


def test_another_runtime_changes_nothing_in_the_sessions_time() -> None:
    time = Time()
    clock = Clock(time)
    clock.tie(1_000_000_000)
    clock.shown(clock.now(), 1_010_000_000, PERIOD)
    time.seconds += 2
    clock.tie(9_000_000_000_000)
    assert clock.shown(clock.now(), 9_000_015_000_000, PERIOD) == pytest.approx(2.015)


def test_a_clock_that_jumped_is_tied_anew() -> None:
    time = Time()
    clock = Clock(time)
    clock.tie(1_000_000_000)
    clock.now()
    time.seconds += 1
    assert clock.shown(clock.now(), 500_000_000_000, PERIOD) == pytest.approx(1.0111, abs=1e-4)
    time.seconds += 1
    assert clock.shown(clock.now(), 501_000_000_000, PERIOD) == pytest.approx(2.0111, abs=1e-4)
