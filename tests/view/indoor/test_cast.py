"""Live shadows: of what, in which room, and how narrowly their maps look."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import panda3d.core as p3d
import pytest

from engine.view.indoor.cast import Sphere, round_both
from engine.view.indoor.furnishing import Furnishing


def ball(x: float, radius: float) -> Sphere:
    return np.array((x, 0.0, 1.0)), radius


def test_a_ball_round_two_is_no_wider_than_it_must_be() -> None:
    middle, radius = round_both(ball(0.0, 0.2), ball(2.0, 0.4))
    assert radius == pytest.approx(1.3)
    assert middle == pytest.approx((1.1, 0.0, 1.0))
    for one, other in ((ball(0.0, 2.0), ball(0.5, 0.1)), (ball(0.5, 0.1), ball(0.0, 2.0)), (ball(0.0, 2.0), ball(0.0, 2.0))):
        middle, radius = round_both(one, other)
        assert radius == 2.0
        assert middle == pytest.approx((0.0, 0.0, 1.0))


def test_shadows_are_thrown_where_the_person_is_and_else_where_what_is_loose_is() -> None:
    nodes = {name: p3d.NodePath(name) for name in ("corridor", "bay", "store")}
    rooms = {name: SimpleNamespace(node=node) for name, node in nodes.items()}
    house = SimpleNamespace(rooms=rooms, room_near=lambda position: "corridor", node=nodes.__getitem__)
    world = SimpleNamespace(origin=SimpleNamespace(position=(0.0, 0.0, 0.0)))
    furnishing = cast(Any, SimpleNamespace(house=house, world=world))
    mask, cup = nodes["bay"].attach_new_node("mask"), nodes["corridor"].attach_new_node("cup")
    assert Furnishing._casting_in(furnishing, []) == "corridor"
    assert Furnishing._casting_in(furnishing, [mask]) == "bay"
    assert Furnishing._casting_in(furnishing, [mask, cup]) == "corridor"
    assert Furnishing._casting_in(furnishing, [p3d.NodePath("elsewhere")]) == "corridor"
