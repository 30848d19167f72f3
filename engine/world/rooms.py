"""Rooms as boxes of air, and the holes that openings cut into the walls between them.

The scene's origin is the middle of the floor of the one room that is placed beside no other. All floors lie at z = 0. A wall is
`WALL` thick; two rooms that share one are that far apart, each with its own inner face of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from engine.spec.diagnostics import Diagnostic
from engine.spec.expression import Expression
from engine.spec.model import Room
from engine.world.vectors import Vec3

Side = Literal["north", "east", "south", "west"]
SIDES: tuple[Side, ...] = get_args(Side)
OPPOSITE: Mapping[Side, Side] = {"north": "south", "south": "north", "east": "west", "west": "east"}
BEARING: Mapping[Side, float] = {"north": 0.0, "east": 90.0, "south": 180.0, "west": 270.0}
"""Degrees: where each wall lies, seen from the middle of its room."""

WALL = 0.12
"""Metres of a wall's thickness: a partition of 70 mm studs with two boards of 12.5 mm on each face (as in DIN 18183-1)."""

Measure = Callable[[Expression], float]
"""What an expression is worth in metres where a scene is built."""


@dataclass(frozen=True, slots=True)
class Hole:
    """Where an opening cuts a wall, as seen on one face of it.

    `along` is the middle of the hole in metres from the middle of the wall, along the room's own x (north and south walls) or y
    (east and west walls); `up` its lower edge above the floor; `width` and `height` its size. `behind` is the room that one sees
    through it, empty for the outside. `own` is True on the wall that the opening is `against`, False on the other face of it:
    what is drawn once, as the lining of the hole, belongs to the `own` one. `copy` counts the copies of a `grid`.
    """

    opening: str
    along: float
    up: float
    width: float
    height: float
    behind: str = ""
    way: bool = False
    """Whether people go through it."""
    own: bool = True
    copy: int = 0


@dataclass(frozen=True, slots=True)
class Wall:
    """The inner face of one wall: `foot` is the middle of its foot in the scene, `length` and `height` its size in metres."""

    side: Side
    foot: Vec3
    length: float
    height: float
    holes: tuple[Hole, ...] = ()
    """In the order of the scene's openings; they never overlap."""

    @property
    def inward(self) -> Vec3:
        """The unit vector from the wall into its room."""
        return {"north": (0.0, -1.0, 0.0), "south": (0.0, 1.0, 0.0), "east": (-1.0, 0.0, 0.0), "west": (1.0, 0.0, 0.0)}[self.side]

    @property
    def run(self) -> Vec3:
        """The unit vector in which `along` counts: east along north and south walls, north along east and west walls."""
        return (1.0, 0.0, 0.0) if self.side in ("north", "south") else (0.0, 1.0, 0.0)

    def point(self, along: float, up: float = 0.0) -> Vec3:
        """A point of the face in the scene."""
        x, y, z = self.foot
        return (x + self.run[0] * along, y + self.run[1] * along, z + up)


@dataclass(frozen=True, slots=True)
class RoomBox:
    """A room as it was built: `size` is clear width (x), depth (y), height (z); `origin` the middle of its floor in the scene."""

    name: str
    size: Vec3
    origin: Vec3
    finish: Mapping[str, str]
    """`walls`, `floor`, `ceiling` -> `material` or `material/colour`; one that is left out is `plain`."""
    walls: Mapping[Side, Wall]
    thickness: float = WALL
    """Metres of each of its walls."""

    @property
    def low(self) -> Vec3:
        """The lowest corner of its air in the scene."""
        return (self.origin[0] - self.size[0] / 2, self.origin[1] - self.size[1] / 2, self.origin[2])

    @property
    def high(self) -> Vec3:
        """The highest corner of its air in the scene."""
        return (self.origin[0] + self.size[0] / 2, self.origin[1] + self.size[1] / 2, self.origin[2] + self.size[2])

    @property
    def joined(self) -> tuple[str, ...]:
        """The rooms that one sees from here through a hole, each once."""
        return tuple(dict.fromkeys(hole.behind for wall in self.walls.values() for hole in wall.holes if hole.behind))

    def holds(self, point: Vec3, slack: float = 0.0) -> bool:
        """Whether a point of the scene is in its air, or at most `slack` metres outside."""
        # `low` and `high`, written out: it is asked of every head in every tick.
        (x, y, z), (width, depth, height) = self.origin, self.size
        return (
            x - width / 2 - slack <= point[0] <= x + width / 2 + slack
            and y - depth / 2 - slack <= point[1] <= y + depth / 2 + slack
            and z - slack <= point[2] <= z + height + slack
        )


def lay_out(rooms: Mapping[str, Room], measure: Measure) -> tuple[dict[str, RoomBox], list[Diagnostic]]:
    """Every room where it is, in the file's order, its walls whole; and what is wrong: rings, no one origin, overlaps."""
    first = [room for room in rooms.values() if room.beside is None]
    problems = [
        Diagnostic(
            "E0608",
            "error",
            room.span,
            f"{first[0].name} and {room.name} are both placed beside no other room, so the scene has two origins",
            f"say where {room.name} is, as in `north_of: {first[0].name}`",
        )
        for room in first[1:]
    ]
    boxes: dict[str, RoomBox] = {}
    for room in rooms.values():
        chain = _chain(room, rooms, boxes)
        if chain and chain[-1].beside is not None and chain[-1].beside[1] not in boxes:
            problems += _ring(chain, rooms)
            continue
        for one in reversed(chain):
            boxes[one.name] = _box(one, boxes, measure)
    problems += [] if problems else _crowded({name: boxes[name] for name in rooms}, rooms)
    return ({} if problems else {name: boxes[name] for name in rooms}), problems


def _chain(room: Room, rooms: Mapping[str, Room], placed: Mapping[str, RoomBox]) -> list[Room]:
    """A room, the one it is beside, and so on: until one that is placed, or is beside none, or closes a ring."""
    chain: dict[str, Room] = {}
    name = room.name
    while name not in placed and name not in chain:
        chain[name] = rooms[name]
        beside = rooms[name].beside
        if beside is None:
            break
        name = beside[1]
    return list(chain.values())


def _ring(chain: list[Room], rooms: Mapping[str, Room]) -> list[Diagnostic]:
    """The finding of a ring of rooms, said once: of the room in it that comes first in the file."""
    beside = chain[-1].beside
    names = [room.name for room in chain]
    ring = names[names.index(beside[1]) :] if beside and beside[1] in names else []
    if not ring or chain[0].name != ring[0] or next(name for name in rooms if name in ring) != ring[0]:
        return []
    words = " → ".join((*ring, ring[0]))
    remedy = "leave one of them beside no other room: its floor is the scene's origin"
    return [Diagnostic("E0608", "error", chain[0].span, f"{ring[0]} is placed beside itself: {words}", remedy)]


def _box(room: Room, placed: Mapping[str, RoomBox], measure: Measure) -> RoomBox:
    width, depth, height = (measure(length) for length in room.size)
    size = (width, depth, height)
    x = y = 0.0
    if room.beside is not None:
        side, name = room.beside
        other = placed[name]
        along = measure(room.at) if room.at is not None else 0.0
        apart = [(other.size[axis] + size[axis]) / 2 + WALL for axis in (0, 1)]
        x, y = {
            "north_of": (along, apart[1]),
            "south_of": (along, -apart[1]),
            "east_of": (apart[0], along),
            "west_of": (-apart[0], along),
        }[side]
        x, y = other.origin[0] + x, other.origin[1] + y
    walls = {
        "north": Wall("north", (x, y + depth / 2, 0.0), width, height),
        "east": Wall("east", (x + width / 2, y, 0.0), depth, height),
        "south": Wall("south", (x, y - depth / 2, 0.0), width, height),
        "west": Wall("west", (x - width / 2, y, 0.0), depth, height),
    }
    return RoomBox(room.name, size, (x, y, 0.0), room.finish, {side: walls[side] for side in SIDES})


def _crowded(boxes: Mapping[str, RoomBox], rooms: Mapping[str, Room]) -> list[Diagnostic]:
    """Rooms that overlap, or leave too little between them for a wall."""
    problems: list[Diagnostic] = []
    done: list[RoomBox] = []
    for box in boxes.values():
        for other in done:
            into = min(min(box.high[i], other.high[i]) - max(box.low[i], other.low[i]) + WALL for i in (0, 1))
            if into > 0.001:
                message = f"{box.name} overlaps {other.name} by {into * 100:.0f} cm, the wall between them included"
                remedy = "put it on another side, or move it with `at`"
                problems.append(Diagnostic("E0603", "error", rooms[box.name].span, message, remedy))
        done.append(box)
    return problems


def behind(boxes: Mapping[str, RoomBox], room: RoomBox, side: Side) -> list[tuple[RoomBox, float]]:
    """The rooms that share a wall with `room` on that side, each with how far its wall's middle is along from `room`'s."""
    wall, found = room.walls[side], []
    for other in boxes.values():
        facing = other.walls[OPPOSITE[side]]
        across = [facing.foot[i] - wall.foot[i] + wall.inward[i] * WALL for i in (0, 1)]
        along = across[0] * wall.run[0] + across[1] * wall.run[1]
        off = across[0] * wall.inward[0] + across[1] * wall.inward[1]
        if abs(off) < 0.001 and abs(along) < (wall.length + facing.length) / 2:
            found.append((other, along))
    return found


def cut(boxes: Mapping[str, RoomBox], room: str, side: Side, hole: Hole) -> dict[str, RoomBox]:
    """The rooms with a hole in one wall, and in the wall of the room behind it if there is one."""
    found = dict(boxes)
    for other, along in behind(boxes, boxes[room], side):
        wall = other.walls[OPPOSITE[side]]
        if abs(hole.along - along) + hole.width / 2 <= wall.length / 2 + 0.001 and hole.up + hole.height <= wall.height + 0.001:
            hole = replace(hole, behind=other.name)
            back = replace(hole, along=hole.along - along, behind=room, own=False)
            found[other.name] = _with(other, OPPOSITE[side], back)
    found[room] = _with(found[room], side, hole)
    return found


def _with(room: RoomBox, side: Side, hole: Hole) -> RoomBox:
    wall = room.walls[side]
    return replace(room, walls={**room.walls, side: replace(wall, holes=(*wall.holes, hole))})


def misfit(boxes: Mapping[str, RoomBox], room: str, side: Side, hole: Hole) -> str:
    """Why a hole cannot be cut there, in words that follow the opening's name; empty if it can."""
    wall = boxes[room].walls[side]
    if abs(hole.along) + hole.width / 2 > wall.length / 2 + 0.001:
        over = abs(hole.along) + hole.width / 2 - wall.length / 2
        return f"reaches {over * 100:.0f} cm beyond the end of {room}.{side}, which is {wall.length:g} m long"
    if hole.up < -0.001 or hole.up + hole.height > wall.height + 0.001:
        return f"stands from {hole.up:g} m to {hole.up + hole.height:g} m on {room}.{side}, which is {wall.height:g} m high"
    for other in wall.holes:
        if _meet(hole, other):
            return f"overlaps {other.opening} in {room}.{side}"
    return next(
        (why for other, along in behind(boxes, boxes[room], side) if (why := _misfit_behind(other, side, hole, along))), ""
    )


def _misfit_behind(neighbour: RoomBox, side: Side, hole: Hole, along: float) -> str:
    far = neighbour.walls[OPPOSITE[side]]
    away = abs(hole.along - along)
    if away >= (far.length + hole.width) / 2 - 0.001:
        return ""
    if away > (far.length - hole.width) / 2 + 0.001:
        return f"would open onto the end of {neighbour.name}'s wall"
    if hole.up + hole.height > far.height + 0.001:
        return f"is higher than {neighbour.name} behind it, which is {far.height:g} m high"
    return ""


def _meet(a: Hole, b: Hole) -> bool:
    beside = abs(a.along - b.along) >= (a.width + b.width) / 2 - 0.001
    return not beside and max(a.up, b.up) < min(a.up + a.height, b.up + b.height) - 0.001


def room_at(boxes: Iterable[RoomBox], point: Vec3) -> str:
    """The room that a point of the scene is in, or an empty name."""
    return next((box.name for box in boxes if box.holds(point, 0.001)), "")
