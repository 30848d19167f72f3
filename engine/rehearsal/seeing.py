"""Whether something can be seen, or reached in a straight line: past other things, and through doors and windows."""

from __future__ import annotations

from engine.world import World
from engine.world.sight import no_wall
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
            return no_wall(world, start, end)
        if met not in through:
            return False
        begin, left = add(begin, scale(ahead, near + CLOSE)), left - near - CLOSE
    return no_wall(world, start, end)
