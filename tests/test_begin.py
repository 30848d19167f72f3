"""`abaton` without a command."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner

from engine.cli import app
from engine.cli.begin import SIZE, command_of, play_choice, said_of, without_a_screen
from engine.host.people import FILE, keep_person, known_people, read_person
from engine.host.start import Start, StartChoice
from engine.interaction.preferences import Preferences
from engine.view.ui.wishes import GROUPS
from engine.view.ui.words import languages

BEGIN = import_module("engine.cli.begin")
"""The module: the package gives the command of the same name."""


def test_without_a_screen_it_says_what_to_type_and_which_scenes_there_are() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    done = subprocess.run([sys.executable, "-m", "engine"], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "abaton run SCENE" in done.stdout
    assert "lakeside        Breathing by the lake" in done.stdout


def test_it_can_be_said_even_if_there_are_no_scenes() -> None:
    assert without_a_screen(()).endswith("Scenes:")


def test_a_choice_becomes_a_command_that_the_command_line_takes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    choice = StartChoice(
        "lakeside", "de", "window", ("winter",), (("inhale", "4.5 s"),), (("captions", "large"), ("dwell", "1.2")), ask=True
    )
    words = command_of(choice)
    assert words[:4] == [sys.executable, "-m", "engine", "run"]
    assert "--headset" not in words
    assert "--headset" in command_of(StartChoice("lakeside", "en", "headset", ask=False))
    given: list[tuple[object, ...]] = []
    monkeypatch.setattr("engine.host.run.run", lambda *all_of_it: given.append(all_of_it))
    monkeypatch.setenv("ABATON_CACHE", "off")
    monkeypatch.delenv("DISPLAY", raising=False)
    done = CliRunner().invoke(app, [*words[3:], "--out", str(tmp_path)])
    assert done.exit_code == 0, done.output
    (scene, device, _, settings, _), *_ = given
    assert (scene, device) == ("lakeside", "headless")
    assert settings.variants == ("winter",)  # type: ignore[attr-defined]
    assert settings.language == "de"  # type: ignore[attr-defined]
    assert settings.parameters == {"inhale": "4.5 s"}  # type: ignore[attr-defined]
    assert settings.ask is True  # type: ignore[attr-defined]
    assert settings.size == SIZE  # type: ignore[attr-defined]
    assert [one.value for one in settings.opening] == ["dwell=1.2", "captions=large"]  # type: ignore[attr-defined]


def test_the_wishes_of_who_takes_part_are_kept_before_their_session_begins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    ran: list[list[str]] = []

    def run(words: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        assert read_person("P7").captions == "large", "kept first"
        ran.append(words)
        return subprocess.CompletedProcess(words, 0, "", "")

    monkeypatch.setattr(BEGIN.subprocess, "run", run)
    choice = StartChoice("lakeside", "en", "window", wishes=(("captions", "large"),), person="P7")
    assert play_choice(choice) == ""
    (words,) = ran
    assert words[words.index("--person") + 1] == "P7"
    assert play_choice(replace(choice, person="P8", wishes=())) == ""
    assert known_people() == ("P7", "P8"), "who has been here can be chosen the next time"
    (tmp_path / "abaton" / FILE).write_text("- nonsense")
    assert "must give for each person" in play_choice(choice)
    assert len(ran) == 2, "nothing is begun that would forget them"


def test_what_went_wrong_is_said_in_a_sentence_whoever_says_it() -> None:
    assert said_of("a line\nerror: the headset is not connected\n") == "the headset is not connected"
    framed = "╭─ Error ───────╮\n│ Invalid value │\n│ for --person  │\n╰───────────────╯\n"
    assert said_of(f"Usage: abaton run\n{framed}") == "Invalid value for --person"
    assert said_of("") == "it ended, and did not say why"


def test_the_start_screen_opens_with_a_person_or_says_why_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("DISPLAY", ":none")
    keep_person("P7", Preferences().with_("scan=one"))
    opened: list[Start] = []
    monkeypatch.setattr(BEGIN, "_in_a_window", opened.append)
    assert CliRunner().invoke(app, ["--person", "P7"]).exit_code == 0
    assert (opened[0].person, opened[0].wish("scan")) == ("P7", "one")
    (tmp_path / "abaton" / FILE).write_text("P7: {scan: three}")
    refused = CliRunner().invoke(app, ["--person", "P7"])
    assert (refused.exit_code, len(opened)) == (2, 1)
    assert "scan cannot be 'three'" in " ".join(refused.output.replace("│", " ").split())


def test_a_wish_that_cannot_be_kept_is_refused_before_anything_begins() -> None:
    done = CliRunner().invoke(app, ["run", "lakeside", "--headless", "--wish", "captions=huge"])
    assert done.exit_code == 2
    assert "captions cannot be 'huge'" in " ".join(done.output.replace("│", " ").split())


def test_the_start_screen_and_every_panel_are_drawn_in_every_language(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["--panel-pictures", str(tmp_path)])
    assert done.exit_code == 0, done.output
    for language in languages():
        for name in ("people", "session", "session_high", *GROUPS):
            assert (tmp_path / f"start_{name}_{language}.png").exists()
        with Image.open(tmp_path / f"start_scenes_{language}.png") as picture:
            assert picture.size == SIZE
            assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 1000, "it shows the scenes' pictures"
        for name in ("pause", "pause_high", "fms", "notice_high", "all_right", "message", "calm_left", "summary"):
            assert (tmp_path / f"panel_{name}_{language}.png").exists()
