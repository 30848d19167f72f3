"""Live lamps in rooms: things of their own, such as lanterns, that shine beside the panels from which a room's light is traced.

Their light is as strong as photometry has it and falls on what lies in their room; walls send none of it back. What stands
throws traced shadows in the light of those that stand still.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

from engine.view.indoor.bake import Lamp
from engine.view.render.lamps import LAMPS, Lamps, Shade, Stand, shade_of
from engine.view.render.light import LUMINANCE, black_body
from engine.world import Body, World

GAIN = 5.0
"""How much brighter than by photometry they are shown: a flame is looked at, and a display has not its contrast."""


Traced = tuple[tuple[float, float, float], int]
"""Where a lamp shines that stands still, in metres, and in which channel of what is seen it was traced."""


def live_lamps(world: World) -> list[str]:
    """The things of a world that shine and are no lights of its rooms."""
    return [name for name, body in world.bodies.items() if "flux" in body.card.live and body.card.kind != "light"]


def flame_of(body: Body) -> tuple[float, float, float]:
    """Where a lamp's light is, in its own axes."""
    flame = body.card.places.get("flame")
    return flame.at if flame else (0.0, 0.0, body.size[2] / 2)


def stands_in_its_light(body: Body) -> Shade:
    """What of a lamp does; raises `ModelError` for words its card should not have."""
    return shade_of(body.card.model, f"The card '{body.card.name}'", flame_of(body)[2])


def standing(world: World) -> dict[str, Lamp]:
    """The live lamps that no hand can take, the brightest first."""
    still = [name for name in live_lamps(world) if world.bodies[name].card.grab is None and world.present(name)]
    still.sort(key=lambda name: -float(world.properties[name, "flux"]))
    return {name: (*world.places[name].point(flame_of(body)), *_radii(body)) for name in still for body in [world.bodies[name]]}


def _radii(body: Body) -> tuple[float, float]:
    """Of a lamp and of what shines in it, in metres."""
    radius, bulb = max(body.size[:2]) / 2, stands_in_its_light(body).bulb
    return radius, radius / 2 if bulb is None else bulb


class LiveLamps:
    """The live lamps of rooms, each on the node of the room in which it stands; `white` is what the eye has adapted by, and
    `traced` where those shine that stand still, and in which channel of what is seen there they are."""

    def __init__(
        self,
        rooms: Mapping[str, p3d.NodePath],
        room_near: Callable[[Sequence[float]], str],
        white: NDArray[np.float64],
        traced: Mapping[str, Traced] | None = None,
    ) -> None:
        self.lamps = {name: Lamps(node) for name, node in rooms.items()}
        self._traced = dict(traced or {})
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
        where, channel = self._traced.get(name, ((), None))
        colour = black_body(kelvin) * self._white
        lamps.set(
            index,
            at,
            colour * (lumens * GAIN / (4.0 * math.pi * float(colour @ LUMINANCE))),
            stand,
            channel if tuple(at) == where else None,
        )
