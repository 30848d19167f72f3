"""The nearest free place for a thing that stands where it cannot: an `at` that its author can paste."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from engine.world.floor import outline
from engine.world.placement import side_of
from engine.world.rooms import RoomBox, misfit
from engine.world.rules import blocked, off_top, out_of_room, over_hole, zones
from engine.world.site import Problem, Site
from engine.world.solids import CONTACT, OrientedBox, depth
from engine.world.vectors import Transform
from engine.world.ways import bars, beyond, reached, start, walkable

FINE, COARSE = 0.05, 0.1
"""Metres between the places that are tried: near the one the author chose, and further away."""

CLOSE, FAR = 0.8, 6.0
"""Metres up to which places are tried finely, and at all."""

VERIFIED = 40
"""Places that are free for the thing itself, and are then tried with the whole scene: walking, reaching, all rules."""

At = tuple[float, ...]
Limits = tuple[tuple[float, float], tuple[float, float]]


def nearest_free(site: Site, name: str, verify: Callable[[At], bool]) -> At | None:
    """The free `at` nearest to the author's own, with as many numbers; None if none is found.

    Free is what breaks no rule for the thing and for all that is placed by it. `verify` has the last word.
    """
    search = _Search(site, name)
    verified = 0
    for at in search.candidates():
        if search.free(at):
            if verify(at):
                return at
            verified += 1
            if verified >= VERIFIED:
                return None
    return None


def written(at: At) -> str:
    """An `at` as it is pasted into a scene."""
    words = ", ".join(f"{round(one, 3) + 0.0:g} m" for one in at)
    return f"`at: {words}`" if len(at) == 1 else f"`at: [{words}]`"


class _Search:
    def __init__(self, site: Site, name: str) -> None:
        self.site, self.name = site, name
        self.group = site.placing.followers(name)
        self.inner = frozenset(self.group)
        self.opening = site.things[name].card.kind == "opening"
        self.others = site.opened([name])[0] if self.opening else site.rooms
        outer = (one for one in site.things if one not in self.inner)
        self.zones = list(zones(site, outer)) if not self.opening else []
        self.floor = None if self.opening or start(site) is None else walkable(site, self.inner)
        empty = None if self.floor is None else reached(site, self.floor)
        self.entered = [] if empty is None else [room for room in site.rooms.values() if empty.enters(room)]

    def candidates(self) -> Iterator[At]:
        """Lattice places by their distance from the author's own; equal ones from the south-west on."""
        place, given = self.site.things[self.name].place, self.site.placing.given[self.name]
        wall = side_of(place) is not None
        line = place.placing == "beside" or (wall and len(given) < 2)
        limits = self._limits(wall)
        own = (*given, 0.0, 0.0)[: 1 if line else 2]
        rest = given[len(own) :]
        nearest = [max(limit[0], min(limit[1], one)) for one, limit in zip(own, limits, strict=False)]
        yield from ((*at, *rest) for at in _around(nearest, limits))

    def _limits(self, wall: bool) -> Limits:
        """The least and most that each number of `at` may be, by what the thing is placed on."""
        face = self.site.placing.face(self.site.things[self.name].place)
        if face is None:
            return ((-1e9, 1e9), (-1e9, 1e9))
        return ((-face[0] / 2, face[0] / 2), (0.0, face[1]) if wall else (-face[1] / 2, face[1] / 2))

    def free(self, at: At) -> bool:
        """Whether no rule that a thing keeps with its neighbours would be broken."""
        site = self.site
        if off_top(site, self.name, at):
            return False
        if self.opening:
            place = site.things[self.name].place
            side = side_of(place)
            return side is None or not any(misfit(self.others, place.thing, side, hole) for hole in site.holes(self.name, at))
        moved = site.placing.moved(self.name, at)
        return all(self._stands(name, moved[name]) for name in self.group) and self._is_clear(moved) and self._leaves_ways(moved)

    def _room(self, name: str, place: Transform) -> RoomBox | None:
        return self.site.room(name, place.position)

    def _stands(self, name: str, place: Transform) -> bool:
        site = self.site
        if name not in site.bodies or not site.present(name):
            return True
        boxes = site.solids(name, place)
        # A thing placed beside another stays in the room that it was in.
        room = site.room(name)
        if room is None and site.rooms and name == self.name and self._room(name, place) is not None:
            room = self._room(name, place)
        if out_of_room(site, name, boxes, room) or over_hole(site, name, place):
            return False
        return not site.collides(name) or not any(self._meets(name, box) for box in boxes)

    def _meets(self, name: str, box: OrientedBox) -> bool:
        return any(
            other.owner not in self.inner and not self.site.linked(name, other.owner) and depth(box, other.box) > CONTACT
            for other in self.site.crowd.near(box.bounds)
        )

    def _is_clear(self, moved: dict[str, Transform]) -> bool:
        """Whether nothing that moves stands in free floor that others need, and nothing in that which it needs itself."""
        site = self.site
        own = [(name, box) for name in moved if site.collides(name) for box in site.solids(name, moved[name])]
        if any(_any(blocked(site, zone, own), self.inner) for zone in self.zones):
            return False
        for zone in zones(site, self.group, moved):
            near = [(one.owner, one.box) for one in site.crowd.near(zone.box.bounds) if one.owner not in self.inner]
            if _any(blocked(site, zone, near), self.inner):
                return False
        return True

    def _leaves_ways(self, moved: dict[str, Transform]) -> bool:
        """Whether one could still walk into the rooms that are open without these things, and reach the things themselves."""
        site = self.site
        if self.floor is None:
            return True
        floor = self.floor.copied()
        for name, place in moved.items():
            for box in site.solids(name, place) if site.collides(name) else ():
                if bars(site, name, box):
                    floor.block(outline(box))
        left = reached(site, floor)
        if left is None or not all(left.enters(room) for room in self.entered):
            return False
        return not any(name in site.bodies and beyond(site, name, moved[name], left) for name in self.group)


def _any(problems: Iterable[Problem], names: frozenset[str]) -> bool:
    return any(one.name in names or one.other in names for one in problems)


def _around(own: Sequence[float], limits: Limits) -> list[At]:
    found: dict[tuple[float, ...], None] = {}
    for step, far in ((FINE, CLOSE), (COARSE, FAR)):
        axes = [_lattice(one, limit, step, far) for one, limit in zip(own, limits, strict=False)]
        spots = [(x,) for x in axes[0]] if len(axes) == 1 else [(x, y) for y in axes[1] for x in axes[0]]
        found |= dict.fromkeys(spot for spot in spots if _square(spot, own) <= far * far)
    return sorted(found, key=lambda spot: (_square(spot, own), spot[::-1]))


def _lattice(own: float, limits: tuple[float, float], step: float, far: float) -> list[float]:
    """Whole multiples of a step round a coordinate, within the limits of a face."""
    low, high = max(own - far, limits[0]), min(own + far, limits[1])
    first, last = -int((-low / step + 1e-6) // 1), int((high / step + 1e-6) // 1)
    # Rounded as it is written, so that what is pasted is what was tried.
    return [round(index * step, 3) for index in range(first, last + 1)]


def _square(spot: Sequence[float], own: Sequence[float]) -> float:
    total = 0.0
    for one, other in zip(spot, own, strict=False):
        total += (one - other) * (one - other)
    return total
