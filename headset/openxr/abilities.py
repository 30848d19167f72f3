"""What a headset can measure of a person's hands and eyes, as the runtime says it (xrGetSystemProperties, section 5.2)."""

from __future__ import annotations

import ctypes
from collections.abc import Collection
from typing import Any, Final

import xr
from xr import raw_functions as raw

from headset.driver import Ability
from headset.openxr.calls import check

TRACKING: Final = "XR_EXT_hand_tracking"
SOURCE: Final = "XR_EXT_hand_tracking_data_source"
GAZE: Final = "XR_EXT_eye_gaze_interaction"
EXTENSIONS: Final = (TRACKING, SOURCE, GAZE)
NEEDS: Final = {SOURCE: TRACKING}
"""Extension -> the one without which an instance with it is refused (EXTENSION_DEPENDENCY_NOT_ENABLED)."""

ALWAYS: Final[frozenset[Ability]] = frozenset({"hands", "haptics", "real_time"})
"""What every headset has that has controllers."""


def senses(instance: Any, system: Any, extensions: Collection[str]) -> frozenset[Ability]:
    """Which of joints and gaze this headset has; `extensions` are those of the instance. A runtime may know an extension and
    drive a headset that cannot do it."""
    properties = xr.SystemProperties()
    joints, gaze = xr.SystemHandTrackingPropertiesEXT(), xr.SystemEyeGazeInteractionPropertiesEXT()
    asked: list[tuple[Ability, Any, str]] = []
    if TRACKING in extensions:
        asked.append(("joints", joints, "supports_hand_tracking"))
    if GAZE in extensions:
        asked.append(("gaze", gaze, "supports_eye_gaze_interaction"))
    last: Any = properties
    for _, structure, _ in asked:
        last.next = ctypes.cast(ctypes.pointer(structure), ctypes.c_void_p)
        last = structure
    check(raw.xrGetSystemProperties(instance, system, ctypes.byref(properties)), "xrGetSystemProperties")
    return frozenset(ability for ability, structure, answer in asked if bool(getattr(structure, answer)))
