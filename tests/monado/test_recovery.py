"""The runtime dies in the middle of a session: the session goes on, the headset comes back, the picture too."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest

from headset.inputs import Person
from tests.monado.remote import Controller, Head, Pose, Remote, Touchable
from tests.monado.service import Service
from tests.monado.visit import Pixels, Script, Visit, take_picture, visit

pytestmark = [pytest.mark.monado, pytest.mark.gl]

LIVES = 5


def wear(holding_menu: bool = False) -> None:
    """Put a person into a service that has just started. Its port serves one at a time, so this one goes at once."""
    with Remote() as remote:
        remote.reset()
        remote.head(Head(Pose((0.0, 1.2, 0.0))))
        menu = Touchable(click=holding_menu)
        remote.controllers(Controller(Pose((-0.2, 1.1, -0.5))), Controller(Pose((0.2, 1.1, -0.5)), b_button=menu))


@pytest.mark.slow
def test_the_runtime_is_killed_five_times_and_the_picture_is_back_each_time(
    service: Service, record_property: Callable[[str, object], None]
) -> None:
    taken: list[Pixels] = []
    seconds: list[float] = []

    def script(visiting: Visit) -> Script:
        session = visiting.session
        wear()
        yield from visiting.until(lambda: "focused" in visiting.links())
        yield from visiting.drawn_frames_pass(3)
        taken.append((yield from take_picture(visiting)))
        for life in range(LIVES):
            service.kill()
            yield from visiting.until(lambda life=life: visiting.links().count("lost") == life + 1)  # type: ignore[misc]
            assert session.world.paused
            clock, tick, began = session.world.clock, session.tick, time.monotonic()
            yield from visiting.until(lambda tick=tick: session.tick > tick + 80)  # type: ignore[misc]
            assert time.monotonic() - began > 0.7, "ticks do not keep time without a runtime"
            assert session.world.clock == clock, "the scene went on without its patient"
            service.start()
            wear()
            began = time.monotonic()
            yield from visiting.until(lambda life=life: visiting.links().count("back") == life + 1)  # type: ignore[misc]
            yield from visiting.drawn_frames_pass(1)
            seconds.append(time.monotonic() - began)
            assert not session.world.paused
            yield from visiting.drawn_frames_pass(2)
            taken.append((yield from take_picture(visiting)))

    with visit(still=True) as visiting:
        visiting.play(script(visiting))
        assert len(visiting.said) == LIVES
        assert visiting.told("paused", "resumed") == [("headset", "paused", ""), ("headset", "resumed", "")] * LIVES
    record_property("seconds from the service's start to the first picture", [round(second, 2) for second in seconds])
    assert len(np.unique(taken[0].reshape(-1, 3), axis=0)) > 500
    for picture in taken[1:]:
        apart = np.abs(picture.astype(int) - taken[0]).max(axis=2)
        record_property("pixels that differ from the first picture", int((apart > 0).sum()))
        assert (apart > 2).mean() < 0.001, "another picture came back"


def test_a_button_held_as_the_runtime_dies_is_held_no_more(service: Service) -> None:
    def script(visiting: Visit) -> Script:
        yield from visiting.until(lambda: "focused" in visiting.links())
        wear(holding_menu=True)
        yield from visiting.until(lambda: "menu" in visiting.person.right.buttons)
        service.kill()
        yield from visiting.until(lambda: "lost" in visiting.links())
        tick = visiting.session.tick
        yield from visiting.until(lambda: visiting.session.tick > tick + 150)
        assert visiting.person == Person()
        assert not visiting.session.over

    with visit(drawn=False) as visiting:
        visiting.play(script(visiting))


def test_an_absent_headset_costs_next_to_nothing(service: Service) -> None:
    def script(visiting: Visit) -> Script:
        yield from visiting.frames_pass(5)
        service.kill()
        yield from visiting.until(lambda: "lost" in visiting.links())
        tick, used = visiting.session.tick, time.process_time()
        yield from visiting.until(lambda: visiting.session.tick > tick + 200)
        assert time.process_time() - used < 0.5, "it spins"

    with visit(drawn=False) as visiting:
        visiting.play(script(visiting))
