"""What builders leave in a room: switches by doors, sockets on walls; an air inlet, a smoke detector, sprinklers in ceilings.

Small things that nobody places and everybody misses. They keep clear of what a scene puts on the walls, and have no collider.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from engine.view.geometry.clay import soft_box
from engine.view.geometry.finishes import trim_paint
from engine.view.geometry.mesh import Floats, Material, Mesh, Part
from engine.view.geometry.surfaces import make_mesh
from engine.world.rooms import RoomBox, Wall

SWITCH_UP, SOCKET_UP = 1.05, 0.40
"""Metres to the middle of switches and of sockets: both within 0.4 to 1.2 m (Approved Document M, England, 2015)."""

FROM_DOOR = 0.24
"""Metres from an opening to the middle of its switch: clear of the architrave."""

APART = 3.2
"""Metres between sockets."""

WHITE = trim_paint()
"""As skirting and T-bars are: they are drawn with them."""

DARK = Material("fitting slots", (0.02, 0.02, 0.022, 1.0), 0.0, 0.6)
STEEL = Material("sprinkler", (0.62, 0.61, 0.59, 1.0), 1.0, 0.3)

Corners = tuple[Sequence[float], Sequence[float]]
Rect = tuple[float, float, float, float]


def on_walls(room: RoomBox, taken: Sequence[Corners]) -> list[Part]:
    """Switches and sockets on a room's walls; `taken` are boxes (low and high corners) of what stands or hangs there."""
    found: list[Part] = []
    for wall in room.walls.values():
        for hole in wall.holes:
            along = hole.along + hole.width / 2 + FROM_DOOR, hole.along - hole.width / 2 - FROM_DOOR
            if hole.up < 0.1:
                place = next((_place(wall, at, SWITCH_UP) for at in along if _free(wall, at, SWITCH_UP, taken)), None)
                if place is not None:
                    found += [Part("switch", mesh, place[None]) for mesh in _switch()]
        count = max(1, round(wall.length / APART))
        for index in range(count):
            at = -wall.length / 2 + wall.length * (index + 0.31) / count
            if _free(wall, at, SOCKET_UP, taken):
                found += [Part("socket", mesh, _place(wall, at, SOCKET_UP)[None]) for mesh in _sockets()]
    return found


def in_ceiling(across: Sequence[float], along: Sequence[float], height: float, lamps: Sequence[Rect]) -> list[Part]:
    """An air inlet, a detector and sprinklers, each in the middle of a whole tile between lines x = `across` and y = `along`."""
    tiles = [
        ((x0 + x1) / 2, (y0 + y1) / 2)
        for x0, x1 in pairwise(across)
        for y0, y1 in pairwise(along)
        if min(x1 - x0, y1 - y0) > 0.55
    ]
    free = [(x, y) for x, y in tiles if not any(x0 < x < x1 and y0 < y < y1 for x0, y0, x1, y1 in lamps)]
    found: list[Part] = []
    for build, u, v in ((_inlet, 0.24, 0.30), (_detector, 0.5, 0.5), (_sprinkler, 0.25, 0.72), (_sprinkler, 0.75, 0.34)):
        if not free:
            break
        x, y = across[0] + (across[-1] - across[0]) * u, along[0] + (along[-1] - along[0]) * v
        nearest = min(free, key=lambda tile: (tile[0] - x) ** 2 + (tile[1] - y) ** 2)
        free.remove(nearest)
        place = np.eye(4, dtype=np.float32)
        place[:3, 3] = (*nearest, height)
        found += [Part("ceiling fitting", mesh, place[None]) for mesh in build()]
    return found


def _free(wall: Wall, along: float, up: float, taken: Sequence[Corners]) -> bool:
    """Whether a plate fits there: on the wall, beside its holes, and behind nothing."""
    if abs(along) > wall.length / 2 - 0.15:
        return False
    if any(
        abs(along - hole.along) < hole.width / 2 + 0.14 and hole.up - 0.1 < up < hole.up + hole.height + 0.1
        for hole in wall.holes
    ):
        return False
    point = np.array(wall.point(along, up)) + 0.02 * np.array(wall.inward)
    return not any(np.all(point > np.array(low) - 0.12) and np.all(point < np.array(high) + 0.12) for low, high in taken)


def _place(wall: Wall, along: float, up: float) -> Floats:
    """Axes of a plate on a wall: x along it, y into the room, z up."""
    place = np.eye(4, dtype=np.float32)
    inward = np.array(wall.inward)
    place[:3, 0], place[:3, 1] = np.cross(inward, (0.0, 0.0, 1.0)), inward
    place[:3, 3] = wall.point(along, up)
    return place


def _box(middle: tuple[float, float, float], size: tuple[float, float, float], material: Material) -> Mesh:
    low = tuple(at - length / 2 for at, length in zip(middle, size, strict=True))
    high = tuple(at + length / 2 for at, length in zip(middle, size, strict=True))
    return soft_box((low[0], low[1], low[2]), (high[0], high[1], high[2]), material)


@lru_cache(maxsize=1)
def _switch() -> tuple[Mesh, ...]:
    """A plate of 86 mm with a rocker."""
    return (
        _box((0.0, 0.0045, 0.0), (0.086, 0.009, 0.086), WHITE),
        _box((0.0, 0.0100, 0.0), (0.026, 0.006, 0.048), WHITE),
    )


@lru_cache(maxsize=1)
def _sockets() -> tuple[Mesh, ...]:
    """A plate of 146 by 86 mm with two switched outlets (BS 1363-2:2016): earth 22.2 mm above line and neutral,
    which are 22.2 mm apart; a rocker above each outlet; screws 120.6 mm apart (BS 4662:2006)."""
    found = [_box((0.0, 0.0045, 0.0), (0.146, 0.009, 0.086), WHITE)]
    for side in (-0.038, 0.038):
        slots = ((0.0, 0.004, 0.0045, 0.0085), (-0.0111, -0.0182, 0.0070, 0.0045), (0.0111, -0.0182, 0.0070, 0.0045))
        found += [_box((side + x, 0.0087, z), (wide, 0.0012, high), DARK) for x, z, wide, high in slots]
        # No gap round the rocker, nor a step round each outlet: a line of half a millimetre breaks into dashes from afar.
        found.append(_box((side, 0.0100, 0.0285), (0.0170, 0.0070, 0.0125), WHITE))
        screw = _turned(((0.0033, 0.0), (0.0033, -0.0009), (0.0028, -0.0013), (0.0, -0.0013)), STEEL, 12)
        found.append(_upright(screw, (side / 0.038 * 0.0603, 0.0088, 0.0)))
    return tuple(found)


def _upright(mesh: Mesh, middle: tuple[float, float, float]) -> Mesh:
    """What hangs from a ceiling, standing out of a wall instead."""
    turn = np.array(((1.0, 0.0, 0.0), (0.0, 0.0, -1.0), (0.0, 1.0, 0.0)), np.float32)
    positions, normals = mesh.positions @ turn.T + np.array(middle, np.float32), mesh.normals @ turn.T
    return make_mesh(mesh.material, positions, mesh.triangles, normals=normals)


@lru_cache(maxsize=1)
def _inlet() -> tuple[Mesh, ...]:
    """A square diffuser, four ways: frames within frames, each slanting up and outwards."""
    rings: list[Mesh] = []
    for outer, inner in ((0.292, 0.245), (0.236, 0.190), (0.180, 0.134), (0.124, 0.078)):
        corners = np.array(((-1, -1), (1, -1), (1, 1), (-1, 1)), float)
        for index in range(4):
            a, b = corners[index], corners[(index + 1) % 4]
            points = [(*(a * outer), -0.002), (*(b * outer), -0.002), (*(b * inner), -0.020), (*(a * inner), -0.020)]
            back = [(*(a * inner), -0.020), (*(b * inner), -0.020), (*(b * inner), -0.001), (*(a * inner), -0.001)]
            for face in (points, back):
                rings.append(make_mesh(WHITE, np.array(face), np.array(((0, 2, 1), (0, 3, 2)))))
    return (*rings, _box((0.0, 0.0, -0.012), (0.13, 0.13, 0.012), WHITE))


@lru_cache(maxsize=1)
def _detector() -> tuple[Mesh, ...]:
    """An optical smoke detector: a base of 100 mm, a gap that smoke enters by, a domed cap."""
    profile = ((0.052, 0.0), (0.052, -0.012), (0.047, -0.016), (0.040, -0.018), (0.040, -0.028), (0.043, -0.031), (0.040, -0.042))
    return (_turned((*profile, (0.024, -0.049), (0.0, -0.051)), WHITE),)


@lru_cache(maxsize=1)
def _sprinkler() -> tuple[Mesh, ...]:
    """A pendent sprinkler: a cup in the tile, the frame, its deflector."""
    cup = _turned(((0.030, 0.0), (0.029, -0.004), (0.020, -0.006), (0.0, -0.006)), WHITE)
    body = _turned(
        ((0.008, -0.004), (0.008, -0.018), (0.004, -0.022), (0.004, -0.036), (0.014, -0.038), (0.014, -0.040), (0.0, -0.040)),
        STEEL,
    )
    return (cup, body)


def _turned(profile: Sequence[tuple[float, float]], material: Material, sides: int = 24) -> Mesh:
    """A form turned about z, its profile from above down; each ring keeps an edge."""
    angles = np.linspace(0.0, 2 * np.pi, sides, endpoint=False)
    round_ = np.column_stack([np.cos(angles), np.sin(angles)])
    points: list[Floats] = []
    faces: list[tuple[int, int, int]] = []
    for (r0, z0), (r1, z1) in pairwise(profile):
        first = sum(len(each) for each in points)
        points.append(np.column_stack([round_ * r0, np.full(sides, z0)]))
        points.append(np.column_stack([round_ * r1, np.full(sides, z1)]))
        for i in range(sides):
            j = (i + 1) % sides
            a, b, c, d = first + i, first + j, first + sides + j, first + sides + i
            faces += [(a, c, b), (a, d, c)]
    return make_mesh(material, np.concatenate(points), np.array(faces))
