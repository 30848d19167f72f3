"""A notice to whoever writes the scene, inside it: what is wrong with the file just saved. The last good world goes on.

It hangs ahead of the eyes, follows the head lazily as captions do, above them, and goes with the next good save. LÖVR's error
screen is the model (`etc/boot.lua`); ours leaves the world in place.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import radians, tan
from pathlib import PurePosixPath

import panda3d.core as p3d

from engine.spec.diagnostics import Diagnostic
from engine.view.canvas import PICTURE
from engine.view.geometry.geoms import quad
from engine.view.render.shaders import program
from engine.view.stage import Stage
from engine.view.ui import text
from engine.view.ui.captions import PIXELS, X_HEIGHT, X_HEIGHT_EMS, texture
from engine.view.ui.follow import DISTANCE, Follower
from engine.world.vectors import Transform

MOST_LINES = 6
"""Lines of a notice, at most."""

SIZE = 0.62
"""Of a caption's letters: 0.75 degrees a small letter, more than twice newsprint; an author reads it at leisure."""

WIDTH = 46.0
"""Degrees of the longest line."""

BELOW = 2.0
"""Degrees under the horizon: in the middle of the picture, above captions."""

METRES_PER_PIXEL = DISTANCE * tan(radians(X_HEIGHT * SIZE)) / X_HEIGHT_EMS / PIXELS
LONGEST = 2 * DISTANCE * tan(radians(WIDTH / 2)) / METRES_PER_PIXEL


class Notice:
    """A card with a few lines. `show` sets them, `clear` takes them away, `follow` keeps them before the head."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.words = ""
        self._follower = Follower()
        self._time: float | None = None
        self._card: p3d.NodePath | None = None

    def show(self, words: str) -> None:
        """Show these words from the next frame on."""
        self.clear()
        picture = texture(text.plate(words, "en", PIXELS, LONGEST))
        node = p3d.GeomNode("notice")
        node.add_geom(quad(picture.get_x_size() * METRES_PER_PIXEL, picture.get_y_size() * METRES_PER_PIXEL))
        card = self.stage.root.attach_new_node(node)
        card.set_shader(program("card"))
        card.set_shader_input("colour_map", picture)
        card.set_shader_input("base", p3d.LVecBase4f(1, 1, 1, 1))
        card.set_transparency(p3d.TransparencyAttrib.M_premultiplied_alpha)
        # As captions: drawn last and over everything.
        card.set_bin("fixed", 101)
        card.set_depth_test(False)
        card.set_depth_write(False)
        card.hide(p3d.BitMask32(~PICTURE & 0xFFFF))
        card.stash()
        self.words, self._card, self._time = words, card, None

    def clear(self) -> None:
        """Show nothing."""
        if self._card is not None:
            self._card.remove_node()
        self.words, self._card = "", None

    def follow(self, head: Transform | None, display_time: float) -> None:
        """Be before this head at a display time in seconds."""
        if self._card is None or head is None:
            return
        if self._time is None:
            self._follower.face(head)
        else:
            self._follower.step(head, max(0.0, display_time - self._time))
        self._time = display_time
        place = self._follower.place(head, BELOW)
        self._card.set_pos_quat(p3d.LVecBase3f(*place.position), p3d.LQuaternionf(*place.turn))
        self._card.unstash()


def words_of(diagnostics: Sequence[Diagnostic]) -> str:
    """Findings as a notice: where, the sentence, the remedy; as many as go into MOST_LINES, and how many more there are."""
    said: list[str] = []
    for count, one in enumerate(diagnostics):
        left = len(diagnostics) - count - 1
        entry = [_where(one) + one.message, *([f"→ {one.remedy}"] if one.remedy else [])]
        more = [f"… and {left} more" if left else "the last good scene goes on"]
        if said and _lines([*said, *entry, *more]) > MOST_LINES:
            return "\n".join([*said, f"… and {left + 1} more"])
        said += entry
    return _cut("\n".join([*said, "the last good scene goes on"]))


def _where(one: Diagnostic) -> str:
    name = PurePosixPath(one.span.file).name
    place = f"{name}:{one.span.line}" if one.span.line else name
    return f"{place}: " if place else ""


def _lines(said: Sequence[str]) -> int:
    return text.lay_out("\n".join(said), "en", PIXELS, LONGEST).lines


def _cut(words: str) -> str:
    """Words that go into MOST_LINES, shortened if need be."""
    while _lines(words.split("\n")) > MOST_LINES and len(words) > 20:
        words = words[: len(words) * 9 // 10].rstrip() + "…"
    return words
