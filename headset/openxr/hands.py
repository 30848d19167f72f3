"""Tracked hands (XR_EXT_hand_tracking): 26 joints each, measured only with the person's consent.

The trackers themselves exist only while there is consent: what is not asked for is not measured. With
XR_EXT_hand_tracking_data_source the runtime says whether the joints are those of a hand that it sees or are made up from a
controller's buttons; only the former make gestures.
"""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

import numpy as np
import xr
from numpy.typing import NDArray

from headset.inputs import HAND_JOINTS, ORIENTATION_STEPS, POSITION_STEP, SIDES, Joints, Side
from headset.openxr.calls import LOST, check, optional
from headset.openxr.spaces import VALID, Spaces

_log = logging.getLogger(__name__)

_LOCATION: Final = np.dtype([("flags", np.uint64), ("turn", np.float32, 4), ("place", np.float32, 3), ("radius", np.float32)])
"""XrHandJointLocationEXT."""

_ORDER: Final = np.array((6, 8, 7, 5, 2, 4, 3))
_SIGNS: Final = np.array((1.0, -1.0, 1.0, 1.0, 1.0, -1.0, 1.0))
"""Where among its ten floats the numbers of a `Pose` are, and with which sign they are that (`axes`)."""

_SIDES: Final = {"left": xr.HandEXT.LEFT, "right": xr.HandEXT.RIGHT}
_SOURCES: Final = (xr.HandTrackingDataSourceEXT.UNOBSTRUCTED, xr.HandTrackingDataSourceEXT.CONTROLLER)


class Tracked:
    """The joints of a hand, and whether it is the hand itself that is seen."""

    __slots__ = ("bare", "joints")

    def __init__(self, joints: Joints, bare: bool) -> None:
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
        self._found = (xr.HandJointLocationEXT * (len(SIDES) * HAND_JOINTS))()
        self._rows: NDArray[Any] = np.frombuffer(self._found, _LOCATION).reshape(len(SIDES), HAND_JOINTS)
        self._open: dict[Side, _Tracker] = {}
        self._refused = False

    def allow(self, allowed: bool) -> None:
        """Begin to measure, or end it; either may be said again. A runtime that refuses has hands without joints."""
        if not allowed:
            self.close()
        elif not self._refused:
            optional(self._begin, None, "tracking of hands")

    def read(self, spaces: Spaces, time: int) -> Mapping[Side, Tracked]:
        """The hands that are seen at a display time; none without consent."""
        trackers = self._open
        if not trackers:
            return {}
        try:
            seen = [side in trackers and trackers[side].locate(spaces.base, time) for side in SIDES]
        except LOST:
            raise
        except xr.exception.ErrorResult as error:
            # Asked again it would only refuse again, frame by frame.
            _log.warning("no joints of hands any more: the OpenXR runtime refuses them (%s)", error)
            self._refused = True
            self.close()
            return {}
        hands = quantised(self._rows, seen, spaces.floor)
        return {
            side: Tracked(joints, trackers[side].bare) for side, joints in zip(SIDES, hands, strict=True) if joints is not None
        }

    def close(self) -> None:
        """Give the trackers back."""
        while self._open:
            _, tracker = self._open.popitem()
            optional(partial(self._give_back, tracker.handle), None, "end of a hand's tracking")

    def _give_back(self, handle: Any) -> None:
        check(self._destroy(handle), "xrDestroyHandTrackerEXT")

    def _begin(self) -> None:
        for at, side in enumerate(SIDES):
            if side not in self._open:
                self._open[side] = _Tracker(self._made(side), self._locate, self._found, at * HAND_JOINTS, self.sources)

    def _made(self, side: Side) -> Any:
        info = xr.HandTrackerCreateInfoEXT(hand=_SIDES[side], hand_joint_set=xr.HandJointSetEXT.DEFAULT)
        wanted = xr.HandTrackingDataSourceInfoEXT(requested_data_sources=_SOURCES)
        if self.sources:
            info.next = ctypes.cast(ctypes.pointer(wanted), ctypes.c_void_p)
        handle = xr.HandTrackerEXT()
        check(self._create(self.session, ctypes.byref(info), ctypes.byref(handle)), "xrCreateHandTrackerEXT")
        return handle


class _Tracker:
    """One hand's tracker, with structures that are made once. Its joints are found from the `first` of `found` on."""

    def __init__(self, handle: Any, locate: Any, found: Any, first: int, sources: bool) -> None:
        self.handle = handle
        self._locate = locate
        self._info = xr.HandJointsLocateInfoEXT()
        self._found = xr.HandJointLocationsEXT()
        self._found.joint_count = HAND_JOINTS
        self._found._joint_locations = ctypes.pointer(found[first])
        self._source = xr.HandTrackingDataSourceStateEXT() if sources else None
        if self._source is not None:
            self._found.next = ctypes.cast(ctypes.pointer(self._source), ctypes.c_void_p)
        self._at_info, self._at_found = ctypes.byref(self._info), ctypes.byref(self._found)

    @property
    def bare(self) -> bool:
        """Whether it was the hand itself that was seen."""
        source = self._source
        return source is None or (bool(source.is_active) and int(source._data_source) == _UNOBSTRUCTED)

    def locate(self, base: Any, time: int) -> bool:
        """Find its joints at a display time; whether the hand is seen."""
        self._info.base_space, self._info.time = base, time
        check(self._locate(self.handle, self._at_info, self._at_found), "xrLocateHandJointsEXT")
        return bool(self._found.is_active)


def quantised(rows: NDArray[Any], seen: Sequence[bool], floor: float = 0.0) -> list[Joints | None]:
    """Rows of XrHandJointLocationEXT, hands x joints, in the person's own space, as `Pose.of` makes poses. A hand that is not
    `seen`, or not all of whose joints are poses, has none.

    The bones of a hand look along +y to the finger's tip, with the back of the hand up along z.
    """
    # What numpy costs here is calls: both hands go in one, and apart only if something is wrong with one of them.
    parts = rows.view(np.float32).reshape(*rows.shape, -1).take(_ORDER, -1) * _SIGNS
    places, turns = parts[..., :3], parts[..., 3:]
    squares = np.einsum("...i,...i->...", turns, turns)
    if not (all(seen) and _poses(rows["flags"], squares, np.einsum("...i,...i->...", places, places))):
        if len(seen) == 1:
            return [None]
        return [quantised(rows[hand : hand + 1], [one], floor)[0] for hand, one in enumerate(seen)]
    # What is added makes a -0 a 0, for which a quaternion is not turned round.
    turns *= np.copysign(ORIENTATION_STEPS / np.sqrt(squares), turns[..., 0] + 0.0)[..., None]
    places[..., 2] += floor
    places /= POSITION_STEP
    return [Joints(tuple(numbers)) for numbers in np.rint(parts).astype(np.int64).reshape(len(seen), -1).tolist()]


def _poses(flags: NDArray[Any], turns: NDArray[Any], places: NDArray[Any]) -> bool:
    """Whether all of these are poses, by the squares of their quaternions' lengths and of how far away they are. A NaN is in no
    range."""
    far, most, least = (float(each) for each in (_MOST(places, None), _MOST(turns, None), _LEAST(turns, None)))
    return least > 1e-12 and most < 1e12 and far < 1e6 and int(_ALL(flags, None)) & VALID == VALID


_MOST, _LEAST, _ALL = np.maximum.reduce, np.minimum.reduce, np.bitwise_and.reduce
_UNOBSTRUCTED: Final = xr.HandTrackingDataSourceEXT.UNOBSTRUCTED.value
