"""The picture-taking device keeps a time of its own, plays scripts, and sees what a head would see."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from headset.driver import Canvas, Device, DriverError, Frame, Stage, Surface, View
from headset.inputs import Input, Person, Pose
from headset.offscreen import Offscreen, eyes, look


class Paper:
    """A stage and its canvas on which nothing is drawn; it remembers what was asked."""

    eye_height = 1.2
    single_pass = False
    near = 0.08
    around_draw: Callable[[Callable[[], None]], None] | None = None
    output = None

    def __init__(self) -> None:
        self.opened: Surface | None = None
        self.views: Sequence[View] = ()
        self.drawn = 0
        self.closed = 0

    @property
    def size(self) -> tuple[int, int]:
        assert self.opened is not None
        return self.opened.size

    def open(self, surface: Surface) -> Canvas:
        self.opened = surface
        return self

    def draw(self) -> None:
        self.drawn += 1

    def hold(self, *_: object) -> None: ...

    def touch(self, position: Sequence[float], direction: Sequence[float], limit: float) -> float:
        return limit

    def look(self, views: Sequence[View]) -> None:
        self.views = views

    def use(self, width: int, height: int) -> None: ...

    def hide(self, hidden: Sequence[Sequence[tuple[float, float]]]) -> None: ...

    def read(self) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
        width, height = self.size
        return np.zeros((height, width, 3), np.uint8)

    def close(self) -> None:
        self.closed += 1


def frames(driver: Offscreen, stage: Stage) -> list[Frame]:
    played = []
    while frame := driver.wait():
        driver.inputs(frame)
        driver.render(frame, stage)
        played.append(frame)
    return played


def test_time_runs_at_the_refresh_asked_for_and_ends() -> None:
    driver, paper = Offscreen((64, 36), refresh_hz=50.0, duration=0.1), Paper()
    driver.open(paper)
    played = frames(driver, paper)
    assert [frame.tick for frame in played] == [0, 2, 4, 6, 8]
    assert [frame.display_time for frame in played] == pytest.approx([0.0, 0.02, 0.04, 0.06, 0.08])
    assert paper.drawn == 5


def test_ticks_never_fall_and_keep_up_with_time() -> None:
    driver = Offscreen(refresh_hz=72.0, duration=20.0)
    driver.open(Paper())
    last = -1
    while frame := driver.wait():
        assert frame.tick >= last
        assert 0.0 <= frame.display_time - frame.tick / 100 < 0.01 + 1e-9 or frame.tick / 100 - frame.display_time < 1e-7
        last = frame.tick


def test_the_script_moves_the_head() -> None:
    def script(frame: Frame) -> Sequence[Input]:
        return (Person(head=Pose.of((0.0, 0.0, 1.0 + frame.display_time))),)

    driver, paper = Offscreen((64, 36), refresh_hz=10.0, duration=0.55, script=script), Paper()
    driver.open(paper)
    frames(driver, paper)
    assert paper.views[0].position == pytest.approx((0.0, 0.0, 1.5))


def test_without_a_script_the_head_is_still_at_eye_height() -> None:
    driver, paper = Offscreen((64, 36), duration=0.01), Paper()
    driver.open(paper)
    frames(driver, paper)
    assert paper.views[0].position == (0.0, 0.0, 1.2)


def test_stereo_eyes_are_apart_along_the_heads_own_right() -> None:
    quarter = np.sqrt(0.5)
    left, right = eyes(look((1.0, 2.0, 1.5), (quarter, 0.0, 0.0, quarter)), 0.064)
    assert left.position == pytest.approx((1.0, 2.0 - 0.032, 1.5))
    assert right.position == pytest.approx((1.0, 2.0 + 0.032, 1.5))


def test_a_view_is_as_wide_as_asked() -> None:
    left, right, down, up = look((0, 0, 0), fov_deg=90, aspect=2).fov
    assert (left, right, down, up) == pytest.approx((-1.0, 1.0, -0.5, 0.5))


def test_a_device_of_two_eyes_says_so() -> None:
    assert Offscreen((640, 240), stereo="two_pass").device == Device(
        "offscreen", "offscreen", (320, 240), 2, 90.0, frozenset({"hands", "haptics"})
    )


def test_a_frame_that_nobody_sees_is_not_drawn() -> None:
    driver, paper = Offscreen((64, 36)), Paper()
    driver.open(paper)
    driver.render(Frame(0, 0.0, draw=False), paper)
    assert paper.drawn == 0


def test_pulses_are_remembered() -> None:
    driver = Offscreen()
    driver.haptic("left", 0.5, 0.1)
    assert driver.felt == [("left", 0.5, 0.1)]


def test_closing_twice_gives_back_once() -> None:
    driver, paper = Offscreen((64, 36)), Paper()
    driver.open(paper)
    assert driver.picture().shape == (36, 64, 3)
    driver.close()
    driver.close()
    assert paper.closed == 1
    with pytest.raises(DriverError, match="open"):
        driver.picture()
