"""Parts that move because a flag is up: a mouth while its owner is `speaking`, a lid while something is `held`.

Buttons say themselves how far they are pressed in. Every other flag that moves a joint is fully up while it is up; one that is up
for a moment only is shown for as long as a glance needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.interaction.buttons import DEED_TICKS
from engine.interaction.flags import Pair
from engine.world import World


class Raised:
    """Keeps `world.raised` for the flags that no button raises. `step` once a tick, when all flags of it are known."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.shown: dict[Pair, int] = {}
        """Flag that was up for a moment → the scene tick until which it is shown."""
        self._moments: dict[Pair, bool] = {}
        """Each flag that moves a joint → whether it is one of a moment."""
        for name, body in world.bodies.items():
            pressed = {control.raises for control in body.card.controls.values()}
            for joint in body.card.joints.values():
                if joint.by in body.card.flags and joint.by not in pressed:
                    self._moments[name, joint.by] = body.card.flags[joint.by] == "moment"

    def step(self, flags: frozenset[Pair]) -> None:
        """Take in the flags that are up in this tick."""
        for pair, moment in self._moments.items():
            up = pair in flags
            if up and moment:
                self.shown[pair] = self.world.clock + DEED_TICKS
            elif not up and pair in self.shown:
                up = self.world.clock < self.shown[pair]
            if up:
                self.world.raised[pair] = 1.0
            else:
                self.world.raised.pop(pair, None)
                self.shown.pop(pair, None)

    def snapshot(self) -> dict[str, Any]:
        """All that can change, besides the world's `raised`."""
        return dict(self.shown)

    def restore(self, snapshot: Mapping[Any, Any]) -> None:
        """Become what `snapshot` was taken of."""
        self.shown = dict(snapshot)
