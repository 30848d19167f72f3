"""Where a picture of a scene is taken from: one of its shots, or any other point, as an eye in the person's own space."""

from __future__ import annotations

import re
from math import isfinite, radians, tan

from engine.spec.expression import number
from engine.spec.model import Point, Shot
from engine.world import World
from engine.world.placement import Parameters
from engine.world.vectors import Transform, Vec3, look_at
from headset.driver import View as EyeView

DEFAULT_FOV = 60.0
"""Degrees across the picture."""

_POINTS = re.compile(r"(.+?),(.+?),(.+?) to (.+?),(.+?),(.+)")


def eye(world: World, shot: Shot, size: tuple[int, int]) -> EyeView:
    """The eye of a shot as things lie now."""
    across = DEFAULT_FOV if shot.fov is None else number(shot.fov, Parameters(world.scene))
    return look_from(world, _point(world, shot, shot.eye), _point(world, shot, shot.to), size, across)


def look_from(world: World, start: Vec3, end: Vec3, size: tuple[int, int], across: float = DEFAULT_FOV) -> EyeView:
    """An eye at a point of the scene that looks at another, for a picture of `size` pixels that is `across` degrees wide."""
    own = world.origin.inverse() @ Transform(start, look_at(start, end))
    wide = tan(radians(across) / 2)
    high = wide * size[1] / size[0]
    return EyeView(own.position, own.turn, (-wide, wide, -high, high))


def read_points(words: str) -> tuple[Vec3, Vec3] | None:
    """The two points of `x,y,z to x,y,z`, in metres on the scene's axes; None if the words are no two different points."""
    found = _POINTS.fullmatch(words)
    if found is None:
        return None
    try:
        x, y, z, i, j, k = (float(one) for one in found.groups())
    except ValueError:
        return None
    if (x, y, z) == (i, j, k) or not all(map(isfinite, (x, y, z, i, j, k))):
        return None
    return (x, y, z), (i, j, k)


def _point(world: World, shot: Shot, at: Point | str) -> Vec3:
    """A shot's `from` or `to` in the scene: a point on the axes of its origin, the eyes at the start, or a thing's middle."""
    if at == "participant":
        return world.origin.point((0.0, 0.0, world.eye_height))
    if isinstance(at, str):
        body = world.bodies[at]
        return world.places[at].point((0.0, 0.0, body.size[2] / 2))
    lengths = [number(length, Parameters(world.scene)) for length in at]
    x, y, z = (*lengths, 0.0, 0.0)[:3]
    base = world.places[shot.origin] if shot.origin else Transform()
    return base.point((x, y, z))
