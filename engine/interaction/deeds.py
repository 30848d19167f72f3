"""Abstract deeds: what can be done to a thing, whatever body does it.

A finger presses a button by going in; a gaze, a switch or a spoken word has no finger, and does the same deed by name. The flags,
values and events are the same, so a scene never knows by which body it was worked.

    button        press
    dial, lever   step_up, step_down   by a detent, or a twentieth of the range
    thing         pick, place          place: onto what it fits on; off it, if it is there already; else back to where it was
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engine.interaction.hands import Hands
from engine.world import World
from engine.world.events import Draft

Verb = Literal["press", "step_up", "step_down", "pick", "place"]


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that can be done: to a thing, by its control of that name (empty: to the thing itself)."""

    thing: str
    control: str
    verb: Verb


def deeds_of(world: World, thing: str) -> Iterator[Deed]:
    """All deeds that a thing offers, in the order of its card."""
    card = world.bodies[thing].card
    for name, control in card.controls.items():
        verbs: tuple[Verb, ...] = ("press",) if control.kind == "button" else ("step_up", "step_down")
        yield from (Deed(thing, name, verb) for verb in verbs)
    if card.grab is not None:
        yield from (Deed(thing, "", "pick"), Deed(thing, "", "place"))


class Deeds:
    """Does deeds by name, through the same buttons, controls and sockets that hands work."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self.picked: dict[str, tuple[str, int]] = {}
        """Person → the thing they picked without a hand, and the event of it. It stays where it is until it is placed."""

    def do(self, person: str, deed: Deed, because: str) -> bool:
        """Do a deed for a person; `because` says by what (`gaze for 1 s`). False, and nothing done, if it cannot be now: the
        thing is not there, is in a hand, or is not what this person has picked."""
        world = self.hands.world
        if not world.present(deed.thing) or deed not in deeds_of(world, deed.thing):
            return False
        pair = (deed.thing, deed.control)
        if deed.verb in ("pick", "place"):
            return self._pick(person, deed.thing, because) if deed.verb == "pick" else self._place(person, deed.thing, because)
        if pair in world.worked:
            return False
        if deed.verb == "press":
            self.hands.buttons.press(person, pair, because)
        else:
            self.hands.turning.step(person, pair, deed.verb == "step_up", because)
        return True

    def snapshot(self) -> dict[str, Any]:
        """All that can change."""
        return dict(self.picked)

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Become what `snapshot` was taken of."""
        self.picked = dict(snapshot)

    def _pick(self, person: str, thing: str, because: str) -> bool:
        if thing in self.hands.world.held or any(thing == other for other, _ in self.picked.values()):
            return False
        cause = self.hands.told.raise_flag((thing, "grabbed"), Draft(person, "grabbed", thing, because=because))
        self.picked[person] = (thing, cause)
        return True

    def _place(self, person: str, thing: str, because: str) -> bool:
        picked, cause = self.picked.get(person, ("", 0))
        if picked != thing:
            return False
        del self.picked[person]
        if thing in self.hands.world.held:
            return False
        sockets, world = self.hands.sockets, self.hands.world
        released = self.hands.told.emit(Draft(person, "released", thing, because=because, cause=cause))
        if thing in world.fitted:
            sockets.take_off(person, thing, because, released)
            self.hands.falling.drop(thing, released)
        elif thing in sockets.fits and world.present(sockets.fits[thing][0]) and sockets.fit(person, thing, because, released):
            self.hands.carried.take_off(thing)
            self.hands.falling.catch(thing)
        return True
