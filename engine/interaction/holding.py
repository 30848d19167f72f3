"""What hands hold: taken, drawn near from afar, passed on, held with both, put down, dropped, thrown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.interaction.buttons import JUMP, Key
from engine.interaction.carried import Carried
from engine.interaction.falling import Falling
from engine.interaction.flags import Told
from engine.interaction.sockets import Sockets
from engine.interaction.twohands import Both, frame, joins
from engine.world import World
from engine.world.events import Draft
from engine.world.vectors import ORIGIN, Transform, Vec3, add, distance, rotate, scale, subtract
from headset.inputs import TICKS_PER_SECOND

DRAWN = 20
"""Ticks in which a thing that was taken from afar comes to the hand: quick, and slow enough to be seen coming."""

SWING = 5
"""Ticks over which a hand's speed is taken as it lets go: 50 ms, a few frames of a device."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A thing in a hand: where it is seen from the grip, and the event of taking it. One that is drawn near from afar came from
    `start` in the scene tick `since`."""

    thing: str
    offset: Transform
    cause: int
    start: Transform | None = None
    since: int = 0


class Held:
    """All that hands hold."""

    def __init__(self, world: World, told: Told, carried: Carried, falling: Falling, sockets: Sockets) -> None:
        self.world = world
        self.told = told
        self.carried = carried
        self.falling = falling
        self.sockets = sockets
        self.holding: dict[Key, Holding] = {}
        self.both: dict[str, Both] = {}
        """Thing → how two hands hold it."""
        self.ways: dict[str, tuple[tuple[int, Vec3], ...]] = {}
        """Thing in a hand → where it was in the last ticks, oldest first."""
        self._grips: dict[Key, Transform] = {}
        """Each hand that holds something, as it was last: no state, it is known again as soon as the hand is."""

    def take(self, key: Key, name: str, grip: Transform, *, afar: bool = False) -> None:
        """A hand takes a thing: from where it lies, or from the other hand, or together with it."""
        person, side = key
        other = next((one for one, holding in self.holding.items() if holding.thing == name), None)
        together = other is not None and other[0] == person and name not in self.both and joins(self.world.bodies[name])
        if other is not None and not together:
            for one in [one for one, holding in self.holding.items() if holding.thing == name]:
                self.let_go(one, f"taken over by the {side} hand", falls=False)
        because = f"{side} hand drew it near" if afar else f"{side} hand closed on it"
        cause = self.told.raise_flag((name, "grabbed"), Draft(person, "grabbed", name, side, because=because))
        self.falling.catch(name)
        self.carried.take_off(name)
        self.sockets.take_off(person, name, f"taken by the {side} hand", cause)
        offset = grip.inverse() @ self.world.places[name]
        self._grips[key] = grip
        if other is not None and together:
            self.holding[key] = Holding(name, offset, cause)
            made = frame(self._grips[other], grip) if other in self._grips else None
            if made is not None:
                self.both[name] = Both(other, key, made.inverse() @ self.world.places[name])
            return
        if afar:
            middle = (0.0, 0.0, -self.world.bodies[name].size[2] / 2)
            near = Transform(rotate(offset.turn, middle), offset.turn)
            start = None if person in self.world.calm else offset
            self.holding[key] = Holding(name, near, cause, start, self.world.clock)
        else:
            self.holding[key] = Holding(name, offset, cause)
        self.world.held[name] = key

    def follow(self, key: Key, grip: Transform) -> None:
        """Bring what a hand holds to where the hand is."""
        holding = self.holding[key]
        name = holding.thing
        self._grips[key] = grip
        both = self.both.get(name)
        if both is not None:
            if key == both.second or both.second not in self._grips:
                one = self._grips.get(both.first)
                made = None if one is None else frame(one, grip)
                if made is not None:
                    self._put(name, made @ both.offset)
            return
        if self.world.held.get(name) != key:
            return
        offset = holding.offset
        if holding.start is not None:
            part = (self.world.clock - holding.since) / DRAWN
            if part >= 1.0:
                self.holding[key] = replace(holding, start=None)
            else:
                way = subtract(offset.position, holding.start.position)
                offset = Transform(add(holding.start.position, scale(way, part)), offset.turn)
        self._put(name, grip @ offset)

    def lose(self, key: Key) -> None:
        """A hand is not tracked: what it holds stays where it is, and is not thrown."""
        self.ways.pop(self.holding[key].thing, None)

    def let_go(self, key: Key, because: str, *, falls: bool = True) -> None:
        """A hand opens. What the other hand holds too stays in that one; else it snaps onto its place, flies or falls."""
        person, side = key
        holding = self.holding.pop(key)
        self._grips.pop(key, None)
        thing = holding.thing
        self.both.pop(thing, None)
        cause = self.told.emit(Draft(person, "released", thing, side, because=because, cause=holding.cause))
        other = next((one for one, held in self.holding.items() if held.thing == thing), None)
        if other is not None:
            grip = self._grips.get(other) or self.world.hand(*other)
            if grip is not None:
                self.holding[other] = replace(self.holding[other], offset=grip.inverse() @ self.world.places[thing])
            self.world.held[thing] = other
            return
        self.world.held.pop(thing, None)
        way = self._way(thing)
        self.ways.pop(thing, None)
        if not falls or (self.sockets.over(thing) and self.sockets.fit(person, thing, because, cause)):
            return
        if not self.falling.throw(thing, way, cause):
            self.falling.drop(thing, cause)

    def forsake(self) -> None:
        """Nothing stays in a hand that is gone, nor on a place of what is gone."""
        for key, holding in list(self.holding.items()):
            if not self.world.present(holding.thing):
                self.let_go(key, f"{holding.thing} is gone", falls=False)
        for name, (host, _) in list(self.world.fitted.items()):
            gone = next((one for one in (host, name) if not self.world.present(one)), None)
            if gone is not None:
                cause = self.sockets.take_off("engine", name, f"{gone} is gone")
                if gone == host and cause is not None:
                    self.falling.drop(name, cause)

    def snapshot(self) -> dict[str, Any]:
        """All that can change."""
        return {"holding": dict(self.holding), "both": dict(self.both), "ways": dict(self.ways), "grips": dict(self._grips)}

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Become what `snapshot` was taken of."""
        self.holding = dict(snapshot["holding"])
        self.both = dict(snapshot["both"])
        self.ways = dict(snapshot["ways"])
        self._grips = dict(snapshot["grips"])

    def _put(self, name: str, place: Transform) -> None:
        """A thing is brought to a place by a hand, and the way it goes is remembered for as long as a throw takes."""
        clock = self.world.clock
        way = self.ways.get(name, ())
        if way and distance(way[-1][1], place.position) > JUMP * (clock - way[-1][0] + 1):
            way = ()  # tracking jumped, or the person stepped: nobody threw it
        # One more than SWING ticks, so that there is a way over all of them.
        self.ways[name] = (*(one for one in way if clock - SWING <= one[0] < clock), (clock, place.position))
        self.world.places[name] = place

    def _way(self, name: str) -> Vec3:
        """How fast which way a thing has gone, in metres a second."""
        way = self.ways.get(name, ())
        if len(way) < 2 or self.world.clock - way[-1][0] > 1:
            return ORIGIN
        first, last = way[0], way[-1]
        return scale(subtract(last[1], first[1]), TICKS_PER_SECOND / (last[0] - first[0]))
