"""Options that several commands share, and what their texts mean."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Scene = Annotated[str, typer.Argument(help="A scene's name (`lakeside`) or its .yaml file.")]
Size = Annotated[str, typer.Option(help="Width and height of pictures in pixels.")]
Variants = Annotated[list[str] | None, typer.Option("--variant", help="A variant of the scene; may be given again.")]
Settings = Annotated[list[str] | None, typer.Option("--set", help="A parameter, `inhale='5 s'`; may be given again.")]
Language = Annotated[str | None, typer.Option(help="Language of the texts, as a BCP-47 tag: `de`.")]
Out = Annotated[Path, typer.Option("--out", "-o", help="Folder for what is left behind.")]


def _list_profiles(name: str) -> str:
    """The name of a headset; `list` prints the names and ends the command."""
    if name == "list":
        from headset.profile import profile_names, read_profile

        for one in profile_names():
            profile = read_profile(one)
            width, height = profile.resolution
            typer.echo(f"{one:<14} {profile.name}, {width} x {height} an eye, {profile.refresh_hz[0]:g} Hz")
        raise typer.Exit()
    return name


Profile = Annotated[
    str,
    typer.Option(
        "--device",
        metavar="NAME",
        is_eager=True,
        callback=_list_profiles,
        help="A headset to play in a window or in pictures: `quest_3`, or a .yaml file; `list` names them.",
    ),
]


def read_size(text: str) -> tuple[int, int]:
    """Width and height of `960x540`. Raises typer.BadParameter."""
    width, cross, height = text.partition("x")
    if not (cross and width.isdigit() and height.isdigit() and 16 <= int(width) <= 16384 and 16 <= int(height) <= 16384):
        raise typer.BadParameter(f"{text!r} is not a size; write width and height in pixels, 1920x1080 (16 to 16384 each)")
    return int(width), int(height)


def read_parameters(texts: list[str] | None) -> dict[str, str]:
    """The settings of `name=value` texts. Raises typer.BadParameter."""
    found: dict[str, str] = {}
    for text in texts or ():
        name, equals, value = text.partition("=")
        if not equals:
            raise typer.BadParameter(f"{text!r} sets nothing; write --set name=value, as in --set inhale='5 s'")
        found[name.strip()] = value.strip()
    return found
