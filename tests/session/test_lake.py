"""Breathing by the lake, played from start to end by people who do well, do badly, and do nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.rehearsal import Visitor
from engine.session import Event, Session
from engine.spec.load import load_scene
from headset.inputs import Command, Hand, Person
from tests.session.reading import log

LOGS = Path(__file__).resolve().parent / "logs"


def well() -> list[Event]:
    """Looks, breathes, takes the stone, lays it back, and stays to the end."""
    session = Session(load_scene("lakeside"))
    visitor = Visitor(session.world)
    events: list[Event] = []
    while not session.over:
        events += session.step(session.tick + 1, [visitor.person(session.tick + 1)])
    return events


def badly() -> list[Event]:
    """Takes the stone, grows uneasy after fifty seconds with it in hand, lets go of it and leaves by the menu button."""
    session = Session(load_scene("lakeside"))
    visitor = Visitor(session.world)
    events: list[Event] = []
    while not session.over:
        tick = session.tick + 1
        person = visitor.person(tick)
        if tick > 6000:
            person = Person(head=person.head, left=Hand(buttons=frozenset({"menu"})), right=Hand(person.right.grip))
        distress = [Command("participant", "distress", "calm gesture")] if tick == 5000 else []
        events += session.step(tick, [person, *distress])
    return events


def nothing() -> list[Event]:
    """Wears no headset at all."""
    return Session(load_scene("lakeside")).step(100_000)


PEOPLE = {"well": well, "badly": badly, "nothing": nothing}


@pytest.mark.parametrize("name", PEOPLE)
def test_a_person_leaves_exactly_this_log(name: str) -> None:
    assert log(PEOPLE[name]()) == (LOGS / f"lake_{name}.txt").read_text(encoding="utf-8")


def main() -> None:
    for name, play in PEOPLE.items():
        (LOGS / f"lake_{name}.txt").write_text(log(play()), encoding="utf-8")


if __name__ == "__main__":
    main()
