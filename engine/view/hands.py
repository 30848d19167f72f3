"""The participant's hands: plain gloves at the grips' newest poses."""

from __future__ import annotations

import numpy as np
import panda3d.core as p3d

from engine.view.geometry.geoms import attach
from engine.view.geometry.hand import glove
from engine.view.geometry.looks import Looks
from engine.view.geometry.mesh import Part
from engine.view.render.shadow import SHADOW
from engine.world import World
from headset.inputs import Pose, Side

SIDES: tuple[Side, Side] = ("left", "right")


class Hands:
    """Two gloves beneath `root`."""

    def __init__(self, root: p3d.NodePath) -> None:
        looks = Looks()
        here = np.eye(4, dtype=np.float32)
        self._nodes: dict[Side, p3d.NodePath] = {}
        self._poses: dict[Side, Pose | None] = {}
        for side in SIDES:
            node = root.attach_new_node(f"{side} hand")
            attach(node, [(Part("glove", glove(side), here[None], casts=False), here)], looks, lambda _: None)
            node.hide(p3d.BitMask32(SHADOW))
            node.stash()
            self._nodes[side], self._poses[side] = node, None

    def follow(self, world: World) -> None:
        """Show each hand where it is; not at all while it is not tracked."""
        person = world.people.get("participant")
        for side, node in self._nodes.items():
            grip = None if person is None else person.hand(side).grip
            if grip is None:
                if self._poses[side] is not None:
                    node.stash()
            else:
                place = world.hand("participant", side)
                if self._poses[side] is None:
                    node.unstash()
                if place is not None:
                    node.set_pos_quat(p3d.LVecBase3f(*place.position), p3d.LQuaternionf(*place.turn))
            self._poses[side] = grip
