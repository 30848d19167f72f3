"""Shells of rooms: closed, with holes cut out, at real-world scale."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.spec.finishes import DADO
from engine.view.geometry.boards import BOARDS
from engine.view.geometry.ceiling import TILE, lines
from engine.view.geometry.finishes import FinishError, linear, surface_of
from engine.view.geometry.mesh import Mesh
from engine.view.geometry.mouldings import RAIL_NAME
from engine.view.geometry.room import Shell, build_shell
from engine.world.rooms import SIDES, Hole, RoomBox, Side, Wall

Array = NDArray[Any]

LAMP = (-0.3, -0.3, 0.3, 0.3)
DOOR = Hole("door", 0.8, 0.0, 1.3, 2.14, behind="hall", way=True)
WINDOW = Hole("window", 0.1, 0.85, 1.5, 1.35)


def room(name: str, middle: tuple[float, float, float], size: tuple[float, float, float], **holes: Hole) -> RoomBox:
    """A room with at most one hole a wall."""
    x, y, z = middle
    wide, deep = size[0] / 2, size[1] / 2
    feet: dict[Side, tuple[float, float, float]] = {
        "north": (x, y + deep, z),
        "south": (x, y - deep, z),
        "east": (x + wide, y, z),
        "west": (x - wide, y, z),
    }
    walls = {
        side: Wall(
            side, feet[side], size[0] if side in ("north", "south") else size[1], size[2], (holes[side],) if side in holes else ()
        )
        for side in SIDES
    }
    finish = {"walls": "satin_paint/sage", "floor": "vinyl/oak", "ceiling": "tile_600"}
    return RoomBox(name, size, middle, finish, walls)


BAY = room("bay", (0.0, 0.0, 0.0), (4.2, 3.6, 2.7), south=DOOR, east=WINDOW)
HALL = room(
    "hall", (0.0, -3.02, 0.0), (9.0, 2.2, 2.7), north=Hole("door", 0.8, 0.0, 1.3, 2.14, behind="bay", way=True, own=False)
)


DADOED = replace(BAY, finish={**BAY.finish, "walls": "satin_paint/cream", "dado": "vinyl/sage"})


@pytest.fixture(scope="module")
def shells() -> tuple[Shell, Shell]:
    return build_shell(BAY, [LAMP]), build_shell(HALL)


@pytest.fixture(scope="module")
def dadoed() -> Shell:
    return build_shell(DADOED, [LAMP])


def solids(shells: tuple[Shell, Shell]) -> Array:
    """All triangles of both rooms, m x 3 x 3."""
    meshes = [face.mesh for shell in shells for face in shell.faces] + [part.mesh for shell in shells for part in shell.trim]
    return np.concatenate([mesh.positions[mesh.triangles] for mesh in meshes]).astype(float)


def first_hit(triangles: Array, start: Array, along: Array) -> tuple[float, float]:
    """Metres to the first triangle on a ray, and the cosine with which it is met (Möller and Trumbore 1997); inf if none is."""
    a, b, c = triangles[:, 0], triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0]
    p = np.cross(along, c)
    det = (b * p).sum(1)
    inverse = 1 / np.where(np.abs(det) < 1e-12, np.inf, det)
    t = start - a
    u = (t * p).sum(1) * inverse
    q = np.cross(t, b)
    v = (q @ along) * inverse
    far = (c * q).sum(1) * inverse
    hit = (np.abs(det) > 1e-12) & (u > -1e-7) & (v > -1e-7) & (u + v < 1 + 1e-7) & (far > 1e-4)
    if not hit.any():
        return np.inf, 0.0
    nearest = int(np.where(hit, far, np.inf).argmin())
    normal = np.cross(b[nearest], c[nearest])
    return float(far[nearest]), float(normal @ along / np.linalg.norm(normal))


def test_nothing_is_seen_between_walls_but_through_the_window(shells: tuple[Shell, Shell]) -> None:
    triangles = solids(shells)
    chance = np.random.Generator(np.random.PCG64(1))
    corners = [(sx * 2.1, sy * 1.8, z) for sx in (-1, 1) for sy in (-1, 1) for z in (0.0, 2.7)]
    rays = [np.array(corner) - (0.0, 0.0, 1.2) for corner in corners]  # right into every corner
    rays += list(chance.standard_normal((1500, 3)))
    out = 0
    for ray in rays:
        along = ray / np.linalg.norm(ray)
        far, facing = first_hit(triangles, np.array((0.0, 0.0, 1.2)), along)
        if far == np.inf:
            out += 1
            at_wall = np.array((0.0, 0.0, 1.2)) + along * (2.1 / along[0])
            assert abs(at_wall[1] - 0.1) <= 0.75 + 1e-6
            assert 0.85 - 1e-6 <= at_wall[2] <= 2.2 + 1e-6
        else:
            assert facing < 0.0, "what is seen faces the room"
    assert out > 20


def test_no_triangle_reaches_into_a_hole(shells: tuple[Shell, Shell]) -> None:
    cut = 0
    for shell in shells:
        for face in shell.faces:
            corners = face.mesh.positions[face.mesh.triangles] - face.corner
            u, v = corners @ face.along, corners @ face.up
            for u0, v0, u1, v1 in face.holes:
                cut += 1
                beside = (u.max(1) <= u0 + 1e-5) | (u.min(1) >= u1 - 1e-5) | (v.max(1) <= v0 + 1e-5) | (v.min(1) >= v1 - 1e-5)
                assert beside.all()
    assert cut == 4, "door on both sides, window, lamp"


def test_faces_cover_their_walls_but_for_the_holes(shells: tuple[Shell, Shell]) -> None:
    for shell in shells:
        for face in shell.faces:
            a, b, c = (face.mesh.positions[face.mesh.triangles[:, k]].astype(float) for k in range(3))
            area = np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2
            holes = sum((u1 - u0) * (v1 - v0) for u0, v0, u1, v1 in face.holes)
            assert area == pytest.approx(face.size[0] * face.size[1] - holes, rel=1e-4)


def test_edges_of_neighbouring_faces_share_their_corners(shells: tuple[Shell, Shell]) -> None:
    shell = shells[0]
    points = {face.name: {tuple(np.round(p, 4)) for p in face.mesh.positions.tolist()} for face in shell.faces}
    for side in SIDES:
        axis, value = {"north": (1, 1.8), "south": (1, -1.8), "east": (0, 2.1), "west": (0, -2.1)}[side]
        above = {p for p in points[side] if abs(p[2] - 2.7) < 1e-3}
        assert above == {p for p in points["ceiling"] if abs(p[axis] - value) < 1e-3}


def test_normals_look_into_the_room(shells: tuple[Shell, Shell]) -> None:
    for shell in shells:
        middle = np.array(shell.room.origin) + np.array((0, 0, 1.35))
        for face in shell.faces:
            assert ((middle - face.mesh.positions) * face.mesh.normals).sum(1).min() > 0.5


def test_skirting_is_solid_and_stops_at_the_door(shells: tuple[Shell, Shell]) -> None:
    pieces = [part.mesh for part in shells[0].trim if part.name == "skirting"]
    assert len(pieces) == 5, "four walls, one of them in two"
    for mesh in pieces:
        corners = mesh.positions[mesh.triangles].astype(float)
        volume = (corners[:, 0] * np.cross(corners[:, 1], corners[:, 2])).sum() / 6
        assert volume > 1e-4, "closed, its faces outwards"
        _, welded = np.unique(np.round(mesh.positions, 5), axis=0, return_inverse=True)
        edges = np.sort(welded.ravel()[mesh.triangles][:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2), axis=1)
        edges = edges[edges[:, 0] != edges[:, 1]]
        counts = np.unique(edges, axis=0, return_counts=True)[1]
        assert (counts % 2 == 0).all(), "every edge has a face on both sides"
        south = mesh.positions[np.abs(mesh.positions[:, 1] + 1.8) < 0.02]
        assert not ((south[:, 0] > 0.16) & (south[:, 0] < 1.44) & (np.abs(south[:, 1] + 1.8) < 0.001)).any()


def area(mesh: Mesh) -> float:
    a, b, c = (mesh.positions[mesh.triangles[:, k]].astype(float) for k in range(3))
    return float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2)


def test_a_dado_is_the_foot_of_the_walls_and_only_of_them(dadoed: Shell, shells: tuple[Shell, Shell]) -> None:
    for face, bare in zip(dadoed.faces, shells[0].faces, strict=True):
        if face.name in ("floor", "ceiling"):
            assert face.dado is None
            continue
        assert face.dado is not None
        assert face.dado.material is surface_of("dado", "vinyl/sage")
        assert face.mesh.material is surface_of("walls", "satin_paint/cream")
        assert face.dado.positions[:, 2].min() == 0.0
        assert face.dado.positions[:, 2].max() == face.mesh.positions[:, 2].min() == pytest.approx(DADO)
        assert area(face.dado) + area(face.mesh) == pytest.approx(area(bare.mesh), rel=1e-5), "the holes are cut out of both"
        assert (face.dado.normals == face.mesh.normals[0]).all()


def test_a_wall_and_its_dado_meet_corner_by_corner(dadoed: Shell) -> None:
    for face in dadoed.faces:
        if face.dado is not None:
            seams = [{tuple(p) for p in mesh.positions.tolist() if abs(p[2] - DADO) < 1e-6} for mesh in (face.mesh, face.dado)]
            assert seams[0] == seams[1]


def test_a_dado_ends_under_a_rail_that_crosses_no_door_and_no_window(dadoed: Shell, shells: tuple[Shell, Shell]) -> None:
    rails = [part.mesh for part in dadoed.trim if part.name == RAIL_NAME]
    assert len(rails) == 6, "four walls, two of them in two"
    points = np.concatenate([mesh.positions for mesh in rails])
    assert points[:, 2].max() == pytest.approx(DADO)
    assert points[:, 2].min() > DADO - 0.06
    for face in dadoed.faces:
        on_it = points[np.abs((points - face.corner) @ face.inward) < 0.001] - face.corner
        for u0, v0, u1, v1 in face.holes if face.dado is not None else ():
            assert v0 < DADO < v1
            u = on_it @ face.along
            assert not ((u > u0 + 0.001) & (u < u1 - 0.001)).any()
            assert np.abs(u - u0).min() < 1e-5, "it reaches up to the hole"
            assert np.abs(u - u1).min() < 1e-5
    assert not [part for part in shells[0].trim if part.name == RAIL_NAME], "none without a dado"


def test_a_room_lower_than_a_dado_has_none() -> None:
    shell = build_shell(replace(DADOED, size=(4.2, 3.6, DADO)))
    assert all(face.dado is None for face in shell.faces)
    assert not [part for part in shell.trim if part.name == RAIL_NAME]


def test_sheet_vinyl_has_flecks_and_seams_on_floors_alone() -> None:
    floor, dado = surface_of("floor", "vinyl/sage"), surface_of("dado", "vinyl/sage")
    assert floor.colour_map is not None
    assert dado.colour_map is None
    assert dado.colour == floor.colour
    assert dado.normal_map is surface_of("walls", "satin_paint/sage").normal_map
    assert dado.roughness < surface_of("walls", "satin_paint/sage").roughness < surface_of("walls", "matt_paint/sage").roughness
    assert surface_of("dado", "vinyl/oak").colour_map is surface_of("floor", "vinyl/oak").colour_map


def test_boards_are_as_large_as_they_are(shells: tuple[Shell, Shell]) -> None:
    floor = next(face for face in shells[0].faces if face.name == "floor")
    spread = np.ptp(floor.mesh.uvs, axis=0)
    assert spread == pytest.approx((4.2 / BOARDS[0], 3.6 / BOARDS[1]), rel=1e-5)


def test_a_ceiling_is_laid_round_its_lamps() -> None:
    edges = lines(-2.1, 2.1, [(-1.35, -0.75), (0.75, 1.35)])
    steps = np.diff(edges)
    assert {-1.35, -0.75, 0.75, 1.35} <= set(np.round(edges, 6))
    assert steps.min() > 0.04
    assert steps.max() <= 1.26 * TILE
    assert lines(-2.1, 2.1, [])[0] == -2.1


def test_every_finish_has_the_colour_it_is_named_by() -> None:
    material = surface_of("floor", "vinyl/oak")
    assert material.colour_map is not None
    c = material.colour_map[..., :3] / 255.0
    light = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4).mean((0, 1))
    assert light == pytest.approx(linear("oak"), rel=0.02)
    with pytest.raises(FinishError, match=r"does not come in 'puce'; use oak"):
        surface_of("floor", "vinyl/puce")
