"""`abaton doctor` on machines that have, lack and break things."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import numpy as np
import pytest

from engine.authoring import doctor
from engine.authoring.doctor import Answer, ask, find_headset, find_packages, find_picture, find_text, find_window, install
from engine.view.cache import keep

SOFTWARE: Answer = {"renderer": "llvmpipe", "version": "4.5", "software": True, "single_pass": True, "drawn": [64, 64, 3]}
NO_RUNTIME: Answer = {"stage": "none", "error": "no OpenXR runtime is set up"}
BROKEN: Answer = {"error": "it crashed (SIGSEGV)"}


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Answer]:
    """What the probes will answer, by their last word; a test changes it."""
    given = {"picture": SOFTWARE, "sound": {"device": False}, "headset.openxr.probe": NO_RUNTIME}
    monkeypatch.setattr(doctor, "ask", lambda *words: given[words[-1]])
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.chdir(tmp_path)
    return given


def test_a_bare_machine_with_software_gl_can_run_headless(answers: dict[str, Answer], capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor.doctor() == 0
    told = capsys.readouterr().out
    assert "`abaton run --headless` has all it needs here." in told
    assert "llvmpipe, 4.5 (software" in told


def test_a_driver_that_crashes_is_named_and_fails(answers: dict[str, Answer], capsys: pytest.CaptureFixture[str]) -> None:
    answers["picture"] = BROKEN
    assert doctor.doctor(as_json=True) == 1
    told = json.loads(capsys.readouterr().out)
    assert not told["ok"]
    (picture,) = (finding for finding in told["findings"] if finding["state"] == "missing")
    assert picture["name"] == "OpenGL"
    assert "SIGSEGV" in picture["found"]
    assert picture["remedy"]


def test_all_that_fails_has_a_remedy(answers: dict[str, Answer]) -> None:
    answers["picture"] = BROKEN
    answers["sound"] = BROKEN
    answers["headset.openxr.probe"] = BROKEN
    failing = [finding for finding in doctor.examine() if finding.state != "ok"]
    assert len(failing) >= 5
    assert all(finding.remedy for finding in failing)


@pytest.mark.parametrize(
    ("release", "command"),
    [
        ({"ID": "debian"}, "apt-get install libfribidi0"),
        ({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "apt-get install libfribidi0"),
        ({"ID": "fedora"}, "dnf install fribidi"),
        ({"ID": "nixos"}, "install what Debian calls libfribidi0"),
        ({}, "install what Debian calls libfribidi0"),
    ],
)
def test_remedies_speak_the_systems_own_language(release: dict[str, str], command: str) -> None:
    assert install("fribidi", release).removeprefix("sudo ") == command


@pytest.mark.parametrize(
    ("stage", "word"),
    [("none", "install"), ("broken", "again"), ("silent", "start the runtime"), ("no_headset", "connect"), ("", "start")],
)
def test_each_way_a_headset_fails_has_its_own_remedy(stage: str, word: str) -> None:
    finding = find_headset({"stage": stage, "error": "it is so"})
    assert finding.state == "absent"
    assert word in finding.remedy


def test_a_headset_that_answers_is_named() -> None:
    finding = find_headset({"runtime": "Monado", "version": "25.0.0", "system": "Remote HMD"})
    assert (finding.state, finding.found) == ("ok", "Monado 25.0.0: Remote HMD")


def test_a_screen_that_opens_no_window_is_no_reason_to_fail() -> None:
    assert find_window(":1", BROKEN).state == "absent"
    assert find_window(":1", SOFTWARE).state == "ok"


def test_hardware_is_not_called_software() -> None:
    assert "hardware" in find_picture({**SOFTWARE, "renderer": "NVIDIA", "software": False}).found


def test_a_missing_package_is_named() -> None:
    def lacking(name: str) -> str:
        if name == "typer":
            raise PackageNotFoundError(name)
        return "1"

    finding = find_packages(lacking)
    assert (finding.state, finding.found) == ("missing", "not installed: typer")
    assert finding.remedy.endswith("pip install typer")


def test_fonts_that_are_none_or_damaged_are_missing(tmp_path: Path) -> None:
    assert find_text(tmp_path).state == "missing"
    (tmp_path / "torn.ttf").write_bytes(b"\0\1\0\0torn")
    assert "torn.ttf" in find_text(tmp_path).found


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "SIGSEGV"),
        ("import time; time.sleep(60)", "0.5 s"),
        ("raise OSError('libEGL.so.1 is not there')", "libEGL.so.1"),
        ("raise SystemExit(3)", "ended with 3"),
        ("print('{')", "said nothing"),
    ],
)
def test_a_probe_that_dies_hangs_or_babbles_is_an_answer_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, word: str
) -> None:
    (tmp_path / "sick.py").write_text(code)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert word in ask("sick", patience=0.5 if "sleep" in code else 20)["error"]


def test_what_a_library_prints_before_the_answer_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "chatty.py").write_text("print('INFO: hello'); print('{\"device\": true}')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert ask("chatty") == {"device": True}


@pytest.mark.gl
def test_this_machine_really_draws() -> None:
    answer = ask("engine.view.probe", "picture")
    assert answer.get("drawn") == [64, 64, 3], answer


def test_the_cache_is_named_with_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ABATON_CACHE", str(tmp_path / "kept"))
    keep("one", {"a": np.zeros(3_000_000, np.uint8)})
    found = doctor.find_cache()
    assert (found.state, found.found) == ("ok", f"{tmp_path / 'kept'}, 3 MB in 1 files (at most 1074 MB)")


def test_a_cache_that_is_off_or_cannot_be_used_has_a_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    for said in ("off", str(tmp_path / "file" / "kept")):
        monkeypatch.setenv("ABATON_CACHE", said)
        found = doctor.find_cache()
        assert (found.state, "start slowly" in found.found, "ABATON_CACHE" in found.remedy) == ("absent", True, True)
