"""The `abaton` command."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine import __version__

if TYPE_CHECKING:
    from engine.host.run import Device

# Each command imports what it needs when it runs, so that `abaton check` never loads a renderer.

app = typer.Typer(
    name="abaton",
    help="Immersive clinics from YAML scenes.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

Scene = Annotated[str, typer.Argument(help="A scene's name (`lakeside`) or its .yaml file.")]
Size = Annotated[str, typer.Option(help="Width and height of pictures in pixels.")]
Variants = Annotated[list[str] | None, typer.Option("--variant", help="A variant of the scene; may be given again.")]
Settings = Annotated[list[str] | None, typer.Option("--set", help="A parameter, `inhale='5 s'`; may be given again.")]
Language = Annotated[str | None, typer.Option(help="Language of the texts, as a BCP-47 tag: `de`.")]
Out = Annotated[Path, typer.Option("--out", "-o", help="Folder for what is left behind.")]


@app.command()
def run(
    scene: Scene,
    headless: Annotated[bool, typer.Option("--headless", help="Virtual time, pictures instead of a screen.")] = False,
    headset: Annotated[bool, typer.Option("--headset", help="In the headset, by OpenXR.")] = False,
    out: Out = Path("out"),
    record: Annotated[
        bool, typer.Option("--record", help="Keep every input, poses included, so that it can be replayed.")
    ] = False,
    seed: Annotated[int, typer.Option(min=0, max=2**53, help="Seed of the session's random draws.")] = 0,
    parameters: Settings = None,
    variants: Variants = None,
    language: Language = None,
    size: Size = "960x540",
    full_screen: Annotated[bool, typer.Option("--full-screen", help="The window fills the screen.")] = False,
) -> None:
    """Play a scene: in a window, in the headset, or without a screen."""
    from engine.host.run import Settings as RunSettings
    from engine.host.run import choose_device
    from engine.host.run import run as run_scene

    if headless and headset:
        raise typer.BadParameter("give --headless or --headset, not both")
    device: Device = "headless" if headless else "headset" if headset else choose_device()
    settings = RunSettings(
        variants=tuple(variants or ()),
        language=language,
        parameters=_parameters(parameters),
        seed=seed,
        record=record,
        size=_size(size),
        full_screen=full_screen,
    )
    run_scene(scene, device, out, settings, typer.echo)


@app.command()
def replay(
    recording: Annotated[Path, typer.Argument(help="A recording.jsonl.")],
    verify: Annotated[
        bool, typer.Option("--verify", help="Fail unless the event log is the recorded one, byte for byte.")
    ] = False,
    shots: Annotated[Path | None, typer.Option("--shots", help="Leave pictures of what the person saw in this folder.")] = None,
    log: Annotated[Path | None, typer.Option("--log", help="Write the event log to this new file.")] = None,
    scene: Annotated[str, typer.Option(help="Where the scene's file lies, if it is not where it was recorded.")] = "",
    size: Size = "960x540",
) -> None:
    """Play a recording again: the same inputs give the same event log."""
    from engine.host.rerun import replay as replay_recording
    from engine.session.log import line

    if shots is not None:
        shots.mkdir(parents=True, exist_ok=True)
    replayed = replay_recording(recording, shots, _size(size), typer.echo, scene)
    if log is not None:
        with log.open("x", encoding="utf-8") as file:
            file.writelines(f"{line(event)}\n" for event in replayed.events)
    typer.echo(f"{len(replayed.events)} events, sha256 {replayed.log}")
    if replayed.same is None:
        typer.echo("the recording was cut off before its end, so there is no log to compare with")
    else:
        typer.echo("the same log as recorded" if replayed.same else f"NOT the recorded log ({replayed.recording.log})")
    if verify and not replayed.same:
        raise typer.Exit(1)


@app.command()
def check(
    scenes: Annotated[list[Path] | None, typer.Argument(help="Scenes or folders of scenes; left out: all.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For editors and CI.")] = False,
) -> None:
    """Say what is wrong with scenes, where, and what to do about it."""
    from engine.authoring.check import check as check_scenes

    raise typer.Exit(check_scenes(scenes or [], as_json))


@app.command()
def shots(
    scene: Scene,
    out: Out = Path("out/shots"),
    size: Size = "1920x1080",
    webp: Annotated[bool, typer.Option("--webp", help="Small WebP files, for web pages, instead of PNG.")] = False,
    parameters: Settings = None,
    variants: Variants = None,
    language: Language = None,
) -> None:
    """Draw the pictures that a scene's `shots` ask for."""
    from engine.authoring.shots import take_shots
    from engine.host.run import Settings as RunSettings

    settings = RunSettings(tuple(variants or ()), language, _parameters(parameters))
    for path in take_shots(settings.load(scene), out, _size(size), "webp" if webp else "png"):
        typer.echo(path)


@app.command()
def doctor(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Say what this machine lacks, and the command that mends it."""
    from engine.authoring.doctor import doctor as examine

    raise typer.Exit(examine(as_json))


@app.command()
def bench(
    gate: Annotated[bool, typer.Option("--gate", help="Fail if a limit of tests/bench/limits.toml is broken.")] = False,
    limits: Annotated[Path, typer.Option(help="The file with the limits.")] = Path("tests/bench/limits.toml"),
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write the table to this file as well.")] = None,
) -> None:
    """Measure the engine's frame against bare Panda3D, in one run on this machine."""
    from engine.authoring.bench import bench as measure

    raise typer.Exit(measure(limits if gate else None, out))


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(f"abaton {__version__}")


def main() -> None:
    """Run the command. What a person can mend is said in a sentence; only a fault of Abaton itself shows a traceback."""
    from engine.session.recording import RecordingError
    from engine.spec.diagnostics import SceneError
    from headset.driver import DriverError

    # Until a session runs (engine.host.interrupt) there is nothing to end in order: Ctrl-C ends the process at once. As an
    # exception it would be a traceback out of some import, and in the middle of Panda3D's a crash.
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        app()
    except SceneError as error:
        typer.echo(str(error), err=True)
        raise SystemExit(1) from None
    except (DriverError, RecordingError) as error:
        typer.echo(f"error: {error}", err=True)
        raise SystemExit(1) from None
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        what = os.strerror(error.errno) if error.errno else str(error)
        remedy = _REMEDIES.get(error.errno or 0)
        typer.echo(f"error: {place}{what}{f'; {remedy}' if remedy else ''}", err=True)
        raise SystemExit(1) from None
    finally:
        signal.signal(signal.SIGINT, before)


_ANOTHER_FOLDER = "give another folder"
_REMEDIES: Mapping[int, str] = {
    errno.EEXIST: "it was not overwritten; give another name",
    errno.ENOENT: "see that the path is right",
    errno.ENOTDIR: _ANOTHER_FOLDER,
    errno.EACCES: _ANOTHER_FOLDER,
    errno.EPERM: _ANOTHER_FOLDER,
    errno.EROFS: _ANOTHER_FOLDER,
    errno.ENOSPC: "what was written until then is kept; make room and begin again",
    errno.EDQUOT: "what was written until then is kept; make room and begin again",
}
"""What to do when the disk refuses."""


def _size(text: str) -> tuple[int, int]:
    width, cross, height = text.partition("x")
    if not (cross and width.isdigit() and height.isdigit() and 16 <= int(width) <= 16384 and 16 <= int(height) <= 16384):
        raise typer.BadParameter(f"{text!r} is not a size; write width and height in pixels, 1920x1080 (16 to 16384 each)")
    return int(width), int(height)


def _parameters(texts: list[str] | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in texts or ():
        name, equals, value = text.partition("=")
        if not equals:
            raise typer.BadParameter(f"{text!r} sets nothing; write --set name=value, as in --set inhale='5 s'")
        found[name.strip()] = value.strip()
    return found


if __name__ == "__main__":
    main()
