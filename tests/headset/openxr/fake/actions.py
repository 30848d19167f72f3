"""Actions (chapter 11)."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from typing import Any, Final

import xr

from tests.headset.openxr.bridge import give_handle, number, text
from tests.headset.openxr.fake.model import Handle, R, RefusalError, Runtime, State
from tests.headset.openxr.fake.session import require_running

TYPE: Final = xr.ActionType
TOPS: Final = ("/user/hand/left", "/user/hand/right", "/user/head", "/user/gamepad", "/user/treadmill", "/user/eyes_ext")
LEGAL: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_.")
LONGEST: Final = 64


def create_set(runtime: Runtime, instance: Handle, info: Any, out: Any) -> None:
    name, shown = text(info.contents.action_set_name), text(info.contents.localized_action_set_name)
    _require_name(runtime, name, shown, runtime.children(instance, "action set"))
    give_handle(out, runtime.make("action set", instance, name=name, attached=False).number)


def create(runtime: Runtime, action_set: Handle, info: Any, out: Any) -> None:
    """Before its set is attached, with hands that exist."""
    if action_set.facts["attached"]:
        raise RefusalError(R.ERROR_ACTIONSETS_ALREADY_ATTACHED, "the set is attached: it may grow no more")
    info = info.contents
    name = text(info.action_name)
    _require_name(runtime, name, text(info.localized_action_name), runtime.children(action_set, "action"))
    paths = [number(info._subaction_paths[index]) for index in range(info.count_subaction_paths)]
    for path in paths:
        if runtime.path_text(path) not in TOPS:
            raise RefusalError(R.ERROR_PATH_UNSUPPORTED, f"{runtime.path_text(path)} is no one's hand")
    if len(set(paths)) != len(paths):
        raise RefusalError(R.ERROR_PATH_UNSUPPORTED, "a hand is named twice")
    made = runtime.make("action", action_set, name=name, type=TYPE(int(info._action_type)), subactions=paths)
    give_handle(out, made.number)


def _require_name(runtime: Runtime, name: str, shown: str, others: Iterable[Handle]) -> None:
    if not name or not shown:
        raise RefusalError(R.ERROR_NAME_INVALID, "without a name")
    if set(name) - LEGAL or len(name) >= LONGEST:
        raise RefusalError(R.ERROR_PATH_FORMAT_INVALID, f"'{name}' may not be a name")
    if name in [other.facts["name"] for other in others]:
        raise RefusalError(R.ERROR_NAME_DUPLICATED, f"'{name}' is there already")


def suggest(runtime: Runtime, instance: Handle, info: Any) -> None:
    """Paths of hands, each ending as its action's type does (section 11.4)."""
    info = info.contents
    profile = runtime.path_text(number(info.interaction_profile))
    if not profile.startswith("/interaction_profiles/") or profile.count("/") != 3:
        raise RefusalError(R.ERROR_PATH_UNSUPPORTED, f"{profile} is no interaction profile")
    if not info.count_suggested_bindings:
        raise RefusalError(R.ERROR_VALIDATION_FAILURE, f"{profile} suggests nothing")
    for index in range(info.count_suggested_bindings):
        one = info._suggested_bindings[index]
        action, path = runtime.find(number(one.action), "action"), runtime.path_text(number(one.binding))
        if action.above("action set").facts["attached"]:
            raise RefusalError(R.ERROR_ACTIONSETS_ALREADY_ATTACHED, "suggested after the set was attached")
        top = next((top for top in TOPS if path.startswith(f"{top}/")), None)
        if top is None or path[len(top) + 1 :].split("/")[0] not in ("input", "output"):
            raise RefusalError(R.ERROR_PATH_UNSUPPORTED, f"{path} is no control")
        if action.facts["subactions"] and runtime.path(top) not in action.facts["subactions"]:
            raise RefusalError(R.ERROR_PATH_UNSUPPORTED, f"{action.facts['name']} was not made for {top}")
        is_pose, is_haptic = path.endswith("/pose"), path.split("/")[-1].startswith("haptic")
        if (action.facts["type"] == TYPE.POSE_INPUT) != is_pose or (action.facts["type"] == TYPE.VIBRATION_OUTPUT) != is_haptic:
            raise RefusalError(R.ERROR_PATH_UNSUPPORTED, f"{path} for {action.facts['name']}, a {action.facts['type'].name}")


def attach(runtime: Runtime, session: Handle, info: Any) -> None:
    """Once in a session's life, of sets that no other session has."""
    if session.facts["attached"] is not None:
        raise RefusalError(R.ERROR_ACTIONSETS_ALREADY_ATTACHED, "the session has its sets already")
    info = info.contents
    if not info.count_action_sets:
        raise RefusalError(R.ERROR_VALIDATION_FAILURE, "no action sets")
    sets = [runtime.find(number(info._action_sets[index]), "action set") for index in range(info.count_action_sets)]
    for one in sets:
        if one.facts["attached"]:
            raise RefusalError(R.ERROR_ACTIONSETS_ALREADY_ATTACHED, "the set belongs to another session")
        one.facts["attached"] = True
    session.facts["attached"] = sets


def _attached(session: Handle) -> list[Handle]:
    if session.facts["attached"] is None:
        raise RefusalError(R.ERROR_ACTIONSET_NOT_ATTACHED, "no action set is attached")
    sets: list[Handle] = session.facts["attached"]
    return sets


def current_profile(runtime: Runtime, session: Handle, top: Any, out: Any) -> None:
    _attached(session)
    if runtime.path_text(number(top)) not in TOPS:
        raise RefusalError(R.ERROR_PATH_UNSUPPORTED, f"{runtime.path_text(number(top))} is no one's hand")
    out.contents.interaction_profile = runtime.path("/interaction_profiles/khr/simple_controller")


def sync(runtime: Runtime, session: Handle, info: Any) -> Any:
    sets, info = _attached(session), info.contents
    session.facts["synced"] = []
    for index in range(info.count_active_action_sets):
        one = runtime.find(number(info._active_action_sets[index].action_set), "action set")
        if one not in sets:
            raise RefusalError(R.ERROR_ACTIONSET_NOT_ATTACHED, "a set that is not attached to this session")
        session.facts["synced"].append(one)
    return None if _acts(session) else R.SESSION_NOT_FOCUSED


def _acts(session: Handle) -> bool:
    return bool(session.facts["running"] and session.facts["state"] == State.FOCUSED)


def _state(runtime: Runtime, session: Handle, info: Any, out: Any, kind: Any) -> tuple[Any, bool]:
    """The state to fill and whether the action is active and pressed."""
    info = info.contents
    action = _action(runtime, session, info, kind)
    active = _acts(session)
    out.contents.is_active = active
    return out.contents, active and action.facts["name"] in runtime.pressed


def _action(runtime: Runtime, session: Handle, info: Any, kind: Any) -> Handle:
    action = runtime.find(number(info.action), "action")
    if action.parent not in _attached(session):
        raise RefusalError(R.ERROR_ACTIONSET_NOT_ATTACHED, "an action of a set that is not attached")
    if action.facts["type"] != kind:
        raise RefusalError(
            R.ERROR_ACTION_TYPE_MISMATCH, f"{action.facts['name']} is a {action.facts['type'].name}, not {kind.name}"
        )
    path = number(info.subaction_path)
    if path and path not in action.facts["subactions"]:
        raise RefusalError(R.ERROR_PATH_UNSUPPORTED, f"{action.facts['name']} was not made for {runtime.path_text(path)}")
    return action


def boolean(runtime: Runtime, session: Handle, info: Any, out: Any) -> None:
    state, pressed = _state(runtime, session, info, out, TYPE.BOOLEAN_INPUT)
    state.current_state = pressed


def amount(runtime: Runtime, session: Handle, info: Any, out: Any) -> None:
    state, pressed = _state(runtime, session, info, out, TYPE.FLOAT_INPUT)
    state.current_state = float(pressed)


def vector(runtime: Runtime, session: Handle, info: Any, out: Any) -> None:
    state, pressed = _state(runtime, session, info, out, TYPE.VECTOR2F_INPUT)
    state.current_state.x, state.current_state.y = 0.0, float(pressed)


def pose(runtime: Runtime, session: Handle, info: Any, out: Any) -> None:
    _state(runtime, session, info, out, TYPE.POSE_INPUT)


def haptic(runtime: Runtime, session: Handle, info: Any, pulse: Any) -> Any:
    """A pulse; refused without focus, as the specification wants it, and that is no fault of the caller."""
    _action(runtime, session, info.contents, TYPE.VIBRATION_OUTPUT)
    require_running(session)
    if pulse.contents._type != xr.StructureType.HAPTIC_VIBRATION.value:
        raise RefusalError(R.ERROR_VALIDATION_FAILURE, f"haptics of type {pulse.contents._type}")
    vibration = ctypes.cast(pulse, ctypes.POINTER(xr.HapticVibration)).contents
    if not 0.0 <= vibration.amplitude <= 1.0 or not (vibration.duration > 0 or vibration.duration == -1):
        raise RefusalError(R.ERROR_VALIDATION_FAILURE, f"amplitude {vibration.amplitude}, duration {vibration.duration}")
    return None if _acts(session) else R.SESSION_NOT_FOCUSED


def stop_haptic(runtime: Runtime, session: Handle, info: Any) -> Any:
    _action(runtime, session, info.contents, TYPE.VIBRATION_OUTPUT)
    return None if _acts(session) else R.SESSION_NOT_FOCUSED


def destroy(runtime: Runtime, handle: Handle) -> None:
    runtime.destroy(handle)
