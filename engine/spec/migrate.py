"""A scene of an older version of the language brought up to date, in place: what a person wrote stays, comments and all.

A step leads from one version to the next. It is a function from the tree of one file to the changes of its text. A scene's own
file, its included files and those of its other languages are each given to it, so that a key renamed in one is renamed in all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.spec.compose import languages
from engine.spec.diagnostics import SceneError, Span
from engine.spec.edit import Change, Source
from engine.spec.files import label, read_text
from engine.spec.findings import Findings
from engine.spec.read import VERSION
from engine.spec.tree import ListNode, MapNode, TextNode, read_tree

Step = Callable[[MapNode], Iterable[Change]]
"""The changes that make a file of version n one of version n + 1; that of `spec` itself is not among them."""

STEPS: Mapping[int, Step] = {}
"""Version -> the step that leads on from it. Version 1 is the first there is."""

NEWEST = int(VERSION)


@dataclass(frozen=True, slots=True)
class Migrated:
    """A file, before and after. `before` is its text to the byte: line breaks and byte order mark as they are."""

    path: Path
    before: str
    after: str


def migrate(scene: Path, to: int = NEWEST, steps: Mapping[int, Step] = STEPS) -> tuple[Migrated, ...]:
    """The files of a scene as they are in version `to`; only those that change, none if the scene is there already.

    Raises SceneError for what cannot be read, and for a version from which no step leads there. Nothing is written.
    """
    findings = Findings()
    text, root = _read(scene, findings)
    version = _version(root, scene, findings)
    if version > to:
        remedy = "get a newer engine" if version > NEWEST else "no scene is made older"
        raise _refused(findings, _span(root, scene), f"this scene is written in version {version}, not in {to} or older", remedy)
    missing = next((one for one in range(version, to) if one not in steps), None)
    if missing is not None:
        message = f"nothing leads from version {missing} of the scene language to {missing + 1}"
        anew = f"this engine reads version {VERSION}; write the scene anew, beginning with `abaton new`"
        raise _refused(findings, _span(root, scene), message, "get a newer engine" if to > NEWEST else anew)
    files = [scene, *_included(root, scene), *(scene.parent / f"{scene.stem}.{tag}.yaml" for tag in languages(scene))]
    found = []
    for path in files:
        before = text if path == scene else _read(path, findings)[0]
        after = before
        for number in range(version, to):
            after = _stepped(path, after, number, steps[number], findings)
        found.append(Migrated(path, before, after))
    return tuple(one for one in found if one.after != one.before)


def _stepped(path: Path, text: str, number: int, step: Step, findings: Findings) -> str:
    root = _tree(path, text, findings)
    changes = list(step(root))
    spec = root.get("spec")
    if isinstance(spec, TextNode):
        changes.append(Change(spec.span, str(number + 1)))
    mark = MARK if text.startswith(MARK) else ""
    after = mark + Source(text.removeprefix(MARK)).changed(changes)
    _tree(path, after, findings)
    return after


def _read(path: Path, findings: Findings) -> tuple[str, MapNode]:
    """The text of a file to the byte, and its tree."""
    if read_text(path, findings) is None:
        raise SceneError(findings.diagnostics)
    text = path.read_bytes().decode("utf-8")
    return text, _tree(path, text, findings)


def _tree(path: Path, text: str, findings: Findings) -> MapNode:
    """The tree of a text. Its spans fit the text behind the byte order mark, whatever its line breaks are."""
    plain = text.removeprefix(MARK).replace("\r\n", "\n").replace("\r", "\n")
    before = findings.errors
    root = read_tree(plain, label(path), findings)
    if root is None or findings.errors > before:
        raise SceneError(one for one in findings.diagnostics if one.severity == "error")
    return root


MARK = "\ufeff"
"""The byte order mark that some editors put before a text."""


def _version(root: MapNode, scene: Path, findings: Findings) -> int:
    node = root.get("spec")
    text = node.value if isinstance(node, TextNode) else ""
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        raise _refused(
            findings,
            _span(root, scene),
            "this scene does not say which version it is written in",
            f"begin it with 'spec: {VERSION}'",
        )
    return int(text)


def _span(root: MapNode, scene: Path) -> Span:
    node = root.get("spec")
    return node.span if node is not None else Span(label(scene), 0, 0, 0, 0)


def _included(root: MapNode, scene: Path) -> list[Path]:
    """The scene's included files, as far as they lie in its folder; the reader says what is wrong with others."""
    node = root.get("include")
    items = node.items if isinstance(node, ListNode) else (node,)
    home = scene.parent.resolve()
    paths = [(home / item.value).resolve() for item in items if isinstance(item, TextNode)]
    return [path for path in paths if path.is_relative_to(home) and path.suffix == ".yaml" and path.is_file()]


def _refused(findings: Findings, span: Span, message: str, remedy: str) -> SceneError:
    findings.error("E0109", span, message, remedy)
    return SceneError(findings.diagnostics)
