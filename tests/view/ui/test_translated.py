"""Nothing that the engine itself shows a participant is written in one language only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest

from engine.authoring.panel_pictures import _sheets, _starts
from engine.host.offers import Offer
from engine.host.start import page
from engine.spec.model import Quantity
from engine.view.ui import words as module
from engine.view.ui.words import Words, words

MARK = "¤"
A_WORD = re.compile(r"[^\W\d_]{2,}")
"""Two letters and more: no number, no sign, no id."""

LENGTH = Quantity(name="long", value=4.0, default=4.0, dimension="time", low=1.0, high=9.0)
OFFER = Offer("lakeside", f"{MARK}the scene's title", "en", None, 16, (("winter", f"{MARK}label"),), ((LENGTH, f"{MARK}label"),))


@pytest.fixture(autouse=True)
def marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every word of the engine's begins with a mark."""
    known = words("en")
    other = Words("en", {key: known[key] if key == "decimal" else MARK + known[key] for key in known.keys})
    for name in ("engine.host.start", "engine.view.ui.sheets", "engine.view.ui.notice", "engine.authoring.panel_pictures"):
        monkeypatch.setattr(f"{name}.words", lambda _: other)
    monkeypatch.setattr(module, "words", lambda _: other)


def texts(of: object, name: str = "") -> Iterator[str]:
    """All that is read of a page or sheet."""
    if isinstance(of, str):
        if name not in {"name", "language", "contrast", "result"}:
            yield of
    elif isinstance(of, tuple):
        for one in of:
            yield from texts(one, name)
    elif is_dataclass(of):
        for field in fields(of):
            if not isinstance(getattr(of, field.name), Path):
                yield from texts(getattr(of, field.name), field.name)


def foreign(said: str) -> bool:
    return bool(A_WORD.search(said)) and MARK not in said


def test_the_start_screen_says_nothing_that_is_not_translated() -> None:
    for name, start in _starts("en", lambda _: (OFFER,)):
        # Who is known, what was typed and what is wrong with a machine are no words of ours.
        nobody = replace(start, problem="", letters="", people=None if start.people is None else ())
        assert [said for said in texts(page(nobody)) if foreign(said)] == [], name


def test_no_panel_says_anything_that_is_not_translated() -> None:
    for name, sheet, _ in _sheets("en"):
        said = [said for said in texts(sheet) if foreign(said)]
        if name.startswith("notice"):
            said = [one for one in said if not one.startswith(("room.yaml:", "→"))]  # what an author is told at the terminal too
        if name == "summary":
            said = [one for one in said if one not in SCENE]
        assert said == [], name


SCENE = frozenset(
    ("Breathless in bay 4", "High-flow oxygen within 3 minutes", "Called for help within 2 minutes", "Sat the patient up")
)
"""What the scene itself says."""


def test_a_literal_would_be_found() -> None:
    assert foreign("Press Esc")
    assert not foreign(f"{MARK}Press Esc")
    assert foreign("20 min")
    assert not foreign("− 5 %")
