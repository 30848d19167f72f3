"""Where all things are, in cells of space: what a line passes is found among what lies along it, however many things there are.

Each thing is a ball about its place, listed in every cell that a box around it touches. A question first lists anew what has
moved, so its answer never depends on when it was asked last: it keeps no state. It only ever leaves out what the line cannot
meet; whoever asks looks at the rest as if there were no cells, and finds the same to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import floor

from engine.world.vectors import Transform, Vec3

CELL = 0.5
"""Metres: a few things to a cell, a few thousand cells to a room."""

WIDEST = 3.0
"""Metres; what is wider (a lake, a bed with all that moves on it) is always looked at, instead of filling hundreds of cells."""

HAIR = 1e-5
"""Metres by which balls are listed larger than they are, so that nothing is lost to rounding."""

Cell = tuple[int, int, int]


class Spread:
    """The cells of things, each with the metres around its place that belong to it, in the scene's order."""

    def __init__(self, radii: Mapping[str, float]) -> None:
        self.rank = {name: index for index, name in enumerate(radii)}
        self._radii = {name: radius + HAIR for name, radius in radii.items() if radius <= WIDEST}
        self._wide = [name for name, radius in radii.items() if radius > WIDEST]
        self._cells: dict[Cell, set[str]] = {}
        self._kept: dict[str, Transform] = {}
        """Where things were when they were listed."""
        self._listed: dict[str, list[Cell]] = {}

    def along(self, places: Mapping[str, Transform], start: Vec3, way: Vec3, far: float, widens: float = 0.0) -> list[str]:
        """What may be within `widens` metres for each metre of the way of a line, which goes `far` metres from a point along a
        unit vector; in the scene's order."""
        found = set[str]()
        for _, names in self.pieces(places, start, way, far, widens):
            found |= names
        return sorted(found, key=self.rank.__getitem__)

    def pieces(
        self, places: Mapping[str, Transform], start: Vec3, way: Vec3, far: float, widens: float = 0.0
    ) -> Iterator[tuple[float, set[str]]]:
        """The same piece by piece from the start on: from how many metres on a piece goes, and what may be met on it."""
        self._update(places)
        cells = self._cells
        yield 0.0, set(self._wide)
        for index in range(int(far / CELL) + 1):
            one, two = index * CELL, min(far, (index + 1) * CELL)
            low, high = _box(start, way, one, two, widens * two + HAIR)
            found = set[str]()
            for i in range(low[0], high[0] + 1):
                for j in range(low[1], high[1] + 1):
                    for k in range(low[2], high[2] + 1):
                        if (i, j, k) in cells:
                            found |= cells[i, j, k]
            if found:
                yield one, found

    def _update(self, places: Mapping[str, Transform]) -> None:
        """List anew what has moved."""
        if places == self._kept:
            return
        for name, radius in self._radii.items():
            place, was = places[name], self._kept.get(name)
            if was is not place and (was is None or was.position != place.position):
                self._list(name, place.position, radius)
        self._kept = dict(places)

    def _list(self, name: str, at: Vec3, radius: float) -> None:
        for cell in self._listed.get(name, ()):
            self._cells[cell].discard(name)
        (a, b, c), (d, e, f) = _cell(at, -radius), _cell(at, radius)
        cells = [(i, j, k) for i in range(a, d + 1) for j in range(b, e + 1) for k in range(c, f + 1)]
        for cell in cells:
            self._cells.setdefault(cell, set()).add(name)
        self._listed[name] = cells


def _cell(at: Vec3, more: float) -> Cell:
    return (floor((at[0] + more) / CELL), floor((at[1] + more) / CELL), floor((at[2] + more) / CELL))


def _box(start: Vec3, way: Vec3, one: float, two: float, out: float) -> tuple[Cell, Cell]:
    """The cells from the lowest to the highest that a piece of a line goes through, with so many metres around it."""
    ends = [(start[i] + way[i] * one, start[i] + way[i] * two) for i in range(3)]
    low, high = [min(end) for end in ends], [max(end) for end in ends]
    return _cell((low[0], low[1], low[2]), -out), _cell((high[0], high[1], high[2]), out)
