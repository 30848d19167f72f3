"""A scene of an older version, brought up to date in place: of a version 0 made up for these tests, and to one to come."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.spec import SceneError
from engine.spec.edit import Change, Source
from engine.spec.files import read_text
from engine.spec.findings import Findings
from engine.spec.load import read_scene
from engine.spec.migrate import NEWEST, STEPS, migrate
from engine.spec.tree import Entry, ListNode, MapNode, Node, TextNode, read_tree

OLD = """\
# My quiet room.  Mine!
spec:   0          # as it was in the old days
language: en

props:
  lamp: {use: lantern, power: 80 lm, at: [0 m, 3 m]}   # from grandmother

  other.use: lantern
  other.power: "20 lm"    # dotted keys are renamed too
  other.at: [1 m,3 m]

scenario:
  start: rest
  states:
    rest: {rules: {when: after 1 min, go: end}}
text:
  title: A quiet room
"""

NEW = OLD.replace("spec:   0 ", "spec:   1 ").replace("power", "flux")


def entries(node: Node) -> Iterator[Entry]:
    if isinstance(node, MapNode):
        for entry in node:
            yield entry
            yield from entries(entry.value)
    elif isinstance(node, ListNode):
        for item in node.items:
            yield from entries(item)


def renamed(root: MapNode) -> Iterator[Change]:
    """Version 0 said `power` where version 1 says `flux`."""
    return (Change(entry.key_span, "flux") for entry in entries(root) if entry.key == "power")


def in_feet(root: MapNode) -> Iterator[Change]:
    """Version 2 will count in feet, which no version will."""
    for entry in entries(root):
        if isinstance(entry.value, TextNode) and entry.value.value.endswith(" lm"):
            yield Change(entry.value.span, f"{entry.value.value[:-3]} candles")


def scene(folder: Path, text: str = OLD) -> Path:
    path = folder / "quiet.yaml"
    path.write_bytes(text.encode())
    return path


def test_only_what_a_step_changes_is_changed(tmp_path: Path) -> None:
    (one,) = migrate(scene(tmp_path), steps={0: renamed})
    assert (one.before, one.after) == (OLD, NEW)
    scene(tmp_path, one.after)
    assert read_scene(one.path)[1] == ()


@pytest.mark.parametrize(("breaks", "mark"), [("\n", ""), ("\r\n", ""), ("\r", ""), ("\r\n", "\ufeff")])
def test_line_breaks_and_the_byte_order_mark_stay(breaks: str, mark: str, tmp_path: Path) -> None:
    (one,) = migrate(scene(tmp_path, mark + OLD.replace("\n", breaks)), steps={0: renamed})
    assert one.after == mark + NEW.replace("\n", breaks)


def test_steps_follow_one_another(tmp_path: Path) -> None:
    (one,) = migrate(scene(tmp_path), to=2, steps={0: renamed, 1: in_feet})
    assert "spec:   2 " in one.after
    assert "flux: 80 candles," in one.after
    assert "other.flux: 20 candles    # dotted" in one.after


def test_files_beside_the_scene_go_with_it(tmp_path: Path) -> None:
    included = tmp_path / "more.yaml"
    included.write_text("props.third: {use: lantern, power: 10 lm}\n")
    german, arabic = tmp_path / "quiet.de.yaml", tmp_path / "quiet.ar.yaml"
    german.write_text("text: {power: Licht}\n")
    arabic.write_text("text:\n  title: غرفة\n")
    path = scene(tmp_path, OLD.replace("language: en\n", "language: en\ninclude: more.yaml\n"))
    changed = {one.path.name: one.after for one in migrate(path, steps={0: renamed})}
    assert set(changed) == {"quiet.yaml", "more.yaml", "quiet.de.yaml"}
    assert changed["more.yaml"] == "props.third: {use: lantern, flux: 10 lm}\n"
    assert "غرفة" in arabic.read_text()


def test_a_scene_of_today_is_left_alone() -> None:
    assert migrate(Path("scenes/lakeside/lakeside.yaml").absolute()) == ()


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("spec: 2", "this scene is written in version 2, not in 1 or older: get a newer engine"),
        ("spec: 0", "nothing leads from version 0 of the scene language to 1: this engine reads version 1; write the scene anew"),
        ("spec: one", "does not say which version it is written in: begin it with 'spec: 1'"),
        ("speck: 1", "does not say which version it is written in"),
        (f"spec: {'9' * 5000}", "does not say which version it is written in"),
        ("spec: [1", "this '[' is never closed"),
        ("spec: 0\nspec: 0", "'spec' is given twice"),
    ],
)
def test_what_cannot_be_migrated_is_said_in_a_sentence(spec: str, said: str, tmp_path: Path) -> None:
    path = scene(tmp_path, OLD.replace("spec:   0          # as it was in the old days", spec))
    with pytest.raises(SceneError) as refused:
        migrate(path, steps=STEPS)
    assert said in "\n".join(f"{one.message}: {one.remedy}" for one in refused.value.diagnostics)
    assert all(one.span.file.endswith("quiet.yaml") for one in refused.value.diagnostics)


def test_no_scene_is_made_older(tmp_path: Path) -> None:
    path = scene(tmp_path, NEW)
    with pytest.raises(SceneError, match="no scene is made older"):
        migrate(path, to=0)


def test_the_reader_names_the_command(tmp_path: Path) -> None:
    (older,) = read_scene(scene(tmp_path))[1]
    assert older.remedy == f"`abaton migrate` writes it anew as version {NEWEST}"
    (newer,) = read_scene(scene(tmp_path, NEW.replace("spec:   1", "spec:   9")))[1]
    assert "get a newer engine" in newer.remedy


def test_there_is_no_newer_version_than_the_newest(tmp_path: Path) -> None:
    with pytest.raises(SceneError, match=r"from version 1 of the scene language to 2\n.*\n.*get a newer engine"):
        migrate(scene(tmp_path, NEW), to=2)


def test_every_older_version_leads_to_the_newest() -> None:
    assert set(STEPS) == set(range(1, NEWEST))


def test_changes_are_made_by_their_places(tmp_path: Path) -> None:
    text = "a: 1\r\nb: {c: [x, y]}   # z\n"
    path = tmp_path / "a.yaml"
    path.write_bytes(text.encode())
    loaded = read_text(path, Findings())
    assert loaded
    root = read_tree(loaded.text, "a", Findings())
    assert root
    spans = {entry.key: entry.value.span for entry in entries(root)}
    source = Source(text)
    assert [source.of(spans[key]) for key in "ac"] == ["1", "[x, y]"]
    assert source.changed([Change(spans["c"], "x"), Change(spans["a"], "22")]) == "a: 22\r\nb: {c: x}   # z\n"
    with pytest.raises(ValueError, match="overlap"):
        source.changed([Change(spans["b"], ""), Change(spans["c"], "")])
