"""Where things are: the person's own space, and everything located in it."""

from __future__ import annotations

import ctypes
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

PREFERRED: Final = (
    xr.ReferenceSpaceType.LOCAL_FLOOR,
    xr.ReferenceSpaceType.STAGE,
    xr.ReferenceSpaceType.LOCAL,
)
"""On the floor below where the person was when last centred; else the room's own origin; else at the eyes, with a floor of our
own (section 7.1 and XR_EXT_local_floor)."""


class Spaces:
    """The reference space of a session, and the head in it."""

    def __init__(self, session: Any, *, local_floor: bool) -> None:
        self.session = session
        offered = set(xr.enumerate_reference_spaces(session))
        if not local_floor:
            offered.discard(xr.ReferenceSpaceType.LOCAL_FLOOR)
        self.kind = next(kind for kind in PREFERRED if kind in offered)
        self.base = self._space(self.kind)
        self.head = self._space(xr.ReferenceSpaceType.VIEW)
        self.floor = 0.0
        """Metres to add to heights: the eyes' height where the runtime knows no floor."""
        self._location = xr.SpaceLocation()
        self._at_location = ctypes.byref(self._location)
        self._view_info = xr.ViewLocateInfo(view_configuration_type=STEREO, space=self.base)
        self._view_state = xr.ViewState()
        self._count = ctypes.c_uint32()
        self.views = (xr.View * 2)(xr.View(), xr.View())
        """Where the eyes were at the last `look`, as OpenXR says it; one structure for each eye."""

    @property
    def has_floor(self) -> bool:
        """Whether the runtime itself knows where the floor is."""
        return bool(self.kind != xr.ReferenceSpaceType.LOCAL)

    def pose(self, space: Any, time: int) -> Pose | None:
        """Where a space is in the person's own, quantised; None while it is not tracked."""
        check(raw.xrLocateSpace(space, self.base, time, self._at_location), "xrLocateSpace")
        if self._location._location_flags & VALID != VALID:
            return None
        return pose_of(self._location.pose, self.floor)

    def look(self, time: int) -> tuple[View, View] | None:
        """Where both eyes are; None while the head is not tracked."""
        self._view_info.display_time = time
        result = raw.xrLocateViews(
            self.session, ctypes.byref(self._view_info), ctypes.byref(self._view_state), 2, ctypes.byref(self._count), self.views
        )
        check(result, "xrLocateViews")
        if self._view_state._view_state_flags & VALID != VALID:
            return None
        return view_of(self.views[0], self.floor), view_of(self.views[1], self.floor)

    def close(self) -> None:
        """Give the spaces back."""
        xr.destroy_space(self.head)
        xr.destroy_space(self.base)

    def _space(self, kind: Any) -> Any:
        return xr.create_reference_space(
            self.session, xr.ReferenceSpaceCreateInfo(reference_space_type=kind, pose_in_reference_space=xr.Posef())
        )
