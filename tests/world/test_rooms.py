"""Rooms: where they lie, what their walls are, what openings cut, and what is wrong with a plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.world import build
from engine.world.rooms import Hole
from tests.world.sites import site, told

PLAN = """
rooms:
  hall: {size: [6 m, 4 m, 3 m], finish: plain}
  store: {size: [4 m, 3 m, 2.5 m], north_of: hall, at: 0.5 m}
  porch: {size: [2 m, 2 m, 3 m], west_of: hall, at: -1 m}
openings:
  gate: {use: door, against: hall.north, at: 1 m}
  exit: {use: door, against: porch.east}
  view: {use: pane, against: hall.east, at: [-0.5 m, 1 m]}
people:
  participant: {in: hall}
"""


def test_rooms_lie_a_walls_thickness_apart_along_their_shared_wall(tmp_path: Path) -> None:
    rooms = build(site(tmp_path, PLAN)).rooms
    assert list(rooms) == ["hall", "store", "porch"]
    assert rooms["hall"].origin == (0.0, 0.0, 0.0)
    assert rooms["store"].origin == pytest.approx((0.5, 2.0 + 0.12 + 1.5, 0.0))
    assert rooms["porch"].origin == pytest.approx((-3.0 - 0.12 - 1.0, -1.0, 0.0))
    assert rooms["store"].low == pytest.approx((-1.5, 2.12, 0.0))
    assert rooms["store"].high == pytest.approx((2.5, 5.12, 2.5))


def test_a_rooms_walls_are_its_inner_faces(tmp_path: Path) -> None:
    hall = build(site(tmp_path, PLAN)).rooms["hall"]
    north, east = hall.walls["north"], hall.walls["east"]
    assert (north.foot, north.length, north.height) == ((0.0, 2.0, 0.0), 6.0, 3.0)
    assert (east.foot, east.length) == ((3.0, 0.0, 0.0), 4.0)
    assert north.point(1.0, 2.0) == (1.0, 2.0, 2.0)
    assert east.point(1.0, 2.0) == (3.0, 1.0, 2.0)
    assert hall.finish == {"walls": "plain", "floor": "plain", "ceiling": "plain"}


def test_an_opening_cuts_both_faces_of_its_wall_and_joins_the_room_behind(tmp_path: Path) -> None:
    rooms = build(site(tmp_path, PLAN)).rooms
    gate = Hole("gate", 1.0, 0.0, 1.0, 2.1, "store", True, True)
    assert rooms["hall"].walls["north"].holes == (gate,)
    (back,) = rooms["store"].walls["south"].holes
    assert back == Hole("gate", back.along, 0.0, 1.0, 2.1, "hall", True, False)
    assert back.along == pytest.approx(0.5)
    (other,) = rooms["hall"].walls["west"].holes
    assert (other.opening, other.behind, other.own) == ("exit", "porch", False)
    assert other.along == pytest.approx(-1.0)
    assert rooms["hall"].joined == ("store", "porch")


def test_an_opening_with_no_room_behind_looks_outside(tmp_path: Path) -> None:
    rooms = build(site(tmp_path, PLAN)).rooms
    assert rooms["hall"].walls["east"].holes == (Hole("view", -0.5, 1.0, 1.2, 1.2),)


def test_an_opening_stands_in_the_middle_of_its_wall_and_looks_into_its_room(tmp_path: Path) -> None:
    world = build(site(tmp_path, PLAN))
    assert world.places["gate"].position == pytest.approx((1.0, 2.06, 0.0))
    assert world.places["gate"].direction((0.0, 1.0, 0.0)) == pytest.approx((0.0, -1.0, 0.0))


def test_a_point_is_in_a_room_or_in_none(tmp_path: Path) -> None:
    world = build(site(tmp_path, PLAN))
    points = ((0.0, 0.0, 1.0), (0.5, 3.0, 1.0), (0.5, 2.06, 1.0), (0.0, 0.0, 3.5), (9.0, 0.0, 1.0))
    assert [world.room_of(point) for point in points] == ["hall", "store", "", "", ""]


@pytest.mark.parametrize(
    ("rooms", "message", "remedy"),
    [
        (
            "a: {size: [2 m, 2 m, 3 m]}\n  b: {size: [2 m, 2 m, 3 m]}",
            "a and b are both placed beside no other room, so the scene has two origins",
            "say where b is, as in `north_of: a`",
        ),
        (
            "a: {size: [2 m, 2 m, 3 m], north_of: b}\n  b: {size: [2 m, 2 m, 3 m], north_of: a}",
            "a is placed beside itself: a → b → a",
            "leave one of them beside no other room: its floor is the scene's origin",
        ),
        (
            "c: {size: [2 m, 2 m, 3 m]}\n  d: {size: [2 m, 2 m, 3 m], east_of: d}",
            "d is placed beside itself: d → d",
            "leave one of them beside no other room: its floor is the scene's origin",
        ),
    ],
)
def test_a_plan_has_one_origin_and_no_ring(tmp_path: Path, rooms: str, message: str, remedy: str) -> None:
    assert told(site(tmp_path, f"rooms:\n  {rooms}")) == [("E0608", message, remedy)]


def test_a_ring_of_rooms_behind_others_is_said_once(tmp_path: Path) -> None:
    size = "size: [2 m, 2 m, 3 m]"
    plan = [f"{name}: {{{size}, north_of: {other}}}" for name, other in ("xa", "ab", "bc", "ca")]
    found = told(site(tmp_path, "rooms:\n  " + "\n  ".join(plan)))
    assert [one[:2] for one in found] == [("E0608", "a is placed beside itself: a → b → c → a")]


def test_rooms_may_not_overlap_and_need_a_wall_between_them(tmp_path: Path) -> None:
    plan = """
    rooms:
      hall: {size: [6 m, 4 m, 3 m]}
      a: {size: [2 m, 2 m, 3 m], north_of: hall, at: -1 m}
      b: {size: [2 m, 2 m, 3 m], north_of: hall, at: 1.05 m}
    """
    assert told(site(tmp_path, plan)) == [
        ("E0603", "b overlaps a by 7 cm, the wall between them included", "put it on another side, or move it with `at`"),
    ]
    assert "E0603" not in {one[0] for one in told(site(tmp_path, plan.replace("1.05", "1.12")))}


def fitted(folder: Path, openings: str) -> list[tuple[str, str, str]]:
    plan = PLAN.replace("  exit: {use: door, against: porch.east}", f"  exit: {{use: door, against: porch.east}}\n{openings}")
    return told(site(folder, plan))


@pytest.mark.parametrize(
    ("opening", "message", "at"),
    [
        (
            "{use: pane, against: hall.south, at: 2.6 m}",
            "more reaches 20 cm beyond the end of hall.south, which is 6 m long",
            "2.4 m",
        ),
        (
            "{use: pane, against: hall.south, at: [0 m, 2 m]}",
            "more stands from 2 m to 3.2 m on hall.south, which is 3 m high",
            "[0 m, 1.8 m]",
        ),
        # The later one in the file has to go: the window of the plan, whose `at` has two numbers.
        ("{use: pane, against: hall.east, at: 0.5 m}", "view overlaps more in hall.east", "[-0.7 m, 1 m]"),
        # Between the gate, which ends at 1.5 m, and the store's corner at 2.5 m are less than 1.2 m.
        ("{use: pane, against: hall.north, at: 2.4 m}", "more would open onto the end of store's wall", "-0.1 m"),
        # Seen from the store, the gate is at 0.5 m.
        ("{use: pane, against: store.south, at: 0 m}", "more overlaps gate in store.south", "-0.6 m"),
        (
            "{use: pane, against: hall.north, at: [-0.6 m, 1.6 m]}",
            "more is higher than store behind it, which is 2.5 m high",
            "[-0.6 m, 1.3 m]",
        ),
    ],
)
def test_an_opening_that_does_not_fit_its_wall_is_told_where_it_would(
    tmp_path: Path, opening: str, message: str, at: str
) -> None:
    found = fitted(tmp_path, f"  more: {opening}")
    assert found == [("E0609", message, f"the nearest free place is `at: {at}`")]


def test_only_walls_are_cut(tmp_path: Path) -> None:
    assert fitted(tmp_path, "  more: {use: pane, against: hall.ceiling}")[0] == (
        "E0609",
        "more is against hall.ceiling, and only walls are cut",
        "make it smaller, or cut another wall",
    )
