"""Light until it is traced anew: old points keep theirs, new ones take that of the air next to them."""

from __future__ import annotations

import numpy as np

from engine.view.indoor.bake import Group, Traced
from engine.view.indoor.draft import Lit, draft

SIDES = np.array(((1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1)), np.float32)
UP = np.array((0, 0, 1), np.float32)


def light(count: int, first: float) -> Traced:
    values = first + np.arange(count * 4, dtype=np.float32).reshape(count, 4)
    return Traced(values, values * np.float32(0.001))


def before() -> Lit:
    floor: Group = (np.array(((0, 0, 0), (1, 0, 0), (2, 0, 0)), np.float32), UP)
    things: Group = (np.array([(0, 0, 1), *((x, x * x % 7, 1) for x in range(1, 9))], np.float32), np.tile(UP, (9, 1)))
    air: Group = (np.repeat(np.array(((0, 0, 2), (5, 0, 2)), np.float32), 6, 0), np.tile(SIDES, (2, 1)))
    return Lit((floor, things, air), (light(3, 0.0), light(9, 100.0), light(12, 200.0)))


def test_what_has_not_changed_keeps_its_light() -> None:
    old = before()
    assert all(new is was for new, was in zip(draft(old, old.groups), old.light, strict=True))


def test_points_that_are_known_keep_their_light_in_whatever_order() -> None:
    old = before()
    points, normals = old.groups[1]
    turned: Group = (points[::-1].copy(), normals)
    found = draft(old, (old.groups[0], turned, old.groups[2]))
    assert np.array_equal(found[1].bounce, old.light[1].bounce[::-1])


def test_a_new_point_takes_the_light_of_the_air_from_the_side_that_it_faces() -> None:
    old = before()
    moved: Group = (np.array(((0, 0, 1), (4.8, 0, 1)), np.float32), np.array(((0, 0, 1), (1, 0, 0)), np.float32))
    found = draft(old, (old.groups[0], moved, old.groups[2]))
    assert np.array_equal(found[1].bounce[0], old.light[1].bounce[0])
    assert np.allclose(found[1].bounce[1], old.light[2].bounce[6])
    assert np.allclose(found[1].seen[1], old.light[2].seen[6:].mean(0))
