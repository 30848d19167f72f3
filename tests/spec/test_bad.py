"""Bad scenes, and word for word what is said of them: the files in `bad` with what is expected beside each."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.spec import read_scene, render
from tests.spec.writing import CARDS

BAD = Path(__file__).parent / "bad"
SCENES = sorted(BAD.glob("*.yaml"))


def test_there_are_many() -> None:
    assert len(SCENES) >= 20


@pytest.mark.parametrize("path", SCENES, ids=lambda path: path.stem)
def test_all_that_is_wrong_is_said_at_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BAD)
    scene, diagnostics = read_scene(Path(path.name), cards=CARDS)
    said = "\n".join(render(one) for one in diagnostics) + "\n"
    assert scene is None
    assert said == path.with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", SCENES, ids=lambda path: path.stem)
def test_every_error_has_a_place_and_a_sentence(path: Path) -> None:
    for one in read_scene(path, cards=CARDS)[1]:
        assert one.span.line > 0
        assert one.message
        assert not one.message.endswith(".")
        assert "Error" not in one.message
