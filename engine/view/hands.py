"""The participant's hands at the grips' newest poses: closed round the controller that they hold; without one plain gloves, which
close while they squeeze; where the joints of a hand are tracked, bent as it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Literal

import numpy as np
import panda3d.core as p3d

from engine.view.controllers import Controllers
from engine.view.geometry.bones import bent, weights
from engine.view.geometry.geoms import attach
from engine.view.geometry.hand import PALM, SHAPES, Shape, glove
from engine.view.geometry.looks import Looks
from engine.view.geometry.mesh import Part
from engine.view.geometry.skin import Bones, attach_skin
from engine.view.indoor.cast import Ball
from engine.view.indoor.house import House
from engine.view.render.shadow import SHADOW
from engine.view.stage import Stage
from engine.world import World
from engine.world.vectors import Transform, Turn, Vec3, compose
from headset.inputs import SIDES, Hand, Joints, Side

CLOSED = 50
"""Per cent of squeeze from which a hand is shown closed."""

YIELDS = 0.004
"""Metres by which palms give way to what they hold."""

THICK = 0.05
"""Metres of the ball that a hand is taken for where it hides the light."""

FURTHEST = 0.05
"""Metres that a hand is shown aside of its grip, at most."""

UPRIGHT = 90.0
"""Degrees by which the tube of the fist leans up in the hand's own axes (`engine.view.geometry.hand`)."""

Shown = Shape | Literal["bent"]


class Hands:
    """Two hands on a stage, or in the rooms of a `house`, whose light they take on. What they hold is what the stage was told."""

    def __init__(self, stage: Stage, house: House | None = None) -> None:
        self._stage, self._house = stage, house
        looks = Looks(indoors=house is not None)
        here = np.eye(4, dtype=np.float32)
        self._nodes: dict[Side, p3d.NodePath] = {}
        self._shapes: dict[tuple[Side, Shown], p3d.NodePath] = {}
        self._shown: dict[Side, Shown | None] = {}
        self._bones: dict[Side, Bones] = {}
        self._held: dict[Side, Controllers] = {}
        self._placed: dict[p3d.NodePath, tuple[Vec3, Turn]] = {}
        self._moved = False
        for side in SIDES:
            node = self._node(f"{side} hand")
            for shape in SHAPES:
                part = node.attach_new_node(shape)
                attach(
                    part, [(Part("glove", glove(side, shape), here[None], casts=house is not None), here)], looks, lambda _: None
                )
                part.stash()
                self._shapes[side, shape] = part
            self._bones[side] = Bones()
            self._shapes[side, "bent"] = attach_skin(node, [glove(side, "spread")], weights(side), looks, self._bones[side])
            self._shapes[side, "bent"].stash()
            self._nodes[side], self._shown[side] = node, None
            self._held[side] = Controllers(side, self._node(f"{side} controller"), looks)

    def casting(self) -> list[tuple[p3d.NodePath, Ball]]:
        """Hands that are shown: their nodes, and the ball that each is taken for."""
        gloves = [node for side, node in self._nodes.items() if self._shown[side] is not None]
        held = [one.node for side, one in self._held.items() if one.shown and self._shown[side] is None]
        return [(node, (*node.get_pos(), THICK)) for node in (*gloves, *held)]

    def follow(self, world: World) -> bool:
        """Show each hand, and what it holds, where it is; not at all while it is not tracked. Whether any has moved."""
        self._moved = False
        person = world.people.get("participant")
        tracked: list[tuple[Side, Joints]] = []
        for side, node in self._nodes.items():
            hand = Hand() if person is None else person.hand(side)
            place = world.hand("participant", side)
            if hand.joints is not None:
                tracked.append((side, hand.joints))
            elif hand.grip is None or place is None:
                self._show(side, None)
            thing = None
            if place is not None:
                thing = next((name for name, holder in world.held.items() if holder == ("participant", side)), None)
            self._hold(side, hand, place if thing is None else None)
            if place is None or hand.joints is not None:
                continue
            if self._held[side].shown:
                self._show(side, None)
                continue
            closed = max(hand.squeeze, hand.trigger) >= CLOSED
            self._show(side, "hold" if thing else "fist" if closed else "relaxed")
            at = place.position if thing is None else place.point((beside(world, thing, place, side), 0.0, 0.0))
            self._put(node, at, leaning(place.turn, self._stage.held[side][1]))
        if tracked:
            self._bend(world, tracked)
        return self._moved

    def _node(self, name: str) -> p3d.NodePath:
        node = self._stage.root.attach_new_node(name)
        if self._house is None:
            node.hide(p3d.BitMask32(SHADOW))
        else:
            self._house.places.own(node)
        return node

    def _put(self, node: p3d.NodePath, at: Vec3, turn: Turn) -> None:
        if self._placed.get(node) == (at, turn):
            return
        self._placed[node], self._moved = (at, turn), True
        node.set_pos_quat(p3d.LVecBase3f(*at), p3d.LQuaternionf(*turn))
        if self._house is not None:
            self._house.enter(node, at)

    def _hold(self, side: Side, hand: Hand, place: Transform | None) -> None:
        """Show what the hand is tracked by; not while it holds a thing of the scene, or nobody knows where it is."""
        kind, lean = self._stage.held[side]
        held = self._held[side]
        if not kind or place is None:
            held.hide()
            return
        held.show(kind, hand, alone=hand.joints is not None)
        self._put(held.node, place.position, leaning(place.turn, lean))

    def _bend(self, world: World, tracked: Sequence[tuple[Side, Joints]]) -> None:
        """Show hands as their joints are."""
        wrists, bones = bent(tracked)
        for (side, _), wrist, matrices in zip(tracked, wrists.tolist(), bones, strict=True):
            at = world.origin.point(wrist)
            self._bones[side].put(matrices)
            self._show(side, "bent")
            self._put(self._nodes[side], at, world.origin.turn)

    def _show(self, side: Side, shape: Shown | None) -> None:
        before = self._shown[side]
        if shape == before:
            return
        if before is not None:
            self._shapes[side, before].stash()
        if shape is not None:
            self._shapes[side, shape].unstash()
        self._shown[side] = shape


def leaning(turn: Turn, lean: float) -> Turn:
    """How a hand is turned whose grip is turned so, if the tube of the fist leans up by so many degrees from the grip's +y."""
    if lean == UPRIGHT:
        return turn
    return compose(turn, _lean(lean))


@cache
def _lean(lean: float) -> Turn:
    half = math.radians(lean - UPRIGHT) / 2
    return (math.cos(half), math.sin(half), 0.0, 0.0)


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
