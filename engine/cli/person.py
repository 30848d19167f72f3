"""The command that keeps what a person wishes."""

from __future__ import annotations

from typing import Annotated

import typer


def person(
    name: Annotated[str, typer.Argument(metavar="ID", help="The id by which you know the person.")],
    wishes: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME=VALUE]...", help="What changes, as in dwell=1.5; dwell= is the default.")
    ] = None,
) -> None:
    """Show what a person wishes of sessions (dwell, scan, captions, …), or change it; `abaton run --person ID` goes by it."""
    from engine.host.people import PeopleError, changed, keep_person, lines, read_person

    try:
        kept = read_person(name)
        if wishes:
            kept = changed(kept, wishes)
            typer.echo(f"kept in {keep_person(name, kept)}")
    except PeopleError as error:
        raise typer.BadParameter(str(error)) from error
    for line in lines(kept):
        typer.echo(line)
