"""One tree out of several: included files, the language's texts, the chosen variants, in the order of who wins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from engine.spec.diagnostics import Span
from engine.spec.files import Loaded, read_text
from engine.spec.findings import Findings, did_you_mean
from engine.spec.grammar import NAME
from engine.spec.tree import Entry, ListNode, MapNode, Node, TextNode, read_tree

MOST_INCLUDED = 32
"""Files that a scene may include."""

FIXED = ("spec", "language", "include", "variants")
"""Keys that no variant changes."""


def include(root: MapNode, scene: Path, findings: Findings) -> tuple[MapNode, list[Loaded]]:
    """The scene of that file with its included files merged into it. They lie in its folder and include nothing themselves."""
    node = root.get("include")
    loaded: list[Loaded] = []
    if node is None:
        return root, loaded
    items = node.items if isinstance(node, ListNode) else (node,)
    if len(items) > MOST_INCLUDED:
        findings.error("E0701", node.span, f"a scene includes at most {MOST_INCLUDED} files", "put some of them together")
        return root, loaded
    seen: set[Path] = set()
    for item in items:
        file = _included(item, scene, seen, findings)
        tree = read_tree(file.text, file.label, findings) if file else None
        if file is None or tree is None:
            continue
        loaded.append(file)
        for key in ("spec", "include"):
            if key in tree.entries:
                where = tree.entries[key].key_span
                findings.error("E0706", where, f"an included file has no '{key}'", "leave it to the scene's own file")
        kept = {key: entry for key, entry in tree.entries.items() if key not in {"spec", "include"}}
        root = MapNode(_joined(root.entries, kept, findings), root.span)
    return root, loaded


def _included(item: Node, scene: Path, seen: set[Path], findings: Findings) -> Loaded | None:
    if not isinstance(item, TextNode):
        findings.error("E0702", item.span, "an included file is named by one text", "as in 'include: [texts.yaml]'")
        return None
    home = scene.parent.resolve()
    try:
        path = (home / item.value).resolve()
    except (OSError, ValueError, RuntimeError):
        path = home
    if not path.is_relative_to(home) or path == home or path.suffix != ".yaml":
        findings.error("E0703", item.span, f"'{item.value}' is not a .yaml file inside the scene's folder", "move it there")
        return None
    if path == scene.resolve():
        findings.error("E0716", item.span, f"'{item.value}' is this file itself", "include other files only")
        return None
    if path in seen:
        findings.error("E0704", item.span, f"'{item.value}' is included twice", "keep one of them")
        return None
    seen.add(path)
    if not path.exists():
        known = [one.relative_to(home).as_posix() for one in home.glob("**/*.yaml")]
        findings.error(
            "E0705", item.span, f"there is no file '{item.value}' in the scene's folder", did_you_mean(item.value, known)
        )
        return None
    return read_text(path, findings)


def _joined(base: Mapping[str, Entry], more: Mapping[str, Entry], findings: Findings) -> dict[str, Entry]:
    found = dict(base)
    for key, entry in more.items():
        known = found.get(key)
        if known is None:
            found[key] = entry
        elif isinstance(known.value, MapNode) and isinstance(entry.value, MapNode):
            inner = MapNode(_joined(known.value.entries, entry.value.entries, findings), known.value.span)
            found[key] = Entry(key, known.key_span, inner)
        else:
            findings.error(
                "E0707", entry.key_span, f"'{key}' is given twice", f"it stands in {known.key_span} too; keep one of them"
            )
    return found


def languages(scene: Path) -> list[str]:
    """The tags of the languages whose texts lie beside a scene's file."""
    return sorted(path.name.split(".")[1] for path in scene.parent.glob(f"{scene.stem}.*.yaml") if path.name.count(".") == 2)


def translate(root: MapNode, tree: MapNode, language: str, findings: Findings) -> MapNode:
    """The scene with a locale file laid over it, which holds `text` and `variants.*.text` and nothing else."""
    before = findings.errors
    for entry in tree:
        if entry.key not in {"text", "variants"}:
            message = f"a file of another language holds texts only, not '{entry.key}'"
            near = did_you_mean(entry.key, ["text", "variants"])
            remedy = near if near.startswith("did") else "move it to the scene's own file"
            findings.error("E0712", entry.key_span, message, remedy)
    _see_texts(root.get("text"), tree.get("text"), f"in '{language}'", tree.span, findings)
    variants, known = tree.get("variants"), root.get("variants")
    for entry in variants if isinstance(variants, MapNode) else ():
        base = known.get(entry.key) if isinstance(known, MapNode) else None
        if base is None:
            names = known.entries if isinstance(known, MapNode) else ()
            findings.error("E0714", entry.key_span, f"the scene has no variant '{entry.key}'", did_you_mean(entry.key, names))
        for inner in entry.value if isinstance(entry.value, MapNode) else ():
            if inner.key != "text":
                message = f"a file of another language holds texts only, not '{inner.key}'"
                findings.error("E0712", inner.key_span, message, "move it to the scene's own file")
    for entry in known if isinstance(known, MapNode) else ():
        theirs = variants.get(entry.key) if isinstance(variants, MapNode) else None
        mine = entry.value.get("text") if isinstance(entry.value, MapNode) else None
        texts = theirs.get("text") if isinstance(theirs, MapNode) else None
        _see_texts(mine, texts, f"of the variant '{entry.key}' in '{language}'", tree.span, findings)
    return root if findings.errors > before else lay_over(root, tree, lambda _entry, _path, _known: None)


def _see_texts(base: Node | None, over: Node | None, what: str, span: Span, findings: Findings) -> None:
    mine = base.entries if isinstance(base, MapNode) else {}
    theirs = over.entries if isinstance(over, MapNode) else {}
    for key, entry in theirs.items():
        if key not in mine:
            findings.error("E0713", entry.key_span, f"the scene has no text '{key}'", did_you_mean(key, mine))
    missing = [key for key in mine if key not in theirs]
    if missing:
        named = ", ".join(missing)
        where = Span(span.file, 0, 0, 0, 0)
        findings.warning("W0715", where, f"texts {what} are missing: {named}", "until then the scene's own language is used")


def vary(root: MapNode, chosen: Sequence[str], findings: Findings, file: str) -> MapNode:
    """The scene with the chosen variants laid over it; two that set one path clash."""
    section = root.get("variants")
    offered = section.entries if isinstance(section, MapNode) else {}
    _see_variants(root, section, findings)
    owners: dict[tuple[str, ...], str] = {}
    above: dict[tuple[str, ...], str] = {}
    layers: list[MapNode] = []
    clashes = 0
    for name in dict.fromkeys(chosen):
        entry = offered.get(name)
        if entry is None:
            remedy = did_you_mean(name, offered) or "this scene has no variants"
            findings.error("E0901", Span(file, 0, 0, 0, 0), f"no variant is named '{name}'", remedy)
            continue
        if not isinstance(entry.value, MapNode):
            continue
        leaves = _leaves(entry.value, ())
        for path, leaf in leaves:
            ways = [path[:length] for length in range(1, len(path) + 1)]
            other = above.get(path) or next((owners[way] for way in ways if way in owners), None)
            if other:
                message = f"the variants '{other}' and '{name}' both set '{'.'.join(path)}'"
                findings.error("E0708", leaf.key_span, message, "choose one of them")
                clashes += 1
        owners.update((path, name) for path, _ in leaves)
        above.update((path[:length], name) for path, _ in leaves for length in range(1, len(path)))
        layers.append(entry.value)
    if clashes:
        return root
    for layer in layers:
        root = lay_over(root, layer, _remover(findings))
    return root


def _see_variants(root: MapNode, section: Node | None, findings: Findings) -> None:
    if section is not None and not isinstance(section, MapNode):
        findings.error("E0711", section.span, "'variants' is a mapping of names", "write 'name: …' lines below it")
    for entry in section if isinstance(section, MapNode) else ():
        if not NAME.fullmatch(entry.key):
            findings.error(
                "E0204", entry.key_span, f"'{entry.key}' cannot be a variant's name", "names are small letters, digits and _"
            )
        if not isinstance(entry.value, MapNode):
            findings.error("E0711", entry.value.span, "a variant is a mapping of paths", "as in 'environment.sun: 4 deg'")
            continue
        for inner in entry.value:
            of = next((one.key for one in root if isinstance(one.value, MapNode) and inner.key in one.value.entries), "")
            if inner.key not in root.entries and of in {"environment", "rooms", "openings", "lights", "props", "people"}:
                remedy = f"write '{of}.{inner.key}'"
                findings.error("E0201", inner.key_span, f"a scene has no key '{inner.key}'", remedy)
            if inner.key in FIXED:
                findings.error("E0710", inner.key_span, f"no variant changes '{inner.key}'", "take it out")


def _leaves(node: MapNode, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], Entry]]:
    found: list[tuple[tuple[str, ...], Entry]] = []
    for entry in node:
        way = (*path, entry.key)
        found += _leaves(entry.value, way) if isinstance(entry.value, MapNode) else [(way, entry)]
    return found


def _remover(findings: Findings) -> _Refuse:
    def refuse(entry: Entry, path: str, known: Iterable[str]) -> None:
        remedy = did_you_mean(entry.key, known)
        remedy = remedy if remedy.startswith("did") else "check the name, or leave it out"
        findings.error("E0709", entry.key_span, f"there is no '{path}' to take away", remedy)

    return refuse


_Refuse = Callable[[Entry, str, Iterable[str]], None]
"""Told of a path of which nothing can be taken away: its first key that is not there, the path, and the keys that are."""


def lay_over(
    base: MapNode, over: MapNode, refuse: _Refuse, path: str = "", lost: tuple[Entry, Iterable[str]] | None = None
) -> MapNode:
    """One tree over another: mappings are merged, all else is replaced, and `none` takes an entry away.

    `lost` is the key of the path that the base does not have, and those that it has instead.
    """
    found = dict(base.entries)
    for entry in over:
        known = found.get(entry.key)
        way = f"{path}.{entry.key}" if path else entry.key
        if isinstance(entry.value, TextNode) and entry.value.plain and entry.value.value == "none" and path != "text":
            if known is None:
                gone, names = lost or (entry, base.entries)
                refuse(gone, way, names)
            found.pop(entry.key, None)
        elif isinstance(entry.value, MapNode):
            below = known.value if known and isinstance(known.value, MapNode) else MapNode({}, entry.value.span)
            inner = lay_over(below, entry.value, refuse, way, lost or (None if known else (entry, base.entries)))
            if inner.entries or known:
                found[entry.key] = Entry(entry.key, known.key_span if known else entry.key_span, inner)
        else:
            found[entry.key] = entry
    return MapNode(found, base.span)
