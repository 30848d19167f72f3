"""A scene, loaded: files found, read, composed, typed and checked; all that is wrong is said at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from engine.library import assets_folder, scenes_folder
from engine.spec.compose import include, languages, translate, vary
from engine.spec.diagnostics import Diagnostic, SceneError, Span
from engine.spec.files import Loaded, digest, is_file, label, read_text
from engine.spec.findings import EnoughError, Findings, did_you_mean
from engine.spec.garbage import uncollected
from engine.spec.grammar import NAME
from engine.spec.model import SceneSpec
from engine.spec.pasted import odd
from engine.spec.prefabs import Prefabs
from engine.spec.read import VERSION, Composed, is_language, read_composed
from engine.spec.references import Names
from engine.spec.slots import Slots
from engine.spec.things import Things
from engine.spec.tree import MapNode, TextNode, read_tree


def load_scene(
    source: str | Path,
    *,
    variants: Sequence[str] = (),
    language: str | None = None,
    parameters: Mapping[str, str] | None = None,
    cards: Path | None = None,
) -> SceneSpec:
    """A scene ready for a session: `source` is its name, or the path of its file.

    `parameters` are settings as a person writes them: `{"inhale": "5 s"}`. `cards` is a folder of prefabs that is looked into
    before the engine's own. Raises SceneError, which says all that is wrong.
    """
    spec, diagnostics = read_scene(source, variants=variants, language=language, parameters=parameters, cards=cards)
    if spec is None:
        raise SceneError(one for one in diagnostics if one.severity == "error")
    return spec


def read_scene(
    source: str | Path,
    *,
    variants: Sequence[str] = (),
    language: str | None = None,
    parameters: Mapping[str, str] | None = None,
    cards: Path | None = None,
) -> tuple[SceneSpec | None, tuple[Diagnostic, ...]]:
    """As `load_scene`, but never raises SceneError: the scene, or None if it has errors; and all findings, warnings too."""
    findings = Findings()
    path = _found(source, findings)
    wanted = _Wanted(tuple(variants), language, parameters or {}, ((cards,) if cards else ()) + (assets_folder() / "prefabs",))
    spec = None
    with suppress(EnoughError), uncollected():
        spec = _read(path, wanted, findings) if path else None
    return (None if findings.errors else spec), findings.diagnostics


def scene_file(source: str | Path) -> Path | None:
    """The file of a scene, there or not: a bare name is one of the engine's scenes, a folder holds a file of its own name.

    None for a bare name that is neither.
    """
    text, path = str(source), Path(source)
    name = bool(NAME.fullmatch(text))
    named = scenes_folder() / text / f"{text}.yaml"
    inner = path / f"{path.absolute().name}.yaml"
    if name and is_file(named):
        return named
    if path.suffix != ".yaml" and is_file(inner):
        return inner
    return None if name and not path.exists() else path


def _found(source: str | Path, findings: Findings) -> Path | None:
    path = scene_file(source)
    if path is None:
        known = [one.stem for one in scenes_folder().glob("*/*.yaml") if one.stem == one.parent.name]
        where = Span(str(source), 0, 0, 0, 0)
        beside = Path(f"{source}.yaml")
        remedy = f"write '{beside}', the file that is here" if is_file(beside) else did_you_mean(str(source), known)
        findings.error("E0108", where, f"there is no scene named '{source}'", remedy)
    return path


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the session asks for."""

    variants: tuple[str, ...]
    language: str | None
    settings: Mapping[str, str]
    cards: tuple[Path, ...]


def _read(path: Path, wanted: _Wanted, findings: Findings) -> SceneSpec | None:
    scene = read_text(path, findings)
    root = read_tree(scene.text, scene.label, findings) if scene else None
    if scene is None or root is None or not _is_version(root, findings):
        return None
    own = _own_language(root, findings)
    root, loaded = include(root, path, findings)
    language = wanted.language or own
    if language != own:
        known = [own, *languages(path)]
        root, locale = _translated(root, path, language, known, findings)
        loaded += [locale] if locale else []
    offered = root.get("variants")
    root = vary(root, wanted.variants, findings, scene.label)
    names = Names()
    things = Things(Slots(findings, names), Prefabs(wanted.cards, findings), path.parent)
    composed = Composed(path.stem, language, tuple(offered.entries) if isinstance(offered, MapNode) else (), wanted.settings)
    spec = read_composed(root, composed, names, things, findings)
    for name in wanted.settings:
        if name not in names.parameters and name not in names.broken:
            where = Span(f"setting {name}", 0, 0, 0, 0)
            findings.error("E0903", where, f"the scene has no parameter '{name}'", did_you_mean(name, names.parameters))
    parts = [
        ("scene", scene.text),
        *((f"file {one.path.name}", one.text) for one in loaded),
        *((f"card {name}", text) for name, text in things.prefabs.meanings()),
        *((f"model {name}", text) for name, text in sorted(things.files.items())),
        *((f"variant {name}", "") for name in sorted(set(wanted.variants))),
        *((f"parameter {name}", text.strip()) for name, text in sorted(wanted.settings.items())),
        ("language", composed.language),
    ]
    chosen = tuple(sorted(set(wanted.variants)))
    return spec.model_copy(update={"digest": digest(parts), "sources": findings.sources, "chosen": chosen})


def _is_version(root: MapNode, findings: Findings) -> bool:
    node = root.get("spec")
    if not isinstance(node, TextNode) or node.value == VERSION:
        return True
    older = node.value.isdecimal() and len(node.value) < 10 and int(node.value) < int(VERSION)
    remedy = (
        f"`abaton migrate` writes it anew as version {VERSION}" if older else f"write 'spec: {VERSION}', or get a newer engine"
    )
    findings.error("E0109", node.span, f"this engine reads version {VERSION} of the scene language, not '{node.value}'", remedy)
    return False


def _own_language(root: MapNode, findings: Findings) -> str:
    node = root.get("language")
    if node is None:
        return "und"
    tag = node.value if isinstance(node, TextNode) else ""
    pasted = odd(tag)
    if pasted and isinstance(node, TextNode):
        code, start, end, message, remedy = pasted
        findings.error(code, node.part(start, end), message, remedy)
    elif not is_language(tag):
        findings.error("E0110", node.span, f"'{tag}' is not the tag of a language", "as in 'en', 'de' or 'pt-BR'")
    return tag


def _translated(root: MapNode, path: Path, language: str, known: list[str], findings: Findings) -> tuple[MapNode, Loaded | None]:
    if language not in known:
        message = f"this scene has no texts in '{language}'"
        findings.error("E0902", Span(label(path), 0, 0, 0, 0), message, f"it speaks {', '.join(known)}")
        return root, None
    locale = read_text(path.parent / f"{path.stem}.{language}.yaml", findings)
    tree = read_tree(locale.text, locale.label, findings) if locale else None
    return (translate(root, tree, language, findings) if tree else root), locale
