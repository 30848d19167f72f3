"""The start screen in a window: mouse and keys come to the same; and in a headset, on a panel in the calm room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from engine.host import opening
from engine.host.offers import Offer, scenes
from engine.host.opening import Looking, Screen, choose_in_headset
from engine.host.people import keep_person
from engine.host.start import Start, StartChoice, items, page, taken
from engine.interaction.preferences import Preferences
from engine.view.stage import Stage
from engine.view.start_window import Happened
from engine.view.ui.start import boxes
from headset.driver import Frame
from headset.inputs import Command, Input
from headset.offscreen import Offscreen
from tests.host.pointing import idle, looking, pointing

SIZE = (1280, 720)


@cache
def offers(language: str) -> tuple[Offer, ...]:
    return scenes(language, lambda scene: 960.0)


def middle(start: Start, item: str) -> tuple[float, float]:
    left, top, right, bottom = boxes(page(start), SIZE)[item]
    return (left + right) / 2, (top + bottom) / 2


class Desk:
    """Someone with a mouse and a keyboard before the start screen."""

    def __init__(self) -> None:
        self.screen = Screen(Start(offers("en"), "en", types=True), offers)

    def wait(self, seconds: float, item: str = "") -> object:
        """Do nothing for a time, the pointer on an item or outside."""
        done: object = None
        point = middle(self.screen.start, item) if item else None
        for _ in range(round(seconds * 20)):
            done = done or self.screen.do(Happened((), point, clicked=False, held=False), SIZE, 0.05)
        return done

    def type(self, letters: str) -> None:
        self.screen.do(Happened((), None, clicked=False, held=False, typed=letters), SIZE)

    def key(self, *names: str) -> object:
        done: object = None
        for name in names:
            done = self.screen.do(Happened((name,), None, clicked=False, held=False), SIZE)
        return done

    def mouse(self, item: str, *, clicked: bool = False, held: bool = False) -> object:
        return self.screen.do(Happened((), middle(self.screen.start, item), clicked=clicked, held=held), SIZE)

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


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three people, each of whom works the screen in another way."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    keep_person("P1", Preferences().with_("scan=one").with_("scan_period=2"))
    keep_person("P2", Preferences().with_("gaze=on").with_("dwell=1.5"))
    keep_person("P3", Preferences(), stays=True)


def test_an_id_is_typed_and_enter_takes_it(known: None) -> None:
    desk = Desk()
    desk.click("person")
    desk.type("P44")
    desk.type("\b")
    desk.key("enter")
    assert desk.screen.start.person == "P4"
    desk.click("scene:lakeside")
    assert desk.click("start") == StartChoice("lakeside", "en", "window", person="P4")


def test_one_switch_chooses_a_scene_and_starts_it(known: None) -> None:
    desk = Desk()
    desk.click("person")
    desk.click("known:P1")
    names = items(desk.screen.start)
    seen = []
    for _ in range(len(names)):
        desk.wait(0.05)
        seen.append(desk.screen.focus)
        desk.wait(1.95)
    assert seen == list(names), "the focus goes over all that can be pressed by itself"
    desk.wait(0.05)
    while desk.screen.focus != "scene:lakeside":
        desk.wait(0.5)
    desk.key("space")
    assert desk.screen.focus == "start"
    choice = desk.key("space")
    assert isinstance(choice, StartChoice)
    assert (choice.scene, choice.person) == ("lakeside", "P1")


def test_every_item_of_every_page_comes_to_one_switch(known: None) -> None:
    desk = Desk()
    desk.click("person")
    desk.click("known:P1")
    desk.click("scene:lakeside")
    for turn in ("", "tab:body", "tab:choosing", "tab:comfort", "tab:senses", "person"):
        if turn:
            desk.click(turn)
        here, seen = items(desk.screen.start), set()
        for _ in range(len(here) * 2 + 1):
            desk.wait(1.0)
            seen.add(desk.screen.focus)
        assert seen == set(here), turn


def test_a_look_that_rests_chooses_for_who_wishes_it_and_must_go_elsewhere_first(known: None) -> None:
    desk = Desk()
    desk.wait(5.0, "scene:lakeside")
    assert desk.screen.start.scene == -1, "a mouse may lie where it is"
    desk.click("person")
    desk.click("known:P2")
    desk.wait(0.1, "person")
    desk.wait(1.0, "scene:lakeside")
    assert desk.screen.start.scene == -1
    assert 0.5 < desk.screen.dwelt < 0.75
    desk.wait(0.6, "scene:lakeside")
    assert desk.screen.start.offers[desk.screen.start.scene].name == "lakeside"
    desk.wait(0.1, "back")
    choice = desk.wait(1.7, "start")
    assert isinstance(choice, StartChoice)
    desk.wait(3.0, "start")
    assert desk.screen.dwelt == 0.0, "it has chosen once, and waits for the look to leave"


def test_what_opens_under_a_pointer_that_rests_is_not_chosen(known: None) -> None:
    desk = Desk()
    desk.click("person")
    desk.click("known:P2")
    desk.click("person")
    desk.wait(0.1, "back")
    point = middle(desk.screen.start, "known:P2")
    for _ in range(200):
        desk.screen.do(Happened((), point, clicked=False, held=False), SIZE, 0.05)
    assert desk.screen.start.people is None, "it was chosen"
    assert desk.screen.hover == "scene:lakeside", "and this lies there now"
    assert desk.screen.start.scene == -1


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


class Handless(Worn):
    """A headset whose wearer has no hands: they look at one item after another until it is chosen, or press their one switch
    when the focus has come to it."""

    def __init__(self, chosen: Sequence[str], *, switch: bool) -> None:
        super().__init__(chosen)
        self.switch = switch

    def _given(self, frame: Frame) -> Sequence[Input]:
        panel = self.panel()
        if panel is None:
            return [idle()]
        while self.chosen and self.chosen[0] not in panel.names():
            self.chosen.pop(0)  # it was chosen: another page is there
            self._step = 0
        if not self.chosen:
            return [Command("participant", "leave", "menu")]
        if self.switch:
            self._step += 1
            return [idle(["select"] if panel.focus == self.chosen[0] and self._step % 2 else [])]
        self._step += 1
        # A look that was on something as the page opened chooses nothing until it has been elsewhere.
        return [looking(panel, self.chosen[0] if self._step > 3 else "person")]


@pytest.mark.gl
@pytest.mark.parametrize("switch", [False, True])
def test_in_a_headset_a_look_or_one_switch_chooses(known: None, switch: bool, made: list[opening._StartPanel]) -> None:
    keep_person("P1", Preferences().with_("scan=one").with_("scan_period=0.5"))
    person = "P1" if switch else "P2"
    driver = Handless(["scene:lakeside", "start"], switch=switch)
    driver.panel = lambda: made[0] if made else None
    with closing(Stage()) as stage, closing(driver):
        driver.open(stage)
        _, choice = choose_in_headset(driver, stage, taken(Start(offers("en"), "en"), person), offers)
    assert choice is not None
    assert (choice.scene, choice.device, choice.person) == ("lakeside", "headset", person)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[opening._StartPanel]:
    """The panels that are opened in the headset."""
    found: list[opening._StartPanel] = []
    original = opening._StartPanel.__init__

    def remember(self: opening._StartPanel, *given: object) -> None:
        original(self, *given)  # type: ignore[arg-type]
        found.append(self)

    monkeypatch.setattr(opening._StartPanel, "__init__", remember)
    return found


@pytest.mark.gl
@pytest.mark.parametrize("leaves", [False, True])
def test_in_a_headset_a_hand_chooses_or_leaves(leaves: bool, made: list[opening._StartPanel]) -> None:
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
