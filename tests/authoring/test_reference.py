"""The reference of the language: all of it is there, and what is there is what the reader does."""

from __future__ import annotations

import re
from functools import cache

import pytest

from engine.authoring.reference import FILE, main, reference
from engine.library import assets_folder
from engine.spec.cardfile import THING_KEYS
from engine.spec.codes import CODES
from engine.spec.finishes import FINISHES
from engine.spec.read import KEYS
from engine.spec.references import TAKEN
from engine.spec.schema import all_cards, describe_language
from engine.spec.states import VERBS
from engine.spec.units import UNITS


@cache
def page() -> str:
    return reference(all_cards([assets_folder() / "prefabs"]))


def test_the_page_is_fresh() -> None:
    assert FILE.read_text(encoding="utf-8") == page(), "run `abaton reference --write`"


def test_nothing_is_left_out() -> None:
    for word in (*KEYS, *THING_KEYS, *VERBS, *UNITS, *TAKEN, *FINISHES, *CODES):
        assert f"`{word}`" in page(), word
    cards = all_cards([assets_folder() / "prefabs"])
    for card in cards.values():
        section = page().partition(f"#### `{card.name}`\n")[2].partition("\n####")[0]
        for word in (*card.params, *card.live, *card.flags, *card.places):
            assert f"`{word}`" in section, f"{card.name}: {word}"
    for form in describe_language(cards).parts.values():
        for key in form.keys:
            assert f"`{key.name}`" in page(), f"{form.name}: {key.name}"


def test_every_row_says_what_its_key_means() -> None:
    rows = re.findall(r"^\| \**`(\w+)`\** \|.*\|([^|]*)\|$", page(), re.MULTILINE)
    assert len(rows) >= 120
    assert [key for key, means in rows if not means.strip()] == []


def test_every_table_is_even() -> None:
    for table in re.findall(r"(?:^\|.*\|\n)+", page(), re.MULTILINE):
        columns = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
        assert len(columns) == 1, table


def test_the_command_prints_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    main([])
    assert capsys.readouterr().out == page()
