"""The help line of a window at a desk: words over the upper edge of the picture, in pixels of the window.

It is drawn over what the stage draws and is no part of it; a person in a headset never sees it. Its lines are English phrases,
from which `letters` draw those of another language; without, Pillow's own built-in font is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Letters = Callable[[Sequence[str]], NDArray[np.uint8]]
"""Draws lines: height x width, 0 where nothing is and 255 in a letter, top row first. A line has cells, with tabs between them;
within a cell stand phrases, three spaces apart, and a phrase may begin with a key and a colon."""

FONT_SIZE = 17
LINE = 23
PADDING = 12
GAP = 18
MARGIN = 16
"""Pixels: of a letter, from line to line, around the words, between columns, and from the window's edges."""

MANY = 8
"""Lines beyond which a table is drawn as two blocks."""

_VERTEX = """#version 330
in vec4 p3d_Vertex; in vec2 p3d_MultiTexCoord0; out vec2 at;
void main() { gl_Position = vec4(p3d_Vertex.xz, 0.0, 1.0); at = p3d_MultiTexCoord0; }
"""

_FRAGMENT = """#version 330
uniform sampler2D words; in vec2 at; out vec4 colour;
void main() { colour = mix(vec4(0.0, 0.0, 0.0, 0.72), vec4(0.9, 0.9, 0.9, 1.0), texture(words, at).r); }
"""


class Overlay:
    """Words on a window. `show` them, `fit` them to the window's size each frame. `middle`: they stand in its middle, not in
    its corner, and at their own size."""

    def __init__(self, window: p3d.GraphicsWindow, letters: Letters | None = None, *, middle: bool = False) -> None:
        self.window = window
        self.middle = middle
        self._letters = letters or plain_letters
        self.shown: tuple[str, ...] = ()
        self.size = (0, 0)
        card = p3d.CardMaker("help")
        card.set_frame(-1, 1, -1, 1)
        self.scene = p3d.NodePath("overlay")
        self.card = self.scene.attach_new_node(card.generate())
        self.card.set_shader(p3d.Shader.make(p3d.Shader.SL_GLSL, _VERTEX, _FRAGMENT))
        self.card.set_depth_test(False)
        self.card.set_depth_write(False)
        self.card.set_attrib(p3d.ColorBlendAttrib.make(p3d.ColorBlendAttrib.M_add, p3d.ColorBlendAttrib.O_one, _BEHIND))
        # The card's corners are those of the region, whatever the camera: there is nothing to cull.
        self.card.node().set_bounds(p3d.OmniBoundingVolume())
        self.card.node().set_final(True)
        camera = self.scene.attach_new_node(p3d.Camera("overlay", p3d.OrthographicLens()))
        self.regions = [window.make_display_region() for _ in range(2)]
        # A region that follows one with a draw callback, as the stage's is, stays empty in Panda3D 1.10.16; a callback of its own
        # makes it set all OpenGL state anew. After the stage's rooms the first such region still has no texture: it is a pixel.
        for order, region in enumerate(self.regions):
            region.set_sort(1000 + order)
            region.set_camera(camera)
            region.set_active(False)
            region.set_draw_callback(p3d.PythonCallbackObject(_draw))
        self.region = self.regions[-1]

    def show(self, lines: Sequence[str]) -> None:
        """Show these lines; none hides it."""
        if tuple(lines) == self.shown:
            return
        self.shown = tuple(lines)
        if lines:
            drawn = self._letters(lines)
            self.size = (drawn.shape[1], drawn.shape[0])
            texture = p3d.Texture("help")
            texture.setup_2d_texture(*self.size, p3d.Texture.T_unsigned_byte, p3d.Texture.F_luminance)
            texture.set_ram_image(np.ascontiguousarray(drawn[::-1]).tobytes())
            texture.set_minfilter(p3d.SamplerState.FT_linear)
            self.card.set_shader_input("words", texture)

    def fit(self) -> None:
        """Keep it in the upper left corner, clear of captions, at its own size or as large as the window allows."""
        width, height = self.window.get_x_size(), self.window.get_y_size()
        room = min((width - 2 * MARGIN) / max(1, self.size[0]), (height - 2 * MARGIN) / max(1, self.size[1]))
        visible = bool(self.shown) and room > 0.2 and height > 2 * MARGIN
        for region in self.regions:
            region.set_active(visible)
        if visible:
            self.regions[0].set_dimensions(0.0, 1.0 / width, 1.0 - 1.0 / height, 1.0)
        if visible and self.middle:
            left, bottom = (width - self.size[0]) // 2, (height - self.size[1]) // 2
            self.region.set_dimensions(
                left / width, (left + self.size[0]) / width, bottom / height, (bottom + self.size[1]) / height
            )
        elif visible:
            scale = min(1.0, room)
            right, bottom = MARGIN + self.size[0] * scale, height - MARGIN - self.size[1] * scale
            self.region.set_dimensions(MARGIN / width, right / width, max(0.0, bottom / height), 1.0 - MARGIN / height)


_BEHIND = p3d.ColorBlendAttrib.O_one_minus_incoming_alpha


def _draw(data: p3d.DisplayRegionDrawCallbackData) -> None:
    data.upcall()


def plain_letters(lines: Sequence[str]) -> NDArray[np.uint8]:
    """The lines as they are, in English; those with tabs as a table, in two blocks side by side if they are many."""
    font = ImageFont.load_default(FONT_SIZE)
    rows = [line.split("\t") for line in lines]
    height = -(-len(rows) // 2) if len(rows) > MANY else len(rows)
    cells: list[tuple[float, int, str]] = []
    x = float(PADDING)
    for block in (rows[:height], rows[height:]):
        for column in range(max((len(row) for row in block), default=0)):
            texts = [(number, row[column]) for number, row in enumerate(block) if column < len(row)]
            cells += [(x, PADDING + number * LINE, text) for number, text in texts]
            x += max(font.getlength(text) for _, text in texts) + GAP
    image = Image.new("L", (round(x - GAP + PADDING), height * LINE + 2 * PADDING))
    pen = ImageDraw.Draw(image)
    for left, top, text in cells:
        pen.text((left, top), text, 255, font)
    return np.asarray(image)
