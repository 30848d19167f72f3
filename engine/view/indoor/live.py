"""Live lamps in rooms: things of their own, such as lanterns, that shine beside the panels from which a room's light is traced.

Their light is as strong as photometry has it and falls on what lies in their room; walls send none of it back.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

from engine.view.render.lamps import LAMPS, Lamps, Stand
from engine.view.render.light import LUMINANCE, black_body
from engine.world import World

GAIN = 5.0
"""How much brighter than by photometry they are shown: a flame is looked at, and a display has not its contrast."""


def live_lamps(world: World) -> list[str]:
    """The things of a world that shine and are no lights of its rooms."""
    return [name for name, body in world.bodies.items() if "flux" in body.card.live and body.card.kind != "light"]


class LiveLamps:
    """The live lamps of rooms, each on the node of the room in which it stands; `white` is what the eye has adapted by."""

    def __init__(
        self, rooms: Mapping[str, p3d.NodePath], room_near: Callable[[Sequence[float]], str], white: NDArray[np.float64]
    ) -> None:
        self.lamps = {name: Lamps(node) for name, node in rooms.items()}
        self._near, self._white = room_near, white
        self._of: dict[str, tuple[Lamps, int]] = {}

    def set(self, name: str, at: Sequence[float], lumens: float, kelvin: float, stand: Stand) -> None:
        """A lamp's place in metres, its luminous flux and its colour; what shades it and how that stands."""
        if name not in self._of:
            lamps = self.lamps[self._near(at)]
            index = sum(other is lamps for other, _ in self._of.values())
            if index >= LAMPS:
                return
            self._of[name] = (lamps, index)
        lamps, index = self._of[name]
        colour = black_body(kelvin) * self._white
        lamps.set(index, at, colour * (lumens * GAIN / (4.0 * math.pi * float(colour @ LUMINANCE))), stand)
