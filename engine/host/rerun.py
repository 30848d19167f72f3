"""Replaying a recording: the same inputs, the same events, byte for byte."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from engine.host.loop import play
from engine.host.run import Say, pictures
from engine.session import Event, Session
from engine.session.log import digest
from engine.session.recording import Recording, RecordingError, read
from engine.spec.load import load_scene
from engine.view.stage import Stage
from engine.view.ui.captions import Captions
from engine.view.view import View
from headset.driver import Frame
from headset.inputs import TICKS_PER_SECOND, Input
from headset.offscreen import Offscreen
from headset.replay import ReplayDriver, Tape


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay gave: the session at its end, its events, and their log's SHA-256."""

    recording: Recording
    session: Session
    events: tuple[Event, ...]
    log: str

    @property
    def same(self) -> bool | None:
        """Whether the log is the recorded one; None if the recording was cut off before it said."""
        return None if self.recording.log is None else self.recording.log == self.log


def open_recording(path: Path, scene_file: str = "") -> tuple[Recording, Session]:
    """A recording and a fresh session of its scene; `scene_file` is where that lies today, if it was moved.

    Raises RecordingError if it is damaged or its scene is another one today, SceneError if the scene has errors.
    """
    recording = read(path)
    header = recording.header
    named = scene_file or header.scene
    scene = load_scene(named, variants=header.variants, language=header.language or None, parameters=header.parameters)
    if scene.digest != header.digest:
        raise RecordingError(
            f"{path}: was made with another version of the scene {named}; replay it with the scene and cards of that day"
        )
    return recording, Session(scene, header.seed)


def replay(
    path: Path,
    folder: Path | None = None,
    size: tuple[int, int] = (960, 540),
    say: Say = print,
    scene_file: str = "",
) -> Replayed:
    """Play a recording in virtual time; with a folder, leave pictures of what the person saw there."""
    recording, session = open_recording(path, scene_file)
    events: list[Event] = []
    tape = Tape(recording.tape, recording.last_tick)

    def watch(frame: Frame, inputs: Sequence[Input], new: Sequence[Event]) -> None:
        events.extend(new)

    if folder is None:
        play(session, ReplayDriver(tape), None, watch)
    else:
        lasts = (recording.last_tick + 1) / TICKS_PER_SECOND
        shown = Offscreen(size, script=tape, refresh_hz=TICKS_PER_SECOND, duration=lasts)
        with closing(Stage()) as stage, closing(shown) as driver:
            driver.open(stage)
            view = View(session, stage, Captions(stage, session.world))
            pictures(session, view, driver, folder, watch=watch, say=say)
    return Replayed(recording, session, tuple(events), digest(events))
