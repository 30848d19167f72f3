"""Thumbnails: each prefab in a studio, and how each of its parameters changes the look.

for look in looks(card, (480, 360)): …     # its default look; then the extremes of each parameter that changes it
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import numpy as np

from engine.authoring.studio import Pixels, Studio
from engine.spec.cards import Card, Slot
from engine.spec.expression import Value
from engine.spec.schema.kinds import default_of
from engine.world.vectors import Vec3

OTHER, FEW = 8, 0.0005
"""A look is another one if more than FEW of its pixels differ by more than OTHER steps of 255."""


@dataclass(frozen=True, eq=False)
class Look:
    """A picture of a prefab whose `parameter` is `value`, both empty for the default look; `size` is what it then measures:
    width, depth, height in metres."""

    card: Card
    picture: Pixels
    size: Vec3
    parameter: str = ""
    value: str = ""


def has_look(card: Card) -> bool:
    """Whether there is anything to see of a card: sounds, the participant and the guide have no body."""
    return card.kind == "environment" or (card.kind != "sound" and all(card.size))


def looks(card: Card, size: tuple[int, int]) -> Iterator[Look]:
    """The default look in so many pixels, a landscape's twice as wide; then of each parameter that changes the look its
    `extremes`, in half as many each way."""
    wide = (2 * size[0], size[1]) if card.kind == "environment" else size
    small = (wide[0] // 2, wide[1] // 2)
    with closing(Studio(card)) as studio:
        yield Look(card, studio.draw(studio.eye(wide), wide), studio.size)
        for name, slot in card.live.items():
            yield from _if_different(list(_live(studio, name, slot, small)))
    for name, slot in card.params.items():
        if name not in card.live and slot.dimension not in {"thing", "text"}:
            yield from _if_different([_built(card, name, _said(slot, value), small) for value in extremes(slot)])


def extremes(slot: Slot) -> tuple[Value, ...]:
    """The values that show what a parameter does: lowest, default (or the middle, where that is an end) and highest; all words
    of a choice. None of one without ends, and of ranges."""
    if slot.dimension == "truth":
        return (False, True)
    if slot.dimension == "word":
        return slot.choices
    if slot.low is None or slot.high is None or slot.default_end is not None or isinstance(slot.default, str):
        return ()
    middle = float(slot.default)
    if middle in (slot.low, slot.high):
        middle = (slot.low + slot.high) / 2
    return (slot.low, float(round(middle)) if slot.dimension == "count" else middle, slot.high)


def _live(studio: Studio, name: str, slot: Slot, size: tuple[int, int]) -> Iterator[Look]:
    values = extremes(slot)
    before = studio.world.properties[studio.name, name]
    eye = studio.eye(size, {name: values})
    for value in values:
        studio.set(name, value)
        yield Look(studio.card, studio.draw(eye, size), studio.size, name, _said(slot, value))
    studio.set(name, before)


def _built(card: Card, name: str, value: str, size: tuple[int, int]) -> Look:
    with closing(Studio(card, {name: value})) as studio:
        return Look(card, studio.draw(studio.eye(size), size), studio.size, name, value)


def _if_different(drawn: list[Look]) -> list[Look]:
    pictures = [one.picture.astype(int) for one in drawn]
    off = [float((np.abs(one - pictures[0]).max(-1) > OTHER).mean()) for one in pictures]
    return drawn if max(off, default=0.0) > FEW else []


def _said(slot: Slot, value: Value) -> str:
    """A value as an author writes it."""
    return default_of(slot.model_copy(update={"default": value}))
