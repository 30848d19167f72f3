"""What a gamepad means, in numbers; and reading one that comes and goes, with a device made of numbers."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from headset.simulator.arm import Wish
from headset.simulator.gamepad import Gamepad
from headset.simulator.pad import DEAD, Meant, Pad, live, meant

REST = Pad()


def asked(pad: Pad, before: Pad = REST) -> Meant:
    return meant(pad, before, 0.5)


def test_a_pad_at_rest_asks_for_nothing() -> None:
    assert asked(Pad(left=(0.1, -0.05), right=(-0.1, 0.1), triggers=(0.3, 0.2))) == Meant()


def test_sticks_walk_and_look() -> None:
    found = asked(Pad(left=(0.0, 1.0), right=(1.0, 0.0)))
    assert found.walk == pytest.approx((0.0, 1.0))
    assert found.look == pytest.approx((60.0, 0.0))  # half a second at 120 degrees a second
    assert (found.left, found.right) == (Wish(), Wish())


def test_with_y_held_the_sticks_are_the_hands_own() -> None:
    found = asked(Pad(left=(-1.0, 0.0), right=(0.0, 1.0), down=frozenset(("face_y",))))
    assert (found.left.stick, found.right.stick) == ((-100, 0), (0, 100))
    assert (found.walk, found.look) == ((0.0, 0.0), (0.0, 0.0))


def test_a_stick_begins_at_nothing_beyond_its_dead_part_and_ends_at_one() -> None:
    assert live((DEAD, 0.0)) == (0.0, 0.0)
    assert 0.0 < live((DEAD + 0.01, 0.0))[0] < 0.02
    assert live((1.0, 1.0)) == pytest.approx((0.7071, 0.7071), abs=1e-4)


def test_each_side_has_its_grip_trigger_and_buttons() -> None:
    down = frozenset(("lshoulder", "face_a", "face_x", "start", "rstick"))
    found = asked(Pad(triggers=(0.0, 1.0), down=down))
    assert found.left == Wish(reach=True, buttons=frozenset(("primary",)))
    assert found.right == Wish(trigger=True, buttons=frozenset(("primary", "menu", "stick")))


def test_a_stick_pressed_in_while_its_hand_holds_keeps_hold_once() -> None:
    now = Pad(down=frozenset(("lshoulder", "lstick")))
    assert asked(now, Pad(down=frozenset(("lshoulder",)))).left.keep
    assert not asked(now, now).left.keep
    assert not asked(now, REST).left.buttons


def test_the_cross_is_keys_and_back_recentres_once() -> None:
    assert asked(Pad(down=frozenset(("dpad_right", "dpad_down")))).keys == {"select", "next"}
    assert asked(Pad(down=frozenset(("back",)))).recentre
    assert not asked(Pad(down=frozenset(("back",))), Pad(down=frozenset(("back",)))).recentre


class Device:
    """As much of a Panda3D input device as is read."""

    name = "a pad"

    def __init__(self) -> None:
        self.connected = True
        self.axes: dict[str, float] = {}
        self.down: set[str] = set()

    def poll(self) -> None: ...

    def find_axis(self, axis: Any) -> Any:
        return SimpleNamespace(known=axis.name in self.axes, value=self.axes.get(axis.name, 0.0))

    def find_button(self, handle: Any) -> Any:
        return SimpleNamespace(known=True, pressed=handle.name in self.down)


class Manager:
    """Panda3D's list of devices."""

    def __init__(self) -> None:
        self.devices: list[Device] = []

    def update(self) -> None: ...

    def get_devices(self, kind: Any) -> list[Device]:
        return [device for device in self.devices if device.connected]


def test_a_pad_is_plugged_in_and_out_while_it_is_read() -> None:
    manager = Manager()
    pad = Gamepad(manager)
    assert (pad.read(), pad.name) == (Pad(), "")
    device = Device()
    device.axes = {"left_x": -0.5, "right_y": 1.0, "left_trigger": 0.25}
    device.down = {"face_a", "rtrigger"}
    manager.devices.append(device)
    read = pad.read()
    assert read == Pad((-0.5, 0.0), (0.0, 1.0), (0.25, 1.0), frozenset(("face_a",)))
    assert pad.name == "a pad"
    device.connected = False
    assert (pad.read(), pad.name) == (Pad(), "")


def test_without_any_device_panda3d_has_nothing_to_read() -> None:
    assert Gamepad().read() == Pad()
