"""Watching over a run: what a person is in is a process of its own (`engine.host.supervisor`)."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from engine.host.device import Device
from engine.host.heart import is_heard


def guard(device: Device, language: str | None) -> None:
    """If a person will be in it and nobody watches over this process yet, let another one play and watch over that; ends the
    command then."""
    if device == "headless" or is_heard():
        return
    from engine.host.supervisor import supervise

    def calm(folder: Path | None) -> list[str]:
        words = [sys.executable, "-m", "engine.host.lost", device, language or "en"]
        return words if folder is None else [*words, str(folder)]

    raise typer.Exit(supervise([sys.executable, "-m", "engine", *sys.argv[1:]], calm, lambda said: typer.echo(said, err=True)))
