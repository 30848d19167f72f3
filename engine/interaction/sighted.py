"""What can be worked without a hand: all that a person's head has in sight, within some metres, wherever their arms reach.

Gaze, switches, keys and spoken words go by this one rule. A thing is in sight if a line from between the eyes to where it is
worked, or to its middle, meets nothing else first, and no wall. What hangs or lies close before it does not hide it: a mask does
not hide the dial that it hangs from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.interaction.deeds import Deed, Deeds, deeds_of
from engine.interaction.lines import DEGREE, Line
from engine.interaction.near import reach
from engine.world import World
from engine.world.sight import no_wall
from engine.world.spread import Spread
from engine.world.vectors import Vec3, dot, length, scale, subtract

FAR = 8.0
"""Metres within which a deed can be done: across a large room, not across a lake."""

BESIDE = 0.5
"""Metres by which eyes may be beside the middle of the head."""

CLOSE = 0.25
"""Metres before a thing within which something else does not hide it."""

_Thing = tuple[str, float, tuple[Deed, ...]]


@dataclass(frozen=True, slots=True)
class Offer:
    """A deed that can be done now: on which thing one looks for it, and at which point of the scene."""

    deed: Deed
    thing: str
    point: Vec3
    radius: float
    """Metres around the point that belong to it."""


class Sighted:
    """Finds what people can do from where they are. It keeps no state."""

    def __init__(self, world: World, deeds: Deeds) -> None:
        self.world = world
        self.deeds = deeds
        self._things = {
            name: (name, reach(body), tuple(deeds_of(world, name)))
            for name, body in world.bodies.items()
            if body.card.grab is not None or body.card.controls
        }
        """Each thing that can be worked, metres around it in which it can be, and its deeds."""
        self._spread = Spread({name: size for name, size, _ in self._things.values()})

    def about(self, person: str, line: Line, on: str, opened: str) -> list[Offer]:
        """Those of `offers` that a look may be on: to things about its line, to the one that it was `on`, to the one that they
        have picked, and to `opened`, in whatever direction that is."""
        also = {on, opened, self.deeds.picked.get(person, ("", 0))[0]} & self._things.keys()
        near = self._spread.along(self.world.places, line.eyes, line.ahead, FAR + BESIDE, line.cone * DEGREE)
        if not also.issubset(near):
            near = sorted(also.union(near), key=self._spread.rank.__getitem__)
        things = [
            self._things[name]
            for name in near
            if name in also or line.nears(self.world.places[name].position, self._things[name][1])
        ]
        return self._among(things, person, line.ahead, opened)

    def offers(self, person: str) -> list[Offer]:
        """What a person could do to things within FAR, in the scene's order. Whether it is hidden is not looked at. Nothing for
        who has no head."""
        return self._among(self._things.values(), person)

    def _among(self, things: Iterable[_Thing], person: str, ahead: Vec3 | None = None, also: str = "") -> list[Offer]:
        """What a person could do to some things; `ahead`: only to those within 45 degrees of that direction, to the one they have
        picked, and to `also`."""
        head = self.world.head(person)
        if head is None:
            return []
        eyes, found = head.position, list[Offer]()
        picked = self.deeds.picked.get(person, ("", 0))[0]
        places, always = self.world.places, (picked, also)
        for name, size, deeds in things:
            if name not in always:
                away = subtract(places[name].position, eyes)
                far = dot(away, away)
                if far > (FAR + size) * (FAR + size):
                    continue
                # What is nearer than twice its size may be looked at by a part that is far from its middle.
                if ahead is not None and far > 4.0 * size * size:
                    along = dot(away, ahead)
                    if along < 0.0 or 2.0 * along * along < far:
                        continue
            if not self.world.present(name):
                continue
            for deed in deeds:
                if not self.deeds.hindrance(person, deed):
                    thing, point = self.deeds.target(deed)
                    away = subtract(point, eyes)
                    if dot(away, away) <= FAR * FAR:
                        found.append(Offer(deed, thing, point, self._radius(deed)))
        return found

    def refusal(self, person: str, deed: Deed) -> str:
        """Why a person cannot do a deed from where they are; empty if they can. Who has no head here (an operator) can do all."""
        if why := self.deeds.refusal(person, deed):
            return why
        if person not in self.world.people or deed.verb == "go":
            return ""  # one may go to what is not in sight: what counts is whether a way leads there
        head = self.world.head(person)
        if head is None:
            return "the head is not tracked, so nothing is in sight"
        thing, point = self.deeds.target(deed)
        if length(subtract(point, head.position)) > FAR:
            return f"{thing} is more than {FAR:g} m away"
        return "" if self.sees(head.position, Offer(deed, thing, point, 0.0)) else f"{thing} is not in sight"

    def sees(self, eyes: Vec3, offer: Offer) -> bool:
        """Whether what one looks at to do a deed is in sight of eyes at a point."""
        if self._open(eyes, offer.thing, offer.point):
            return True
        middle = self.world.places[offer.thing].point((0.0, 0.0, self.world.bodies[offer.thing].size[2] / 2))
        return self._open(eyes, offer.thing, middle)

    def _open(self, eyes: Vec3, thing: str, point: Vec3) -> bool:
        away = subtract(point, eyes)
        far = length(away)
        if far <= CLOSE:
            return True
        meets, at = self.world.touch(eyes, scale(away, 1.0 / far), far, visible=True)
        return (meets in ("", thing) or at >= far - CLOSE) and no_wall(self.world, eyes, point)

    def _radius(self, deed: Deed) -> float:
        body = self.world.bodies[deed.thing]
        if deed.control:
            return body.card.controls[deed.control].radius
        width, depth, height = body.size
        return min(0.12, (width + depth + height) / 6)
