"""The sound device, through Panda3D's OpenAL. There may be none: then everything is silent, without a word and without cost.

Loudness. The person's volume goes from 0 to 100 %; a sound's amplitude goes with its square, which sounds even from step to step:
100 % is the file as it is, 70 % -6.2 dB, 50 % -12 dB, 10 % -40 dB, 0 % nothing at all. What sounds at once peaks at CEILING or
below, whatever comes together; nobody can raise that. How loud full scale is lies with the device and its own volume, which this
cannot know: whoever runs sessions sets them once so that an alarm is as loud as they want it. A clinician must sign the levels
off.

Direction. A sound is where its thing is, as heard from the person's head, half as loud three metres from it as at one: indoors
sound falls less with distance than in the open. For who wishes `sound=mono`, everything is straight ahead at its distance: both
ears hear the same. OpenAL Soft knows headphones and then gives each ear its own delay and colour, by which the nearer one gets up
to 2 dB more than the file has (measured with `hrtf=true`: an alarm at 60 and 90 degrees); over loudspeakers it pans.

Nothing here loops, the longest sound lasts three seconds, and it all is in this process: when it ends, or is ended, so does every
sound.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import panda3d.core as p3d

from engine.world.vectors import Transform, Vec3, distance

SETTINGS = """
audio-library-name p3openal_audio
notify-level-audio fatal
"""

CEILING = 10.0 ** (-8.0 / 20.0)
"""Full scale is 1: what all that sounds at once may peak at."""

NEAR, FALLS = 1.0, 0.5
"""Metres within which a sound is as loud as it gets; and how fast it falls beyond, 1 being as in the open."""

FADES = 0.06
"""Seconds from silencing a sound to ending it: OpenAL lets a volume fall within its next block, about 20 ms, without a click."""

EARLY = 0.5
"""Seconds before its time at which nothing ends that is heard: more than any device is fed ahead."""


def gain(per_cent: float) -> float:
    """The amplitude of a volume, 0 to 1."""
    share = min(1.0, max(0.0, per_cent / 100.0))
    return share * share


def open_ears() -> Ears | None:
    """The sound device of this machine; None if it has none, or none that can be used."""
    p3d.load_prc_file_data("abaton sound", SETTINGS)
    with _unsaid():
        manager = p3d.AudioManager.create_AudioManager()
    if not manager.is_valid():
        return None
    manager.audio_3d_set_drop_off_factor(FALLS)
    return Ears(manager)


class Ears:
    """Sounds that are loaded, each under a key, and those that can be heard now. `hear` once a frame."""

    def __init__(self, manager: p3d.AudioManager, clock: Callable[[], float] = monotonic) -> None:
        self.manager = manager
        self.clock = clock
        self.mono = False
        self.lost = False
        """Whether the device has gone."""
        self._sounds: dict[str, tuple[p3d.AudioSound, float, bool]] = {}
        """Key → sound, its peak at full volume, whether it has a place."""
        self._playing: dict[str, tuple[Vec3 | None, float]] = {}
        """Key → where it is, and the moment at which it will be over."""
        self._ending: dict[str, float] = {}
        self._volume = 1.0

    @property
    def silent(self) -> bool:
        """Whether nothing can be heard."""
        return not self._playing and not self._ending

    def load(self, key: str, file: Path, peak: float, *, placed: bool) -> None:
        """Load a sound whole, so that nothing is read when it is first heard; one that is `placed` is heard from somewhere."""
        if key in self._sounds:
            return
        sound = self.manager.get_sound(p3d.Filename.from_os_specific(str(file)), placed)
        if placed:
            sound.set_3d_min_distance(NEAR)
        self._sounds[key] = (sound, peak, placed)

    def set_volume(self, per_cent: float) -> None:
        """As loud as the person wants it, from now on."""
        self._volume = gain(per_cent)
        self._level()

    def play(self, key: str, head: Transform | None, point: Vec3 | None = None, *, rate: float = 1.0) -> None:
        """Begin a sound, anew if it is heard already: from a point, as heard from a head in the same space; or from nowhere."""
        sound, _, placed = self._sounds[key]
        if self.lost or self._volume == 0.0 or (placed and (point is None or head is None)):
            return
        self._ending.pop(key, None)
        self._playing[key] = (point, self.clock() + sound.length() / rate)
        self._level()
        if placed and head is not None:
            self._listen(head)
            self._put(sound, point, head)
        sound.set_play_rate(rate)
        sound.set_volume(1.0)
        sound.play()

    def stop(self, key: str) -> None:
        """Let a sound fall silent at once; it has ended FADES later."""
        if key in self._playing:
            del self._playing[key]
            self._sounds[key][0].set_volume(0.0)
            self._ending[key] = self.clock() + FADES

    def stop_all(self) -> None:
        """Let everything fall silent at once."""
        for key in list(self._playing):
            self.stop(key)

    def hear(self, head: Transform | None) -> None:
        """Hear what sounds from where the head is now."""
        if self.silent:
            return
        self.manager.update()
        for key, ends in list(self._ending.items()):
            if self.clock() >= ends:
                del self._ending[key]
                self._sounds[key][0].stop()
        over = [key for key in self._playing if self._sounds[key][0].status() != p3d.AudioSound.PLAYING]
        for key in over:
            # OpenAL ends at once what it is given when its device is gone; Panda3D has no other way to tell.
            self.lost |= self._playing.pop(key)[1] - self.clock() > EARLY
        if over:
            self._level()
        if head is None or not self._playing:
            return
        self._listen(head)
        if self.mono:
            for key, (point, _) in self._playing.items():
                if self._sounds[key][2]:
                    self._put(self._sounds[key][0], point, head)

    def close(self) -> None:
        """Give the device back; a second call does nothing."""
        for sound, _, _ in self._sounds.values():
            sound.stop()
        self._sounds.clear()
        self._playing.clear()
        self._ending.clear()
        self.manager.shutdown()

    def _level(self) -> None:
        """Keep all that sounds at once below the ceiling."""
        together = sum(self._sounds[key][1] for key in self._playing)
        self.manager.set_volume(self._volume * min(1.0, CEILING / together if together else 1.0))

    def _listen(self, head: Transform) -> None:
        ahead, up = head.direction((0.0, 1.0, 0.0)), head.direction((0.0, 0.0, 1.0))
        self.manager.audio_3d_set_listener_attributes(*head.position, 0.0, 0.0, 0.0, *ahead, *up)

    def _put(self, sound: p3d.AudioSound, point: Vec3 | None, head: Transform) -> None:
        if point is None:
            return
        at = head.point((0.0, distance(point, head.position), 0.0)) if self.mono else point
        sound.set_3d_attributes(*at, 0.0, 0.0, 0.0)


@contextmanager
def _unsaid() -> Iterator[None]:
    """ALSA tells the terminal of cards that are not there, by itself and in ten lines; that is no news to anyone."""
    sys.stderr.flush()
    kept = os.dup(2)
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
