"""Whether something can be seen, or reached in a straight line: past other things, and through doors and windows."""

from __future__ import annotations

from engine.world import World
from engine.world.rooms import RoomBox, Side
from engine.world.vectors import Vec3, add, distance, scale, subtract, unit

CLOSE = 0.06
"""Metres before something at which what is met counts as itself: what it hangs on, or lies on."""


def open_way(world: World, start: Vec3, end: Vec3, *through: str) -> bool:
    """Whether a straight line from one point to another meets nothing on its way but the things named, and no wall."""
    far = distance(start, end)
    if far <= CLOSE:
        return True
    ahead = unit(subtract(end, start))
    begin, left = start, far - CLOSE
    while left > 0.0:
        met, near = world.touch(begin, ahead, left)
        if not met:
            return _no_wall(world, start, end)
        if met not in through:
            return False
        begin, left = add(begin, scale(ahead, near + CLOSE)), left - near - CLOSE
    return _no_wall(world, start, end)


def _no_wall(world: World, start: Vec3, end: Vec3) -> bool:
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
            if beyond > CLOSE and abs(way) > 1e-9:
                part = (edge - start[axis]) / way
                if best is None or part < best[0]:
                    best = (part, side)
    if best is None:
        return None
    return best[1], add(start, scale(subtract(end, start), best[0]))
