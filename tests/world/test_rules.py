"""What stands where it cannot: each rule, its exact words, and the offered place tried by building the scene with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.spec.diagnostics import render
from engine.world import build
from tests.world.sites import hall, site, told, wrong


def test_an_overlap_names_both_things_how_deep_and_where_there_is_room(tmp_path: Path) -> None:
    scene = hall(tmp_path, "a: {use: block, in: hall}\nb: {use: block, in: hall, at: [0.7 m, 0 m]}")
    assert told(scene) == [("E0603", "b overlaps a by 30 cm", "the nearest free place is `at: [1 m, 0 m]`")]


def test_the_finding_points_at_the_words_that_place_the_thing(tmp_path: Path) -> None:
    (only,) = wrong(hall(tmp_path, "a: {use: block, in: hall}\nb: {use: block, in: hall, at: [0.7 m, 0 m]}"))
    assert render(only).splitlines()[1:] == [
        "        b: {use: block, in: hall, at: [0.7 m, 0 m]}",
        "                        ^^ the nearest free place is `at: [1 m, 0 m]`",
    ]


@pytest.mark.parametrize(
    ("things", "problem"),
    [
        (
            "a: {use: block, in: hall, at: [2.8 m, 1 m]}",
            ("E0604", "a reaches 30 cm out of hall, through its east wall", "[2.5 m, 1 m]"),
        ),
        (
            "a: {use: block, in: hall, at: [0 m, -1.9 m], height: 0.5 m}",
            ("E0604", "a reaches 40 cm out of hall, through its south wall", "[0 m, -1.5 m]"),
        ),
        (
            "a: {use: shelf, against: hall.north, at: 2.8 m}",
            ("E0604", "a reaches 20 cm out of hall, through its east wall", "2.6 m"),
        ),
        (
            "a: {use: shelf, against: hall.north, at: [0 m, 2.7 m]}",
            ("E0604", "a reaches 10 cm out of hall, through its ceiling", "[0 m, 2.6 m]"),
        ),
        (
            "a: {use: block, in: hall, at: [500 m, 1 m]}",
            ("E0604", "a reaches 49750 cm out of hall, through its east wall", "[2.5 m, 1 m]"),
        ),
        (
            "desk: {use: desk, in: hall}\n  a: {use: towel, rests_on: desk, at: [0.75 m, 0 m]}",
            ("E0602", "a would hang beside desk, which is 1.2 m by 0.6 m", "[0.6 m, 0 m]"),
        ),
        (
            "a: {use: basin, against: hall.north}\n  b: {use: block, in: hall, at: [0 m, 0.6 m], height: 0.3 m}",
            ("E0605", "b stands 20 cm in the 0.7 m of free floor that a needs", "[0 m, 0.4 m]"),
        ),
        (
            "a: {use: shelf, against: hall.north}\n  b: {use: shelf, against: hall.north, at: 0.5 m}",
            ("E0603", "b overlaps a by 30 cm", "0.8 m"),
        ),
        (
            "a: {use: block, in: hall, at: [1 m, 0 m]}\n  b: {use: desk, beside: a.left}\n"
            "  c: {use: block, beside: a.left, at: 0.4 m}",
            ("E0603", "c overlaps b by 20 cm", "0.6 m"),
        ),
        (
            "a: {use: switch, against: hall.north, at: [1 m, 2.2 m]}",
            ("E0607", "a's button is 2.25 m above the floor; hands reach from 0.2 m to 1.9 m", "[1 m, 1.85 m]"),
        ),
        (
            "a: {use: block, in: hall, at: [1 m, 1 m], width: 4 m, depth: 2 m, height: 0.5 m}\n"
            "  b: {use: coat, rests_on: a, at: [0.5 m, 0.2 m]}",
            ("E0607", "b is 1.50 m from where a person can stand; hands reach 0.75 m", "[0.5 m, -0.55 m]"),
        ),
    ],
)
def test_what_stands_where_it_cannot_is_told_the_nearest_free_place(
    tmp_path: Path, things: str, problem: tuple[str, str, str]
) -> None:
    code, message, at = problem
    text = "\n".join(line.strip() for line in things.splitlines())
    assert told(hall(tmp_path, text)) == [(code, message, f"the nearest free place is `at: {at}`")]
    name = message.split("'")[0].split()[0]
    lines = [_moved(line, at) if line.startswith(f"{name}:") else line for line in text.splitlines()]
    assert told(hall(tmp_path, "\n".join(lines))) == [], "the place that was offered is free"


def _moved(line: str, at: str) -> str:
    bare = re.sub(r", at: (\[[^]]*\]|[^,}]*)", "", line)
    return bare.replace("}", f", at: {at}}}")


def test_things_may_touch_and_give_a_centimetre(tmp_path: Path) -> None:
    for at, count in (("1 m", 0), ("0.991 m", 0), ("0.98 m", 1)):
        assert len(told(hall(tmp_path, f"a: {{use: block, in: hall}}\nb: {{use: block, in: hall, at: [{at}, 0 m]}}"))) == count


def test_what_rests_on_hangs_from_or_lies_in_a_thing_may_touch_it(tmp_path: Path) -> None:
    things = """
    desk: {use: desk, in: hall}
    cup: {use: coat, rests_on: desk, at: [0.2 m, -0.1 m]}
    coat: {use: coat, hangs_from: desk}
    """
    assert told(hall(tmp_path, things, person="{in: hall, at: [2 m, -1.5 m]}\n  ill: {use: person, in: desk.cot}")) != []
    things = things.replace("    cup: {use: coat, rests_on: desk, at: [0.2 m, -0.1 m]}\n", "")
    assert told(hall(tmp_path, things, person="{in: hall, at: [2 m, -1.5 m]}\n  ill: {use: person, in: desk.cot}")) == []


def test_boxes_of_a_card_leave_room_between_them(tmp_path: Path) -> None:
    under = "table: {use: table, in: hall}\na: {use: block, in: hall, at: [0.3 m, 0.3 m], width: 0.3 m, depth: 0.3 m, height: %s}"
    assert told(hall(tmp_path, under % "0.7 m")) == []
    assert [one[0] for one in told(hall(tmp_path, under % "0.79 m"))] == ["E0603"]


def test_turned_things_are_compared_as_they_are_turned(tmp_path: Path) -> None:
    two = "a: {use: block, in: hall}\nb: {use: block, in: hall, at: [1.1 m, 0 m], facing: %s}"
    assert told(hall(tmp_path, two % "0 deg")) == []
    # Across its corners a block of 1 m is 1.414 m wide: 0.5 + 0.707 - 1.1 m.
    assert told(hall(tmp_path, two % "45 deg"))[0][1] == "b overlaps a by 11 cm"


def test_what_is_not_there_at_the_start_is_in_nobodys_way(tmp_path: Path) -> None:
    two = "a: {use: block, in: hall}\nb: {use: block, in: hall, at: [0.5 m, 0 m]%s}"
    assert len(told(hall(tmp_path, two % ""))) == 1
    assert told(hall(tmp_path, two % ", present: false")) == []


def test_of_two_things_the_one_that_can_be_moved_is_told(tmp_path: Path) -> None:
    things = """
    block: {use: block, in: hall, at: [0.9 m, 0 m], height: 0.5 m}
    desk: {use: desk, in: hall}
    towel: {use: towel, hangs_from: desk}
    """
    found = told(hall(tmp_path, things))
    assert found[0][:2] == ("E0603", "block overlaps towel by 10 cm") or found[0][1].startswith("block overlaps")


def test_a_grid_too_dense_overlaps_itself(tmp_path: Path) -> None:
    assert told(hall(tmp_path, "a: {use: block, in: hall, grid: [8, 1], height: 0.2 m}", person="{in: hall, locomotion: still}"))[
        0
    ] == (
        "E0603",
        "the 8 copies of a overlap each other by 20 cm",
        "make the grid smaller: there is no room for so many",
    )


def test_nothing_hangs_where_an_opening_has_cut_the_wall(tmp_path: Path) -> None:
    more = "openings:\n  view: {use: pane, against: hall.north}"
    assert told(hall(tmp_path, "a: {use: shelf, against: hall.north, at: 0.5 m}", more)) == [
        ("E0603", "a overlaps view by 40 cm: there is no wall to hang it on", "the nearest free place is `at: 1 m`"),
    ]
    assert told(hall(tmp_path, "a: {use: block, against: hall.north, height: 0.95 m}", more)) == [], "what stands below may"


def test_a_door_needs_free_floor_on_both_sides(tmp_path: Path) -> None:
    plan = """
    rooms:
      hall: {size: [6 m, 4 m, 3 m]}
      store: {size: [4 m, 3 m, 3 m], north_of: hall}
    openings: {gate: {use: door, against: hall.north}}
    props: {a: {use: block, in: store, at: [0 m, -0.5 m], height: 0.5 m}}
    people: {participant: {in: hall}}
    """
    assert told(site(tmp_path, plan)) == [
        ("E0605", "a stands 30 cm in the 0.8 m of free floor that gate needs", "the nearest free place is `at: [0 m, -0.2 m]`"),
    ]


def test_a_wall_too_near_takes_the_floor_that_a_thing_needs(tmp_path: Path) -> None:
    found = told(hall(tmp_path, "a: {use: basin, in: hall, at: [0 m, 1.5 m], facing: north}"))
    assert found == [
        (
            "E0605",
            "a wall of hall takes 40 cm of the 0.7 m of free floor that a needs",
            "the nearest free place is `at: [0 m, 1.1 m]`",
        ),
    ]


def test_a_participant_needs_a_free_spot_to_stand_on(tmp_path: Path) -> None:
    found = told(hall(tmp_path, "a: {use: block, in: hall}", person="{in: hall, at: [0.3 m, 0 m]}"))
    assert found == [("E0603", "participant overlaps a by 45 cm", "the nearest free place is `at: [0.75 m, 0 m]`")]


def test_what_cannot_move_is_told_what_else_to_do(tmp_path: Path) -> None:
    things = "\n".join(
        f"b{i}: {{use: block, in: hall, at: [{x} m, {y} m], width: 1.9 m, depth: 1.9 m}}"
        for i, (x, y) in enumerate([(-2, -1), (0, -1), (2, -1), (-2, 1), (0, 1), (2, 1)])
    )
    found = told(hall(tmp_path, f"{things}\nc: {{use: block, in: hall}}", person="{in: hall, locomotion: still}"))
    assert ("E0603", "c overlaps b1 by 45 cm", "there is no free place for it there: move b1, or take one out") in found


def test_outdoors_there_is_no_room_to_leave_and_none_to_walk_to(tmp_path: Path) -> None:
    scene = site(tmp_path, "props:\n  a: {use: block, at: [40 m, 0 m]}\n  b: {use: switch, at: [0 m, 0 m, 5 m]}")
    assert told(scene) == []
    assert build(scene).rooms == {}


def test_all_that_is_wrong_is_said_at_once_in_the_files_order(tmp_path: Path) -> None:
    things = """
    a: {use: block, in: hall, at: [2.8 m, 1 m], height: 0.5 m}
    b: {use: block, in: hall, height: 0.5 m}
    c: {use: block, in: hall, at: [0.5 m, 0 m], height: 0.5 m}
    d: {use: switch, against: hall.south, at: [0 m, 2.5 m]}
    """
    assert [(one.code, one.span.line) for one in wrong(hall(tmp_path, things))] == [("E0604", 6), ("E0603", 8), ("E0607", 9)]
