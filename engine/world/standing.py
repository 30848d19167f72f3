"""Where the participant is put when the scenario moves them: before a thing, facing it; or into a room."""

from __future__ import annotations

from engine.world.floor import STEP, Floor, Spot, bare, in_the_way, outline
from engine.world.rooms import RoomBox
from engine.world.vectors import Transform, Vec3, heading_to
from engine.world.world import World

BEFORE = 0.6
"""Metres from the front of a thing to the middle of who stands before it, if its card asks for no more: near enough to touch."""

ROUND = 1.5
"""Metres from that spot within which another is looked for, if it is not free."""

ABOVE = 0.5
"""Metres above a thing's foot from which the ground before it is looked for: one may step up a little to a thing, not climb."""


def spot_before(world: World, name: str) -> Transform | None:
    """A free spot to stand on: before a thing, facing it, or in a room, in its middle; None if there is none near.

    It is the free spot nearest to the best one, the same one every time for the same state of the world. In a room it is one that
    the participant could have walked to: no pocket between a bed and a wall. What can be picked up is no hindrance.
    """
    room = world.rooms.get(name)
    if room is not None:
        spot = _within(world, room, (room.origin[0], room.origin[1]))
        return None if spot is None else Transform((spot[0], spot[1], room.origin[2]))
    body, place = world.bodies[name], world.places[name]
    x, y, _ = place.point((0.0, body.size[1] / 2 + max(BEFORE, body.card.clear), 0.0))
    home = world.rooms.get(world.room_of((x, y, place.position[2]))) or world.rooms.get(world.room_of(place.position))
    if home is not None:
        ground = home.origin[2]
        spot = _within(world, home, (x, y))
    else:
        ground, spot = _outdoors(world, name, (x, y))
    if spot is None:
        return None
    at: Vec3 = (spot[0], spot[1], ground)
    return Transform(at, heading_to(at, place.position))


def _within(world: World, room: RoomBox, best: Spot) -> Spot | None:
    """The spot in a room that is nearest to the best one."""
    whole = _less(world, room.origin[2], bare(world.rooms))
    floor = whole.reached((world.origin.position[0], world.origin.position[1]))
    low, high = room.low, room.high
    edges = (low[0], high[0], low[1], high[1])
    # Someone who sits where nobody can walk to is put onto any free floor.
    nearest = (floor if floor.enters(room) else whole).within(*edges).nearest(best)
    return None if nearest is None else nearest[1]


def _outdoors(world: World, name: str, best: Spot) -> tuple[float, Spot | None]:
    """A height and the spot there nearest to the best one: on the top below it, else on the one that the thing is over."""
    x, y, z = world.places[name].position
    for over in (best, (x, y)):
        ground = world.support(name, (over[0], over[1], z + ABOVE))
        spot = None if ground is None else _on_level(world, ground, best)
        if ground is not None and spot is not None:
            return ground, spot
    return 0.0, _on_level(world, 0.0, best)


def _on_level(world: World, ground: float, best: Spot) -> Spot | None:
    """The free spot at a height that is nearest to the best one: on one top, or on level ground."""
    field = Floor()
    field.open(best[0] - ROUND, best[0] + ROUND, best[1] - ROUND, best[1] + ROUND)
    floor = _less(world, ground, field)
    while (nearest := floor.nearest(best)) is not None:
        x, y = nearest[1]
        below = world.support("", (x, y, ground))
        if (0.0 if below is None else below) == ground:
            return x, y
        floor.block(((x, y), (x, y), (x, y)), STEP / 2)
    return None


def _less(world: World, ground: float, floor: Floor) -> Floor:
    """A floor less what stands on it now."""
    for name, body in world.bodies.items():
        if not body.card.solid or body.card.kind == "opening" or body.card.grab is not None or not world.present(name):
            continue
        for box in world.boxes(name):
            if in_the_way(box, ground):
                floor.block(outline(box))
    return floor
