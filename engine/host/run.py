"""Running a scene on a device, from its name to what is left on disk."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from engine import __version__
from engine.host.album import Album, clock_text
from engine.host.feel import Feel
from engine.host.interrupt import Interrupts
from engine.host.keep import Keeper
from engine.host.loop import Change, Shown, Watch, play
from engine.host.quiet import no_full_collections
from engine.host.reload import Watched
from engine.rehearsal import Visitor
from engine.session import Event, Session
from engine.session.recording import Header
from engine.spec.load import load_scene
from engine.spec.model import SceneSpec
from engine.view.stage import Stage
from engine.view.ui.captions import Captions
from engine.view.view import View
from headset.driver import Driver, Frame
from headset.inputs import TICKS_PER_SECOND, Input
from headset.offscreen import Offscreen

Device = Literal["window", "headset", "headless"]
Say = Callable[[str], None]
"""Where lines for the person at the terminal go."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a session may set over its scene, and how it is kept."""

    variants: tuple[str, ...] = ()
    language: str | None = None
    parameters: Mapping[str, str] | None = None
    seed: int = 0
    record: bool = False
    watch: bool = False
    """Whether the scene is followed as it is changed (`engine.host.reload`)."""
    size: tuple[int, int] = (960, 540)
    full_screen: bool = False

    def load(self, scene: str) -> SceneSpec:
        """The scene, composed; raises SceneError."""
        return load_scene(scene, variants=self.variants, language=self.language, parameters=self.parameters or {})

    def header(self, scene: str, spec: SceneSpec, device: str) -> Header:
        """What a recording of it begins with."""
        return Header(
            scene=scene,
            digest=spec.digest,
            seed=self.seed,
            language=self.language or "",
            variants=self.variants,
            parameters=dict(self.parameters or {}),
            engine=__version__,
            device=device,
        )


def choose_device() -> Device:
    """A window where there is a screen, else pictures."""
    return "window" if os.environ.get("DISPLAY") else "headless"


def new_folder(parent: Path, name: str) -> Path:
    """A folder of a run's own, `lakeside-001` and so on; never one that is there."""
    try:
        parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(parent)) from error
    number = 1
    while True:
        folder = parent / f"{name}-{number:03}"
        try:
            folder.mkdir()
        except FileExistsError:
            number += 1
        else:
            return folder


def run(scene: str, device: Device, out: Path, settings: Settings, say: Say) -> Session:
    """Play a scene once and keep its log in a new folder of `out`.

    Raises SceneError, DriverError, and OSError where the disk refuses. Ctrl-C and a polite kill end the session first and are
    raised when all is kept (`Interrupts`).
    """
    spec = settings.load(scene)
    session = Session(spec, settings.seed)
    say(f"{spec.text.get('title', spec.name)} ({spec.name}), {_DEVICE_TEXT[device]}")
    with closing(Stage()) as stage, closing(_driver(device, session, settings, say)) as driver:
        driver.open(stage)
        folder = new_folder(out, spec.name)
        with Interrupts() as interrupts:
            with closing(Keeper(folder, session, settings.header(scene, spec, device) if settings.record else None)) as keeper:
                if settings.watch:
                    with closing(Watched(scene, settings, session, stage, say)) as watched:
                        stage.warm()
                        _live(session, watched, driver, keeper.watch, say, stop=interrupts.why, change=watched.change)
                        session = watched.session
                elif isinstance(driver, Offscreen):
                    view = View(session, stage, Captions(stage, session.world))
                    stage.warm()
                    pictures(session, view, driver, folder, watch=keeper.watch, say=say, stop=interrupts.why)
                else:
                    view = View(session, stage, Captions(stage, session.world))
                    stage.warm()
                    _live(session, view, driver, keeper.watch, say, stop=interrupts.why)
            say(f"event log   {keeper.log_path}  (sha256 {keeper.digest})")
            if keeper.recording_path:
                say(f"recording   {keeper.recording_path}")
    return session


_DEVICE_TEXT: Mapping[Device, str] = {
    "window": "in a window: click to look around, hold the left button to reach, Esc leaves",
    "headset": "in the headset: hold the menu button for a second to leave",
    "headless": "with no screen, in virtual time",
}


def _driver(device: Device, session: Session, settings: Settings, say: Say) -> Driver:
    # Each driver brings its own libraries; a run loads only those of its device.
    if device == "headset":
        from headset.openxr import OpenXRDriver

        return OpenXRDriver(say=say)
    if device == "window":
        from headset.simulator import WindowDriver

        return WindowDriver(size=settings.size, full_screen=settings.full_screen)
    visitor = Visitor(session.world, settings.seed)
    return Offscreen(settings.size, script=lambda frame: [visitor.person(frame.tick)])


def _live(
    session: Session,
    view: Shown,
    driver: Driver,
    watch: Watch,
    say: Say,
    *,
    stop: Callable[[], str],
    change: Change = lambda _: None,
) -> None:
    """Run on an open device that a person uses."""
    feel = Feel(session, driver)

    def watched(frame: Frame, inputs: Sequence[Input], events: Sequence[Event]) -> None:
        watch(frame, inputs, events)
        feel.watch(events)
        tell(events, say)

    def changed(now: Session) -> tuple[Session, Shown, Sequence[Event]] | None:
        other = change(now)
        if other is not None:
            feel.session = other[0]
        return other

    with no_full_collections():
        play(session, driver, view, watched, stop=stop, change=changed)


def pictures(
    session: Session,
    view: View,
    driver: Offscreen,
    folder: Path,
    *,
    watch: Watch,
    say: Say,
    stop: Callable[[], str] = lambda: "",
) -> None:
    """Run in virtual time, drawing only the moments that are worth a picture, and keep these with a contact sheet."""
    album = Album(folder)

    def watched(frame: Frame, inputs: Sequence[Input], events: Sequence[Event]) -> None:
        watch(frame, inputs, events)
        album.note(events)
        tell(events, say)

    def keep(frame: Frame) -> None:
        album.keep(frame.tick, driver.picture())

    driver.wanted = album.due
    play(session, driver, view, watched, keep, stop=stop)
    if album.due(session.tick):
        last = Frame(session.tick, session.tick / TICKS_PER_SECOND)
        view.update(last.display_time)
        driver.render(last, view.stage)
        keep(last)
    say(f"pictures    {folder}{os.sep}*.png ({len(album.pictures)})")
    if album.pictures:
        say(f"all on one  {album.sheet()}")


TOLD = (
    "state_entered",
    "grabbed",
    "released",
    "returned",
    "paused",
    "resumed",
    "distressed",
    "link",
    "time_skipped",
    "not_played",
    "reloaded",
    "session_ended",
)


def tell(events: Sequence[Event], say: Say) -> None:
    """A line for each event that someone at the terminal would want to know."""
    for event in events:
        if event.event in TOLD:
            words = [f"  {clock_text(event.tick):>6}", event.event.replace("_", " ")]
            match event.event:
                case "time_skipped" if isinstance(event.value, int):
                    words.append(f"{event.value / TICKS_PER_SECOND:.1f} s, {event.because}")
                case "not_played" if event.value:
                    words.append(f"{event.what} ({event.value})")
                case "reloaded":
                    words.append(f"{event.value}, {event.because}")
                case "paused" | "resumed" | "distressed":
                    words.append(f"({event.who}: {event.because})" if event.because else f"({event.who})")
                case "session_ended":
                    words.append(f"left ({event.who}: {event.because})" if event.value == "left" else str(event.value))
                case _:
                    words.append(event.what)
            say("  ".join(word for word in words if word))
