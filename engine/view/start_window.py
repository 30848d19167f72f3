"""The window of the start screen: shows a picture, and says what the mouse and the keyboard did to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

from engine.view.geometry.geoms import quad
from engine.view.render.shaders import program
from engine.view.stage import Stage
from engine.view.ui.captions import texture
from engine.view.ui.cursor import SIZE, STEPS, cursor
from headset.driver import Surface, View


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened since the last look. `pointer` is in pixels from the window's upper left corner; None while it is outside."""

    keys: tuple[str, ...]
    """Panda3D's names of the keys that went down; `shift-tab` for Tab with Shift."""
    pointer: tuple[float, float] | None
    clicked: bool
    held: bool
    """Whether the mouse's button went down, and is down."""
    typed: str = ""
    """The letters that were written, of whatever script; `\b` for each that is to be taken back."""


class StartWindow:
    """A window on a stage of its own; a second surface is never opened there."""

    def __init__(self, stage: Stage, size: tuple[int, int], title: str = "Abaton") -> None:
        self.stage = stage
        self._canvas = stage.open(Surface("window", size, samples=0, title=title))
        self._window = self._canvas.output
        self._device = self._window.get_input_device(0)
        self._held: set[str] = set()
        node = p3d.GeomNode("start")
        node.add_geom(quad(2.0, 2.0))
        self._card = stage.root.attach_new_node(node)
        self._card.set_pos(0, 1, 0)
        self._card.set_shader(program("card"))
        self._card.set_shader_input("base", p3d.LVecBase4f(1, 1, 1, 1))
        self._card.set_depth_test(False)
        self._canvas.look((View((0.0, 0.0, 0.0), (1.0, 0.0, 0.0, 0.0), (-1.0, 1.0, -1.0, 1.0)),))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels now."""
        return self._canvas.size

    @property
    def open(self) -> bool:
        """Whether nobody has closed it."""
        return bool(self._window.get_properties().get_open())

    def show(self, picture: NDArray[np.uint8], step: int = 0, pointer: tuple[float, float] | None = None) -> None:
        """Show a picture, height x width x 3; over it, at the pointer, how far a dwell is, in steps of the cursor's."""
        picture = with_cursor(picture, step, pointer) if step and pointer is not None else picture
        opaque = np.full((*picture.shape[:2], 1), 255, np.uint8)
        self._card.set_shader_input("colour_map", texture(np.concatenate((picture, opaque), axis=2)))

    def look(self) -> Happened:
        """Draw once, and say what happened."""
        self.stage.draw()
        keys: list[str] = []
        typed, clicked = "", False
        events = self._device.get_button_events()
        for number in range(events.get_num_events()):
            event = events.get_event(number)
            name = event.button.name
            if event.type == p3d.ButtonEvent.T_down:
                self._held.add(name)
                clicked |= name == "mouse1"
                typed += "\b" if name == "backspace" else ""
                if not name.startswith("mouse"):
                    keys.append(f"shift-{name}" if name == "tab" and self._shifted() else name)
            elif event.type == p3d.ButtonEvent.T_up:
                self._held.discard(name)
            elif event.type == p3d.ButtonEvent.T_keystroke and chr(event.keycode).isprintable():
                typed += chr(event.keycode)
        pointer = self._window.get_pointer(0)
        inside = pointer.get_in_window()
        point = (pointer.get_x(), pointer.get_y()) if inside else None
        return Happened(tuple(keys), point, clicked, "mouse1" in self._held, typed)

    def _shifted(self) -> bool:
        return any(name in self._held for name in ("shift", "lshift", "rshift"))


def with_cursor(picture: NDArray[np.uint8], step: int, pointer: tuple[float, float]) -> NDArray[np.uint8]:
    """A picture, height x width x 3, with the ring of a dwell around a point of it."""
    ring = cursor(step / STEPS)
    half = SIZE // 2
    height, width = picture.shape[:2]
    left, top = round(pointer[0]) - half, round(pointer[1]) - half
    across, along = slice(max(0, left), min(width, left + SIZE)), slice(max(0, top), min(height, top + SIZE))
    part = ring[along.start - top : along.stop - top, across.start - left : across.stop - left]
    shown = picture.copy()
    under = shown[along, across].astype(float) * (1.0 - part[..., 3:] / 255.0)
    shown[along, across] = np.rint(np.minimum(255.0, under + part[..., :3])).astype(np.uint8)
    return shown


def at(boxes: Sequence[tuple[str, tuple[int, int, int, int]]], pointer: tuple[float, float] | None) -> str:
    """The item under a pointer; empty if there is none."""
    if pointer is None:
        return ""
    x, y = pointer
    return next((name for name, (left, top, right, bottom) in boxes if left <= x < right and top <= y < bottom), "")
