"""A room on the stage, with what lights it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

from engine.view.geometry.room import Shell
from engine.view.indoor.bake import LIVE, Lamp
from engine.view.indoor.cast import Sphere
from engine.view.indoor.hiding import Stood
from engine.view.indoor.jointed import Middle
from engine.view.indoor.panels import Panel
from engine.view.indoor.pieces import Piece
from engine.view.indoor.radiosity import Patches
from engine.view.indoor.sunbeam import Sunbeam


@dataclass(eq=False)
class LitRoom:
    """A room on the stage."""

    shell: Shell
    node: p3d.NodePath
    panels: list[Panel]
    patches: Patches
    light: p3d.PTA_LVecBase4f
    gain: p3d.PTA_LVecBase4f
    probe: p3d.Texture
    cast_of: p3d.PTA_LVecBase4f
    sunbeam: Sunbeam | None
    grid: NDArray[np.float32] | None = None
    """Points x, y, z of the grid, then 6 directions x (lux rgb, openness), then the panels seen."""
    seen: NDArray[np.float32] | None = None
    pieces: list[Piece] = field(default_factory=list)
    clear: list[Stood] = field(default_factory=list)
    """What one sees through, and stands still."""
    standing: dict[str, Lamp] = field(default_factory=dict)
    """Live lamps that stand still, and are traced in the channels that panels leave."""
    jointed: list[Middle] = field(default_factory=list)

    @property
    def live(self) -> int:
        """How many of its panels shine live: the sun takes the place of one."""
        return LIVE if self.sunbeam is None else LIVE - 1

    def stands(self, thing: str, lamp: Lamp) -> int | None:
        """A lamp stands in it: the channel of what is seen in which it is traced, None if none is left."""
        channel = min(self.live, len(self.panels)) + len(self.standing)
        if channel >= LIVE:
            return None
        self.standing[thing] = lamp
        return channel

    @cached_property
    def casting(self) -> list[Panel]:
        """What may throw live shadows, by its number in the shaders: the sun is the last."""
        some = self.panels[: self.live]
        if self.sunbeam is None:
            return some
        sun = self.sunbeam.lamp
        return [*some, *(replace(sun, thing="none") for _ in range(self.live - len(some))), sun]

    def lumens(self, flux: Mapping[str, float], panel: Panel, ball: Sphere) -> float:
        """What one of `casting` gives now to what is within a ball; `flux` are things' lumens."""
        if self.sunbeam is not None and panel is self.casting[-1]:
            return self.sunbeam.shown(*ball)
        return flux.get(panel.thing, panel.lumens)
