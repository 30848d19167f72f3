"""Plays a session on a real OpenAL whose device is a file: `python -m tests.view.sound.listening WAV NOTES`.

ALSOFT_DRIVERS is `wave`, and the file that ALSOFT_CONF names has WAV in it.
WAV is the file that OpenAL Soft writes what would be heard to. It is also the clock: a moment is how many frames of it were
written, so nothing here goes by how fast this machine is. NOTES becomes a JSON object: each moment's frames.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from engine.view.sound.cues import Cues
from engine.view.sound.ears import open_ears
from engine.view.sound.sound import Sound
from engine.world.vectors import heading
from headset.inputs import Command, Input, Person, Pose
from tests.view.sound.hearing import ringing

RATE, FRAME, HEADER = 44_100, 8, 68
"""Of the file: frames a second, bytes of one (two channels of 32 bits), bytes before the first."""

PATIENCE = 120.0
"""Seconds after which a machine is taken to hang."""

EAST, NORTH = heading(90.0), heading(0.0)


class Listener:
    """A session with ears, and what was written so far."""

    def __init__(self, wav: Path) -> None:
        self.wav = wav
        ears = open_ears()
        assert ears is not None, "OpenAL opened no device: is ALSOFT_DRIVERS=wave?"
        self.ears = ears
        self.session = ringing(wav.parent)
        self.cues = Cues(self.session.world)
        self.sound = Sound(self.session, ears)
        self.notes: dict[str, list[int]] = {}

    def written(self) -> int:
        """Frames of sound that are in the file."""
        return max(0, self.wav.stat().st_size - HEADER) // FRAME

    def play(self, *given: Input, ticks: int = 1) -> None:
        """One frame of the loop."""
        events = self.session.step(self.session.tick + ticks, given)
        self.sound.watch(self.cues.watch(events, self.session.tick))

    def until(self, true: Callable[[], bool]) -> None:
        """Hear on, the scene's clock standing still, until something is so."""
        ends = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < ends, "it took too long"
            time.sleep(0.005)
            self.ears.hear(self.session.world.head("participant"))

    def go_on(self, seconds: float) -> None:
        """Until so much more is written."""
        ends = self.written() + round(seconds * RATE)
        self.until(lambda: self.written() >= ends)

    def note(self, name: str, *given: Input) -> None:
        """Play a frame and hear it to its end, with silence behind it; between which frames of the file it is."""
        begins = self.written()
        self.play(*given)
        assert not self.ears.silent, f"{name}: nothing sounds"
        self.until(lambda: self.ears.silent)
        self.go_on(0.15)
        self.notes[name] = [begins, self.written()]


def person(turn: tuple[float, float, float, float]) -> Person:
    """Someone whose head faces so."""
    return Person(head=Pose.of((0.0, 0.0, 1.6), turn))


def main(wav: Path, notes: Path) -> None:
    """Play what test_heard listens to."""
    ear = Listener(wav)
    ear.play(person(NORTH))
    ear.go_on(0.1)
    ear.notes["before"] = [0, ear.written()]
    press = Command("operator", "do", "press bell")
    ear.play(Command("participant", "set", "volume=100"))
    ear.note("right", press)
    ear.play(person(heading(180.0)), ticks=50)
    ear.note("left", press)
    ear.play(person(NORTH), Command("participant", "set", "sound=mono"), ticks=50)
    ear.note("mono", press)
    ear.play(Command("operator", "volume", "84.09"), ticks=50)
    ear.note("softer", press)
    ear.play(Command("operator", "volume", "0"), ticks=50)
    ear.play(press)
    ear.go_on(0.2)
    ear.notes["off"] = [ear.notes["softer"][1], ear.written()]
    ear.play(Command("operator", "volume", "100"), Command("participant", "set", "sound=stereo"), ticks=1)
    begins = ear.written()
    while ear.session.world.monitors["monitor"].priority != "medium":
        ear.play(ticks=10)
    ear.go_on(0.25)
    ear.notes["alarm"] = [begins, ear.written()]
    ear.play(Command("participant", "leave"))
    left = ear.written()
    ear.go_on(0.6)
    ear.notes["left it"] = [left, ear.written()]
    begins = ear.written()
    ear.sound.rest()
    ear.until(lambda: ear.ears.silent)
    ear.notes["calm"] = [begins, ear.written()]
    ear.go_on(0.05)
    ear.sound.close()
    notes.write_text(json.dumps(ear.notes), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
