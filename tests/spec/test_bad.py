"""Bad scenes, and word for word what is said of them: the files in `bad` with what is expected beside each.

`python -m tests.spec.test_bad` writes what is said today into the `.txt` files; `tests/README.md` says how to look at that.
The cards they use are those of `bad/cards`, so that a better card of the engine's changes no sentence here. A first line
`# asked: --language de --variant night --set inhale='9 s'` is what the session asks of the scene.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
import yaml

from engine.spec import Diagnostic, read_scene, render, tree
from tests.spec.examples import options
from tests.spec.test_codes import READ

BAD = Path(__file__).parent / "bad"
CARDS = BAD / "cards"
SCENES = sorted(path for path in BAD.glob("*.yaml") if path.name.count(".") == 1)
LOADERS = {"libyaml": yaml.CSafeLoader, "pure Python": yaml.SafeLoader}


def found(path: Path) -> tuple[Diagnostic, ...]:
    """What is found in a bad scene, read from its own folder."""
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    scene, diagnostics = read_scene(Path(path.name), cards=Path("cards"), **options(first if "# asked:" in first else ""))
    assert (scene is None) == any(one.severity == "error" for one in diagnostics)
    return diagnostics


def said(path: Path) -> str:
    """What is said of a bad scene."""
    return "\n".join(render(one) for one in found(path)) + "\n"


def test_there_are_many() -> None:
    assert len(SCENES) >= 80


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("path", SCENES, ids=lambda path: path.stem)
def test_all_that_is_wrong_is_said_at_once(path: Path, loader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BAD)
    monkeypatch.setattr(tree, "LOADER", LOADERS[loader])
    assert said(path) == path.with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", SCENES, ids=lambda path: path.stem)
def test_every_finding_has_a_place_a_sentence_and_words_under_its_caret(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BAD)
    diagnostics = found(path)
    assert diagnostics
    for one in diagnostics:
        assert one.span.line > 0 or one.code[1:3] in {"07", "09"}
        assert one.message
        assert not one.message.endswith(".")
        assert "Error" not in one.message
        if one.span.line == one.span.end_line > 0:
            assert 0 < one.span.column < one.span.end_column <= len(one.source) + 2


def test_every_code_that_a_file_can_cause_is_here() -> None:
    shown = {
        code for path in SCENES for code in re.findall(r"\[([EW]\d{4})\]", path.with_suffix(".txt").read_text(encoding="utf-8"))
    }
    assert set(READ) - shown == set()


def main() -> None:
    """Write what is said today beside each scene."""
    os.chdir(BAD)
    for path in SCENES:
        path.with_suffix(".txt").write_text(said(path), encoding="utf-8")


if __name__ == "__main__":
    main()
