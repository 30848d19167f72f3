"""Whether the participant can walk into every room and reach what is made for hands."""

from __future__ import annotations

from pathlib import Path

from engine.spec.model import SceneSpec
from tests.world.sites import hall, site, told

PLAN = """
rooms:
  ward: {size: [4 m, 4 m, 3 m]}
  store: {size: [4 m, 3 m, 3 m], north_of: ward}
openings: {GATE}
props:
  THINGS
people: {participant: {in: ward, at: [0 m, -1.6 m]}}
"""


def plan(folder: Path, things: str, gate: str = "gate: {use: door, against: ward.north}") -> SceneSpec:
    lines = "\n  ".join(line.strip() for line in things.strip().splitlines())
    return site(folder, PLAN.replace("{GATE}", f"{{{gate}}}").replace("THINGS", lines))


def test_a_thing_across_the_room_bars_the_way(tmp_path: Path) -> None:
    scene = plan(tmp_path, "a: {use: block, in: ward, width: 3.9 m, depth: 0.5 m}")
    assert told(scene) == [
        ("E0606", "a leaves no free way of 0.6 m from participant to store", "there is no other place for it: take a out"),
    ]


def test_the_thing_that_bars_a_way_is_told_where_it_bars_none(tmp_path: Path) -> None:
    text = """
    b: {use: block, against: ward.west, width: 0.5 m, depth: 1.5 m}
    a: {use: block, in: ward, at: [0.7 m, 0 m], width: 2 m, depth: 0.5 m}
    """
    # Beside a are 0.2 m to b, whose front is at -0.5 m, and 0.3 m to the east wall. At 1 m it touches that wall, and leaves
    # 0.5 m to b; but 0.25 m further south one passes b's corner.
    (only,) = told(plan(tmp_path, text))
    assert only[:2] == ("E0606", "a leaves no free way of 0.6 m from participant to store")
    at = only[2].split("`")[1]
    assert told(plan(tmp_path, text.replace("at: [0.7 m, 0 m]", at))) == []


def test_sixty_centimetres_are_a_way_and_less_is_none(tmp_path: Path) -> None:
    text = "a: {use: block, in: ward, at: [-0.3 m, 0 m], width: WIDE m, depth: 0.5 m}"
    # The block's west edge is at the west wall or beyond reach of it; its east edge leaves so much to the east wall at 2 m.
    assert told(plan(tmp_path, text.replace("WIDE", "3.4"))) == []
    assert [one[0] for one in told(plan(tmp_path, text.replace("WIDE", "3.4").replace("-0.3", "-0.2")))] == ["E0606"]


def test_several_things_can_bar_a_way_together(tmp_path: Path) -> None:
    things = """
    a: {use: block, in: ward, at: [0 m, 0 m], width: 4 m, depth: 0.2 m}
    b: {use: block, in: ward, at: [0 m, 0.8 m], width: 4 m, depth: 0.2 m}
    """
    assert told(plan(tmp_path, things)) == [
        ("E0606", "several things together leave no free way of 0.6 m from participant to store", "make room between the doors"),
    ]


def test_a_room_without_a_door_is_told_where_one_could_be(tmp_path: Path) -> None:
    found = told(plan(tmp_path, "a: {use: block, in: ward, at: [1 m, 0 m]}", "gate: {use: pane, against: ward.north}"))
    assert found == [
        (
            "E0606",
            "no opening that people go through leads from participant to store",
            "add one, as in `{use: clinic_door, against: store.south}`",
        ),
    ]


def test_who_stays_where_they_are_needs_no_way(tmp_path: Path) -> None:
    text = "a: {use: block, in: hall, at: [0 m, 0 m], width: 6 m, depth: 0.4 m}\nb: {use: switch, against: hall.north}"
    assert [one[0] for one in told(hall(tmp_path, text))] == ["E0607"]
    assert told(hall(tmp_path, text, person="{in: hall, at: [0 m, -1.5 m], locomotion: still}")) == []


def test_what_can_be_picked_up_and_what_hangs_overhead_bars_no_way(tmp_path: Path) -> None:
    things = """
    a: {use: coat, in: ward, at: [0 m, -1 m]}
    b: {use: block, against: ward.ceiling, width: 4 m, depth: 1 m, height: 0.9 m}
    """
    assert told(plan(tmp_path, things)) == []
    lower = things.replace("height: 0.9 m", "height: 1.1 m")
    assert [one[0] for one in told(plan(tmp_path, lower))] == ["E0606"]


def test_what_lies_in_a_pocket_nobody_can_enter_is_out_of_reach(tmp_path: Path) -> None:
    things = """
    a: {use: block, in: hall, at: [1.8 m, 0 m], width: 0.2 m, depth: 4 m}
    b: {use: switch, against: hall.east}
    """
    assert told(hall(tmp_path, things))[0][:2] == (
        "E0607",
        "b's button is 1.58 m from where a person can stand; hands reach 0.75 m",
    )


def test_what_is_on_the_floor_is_too_low(tmp_path: Path) -> None:
    things = "a: {use: desk, in: hall}\nb: {use: switch, against: hall.north, at: [1 m, 0.1 m]}"
    assert told(hall(tmp_path, things)) == [
        (
            "E0607",
            "b's button is 0.15 m above the floor; hands reach from 0.2 m to 1.9 m",
            "the nearest free place is `at: [1 m, 0.15 m]`",
        ),
    ]
