"""Captions: what is being said, to be read. Always there: no scene can switch them off, only the person who reads them.

Text has a fixed angular size, whatever is said; white on a dark plate; in the direction of its script. W3C's XR Accessibility
User Requirements (Note of 25 August 2021) ask for captions in immersive places and leave their size to us. Small letters are 1.2
degrees high, four times the 0.3 degrees of newsprint at reading distance: to be read in passing, by older eyes, on displays of 15
pixels a degree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import radians, tan
from typing import Protocol

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

from engine.view.canvas import PICTURE
from engine.view.geometry.geoms import quad
from engine.view.render.shaders import program
from engine.view.stage import Stage
from engine.view.ui import text
from engine.view.ui.follow import DISTANCE, Follower
from engine.world import World
from engine.world.vectors import Transform
from engine.world.world import Line

X_HEIGHT = 1.2
"""Degrees that a small letter is high."""

X_HEIGHT_EMS = 0.496
"""The same in ems of Atkinson Hyperlegible (its OS/2 table)."""

WIDTH = 38.0
"""Degrees of the longest line: read with the eyes alone."""

PIXELS = 56
"""Pixels an em of the picture: 23 a degree, as fine as headsets are."""

METRES_PER_PIXEL = DISTANCE * tan(radians(X_HEIGHT)) / X_HEIGHT_EMS / PIXELS
LONGEST = 2 * DISTANCE * tan(radians(WIDTH / 2)) / METRES_PER_PIXEL
"""Pixels of the longest line."""

KEPT = 12
"""Lines whose pictures are kept, of about 1 MB each."""

APPEARS, VANISHES = 0.15, 0.25
"""Seconds. Short, so that reading begins with the voice; not none, because what jumps into view startles."""


LARGER: Mapping[str, float] = {"normal": 1.0, "large": 1.4, "largest": 1.9}
"""How much larger letters are that someone wants larger: 1.7 and 2.3 degrees a small one, in lines as wide as ever."""

SOLID = 1.0
"""How much of what is behind it the plate hides at high contrast."""


class Wishes(Protocol):
    """What captions go by of what a person wants."""

    @property
    def captions(self) -> str:
        """How large they are: `off`, or one of LARGER."""

    @property
    def contrast(self) -> str:
        """`normal` or `high`."""


class Captions:
    """The card that shows `world.lines`. Raises TextError if this machine cannot write the scene's language. `wishes` gives those
    of the person, who may change them at any time."""

    def __init__(self, stage: Stage, world: World, wishes: Callable[[], Wishes] | None = None) -> None:
        self.language = world.scene.language
        self.wishes = wishes
        self._style = ("normal", "normal")
        for line in world.scene.text.values():
            # Refuses what this machine cannot write, and has fonts and line ends ready before anyone waits for a frame.
            text.lay_out(line, self.language, PIXELS, LONGEST)
        self.follower = Follower()
        self.shown = ""
        self.opacity = 0.0
        self._time: float | None = None
        self._calm = False
        self._cards: dict[tuple[str, str, str], p3d.Texture] = {}
        node = p3d.GeomNode("captions")
        node.add_geom(quad(1.0, 1.0))
        self.card = stage.root.attach_new_node(node)
        self.card.set_shader(program("card"))
        self._base = p3d.PTA_LVecBase4f.empty_array(1)
        self.card.set_shader_input("base", self._base)
        self.card.set_transparency(p3d.TransparencyAttrib.M_premultiplied_alpha)
        # Drawn last and over everything: a caption behind a hand or a bed is none.
        self.card.set_bin("fixed", 100)
        self.card.set_depth_test(False)
        self.card.set_depth_write(False)
        self.card.hide(p3d.BitMask32(~PICTURE & 0xFFFF))
        self.card.stash()

    def update(self, world: World, display_time: float) -> None:
        """Show what is being said, where the participant looks."""
        self._calm = "participant" in world.calm
        self.show(world.head("participant"), world.lines, display_time)

    def show(self, head: Transform | None, lines: Mapping[str, Line], display_time: float) -> None:
        """Show these lines to this head at a display time in seconds; without a head, the caption stays where it is."""
        seconds = None if self._time is None else max(0.0, display_time - self._time)
        self._time = display_time
        style = self._wished()
        said = sorted(lines.values(), key=lambda line: line.began) if style[0] != "off" else ()
        words = "\n".join(line.text for line in said)
        if words and (words != self.shown or style != self._style):
            self._style = style
            self._write(words)
        self.opacity = faded(self.opacity, bool(words), seconds)
        if self.opacity <= 0.0:
            self.card.stash()
            self.shown = ""
            return
        if head is not None:
            if self.card.is_stashed() or seconds is None:
                self.follower.face(head)
            else:
                self.follower.step(head, seconds, calm=self._calm)
            place = self.follower.place(head)
            self.card.set_pos_quat(p3d.LVecBase3f(*place.position), p3d.LQuaternionf(*place.turn))
            self.card.unstash()
        self._base.set_element(0, p3d.LVecBase4f(1, 1, 1, self.opacity))

    def close(self) -> None:
        """Take the card off the stage."""
        self.card.remove_node()

    def _wished(self) -> tuple[str, str]:
        wants = None if self.wishes is None else self.wishes()
        return ("normal", "normal") if wants is None else (wants.captions, wants.contrast)

    def _write(self, words: str) -> None:
        larger, alpha = LARGER[self._style[0]], SOLID if self._style[1] == "high" else text.PLATE_ALPHA
        key = (words, *self._style)
        card = self._cards.pop(key, None)
        if card is None:
            card = texture(text.plate(words, self.language, PIXELS, LONGEST / larger, alpha))
        # Lines come again and again (in, out, in …): the latest stay on the graphics card.
        self._cards[key] = card
        if len(self._cards) > KEPT:
            del self._cards[next(iter(self._cards))]
        pixel = METRES_PER_PIXEL * larger
        self.card.set_scale(card.get_x_size() * pixel, 1.0, card.get_y_size() * pixel)
        self.card.set_shader_input("colour_map", card)
        self.shown = words


def faded(opacity: float, there: bool, seconds: float | None) -> float:
    """The next opacity, 0–1, of what is to be there or not; None seconds for the first picture, which shows it as it will be."""
    if seconds is None:
        return float(there)
    return min(1.0, opacity + seconds / APPEARS) if there else max(0.0, opacity - seconds / VANISHES)


def texture(picture: NDArray[np.uint8]) -> p3d.Texture:
    """A picture as `engine.view.ui.text` makes them, as a texture."""
    height, width, _ = picture.shape
    made = p3d.Texture("text")
    made.setup_2d_texture(width, height, p3d.Texture.T_unsigned_byte, p3d.Texture.F_srgb_alpha)
    # Red and blue change places, four bytes at a time: a panel is 3 MB, and is sent between two frames.
    upward = np.ascontiguousarray(picture[::-1]).view("<u4")
    made.set_ram_image(((upward & 0xFF00FF00) | ((upward & 0xFF) << 16) | ((upward >> 16) & 0xFF)).tobytes())
    made.set_wrap_u(p3d.SamplerState.WM_clamp)
    made.set_wrap_v(p3d.SamplerState.WM_clamp)
    made.set_minfilter(p3d.SamplerState.FT_linear_mipmap_linear)
    made.set_magfilter(p3d.SamplerState.FT_linear)
    return made
