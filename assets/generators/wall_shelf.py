"""A shelf of walnut on a wall, 60 x 17 cm: books in cloth that stand, three that lie, and a bowl of stoneware on them.

Books are bound ones: boards that stand 3 mm proud of the pages, a rounded spine that is printed: a title along it or on a label,
between bands.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from assets.generators import book_spines, walnut
from assets.generators.forms import panel
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import sheet, soft_box
from assets.generators.shapes import Shape, join, lathe, lit
from assets.generators.surfaces import GRAIN_TILE, tiled
from assets.generators.textures import bytes_of, layered, normal_map, surface
from assets.generators.upholstery import CLOTH_TILE, cloth
from engine.view.geometry.mesh import Material

WIDTH, DEPTH, THICK = 0.600, 0.170, 0.024
LEDGE = 0.045
"""Height of the brackets under the board that hold it at the wall, metres."""
BRACKET, BRACKET_AT = 0.024, 0.205
"""How thick a bracket is, and how far to each side of the middle it is, metres."""
TOP = LEDGE + THICK
"""Height of what things stand on."""
BOARD, PROUD = 0.0026, 0.003
"""Thickness of a book's boards, and how far they stand out round its pages, metres."""


@dataclass(frozen=True, slots=True)
class _Book:
    """Its thickness, height and depth in metres, and which spine of `book_spines` it has."""

    thick: float
    tall: float
    deep: float
    spine: int

    def made(self) -> tuple[list[Shape], list[Shape], list[Shape]]:
        """Boards, spine and pages, standing on z = 0 with the spine at y = 0 looking to +y, its middle at x = 0."""
        half = self.thick / 2
        boards = []
        for side in (-1, 1):
            plate = soft_box(BOARD, self.deep - 0.004, self.tall, 0.0009, steps=1, cell=0.13)
            tint = book_spines.SPINES[self.spine].light
            boards.append(plate.moved(side * (half - BOARD / 2), -self.deep / 2 - 0.002, self.tall / 2).tinted(tint))
        turn = np.linspace(-np.pi / 2, np.pi / 2, 11)
        bow = min(0.006, 0.36 * self.thick)
        line = np.column_stack([half * np.sin(turn), bow * (np.cos(turn) - 1.0)])
        rows = np.linspace(0.0, 1.0, 4)
        points = np.stack([np.column_stack([line, np.full(len(turn), self.tall * row)]) for row in rows])
        spine = sheet(points, flip=True)
        # Right as one reads it is our -x.
        u = book_spines.column(self.spine, 0.5 - points[..., 0].ravel() / self.thick)
        spine = replace(spine, uvs=np.column_stack([u, points[..., 2].ravel() / self.tall]))
        pages = soft_box(
            self.thick - 2 * BOARD, self.deep - PROUD - bow - 0.003, self.tall - 2 * PROUD, 0.0006, steps=1, cell=0.13
        )
        return boards, [spine], [pages.moved(0.0, -(self.deep + PROUD + bow) / 2 + 0.001, self.tall / 2)]


STANDING = (
    _Book(0.030, 0.235, 0.150, 0), _Book(0.022, 0.210, 0.140, 1), _Book(0.036, 0.222, 0.148, 2), _Book(0.018, 0.190, 0.130, 3),
    _Book(0.026, 0.240, 0.152, 4), _Book(0.032, 0.205, 0.140, 5), _Book(0.020, 0.212, 0.134, 6), _Book(0.028, 0.228, 0.150, 7),
)  # fmt: skip
LYING = (_Book(0.034, 0.236, 0.146, 8), _Book(0.024, 0.212, 0.138, 9), _Book(0.020, 0.190, 0.128, 10))
LEANS = 5.0
"""Degrees by which the last of those that stand leans on the one before it."""


def _grained(box: Shape) -> Shape:
    """A soft box with its grain along y on the faces that look to x as well, turned to lie along x."""
    fronts = np.unique(box.triangles[np.abs(box.normals)[box.triangles].sum(axis=1).argmax(axis=1) == 0])
    uvs = box.uvs.copy()
    uvs[fronts] = uvs[fronts][:, ::-1]
    return replace(box, uvs=uvs).turned("z", 90.0)


def _wood() -> list[Shape]:
    """The board, its grain along x, and the brackets under it."""
    board = _grained(soft_box(DEPTH, WIDTH, THICK, 0.004, steps=2, cell=0.085)).moved(0.0, 0.0, LEDGE + THICK / 2)
    high = LEDGE + 0.001
    side = np.array(((0.0, 0.0), (0.030, 0.0), (0.070, 0.010), (0.118, high - 0.013), (0.122, high), (0.0, high)))
    bracket = panel(side, BRACKET, 0.003).moved(z=-BRACKET / 2).turned("z", 90.0).turned("y", 90.0).moved(y=-DEPTH / 2)
    return [board, *(bracket.shifted_uv(0.05 * way, 0.3).moved(x=way * BRACKET_AT) for way in (-1, 1))]


def _books() -> list[list[Shape]]:
    """Boards, spines and pages of all: a row from the left as one reads it, the last leaning on the others; then what lies."""
    kept: list[list[Shape]] = [[], [], []]
    x = WIDTH / 2 - 0.035
    front = DEPTH / 2 - 0.012
    for index, book in enumerate(STANDING):
        last = index == len(STANDING) - 1
        lean = LEANS if last else 0.0
        # What leans touches the upper edge of the one beside it: its foot is out by as much.
        out = STANDING[index - 1].tall * np.tan(np.radians(lean)) - book.thick / 2 * (1.0 / np.cos(np.radians(lean)) - 1.0)
        at = (x - book.thick / 2 - out, front - 0.004 * (index * 7 % 3), TOP + book.thick / 2 * np.sin(np.radians(lean)))
        for made, all_ in zip(book.made(), kept, strict=True):
            all_ += [each.turned("y", lean).moved(*at) for each in made]
        x -= book.thick + 0.0008
    z = TOP
    for index, book in enumerate(LYING):
        for made, all_ in zip(book.made(), kept, strict=True):
            all_ += [
                each.moved(z=-book.tall / 2).turned("y", 90.0).turned("z", (-2.0, 3.5, -5.0)[index])
                .moved(-WIDTH / 2 + 0.150 - 0.004 * index, front - 0.006, z + book.thick / 2)
                for each in made
            ]  # fmt: skip
        z += book.thick + 0.0004
    return kept


def _bowl() -> Shape:
    """A thrown bowl on the lying books."""
    high = TOP + sum(book.thick + 0.0004 for book in LYING)
    profile = (
        *((0.0, 0.0), (0.024, 0.0), (0.026, 0.002), (0.027, 0.006), (0.037, 0.012), (0.048, 0.024), (0.0545, 0.040)),
        *((0.0565, 0.052), (0.0560, 0.0545), (0.0540, 0.0552), (0.0525, 0.053), (0.0500, 0.040), (0.040, 0.022), (0.0, 0.014)),
    )
    return lathe(profile, 26, 44.0).moved(-WIDTH / 2 + 0.145, 0.004, high)


@cache
def _paper(size: int = 128, seed: int = 291) -> Material:
    """Cut pages: fine lines along the block."""
    lines = layered(size, (2, 96), seed, 2, 0.7)
    tone = 0.80 + 0.20 * lines
    colour = bytes_of(tone[..., None] * np.array((243.0, 236.0, 218.0)))
    return Material(
        "pages", colour_map=colour, normal_map=normal_map(lines, 0.6), surface_map=surface(tone, np.full_like(tone, 0.95))
    )


@cache
def _glaze(size: int = 128, seed: int = 301) -> Material:
    """Matt white glaze with iron specks."""
    speck = np.clip((layered(size, (56, 56), seed, 1) - 0.82) * 8.0, 0.0, 1.0)
    cloud = layered(size, (3, 3), seed + 3, 3)
    colour = (226.0 + 16.0 * cloud)[..., None] * np.array((1.0, 0.98, 0.94)) * (1.0 - 0.45 * speck)[..., None]
    return Material("bowl_glaze", roughness=0.45, colour_map=bytes_of(colour))


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    boards, spines, pages = _books()
    shaded = lit([join(_wood()), join(boards), join(spines), join(pages), _bowl()], rays=24, reach=0.08, floor=None)
    wood, covers, printed, paper, bowl = shaded
    write_glb(
        "wall_shelf",
        {
            "shelf": [(walnut.walnut(), tiled(wood, walnut.TILE))],
            "held_books": [
                (cloth("book_cloth", (0.86, 0.86, 0.86)), tiled(covers, CLOTH_TILE)),
                (book_spines.printed(), printed),
                (_paper(), tiled(paper, GRAIN_TILE)),
                (_glaze(), tiled(bowl, GRAIN_TILE)),
            ],
        },
        folder,
    )


if __name__ == "__main__":
    make()
