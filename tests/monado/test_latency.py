"""How soon a turn of the head is in what is shown, in frames, against the smallest client that there can be.

The person turns at a random moment between two frames; counted is how many frames end with the old view after that, as they were
submitted. What is seen on a screen in the end is in `test_photon`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import cos, radians, sin
from statistics import median
from threading import Timer

import pytest
from numpy.random import default_rng

from tests.headset.openxr.trace import Call, recorded
from tests.monado.probe import probe
from tests.monado.remote import Head, Pose, Remote
from tests.monado.service import Service
from tests.monado.visit import Nothing, Script, Visit, visit

pytestmark = [pytest.mark.monado, pytest.mark.gl, pytest.mark.slow]

TURNS = 40
STEP = 10.0
"""Degrees of one turn."""
MOST = 10
LONGEST_FRAME = 0.05
"""Seconds: the null compositor's 20 Hz."""


def turned(step: int) -> Head:
    """The head after so many turns to and fro."""
    half = radians(STEP / 2) * (step % 2)
    return Head(Pose((0.0, 1.2, 0.0), (0.0, sin(half), 0.0, cos(half))))


def shows(yaw: float, step: int) -> bool:
    """Whether a view with that y of its quaternion is the one of this turn and not of the one before."""
    return abs(abs(yaw) - sin(radians(STEP / 2)) * (step % 2)) < sin(radians(STEP / 2)) / 2


class Turner:
    """Turns the head at a random moment of a frame, and remembers how many frames had ended by then."""

    def __init__(self, remote: Remote, yaws: Callable[[], Sequence[float]]) -> None:
        self.remote = remote
        self.yaws = yaws
        self.late: list[int] = []
        self._random = default_rng(1)
        self._step = 0

    def turn(self) -> Iterator[None]:
        """One turn; each `yield` lets one frame end."""
        self._step += 1
        sent: list[int] = []

        def send() -> None:
            self.remote.head(turned(self._step))
            sent.append(len(self.yaws()))

        timer = Timer(float(self._random.uniform(0.0, LONGEST_FRAME)), send)
        timer.start()
        shown = 0
        while not sent or len(self.yaws()) <= sent[0] + shown or not shows(self.yaws()[sent[0] + shown], self._step):
            if sent and len(self.yaws()) > sent[0] + shown:
                shown += 1
                assert shown < MOST, "the turn is never shown"
            else:
                yield
        timer.join()
        self.late.append(shown)


def of_the_probe(remote: Remote) -> list[int]:
    """Frames that ended after each turn without it, of the probe."""
    yaws: list[float] = []
    turner = Turner(remote, lambda: yaws)
    with probe() as running:
        for _ in range(TURNS):
            for _ in turner.turn():
                yaws.append(running.frame()[0][1])
    return turner.late


def of_ours(remote: Remote) -> list[int]:
    """The same of ours."""

    def yaws(trace: list[Call]) -> list[float]:
        shown = [call.facts["layers"] for call in list(trace) if call.function == "xrEndFrame"]
        return [layers[0]["views"][0][1] for layers in shown if layers]

    def script(visiting: Visit) -> Script:
        yield from visiting.until(lambda: "focused" in visiting.links())
        yield from visiting.drawn_frames_pass(5)
        for _ in range(TURNS):
            for _ in turner.turn():
                yield from visiting.drawn_frames_pass(1)

    with recorded(["xrEndFrame"]) as trace, visit(samples=0, drawn=False) as visiting:
        turner = Turner(remote, lambda: yaws(trace))
        visiting.view = Nothing(visiting.stage)
        visiting.play(script(visiting))
    return turner.late


def test_a_turn_of_the_head_is_shown_as_soon_as_in_the_smallest_client(
    service: Service, record_property: Callable[[str, object], None]
) -> None:
    with Remote() as remote:
        remote.reset()
        remote.head(turned(0))
        least, ours = of_the_probe(remote), of_ours(remote)
    record_property("frames that ended after a turn without it: probe, ours", (sum(least), sum(ours)))
    print("probe", least, "ours", ours)
    assert len(ours) == len(least) == TURNS
    assert median(ours) == median(least)
    assert sorted(ours)[int(0.95 * TURNS)] <= sorted(least)[int(0.95 * TURNS)] + 1
