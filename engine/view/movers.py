"""Equal things that move, drawn together: one call for each of their materials, however many they are.

Where each is stands in a row of a texture that the programs read (`render/copies.glsl`, COPIES). Of what stands still nothing is
computed: a frame asks whether any place is another than before. Of what has moved all rows are computed in one pass of numpy, and
the texture is sent once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, compress
from operator import attrgetter, is_not, itemgetter

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

from engine.spec.expression import Value
from engine.view.eyes import COPIES_TAG
from engine.view.geometry.geoms import MERGED, WIDE, Placed, draw_late, geom
from engine.view.geometry.looks import Look
from engine.view.geometry.mesh import Floats, Part
from engine.view.geometry.textures import row_texture
from engine.world.vectors import Transform, Turn

EQUAL = 8
"""Things that are drawn together, at least: fewer cost as little each with a node of its own."""

MOST = 4096
"""Things that are drawn together, at most: their light takes seven texels each, and OpenGL 3.3 grants a texture 65,536."""

Path = tuple[str, ...]
Places = Mapping[str, Transform]
Properties = Mapping[Path, Value]
Indices = NDArray[np.intp]

_POSITION, _TURN = attrgetter("position"), attrgetter("turn")


def gather(things: Mapping[str, Sequence[Part]]) -> list[tuple[str, ...]]:
    """Names of things that can be drawn together: stiff all through, of the same meshes in the same places."""
    alike: dict[tuple[object, ...], list[str]] = {}
    for name, parts in things.items():
        if parts and all(_stiff(part) for part in parts):
            key = tuple((id(part.mesh), part.casts, part.copies.tobytes()) for part in parts)
            alike.setdefault(key, []).append(name)
    found = (tuple(names[first : first + MOST]) for names in alike.values() for first in range(0, len(names), MOST))
    return [names for names in found if len(names) >= EQUAL]


def matrices(places: Sequence[Transform]) -> Floats:
    """The upper three rows of places as matrices, n x 3 x 4, column vectors."""
    w, x, y, z = _columns(map(_TURN, places), len(places), 4).T
    rows = np.empty((len(places), 3, 4), np.float32)
    rows[:, 0, 0], rows[:, 0, 1], rows[:, 0, 2] = 1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)
    rows[:, 1, 0], rows[:, 1, 1], rows[:, 1, 2] = 2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)
    rows[:, 2, 0], rows[:, 2, 1], rows[:, 2, 2] = 2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)
    rows[:, :, 3] = positions(places)
    return rows


def positions(places: Sequence[Transform]) -> NDArray[np.float64]:
    """Where places are, n x 3."""
    return _columns(map(_POSITION, places), len(places), 3)


class Group:
    """n things, n > 1, and where each was when `follow` was last called. A row of zeros is of what is not there."""

    def __init__(self, names: Sequence[str]) -> None:
        self.rows: Floats = np.zeros((len(names), 3, 4), np.float32)
        self.there: NDArray[np.bool_] = np.zeros(len(names), np.bool_)
        self._places = itemgetter(*names)
        self._presence = itemgetter(*((name, "present") for name in names))
        self._at: tuple[Transform | None, ...] = (None,) * len(names)
        self._turns: tuple[Turn, ...] = ()
        self._present: tuple[Value, ...] = ()

    def follow(self, places: Places, properties: Properties) -> Indices:
        """Take on where things are; the indices of those that have moved, come or gone."""
        before, at, present = self._at, self._places(places), self._presence(properties)
        self._at = at
        if at == before and present == self._present:
            return np.zeros(0, np.intp)
        changed = np.fromiter(map(is_not, at, before), np.bool_, len(at))
        turns = tuple(map(_TURN, at))
        shifted = turns == self._turns and present == self._present
        self._turns = turns
        if present != self._present:
            there = np.array([value is not False for value in present])
            changed |= there != self.there
            self.there, self._present = there, present
        indices = np.flatnonzero(changed)
        if shifted and self.there.all():
            self.rows[indices, :, 3] = positions(tuple(compress(at, changed)))
            return indices
        self.rows[indices] = matrices(tuple(compress(at, changed)))
        self.rows[indices[~self.there[indices]]] = 0.0
        return indices


class Copies:
    """The meshes of a thing, drawn once for each row of `rows`, beneath a node of their own."""

    def __init__(
        self,
        parent: p3d.NodePath,
        parts: Sequence[Part],
        rows: Floats,
        look: Callable[[Part], Look],
        know: Callable[[int], None],
        *,
        light: tuple[str, ...] = (),
    ) -> None:
        self.node = parent.attach_new_node(parts[0].name)
        self.rows = rows
        self._texture = row_texture("copies", rows.reshape(-1, 4))
        self.node.set_shader_input("copies", self._texture)
        know(len(rows))
        merged: dict[Look, list[Placed]] = {}
        for part in parts:
            merged.setdefault(look(part), []).extend((part.mesh, copy) for copy in part.copies)
        self._drawn: list[p3d.GeomNode] = []
        for how, placed in merged.items():
            node = p3d.GeomNode(how.name)
            node.add_geom(geom(placed, tangents=how.maps))
            wide = node.get_bounds().radius > WIDE
            node.set_final(True)
            path = self.node.attach_new_node(node)
            how.wear(path, copies=len(rows), sway=0.0, height=1.0, light=light)
            path.set_tag(COPIES_TAG, str(len(rows)))
            if wide:
                draw_late(path)
            self._drawn.append(node)
        corners = [(part.mesh.positions @ copy[:3, :3].T + copy[:3, 3]) for part in parts for copy in part.copies]
        self._reach = max(float(np.sqrt((each * each).sum(1).max())) for each in corners)
        """Metres from the origin of a thing within which all of it is."""

    def send(self, there: NDArray[np.bool_]) -> None:
        """Rows have changed: give them to the graphics card. Those that are not `there` are not drawn and reach nowhere."""
        if not there.any():
            self.node.hide()
            return
        self.node.show()
        fill(self._texture, self.rows)
        at = self.rows[:, :, 3] if there.all() else self.rows[there, :, 3]
        low, high = at.min(0) - self._reach, at.max(0) + self._reach
        box = p3d.BoundingBox(p3d.LPoint3f(*map(float, low)), p3d.LPoint3f(*map(float, high)))
        for node in self._drawn:
            node.set_bounds(box)


class Movers:
    """A group out of doors. `parts` are those of each of its things."""

    def __init__(
        self,
        parent: p3d.NodePath,
        names: Sequence[str],
        parts: Sequence[Part],
        look: Callable[[Part], Look],
        know: Callable[[int], None],
    ) -> None:
        self._group = Group(names)
        self._copies = Copies(parent, parts, self._group.rows, look, know)

    def follow(self, places: Places, properties: Properties) -> bool:
        """Show things where they are; whether any has moved, come or gone."""
        if not len(self._group.follow(places, properties)):
            return False
        self._copies.send(self._group.there)
        return True


def fill(texture: p3d.Texture, rows: Floats) -> None:
    """Write all rows of a `row_texture` anew."""
    np.frombuffer(texture.modify_ram_image(), np.float32)[:] = rows.reshape(-1)


def _columns(rows: Iterable[Sequence[float]], count: int, width: int) -> NDArray[np.float64]:
    return np.fromiter(chain.from_iterable(rows), np.float64, count * width).reshape(count, width)


def _stiff(part: Part) -> bool:
    """Whether all of a part moves as its thing does, and can be drawn in any order."""
    alive = part.follows or part.joint or part.screen or part.shines or part.gathers or part.flashes or part.sway
    fits = len(part.copies) * len(part.mesh.positions) <= MERGED or len(part.copies) == 1
    return not alive and fits and part.mesh.material.alpha != "blend"
