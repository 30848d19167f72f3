"""The command that plays a scene."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.cli.guard import guard
from engine.cli.options import Language, Out, Profile, Scene, Settings, Size, Variants, read_parameters, read_size
from engine.host.device import MIRRORS, Device, choose_device, choose_mirror

if TYPE_CHECKING:
    from headset.inputs import Input


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
    mirror: Annotated[
        str, typer.Option(metavar="left|right|free|none", help="What a window beside the headset shows; by default the left eye.")
    ] = "",
    profile: Profile = "",
    stereo: Annotated[bool, typer.Option("--stereo", help="The window shows both eyes, side by side.")] = False,
    actions: Annotated[
        Path | None, typer.Option("--actions", metavar="FILE", help="Your own table of actions, over headset/actions.yaml.")
    ] = None,
    person: Annotated[str, typer.Option(metavar="ID", help="Whose wishes the session goes by (`abaton person ID`).")] = "",
    wishes: Annotated[
        list[str] | None,
        typer.Option("--wish", metavar="NAME=VALUE", help="A wish, over those kept of the person: `captions=large`; repeatable."),
    ] = None,
    ask: Annotated[bool, typer.Option("--ask", help="Ask how the person feels, before and after.")] = False,
    noise: Annotated[bool, typer.Option("--noise", help="Tremble and lose track as the headset of --device does.")] = False,
    consent: Annotated[
        list[str] | None,
        typer.Option(metavar="USE", help="What the person consents to: gaze, joints, record_gaze, record_joints; repeatable."),
    ] = None,
) -> None:
    """Play a scene: in a window, in the headset, or without a screen."""
    if headless and headset:
        raise typer.BadParameter("give --headless or --headset, not both")
    if watch and record:
        raise typer.BadParameter("give --watch or --record, not both: a session whose scene changes cannot be replayed")
    device: Device = "headless" if headless else "headset" if headset else choose_device()
    if watch and device == "headless":
        raise typer.BadParameter("--watch needs a window or a headset: without a screen a session runs in virtual time")
    if (profile or stereo) and device == "headset":
        raise typer.BadParameter("--device and --stereo play a headset in a window or in pictures: leave --headset out")
    if actions is not None:
        from headset.openxr.table import read_table

        if device != "headset":
            raise typer.BadParameter("--actions says what controllers do: give --headset with it")
        read_table(actions)  # what is wrong with it is said before anything begins
    if mirror and device != "headset":
        raise typer.BadParameter("--mirror is a window beside a headset: give --headset with it")
    if mirror and mirror not in MIRRORS:
        raise typer.BadParameter(f"give one of {', '.join(MIRRORS)}, not '{mirror}'", param_hint="--mirror")
    if noise and not profile:
        raise typer.BadParameter("--noise needs --device NAME: each headset trembles in its own way")
    guard(device, language)
    from engine.host.run import Settings as RunSettings
    from engine.host.run import run as run_scene
    from headset.profile import read_profile

    settings = RunSettings(
        variants=tuple(variants or ()),
        language=language,
        parameters=read_parameters(parameters),
        seed=seed,
        record=record,
        watch=watch,
        size=read_size(size),
        full_screen=full_screen,
        opening=(*_wishes(person, wishes or ()), *_consents(consent or ())),
        ask=ask,
        person=_pseudonym(person) if record else "",
        profile=read_profile(profile) if profile else None,
        stereo=stereo,
        noise=noise,
        actions=actions,
        mirror=next((one for one in MIRRORS if one == mirror), choose_mirror()),
    )
    run_scene(scene, device, out, settings, typer.echo)


def _wishes(person: str, wishes: Sequence[str]) -> tuple[Input, ...]:
    from engine.host.people import UNKNOWN, PeopleError, as_commands, changed, read_person

    hint = "--person"
    try:
        kept = read_person(person) if person else UNKNOWN
        hint = "--wish"
        return as_commands(changed(kept, wishes))
    except PeopleError as error:
        raise typer.BadParameter(str(error), param_hint=hint) from error


def _pseudonym(person: str) -> str:
    from engine.host.people import PeopleError
    from engine.host.pseudonym import pseudonym

    try:
        return pseudonym(person)
    except PeopleError as error:
        raise typer.BadParameter(str(error), param_hint="--person") from error


def _consents(given: Sequence[str]) -> tuple[Input, ...]:
    from engine.session.orders import CONSENTS
    from headset.inputs import Command

    for one in given:
        if one not in CONSENTS:
            raise typer.BadParameter(f"'{one}' is no use to consent to: give {', '.join(CONSENTS)}", param_hint="--consent")
    return tuple(Command("participant", "consent", one) for one in given)
