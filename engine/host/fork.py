"""A recorded session that goes on otherwise: played again up to a moment, then someone takes over.

What comes of it is a recording of its own, which begins with the inputs of the other one and replays like any.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from engine.host.album import clock_text
from engine.host.device import Device
from engine.host.loop import Watch
from engine.host.player import open_recording
from engine.host.run import Say, Settings, run
from engine.session import Session
from engine.session.recording import RecordingError
from headset.driver import Frame
from headset.inputs import TICKS_PER_SECOND


def fork(path: Path, tick: int, device: Device, out: Path, *, settings: Settings, say: Say, scene_file: str = "") -> Session:
    """Play a recording up to a tick, go on from there on a device, and keep both as one session in a new folder of `out`.

    Of `settings` only what does not decide is taken; scene, seed, language, variants and parameters are the recording's. Raises
    what `run` does, and RecordingError, before anything is written.
    """
    recording, _ = open_recording(path, scene_file)
    header = recording.header
    over = recording.log is not None and tick >= recording.last_tick
    if over or tick > recording.last_tick:
        end, moment = clock_text(recording.last_tick), clock_text(tick)
        raise RecordingError(f"{path}: ends at {end}, so nobody can go on from {moment}; give an earlier --from")

    def past(session: Session, watch: Watch) -> None:
        say(f"playing the recording up to {clock_text(tick)}")
        for at, inputs in recording.tape:
            if at > tick:
                break
            watch(_frame(session), (), session.step(at - 1))
            watch(_frame(session), inputs, session.step(at, inputs))
        watch(_frame(session), (), session.step(tick))

    settings = replace(
        settings,
        variants=header.variants,
        language=header.language or None,
        parameters=header.parameters,
        seed=header.seed,
        record=True,
        watch=False,
    )
    return run(scene_file or header.scene, device, out, settings, say, past=past)


def _frame(session: Session) -> Frame:
    """The frame in which the next tick is played."""
    return Frame(session.tick + 1, (session.tick + 1) / TICKS_PER_SECOND, draw=False)
