"""The mouse of a window, with a window that is made of numbers."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from headset.simulator.desk import SETTLING, Desk


class Window:
    """As much of a Panda3D window as a desk looks at; pointer and size are set by the test."""

    def __init__(self) -> None:
        self.size, self.pointer = (480, 270), (240.0, 135.0)

    def get_input_device(self, index: int) -> Any:
        return SimpleNamespace(get_button_events=lambda: SimpleNamespace(get_num_events=lambda: 0))

    def get_properties(self) -> Any:
        return SimpleNamespace(get_foreground=lambda: True)

    def get_pointer(self, index: int) -> Any:
        return SimpleNamespace(get_x=lambda: self.pointer[0], get_y=lambda: self.pointer[1])

    def get_x_size(self) -> int:
        return self.size[0]

    def get_y_size(self) -> int:
        return self.size[1]

    def move_pointer(self, index: int, x: float, y: float) -> None:
        self.pointer = (x, y)

    def request_properties(self, wish: object) -> None: ...


@pytest.fixture
def window() -> Window:
    return Window()


@pytest.fixture
def desk(window: Window) -> Desk:
    made = Desk(window)
    made.capture(True)
    for _ in range(SETTLING + 1):
        made.read()
    return made


def test_a_movement_is_told_once(desk: Desk, window: Window) -> None:
    window.pointer = (250.0, 130.0)
    assert desk.read().motion == (10.0, -5.0)
    assert desk.read().motion == (0.0, 0.0)


def test_a_window_that_moves_under_the_pointer_does_not_turn_the_head(desk: Desk, window: Window) -> None:
    # The window has filled the screen, and the pointer is measured from the new corner before the new size is known.
    window.pointer = (640.0, 400.0)
    assert desk.read().motion == (0.0, 0.0)
    window.size = (1280, 800)
    for _ in range(SETTLING + 1):
        assert desk.read().motion == (0.0, 0.0)
    window.pointer = (window.pointer[0] + 7, window.pointer[1])
    assert desk.read().motion == (7.0, 0.0)


def test_a_window_that_is_about_to_change_its_shape_does_not_turn_the_head_either(desk: Desk, window: Window) -> None:
    desk.settle()
    for pointer in ((300.0, 200.0), (100.0, 100.0), (200.0, 50.0)):
        window.pointer = pointer
        assert desk.read().motion == (0.0, 0.0)
