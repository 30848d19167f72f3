"""How an alarm sounds and flashes, by its priority: pure data and ticks, for pictures and for sound alike.

Priorities, bursts and flashing follow IEC 60601-1-8 as it is commonly quoted; UNVERIFIED until someone who holds the standard has
compared the numbers of `SIGNALS`. Nothing here flashes more than three times a second, which is our own rule (WCAG 2.3.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from engine.world.screens import Priority


@dataclass(frozen=True, slots=True)
class Signal:
    """How a priority is heard and seen, in ticks of 10 ms.

    `pulses` are the begins of the pulses of one burst, `pulse` how long each sounds, `every` from burst to burst. It is lit for
    `lit` of every `period` ticks; a period of 0 is steady.
    """

    pulses: tuple[int, ...]
    pulse: int
    every: int
    period: int
    lit: int
    colour: Literal["red", "yellow", "cyan"]


_FIVE = (0, 20, 40, 75, 95)
SIGNALS: Final[Mapping[Priority, Signal]] = {
    "high": Signal((*_FIVE, *(begin + 175 for begin in _FIVE)), 12, 600, 50, 25, "red"),
    "medium": Signal((0, 40, 80), 20, 1200, 160, 80, "yellow"),
    "low": Signal((0, 40), 20, 3000, 0, 0, "cyan"),
}
"""High: ten pulses, 3 + 2 twice, flashing at 2 Hz (1.4–2.8). Medium: three, 0.625 Hz (0.4–0.8). Low: two, steady. UNVERIFIED."""


def lit(priority: Priority, clock: float) -> bool:
    """Whether an alarm of that priority is in the lit part of its flashing at a scene tick; no alarm is not lit."""
    if not priority:
        return False
    signal = SIGNALS[priority]
    return signal.period == 0 or clock % signal.period < signal.lit
