"""The action set: what is suggested to a runtime, and what its answers become."""

from __future__ import annotations

from math import nan
from types import SimpleNamespace
from typing import Any

import pytest
import xr

from headset.inputs import SIDES, Hand
from headset.openxr.actions import Actions
from headset.openxr.profiles import EXTENSIONS, PROFILES
from headset.openxr.table import read_table
from tests.headset.openxr.controls import Runtime, install

VIVE = "/interaction_profiles/htc/vive_controller"
TOUCH = "/interaction_profiles/oculus/touch_controller"
SPACES: Any = SimpleNamespace(pose=lambda *_: None)


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Runtime:
    made_up = Runtime()
    install(made_up, monkeypatch)
    return made_up


def actions(extensions: tuple[str, ...] = EXTENSIONS) -> Actions:
    return Actions(xr.Instance(), xr.Session(), read_table(), extensions)


def read(all_actions: Actions) -> Hand:
    hands = all_actions.hands(SPACES, 1)
    assert hands is not None
    return hands[0]


def test_the_table_is_suggested_as_it_is(runtime: Runtime) -> None:
    actions()
    wanted = {name: {(one.action, one.path) for one in bindings} for name, bindings in read_table().items()}
    assert runtime.suggested == wanted


def test_profiles_whose_extension_is_not_there_are_not_suggested(runtime: Runtime) -> None:
    found = actions(("XR_EXT_hp_mixed_reality_controller",))
    core = {name for name, profile in PROFILES.items() if profile.extension is None}
    assert set(runtime.suggested) == core | {"/interaction_profiles/hp/mixed_reality_controller"}
    assert found.suggested == set(runtime.suggested)


def test_a_profile_that_the_runtime_does_not_know_is_left_out(runtime: Runtime) -> None:
    runtime.unknown = VIVE
    found = actions()
    assert found.suggested == set(PROFILES) - {VIVE}


def test_what_the_controls_say_is_told_in_per_cent(runtime: Runtime) -> None:
    found = actions()
    runtime.values = {"trigger": 0.504, "squeeze": 1.7, "menu": True, "tilt": (0.0, 1.0)}
    assert read(found) == Hand(trigger=50, squeeze=100, buttons=frozenset({"menu"}), stick=(0, 100))
    runtime.values = {"trigger": nan, "squeeze": -1.0, "tilt": (nan, 0.0)}
    assert read(found) == Hand()


def test_a_pad_counts_only_while_it_is_pressed_and_a_stick_always(runtime: Runtime) -> None:
    found = actions()
    runtime.values = {"tilt": (1.0, 0.0)}
    runtime.in_hand = VIVE
    found.look_up()
    assert read(found).stick == (0, 0)
    runtime.values["stick"] = True
    assert read(found).stick == (100, 0)
    runtime.in_hand, runtime.values = TOUCH, {"tilt": (1.0, 0.0)}
    found.look_up()
    assert read(found).stick == (100, 0)


def test_a_profile_that_nobody_suggested_is_none(runtime: Runtime) -> None:
    found = actions()
    runtime.paths.append("/interaction_profiles/some/other")
    runtime.in_hand = runtime.paths[-1]
    found.look_up()
    assert found.profiles == dict.fromkeys(SIDES, "")


def test_another_set_is_synced_only_while_it_is_used(runtime: Runtime) -> None:
    found = actions()
    read(found)
    assert runtime.synced == 1
    found.use(found.set)
    read(found)
    assert runtime.synced == 2
    found.use()
    read(found)
    assert runtime.synced == 1


def test_without_focus_there_are_no_hands(runtime: Runtime) -> None:
    runtime.focused = False
    assert actions().hands(SPACES, 1) is None


def test_pulses_are_kept_in_range_and_can_be_ended(runtime: Runtime) -> None:
    found = actions()
    found.haptic("right", 1.5, 0.1)
    found.haptic("left", 0.25, 0.1)
    found.haptic("left", 0.0, 0.1)
    found.haptic("left", nan, 0.1)
    assert runtime.felt == [
        ("/user/hand/right", 1.0), ("/user/hand/left", 0.25), ("/user/hand/left", 0.0), ("/user/hand/left", 0.0)
    ]  # fmt: skip
    runtime.felt.clear()
    found.quiet()
    assert runtime.felt == [("/user/hand/left", 0.0), ("/user/hand/right", 0.0)]
