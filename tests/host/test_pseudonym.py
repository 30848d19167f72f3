"""Who someone is in a recording: always the same name, which says nothing."""

from __future__ import annotations

import stat
from pathlib import Path
from uuid import UUID

import pytest

from engine.host.people import PeopleError
from engine.host.pseudonym import FILE, pseudonym


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path / "abaton"


def test_a_person_keeps_a_name_that_says_nothing() -> None:
    anna, ben = pseudonym("anna"), pseudonym("ben")
    assert UUID(anna).version == 4
    assert anna != ben
    assert pseudonym("anna") == anna
    assert pseudonym("") == ""


def test_only_the_user_can_read_who_is_who(folder: Path) -> None:
    pseudonym("anna")
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == [FILE]


def test_who_deletes_the_file_makes_all_recordings_anonymous(folder: Path) -> None:
    before = pseudonym("anna")
    (folder / FILE).unlink()
    assert pseudonym("anna") != before


@pytest.mark.parametrize("text", ["", "[]", '{"anna": 1}', '{"anna": "x"}', "\x00"])
def test_a_damaged_file_is_told_and_not_overwritten(folder: Path, text: str) -> None:
    folder.mkdir()
    (folder / FILE).write_text(text)
    with pytest.raises(PeopleError, match="is damaged; mend it, or delete it"):
        pseudonym("anna")
    assert (folder / FILE).read_text() == text


def test_a_folder_that_cannot_be_written_is_told(folder: Path) -> None:
    folder.write_text("a file")
    with pytest.raises(PeopleError, match="cannot be"):
        pseudonym("anna")
