"""The life of an OpenXR session as a state machine that makes no calls (OpenXR 1.1, section 9.3, figure "Session Life-cycle").

It is told of each state that the runtime announces and answers what is to be done. However strange the order of the states,
a session is begun only when it is READY and does not run, ended only when it is STOPPING and runs, and nothing more is asked once
it is over.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Literal


class State(IntEnum):
    """XrSessionState."""

    UNKNOWN = 0
    IDLE = 1
    READY = 2
    SYNCHRONIZED = 3
    VISIBLE = 4
    FOCUSED = 5
    STOPPING = 6
    LOSS_PENDING = 7
    EXITING = 8


Deed = Literal["begin", "end", "lose", "quit"]
"""`begin`: xrBeginSession. `end`: xrEndSession. `lose`: destroy everything and try again later. `quit`: the person has closed us
from the runtime's own menu; do not come back."""


class Lifecycle:
    """Where one session stands."""

    def __init__(self) -> None:
        self.state = State.UNKNOWN
        self.running = False
        """Whether frames are waited for, begun and ended."""
        self.over = False

    @property
    def focused(self) -> bool:
        """Whether this is the application that the person's hands are in."""
        return self.running and self.state == State.FOCUSED

    def follow(self, announced: int) -> Deed | None:
        """Go to the state that the runtime announced; what to do about it, which is then taken as done."""
        if self.over or announced not in _STATES:
            return None
        self.state = State(announced)
        if self.state == State.READY and not self.running:
            self.running = True
            return "begin"
        if self.state == State.STOPPING and self.running:
            self.running = False
            return "end"
        if self.state in (State.LOSS_PENDING, State.EXITING):
            self.over = True
            self.running = False
            return "lose" if self.state == State.LOSS_PENDING else "quit"
        return None


_STATES = frozenset(int(state) for state in State)
