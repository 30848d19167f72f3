"""The sounds of the interface: what each says, how loud it is, and what shows and lets feel the same.

Nothing is said by a sound alone: who hears nothing sees it (XAUR 4.17), and a hand that did it feels it. The files are made by
`assets/generators/sounds.py`, which says what they are made of; a test holds their peaks to these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

Name = Literal[
    "hover", "focus", "dwell", "press", "choose", "take", "put", "fit", "detent", "refused", "notice", "leave", "calm"
]  # fmt: skip

Pulses = tuple[tuple[float, float, float], ...]
"""Seconds after it began, amplitude 0–1, seconds: what a hand feels."""


@dataclass(frozen=True, slots=True)
class Earcon:
    """One sound of the interface."""

    says: str
    peak: float
    """Of its file, in dBFS: at most LOUDEST."""
    seen: str
    """What shows the same."""
    felt: Pulses | str
    """What the hand that does it feels; or in words why, or by what else."""


LOUDEST = -20.0
"""dBFS at which an earcon may peak: people may be lying down to relax."""

BY_PATTERN = "the pattern `tap`, which the session asks for with the event `haptic`"
"""Felt already, wherever it comes from: `engine.host.feel` plays what the session asks for."""

EARCONS: Final[Mapping[Name, Earcon]] = {
    "hover": Earcon("this can be worked", -38.0, "a ring around it", ((0.0, 0.12, 0.012),)),
    "focus": Earcon("a look rests on it: it will be worked", -32.0, "the ring begins to fill", "a look has no hand"),
    "dwell": Earcon("a third more of the rest", -34.0, "the ring fills", "a look has no hand"),
    "press": Earcon("pressed", -24.0, "two rings; what was pressed goes in", BY_PATTERN),
    "choose": Earcon("chosen on a panel", -26.0, "the item goes in; what it does", ((0.0, 0.5, 0.03),)),
    "take": Earcon("it is in the hand, or picked", -26.0, "it goes with the hand; two rings", ((0.0, 0.4, 0.03),)),
    "put": Earcon("let go, put down, arrived", -26.0, "it lies where it is; the rings are gone", ((0.0, 0.25, 0.03),)),
    "fit": Earcon("it sits where it belongs", -25.0, "it snaps on and stays", ((0.0, 0.5, 0.04),)),
    "detent": Earcon("one step of a dial", -30.0, "the dial turns, and shows its value", BY_PATTERN),
    "refused": Earcon("that cannot be", -26.0, "an amber cross in a ring, there", ((0.0, 0.35, 0.04), (0.12, 0.35, 0.04))),
    "notice": Earcon("there is something to read", -24.0, "a panel ahead", ((0.0, 0.3, 0.06), (0.16, 0.3, 0.06))),
    "leave": Earcon(
        "leaving has begun, and can still be called off", -26.0, "the way out fills", ((0.0, 0.15, 0.2), (0.3, 0.25, 0.2))
    ),
    "calm": Earcon("the calm room is here", -26.0, "the calm room", "hands feel nothing once one has left"),
}

assert set(EARCONS) == set(get_args(Name))

ALARM_PEAKS: Final[Mapping[str, float]] = {"high": -12.0, "medium": -14.0, "low": -16.0}
"""dBFS of each priority's burst: louder the more urgent (IEC 60601-1-8 as commonly quoted; UNVERIFIED). Seen as the monitor's
lamp and its numbers, which flash with the same priority; not felt, as in a ward."""
