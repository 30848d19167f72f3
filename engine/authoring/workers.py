"""Processes that play scenes beside the one in front."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from types import TracebackType
from typing import Any, Final, ParamSpec, TypeVar

Given = ParamSpec("Given")
Found = TypeVar("Found")

CONTEXT: Final = get_context("spawn")
"""What processes share has to come from here too."""

KEPT_FROM: Final = tuple(getattr(signal, name) for name in ("SIGINT", "SIGHUP") if hasattr(signal, name))
"""Ctrl-C and a terminal that was closed: they reach every process of a terminal, and only the one in front decides what they
mean."""


class Workers:
    """`jobs` processes, each of which calls `prepare` with `given` first. What has not begun when one leaves is not done."""

    def __init__(self, jobs: int, prepare: Callable[..., None] | None = None, given: tuple[Any, ...] = ()) -> None:
        self._pool = ProcessPoolExecutor(jobs, CONTEXT, initializer=_begin, initargs=(prepare, given))

    def submit(self, work: Callable[Given, Found], *given: Given.args, **named: Given.kwargs) -> Future[Found]:
        """Let a process do it, as soon as one is free."""
        with _blocked():
            return self._pool.submit(work, *given, **named)

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._pool.shutdown(cancel_futures=True)


@contextmanager
def _blocked() -> Iterator[None]:
    # A process is started where its first work is submitted, and what is blocked here is blocked there from its first
    # instruction on: a Ctrl-C while it still reads its modules would print a traceback.
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, KEPT_FROM)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(prepare: Callable[..., None] | None, given: tuple[Any, ...]) -> None:
    # Where signals cannot be blocked, they are ignored from here on.
    for number in KEPT_FROM:
        signal.signal(number, signal.SIG_IGN)
    if prepare is not None:
        prepare(*given)
