"""Going about without hands: by a look at the floor, by keys, by one switch, by words; never through what is closed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.interaction.spoken import hear
from engine.session import Event, Session
from engine.spec.load import load_scene
from engine.view.marks import spot
from engine.world.vectors import Vec3, distance, heading, look_at
from headset.inputs import Command, Hand, Key, Person, Pose
from tests.making import play, told

ME = "participant"

FLAT = """\
spec: 1
language: en
rooms:
  bay: {size: [5 m, 4 m, 2.7 m]}
  corridor: {size: [5 m, 2.4 m, 2.7 m], south_of: bay}
openings:
  door: {use: clinic_door, against: bay.south, open: OPEN}
props:
  chair: {use: visitor_chair, against: bay.west}
  bell: {use: call_button, against: corridor.south, at: [1.5 m, 1.1 m]}
people:
  participant: {in: bay, at: [0 m, 0.5 m], facing: south}
scenario:
  start: stay
  rules: {when: bell pressed, do: {log: rung}}
  states:
    stay: {rules: {when: after 10 min, go: end}}
text:
  title: Two rooms
"""


def flat(folder: Path, opened: str = "85 deg", changed: tuple[str, str] = ("", "")) -> Session:
    path = folder / "flat.yaml"
    path.write_text(FLAT.replace("OPEN", opened).replace(*changed), encoding="utf-8")
    session = Session(load_scene(path))
    play(session, 2.5, [Person(head=Pose.of((0.0, 0.0, 1.6)))])
    return session


def feet(session: Session) -> Vec3:
    return session._bodies.steps.feet


def look(session: Session, point: Vec3, seconds: float) -> list[Event]:
    """Look at a point of the scene, with the head."""
    head = session.world.head(ME)
    assert head is not None
    local = session.world.origin.inverse()
    turn = look_at(local.point(head.position), local.point(point))
    return play(session, seconds, [Person(head=Pose.of(local.point(head.position), turn))])


def floor(session: Session, point: Vec3) -> list[Event]:
    """Rest a look on the floor, and then on the mark that opens."""
    events = look(session, point, 1.0)
    marks = [mark for mark in session.world.marks.get((ME, "gaze"), ()) if mark.deed == "go"]
    return events + (look(session, marks[0].point, 1.3) if marks else [])


def press(session: Session, *keys: Key) -> list[Event]:
    down = play(session, 0.1, [Person(head=Pose.of((0.0, 0.0, 1.6)), keys=frozenset(keys))])
    return down + play(session, 0.3, [Person(head=Pose.of((0.0, 0.0, 1.6)))])


def focus(session: Session) -> tuple[str, str]:
    found = session.world.attention.get((ME, "keys"))
    return ("", "") if found is None else (found.deed, found.thing)


def by_keys(session: Session, stop: str) -> list[Event]:
    events: list[Event] = []
    for _ in range(30):
        events += press(session, "next")
        if focus(session) == ("go", stop):
            return events + press(session, "select")
    return events


def by_one_switch(session: Session, stop: str) -> list[Event]:
    events = play(session, 0.01, [Command(ME, "set", "scan=one"), Command(ME, "set", "scan_period=0.5")])
    events += press(session, "select")
    for _ in range(2000):
        if focus(session) == ("go", stop):
            return events + press(session, "select")
        events += play(session, 0.01)
    return events


def by_words(session: Session, stop: str) -> list[Event]:
    return play(session, 0.1, [Command(ME, "say", f"please go to the {stop}")])


def by_name(session: Session, stop: str) -> list[Event]:
    return play(session, 0.1, [Command(ME, "do", f"go {stop}")])


WAYS: dict[str, Callable[[Session, str], list[Event]]] = {
    "keys": by_keys,
    "one_switch": by_one_switch,
    "words": by_words,
    "name": by_name,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("stop", "now"), [("corridor", "corridor"), ("chair", "chair.seat"), ("ahead", "corridor")])
def test_every_body_goes_to_a_stop_by_the_same_event(tmp_path: Path, way: str, stop: str, now: str) -> None:
    session = flat(tmp_path)
    (event,) = [event for event in WAYS[way](session, stop) if event.event == "moved"]
    assert (event.who, event.what, event.value) == (ME, now, "bay")
    if stop == "corridor":
        assert session.world.room_of(feet(session)) == "corridor"
    elif stop == "chair":
        head = session.world.head(ME)
        assert head is not None
        assert head.position[2] == pytest.approx(1.2), "seated eyes"
    else:
        assert feet(session) == pytest.approx((0.0, -2.5, 0.0), abs=0.01), "straight on to the south, through the open door"


def test_a_look_at_the_floor_opens_a_mark_and_a_look_at_that_goes_there(tmp_path: Path) -> None:
    session = flat(tmp_path)
    there = (1.2, -0.6, 0.0)
    events = look(session, there, 2.0)
    assert not told(events, "moved"), "a look at the floor alone moves nobody, however long"
    arc, (mark,) = session.world.arcs[ME, "gaze"], session.world.marks[ME, "gaze"]
    assert mark.deed == "go"
    assert arc.landing is not None
    assert distance(arc.landing.position, there) < 0.1
    before = session.world.origin.turn
    events = look(session, mark.point, 1.3)
    assert [(event.event, event.what, event.because) for event in events] == [("moved", "bay", "gaze on its mark for 1 s")]
    assert distance(feet(session), there) < 0.1
    assert session.world.origin.turn == before
    assert (ME, "gaze") not in session.world.arcs


def test_a_look_sits_down_and_a_look_stands_up_again(tmp_path: Path) -> None:
    session = flat(tmp_path)
    chair = session.world.places["chair"]
    assert [event.what for event in floor(session, chair.point((0.0, 0.1, 0.44))) if event.event == "moved"] == ["chair.seat"]
    look(session, (-1.0, 2.0, 2.6), 1.5)
    events = floor(session, (0.5, 0.5, 0.0))
    assert [event.what for event in events if event.event == "moved"] == ["bay"]
    assert feet(session)[0] == pytest.approx(0.5, abs=0.15)


def test_a_mark_closes_when_nobody_looks_at_it_or_at_its_spot(tmp_path: Path) -> None:
    session = flat(tmp_path)
    look(session, (1.2, -0.6, 0.0), 1.0)
    (mark,) = session.world.marks[ME, "gaze"]
    look(session, (-1.0, 2.0, 2.6), 1.5)
    assert (ME, "gaze") not in session.world.marks
    assert not told(look(session, mark.point, 1.3), "moved")


@pytest.mark.parametrize(("opened", "way"), [("20 deg", "name"), *(("0 deg", way) for way in WAYS)])
def test_a_closed_door_is_in_nobodys_way_but_theirs_who_would_go_through(tmp_path: Path, opened: str, way: str) -> None:
    session = flat(tmp_path, opened)
    assert not told(WAYS[way](session, "corridor"), "moved")
    assert told(WAYS[way](session, "chair"), "moved")


def test_straight_on_ends_at_a_closed_door_and_leads_through_an_open_one(tmp_path: Path) -> None:
    for opened, beyond in (("0 deg", False), ("20 deg", False), ("100 deg", True)):
        session = flat(tmp_path, opened)
        for _ in range(3):
            by_name(session, "ahead")
        assert (feet(session)[1] < -2.0) == beyond


def test_a_door_that_closes_while_one_looks_at_a_mark_behind_it_is_in_the_way(tmp_path: Path) -> None:
    session = flat(tmp_path)
    for closes in (True, False):
        look(session, (0.0, -2.9, 0.0), 1.0)
        (mark,) = session.world.marks[ME, "gaze"]
        assert mark.point[1] < -2.5
        session.world.properties["door", "open"] = 0.0 if closes else 85.0
        assert bool(told(look(session, mark.point, 1.3), "moved")) != closes
        look(session, (-1.0, 2.0, 2.6), 1.5)
        session.world.properties["door", "open"] = 85.0


@pytest.mark.parametrize("way", [*WAYS, "gaze"])
@pytest.mark.parametrize("why", ["move=off", "still"])
def test_who_wishes_not_to_be_moved_or_is_to_stay_goes_nowhere(tmp_path: Path, way: str, why: str) -> None:
    session = flat(tmp_path, changed=("facing: south", "facing: south, locomotion: still") if why == "still" else ("", ""))
    if why != "still":
        play(session, 0.01, [Command(ME, "set", why)])
    before = session.world.origin
    events = floor(session, (1.2, -0.6, 0.0)) if way == "gaze" else WAYS[way](session, "corridor")
    assert session.world.origin is before
    assert not told(events, "moved")
    assert (ME, "gaze") not in session.world.marks
    if way in ("name", "words"):
        assert "deed_refused" in [event.event for event in events]


@pytest.mark.parametrize(
    ("stop", "why"),
    [
        ("bay", "they are at bay already"),
        ("attic", "there is no thing and no room 'attic'"),
        ("participant", "there is no thing and no room 'participant'"),
    ],
)
def test_a_step_that_cannot_be_is_refused_with_the_reason(tmp_path: Path, stop: str, why: str) -> None:
    session = flat(tmp_path, changed=("at: [0 m, 0.5 m]", "at: [0 m, 0 m]"))
    events = by_name(session, stop)
    assert [(event.event, event.because) for event in events] == [("deed_refused", why)]


def test_others_are_moved_by_nobody_and_nothing_moves_while_paused(tmp_path: Path) -> None:
    session = flat(tmp_path)
    play(session, 0.1, [Person("colleague", Pose.of((0.0, 0.0, 1.6)))])
    events = play(session, 0.1, [Command("colleague", "do", "go chair")])
    assert [event.because for event in events] == ["only the participant is moved"]
    play(session, 0.1, [Command("operator", "pause")])
    assert not told(by_name(session, "chair") + by_keys(session, "chair"), "moved")


def test_words_that_lead_on_are_those_of_the_language_and_english(tmp_path: Path) -> None:
    session = flat(tmp_path, changed=("language: en", "language: de"))
    deeds = session._bodies.deeds
    for words, stop in (("Geh bitte in den corridor", "corridor"), ("geh voraus", "ahead"), ("walk forward", "ahead")):
        assert str(hear(deeds, ME, words).meant) == f"go {stop}"


def test_before_a_thing_one_stands_and_faces_it(tmp_path: Path) -> None:
    session = flat(tmp_path)
    assert told(by_name(session, "bell"), "moved")
    head = session.world.head(ME)
    assert head is not None
    assert head.direction((0.0, 1.0, 0.0)) == pytest.approx((0.0, -1.0, 0.0), abs=0.1)
    assert told(play(session, 0.3, [Command(ME, "do", "press bell")]), "logged"), "and works what was out of sight"


def test_what_a_key_would_go_to_is_shown_and_no_longer_when_the_focus_is_elsewhere(tmp_path: Path) -> None:
    session = flat(tmp_path)
    for _ in range(30):
        press(session, "next")
        if focus(session) == ("go", "corridor"):
            break
    (mark,), arc = session.world.marks[ME, "keys"], session.world.arcs[ME, "keys"]
    assert (mark.deed, mark.thing) == ("go", "corridor")
    assert arc.landing is not None
    assert session.world.room_of(arc.landing.position) == "corridor"
    press(session, "back")
    assert (ME, "keys") not in session.world.marks
    assert (ME, "keys") not in session.world.arcs


@pytest.mark.parametrize("moment", [0.3, 0.9, 1.5])
def test_a_session_taken_up_while_a_look_goes_on_goes_on_the_same(tmp_path: Path, moment: float) -> None:
    session = flat(tmp_path)
    there = (1.2, -0.6, 0.0)
    look(session, there, min(moment, 0.9))
    mark = (there[0], there[1], 0.35)
    if moment > 0.9:
        look(session, mark, moment - 0.9)
    kept = session.snapshot()

    def rest() -> list[tuple[int, str, str]]:
        events = look(session, there, max(0.0, 0.9 - moment)) if moment < 0.9 else []
        return told([*events, *look(session, mark, 1.5)])

    first = rest()
    session.restore(kept)
    assert rest() == first
    assert "moved" in [event for _, event, _ in first]


def test_on_the_dock_one_goes_straight_on_but_not_into_the_water() -> None:
    session = Session(load_scene("lakeside"))
    play(session, 0.1, [Person(head=Pose.of((0.0, 0.0, 1.2)))])
    moved = 0
    for _ in range(6):
        moved += len(told(by_name(session, "ahead"), "moved"))
    assert moved >= 1
    assert feet(session)[2] == pytest.approx(0.5), "on the planks"
    side = Pose.of((0.0, 0.0, 1.2), heading(90.0))
    play(session, 0.1, [Person(head=side)])
    for _ in range(4):
        by_name(session, "ahead")
    assert feet(session)[2] == pytest.approx(0.5)


def test_who_has_hands_looks_at_floors_without_meaning_it(tmp_path: Path) -> None:
    session = flat(tmp_path)
    hand = Hand(grip=Pose.of((0.2, 0.2, 1.0)))
    turn = look_at((0.0, 0.0, 1.6), (0.3, 1.2, 0.0))
    events = play(session, 3.0, [Person(head=Pose.of((0.0, 0.0, 1.6), turn), right=hand)])
    assert not told(events, "moved")
    assert (ME, "gaze") not in session.world.marks


@pytest.mark.parametrize("way", [*WAYS, "gaze"])
def test_who_has_no_head_goes_nowhere(tmp_path: Path, way: str) -> None:
    session = flat(tmp_path)
    if way == "gaze":
        look(session, (1.2, -0.6, 0.0), 1.0)
        assert (ME, "gaze") in session.world.marks
    before = session.world.origin
    play(session, 0.5, [Person(head=Pose.of((float("nan"), 0.0, 1.6)))])
    if way in ("words", "name"):
        assert not told(WAYS[way](session, "corridor"), "moved")
    elif way == "keys":
        play(session, 0.2, [Person(keys=frozenset({"next"}))])
        play(session, 0.5, [Person(keys=frozenset({"select"}))])
    play(session, 2.0, [Person()])
    assert session.world.origin is before
    assert (ME, "gaze") not in session.world.marks
    assert (ME, "keys") not in session.world.arcs


def test_what_a_picture_shows_of_a_stop_is_its_mark_and_nothing_once_the_session_is_over(tmp_path: Path) -> None:
    session = flat(tmp_path)
    look(session, (1.2, -0.6, 0.0), 1.0)
    (mark,) = session.world.marks[ME, "gaze"]
    look(session, mark.point, 0.3)
    assert spot(session.world, session.world.attention[ME, "gaze"]) == (mark.point, 0.0)
    for _ in range(30):
        press(session, "next")
        if focus(session) == ("go", "corridor"):
            break
    (mark,) = session.world.marks[ME, "keys"]
    assert spot(session.world, session.world.attention[ME, "keys"]) == (mark.point, 0.0)
    play(session, 0.1, [Command("operator", "leave")])
    assert session.world.marks == {}
    assert all(attends.deed != "go" for attends in session.world.attention.values())
    assert session.world.arcs == {}


def test_who_stands_close_to_a_closed_door_does_not_step_over_it(tmp_path: Path) -> None:
    for opened, beyond in (("0 deg", False), ("100 deg", True)):
        session = flat(tmp_path, opened, ("at: [0 m, 0.5 m]", "at: [0 m, -1.6 m]"))
        by_name(session, "ahead")
        assert (session.world.room_of(feet(session)) != "bay") == beyond
