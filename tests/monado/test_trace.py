"""What the driver asks of a real runtime, call by call: the rules of good practice hold over two hundred frames."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from engine.authoring.memory import DRAWN
from engine.view.census import hide_heavy
from tests.headset.openxr.trace import Call, broken_rules, frames, recorded
from tests.monado.remote import Controller, Head, Pose, Remote
from tests.monado.service import Service
from tests.monado.visit import Script, Visit, visit

pytestmark = [pytest.mark.monado, pytest.mark.gl, pytest.mark.slow]

FRAMES = 200
Figures = Callable[[str, object], None]


@pytest.fixture(scope="module")
def trace() -> list[Call]:
    """The calls of a session in which the person looks about, reaches out and loses a controller."""

    def script(visiting: Visit) -> Script:
        yield from visiting.until(lambda: "focused" in visiting.links())
        hide_heavy(visiting.stage, DRAWN)  # it is the calls that count
        for step in range(FRAMES):
            remote.head(Head(Pose((0.001 * step, 1.2, 0.0))))
            remote.controllers(Controller(active=step % 50 < 40), Controller(Pose((0.2, 1.0 + 0.001 * step, -0.4))))
            yield from visiting.drawn_frames_pass(1)

    with Service(), Remote() as remote, recorded() as calls:
        remote.reset()
        with visit(samples=0) as visiting:
            visiting.play(script(visiting))
    return calls


def test_no_rule_is_broken(trace: list[Call]) -> None:
    assert frames(trace) >= FRAMES
    assert broken_rules(trace) == []
    assert [call for call in trace if not call.ok] == []


def test_views_are_looked_up_as_late_as_can_be(trace: list[Call]) -> None:
    """After xrBeginFrame and the image: what is drawn is the newest that there is."""
    begun = imaged = looked = shown = chain = 0
    for index, call in enumerate(trace):
        match call.function:
            case "xrBeginFrame":
                begun = index
            case "xrWaitSwapchainImage" if call.facts["handle"] == chain:
                imaged = index
            case "xrLocateViews":
                looked = index
            case "xrEndFrame" if call.facts["layers"]:
                assert shown == 0 or begun < imaged < looked
                chain = call.facts["layers"][0]["chains"][0]
                shown += 1
    assert shown >= FRAMES


def test_a_frame_makes_few_calls(trace: list[Call], record_property: Figures) -> None:
    """Each costs 2 to 5 µs: what a frame asks twice it should remember."""
    waits = [index for index, call in enumerate(trace) if call.function == "xrWaitFrame"]
    per_frame = sorted(later - earlier for earlier, later in pairwise(waits))
    middle = per_frame[len(per_frame) // 2]
    record_property("calls of ruled functions in a frame", middle)
    assert middle <= 24
