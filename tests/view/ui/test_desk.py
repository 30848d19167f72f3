"""The words at the desk: each is known in every language that there are words in, and the help is drawn with them."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

import headset.openxr
from engine.host.waiting import STEPS, TITLE
from engine.view.ui import desk
from engine.view.ui.words import languages
from headset.operator import OPERATOR_LINES
from headset.simulator import help_lines
from headset.simulator.hints import FREE, HOLDING, STANDING
from headset.simulator.window import INVITATION

BARE = re.compile(r"[A-Z](?: [A-Z])*|[1-9](?: [1-9])*|F\d+(?: F\d+)*|Esc|Tab")
"""Keys that are called so in every language."""

TROUBLES = (
    "put the headset on",
    "the headset is lost",
    "the OpenXR runtime does not answer: start it (SteamVR, WiVRn or monado-service)",
    "the OpenXR runtime ended as it began ({error}): restart it",
    "the OpenXR runtime ended as the session began ({error})",
    "{runtime} finds no headset: switch it on and connect it",
    "{runtime} does not say how large an eye's picture is ({sizes}): restart it",
)
"""What `headset.openxr` waits for."""


def shown() -> set[str]:
    """Every phrase that a window says."""
    cells = {cell for line in (*help_lines(), *OPERATOR_LINES) for cell in line.split("\t")}
    lines = (*INVITATION, *FREE, *STANDING, *HOLDING, "Paused   P: go on   Esc: leave")
    over = {part for line in lines for part in line.split(desk.APART)}
    parts = {part.rpartition(": ")[2] if BARE.match(part) else part for part in over}
    return {one for one in cells | parts | {TITLE, *STEPS, *TROUBLES} if one and not BARE.fullmatch(one)}


def test_it_speaks_every_language_that_the_panels_speak() -> None:
    assert ["en", *desk.languages()] == languages()


@pytest.mark.parametrize("language", desk.languages())
def test_every_phrase_is_known_and_none_is_left_over(language: str) -> None:
    assert set(desk.phrases(language)) == shown()
    for phrase, other in desk.phrases(language).items():
        assert re.findall(r"\{\w+\}", other) == re.findall(r"\{\w+\}", phrase), phrase


def test_what_the_driver_waits_for_is_said_so_in_its_code() -> None:
    folder = Path(headset.openxr.__file__).parent
    code = "\n".join((folder / name).read_text(encoding="utf-8") for name in ("driver.py", "instance.py"))
    for trouble in TROUBLES:
        assert re.sub(r"\{\w+\}", "{", trouble).split("{")[-1] in code, trouble


def test_what_is_put_in_is_kept_and_what_is_unknown_stays() -> None:
    assert desk.said("Monado finds no headset: switch it on and connect it", "de").startswith("Monado findet keine Brille")
    assert desk.said("F1: all keys", "de-AT") == "F1: alle Tasten"
    assert desk.said("F held: lower, higher", "de") == "F halten: tiefer, höher"
    assert desk.said("something else entirely", "ar") == "something else entirely"
    assert desk.said("recentre", "fr") == desk.said("recentre", "en") == "recentre"


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_the_help_is_drawn_and_in_another_language_another(language: str) -> None:
    picture = desk.letters(language)(help_lines())
    assert picture.dtype == np.uint8
    assert picture.max() == 255
    assert 700 < picture.shape[1] < 1000
    others = [desk.drawn(help_lines(), other) for other in ("en", "de", "ar") if other != language]
    assert all(other.shape != picture.shape or (other != picture).any() for other in others)


def widths(picture: NDArray[np.uint8]) -> list[int]:
    """How wide the columns of a table are, from left to right."""
    inked = np.flatnonzero(picture.any(axis=0))
    apart = np.flatnonzero(np.diff(inked) >= desk.GAP)
    return [int(some[-1] - some[0]) + 1 for some in np.split(inked, apart + 1)]


def test_columns_read_from_the_right_where_words_do() -> None:
    lines = ["F2\tpause, go on", "F3\trecentre"]
    keys, words = widths(desk.drawn(lines, "en"))
    assert keys < words
    words, keys = widths(desk.drawn(lines, "ar"))
    assert keys < words
