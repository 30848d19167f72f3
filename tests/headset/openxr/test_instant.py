"""The runtime that answers at once, on which our own side of a frame is measured: a whole session on it breaks no rule."""

from __future__ import annotations

from contextlib import closing

import numpy as np
import pytest

from engine.view.stage import Stage
from headset.driver import Panel
from headset.inputs import HAND_JOINTS, Person
from headset.openxr.instant import driver_on, installed
from tests.headset.openxr.trace import broken_rules, frames, recorded

pytestmark = pytest.mark.gl

FRAMES = 12


def test_a_session_on_it_is_whole_and_breaks_no_rule() -> None:
    board = np.full((4, 8, 4), 255, np.uint8)
    boards = [Panel(f"{bend}", board, (0.4, 0.2), (0.0, 1.0, 1.3), (1.0, 0.0, 0.0, 0.0), bend) for bend in (0.0, 1.0)]
    people: list[Person] = []
    with (
        installed() as runtime,
        recorded() as trace,
        closing(Stage()) as stage,
        closing(driver_on(runtime, stereo="two_pass", samples=0)) as driver,
    ):
        driver.open(stage)
        driver.allow(frozenset({"joints", "gaze"}))
        assert driver.panels(boards)
        ticks = []
        for _ in range(FRAMES):
            frame = driver.wait()
            assert frame is not None
            ticks.append(frame.tick)
            people += [one for one in driver.inputs(frame) if isinstance(one, Person)]
            driver.render(frame, stage)
        life = driver.life
        assert life is not None
        assert life.depth is not None
        assert life.depth.images is not None
    assert broken_rules(trace) == []
    assert frames(trace) == FRAMES
    shown = [call.facts["layers"] for call in trace if call.function == "xrEndFrame"]
    assert [len(layers) for layers in shown] == [3] * FRAMES
    assert ticks[-1] == pytest.approx((FRAMES - 1) * 100 / 90, abs=1)
    assert len({person.head for person in people}) == FRAMES, "nobody rests"
    assert runtime.calls["xrEndFrame"] == FRAMES, "and every call is counted, whose way into Python is taken off a frame"
    assert {name: seconds >= 0.0 for name, seconds in runtime.crossing().items()} == dict.fromkeys(runtime.calls, True)
    last = people[-1]
    assert last.gaze is not None
    for hand in (last.left, last.right):
        assert hand.grip is not None
        assert len(hand.joints or ()) == HAND_JOINTS
