"""The start screen in a window: mouse and keys come to the same; and in a headset, on a panel in the calm room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing

import pytest

from engine.host import opening
from engine.host.opening import Looking, Screen, choose_in_headset
from engine.host.start import Offer, Start, StartChoice, items, page, scenes
from engine.view.stage import Stage
from engine.view.start_window import Happened
from engine.view.ui.start import boxes
from headset.driver import Frame
from headset.inputs import Command, Input
from headset.offscreen import Offscreen
from tests.host.pointing import idle, pointing

SIZE = (1280, 720)


def offers(language: str) -> tuple[Offer, ...]:
    return scenes(language, lambda scene: 960.0)


class Desk:
    """Someone with a mouse and a keyboard before the start screen."""

    def __init__(self) -> None:
        self.screen = Screen(Start(offers("en"), "en"), offers)

    def key(self, *names: str) -> object:
        done: object = None
        for name in names:
            done = self.screen.do(Happened((name,), None, clicked=False, held=False), SIZE)
        return done

    def mouse(self, item: str, *, clicked: bool = False, held: bool = False) -> object:
        left, top, right, bottom = boxes(page(self.screen.start), SIZE)[item]
        return self.screen.do(Happened((), ((left + right) / 2, (top + bottom) / 2), clicked=clicked, held=held), SIZE)

    def click(self, item: str) -> object:
        self.mouse(item)
        self.mouse(item, clicked=True, held=True)
        return self.mouse(item)


def test_a_mouse_chooses() -> None:
    desk = Desk()
    desk.click("scene:lakeside")
    desk.click("set:inhale+")
    assert desk.click("start") == StartChoice("lakeside", "en", "window", parameters=(("inhale", "4.5 s"),))


def test_what_the_mouse_is_on_and_presses_is_seen() -> None:
    desk = Desk()
    desk.mouse("scene:lakeside")
    assert desk.screen.looks() == (("scene:lakeside", "hover"),)
    desk.mouse("scene:lakeside", clicked=True, held=True)
    assert desk.screen.looks() == (("scene:lakeside", "pressed"),)


def test_a_press_that_is_let_go_elsewhere_does_nothing() -> None:
    desk = Desk()
    desk.mouse("scene:lakeside", clicked=True, held=True)
    desk.mouse("scene:breathless_bay", held=True)
    desk.mouse("scene:breathless_bay")
    assert desk.screen.start.scene == -1


def test_what_is_off_does_nothing() -> None:
    desk = Desk()
    desk.click("texts-")
    assert desk.screen.start.language == "en"


def test_keys_alone_choose() -> None:
    desk = Desk()
    desk.key("tab", "arrow_right", "enter")
    assert desk.screen.start.offers[desk.screen.start.scene].name == "lakeside"
    assert desk.screen.focus == "start", "the keys are on what most will want next"
    assert desk.key("enter") == StartChoice("lakeside", "en", "window")


def test_tab_goes_round_both_ways_and_escape_goes_back_and_closes() -> None:
    desk = Desk()
    names = items(desk.screen.start)
    desk.key(*["tab"] * (len(names) + 1))
    assert desk.screen.focus == names[0]
    desk.key("shift-tab")
    assert desk.screen.focus == names[-1]
    desk.click("scene:lakeside")
    assert desk.key("escape") is None
    assert desk.screen.start.scene == -1
    assert desk.key("escape") == "close"


def test_keys_stay_near_when_what_they_are_on_reaches_its_end() -> None:
    desk = Desk()
    desk.click("scene:lakeside")
    desk.screen.focus = "ask-"
    desk.key("enter")
    assert desk.screen.focus == "ask+"


def test_the_headset_is_looked_for_in_the_background_and_told_once() -> None:
    looking = Looking(lambda: "Quest")
    looking._thread.join()
    assert (looking.answer(), looking.answer()) == ("Quest", None)


class Worn(Offscreen):
    """A headset whose wearer points at one item after another, then leaves."""

    def __init__(self, chosen: Sequence[str]) -> None:
        super().__init__((64, 36), samples=0, refresh_hz=10.0, duration=60.0, script=self._given)
        self.chosen = list(chosen)
        self.panel: Callable[[], opening._StartPanel | None] = lambda: None
        self._step = 0

    def _given(self, frame: Frame) -> Sequence[Input]:
        panel = self.panel()
        if panel is None:
            return [idle()]
        item, self._step = self._step // 3, self._step + 1
        if item >= len(self.chosen):
            return [Command("participant", "leave", "menu")]
        return [pointing(panel, self.chosen[item], 100 if self._step % 3 == 2 else 0)]


@pytest.mark.gl
@pytest.mark.parametrize("leaves", [False, True])
def test_in_a_headset_a_hand_chooses_or_leaves(leaves: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[opening._StartPanel] = []
    original = opening._StartPanel.__init__

    def remember(self: opening._StartPanel, *given: object) -> None:
        original(self, *given)  # type: ignore[arg-type]
        made.append(self)

    monkeypatch.setattr(opening._StartPanel, "__init__", remember)
    driver = Worn(["scene:lakeside", *([] if leaves else ["set:exhale-", "start"])])
    driver.panel = lambda: made[0] if made else None
    with closing(Stage()) as stage, closing(driver):
        driver.open(stage)
        start, choice = choose_in_headset(driver, stage, Start(offers("de"), "de"), offers)
    assert start.offers[start.scene].name == "lakeside"
    if leaves:
        assert choice is None
    else:
        assert choice == StartChoice("lakeside", "de", "headset", parameters=(("exhale", "5.5 s"),))
