"""An open panel: whatever body one has, one thing is chosen, and it is the one that was meant."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.host.panels import OpenPanel, Ways
from engine.view.ui import sheets
from engine.view.ui.panel import Button, Buttons
from engine.view.ui.shelf import ahead
from engine.view.ui.wishes import FIRST
from engine.world.vectors import Transform
from headset.inputs import Key
from tests.host.pointing import EYES, idle, looking, pointing


def menu(**ways: Any) -> OpenPanel:
    return OpenPanel(sheets.pause("en", FIRST), ahead(Transform(EYES)), Ways(**ways))


def press(panel: OpenPanel, *keys: Key) -> str:
    """Keys one after another, each let go; what the last chose."""
    chosen = panel.step(idle())
    for key in keys:
        chosen = panel.step(idle([key]))
        panel.step(idle())
    return chosen


@pytest.mark.parametrize("item", ["go_on", "captions-", "turn+", "vignette+", "leave"])
def test_a_hand_points_presses_and_lets_go(item: str) -> None:
    panel = menu()
    assert panel.step(pointing(panel, item)) == ""
    assert panel.looks() == {item: "hover"}
    assert panel.step(pointing(panel, item, 100)) == ""
    assert panel.looks() == {item: "pressed"}
    assert panel.step(pointing(panel, item)) == item


def test_who_slides_off_before_letting_go_has_chosen_nothing() -> None:
    panel = menu()
    panel.step(pointing(panel, "leave"))
    panel.step(pointing(panel, "leave", 100))
    panel.step(pointing(panel, "go_on", 100))
    assert panel.step(pointing(panel, "go_on")) == ""


def test_what_is_off_cannot_be_pressed() -> None:
    panel = menu()
    for trigger in (0, 100, 0):
        assert panel.step(pointing(panel, "turn-", trigger)) == ""
    assert panel.looks() == {}


def test_a_gaze_that_rests_chooses_once() -> None:
    panel = menu(dwell=1.0)
    panel.step(looking(panel, "go_on"))
    chosen = [panel.step(looking(panel, "leave"), 10) for _ in range(40)]
    assert chosen.count("leave") == 1
    assert 10 <= chosen.index("leave") <= 11


def test_what_one_happens_to_look_at_as_it_opens_is_not_chosen() -> None:
    panel = menu(dwell=0.4)
    assert {panel.step(looking(panel, "captions+"), 10) for _ in range(60)} == {""}
    panel.step(looking(panel, "turn+"), 10)
    assert "captions+" in {panel.step(looking(panel, "captions+"), 10) for _ in range(60)}


@pytest.mark.parametrize("disarmed", [True, False])
def test_what_opens_under_a_resting_gaze_is_chosen_only_once_the_gaze_has_been_elsewhere(disarmed: bool) -> None:
    panel = menu(dwell=1.0)
    panel.step(looking(panel, "go_on"))
    person = looking(panel, "recentre")
    assert "recentre" in [panel.step(person, 10) for _ in range(15)]
    buttons = Buttons((Button("one", "One"), Button("other", "Other")))
    panel.change(replace(panel.sheet, rows=(*panel.sheet.rows[:-1], buttons)))  # the same places mean something else now
    if disarmed:
        panel.disarm()
    chosen = [panel.step(person, 10) for _ in range(30)]
    assert ("one" in chosen) == (not disarmed), "else it is chosen as soon as it is there"
    panel.step(looking(panel, "other"))
    assert "one" in [panel.step(person, 10) for _ in range(30)]


def test_a_gaze_chooses_nothing_for_someone_who_works_with_keys() -> None:
    panel = menu(dwell=0.4)
    press(panel, "next")
    panel.step(looking(panel, "turn+"), 10)
    assert {panel.step(looking(panel, "leave"), 10) for _ in range(60)} == {""}


def test_pointing_between_items_shows_where_and_chooses_nothing() -> None:
    panel = menu()
    panel.step(pointing(panel, "title"))
    assert panel.looks() == {}
    assert [one.name for one in panel.panels()] == ["pause", "cursor right"]


def test_keys_go_through_everything_that_is_on_in_reading_order() -> None:
    panel = menu()
    assert press(panel, "select") == "", "the first press only shows where the keys are"
    seen = [panel.focus]
    for _ in range(len(panel.names()) - 1):
        press(panel, "next")
        seen.append(panel.focus)
    assert tuple(seen) == panel.names()
    press(panel, "next")
    assert panel.focus == "go_on"
    press(panel, "previous")
    assert panel.focus == "leave"
    assert press(panel, "select") == "leave"


def test_one_switch_is_enough() -> None:
    panel = menu(scans=True, scan_period=1.0)
    for _ in range(1000):
        panel.step(idle(), 10)
        if panel.focus == "captions+":
            break
    assert panel.step(idle(["select"]), 10) == "captions+"
    assert panel.step(idle(), 10) == ""
    assert panel.focus == "captions+", "it stays for a whole period after a choice"


def test_a_key_that_was_down_as_it_opened_chooses_nothing() -> None:
    panel = menu()
    panel.focus = "leave"
    assert panel.step(idle(["select"])) == ""
    panel.step(idle())
    assert panel.step(idle(["select"])) == "leave"


def test_a_panel_stays_where_it_was_opened_when_it_says_something_else() -> None:
    panel = menu()
    before = panel.panels()[0].position
    panel.focus = "turn-"
    panel.change(sheets.pause("de", {**FIRST, "captions": "largest"}))
    assert panel.panels()[0].position == before
    assert panel.focus in panel.names()
