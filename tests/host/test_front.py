"""Panels before a running session: what is chosen there is an input like any other, recorded and replayed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from engine.host.front import MESSAGE_SECONDS, Front
from engine.host.panels import OpenPanel
from engine.session import Event, Session
from engine.spec.load import load_scene
from engine.view.stage import Stage
from engine.view.ui.shelf import Shelf
from headset.driver import Frame, Panel
from headset.inputs import Command, Input, Person, Pose
from headset.offscreen import Offscreen
from tests.host.pointing import idle, pointing


class Able(Offscreen):
    """A device that can recentre, and shows who has paused."""

    def __init__(self, size: tuple[int, int], **more: Any) -> None:
        super().__init__(size, **more)
        self.recentred = 0
        self.heard: list[str] = []

    def recentre(self) -> None:
        self.recentred += 1

    def hear(self, command: Command) -> None:
        self.heard.append(f"{command.author} {command.verb}")


class Evening:
    """A session of lakeside with a front before it, driven person by person."""

    def __init__(self, *, ask: bool = False, able: bool = False, language: str | None = None) -> None:
        self.session = Session(load_scene("lakeside", language=language))
        self.people: list[Input] = []
        self.driver = (Able if able else Offscreen)((32, 18), script=lambda frame: self.people)
        self.shown: list[Panel] = []
        self.shelf = Shelf(Stage(), self._take)
        self.front = Front(self.driver, self.session, self.shelf, ask=ask)
        self.tick = 0
        self.recorded: list[tuple[int, Sequence[Input]]] = []
        self.events: list[Event] = []

    def _take(self, panels: Sequence[Panel]) -> bool:
        self.shown = [panel for panel in panels if not panel.name.startswith("cursor")]
        return True

    def play(self, *given: Input, ticks: int = 1) -> list[Command]:
        """One frame; the commands that came of it."""
        self.people = list(given)
        inputs = self.front.inputs(Frame(self.tick, self.tick / 100))
        self.recorded.append((self.tick, inputs))
        self.tick += ticks
        events = self.session.step(self.tick - 1, inputs)
        self.front.watch(events)
        self.events += events
        self.shelf.show(self.front._panels())
        return [one for one in inputs if isinstance(one, Command) and one not in given]

    @property
    def panel(self) -> OpenPanel:
        assert self.front.open_panel is not None
        return self.front.open_panel

    def choose(self, item: str) -> list[Command]:
        """Point at an item, press, let go."""
        self.play(idle())
        commands = [self.play(pointing(self.panel, item, trigger)) for trigger in (0, 100, 0)][-1]
        self.play(idle())
        return commands

    @property
    def told(self) -> list[str]:
        return [event.event for event in self.events]


def test_nothing_is_shown_while_a_session_goes_on() -> None:
    evening = Evening()
    evening.play(idle(), ticks=200)
    assert evening.shown == []
    assert evening.play(idle()) == []


def test_a_pause_opens_the_menu_and_going_on_closes_it() -> None:
    evening = Evening()
    evening.play(idle(), Command("participant", "pause"))
    evening.play(idle())
    assert [one.name for one in evening.shown] == ["pause"]
    assert evening.choose("go_on") == [Command("participant", "resume", "chosen on the panel")]
    assert not evening.session.world.paused
    evening.play(idle())
    assert evening.shown == []


def test_leaving_is_on_the_menu() -> None:
    evening = Evening()
    evening.play(idle(), Command("participant", "pause"))
    evening.choose("leave")
    assert evening.session.outcome == "left"
    assert evening.events[-1].because == "chosen on the panel"


def test_a_wish_chosen_on_the_menu_is_kept_by_the_session_and_shown() -> None:
    evening = Evening()
    evening.play(idle(), Command("participant", "pause"))
    assert evening.choose("captions+") == [Command("participant", "set", "captions=large")]
    assert evening.session.preferences["participant"].captions == "large"
    assert evening.front.wishes["captions"] == "large"
    evening.choose("captions-")
    assert evening.front.wishes["captions"] == "normal"


def test_another_ones_pause_cannot_be_lifted_but_left() -> None:
    evening = Evening()
    evening.play(idle(), Command("operator", "pause"))
    evening.play(idle())
    assert "go_on" not in evening.panel.names()
    evening.choose("leave")
    assert evening.session.outcome == "left"


def test_a_tap_on_the_menu_button_pauses_and_goes_on_and_a_long_hold_does_not() -> None:
    evening = Evening()
    for _ in range(2):
        evening.play(idle(button=True), ticks=10)
        evening.play(idle(button=True), ticks=10)
        evening.play(idle())
        evening.play(idle())
        if not evening.told.count("resumed"):
            assert evening.session.world.paused
    assert (evening.told.count("paused"), evening.told.count("resumed")) == (1, 1)
    for _ in range(8):
        evening.play(idle(button=True), ticks=10)
    evening.play(idle())
    evening.play(idle())
    assert not evening.session.world.paused


def test_comfort_is_asked_before_the_scene_begins_and_answered_once() -> None:
    evening = Evening(ask=True)
    evening.play(idle(), ticks=100)
    assert evening.session.world.paused
    assert [one.name for one in evening.shown] == ["fms"]
    commands = evening.choose("3")
    assert [one.value for one in commands if one.verb == "answer"] == ["fms_before=3"]
    assert not evening.session.world.paused
    assert evening.front.comfort == 3
    answered = next(event for event in evening.events if event.event == "answered")
    assert (answered.what, answered.value) == ("fms_before", 3.0)
    evening.play(idle(), ticks=100)
    assert evening.shown == []


def test_nobody_has_to_answer() -> None:
    evening = Evening(ask=True)
    evening.play(idle())
    assert [one.verb for one in evening.choose("skip")] == ["resume"]
    assert not evening.session.world.paused
    assert evening.front.comfort is None
    assert "answered" not in evening.told


@pytest.mark.parametrize(("item", "becomes"), [("yes", ""), ("break", "paused"), ("leave", "left")])
def test_who_feels_uneasy_is_asked_and_gets_what_they_choose(item: str, becomes: str) -> None:
    evening = Evening()
    evening.play(idle(), Command("participant", "distress", "I feel uneasy"))
    evening.play(idle())
    assert [one.name for one in evening.shown] == ["all_right"]
    evening.choose(item)
    assert evening.session.outcome == ("left" if becomes == "left" else "")
    assert evening.session.world.paused == (becomes == "paused")
    assert next(event for event in evening.events if event.event == "answered").value == item


def test_a_message_is_there_for_a_while_where_it_appeared() -> None:
    evening = Evening()
    evening.play(idle())
    evening.front.tell("One minute is left.")
    evening.play(idle())
    first = evening.shown[0]
    assert first.name == "message"
    evening.play(Person(head=Pose.of((0.3, 0.0, 1.5))), ticks=100)
    assert evening.shown[0].position == first.position
    evening.play(idle(), ticks=round(MESSAGE_SECONDS * 100))
    evening.play(idle())
    assert evening.shown == []


def test_the_last_minute_is_announced() -> None:
    evening = Evening(language="de")
    evening.play(idle())
    evening.front.watch([Event(0, 0, "engine", "time_nearly_over")])
    evening.play(idle())
    assert [one.name for one in evening.shown] == ["message"]


def test_recentre_is_offered_only_where_the_device_can_and_opens_the_panel_anew() -> None:
    plain = Evening()
    plain.play(idle(), Command("participant", "pause"))
    plain.play(idle())
    assert "recentre" not in plain.panel.names()
    able = Evening(able=True)
    able.play(idle(), Command("participant", "pause"))
    able.choose("recentre")
    assert isinstance(able.driver, Able)
    assert able.driver.recentred == 1
    assert "recentre" in able.told
    able.play(idle())
    assert able.panel.sheet.name == "pause"


def test_a_device_hears_of_a_pause_that_was_not_its_own() -> None:
    evening = Evening(ask=True, able=True)
    evening.play(idle())
    evening.choose("skip")
    evening.play(idle(), Command("participant", "pause"))
    evening.choose("go_on")
    assert isinstance(evening.driver, Able)
    assert evening.driver.heard == ["participant resume"]


def test_panels_speak_the_scenes_language() -> None:
    evening = Evening(language="ar")
    evening.play(idle(), Command("participant", "pause"))
    evening.play(idle())
    assert evening.panel.sheet.language == "ar"


def test_a_recording_of_what_came_in_plays_the_same_without_any_panel() -> None:
    evening = Evening(ask=True)
    evening.play(idle())
    evening.choose("7")
    evening.play(idle(), Command("participant", "pause"))
    evening.choose("turn+")
    evening.choose("go_on")
    evening.play(idle(), Command("participant", "distress"))
    evening.choose("leave")
    again = Session(load_scene("lakeside"))
    events: list[Event] = []
    for tick, inputs in evening.recorded:
        events += again.step(tick, inputs)
    assert events == evening.events
    assert again.preferences["participant"].turn == "snap45"


def test_without_a_head_nothing_opens_and_nothing_breaks() -> None:
    evening = Evening(ask=True)
    evening.play(Person(), ticks=50)
    assert evening.shown == []
    evening.play(idle())
    assert [one.name for one in evening.shown] == ["fms"]
