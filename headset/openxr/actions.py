"""Hands: the table of actions as OpenXR's action set, and what both hands do, frame by frame (OpenXR 1.1, chapter 11)."""

from __future__ import annotations

import ctypes
import logging
from typing import Any, Final

import xr
from xr import raw_functions as raw

from headset.inputs import FULL, SIDES, Button, Hand, Side
from headset.openxr.calls import check
from headset.openxr.spaces import Spaces
from headset.openxr.table import ACTIONS, BUTTONS, Kind, Table

_log = logging.getLogger(__name__)

_TYPES: Final[dict[Kind, Any]] = {
    "pose": xr.ActionType.POSE_INPUT,
    "amount": xr.ActionType.FLOAT_INPUT,
    "press": xr.ActionType.BOOLEAN_INPUT,
    "haptic": xr.ActionType.VIBRATION_OUTPUT,
}


class Actions:
    """The action set of a session. OpenXR lets a session attach its sets once, so every session has its own."""

    def __init__(self, instance: Any, session: Any, table: Table) -> None:
        self.session = session
        self.set = xr.create_action_set(
            instance, xr.ActionSetCreateInfo(action_set_name="hands", localized_action_set_name="Hands", priority=0)
        )
        self._paths = {side: xr.string_to_path(instance, f"/user/hand/{side}") for side in SIDES}
        subactions = list(self._paths.values())
        self._actions = {
            name: xr.create_action(
                self.set,
                xr.ActionCreateInfo(
                    action_name=name,
                    action_type=_TYPES[kind],
                    localized_action_name=name.capitalize(),
                    subaction_paths=subactions,
                ),
            )
            for name, kind in ACTIONS.items()
        }
        for profile, bindings in table.items():
            suggested = [
                xr.ActionSuggestedBinding(self._actions[binding.action], xr.string_to_path(instance, binding.path))
                for binding in bindings
            ]
            suggestion = xr.InteractionProfileSuggestedBinding(
                interaction_profile=xr.string_to_path(instance, profile), suggested_bindings=suggested
            )
            try:
                xr.suggest_interaction_profile_bindings(instance, suggestion)
            except xr.exception.PathUnsupportedError:
                # The table is right (it was checked), so this runtime is older than this controller.
                _log.warning("this OpenXR runtime does not know %s", profile)
        xr.attach_session_action_sets(session, xr.SessionActionSetsAttachInfo(action_sets=[self.set]))
        self._hands = {side: _HandReader(session, self._actions, path) for side, path in self._paths.items()}
        self._active = (xr.ActiveActionSet * 1)(xr.ActiveActionSet(self.set, xr.NULL_PATH))
        self._sync = xr.ActionsSyncInfo(active_action_sets=self._active)

    def hands(self, spaces: Spaces, time: int) -> tuple[Hand, Hand]:
        """Both hands at a display time. They are empty while another application has the person's hands."""
        result = check(raw.xrSyncActions(self.session, ctypes.byref(self._sync)), "xrSyncActions")
        if result == xr.Result.SESSION_NOT_FOCUSED.value:
            return Hand(), Hand()
        return self._hands["left"].read(spaces, time), self._hands["right"].read(spaces, time)

    def haptic(self, side: Side, amplitude: float, seconds: float) -> None:
        """Let a hand feel a pulse."""
        strength, duration = min(1.0, max(0.0, amplitude)), max(1, int(seconds * 1e9))
        vibration = xr.HapticVibration(amplitude=strength, duration=duration, frequency=0.0)
        hand = xr.HapticActionInfo(action=self._actions["haptic"], subaction_path=self._paths[side])
        pulse = ctypes.cast(ctypes.pointer(vibration), ctypes.POINTER(xr.HapticBaseHeader))
        check(raw.xrApplyHapticFeedback(self.session, ctypes.byref(hand), pulse), "xrApplyHapticFeedback")

    def close(self) -> None:
        """Give spaces and set back; its actions go with it."""
        for hand in self._hands.values():
            hand.close()
        xr.destroy_action_set(self.set)


class _HandReader:
    """Reads one hand into structures that are made once."""

    def __init__(self, session: Any, actions: dict[str, Any], path: Any) -> None:
        self.session = session
        self.grip, self.aim = (
            xr.create_action_space(
                session, xr.ActionSpaceCreateInfo(action=actions[name], subaction_path=path, pose_in_action_space=xr.Posef())
            )
            for name in ("grip", "aim")
        )
        self._amount = xr.ActionStateFloat()
        self._press = xr.ActionStateBoolean()
        self._at_amount, self._at_press = ctypes.byref(self._amount), ctypes.byref(self._press)
        infos = {
            name: ctypes.byref(xr.ActionStateGetInfo(action=action, subaction_path=path)) for name, action in actions.items()
        }
        self._squeeze, self._trigger = infos["squeeze"], infos["trigger"]
        self._buttons: list[tuple[Button, Any]] = [(name, infos[name]) for name in BUTTONS]

    def read(self, spaces: Spaces, time: int) -> Hand:
        """The hand now."""
        return Hand(
            grip=spaces.pose(self.grip, time),
            aim=spaces.pose(self.aim, time),
            squeeze=self._percent(self._squeeze),
            trigger=self._percent(self._trigger),
            buttons=frozenset([name for name, info in self._buttons if self._pressed(info)]) or _NONE,
        )

    def close(self) -> None:
        """Give the spaces back."""
        xr.destroy_space(self.grip)
        xr.destroy_space(self.aim)

    def _percent(self, info: Any) -> int:
        check(raw.xrGetActionStateFloat(self.session, info, self._at_amount), "xrGetActionStateFloat")
        value = self._amount.current_state
        # An inactive action reads 0 (section 11.5.1); a NaN is no amount.
        return round(min(1.0, max(0.0, value)) * FULL) if value == value else 0  # noqa: PLR0124

    def _pressed(self, info: Any) -> bool:
        check(raw.xrGetActionStateBoolean(self.session, info, self._at_press), "xrGetActionStateBoolean")
        return bool(self._press.current_state)


_NONE: Final[frozenset[Button]] = frozenset()
