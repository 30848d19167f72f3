"""The notice of a save that is broken: one panel, never too high, in the words of the scene's language."""

from __future__ import annotations

from itertools import pairwise

import pytest

from engine.spec.diagnostics import NOWHERE, Diagnostic, Span
from engine.view.ui.notice import TALLEST, notice
from engine.view.ui.panel import WIDTH, Words, laid_out, picture
from engine.view.ui.words import languages, words


def wrong(number: int, message: str = "there is no prefab 'visitor_chiar'", remedy: str = "did you mean it?") -> Diagnostic:
    return Diagnostic("E0801", "error", Span("folder/room.yaml", number, 3, number, 9), message, remedy)


def lines(diagnostics: list[Diagnostic], language: str = "en") -> list[str]:
    return [row.words for row in notice(diagnostics, language).rows if isinstance(row, Words)]


def test_it_says_where_what_and_what_to_do() -> None:
    assert lines([wrong(7)]) == [
        "room.yaml:7: there is no prefab 'visitor_chiar'",
        "→ did you mean it?",
        "The last good scene goes on.",
    ]
    assert lines([Diagnostic("", "error", NOWHERE, "the model is broken")])[0] == "the model is broken"


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("count", [2, 3, 40])
def test_however_much_is_wrong_it_stays_small_and_says_how_much_more_there_is(language: str, count: int) -> None:
    sheet = notice([wrong(number) for number in range(1, count + 1)], language)
    said = lines([wrong(number) for number in range(1, count + 1)], language)
    width, height = laid_out(sheet).size
    assert width == WIDTH
    assert height <= TALLEST
    told = sum(line.startswith("room.yaml:") for line in said)
    assert told >= 2
    more = words(language).filled("notice_more", number=count - told)
    assert (more in said) == (told < count)


@pytest.mark.parametrize("message", ["this sentence has no end and goes on " * 60, "x" * 2000, "لا يوجد " * 300, "長い文" * 500])
def test_a_sentence_without_end_is_cut_and_all_of_it_is_on_the_panel(message: str) -> None:
    sheet = notice([wrong(7, message, message)], "ar")
    first = sheet.rows[0]
    assert isinstance(first, Words)
    assert first.words.endswith("…")
    laid = laid_out(sheet)
    assert laid.size[1] <= TALLEST
    for above, below in pairwise((laid.title, *laid.rows)):
        assert above[3] <= below[1]
    assert picture(sheet).shape[:2] == laid.size[::-1]


def test_its_own_words_are_the_scene_s_and_so_is_its_side() -> None:
    german = notice([wrong(7)], "de")
    assert (german.title, german.rows[-1].words) == (words("de")["notice"], words("de")["notice_goes_on"])  # type: ignore[union-attr]
    assert notice([wrong(7)], "ar", "high").contrast == "high"
