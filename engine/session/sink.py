"""Where a session's log and recording go: the one place where a later record can be encrypted, signed or sent away."""

from __future__ import annotations

from typing import Protocol


class Sink(Protocol):
    """Takes bytes, in order, and keeps them. It is used by one thread, which is none that frames wait for.

    What was appended is whole lines, so that a sink may treat each call on its own: seal it, count it, send it.
    """

    def append(self, data: bytes) -> None:
        """Keep these after all before, on the disk when it returns. Raises OSError, which names the file, if it cannot; what was
        appended before stays."""

    def close(self) -> None:
        """Nothing more comes."""
