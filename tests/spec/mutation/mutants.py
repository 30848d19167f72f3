"""Scenes with one mistake each: a word misspelt by a letter, a unit of another dimension, a key that is gone."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from tests.spec.mutation.words import Key, Quantity, Word, Words

SLIPS = ("dropped", "doubled", "swapped", "neighbour")
OTHER_UNITS = ("kg", "deg", "lm", "m", "s", "K")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "0123456789")
_DIMENSIONS = {"m": "length", "cm": "length", "s": "time", "min": "time", "h": "time"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file with one mistake. `places` are the characters of it where an error may point; `right` is what its words should name.

    Without places the change is one that nothing can object to: the name of what nobody refers to.
    """

    name: str
    text: str
    places: tuple[int, ...]
    right: str


def misspelt(found: Words) -> Iterator[Mutant]:
    """Each word with one slip of the finger. A declaration misspelt shows where the name is used."""
    for word, draw in _drawn(found.words, lambda one: one.text):
        slip, wrong = _slip(word.text, draw)
        places, right = [word.at], word.text
        if word.declares:
            places, right = [one.at for one in found.uses(word.space, word.text)], wrong
        name = f"{'.'.join(word.path)}: {word.text} → {wrong} ({slip})"
        yield _edited(name, found.text, (word.at, word.at + len(word.text), wrong), places, right)


def swapped_units(found: Words) -> Iterator[Mutant]:
    """Each quantity with a unit of another dimension."""
    for one, draw in _drawn(found.quantities, lambda one: one.number + one.unit):
        others = [unit for unit in OTHER_UNITS if _DIMENSIONS.get(unit, unit) != _dimension(one)]
        unit = f" {draw.choice(others)}"
        start, end = one.at + len(one.number), one.at + len(one.number) + len(one.unit)
        name = f"{'.'.join(one.path)}: {one.number}{one.unit} → {one.number}{unit}"
        yield _edited(name, found.text, (start, end, unit), [one.at], f"{one.number}{one.unit}")


def dropped(found: Words) -> Iterator[tuple[Key, str, Mutant]]:
    """Each key gone with all that it holds. What used its name shows it; or else the mapping that it stood in.

    With each the key and what its name is to the rest of the file: `used`, `unused`, or empty if it declares none.
    """
    for key in found.keys:
        start, end = _region(found.text, key)
        inside = [one for one in found.words if start <= one.at < end]
        lost = [one for one in inside if one.declares or one.path == ("environment",)]
        uses = [use for one in lost for use in found.uses(one.space, one.text) if not start <= use.at < end]
        places = [use.at for use in uses] or [*key.beside]
        # Of a mapping that is empty now nobody can say what stood in it.
        right = uses[0].text if uses else "" if key.only else key.path[-1]
        name = "used" if uses else "unused" if any(one.at == key.at for one in lost) else ""
        yield key, name, _edited(".".join(key.path), found.text, (start, end, ""), places, right)


_One = TypeVar("_One", Word, Quantity)


def _drawn(ones: Iterable[_One], text: Callable[[_One], str]) -> Iterator[tuple[_One, random.Random]]:
    """Each with a seed of its own, so that what is changed in a scene changes no other mutant of it."""
    seen: dict[str, int] = {}
    for one in ones:
        seed = f"{'.'.join(one.path)} {text(one)}"
        seen[seed] = seen.get(seed, -1) + 1
        yield one, random.Random(f"{seed} {seen[seed]}")


def _dimension(one: Quantity) -> str:
    unit = one.unit.strip()
    return _DIMENSIONS.get(unit, unit)


def _slip(word: str, draw: random.Random) -> tuple[str, str]:
    """A kind of slip, and the word with it."""
    order = draw.sample(SLIPS, len(SLIPS))
    at = draw.randrange(len(word))
    for slip in order:
        wrong = _slipped(word, slip, at, draw)
        if wrong not in ("", word) and wrong[0].isalpha():
            return slip, wrong
    raise AssertionError(word)


def _slipped(word: str, slip: str, at: int, draw: random.Random) -> str:
    match slip:
        case "dropped":
            return word[:at] + word[at + 1 :]
        case "doubled":
            return word[: at + 1] + word[at:]
        case "swapped":
            at = min(at, len(word) - 2)
            return word if at < 0 else word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    row = next((one for one in _ROWS if word[at] in one), word[at])
    beside = [row[i] for i in (row.index(word[at]) - 1, row.index(word[at]) + 1) if 0 <= i < len(row)]
    return word[:at] + draw.choice(beside) + word[at + 1 :] if beside else word


def _region(text: str, key: Key) -> tuple[int, int]:
    """All that goes with a key: in braces up to the next one, else its lines."""
    if not key.in_flow:
        line_end = text.find("\n", key.end)
        return text.rfind("\n", 0, key.at) + 1, line_end + 1 if line_end >= 0 else len(text)
    start, end = key.at, key.end
    after = end
    while text[after] in " \n":
        after += 1
    if text[after] == ",":
        after += 1
        while text[after] in " \n":
            after += 1
        return start, after
    before = start
    while text[before - 1] in " \n,":
        before -= 1
    return (before, end) if text[before - 1] not in "{[" else (start, end)


def _edited(name: str, text: str, edit: tuple[int, int, str], places: list[int], right: str) -> Mutant:
    start, end, new = edit
    moved = len(new) - (end - start)
    return Mutant(name, text[:start] + new + text[end:], tuple(at + moved if at >= end else at for at in places), right)
