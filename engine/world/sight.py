"""What eyes meet: the first visible thing along a line, unless a wall of a room comes before it.

A thing is seen by the boxes that are drawn round it, solid or not: a globe of light stops no hand, but a gaze ends on it. What
stands before a thing hides it. Through doors and windows one sees, through walls one does not.
"""

from __future__ import annotations

from engine.world.rooms import RoomBox, Side
from engine.world.vectors import Transform, Vec3, add, scale, subtract
from engine.world.world import World
from headset.inputs import Person

BEHIND = 0.06
"""Metres beyond a wall up to which something still counts as on it."""


def sight_line(world: World, person: Person, head: Transform) -> tuple[Vec3, Vec3]:
    """From where, and along which unit vector, a person looks whose head is there: with the eyes where they are measured, else
    with the head."""
    if person.gaze is None:
        return head.position, head.direction((0.0, 1.0, 0.0))
    eyes = world.origin.taking(person.gaze.metres, person.gaze.quaternion)
    return eyes.position, eyes.direction((0.0, 1.0, 0.0))


def seen(world: World, start: Vec3, direction: Vec3, limit: float) -> str:
    """The thing that a look from a point along a unit vector ends on, within `limit` metres; an empty name if on none."""
    name, far = world.touch(start, direction, limit, visible=True)
    return name if name and no_wall(world, start, add(start, scale(direction, far))) else ""


def no_wall(world: World, start: Vec3, end: Vec3) -> bool:
    """Whether a line stays within rooms, or goes from one to the next through an opening. Outdoors there are no walls."""
    room = world.rooms.get(world.room_of(start))
    if room is None:
        return True
    for _ in range(len(world.rooms) + 1):
        out = _leaves(room, start, end)
        if out is None:
            return True
        side, point = out
        wall = room.walls.get(side)
        if wall is None:
            return False
        along, up = _on_wall(wall.point(0.0, 0.0), wall.run, point)
        hole = next(
            (one for one in wall.holes if abs(along - one.along) <= one.width / 2 and one.up <= up <= one.up + one.height),
            None,
        )
        if hole is None:
            return False
        if not hole.behind:
            return True
        room = world.rooms[hole.behind]
    return False


def _on_wall(foot: Vec3, run: Vec3, point: Vec3) -> tuple[float, float]:
    away = subtract(point, foot)
    return away[0] * run[0] + away[1] * run[1], away[2]


def _leaves(room: RoomBox, start: Vec3, end: Vec3) -> tuple[Side, Vec3] | None:
    """By which side a line leaves a room, and where; None if it ends in it, or at its walls."""
    best: tuple[float, Side] | None = None
    sides: tuple[tuple[Side, Side], ...] = (("west", "east"), ("south", "north"))
    for axis in range(2):
        way = end[axis] - start[axis]
        for side, edge in zip(sides[axis], (room.low[axis], room.high[axis]), strict=True):
            beyond = end[axis] - edge if side in ("east", "north") else edge - end[axis]
            if beyond > BEHIND and abs(way) > 1e-9:
                part = (edge - start[axis]) / way
                if best is None or part < best[0]:
                    best = (part, side)
    if best is None:
        return None
    return best[1], add(start, scale(subtract(end, start), best[0]))
