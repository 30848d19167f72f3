"""Whatever a source turns out to be, the answer is a sentence: never a traceback, never a wait."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path
from typing import Any, NoReturn

import pytest

from engine.spec import SceneError, load_scene, read_scene, render
from engine.spec.files import LARGEST
from engine.spec.tree import MOST_NODES
from tests.spec.writing import write


def code(source: str | Path) -> str:
    """The one code that is found, with no scene, and not slowly."""
    scene, diagnostics = read_scene(source)
    assert scene is None
    assert all(render(one) for one in diagnostics)
    assert len({one.code for one in diagnostics}) == 1, diagnostics
    return diagnostics[0].code


def said(source: str | Path) -> str:
    scene, diagnostics = read_scene(source)
    assert scene is None
    assert len(diagnostics) == 1
    return f"{diagnostics[0].message}: {diagnostics[0].remedy}"


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    assert code(tmp_path / "none.yaml") == "E0102"
    assert said(tmp_path / "none.yaml").startswith("there is no such file")


def test_a_misspelt_scene_is_set_right() -> None:
    assert code("lakesied") == "E0108"
    assert said("lakesied") == "there is no scene named 'lakesied': did you mean 'lakeside'?"


def test_a_folder_is_not_a_scene(tmp_path: Path) -> None:
    assert code(tmp_path) == "E0101"
    assert "a folder" in said(tmp_path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert code(tmp_path / "pipe.yaml") == "E0101"
    assert "a device or pipe" in said(tmp_path / "pipe.yaml")


def test_bytes_that_are_no_text_are_said_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes("spec: 1\ntext: {title: Übung}\n".encode("latin-1"))
    _, diagnostics = read_scene(path)
    assert (diagnostics[0].code, diagnostics[0].span.line) == ("E0105", 2)


def test_the_place_of_a_byte_that_is_no_text_counts_letters(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes("text:\n  title: Über ".encode() + b"\xdcbung\n")
    _, diagnostics = read_scene(path)
    assert str(diagnostics[0].span).endswith("latin.yaml:2:15")


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    path.write_bytes(b"#" * (LARGEST + 1))
    assert "larger than 1 MiB" in said(path)


def test_a_hundred_megabytes_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    tracemalloc.start()
    assert code(path) == "E0104"
    assert tracemalloc.get_traced_memory()[1] < 8 * LARGEST
    tracemalloc.stop()


def test_more_entries_than_can_be_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    path.write_text("a: [" + "1," * (MOST_NODES + 1) + "1]")
    assert code(path) == "E0118"


def test_two_hundred_thousand_brackets_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "deep.yaml"
    path.write_text("[" * 200_000)
    assert code(path) == "E0119"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (bytes(range(256)) * 40, "E0107"),
        (b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" * 20, "E0107"),
        (b"PK\x03\x04" + b"\x14\0\x06\0" * 20, "E0107"),
        (b"\xff" * 100, "E0105"),
        (b"\xed\xa0\x80", "E0105"),
        ("spec: 1\n".encode("utf-16"), "E0106"),
        ("spec: 1\n".encode("utf-16-le"), "E0106"),
        ("spec: 1\n".encode("utf-16-be"), "E0106"),
        ("spec: 1\n".encode("utf-32"), "E0106"),
        (b"", "E0111"),
        (b"\xef\xbb\xbf", "E0111"),
        (b"\n\n \n", "E0111"),
        (b"spec: 1\nlanguage: en\n\xef\xbb\xbftext:\n  title: A test\n", "E0142"),
        (b"text:\n\ttitle: A test\n", "E0135"),
        (b"text: \x1b[31mred\n", "E0138"),
        (b"- " * 100_000, "E0119"),
        (b"? " * 100_000, "E0120"),
        (b"{a: " * 100_000, "E0119"),
        (b"'" + b"a" * 500_000, "E0137"),
        (b"&a " * 1000, "E0140"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{value[:12]!r}",
)
def test_what_is_no_scene_is_said_in_a_sentence(tmp_path: Path, data: bytes, found: str) -> None:
    path = tmp_path / "odd.yaml"
    path.write_bytes(data)
    scene, diagnostics = read_scene(path)
    assert scene is None
    assert found in {one.code for one in diagnostics}
    for one in diagnostics:
        shown = render(one)
        assert shown.replace("\n", "").isprintable()
        assert max(map(len, shown.split("\n"))) < 600


def test_a_file_that_may_not_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path)

    def refuse(*_: object, **__: object) -> NoReturn:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)
    assert code(path) == "E0103"
    assert said(path) == "this file cannot be read: Permission denied: check that you may read it"


def test_a_model_file_that_may_not_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "props:\n  chair: {use: chair.glb}\n")
    (tmp_path / "chair.glb").write_bytes(b"glTF")

    opened = Path.open

    def refuse(self: Path, *rest: Any, **named: Any) -> Any:
        if self.suffix == ".glb":
            raise PermissionError(13, "Permission denied")
        return opened(self, *rest, **named)

    monkeypatch.setattr(Path, "open", refuse)
    assert code(path) == "E0813"


def test_a_link_to_itself_is_said(tmp_path: Path) -> None:
    path = tmp_path / "ring.yaml"
    path.symlink_to(path)
    assert code(path) == "E0103"


@pytest.mark.parametrize("use", ["../chair.glb", "/etc/passwd.glb", "a/../../chair.glb", "link.glb", "folder/chair.glb"])
def test_a_model_file_outside_the_scenes_folder_is_not_opened(tmp_path: Path, use: str) -> None:
    folder = tmp_path / "scene"
    folder.mkdir()
    (tmp_path / "chair.glb").write_bytes(b"glTF")
    (folder / "link.glb").symlink_to(tmp_path / "chair.glb")
    (folder / "folder").symlink_to(tmp_path)
    assert code(write(folder, f"props:\n  chair: {{use: {use}}}\n")) == "E0812"


@pytest.mark.parametrize("name", ["../lamps.yaml", "link.yaml", "folder/lamps.yaml", "a/../../lamps.yaml"])
def test_a_file_outside_the_scenes_folder_is_not_included(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "scene"
    folder.mkdir()
    (tmp_path / "lamps.yaml").write_text("props:\n  lamp: {use: lantern}\n")
    (folder / "link.yaml").symlink_to(tmp_path / "lamps.yaml")
    (folder / "folder").symlink_to(tmp_path)
    assert code(write(folder, f"include: {name}\n")) == "E0703"


def test_files_that_include_each_other_are_refused_once(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text("include: two.yaml\n")
    (tmp_path / "two.yaml").write_text("include: one.yaml\n")
    assert code(write(tmp_path, "include: [one.yaml, two.yaml]\n")) == "E0706"
    assert code(write(tmp_path, "include: made.yaml\n")) == "E0716"
    (tmp_path / "same.yaml").symlink_to(tmp_path / "made.yaml")
    assert code(write(tmp_path, "include: same.yaml\n")) == "E0716"


def test_cards_cannot_name_cards_so_they_make_no_ring(tmp_path: Path) -> None:
    card = "card: 1\nkind: prop\ndoc: A box.\nsize: [1 m, 1 m, 1 m]\nuse: box\n"
    (tmp_path / "box.yaml").write_text(card)
    scene, diagnostics = read_scene(write(tmp_path, "props:\n  box: {use: box}\n"), cards=tmp_path)
    assert scene is None
    assert [(one.code, one.message) for one in diagnostics] == [("E0201", "a card has no key 'use'")]


@pytest.mark.parametrize("source", ["\0.yaml", "x" * 5000 + ".yaml", ""])
def test_a_path_that_cannot_be_is_said(source: str) -> None:
    assert said(source)


def test_a_byte_order_mark_and_windows_lines_change_nothing(tmp_path: Path) -> None:
    path = write(tmp_path)
    plain = load_scene(path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_scene(path) == plain


def test_the_error_carries_all_that_was_found(tmp_path: Path) -> None:
    with pytest.raises(SceneError, match="propz") as caught:
        load_scene(write(tmp_path, "propz: {a: 1}\nsoundz: {a: 1}\n"))
    assert [one.code for one in caught.value.diagnostics] == ["E0201", "E0201"]
