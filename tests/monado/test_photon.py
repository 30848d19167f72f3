"""From the motion of the head to what is lit: how many pictures pass until the edge is on the screen where a turned head sees it,
ours against the smallest client that there can be, in turns in one run, through Monado's own compositor.

Every picture carries its number, so no time is measured. The head turns as a picture comes on the screen; counted is how many of
the client's come before the first whose edge is in its new place: 0 is the very next one. In between Monado moves the picture it
has by where the head is now, and by twice as much: an edge where it never should be is passed over.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from statistics import median
from threading import Thread

import pytest

from headset.openxr.graphics import current_graphics
from tests.monado.marks import AHEAD, NUMBERS, TURNED, Brush, Sight, Sights, Watcher, edge_in, head, numbered, textures_of
from tests.monado.probe import SIZE, probe
from tests.monado.remote import Controller, Remote
from tests.monado.screen import COMPOSITED, Screen
from tests.monado.service import Service
from tests.monado.test_layers import card_between
from tests.monado.visit import Nothing, Script, Visit, visit

pytestmark = [pytest.mark.monado, pytest.mark.gl, pytest.mark.slow]

ROUNDS = 2
TURNS = 12
"""In a round."""
TRIES = 3
"""On a busy machine a client may be late by chance; one that is late always is so every time."""
SETTLED = 5
"""Pictures from the first that knows of a turn to the next turn."""
NEAR = 8
"""Columns of the screen, a degree and a half of the ten: a picture of the probe's is 64 columns wide, its edge as far from the
right place as half of one."""
SECONDS = 60.0


class Turner:
    """Turns the head to and fro, and remembers what was on the screen."""

    def __init__(self, remote: Remote, sights: Sights) -> None:
        self.remote = remote
        self.sights = sights
        self.sent: list[int] = []
        """Numbers of the pictures that were on the screen."""

    def turns(self) -> Iterator[None]:
        """All turns of a round; each `yield` lets one frame pass."""
        for turn in range(TURNS):
            turned = turn % 2 == 0
            turning = Thread(target=self._turn, args=[turned])
            turning.start()
            ends = time.monotonic() + SECONDS
            while len(self.sent) <= turn or self.sights.now().turned != turned:
                assert time.monotonic() < ends, f"turn {turn} is never seen"
                yield
            turning.join()
            for _ in range(SETTLED):
                yield

    def _turn(self, turned: bool) -> None:
        before, ends = self.sights.now().number, time.monotonic() + SECONDS
        while (now := self.sights.now().number) == before and time.monotonic() < ends:
            time.sleep(0.0005)
        self.remote.head(head(turned))
        self.sent.append(now)


def late(sent: list[int], seen: list[Sight]) -> list[int]:
    """For each turn, with the number that was on the screen then, how many pictures came before one that knows of it."""
    right = [one for one in seen if min(abs(one.edge - AHEAD), abs(one.edge - TURNED)) <= NEAR]
    moved = [after.number for before, after in pairwise(right) if before.turned != after.turned]
    assert len(moved) == len(sent), (sent, seen)
    # A picture from before the turn that Monado has moved rightly would be number -1.
    return [(number - at) % NUMBERS - 1 for number, at in zip(moved, sent, strict=True)]


def try_the_probe(screen: Screen, remote: Remote) -> list[int]:
    """A round of the probe, which paints the edge where its views have it."""
    finished, found = 0, list[int]()
    remote.head(head(False))
    with probe() as running:
        brush = Brush(current_graphics())
        framebuffers = [brush.gl.framebuffer_of(texture) for texture in textures_of(running.chain)]

        def paint(index: int, view: object) -> None:
            nonlocal finished
            finished += 1
            edge = edge_in(view, SIZE)
            dark, light = ((0, 0, SIZE, SIZE), (0.0, 0.0, 0.0)), ((edge, 0, SIZE - edge, SIZE), (1.0, 1.0, 1.0))
            brush.fill(framebuffers[index], [dark, light])
            brush.number(framebuffers[index], (SIZE, SIZE), finished)

        for _ in range(10):
            running.frame(paint)
        turner = Turner(remote, Sights(screen.folder))
        with Watcher(screen.folder) as watcher:
            for _ in turner.turns():
                running.frame(paint)
            found.extend(late(turner.sent, watcher.seen()))
    return found


def try_ours(screen: Screen, remote: Remote) -> list[int]:
    """A round of ours, with the edge of a card that stands in the scene."""
    found: list[int] = []
    remote.head(head(False))

    def script(visiting: Visit) -> Script:
        yield from visiting.until(lambda: "focused" in visiting.links())
        life = visiting.driver.life
        assert life is not None
        with numbered(life.swapchain, Brush(current_graphics())):
            yield from visiting.drawn_frames_pass(10)
            turner = Turner(remote, Sights(screen.folder))
            with Watcher(screen.folder) as watcher:
                for _ in turner.turns():
                    yield from visiting.drawn_frames_pass(1)
                found.extend(late(turner.sent, watcher.seen()))

    with visit(samples=0, drawn=False) as visiting:
        visiting.view = Nothing(visiting.stage)
        card_between(visiting.stage, (0.0, 40.0), (-40.0, 40.0), ahead=10.0)
        visiting.play(script(visiting))
    return found


def test_a_turn_of_the_head_is_lit_as_soon_as_by_the_smallest_client(record_property: Callable[[str, object], None]) -> None:
    least, ours = list[int](), list[int]()
    with Screen() as screen, Service(COMPOSITED), Remote() as remote:
        remote.reset()
        remote.controllers(Controller(active=False), Controller(active=False))
        for _ in range(TRIES):
            for _ in range(ROUNDS):
                least += try_the_probe(screen, remote)
                ours += try_ours(screen, remote)
            if as_soon(ours, least):
                break
    record_property("pictures between a turn and the first that knows of it: probe, ours", (least, ours))
    print("probe", least, "ours", ours)
    assert len(least) == len(ours) >= ROUNDS * TURNS
    assert as_soon(ours, least), (least, ours)


def as_soon(ours: list[int], least: list[int]) -> bool:
    """No later in the median, and one picture at most in the 95th percentile."""
    p95 = [sorted(one)[int(0.95 * len(one))] for one in (ours, least)]
    return median(ours) <= median(least) and p95[0] <= p95[1] + 1
