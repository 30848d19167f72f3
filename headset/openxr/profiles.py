"""Interaction profiles: which controllers there are, and the paths that each has for the left and the right hand.

The names and paths are those of the Khronos registry (`xr.xml`, OpenXR 1.1) for an instance of version 1.0: some controllers came
into the core with 1.1 under other names. What belongs to the runtime alone (`system`, `home`) is left out, and so is what needs
an extension beside the profile's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from headset.inputs import Side


@dataclass(frozen=True, slots=True)
class Profile:
    """A kind of controller."""

    title: str
    """What people call it."""
    paths: Mapping[Side, frozenset[str]]
    """Side -> what that hand has, below `/user/hand/left/` or `…/right/`."""
    extension: str | None = None
    """The extension that a runtime must have to know it; None for those of the core (section 6.4)."""
    bare: bool = False
    """Whether it is the hand itself, with nothing in it."""


def _profile(title: str, both: str, left: str = "", right: str = "", *, extension: str | None = None) -> Profile:
    shared = [*both.split(), *_POSES.split(), "output/haptic"]
    return Profile(title, {"left": frozenset([*shared, *left.split()]), "right": frozenset([*shared, *right.split()])}, extension)


_POSES = "input/grip/pose input/aim/pose"
_STICK = "input/thumbstick input/thumbstick/x input/thumbstick/y input/thumbstick/click"
_FELT_STICK = f"{_STICK} input/thumbstick/touch"
_PAD = "input/trackpad input/trackpad/x input/trackpad/y input/trackpad/click input/trackpad/touch"
_TRIGGER = "input/trigger/value input/trigger/touch"
_XY = "input/x/click input/y/click"
_AB = "input/a/click input/b/click"
_FELT_XY = f"{_XY} input/x/touch input/y/touch"
_FELT_AB = f"{_AB} input/a/touch input/b/touch"
_TOUCH = f"input/squeeze/value {_TRIGGER} {_FELT_STICK} input/thumbrest/touch"
_WINDOWS = f"input/menu/click input/squeeze/click input/trigger/value {_STICK} {_PAD}"
_PICO = f"input/squeeze/click input/squeeze/value {_TRIGGER} input/trigger/click {_FELT_STICK}"

_FACEBOOK = (
    "input/thumbrest/force input/stylus_fb/force input/trigger/curl_fb input/trigger/slide_fb input/trigger/proximity_fb "
    "input/thumb_fb/proximity_fb output/haptic_trigger_fb output/haptic_thumb_fb"
)
_META = (
    "input/trigger/force input/trigger/curl_meta input/trigger/slide_meta input/trigger/proximity_meta "
    "input/thumb_meta/proximity_meta"
)
_GO = frozenset([*_POSES.split(), *_PAD.split(), "input/trigger/click", "input/back/click"])
_HANDS = frozenset(
    f"{_POSES} input/pinch_ext/pose input/pinch_ext/value input/pinch_ext/ready_ext input/poke_ext/pose "
    "input/grasp_ext/value input/grasp_ext/ready_ext input/aim_activate_ext/value input/aim_activate_ext/ready_ext".split()
)

HANDS: Final = "/interaction_profiles/ext/hand_interaction_ext"

PROFILES: Final[Mapping[str, Profile]] = {
    "/interaction_profiles/khr/simple_controller": _profile("simple", "input/select/click input/menu/click"),
    "/interaction_profiles/oculus/touch_controller": _profile(
        "Meta Quest 1 and 2, Rift: Touch", _TOUCH, f"{_FELT_XY} input/menu/click", _FELT_AB
    ),
    "/interaction_profiles/facebook/touch_controller_pro": _profile(
        "Meta Quest Pro: Touch Pro",
        f"{_TOUCH} {_FACEBOOK}",
        f"{_FELT_XY} input/menu/click",
        _FELT_AB,
        extension="XR_FB_touch_controller_pro",
    ),
    "/interaction_profiles/meta/touch_controller_plus": _profile(
        "Meta Quest 3: Touch Plus",
        f"{_TOUCH} {_META}",
        f"{_FELT_XY} input/menu/click",
        _FELT_AB,
        extension="XR_META_touch_controller_plus",
    ),
    "/interaction_profiles/oculus/go_controller": Profile("Oculus Go", {"left": _GO, "right": _GO}),
    "/interaction_profiles/valve/index_controller": _profile(
        "Valve Index",
        f"{_FELT_AB} input/squeeze/value input/squeeze/force {_TRIGGER} input/trigger/click {_FELT_STICK} "
        "input/trackpad input/trackpad/x input/trackpad/y input/trackpad/force input/trackpad/touch",
    ),
    "/interaction_profiles/htc/vive_controller": _profile(
        "HTC Vive", f"input/squeeze/click input/menu/click input/trigger/click input/trigger/value {_PAD}"
    ),
    "/interaction_profiles/htc/vive_cosmos_controller": _profile(
        "HTC Vive Cosmos",
        f"input/shoulder/click input/squeeze/click input/trigger/click input/trigger/value {_FELT_STICK}",
        f"{_XY} input/menu/click",
        _AB,
        extension="XR_HTC_vive_cosmos_controller_interaction",
    ),
    "/interaction_profiles/htc/vive_focus3_controller": _profile(
        "HTC Vive Focus 3, XR Elite",
        f"input/squeeze/click input/squeeze/touch input/squeeze/value {_TRIGGER} input/trigger/click {_FELT_STICK} "
        "input/thumbrest/touch",
        f"{_XY} input/menu/click",
        _AB,
        extension="XR_HTC_vive_focus3_controller_interaction",
    ),
    "/interaction_profiles/microsoft/motion_controller": _profile("Windows Mixed Reality", _WINDOWS),
    "/interaction_profiles/samsung/odyssey_controller": _profile(
        "Samsung Odyssey", _WINDOWS, extension="XR_EXT_samsung_odyssey_controller"
    ),
    "/interaction_profiles/hp/mixed_reality_controller": _profile(
        "HP Reverb G2",
        f"input/menu/click input/squeeze/value input/trigger/value {_STICK}",
        _XY,
        _AB,
        extension="XR_EXT_hp_mixed_reality_controller",
    ),
    "/interaction_profiles/bytedance/pico_neo3_controller": _profile(
        "Pico Neo 3", f"input/menu/click {_PICO}", _FELT_XY, _FELT_AB, extension="XR_BD_controller_interaction"
    ),
    "/interaction_profiles/bytedance/pico4_controller": _profile(
        "Pico 4", _PICO, f"{_FELT_XY} input/menu/click", _FELT_AB, extension="XR_BD_controller_interaction"
    ),
    "/interaction_profiles/ml/ml2_controller": _profile(
        "Magic Leap 2",
        f"input/menu/click input/trigger/click input/trigger/value input/shoulder/click {_PAD} input/trackpad/force",
        extension="XR_ML_ml2_controller_interaction",
    ),
    HANDS: Profile("bare hands", {"left": _HANDS, "right": _HANDS}, "XR_EXT_hand_interaction", bare=True),
}

EXTENSIONS: Final = tuple(sorted({profile.extension for profile in PROFILES.values() if profile.extension is not None}))
"""The extensions that bring profiles."""
