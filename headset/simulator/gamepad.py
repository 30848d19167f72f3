"""Reading a gamepad through Panda3D, also one that is plugged in or out while the scene runs. What it means is in `pad`."""

from __future__ import annotations

from typing import Any

import panda3d.core as p3d

from headset.simulator.pad import Pad

BUTTONS = (
    "face_a", "face_b", "face_x", "face_y", "start", "back", "lshoulder", "rshoulder", "lstick", "rstick",
    "dpad_left", "dpad_right", "dpad_up", "dpad_down",
)  # fmt: skip

# Without /dev/input, as in most containers, Panda3D complains of it as an error; to have no gamepad is none.
p3d.load_prc_file_data("abaton gamepad", "notify-level-device fatal")


class Gamepad:
    """The first gamepad that is there. `manager` is Panda3D's, or one made for a test."""

    def __init__(self, manager: Any = None) -> None:
        self.manager = p3d.InputDeviceManager.get_global_ptr() if manager is None else manager
        self.device: Any = None

    @property
    def name(self) -> str:
        """What it calls itself; empty without one."""
        return "" if self.device is None else str(self.device.name)

    def read(self) -> Pad:
        """How it is now; at rest while there is none."""
        self.manager.update()
        if self.device is None or not self.device.connected:
            found = self.manager.get_devices(p3d.InputDevice.DeviceClass.gamepad)
            self.device = found[0] if len(found) else None
        if self.device is None:
            return Pad()
        self.device.poll()
        axis = p3d.InputDevice.Axis
        return Pad(
            left=(self._axis(axis.left_x), self._axis(axis.left_y)),
            right=(self._axis(axis.right_x), self._axis(axis.right_y)),
            triggers=(self._trigger(axis.left_trigger, "ltrigger"), self._trigger(axis.right_trigger, "rtrigger")),
            down=frozenset(name for name in BUTTONS if self._down(name)),
        )

    def _axis(self, axis: Any) -> float:
        state = self.device.find_axis(axis)
        return float(state.value) if state.known else 0.0

    def _trigger(self, axis: Any, button: str) -> float:
        """A trigger that is an axis, or on some pads only a button."""
        state = self.device.find_axis(axis)
        return float(state.value) if state.known else float(self._down(button))

    def _down(self, name: str) -> bool:
        state = self.device.find_button(getattr(p3d.GamepadButton, name)())
        return bool(state.known and state.pressed)
