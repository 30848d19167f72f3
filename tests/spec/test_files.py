"""Whatever a source turns out to be, the answer is a sentence: never a traceback, never a wait."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.spec import SceneError, load_scene, read_scene
from engine.spec.files import LARGEST
from tests.spec.writing import write


def said(source: str | Path) -> str:
    scene, diagnostics = read_scene(source)
    assert scene is None
    assert len(diagnostics) == 1
    return f"{diagnostics[0].message}: {diagnostics[0].remedy}"


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    assert said(tmp_path / "none.yaml").startswith("there is no such file")


def test_a_misspelt_scene_is_set_right() -> None:
    assert said("lakesied") == "there is no scene named 'lakesied': did you mean 'lakeside'?"


def test_a_folder_is_not_a_scene(tmp_path: Path) -> None:
    assert "a folder" in said(tmp_path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert "a device or pipe" in said(tmp_path / "pipe.yaml")


def test_bytes_that_are_no_text_are_said_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes("spec: 1\ntext: {title: Übung}\n".encode("latin-1"))
    _, diagnostics = read_scene(path)
    assert (diagnostics[0].code, diagnostics[0].span.line) == ("encoding", 2)


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    path.write_bytes(b"#" * (LARGEST + 1))
    assert "larger than 1 MiB" in said(path)


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
    assert [one.code for one in caught.value.diagnostics] == ["unknown-key", "unknown-key"]
