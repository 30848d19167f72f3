"""Measured vital signs: which there are, in which unit, and within which limits a value can be one.

The limits are those of a sensor's fault, not of health: a value outside them is refused, logged and never acted on. They come
from the measuring ranges that ISO 80601-2-61:2017 (pulse oximetry) and common monitors state; a clinician must sign them off.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine.world.events import Draft, Emit
from headset.inputs import Signal

LEAST_QUALITY = 50
"""Per cent of signal quality under which a value is noted, not used."""


@dataclass(frozen=True, slots=True)
class Vital:
    """A vital sign. `unit` is UCUM, `loinc` its code (loinc.org)."""

    unit: str
    low: float
    high: float
    loinc: str


VITALS: Final[Mapping[str, Vital]] = {
    "hr": Vital("/min", 20, 300, "8867-4"),
    "rr": Vital("/min", 2, 80, "9279-1"),
    "spo2": Vital("%", 1, 100, "59408-5"),
    "temp": Vital("Cel", 25, 45, "8310-5"),
}


class Signals:
    """Takes measured values in; a change of a good one is an event, a bad one is an event that says why."""

    def __init__(self, emit: Emit) -> None:
        self.emit = emit
        self.newest: dict[str, float] = {}

    def take(self, signal: Signal) -> None:
        """Note one measured value."""
        problem = self._problem(signal)
        if problem:
            self.emit(Draft(signal.source, "signal_refused", signal.name, because=problem))
        elif self.newest.get(signal.name) != signal.value:
            self.newest[signal.name] = signal.value
            self.emit(Draft(signal.source, "measured", signal.name, signal.value))

    @staticmethod
    def _problem(signal: Signal) -> str:
        vital = VITALS.get(signal.name)
        if vital is None:
            return f"no vital sign is called {signal.name}; known are {', '.join(VITALS)}"
        if signal.unit != vital.unit:
            return f"{signal.name} is measured in {vital.unit}, not {signal.unit}"
        if not vital.low <= signal.value <= vital.high:
            return f"{signal.name} is outside {vital.low:g} to {vital.high:g} {vital.unit}"
        if signal.quality < LEAST_QUALITY:
            return f"signal quality {signal.quality} % is below {LEAST_QUALITY} %"
        return ""
