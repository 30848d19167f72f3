"""The traces of a monitor: their rates, their shapes, the same at any frame rate."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.view.ui.waveform import RATE, Waveforms
from engine.world.screens import Heart

RATES = (40, 72, 120, 150)


def ecg(rate: float, seconds: int = 60, every: int = 2) -> NDArray[np.float64]:
    """A minute of ECG, a picture every so many ticks."""
    waves = Waveforms()
    parts = []
    for clock in range(0, seconds * 100 + 1, every):
        samples = waves.advance(clock, Heart(clock * rate / 6000, clock * 16 / 6000))
        if samples is not None:
            parts.append(samples.ecg)
    return np.concatenate(parts)


def peaks(trace: NDArray[np.float64]) -> list[int]:
    """Samples at which an R wave is highest."""
    return [
        index for index in range(1, len(trace) - 1) if trace[index] > 0.6 and trace[index - 1] < trace[index] >= trace[index + 1]
    ]


@pytest.mark.parametrize("rate", RATES)
def test_the_rate_of_r_waves_is_the_heart_rate_within_two_in_a_thousand(rate: int) -> None:
    found = peaks(ecg(rate))
    counted = (len(found) - 1) * RATE * 60 / (found[-1] - found[0])
    assert abs(counted - rate) <= 0.002 * rate


@pytest.mark.parametrize("rate", RATES)
def test_every_beat_has_its_waves_in_order(rate: int) -> None:
    trace = ecg(rate, 10)
    first, second = peaks(trace)[3:5]
    beat = trace[first:second]
    q, s = trace[first - 15 : first].min(), beat[: len(beat) // 4].min()
    t = beat[len(beat) // 8 : len(beat) * 5 // 8].max()
    assert 0.8 < trace[first] < 1.05
    assert s < -0.1 < t
    assert q < 0.0
    assert 0.05 < t < 0.7 * trace[first]


def test_the_same_clock_gives_the_same_trace_at_any_frame_rate() -> None:
    # All but the last bits: sums are taken in other groups.
    assert np.allclose(ecg(72, 20, every=1), ecg(72, 20, every=4), atol=1e-9)


def test_r_waves_fall_on_whole_beats() -> None:
    waves = Waveforms()
    for clock in range(0, 1000, 4):
        samples = waves.advance(clock, Heart(clock / 100, 0.0))
        if samples is not None and clock > 100:
            for index in range(len(samples.ecg)):
                if samples.ecg[index] > 0.9:
                    assert (samples.first + index) % RATE in (0, 1, RATE - 1)


def test_without_beats_the_traces_are_flat() -> None:
    waves = Waveforms()
    for clock in range(0, 3000, 4):
        samples = waves.advance(clock, Heart(12.25, 3.5))
    assert samples is not None
    assert np.abs(samples.ecg).max() < 1e-3
    assert np.ptp(samples.pleth) == 0.0
    assert np.ptp(samples.breath) == 0.0


def test_a_breath_is_a_third_in_and_two_thirds_out() -> None:
    waves = Waveforms()
    chest = np.concatenate(
        [found.breath for clock in range(0, 801, 4) if (found := waves.advance(clock, Heart(0.0, clock / 400))) is not None]
    )
    one = chest[: 4 * RATE]
    assert abs(int(one.argmax()) - 4 * RATE / 3) <= 2
    assert (np.ptp(one), one[-1] < 0.01) == (pytest.approx(1.0, abs=1e-3), True)


def test_a_clock_that_jumps_begins_a_new_trace() -> None:
    waves = Waveforms()
    waves.advance(0, Heart())
    later = waves.advance(60_000, Heart(600.0, 100.0))
    assert later is not None
    assert len(later.ecg) == 2
    assert np.isfinite(later.ecg).all()
