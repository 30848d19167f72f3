"""The controllers in the participant's hands, each with the hand that is closed round it: trigger, stick and buttons move as they
are worked, and the fingers with them.

A kind is read from its file when it is first held. Nothing is computed for a controller on which nothing changes.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

from engine.library import assets_folder
from engine.view.geometry.bones import weights
from engine.view.geometry.controller import CONTROLLERS, Pressed, part_bones, pressed
from engine.view.geometry.gltf import read_glb
from engine.view.geometry.grasp import grasp_bones
from engine.view.geometry.hand import glove
from engine.view.geometry.looks import Looks
from engine.view.geometry.mesh import Floats, Mesh
from engine.view.geometry.skin import Bones, attach_skin
from headset.driver import Held
from headset.inputs import Hand, Side

MIRRORED = np.outer((-1.0, 1.0, 1.0, 1.0), (-1.0, 1.0, 1.0, 1.0)).astype(np.float32)
"""What makes of a right one a left one, seen from the left one's own side too."""


class Controllers:
    """What one hand holds, beneath a node that lies in the hand's axes (`engine.view.geometry.hand`)."""

    def __init__(self, side: Side, node: p3d.NodePath, looks: Looks) -> None:
        self.side, self.node = side, node
        self._looks = looks
        self._made: dict[Held, _Made] = {}
        self._shown: _Made | None = None

    @property
    def shown(self) -> bool:
        """Whether one is drawn."""
        return self._shown is not None

    def show(self, kind: Held, hand: Hand, *, alone: bool = False) -> None:
        """Draw a controller as a hand works it; `alone`, without the hand, which is drawn by its joints."""
        made = self._made.get(kind)
        if made is None:
            made = self._made[kind] = _Made(kind, self.side, self.node, self._looks)
        if made is not self._shown:
            self.hide()
            made.path.unstash()
            self._shown = made
        made.follow(pressed(hand), alone)

    def hide(self) -> None:
        """Draw none."""
        if self._shown is not None:
            self._shown.path.stash()
            self._shown = None


class _Made:
    """A kind of controller and the hand round it, on one side."""

    def __init__(self, kind: Held, side: Side, parent: p3d.NodePath, looks: Looks) -> None:
        self.kind, self.side = kind, side
        self.path = parent.attach_new_node(kind)
        self.path.stash()
        self._parts, self._fingers = Bones(), Bones()
        for meshes, going in surfaces(kind, side):
            attach_skin(self.path, meshes, going, looks, self._parts)
        self._glove = attach_skin(self.path, [glove(side, "spread")], weights(side), looks, self._fingers)
        self._last: Pressed | None = None
        self._grasped: Pressed | None = None
        self._alone = False

    def follow(self, now: Pressed, alone: bool) -> None:
        """Take on what is pressed."""
        if alone is not self._alone:
            self._alone = alone
            self._glove.stash() if alone else self._glove.unstash()
        if now != self._last:
            self._last = now
            self._parts.put(_parts_of(self.kind, self.side, now))
        if not alone and now != self._grasped:
            self._grasped = now
            self._fingers.put(grasp_bones(self.side, self.kind, now))


@lru_cache(maxsize=1024)
def _parts_of(kind: Held, side: Side, now: Pressed) -> NDArray[np.float32]:
    moved = part_bones(CONTROLLERS[kind], now)
    return moved * MIRRORED if side == "left" else moved


@cache
def surfaces(kind: Held, side: Side) -> list[tuple[list[Mesh], Floats]]:
    """The meshes of a kind by material, and the bones that their vertices go with."""
    parts = CONTROLLERS[kind].parts
    found: dict[str, tuple[list[Mesh], list[Floats]]] = {}
    for part in read_glb(assets_folder() / "models" / f"controller_{kind}.glb"):
        bone = 1 + parts.index(part.name) if part.name in parts else 0
        mesh = part.mesh if side == "right" else mirrored(part.mesh)
        meshes, going = found.setdefault(mesh.material.name, ([], []))
        meshes.append(mesh)
        going.append(np.tile(np.array((bone, bone, 0.0), np.float32), (len(mesh.positions), 1)))
    return [(meshes, np.concatenate(going)) for meshes, going in found.values()]


def mirrored(mesh: Mesh) -> Mesh:
    """The mirror image of a mesh, left for right; its material has no textures."""
    sign = np.array((-1.0, 1.0, 1.0), np.float32)
    return replace(
        mesh,
        positions=mesh.positions * sign,
        normals=mesh.normals * sign,
        triangles=np.ascontiguousarray(mesh.triangles[:, ::-1]),
    )
