"""Monitors: what they show of a patient, a second late and rounded as real ones do, and how they come to alarm.

A monitor is a thing whose card has `shows` (a person) and the live property `alarm`. Every second of scene time it takes a
sample; heart rate, breathing and saturation are means over some seconds, a cuff measures pressure once a minute. Averaging
times and delays are typical of bedside monitors (makers' manuals; IEC 60601-2-27 and -2-49 ask only that they be stated):
stated here, to be signed off.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from engine.patient.alarms import LIMITS, Alarms, Limit, Turn
from engine.patient.vitals import VITALS, vital_signs
from engine.world import World
from engine.world.events import Draft, Emit
from engine.world.screens import Alarm, Face, Priority, Reading
from engine.world.world import Path
from headset.inputs import TICKS_PER_SECOND

SHOWN: Final[tuple[str, ...]] = ("hr", "spo2", "rr", "sbp", "dbp", "map", "temp")
"""The vital signs of a monitor, from top to bottom."""

MEAN_SECONDS: Final[Mapping[str, int]] = {"hr": 6, "rr": 10, "spo2": 8}
"""Over how many samples, one a second, a number is averaged."""

CUFF_SECONDS = 60
"""How often the cuff measures."""
CUFF = frozenset({"sbp", "dbp", "map"})

ASYSTOLE_SECONDS, APNOEA_SECONDS = 4, 20
"""Seconds without a beat, or a breath, after which that is an alarm. Until then the last number stays."""

STANDSTILL: Final[Mapping[str, str]] = {"asystole": "hr", "apnoea": "rr"}
"""Alarms that are about no limit, and the number they stand beside."""


@dataclass(slots=True)
class _Shown:
    """One monitor."""

    patient: str
    alarms: Alarms = field(default_factory=Alarms)
    samples: dict[str, tuple[float, ...]] = field(default_factory=dict)
    pressures: dict[str, float | None] = field(default_factory=dict)
    silent: dict[str, int] = field(default_factory=dict)
    """`hr`, `rr` -> seconds without a beat, a breath."""
    temperature: float | None = None


class Monitors:
    """All monitors of a world. `step` once a tick; `cause(path, otherwise)` names the event behind a property."""

    def __init__(self, world: World, emit: Emit, cause: Callable[[Path, int], int], patients: tuple[str, ...]) -> None:
        self.world = world
        self.emit = emit
        self.cause = cause
        self._all: dict[str, _Shown] = {}
        for name, thing in world.bodies.items():
            shows = thing.parameters.get("shows")
            if "alarm" in thing.card.live and shows in patients:
                self._all[name] = _Shown(str(shows))

    def step(self, flags: frozenset[tuple[str, str]]) -> None:
        """Sample every second, silence what someone silences."""
        clock = self.world.clock
        due = clock % TICKS_PER_SECOND == 0
        for name, shown in self._all.items():
            turns: list[tuple[Turn, str]] = []
            if (name, "silenced") in flags:
                turns += [(turn, "the alarm was silenced by hand") for turn in shown.alarms.silence(clock)]
            if due:
                turns += self._sample(name, shown, clock)
            for turn, because in turns:
                self._tell(name, shown, turn, because)
            if due or turns:
                self._face(name, shown)

    def snapshot(self) -> Mapping[str, Any]:
        """All that can change, besides what the world shows."""
        return {
            name: (
                shown.alarms.snapshot(),
                dict(shown.samples),
                dict(shown.pressures),
                dict(shown.silent),
                shown.temperature,
            )
            for name, shown in self._all.items()
        }

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Become what `snapshot` was taken of."""
        for name, (alarms, samples, pressures, silent, temperature) in snapshot.items():
            shown = self._all[name]
            shown.alarms.restore(alarms)
            shown.samples, shown.pressures, shown.silent = dict(samples), dict(pressures), dict(silent)
            shown.temperature = temperature

    def _sample(self, name: str, shown: _Shown, clock: int) -> list[tuple[Turn, str]]:
        """Take in the patient's values of this second; what that does to the alarms, and why."""
        values = vital_signs(self.world, shown.patient)
        for vital in ("hr", "rr"):
            known = (shown.patient, vital) in self.world.properties
            shown.silent[vital] = 0 if values[vital] or not known else shown.silent.get(vital, 0) + 1
        for vital, seconds in MEAN_SECONDS.items():
            value = values[vital]
            if value:
                shown.samples[vital] = (*shown.samples.get(vital, ())[1 - seconds :], value)
            elif vital == "spo2" or shown.silent[vital] >= (ASYSTOLE_SECONDS if vital == "hr" else APNOEA_SECONDS):
                shown.samples[vital] = (0.0,) if vital != "spo2" else ()
        if clock % (CUFF_SECONDS * TICKS_PER_SECOND) == 0:
            shown.pressures = {vital: values[vital] for vital in CUFF}
        shown.temperature = values["temp"]
        reasons: dict[str, tuple[Priority, str]] = {
            limit.name: (limit.priority, self._says(limit, shown)) for limit in self._passed(shown)
        }
        if shown.silent["hr"] >= ASYSTOLE_SECONDS:
            reasons["asystole"] = ("high", f"no heart beat for {shown.silent['hr']} s: high priority")
        if shown.silent["rr"] >= APNOEA_SECONDS:
            reasons["apnoea"] = ("high", f"no breath for {shown.silent['rr']} s: high priority")
        turns = shown.alarms.update({alarm: priority for alarm, (priority, _) in reasons.items()}, clock)
        return [(turn, reasons[turn.alarm.name][1] if turn.alarm.name in reasons else self._over(turn, shown)) for turn in turns]

    def _over(self, turn: Turn, shown: _Shown) -> str:
        """Why there is no longer that alarm."""
        vital = _vital(turn.alarm)
        if not self._number(shown, vital):
            return f"there is no {vital} to measure"
        other = next((limit.name for limit in self._passed(shown) if limit.vital == vital), "")
        return f"{other} took its place" if other else "back within its limits"

    def _passed(self, shown: _Shown) -> list[Limit]:
        """The limit that each vital has passed, the most urgent of each; none of a heart or chest that stands still."""
        found: dict[str, Limit] = {}
        for limit in LIMITS:
            value = self._number(shown, limit.vital)
            if limit.vital not in found and value and limit.passed(value):
                found[limit.vital] = limit
        return list(found.values())

    def _says(self, limit: Limit, shown: _Shown) -> str:
        value, unit = self._number(shown, limit.vital), VITALS[limit.vital].shown
        side = "at most" if limit.side == "low" else "at least"
        return f"{limit.vital} {value:g} is {side} {limit.at:g} {unit}: {limit.priority} priority"

    @staticmethod
    def _number(shown: _Shown, vital: str) -> float | None:
        """What stands on the monitor for a vital; None: `---`."""
        value: float | None
        if vital in CUFF:
            value = shown.pressures.get(vital)
        elif vital == "temp":
            value = shown.temperature
        else:
            samples = shown.samples.get(vital, ())
            total = 0.0
            for sample in samples:
                total += sample
            value = total / len(samples) if samples else None
        return None if value is None else VITALS[vital].rounded(value)

    def _tell(self, name: str, shown: _Shown, turn: Turn, because: str) -> None:
        vital = "rhythm" if turn.alarm.name in STANDSTILL else _vital(turn.alarm)
        path: Path = (name, "silenced") if turn.what == "silenced" else (shown.patient, vital)
        cause = self.cause(path, 0)
        self.emit(Draft(name, f"alarm_{turn.what}", f"{name}.alarm", turn.alarm.name, because, cause))

    def _face(self, name: str, shown: _Shown) -> None:
        alarms = shown.alarms.active
        urgent: dict[str, Priority] = {}
        for alarm in reversed(alarms):
            urgent[_vital(alarm)] = alarm.priority
        readings = tuple(
            Reading(vital, self._number(shown, vital), VITALS[vital].shown, urgent.get(vital, ""))
            for vital in SHOWN
            if (shown.patient, vital) in self.world.properties or vital == "map"
        )
        rhythm = "asystole" if shown.silent.get("hr", 0) >= ASYSTOLE_SECONDS else "sinus"
        face = Face(shown.patient, rhythm, readings, alarms)
        before = self.world.monitors.get(name)
        self.world.monitors[name] = face
        if before is None or bool(before.priority) != bool(face.priority):
            self.world.properties[(name, "alarm")] = bool(face.priority)


def _vital(alarm: Alarm) -> str:
    """The number that an alarm stands beside."""
    return STANDSTILL.get(alarm.name) or next(limit.vital for limit in LIMITS if limit.name == alarm.name)
