"""Joints: parts turn and slide as values go, carry each other, and carry the places that are on them."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from engine.spec.cards import Card, CardPlace, Joint, Slot
from engine.world import World, build
from engine.world.joints import (
    amount,
    carriers,
    chained,
    driven_by,
    joint_transform,
    place_of,
    point_of,
    posed_boxes,
    rests,
    slid_pose,
    spot_of,
    turn_about,
    value_of,
)
from engine.world.vectors import dot, rotate
from tests.interaction.ward import ward

ARM = Card(
    name="arm",
    kind="prop",
    size=(1.0, 1.0, 1.0),
    live={"bend": Slot(dimension="angle", default=0.0, low=0.0, high=60.0)},
    flags={"pushed": "moment"},
    joints={
        "elbow": Joint(by="bend", motion="turn", begins=0.0, ends=-90.0, at=(0.0, 0.0, 1.0), axis="width"),
        "tip": Joint(by="pushed", motion="slide", begins=0.0, ends=0.02, at=(0.0, 0.0, 1.0), axis="depth", joint="elbow"),
    },
)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return build(ward(tmp_path))


@pytest.mark.parametrize("degrees", [-270.0, -90.0, 0.0, 30.0, 90.0, 179.0])
def test_a_turn_about_an_axis_is_right_handed(degrees: float) -> None:
    x, y, z = rotate(turn_about((1.0, 0.0, 0.0), degrees), (0.0, 1.0, 0.0))
    assert (x, y, z) == pytest.approx((0.0, math.cos(math.radians(degrees)), math.sin(math.radians(degrees))), abs=1e-6)


@pytest.mark.parametrize(("value", "degrees"), [(-10.0, 0.0), (0.0, 0.0), (30.0, -45.0), (60.0, -90.0), (1000.0, -90.0)])
def test_a_property_takes_its_joint_from_end_to_end_and_no_further(value: float, degrees: float) -> None:
    assert amount(ARM, ARM.joints["elbow"], value) == degrees


def test_a_joint_turns_about_its_own_line() -> None:
    moved = joint_transform(ARM, "elbow", 60.0)
    assert moved.point((0.3, 0.0, 1.0)) == pytest.approx((0.3, 0.0, 1.0), abs=1e-6), "the line itself stays"
    assert moved.point((0.0, 0.5, 1.0)) == pytest.approx((0.0, 0.0, 0.5), abs=1e-6)


def test_a_flag_slides_its_joint_by_how_far_it_is_up() -> None:
    assert joint_transform(ARM, "tip", True).position == (0.0, 0.02, 0.0)
    assert joint_transform(ARM, "tip", 0.5).position == (0.0, 0.01, 0.0)


def test_what_slides_has_another_end_and_what_turns_has_none(world: World) -> None:
    pressed_in = slid_pose(world, "bell", "button")
    assert pressed_in is not None
    assert pressed_in.position == (0.0, -0.004, 0.0)
    world.raised["bell", "pressed"] = 1.0
    let_go = slid_pose(world, "bell", "button")
    assert let_go is not None
    assert let_go.position == (0.0, 0.0, 0.0)
    assert slid_pose(world, "bed", "back") is None


def test_a_part_goes_with_the_part_that_carries_it() -> None:
    assert carriers(ARM, "tip") == ("elbow", "tip")
    pose = chained(ARM, "tip", lambda joint: 60.0 if joint == "elbow" else 1.0)
    # 2 cm out along what is now straight down.
    assert pose.point((0.0, 0.5, 1.0)) == pytest.approx((0.0, 0.0, 0.48), abs=1e-6)


def test_a_place_that_is_tilted_looks_up() -> None:
    face = spot_of(CardPlace(at=(0.0, 0.0, 0.0), facing_deg=90.0, tilt_deg=90.0))
    assert face.direction((0.0, 1.0, 0.0)) == pytest.approx((0.0, 0.0, 1.0), abs=1e-6)
    level = spot_of(CardPlace(at=(0.0, 0.0, 0.0), facing_deg=90.0, tilt_deg=30.0))
    assert level.direction((0.0, 1.0, 0.0)) == pytest.approx((math.cos(math.pi / 6), 0.0, 0.5), abs=1e-6)


def test_the_face_of_who_lies_in_a_bed_comes_up_with_its_backrest(world: World) -> None:
    assert driven_by(world, "patient", "back") == ("bed", "backrest")
    flat = place_of(world, "patient", "face")
    assert flat.direction((0.0, 1.0, 0.0))[2] > 0.8, "it looks at the ceiling"
    world.properties[("bed", "backrest")] = 60.0
    assert value_of(world, "patient", "back") == 60.0
    up = place_of(world, "patient", "face")
    ahead = world.places["bed"].direction((0.0, 1.0, 0.0))
    before, after = flat.direction((0.0, 1.0, 0.0)), up.direction((0.0, 1.0, 0.0))
    aside = dot(before, world.places["bed"].direction((1.0, 0.0, 0.0)))
    assert dot(after, world.places["bed"].direction((1.0, 0.0, 0.0))) == pytest.approx(aside, abs=1e-6)
    assert dot(before, after) == pytest.approx(aside**2 + 0.5 * (1.0 - aside**2), abs=1e-6), "60 degrees on"
    assert dot(after, ahead) > 0.7, "it looks to the foot end"
    pivot = world.places["patient"].point(world.bodies["patient"].card.joints["back"].at)
    assert math.dist(up.position, pivot) == pytest.approx(math.dist(flat.position, pivot), abs=1e-6)
    assert up.position[2] > flat.position[2] + 0.4


def test_back_of_bed_and_back_of_patient_stay_together(world: World) -> None:
    """Both turn about the hip, so the trunk neither floats over the mattress nor sinks into it, whatever the angle."""
    gaps = []
    for degrees in (0.0, 30.0, 75.0):
        world.properties[("bed", "backrest")] = degrees
        shoulder = point_of(world, "patient", (0.0, -0.45, 0.0), "back")
        mattress = dict(zip(world.bodies["bed"].card.boxes, posed_boxes(world, "bed"), strict=True))["back"]
        gaps.append(mattress[0].local(shoulder)[2] - mattress[1].high[2])
    assert gaps == pytest.approx([0.0, 0.0, 0.0], abs=1e-3)


def test_boxes_move_with_their_joint_and_the_rest_stays(world: World) -> None:
    before = [place for place, _ in posed_boxes(world, "bed")]
    world.properties[("bed", "backrest")] = 45.0
    after = [place for place, _ in posed_boxes(world, "bed")]
    moved = [box.joint for box, one, two in zip(world.bodies["bed"].boxes, before, after, strict=True) if one != two]
    assert "back" in moved
    assert moved == [box.joint for box in world.bodies["bed"].boxes if box.joint]


def test_what_lies_on_the_backrest_knows_that_it_moves(world: World) -> None:
    bed = world.places["bed"]
    assert rests(world, "bed", bed.point((0.2, -0.5, 0.62))) == "back"
    assert rests(world, "bed", bed.point((0.2, 0.6, 0.62))) == ""


def test_a_card_without_boxes_is_one_box_of_its_size(world: World) -> None:
    ((place, box),) = posed_boxes(world, "stone")
    assert place == world.places["stone"]
    assert box == world.bodies["stone"].box
