"""What a person hears of a session: the interface, and monitors that alarm. `engine.view.sound` tells of its parts.

sound = Sound(session, open_ears())
sound.watch(cues.watch(events, session.tick), frame.display_time)     each frame that played a tick
sound.rest(seconds)                                                   each frame of the calm room
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from engine.library import assets_folder
from engine.session import Session
from engine.view.sound.cues import ME, Cue
from engine.view.sound.earcons import ALARM_PEAKS, EARCONS, Name
from engine.view.sound.ears import Ears
from engine.view.sound.ringing import Burst, Ringing
from engine.world.screens import Priority

NOWHERE: Final[tuple[Name, ...]] = ("notice", "leave", "calm")
"""Sounds that come from no place."""

AT_HEAD: Final[tuple[Name, ...]] = ("choose", "put", "refused")
"""Sounds that come from one if there is one: a thing, or a panel that is still open."""

HIGHER = 1.122
"""How much higher each third of a dwell is: a whole tone."""


class Sound:
    """Plays what is to be heard, on ears if there are any. `tell` is called with a sentence when the device has gone."""

    def __init__(self, session: Session, ears: Ears | None, tell: Callable[[str], object] = lambda _: None) -> None:
        self.ears = ears
        self.tell = tell
        self._volume = -1.0
        self._leaving = False
        self._rang: dict[str, Priority] = {}
        self._calm = False
        if ears is not None:
            folder = assets_folder() / "sounds"
            for name, earcon in EARCONS.items():
                peak = _amplitude(earcon.peak)
                if name not in NOWHERE:
                    ears.load(name, folder / f"{name}.wav", peak, placed=True)
                if name in NOWHERE or name in AT_HEAD:
                    ears.load(f"{name} at the head", folder / f"{name}.wav", peak, placed=False)
        self.follow(session)

    def follow(self, session: Session) -> None:
        """Follow another session from now on: the scene was written anew."""
        self.session = session
        self._ringing = Ringing(session.world)
        if self.ears is None:
            return
        for monitor in (name for name, body in session.world.bodies.items() if "alarm" in body.card.live):
            for priority, peak in ALARM_PEAKS.items():
                file = assets_folder() / "sounds" / f"alarm_{priority}.wav"
                self.ears.load(f"{monitor} {priority}", file, _amplitude(peak), placed=True)

    def watch(self, cues: Sequence[Cue]) -> None:
        """Play the cues of a frame, and alarms. Once the session is over everything falls silent."""
        ears, session = self.ears, self.session
        if ears is None or ears.lost:
            return
        wishes = session.preferences[ME]
        ears.mono = wishes.sound == "mono"
        if wishes.volume != self._volume:
            self._volume = wishes.volume
            ears.set_volume(wishes.volume)
        for burst in self._ringing.watch(over=session.over):
            self._ring(ears, burst)
        if session.over:
            ears.stop_all()
        elif cues or self._leaving:
            self._play(ears, cues)
        if ears.silent:
            return
        ears.hear(session.world.head(ME))
        if ears.lost:
            self.tell("the sound device has gone: the session goes on without sound")

    def rest(self) -> None:
        """Be in the calm room: one soft swell as it opens, then silence."""
        ears = self.ears
        if ears is None or ears.lost:
            return
        if not self._calm:
            self._calm = True
            ears.stop_all()
            ears.play("calm at the head", None)
        ears.hear(None)

    def close(self) -> None:
        """Give the device back."""
        if self.ears is not None:
            self.ears.close()
            self.ears = None

    def _ring(self, ears: Ears, burst: Burst) -> None:
        """Begin a monitor's burst in the place of the one before, or end that."""
        if rang := self._rang.pop(burst.monitor, ""):
            ears.stop(f"{burst.monitor} {rang}")
        if burst.priority:
            self._rang[burst.monitor] = burst.priority
            ears.play(f"{burst.monitor} {burst.priority}", self.session.world.head(ME), burst.point)

    def _play(self, ears: Ears, cues: Sequence[Cue]) -> None:
        world = self.session.world
        if self._leaving and ME not in world.leaving:
            self._leaving = False
            ears.stop("leave at the head")
        for cue in cues:
            self._leaving |= cue.name == "leave"
            at_head = cue.name in NOWHERE or (cue.point is None and cue.name in AT_HEAD)
            key = f"{cue.name} at the head" if at_head else cue.name
            ears.play(key, world.head(ME), cue.point, rate=HIGHER**cue.third)


def _amplitude(dbfs: float) -> float:
    return float(10.0 ** (dbfs / 20.0))
