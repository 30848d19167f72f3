"""Where controls are now: asked of many in every tick, and reckoned anew only when their thing or their part has moved."""

from __future__ import annotations

from engine.interaction.flags import Pair
from engine.world import World
from engine.world.joints import carriers, point_of, value_of
from engine.world.vectors import Transform, Vec3


class Controls:
    """The middles of all controls. It keeps no state that a snapshot would need."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._carriers = {
            (name, label): carriers(body.card, control.joint)
            for name, body in world.bodies.items()
            for label, control in body.card.controls.items()
        }
        self._points: dict[Pair, tuple[Transform, list[float], Vec3]] = {}
        """Where controls were found to be, and the places and values from which that followed."""

    def point(self, name: str, label: str) -> Vec3:
        """Where the middle of a thing's control is in the scene."""
        pair, place = (name, label), self.world.places[name]
        values = [value_of(self.world, name, joint) for joint in self._carriers[pair]]
        known = self._points.get(pair)
        if known is None or known[0] is not place or known[1] != values:
            control = self.world.bodies[name].card.controls[label]
            known = self._points[pair] = (place, values, point_of(self.world, name, control.at, control.joint))
        return known[2]
