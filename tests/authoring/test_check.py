"""`abaton check`: what is printed, what is returned, and what is never loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine.authoring.check import check, check_scene
from tests.spec.glb import Writer
from tests.spec.writing import REST, write


def test_all_scenes_of_the_checkout_are_good(capsys: pytest.CaptureFixture[str]) -> None:
    assert check([]) == 0
    said = capsys.readouterr().out
    assert "lakeside.yaml: ok: Breathing by the lake (10 things, 3 states, in en, ar, de)" in said
    assert "not played yet: sounds (2)" in said


def test_each_model_file_is_told_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "props:\n  one: {use: cube.glb, at: [3 m, 3 m]}\n  two: {use: cube.glb, at: [3 m, 6 m]}\n")
    Writer().save(path.parent / "cube.glb")
    assert check([path]) == 0
    said = capsys.readouterr().out
    assert said.count("    cube.glb: 1 × 1 × 1 m, 12 triangles\n") == 1
    assert "not played" not in said


def test_a_scene_is_named_as_a_path_or_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert check(["lakeside"]) == check([Path("lakeside")]) == 0
    assert check(["lakesied"]) == 1
    assert "did you mean 'lakeside'?" in capsys.readouterr().out


def test_a_bad_scene_fails_and_the_others_are_still_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "propz: {a: 1}\n")
    assert check([path, "lakeside"]) == 1
    said = capsys.readouterr().out
    assert "error[E0201]: a scene has no key 'propz'" in said
    assert "^^^^^ did you mean 'props'?" in said
    assert "made.yaml: 1 error\n" in said
    assert "lakeside.yaml: ok" in said


def test_a_folder_stands_for_the_scenes_in_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write(tmp_path / name, name=f"{name}.yaml")
    assert check([tmp_path]) == 0
    assert capsys.readouterr().out.count(": ok: ") == 2
    assert check([tmp_path / "one"]) == 0
    assert capsys.readouterr().out.count(": ok: ") == 1


def test_json_says_the_same_for_machines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check([write(tmp_path, "propz: {a: 1}\n"), "lakeside"], "json") == 1
    data = json.loads(capsys.readouterr().out)
    assert set(data) == {"format", "scenes"}
    bad, good = data["scenes"]
    assert (bad["ok"], good["ok"]) == (False, True)
    assert bad["diagnostics"][0]["code"] == "E0201"
    assert (bad["diagnostics"][0]["line"], bad["diagnostics"][0]["column"], bad["diagnostics"][0]["end_column"]) == (3, 1, 6)
    assert set(bad) == {"scene", "ok", "digest", "languages", "not_played", "proof", "bodies", "diagnostics"}
    assert set(bad["diagnostics"][0]) == {
        *("code", "severity", "file", "line", "column", "end_line", "end_column", "message", "remedy", "source"),
    }
    assert good["not_played"] == {"sounds": 2, "voice": 1}


def test_variants_and_languages_are_checked_too(tmp_path: Path) -> None:
    path = write(tmp_path, "variants:\n  one:\n    props.lamp: {use: latern}\n", REST)
    (tmp_path / "made.de.yaml").write_text("text:\n  titel: Ein Test\n")
    report = check_scene(path)
    assert not report.good
    assert {one.code for one in report.diagnostics} == {"E0801", "E0713", "W0715"}


@pytest.mark.parametrize(
    ("run", "absent"),
    [
        ("from engine.authoring.check import check; check([])", ("panda3d", "xr", "numpy", "PIL")),
        ("import runpy; sys.argv[1:] = ['check']; runpy.run_module('engine', run_name='__main__')", ("panda3d", "xr")),
    ],
    ids=["check", "abaton check"],
)
def test_a_check_never_loads_what_draws(run: str, absent: tuple[str, ...]) -> None:
    script = (
        f"import atexit, os, sys\n"
        f"atexit.register(lambda: os._exit(sum(name.split('.')[0] in {absent} for name in sys.modules)))\n"
        f"{run}"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, stdout=subprocess.DEVNULL).returncode == 0
