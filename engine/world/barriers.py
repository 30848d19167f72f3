"""What stands in a person's way now: solid boxes and walls, seen from above, for who steps, walks or throws.

Boxes are listed in cells of a plan, so that a question costs what is near, however many things there are; a thing that moves is
listed anew when something is asked after it moved. What can be picked up is in nobody's way. It keeps no state that a snapshot
would need. `engine.world.standing` answers the wider question of where one can walk to, and takes longer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor, sqrt

from engine.world.floor import FLAT, HEADROOM, RADIUS, Edges, Spot, footing
from engine.world.joints import value_of
from engine.world.solids import OrientedBox
from engine.world.vectors import Transform
from engine.world.world import World

CELL = 1.0
"""Metres of a cell of the plan."""

TOUCHING = 0.001
"""Metres by which one may stand into something and still count as beside it."""

PUSHES = 4
"""Times that who stands into something is put beside it, before there is no place: two walls and two things."""

Stamp = tuple[Transform, tuple[float, ...], bool]
"""What the boxes of a thing follow from: its place, its joints, whether it is there."""


@dataclass(frozen=True, slots=True)
class Barrier:
    """One solid box as it stands now: in the axes of its own bearing if it is upright, else the level box around it."""

    thing: str
    middle: Spot
    right: Spot
    half: Spot
    low: float
    high: float

    @classmethod
    def of(cls, thing: str, box: OrientedBox) -> Barrier:
        """What a box bars."""
        bounds = box.bounds
        if box.axes[2][2] > 0.9999:
            middle, (right, _, _), (x, y, _) = box.middle, box.axes, box.half
            return cls(thing, (middle[0], middle[1]), (right[0], right[1]), (x, y), bounds.low[2], bounds.high[2])
        middle = ((bounds.low[0] + bounds.high[0]) / 2, (bounds.low[1] + bounds.high[1]) / 2, 0.0)
        half = ((bounds.high[0] - bounds.low[0]) / 2, (bounds.high[1] - bounds.low[1]) / 2)
        return cls(thing, (middle[0], middle[1]), (1.0, 0.0), half, bounds.low[2], bounds.high[2])

    def local(self, x: float, y: float) -> Spot:
        """A point of the plan in the box's own axes, from its middle."""
        x, y = x - self.middle[0], y - self.middle[1]
        return (x * self.right[0] + y * self.right[1], y * self.right[0] - x * self.right[1])

    def away(self, x: float, y: float, radius: float) -> Spot | None:
        """How far a disc at a point must move to stand beside the box; None if it does."""
        u, v = self.local(x, y)
        a, b = self.half
        if abs(u) >= a + radius or abs(v) >= b + radius:
            return None
        out, aside = max(0.0, abs(u) - a), max(0.0, abs(v) - b)
        right, up = (1.0 if u > 0.0 else -1.0), (1.0 if v > 0.0 else -1.0)
        if out > 0.0 and aside > 0.0:
            far = sqrt(out * out + aside * aside)
            if far >= radius:
                return None
            more = (radius - far) / far
            u, v = right * out * more, up * aside * more
        elif a + radius - abs(u) <= b + radius - abs(v):
            u, v = right * (a + radius - abs(u)), 0.0
        else:
            u, v = 0.0, up * (b + radius - abs(v))
        return (u * self.right[0] - v * self.right[1], u * self.right[1] + v * self.right[0])

    def crossed(self, start: Spot, way: Spot, margin: float = 0.0) -> tuple[float, float] | None:
        """The first and last part (0 to 1) of a straight way, seen from above, that is over the box."""
        u, v = self.local(*start)
        along = way[0] * self.right[0] + way[1] * self.right[1]
        across = way[1] * self.right[0] - way[0] * self.right[1]
        first, last = 0.0, 1.0
        for at, slope, half in ((u, along, self.half[0] + margin), (v, across, self.half[1] + margin)):
            if abs(slope) < 1e-9:
                if abs(at) > half:
                    return None
                continue
            one, two = (-half - at) / slope, (half - at) / slope
            first, last = max(first, min(one, two)), min(last, max(one, two))
            if first > last:
                return None
        return first, last


class Barriers:
    """The boxes that stand in the way in one world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._bodies = [
            (name, any(solid.joint for solid in body.boxes))
            for name, body in world.bodies.items()
            if body.boxes
            and body.card.grab is None
            and (body.card.solid or (body.card.way and any(solid.joint for solid in body.boxes)))
        ]
        self._stamps: dict[str, Stamp] = {}
        self._listed: dict[str, list[tuple[tuple[int, int], Barrier]]] = {}
        self._cells: dict[tuple[int, int], list[Barrier]] = {}
        self._floors: dict[float, tuple[Edges, ...]] = {}
        self._clock = -1

    def near(self, low: Spot, high: Spot) -> Iterator[Barrier]:
        """The boxes that a rectangle of the plan may touch, each once."""
        self._update()
        met: set[int] = set()
        for i in range(floor(low[0] / CELL), floor(high[0] / CELL) + 1):
            for j in range(floor(low[1] / CELL), floor(high[1] / CELL) + 1):
                for one in self._cells.get((i, j), ()):
                    if id(one) not in met:
                        met.add(id(one))
                        yield one

    def free(self, spot: Spot, ground: float) -> bool:
        """Whether a person can stand at a spot on ground of that height: no wall and no solid thing within RADIUS."""
        return self._conflict(spot, ground) is None

    def beside(self, spot: Spot, ground: float) -> Spot | None:
        """The spot itself or, where it is not free, one close by that is; None if there is none."""
        for _ in range(PUSHES):
            push = self._conflict(spot, ground)
            if push is None:
                return spot
            if push == (0.0, 0.0):
                return None
            spot = (spot[0] + push[0], spot[1] + push[1])
        return spot if self.free(spot, ground) else None

    def forget(self) -> None:
        """Look at everything anew, as after a snapshot was restored."""
        self._clock = -1

    def _conflict(self, spot: Spot, ground: float) -> Spot | None:
        """How who stands at a spot must move to be clear of what bars it most; no way at all if there is none; None if nothing
        bars it."""
        push = self._walls(spot, ground)
        if push is not None:
            return push
        x, y = spot
        found: list[tuple[float, Spot]] = []
        for one in self.near((x - RADIUS, y - RADIUS), (x + RADIUS, y + RADIUS)):
            if one.low < ground + HEADROOM and one.high > ground + FLAT:
                away = one.away(x, y, RADIUS - TOUCHING)
                if away is not None:
                    found.append((away[0] * away[0] + away[1] * away[1], away))
        # The deepest one first: the same answer in whatever order things were listed.
        return max(found)[1] if found else None

    def _walls(self, spot: Spot, ground: float) -> Spot | None:
        if not self.world.rooms:
            return None
        best: tuple[float, Spot] | None = None
        if ground not in self._floors:
            rooms = [room for room in self.world.rooms.values() if abs(room.low[2] - ground) <= FLAT]
            self._floors[ground] = tuple(edges for room in rooms for edges in footing(room))
        for west, east, south, north in self._floors[ground]:
            x, y = max(west, min(east, spot[0])) - spot[0], max(south, min(north, spot[1])) - spot[1]
            far = x * x + y * y
            if far < TOUCHING * TOUCHING:
                return None
            if best is None or far < best[0]:
                best = (far, (x, y))
        return (0.0, 0.0) if best is None else best[1]

    def _update(self) -> None:
        """List anew what has moved, once a tick."""
        if self._clock == self.world.clock:
            return
        self._clock = self.world.clock
        for name, moves in self._bodies:
            place, was = self.world.places[name], self._stamps.get(name)
            there = self.world.present(name)
            if was is not None and was[0] is place and was[2] == there and not moves:
                continue
            values = tuple(value_of(self.world, name, joint) for joint in self.world.bodies[name].card.joints) if moves else ()
            if was is None or was != (place, values, there):
                self._list(name, (place, values, there))

    def _list(self, name: str, stamp: Stamp) -> None:
        for cell, one in self._listed.get(name, ()):
            self._cells[cell].remove(one)
        self._stamps[name], found = stamp, []
        for box in self.world.boxes(name) if stamp[2] else ():
            one, bounds = Barrier.of(name, box), box.bounds
            for i in range(floor(bounds.low[0] / CELL), floor(bounds.high[0] / CELL) + 1):
                for j in range(floor(bounds.low[1] / CELL), floor(bounds.high[1] / CELL) + 1):
                    self._cells.setdefault((i, j), []).append(one)
                    found.append(((i, j), one))
        self._listed[name] = found
