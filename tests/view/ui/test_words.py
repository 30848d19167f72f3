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
    assert words("de").filled("minutes_up", number=16) == "bis zu 16 min"
