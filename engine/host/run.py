"""Running a scene on a device, from its name to what is left on disk."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from engine import __version__
from engine.host.album import Album, clock_text
from engine.host.calm import Ended, rest
from engine.host.consent import Allowance
from engine.host.device import Device, Mirror
from engine.host.feel import Feel
from engine.host.front import Front, captions
from engine.host.heart import Heart
from engine.host.interrupt import Interrupts
from engine.host.keep import Keeper
from engine.host.loop import Change, Shown, Watch, play
from engine.host.quiet import no_full_collections
from engine.host.reload import Watched
from engine.host.supervisor import note
from engine.host.waiting import waiting
from engine.rehearsal import Visitor
from engine.session import Event, Session
from engine.session.encoder import lacking
from engine.session.recording import Header
from engine.spec.load import load_scene
from engine.spec.model import SceneSpec
from engine.view.calm import CalmRoom
from engine.view.refusal import Refusal
from engine.view.sound.cues import Cues
from engine.view.sound.ears import open_ears
from engine.view.sound.sound import Sound
from engine.view.stage import Stage
from engine.view.ui.desk import letters
from engine.view.ui.shelf import Shelf
from engine.view.view import View
from headset.driver import Driver, Frame
from headset.inputs import TICKS_PER_SECOND, Input
from headset.offscreen import Offscreen
from headset.profile import Profile

Say = Callable[[str], None]
"""Where lines for the person at the terminal go."""

Past = Callable[[Session, Watch], None]
"""Plays what came before a session goes on here, and has it kept."""


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
    ask: bool = False
    """Whether the comfort before and after is asked for."""
    opening: tuple[Input, ...] = ()
    """What a session is told in its first tick: what the person wishes and consents to."""
    person: str = ""
    """The pseudonym of who takes part (`engine.host.pseudonym`)."""
    size: tuple[int, int] = (960, 540)
    full_screen: bool = False
    profile: Profile | None = None
    """The headset that a window or pictures play."""
    stereo: bool = False
    """Whether a window shows both eyes; pictures of a headset always do."""
    noise: bool = False
    """Whether it trembles and loses track as that headset does."""
    actions: Path | None = None
    """The person's own table of what controllers do, over the default one."""
    mirror: Mirror = "none"
    """What a window beside a headset shows."""

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
            lacks=lacking(self.opening),
            person=self.person,
        )


def new_folder(parent: Path, name: str) -> Path:
    """A folder of a run's own, `lakeside-001` and so on, that only its owner can look into; never one that is there."""
    try:
        parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(parent)) from error
    number = 1
    while True:
        folder = parent / f"{name}-{number:03}"
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            number += 1
        else:
            return folder


def run(scene: str, device: Device, out: Path, settings: Settings, say: Say, *, past: Past | None = None) -> Session:
    """Play a scene once and keep its log in a new folder of `out`. `past` brings the session to where it goes on from.

    Raises SceneError, DriverError, and OSError where the disk refuses. Ctrl-C and a polite kill end the session first and are
    raised when all is kept (`Interrupts`).
    """
    spec = settings.load(scene)
    session = Session(spec, settings.seed)
    say(f"{spec.text.get('title', spec.name)} ({spec.name}), {_DEVICE_TEXT[device]}")
    with closing(Stage()) as stage, closing(_driver(device, session, settings, say)) as driver:
        driver.open(stage)
        folder = new_folder(out, spec.name)
        heart = Heart.of_environment()
        heart.keeps_in(folder)
        with Interrupts() as interrupts:
            header = settings.header(scene, spec, device) if settings.record else None
            with closing(Keeper(folder, session, header, say=say)) as keeper:
                if past is not None:
                    past(session, keeper.watch)
                keeper.patient = "real_time" not in driver.device.abilities
                if settings.watch:
                    with closing(Watched(scene, settings, session, stage, say, heart=heart)) as watched:
                        around = Around(driver, stage, folder, say, heart, ask=settings.ask, opening=settings.opening)
                        _live(session, watched, around, keeper.watch, stop=interrupts.why, change=watched.change)
                        session = watched.session
                elif isinstance(driver, Offscreen):
                    view = View(session, stage, captions(stage, session))
                    stage.warm()
                    told = settings.opening
                    pictures(session, view, driver, folder, watch=keeper.watch, say=say, first=told, stop=interrupts.why)
                else:
                    view = View(session, stage, captions(stage, session))
                    around = Around(driver, stage, folder, say, heart, ask=settings.ask, opening=settings.opening)
                    _live(session, view, around, keeper.watch, stop=interrupts.why)
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
    language = session.scene.language
    # Each driver brings its own libraries; a run loads only those of its device.
    if device == "headset":
        from headset.openxr import OpenXRDriver

        shown = None if settings.mirror == "none" else settings.mirror
        return OpenXRDriver(
            say=say,
            actions=settings.actions,
            mirror=shown,
            waiting=partial(waiting, language=language),
            letters=letters(language),
        )
    if device == "window":
        from headset.simulator import WindowDriver

        return WindowDriver(
            size=settings.size,
            full_screen=settings.full_screen,
            profile=settings.profile,
            stereo=settings.stereo,
            noise=settings.seed if settings.noise else None,
            letters=letters(language),
        )
    visitor, profile = Visitor(session.world, settings.seed), settings.profile
    if profile is None:
        return Offscreen(settings.size, script=lambda frame: [visitor.person(frame.tick)])
    if not settings.noise:
        return Offscreen(settings.size, stereo="two_pass", script=lambda frame: [visitor.person(frame.tick)], profile=profile)
    from headset.simulator.noise import Noise

    noise, period = Noise(profile.tracking, settings.seed), 1.0 / profile.refresh_hz[0]
    return Offscreen(
        settings.size,
        stereo="two_pass",
        script=lambda frame: [noise.spoil(visitor.person(frame.tick), period)],
        profile=profile,
    )


@dataclass(frozen=True, slots=True)
class Around:
    """What a person's session stands in."""

    driver: Driver
    stage: Stage
    folder: Path
    say: Say
    heart: Heart
    ask: bool = False
    opening: tuple[Input, ...] = ()


def _live(
    session: Session,
    view: Shown,
    around: Around,
    watch: Watch,
    *,
    stop: Callable[[], str],
    change: Change = lambda _: None,
) -> None:
    """Run on an open device that a person uses, with the panels before them, and then the calm room."""
    driver, stage, say = around.driver, around.stage, around.say
    shelf, room, feel = Shelf(stage, driver.panels), CalmRoom(stage), Feel(session, driver)
    front = Front(driver, session, shelf, ask=around.ask)
    allowance = Allowance(session, driver)
    room.warm()
    cues, refusal = Cues(session.world), Refusal(stage)
    sound = Sound(session, open_ears(), partial(_lose_sound, around))

    def watched(frame: Frame, inputs: Sequence[Input], events: Sequence[Event]) -> None:
        watch(frame, inputs, events)
        allowance.watch()
        found = cues.watch(events, frame.tick, front.open_panel, front.take_chosen())
        sound.watch(found)
        feel.watch(events, found)
        refusal.follow(found, cues.world, frame.tick)
        front.watch(events)
        tell(events, say)
        if any(event.event == "volume" for event in events):
            say(f"          volume {front.session.preferences['participant'].volume:g} %")

    def changed(now: Session) -> tuple[Session, Shown, Sequence[Event]] | None:
        other = change(now)
        if other is not None:
            allowance.session = feel.session = front.session = other[0]
            cues.world = other[0].world
            sound.follow(other[0])
        return other

    def rested() -> None:
        sound.rest()
        beat()

    with no_full_collections(), closing(sound):
        beat = around.heart.beat
        play(
            session, front, view, watched, first=around.opening, from_tick=session.tick + 1, stop=stop, change=changed, beat=beat
        )
        front.close()
        over = front.session
        if not stop():
            ended = Ended(
                over.outcome, over.scene.language, over.tick, over.world, around.ask, front.comfort, front.contrast, front.ways
            )
            say("the calm room, until the device is taken off or closed")
            rest(driver, room, shelf, ended, partial(note, around.folder), stop=stop, beat=rested)


def _lose_sound(around: Around, words: str) -> None:
    """The sound device has gone: whoever sits beside the person is told, and it is kept."""
    around.say(words)
    note(around.folder, "sound_lost")


def pictures(
    session: Session,
    view: View,
    driver: Offscreen,
    folder: Path,
    *,
    watch: Watch,
    say: Say,
    first: Sequence[Input] = (),
    moments: Mapping[int, str] | None = None,
    ends: bool = True,
    stop: Callable[[], str] = lambda: "",
) -> None:
    """Run in virtual time, drawing only the moments that are worth a picture, and keep these with a contact sheet.

    `moments` are ticks that are worth one in any case, each with its label. `ends` is that of the loop.
    """
    album, begin = Album(folder, moments), session.tick + 1

    def watched(frame: Frame, inputs: Sequence[Input], events: Sequence[Event]) -> None:
        watch(frame, inputs, events)
        album.note(events)
        tell(events, say)

    def keep(frame: Frame) -> None:
        album.keep(frame.tick, driver.picture())

    driver.wanted = lambda tick: album.due(tick + begin)
    play(session, driver, view, watched, keep, first=first, from_tick=begin, ends=ends, stop=stop)
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
