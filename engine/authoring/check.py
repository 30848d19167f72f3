"""`abaton check`: what is wrong with scenes, where, and what to do about it. Nothing here draws, or loads what draws."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from engine.library import scenes_folder
from engine.spec import Diagnostic, SceneSpec, not_played, read_scene, render
from engine.spec.compose import languages
from engine.spec.files import label
from engine.spec.garbage import uncollected
from engine.spec.load import scene_file
from engine.world import misplaced

if TYPE_CHECKING:
    from engine.authoring.bodies import Bodied
    from engine.authoring.prove.report import Proof

Form = Literal["text", "json", "sarif"]
"""How findings are printed: for people, for programs, for code hosts."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in one scene, in all its variants and languages. `scene` is None if it cannot be used."""

    source: str
    scene: SceneSpec | None
    diagnostics: tuple[Diagnostic, ...]
    languages: tuple[str, ...] = ()
    unplayed: dict[str, int] = field(default_factory=dict)
    proof: Proof | None = None
    bodied: Bodied | None = None

    @property
    def good(self) -> bool:
        """Whether the scene can be used, in every variant and language; and by every body, if that was asked."""
        return all(one.severity != "error" for one in self.diagnostics) and (self.bodied is None or self.bodied.good)


def check(
    paths: Sequence[str | Path],
    form: Form = "text",
    *,
    prove: bool = False,
    witnesses: Path | None = None,
    bodies: bool = False,
    jobs: int = 1,
) -> int:
    """Check scenes, by name or path, or all in a folder of scenes; print what was found. 0 if all can be used, else 1.

    `prove`: also what can be proved of each that can be used; the tapes that show it are kept in the folder `witnesses`.
    `bodies`: also which bodies can finish each, played in `jobs` processes.
    """
    sources = list(_sources(paths))
    reports = [check_scene(source) for source in sources]
    if prove or witnesses:
        reports = [_proved(report, witnesses) for report in reports]
    if bodies:
        reports = _bodied(sources, reports, jobs)
    if form == "text":
        print("\n".join(map(_text, reports)) if reports else "there are no scenes here")
    else:
        print(json.dumps(as_data(reports) if form == "json" else _sarif(reports), indent=2, ensure_ascii=False))
    return 0 if reports and all(report.good for report in reports) else 1


def _proved(report: Report, witnesses: Path | None) -> Report:
    # What proves and plays is loaded only for those who ask for it.
    from engine.authoring.prove.report import prove, save  # noqa: PLC0415

    if report.scene is None or not report.good:
        return report
    proof = prove(report.scene)
    if witnesses:
        save(proof, witnesses)
    return replace(report, proof=proof, diagnostics=(*report.diagnostics, *proof.diagnostics))


def _bodied(sources: Sequence[str | Path], reports: Sequence[Report], jobs: int) -> list[Report]:
    # As above.
    from engine.authoring.bodies import check_bodies  # noqa: PLC0415

    usable = [index for index, report in enumerate(reports) if report.scene is not None and report.good]
    found = dict(zip(usable, check_bodies([str(sources[index]) for index in usable], jobs), strict=True))
    return [replace(report, bodied=found.get(index)) for index, report in enumerate(reports)]


def _sarif(reports: Sequence[Report]) -> dict[str, Any]:
    # The registry of codes is loaded only for those who want all of it.
    from engine.authoring.sarif import sarif  # noqa: PLC0415

    return sarif(dict.fromkeys(one for report in reports for one in report.diagnostics))


@uncollected()
def check_scene(source: str | Path, cards: Path | None = None) -> Report:
    """Check one scene, then each of its variants and languages, and say each thing once."""
    scene, diagnostics = _read(source, cards)
    path = scene_file(source)
    tags = languages(path) if path else []
    readings = [diagnostics]
    if scene:
        readings += [_read(source, cards, variant)[1] for variant in scene.variants]
        readings += [read_scene(source, language=tag, cards=cards)[1] for tag in tags]
    most = 1 + len(scene.variants if scene else ())
    found = {
        one: None
        for reading in readings
        for one in reading
        if one.code != "W0521" or _is_own(one, scene) or all(one in others for others in readings[:most])
    }
    shown = label(path) if path else str(source)
    spoken = (scene.language, *tags) if scene else ()
    return Report(shown, scene, tuple(found), spoken, not_played(scene) if scene else {})


def _is_own(unread: Diagnostic, scene: SceneSpec | None) -> bool:
    """Whether a text that nothing says belongs to one variant alone."""
    key = unread.source[unread.span.column - 1 : unread.span.end_column - 1]
    return scene is not None and key not in scene.text


def _read(source: str | Path, cards: Path | None, *variants: str) -> tuple[SceneSpec | None, tuple[Diagnostic, ...]]:
    """A scene and what is wrong with its text; if nothing is, what stands in it where it cannot."""
    scene, diagnostics = read_scene(source, variants=variants, cards=cards)
    return scene, (*diagnostics, *misplaced(scene)) if scene else diagnostics


def _sources(paths: Sequence[str | Path]) -> Iterator[str | Path]:
    """Scenes as they are; a folder that is not a scene's own stands for all the scenes in it."""
    for path in paths or [scenes_folder()]:
        file = scene_file(path)
        inner: list[Path] = []
        if file and file.is_dir():
            inner = sorted(one for one in file.glob("*/*.yaml") if one.stem == one.parent.name)
        yield from inner if inner else (path,)


def _text(report: Report) -> str:
    lines = [render(one) for one in report.diagnostics]
    errors = sum(one.severity == "error" for one in report.diagnostics)
    if errors or report.scene is None:
        lines.append(f"{report.source}: {_counted(errors, 'error')}")
        return "\n".join(lines)
    scene = report.scene
    title = scene.text.get("title", scene.name)
    size = f"{_counted(len(scene.everything), 'thing')}, {_counted(_states(scene), 'state')}, in {', '.join(report.languages)}"
    lines.append(f"{report.source}: ok: {title} ({size})")
    if report.proof is not None:
        lines += [f"    {one}" for one in report.proof.lines]
    if report.bodied is not None:
        lines += [f"    {one}" for one in report.bodied.lines()]
    own = {thing.card.name: thing.card for thing in scene.things.values() if thing.card.name.endswith(".glb")}
    for name, card in own.items():
        lines.append(f"    {name}: {' × '.join(f'{length:.3g}' for length in card.size)} m, {card.doc}")
    if report.unplayed:
        lines.append("    not played yet: " + ", ".join(f"{word} ({count})" for word, count in report.unplayed.items()))
    return "\n".join(lines)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _states(scene: SceneSpec) -> int:
    waiting, count = [scene.scenario], -1
    while waiting:
        state = waiting.pop()
        count += 1
        waiting += state.states.values()
        for region in state.regions.values():
            waiting += region.states.values()
    return count


def as_data(reports: Sequence[Report]) -> dict[str, Any]:
    """What `--json` prints. Fields are added in later versions, never renamed or taken away.

    `format` is 1. `scenes` is a list of: `scene`, its file; `ok`, whether it can be used; `digest`, of its meaning, or null;
    `languages`, BCP-47 tags; `not_played`, word -> how often; `diagnostics`, each with `code`, `severity` (error or warning),
    `file`, `line`, `column`, `end_line`, `end_column` (from 1, in characters, the end just behind the last; 0 for what stands in
    no line), `message`, `remedy`, and `source`, the line; `proof`, null without `--prove`, as `Proof.data` has it; `bodies`, null
    without `--bodies`, as `Bodied.data` has it.
    """
    return {"format": 1, "scenes": [_plain(report) for report in reports]}


def _plain(report: Report) -> dict[str, Any]:
    return {
        "scene": report.source,
        "ok": report.good,
        "digest": report.scene.digest if report.scene else None,
        "languages": list(report.languages),
        "not_played": report.unplayed,
        "proof": report.proof.data if report.proof else None,
        "bodies": report.bodied.data() if report.bodied else None,
        "diagnostics": [
            {
                "code": one.code,
                "severity": one.severity,
                "file": one.span.file,
                "line": one.span.line,
                "column": one.span.column,
                "end_line": one.span.end_line,
                "end_column": one.span.end_column,
                "message": one.message,
                "remedy": one.remedy,
                "source": one.source,
            }
            for one in report.diagnostics
        ],
    }
