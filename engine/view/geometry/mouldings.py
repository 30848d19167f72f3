"""What runs along the foot of a room's walls: the skirting, and the rail above a dado."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.spec.finishes import DADO
from engine.view.geometry.finishes import BRUSHED, is_boards, surface_of, trim_paint
from engine.view.geometry.mesh import HERE, Material, Mesh, Part
from engine.view.geometry.surfaces import make_mesh
from engine.world.rooms import RoomBox, Wall

SKIRTING = 0.10
"""Metres that a skirting is high: sheet floors in treatment rooms are coved up by 100 mm (HTM 61, UK, 2006)."""

BOARD = (
    *((0.0, 0.0), (0.015, 0.0), (0.015, 0.066), (0.0145, 0.068), (0.0118, 0.069), (0.0118, 0.0715), (0.0130, 0.0735)),
    *((0.0132, 0.0775), (0.0118, 0.0835), (0.0088, 0.0885), (0.0068, 0.0935), (0.0062, 0.0975), (0.0045, SKIRTING)),
    (0.0, SKIRTING),
)
COVE = (
    *((0.0, 0.0), (0.030, 0.0), (0.0225, 0.0010), (0.0158, 0.0041), (0.0101, 0.0091), (0.0059, 0.0155), (0.0035, 0.0225)),
    *((0.0030, 0.030), (0.0030, SKIRTING - 0.004), (0.0015, SKIRTING), (0.0, SKIRTING)),
)
"""Profiles of a skirting, a moulded board or a cove: metres from the wall and above the floor, outwards from the wall's foot and
up."""

RAIL_NAME, SKIRTING_NAME = "dado rail", "skirting"
_RAIL_HIGH, _RAIL_DEEP, _ROUND = 0.048, 0.0135, 0.006
_FILLET_HIGH, _FILLET_DEEP = 0.015, 0.0070
"""Metres: of a rail that ends against the architraves of doors and windows, which are deeper; and of the fillet beneath its
overhang."""


def _rail() -> tuple[tuple[float, float], ...]:
    """A board with rounded edges over a fillet, as caps of wall protection are: its top is the dado's."""
    angles = [math.radians(15.0 * step) for step in range(7)]
    deep, foot = _RAIL_DEEP - _ROUND, DADO - _RAIL_HIGH
    low = foot + _FILLET_HIGH
    fillet = ((0.0, foot), (_FILLET_DEEP - 0.002, foot), (_FILLET_DEEP, foot + 0.002), (_FILLET_DEEP, low))
    under = [(deep + _ROUND * math.sin(one), low + _ROUND - _ROUND * math.cos(one)) for one in angles]
    over = [(deep + _ROUND * math.cos(one), DADO - _ROUND + _ROUND * math.sin(one)) for one in angles]
    return (*fillet, *under, *over, (0.0, DADO))


RAIL = _rail()
"""The profile of a dado's rail, as `BOARD` is one."""


def dado_of(room: RoomBox) -> float:
    """Metres above the floor to the top of a room's dado; 0 if it has none, or is too low for one."""
    return DADO if "dado" in room.finish and room.size[2] > DADO else 0.0


def dado_rail(room: RoomBox) -> list[Part]:
    """Along every wall of a room that has a dado, but across no hole."""
    if not dado_of(room):
        return []
    return [Part(RAIL_NAME, piece, HERE) for piece in _along_walls(room, np.array(RAIL), trim_paint(), (DADO - _RAIL_HIGH, DADO))]


def skirting(room: RoomBox) -> list[Part]:
    """Along every wall, across no hole that goes down to the floor."""
    floor = room.finish.get("floor", "plain")
    coved = floor.startswith("vinyl") and not is_boards(floor)
    profile = np.array(COVE if coved else BOARD)
    material = surface_of("floor", floor) if coved else trim_paint()
    return [Part(SKIRTING_NAME, piece, HERE) for piece in _along_walls(room, profile, material, (0.0, SKIRTING))]


def _along_walls(room: RoomBox, profile: NDArray[np.float64], material: Material, heights: tuple[float, float]) -> list[Mesh]:
    """A profile along every wall, mitred in the corners, with closed ends at holes that reach between two `heights`."""
    low, high = heights
    pieces: list[Mesh] = []
    for wall in room.walls.values():
        cut = [hole for hole in wall.holes if hole.up < high and hole.up + hole.height > low]
        gaps = sorted((hole.along - hole.width / 2, hole.along + hole.width / 2) for hole in cut)
        start = -wall.length / 2
        for begin, end in (*gaps, (wall.length / 2, wall.length / 2)):
            if begin - start > 0.01:
                pieces.append(_extruded(wall, profile, start, begin, material))
            start = max(start, end)
    return pieces


def _extruded(wall: Wall, profile: NDArray[np.float64], start: float, end: float, material: Material) -> Mesh:
    """A profile drawn along a wall, as a closed solid. At the wall's ends it is cut at 45 degrees to meet its neighbour's."""
    run, inward = np.array(wall.run), np.array(wall.inward)
    flip = np.cross(run, inward)[2] < 0
    mitres = (start <= -wall.length / 2 + 1e-6, end >= wall.length / 2 - 1e-6)
    count = len(profile)
    stations = np.linspace(start, end, max(2, int((end - start) / 0.15) + 1))
    rows = []
    for index, station in enumerate(stations):
        shift = np.zeros(count)
        if index == 0 and mitres[0]:
            shift = profile[:, 0]
        elif index == len(stations) - 1 and mitres[1]:
            shift = -profile[:, 0]
        at = np.array(wall.foot) + (station + shift)[:, None] * run + profile[:, :1] * inward
        at[:, 2] += profile[:, 1]
        rows.append(at)
    points: list[NDArray[np.float64]] = []
    uvs: list[tuple[float, float]] = []
    faces: list[tuple[int, int, int]] = []
    lengths = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(profile, axis=0), axis=1))))
    for k in range(count):  # a strip for each edge of the profile, with corners of its own, so that edges stay sharp
        other = (k + 1) % count
        first = len(points)
        for station, row in zip(stations, rows, strict=True):
            points += [row[k], row[other]]
            uvs += [(station, lengths[k]), (station, lengths[other] if other else lengths[k])]
        for i in range(len(rows) - 1):
            a, b, c, d = first + 2 * i, first + 2 * i + 1, first + 2 * i + 3, first + 2 * i + 2
            faces += [(a, c, b), (a, d, c)] if flip else [(a, b, c), (a, c, d)]
    for row, turned in ((rows[0], not flip), (rows[-1], flip)):
        first = len(points)
        points += list(row)
        uvs += [(float(out), float(high)) for out, high in profile]
        fan = [(first, first + k, first + k + 1) for k in range(1, count - 1)]
        faces += [(a, c, b) for a, b, c in fan] if turned else fan
    positions, triangles = np.array(points), np.array(faces)
    metres = BRUSHED if material is trim_paint() else (1.0, 1.0)
    return make_mesh(material, positions, triangles, uvs=np.array(uvs) / metres, normals=_flat_normals(positions, triangles))


def _flat_normals(positions: NDArray[np.float64], triangles: NDArray[np.int64]) -> NDArray[np.float64]:
    """Of vertices that belong to one flat strip each."""
    corners = positions[triangles]
    faces = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normals = np.zeros_like(positions)
    for corner in range(3):
        np.add.at(normals, triangles[:, corner], faces)
    return normals
