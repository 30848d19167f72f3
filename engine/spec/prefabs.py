"""The prefabs there are: cards found in folders by their names, each read once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from engine.spec.cardfile import read_card
from engine.spec.cards import Card
from engine.spec.diagnostics import Span
from engine.spec.files import is_file, read_text
from engine.spec.findings import Findings, a_list
from engine.spec.first_tries import MEANT, meant_by
from engine.spec.grammar import NAME
from engine.spec.tree import read_tree

_RIGHT: dict[tuple[str, str, str], Card] = {}
"""Cards that were read without a finding, by name, label and text: a command reads a scene once for each language and variant,
and most of its time would go into the same cards."""

MOST = 512
"""Cards that are kept so, at most: while somebody writes one, each text of it is another."""


class Prefabs:
    """The cards of some folders, each read when it is first asked for; the first folder that has one wins."""

    def __init__(self, folders: Sequence[Path], findings: Findings) -> None:
        self.folders, self.findings = folders, findings
        self._cards: dict[str, Card | None] = {}
        self._there: set[str] = set()
        """The names that have a file, be it right or wrong."""

    def find(self, name: str, span: Span) -> Card | None:
        """The card of that name; None, with a finding at `span` if there is none, or in its file if it is wrong."""
        if name not in self._cards:
            self._cards[name] = self._read(name, span)
        elif name not in self._there:
            self._unknown(name, span)
        return self._cards[name]

    def meanings(self) -> list[tuple[str, str]]:
        """The cards read so far, by name, and as text all of each that a session can depend on: its looks and its words are
        not."""
        cards = sorted((name, card) for name, card in self._cards.items() if card is not None)
        return [(name, json.dumps(card.model_dump(exclude={"model", "doc", "source"}), sort_keys=True)) for name, card in cards]

    def _read(self, name: str, span: Span) -> Card | None:
        paths = [folder / f"{name}.yaml" for folder in self.folders] if NAME.fullmatch(name) else []
        path = next(filter(is_file, paths), None)
        if path is None:
            self._unknown(name, span)
            return None
        loaded = read_text(path, self.findings)
        if loaded is None:
            return None
        self._there.add(name)
        known = (name, loaded.label, loaded.text)
        if known in _RIGHT:
            return _RIGHT[known]
        before, said = self.findings.errors, len(self.findings.diagnostics)
        root = read_tree(loaded.text, loaded.label, self.findings)
        card = read_card(name, root, self.findings) if root else None
        if card is not None and len(self.findings.diagnostics) == said:
            if len(_RIGHT) >= MOST:
                _RIGHT.clear()
            _RIGHT[known] = card
        return card if self.findings.errors == before else None

    def _unknown(self, name: str, span: Span) -> None:
        known = [path.stem for folder in self.folders for path in folder.glob("*.yaml")]
        self.findings.error("E0801", span, f"there is no prefab '{name}'", likely(name, known))


def likely(name: str, known: Iterable[str]) -> str:
    """A remedy for the name of a prefab that there is not: what it stands for, the nearest name, those that it is a word of."""
    names, word = sorted(known), name.casefold()
    kin = [one for one in names if word in one.split("_")]
    if kin and word not in MEANT:
        return f"did you mean {a_list(repr(one) for one in kin[:3])}?"
    return meant_by(word, names) or "`abaton prefabs` lists them all"
