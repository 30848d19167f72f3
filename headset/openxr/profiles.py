"""Interaction profiles and the paths that each has for the left and the right hand (OpenXR 1.1, section 6.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from headset.inputs import Side

Paths = Mapping[Side, frozenset[str]]


def _paths(both: str, left: str = "", right: str = "") -> Paths:
    shared = [*both.split(), "input/grip/pose", "input/aim/pose", "output/haptic"]
    return {"left": frozenset([*shared, *left.split()]), "right": frozenset([*shared, *right.split()])}


_STICK = "input/thumbstick/x input/thumbstick/y input/thumbstick/click input/thumbstick/touch"
_TRIGGER = "input/trigger/value input/trigger/touch"

PROFILES: Final[Mapping[str, Paths]] = {
    "/interaction_profiles/khr/simple_controller": _paths("input/select/click input/menu/click"),
    "/interaction_profiles/oculus/touch_controller": _paths(
        f"input/squeeze/value {_TRIGGER} {_STICK} input/thumbrest/touch",
        "input/x/click input/x/touch input/y/click input/y/touch input/menu/click",
        "input/a/click input/a/touch input/b/click input/b/touch input/system/click",
    ),
    "/interaction_profiles/valve/index_controller": _paths(
        "input/system/click input/system/touch input/a/click input/a/touch input/b/click input/b/touch "
        f"input/squeeze/value input/squeeze/force {_TRIGGER} input/trigger/click {_STICK} "
        "input/trackpad/x input/trackpad/y input/trackpad/force input/trackpad/touch"
    ),
}
