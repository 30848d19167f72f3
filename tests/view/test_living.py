"""What goes by itself: breath, curtains, an alarm's lamp; by the scene's clock, and nothing else."""

from __future__ import annotations

import panda3d.core as p3d
import pytest

from engine.session import Session
from engine.spec.load import load_scene
from engine.view.living import COLOURS, GATHERED, RISE, Living, gathered, risen
from engine.view.ui.monitor import COLOURS as INKS
from engine.view.ui.monitor import MonitorScreen
from engine.world.screens import Alarm, Face, Priority

SECONDS = 10


@pytest.fixture
def session() -> Session:
    one = Session(load_scene("breathless_bay"))
    one.step(0)
    return one


def living_of(session: Session) -> Living:
    return Living(session.world, session.value, session.clock_at)


def peaks(heights: list[float]) -> int:
    return sum(1 for a, b, c in zip(heights, heights[1:], heights[2:], strict=False) if a < b >= c)


def test_a_chest_rises_at_the_patients_rate(session: Session) -> None:
    living = living_of(session)
    chest = living.chest("patient", p3d.NodePath("patient"))
    heights = []
    for tick in range(1, SECONDS * 100):
        session.step(tick)
        living.follow(tick / 100)
        heights.append(chest.get_sz())
    assert peaks(heights) == 24 * SECONDS // 60
    assert min(heights) == pytest.approx(1.0, abs=1e-3)
    assert max(heights) == pytest.approx(1.0 + RISE, abs=1e-3)


def test_a_chest_moves_on_between_two_ticks(session: Session) -> None:
    living = living_of(session)
    chest = living.chest("patient", p3d.NodePath("patient"))
    found = []
    for tick in range(1, 31):
        session.step(tick)
    for time in (0.300, 0.304, 0.308):
        living.follow(time)
        found.append(chest.get_sz())
    assert found[0] < found[1] < found[2]
    assert living.breathing == [chest]


def test_a_chest_lies_still_when_the_heart_does(session: Session) -> None:
    living = living_of(session)
    chest = living.chest("patient", p3d.NodePath("patient"))
    session.world.properties["patient", "rhythm"] = "asystole"
    living.follow(0.0)
    first = chest.get_sz()
    for tick in range(1, 300):
        session.step(tick)
        living.follow(tick / 100)
        assert chest.get_sz() == first
    assert living.breathing == []


def test_breath_goes_in_faster_than_out() -> None:
    assert risen(0.0) == 0.0
    assert risen(1 / 3) == pytest.approx(1.0)
    assert risen(1.5) == risen(2.5)
    assert risen(0.25) > risen(0.75)


@pytest.mark.parametrize("drawn", [0.0, 0.4, 1.0])
def test_a_curtain_is_gathered_towards_one_end(session: Session, drawn: float) -> None:
    living = living_of(session)
    session.world.properties["curtain", "drawn"] = 1.0
    node = living.curtain(("curtain", "drawn"), 2.0, p3d.NodePath("curtain"))
    session.world.properties["curtain", "drawn"] = drawn
    assert living.follow(0.0)
    left, right = (node.get_mat().xform_point(p3d.LPoint3f(x, 0, 0))[0] for x in (-1.0, 1.0))
    assert left == pytest.approx(-1.0)
    assert right - left == pytest.approx(2.0 * (GATHERED + (1.0 - GATHERED) * drawn))
    assert living.away() == ([node] if drawn < 1.0 else [])
    assert not living.follow(0.1), "it hangs still"


def test_a_curtain_throws_a_live_shadow_only_where_it_hangs_otherwise_than_when_light_was_traced(session: Session) -> None:
    living = living_of(session)
    session.world.properties["curtain", "drawn"] = 0.25
    node = living.curtain(("curtain", "drawn"), 2.0, p3d.NodePath("curtain"))
    living.follow(0.0)
    assert living.away() == []
    session.world.properties["curtain", "drawn"] = 1.0
    living.follow(0.1)
    assert living.away() == [node]


def test_gathering_stays_between_all_drawn_and_all_put_aside() -> None:
    assert gathered(1.0, 2.0) == gathered(1.4, 2.0) == (0.0, 1.0, 1.0)
    aside, wide, deep = gathered(-1.0, 2.0)
    assert (aside, wide, deep) == gathered(0.0, 2.0)
    assert aside == pytest.approx(-(1.0 - wide)), "its end stays"
    assert deep > 1.0


@pytest.mark.parametrize(("priority", "hue"), [("high", "red"), ("medium", "yellow"), ("low", "cyan")])
def test_an_alarms_lamp_flashes_in_its_colour_at_most_three_times_a_second(
    session: Session, priority: Priority, hue: str
) -> None:
    living = living_of(session)
    node = living.lamp("monitor", p3d.NodePath("monitor"))
    shining = living._lamps[0][1]
    shone: list[tuple[float, ...]] = []
    for alarms in ((), (Alarm("spo2_low", priority, 0),)):
        session.world.monitors["monitor"] = Face("patient", "sinus", (), alarms)
        for tick in range(1, SECONDS * 100):
            session.world.clock = tick
            living.follow(0.0)
            shone.append(tuple(shining.get_element(0))[:3])
    assert str(node.get_shader_input("emitted").get_name()) == "emitted"
    quiet, loud = shone[: len(shone) // 2], shone[len(shone) // 2 :]
    assert not any(map(any, quiet))
    lights = {light for light in loud if any(light)}
    assert len(lights) == 1
    light = lights.pop()
    assert [each / max(light) for each in light] == pytest.approx(COLOURS[hue], abs=1e-3)
    begins = [index for index in range(1, len(loud)) if any(loud[index]) and not any(loud[index - 1])]
    assert all(sum(1 for other in begins if start <= other < start + 100) <= 3 for start in begins)


def test_a_monitor_shows_a_whole_sweep_at_once(session: Session) -> None:
    picture = MonitorScreen("monitor", (480, 270)).update(session.world)
    assert picture is not None
    for rows, name in ((slice(55, 102), "hr"), (slice(108, 155), "spo2"), (slice(162, 210), "rr")):
        part = picture[rows, 6:285].astype(int)
        inked = (abs(part - INKS[name]).max(-1) < 60).any(0)
        assert inked.mean() > 0.85, name
