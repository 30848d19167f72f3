"""`abaton` without a command: the start screen."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from engine.host.offers import Offer
    from engine.host.start import Start, StartChoice
    from engine.spec.model import SceneSpec

SIZE = (1280, 720)
"""Pixels of the start screen's window, and of a scene's that is begun there."""


def begin(
    context: typer.Context,
    headset: Annotated[bool, typer.Option("--headset", help="The start screen in the headset, by OpenXR.")] = False,
    person: Annotated[str, typer.Option(metavar="ID", help="Who takes part, with the wishes that are kept of them.")] = "",
    pictures: Annotated[
        Path | None,
        typer.Option("--panel-pictures", help="Draw the start screen and all panels, in each language, into a folder."),
    ] = None,
) -> None:
    """Immersive clinics from YAML scenes. Without a command the start screen opens."""
    if context.invoked_subcommand is not None:
        return
    if pictures is not None:
        from engine.authoring.panel_pictures import take_pictures

        take_pictures(pictures, _offers, typer.echo)
    elif headset:
        _in_the_headset(_begun(person))
    elif os.environ.get("DISPLAY"):
        _in_a_window(_begun(person))
    else:
        typer.echo(without_a_screen(_offers("en")))


def without_a_screen(offers: tuple[Offer, ...]) -> str:
    """What to type where no window can be opened."""
    wide = max((len(offer.name) for offer in offers), default=0)
    listed = [f"  {offer.name:<{wide}}  {offer.title}" for offer in offers]
    return "\n".join(
        [
            "There is no screen for the start screen (DISPLAY is not set). Without one, write:",
            "",
            "  abaton run SCENE             virtual time, pictures and a log in out/",
            "  abaton run SCENE --headset   in the headset",
            "  abaton --help                everything else",
            "",
            "Scenes:",
            *listed,
        ]
    )


def command_of(choice: StartChoice) -> list[str]:
    """The command line that plays a choice, in a process of its own: whatever happens there, the start screen is there again."""
    words = ["run", choice.scene, "--language", choice.language, "--size", f"{SIZE[0]}x{SIZE[1]}"]
    words += [word for name in choice.variants for word in ("--variant", name)]
    words += [word for name, value in choice.parameters for word in ("--set", f"{name}={value}")]
    words += ["--person", choice.person] if choice.person else []
    words += [word for name, value in choice.wishes for word in ("--wish", f"{name}={value}")]
    words += ["--headset"] if choice.device == "headset" else []
    words += ["--ask"] if choice.ask else []
    return [sys.executable, "-m", "engine", *words]


def _begun(person: str) -> Start:
    """The start screen as it opens, with someone's wishes. Raises typer.BadParameter if they cannot be read."""
    from engine.host.people import PeopleError
    from engine.host.start import Start, taken

    language = _language()
    try:
        return taken(Start(_offers(language), language), person)
    except PeopleError as error:
        raise typer.BadParameter(str(error), param_hint="--person") from error


def _in_a_window(start: Start) -> None:
    from dataclasses import replace

    from engine.host.opening import choose_in_window

    while True:
        start, choice = choose_in_window(start, _offers, _headset, SIZE)
        if choice is None:
            return
        start = replace(start, problem=play_choice(choice))


def _in_the_headset(start: Start) -> None:
    from contextlib import closing
    from dataclasses import replace

    from engine.host.opening import choose_in_headset
    from engine.view.stage import Stage
    from headset.openxr import OpenXRDriver

    while True:
        with closing(Stage()) as stage, closing(OpenXRDriver(say=typer.echo)) as driver:
            driver.open(stage)
            start, choice = choose_in_headset(driver, stage, start, _offers)
        if choice is None:
            return
        start = replace(start, problem=play_choice(choice))


def play_choice(choice: StartChoice) -> str:
    """Play a choice until it is over; why it could not be, in a sentence, or nothing. The wishes of who takes part are kept."""
    from engine.host.people import UNKNOWN, PeopleError, changed, keep_person

    if choice.person:
        wishes = [f"{name}={value}" for name, value in choice.wishes]
        try:
            keep_person(choice.person, changed(UNKNOWN, wishes), stays=True)
        except PeopleError as error:
            return str(error)
    done = subprocess.run(command_of(choice), stderr=subprocess.PIPE, text=True, check=False)
    typer.echo(done.stderr, err=True, nl=False)
    return said_of(done.stderr) if done.returncode else ""


def said_of(errors: str) -> str:
    """What a command that failed said last, as a sentence: without the frame that typer draws around it, nor `error:`."""
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    framed = [line.strip("│ ") for line in lines if line.startswith("│")]
    return " ".join(framed) if framed else (lines or ["it ended, and did not say why"])[-1].removeprefix("error: ")


def _offers(language: str) -> tuple[Offer, ...]:
    from engine.host.offers import scenes

    return scenes(language, _length)


def _length(scene: SceneSpec) -> float:
    from engine.authoring.prove.bounds import longest
    from engine.authoring.prove.explore import TooManyError, explore

    try:
        return longest(explore(scene)).seconds
    except TooManyError:
        return float("inf")


def _headset() -> str:
    """What the headset that is there calls itself; empty if there is none."""
    from engine.authoring.doctor import ask

    return str(ask("headset.openxr.probe").get("system", ""))


def _language() -> str:
    """The language of this machine, as far as there are words in it; else English."""
    from engine.view.ui.words import words

    said = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "en")
    return words(said.replace("_", "-")).language
