"""The live lamps of a place, as shader inputs on its node: two at most, each with what it is built of.

A card's `model` may say what of a lamp stands in its own light; what it leaves out, is not there:

    model:
      file: lantern.glb
      lamp:
        down: 51 deg               # how far below the level its light gets past its foot
        up: 55 deg                 # how far above, past its roof
        post: 8 deg                # half of what each of two posts hides, on its own left and right
        foot: 6 cm                 # radius of what it stands on: it darkens the ground beside it, and out of doors the lamp
                                   # throws a lantern's shadow so wide, with a globe in it as high as its light, and with its
                                   # posts if it has any; its parts need not cast one of their own
        bulb: 3 cm                 # radius of what shines in it: how soft the shadows are that a room traces; if it is not
                                   # said, half of what the lamp measures from its middle outwards
        through: 0.2               # it has a shade of cloth: `down` and `up` are how far the cloth reaches below and above the
                                   # level, and so much of its light comes through it; past its rims, all

The inputs, as `lamp.glsl` has them:

    lamp_position[2]   metres; w = 1 / range in metres to the fourth power
    lamp_light[2]      radiant intensity; w = 1 + the channel of what is seen in a room that it was traced in, or 0
    lamp_shade[2]      sines of `down` and `up`; its own x axis on the level, as a unit vector
    lamp_body[2]       `foot` and the height of the light over it in metres; sine of `post`; `through`, 0 without a shade
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

from engine.view.geometry.gltf import ModelError
from engine.view.geometry.parts import number

LAMPS = 2
"""Lamps that can shine at once in one place."""

REACH = 12.0
"""Metres at which a lamp's light has faded."""

_WORDS = frozenset(("down", "up", "post", "foot", "bulb", "through"))


@dataclass(frozen=True)
class Shade:
    """What of a lamp stands in its own light: sines of angles, metres, and the share that comes through a shade of cloth."""

    down: float = 2.0
    up: float = 2.0
    post: float = 0.0
    foot: float = 0.0
    height: float = 0.0
    through: float = 0.0
    bulb: float | None = None


Stand = tuple[Shade, tuple[float, float]]
"""What shades a lamp, and where its own x axis lies on the level."""

BARE: Stand = (Shade(), (1.0, 0.0))
"""A lamp that shines evenly all around."""


def shade_of(model: Mapping[str, Any], where: str, height: float) -> Shade:
    """What a card's model says of its lamp, `height` metres over its foot; raises `ModelError` for words it does not know."""
    said = dict(model.get("lamp") or {})
    foreign = set(said) - _WORDS
    if foreign:
        raise ModelError(f"{where} has a lamp with the unknown word '{min(foreign)}'; use {', '.join(sorted(_WORDS))}.")

    def sine(word: str, otherwise: float) -> float:
        return math.sin(math.radians(number(said[word], where))) if word in said else otherwise

    foot, through = number(said.get("foot", 0.0), where), number(said.get("through", 0.0), where)
    bulb = number(said["bulb"], where) if "bulb" in said else None
    return Shade(sine("down", 2.0), sine("up", 2.0), sine("post", 0.0), foot, height, through, bulb)


class Lamps:
    """The lamps over everything beneath a node; dark at first."""

    def __init__(self, node: p3d.NodePath) -> None:
        self._rows = {name: p3d.PTA_LVecBase4f.empty_array(LAMPS) for name in ("position", "light", "shade", "body")}
        for name, rows in self._rows.items():
            for index in range(LAMPS):  # "empty" is whatever the memory held
                rows.set_element(index, p3d.LVecBase4f(0))
            node.set_shader_input(f"lamp_{name}", rows)
        self._now: dict[int, tuple[object, ...]] = {}

    def set(
        self, index: int, at: Sequence[float], light: NDArray[np.float64], stand: Stand = BARE, channel: int | None = None
    ) -> None:
        """A lamp's place in metres, its radiant intensity, what shades it and how that stands; and in which channel (0-3) of what
        is seen it was traced, if it was."""
        shade, ahead = stand
        now = (*at, *light, shade, *ahead, channel)
        if self._now.get(index) == now:
            return
        self._now[index] = now
        long = math.hypot(*ahead) or 1.0
        rows = self._rows
        rows["position"].set_element(index, p3d.LVecBase4f(*at, 1 / REACH**4))
        rows["light"].set_element(index, p3d.LVecBase4f(*map(float, light), 0 if channel is None else channel + 1))
        rows["shade"].set_element(index, p3d.LVecBase4f(shade.down, shade.up, ahead[0] / long, ahead[1] / long))
        rows["body"].set_element(index, p3d.LVecBase4f(shade.foot, shade.height, shade.post, shade.through))

    def channel(self, index: int) -> int | None:
        """In which channel of what is seen a lamp was traced, if it was."""
        traced = int(self._rows["light"].get_element(index)[3])
        return traced - 1 if traced else None

    def intensity(self, index: int) -> tuple[float, float, float]:
        """What a lamp gives, linear red, green, blue; 0 where there is none."""
        red, green, blue, _ = self._rows["light"].get_element(index)
        return (red, green, blue)
