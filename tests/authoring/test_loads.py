"""The loads that are measured are drawn: all their boxes, where three.js has them."""

from __future__ import annotations

import numpy as np
import pytest

from engine.authoring.loads import loaded, measure
from engine.authoring.memory import growth, resident

pytestmark = pytest.mark.gl


def picture(load: str, count: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    with loaded(load, count, size=64) as (frame, read):
        frame()
        return np.array(read())


def test_static_and_movable_boxes_look_the_same_and_fill_as_much_of_the_picture_as_is_said() -> None:
    static, movable = picture("static", 100), picture("movable", 100)
    assert (np.abs(static.astype(int) - movable).max(axis=2) > 2).mean() < 0.02, "but for pixels at edges"
    covered = (static.max(axis=2) > 8).mean()
    assert covered == pytest.approx((0.6 * 0.7) ** 2, abs=0.06)
    assert picture("empty", 0).max() <= 8


def test_movable_boxes_move_in_every_frame() -> None:
    with loaded("movable", 400, size=256) as (frame, read):
        frame()
        before = np.array(read())
        frame()
        assert (before != read()).any()


def test_a_case_is_measured_block_by_block() -> None:
    found = measure({"load": "static", "count": 9, "size": 16, "eyes": 2, "samples": 0, "blocks": 2, "frames": 3})
    clock, waited = found["clock"], found["waited"]
    assert isinstance(clock, list)
    assert isinstance(waited, list)
    assert len(clock) == len(waited) == 2
    assert min(clock) > 0


def test_growth_finds_what_is_kept_and_not_what_was_there_before() -> None:
    kept: list[bytearray] = []
    assert growth(lambda: kept.append(bytearray(b"x" * 200_000)), 50, 100) == pytest.approx(10.0, rel=0.2)
    assert abs(growth(lambda: None, 10, 100)) < 1.0
    assert resident() > 1_000_000
