"""Captions: where they hang, what they show, how they come and go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import atan2, degrees, radians, tan

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.view.stage import Stage
from engine.view.ui import captions
from engine.view.ui.captions import Captions, faded
from engine.view.ui.follow import ARRIVED, BELOW, DEAD_BELOW, DEAD_ZONE, DISTANCE, Follower, bearing
from engine.world.vectors import Transform, compose, distance, heading, subtract
from engine.world.world import Line
from headset.driver import Surface, View

EYES = (0.5, -2.0, 1.6)


def head(yaw: float = 0.0, pitch: float = 0.0, roll: float = 0.0) -> Transform:
    """A head at EYES; yaw is to the right, pitch up, in degrees."""

    def about(axis: tuple[float, float, float], turned: float) -> tuple[float, float, float, float]:
        half = radians(turned) / 2
        sine = float(np.sin(half))
        return (float(np.cos(half)), axis[0] * sine, axis[1] * sine, axis[2] * sine)

    return Transform(EYES, compose(compose(heading(yaw), about((1, 0, 0), pitch)), about((0, 1, 0), roll)))


def off(a: float, b: float) -> float:
    """Degrees between two bearings."""
    return abs((a - b + 180.0) % 360.0 - 180.0)


@pytest.mark.parametrize("yaw", [0.0, 30.0, 135.0, 200.0, 359.0])
@pytest.mark.parametrize(("pitch", "raised"), [(-85, -70), (-60, -60), (-20, -20), (-7, 0), (0, 0), (14, 0), (40, 40), (80, 70)])
def test_a_caption_appears_ahead_below_the_look_whatever_the_head_does(yaw: float, pitch: float, raised: float) -> None:
    follower = Follower()
    follower.face(head(yaw, pitch, roll=8.0 if abs(pitch) < 50 else 0.0))
    place = follower.place(head(yaw, pitch))
    away = subtract(place.position, EYES)
    assert distance(place.position, EYES) == pytest.approx(DISTANCE)
    if raised >= BELOW - 90:  # steeper, it hangs beneath the feet, upside down
        assert degrees(atan2(away[2], np.hypot(away[0], away[1]))) == pytest.approx(raised - BELOW)
        assert off(degrees(atan2(away[0], away[1])), yaw) < 6.0


def test_it_faces_the_eyes_and_never_rolls() -> None:
    follower = Follower()
    follower.face(head(50.0, -20.0, roll=30.0))
    place = follower.place(head(50.0, -20.0, roll=30.0))
    assert place.direction((1.0, 0.0, 0.0))[2] == pytest.approx(0.0, abs=1e-6)
    back = place.direction((0.0, -1.0, 0.0))
    to_eyes = subtract(EYES, place.position)
    assert sum(a * b for a, b in zip(back, to_eyes, strict=True)) == pytest.approx(DISTANCE)


def test_small_looks_around_leave_it_where_it_is() -> None:
    follower = Follower()
    follower.face(head())
    for frame in range(200):
        follower.step(head(yaw=(DEAD_ZONE - 1) * (1 if frame % 40 < 20 else -1)), 1 / 90)
    assert follower.bearing == 0.0


def test_it_follows_a_real_turn_smoothly_and_without_overshooting() -> None:
    follower = Follower()
    follower.face(head())
    bearings = [0.0]
    for _ in range(180):
        follower.step(head(yaw=60.0), 1 / 90)
        bearings.append(follower.bearing)
    steps = np.diff(bearings)
    assert (steps >= 0).all()
    assert max(bearings) <= 60.0
    assert off(bearings[90], 60.0) < 5.0
    assert off(bearings[-1], 60.0) < 2 * ARRIVED
    assert np.abs(np.diff(steps[:60])).max() < 0.2  # degrees: no jerk from one frame to the next
    assert not follower.following


def test_it_keeps_clear_of_what_one_looks_down_at() -> None:
    """A patient in bed, 25 degrees under the horizon: wherever the look stops, the caption is at least 6 degrees under it."""
    follower = Follower()
    follower.face(head())
    for down in range(26):
        for _ in range(90):
            follower.step(head(pitch=-float(down)), 1 / 90)
        assert follower.place(head()).position[2] < EYES[2] - DISTANCE * np.sin(radians(down + BELOW - DEAD_BELOW)) + 1e-9
    assert not follower.following


def test_it_comes_back_up_only_with_a_real_look_up() -> None:
    follower = Follower()
    follower.face(head(pitch=-25.0))
    for _ in range(200):
        follower.step(head(pitch=-25.0 + DEAD_ZONE - 1), 1 / 90)
    assert follower.raised == pytest.approx(-25.0)
    for _ in range(200):
        follower.step(head(), 1 / 90)
    assert follower.raised == pytest.approx(0.0, abs=ARRIVED)


def test_a_shaky_look_does_not_shake_it() -> None:
    """Whatever the angle, a tremor of 2 degrees moves a caption once at most."""
    for middle in range(-40, 41):
        follower = Follower()
        follower.face(head())
        ends = set()
        for frame in range(6 * 90):
            follower.step(head(pitch=middle + (2.0 if frame % 18 < 9 else -2.0)), 1 / 90)
            if frame > 3 * 90:
                ends.add(round(follower.raised, 3))
        assert len(ends) == 1, middle


def test_it_takes_the_short_way_round() -> None:
    follower = Follower()
    follower.face(head(yaw=350.0))
    for _ in range(45):
        follower.step(head(yaw=20.0), 1 / 90)
    assert off(follower.bearing, 5.0) <= 15.0


def test_it_moves_alike_at_any_frame_rate() -> None:
    ends = []
    for rate in (36, 72, 144):
        follower = Follower()
        follower.face(head())
        for _ in range(rate // 2):
            follower.step(head(yaw=40.0), 1 / rate)
        ends.append(follower.bearing)
    assert max(ends) - min(ends) < 0.01


def test_a_head_that_looks_straight_up_keeps_its_bearing() -> None:
    assert off(bearing(head(70.0, 89.9)), 70.0) < 1.0
    assert off(bearing(head(70.0, -89.9)), 70.0) < 1.0
    assert bearing(Transform(EYES, head(0.0, 90.0, 0.0).turn), fallback=12.0) in (
        pytest.approx(0.0, abs=1.0),
        pytest.approx(360.0),
    )


def test_letters_are_as_high_as_they_must_be() -> None:
    x_height = captions.X_HEIGHT_EMS * captions.PIXELS * captions.METRES_PER_PIXEL
    assert degrees(atan2(x_height, DISTANCE)) == pytest.approx(1.2)


def test_it_comes_and_goes_quickly() -> None:
    assert faded(0.0, True, None) == 1.0
    assert 0.0 < faded(0.0, True, 0.05) < 1.0
    assert faded(0.0, True, 0.2) == 1.0
    assert 0.0 < faded(1.0, False, 0.1) < 1.0
    assert faded(1.0, False, 0.3) == 0.0


class _Scene:
    language = "en"

    def __init__(self, text: dict[str, str]) -> None:
        self.text = text


class _World:
    """As much of a world as captions read."""

    def __init__(self, *lines: str) -> None:
        self.scene = _Scene({str(number): line for number, line in enumerate(lines)})
        self.lines = {f"speaker{number}": Line(str(number), line, number, 500) for number, line in enumerate(lines)}
        self.calm: set[str] = set()

    def head(self, person: str) -> Transform | None:
        return Transform((0.0, 0.0, 1.6)) if person == "participant" else None


@pytest.fixture
def stage() -> Iterator[Stage]:
    made = Stage()
    yield made
    made.close()


@pytest.mark.gl
def test_a_line_is_seen_below_the_middle_while_it_is_said(stage: Stage) -> None:
    canvas = stage.open(Surface("buffer", (320, 200), samples=0))
    up = tan(radians(30.0))
    canvas.look((View((0.0, 0.0, 1.6), (1.0, 0.0, 0.0, 0.0), (-1.6 * up, 1.6 * up, -up, up)),))
    canvas.output.set_clear_color_active(True)
    canvas.output.set_clear_color((0.2, 0.2, 0.2, 1))
    world = _World("Breathe in, and out.")
    shown = Captions(stage, world)  # type: ignore[arg-type]
    shown.update(world, 0.0)  # type: ignore[arg-type]
    stage.draw()
    picture = canvas.read().max(axis=2)
    rows, columns = np.nonzero(picture > 200)
    assert 130 < rows.min() < rows.max() < 190  # 14 degrees down is 143 of 200
    assert abs(columns.mean() - 160) < 8
    world.lines.clear()
    shown.update(world, 1.0)  # type: ignore[arg-type]
    stage.draw()
    assert canvas.read().max() < 200
    assert shown.card.is_stashed()


@pytest.mark.gl
def test_two_who_speak_at_once_are_both_shown_in_order(stage: Stage) -> None:
    world = _World("One.", "Two.")
    shown = Captions(stage, world)  # type: ignore[arg-type]
    shown.update(world, 0.0)  # type: ignore[arg-type]
    assert shown.shown == "One.\nTwo."


@pytest.mark.gl
def test_lines_that_come_again_are_not_drawn_again(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def plate(words: str, language: str, size: int, width: float, alpha: float) -> NDArray[np.uint8]:
        drawn.append(words)
        return np.zeros((4, 4, 4), np.uint8)

    monkeypatch.setattr("engine.view.ui.text.plate", plate)
    shown = Captions(stage, _World("In.", "Out."))  # type: ignore[arg-type]
    for number in range(40):
        words = ("In.", "Out.")[number % 2]
        shown.show(head(), {"guide": Line(words, words, number, 900)}, float(number))
    assert drawn == ["In.", "Out."]
    for number in range(30):
        shown.show(head(), {"guide": Line("n", str(number), number, 900)}, 40.0 + number)
    assert len(shown._cards) == captions.KEPT


@pytest.mark.gl
def test_without_a_head_it_waits(stage: Stage) -> None:
    shown = Captions(stage, _World("One."))  # type: ignore[arg-type]
    shown.show(None, {"guide": Line("a", "One.", 0, 100)}, 0.0)
    assert shown.card.is_stashed()
    shown.show(head(), {"guide": Line("a", "One.", 0, 100)}, 0.1)
    assert not shown.card.is_stashed()


@dataclass
class _Wishes:
    captions: str = "normal"
    contrast: str = "normal"


@pytest.mark.gl
def test_they_are_as_large_as_the_person_wants_from_the_next_picture_on(stage: Stage) -> None:
    world, wishes = _World("Breathe in, and out, and in again, slowly and for as long as you like."), _Wishes()
    shown = Captions(stage, world, lambda: wishes)  # type: ignore[arg-type]
    heights, widths = [], []
    for number, size in enumerate(("normal", "large", "largest")):
        wishes.captions = size
        shown.update(world, number / 90)  # type: ignore[arg-type]
        scale = shown.card.get_scale()
        pixels = shown.card.get_shader_input("colour_map").get_texture()
        heights.append(scale[2] / pixels.get_y_size())
        widths.append(scale[0])
    assert heights[1] / heights[0] == pytest.approx(1.4)
    assert heights[2] / heights[0] == pytest.approx(1.9)
    assert max(widths) <= 2 * DISTANCE * tan(radians(captions.WIDTH / 2)) * 1.1, "lines stay as wide as one sees at once"
    wishes.captions = "off"
    shown.update(world, 1.0)  # type: ignore[arg-type]
    assert shown.card.is_stashed()
    wishes.captions = "normal"
    shown.update(world, 1.2)  # type: ignore[arg-type]
    assert not shown.card.is_stashed()


@pytest.mark.gl
def test_at_high_contrast_nothing_shines_through(stage: Stage) -> None:
    world, wishes = _World("One."), _Wishes(contrast="high")
    shown = Captions(stage, world, lambda: wishes)  # type: ignore[arg-type]
    shown.update(world, 0.0)  # type: ignore[arg-type]
    pixels = shown.card.get_shader_input("colour_map").get_texture()
    middle = np.frombuffer(pixels.get_ram_image(), np.uint8).reshape(pixels.get_y_size(), pixels.get_x_size(), 4)
    assert middle[4:-4, middle.shape[1] // 2, 3].min() == 255
