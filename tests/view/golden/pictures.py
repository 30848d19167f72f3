"""The golden pictures: what they show, how they are drawn, and when a new one is another picture.

They are small (480 x 270, 4x MSAA), at time 0, without anisotropic filtering, which software GL does not do.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray
from PIL import Image

from engine.authoring.shots import eye
from engine.session import Session
from engine.spec.load import load_scene
from engine.view.stage import Stage
from engine.view.view import View
from engine.world.vectors import Transform, Vec3
from headset.driver import Surface

FOLDER = Path(__file__).resolve().parent
SIZE = (480, 270)
TILE = 16
"""Pixels along one side of the squares that are compared."""

MEAN, FURTHEST, STRAY = 2.0, 24, 3
"""Steps of 255 by which a tile may differ on average, and a pixel in no more than `STRAY` tiles: drivers round differently,
most of all at edges."""

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Golden:
    """A shot of the lake, in winter or not, with the sun so many degrees up."""

    shot: str
    sun: float = 12.0
    winter: bool = False


GOLDENS = {
    "hero": Golden("hero"),
    "lantern": Golden("lantern"),
    "settle": Golden("hero", sun=4.0),
    "winter": Golden("hero", winter=True),
}


class Lake:
    """The lakeside scene on a stage of its own. `moved` puts a prop elsewhere, by metres, before it is built into the picture."""

    def __init__(self, *, winter: bool = False, moved: tuple[str, Vec3] | None = None) -> None:
        self.winter = winter
        self.session = Session(load_scene("lakeside", variants=("winter",) if winter else ()))
        self.session.step(0)
        self.world = self.session.world
        if moved is not None:
            name, by = moved
            self.world.places[name] = Transform(self.world.places[name].point(by), self.world.places[name].turn)
        self.stage = Stage()
        self.stage.host()
        page = p3d.load_prc_file_data("golden", "texture-anisotropic-degree 1")
        self.view = View(self.world, self.stage)
        self.canvas = self.stage.open(Surface("buffer", SIZE, samples=4))
        self._page = page

    def draw(self, golden: Golden) -> Pixels:
        """A picture as things are now, but for the sun."""
        assert golden.winter == self.winter
        self.world.properties["environment", "sun"] = golden.sun
        self.view.update(0.0)
        return self.shoot(golden)

    def shoot(self, golden: Golden) -> Pixels:
        """A picture without asking the world again."""
        self.canvas.look([eye(self.session, self.session.scene.shots[golden.shot], SIZE)])
        self.stage.draw()
        return self.canvas.read()

    def close(self) -> None:
        """Give the stage back."""
        p3d.unload_prc_file(self._page)
        self.stage.close()


def compare(name: str, new: Pixels, folder: Path) -> None:
    """Raise AssertionError if a picture differs from the golden one, and leave both it and the difference in `folder`."""
    old = np.asarray(Image.open(FOLDER / f"{name}.png").convert("RGB"))
    off = np.abs(old.astype(int) - new)
    rows, columns = (range(0, length, TILE) for length in off.shape[:2])
    tiles = {(row, column): off[row : row + TILE, column : column + TILE] for row in rows for column in columns}
    means = {at: float(tile.mean()) for at, tile in tiles.items()}
    worst = max(means, key=means.__getitem__)
    stray = [at for at, tile in tiles.items() if tile.max() > FURTHEST]
    if means[worst] <= MEAN and len(stray) <= STRAY:
        return
    Image.fromarray(new).save(folder / f"{name}_new.png")
    Image.fromarray(np.clip(off * 8, 0, 255).astype(np.uint8)).save(folder / f"{name}_difference.png")
    row, column = worst
    raise AssertionError(
        f"{name} is another picture: on average {means[worst]:.1f}/255 off at row {row}, column {column} (at most {MEAN}), and "
        f"more than {FURTHEST} in {len(stray)} squares (at most {STRAY}). See {folder}/{name}_new.png and _difference.png (8 "
        f"times as strong). If it is meant, look at it and redraw: python -m tests.view.golden.make"
    )
