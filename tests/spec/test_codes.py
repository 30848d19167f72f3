"""Codes: every one that is used is explained, and every explanation is true of the reader."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from engine.authoring.prove.claims import claim
from engine.spec import SceneSpec
from engine.spec.codes import CODES, GROUPS
from engine.world import misplaced
from tests.spec.examples import read
from tests.test_imports import ROOT

CODE = re.compile(r"[EW][0-9]{4}")

BUILT = [code for code in CODES if code[1:3] == "06"]
PROVED = [code for code, one in CODES.items() if one.wrong and code[1:4] == "055"]
READ = [code for code, one in CODES.items() if one.wrong and code not in {*BUILT, *PROVED, "E0906"}]
"""The example of E0906 is good in itself; the tests of `abaton shots` have it."""

WITHOUT = {
    *("E0101", "E0102", "E0103", "E0104", "E0105", "E0106", "E0107", "E0108", "E0118", "E0550", "E0558", "W0559", "E0813"),
    *("E0814", "E0815", "E0816", "E0817", "E0818", "E0819", "W0820"),
}
"""No small piece of a scene can show these: `test_files` has those of the reader, the tests of `prove` and of models the rest."""


def used() -> set[str]:
    """Every code that stands in the engine's source outside its registry."""
    found = set()
    for path in (ROOT / "engine").rglob("*.py"):
        if "codes" not in path.relative_to(ROOT).parts:
            constants = (
                node.value for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Constant)
            )
            found |= {one for one in constants if isinstance(one, str) and CODE.fullmatch(one)}
    return found


def test_every_code_that_is_used_is_explained_and_no_other() -> None:
    assert used() == set(CODES)


def test_a_code_says_its_kind_and_its_group() -> None:
    for code, one in CODES.items():
        assert CODE.fullmatch(code)
        assert code[1:3] in GROUPS
        assert one.title
        assert not one.title.endswith(".")
        assert one.why.endswith(".")
        assert len(one.why) > 40


def test_no_number_has_two_meanings() -> None:
    assert len({code[1:] for code in CODES}) == len(CODES)


def test_every_code_has_an_example_unless_no_scene_can_show_it() -> None:
    assert {code for code, one in CODES.items() if not one.wrong} == WITHOUT
    assert all(bool(one.wrong) == bool(one.right) and (one.wrong != one.right or not one.wrong) for one in CODES.values())


@pytest.mark.parametrize("code", READ)
def test_the_wrong_example_has_that_code_and_the_mended_one_nothing(code: str, tmp_path: Path) -> None:
    one = CODES[code]
    (tmp_path / "wrong").mkdir()
    (tmp_path / "right").mkdir()
    _, found = read(one.wrong, tmp_path / "wrong", title=code != "W0522")
    assert code in {each.code for each in found}, found
    scene, nothing = read(one.right, tmp_path / "right")
    assert nothing == ()
    assert isinstance(scene, SceneSpec)


def scenes(code: str, folder: Path) -> tuple[SceneSpec, SceneSpec]:
    """The two examples of a code whose mistake the reader does not see."""
    found = []
    for name, example in (("wrong", CODES[code].wrong), ("right", CODES[code].right)):
        (folder / name).mkdir()
        scene, nothing = read(example, folder / name)
        assert nothing == ()
        assert scene is not None
        found.append(scene)
    return found[0], found[1]


@pytest.mark.parametrize("code", BUILT)
def test_the_wrong_example_cannot_be_built_and_the_mended_one_can(code: str, tmp_path: Path) -> None:
    wrong, right = scenes(code, tmp_path)
    assert code in {one.code for one in misplaced(wrong)}
    assert misplaced(right) == ()


@pytest.mark.parametrize("code", PROVED)
def test_the_wrong_example_is_seen_through_and_the_mended_one_holds(code: str, tmp_path: Path) -> None:
    wrong, right = scenes(code, tmp_path)
    assert code in {one.code for one in claim(wrong).findings}
    assert claim(right).findings == ()
