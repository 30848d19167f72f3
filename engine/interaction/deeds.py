"""Abstract deeds: what can be done to a thing, whatever body does it.

A finger presses a button by going in; a gaze, a switch or a spoken word has no finger, and does the same deed by name. The flags,
values and events are the same, so a scene never knows by which body it was worked.

    button        press
    other control step_up, step_down   by a detent, or a twentieth of the range
    thing         pick, place          place: onto what it fits on; off it if it is there; else back to where it was
    stop          go                   to a seat, before a thing, into a room, or straight on (`steps`)

What was picked by name stays where it is until it is placed, and is `held` meanwhile. Who picks another puts back the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from engine.interaction.flags import Pair
from engine.interaction.hands import Hands
from engine.interaction.steps import Steps
from engine.world import World
from engine.world.events import Draft
from engine.world.joints import place_of
from engine.world.vectors import Vec3

Verb = Literal["press", "step_up", "step_down", "pick", "place", "go"]
VERBS: tuple[str, ...] = get_args(Verb)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that can be done: to a thing, by its control of that name (empty: to the thing itself). To `go` is done to a
    stop: a thing, a room, or `ahead`."""

    thing: str
    control: str
    verb: Verb

    def __str__(self) -> str:
        """As the command `do` has it."""
        return f"{self.verb} {self.thing}.{self.control}" if self.control else f"{self.verb} {self.thing}"


def deeds_of(world: World, thing: str) -> Iterator[Deed]:
    """All deeds that a thing offers, in the order of its card."""
    card = world.bodies[thing].card
    for name, control in card.controls.items():
        verbs: tuple[Verb, ...] = ("press",) if control.pressed else ("step_up", "step_down")
        yield from (Deed(thing, name, verb) for verb in verbs)
    if card.grab is not None:
        yield from (Deed(thing, "", "pick"), Deed(thing, "", "place"))


def read_deed(world: World, text: str) -> Deed | str:
    """The deed that a text names, `press bell.button` or `pick mask`; or in one sentence why it names none.

    A control may be called by its name or by what it raises or sets (`step_up oxygen.flow`), or be left out where only one of the
    thing's can be meant.
    """
    verb, _, target = text.strip().partition(" ")
    thing, dot, part = target.strip().partition(".")
    if verb not in VERBS:
        return f"'{verb}' is no deed; there are {', '.join(VERBS)}"
    if verb == "go":
        return Deed(target.strip(), "", "go")
    if thing not in world.bodies:
        return f"there is no thing '{thing}'"
    controls = world.bodies[thing].card.controls
    found = [
        deed
        for deed in deeds_of(world, thing)
        if deed.verb == verb
        and (not dot or (deed.control and part in (deed.control, controls[deed.control].raises, controls[deed.control].sets)))
    ]
    if len(found) == 1:
        return found[0]
    offered = ", ".join(str(deed) for deed in found or deeds_of(world, thing))
    if found:
        return f"'{text.strip()}' may mean {offered}"
    return f"{target.strip()} cannot do {verb}; {f'there is {offered}' if offered else 'nothing can be done to it'}"


class Deeds:
    """Does deeds by name, through the same buttons, controls and sockets that hands work."""

    def __init__(self, hands: Hands, steps: Steps) -> None:
        self.hands = hands
        self.steps = steps
        self.picked: dict[str, tuple[str, int]] = {}
        """Person → the thing they picked without a hand, and the event of it. It stays where it is until it is placed."""

    def all(self, thing: str) -> Iterator[Deed]:
        """All deeds that a thing offers."""
        return deeds_of(self.hands.world, thing)

    def refusal(self, person: str, deed: Deed) -> str:
        """Why a deed cannot be done by a person now; empty if it can."""
        world, thing = self.hands.world, deed.thing
        if deed.verb == "go":
            return self.steps.refusal(person, thing)
        if not world.present(thing):
            return f"{thing} is not there"
        return self.hindrance(person, deed) if deed in deeds_of(world, thing) else f"{thing} has no {deed}"

    def hindrance(self, person: str, deed: Deed) -> str:
        """Why a deed that there is cannot be done by a person to a thing that is there; empty if it can."""
        world, thing = self.hands.world, deed.thing
        if (thing, deed.control) in world.worked:
            return "a hand is on it"
        return "" if deed.control else self._untakable(person, deed)

    def do(self, person: str, deed: Deed, because: str) -> bool:
        """Do a deed for a person; `because` says by what (`gaze for 1 s`). False, and nothing done, if it cannot be now."""
        if deed.verb == "go":
            return self.steps.go(person, deed.thing, because)
        if self.refusal(person, deed):
            return False
        pair = (deed.thing, deed.control)
        if deed.verb == "pick":
            self._pick(person, deed.thing, because)
        elif deed.verb == "place":
            self._place(person, deed.thing, because)
        elif deed.verb == "press":
            self.hands.buttons.press(person, pair, because)
        else:
            self.hands.turning.step(person, pair, deed.verb == "step_up", because)
        return True

    def target(self, deed: Deed) -> tuple[str, Vec3]:
        """Where one looks to do a deed: a thing, and a point of the scene on it; to place what fits somewhere, there; to go, the
        mark of the stop."""
        world, thing = self.hands.world, deed.thing
        if deed.verb == "go":
            return thing, self.steps.target(thing)
        if deed.control:
            return thing, self.hands.rays.controls.point(thing, deed.control)
        host, place = self.hands.sockets.fits.get(thing, ("", ""))
        if deed.verb == "place" and host and thing not in world.fitted and world.present(host):
            return host, place_of(world, host, place).position
        return thing, world.places[thing].point((0.0, 0.0, world.bodies[thing].size[2] / 2))

    def step(self) -> set[Pair]:
        """End what a hand has taken over or what is gone; the flags that are up because something is picked."""
        world = self.hands.world
        for person, (thing, cause) in list(self.picked.items()):
            if thing in world.held or not world.present(thing):
                del self.picked[person]
                why = "taken by a hand" if thing in world.held else f"{thing} is gone"
                self.hands.told.emit(Draft(person, "released", thing, because=why, cause=cause))
        return {(thing, "held") for thing, _ in self.picked.values()}

    def drop_all(self, because: str) -> None:
        """Put back all that is picked, as when the session ends."""
        for person, (thing, cause) in list(self.picked.items()):
            del self.picked[person]
            self.hands.told.emit(Draft(person, "released", thing, because=because, cause=cause))

    def snapshot(self) -> dict[str, Any]:
        """All that can change."""
        return dict(self.picked)

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Become what `snapshot` was taken of."""
        self.picked = dict(snapshot)

    def _untakable(self, person: str, deed: Deed) -> str:
        """Why a thing cannot be picked or placed by a person now; empty if it can."""
        thing = deed.thing
        if thing in self.hands.world.held:
            return f"{thing} is in a hand"
        if deed.verb == "place":
            return "" if self.picked.get(person, ("", 0))[0] == thing else f"{thing} was not picked"
        return f"{thing} is picked already" if any(thing == other for other, _ in self.picked.values()) else ""

    def _pick(self, person: str, thing: str, because: str) -> None:
        before, since = self.picked.pop(person, ("", 0))
        if before:
            self.hands.told.emit(Draft(person, "released", before, because=f"{thing} was picked instead", cause=since))
        cause = self.hands.told.raise_flag((thing, "grabbed"), Draft(person, "grabbed", thing, because=because))
        self.picked[person] = (thing, cause)

    def _place(self, person: str, thing: str, because: str) -> None:
        _, cause = self.picked.pop(person)
        sockets, world = self.hands.sockets, self.hands.world
        released = self.hands.told.emit(Draft(person, "released", thing, because=because, cause=cause))
        if thing in world.fitted:
            sockets.take_off(person, thing, because, released)
            self.hands.falling.drop(thing, released)
        elif thing in sockets.fits and world.present(sockets.fits[thing][0]) and sockets.fit(person, thing, because, released):
            self.hands.carried.take_off(thing)
            self.hands.falling.catch(thing)
