"""Spaces (chapter 7)."""

from __future__ import annotations

from typing import Any, Final

import xr

from tests.headset.openxr.bridge import fill, give_handle, number
from tests.headset.openxr.fake.frames import ORIENTATION_TRACKED_AND_VALID, require_pose, require_time
from tests.headset.openxr.fake.model import Handle, R, RefusalError, Runtime, State
from tests.headset.openxr.fake.session import same_session, space_of

KIND: Final = xr.ReferenceSpaceType
EYES: Final = "/user/eyes_ext"
REMEMBERED: Final = 0x3


def offered(runtime: Runtime) -> list[int]:
    """VIEW and LOCAL always, STAGE here, LOCAL_FLOOR with its extension."""
    found = [KIND.VIEW.value, KIND.LOCAL.value, KIND.STAGE.value]
    return [*found, KIND.LOCAL_FLOOR.value] if runtime.enabled("XR_EXT_local_floor") else found


def kinds(runtime: Runtime, session: Handle, *out: Any) -> int:
    return fill(offered(runtime), *out)


def create_reference(runtime: Runtime, session: Handle, info: Any, out: Any) -> None:
    kind = int(info.contents._reference_space_type)
    if kind not in offered(runtime):
        raise RefusalError(R.ERROR_REFERENCE_SPACE_UNSUPPORTED, f"{kind} is not among what was enumerated")
    require_pose(info.contents.pose_in_reference_space)
    give_handle(out, runtime.make("space", session, reference=kind).number)


def create_action(runtime: Runtime, session: Handle, info: Any, out: Any) -> None:
    """Of a pose action, for a hand that the action was made with."""
    action = runtime.find(number(info.contents.action), "action")
    if action.facts["type"] != xr.ActionType.POSE_INPUT:
        raise RefusalError(R.ERROR_ACTION_TYPE_MISMATCH, f"{action.facts['name']} is no pose")
    path = number(info.contents.subaction_path)
    if path and path not in action.facts["subactions"]:
        raise RefusalError(R.ERROR_PATH_UNSUPPORTED, f"{action.facts['name']} was not made for {runtime.path_text(path)}")
    require_pose(info.contents.pose_in_action_space)
    give_handle(out, runtime.make("space", session, action=action, path=path).number)


def locate(runtime: Runtime, space: Handle, base: Any, time: Any, out: Any) -> None:
    """Hands and eyes are there while the session is focused and their action set is synced; the head while it is tracked."""
    same_session(space, space_of(runtime, base))
    require_time(number(time))
    session, location = space.above("session"), out.contents
    action = space.facts.get("action")
    acts = session.facts["state"] == State.FOCUSED and action is not None and action.parent in session.facts["synced"]
    here = runtime.tracked and (action is None or acts)
    eyes = action is not None and runtime.path_text(space.facts["path"]) == EYES
    flags = REMEMBERED if eyes and runtime.gaze is None else ORIENTATION_TRACKED_AND_VALID
    location._location_flags = flags if here else 0
    pose = location.pose
    turn = runtime.gaze if eyes and runtime.gaze is not None else (0.0, 0.0, 0.0, 1.0)
    pose.orientation.x, pose.orientation.y, pose.orientation.z, pose.orientation.w = turn
    x, y, z = runtime.head
    pose.position.x, pose.position.y, pose.position.z = (x, y, z) if eyes or action is None else (x, y - 0.4, z - 0.4)


def bounds(runtime: Runtime, session: Handle, kind: int, out: Any) -> Any:
    if number(kind) not in offered(runtime):
        raise RefusalError(R.ERROR_REFERENCE_SPACE_UNSUPPORTED, f"{number(kind)} is not among what was enumerated")
    if number(kind) != KIND.STAGE.value:
        out.contents.width = out.contents.height = 0.0
        return R.SPACE_BOUNDS_UNAVAILABLE
    out.contents.width, out.contents.height = 2.0, 3.0
    return None


def destroy(runtime: Runtime, space: Handle) -> None:
    runtime.destroy(space)
