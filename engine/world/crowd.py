"""Many solid boxes, and which of them are near each other: found by a grid of cells, so that only neighbours are compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.world.rays import Box
from engine.world.solids import OrientedBox, apart

CELL = 1.0
"""Metres of a cell's side: about the size of furniture, so that most boxes lie in a few cells."""

MANY = 512
"""Cells beyond which a box is kept aside, and compared with all: a floor, a dock, a hill."""

_Key = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Member:
    """One box of a crowd: whose it is, of which copy, and the box along the scene's axes that holds it."""

    owner: str
    copy: int
    box: OrientedBox
    bounds: Box


class Crowd:
    """Boxes by cells of space. All answers are in the order in which the boxes were added."""

    def __init__(self) -> None:
        self.members: list[Member] = []
        self.compared = 0
        """How often two bounds were compared so far: what the work grows with."""
        self._cells: dict[_Key, list[int]] = {}
        self._large: list[int] = []

    def add(self, owner: str, copy: int, box: OrientedBox) -> None:
        """One more box."""
        member = Member(owner, copy, box, box.bounds)
        index = len(self.members)
        self.members.append(member)
        low, high = _range(member.bounds)
        if (high[0] - low[0] + 1) * (high[1] - low[1] + 1) * (high[2] - low[2] + 1) > MANY:
            self._large.append(index)
            return
        for key in _keys(low, high):
            self._cells.setdefault(key, []).append(index)

    def near(self, bounds: Box, before: int | None = None) -> Iterator[Member]:
        """The members whose bounds meet these, of those that were added before the one with that number, if one is given."""
        low, high = _range(bounds)
        if (high[0] - low[0] + 1) * (high[1] - low[1] + 1) * (high[2] - low[2] + 1) > MANY:
            found = set(range(len(self.members)))
        else:
            found = {index for key in _keys(low, high) for index in self._cells.get(key, ())} | set(self._large)
        for index in sorted(found):
            if before is not None and index >= before:
                return
            self.compared += 1
            if not apart(bounds, self.members[index].bounds):
                yield self.members[index]


def _range(bounds: Box) -> tuple[_Key, _Key]:
    low, high = bounds.low, bounds.high
    return (
        (int(low[0] // CELL), int(low[1] // CELL), int(low[2] // CELL)),
        (int(high[0] // CELL), int(high[1] // CELL), int(high[2] // CELL)),
    )


def _keys(low: _Key, high: _Key) -> Iterator[_Key]:
    for x in range(low[0], high[0] + 1):
        for y in range(low[1], high[1] + 1):
            for z in range(low[2], high[2] + 1):
                yield (x, y, z)
