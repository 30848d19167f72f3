"""What stands behind every function: faults, lost instances and sessions, handles, structure types; then the row's own answer."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from xr.base_struct import BaseXrStructure

from tests.headset.openxr.bridge import Answer, number
from tests.headset.openxr.fake.model import Handle, R, RefusalError, Runtime
from tests.headset.openxr.fake.rows import ROWS, Row
from tests.headset.openxr.fake.spoil import spoil
from tests.headset.openxr.trace import Call, facts_of

ALSO: Final[Mapping[str, tuple[int, ...]]] = {
    "xrWaitSwapchainImage": (int(R.TIMEOUT_EXPIRED),),
    "xrBeginFrame": (int(R.FRAME_DISCARDED),),
    "xrSyncActions": (int(R.SESSION_NOT_FOCUSED),),
    "xrApplyHapticFeedback": (int(R.SESSION_NOT_FOCUSED),),
    "xrStopHapticFeedback": (int(R.SESSION_NOT_FOCUSED),),
}
"""Results that are successes of another kind, and of whom. The loss of a session may be pending in any call that is of it."""


def successes(name: str, handle: Handle | None = None) -> tuple[int, ...]:
    """The results of another kind that a call of this handle can have."""
    session = handle is not None and handle.kind not in ("instance", "action set", "action")
    return (*ALSO.get(name, ()), *((int(R.SESSION_LOSS_PENDING),) if session else ()))


def answers(runtime: Runtime) -> Mapping[str, Answer]:
    """A function for each row."""
    return {name: _answer(runtime, name, row) for name, row in ROWS.items()}


def _answer(runtime: Runtime, name: str, row: Row) -> Answer:
    def call(*arguments: Any) -> int:
        index = len(runtime.trace)
        if index >= runtime.most_calls:
            raise TimeoutError(f"{index} calls: it never ends")
        faults = list(runtime.faults_of(index, name))
        try:
            result = _act(runtime, name, row, arguments, [fault.what for fault in faults if isinstance(fault.what, int)])
        except RefusalError as refused:
            runtime.broke(name, str(refused))
            result = int(refused.result)
        for fault in faults:
            if fault.what == "slow":
                runtime.time.sleep(fault.seconds)
            elif not isinstance(fault.what, int) and result >= 0:
                spoil(name, fault.what, arguments)
        # What was spoilt is still what the driver was told: the rules hold for that.
        runtime.trace.append(Call(name, result, facts_of(name, arguments) if result >= 0 or name.startswith("xrDestroy") else {}))
        return result

    return call


def _act(runtime: Runtime, name: str, row: Row, arguments: Sequence[Any], results: Sequence[int]) -> int:
    handle: Handle | None = None
    rest = arguments
    if row.kind:
        handle = runtime.find(number(arguments[0]), row.kind)
        rest = arguments[1:]
    if row.extension and not runtime.enabled(row.extension):
        raise RefusalError(R.ERROR_FUNCTION_UNSUPPORTED, f"called without {row.extension}")
    _require_types(rest)
    failed = next((result for result in results if result < 0 or result in successes(name, handle)), 0)
    if failed < 0 or failed == R.TIMEOUT_EXPIRED:
        return _fail(runtime, name, handle, failed)
    if handle is not None:
        if name.startswith("xrDestroy"):
            row.handler(runtime, handle)
            return 0
        if (lost := _lost(handle)) is not None:
            return int(lost)
    result = row.handler(runtime, *([handle] if handle is not None else []), *rest)
    return failed if result is None else int(result)


def _fail(runtime: Runtime, name: str, handle: Handle | None, result: int) -> int:
    """The call does nothing but fail, and what is lost stays lost."""
    if handle is not None:
        if name.startswith("xrDestroy"):
            runtime.destroy(handle)  # it was offered back; that it was not taken is the runtime's fault
        if result == R.ERROR_INSTANCE_LOST:
            handle.above("instance").facts["lost"] = True
        if result == R.ERROR_SESSION_LOST and (session := runtime.living("session")) is not None:
            session.facts["lost"] = True
    return result


def _lost(handle: Handle) -> Any:
    if handle.above("instance").facts["lost"]:
        return R.ERROR_INSTANCE_LOST
    above: Handle | None = handle
    while above is not None:
        if above.facts.get("lost") and above.kind == "session":
            return R.ERROR_SESSION_LOST
        above = above.parent
    return None


def _require_types(arguments: Sequence[Any]) -> None:
    """Every structure says what it is, also one that is to be filled (section 2.8)."""
    for argument in arguments:
        kind = getattr(type(argument), "_type_", None)
        if not isinstance(argument, ctypes._Pointer) or not argument or not isinstance(kind, type):
            continue
        wanted = _type_of(kind)
        if wanted and argument.contents._type != wanted:
            raise RefusalError(R.ERROR_VALIDATION_FAILURE, f"a {kind.__name__} says that it is of type {argument.contents._type}")


@cache
def _type_of(kind: type) -> int:
    return int(kind()._type) if issubclass(kind, BaseXrStructure) else 0
