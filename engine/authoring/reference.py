"""The reference of the scene language, `scenes/REFERENCE.md`: every key, unit, word, card and finding, from what the reader uses.

`python -m engine.authoring.reference --write` (or `abaton reference --write`) writes it; a test fails if it is not fresh.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import get_args

from engine.authoring.prefabs import FLAGS, SECTION
from engine.library import assets_folder, scenes_folder
from engine.spec.cards import Card, CardKind
from engine.spec.codes import CODES
from engine.spec.finishes import COLOURS, FINISHES
from engine.spec.grammar import KEYWORDS
from engine.spec.played import NOT_YET
from engine.spec.references import TAKEN
from engine.spec.schema import Language, all_cards, describe_language
from engine.spec.schema.forms import Form, Key
from engine.spec.schema.kinds import Kind, Kinds, default_of
from engine.spec.schema.things import PLACE_WORDS, USE, person_keys, placing_keys
from engine.spec.states import VERBS
from engine.spec.things import BUILT_IN
from engine.spec.units import TIMES, UNITS

FILE = scenes_folder() / "REFERENCE.md"

HEAD = """\
# Reference of the scene language

Written by `abaton reference --write` from what the reader itself uses; do not change it by hand. [README.md](README.md) shows
step by step how a scene is made.

Every key stands here with what it takes, what it is if left out, and what it means; needed keys are **bold**. A list of one may
drop its brackets, and a dotted key is a path: `environment.sun: 4 deg` is `environment: {sun: 4 deg}`.
"""


def reference(cards: Mapping[str, Card]) -> str:
    """The whole page."""
    language = describe_language(cards)
    parts = (
        HEAD,
        _section("A scene", _keys(language.scene)),
        _section("Values that are set", _form(language.parts["parameter"])),
        _section("Rooms", "\n\n".join((_form(language.parts["room"]), _finishes(language)))),
        _section("Things, and where they stand", "\n\n".join((_placing(), _table_of(_thing_keys())))),
        _section("What happens", _happens(language)),
        _section("What counts, what is offered, what is drawn", _rest(language)),
        _section("Conditions and calculations", _expressions()),
        _section("Units", _units()),
        _section("Names that are taken", _words(TAKEN)),
        _section("Prefabs", "\n\n".join(_cards({**cards, **BUILT_IN}))),
        _section("What `abaton check` says", _codes()),
        _section("Not played yet", _words(NOT_YET)),
    )
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


def _section(title: str, text: str) -> str:
    return f"## {title}\n\n{text}" if text else ""


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| {' | '.join(cell.replace('|', chr(92) + '|').replace(chr(10), ' ') for cell in row)} |" for row in rows]
    return "\n".join(lines).replace("|  |", "| |")


def _table_of(keys: tuple[Key, ...]) -> str:
    rows = [
        (f"**`{key.name}`**" if key.needed else f"`{key.name}`", key.kind.words, key.default, key.doc.replace("\n\n", " "))
        for key in keys
    ]
    return _table(("key", "takes", "left out", "means"), rows)


def _keys(form: Form) -> str:
    return _table_of(form.keys)


def _form(form: Form) -> str:
    return f"{form.doc}\n\n{_keys(form)}"


def _thing_keys() -> tuple[Key, ...]:
    """The keys that every thing has, whatever its card, but for the placing words; and those of people."""
    kinds = Kinds()
    use = Key("use", Kind("a prefab, or a .glb file", {}), USE, needed=True)
    return (use, *(key for key in placing_keys(kinds) if key.name not in PLACE_WORDS), *person_keys(kinds))


def _finishes(language: Language) -> str:
    rows = [(f"`{name}`", ", ".join(one.on), ", ".join(one.colours), one.doc) for name, one in FINISHES.items()]
    colours = [(f"`{name}`", f"{one.reflectance:g}", one.doc) for name, one in COLOURS.items()]
    return "\n\n".join(
        (
            "A finish is `material` or `material/colour`; the first colour is the material's own. One for all, or by surface:",
            _keys(language.parts["finish"]),
            _table(("material", "for", "colours", "is"), rows),
            _table(("colour", "reflectance", "is"), colours),
        )
    )


def _placing() -> str:
    rows = [
        (f"`{word}`" if word != "scene" else "none", one.target, one.origin, one.at, one.faces)
        for word, one in PLACE_WORDS.items()
    ]
    head = (
        "One of these words places a thing, and nothing is moved to make room. A thing's left, right, front and back are its own."
    )
    return f"{head}\n\n{_table(('word', 'takes', '`at` is counted from', '`at`', 'faces, unless `facing` says'), rows)}"


def _happens(language: Language) -> str:
    parts = language.parts
    found = [
        f"### {parts[name].title[:1].upper()}{parts[name].title[1:]}\n\n{_form(parts[name])}"
        for name in ("state", "region", "rule")
    ]
    head = "An action has one verb, which decides its other keys. Actions in one list begin together."
    verbs = [f"#### `{verb}`\n\n{_verb(parts[verb])}" for verb in VERBS]
    return "\n\n".join((*found, f"### An action\n\n{head}", *verbs))


def _verb(form: Form) -> str:
    """An action; what its verb does is said once."""
    verb, *others = form.keys
    target = verb.doc.removeprefix(form.doc).strip()
    return f"{form.doc}\n\n{_table_of((dataclasses.replace(verb, doc=target), *others))}"


def _rest(language: Language) -> str:
    names = ("item", "hint", "telling", "shot", "review")
    found = [language.parts[name] for name in names if name in language.parts]
    return "\n\n".join(f"### {form.title[:1].upper()}{form.title[1:]}\n\n{_form(form)}" for form in found)


def _expressions() -> str:
    rows = [
        ("`bell pressed`", "a flag of a thing: `abaton prefabs NAME` lists them"),
        ("`patient.spo2 < 90`", "a comparison: `<` `<=` `==` `!=` `>=` `>`, between spaces"),
        ("`after 6 min`", "so long after the state that holds the rule was entered; in rules only"),
        ("`done`", "the state's own `do` and `steps` are over, or its inner states were left by `out`; in rules only"),
        ("`in treated`", "that state is active"),
        ("`mask fitted for 10 s`", "true without a break for so long"),
        ("`not a`, `a and b`, `a or b`, `( )`", "`not` binds tightest, then `and`, then `or`"),
        ("`inhale * 2 + 1 s`", "a calculation: `+` `-` `*` `/`, between spaces, with units that fit"),
        ("`3 s to 6 s`", "a range, ends included"),
    ]
    return f"{_table(('written', 'means'), rows)}\n\nTheir own words: {_words(KEYWORDS)}"


def _units() -> str:
    rows: dict[str, list[str]] = {}
    for unit, (dimension, _, _) in UNITS.items():
        rows.setdefault(dimension, []).append(f"`{unit}`")
    per = ", ".join(f"`/{one}`" for one in TIMES)
    table = _table(("of", "units"), [(dimension, " ".join(units)) for dimension, units in rows.items()])
    rates = f"With {per} behind it a unit, or a bare number, is a rate: `2 cm/s`, `-0.8/min`."
    return f"{table}\n\n{rates} A unit is never left out, not even at 0."


def _words(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in sorted(words))


def _cards(cards: Mapping[str, Card]) -> Iterator[str]:
    yield "Every card raises the flags `seen` and `touched`, and has the live property `present`."
    yield f"A *moment* flag is {FLAGS['moment']}; a *lasting* one {FLAGS['lasting']}."
    for kind in get_args(CardKind):
        yield f"### {SECTION[kind][:1].upper()}{SECTION[kind][1:]}"
        for card in cards.values():
            if card.kind == kind:
                yield _card(card)


def _card(card: Card) -> str:
    kinds = Kinds()
    said = [f"#### `{card.name}`", card.doc]
    rows = [
        (f"`{name}`", kinds.slot(slot).words, default_of(slot), "yes" if name in card.live else "", slot.doc)
        for name, slot in card.params.items()
    ]
    rows += [
        (f"`{name}`", kinds.slot(slot).words, default_of(slot), "yes", slot.doc)
        for name, slot in card.live.items()
        if name not in card.params
    ]
    said += [_table(("parameter", "takes", "left out", "changes while it plays", "means"), rows)] if rows else []
    own = {name: kind for name, kind in card.raised(fits="fit" in card.places).items() if name not in {"seen", "touched"}}
    facts = [f"size {' × '.join(f'{one:g}' for one in card.size)} m"] if any(card.size) else []
    facts += [f"flags {', '.join(f'`{name}` ({kind})' for name, kind in own.items())}"] if own else []
    facts += [f"places {', '.join(f'`{name}`' for name in card.places)}"] if card.places else []
    said += ["; ".join(facts)[:1].upper() + "; ".join(facts)[1:] + "."] if facts else []
    return "\n\n".join(said)


def _codes() -> str:
    found = ["`abaton explain CODE` says why, and shows the same wrong and mended."]
    for group in dict.fromkeys(one.group for one in CODES.values()):
        rows = [(f"`{one.code}`", one.title) for one in CODES.values() if one.group == group]
        found.append(f"### {group[:1].upper()}{group[1:]}\n\n{_table(('code', 'says'), rows)}")
    return "\n\n".join(found)


def main(words: list[str]) -> None:
    """Print the reference, or write it with `--write`."""
    text = reference(all_cards([assets_folder() / "prefabs"]))
    if "--write" in words:
        Path(FILE).write_text(text, encoding="utf-8")
    else:
        print(text, end="")


if __name__ == "__main__":
    main(sys.argv[1:])
