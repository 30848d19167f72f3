"""Only neighbours are compared: what is found is what comparing all would find, and the work grows with the crowd alone."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.spec.expression import Number
from engine.spec.model import SceneSpec
from engine.world import build
from engine.world.crowd import Crowd
from engine.world.rays import Box
from engine.world.solids import OrientedBox, apart
from engine.world.vectors import Transform, Vec3, heading
from tests.world.sites import site

places = st.tuples(st.floats(-6, 6), st.floats(-6, 6), st.floats(-2, 2))
spans = st.floats(0.05, 9.0)


def box(at: Vec3, size: Vec3, bearing: float) -> OrientedBox:
    width, depth, height = size
    return OrientedBox(Transform(at, heading(bearing)), Box((-width / 2, -depth / 2, 0.0), (width / 2, depth / 2, height)))


@given(st.lists(st.tuples(places, st.tuples(spans, spans, spans), st.floats(0, 360)), min_size=1, max_size=20))
def test_neighbours_are_all_whose_bounds_meet_in_the_order_they_came(things: list[tuple[Vec3, Vec3, float]]) -> None:
    crowd = Crowd()
    boxes = [box(*thing) for thing in things]
    for index, one in enumerate(boxes):
        crowd.add(str(index), 0, one)
    for index, one in enumerate(boxes):
        expected = [str(other) for other in range(index) if not apart(one.bounds, boxes[other].bounds)]
        assert [member.owner for member in crowd.near(one.bounds, before=index)] == expected


def test_a_hill_among_pebbles_meets_them_all() -> None:
    crowd = Crowd()
    for index in range(40):
        crowd.add(f"pebble{index}", 0, box((index * 1.0, 0.0, 0.0), (0.1, 0.1, 0.1), 0.0))
    hill = box((20.0, 0.0, -5.0), (100.0, 100.0, 10.0), 0.0)
    crowd.add("hill", 0, hill)
    assert len(list(crowd.near(hill.bounds))) == 41
    assert [member.owner for member in crowd.near(box((3.0, 0.0, 0.0), (0.1, 0.1, 0.1), 0.0).bounds)] == ["pebble3", "hill"]


def field(folder: Path, count: int) -> SceneSpec:
    """So many blocks, one a metre and a half, as wide as it is deep."""
    scene = site(folder, "props:\n  a: {use: block, at: [0 m, 0 m]}")
    model = scene.things["a"]
    across = next(side for side in range(1, count) if side * side >= count)
    things = dict(scene.things)
    for index in range(count):
        at = tuple(Number(1.5 * (1 + part), "length") for part in divmod(index, across))
        things[f"b{index}"] = model.model_copy(update={"name": f"b{index}", "place": model.place.model_copy(update={"at": at})})
    return scene.model_copy(update={"things": things})


def calls(scene: SceneSpec) -> int:
    """Calls of Python functions that building the scene takes: the same number on every machine."""
    count = 0

    def note(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        build(scene)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.slow
def test_ten_thousand_things_take_ten_times_the_work_of_a_thousand(tmp_path: Path) -> None:
    small, large = calls(field(tmp_path, 1000)), calls(field(tmp_path, 10000))
    assert large <= 10 * small * 1.02, "the edge of the field has fewer neighbours than its middle, and less of it is edge"
