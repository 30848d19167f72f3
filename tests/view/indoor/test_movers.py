"""Equal things that move about in rooms: each is drawn by the room that it is in, in the light of its spot."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import panda3d.core as p3d
import pytest
from numpy.typing import NDArray

from engine.view.geometry.looks import Looks
from engine.view.geometry.mesh import Part
from engine.view.indoor.house import House
from engine.view.indoor.movers import RoomMovers
from engine.view.indoor.spots import STEP
from engine.world.vectors import Transform
from tests.view.conftest import box

NAMES = ("a", "b", "c")


class TwoRooms:
    """What movers need of a house: west of x = 0 one room, east of it another; its light at a point is the point."""

    def __init__(self) -> None:
        self.rooms = {"west": p3d.NodePath("west"), "east": p3d.NodePath("east")}
        self.looks = Looks(indoors=True)
        self.stage = self
        self.copies: set[int] = set()
        self.asked = 0

    def know_copies(self, copies: int) -> None:
        self.copies.add(copies)

    def node(self, room: str) -> p3d.NodePath:
        return self.rooms[room]

    def note(self, part: Part) -> None:
        pass

    def light_near(self, points: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        self.asked += len(points)
        light = np.zeros((len(points), 7, 4), np.float32)
        light[:, :, :3] = points[:, None]
        return np.asarray(points[:, 0] > 0.0, np.int64), light

    def drawn(self, room: str) -> list[float]:
        """The x of what a room draws."""
        shown = [path for path in self.rooms[room].get_children() if not path.is_hidden()]
        rows = [_texels(path, "copies").reshape(-1, 3, 4) for path in shown]
        return [float(row[0, 3]) for each in rows for row in each if row.any()]

    def lit(self, room: str) -> NDArray[np.float32]:
        return _texels(self.rooms[room].get_child(0), "copies_light").reshape(-1, 7, 4)[:, 0, :3]


def _texels(path: p3d.NodePath, name: str) -> NDArray[np.float32]:
    return np.frombuffer(bytes(path.get_shader_input(name).get_texture().get_ram_image()), np.float32)


@pytest.fixture
def house() -> TwoRooms:
    return TwoRooms()


@pytest.fixture
def movers(house: TwoRooms) -> RoomMovers:
    return RoomMovers(cast(House, house), NAMES, [box((-0.1, -0.1, 0.0), (0.1, 0.1, 0.2))])


def at(*xs: float) -> dict[str, Transform]:
    return {name: Transform((x, 1.0, 0.0)) for name, x in zip(NAMES, xs, strict=True)}


def there(**absent: bool) -> Any:
    return {(name, "present"): absent.get(name, True) for name in NAMES}


def test_each_is_drawn_by_the_room_that_it_is_in(house: TwoRooms, movers: RoomMovers) -> None:
    assert movers.follow(at(-2.0, -1.0, 3.0), there())
    assert house.drawn("west") == [-2.0, -1.0]
    assert house.drawn("east") == [3.0]
    assert house.copies == {len(NAMES)}


def test_who_leaves_a_room_is_drawn_by_the_other(house: TwoRooms, movers: RoomMovers) -> None:
    movers.follow(at(-2.0, -1.0, 3.0), there())
    assert movers.follow(at(-2.0, 1.0, 3.0), there())
    assert (house.drawn("west"), house.drawn("east")) == ([-2.0], [1.0, 3.0])
    movers.follow(at(2.0, 1.0, 3.0), there())
    assert (house.drawn("west"), house.drawn("east")) == ([], [2.0, 1.0, 3.0])
    assert len(movers.casting()) == 1


def test_what_is_gone_is_drawn_nowhere_and_casts_nothing(house: TwoRooms, movers: RoomMovers) -> None:
    movers.follow(at(-2.0, -1.0, 3.0), there(c=False))
    assert house.drawn("east") == []
    assert list(movers.there()) == ["a", "b"]
    movers.follow(at(-2.0, -1.0, 3.0), there())
    assert house.drawn("east") == [3.0]
    movers.follow(at(-2.0, -1.0, 3.0), there(c=False))
    assert house.drawn("east") == []


def test_a_thing_takes_on_other_light_only_when_it_is_some_way_off(house: TwoRooms, movers: RoomMovers) -> None:
    movers.follow(at(-2.0, -1.0, -3.0), there())
    asked = house.asked
    movers.follow(at(-2.0, -1.0 + 0.5 * STEP, -3.0), there())
    assert house.asked == asked
    assert house.lit("west")[1, 0] == -1.0
    movers.follow(at(-2.0, -1.0 + 2.0 * STEP, -3.0), there())
    assert house.asked == asked + 1
    assert house.lit("west")[:, 0] == pytest.approx([-2.0, -1.0 + 2.0 * STEP, -3.0])


def test_nothing_is_done_while_nothing_moves(house: TwoRooms, movers: RoomMovers) -> None:
    movers.follow(at(-2.0, -1.0, 3.0), there())
    asked = house.asked
    assert not movers.follow(at(-2.0, -1.0, 3.0), there())
    assert house.asked == asked
