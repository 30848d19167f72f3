"""What is near a hand: all that it could work, and little else, however many things there are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.interaction.hands import Hands
from engine.interaction.near import MARGIN, Near, reach
from engine.world import World, build
from engine.world.events import Draft
from engine.world.vectors import Transform, Vec3, add, distance
from headset.inputs import Hand, Person, Pose
from tests.interaction.ward import control_at, ward

KINDS = ("bell", "oxygen", "stone", "mask")


def crowd(world: World, count: int) -> World:
    """The ward's things again and again, in a wide field, each kind in turn."""
    bodies, places = dict(world.bodies), dict(world.places)
    for index in range(count):
        kind = KINDS[index % len(KINDS)]
        name = f"{kind}_{index}"
        bodies[name] = replace(world.bodies[kind], name=name)
        x, y = index % 40 * 0.6, index // 40 * 0.6
        places[name] = Transform((x + 10.0, y, 0.5 + index % 3 * 0.5))
        for prop, slot in world.bodies[kind].card.live.items():
            world.properties[(name, prop)] = slot.default
    object.__setattr__(
        world.scene,
        "things",
        {**world.scene.things, **{name: world.scene.things[name.partition("_")[0]] for name in bodies if "_" in name}},
    )
    world.bodies, world.places = bodies, places
    return world


@pytest.fixture
def world(tmp_path: Path) -> World:
    return crowd(build(ward(tmp_path)), 1000)


def workable(world: World) -> list[str]:
    return [name for name, body in world.bodies.items() if body.card.grab or body.card.controls]


@pytest.mark.parametrize("point", [(10.0, 0.0, 0.5), (14.2, 3.1, 1.0), (33.0, 14.0, 1.4), (10.3, 0.4, 0.9)])
def test_all_that_a_hand_could_work_is_near_and_only_a_few_things_are(world: World, point: Vec3) -> None:
    near = Near(world, workable(world))
    near.update()
    found = near.at(point)
    for name in workable(world):
        if distance(world.places[name].position, point) <= reach(world.bodies[name]):
            assert name in found, name
    assert 1 <= len(found) < 60


def test_a_thing_that_moves_is_found_where_it_is_now(world: World) -> None:
    near = Near(world, workable(world))
    near.update()
    world.places["stone_2"] = Transform((-30.0, -30.0, 1.0))
    near.update()
    assert "stone_2" in near.at((-30.0, -30.0, 1.1))
    assert "stone_2" not in near.at((11.2, 0.0, 1.5))


def test_what_is_near_comes_in_the_order_of_the_scene(world: World) -> None:
    near = Near(world, workable(world))
    near.update()
    found = near.at((14.2, 3.1, 1.0))
    assert list(found) == sorted(found, key=list(world.bodies).index)


def test_controls_are_near_wherever_their_joints_have_taken_them(world: World) -> None:
    near = Near(world, workable(world))
    near.update()
    for degrees in (0.0, 30.0, 75.0):
        world.properties[("bed", "backrest")] = degrees
        assert "bed" in near.at(control_at(world, "bed", "lever"))


def test_a_hand_in_a_crowd_works_what_it_touches_and_nothing_else(world: World) -> None:
    told: list[Draft] = []

    def emit(draft: Draft) -> int:
        told.append(draft)
        return len(told)

    hands = Hands(world, [], emit)
    face = control_at(world, "bell_40", "button")
    back = world.origin.inverse()
    for away in (0.1, 0.05, -0.01):
        # The bells of the crowd look north, so the finger points south: half a turn about the height.
        grip = Pose.of(back.point(add(face, (0.0, away + 0.1, 0.0))), (0.0, 0.0, 0.0, 1.0))
        world.people["participant"] = Person(right=Hand(grip=grip, aim=grip))
        hands.step()
    assert [draft.what for draft in told if draft.event == "raised"] == ["bell_40.pressed"]


def test_a_finger_that_points_from_close_by_is_near(world: World) -> None:
    assert reach(world.bodies["bell"]) >= MARGIN + world.bodies["bell"].card.controls["button"].radius
