"""The rules of placement that each thing keeps by itself or with its neighbours: tops, walls, rooms, overlaps, free floor.

Each rule gives its problems in the file's order; none of them moves anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.world.floor import FLAT, HEADROOM
from engine.world.placement import side_of
from engine.world.rays import Box
from engine.world.rooms import RoomBox
from engine.world.site import Problem, Site
from engine.world.solids import CONTACT, OrientedBox, depth
from engine.world.vectors import Transform, heading

MOUNTED = 0.05
"""Metres above the floor from which a thing against a wall hangs on it, and so needs wall behind it and not a hole."""

TALL = 100.0
"""Metres by which free floor is drawn out up and down where only its plan counts."""

Moved = Mapping[str, Transform]
"""Where some things would be."""


@dataclass(frozen=True, slots=True)
class Zone:
    """Free floor that a thing needs before it, or a way on either side: a box of air, and the room it lies in if there is one."""

    owner: str
    need: float
    box: OrientedBox
    room: RoomBox | None

    def depth(self, box: OrientedBox) -> float:
        """Metres by which a box stands in it, seen from above; 0 for what is flat, or over everyone's head."""
        own, other = self.box.bounds, box.bounds
        if other.high[2] <= own.low[2] + FLAT or other.low[2] >= own.high[2]:
            return 0.0
        low, high = self.box.box.low, self.box.box.high
        tall = Box((low[0], low[1], low[2] - TALL), (high[0], high[1], high[2] + TALL))
        return depth(OrientedBox(self.box.place, tall), box)


def off_top(site: Site, name: str, at: tuple[float, ...] | None = None) -> Problem | None:
    """E0602: a thing that rests on another with its middle beyond that one's edge."""
    place = site.things[name].place
    if place.placing != "rests_on" or place.thing not in site.bodies:
        return None
    width, deep, _ = site.bodies[place.thing].size
    x, y = (*(site.placing.given[name] if at is None else at), 0.0, 0.0)[:2]
    if place.grid is not None:
        x, y = abs(x) + width / 2 * (1 - 1 / place.grid[0]), abs(y) + deep / 2 * (1 - 1 / place.grid[1])
    if abs(x) <= width / 2 and abs(y) <= deep / 2:
        return None
    message = f"{name} would hang beside {place.thing}, which is {width:g} m by {deep:g} m"
    remedy = f"keep `at` within {width / 2:g} m and {deep / 2:g} m of its middle"
    return Problem("E0602", name, place.thing, message, remedy, site.span(name))


def faceless(site: Site, name: str) -> Problem | None:
    """E0610: a grid of things that are placed on no face that they could be spread over."""
    place = site.things[name].place
    if place.grid is None or site.placing.face(place) is not None:
        return None
    message = f"{name} is a grid, and here is no face to spread it over"
    remedy = "place it in a room, against a wall or ceiling, or on a top"
    return Problem("E0610", name, "", message, remedy, site.span(name), False)


def out_of_room(site: Site, name: str, boxes: Iterable[OrientedBox], room: RoomBox | None) -> Problem | None:
    """E0604: a thing that reaches through a wall, floor or ceiling of its room."""
    body = site.bodies.get(name)
    if room is None or body is None or body.card.kind == "opening" or not site.present(name):
        return None
    worst, where = CONTACT + 1e-9, ""
    for box in boxes:
        bounds = box.bounds
        for over, words in (
            (bounds.high[1] - room.high[1], "its north wall"),
            (bounds.high[0] - room.high[0], "its east wall"),
            (room.low[1] - bounds.low[1], "its south wall"),
            (room.low[0] - bounds.low[0], "its west wall"),
            (bounds.high[2] - room.high[2], "its ceiling"),
            (room.low[2] - bounds.low[2], "its floor"),
        ):
            if over > worst:
                worst, where = over, words
    if not where:
        return None
    message = f"{name} reaches {worst * 100:.0f} cm out of {room.name}, through {where}"
    return Problem("E0604", name, room.name, message, f"there is no free place for it in {room.name}: make room", site.span(name))


def overlaps(site: Site) -> list[Problem]:
    """E0603: solid things that go into each other. Said of the later one in the file, or of the one that can be moved."""
    found: dict[tuple[str, str], float] = {}
    for index, member in enumerate(site.crowd.members):
        for other in site.crowd.near(member.bounds, before=index):
            same = other.owner == member.owner
            if (same and other.copy == member.copy) or site.linked(member.owner, other.owner):
                continue
            into = depth(member.box, other.box)
            if into > CONTACT + 1e-9:
                pair = (member.owner, other.owner)
                found[pair] = max(found.get(pair, 0.0), into)
    return [_overlap(site, late, early, into) for (late, early), into in found.items()]


def _overlap(site: Site, late: str, early: str, into: float) -> Problem:
    if late == early:
        message = f"the {len(site.bodies[late].copies)} copies of {late} overlap each other by {into * 100:.0f} cm"
        remedy = "make the grid smaller: there is no room for so many"
        return Problem("E0603", late, late, message, remedy, site.span(late), False)
    if not can_move(site, late) and can_move(site, early):
        late, early = early, late
    message = f"{late} overlaps {early} by {into * 100:.0f} cm"
    remedy = f"there is no free place for it there: move {early}, or take one out"
    return Problem("E0603", late, early, message, remedy, site.span(late))


def can_move(site: Site, name: str) -> bool:
    """Whether a thing has an `at` that its author could change."""
    thing = site.things[name]
    place = thing.place
    spot = place.placing == "in" and place.thing not in site.rooms
    return not (spot or place.placing == "hangs_from" or (name == "participant" and not thing.span.line))


def over_hole(site: Site, name: str, place: Transform) -> Problem | None:
    """E0603: something that hangs on a wall where an opening has cut it."""
    thing, body = site.things[name], site.bodies.get(name)
    side = side_of(thing.place)
    if side is None or body is None or thing.card.kind == "opening" or not site.present(name):
        return None
    wall = site.rooms[thing.place.thing].walls[side]
    for copy in body.copies:
        x, y, z = (place @ copy).position
        if z < MOUNTED:
            continue
        along = (x - wall.foot[0]) * wall.run[0] + (y - wall.foot[1]) * wall.run[1]
        for hole in wall.holes:
            across = (body.size[0] + hole.width) / 2 - abs(along - hole.along)
            into = min(across, min(z + body.size[2], hole.up + hole.height) - max(z, hole.up))
            if into > CONTACT + 1e-9:
                message = f"{name} overlaps {hole.opening} by {into * 100:.0f} cm: there is no wall to hang it on"
                return Problem("E0603", name, hole.opening, message, "hang it on another wall", site.span(name))
    return None


def misfits(site: Site) -> list[Problem]:
    """E0609: openings that do not fit on their walls."""
    remedy = "make it smaller, or cut another wall"
    return [Problem("E0609", name, "", f"{name} {why}", remedy, site.span(name)) for name, why in site.misfits]


def zones(site: Site, names: Iterable[str], moved: Moved | None = None) -> Iterator[Zone]:
    """The free floor that things need, where they are or would be."""
    for name in names:
        body = site.bodies.get(name)
        if body is None or body.card.clear <= 0.0 or not site.present(name):
            continue
        place = (moved or {}).get(name) or site.placing.place(name)
        side = side_of(site.things[name].place)
        for copy in body.copies:
            if body.card.kind == "opening" and side is not None and site.things[name].place.thing in site.rooms:
                yield from _ways(site, name, place @ copy)
            else:
                yield _before(site, name, place @ copy)


def _before(site: Site, name: str, place: Transform) -> Zone:
    body, room = site.bodies[name], site.room(name, place.position)
    width, deep, _ = body.size
    ground = (room.origin[2] if room else place.position[2]) - place.position[2]
    box = Box((-width / 2, deep / 2, ground), (width / 2, deep / 2 + body.card.clear, ground + HEADROOM))
    return Zone(name, body.card.clear, OrientedBox(place, box), room)


def _ways(site: Site, name: str, place: Transform) -> Iterator[Zone]:
    """Both sides of an opening: in the room it is against, and in the room behind if there is one."""
    body, home = site.bodies[name], site.rooms[site.things[name].place.thing]
    width, half = body.size[0], home.thickness / 2
    ends = {hole.behind for wall in home.walls.values() for hole in wall.holes if hole.opening == name and hole.behind}
    floor = Transform((place.position[0], place.position[1], home.origin[2]), place.turn)
    for room, turn in ((home, 0.0), *((site.rooms[end], 180.0) for end in sorted(ends))):
        box = Box((-width / 2, half, 0.0), (width / 2, half + body.card.clear, HEADROOM))
        yield Zone(name, body.card.clear, OrientedBox(floor @ Transform(turn=heading(turn)), box), room)


def blocked(site: Site, zone: Zone, others: Iterable[tuple[str, OrientedBox]]) -> Iterator[Problem]:
    """E0605: what stands in the free floor that a thing needs, each thing once, and walls that leave too little of it."""
    words = f"the {zone.need:g} m of free floor that {zone.owner} needs"
    if zone.room is not None:
        bounds, room = zone.box.bounds, zone.room
        over = max(max(bounds.high[i] - room.high[i], room.low[i] - bounds.low[i]) for i in (0, 1))
        if over > CONTACT + 1e-9:
            message = f"a wall of {room.name} takes {over * 100:.0f} cm of {words}"
            remedy = "put it where there is more room before it"
            yield Problem("E0605", zone.owner, room.name, message, remedy, site.span(zone.owner))
    worst: dict[str, float] = {}
    for name, box in others:
        exempt = name in (zone.owner, "participant") or site.linked(name, zone.owner)
        into = 0.0 if exempt else zone.depth(box)
        if into > CONTACT + 1e-9:
            worst[name] = max(worst.get(name, 0.0), into)
    for name, into in worst.items():
        late, other = (name, zone.owner) if can_move(site, name) or not can_move(site, zone.owner) else (zone.owner, name)
        message = f"{name} stands {into * 100:.0f} cm in {words}"
        yield Problem("E0605", late, other, message, f"there is no free place for it there: move {other}", site.span(late))


def lone(site: Site) -> Iterator[Problem]:
    """All problems but those of walking and reaching."""
    yield from misfits(site)
    wrong = {name for name, _ in site.misfits}
    for name in site.things:
        if name not in site.bodies:
            continue
        place = site.placing.place(name)
        inside = out_of_room(site, name, site.solids(name), site.room(name))
        found = (faceless(site, name), off_top(site, name), inside, over_hole(site, name, place))
        yield from (one for one in found if one is not None)
    yield from overlaps(site)
    for zone in zones(site, (name for name in site.things if name not in wrong)):
        yield from blocked(site, zone, ((one.owner, one.box) for one in site.crowd.near(zone.box.bounds)))
