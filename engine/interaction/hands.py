"""Hands: what they touch, take, hold and let go.

Each hand is a small state machine: open → closed (a thing within reach is taken) → open (it is let go and falls on what is
below it). Closing and opening have different thresholds, so that a trembling finger does not drop things.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.spec.expression import Flag
from engine.world import World
from engine.world.events import Draft, Emit
from engine.world.rays import nearest
from engine.world.time import ticks
from engine.world.vectors import ORIGIN, Transform, Vec3, distance, heading_to
from headset.inputs import SIDES, TICKS_PER_SECOND, Hand, Side

CLOSES_AT = 60
"""Per cent of squeeze at which a hand takes; XR_EXT_hand_interaction suggests a threshold of about half."""

OPENS_AT = 40
"""Per cent of squeeze at which a hand lets go."""

GRAVITY = 9.81
"""Metres a second squared."""

SINK_DEPTH = 0.6
"""Metres below still water at which a thing is out of sight."""

GONE_SECONDS = 2.0
"""How long a thing that fell into the water is away before it lies at its first place again, so that no scene can be spoilt."""

TOUCH = 0.03
"""Metres from the grip to a surface that count as touching it."""

GAZE_LIMIT = 60.0
"""Metres within which a thing counts as seen."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A thing in a hand: where it is seen from the grip, and the event of taking it."""

    thing: str
    offset: Transform
    cause: int


@dataclass(frozen=True, slots=True)
class Fall:
    """A thing on its way down: from where, since when, to which height; `lost` if nothing is below but water."""

    start: Vec3
    began: int
    floor: float
    lost: bool
    cause: int


class Hands:
    """All hands of all people, and what falls from them."""

    def __init__(self, world: World, asked: Iterable[Flag], emit: Emit) -> None:
        self.world = world
        self.emit = emit
        self.home = dict(world.places)
        self.closed: dict[tuple[str, Side], bool] = {}
        self.holding: dict[tuple[str, Side], Holding] = {}
        self.falling: dict[str, Fall] = {}
        self._asked = sorted(
            {(flag.thing, flag.flag) for flag in asked} & {(name, kind) for name in world.bodies for kind in ("seen", "touched")}
        )

    def step(self) -> frozenset[tuple[str, str]]:
        """Move what is held or falls by one tick; the (thing, flag) pairs that are up in it."""
        moments: set[tuple[str, str]] = set()
        for person in list(self.world.people):
            for side in SIDES:
                self._hand(person, side, moments)
        self._fall()
        held = {(holding.thing, "held") for holding in self.holding.values()}
        return frozenset(moments | held | {pair for pair in self._asked if self._notices(*pair)})

    def drop_all(self) -> None:
        """Let go of everything, as when the session ends."""
        for person, side in list(self.holding):
            self._let_go(person, side, "the session ends")

    def snapshot(self) -> dict[str, Any]:
        """All that can change."""
        return {"closed": dict(self.closed), "holding": dict(self.holding), "falling": dict(self.falling)}

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Become what `snapshot` was taken of."""
        self.closed = dict(snapshot["closed"])
        self.holding = dict(snapshot["holding"])
        self.falling = dict(snapshot["falling"])

    def _hand(self, person: str, side: Side, moments: set[tuple[str, str]]) -> None:
        key = (person, side)
        was = self.closed.get(key, False)
        hand = self.world.people[person].hand(side)
        if hand.grip is not None:
            self.closed[key] = self._closes(hand, was)
        grip = self.world.hand(person, side)
        if grip is not None and self.closed.get(key, False) and not was:
            self._take(person, side, grip, moments)
        elif was and not self.closed.get(key, False) and key in self.holding:
            self._let_go(person, side, f"{side} hand opened")
        if grip is not None and key in self.holding:
            holding = self.holding[key]
            self.world.places[holding.thing] = grip @ holding.offset

    @staticmethod
    def _closes(hand: Hand, was: bool) -> bool:
        squeeze = max(hand.squeeze, hand.trigger)
        return squeeze > OPENS_AT if was else squeeze >= CLOSES_AT

    def _take(self, person: str, side: Side, grip: Transform, moments: set[tuple[str, str]]) -> None:
        found: tuple[float, str] | None = None
        for name, body in self.world.bodies.items():
            if body.card.grab is None or not self.world.present(name):
                continue
            place = self.world.places[name]
            local = place.local(grip.position)
            far = distance(local, nearest(body.box, local))
            if far <= body.card.grab.radius and (found is None or (far, name) < found):
                found = (far, name)
        if found is None:
            return
        name = found[1]
        for other, holding in list(self.holding.items()):
            if holding.thing == name:
                self._let_go(*other, f"taken over by the {side} hand")
        cause = self.emit(Draft(person, "grabbed", name, side, because=f"{side} hand closed on it"))
        self.falling.pop(name, None)
        self.holding[(person, side)] = Holding(name, grip.inverse() @ self.world.places[name], cause)
        self.world.held[name] = (person, side)
        moments.add((name, "grabbed"))

    def _let_go(self, person: str, side: Side, because: str) -> None:
        holding = self.holding.pop((person, side))
        del self.world.held[holding.thing]
        cause = self.emit(Draft(person, "released", holding.thing, side, because=because, cause=holding.cause))
        place = self.world.places[holding.thing]
        floor = self.world.support(holding.thing, place.position)
        lost = floor is None
        self.falling[holding.thing] = Fall(place.position, self.world.clock, -SINK_DEPTH if floor is None else floor, lost, cause)

    def _fall(self) -> None:
        for name, fall in list(self.falling.items()):
            seconds = (self.world.clock - fall.began) / TICKS_PER_SECOND
            height = fall.start[2] - GRAVITY / 2.0 * seconds * seconds
            place = self.world.places[name]
            x, y, _ = place.position
            if height > fall.floor:
                self.world.places[name] = replace(place, position=(x, y, height))
                continue
            # What lies, lies level, and keeps the bearing it was held at.
            level = heading_to(ORIGIN, place.direction((0.0, 1.0, 0.0)))
            self.world.places[name] = Transform((x, y, fall.floor), level)
            if not fall.lost:
                del self.falling[name]
                self.emit(Draft("engine", "landed", name, because="it fell", cause=fall.cause))
            elif self.world.clock - fall.began >= ticks(GONE_SECONDS):
                del self.falling[name]
                self.world.places[name] = self.home[name]
                self.emit(Draft("engine", "returned", name, because="it had fallen into the water", cause=fall.cause))

    def _notices(self, thing: str, flag: str) -> bool:
        if not self.world.present(thing):
            return False
        if flag == "seen":
            heads = [self.world.head(person) for person in self.world.people]
            return any(
                head is not None and self.world.touch(head.position, head.direction((0.0, 1.0, 0.0)), GAZE_LIMIT)[0] == thing
                for head in heads
            )
        body, place = self.world.bodies[thing], self.world.places[thing]
        for person in self.world.people:
            for side in SIDES:
                grip = self.world.hand(person, side)
                if grip is not None:
                    local = place.local(grip.position)
                    if distance(local, nearest(body.box, local)) <= TOUCH:
                        return True
        return False
