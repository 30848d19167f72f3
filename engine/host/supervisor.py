"""The supervisor: a small process that watches over the one a person is in, and is there when that one is not.

The world that someone sees may stick or vanish: a driver hangs, a scenario eats all memory, a process is killed. Whoever wears
the headset cannot help it. So a run in a headset or a window is a child of this process, which imports neither Panda3D nor
OpenXR and does nothing but listen to a heartbeat (`engine.host.heart`):

    0.5 s without a frame    it is logged, and the operator is told
    3 s                      the process is ended: its sound stops, and the runtime shows its own room
    it ended, for whatever reason but the person's or the operator's: a new process opens the calm room

Machines that draw by software need longer for a frame, and get longer.

What happened to the process is kept in `host.jsonl` beside the event log, one JSON object a line: `time` (UTC), `event` (`late`,
`back`, `hung`, `too_large`, `ended`; `engine.host.calm` adds its own) and what belongs to it. The event log of a run that was cut
off is made whole: a line that was being written goes, and a `session_ended` with the value `lost` says how it ended.
"""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from engine.host.heart import NANO, VARIABLE, Pulse, Stethoscope
from engine.host.interrupt import SIGNALS
from engine.session.log import Event, line

LOG, HOST_LOG = "events.jsonl", "host.jsonl"

EVERY = 0.05
"""Seconds between two looks."""

LARGEST_SHARE = 0.8
"""Of a machine's memory, that a run may take: beyond it the machine itself comes to a standstill."""

GRACE = 5.0
"""Seconds that a run has to end in order when it is asked to."""

BY_HAND = frozenset({0, *(128 + number for number in SIGNALS), *(-number for number in SIGNALS)})
"""Exit codes of a run that ended because someone wanted it to."""

Say = Callable[[str], object]
Calm = Callable[[Path | None], Sequence[str]]


def supervise(run: Sequence[str], calm: Calm, say: Say, largest: int | None = None) -> int:
    """Run a command and watch over it; if it is lost after its first frame, open the calm room by another. The exit code.

    `calm` gives the command that opens the calm room, for the folder in which the run kept its log. `largest` is how much memory
    the run may take, in bytes; None: LARGEST_SHARE of what this machine has.
    """
    most = _machine_bytes() if largest is None else largest
    with TemporaryDirectory(prefix="abaton-") as meeting:
        watched = Watched(run, Path(meeting), say, most)
        code, folder = watched.follow(), watched.folder
    if code not in BY_HAND and watched.begun:
        if folder is not None:
            mend(folder / LOG, _how(code))
        say("the calm room opens")
        with TemporaryDirectory(prefix="abaton-") as meeting:
            Watched(calm(folder), Path(meeting), say, most).follow()
    return code if code >= 0 else 128 - code


class Watched:
    """One process that is watched over, from its first frame on."""

    def __init__(self, command: Sequence[str], meeting: Path, say: Say, largest: int) -> None:
        self.say = say
        self.largest = largest
        self.heart = Stethoscope(meeting)
        self.child = subprocess.Popen(command, env={**os.environ, VARIABLE: str(meeting)})
        self.begun = False
        self.folder: Path | None = None
        """Where it keeps its log."""
        self._told = 0
        """The frame after which the operator was told that it is late."""
        self._patience = math.inf
        """The moment at which a process is ended that was asked to end and did not."""
        self._killed = False

    def follow(self) -> int:
        """Listen until it ends or has to be ended; its exit code."""
        before = {number: signal.signal(number, self._asked) for number in SIGNALS}
        try:
            with closing(self.heart):
                while self._runs():
                    self._look(self.heart.listen())
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        code = self.child.wait()
        if code not in BY_HAND and self.begun:
            note(self.folder, "ended", code=code)
            self.say(f"the session was lost ({_how(code)}); what was logged until then is kept")
        return code

    def _runs(self) -> bool:
        """Whether it still runs after one look's time."""
        try:
            self.child.wait(EVERY)
        except subprocess.TimeoutExpired:
            return True
        return False

    def _look(self, pulse: Pulse) -> None:
        now = time.monotonic()
        if self._killed:
            return
        if now > self._patience:
            self._end("hung", f"it did not end within {GRACE:g} s of being asked to")
        if memory_of(self.child.pid) > self.largest:
            self._end("too_large", f"the session takes more than {self.largest >> 20} MB")
        if not pulse.beats:
            return
        self.begun, self.folder = True, self.folder or self.heart.folder
        silent = now * NANO - pulse.at
        if self._told and self._told != pulse.beats:
            note(self.folder, "back", frame=pulse.beats)
            self._told = 0
        if silent > pulse.hung_after:
            self._end("hung", f"no picture for {silent / NANO:.1f} s")
        elif silent > pulse.late_after and self._told != pulse.beats:
            note(self.folder, "late", frame=pulse.beats, seconds=round(silent / NANO, 2))
            self.say(f"the picture stands still ({silent / NANO:.1f} s)")
            self._told = pulse.beats

    def _end(self, event: str, words: str) -> None:
        # Nothing gentler: a process that hangs in a driver hears nothing else, and one that was stopped neither.
        self.child.kill()
        self._killed = True
        note(self.folder, event)
        self.say(f"{words}: the process is ended")

    def _asked(self, number: int, frame: FrameType | None) -> None:
        """This process was asked to end: let the other one do so, in order. A terminal's Ctrl-C has reached it already."""
        if number != signal.SIGINT or not sys.stdin.isatty():
            self.child.send_signal(number)
        self._patience = time.monotonic() + GRACE


def note(folder: Path | None, event: str, **more: object) -> None:
    """Add a line to a run's `host.jsonl`; none for a run that keeps nothing yet."""
    if folder is None:
        return
    told = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **more}
    file = os.open(folder / HOST_LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(file, json.dumps(told, sort_keys=True).encode() + b"\n")
    finally:
        os.close(file)


def mend(log: Path, why: str) -> None:
    """Make an event log whole whose session could not end it: drop a torn last line, and say how it ended."""
    if not log.exists():
        return
    data = log.read_bytes()
    whole = data[: data.rfind(b"\n") + 1]
    last = _last(whole)
    if last is None or last.event == "session_ended":
        return
    with log.open("r+b") as file:
        file.truncate(len(whole))
        file.seek(0, os.SEEK_END)
        end = replace(last, n=last.n + 1, who="supervisor", event="session_ended", what="", value="lost", because=why, cause=None)
        file.write(line(end).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _last(whole: bytes) -> Event | None:
    lines = whole.splitlines()
    if not lines:
        return None
    fields = json.loads(lines[-1])
    return Event(fields["n"], fields["tick"], who="", event=fields["event"], state=fields.get("state", ""))


def _how(code: int) -> str:
    """An exit code in words."""
    if code >= 0:
        return f"it ended with code {code}"
    return f"it was ended by {signal.Signals(-code).name}"


def _machine_bytes() -> int:
    """How much a run may take of this machine's memory; no limit where the system does not say how much there is."""
    if not hasattr(os, "sysconf"):
        return sys.maxsize
    return int(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * LARGEST_SHARE)


def memory_of(pid: int) -> int:
    """How much memory a process takes; 0 where the system does not tell (Windows, macOS)."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0
