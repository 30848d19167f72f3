"""Panels before a person: given to the device if it can show them itself, else drawn in the scene, over everything else.

A panel lies in the person's own space and stays where it was opened; nothing hides it, neither a wall nor a hand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

from engine.view.canvas import PICTURE
from engine.view.geometry.geoms import quad
from engine.view.render.shaders import program
from engine.view.stage import Stage
from engine.view.ui.captions import texture
from engine.view.ui.follow import bearing, hung, pitch
from engine.view.ui.panel import METRES_PER_PIXEL
from engine.world.vectors import Transform
from headset.driver import Panel

BELOW = 6.0
"""Degrees under the horizon of a panel's middle: where eyes rest (ISO 9241-303 asks for a downward line of sight)."""

STEEP = 40.0
"""Degrees from which a head that looks up or down (someone who lies) has its panels where it looks instead."""

Offer = Callable[[Sequence[Panel]], bool]


@dataclass(slots=True, eq=False)
class _Card:
    node: p3d.NodePath
    pixels: NDArray[np.uint8] | None = None


class Shelf:
    """The panels that are shown. `offer` is the device's own `panels`."""

    def __init__(self, stage: Stage, offer: Offer) -> None:
        self.stage = stage
        self.offer = offer
        self.panels: tuple[Panel, ...] = ()
        self._cards: dict[str, _Card] = {}
        self._top = p3d.NodePath("panels")

    def show(self, panels: Sequence[Panel]) -> None:
        """Show these from the next picture on, the last one in front."""
        given = tuple(panels)
        if given or self.panels:
            own = given if not self.offer(given) else ()
            self._draw(own)
        self.panels = given

    def _draw(self, panels: Sequence[Panel]) -> None:
        if not panels:
            for card in self._cards.values():
                card.node.remove_node()
            self._cards.clear()
            self._top.detach_node()
            return
        # A view that was made anew has emptied the root.
        if self._top.get_parent() != self.stage.root:
            self._top.reparent_to(self.stage.root)
        self._top.set_mat(self.stage.scene_from_person)
        for name in set(self._cards) - {panel.name for panel in panels}:
            self._cards.pop(name).node.remove_node()
        for order, panel in enumerate(panels):
            card = self._cards.get(panel.name) or _Card(self._made(panel))
            self._cards[panel.name] = card
            if card.pixels is not panel.pixels:
                card.pixels = panel.pixels
                card.node.set_shader_input("colour_map", texture(panel.pixels))
            card.node.set_bin("fixed", 110 + order)
            card.node.set_pos_quat(p3d.LVecBase3f(*panel.position), p3d.LQuaternionf(*panel.orientation))
            card.node.set_scale(panel.size[0], 1.0, panel.size[1])

    def _made(self, panel: Panel) -> p3d.NodePath:
        node = p3d.GeomNode(panel.name)
        node.add_geom(quad(1.0, 1.0))
        card = self._top.attach_new_node(node)
        card.set_shader(program("card"))
        card.set_shader_input("base", p3d.LVecBase4f(1, 1, 1, 1))
        card.set_transparency(p3d.TransparencyAttrib.M_premultiplied_alpha)
        card.set_depth_test(False)
        card.set_depth_write(False)
        card.hide(p3d.BitMask32(~PICTURE & 0xFFFF))
        return card


def ahead(head: Transform, below: float = BELOW) -> Transform:
    """Where a panel is opened for a head in the person's own space: straight ahead, upright to the eyes, never rolled."""
    up = pitch(head)
    return hung(head, bearing(head), -up if abs(up) > STEEP else below)


def panel(name: str, pixels: NDArray[np.uint8], place: Transform) -> Panel:
    """A picture as a panel with its middle in a place of the person's own space."""
    height, width = pixels.shape[:2]
    return Panel(name, pixels, (width * METRES_PER_PIXEL, height * METRES_PER_PIXEL), place.position, place.turn)
