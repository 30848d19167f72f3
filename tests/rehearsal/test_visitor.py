"""The virtual visitor only moves a body; all else is the session's."""

from __future__ import annotations

from itertools import pairwise

from engine.rehearsal import Visitor
from engine.session import Session
from engine.session.log import digest
from engine.spec.load import load_scene
from engine.world.vectors import distance
from headset.inputs import TICKS_PER_SECOND
from tests.making import told


def rehearse(seed: int) -> str:
    session = Session(load_scene("lakeside"), seed=1)
    visitor = Visitor(session.world, seed)
    events = []
    while not session.over:
        events += session.step(session.tick + 1, [visitor.person(session.tick + 1)])
    assert [what for _, _, what in told(events, "grabbed", "released", "landed")] == ["stone"] * 3
    return digest(events)


def test_the_same_seed_does_the_same_and_another_one_something_else() -> None:
    assert rehearse(3) == rehearse(3)
    assert rehearse(3) != rehearse(4)


def test_a_hand_moves_as_a_hand_can() -> None:
    visitor = Visitor(Session(load_scene("lakeside")).world, 0)
    places = [visitor.person(tick).right.grip for tick in range(0, 9000)]
    fastest = 0.0
    for before, after in pairwise(places):
        assert before is not None
        assert after is not None
        fastest = max(fastest, distance(before.metres, after.metres) * TICKS_PER_SECOND)
    assert 0.3 < fastest < 2.5, "metres a second of an easy reach"
