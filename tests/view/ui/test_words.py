"""The engine's own words: no language lacks one, and this house's fonts can write them all."""

from __future__ import annotations

from string import Formatter

import pytest

from engine.view.ui import text
from engine.view.ui.words import languages, words


def places(said: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(said) if name}


def test_there_are_words_in_english_german_and_arabic() -> None:
    assert languages()[0] == "en"
    assert {"en", "de", "ar"} <= set(languages())


@pytest.mark.parametrize("language", languages())
def test_no_language_lacks_a_word_or_what_is_put_into_it(language: str) -> None:
    own, english = words(language), words("en")
    assert own.keys == english.keys
    for key in english.keys:
        assert own[key].strip(), key
        assert places(own[key]) == places(english[key]), key


@pytest.mark.parametrize("language", languages())
def test_the_fonts_have_every_letter(language: str) -> None:
    for key in words(language).keys:
        assert text.lay_out(words(language)[key], language, 36, 900.0).missing == "", key


def test_a_region_does_not_matter_and_an_unknown_language_is_answered_in_english() -> None:
    assert words("de-AT").language == "de"
    assert words("AR").language == "ar"
    assert words("fi").language == "en"
    assert words("").language == "en"


def test_values_stand_where_they_belong() -> None:
    assert words("de").filled("minutes_up", time=words("de").amount(16, "min")) == "bis zu 16 min"


@pytest.mark.parametrize(
    ("language", "number", "unit", "said"),
    [
        ("en", 4.5, "s", "4.5 s"),
        ("de", -2.5, "cm", "−2,5 cm"),
        ("ar", 20, "min", "20 د"),
        ("de", 3, "deg", "3°"),
        ("en", 2, "", "2"),
    ],
)
def test_amounts_are_written_as_the_language_writes_them(language: str, number: float, unit: str, said: str) -> None:
    assert words(language).amount(number, unit) == said


def test_a_sign_stays_with_its_number_in_arabic() -> None:
    assert words("ar").amount(5, "cm", signed=True) == "\u2066+5\u2069 سم"
    assert words("en").amount(5, "cm", signed=True) == "+5 cm"
