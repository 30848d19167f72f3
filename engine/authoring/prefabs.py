"""`abaton prefabs`: the cards there are, and one card as a person would read it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

from engine.library import assets_folder
from engine.spec.cards import Card, CardKind, Slot
from engine.spec.diagnostics import SceneError, Span
from engine.spec.findings import Findings
from engine.spec.glb import ModelFileError
from engine.spec.modelfile import card_of, read_model
from engine.spec.prefabs import likely
from engine.spec.schema import all_cards
from engine.spec.schema.kinds import Kinds, default_of
from engine.spec.things import BUILT_IN, KINDS

SECTION = {
    "environment": "environment",
    "opening": "openings",
    "light": "lights",
    "prop": "props",
    "sound": "sounds",
    "person": "people",
}
"""Kind of card -> the section of a scene where it is at home."""

NO_NAME = re.compile(r"[^a-z0-9_]+")
"""What cannot stand in the name of a thing; the names of files can have it."""

SHOWN = 3
"""Parameters in an example; all of them would hide what it is."""

FLAGS = {"moment": "true for one moment, as it happens", "lasting": "true for as long as it lasts"}


def prefabs(name: str | None, as_json: bool, folder: Path | None = None) -> str:
    """All cards in a line each, or one card in full: of a name, or of a model file by its path.

    Raises SceneError for a name that no card has, and for a file that no scene could use.
    """
    if name is None:
        cards = _all(folder)
        return _as_json([_summary(card) for card in cards.values()]) if as_json else "\n".join(_listed(cards))
    (card,) = find(name, folder)
    return _as_json(_plain(card)) if as_json else "\n".join(describe(card))


def find(name: str | None, folder: Path | None = None) -> list[Card]:
    """All cards, or the one of a name, or of a model file by its path. Raises SceneError as `prefabs` does."""
    cards = _all(folder)
    if name is None:
        return list(cards.values())
    if name.endswith(".glb"):
        return [_file(Path(name))]
    if name in cards:
        return [cards[name]]
    findings = Findings()
    findings.error("E0801", Span(f"prefab {name}", 0, 0, 0, 0), f"there is no prefab '{name}'", likely(name, cards))
    raise SceneError(findings.diagnostics)


def _all(folder: Path | None) -> dict[str, Card]:
    return {**all_cards([folder or assets_folder() / "prefabs"]), **BUILT_IN}


def _file(path: Path) -> Card:
    """The card that a scene with this file beside it would find."""
    findings = Findings()
    where = Span(str(path), 0, 0, 0, 0)
    try:
        model = read_model(path)
        return card_of(path.name, path, model)
    except OSError as error:
        remedy = "check the name, and that you may read it"
        findings.error("E0813", where, f"'{path.name}' cannot be read: {error.strerror}", remedy)
    except ModelFileError as fault:
        findings.error(fault.code, where, f"'{path.name}' {fault.message}", fault.remedy)
    raise SceneError(findings.diagnostics)


def _listed(cards: Mapping[str, Card]) -> Iterator[str]:
    width = max(map(len, cards))
    for kind in get_args(CardKind):
        same = [card for card in cards.values() if card.kind == kind]
        yield f"{SECTION[kind]}:"
        yield from (f"    {card.name:<{width}}  {card.doc}" for card in same)
        yield ""
    yield "`abaton prefabs NAME` shows one of them in full."


def describe(card: Card) -> Iterator[str]:
    """A card, line by line."""
    built_in = card.name in BUILT_IN
    kind = f"an {card.kind}" if card.kind[0] in "aeiou" else f"a {card.kind}"
    own = card.name.endswith(".glb")
    yield f"{card.name}: {'a model file, as ' * own}{kind}{', built in' if built_in else ''}"
    yield f"    {card.doc}"
    if any(card.size):
        yield f"    {_metres(card.size)} (width, depth, height){_stretched(card)}"
    if card.source:
        yield f"    {card.source}"
    yield from _placed(card)
    yield from _slots(
        "What you may set, and it then stays", {name: slot for name, slot in card.params.items() if name not in card.live}
    )
    yield from _slots("What you may set, and what can change while it plays", card.changeable)
    yield from _flags(card)
    yield from _places(card)
    yield from _controls(card)
    yield ""
    yield "In a scene:"
    yield from (f"    {line}" for line in example(card))


def example(card: Card) -> list[str]:
    """The lines of a scene that would use the card, ready to paste."""
    if card.name in BUILT_IN:
        settings = ", ".join(f"{name}: {default_of(slot)}" for name, slot in card.params.items())
        return ["people:", f"  {card.name}: {{{settings}}}"]
    words = [f"use: {card.name}", *_where(card)]
    shown = [f"{name}: {default_of(slot)}" for name, slot in card.params.items() if default_of(slot)]
    words += shown[:SHOWN]
    inside = f"{{{', '.join(words)}}}"
    section = SECTION[card.kind]
    if card.kind == "environment":
        return [f"{section}: {inside}"]
    return [f"{section}:", f"  my_{NO_NAME.sub('_', card.name.removesuffix('.glb').lower())}: {inside}"]


def _where(card: Card) -> list[str]:
    if card.kind in {"environment", "sound"}:
        return []
    if card.kind == "person":
        return ["in: bed"]
    if card.kind in {"light", "opening"} or card.up:
        return [f"against: {_face(card)}"]
    return ["at: [0 m, 3 m]"]


def _face(card: Card) -> str:
    """What a thing is put against: lights hang under a ceiling, but for those that have a height on a wall."""
    return "room.ceiling" if card.kind == "light" and not card.up else "room.north"


def _placed(card: Card) -> Iterator[str]:
    if card.kind == "environment":
        yield "    A scene has one; it has no place of its own."
        return
    if card.name == "guide":
        yield "    It has no place."
        return
    words = ["at [x, y]", "in: room or place", "beside: thing.left", "rests_on: thing", "origin: thing"]
    if card.kind != "person":
        words.insert(2, f"against: {_face(card)}")
    if "loop" in card.places:
        words.append("hangs_from: a thing with a hook")
    if "fit" in card.places:
        words.append("fits: the place it is put on")
    yield f"    Placed by {'; '.join(words)}."
    if card.up:
        yield f"    Against a wall its foot is {_metres((card.up,))} up, unless `at` says."
    if card.clear:
        yield f"    It needs {_metres((card.clear,))} of free floor before it{', on both sides' if card.way else ''}."
    if card.tops:
        top = card.size[2] if card.rest_height is None else card.rest_height
        yield f"    Things can rest on it, {_metres((top,))} up."
    if card.grab is not None:
        yield f"    It can be picked up, by a hand within {_metres((card.grab.radius,))}."
    if not card.solid and card.kind in {"prop", "person"}:
        yield "    Hands go through it."


def _stretched(card: Card) -> str:
    return "".join(f"; its {axis} is `{param}`" for axis, param in card.stretch.items())


def _slots(title: str, slots: Mapping[str, Slot]) -> Iterator[str]:
    if not slots:
        return
    kinds = Kinds()
    yield ""
    yield f"{title}:"
    for name, slot in slots.items():
        default = default_of(slot)
        yield f"    {name}: {kinds.slot(slot).words}" + (f"; {default} if you say nothing" if default else "")
        if slot.doc:
            yield f"        {slot.doc}"


def _flags(card: Card) -> Iterator[str]:
    flags = card.raised(fits="fit" in card.places)
    if not flags:
        return
    yield ""
    yield "What can happen with it, for `when`:"
    for name, kind in flags.items():
        given = "; with `fits`" if name == "fitted" else ""
        yield f"    {name} ({kind}: {FLAGS[kind]}{given})"


def _places(card: Card) -> Iterator[str]:
    if not card.places:
        return
    yield ""
    yield "Its places:"
    special = {"hook": "where things hang", "loop": "meets the hook it hangs from", "fit": "meets the place it is put on"}
    for name, place in card.places.items():
        posture = f", {place.posture}" if place.posture else ""
        recline = f", raised by {place.recline}" if place.recline else ""
        means = f" ({special[name]})" if name in special else ""
        yield f"    {name}{means}: {_metres(place.at, ', ')} from the middle of its foot{posture}{recline}"


def _controls(card: Card) -> Iterator[str]:
    if not card.controls:
        return
    yield ""
    yield "What a hand can work:"
    for name, control in card.controls.items():
        yield f"    {name}: a {control.kind} that {f'raises `{control.raises}`' if control.raises else f'sets `{control.sets}`'}"


def _metres(lengths: tuple[float, ...], between: str = " × ") -> str:
    return f"{between.join(f'{length:g}' for length in lengths)} m"


def _summary(card: Card) -> dict[str, object]:
    return {"name": card.name, "kind": card.kind, "section": SECTION[card.kind], "doc": card.doc}


def _plain(card: Card) -> dict[str, object]:
    """A card for programs: all of it but its looks."""
    said = card.model_dump(mode="json", exclude={"model"})
    flags = dict(card.raised(fits="fit" in card.places))
    live = {name: slot.model_dump(mode="json") for name, slot in card.changeable.items()}
    return {**said, "sections": [name for name, kinds in KINDS.items() if card.kind in kinds], "flags": flags, "live": live} | {
        "example": example(card)
    }


def _as_json(found: object) -> str:
    return json.dumps(found, indent=2, ensure_ascii=False)
