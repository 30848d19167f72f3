"""Looking at the floor: a gaze that rests on a spot, or on a seat, opens a mark above it; a look that goes on to the mark goes
there.

People look at floors without meaning anything by it, so a look alone never moves anybody: the mark is somewhere else, a little
higher, and must be looked at for the person's whole `dwell`. It closes when nobody looks at it or at the spot.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass, replace
from typing import Any

from engine.interaction.lines import Line
from engine.interaction.preferences import Preferences
from engine.interaction.steps import STALK, Steps, Stop
from engine.world.attention import Attention, Mark
from engine.world.time import ticks
from engine.world.vectors import Transform, Vec3, add, dot, subtract

WITHIN = 0.35
"""Metres of the floor within which a look that wanders still rests on one spot: a degree or three at some metres."""

OPENS = 0.5
"""Parts of a dwell after which the mark opens: that of controls (`gaze`)."""

LINGERS = 1.0
"""Seconds for which a mark stays while nobody looks at it or at its spot."""

BLINK = 0.3
"""Seconds for which a look may be elsewhere and still rest."""


@dataclass(frozen=True, slots=True)
class Tread:
    """A look that rests on the floor at `at`, or on a seat of that name. Ticks are those of the scene's clock."""

    thing: str
    at: Vec3
    rested: int = 0
    """Ticks for which it has rested there; on the mark, once that is open."""
    away: int = 0
    """Ticks for which it has been elsewhere."""
    open: bool = False


class Treading:
    """Everybody's looks at the floor. Asked by `Gaze` at each look; it says what there is to be shown."""

    def __init__(self, steps: Steps) -> None:
        self.steps = steps
        self.treads: dict[str, Tread] = {}

    def marks(self, name: str) -> tuple[Mark, ...]:
        """The mark that is open for a person."""
        tread = self.treads.get(name)
        return (Mark(_mark(tread), "go", tread.thing),) if tread is not None and tread.open else ()

    def on_mark(self, name: str, line: Line) -> bool:
        """Whether a look is on the mark that is open for a person: nothing behind it is meant."""
        tread = self.treads.get(name)
        return tread is not None and tread.open and line.on(_mark(tread))

    def look(self, name: str, line: Line, wishes: Preferences, passed: int) -> Attention | None:
        """Take in a look that is on no thing that it could work, `passed` ticks after the last one; what it attends to."""
        if self.steps.barred(name):
            self.leave(name)
            return None
        tread = self.treads.get(name)
        tread = self._open(tread, line, passed) if tread is not None and tread.open else None
        if tread is None:
            tread = self._rests(self.treads.get(name), line, wishes, passed)
        if tread is None:
            self.leave(name)
            return None
        dwell = ticks(wishes.dwell)
        if tread.open and tread.rested >= dwell:
            self._go(name, tread, f"gaze on its mark for {wishes.dwell:g} s")
            return None
        self.treads[name] = tread
        if not tread.open:
            return None
        self.steps.show(name, "gaze", _mark(tread))
        return Attention(tread.thing, "", "focus", min(1.0, tread.rested / dwell), _mark(tread), "go")

    def leave(self, name: str) -> None:
        """A look is on something else, or on nothing."""
        if self.treads.pop(name, None) is not None:
            self.steps.show(name, "gaze", None)

    def snapshot(self) -> dict[str, Any]:
        """All that can change, as plain data."""
        return {name: astuple(tread) for name, tread in self.treads.items()}

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Become what `snapshot` was taken of."""
        self.treads = {
            name: Tread(thing, tuple(at), rested, away, opened) for name, (thing, at, rested, away, opened) in snapshot.items()
        }

    def _open(self, tread: Tread, line: Line, passed: int) -> Tread | None:
        """A mark that is open: looked at, left for a moment, or closed (None)."""
        if line.on(_mark(tread)):
            return replace(tread, rested=tread.rested + passed, away=0)
        away = tread.away + passed
        rested = tread.rested if away <= ticks(BLINK) else 0
        if line.on(tread.at, 2.0):  # back from the mark to its spot
            return replace(tread, rested=rested, away=min(away, ticks(BLINK) + 1))
        return replace(tread, rested=rested, away=away) if away <= ticks(LINGERS) else None

    def _rests(self, tread: Tread | None, line: Line, wishes: Preferences, passed: int) -> Tread | None:
        """A look that may rest on a spot of the floor: it goes on resting, opens the mark, or begins anew."""
        found = self.steps.looked(line.eyes, line.ahead)
        if found is None:
            if tread is None or tread.open or tread.away + passed > ticks(BLINK):
                return None
            return replace(tread, away=tread.away + passed)
        thing, stop = found
        at = stop.place.position
        if tread is None or tread.open or tread.thing != thing or not _near(tread.at, at):
            return Tread(thing, at)
        rested = tread.rested + passed
        if rested < ticks(wishes.dwell * OPENS):
            return replace(tread, rested=rested, away=0)
        return Tread(tread.thing, tread.at, open=True)

    def _go(self, name: str, tread: Tread, because: str) -> None:
        self.leave(name)
        if tread.thing:
            self.steps.go(name, tread.thing, because)
        elif self.steps.stands(tread.at):  # a door may have closed meanwhile
            self.steps.take(Stop(Transform(tread.at)), because)


def _mark(tread: Tread) -> Vec3:
    return add(tread.at, (0.0, 0.0, STALK))


def _near(one: Vec3, other: Vec3) -> bool:
    away = subtract(one, other)
    return dot(away, away) <= WITHIN * WITHIN
