"""`abaton explain`: what a code means, for whoever meets it first."""

from __future__ import annotations

import pytest

from engine.authoring.explain import WIDTH, explain
from engine.spec.codes import CODES, GROUPS


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained_in_full_and_fits_a_terminal(code: str) -> None:
    said, status = explain(code)
    assert status == 0
    assert said.startswith(f"{code} (")
    assert CODES[code].title in said
    assert ("\n\nWrong:\n\n    " in said) == bool(CODES[code].wrong)
    assert all(one.isprintable() for one in said.replace("\n", ""))
    assert max(map(len, said.split("\n"))) <= WIDTH + 32


def test_a_code_may_be_written_small() -> None:
    assert explain("e0203") == explain("E0203")


def test_without_a_code_all_are_listed_by_what_they_are_about() -> None:
    said, status = explain()
    assert status == 0
    assert all(f"  {code}  {one.title}" in said for code, one in CODES.items())
    assert all(f"{about}:" in said for about in GROUPS.values())


@pytest.mark.parametrize(("code", "near"), [("E0512", "W0512"), ("W0203", "E0203"), ("E020", "E0120"), ("E02033", "E0203")])
def test_a_code_there_is_not_is_set_right(code: str, near: str) -> None:
    assert explain(code) == (f"there is no code '{code}': did you mean {near}?", 1)


def test_a_word_that_is_no_code_is_told_where_they_are() -> None:
    assert explain("propz") == ("there is no code 'propz': `abaton explain` lists them all", 1)
