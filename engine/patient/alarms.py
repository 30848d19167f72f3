"""Alarms of a monitor: when they begin and end, and what their priority is.

Limits follow NEWS2 (Royal College of Physicians 2017): a vital sign that scores 3 by itself asks for an urgent review and
alarms at medium priority, one that scores 2 at low priority. High priority is for what kills within minutes: no heart beat, no
breath, and a saturation below 80 % (the usual default of monitors' desaturation alarm; makers' manuals, not a guideline). A
clinician must sign them off for each use.

How each priority sounds and flashes is in `engine.world.bursts`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from engine.world.screens import PRIORITIES, Alarm, Priority
from headset.inputs import TICKS_PER_SECOND


@dataclass(frozen=True, slots=True)
class Limit:
    """An alarm by a limit: while the shown value of `vital` is `at` or beyond it."""

    name: str
    vital: str
    side: Literal["low", "high"]
    at: float
    priority: Priority

    def passed(self, value: float) -> bool:
        """Whether a shown value alarms."""
        return value <= self.at if self.side == "low" else value >= self.at


LIMITS: Final[tuple[Limit, ...]] = (
    Limit("desaturation", "spo2", "low", 79, "high"),
    Limit("spo2_low", "spo2", "low", 91, "medium"),
    Limit("spo2_lowish", "spo2", "low", 93, "low"),
    Limit("hr_low", "hr", "low", 40, "medium"),
    Limit("hr_high", "hr", "high", 131, "medium"),
    Limit("hr_highish", "hr", "high", 111, "low"),
    Limit("rr_low", "rr", "low", 8, "medium"),
    Limit("rr_high", "rr", "high", 25, "medium"),
    Limit("rr_highish", "rr", "high", 21, "low"),
    Limit("sbp_low", "sbp", "low", 90, "medium"),
    Limit("sbp_high", "sbp", "high", 220, "medium"),
    Limit("sbp_lowish", "sbp", "low", 100, "low"),
    Limit("temp_low", "temp", "low", 35.0, "medium"),
    Limit("temp_high", "temp", "high", 39.1, "low"),
)
"""For each vital the most urgent first; of one vital only the first that is passed alarms."""

ENDS_AFTER = 3 * TICKS_PER_SECOND
"""Scene ticks for which a value must be back before its alarm ends, so that one on the edge does not stutter."""

SILENCE = 120 * TICKS_PER_SECOND
"""Scene ticks that a silenced alarm stays silent while what it is about goes on: two minutes, as monitors usually do."""

LATCHING: Final[frozenset[Priority]] = frozenset({"high"})
"""Priorities whose alarms stay to be seen by someone when what they were about is over."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What happened to an alarm: it `began`, `ended`, was `silenced`, or made itself `heard` again."""

    alarm: Alarm
    what: Literal["began", "ended", "silenced", "heard"]


class Alarms:
    """The alarms of one monitor, each a small machine: off, on, silenced, latched. All in scene ticks."""

    def __init__(self) -> None:
        self._now: dict[str, Alarm] = {}
        self._back: dict[str, int] = {}
        """Alarm -> the scene tick since which what it is about is over."""
        self._silenced: dict[str, int] = {}
        """Alarm -> the scene tick at which it was silenced."""

    @property
    def active(self) -> tuple[Alarm, ...]:
        """The alarms there are, the most urgent first, of one priority those that go on, then the oldest."""
        return tuple(
            sorted(self._now.values(), key=lambda one: (-PRIORITIES.index(one.priority), one.latched, one.began, one.name))
        )

    def update(self, present: Mapping[str, Priority], clock: int) -> list[Turn]:
        """Take in which alarm conditions there are now; what has changed."""
        turns = [self._begin(name, priority, clock) for name, priority in present.items() if self._new(name)]
        for name, alarm in list(self._now.items()):
            if name in present:
                self._back.pop(name, None)
                if alarm.silenced and clock - self._silenced[name] >= SILENCE:
                    turns.append(self._put(replace(alarm, silenced=False), "heard"))
            elif not alarm.latched and clock - self._back.setdefault(name, clock) >= ENDS_AFTER:
                if alarm.priority in LATCHING and not alarm.silenced:
                    self._now[name] = replace(alarm, latched=True)
                else:
                    turns.append(self._end(name))
        return turns

    def silence(self, clock: int) -> list[Turn]:
        """Someone has seen the alarms: those that latched end, the others fall silent for a while."""
        turns: list[Turn] = []
        for name, alarm in list(self._now.items()):
            if alarm.latched:
                turns.append(self._end(name))
            elif not alarm.silenced:
                self._silenced[name] = clock
                turns.append(self._put(replace(alarm, silenced=True), "silenced"))
        return turns

    def snapshot(self) -> tuple[dict[str, Alarm], dict[str, int], dict[str, int]]:
        """All that can change."""
        return dict(self._now), dict(self._back), dict(self._silenced)

    def restore(self, snapshot: tuple[dict[str, Alarm], dict[str, int], dict[str, int]]) -> None:
        """Become what `snapshot` was taken of."""
        now, back, silenced = snapshot
        self._now, self._back, self._silenced = dict(now), dict(back), dict(silenced)

    def _new(self, name: str) -> bool:
        return name not in self._now or self._now[name].latched

    def _begin(self, name: str, priority: Priority, clock: int) -> Turn:
        self._back.pop(name, None)
        return self._put(Alarm(name, priority, clock), "began")

    def _put(self, alarm: Alarm, what: Literal["began", "silenced", "heard"]) -> Turn:
        self._now[alarm.name] = alarm
        return Turn(alarm, what)

    def _end(self, name: str) -> Turn:
        self._back.pop(name, None)
        self._silenced.pop(name, None)
        return Turn(self._now.pop(name), "ended")
