"""Where the participant is put when the scenario moves them: before a thing, facing it; or into a room."""

from __future__ import annotations

from engine.world.floor import STEP, Floor, Run, Spot, bare, in_the_way, outline, shadow
from engine.world.joints import value_of
from engine.world.rooms import RoomBox
from engine.world.solids import OrientedBox
from engine.world.vectors import Transform, Vec3, heading_to
from engine.world.world import Body, World

BEFORE = 0.6
"""Metres from the front of a thing to the middle of who stands before it, if its card asks for no more: near enough to touch."""

ROUND = 1.5
"""Metres from that spot within which another is looked for, if it is not free."""

ABOVE = 0.5
"""Metres above a thing's foot from which the ground before it is looked for: one may step up a little to a thing, not climb."""


ROW_US, BOX_US, MOVED_US = 2, 4, 50
"""Microseconds that a row of the floor, a box, and a box which is not where it was built cost at the most (measured: 1, 2 and 45
on an AMD EPYC)."""

Gone = list[tuple[int, Run]]
"""Points of the floor that something takes away."""


class Standing:
    """Finds free spots in one world, and keeps what it found out for the next question: only what has moved since is looked at
    again. It keeps no state that a snapshot would need."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._bare = bare(world.rooms)
        self._bodies = [
            (name, body)
            for name, body in world.bodies.items()
            if body.card.grab is None and (_leaf(body) or (body.card.solid and body.card.kind != "opening"))
        ]
        self._built = {name: (world.places[name], self._values(name)) for name, _ in self._bodies}
        self._gone: dict[tuple[str, int, float], tuple[OrientedBox, Gone]] = {}
        """Thing, number of its box, height of the ground -> where the box was, and what it took away."""
        self._whole: dict[tuple[str, float], tuple[tuple[object, ...], list[Gone]]] = {}
        """Thing and height of the ground -> what its place and joints were, and what its boxes took away."""
        self._floors: dict[tuple[bool, float], tuple[Floor, list[Gone], Floor]] = {}
        """Whether with what has joints, and height of the ground -> from which floor, what was taken, and what that left."""
        self._reached: tuple[Floor, Spot, Floor] | None = None

    @property
    def work(self) -> int:
        """Microseconds that finding a spot takes at the most: reckoned, not timed, so the same on every machine."""
        boxes = moved = 0
        for name, body in self._bodies:
            boxes += len(body.boxes) * len(body.copies)
            place, values = self._built[name]
            if self.world.places[name] != place:
                moved += len(body.boxes) * len(body.copies)
            elif self._values(name) != values:
                moved += len([solid for solid in body.boxes if solid.joint]) * len(body.copies)
        return len(self._bare.rows) * ROW_US + boxes * BOX_US + moved * MOVED_US

    def _values(self, name: str) -> tuple[float, ...]:
        """Where the joints of a thing are."""
        return tuple(value_of(self.world, name, joint) for joint in self.world.bodies[name].card.joints)

    def before(self, name: str, start: Vec3 | None = None) -> Transform | None:
        """A free spot to stand on: before a thing, facing it, or in a room, in its middle; None if there is none near.

        It is the free spot nearest to the best one, the same one every time for the same state of the world. In a room it is one
        that the participant could have walked to: no pocket between a bed and a wall, nor what lies behind a closed door. What
        can be picked up is no hindrance. Where they can walk to nothing of the room they are brought all the same; but not who
        goes by themselves from `start`: then only what can be walked to from there counts.
        """
        world = self.world
        room = world.rooms.get(name)
        if room is not None:
            spot = self._within(room, (room.origin[0], room.origin[1]), start)
            return None if spot is None else Transform((spot[0], spot[1], room.origin[2]))
        body, place = world.bodies[name], world.places[name]
        x, y, _ = place.point((0.0, body.size[1] / 2 + max(BEFORE, body.card.clear), 0.0))
        home = world.rooms.get(world.room_of((x, y, place.position[2]))) or world.rooms.get(world.room_of(place.position))
        if home is not None:
            ground = home.origin[2]
            spot = self._within(home, (x, y), start)
        else:
            ground, spot = self._outdoors(name, (x, y))
        if spot is None:
            return None
        at: Vec3 = (spot[0], spot[1], ground)
        return Transform(at, heading_to(at, place.position))

    def leads(self, start: Vec3, end: Spot, ground: float) -> bool:
        """Whether one could walk from a point to a spot of the rooms' floor, on ground of that height."""
        nearest = self._walked(self._free(ground), (start[0], start[1])).nearest(end)
        return nearest is not None and nearest[0] <= 2.0 * STEP

    def _within(self, room: RoomBox, best: Spot, start: Vec3 | None = None) -> Spot | None:
        """The spot in a room that is nearest to the best one."""
        whole = self._free(room.origin[2])
        begin = self.world.origin.position if start is None else start
        floor = self._walked(whole, (begin[0], begin[1]))
        low, high = room.low, room.high
        edges = (low[0], high[0], low[1], high[1])
        # Someone who sits where nobody can walk to is put onto any free floor.
        nearest = (floor if start is not None or floor.enters(room) else whole).within(*edges).nearest(best)
        return None if nearest is None else nearest[1]

    def _walked(self, whole: Floor, begin: Spot) -> Floor:
        """What of a floor can be walked to from the free spot that is nearest to a point."""
        nearest = whole.nearest(begin)
        if nearest is None:
            return whole
        if self._reached is None or self._reached[0] is not whole or self._reached[1] != nearest[1]:
            self._reached = (whole, nearest[1], whole.reached(nearest[1]))
        return self._reached[2]

    def _outdoors(self, name: str, best: Spot) -> tuple[float, Spot | None]:
        """A height and the spot there nearest to the best one: on the top below it, else on the one that the thing is over."""
        x, y, z = self.world.places[name].position
        for over in (best, (x, y)):
            ground = self.world.support(name, (over[0], over[1], z + ABOVE))
            spot = None if ground is None else self._on_level(ground, best)
            if ground is not None and spot is not None:
                return ground, spot
        return 0.0, self._on_level(0.0, best)

    def _on_level(self, ground: float, best: Spot) -> Spot | None:
        """The free spot at a height that is nearest to the best one: on one top, or on level ground."""
        floor = Floor()
        floor.open(best[0] - ROUND, best[0] + ROUND, best[1] - ROUND, best[1] + ROUND)
        for gone in (*self._taken(ground, moving=False), *self._taken(ground, moving=True)):
            floor.take(gone)
        while (nearest := floor.nearest(best)) is not None:
            x, y = nearest[1]
            below = self.world.support("", (x, y, ground))
            if (0.0 if below is None else below) == ground:
                return x, y
            floor.block(((x, y), (x, y), (x, y)), STEP / 2)
        return None

    def _free(self, ground: float) -> Floor:
        """The floor of the rooms less what stands on it now: first what never moves by itself, then what has joints."""
        floor = self._bare
        for moving in (False, True):
            taken, known = self._taken(ground, moving=moving), self._floors.get((moving, ground))
            if known is None or known[0] is not floor or not _same(known[1], taken):
                less = floor.copied()
                for gone in taken:
                    less.take(gone)
                known = self._floors[moving, ground] = (floor, taken, less)
            floor = known[2]
        return floor

    def _taken(self, ground: float, *, moving: bool) -> list[Gone]:
        """What the boxes take away of each thing that stands there now and has joints, or none: the same objects as last time for
        those that are where they were."""
        found: list[Gone] = []
        for name, body in self._bodies:
            if bool(body.card.joints) != moving or not self.world.present(name):
                continue
            stamp = (self.world.places[name], self._values(name))
            known = self._whole.get((name, ground))
            if known is None or known[0] != stamp:
                boxes = enumerate(self.world.boxes(name))
                known = self._whole[name, ground] = (stamp, [self._box(name, index, box, ground) for index, box in boxes])
            found += known[1]
        return found

    def _box(self, name: str, index: int, box: OrientedBox, ground: float) -> Gone:
        known = self._gone.get((name, index, ground))
        if known is None or known[0] != box:
            known = self._gone[name, index, ground] = (box, shadow(outline(box)) if in_the_way(box, ground) else [])
        return known[1]


def _leaf(body: Body) -> bool:
    """Whether a thing is a way with a leaf that shuts it."""
    return body.card.way and any(solid.joint for solid in body.boxes)


def _same(one: list[Gone], two: list[Gone]) -> bool:
    return len(one) == len(two) and all(a is b for a, b in zip(one, two, strict=True))


def spot_before(world: World, name: str) -> Transform | None:
    """`Standing.before`, for who asks only once."""
    return Standing(world).before(name)
