"""Measured vital signs: a sensor's values come in, good ones are used, faulty ones are refused with a reason."""

from __future__ import annotations

from engine.patient.vitals import VITALS
from engine.world.events import Draft, Emit
from headset.inputs import Signal

LEAST_QUALITY = 50
"""Per cent of signal quality under which a value is noted, not used."""

SENSED = tuple(name for name, vital in VITALS.items() if vital.measured)
"""The vital signs that sensors measure."""


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
        if vital is None or vital.measured is None:
            return f"no sensor measures {signal.name}; known are {', '.join(SENSED)}"
        if signal.unit != vital.unit:
            return f"{signal.name} is measured in {vital.unit}, not {signal.unit}"
        low, high = vital.measured
        if not low <= signal.value <= high:
            return f"{signal.name} is outside {low:g} to {high:g} {vital.unit}"
        if signal.quality < LEAST_QUALITY:
            return f"signal quality {signal.quality} % is below {LEAST_QUALITY} %"
        return ""
