"""Commands about this machine and this engine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from engine import __version__


def doctor(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Say what this machine lacks, and the command that mends it."""
    from engine.authoring.doctor import doctor as examine

    raise typer.Exit(examine(as_json))


def bench(
    gate: Annotated[bool, typer.Option("--gate", help="Fail if a limit of tests/bench/limits.toml is broken.")] = False,
    limits: Annotated[Path, typer.Option(help="The file with the limits.")] = Path("tests/bench/limits.toml"),
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write the table to this file as well.")] = None,
    headset: Annotated[bool, typer.Option("--headset", help="Measure a frame in the headset instead, part by part.")] = False,
) -> None:
    """Measure the engine's frame against bare Panda3D, in one run on this machine."""
    if headset:
        from engine.authoring.headset_times import bench_headset

        raise typer.Exit(bench_headset())
    from engine.authoring.bench import bench as measure

    raise typer.Exit(measure(limits if gate else None, out))


def version() -> None:
    """Print the version."""
    typer.echo(f"abaton {__version__}")
