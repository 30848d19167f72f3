"""Tracked hands (XR_EXT_hand_tracking): 26 joints each, measured only with the person's consent.

The trackers themselves exist only while there is consent: what is not asked for is not measured. With
XR_EXT_hand_tracking_data_source the runtime says whether the joints are those of a hand that it sees or are made up from a
controller's buttons; only the former make gestures.
"""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import numpy as np
import xr
from numpy.typing import NDArray

from headset.inputs import HAND_JOINTS, ORIENTATION_STEPS, POSITION_STEP, SIDES, Pose, Side
from headset.openxr.calls import LOST, check, optional
from headset.openxr.spaces import VALID, Spaces

_log = logging.getLogger(__name__)

_LOCATION: Final = np.dtype([("flags", np.uint64), ("turn", np.float32, 4), ("place", np.float32, 3), ("radius", np.float32)])
"""XrHandJointLocationEXT."""

_PARTS: Final = slice(2, 9)
"""Of its ten floats, those of turn and place."""

_SIDES: Final = {"left": xr.HandEXT.LEFT, "right": xr.HandEXT.RIGHT}
_SOURCES: Final = (xr.HandTrackingDataSourceEXT.UNOBSTRUCTED, xr.HandTrackingDataSourceEXT.CONTROLLER)


class Tracked:
    """The joints of a hand, and whether it is the hand itself that is seen."""

    __slots__ = ("bare", "joints")

    def __init__(self, joints: tuple[Pose, ...], bare: bool) -> None:
        self.joints = joints
        self.bare = bare


class Trackers:
    """Both hands' trackers of a session."""

    def __init__(self, session: Any, function: Callable[[str, Any], Any], *, sources: bool) -> None:
        """`function` finds a function of an extension by name and type; `sources` is whether the instance has
        XR_EXT_hand_tracking_data_source."""
        self.session = session
        self.sources = sources
        self._create = function("xrCreateHandTrackerEXT", xr.PFN_xrCreateHandTrackerEXT)
        self._destroy = function("xrDestroyHandTrackerEXT", xr.PFN_xrDestroyHandTrackerEXT)
        self._locate = function("xrLocateHandJointsEXT", xr.PFN_xrLocateHandJointsEXT)
        self._open: dict[Side, _Tracker] = {}
        self._refused = False

    def allow(self, allowed: bool) -> None:
        """Begin to measure, or end it; either may be said again. A runtime that refuses has hands without joints."""
        if not allowed:
            self.close()
        elif not self._refused:
            optional(self._begin, None, "tracking of hands")

    def read(self, side: Side, spaces: Spaces, time: int) -> Tracked | None:
        """A hand at a display time; None while it is not seen, or without consent."""
        tracker = self._open.get(side)
        if tracker is None:
            return None
        try:
            return tracker.read(spaces, time)
        except LOST:
            raise
        except xr.exception.ErrorResult as error:
            # Asked again it would only refuse again, frame by frame.
            _log.warning("no joints of hands any more: the OpenXR runtime refuses them (%s)", error)
            self._refused = True
            self.close()
            return None

    def close(self) -> None:
        """Give the trackers back."""
        while self._open:
            _, tracker = self._open.popitem()
            optional(partial(self._give_back, tracker.handle), None, "end of a hand's tracking")

    def _give_back(self, handle: Any) -> None:
        check(self._destroy(handle), "xrDestroyHandTrackerEXT")

    def _begin(self) -> None:
        for side in SIDES:
            if side not in self._open:
                self._open[side] = _Tracker(self._made(side), self._locate, self.sources)

    def _made(self, side: Side) -> Any:
        info = xr.HandTrackerCreateInfoEXT(hand=_SIDES[side], hand_joint_set=xr.HandJointSetEXT.DEFAULT)
        wanted = xr.HandTrackingDataSourceInfoEXT(requested_data_sources=_SOURCES)
        if self.sources:
            info.next = ctypes.cast(ctypes.pointer(wanted), ctypes.c_void_p)
        handle = xr.HandTrackerEXT()
        check(self._create(self.session, ctypes.byref(info), ctypes.byref(handle)), "xrCreateHandTrackerEXT")
        return handle


class _Tracker:
    """One hand's tracker, with structures that are made once."""

    def __init__(self, handle: Any, locate: Any, sources: bool) -> None:
        self.handle = handle
        self._locate = locate
        self._info = xr.HandJointsLocateInfoEXT()
        self._buffer = (xr.HandJointLocationEXT * HAND_JOINTS)()
        self._rows: NDArray[Any] = np.frombuffer(self._buffer, _LOCATION)
        self._found = xr.HandJointLocationsEXT()
        self._found.joint_count = HAND_JOINTS
        self._found._joint_locations = ctypes.cast(self._buffer, ctypes.POINTER(xr.HandJointLocationEXT))
        self._source = xr.HandTrackingDataSourceStateEXT() if sources else None
        if self._source is not None:
            self._found.next = ctypes.cast(ctypes.pointer(self._source), ctypes.c_void_p)
        self._at_info, self._at_found = ctypes.byref(self._info), ctypes.byref(self._found)

    def read(self, spaces: Spaces, time: int) -> Tracked | None:
        self._info.base_space, self._info.time = spaces.base, time
        check(self._locate(self.handle, self._at_info, self._at_found), "xrLocateHandJointsEXT")
        if not self._found.is_active:
            return None
        joints = quantised(self._rows, spaces.floor)
        if joints is None:
            return None
        source = self._source
        seen = source is None or (
            bool(source.is_active) and int(source._data_source) == xr.HandTrackingDataSourceEXT.UNOBSTRUCTED.value
        )
        return Tracked(joints, seen)


def quantised(rows: NDArray[Any], floor: float = 0.0) -> tuple[Pose, ...] | None:
    """Rows of XrHandJointLocationEXT as poses in the person's own space, as `Pose.of` makes them; None unless all are poses.

    The bones of a hand look along +y to the finger's tip, with the back of the hand up along z.
    """
    # Turn (x, y, z, w) and place (x, y, z), all at once: what numpy costs here is calls.
    parts = rows.view(np.float32).reshape(len(rows), -1)[:, _PARTS].astype(np.float64)
    squares = parts * parts
    lengths = np.sqrt(squares[:, 0] + squares[:, 1] + squares[:, 2] + squares[:, 3])
    least, most, furthest = float(lengths.min()), float(lengths.max()), float(squares[:, 4:].max())
    # A NaN is in no range.
    if not (least > 1e-6 and most < 1e6 and furthest < 1e6 and int(np.bitwise_and.reduce(rows["flags"])) & VALID == VALID):
        return None
    scale = np.where(parts[:, 3] >= 0, ORIENTATION_STEPS, -ORIENTATION_STEPS) / lengths
    parts[:, :4] *= scale[:, None]
    parts[:, 5] += floor
    parts[:, 4:] /= POSITION_STEP
    whole = np.rint(parts).astype(np.int64).tolist()
    return tuple([Pose((x, -z, y), (w, i, -k, j)) for i, j, k, w, x, y, z in whole])
