"""What screens and boards show, and what is counted: plain data that the session writes and pictures read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Priority = Literal["", "low", "medium", "high"]
"""Of an alarm; empty: none."""

PRIORITIES: tuple[Priority, ...] = ("", "low", "medium", "high")
"""From the least to the most urgent."""

Result = Literal["open", "met", "missed"]


@dataclass(frozen=True, slots=True)
class Heart:
    """How many heart beats and breaths a patient has had since tick 0, as numbers that go up smoothly.

    The part behind the point is where in the beat the heart is: 0.0 is the R peak, the breath's 0.0 the begin of breathing in.
    Pictures and sounds take their phase from here, so that no trace and no beep can run away from the rate.
    """

    beats: float = 0.0
    breaths: float = 0.0


@dataclass(frozen=True, slots=True)
class Reading:
    """One number on a monitor: the vital, its whole or one-digit value (None: `---`), its unit, and how urgently it alarms."""

    vital: str
    value: float | None
    unit: str
    priority: Priority = ""


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm of a monitor: `asystole`, `spo2_low`; the scene tick at which it began.

    `silenced`: someone has seen it, so it makes no sound and does not flash. `latched`: what it was about is over, and it stays
    to be seen by someone.
    """

    name: str
    priority: Priority
    began: int
    silenced: bool = False
    latched: bool = False


@dataclass(frozen=True, slots=True)
class Face:
    """All that a monitor shows: whose, the rhythm, the numbers, the alarms (most urgent first)."""

    patient: str
    rhythm: str
    readings: tuple[Reading, ...]
    alarms: tuple[Alarm, ...] = ()

    @property
    def priority(self) -> Priority:
        """The most urgent of its alarms that nobody has silenced."""
        return next((alarm.priority for alarm in self.alarms if not alarm.silenced), "")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a checklist item.

    `due` is the scene tick by which it was to be met (None: no limit, or what it counts from has not happened); `counted` the
    tick from which it counts; `settled` the tick at which it was met or missed, `late` the one at which a missed item was done
    after all; `event` the number of the event that settled it, or said that it stayed open.
    """

    result: Result = "open"
    counted: int | None = None
    due: int | None = None
    settled: int | None = None
    late: int | None = None
    event: int | None = None
