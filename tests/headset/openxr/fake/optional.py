"""Functions of extensions: the visibility mask, the refresh rate, tracked hands."""

from __future__ import annotations

from typing import Any, Final

import xr

from tests.headset.openxr.bridge import fill, give_handle, number
from tests.headset.openxr.fake.frames import ORIENTATION_TRACKED_AND_VALID, require_time
from tests.headset.openxr.fake.instance import require_stereo
from tests.headset.openxr.fake.model import Handle, R, RefusalError, Runtime, State
from tests.headset.openxr.fake.session import same_session, space_of

JOINTS: Final = 26
CORNER: Final = ((-1.0, -1.0), (-0.5, -1.0), (-1.0, -0.5))
"""One hidden triangle of each eye, in tangents."""


def visibility_mask(runtime: Runtime, session: Handle, *given: Any) -> Any:
    """Two lists at once, in two calls."""
    kind, view, _, out = given
    require_stereo(kind)
    if view not in (0, 1):
        raise RefusalError(R.ERROR_VALIDATION_FAILURE, f"there is no view {view}")
    mask = out.contents
    mask.vertex_count_output = mask.index_count_output = len(CORNER)
    if mask.vertex_capacity_input == 0 and mask.index_capacity_input == 0:
        return None
    if mask.vertex_capacity_input < len(CORNER) or mask.index_capacity_input < len(CORNER):
        return R.ERROR_SIZE_INSUFFICIENT
    for index, (x, y) in enumerate(CORNER):
        mask.vertices[index].x, mask.vertices[index].y = x, y
        mask.indices[index] = index
    return None


def refresh_rates(runtime: Runtime, session: Handle, *out: Any) -> int:
    return fill(runtime.rates, *out)


def refresh_rate(runtime: Runtime, session: Handle, out: Any) -> None:
    out[0] = runtime.rate


def request_rate(runtime: Runtime, session: Handle, rate: float) -> None:
    """One of those that were enumerated; 0 leaves it to the runtime."""
    if rate and not any(abs(rate - known) < 0.01 for known in runtime.rates):
        raise RefusalError(R.ERROR_DISPLAY_REFRESH_RATE_UNSUPPORTED_FB, f"{rate} Hz is not among what was enumerated")
    if rate and rate != runtime.rate:
        event = xr.EventDataDisplayRefreshRateChangedFB(from_display_refresh_rate=runtime.rate, to_display_refresh_rate=rate)
        runtime.rate = rate
        runtime.announce(event)


def create_tracker(runtime: Runtime, session: Handle, info: Any, out: Any) -> None:
    info = info.contents
    hand = int(info._hand)
    if hand not in (1, 2) or int(info._hand_joint_set) != 0:
        raise RefusalError(R.ERROR_VALIDATION_FAILURE, f"hand {hand} with joint set {int(info._hand_joint_set)}")
    give_handle(out, runtime.make("hand tracker", session, hand=hand).number)


def destroy_tracker(runtime: Runtime, tracker: Handle) -> None:
    runtime.destroy(tracker)


def locate_joints(runtime: Runtime, tracker: Handle, info: Any, out: Any) -> None:
    """An open hand: 26 joints, 5 mm apart."""
    session = tracker.above("session")
    same_session(space_of(runtime, info.contents.base_space), session)
    require_time(number(info.contents.time))
    found = out.contents
    if found.joint_count != JOINTS:
        raise RefusalError(R.ERROR_VALIDATION_FAILURE, f"{found.joint_count} joints, not {JOINTS}")
    here = runtime.tracked and session.facts["state"] == State.FOCUSED
    found.is_active = here
    for index in range(JOINTS):
        joint = found._joint_locations[index]
        joint._location_flags = ORIENTATION_TRACKED_AND_VALID if here else 0
        joint.radius = 0.008
        pose = joint.pose
        pose.orientation.w, pose.orientation.x, pose.orientation.y, pose.orientation.z = 1.0, 0.0, 0.0, 0.0
        pose.position.x, pose.position.y, pose.position.z = 0.2, 1.2, -0.4 - 0.005 * index
