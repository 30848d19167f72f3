"""Each placing word of the language's section 5, in numbers worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.world import build
from engine.world.vectors import rotate
from engine.world.world import World
from tests.world.sites import hall, looks, site, stands, told

NORTH, EAST, SOUTH, WEST = (0.0, 1.0, 0.0), (1.0, 0.0, 0.0), (0.0, -1.0, 0.0), (-1.0, 0.0, 0.0)


def world(folder: Path, things: str) -> World:
    return build(hall(folder, things))


def test_without_a_placing_word_at_is_on_the_scenes_axes(tmp_path: Path) -> None:
    made = build(site(tmp_path, "props:\n  a: {use: block, at: [1 m, 2 m, 0.5 m]}\n  b: {use: block, at: [-3 m, 4 m]}"))
    assert (stands(made, "a"), looks(made, "a")) == ((1.0, 2.0, 0.5), NORTH)
    assert stands(made, "b") == (-3.0, 4.0, 0.0)


def test_origin_counts_on_the_axes_of_a_thing_and_takes_its_turn(tmp_path: Path) -> None:
    made = world(
        tmp_path,
        """
        a: {use: block, in: hall, at: [1 m, 0 m], facing: east}
        b: {use: block, origin: a, at: [0.5 m, -2 m, 1.2 m], height: 0.2 m, width: 0.2 m, depth: 0.2 m}
        """,
    )
    # East is a's own +y, south its own +x.
    assert (stands(made, "b"), looks(made, "b")) == ((-1.0, -0.5, 1.2), EAST)


def test_in_a_room_at_is_from_the_middle_of_its_floor(tmp_path: Path) -> None:
    text = """
    rooms:
      hall: {size: [6 m, 4 m, 3 m]}
      store: {size: [4 m, 3 m, 3 m], east_of: hall, at: 0.25 m}
    openings: {gate: {use: door, against: hall.east, at: 0.25 m}}
    props: {a: {use: block, in: store, at: [1 m, -0.5 m]}}
    people: {participant: {in: hall}}
    """
    made = build(site(tmp_path, text))
    assert made.rooms["store"].origin == pytest.approx((3.0 + 0.12 + 2.0, 0.25, 0.0))
    assert (stands(made, "a"), looks(made, "a")) == ((6.12, -0.25, 0.0), NORTH)


def test_in_a_place_of_a_thing_turn_and_posture_follow(tmp_path: Path) -> None:
    made = build(
        hall(
            tmp_path,
            """
            desk: {use: desk, in: hall, at: [1 m, 0.5 m], facing: east}
            """,
            person="{in: desk.stool}",
        )
    )
    # The stool is half a metre before the desk, which looks east; who sits there looks back at it, from the floor below the seat.
    assert (stands(made, "participant"), looks(made, "participant")) == ((1.5, 0.5, 0.0), WEST)


def test_a_place_to_lie_in_is_on_the_surface(tmp_path: Path) -> None:
    made = build(
        hall(
            tmp_path,
            "desk: {use: desk, in: hall, at: [1 m, 0 m], facing: south}",
            person="{in: desk.cot, locomotion: still}",
        )
    )
    assert (stands(made, "participant"), looks(made, "participant")) == ((1.0, 0.0, 0.75), SOUTH)


@pytest.mark.parametrize(
    ("wall", "at", "place", "front"),
    [
        ("north", "1 m", (1.0, 1.85, 1.2), SOUTH),
        ("south", "1 m", (1.0, -1.85, 1.2), NORTH),
        ("east", "1 m", (2.85, 1.0, 1.2), WEST),
        ("west", "[1 m, 0.8 m]", (-2.85, 1.0, 0.8), EAST),
    ],
)
def test_against_a_wall_the_back_touches_it_and_the_front_looks_into_the_room(
    tmp_path: Path, wall: str, at: str, place: tuple[float, ...], front: tuple[float, ...]
) -> None:
    made = world(tmp_path, f"a: {{use: shelf, against: hall.{wall}, at: {at}}}")
    assert (stands(made, "a"), looks(made, "a")) == (place, front)


def test_against_a_wall_a_turned_thing_touches_it_with_its_outermost_edge(tmp_path: Path) -> None:
    made = world(tmp_path, "a: {use: shelf, against: hall.north, facing: east}")
    assert (stands(made, "a"), looks(made, "a")) == ((0.0, 2.0 - 0.4, 1.2), EAST)
    made = world(tmp_path, "b: {use: block, against: hall.north, facing: 45 deg}")
    assert stands(made, "b") == (0.0, round(2.0 - 2**0.5 / 2, 4), 0.0)


def test_against_the_ceiling_a_thing_hangs_upright_with_its_top_flush(tmp_path: Path) -> None:
    made = world(tmp_path, "a: {use: panel, against: hall.ceiling, at: [1 m, -1 m]}")
    assert (stands(made, "a"), looks(made, "a")) == ((1.0, -1.0, 2.95), NORTH)


def test_what_rests_on_a_thing_stands_at_its_rest_height_on_its_axes(tmp_path: Path) -> None:
    made = world(
        tmp_path,
        """
        desk: {use: desk, in: hall, at: [1 m, 1 m], facing: west}
        cup: {use: coat, rests_on: desk, at: [0.5 m, -0.1 m]}
        """,
    )
    # West is the desk's own +y, north its own +x.
    assert (stands(made, "cup"), looks(made, "cup")) == ((1.1, 1.5, 0.75), WEST)


@pytest.mark.parametrize(
    ("side", "at", "place"),
    [
        # The desk is 1.2 m by 0.6 m and looks south from (0, 0): its right is west, its back north.
        ("right", "", (-0.6 - 0.3, 0.3 - 0.2, 0.0)),
        ("left", "", (0.6 + 0.3, 0.3 - 0.2, 0.0)),
        ("left", ", at: 0.5 m", (0.6 + 0.3, 0.3 - 0.2 - 0.5, 0.0)),
        ("front", "", (0.6 - 0.3, -0.3 - 0.2, 0.0)),
        ("back", ", at: 0.1 m", (0.6 - 0.3 - 0.1, 0.3 + 0.2, 0.0)),
    ],
)
def test_beside_a_thing_the_sides_touch_and_at_counts_from_its_back_or_left_corner(
    tmp_path: Path, side: str, at: str, place: tuple[float, ...]
) -> None:
    made = world(
        tmp_path,
        f"""
        desk: {{use: desk, in: hall, facing: south}}
        a: {{use: block, beside: desk.{side}{at}, width: 0.6 m, depth: 0.4 m}}
        """,
    )
    assert stands(made, "a") == pytest.approx(place)
    assert looks(made, "a") == SOUTH


def test_beside_what_hangs_on_a_wall_is_on_the_floor_below(tmp_path: Path) -> None:
    made = world(tmp_path, "shelf: {use: shelf, against: hall.north}\na: {use: block, beside: shelf.left}")
    assert stands(made, "a") == (0.4 + 0.5, 2.0 - 0.5, 0.0)


def test_what_hangs_meets_the_hook_with_its_loop(tmp_path: Path) -> None:
    made = world(
        tmp_path,
        """
        desk: {use: desk, in: hall, facing: south}
        coat: {use: coat, hangs_from: desk}
        """,
    )
    # The hook is at (-0.4, -0.3, 0.7) of the scene; the loop 0.05 m behind the coat's middle, 0.45 m up.
    assert (stands(made, "coat"), looks(made, "coat")) == ((-0.4, -0.35, 0.25), SOUTH)


def test_what_hangs_without_a_loop_hangs_by_the_middle_of_its_top(tmp_path: Path) -> None:
    made = world(tmp_path, "desk: {use: desk, in: hall}\ntowel: {use: towel, hangs_from: desk}")
    assert stands(made, "towel") == (0.4, 0.3, 0.2)


def test_facing_is_a_compass_point_a_bearing_or_a_thing(tmp_path: Path) -> None:
    made = world(
        tmp_path,
        """
        a: {use: block, in: hall, at: [2 m, 1 m], facing: west}
        b: {use: block, in: hall, at: [0 m, 1 m], facing: 90 deg}
        c: {use: block, in: hall, at: [0 m, -1 m], facing: b}
        d: {use: block, in: hall, at: [2 m, -1 m], facing: c}
        """,
    )
    assert [looks(made, name) for name in "abcd"] == [WEST, EAST, NORTH, WEST]


def test_two_things_may_face_each_other(tmp_path: Path) -> None:
    made = world(
        tmp_path,
        """
        a: {use: block, in: hall, at: [2 m, 0 m], facing: b}
        b: {use: block, in: hall, at: [0 m, 0 m], facing: a}
        """,
    )
    assert (looks(made, "a"), looks(made, "b")) == (WEST, EAST)


def test_a_ring_of_placement_is_named(tmp_path: Path) -> None:
    scene = site(
        tmp_path,
        """
        props:
          a: {use: block, rests_on: b}
          b: {use: block, beside: c.left}
          c: {use: block, origin: a, at: [0 m, 0 m, 1 m]}
        """,
    )
    assert told(scene) == [
        ("E0601", "a is placed by itself: a → b → c → a", "place one of them on the scene's own axes, with `at`"),
    ]


def test_what_is_placed_by_a_thing_that_faces_it_is_a_ring(tmp_path: Path) -> None:
    scene = site(
        tmp_path,
        "props:\n  a: {use: block, facing: b}\n  b: {use: block, origin: a, at: [0 m, 3 m, 0 m]}",
    )
    assert [one[:2] for one in told(scene)] == [("E0601", "a is placed by itself: a → b → a")]


def test_a_pile_may_be_a_thousand_things_high(tmp_path: Path) -> None:
    lines = ["props:", "  a0: {use: block}"]
    lines += [f"  a{index}: {{use: block, rests_on: a{index - 1}}}" for index in range(1, 1001)]
    made = build(site(tmp_path, "\n".join(lines)))
    assert made.places["a1000"].position[2] == 1000.0


def copies(made: World, name: str) -> list[tuple[float, ...]]:
    place = made.places[name]
    return [tuple(round(one, 4) + 0.0 for one in (place @ copy).position) for copy in made.bodies[name].copies]


def test_a_grid_is_spread_evenly_over_the_ceiling_or_floor(tmp_path: Path) -> None:
    made = world(
        tmp_path,
        "a: {use: panel, against: hall.ceiling, grid: [3, 2], at: [0 m, 0.2 m]}",
    )
    assert copies(made, "a") == [(x, y, 2.95) for y in (-0.8, 1.2) for x in (-2.0, 0.0, 2.0)]
    made = world(tmp_path, "b: {use: block, in: hall, grid: [2, 1], facing: 90 deg}")
    assert copies(made, "b") == [(-1.5, 0.0, 0.0), (1.5, 0.0, 0.0)], "the grid runs along the room, however the things are turned"
    assert rotate(made.places["b"].turn, NORTH) == pytest.approx(EAST)


def test_a_grid_on_a_wall_runs_along_it_at_its_height_or_over_it(tmp_path: Path) -> None:
    made = world(tmp_path, "a: {use: shelf, against: hall.north, grid: [2, 1]}")
    assert copies(made, "a") == [(-1.5, 1.85, 1.2), (1.5, 1.85, 1.2)]
    made = world(tmp_path, "a: {use: shelf, against: hall.east, grid: [2, 3]}")
    assert copies(made, "a") == [(2.85, y, round(up - 0.2, 4)) for up in (0.5, 1.5, 2.5) for y in (-1.0, 1.0)]


def test_a_grid_on_a_top_runs_along_the_axes_of_what_it_rests_on(tmp_path: Path) -> None:
    made = world(
        tmp_path,
        """
        desk: {use: desk, in: hall, facing: east}
        cups: {use: coat, rests_on: desk, grid: [2, 1]}
        """,
    )
    assert copies(made, "cups") == [(0.0, 0.3, 0.75), (0.0, -0.3, 0.75)]


def test_a_grid_needs_a_face(tmp_path: Path) -> None:
    scene = hall(tmp_path, "a: {use: block, in: hall}\nb: {use: block, beside: a.left, grid: [2, 1]}")
    assert told(scene) == [
        (
            "E0610",
            "b is a grid, and here is no face to spread it over",
            "place it in a room, against a wall or ceiling, or on a top",
        ),
    ]


def test_what_fits_somewhere_starts_where_it_is_placed(tmp_path: Path) -> None:
    made = world(
        tmp_path,
        """
        desk: {use: desk, in: hall}
        coat: {use: coat, in: hall, at: [1 m, 1 m], fits: desk.hook}
        """,
    )
    assert stands(made, "coat") == (1.0, 1.0, 0.0)
