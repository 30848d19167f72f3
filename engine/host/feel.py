"""What hands feel, in pulses: the patterns that a session asks for, on the hand that holds the thing or works one of its
controls; and the moments of the interface, as they are heard (`engine.view.sound.earcons`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from engine.session import Event, Session
from engine.view.sound.cues import ME, Cue
from engine.view.sound.earcons import EARCONS
from engine.world.time import ticks
from headset.driver import Driver
from headset.inputs import SIDES, Side

Pulse = tuple[float, float, float]
"""Seconds after the pattern began, amplitude 0–1, seconds it lasts."""


def _swell(seconds: float, peak: float) -> tuple[Pulse, ...]:
    """A pattern that grows and fades like a breath, in pulses of 0.2 s."""
    count = int(seconds / 0.2)
    half = count / 2
    return tuple((index * 0.2, peak * (1.0 - abs(index + 0.5 - half) / half), 0.2) for index in range(count))


PATTERNS: Final[Mapping[str, tuple[Pulse, ...]]] = {
    "tap": ((0.0, 0.6, 0.04),),
    "pulse": tuple((beat * 0.8, 0.5, 0.08) for beat in range(4)),
    "breath": _swell(3.0, 0.35),
}


class Feel:
    """Plays patterns on a driver. `watch` takes the events of a frame and sends what is due."""

    def __init__(self, session: Session, driver: Driver) -> None:
        self.session = session
        self.driver = driver
        self._due: list[tuple[int, Side, float, float]] = []

    def watch(self, events: Sequence[Event], cues: Sequence[Cue] = ()) -> None:
        """Begin what events and cues ask for, and send the pulses that are due. Once it is over nothing is felt any more."""
        for cue in cues:
            felt = EARCONS[cue.name].felt
            for begins, amplitude, seconds in felt if not isinstance(felt, str) else ():
                self._due += [(self.session.tick + ticks(begins), side, amplitude, seconds) for side in self._hands(cue)]
        for event in events:
            side = self._side(event.what) if event.event == "haptic" else None
            if side is not None:
                for begins, amplitude, seconds in PATTERNS[str(event.value)]:
                    self._due.append((event.tick + ticks(begins), side, amplitude, seconds))
        if self.session.over:
            self._due.clear()
        for pulse in [pulse for pulse in self._due if pulse[0] <= self.session.tick]:
            self._due.remove(pulse)
            self.driver.haptic(*pulse[1:])

    def _hands(self, cue: Cue) -> tuple[Side, ...]:
        """The hand that did it; both that are there, of what is at no place."""
        if cue.side is not None:
            return (cue.side,)
        if cue.point is not None:
            return ()
        return tuple(side for side in SIDES if self.session.world.hand(ME, side) is not None)

    def _side(self, thing: str) -> Side | None:
        """The hand that is on a thing."""
        world = self.session.world
        hand = world.held.get(thing) or next((hand for (name, _), hand in world.worked.items() if name == thing), None)
        return None if hand is None else "left" if hand[1] == "left" else "right"
