"""A made-up runtime's actions: what is suggested to it is kept, and what it answers can be set."""

from __future__ import annotations

import ctypes
from itertools import count
from typing import Any

import pytest
import xr


class Runtime:
    """What a runtime does with actions. Handles are numbers; names are kept by them."""

    def __init__(self) -> None:
        self.paths = [""]
        self.names: dict[int, str] = {}
        self.numbers = count(1)
        self.suggested: dict[str, set[tuple[str, str]]] = {}
        self.unknown = ""
        self.synced = 0
        self.focused = True
        self.values: dict[str, Any] = {}
        self.in_hand = ""
        self.felt: list[tuple[str, float]] = []

    def xrStringToPath(self, _instance: Any, text: bytes, out: Any) -> int:  # noqa: N802
        if text.decode() not in self.paths:
            self.paths.append(text.decode())
        out._obj.value = self.paths.index(text.decode())
        return 0

    def xrCreateActionSet(self, _instance: Any, info: Any, out: Any) -> int:  # noqa: N802
        del info
        return self._made(out, "set")

    def xrCreateAction(self, _set: Any, info: Any, out: Any) -> int:  # noqa: N802
        return self._made(out, info.action_name.decode() if isinstance(info.action_name, bytes) else info.action_name)

    def xrCreateActionSpace(self, _session: Any, _info: Any, out: Any) -> int:  # noqa: N802
        return self._made(out, "space")

    def xrSuggestInteractionProfileBindings(self, _instance: Any, info: Any) -> int:  # noqa: N802
        profile = self.paths[info.interaction_profile]
        if profile == self.unknown:
            return int(xr.Result.ERROR_PATH_UNSUPPORTED.value)
        listed = [info._suggested_bindings[index] for index in range(info.count_suggested_bindings)]
        self.suggested[profile] = {(self.names[_number(one.action)], self.paths[one.binding]) for one in listed}
        return 0

    def xrAttachSessionActionSets(self, _session: Any, _info: Any) -> int:  # noqa: N802
        return 0

    def xrSyncActions(self, _session: Any, info: Any) -> int:  # noqa: N802
        self.synced = info._obj.count_active_action_sets
        return 0 if self.focused else xr.Result.SESSION_NOT_FOCUSED.value

    def xrGetActionStateFloat(self, _session: Any, info: Any, out: Any) -> int:  # noqa: N802
        out._obj.current_state = self._value(info, 0.0)
        return 0

    def xrGetActionStateBoolean(self, _session: Any, info: Any, out: Any) -> int:  # noqa: N802
        out._obj.current_state = self._value(info, False)
        return 0

    def xrGetActionStateVector2f(self, _session: Any, info: Any, out: Any) -> int:  # noqa: N802
        out._obj.current_state.x, out._obj.current_state.y = self._value(info, (0.0, 0.0))
        return 0

    def xrGetCurrentInteractionProfile(self, _session: Any, _path: Any, out: Any) -> int:  # noqa: N802
        out._obj.interaction_profile = self.paths.index(self.in_hand)
        return 0

    def xrApplyHapticFeedback(self, _session: Any, info: Any, pulse: Any) -> int:  # noqa: N802
        vibration = ctypes.cast(pulse, ctypes.POINTER(xr.HapticVibration)).contents
        self.felt.append((self.paths[info._obj.subaction_path], round(vibration.amplitude, 3)))
        return 0

    def xrStopHapticFeedback(self, _session: Any, info: Any) -> int:  # noqa: N802
        self.felt.append((self.paths[info._obj.subaction_path], 0.0))
        return 0

    def _made(self, out: Any, name: str) -> int:
        number = next(self.numbers)
        ctypes.cast(ctypes.pointer(out._obj), ctypes.POINTER(ctypes.c_void_p)).contents.value = number
        self.names[number] = name
        return 0

    def _value(self, info: Any, otherwise: Any) -> Any:
        return self.values.get(self.names[_number(info._obj.action)], otherwise)


def _number(handle: Any) -> int:
    return int(ctypes.cast(handle, ctypes.c_void_p).value or 0)


def install(runtime: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the functions of a made-up runtime in place of the loader's."""
    for name in dir(runtime):
        if name.startswith("xr"):
            monkeypatch.setattr(xr.raw_functions, name, getattr(runtime, name))
