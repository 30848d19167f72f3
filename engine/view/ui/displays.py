"""What live screens of things show: monitors, boards and signs, each in a texture of its own, drawn anew only when it changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

from engine.view.screens import Screen
from engine.view.ui.board import BoardScreen
from engine.view.ui.monitor import MonitorScreen
from engine.view.ui.sign import SignScreen
from engine.world import World

LARGEST = 1400
"""Pixels of a picture's longer side: a board of two metres is read from some steps away, and is not worth more."""


SIGN_FINER = 2
"""Times as many pixels as other screens have: a sign is small, drawn once, and stepped up to."""


class Drawn(Protocol):
    """Draws what one screen shows."""

    def update(self, world: World) -> NDArray[np.uint8] | None:
        """The picture, height x width x 3, if it has changed."""


class Displays:
    """All screens of a world that something is written on. `update` once a frame."""

    def __init__(self, screens: Mapping[tuple[str, str], Screen], world: World) -> None:
        self._all: list[tuple[Screen, Drawn, p3d.Texture]] = []
        for (thing, _), screen in screens.items():
            card = world.bodies[thing].card
            size = _size(screen)
            drawn: Drawn
            if thing in world.monitors or "alarm" in card.live:
                drawn = MonitorScreen(thing, size)
            elif "shows" in card.live and "checklist" in card.live["shows"].choices:
                drawn = BoardScreen(thing, size)
            elif "says" in card.params and card.params["says"].dimension == "text":
                size = _size(screen, SIGN_FINER)
                drawn = SignScreen(thing, size)
            else:
                continue
            self._all.append((screen, drawn, _texture(*size)))

    def update(self, world: World) -> None:
        """Show what there is to show now."""
        for screen, drawn, texture in self._all:
            picture = drawn.update(world)
            if picture is not None:
                texture.set_ram_image(np.ascontiguousarray(picture[::-1, :, ::-1]).tobytes())
                screen.show(texture)


def _size(screen: Screen, finer: int = 1) -> tuple[int, int]:
    width, height = (finer * length for length in screen.size_px)
    share = min(1.0, LARGEST / max(width, height))
    return round(width * share), round(height * share)


def _texture(width: int, height: int) -> p3d.Texture:
    made = p3d.Texture("display")
    made.setup_2d_texture(width, height, p3d.Texture.T_unsigned_byte, p3d.Texture.F_srgb)
    made.set_wrap_u(p3d.SamplerState.WM_clamp)
    made.set_wrap_v(p3d.SamplerState.WM_clamp)
    made.set_minfilter(p3d.SamplerState.FT_linear_mipmap_linear)
    made.set_magfilter(p3d.SamplerState.FT_linear)
    return made
