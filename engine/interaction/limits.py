"""How long a session lasts, and how one feels before and after it.

A session ends when the person's `minutes` are over: 20 unless they say otherwise, 30 at the most (`preferences`). All session
ticks count, paused ones too, for the device is worn meanwhile. A minute before, the log says so, for captions and the operator; a
limit that is set when most of it is over still leaves that minute.

Comfort is asked on the fast motion sickness scale, 0 (none at all) to 20 (frank sickness) (Keshavarz and Hecht 2011, Hum Factors
53:415). Its authors give no limit: that a rise by five, a quarter of the scale, advises a break is plausible, not measured.
Makers ask for a break of 10 to 15 minutes after half an hour (Meta, Health and safety warnings, 2023). A clinician must sign
these off.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.world.events import Draft, Emit
from headset.inputs import TICKS_PER_SECOND

NEARLY = 60 * TICKS_PER_SECOND
"""Ticks before the end at which it is said."""

RISES = 5
"""Points by which the answer after a session must be higher than before it for a break to be advised."""

BREAK = 15
"""Minutes of the break that is advised."""

BEFORE, AFTER = "fms_before", "fms_after"
SICKEST = 20
"""The highest answer."""


class Limits:
    """One session's time and answers."""

    def __init__(self, emit: Emit) -> None:
        self.emit = emit
        self.warned = -1
        """The tick in which the person was told that it is nearly over; -1 before."""
        self.cause = 0
        """The event of that."""
        self.answers: dict[str, float] = {}
        """Question → its newest answer."""

    def step(self, tick: int, minutes: float) -> bool:
        """Whether the session's time is over in this tick; `minutes` is how long it may last."""
        ends = int(minutes * 60 * TICKS_PER_SECOND)
        if tick < ends - NEARLY:
            return False
        if self.warned < 0:
            self.warned = tick
            because = f"sessions of this person last {minutes:g} minutes"
            self.cause = self.emit(Draft("engine", "time_nearly_over", value=NEARLY / TICKS_PER_SECOND, because=because))
        return tick >= max(ends, self.warned + NEARLY)

    def advise(self, because: str, cause: int | None) -> None:
        """Tell that a break is due."""
        self.emit(Draft("engine", "break_advised", value=BREAK, because=because, cause=cause))

    def answer(self, who: str, text: str) -> None:
        """Keep an answer, written `question=value`; those about comfort are numbers from 0 to SICKEST."""
        question, equals, value = (part.strip() for part in text.partition("="))
        if not (question and equals and value):
            why = "an answer is written question=value, as in fms_before=3"
            self.emit(Draft(who, "answer_refused", value=text, because=why))
            return
        if question not in (BEFORE, AFTER):
            self.emit(Draft(who, "answered", question, value))
            return
        if not (value.isascii() and value.isdigit() and len(value) <= 2 and int(value) <= SICKEST):
            why = f"{question} is a whole number from 0 (no sickness at all) to {SICKEST} (frank sickness)"
            self.emit(Draft(who, "answer_refused", question, value, because=why))
            return
        self.answers[question] = float(value)
        cause = self.emit(Draft(who, "answered", question, float(value)))
        if question == AFTER and self.answers[AFTER] - self.answers.get(BEFORE, 0.0) >= RISES:
            before = f"{self.answers[BEFORE]:g} before" if BEFORE in self.answers else "not asked before"
            self.advise(f"discomfort of {self.answers[AFTER]:g}, {before}", cause)

    def snapshot(self) -> dict[str, Any]:
        """All that can change, as plain data."""
        return {"warned": self.warned, "cause": self.cause, "answers": dict(self.answers)}

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Become what `snapshot` was taken of."""
        self.warned, self.cause, self.answers = snapshot["warned"], snapshot["cause"], dict(snapshot["answers"])
