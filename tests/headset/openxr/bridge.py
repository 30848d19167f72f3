"""Python functions as OpenXR's C functions.

Each stands behind a real C function pointer, so that ctypes turns the arguments into what C would see, whether they came from
pyopenxr's wrappers, from a raw call with structures made once, or through a pointer that xrGetInstanceProcAddr gave.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import xr
from xr import raw_functions

Answer = Callable[..., int]
"""Takes C's arguments, gives an XrResult."""


class Bridge:
    """A set of answers as C functions. What an answer raises comes out of the next call through `xr.raw_functions`."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self._raised: list[BaseException] = []
        self._functions = {name: getattr(xr, f"PFN_{name}")(self._guarded(answer)) for name, answer in answers.items()}

    def pointer(self, name: str) -> Any:
        """A function's pointer, as xrGetInstanceProcAddr gives it; None if there is none of that name."""
        function = self._functions.get(name)
        return None if function is None else ctypes.cast(function, xr.PFN_xrVoidFunction)

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Stand in place of the loader's functions."""
        own = {name: getattr(raw_functions, name) for name in self._functions if hasattr(raw_functions, name)}
        for name in own:
            setattr(raw_functions, name, self._callable(name))
        try:
            yield
        finally:
            for name, function in own.items():
                setattr(raw_functions, name, function)

    def _guarded(self, answer: Answer) -> Answer:
        def call(*arguments: Any) -> int:
            try:
                return int(answer(*arguments))
            except BaseException as error:
                # ctypes would print it and go on.
                self._raised.append(error)
                return int(xr.Result.ERROR_RUNTIME_FAILURE)

        return call

    def _callable(self, name: str) -> Callable[..., Any]:
        function = self._functions[name]

        def call(*arguments: Any) -> Any:
            result = function(*arguments)
            if self._raised:
                raise self._raised.pop(0)
            return xr.Result(result)

        return call


def number(value: Any) -> int:
    """A handle, an atom, a flag or a count as a plain number; 0 for null."""
    if value is None:
        return 0
    if isinstance(value, int):
        return int(value)
    if isinstance(value, ctypes._SimpleCData):
        return int(value.value or 0)
    return int(ctypes.cast(value, ctypes.c_void_p).value or 0)


def give_handle(out: Any, handle: int) -> None:
    """Write a handle where a create function was told to."""
    ctypes.cast(out, ctypes.POINTER(ctypes.c_void_p))[0] = handle


def text(raw: Any) -> str:
    """A C string or an array of characters."""
    return bytes(raw).split(b"\0")[0].decode()


def chain(structure: Any, known: Mapping[int, Any]) -> Iterator[Any]:
    """The structures that hang on another by `next`, of those kinds (structure type → class); others are passed by."""
    at = structure._next
    while at:
        kind = ctypes.cast(at, ctypes.POINTER(ctypes.c_int))[0]
        base = ctypes.cast(at, ctypes.POINTER(xr.BaseInStructure)).contents
        if kind in known:
            yield ctypes.cast(at, ctypes.POINTER(known[kind])).contents
        else:
            yield base
        at = ctypes.cast(base._next, ctypes.c_void_p).value if base._next else None


def fill(given: Iterable[Any], capacity: int, count_out: Any, items: Any) -> int:
    """The two calls in which OpenXR gives a list (section 2.12.7)."""
    values = list(given)
    count_out[0] = len(values)
    if capacity == 0:
        return int(xr.Result.SUCCESS)
    if capacity < len(values):
        return int(xr.Result.ERROR_SIZE_INSUFFICIENT)
    for index, value in enumerate(values):
        items[index] = value
    return int(xr.Result.SUCCESS)
