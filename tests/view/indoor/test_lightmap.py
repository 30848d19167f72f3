"""The light map: traced light filled in between its points, each face in its own rectangle, corners a little darker."""

from __future__ import annotations

import numpy as np

from engine.view.geometry.room import build_shell
from engine.view.indoor.contact import corners
from engine.view.indoor.lightmap import BORDER, LARGEST, lay_out
from tests.view.geometry.test_room import BAY, HALL

FACES = build_shell(BAY).faces


def test_faces_lie_apart_in_the_map() -> None:
    for faces in (FACES, build_shell(HALL).faces):
        layout = lay_out(faces)
        taken = np.zeros(layout.size[::-1], int)
        for (x, y), (rows, columns) in zip(layout.corners, layout.shapes, strict=True):
            taken[y - BORDER : y + rows + BORDER, x - BORDER : x + columns + BORDER] += 1
        assert taken.max() == 1
        assert max(layout.size) <= LARGEST


def test_light_between_traced_points_is_filled_in_evenly() -> None:
    layout = lay_out(FACES)
    whole = [np.ones(shape, np.float32) for shape in layout.shapes]
    values = [at @ np.array(((0.3,), (0.5,), (0.7,)), np.float32) for at, _ in layout.samples()]
    picture = layout.picture(values, whole)
    for face, (x, y), (rows, columns), finer in zip(layout.faces, layout.corners, layout.shapes, layout.finer, strict=True):
        u, v = ((np.arange(count) + 0.5) / count * side for count, side in zip((columns, rows), face.size, strict=True))
        at = face.corner + u[None, :, None] * face.along + v[:, None, None] * face.up
        there = picture[y : y + rows, x : x + columns, 0]
        inside = (slice(finer, rows - finer), slice(finer, columns - finer))
        assert np.allclose(there[inside], (at @ np.array((0.3, 0.5, 0.7)))[inside], atol=2e-3), face.name


def test_what_contact_leaves_is_what_the_map_shows() -> None:
    layout = lay_out(FACES)
    left = [np.full(shape, 0.25 + 0.1 * index, np.float32) for index, shape in enumerate(layout.shapes)]
    picture = layout.picture([np.ones((len(at), 2), np.float32) for at, _ in layout.samples()], left)
    for index, ((x, y), (rows, columns)) in enumerate(zip(layout.corners, layout.shapes, strict=True)):
        assert np.allclose(picture[y : y + rows, x : x + columns], 0.25 + 0.1 * index, atol=1e-4)


def test_corners_are_a_little_darker_and_the_middle_of_a_wall_is_not() -> None:
    wall = next(face for face in FACES if face.name == "north")
    indirect, every = corners(wall, (270, 420))
    assert 0.65 < indirect[135, 0] < 0.85
    assert 0.75 < every[135, 0] < 0.95
    assert indirect[135, 210] > 0.98
    assert every[135, 30] > 0.99
    assert (np.diff(indirect[135, :210]) >= 0.0).all()
