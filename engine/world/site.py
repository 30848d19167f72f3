"""A scene with everything in its place: what the rules of placement are asked about, and what a world is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from engine.spec.cards import Card
from engine.spec.diagnostics import Span
from engine.spec.expression import Value, evaluate
from engine.spec.model import SceneSpec, Thing
from engine.world.crowd import Crowd
from engine.world.placement import Parameters, Placing, side_of
from engine.world.rays import Box
from engine.world.rooms import Hole, RoomBox, Side, cut, misfit, room_at
from engine.world.solids import OrientedBox, Solid, at_rest, reach, solids, stretched
from engine.world.vectors import Transform, Vec3
from engine.world.world import Body

Given = Mapping[str, tuple[float, ...]]
"""Another `at` for some things."""

STANDING = Solid("body", Box((-0.25, -0.15, 0.0), (0.25, 0.15, 1.7)))
"""The room that a standing participant takes: 0.5 m between the outsides of the upper arms, 0.3 m deep (ISO 7250-1:2017)."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that stands where it cannot: the thing to move, the other one, and a remedy for when no free place is found."""

    code: str
    name: str
    other: str
    message: str
    remedy: str
    span: Span
    movable: bool = True
    """Whether another `at` of the thing could mend it."""

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is about, whatever the numbers."""
        return (self.code, self.name, self.other)


class Site:
    """The things of a scene where their author put them, or with another `at` for some of them."""

    def __init__(self, scene: SceneSpec, rooms: Mapping[str, RoomBox], given: Given | None = None) -> None:
        self.scene, self.bare, self.scope = scene, rooms, Parameters(scene)
        self.things: Mapping[str, Thing] = scene.everything
        self.bodies = {name: self._body(thing) for name, thing in self.things.items() if thing.card.kind != "sound"}
        self.placing = Placing(self.things, self.bodies, rooms, self.scope, given or {})
        self.rooms: Mapping[str, RoomBox] = rooms
        self.misfits: list[tuple[str, str]] = []
        """Openings that cannot be cut, and why."""
        if not self.placing.rings:
            self.bodies = {name: self._spread(body) for name, body in self.bodies.items()}
            self.rooms, self.misfits = self.opened(())

    def _body(self, thing: Thing) -> Body:
        card = thing.card
        slots = {**card.live, **card.params}
        parameters = {name: slot.default for name, slot in slots.items()}
        parameters |= {name: evaluate(value, self.scope) for name, value in thing.values.items()}
        size = _size(card, parameters)
        height = size[2] if card.rest_height is None else card.rest_height
        return Body(thing.name, stretched(card, size), size, height, parameters, boxes=solids(card, size))

    def _spread(self, body: Body) -> Body:
        copies = self.placing.copies(body.name)
        return replace(body, copies=copies, reach=reach(body.boxes, copies, body.card.joints))

    def present(self, name: str) -> bool:
        """Whether a thing is there at the start. What is not, stands in nobody's way: it may take another's place later."""
        present = self.things[name].present
        return present is None or bool(evaluate(present, self.scope))

    def opened(self, without: Iterable[str]) -> tuple[Mapping[str, RoomBox], list[tuple[str, str]]]:
        """The rooms with a hole for each opening but those, and the openings that cannot be cut, with why."""
        rooms, misfits = dict(self.bare), []
        left = set(without)
        for name, thing in self.things.items():
            room, side = thing.place.thing, side_of(thing.place)
            if thing.card.kind != "opening" or name in left or room not in rooms:
                continue
            if side is None:
                if thing.place.part == "ceiling":
                    misfits.append((name, f"is against {room}.ceiling, and only walls are cut"))
                continue
            for hole in self.holes(name):
                why = misfit(rooms, room, side, hole)
                if why:
                    misfits.append((name, why))
                else:
                    rooms = cut(rooms, room, side, hole)
        return rooms, misfits

    def holes(self, name: str, at: tuple[float, ...] | None = None) -> list[Hole]:
        """The holes that an opening would cut into the wall it is against, were its `at` this."""
        thing, body = self.things[name], self.bodies[name]
        wall = self.bare[thing.place.thing].walls[_wall(thing)]
        place = self.placing.place(name) if at is None else self.placing.moved(name, at)[name]
        found = []
        for index, copy in enumerate(self.placing.copies(name)):
            x, y, z = (place @ copy).position
            along = (x - wall.foot[0]) * wall.run[0] + (y - wall.foot[1]) * wall.run[1]
            found.append(Hole(name, along, z - wall.foot[2], body.size[0], body.size[2], way=thing.card.way, copy=index))
        return found

    def solids(self, name: str, place: Transform | None = None) -> tuple[OrientedBox, ...]:
        """What is solid of a thing at the start: where it is, or would be at another place."""
        if name not in self.bodies:
            return ()
        body = self.bodies[name]
        boxes = (STANDING,) if name == "participant" and self._stands() else body.boxes
        return at_rest(boxes, body.copies, place or self.placing.place(name))

    def _stands(self) -> bool:
        """Whether the participant stands in a room at the start, and so needs a free spot there."""
        return self.posture("participant") not in ("seated", "lying") and self.room("participant") is not None

    def posture(self, name: str) -> str | None:
        """The posture of who is put into a place of a thing, or None."""
        place = self.things[name].place
        target = self.bodies.get(place.thing)
        return target.card.places[place.part].posture if target and place.part in target.card.places else None

    def collides(self, name: str) -> bool:
        """Whether other things may not go into this one: openings have rules of their own, what is not solid has none."""
        body = self.bodies.get(name)
        if body is None or body.card.kind == "opening" or not self.present(name):
            return False
        return body.card.solid or name == "participant"

    def room(self, name: str, position: Vec3 | None = None) -> RoomBox | None:
        """The room that a thing belongs to: the one it is placed in, that of the thing it is beside, or where its foot is."""
        place = self.things[name].place
        if place.thing in self.rooms:
            return self.rooms[place.thing]
        if place.placing == "beside" and place.thing in self.things:
            position = self.placing.positions[place.thing]
        return self.rooms.get(room_at(self.rooms.values(), position or self.placing.positions[name]))

    @cached_property
    def links(self) -> Mapping[str, frozenset[str]]:
        """What each thing is meant to touch: what it rests on, is in, hangs from or fits, and what does so to it."""
        found: dict[str, set[str]] = {}
        for name, thing in self.things.items():
            place = thing.place
            others = [place.thing] if place.placing in ("rests_on", "in", "hangs_from") and place.thing in self.things else []
            for other in (*others, place.fits.partition(".")[0]):
                if other:
                    found.setdefault(name, set()).add(other)
                    found.setdefault(other, set()).add(name)
        return {name: frozenset(others) for name, others in found.items()}

    def linked(self, one: str, other: str) -> bool:
        """Whether two things are meant to touch."""
        return other in self.links.get(one, frozenset())

    @cached_property
    def crowd(self) -> Crowd:
        """All that collides, in the file's order."""
        crowd = Crowd()
        for name in self.things:
            if self.collides(name):
                boxes = self.solids(name)
                each = max(1, len(boxes) // len(self.bodies[name].copies))
                for index, box in enumerate(boxes):
                    crowd.add(name, index // each, box)
        return crowd

    def span(self, name: str) -> Span:
        """The words that place a thing."""
        thing = self.things[name]
        own = thing.place.span if thing.place.span.line else thing.span
        # A person who exists unasked stands in no file.
        return own if own.line else self.scene.span


def _wall(thing: Thing) -> Side:
    side = side_of(thing.place)
    assert side is not None, f"{thing.name} is against no wall"
    return side


def _size(card: Card, parameters: Mapping[str, Value]) -> Vec3:
    axes: dict[str, float] = dict(zip(("width", "depth", "height"), card.size, strict=True))
    for axis, parameter in card.stretch.items():
        value = parameters[parameter]
        assert not isinstance(value, (str, bool)), f"{card.name}: {parameter} is a length"
        axes[axis] = value
    return (axes["width"], axes["depth"], axes["height"])
