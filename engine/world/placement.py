"""Where every thing of a scene stands: each placing word of the language's section 5, in numbers. Nothing is moved to make room.

A thing's *position* and its *turn* are found apart, each after what it needs: two chairs may face each other, and only a thing
that would have to be placed before itself is a ring.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NoReturn

from engine.spec.expression import Value, number
from engine.spec.model import Place, SceneSpec, Thing
from engine.world.joints import spot_of
from engine.world.rooms import BEARING, OPPOSITE, SIDES, RoomBox, Side, Wall
from engine.world.vectors import (
    NO_TURN,
    ORIGIN,
    Transform,
    Turn,
    Vec3,
    add,
    compose,
    dot,
    heading,
    heading_to,
    inverse,
    rotate,
    scale,
    subtract,
)
from engine.world.world import Body

Node = tuple[str, str]
"""A thing, and `at` or `turn`: what of it is asked for."""


class Parameters:
    """The scope of what is built: parameters have values, and nothing else does (language, section 8)."""

    def __init__(self, scene: SceneSpec) -> None:
        self.scene = scene

    def value(self, path: tuple[str, ...]) -> Value:
        """The value of a parameter."""
        return self.scene.parameters[path[0]].value

    def _none(self, *_: object) -> NoReturn:
        raise TypeError("only parameters have a value where a scene is built")

    flag = active = done = elapsed = held = _none


class Placing:
    """The places of things. `rings` are chains of names in which each thing waits for the next, and the last for the first."""

    def __init__(
        self,
        things: Mapping[str, Thing],
        bodies: Mapping[str, Body],
        rooms: Mapping[str, RoomBox],
        scope: Parameters,
        given: Mapping[str, tuple[float, ...]],
    ) -> None:
        self.things, self.bodies, self.rooms, self.scope = things, bodies, rooms, scope
        self.given = {name: given.get(name) or self._given(thing.place) for name, thing in things.items()}
        """The numbers of each thing's `at`, as many as its author wrote."""
        self.positions: dict[str, Vec3] = {}
        self.turns: dict[str, Turn] = {}
        self.rings: list[tuple[str, ...]] = []
        order = self._ordered()
        self._rank = {node: index for index, node in enumerate(order)}
        self._followers: dict[str, list[str]] = {}
        for name in things:
            for other in dict.fromkeys(one for part in ("at", "turn") for one, _ in self._needs((name, part))):
                if other != name:
                    self._followers.setdefault(other, []).append(name)
        if not self.rings:
            self._find(order)

    def place(self, name: str) -> Transform:
        """Where a thing is."""
        return Transform(self.positions[name], self.turns[name])

    def moved(self, name: str, at: tuple[float, ...]) -> dict[str, Transform]:
        """Where a thing and all that is placed by it would be, were its `at` this; nothing is changed by asking."""
        names = self.followers(name)
        kept = self.given[name], [(one, self.positions[one], self.turns[one]) for one in names]
        self.given[name] = at
        self._find(sorted(((one, part) for one in names for part in ("at", "turn")), key=lambda node: self._rank[node]))
        found = {one: self.place(one) for one in names}
        self.given[name] = kept[0]
        for one, position, turn in kept[1]:
            self.positions[one], self.turns[one] = position, turn
        return found

    def copies(self, name: str) -> tuple[Transform, ...]:
        """A grid's copies as seen from its place: evenly over the face, x (or along) running fastest; else the one thing itself.

        Each has an equal part of the face and stands in its middle. On a wall, one row stands at the place's own height, several
        are spread over the wall's.
        """
        place = self.things[name].place
        spread = self.face(place)
        if place.grid is None or spread is None:
            return (Transform(),)
        across, rows = place.grid
        side, back = side_of(place), inverse(self.turns[name])
        frame = self.turns[place.thing] if place.placing == "rests_on" else NO_TURN
        found = []
        for row in range(rows):
            for column in range(across):
                x, y = ((column + 0.5) / across - 0.5) * spread[0], ((row + 0.5) / rows - 0.5) * spread[1]
                if side is None:
                    offset = rotate(frame, (x, y, 0.0))
                else:
                    up = y + (spread[1] - self._size(name)[2]) / 2 if rows > 1 else 0.0
                    offset = add(scale(self.rooms[place.thing].walls[side].run, x), (0.0, 0.0, up))
                found.append(Transform(rotate(back, offset)))
        return tuple(found)

    def face(self, place: Place) -> tuple[float, float] | None:
        """Width and length of what a thing is placed on: a floor, ceiling, wall (along, up) or top; None if that is no face."""
        room, side = self.rooms.get(place.thing), side_of(place)
        if room is not None and side is not None:
            return room.walls[side].length, room.walls[side].height
        if room is not None:
            return room.size[0], room.size[1]
        if place.placing == "rests_on" and place.thing in self.bodies:
            return self.bodies[place.thing].size[0], self.bodies[place.thing].size[1]
        return None

    def followers(self, name: str) -> list[str]:
        """A thing and all things whose place depends on its own, in a fixed order."""
        found: dict[str, None] = {name: None}
        waiting = [name]
        while waiting:
            for one in self._followers.get(waiting.pop(), ()):
                if one not in found:
                    found[one] = None
                    waiting.append(one)
        return list(found)

    def _given(self, place: Place) -> tuple[float, ...]:
        return tuple(number(length, self.scope) for length in place.at)

    def at(self, name: str) -> Vec3:
        """The numbers of `at`, those that were left out 0."""
        x, y, z = (*self.given[name], 0.0, 0.0, 0.0)[:3]
        return (x, y, z)

    def _ordered(self) -> list[Node]:
        """Every node after those it needs. Not by recursion: a pile may be a thousand things high."""
        order: list[Node] = []
        state: dict[Node, int] = {}
        for name in self.things:
            for root in ((name, "at"), (name, "turn")):
                path: list[tuple[Node, list[Node]]] = [(root, self._needs(root))] if root not in state else []
                state.setdefault(root, 1)
                while path:
                    node, needs = path[-1]
                    if not needs:
                        state[node] = 2
                        order.append(node)
                        path.pop()
                        continue
                    after = needs.pop(0)
                    if after not in state:
                        state[after] = 1
                        path.append((after, self._needs(after)))
                    elif state[after] == 1:
                        nodes = [one for one, _ in path]
                        self._note_ring([one for one, _ in nodes[nodes.index(after) :]])
        return order

    def _note_ring(self, names: list[str]) -> None:
        """A ring, said once, from the thing in it that comes first in the file."""
        ring = list(dict.fromkeys(names))
        first = next(name for name in self.things if name in ring)
        found = (*ring[ring.index(first) :], *ring[: ring.index(first)])
        if found not in self.rings:
            self.rings.append(found)

    def _needs(self, node: Node) -> list[Node]:
        name, part = node
        place = self.things[name].place
        base: list[Node] = [(place.thing, "at"), (place.thing, "turn")] if place.thing in self.things else []
        looks: list[Node] = [(place.facing, "at")] if isinstance(place.facing, str) and place.facing in self.things else []
        turned = _touches(place)
        if part == "at":
            return base + ([(name, "turn")] if turned and place.facing is not None else [])
        if not looks:
            return base
        return looks + (base if turned else [(name, "at")])

    def _find(self, nodes: Iterable[Node]) -> None:
        for name, part in nodes:
            if part == "turn":
                self.turns[name] = self._turn(name)
            else:
                self.positions[name] = self._position(name)

    def _turn(self, name: str) -> Turn:
        place = self.things[name].place
        usual = self._usual_turn(place)
        facing = place.facing
        if facing is None:
            return usual
        if not isinstance(facing, str):
            return heading(number(facing, self.scope))
        if facing in BEARING:
            return heading(BEARING[next(side for side in SIDES if side == facing)])
        if facing not in self.positions:
            return usual
        start = self._lean(name, usual) if _touches(place) else self.positions[name]
        return heading_to(start, self.positions[facing])

    def _usual_turn(self, place: Place) -> Turn:
        side = side_of(place)
        if side is not None:
            return heading(BEARING[OPPOSITE[side]])
        if place.thing not in self.things:
            return NO_TURN
        spot = self._spot(place) if place.placing == "in" else None
        return compose(self.turns[place.thing], spot.turn) if spot else self.turns[place.thing]

    def _spot(self, place: Place) -> Transform | None:
        """A place of the card of the thing that `place` is in, in that thing's own axes."""
        spot = self.things[place.thing].card.places.get(place.part)
        if spot is None:
            return None
        # A seated person's own space begins at the floor under the seat, where the real chair stands.
        return Transform((spot.at[0], spot.at[1], 0.0 if spot.posture == "seated" else spot.at[2]), spot_of(spot).turn)

    def _position(self, name: str) -> Vec3:
        place = self.things[name].place
        if _touches(place):
            return self._lean(name, self.turns.get(name, NO_TURN) if place.facing is not None else self._usual_turn(place))
        x, y, z = self.at(name)
        room = self.rooms.get(place.thing)
        if room is not None:
            top = room.size[2] - self._size(name)[2] if place.part == "ceiling" else 0.0
            return add(room.origin, (x, y, top))
        base = self._base(place)
        if place.placing == "rests_on":
            return base.point((x, y, self.bodies[place.thing].rest_height if place.thing in self.bodies else 0.0))
        spot = self._spot(place) if place.placing == "in" and place.thing in self.things else None
        return base.point(spot.position if spot else (x, y, z))

    def _lean(self, name: str, turn: Turn) -> Vec3:
        """The position of what touches another thing, or hangs from it, with this turn."""
        place = self.things[name].place
        side = side_of(place)
        if side is not None:
            return self._against(name, self.rooms[place.thing].walls[side], turn)
        if place.placing == "beside":
            return self._beside(name, turn)
        base = self._base(place)
        hook = self.things[place.thing].card.places.get("hook")
        card, size = self.things[name].card, self._size(name)
        loop = card.places["loop"].at if "loop" in card.places else (0.0, 0.0, size[2])
        return subtract(base.point(hook.at if hook else ORIGIN), rotate(turn, loop))

    def _against(self, name: str, wall: Wall, turn: Turn) -> Vec3:
        thing = self.things[name]
        given = self.given[name]
        along = given[0] if given else 0.0
        rows = 1 if thing.place.grid is None else thing.place.grid[1]
        up = given[1] if len(given) > 1 else thing.card.up if rows == 1 else 0.0
        # An opening stands in its wall, in the middle of the wall's thickness.
        opening = thing.card.kind == "opening"
        out = -self.rooms[thing.place.thing].thickness / 2 if opening else self._reach(name, turn, wall.inward)
        return add(wall.point(along, up), scale(wall.inward, out))

    def _beside(self, name: str, turn: Turn) -> Vec3:
        """Touching one side of a thing, its own back (or left) edge flush with that side's back (left) corner where `at` is 0."""
        place = self.things[name].place
        base, (width, depth, _) = self._base(place), self._size(place.thing)
        right, ahead = base.direction((1.0, 0.0, 0.0)), base.direction((0.0, 1.0, 0.0))
        across, long = self._reach(name, turn, right), self._reach(name, turn, ahead)
        along = self.at(name)[0]
        x, y = {
            "right": (width / 2 + across, -depth / 2 + along + long),
            "left": (-width / 2 - across, -depth / 2 + along + long),
            "front": (-width / 2 + along + across, depth / 2 + long),
            "back": (-width / 2 + along + across, -depth / 2 - long),
        }[place.part]
        found = base.point((x, y, 0.0))
        mounted = self.things[place.thing].place.placing in ("against", "hangs_from")
        return (found[0], found[1], 0.0) if mounted and self.rooms else found

    def _reach(self, name: str, turn: Turn, direction: Vec3) -> float:
        """Metres from a thing's origin to the outermost of its size in a level direction."""
        width, depth, _ = self._size(name)
        x, y = rotate(turn, (1.0, 0.0, 0.0)), rotate(turn, (0.0, 1.0, 0.0))
        return abs(dot(x, direction)) * width / 2 + abs(dot(y, direction)) * depth / 2

    def _size(self, name: str) -> Vec3:
        return self.bodies[name].size if name in self.bodies else ORIGIN

    def _base(self, place: Place) -> Transform:
        return self.place(place.thing) if place.thing in self.things else Transform()


def side_of(place: Place) -> Side | None:
    """The wall that a thing is against, or None."""
    return next((side for side in SIDES if side == place.part), None) if place.placing == "against" else None


def _touches(place: Place) -> bool:
    """Whether a thing's position depends on how it is turned."""
    return place.placing in ("beside", "hangs_from") or side_of(place) is not None
