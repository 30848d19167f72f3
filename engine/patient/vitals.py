"""Vital signs: which there are, what a body can have, and what a sensor may say.

Two pairs of limits, neither of health. `lived` is what a body's value is held within in a scenario, from none at all to the
highest that intensive care charts show; the cards of patients give the same ranges. `measured` is where a sensor's value can be
one; outside it the sensor is at fault, and the value is refused (measuring ranges of ISO 80601-2-61:2017 for pulse oximetry,
ISO 80601-2-56:2017 for thermometers, ISO 81060-2:2018 for cuffs, and what common monitors state). Codes are LOINC's. A
clinician must sign them off.

`vital_signs` is all that a monitor can see of a patient. Full physiology will compute the same values behind the same names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine.spec.expression import Value
from engine.world import World
from engine.world.screens import Heart
from headset.inputs import TICKS_PER_SECOND

PER_TICK = 60 * TICKS_PER_SECOND
"""Ticks of a minute: a rate a minute over this is what goes by in a tick."""


@dataclass(frozen=True, slots=True)
class Vital:
    """A vital sign. `unit` is UCUM, `shown` how it is written on a monitor, `decimals` how exactly."""

    unit: str
    shown: str
    loinc: str
    lived: tuple[float, float]
    measured: tuple[float, float] | None = None
    decimals: int = 0

    def rounded(self, value: float) -> float:
        """A value as a monitor writes it."""
        scale = 10 if self.decimals else 1
        return int(value * scale + 0.5) / scale


VITALS: Final[Mapping[str, Vital]] = {
    "hr": Vital("/min", "/min", "8867-4", (0, 300), (20, 300)),
    "rr": Vital("/min", "/min", "9279-1", (0, 80), (2, 80)),
    "spo2": Vital("%", "%", "59408-5", (0, 100), (1, 100)),
    "sbp": Vital("mm[Hg]", "mmHg", "8480-6", (0, 300), (20, 300)),
    "dbp": Vital("mm[Hg]", "mmHg", "8462-4", (0, 200), (10, 200)),
    "map": Vital("mm[Hg]", "mmHg", "8478-0", (0, 300)),
    "temp": Vital("Cel", "°C", "8310-5", (25, 45), (25, 45), 1),
}
"""All vital signs by the names that scenes use. `map` is derived; nobody sets it."""


def patients(world: World) -> tuple[str, ...]:
    """The people who have a heart rate and a rhythm."""
    return tuple(
        name for name, body in world.bodies.items() if body.card.kind == "person" and {"hr", "rhythm"} <= body.card.live.keys()
    )


def mean_pressure(systolic: float, diastolic: float) -> float:
    """Mean arterial pressure, from a cuff's two: the diastolic and a third of the pulse pressure (the usual bedside estimate)."""
    return diastolic + (systolic - diastolic) / 3.0


def vital_signs(world: World, patient: str) -> Mapping[str, float | None]:
    """The vital signs a patient has now; None: there is nothing to measure.

    Asystole is a heart that does not beat, so there is no pulse to find saturation or pressure by, and breathing stops with it.
    """
    found: dict[str, float | None] = {}
    for name, vital in VITALS.items():
        value = world.properties.get((patient, name))
        found[name] = None if value is None else _held(value, *vital.lived)
    if world.properties[(patient, "rhythm")] == "asystole":
        return {**found, "hr": 0.0, "rr": 0.0, "spo2": None, "sbp": None, "dbp": None, "map": None}
    systolic, diastolic = found["sbp"], found["dbp"]
    if systolic is not None and diastolic is not None:
        # A scenario may lower one and forget the other; a diastolic above the systolic is no pressure.
        found["dbp"] = diastolic = min(diastolic, systolic)
        found["map"] = mean_pressure(systolic, diastolic)
    return found


def beat(world: World, names: tuple[str, ...]) -> None:
    """Let hearts beat and chests rise for one tick."""
    properties = world.properties
    for name in names:
        if properties[(name, "rhythm")] == "asystole":
            continue
        heart = world.hearts[name]
        rate, breaths = properties[(name, "hr")], properties.get((name, "rr"), 0.0)
        world.hearts[name] = Heart(heart.beats + _rate(rate), heart.breaths + _rate(breaths))


def _rate(value: Value) -> float:
    return value / PER_TICK if not isinstance(value, (bool, str)) and value > 0.0 else 0.0


def _held(value: Value, low: float, high: float) -> float:
    assert not isinstance(value, (bool, str)), "a vital sign is a number"
    return max(low, min(high, value))
