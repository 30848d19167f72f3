"""Equal things that move about in rooms, drawn together: each by the node of the room it is in, in the light of its own spot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import panda3d.core as p3d

from engine.view.geometry.mesh import Part
from engine.view.geometry.textures import row_texture
from engine.view.indoor.house import House
from engine.view.indoor.spots import STEP
from engine.view.movers import Copies, Group, Indices, Places, Properties, fill

LIGHT = 7
"""Rows of a thing's light, as `room.glsl` has them under APIECE: from six directions, and how much of each panel it sees."""


class RoomMovers:
    """A group in the rooms of a house. `parts` are those of each of its things."""

    def __init__(self, house: House, names: Sequence[str], parts: Sequence[Part]) -> None:
        self._house, self._names, self._parts = house, names, parts
        self._group = Group(names)
        self._room = np.full(len(names), -1)
        self._lit_at = np.full((len(names), 3), np.inf)
        self._light = np.zeros((len(names), LIGHT, 4), np.float32)
        self._texture = row_texture("copies light", self._light.reshape(-1, 4))
        self._drawn: dict[int, Copies] = {}
        """By room: all things, the rows of those elsewhere zero."""
        for part in parts:
            house.note(part)

    def follow(self, places: Places, properties: Properties) -> bool:
        """Show things where they are, in the light that is there; whether any has moved, come or gone."""
        moved = self._group.follow(places, properties)
        if not len(moved):
            return False
        before = self._room[moved]
        self._enter(moved[self._group.there[moved]])
        for index in np.union1d(before, self._room[moved]).tolist():
            if index >= 0:
                self._send(index)
        return True

    def casting(self) -> list[p3d.NodePath]:
        """The nodes of what is there."""
        return [one.node for one in self._drawn.values() if not one.node.is_hidden()]

    def there(self) -> Iterator[str]:
        """The names of what is there."""
        return (name for name, there in zip(self._names, self._group.there, strict=True) if there)

    def _enter(self, things: Indices) -> None:
        """Give things the light of where they are, if that is some way from where they took it last."""
        at = self._group.rows[things, :, 3]
        far = np.abs(at - self._lit_at[things]).max(1, initial=0.0) > STEP
        things, at = things[far], at[far]
        if not len(things):
            return
        self._lit_at[things] = at
        self._room[things], self._light[things] = self._house.light_near(at)
        fill(self._texture, self._light)

    def _send(self, index: int) -> None:
        here = self._group.there & (self._room == index)
        if index not in self._drawn:
            house = self._house
            node = house.node(list(house.rooms)[index])
            rows = np.zeros_like(self._group.rows)
            self._drawn[index] = Copies(node, self._parts, rows, house.looks, house.stage.know_copies, light=("APIECE",))
            self._drawn[index].node.set_shader_input("copies_light", self._texture)
        drawn = self._drawn[index]
        np.multiply(self._group.rows, here[:, None, None], out=drawn.rows)
        drawn.send(here)
