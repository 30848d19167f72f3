"""Where one can walk, and the way there: a search over a lattice of the free floor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from math import sqrt

from engine.world import World
from engine.world.floor import STEP, Floor, Spot, bare, in_the_way, outline

STRIDE = 2
"""Lattice steps of one step of the search: 10 cm."""

Node = tuple[int, int]


def free_floor(world: World) -> Floor:
    """The floor of the rooms less what stands on it; none outdoors. Things that can be picked up are in nobody's way."""
    floor = bare(world.rooms)
    for name, body in world.bodies.items():
        if not body.card.solid or body.card.kind == "opening" or body.card.grab is not None or not world.present(name):
            continue
        for box in world.boxes(name):
            if in_the_way(box):
                floor.block(outline(box))
    return floor


class Ways:
    """The free floor as a lattice one can search."""

    def __init__(self, floor: Floor) -> None:
        self.floor = floor
        self.free: set[Node] = {
            (column, row)
            for row, runs in floor.rows.items()
            if row % STRIDE == 0
            for first, last in runs
            for column in range(first + first % STRIDE, last + 1, STRIDE)
        }

    def spots(self, middle: Spot, radius: float) -> Iterator[Spot]:
        """All free points within a radius, from the south-west on."""
        reach = int(radius / STEP) + STRIDE
        column, row = _even(middle[0]), _even(middle[1])
        for j in range(row - reach // STRIDE * STRIDE, row + reach + 1, STRIDE):
            for i in range(column - reach // STRIDE * STRIDE, column + reach + 1, STRIDE):
                if (i, j) in self.free and _far((i * STEP, j * STEP), middle) <= radius:
                    yield (i * STEP, j * STEP)

    def way(self, start: Spot, end: Spot) -> list[Spot] | None:
        """Points to walk along from start to end, both included; None if there is no way (A*, Hart, Nilsson and Raphael 1968).

        Corners that a straight line can leave out are left out.
        """
        one, two = self._nearest(start), self._nearest(end)
        if one is None or two is None:
            return None
        found = self._search(one, two)
        if found is None:
            return None
        points = [start, *((i * STEP, j * STEP) for i, j in found), end]
        return self._straightened(points)

    def _nearest(self, spot: Spot) -> Node | None:
        column, row = _even(spot[0]), _even(spot[1])
        for ring in range(0, 12):
            near = [
                (column + i * STRIDE, row + j * STRIDE)
                for j in range(-ring, ring + 1)
                for i in range(-ring, ring + 1)
                if max(abs(i), abs(j)) == ring and (column + i * STRIDE, row + j * STRIDE) in self.free
            ]
            if near:
                return min(near, key=lambda node: (_far((node[0] * STEP, node[1] * STEP), spot), node))
        return None

    def _search(self, start: Node, end: Node) -> list[Node] | None:
        came: dict[Node, Node] = {}
        cost = {start: 0.0}
        waiting = [(_far(start, end), 0.0, start)]
        while waiting:
            _, spent, node = heappop(waiting)
            if node == end:
                way = [node]
                while node in came:
                    node = came[node]
                    way.append(node)
                return way[::-1]
            if spent > cost[node]:
                continue
            for i in (-STRIDE, 0, STRIDE):
                for j in (-STRIDE, 0, STRIDE):
                    near = (node[0] + i, node[1] + j)
                    if near == node or near not in self.free:
                        continue
                    further = spent + (STRIDE * 1.4142135623730951 if i and j else STRIDE)
                    if further < cost.get(near, 1e9):
                        cost[near], came[near] = further, node
                        heappush(waiting, (further + _far(near, end), further, near))
        return None

    def _straightened(self, points: Sequence[Spot]) -> list[Spot]:
        kept, at = [points[0]], 0
        while at < len(points) - 1:
            ahead = len(points) - 1
            while ahead > at + 1 and not self._clear(points[at], points[ahead]):
                ahead -= 1
            kept.append(points[ahead])
            at = ahead
        return kept

    def _clear(self, start: Spot, end: Spot) -> bool:
        count = int(_far(start, end) / (STEP * STRIDE)) * 2 + 1
        for index in range(1, count):
            x = start[0] + (end[0] - start[0]) * index / count
            y = start[1] + (end[1] - start[1]) * index / count
            if (_even(x), _even(y)) not in self.free:
                return False
        return True


def _even(metres: float) -> int:
    """The column or row of the coarser lattice nearest to a coordinate."""
    return int((metres / (STEP * STRIDE) + 0.5) // 1) * STRIDE


def _far(one: Sequence[float], two: Sequence[float]) -> float:
    return sqrt((one[0] - two[0]) * (one[0] - two[0]) + (one[1] - two[1]) * (one[1] - two[1]))
