"""Commands for whoever writes scenes."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from engine.cli.options import Language, Out, Scene, Settings, Size, Variants, read_parameters, read_size


class Origin(StrEnum):
    """Scenes to begin with."""

    EMPTY = "empty"
    LAKESIDE = "lakeside"
    CLINIC = "clinic"


def check(
    scenes: Annotated[list[Path] | None, typer.Argument(help="Scenes or folders of scenes; left out: all.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For editors and programs.")] = False,
    as_sarif: Annotated[bool, typer.Option("--sarif", help="For code hosts and CI, as SARIF 2.1.0.")] = False,
    prove: Annotated[bool, typer.Option("--prove", help="Also prove what can be: that it ends, what can be reached.")] = False,
    witnesses: Annotated[
        Path | None, typer.Option("--witnesses", help="With --prove: keep what shows it here, for `abaton replay`.")
    ] = None,
    bodies: Annotated[
        bool, typer.Option("--bodies", help="Also play each with every body: hands, one hand, gaze, switches, keys, seated, …")
    ] = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="With --bodies: processes; the results do not change.")] = 1,
) -> None:
    """Say what is wrong with scenes, where, and what to do about it."""
    from engine.authoring.check import Form
    from engine.authoring.check import check as check_scenes

    if as_json and as_sarif:
        raise typer.BadParameter("give --json or --sarif, not both")
    form: Form = "json" if as_json else "sarif" if as_sarif else "text"
    raise typer.Exit(check_scenes(scenes or [], form, prove=prove, witnesses=witnesses, bodies=bodies, jobs=jobs))


def explain(
    code: Annotated[str | None, typer.Argument(help="A code that `abaton check` shows, as in E0203; left out: all.")] = None,
) -> None:
    """Say what a code of `abaton check` means, and how such a mistake is mended."""
    from engine.authoring.explain import explain as explain_code

    said, status = explain_code(code)
    typer.echo(said, err=bool(status))
    raise typer.Exit(status)


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

    settings = RunSettings(tuple(variants or ()), language, read_parameters(parameters))
    for path in take_shots(settings.load(scene), out, read_size(size), "webp" if webp else "png"):
        typer.echo(path)


def budget(scene: Scene, as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Say what a scene asks of a graphics card, whether a laptop's can do it at 90 Hz, and which thing asks most."""
    from engine.authoring.budget import budget as count

    raise typer.Exit(count(scene, as_json, typer.echo))


def schema(
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write it to this file instead.")] = None,
) -> None:
    """Print the JSON schema of scenes, for editors that complete and check YAML."""
    from engine.library import assets_folder
    from engine.spec.schema import all_cards, schema_text

    text = schema_text(all_cards([assets_folder() / "prefabs"]))
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")


def new(
    name: Annotated[str, typer.Argument(help="What to call it: small letters, digits and _, as in `quiet_room`.")],
    origin: Annotated[Origin, typer.Option("--from", help="The scene to begin with.")] = Origin.EMPTY,
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder in which the scene's own folder is made.")] = Path(),
) -> None:
    """Write a scene of your own that plays as it is, with every line explained."""
    from engine.authoring.new import new as write_new

    write_new(name, origin.value, out, typer.echo)


def prefabs(
    name: Annotated[str | None, typer.Argument(help="The prefab to show in full; left out: all, in a line each.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    folder: Annotated[Path | None, typer.Option("--pictures", help="Draw them into this folder, and a sheet of all.")] = None,
    states: Annotated[
        Path | None, typer.Option("--states", help="Draw each kind that can be worked, in each state, into this folder.")
    ] = None,
    size: Size = "480x360",
) -> None:
    """Show the prefabs there are, and what can be said about each; or draw them."""
    if states is not None:
        from engine.authoring.state_pictures import state_pictures

        typer.echo(state_pictures(states, lambda line: typer.echo(line, err=True)))
        return
    if folder is not None:
        from engine.authoring.contact_sheet import pictures

        typer.echo(pictures(name, folder, read_size(size), lambda line: typer.echo(line, err=True)))
        return
    from engine.authoring.prefabs import prefabs as show

    typer.echo(show(name, as_json))


def migrate(
    scene: Scene,
    to: Annotated[int | None, typer.Option("--to", min=1, help="The version to write it in; left out: the newest.")] = None,
    write: Annotated[bool, typer.Option("--write", help="Change the files; what they were is kept as .bak.")] = False,
) -> None:
    """Show, or write, a scene of an older version of the language as one of the newest."""
    from engine.authoring.migrate import migrate as bring_up
    from engine.spec.migrate import NEWEST

    bring_up(scene, NEWEST if to is None else to, write, typer.echo)


def reference(write: Annotated[bool, typer.Option("--write", help="Put it into scenes/REFERENCE.md.")] = False) -> None:
    """Print the reference of the scene language: every key, unit, prefab and finding."""
    from engine.authoring.reference import main as show

    show(["--write"] if write else [])


def rehearse(
    scene: Scene,
    runs: Annotated[int, typer.Option("--runs", "-n", min=1, help="How many virtual people play it.")] = 20,
    seed: Annotated[int, typer.Option(min=0, max=2**53, help="Seed of all that is by chance.")] = 0,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes; the results do not depend on it.")] = 1,
    out: Out = Path("out/rehearsal"),
    reach: Annotated[float, typer.Option(min=0.05, max=1.2, help="Metres from their shoulder to their grip.")] = 0.5,
    reaction: Annotated[float, typer.Option(min=0.1, max=20.0, help="Times as long as usual to react and decide.")] = 1.0,
    parameters: Settings = None,
    variants: Variants = None,
    language: Language = None,
) -> None:
    """Let virtual people play a scene, and say how many finish, in what time, and where they get stuck."""
    from engine.authoring.rehearse import Plan
    from engine.authoring.rehearse import rehearse as play_all
    from engine.rehearsal import People

    people = People(reach=reach, reaction=reaction)
    plan = Plan(scene, seed, people, tuple(variants or ()), language, read_parameters(parameters))
    play_all(plan, runs, jobs, out, say=typer.echo)
