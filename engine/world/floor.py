"""Where a person can stand and walk: the floor in rows of a fine lattice, less what is solid, and what can be reached on foot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import sqrt

from engine.world.rooms import RoomBox
from engine.world.solids import OrientedBox

STEP = 0.05
"""Metres between the points of the lattice."""

RADIUS = 0.3
"""Metres of the disc that a person is, seen from above, and so a way of 0.6 m: shoulders of about 0.5 m (ISO 7250-1, shoulder
breadth) and some air. Wheelchairs need 0.815 m at a point and 0.915 m along a way (ADA Standards 2010, 403.5.1): cards of doors
ask for that by their width and `clear`."""

HEADROOM = 2.03
"""Metres above the floor over which a thing is in nobody's way (ADA Standards 2010, 307.4: 80 inches)."""

FLAT = 0.013
"""Metres that one steps over without noticing (ADA Standards 2010, 303.3: half an inch)."""

SQUARE = 1e-9
"""Metres within which a corner lies in the same line along an axis of the scene as another."""

Edges = tuple[float, float, float, float]
"""West, east, south, north."""

Run = tuple[int, int]
"""Lattice columns from the first to the last, both included."""

Spot = tuple[float, float]
"""East and north, in metres."""


class Floor:
    """Rows of runs of free lattice points; column i of row j is the point (i STEP, j STEP) of the scene."""

    def __init__(self) -> None:
        self.rows: dict[int, list[Run]] = {}

    def open(self, west: float, east: float, south: float, north: float) -> None:
        """Make the points of a rectangle free, its edges included."""
        first, last = _first(west), _last(east)
        if first > last:
            return
        for row in range(_first(south), _last(north) + 1):
            self.rows[row] = _joined([*self.rows.get(row, ()), (first, last)])

    def block(self, corners: Sequence[Spot], radius: float = RADIUS) -> None:
        """Take away the points nearer than `radius` to a convex outline, or inside it; its corners run counter-clockwise."""
        self.take(shadow(corners, radius))

    def take(self, gone: Iterable[tuple[int, Run]]) -> None:
        """Take away the points of runs, each with its row."""
        rows = self.rows
        for row, run in gone:
            runs = rows.get(row)
            if runs:
                rows[row] = _without(runs, run)

    def copied(self) -> Floor:
        """A floor of the same points, to take others away from."""
        found = Floor()
        found.rows = dict(self.rows)
        return found

    def nearest(self, point: Spot) -> tuple[float, Spot] | None:
        """Metres to the free point that is nearest to a point, and that point; None if nothing is free."""
        best: tuple[float, int, int] | None = None
        for row in sorted(self.rows, key=lambda one: (abs(one * STEP - point[1]), one)):
            up = row * STEP - point[1]
            if best is not None and up * up > best[0]:
                break
            for first, last in self.rows[row]:
                column = max(first, min(last, int((point[0] / STEP + 0.5) // 1)))
                across = column * STEP - point[0]
                far = across * across + up * up
                if best is None or (far, row, column) < best:
                    best = (far, row, column)
        return None if best is None else (sqrt(best[0]), (best[2] * STEP, best[1] * STEP))

    def reached(self, start: Spot) -> Floor:
        """What can be walked to from the free point nearest to `start`."""
        found = Floor()
        begin = self.nearest(start)
        if begin is None:
            return found
        row, column = round(begin[1][1] / STEP), round(begin[1][0] / STEP)
        left = {row: list(runs) for row, runs in self.rows.items()}
        run = next(run for run in left[row] if run[0] <= column <= run[1])
        left[row].remove(run)
        waiting, reached = [(row, run)], [(row, run)]
        while waiting:
            row, (first, last) = waiting.pop()
            for near in (row - 1, row + 1):
                runs = left.get(near)
                if runs:
                    met = [(near, run) for run in runs if run[0] <= last and run[1] >= first]
                    if met:
                        left[near] = [run for run in runs if run[0] > last or run[1] < first]
                        waiting += met
                        reached += met
        for row, run in sorted(reached):
            found.rows.setdefault(row, []).append(run)
        return found

    def within(self, west: float, east: float, south: float, north: float) -> Floor:
        """The part of it that lies in a rectangle, edges included."""
        found, first, last = Floor(), _first(west), _last(east)
        for row in range(_first(south), _last(north) + 1):
            runs = [
                (max(run[0], first), min(run[1], last)) for run in self.rows.get(row, ()) if run[0] <= last and run[1] >= first
            ]
            if runs:
                found.rows[row] = runs
        return found

    def enters(self, room: RoomBox) -> bool:
        """Whether a point of it lies in a room."""
        return bool(self.within(room.low[0], room.high[0], room.low[1], room.high[1]).rows)


def shadow(corners: Sequence[Spot], radius: float = RADIUS) -> list[tuple[int, Run]]:
    """The points nearer than `radius` to a convex outline, or inside it, as runs with their rows."""
    radius -= 1e-6  # who just touches stands free
    west, east = min(x for x, _ in corners), max(x for x, _ in corners)
    south, north = min(y for _, y in corners), max(y for _, y in corners)
    square = all(min(x - west, east - x) < SQUARE and min(y - south, north - y) < SQUARE for x, y in corners)
    beside = (_first(west - radius), _last(east + radius))
    found: list[tuple[int, Run]] = []
    for row in range(_first(south - radius), _last(north + radius) + 1):
        y = row * STEP
        if square and south <= y <= north:
            found.append((row, beside))
        elif square:
            off = max(south - y, y - north)
            half = sqrt(max(0.0, radius * radius - off * off))
            found.append((row, (_first(west - half), _last(east + half))))
        elif span := _chord(corners, radius, y):
            found.append((row, (_first(span[0]), _last(span[1]))))
    return found


def bare(rooms: Mapping[str, RoomBox]) -> Floor:
    """The floor of all rooms and of the ways between them, with nothing on it."""
    floor = Floor()
    for room in rooms.values():
        for edges in footing(room):
            floor.open(*edges)
    return floor


def footing(room: RoomBox) -> Iterator[Edges]:
    """The rectangles in which the middle of a person can be: a room less RADIUS, and the ways out of it."""
    low, high = room.low, room.high
    yield (low[0] + RADIUS, high[0] - RADIUS, low[1] + RADIUS, high[1] - RADIUS)
    for wall in room.walls.values():
        for hole in wall.holes:
            half = hole.width / 2 - RADIUS
            if not (hole.way and hole.own and hole.behind) or half < 0.0:
                continue
            one, two = wall.point(hole.along - half), wall.point(hole.along + half)
            inner, outer = RADIUS, -RADIUS - room.thickness
            x = sorted(end[0] + wall.inward[0] * far for end in (one, two) for far in (inner, outer))
            y = sorted(end[1] + wall.inward[1] * far for end in (one, two) for far in (inner, outer))
            yield (x[0], x[-1], y[0], y[-1])


def in_the_way(box: OrientedBox, ground: float = 0.0) -> bool:
    """Whether a solid box stands in the way of someone who walks on the ground at that height."""
    bounds = box.bounds
    return bounds.low[2] < ground + HEADROOM and bounds.high[2] > ground + FLAT


def outline(box: OrientedBox) -> Sequence[Spot]:
    """The corners of a box seen from above, counter-clockwise; of one that is tilted, those of the level box that holds it."""
    if box.axes[2][2] > 0.9999:
        return box.corners
    low, high = box.bounds.low, box.bounds.high
    return ((low[0], low[1]), (high[0], low[1]), (high[0], high[1]), (low[0], high[1]))


def _chord(corners: Sequence[Spot], radius: float, y: float) -> tuple[float, float] | None:
    """From where to where the line at `y` runs through a convex outline grown by `radius`."""
    found: list[float] = []
    for index, (ax, ay) in enumerate(corners):
        bx, by = corners[(index + 1) % len(corners)]
        off = y - ay
        if abs(off) <= radius:
            half = sqrt(radius * radius - off * off)
            found += (ax - half, ax + half)
        long = sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay))
        if long < 1e-9:
            continue
        # The edge, moved outwards: to the right of its direction, as the outline runs counter-clockwise.
        ox, oy = (by - ay) / long * radius, -(bx - ax) / long * radius
        low, high = ay + oy, by + oy
        if min(low, high) <= y <= max(low, high) and abs(high - low) > 1e-12:
            found.append(ax + ox + (bx - ax) * (y - low) / (high - low))
    return (min(found), max(found)) if found else None


def _first(metres: float) -> int:
    """The first lattice line at or beyond a coordinate."""
    return -int((-metres / STEP + 1e-6) // 1)


def _last(metres: float) -> int:
    """The last lattice line at or before a coordinate."""
    return int((metres / STEP + 1e-6) // 1)


def _joined(runs: Iterable[Run]) -> list[Run]:
    found: list[Run] = []
    for first, last in sorted(runs):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def _without(runs: Iterable[Run], gone: Run) -> list[Run]:
    found: list[Run] = []
    for first, last in runs:
        if gone[0] > gone[1] or gone[1] < first or gone[0] > last:
            found.append((first, last))
            continue
        if first < gone[0]:
            found.append((first, gone[0] - 1))
        if last > gone[1]:
            found.append((gone[1] + 1, last))
    return found
