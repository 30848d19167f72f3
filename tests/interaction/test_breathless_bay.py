"""The clinic, played by hands alone: mask, oxygen, bell, backrest, board, each by the poses of a hand and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.interaction.buttons import FINGER
from engine.rehearsal.skills import where
from engine.session import Event, Session
from engine.spec.load import load_scene
from engine.world.joints import turn_about
from engine.world.vectors import Transform, add, compose
from tests.interaction.ward import at, control_at, facing, onto_face
from tests.making import play, told


@pytest.fixture
def session() -> Session:
    session = Session(load_scene("breathless_bay"))
    play(session, 1)
    return session


def bring(session: Session, places: Iterator[Transform] | list[Transform], squeeze: int) -> list[Event]:
    """Put the hand to one place after another, a tick each."""
    events: list[Event] = []
    for place in places:
        events += play(session, 0.01, [at(session.world, place, squeeze)])
    return events


def put_mask_on(session: Session) -> list[Event]:
    mask = session.world.places["mask"]
    grip = Transform(mask.point((0.0, 0.0, 0.1)), mask.turn)
    offset = grip.inverse() @ mask
    goal = onto_face(session.world) @ offset.inverse()
    return bring(session, [grip], 0) + bring(session, [grip, goal], 100) + bring(session, [goal], 0)


def turn_oxygen(session: Session, litres: int) -> list[Event]:
    dial = control_at(session.world, "oxygen", "dial")
    hand, axis = facing(session.world, "oxygen", dial), session.world.places["oxygen"].direction((0.0, 1.0, 0.0))
    events: list[Event] = []
    for _ in range(litres // 5):
        twist = [Transform(dial, compose(turn_about(axis, -50.0 + angle), hand.turn)) for angle in range(0, 101, 5)]
        events += bring(session, twist[:1], 0) + bring(session, twist, 100) + bring(session, twist[-1:], 0)
    return events


def press(session: Session, thing: str, control: str) -> list[Event]:
    face = control_at(session.world, thing, control)
    out = session.world.places[thing].direction((0.0, 1.0, 0.0))
    ways = [tuple(out[axis] * (FINGER + away) for axis in range(3)) for away in (0.1, 0.04, -0.01, 0.1)]
    return bring(session, [facing(session.world, thing, add(face, (x, y, z))) for x, y, z in ways], 0)


def raise_backrest(session: Session, degrees: float) -> list[Event]:
    world = session.world
    lever = world.bodies["bed"].card.controls["lever"]
    begins = float(world.value(("bed", "backrest")))
    way = [Transform(where(world, "bed", lever, begins + (degrees - begins) * part / 40)) for part in range(41)]
    return bring(session, way[:1], 0) + bring(session, way, 100) + bring(session, way[-1:], 0)


def results(session: Session) -> dict[str, str]:
    return {name: outcome.result for name, outcome in session.world.outcomes.items()}


@pytest.mark.parametrize("order", ["mask first", "oxygen first"])
def test_hands_that_do_well_meet_the_whole_checklist(session: Session, order: str) -> None:
    events = put_mask_on(session) if order == "mask first" else turn_oxygen(session, 10)
    assert not told(events, "item_met")
    events = turn_oxygen(session, 10) if order == "mask first" else put_mask_on(session)
    assert session.state == "treated"
    assert session.world.value(("oxygen", "flow")) == 10.0
    assert session.world.fitted == {"mask": ("patient", "face")}
    press(session, "bell", "button")
    raise_backrest(session, 46.0)
    assert session.world.value(("bed", "backrest")) == 45.0
    assert results(session) == {"oxygen_in_time": "met", "help_called": "met", "sat_up": "met"}
    play(session, 120)
    assert session.state == "debrief"
    press(session, "board", "done")
    assert session.outcome == "finished"
    assert session.tick < 125 * 100


def test_the_mask_stays_on_as_the_patient_sits_up(session: Session) -> None:
    put_mask_on(session)
    before = session.world.places["mask"].position
    raise_backrest(session, 60.0)
    after = session.world.places["mask"].position
    assert after[2] > before[2] + 0.05
    sits = onto_face(session.world)
    assert session.world.places["mask"].position == pytest.approx(sits.position, abs=1e-6)


def test_hands_that_do_nothing_meet_nothing(session: Session) -> None:
    play(session, 1100)
    assert session.outcome == "finished"
    assert set(results(session).values()) == {"missed"}
