"""The participant's hands: plain gloves at the grips' newest poses, closed while they squeeze; where the joints of a hand are
tracked, bent as it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np
import panda3d.core as p3d

from engine.view.geometry.bones import COUNT, bent, weights
from engine.view.geometry.geoms import attach, geom
from engine.view.geometry.hand import PALM, SHAPES, Shape, glove
from engine.view.geometry.looks import Looks
from engine.view.geometry.mesh import Part
from engine.view.indoor.cast import Ball
from engine.view.indoor.house import House
from engine.view.render.shadow import SHADOW
from engine.world import World
from engine.world.vectors import Transform
from headset.inputs import SIDES, Hand, Pose, Side

CLOSED = 50
"""Per cent of squeeze from which a hand is shown closed."""

YIELDS = 0.004
"""Metres by which palms give way to what they hold."""

THICK = 0.05
"""Metres of the ball that a hand is taken for where it hides the light."""

FURTHEST = 0.05
"""Metres that a hand is shown aside of its grip, at most."""

REACHES = 0.3
"""Metres around the wrist within which all of a hand is."""

Shown = Shape | Literal["bent"]


class Hands:
    """Two gloves beneath `root`, or in the rooms of a `house`, whose light they take on."""

    def __init__(self, root: p3d.NodePath, house: House | None = None) -> None:
        self._house = house
        looks = Looks(indoors=house is not None)
        here = np.eye(4, dtype=np.float32)
        self._nodes: dict[Side, p3d.NodePath] = {}
        self._shapes: dict[tuple[Side, Shown], p3d.NodePath] = {}
        self._shown: dict[Side, Shown | None] = {}
        self._bones: dict[Side, p3d.PTA_LMatrix4f] = {}
        for side in SIDES:
            node = root.attach_new_node(f"{side} hand")
            for shape in SHAPES:
                part = node.attach_new_node(shape)
                attach(
                    part, [(Part("glove", glove(side, shape), here[None], casts=house is not None), here)], looks, lambda _: None
                )
                part.stash()
                self._shapes[side, shape] = part
            self._shapes[side, "bent"] = self._bent(node, side, looks)
            if house is None:
                node.hide(p3d.BitMask32(SHADOW))
            else:
                house.places.own(node)
            self._nodes[side], self._shown[side] = node, None

    def casting(self) -> list[tuple[p3d.NodePath, Ball]]:
        """Hands that are shown: their nodes, and the ball that each is taken for."""
        return [(node, (*node.get_pos(), THICK)) for side, node in self._nodes.items() if self._shown[side] is not None]

    def follow(self, world: World) -> bool:
        """Show each hand where it is; not at all while it is not tracked. Whether any has moved."""
        before = [node.get_transform() for node in self._nodes.values()]
        person = world.people.get("participant")
        tracked: list[tuple[Side, Sequence[Pose]]] = []
        for side, node in self._nodes.items():
            hand = Hand() if person is None else person.hand(side)
            place = world.hand("participant", side)
            if hand.joints is not None:
                tracked.append((side, hand.joints))
                continue
            if hand.grip is None or place is None:
                self._show(side, None)
                continue
            held = next((name for name, holder in world.held.items() if holder == ("participant", side)), None)
            closed = max(hand.squeeze, hand.trigger) >= CLOSED
            self._show(side, "hold" if held else "fist" if closed else "relaxed")
            at = place.position if held is None else place.point((beside(world, held, place, side), 0.0, 0.0))
            node.set_pos_quat(p3d.LVecBase3f(*at), p3d.LQuaternionf(*place.turn))
            if self._house is not None:
                self._house.enter(node, at)
        if tracked:
            self._bend(world, tracked)
        return any(node.get_transform() != one for node, one in zip(self._nodes.values(), before, strict=True))

    def _bent(self, node: p3d.NodePath, side: Side, looks: Looks) -> p3d.NodePath:
        """The glove whose vertices go with the bones of the hand."""
        mesh = glove(side, "spread")
        part = Part("glove", mesh, np.eye(4, dtype=np.float32)[None], casts=False)
        made = p3d.GeomNode("bent")
        made.add_geom(geom([(mesh, np.eye(4, dtype=np.float32))], light={"bones": weights(side)}))
        made.set_bounds(p3d.BoundingSphere(p3d.LPoint3f(0), REACHES))
        made.set_final(True)
        path = node.attach_new_node(made)
        looks(part).wear(path, copies=0, sway=0.0, height=1.0, light=("BONES",))
        self._bones[side] = p3d.PTA_LMatrix4f.empty_array(COUNT)
        path.set_shader_input("bone", self._bones[side])
        path.stash()
        return path

    def _bend(self, world: World, tracked: Sequence[tuple[Side, Sequence[Pose]]]) -> None:
        """Show hands as their joints are."""
        wrists, bones = bent(tracked)
        for (side, _), wrist, matrices in zip(tracked, wrists.tolist(), bones, strict=True):
            at = world.origin.point(wrist)
            memoryview(self._bones[side]).cast("B")[:] = matrices.tobytes()
            self._nodes[side].set_pos_quat(p3d.LVecBase3f(*at), p3d.LQuaternionf(*world.origin.turn))
            self._show(side, "bent")
            if self._house is not None:
                self._house.enter(self._nodes[side], at)

    def _show(self, side: Side, shape: Shown | None) -> None:
        before = self._shown[side]
        if shape == before:
            return
        if before is not None:
            self._shapes[side, before].stash()
        if shape is not None:
            self._shapes[side, shape].unstash()
        self._shown[side] = shape


def beside(world: World, thing: str, hand: Transform, side: Side) -> float:
    """Metres along the grip's x by which a hand is shown aside, so that its palm lies on what it holds and not in it.

    A controller is as thick as a rod; the thing may be thicker. It is taken for the ellipsoid within its box.
    """
    width, depth, height = world.bodies[thing].size
    local = hand.inverse() @ world.places[thing]
    middle = local.point((0.0, 0.0, height / 2))
    axes = (local.point((width / 2, 0.0, 0.0)), local.point((0.0, depth / 2, 0.0)), local.point((0.0, 0.0, height / 2)))
    reach = math.hypot(*(axis[0] - local.position[0] for axis in axes))
    outward = 1.0 if side == "right" else -1.0
    return outward * min(max(outward * middle[0] + reach - YIELDS - PALM, 0.0), FURTHEST)
