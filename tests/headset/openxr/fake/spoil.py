"""Answers that are no errors and still nonsense: poses that are not numbers, angles of zero, counts of garbage."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from math import nan
from typing import Any, Final

import xr

from tests.headset.openxr.fake.model import State

GARBAGE: Final = 0x7FFF0001
"""A number that is no type, state or name of anything."""


def spoil(name: str, how: str, arguments: Sequence[Any]) -> None:
    """Spoil what a call has answered; a call that has nothing to spoil is left as it is."""
    spoiler = _SPOILERS.get((name, how))
    if spoiler is not None:
        spoiler(arguments)


def spoilable() -> set[tuple[str, str]]:
    """Which function's answer can be spoilt how."""
    return set(_SPOILERS)


def _no_place(pose: Any) -> None:
    pose.position.x = pose.position.y = pose.position.z = nan
    pose.orientation.w = nan


def _nan_views(given: Sequence[Any]) -> None:
    if given[3]:
        for eye in range(2):
            _no_place(given[5][eye].pose)


def _flat_views(given: Sequence[Any]) -> None:
    if given[3]:
        for eye in range(2):
            fov = given[5][eye].fov
            fov.angle_left = fov.angle_right = fov.angle_up = fov.angle_down = 0.0


def _nan_joints(given: Sequence[Any]) -> None:
    for index in range(given[2].contents.joint_count):
        _no_place(given[2].contents._joint_locations[index].pose)


def _zero_frame(given: Sequence[Any]) -> None:
    given[2].contents.predicted_display_period = 0


def _garbage_frame(given: Sequence[Any]) -> None:
    given[2].contents.predicted_display_period = -(2**62)


def _sizes(width: int, height: int) -> Callable[[Sequence[Any]], None]:
    def put(given: Sequence[Any]) -> None:
        if given[3]:
            for eye in range(2):
                given[5][eye].recommended_image_rect_width = width
                given[5][eye].recommended_image_rect_height = height

    return put


def _count(at: int, value: int) -> Callable[[Sequence[Any]], None]:
    def put(given: Sequence[Any]) -> None:
        given[at][0] = value

    return put


def _garbage_event(given: Sequence[Any]) -> None:
    buffer = given[1].contents
    if buffer._type == xr.StructureType.EVENT_DATA_SESSION_STATE_CHANGED.value:
        changed = ctypes.cast(given[1], ctypes.POINTER(xr.EventDataSessionStateChanged)).contents
        # A runtime that does not say what it waits for waits for ever; nobody can help it.
        if changed._state not in (State.READY, State.STOPPING):
            changed._state = GARBAGE
    else:
        buffer._type = GARBAGE


def _garbage_name(given: Sequence[Any]) -> None:
    found = given[2].contents
    ctypes.memset(ctypes.addressof(found) + type(found).system_name.offset, 0xFF, 200)


def _nan_amount(given: Sequence[Any]) -> None:
    given[2].contents.current_state = nan


def _far_amount(given: Sequence[Any]) -> None:
    given[2].contents.current_state = 1e30


_SPOILERS: Final[dict[tuple[str, str], Callable[[Sequence[Any]], None]]] = {
    ("xrLocateViews", "nan"): _nan_views,
    ("xrLocateViews", "zero"): _flat_views,
    ("xrLocateSpace", "nan"): lambda given: _no_place(given[3].contents.pose),
    ("xrLocateHandJointsEXT", "nan"): _nan_joints,
    ("xrWaitFrame", "zero"): _zero_frame,
    ("xrWaitFrame", "garbage"): _garbage_frame,
    ("xrPollEvent", "garbage"): _garbage_event,
    ("xrGetActionStateFloat", "nan"): _nan_amount,
    ("xrGetActionStateFloat", "garbage"): _far_amount,
    ("xrEnumerateViewConfigurationViews", "zero"): _sizes(0, 0),
    ("xrEnumerateViewConfigurationViews", "garbage"): _sizes(2**31, 2**31),
    ("xrEnumerateViewConfigurations", "zero"): _count(3, 0),
    ("xrEnumerateEnvironmentBlendModes", "zero"): _count(4, 0),
    ("xrEnumerateReferenceSpaces", "zero"): _count(2, 0),
    ("xrEnumerateSwapchainFormats", "zero"): _count(2, 0),
    ("xrEnumerateSwapchainImages", "zero"): _count(2, 0),
    ("xrAcquireSwapchainImage", "garbage"): _count(2, 77),
    ("xrGetSystemProperties", "garbage"): _garbage_name,
    ("xrGetVisibilityMaskKHR", "zero"): lambda given: setattr(given[4].contents, "vertex_count_output", 0),
    ("xrEnumerateDisplayRefreshRatesFB", "zero"): _count(2, 0),
    ("xrEnumerateDisplayRefreshRatesFB", "nan"): lambda given: given[3] and given[3].__setitem__(0, nan),
    ("xrGetDisplayRefreshRateFB", "nan"): lambda given: given[1].__setitem__(0, nan),
}
