"""Where things are: the person's own space, and everything located in it."""

from __future__ import annotations

import ctypes
from math import atan2, cos, hypot, sin
from typing import Any, Final

import xr
from xr import raw_functions as raw

from headset.driver import View
from headset.inputs import Pose
from headset.openxr.axes import pose_of, view_of
from headset.openxr.calls import check
from headset.openxr.instance import STEREO

ORIENTATION_VALID: Final = 1
POSITION_VALID: Final = 2
VALID: Final = ORIENTATION_VALID | POSITION_VALID
ORIENTATION_TRACKED: Final = 4
TRACKED: Final = VALID | ORIENTATION_TRACKED
"""Seen now, and not only remembered."""

LEVEL: Final = 0.2
"""How much of a look must be level to tell a bearing: less, and it is steeper than 78 degrees."""

HIGHEST: Final = 3.0
"""Metres that eyes may be above a floor that a runtime knows; more is nonsense."""


class Spaces:
    """The reference space of a session, and the head in it.

    Its origin is on the floor below where the person was when last centred (LOCAL_FLOOR). A runtime without that has LOCAL, at
    the eyes; the floor below it is then found as the specification says it may be emulated: by the height of STAGE, the room's
    own floor (OpenXR 1.1, section 7.1), and without that by the eyes' height in the scene.
    """

    def __init__(self, session: Any, *, local_floor: bool) -> None:
        self.session = session
        offered = set(xr.enumerate_reference_spaces(session))
        if not local_floor:
            offered.discard(xr.ReferenceSpaceType.LOCAL_FLOOR)
        kinds = xr.ReferenceSpaceType
        self.kind = kinds.LOCAL_FLOOR if kinds.LOCAL_FLOOR in offered else kinds.LOCAL
        self._home = (0.0, 0.0, 0.0)
        """Where the person's own space lies in the runtime's: metres to the right and back, and radians to the left."""
        self.base = self._space(self.kind)
        self._stage = self._space(kinds.STAGE) if kinds.STAGE in offered else None
        self._found_floor = False
        self.head = self._space(xr.ReferenceSpaceType.VIEW)
        self.floor = 0.0
        """Metres to add to heights, where the origin is at the eyes."""
        self.bounds: tuple[float, float] | None = None
        """Metres across and ahead that are free around the room's middle; None if the runtime does not know them."""
        self._location = xr.SpaceLocation()
        self._at_location = ctypes.byref(self._location)
        self._located = memoryview(self._location).cast("B")[xr.SpaceLocation.pose.offset :]
        self._view_info = xr.ViewLocateInfo(view_configuration_type=STEREO, space=self.base)
        self._view_state = xr.ViewState()
        self._count = ctypes.c_uint32()
        self.views = (xr.View * 2)(xr.View(), xr.View())
        """Where the eyes were at the last `look`, as OpenXR says it; one structure for each eye."""
        self._left, self._right = self.views
        self._at_views = (*map(ctypes.byref, (self._view_info, self._view_state)), 2, ctypes.byref(self._count), self.views)

    def find_floor(self, time: int, eyes: float) -> None:
        """Set the floor at a display time; `eyes` is how high they are in the scene, if the runtime knows nothing of a floor."""
        if self.kind != xr.ReferenceSpaceType.LOCAL:
            return
        if self._stage is not None:
            check(raw.xrLocateSpace(self._stage, self.base, time, self._at_location), "xrLocateSpace")
            below = -self._location.pose.position.y
            if self._location._location_flags & VALID == VALID and 0.0 <= below <= HIGHEST:
                self.floor, self._found_floor = below, True
        if not self._found_floor:
            self.floor = eyes

    def find_bounds(self) -> None:
        """Ask how much room there is. The runtime announces a change of it as one of the space."""
        self.bounds = None
        if self._stage is None:
            return
        extent = xr.Extent2Df()
        result = raw.xrGetReferenceSpaceBoundsRect(self.session, xr.ReferenceSpaceType.STAGE.value, ctypes.byref(extent))
        known = check(result, "xrGetReferenceSpaceBoundsRect") == xr.Result.SUCCESS.value
        if known and 0.0 < extent.width < 1e3 and 0.0 < extent.height < 1e3:
            self.bounds = (extent.width, extent.height)

    def pose(self, space: Any, time: int, needed: int = VALID) -> Pose | None:
        """Where a space is in the person's own, quantised; None while it is not tracked, or has not all the flags `needed`."""
        check(raw.xrLocateSpace(space, self.base, time, self._at_location), "xrLocateSpace")
        if self._location._location_flags & needed != needed:
            return None
        return pose_of(self._located, self.floor)

    def look(self, time: int) -> tuple[View, View] | None:
        """Where both eyes are; None while the head is not tracked."""
        self._view_info.display_time = time
        check(raw.xrLocateViews(self.session, *self._at_views), "xrLocateViews")
        if self._view_state._view_state_flags & VALID != VALID:
            return None
        left, right = view_of(self._left, self.floor), view_of(self._right, self.floor)
        return None if left is None or right is None else (left, right)

    def recentre(self, time: int) -> bool:
        """Make the spot below the head the origin, and ahead where it looks. Whether it could be: a head that is not tracked, or
        that looks straight up or down, looks nowhere. Whoever keeps `base` must take the new one.
        """
        check(raw.xrLocateSpace(self.head, self.base, time, self._at_location), "xrLocateSpace")
        turn, at = self._location.pose.orientation, self._location.pose.position
        right = -2.0 * (turn.x * turn.z + turn.w * turn.y)
        back = 2.0 * (turn.x * turn.x + turn.y * turn.y) - 1.0
        if self._location._location_flags & VALID != VALID or not hypot(right, back) > LEVEL:
            return False
        x, z, left = self._home
        x, z = x + at.x * cos(left) + at.z * sin(left), z + at.z * cos(left) - at.x * sin(left)
        self._settle((x, z, left + atan2(-right, -back)))
        return True

    def go_home(self) -> None:
        """Lie where the runtime centres the person, who has just centred there."""
        if any(self._home):
            self._settle((0.0, 0.0, 0.0))

    def _settle(self, home: tuple[float, float, float]) -> None:
        self._home = home
        before, self.base = self.base, self._space(self.kind, home)
        xr.destroy_space(before)
        self._view_info.space = self.base

    def close(self) -> None:
        """Give the spaces back."""
        if self._stage is not None:
            xr.destroy_space(self._stage)
        xr.destroy_space(self.head)
        xr.destroy_space(self.base)

    def _space(self, kind: Any, home: tuple[float, float, float] = (0.0, 0.0, 0.0)) -> Any:
        x, z, left = home
        pose = xr.Posef(xr.Quaternionf(0.0, sin(left / 2), 0.0, cos(left / 2)), xr.Vector3f(x, 0.0, z))
        return xr.create_reference_space(
            self.session, xr.ReferenceSpaceCreateInfo(reference_space_type=kind, pose_in_reference_space=pose)
        )
