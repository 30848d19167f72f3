"""The command that plays a recording again."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.cli.options import Out, Size, read_size
from headset.inputs import TICKS_PER_SECOND

if TYPE_CHECKING:
    from engine.host.rerun import Replayed

MOMENT = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6}(?:\.\d{1,3})?)")
"""`75.5`, `1:15.5`, `0:01:15.5`."""


def replay(
    recording: Annotated[Path, typer.Argument(help="A recording.jsonl.")],
    verify: Annotated[
        bool, typer.Option("--verify", help="Fail unless the event log is the recorded one, byte for byte.")
    ] = False,
    shots: Annotated[Path | None, typer.Option("--shots", help="Leave pictures of what the person saw in this folder.")] = None,
    begin: Annotated[str, typer.Option("--from", metavar="TIME", help="Begin there: 75.5 (seconds) or 1:15.5.")] = "0",
    to: Annotated[str, typer.Option("--to", metavar="TIME", help="End there.")] = "",
    view: Annotated[
        str,
        typer.Option(help="Where pictures are taken from: participant, one of the scene's shots, or x,y,z to x,y,z (metres)."),
    ] = "participant",
    fork: Annotated[bool, typer.Option("--fork", help="Take over at --from: a session of one's own from there on.")] = False,
    headless: Annotated[bool, typer.Option("--headless", help="With --fork: a virtual visitor takes over.")] = False,
    headset: Annotated[bool, typer.Option("--headset", help="With --fork: in the headset.")] = False,
    out: Out = Path("out"),
    log: Annotated[Path | None, typer.Option("--log", help="Write the event log to this new file.")] = None,
    why: Annotated[
        int | None, typer.Option("--why", min=0, help="Tell how the event of this number (`n` in the log) came about.")
    ] = None,
    scene: Annotated[str, typer.Option(help="Where the scene's file lies, if it is not where it was recorded.")] = "",
    size: Size = "960x540",
) -> None:
    """Play a recording again: the same inputs give the same event log."""
    first = read_moment(begin, "--from")
    last = read_moment(to, "--to") if to else None
    if fork:
        if verify or shots or log or why is not None or to or (headless and headset):
            raise typer.BadParameter("--fork goes with --from, --out, --scene, --size and one of --headless and --headset")
        _fork(recording, first, "headless" if headless else "headset" if headset else "", out, scene, read_size(size))
        return
    if headless or headset:
        raise typer.BadParameter("--headless and --headset go with --fork; a replay is drawn with --shots FOLDER")
    if last is not None and last < first:
        raise typer.BadParameter("it ends before it begins: give a --to that is after --from", param_hint="--to")
    if (first or last is not None) and (verify or why is not None):
        raise typer.BadParameter("--verify and --why need the whole recording: leave out --from and --to")

    from engine.host.rerun import ViewpointError
    from engine.host.rerun import replay as replay_recording

    if shots is not None:
        shots.mkdir(parents=True, exist_ok=True)
    try:
        replayed = replay_recording(recording, shots, read_size(size), typer.echo, scene, first=first, last=last, viewpoint=view)
    except ViewpointError as error:
        raise typer.BadParameter(str(error)) from error
    _tell(replayed, log, why)
    if verify and not replayed.same:
        raise typer.Exit(1)


def read_moment(words: str, option: str) -> int:
    """The tick of a time as people write it: seconds, M:S or H:M:S. Raises BadParameter."""
    found = MOMENT.fullmatch(words)
    if found is None:
        raise typer.BadParameter(f"'{words}' is no time: give seconds (75.5) or minutes and seconds (1:15.5)", param_hint=option)
    hours, minutes, seconds = found.groups("0")
    return round((int(hours) * 3600 + int(minutes) * 60 + float(seconds)) * TICKS_PER_SECOND)


def _fork(recording: Path, tick: int, device: str, out: Path, scene: str, size: tuple[int, int]) -> None:
    from engine.host.device import choose_device
    from engine.host.fork import fork
    from engine.host.run import Settings

    where = "headless" if device == "headless" else "headset" if device == "headset" else choose_device()
    fork(recording, tick, where, out, settings=Settings(size=size), say=typer.echo, scene_file=scene)


def _tell(replayed: Replayed, log: Path | None, why: int | None) -> None:
    from engine.session.log import line
    from engine.session.story import NoSuchEventError
    from engine.session.story import why as tell_why

    if log is not None:
        with log.open("x", encoding="utf-8") as file:
            file.writelines(f"{line(event)}\n" for event in replayed.events)
    if why is not None:
        try:
            typer.echo("\n".join(tell_why(replayed.events, why)))
        except NoSuchEventError as error:
            raise typer.BadParameter(str(error), param_hint="--why") from error
    recording = replayed.recording
    if recording.lacks:
        certain = "lacks" if recording.left_out else "may lack"
        names = {"joints": "hand joints", "gaze": "gaze"}
        what = " and ".join(names.get(one, one) for one in recording.lacks)
        it = "them" if len(recording.lacks) > 1 else "it"
        typer.echo(f"the recording {certain} {what}: no consent was given to record {it}")
    typer.echo(f"{len(replayed.events)} events, sha256 {replayed.log}")
    if not replayed.whole:
        typer.echo("a part of the recording, so there is no log to compare with")
    elif replayed.same is None:
        typer.echo("the recording was cut off before its end, so there is no log to compare with")
    else:
        typer.echo("the same log as recorded" if replayed.same else f"NOT the recorded log ({recording.log})")
