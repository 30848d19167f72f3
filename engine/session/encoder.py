"""Writing a recording: inputs become lines, and what nobody has consented to record is left out (`recording.py`)."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict
from typing import Any

from engine.packing.base85 import encode
from engine.packing.blocks import pack
from engine.session.recording import SENSITIVE, VERSION, Header, Taken
from engine.session.snapshots import code, freeze, stripped, without
from headset.inputs import TICKS_PER_SECOND, Command, Input, Person

BLOCK_TICKS = 3 * TICKS_PER_SECOND // 4
"""How long a block is: nearly all that a killed process may lose, which is to be less than a second."""

SNAPSHOT_TICKS = 10 * TICKS_PER_SECOND
"""How far apart snapshots are: what a seek plays at most."""

MAY_CONSENT = ("participant", "operator")
"""Who can say that someone consents: they themselves, or the operator for them."""


class Encoder:
    """Turns a session's inputs into lines, of which there may be none or several, without the last one's end.

    A person who has not changed is not written again.
    """

    def __init__(self) -> None:
        self._newest: dict[str, Person] = {}
        self._waiting: list[Taken] = []
        self._consents: set[str] = set()
        self._left_out: set[str] = set()
        self._last = 0

    def header(self, header: Header) -> str:
        """The first line."""
        return _dump({"abaton_recording": VERSION, **asdict(header)})

    def inputs(self, tick: int, inputs: Sequence[Input]) -> str:
        """The block before, if this tick begins another one."""
        full = self.flush() if self._waiting and tick >= self._waiting[0][0] + BLOCK_TICKS else ""
        lacks = self._frame_lacks(inputs)
        kept: list[Input] = []
        for given in inputs:
            if isinstance(given, Person):
                wanted = stripped(given, lacks)
                if wanted is not given:
                    self._left_out |= _left(given, wanted)
                if self._newest.get(given.id) == wanted:
                    continue
                self._newest[given.id] = wanted
                kept.append(wanted)
            else:
                kept.append(given)
        if kept:
            self._waiting.append((tick, tuple(kept)))
            self._last = tick
        return full

    def flush(self) -> str:
        """What waits for its block to be full, as a block."""
        if not self._waiting:
            return ""
        waiting, self._waiting = self._waiting, []
        return _dump({"block": [waiting[0][0], waiting[-1][0]], "data": encode(pack(waiting))})

    def snapshot(self, snapshot: Mapping[str, Any]) -> str:
        """A session's snapshot (`Session.snapshot`), taken after all inputs so far. Raises SnapshotError."""
        data = zlib.compress(freeze(without(snapshot, self._lacks)).encode())
        line = _dump({"snapshot": snapshot["tick"], "code": code(), "data": encode(data)})
        return "\n".join(filter(None, (self.flush(), line)))

    def end(self, tick: int, log: str) -> str:
        """The last lines. What still came in after the session had ended is told before it."""
        line = _dump({"end": max(tick, self._last), "log": log, "left_out": sorted(self._left_out)})
        return "\n".join(filter(None, (self.flush(), line)))

    @property
    def _lacks(self) -> frozenset[str]:
        return frozenset(_lacking(self._consents))

    def _frame_lacks(self, inputs: Sequence[Input]) -> frozenset[str]:
        """What may not be recorded of a frame: what no consent was given for before it, and what one is taken back for in it."""
        before = self._lacks
        _consent(self._consents, inputs)
        return before | self._lacks


def lacking(opening: Sequence[Input]) -> tuple[str, ...]:
    """What a recording lacks whose session is told `opening` as it begins: the header says so."""
    consents: set[str] = set()
    _consent(consents, opening)
    return _lacking(consents)


def _lacking(consents: Set[str]) -> tuple[str, ...]:
    return tuple(one for one in SENSITIVE if f"record_{one}" not in consents)


def _consent(consents: set[str], inputs: Sequence[Input]) -> None:
    """Take in what is consented to, and what is taken back."""
    for given in inputs:
        if isinstance(given, Command) and given.verb == "consent" and given.author in MAY_CONSENT:
            if given.value.startswith("-"):
                consents.discard(given.value[1:])
            else:
                consents.add(given.value)


def _left(given: Person, kept: Person) -> set[str]:
    """What of a person was not kept."""
    hands = given.left is not kept.left or given.right is not kept.right
    return {name for name, left in (("gaze", given.gaze is not kept.gaze), ("joints", hands)) if left}


def _dump(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
