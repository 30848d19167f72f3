"""Keyboard and mouse of one window, read frame by frame.

Panda3D's window keeps an input device with the button events of the last frame; reading it needs no task manager, messenger or
data graph, and two windows in one process cannot hear each other's keys.

The pointer is captured by hiding it, keeping it in the window and putting it back to the middle. Panda3D's relative mode is not
used: on X11 it needs the DGA extension, which X servers no longer have.
"""

from __future__ import annotations

from dataclasses import dataclass

import panda3d.core as p3d

from headset.simulator.bindings import Deed, find

_DOWN = (p3d.ButtonEvent.T_down, p3d.ButtonEvent.T_raw_down)
_UP = (p3d.ButtonEvent.T_up, p3d.ButtonEvent.T_raw_up)
_RAW = (p3d.ButtonEvent.T_raw_down, p3d.ButtonEvent.T_raw_up)

SETTLING = 2
"""Frames after a change of the window's size, or a capture, in which the pointer is put back but does not turn the head."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What happened on the desk since the last frame."""

    pressed: tuple[Deed, ...] = ()
    """Deeds that began, oldest first; a wheel notch is one."""
    held: frozenset[Deed] = frozenset()
    """Deeds whose key is down now."""
    motion: tuple[float, float] = (0.0, 0.0)
    """Pixels that a captured mouse moved to the right and down."""
    focused: bool = True
    """Whether the window hears the keyboard."""
    others: tuple[str, ...] = ()
    """Buttons that went down and are bound to nothing here, by Panda3D's names: the operator's keys are among them."""
    pointer: tuple[float, float] | None = None
    """Where a free pointer is, -1 to 1 to the right and up in the window; None while it is captured or outside."""


class Desk:
    """Keyboard and mouse of a window."""

    def __init__(self, window: p3d.GraphicsWindow) -> None:
        self.window = window
        self.device = window.get_input_device(0)
        self.captured = False
        self.clicks: Deed | None = None
        """What a click of a free pointer does instead of taking the pointer: set while it is over something to click on."""
        self._buttons: set[str] = set()
        self._deeds: dict[str, Deed] = {}
        self._last: tuple[float, float] | None = None
        self._size = (0, 0)
        self._settling = 0

    def read(self) -> Moment:
        """What happened since the last call."""
        focused = bool(self.window.get_properties().get_foreground())
        pressed: list[Deed] = []
        others: list[str] = []
        events = self.device.get_button_events()
        for number in range(events.get_num_events()):
            event = events.get_event(number)
            button = event.button.name
            # Mouse buttons have no place on a keyboard, so they only come as plain events; keys are taken by place.
            if (event.type in _RAW) == button.startswith(("mouse", "wheel")):
                continue
            if event.type in _DOWN and button not in self._buttons:
                self._press(button, pressed, others)
            elif event.type in _UP:
                self._buttons.discard(button)
                self._deeds.pop(button, None)
        if not focused:
            # The releases of keys that were down went to another window.
            self._buttons.clear()
            self._deeds.clear()
            self.capture(False)
        motion = self._motion()
        return Moment(tuple(pressed), frozenset(self._deeds.values()), motion, focused, tuple(others), self._pointer())

    def capture(self, captured: bool) -> None:
        """Take the pointer for looking around, or give it back."""
        if captured == self.captured:
            return
        self.captured = captured
        wish = p3d.WindowProperties()
        wish.set_cursor_hidden(captured)
        wish.set_mouse_mode(p3d.WindowProperties.M_confined if captured else p3d.WindowProperties.M_absolute)
        self.window.request_properties(wish)
        self._last = None

    def settle(self) -> None:
        """Let no movement count until the window has taken its new shape."""
        self._settling = SETTLING + 1
        self._last = None

    def _press(self, button: str, pressed: list[Deed], others: list[str]) -> None:
        deed = find(button, frozenset(self._buttons))
        self._buttons.add(button)
        if button.startswith("mouse") and not self.captured:
            if button != "mouse1" or self.clicks is None:
                # The click that takes the pointer does nothing else.
                self.capture(True)
                return
            deed = self.clicks
        if deed == "free":
            self.capture(False)
        elif deed is not None:
            pressed.append(deed)
            if not button.startswith("wheel"):
                self._deeds[button] = deed
        else:
            others.append(button)

    def _pointer(self) -> tuple[float, float] | None:
        if self.captured:
            return None
        pointer = self.window.get_pointer(0)
        width, height = max(1, self.window.get_x_size()), max(1, self.window.get_y_size())
        right, up = 2.0 * pointer.get_x() / width - 1.0, 1.0 - 2.0 * pointer.get_y() / height
        return (right, up) if abs(right) <= 1.0 and abs(up) <= 1.0 else None

    def _motion(self) -> tuple[float, float]:
        if not self.captured:
            return (0.0, 0.0)
        pointer = self.window.get_pointer(0)
        here = (pointer.get_x(), pointer.get_y())
        last, self._last = self._last, here
        width, height = self.window.get_x_size(), self.window.get_y_size()
        if (width, height) != self._size or not (0 <= here[0] < width and 0 <= here[1] < height):
            # The pointer is measured from a corner of the window, which moves: what is read now is not the hand's doing. A
            # captured pointer that seems to be outside is read against a size that is no longer the window's.
            self._size = (width, height)
            self._settling = SETTLING
        if self._settling:
            self._settling -= 1
            last = None
        middle = (width // 2, height // 2)
        # Putting the pointer back only once it is far out keeps the number of warps, and with it what can be lost in one, small.
        if last is None or abs(here[0] - middle[0]) > width / 4 or abs(here[1] - middle[1]) > height / 4:
            self.window.move_pointer(0, *middle)
            self._last = (float(middle[0]), float(middle[1]))
        return (0.0, 0.0) if last is None else (here[0] - last[0], here[1] - last[1])
