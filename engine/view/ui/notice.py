"""A notice to whoever writes the scene, inside it: what is wrong with the file just saved. The last good world goes on.

It is a panel like the others (`engine.view.ui.panel`): letters of a fixed angle, in the right script and direction, its own words
in the scene's language; what is wrong is said as at the terminal. It hangs ahead of the eyes and follows the head lazily, above
captions. LÖVR's error screen (`etc/boot.lua`) is the model; ours leaves the world, and goes with the next good save.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

import panda3d.core as p3d

from engine.spec.diagnostics import Diagnostic
from engine.view.canvas import PICTURE
from engine.view.geometry.geoms import quad
from engine.view.render.shaders import program
from engine.view.stage import Stage
from engine.view.ui import text
from engine.view.ui.captions import texture
from engine.view.ui.follow import Follower
from engine.view.ui.palette import Contrast
from engine.view.ui.panel import EM, MARGIN, METRES_PER_PIXEL, WIDTH, Sheet, Words, laid_out, picture
from engine.view.ui.words import words
from engine.world.vectors import Transform

TALLEST = 600
"""Pixels that a notice is high, at most: 25 degrees, so that it and a caption below it are seen at once."""

SIZE, SMALL = 0.8, 0.7
"""Ems of what is wrong and of what to do about it: small letters of 0.6 and 0.5 degrees, more than newsprint; read at leisure."""

MOST_LINES = 4
"""Lines of a sentence or a remedy, behind which it is cut: a list of all names there are is no help in a headset."""

LONGEST = 600
"""Letters that are looked at at all: more than so many lines hold."""

BELOW = 2.0
"""Degrees under the horizon: in the middle of the picture, above captions."""


class Notice:
    """A panel before the head. `show` sets what is wrong, `clear` takes it away, `follow` keeps it before the head."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.sheet: Sheet | None = None
        """What it says; None if nothing is wrong."""
        self._follower = Follower()
        self._time: float | None = None
        self._card: p3d.NodePath | None = None

    @property
    def words(self) -> str:
        """Its lines, as they are read; empty if nothing is wrong."""
        return "" if self.sheet is None else "\n".join(row.words for row in self.sheet.rows if isinstance(row, Words))

    def show(self, sheet: Sheet) -> None:
        """Show a sheet (`notice`) from the next frame on."""
        self.clear()
        pixels = picture(sheet)
        node = p3d.GeomNode("notice")
        node.add_geom(quad(pixels.shape[1] * METRES_PER_PIXEL, pixels.shape[0] * METRES_PER_PIXEL))
        card = self.stage.root.attach_new_node(node)
        card.set_shader(program("card"))
        card.set_shader_input("colour_map", texture(pixels))
        card.set_shader_input("base", p3d.LVecBase4f(1, 1, 1, 1))
        card.set_transparency(p3d.TransparencyAttrib.M_premultiplied_alpha)
        # As captions: drawn last and over everything.
        card.set_bin("fixed", 101)
        card.set_depth_test(False)
        card.set_depth_write(False)
        card.hide(p3d.BitMask32(~PICTURE & 0xFFFF))
        card.stash()
        self.sheet, self._card, self._time = sheet, card, None

    def clear(self) -> None:
        """Show nothing."""
        if self._card is not None:
            self._card.remove_node()
        self.sheet, self._card = None, None

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


def notice(diagnostics: Sequence[Diagnostic], language: str, contrast: Contrast = "normal") -> Sheet:
    """Findings as a sheet: of each where it is, the sentence and the remedy; as many as are not higher than TALLEST, and how many
    more there are. `language` is the scene's."""
    own = words(language)

    def sheet(shown: int) -> Sheet:
        rows = [row for one in diagnostics[:shown] for row in _entry(one)]
        more = [Words(own.filled("notice_more", number=len(diagnostics) - shown), SIZE)] if shown < len(diagnostics) else []
        last = Words(own["notice_goes_on"], SMALL, dim=True)
        return Sheet("notice", own["notice"], (*rows, *more, last), own.language, contrast)

    shown = 1
    while shown < len(diagnostics) and laid_out(sheet(shown + 1)).size[1] <= TALLEST:
        shown += 1
    return sheet(shown)


def _entry(one: Diagnostic) -> tuple[Words, ...]:
    remedy = (Words(_cut(f"→ {one.remedy}", SMALL), SMALL, dim=True, language="en"),) if one.remedy else ()
    return (Words(_cut(_where(one) + one.message, SIZE), SIZE, language="en"), *remedy)


def _where(one: Diagnostic) -> str:
    name = PurePosixPath(one.span.file).name
    place = f"{name}:{one.span.line}" if one.span.line else name
    return f"{place}: " if place else ""


def _cut(said: str, size: float) -> str:
    """A text that takes at most MOST_LINES of a panel, cut behind a word if one is near."""

    def fits(words: str) -> bool:
        return text.lay_out(words, "en", round(size * EM), WIDTH - 2 * MARGIN).lines <= MOST_LINES

    said = said[:LONGEST]
    if len(said) < LONGEST and fits(said):
        return said
    low, high = 0, len(said)
    while low < high - 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(f"{said[:middle]}…") else (low, middle)
    space = said.rfind(" ", low * 3 // 4, low)
    return said[: space if space > 0 else low].rstrip(" ,;:") + "…"
