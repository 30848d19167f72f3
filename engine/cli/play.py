"""Commands that play a scene: now, or again from a recording."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.cli.options import Language, Out, Scene, Settings, Size, Variants, read_parameters, read_size

if TYPE_CHECKING:
    from engine.host.run import Device


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
    watch: Annotated[
        bool, typer.Option("--watch", help="Follow the scene's files: what is saved shows at once, and what is wrong with it.")
    ] = False,
    full_screen: Annotated[bool, typer.Option("--full-screen", help="The window fills the screen.")] = False,
) -> None:
    """Play a scene: in a window, in the headset, or without a screen."""
    from engine.host.run import Settings as RunSettings
    from engine.host.run import choose_device
    from engine.host.run import run as run_scene

    if headless and headset:
        raise typer.BadParameter("give --headless or --headset, not both")
    if watch and record:
        raise typer.BadParameter("give --watch or --record, not both: a session whose scene changes cannot be replayed")
    device: Device = "headless" if headless else "headset" if headset else choose_device()
    if watch and device == "headless":
        raise typer.BadParameter("--watch needs a window or a headset: without a screen a session runs in virtual time")
    settings = RunSettings(
        variants=tuple(variants or ()),
        language=language,
        parameters=read_parameters(parameters),
        seed=seed,
        record=record,
        watch=watch,
        size=read_size(size),
        full_screen=full_screen,
    )
    run_scene(scene, device, out, settings, typer.echo)


def replay(
    recording: Annotated[Path, typer.Argument(help="A recording.jsonl.")],
    verify: Annotated[
        bool, typer.Option("--verify", help="Fail unless the event log is the recorded one, byte for byte.")
    ] = False,
    shots: Annotated[Path | None, typer.Option("--shots", help="Leave pictures of what the person saw in this folder.")] = None,
    log: Annotated[Path | None, typer.Option("--log", help="Write the event log to this new file.")] = None,
    why: Annotated[
        int | None, typer.Option("--why", min=0, help="Tell how the event of this number (`n` in the log) came about.")
    ] = None,
    scene: Annotated[str, typer.Option(help="Where the scene's file lies, if it is not where it was recorded.")] = "",
    size: Size = "960x540",
) -> None:
    """Play a recording again: the same inputs give the same event log."""
    from engine.host.rerun import replay as replay_recording
    from engine.session.log import line
    from engine.session.story import NoSuchEventError
    from engine.session.story import why as tell_why

    if shots is not None:
        shots.mkdir(parents=True, exist_ok=True)
    replayed = replay_recording(recording, shots, read_size(size), typer.echo, scene)
    if log is not None:
        with log.open("x", encoding="utf-8") as file:
            file.writelines(f"{line(event)}\n" for event in replayed.events)
    if why is not None:
        try:
            typer.echo("\n".join(tell_why(replayed.events, why)))
        except NoSuchEventError as error:
            raise typer.BadParameter(str(error), param_hint="--why") from error
    typer.echo(f"{len(replayed.events)} events, sha256 {replayed.log}")
    if replayed.same is None:
        typer.echo("the recording was cut off before its end, so there is no log to compare with")
    else:
        typer.echo("the same log as recorded" if replayed.same else f"NOT the recorded log ({replayed.recording.log})")
    if verify and not replayed.same:
        raise typer.Exit(1)
