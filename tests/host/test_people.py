"""Wishes are kept from one session to the next, where only their owner can read them."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.cli import app
from engine.host.people import (
    FILE,
    PeopleError,
    as_commands,
    changed,
    config_folder,
    is_new_id,
    keep_person,
    known_people,
    lines,
    new_id,
    read_person,
)
from engine.interaction.preferences import Preferences
from engine.session import Session
from headset.inputs import Command
from tests.interaction.ward import ward
from tests.making import play


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Someone's configuration."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path / "abaton"


WISHED = Preferences().with_("dwell=1.5").with_("scan=one").with_("height=-0.1")


def test_who_is_not_known_has_the_defaults_and_no_file_is_made(home: Path) -> None:
    assert read_person("anna") == Preferences()
    assert not home.exists()


def test_wishes_are_kept_for_each_person(home: Path) -> None:
    keep_person("anna", WISHED)
    keep_person("2026-05: no", Preferences().with_("captions=large"))
    assert read_person("anna") == WISHED
    assert read_person("2026-05: no").captions == "large"
    assert read_person("ben") == Preferences()
    text = (home / FILE).read_text(encoding="utf-8")
    assert "turn" not in text, "what is the default is not written"


def test_only_the_owner_can_read_them(home: Path) -> None:
    path = keep_person("anna", WISHED)
    assert path == home / FILE
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_who_has_only_defaults_again_is_taken_out(home: Path) -> None:
    keep_person("anna", WISHED)
    keep_person("anna", Preferences())
    assert (home / FILE).read_text(encoding="utf-8") == ""
    assert read_person("anna") == Preferences()


def test_who_is_to_be_known_stays_though_they_wish_for_nothing(home: Path) -> None:
    for person in ("P10", "P9", "anna"):
        keep_person(person, Preferences(), stays=True)
    assert read_person("P9") == Preferences()
    assert known_people() == ("anna", "P9", "P10")
    keep_person("P9", Preferences())
    assert known_people() == ("anna", "P10"), "taken out on purpose"


def test_who_is_new_gets_the_next_number() -> None:
    assert new_id(()) == "P1"
    assert new_id(("P7", "anna", "p12", "P-40", "P1x")) == "P13"


@pytest.mark.parametrize("text", ["P7", "7", "b-12", "ش3", "x" * 23 + "1"])
def test_ids_that_say_nothing_of_a_person_can_be_given(text: str) -> None:
    assert is_new_id(text)


@pytest.mark.parametrize("text", ["", "anna", "P 7", "-7", "_7", "P7!", "x" * 24 + "1", "P7\n"])
def test_names_and_what_is_no_id_cannot(text: str) -> None:
    assert not is_new_id(text)


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_person("anna", WISHED)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(PeopleError, match="No space left"):
        keep_person("ben", WISHED)
    assert [path.name for path in home.iterdir()] == [FILE]
    assert read_person("anna") == WISHED


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"anna: [1", "is no YAML text .line"),
        (b"\xff\xfe", "not readable as UTF-8"),
        (b"- anna", "must give for each person"),
        (b"anna: 3", "must give for each person"),
        (b"anna: {dwell: 99}", "dwell cannot be 99"),
        (b"anna: {colour: red}", "no preference 'colour'"),
        (b"anna: !!python/object/apply:os.system ['true']", "is no YAML text|must give"),
        (b"a" * 1_000_001, "is larger than"),
    ],
)
def test_a_file_that_is_damaged_is_told_in_a_sentence_and_not_overwritten(home: Path, data: bytes, why: str) -> None:
    home.mkdir()
    (home / FILE).write_bytes(data)
    with pytest.raises(PeopleError, match=why):
        read_person("anna")
    assert (home / FILE).read_bytes() == data


@pytest.mark.parametrize("person", ["", " anna", "anna\n", "a\x07b", "x" * 101])
def test_an_id_that_is_none_is_refused(home: Path, person: str) -> None:
    with pytest.raises(PeopleError, match="is no person's id"):
        read_person(person)
    with pytest.raises(PeopleError, match="is no person's id"):
        keep_person(person, WISHED)
    assert not home.exists()


def test_the_configuration_is_where_the_system_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative/is/ignored")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert config_folder() == tmp_path / ".config" / "abaton"


def test_a_session_told_of_them_has_them(tmp_path: Path) -> None:
    session = Session(ward(tmp_path))
    commands = as_commands(WISHED)
    assert Command("participant", "set", "dwell=1.5") in commands
    play(session, 0.01, commands)
    assert session.preferences["participant"] == WISHED


def test_a_wish_without_a_value_is_the_default_again() -> None:
    assert changed(WISHED, ["dwell=", "scan = "]) == Preferences().with_("height=-0.1")
    with pytest.raises(PeopleError, match="no preference 'colour'"):
        changed(WISHED, ["colour="])


def test_every_wish_has_a_line_and_those_that_differ_a_star() -> None:
    found = list(lines(WISHED))
    assert [line.split()[1] for line in found if line.startswith("*")] == ["dwell", "scan", "height"]
    assert "* dwell        1.5        0.4 to 4 s" in found
    assert "  captions     normal     off, normal, large, largest" in found


def test_the_command_shows_and_changes_them(home: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(app, ["person", "anna", "dwell=1.5", "scan=one", "height=-0.1"]).exit_code == 0
    assert read_person("anna") == WISHED
    shown = runner.invoke(app, ["person", "anna"]).output
    assert "* scan" in shown
    refused = runner.invoke(app, ["person", "anna", "dwell=1", "minutes=90"])
    assert refused.exit_code == 2
    assert read_person("anna") == WISHED, "of several wishes all are kept or none"


def test_a_run_goes_by_them_from_the_first_tick(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_person("anna", WISHED)
    given: list[object] = []
    monkeypatch.setattr("engine.host.run.run", lambda *arguments: given.extend(arguments))
    runner = CliRunner()
    assert runner.invoke(app, ["run", "lakeside", "--headless", "--person", "anna"]).exit_code == 0
    settings = given[3]
    assert settings.opening == as_commands(WISHED)  # type: ignore[attr-defined]
    (home / FILE).write_text("- nonsense", encoding="utf-8")
    refused = runner.invoke(app, ["run", "lakeside", "--headless", "--person", "anna"])
    assert refused.exit_code == 2
    assert "must give for each person" in " ".join(refused.output.replace("│", " ").split())
