"""The engine's own words, in the language of the scene: what stands on its panels, and not in any scene."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from engine.view.ui.bidi import runs_right_to_left

_FILE = Path(__file__).with_name("words.yaml")
_LEFT_TO_RIGHT, _ENDS = "\u2066", "\u2069"


class Words:
    """The words of one language, by key."""

    def __init__(self, language: str, words: Mapping[str, str]) -> None:
        self.language = language
        """The language that they are in, which `direction` and fonts go by."""
        self._words = words

    def __getitem__(self, key: str) -> str:
        return self._words[key]

    def filled(self, key: str, **values: object) -> str:
        """Words with values in the places of the same names."""
        return self._words[key].format(**values)

    def amount(self, number: float, unit: str = "", *, signed: bool = False) -> str:
        """A number and its unit as they are written in this language: `4,5 s`, `20 د`. A unit that has no word stays."""
        said = f"{number:+g}" if signed else f"{number:g}"
        said = said.replace("-", "−").replace(".", self._words["decimal"])
        # A sign stands on the left of its number, whichever way the words around it run (UAX #9, isolates).
        said = f"{_LEFT_TO_RIGHT}{said}{_ENDS}" if signed and runs_right_to_left("", self.language) else said
        if unit == "deg":
            return f"{said}°"
        return f"{said} {self._words.get(f'unit_{unit}', unit)}" if unit else said

    @property
    def keys(self) -> frozenset[str]:
        """Every key."""
        return frozenset(self._words)


def languages() -> list[str]:
    """The languages there are words in, English first."""
    return list(_all())


@cache
def words(language: str) -> Words:
    """The words of a language (BCP-47), of which its first part counts; English where there are none."""
    known = _all()
    found = language.partition("-")[0].lower()
    found = found if found in known else "en"
    return Words(found, known[found])


@cache
def _all() -> Mapping[str, Mapping[str, str]]:
    # Everything is text: to YAML's own rules, `Off` and `no` would be truth values.
    read: Mapping[str, Mapping[str, str]] = yaml.load(_FILE.read_text(encoding="utf-8"), yaml.BaseLoader)
    return read
