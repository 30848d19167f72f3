"""The nearest free place that is offered is really free, whatever the room is like."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.world.free import written
from tests.world.sites import hall, told

centimetres = st.integers(-250, 250)
sizes = st.integers(20, 150)
blocks = st.tuples(centimetres, st.integers(-170, 170), sizes, sizes, st.integers(0, 180))


def props(things: list[tuple[int, int, int, int, int]], at: str = "") -> str:
    lines = []
    for index, (x, y, width, depth, facing) in enumerate(things):
        here = at if at and index == len(things) - 1 else f"at: [{x / 100} m, {y / 100} m]"
        size = f"width: {width / 100} m, depth: {depth / 100} m, height: 0.7 m"
        lines.append(f"b{index}: {{use: block, in: hall, {here}, facing: {facing} deg, {size}}}")
    return "\n".join(lines)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(blocks, min_size=2, max_size=4))
def test_the_place_that_is_offered_is_really_free(things: list[tuple[int, int, int, int, int]]) -> None:
    with TemporaryDirectory() as folder:
        last = f"b{len(things) - 1}"
        found = [one for one in told(hall(Path(folder), props(things))) if one[1].startswith(f"{last} ")]
        offers = [remedy.split("`")[1] for _, _, remedy in found if "nearest free place" in remedy]
        if not offers:
            return
        after = told(hall(Path(folder), props(things, offers[0])))
        assert not [one for one in after if last in one[1].split()]


def test_an_at_is_written_as_an_author_would() -> None:
    assert written((0.9, 1.2)) == "`at: [0.9 m, 1.2 m]`"
    assert written((-0.35,)) == "`at: -0.35 m`"
    assert written((-0.0, 0.1 + 0.2)) == "`at: [0 m, 0.3 m]`"
