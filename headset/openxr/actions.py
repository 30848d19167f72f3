"""Hands: the table of actions as OpenXR's action set, and what both hands do, frame by frame (OpenXR 1.1, chapter 11)."""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Collection, Sequence
from typing import Any, Final

import xr
from xr import raw_functions as raw

from headset.inputs import FULL, SIDES, Button, Hand, Side
from headset.openxr.calls import check
from headset.openxr.profiles import PROFILES
from headset.openxr.spaces import Spaces
from headset.openxr.sticks import stick_of
from headset.openxr.table import ACTIONS, BUTTONS, Kind, Table, pads

_log = logging.getLogger(__name__)

_TYPES: Final[dict[Kind, Any]] = {
    "pose": xr.ActionType.POSE_INPUT,
    "amount": xr.ActionType.FLOAT_INPUT,
    "press": xr.ActionType.BOOLEAN_INPUT,
    "tilt": xr.ActionType.VECTOR2F_INPUT,
    "haptic": xr.ActionType.VIBRATION_OUTPUT,
}


class Actions:
    """The action set of a session. OpenXR lets a session attach its sets once, so every session has its own, and another set that
    it may use (`beside`) is given here and attached with it.

    `extensions` are those of the instance: a profile whose extension is not among them is not suggested.
    """

    def __init__(
        self, instance: Any, session: Any, table: Table, extensions: Collection[str] = (), beside: Sequence[Any] = ()
    ) -> None:
        self.session = session
        self.set = xr.create_action_set(
            instance, xr.ActionSetCreateInfo(action_set_name="hands", localized_action_set_name="Hands", priority=0)
        )
        self.profiles: dict[Side, str] = dict.fromkeys(SIDES, "")
        """Side -> the profile of what is in the hand now, or an empty text."""
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
        self._names: dict[int, str] = {}
        """Path of a profile that the runtime has taken, as it numbers it -> its name."""
        for profile in table:
            if PROFILES[profile].extension in {None, *extensions}:
                self._suggest(instance, profile, table)
        xr.attach_session_action_sets(session, xr.SessionActionSetsAttachInfo(action_sets=[self.set, *beside]))
        self._hands = {side: _HandReader(session, self._actions, path) for side, path in self._paths.items()}
        self._pads = pads(table)
        self._state = xr.InteractionProfileState()
        self._feeling = {
            side: ctypes.byref(xr.HapticActionInfo(action=self._actions["haptic"], subaction_path=path))
            for side, path in self._paths.items()
        }
        self.use()

    def use(self, *beside: Any) -> None:
        """Which of the other sets are read from now on, besides the hands'."""
        sets = [self.set, *beside]
        self._active = (xr.ActiveActionSet * len(sets))(*[xr.ActiveActionSet(one, xr.NULL_PATH) for one in sets])
        self._sync = ctypes.byref(xr.ActionsSyncInfo(active_action_sets=self._active))

    def hands(self, spaces: Spaces, time: int) -> tuple[Hand, Hand] | None:
        """Both hands at a display time; None while another application has the person's hands."""
        result = check(raw.xrSyncActions(self.session, self._sync), "xrSyncActions")
        if result == _NOT_FOCUSED:
            return None
        return self._hands["left"].read(spaces, time), self._hands["right"].read(spaces, time)

    def look_up(self) -> None:
        """Ask what is in the hands now. The runtime announces when that changes."""
        for side, path in self._paths.items():
            check(
                raw.xrGetCurrentInteractionProfile(self.session, path, ctypes.byref(self._state)),
                "xrGetCurrentInteractionProfile",
            )
            profile = self._names.get(int(self._state.interaction_profile), "")
            self.profiles[side] = profile
            self._hands[side].pressed_pad = (profile, side) in self._pads

    @property
    def suggested(self) -> frozenset[str]:
        """The profiles that the runtime has taken."""
        return frozenset(self._names.values())

    def haptic(self, side: Side, amplitude: float, seconds: float) -> None:
        """Let a hand feel a pulse; one without strength ends what it feels."""
        if not amplitude > 0.0:
            check(raw.xrStopHapticFeedback(self.session, self._feeling[side]), "xrStopHapticFeedback")
            return
        strength, duration = min(1.0, max(0.0, amplitude)), max(1, int(seconds * 1e9))
        vibration = xr.HapticVibration(amplitude=strength, duration=duration, frequency=0.0)
        pulse = ctypes.cast(ctypes.pointer(vibration), ctypes.POINTER(xr.HapticBaseHeader))
        check(raw.xrApplyHapticFeedback(self.session, self._feeling[side], pulse), "xrApplyHapticFeedback")

    def quiet(self) -> None:
        """Let no hand feel anything any more, whatever was begun."""
        for side in SIDES:
            check(raw.xrStopHapticFeedback(self.session, self._feeling[side]), "xrStopHapticFeedback")

    def close(self) -> None:
        """Give spaces and set back; its actions go with it."""
        for hand in self._hands.values():
            hand.close()
        xr.destroy_action_set(self.set)

    def _suggest(self, instance: Any, profile: str, table: Table) -> None:
        path = xr.string_to_path(instance, profile)
        suggested = [
            xr.ActionSuggestedBinding(self._actions[binding.action], xr.string_to_path(instance, binding.path))
            for binding in table[profile]
        ]
        suggestion = xr.InteractionProfileSuggestedBinding(interaction_profile=path, suggested_bindings=suggested)
        try:
            xr.suggest_interaction_profile_bindings(instance, suggestion)
        except xr.exception.PathUnsupportedError:
            # The table is right (it was checked), so this runtime is older than this controller.
            _log.warning("this OpenXR runtime does not know %s", profile)
        else:
            self._names[int(getattr(path, "value", path))] = profile


class _HandReader:
    """Reads one hand into structures that are made once."""

    def __init__(self, session: Any, actions: dict[str, Any], path: Any) -> None:
        self.session = session
        self.pressed_pad = False
        """Whether the tilt is that of a pad, where a thumb that only lies on it means nothing."""
        self.grip, self.aim = (
            xr.create_action_space(
                session, xr.ActionSpaceCreateInfo(action=actions[name], subaction_path=path, pose_in_action_space=xr.Posef())
            )
            for name in ("grip", "aim")
        )
        self._amount, self._press, self._tilt = xr.ActionStateFloat(), xr.ActionStateBoolean(), xr.ActionStateVector2f()
        self._at_amount, self._at_press, self._at_tilt = (
            ctypes.byref(self._amount),
            ctypes.byref(self._press),
            ctypes.byref(self._tilt),
        )
        infos = {
            name: ctypes.byref(xr.ActionStateGetInfo(action=action, subaction_path=path)) for name, action in actions.items()
        }
        self._squeeze, self._trigger, self._stick = infos["squeeze"], infos["trigger"], infos["tilt"]
        self._buttons: list[tuple[Button, Any]] = [(name, infos[name]) for name in BUTTONS]

    def read(self, spaces: Spaces, time: int) -> Hand:
        """The hand now."""
        down = [name for name, info in self._buttons if self._pressed(info)]
        buttons = frozenset(down) if down else _NONE
        return Hand(
            grip=spaces.pose(self.grip, time),
            aim=spaces.pose(self.aim, time),
            squeeze=self._percent(self._squeeze),
            trigger=self._percent(self._trigger),
            buttons=buttons,
            stick=_MIDDLE if self.pressed_pad and "stick" not in buttons else self._tilted(),
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

    def _tilted(self) -> tuple[int, int]:
        check(raw.xrGetActionStateVector2f(self.session, self._stick, self._at_tilt), "xrGetActionStateVector2f")
        place = self._tilt.current_state
        return stick_of(place.x, place.y)


_NOT_FOCUSED: Final = xr.Result.SESSION_NOT_FOCUSED.value
_NONE: Final[frozenset[Button]] = frozenset()
_MIDDLE: Final = (0, 0)
