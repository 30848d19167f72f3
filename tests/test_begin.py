"""`abaton` without a command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner

from engine.cli import app
from engine.cli.begin import SIZE, command_of, without_a_screen
from engine.host.start import StartChoice
from engine.view.ui.words import languages


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


def test_a_wish_that_cannot_be_kept_is_refused_before_anything_begins() -> None:
    done = CliRunner().invoke(app, ["run", "lakeside", "--headless", "--wish", "captions=huge"])
    assert done.exit_code == 2
    assert "captions cannot be 'huge'" in " ".join(done.output.replace("│", " ").split())


def test_the_start_screen_and_every_panel_are_drawn_in_every_language(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["--panel-pictures", str(tmp_path)])
    assert done.exit_code == 0, done.output
    for language in languages():
        with Image.open(tmp_path / f"start_scenes_{language}.png") as picture:
            assert picture.size == SIZE
            assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 1000, "it shows the scenes' pictures"
        for name in ("pause", "pause_high", "fms", "all_right", "message", "calm_left", "summary"):
            assert (tmp_path / f"panel_{name}_{language}.png").exists()
