"""Replaying a recording: the same inputs, the same events, byte for byte; from any moment, and seen from anywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from engine.host.album import clock_text
from engine.host.front import captions
from engine.host.player import Player, open_recording
from engine.host.run import Say, pictures
from engine.session import Event, Session
from engine.session.log import digest
from engine.session.recording import Recording
from engine.view.stage import Stage
from engine.view.view import View
from engine.view.viewpoint import eye, look_from, read_points
from headset.driver import Frame
from headset.driver import View as EyeView
from headset.inputs import SIDES, TICKS_PER_SECOND, Input
from headset.offscreen import Offscreen
from headset.replay import Tape

PARTICIPANT = "participant"
"""The viewpoint of the person themselves."""


class ViewpointError(ValueError):
    """Nothing can be seen from there; the message says in a sentence what can be asked for."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay gave: the session at its end, its events, and their log's SHA-256."""

    recording: Recording
    session: Session
    events: tuple[Event, ...]
    """Of the ticks that were asked for."""
    log: str
    whole: bool
    """Whether all of the recording was played, from its start to its end."""

    @property
    def same(self) -> bool | None:
        """Whether the log is the recorded one; None if the recording was cut off before it said, or is played in part."""
        return None if self.recording.log is None or not self.whole else self.recording.log == self.log


def replay(
    path: Path,
    folder: Path | None = None,
    size: tuple[int, int] = (960, 540),
    say: Say = print,
    scene_file: str = "",
    *,
    first: int = 0,
    last: int | None = None,
    viewpoint: str = PARTICIPANT,
) -> Replayed:
    """Play a recording in virtual time, its ticks from `first` to `last`; with a folder, leave pictures of it there.

    `viewpoint` says where these are taken from: `participant`, the name of one of the scene's shots, or `x,y,z to x,y,z` in
    metres. Raises RecordingError, SceneError, and ViewpointError.
    """
    recording, session = open_recording(path, scene_file, checked=first == 0)
    end = recording.last_tick if last is None else min(last, recording.last_tick)
    player = Player(recording, session)
    if 0 < first <= recording.last_tick:
        player.seek(first - 1)
    elif first > recording.last_tick:
        raise ViewpointError(f"the recording ends at {clock_text(recording.last_tick)}")
    session = player.session
    if player.hint:
        say(player.hint)
    events: list[Event] = []
    whole = first == 0 and end == recording.last_tick
    if folder is None:
        events += player.play(max(end, first))
    else:
        eyes = eyes_at(viewpoint, session, size)
        tape = Tape(recording.after(session.tick), max(end, first))
        shown = _Onlooker(session.tick + 1, tape, size, eyes)
        moments = {} if whole else {shown.begin: "from", tape.last_tick: "to"}

        def watch(frame: Frame, inputs: Sequence[Input], new: Sequence[Event]) -> None:
            events.extend(new)

        with closing(Stage()) as stage, closing(shown) as driver:
            driver.open(stage)
            for side in SIDES if recording.header.device == "headset" else ():
                stage.hold(side, "", 0.0)  # nobody knows with what, but a headset's grips look along the tube of the fist
            view = View(session, stage, captions(stage, session))
            pictures(session, view, driver, folder, watch=watch, say=say, moments=moments, ends=False)
    return Replayed(recording, player.session, tuple(events), digest(events), whole)


def eyes_at(viewpoint: str, session: Session, size: tuple[int, int]) -> Callable[[], Sequence[EyeView]] | None:
    """The eyes of a viewpoint at any later moment; None for the person's own. Raises ViewpointError."""
    world, shots = session.world, session.scene.shots
    if viewpoint == PARTICIPANT:
        return None
    if viewpoint in shots:
        return lambda: [eye(world, shots[viewpoint], size)]
    points = read_points(viewpoint)
    if points is None:
        known = ", ".join([PARTICIPANT, *shots])
        raise ViewpointError(f"'{viewpoint}' is no viewpoint: give {known}, or two points in metres as in \"0,-2,1.6 to 0,0,1\"")
    return lambda: [look_from(world, *points, size)]


class _Onlooker(Offscreen):
    """Pictures of a tape that begins at a tick, from the person's eyes or from where nobody need be."""

    def __init__(self, begin: int, tape: Tape, size: tuple[int, int], eyes: Callable[[], Sequence[EyeView]] | None) -> None:
        self.begin = begin
        self.eyes = eyes
        super().__init__(
            size,
            script=lambda frame: tape(replace(frame, tick=frame.tick + begin)),
            refresh_hz=TICKS_PER_SECOND,
            duration=(tape.last_tick + 1 - begin) / TICKS_PER_SECOND,
        )

    def views(self) -> Sequence[EyeView]:
        """The eyes as they are now."""
        return super().views() if self.eyes is None else self.eyes()
