"""What is near a hand: a grid of cells over all that hands can work, so that a thousand things cost no more than a few.

Each thing is listed in every cell that a ball around it touches, wide enough for its controls with their joints anywhere. A thing
that moves is listed anew as soon as its place is another one.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Sequence
from math import floor

from engine.world import Body, World
from engine.world.solids import swing
from engine.world.vectors import Transform, Vec3, length

CELL = 0.5
"""Metres: about an arm's reach, so that most things lie in a few cells."""

WIDEST = 2.0
"""Metres; what reaches further (a wall of buttons) is looked at wherever a hand is, instead of filling thousands of cells."""

MARGIN = 0.2
"""Metres beyond a thing's own reach at which it is already near: a hand that points at a button."""

Cell = tuple[int, int, int]


def reach(body: Body) -> float:
    """Metres around a thing's origin within which a hand can work it, wherever its joints are."""
    width, depth, height = body.size
    card = body.card
    far = length((width / 2, depth / 2, height)) + card.grab.radius if card.grab is not None else 0.0
    for control in card.controls.values():
        middle, radius = swing(control.at, card.joints, control.joint)
        far = max(far, length(middle) + radius + control.radius)
    return far + MARGIN


class Near:
    """The grid. `update` once a tick; then `at` gives what is near a point, in the order of the scene."""

    def __init__(self, world: World, names: Iterable[str]) -> None:
        self.world = world
        self.reach = {name: reach(world.bodies[name]) for name in names}
        self.rank = {name: index for index, name in enumerate(self.reach)}
        self.wide = [name for name, far in self.reach.items() if far > WIDEST]
        self._listed: dict[str, tuple[Transform, list[Cell]]] = {}
        self._cells: dict[Cell, list[str]] = {}
        self._merged: dict[Cell, list[str]] = {}
        """The same with those that are wide, of the cells that were asked for since something moved."""
        self._kept: dict[str, Transform] = {}
        """Where everything was when it was listed: to find it all the same costs a hundredth of looking at each."""
        self._narrow = [name for name, far in self.reach.items() if far <= WIDEST]

    def update(self) -> None:
        """List anew what has moved."""
        places, listed = self.world.places, self._listed
        if places == self._kept:
            return
        self._kept = dict(places)
        for name in self._narrow:
            was = listed.get(name)
            if was is None or was[0] is not places[name]:
                self._list(name, was)

    def at(self, point: Vec3) -> Sequence[str]:
        """The things near a point of the scene, in the order of the scene."""
        cell = (floor(point[0] / CELL), floor(point[1] / CELL), floor(point[2] / CELL))
        if not self.wide:
            return self._cells.get(cell, ())
        merged = self._merged.get(cell)
        if merged is None:
            merged = self._merged[cell] = sorted((*self._cells.get(cell, ()), *self.wide), key=self.rank.__getitem__)
        return merged

    def _list(self, name: str, was: tuple[Transform, list[Cell]] | None) -> None:
        place, far = self.world.places[name], self.reach[name]
        x, y, z = place.position
        low, high = _cell((x - far, y - far, z - far)), _cell((x + far, y + far, z + far))
        cells = [
            (i, j, k) for i in range(low[0], high[0] + 1) for j in range(low[1], high[1] + 1) for k in range(low[2], high[2] + 1)
        ]
        if was is None or was[1] != cells:
            for cell in was[1] if was else ():
                self._cells[cell].remove(name)
            for cell in cells:
                insort(self._cells.setdefault(cell, []), name, key=self.rank.__getitem__)
            self._merged.clear()
        self._listed[name] = (place, cells)


def _cell(point: Vec3) -> Cell:
    return (floor(point[0] / CELL), floor(point[1] / CELL), floor(point[2] / CELL))
