"""Where the OpenXR runtime is looked for, and what is said of one that is broken."""

from __future__ import annotations

import json
import platform
from pathlib import Path

import pytest

from headset.openxr.probe import library, manifest, probe


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A home with no runtime, on a system with none."""
    monkeypatch.delenv("XR_RUNTIME_JSON", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "xdg"))
    return tmp_path


def put(path: Path, library_path: str = "libnone.so") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"file_format_version": "1.0.0", "runtime": {"library_path": library_path}}))
    return path


def test_the_users_runtime_comes_before_the_systems(home: Path) -> None:
    system = put(home / "xdg/openxr/1/active_runtime.json")
    assert manifest() == system
    users = put(home / "config/openxr/1/active_runtime.json")
    assert manifest() == users


def test_a_manifest_for_this_machine_comes_before_the_general_one(home: Path) -> None:
    put(home / "config/openxr/1/active_runtime.json")
    own = put(home / f"config/openxr/1/active_runtime.{platform.machine()}.json")
    assert manifest() == own


def test_the_environment_has_the_last_word(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(home / "config/openxr/1/active_runtime.json")
    monkeypatch.setenv("XR_RUNTIME_JSON", str(home / "mine.json"))
    assert manifest() == home / "mine.json"


def test_a_relative_library_lies_beside_its_manifest(home: Path) -> None:
    assert library(put(home / "a.json", "./lib/libxr.so")) == f"{home}/lib/libxr.so"
    assert library(put(home / "a.json", "/opt/libxr.so")) == "/opt/libxr.so"
    assert library(put(home / "a.json", "libxr.so")) == "libxr.so"


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"runtime": 1}', '{"runtime": {}}'])
def test_a_damaged_manifest_is_named(home: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    damaged = home / "damaged.json"
    damaged.write_text(text)
    monkeypatch.setenv("XR_RUNTIME_JSON", str(damaged))
    told = probe()
    assert told["stage"] == "broken"
    assert str(damaged) in told["error"]


def test_a_library_that_is_gone_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XR_RUNTIME_JSON", str(put(home / "a.json", "./gone.so")))
    told = probe()
    assert told["stage"] == "broken"
    assert "gone.so" in told["error"]
