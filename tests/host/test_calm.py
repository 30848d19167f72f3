"""After a session: what someone is shown and asked in the calm room, when it ends, and what is kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from itertools import pairwise
from typing import Any

import pytest

from engine.host.calm import DEAF_SECONDS, DESKTOP_SECONDS, READ_SECONDS, Ended, Rest, rest
from engine.session import Session
from engine.spec.load import load_scene
from engine.view.calm import CalmRoom
from engine.view.stage import Stage
from engine.view.ui.shelf import Shelf
from headset.driver import Device, Frame, Panel
from headset.driver import Stage as DriversStage
from headset.inputs import Command, Input, Link, Person, Pose
from headset.offscreen import Offscreen
from tests.host.pointing import idle, pointing


def ended(*, ask: bool = False, bay: bool = False, comfort: int | None = None, outcome: str = "left") -> Ended:
    session = Session(load_scene("breathless_bay" if bay else "lakeside"))
    session.step(3000)
    return Ended(outcome, "en", session.tick, session.world, ask, comfort)


def name(resting: Rest) -> str:
    assert resting.panel is not None
    return resting.panel.sheet.name


def after(resting: Rest, seconds: float, *given: Input) -> None:
    resting.step(seconds, given or (idle(),), 10)


def choose(resting: Rest, seconds: float, item: str) -> None:
    for trigger in (0, 100, 0):
        assert resting.panel is not None
        after(resting, seconds, pointing(resting.panel, item, trigger))


def test_at_first_there_is_only_its_line() -> None:
    resting = Rest(ended(ask=True, bay=True), desktop=False)
    after(resting, 0.0)
    assert name(resting) == "calm"
    after(resting, READ_SECONDS - 0.1)
    assert name(resting) == "calm"


def test_then_the_comfort_is_asked_then_it_says_how_it_went_then_good_bye() -> None:
    resting = Rest(ended(ask=True, bay=True), desktop=False)
    after(resting, 0.0)
    after(resting, READ_SECONDS)
    assert name(resting) == "fms"
    choose(resting, 6.0, "4")
    assert resting.answer == "4"
    assert name(resting) == "summary"
    choose(resting, 7.0, "close")
    assert name(resting) == "farewell"
    after(resting, 1000.0)
    assert (name(resting), resting.over) == ("farewell", ""), "who wears a headset is not hurried"


def test_what_is_not_asked_and_has_no_checklist_stays_with_its_line() -> None:
    resting = Rest(ended(), desktop=False)
    after(resting, 0.0)
    after(resting, 100.0)
    assert name(resting) == "calm"


@pytest.mark.parametrize("given", [Link("headset", "unworn"), Command("operator", "leave", "F12 pressed")])
def test_it_ends_when_it_is_taken_off_or_the_operator_says_so(given: Input) -> None:
    resting = Rest(ended(), desktop=False)
    after(resting, 1.0, given)
    assert resting.over


def test_the_press_that_left_the_scene_does_not_leave_the_calm_room_too() -> None:
    resting = Rest(ended(), desktop=True)
    after(resting, DEAF_SECONDS - 0.2, Command("participant", "leave", "Esc pressed"))
    early = resting.over
    after(resting, DEAF_SECONDS, Command("participant", "leave", "Esc pressed"))
    assert (early, resting.over) == ("", "Esc pressed")


def test_a_window_that_nobody_touches_closes_and_one_that_is_used_does_not() -> None:
    idly, used = Rest(ended(), desktop=True), Rest(ended(), desktop=True)
    for tenth in range(round(DESKTOP_SECONDS * 10) + 5):
        after(idly, tenth / 10, Person(head=Pose.of((0.0, 0.0, 1.6))))
        after(used, tenth / 10, Person(head=Pose.of((0.0, 0.0, 1.6 + tenth % 2 * 0.1))))
    assert idly.over == "nobody touched it"
    assert not used.over


class Device60(Offscreen):
    """A device that someone wears, in virtual time: a head that stands still, and at a time something else."""

    def __init__(self, at: float, then: Sequence[Input], *, window: bool = False) -> None:
        super().__init__((64, 36), samples=0, refresh_hz=10.0, duration=at + 30.0, script=self._given)
        self.at, self.then, self.window = at, then, window
        self.drawn: list[tuple[float, float]] = []
        """Display time, and how bright the picture was, of each frame."""
        self.names: list[str] = []

    @property
    def device(self) -> Device:
        made = super().device
        return made if not self.window else Device(made.driver, made.name, made.resolution, 1, 10.0, frozenset({"window"}))

    def _given(self, frame: Frame) -> Sequence[Input]:
        return [idle(), *(self.then if frame.display_time >= self.at else ())]

    def panels(self, panels: Sequence[Panel]) -> bool:
        self.names += [one.name for one in panels]
        return True

    def render(self, frame: Frame, stage: DriversStage) -> None:
        super().render(frame, stage)
        self.drawn.append((frame.display_time, float(self.picture().mean())))


class Notes(list[dict[str, Any]]):
    def __call__(self, event: str, **more: object) -> None:
        self.append({"event": event, **more})


@pytest.mark.gl
def test_on_a_device_it_is_there_within_a_second_and_until_it_is_taken_off() -> None:
    notes, device = Notes(), Device60(8.0, [Link("headset", "unworn")])
    with closing(Stage()) as stage, closing(device):
        device.open(stage)
        room = CalmRoom(stage)
        room.warm()
        why = rest(device, room, Shelf(stage, device.panels), ended(), notes)
    assert why == "headset unworn"
    assert [note["event"] for note in notes] == ["calm_room", "calm_room_left"]
    assert notes[0]["outcome"] == "left"
    bright = [one for _, one in device.drawn]
    assert bright[0] > 0.0, "the first picture has changed already"
    rising = [one for time, one in device.drawn if time < 0.6]
    assert all(a < b for a, b in pairwise(rising))
    assert bright[8] == bright[-1], "it is whole after 0.8 s, and still"
    assert device.names[0] == "calm"
    assert device.drawn[-1][0] == pytest.approx(8.0)
    assert device.felt == [], "nothing is felt"


@pytest.mark.gl
def test_it_ends_with_the_device_and_when_the_operator_stops_it() -> None:
    for stop, why in ((lambda: "", "the device was closed"), (lambda: "Ctrl-C", "Ctrl-C")):
        device = Device60(1000.0, [])
        device._duration = 0.5
        with closing(Stage()) as stage, closing(device):
            device.open(stage)
            assert rest(device, CalmRoom(stage), Shelf(stage, device.panels), ended(), Notes(), stop=stop) == why


@pytest.mark.gl
@pytest.mark.parametrize(
    ("before", "answer", "advised"), [(2, "8", True), (2, "6", False), (None, "5", True), (3, "skip", False)]
)
def test_an_answer_is_kept_and_one_that_rose_much_advises_a_break(before: int | None, answer: str, advised: bool) -> None:
    notes, device = Notes(), Device60(1000.0, [])
    stage = Stage()
    asked: list[Rest] = []

    def people(frame: Frame) -> Sequence[Input]:
        if frame.display_time < READ_SECONDS + 1.0 or not asked:
            return [idle()]
        step = round((frame.display_time - READ_SECONDS - 1.0) * 10)
        panel = asked[0].panel
        assert panel is not None
        if panel.sheet.name != "fms":
            return [Link("headset", "unworn")]
        return [pointing(panel, answer, 100 if step == 1 else 0)]

    device._script = people
    original = Rest.__init__

    def remember(self: Rest, *given: Any, **more: Any) -> None:
        original(self, *given, **more)
        asked.append(self)

    with pytest.MonkeyPatch.context() as patch, closing(stage), closing(device):
        patch.setattr(Rest, "__init__", remember)
        device.open(stage)
        rest(device, CalmRoom(stage), Shelf(stage, device.panels), ended(ask=True, comfort=before), notes)
    assert {"event": "answered", "question": "fms_after", "answer": answer} in notes
    assert ({"event": "break_advised", "minutes": 15} in notes) == advised
