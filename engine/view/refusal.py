"""A cross where something could not be done, for a moment: what is heard as `refused` is seen by who hears nothing.

It is drawn as marks are, over everything and never too small to be seen; amber, and told by its figure too.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import tan

import panda3d.core as p3d

from engine.view.marks import AMBER, CROSS, SMALLEST, card, draw_as, facing
from engine.view.sound.cues import ME, Cue
from engine.view.stage import Stage
from engine.world import World
from engine.world.vectors import Vec3, distance

LASTS = 80
"""Session ticks for which it is seen: time to look there."""

LARGER = 3.0
"""Marks of the least size across: it comes as a surprise."""

AHEAD: Vec3 = (0.0, 1.0, -0.12)
"""Metres from the head at which it is shown for what is at no place: a word that was not understood."""


class Refusal:
    """The cross of a stage. `follow` once a frame that played a tick."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._card = card("refusal", 96)
        self._until = 0
        self._at: Vec3 = AHEAD

    @property
    def shown(self) -> bool:
        """Whether it is there."""
        return bool(self._card.has_parent())

    def follow(self, cues: Sequence[Cue], world: World, tick: int) -> None:
        """Show it for the cues of a frame that ends with the session tick `tick`."""
        head = world.head(ME)
        for cue in cues:
            if cue.name == "refused" and head is not None:
                self._at, self._until = cue.point or head.point(AHEAD), tick + LASTS
                # The stage may have been cleared for a scene that was written anew.
                self._card.reparent_to(self.stage.root)
        if not self.shown:
            return
        if head is None or tick >= self._until:
            self._card.detach_node()
            return
        size = LARGER * 2.0 * distance(self._at, head.position) * tan(SMALLEST / 2)
        self._card.set_pos_quat(p3d.LVecBase3f(*self._at), facing(self._at, head.position))
        self._card.set_scale(size, 1.0, size)
        draw_as(self._card, CROSS, 0.0, AMBER)
