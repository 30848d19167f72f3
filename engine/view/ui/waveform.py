"""The traces of a monitor: ECG, pleth, respiration, sample by sample as the scene's clock goes on.

The ECG is ECGSYN's model (McSharry, Clifford, Tarassenko, Smith 2003, "A dynamical model for generating synthetic
electrocardiogram signals", IEEE Trans Biomed Eng 50:289–294; physionet.org/content/ecgsyn): five bells P Q R S T on the circle
of a beat, whose places and widths go with the square root of the heart rate, in z' = -Σ a Δθ exp(-Δθ²/2b²) - (z - z0). The
phase θ is not integrated here: it is `Heart.beats` of the world, exact to the tick, so a trace never runs away from the rate
and each R peak falls on a whole beat. The pleth is two bells a pulse (as Tang et al. 2020, Sci Rep 10:13883, with places and
widths of our own, chosen by eye). The respiration is a third breathing in, two thirds out. Amplitudes are a picture's, not a
measurement's.

The same clock and hearts give the same samples at any frame rate.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.world.screens import Heart
from headset.inputs import TICKS_PER_SECOND

RATE = 200
"""Samples a second: two a tick."""

LONGEST_GAP = 10
"""Seconds: a clock that jumped further, or back, begins a new trace."""

FASTEST = 5.0
"""Beats a second: the highest heart rate there is, 300 a minute."""

Floats = NDArray[np.float64]

_PLACES = np.radians([-70.0, -15.0, 0.0, 15.0, 100.0])
_HEIGHTS = np.array([1.2, -5.0, 30.0, -7.5, 0.75])
_WIDTHS = np.array([0.25, 0.1, 0.1, 0.1, 0.4])
"""P, Q, R, S, T as ECGSYN sets them for 60 beats a minute."""

_R_PEAK = 30.0 * 0.1**2 / math.tau
"""What the model's R wave comes to by itself, a b² / ω, at any rate: widths go with its root. The trace is scaled so that this
is 1."""

_WANDER = 0.005
"""How far the baseline goes with the breath, in the model's own unit (ECGSYN)."""

_PULSE_DELAY = 0.25
"""Seconds from the R peak to the foot of the pulse at a finger: electromechanical delay and transit."""


def ecg_slope(beats: Floats, rate: float) -> Floats:
    """What the bells add a second to z at phases `beats` (whole numbers are R peaks) and a heart rate in beats a second."""
    away, widths = _bells(beats, rate)
    slope: Floats = -(_HEIGHTS * away * np.exp(-0.5 * (away / widths) ** 2)).sum(axis=1)
    return slope


def ecg_at(beats: float, rate: float) -> float:
    """Where z is in a long run, near enough: the integral of the slope without what draws z back."""
    away, widths = _bells(np.array([beats]), rate)
    return float((_HEIGHTS * widths**2 * np.exp(-0.5 * (away / widths) ** 2)).sum()) / (math.tau * rate)


def _bells(beats: Floats, rate: float) -> tuple[Floats, Floats]:
    """Angles from each bell's place, samples by bells, and the bells' widths."""
    root = math.sqrt(rate)
    places = _PLACES * np.array([math.sqrt(root), root, 1.0, root, math.sqrt(root)])
    return np.mod(beats[:, None] * math.tau - places[None, :] + math.pi, math.tau) - math.pi, _WIDTHS * root


def pleth(beats: Floats, rate: float) -> Floats:
    """Light taken up by a finger, 0–1, at phases `beats` and a heart rate in beats a second."""
    part = np.mod(beats - _PULSE_DELAY * rate, 1.0)
    wave: Floats = np.exp(-0.5 * ((part - 0.22) / 0.1) ** 2) + 0.42 * np.exp(-0.5 * ((part - 0.52) / 0.13) ** 2)
    return wave


def breath(breaths: Floats) -> Floats:
    """How far a chest has risen, 0–1, at phases `breaths` (whole numbers are where breathing in begins)."""
    part = np.mod(breaths, 1.0)
    inward = part < 1 / 3
    risen: Floats = np.where(inward, 0.5 - 0.5 * np.cos(3 * math.pi * part), 0.5 + 0.5 * np.cos(1.5 * math.pi * (part - 1 / 3)))
    return risen


@dataclass(slots=True)
class Samples:
    """New samples of each trace; `first` is the number of the first, counted from scene tick 0."""

    first: int
    ecg: Floats
    pleth: Floats
    breath: Floats


class Waveforms:
    """The traces of one patient. `advance` once a frame."""

    def __init__(self) -> None:
        self._clock = -1
        self._heart = Heart()
        self._z: float | None = None

    def advance(self, clock: int, heart: Heart) -> Samples | None:
        """Samples up to a scene tick at which the heart is so far; None if no time went by."""
        if clock == self._clock:
            return None
        if not 0 < clock - self._clock <= LONGEST_GAP * TICKS_PER_SECOND or heart.beats < self._heart.beats:
            self._clock, self._heart, self._z = clock - 1, heart, None
        count = (clock - self._clock) * RATE // TICKS_PER_SECOND
        seconds = count / RATE
        parts = np.arange(1, count + 1) / count
        beats = self._heart.beats + (heart.beats - self._heart.beats) * parts
        breaths = self._heart.breaths + (heart.breaths - self._heart.breaths) * parts
        rate = min(FASTEST, (heart.beats - self._heart.beats) / seconds)
        first = self._clock * RATE // TICKS_PER_SECOND + 1
        self._clock, self._heart = clock, heart
        return Samples(first, self._ecg(beats, breaths, rate), self._pleth(beats, breaths, rate), breath(breaths))

    def _ecg(self, beats: Floats, breaths: Floats, rate: float) -> Floats:
        """Solve the model for these samples. -(z - z0) draws z back within a second: a sum with weights that fade."""
        if self._z is None and rate <= 0.0:
            return np.zeros(len(beats))
        start = ecg_at(float(beats[0]), rate) if self._z is None else self._z
        slope = _WANDER * np.sin(math.tau * breaths)
        if rate > 0.0:
            slope = slope + ecg_slope(beats, rate)
        fades = np.exp(-np.arange(1, len(beats) + 1) / RATE)
        z = fades * (start + np.cumsum(slope / fades) / RATE)
        self._z = float(z[-1])
        scaled: Floats = z / _R_PEAK
        return scaled

    @staticmethod
    def _pleth(beats: Floats, breaths: Floats, rate: float) -> Floats:
        if rate <= 0.0:
            return np.zeros(len(beats))
        return pleth(beats, rate) * (1.0 - 0.06 * breath(breaths))
