"""A recording that can be played from any moment: back, forth, and on."""

from __future__ import annotations

import gc
from pathlib import Path

from engine.session import Event, Session
from engine.session.recording import Recording, RecordingError, read
from engine.session.snapshots import SnapshotError, code, thaw
from engine.spec.load import load_scene


def open_recording(path: Path, scene_file: str = "", *, checked: bool = True) -> tuple[Recording, Session]:
    """A recording and a fresh session of its scene; `scene_file` is where that lies today, if it was moved.

    Raises RecordingError if it is damaged or its scene is another one today, SceneError if the scene has errors. Where `checked`
    is False, damage further on is found when it is come to.
    """
    recording = read(path, checked=checked)
    header = recording.header
    named = scene_file or header.scene
    scene = load_scene(named, variants=header.variants, language=header.language or None, parameters=header.parameters)
    if scene.digest != header.digest:
        raise RecordingError(
            f"{path}: was made with another version of the scene {named}; replay it with the scene and cards of that day"
        )
    return recording, Session(scene, header.seed)


class Player:
    """A recording, and a session of it that `seek` brings to any tick.

    `session` is another object after a step back. `hint` says in a sentence why a seek had to begin at the start; else empty.
    """

    def __init__(self, recording: Recording, session: Session) -> None:
        self.recording = recording
        self.session = session
        self.hint = ""

    def seek(self, tick: int) -> None:
        """Bring the session to the end of a tick, from the nearest snapshot before it, or from where it is if that is nearer.

        -1 is the start; what is after the end is the end. Raises RecordingError.
        """
        tick = min(tick, self.recording.last_tick)
        # Ten seconds with hand joints are a hundred thousand poses: garbage collections would take half of the time.
        collecting = gc.isenabled()
        gc.disable()
        try:
            if tick < self.session.tick:
                self.session = self._fresh()
            self._jump(tick)
            self.play(tick)
        finally:
            if collecting:
                gc.enable()

    def play(self, tick: int) -> list[Event]:
        """Play on to the end of a tick; what happened. Raises RecordingError."""
        tick = min(tick, self.recording.last_tick)
        events: list[Event] = []
        for at, inputs in self.recording.after(self.session.tick):
            if at > tick:
                break
            events += self.session.step(at - 1)
            events += self.session.step(at, inputs)
        return events + self.session.step(tick)

    def _jump(self, tick: int) -> None:
        found = self.recording.snapshot(tick)
        if found is None or found.tick <= self.session.tick:
            return
        if found.code != code():
            self.hint = "its snapshots are of another version of Abaton, so it is played from the start"
            return
        try:
            snapshot = thaw(found.load(), self.session.scene)
            if snapshot["tick"] != found.tick:
                raise SnapshotError("of another tick than it says")
            self.session.restore(snapshot)
        except (SnapshotError, KeyError, TypeError, ValueError, AttributeError):
            # It says it is ours and is not: what was half restored is thrown away.
            self.session = self._fresh()
            self.hint = "its snapshot cannot be used, so it is played from the start"

    def _fresh(self) -> Session:
        return Session(self.session.scene, self.session.seed)
