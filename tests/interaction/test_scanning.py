"""Keys and switches: a focus that goes over all that can be done, and presses that count once."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.session import Event, Session
from headset.inputs import Command, Key, Person, Pose
from tests.interaction.ward import ward
from tests.making import play, told

HEAD = Pose.of((0.0, 0.0, 1.6))


@pytest.fixture
def session(tmp_path: Path) -> Session:
    session = Session(ward(tmp_path))
    play(session, 0.1, [keys()])
    return session


def keys(*down: Key) -> Person:
    return Person(head=HEAD, keys=frozenset(down))


def press(session: Session, key: Key, seconds: float = 0.2) -> list[Event]:
    """A key goes down, and up again for half a second."""
    return play(session, seconds, [keys(key)]) + play(session, 0.5, [keys()])


def wish(session: Session, *wishes: str) -> None:
    play(session, 0.01, [Command("participant", "set", one) for one in wishes])


def focus(session: Session) -> str:
    found = session.world.attention.get(("participant", "keys"))
    return f"{found.deed} {found.thing}" if found is not None else ""


def all_along(session: Session, key: Key) -> list[str]:
    """Where the focus goes until it has been everywhere."""
    found: list[str] = []
    for _ in range(40):
        press(session, key)
        if focus(session) in found:
            return found
        found.append(focus(session))
    raise AssertionError(found)


def test_the_focus_goes_from_left_to_right_over_all_that_can_be_done_and_round(session: Session) -> None:
    way = all_along(session, "next")
    front = ["pick mask", "step_up oxygen", "step_down oxygen", "press bell", "step_up second", "step_down second", "pick spare"]
    assert [deed for deed in way if deed in front] == front
    assert "place mask" not in way, "it was not picked"
    assert focus(session) == way[0]
    assert all_along(session, "previous")[:-1] == way[:0:-1]


def test_select_does_what_the_focus_is_on_and_stays_there(session: Session) -> None:
    while focus(session) != "step_up oxygen":
        press(session, "next")
    for _ in range(3):
        press(session, "select")
    assert focus(session) == "step_up oxygen"
    assert session.world.value(("oxygen", "flow")) == 3.0


def test_what_was_picked_is_placed_by_the_next_press(session: Session) -> None:
    while focus(session) != "pick mask":
        press(session, "next")
    events = press(session, "select")
    assert focus(session) == "place mask"
    events += press(session, "select")
    assert told(events, "fitted")
    assert {one.because for one in events if one.event == "fitted"} == {"chosen by key"}
    assert session.world.fitted == {"mask": ("patient", "face")}


def test_back_takes_the_focus_away(session: Session) -> None:
    press(session, "next")
    press(session, "back")
    assert not focus(session)


def test_one_switch_scans_by_itself_at_the_person_s_pace_and_rests_in_the_end(session: Session) -> None:
    wish(session, "scan=one", "scan_period=0.5")
    press(session, "select")
    seen = [focus(session)]
    for _ in range(3000):
        play(session, 0.02)
        if focus(session) != seen[-1]:
            seen.append(focus(session))
        if not focus(session):
            break
    assert not seen.pop()
    assert len(set(seen)) * 3 in (len(seen), len(seen) - 1)
    found = len(set(seen))
    press(session, "select")
    play(session, 0.5 * (found - 1) - 0.25)
    assert focus(session) == seen[found - 1], "half a second each"


def test_one_switch_plays_a_scene(session: Session) -> None:
    wish(session, "scan=one", "scan_period=1")
    events: list[Event] = press(session, "select")
    for wanted, times in (("pick mask", 2), ("step_up oxygen", 10), ("press bell", 1)):
        for _ in range(3000):
            if focus(session) == wanted:
                break
            if not focus(session):
                press(session, "select")
            play(session, 0.02)
        for _ in range(times):
            events += press(session, "select")
    assert [what for _, _, what in told(events, "logged")] == ["on_face", "flowing", "rung"]
    assert {event.because for event in events if event.event in ("grabbed", "fitted", "changed", "raised")} == {
        "chosen by switch"
    }


def test_the_focus_waits_while_the_switch_is_down_and_its_deed_is_that_of_going_down(session: Session) -> None:
    wish(session, "scan=one", "scan_period=0.5")
    press(session, "select")
    before = focus(session)
    play(session, 1.5, [keys("select")])
    assert focus(session) == before


def test_a_switch_that_bounces_presses_once(session: Session) -> None:
    while focus(session) != "step_up oxygen":
        press(session, "next")
    play(session, 0.1, [keys("select")])
    for _ in range(4):
        play(session, 0.02, [keys()])
        play(session, 0.02, [keys("select")])
    play(session, 0.5, [keys()])
    assert session.world.value(("oxygen", "flow")) == 1.0
    play(session, 0.01, [keys("select")])
    play(session, 0.5, [keys()])
    assert session.world.value(("oxygen", "flow")) == 1.0, "a touch of a hundredth of a second is no press"


def test_a_trembling_hand_is_heard_less_often(session: Session) -> None:
    while focus(session) != "step_up oxygen":
        press(session, "next")
    wish(session, "tremor=1")
    for _ in range(2):
        play(session, 0.2, [keys("select")])
        play(session, 0.3, [keys()])
    assert session.world.value(("oxygen", "flow")) == 0.0
    for _ in range(2):
        play(session, 0.4, [keys("select")])
        play(session, 0.2, [keys()])
    assert session.world.value(("oxygen", "flow")) == 1.0


def test_a_long_press_leaves_and_does_nothing_else(session: Session) -> None:
    while focus(session) != "press bell":
        press(session, "next")
    events = play(session, 2.5, [keys("select")])
    assert session.outcome == "left"
    assert not told(events, "raised")


def test_keys_that_are_down_as_a_pause_ends_work_nothing(session: Session) -> None:
    while focus(session) != "press bell":
        press(session, "next")
    play(session, 0.5, [Command("operator", "pause"), keys("select")])
    events = play(session, 0.5, [Command("operator", "resume")])
    events += play(session, 0.5, [keys()])
    assert not told(events, "raised")
    assert told(press(session, "select"), "raised")


def test_the_key_that_ends_a_pause_does_nothing_else(session: Session) -> None:
    while focus(session) != "press bell":
        press(session, "next")
    play(session, 0.5, [Command("participant", "pause"), keys()])
    events = play(session, 0.2, [keys("select"), Command("participant", "resume")])
    events += play(session, 0.5, [keys()])
    assert told(events, "resumed")
    assert not told(events, "raised")
    assert told(press(session, "select"), "raised")


def test_what_goes_while_the_focus_is_on_it_is_not_done(session: Session) -> None:
    while focus(session) != "press bell":
        press(session, "next")
    session.world.properties["bell", "present"] = False
    assert not told(press(session, "select"), "raised")
    assert "bell" not in focus(session)


def test_a_focus_goes_on_in_a_session_taken_up_from_a_snapshot(session: Session) -> None:
    wish(session, "scan=one", "scan_period=0.7")
    press(session, "select")
    play(session, 0.3, [keys("select")])
    kept = session.snapshot()
    again = Session(session.scene)
    again.restore(kept)
    for one in (again, session):
        play(one, 1.9, [keys()])
    assert focus(again) == focus(session) != ""
    assert again._bodies.snapshot() == session._bodies.snapshot()
