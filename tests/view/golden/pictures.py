"""The golden pictures: what they show, how they are drawn, and when a new one is another picture.

Every shot of every scene that comes with the engine, in each of its variants, every prefab that has a look, in its studio, and
the controllers that hands hold.
They are small (480 x 270, 4x MSAA), at time 0, without anisotropic filtering, which software GL does not do. They are
equal to the bit on one machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray
from PIL import Image

from engine.authoring.held_pictures import held_picture
from engine.authoring.prefabs import find
from engine.authoring.studio import Studio
from engine.authoring.thumbnails import has_look
from engine.library import scenes_folder
from engine.session import Session
from engine.spec.load import load_scene
from engine.view.stage import Stage
from engine.view.view import View
from engine.view.viewpoint import eye
from engine.world.vectors import Transform, Vec3
from headset.driver import Surface

FOLDER = Path(__file__).resolve().parent
SIZE = (480, 270)
HELD = 320
"""Pixels across each of the controllers' pictures."""

TILE = 16
"""Pixels along one side of the squares that are compared."""

MEAN, FURTHEST, STRAY = 2.0, 24, 3
"""Steps of 255 by which a tile may differ on average, and a pixel in no more than `STRAY` tiles: drivers round differently,
most of all at edges."""

LOW_SUN = 4.0
"""Degrees to which the sun sinks by the lake, as its last state has it: long shadows."""

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Setting:
    """A scene in one of its variants, or in none; or the studio of a prefab; or, of none of them, the hands."""

    scene: str = ""
    variant: str = ""
    prefab: str = ""

    @property
    def name(self) -> str:
        """What its pictures' names begin with."""
        if self.prefab:
            return f"prefab_{self.prefab}"
        return f"{self.scene}_{self.variant}".rstrip("_") if self.scene else "controllers"


@dataclass(frozen=True)
class Golden:
    """A picture: a shot of a scene, or `""` for a prefab, with the sun where it is, or so many degrees up."""

    setting: Setting
    shot: str = ""
    sun: float | None = None

    @property
    def name(self) -> str:
        """The name of its file."""
        low = "" if self.sun is None else "low_sun"
        return "_".join(word for word in (self.setting.name, self.shot, low) if word)


@cache
def goldens() -> dict[str, Golden]:
    """All of them, by name; those of one setting follow each other."""
    found = []
    for path in sorted(scenes_folder().glob("*/*.yaml")):
        if path.stem != path.parent.name:
            continue
        scene = load_scene(path.stem)
        for variant in ("", *scene.variants):
            setting = Setting(path.stem, variant)
            found += [Golden(setting, shot) for shot in load_scene(path.stem, variants=(variant,) if variant else ()).shots]
    found.append(Golden(Setting("lakeside"), "hero", LOW_SUN))
    found.sort(key=lambda golden: golden.setting.name)
    found += [Golden(Setting(prefab=card.name)) for card in find(None) if has_look(card)]
    found.append(Golden(Setting()))
    return {golden.name: golden for golden in found}


class Place:
    """A scene on a stage of its own. `moved` puts a prop elsewhere, by metres in its own axes, before it is built into the
    picture."""

    def __init__(self, setting: Setting, *, moved: tuple[str, Vec3] | None = None) -> None:
        self.setting = setting
        self.session = Session(load_scene(setting.scene, variants=(setting.variant,) if setting.variant else ()))
        self.session.step(0)
        self.world = self.session.world
        if moved is not None:
            name, by = moved
            self.world.places[name] = Transform(self.world.places[name].point(by), self.world.places[name].turn)
        self.stage = Stage()
        self.stage.host()
        self.view = View(self.session, self.stage)
        self.canvas = self.stage.open(Surface("buffer", SIZE, samples=4))

    def draw(self, golden: Golden) -> Pixels:
        """A picture as things are now, but for the sun."""
        assert golden.setting == self.setting
        sun = ("environment", "sun")
        before = self.world.properties.get(sun)
        if golden.sun is not None:
            self.world.properties[sun] = golden.sun
        self.view.update(0.0)
        if before is not None:
            self.world.properties[sun] = before
        return self.shoot(golden)

    def shoot(self, golden: Golden) -> Pixels:
        """A picture without asking the world again."""
        self.canvas.look([eye(self.session.world, self.session.scene.shots[golden.shot], SIZE)])
        self.stage.draw()
        return self.canvas.read()

    def close(self) -> None:
        """Give the stage back."""
        self.stage.close()


@contextmanager
def painter(setting: Setting) -> Iterator[Callable[[Golden], Pixels]]:
    """What draws the pictures of a setting."""
    page = p3d.load_prc_file_data("golden", "texture-anisotropic-degree 1")
    try:
        if setting.scene:
            with closing(Place(setting)) as place:
                yield place.draw
        elif not setting.prefab:
            yield lambda golden: held_picture(HELD)
        else:
            (card,) = find(setting.prefab)
            with closing(Studio(card)) as studio:
                yield lambda golden: studio.draw(studio.eye(SIZE), SIZE)
    finally:
        p3d.unload_prc_file(page)


@dataclass(frozen=True)
class Difference:
    """How two pictures differ, in steps of 255: at most, on average in the worst tile (its first row and column), and the tiles
    in which some pixel differs by more than FURTHEST."""

    most: int
    mean: float
    worst: tuple[int, int]
    stray: tuple[tuple[int, int], ...]

    @property
    def small(self) -> bool:
        """Whether both show the same."""
        return self.mean <= MEAN and len(self.stray) <= STRAY


def path_of(name: str) -> Path:
    """The file of a golden picture."""
    return FOLDER / f"{name}.webp"


def golden_picture(name: str) -> Pixels:
    """The picture as it is in the repository."""
    return np.asarray(Image.open(path_of(name)).convert("RGB"))


def difference(old: Pixels, new: Pixels) -> Difference:
    """Compare two pictures of one size, tile by tile."""
    off = np.abs(old.astype(int) - new)
    rows, columns = (range(0, length, TILE) for length in off.shape[:2])
    tiles = {(row, column): off[row : row + TILE, column : column + TILE] for row in rows for column in columns}
    means = {at: float(tile.mean()) for at, tile in tiles.items()}
    worst = max(means, key=means.__getitem__)
    stray = tuple(at for at, tile in tiles.items() if tile.max() > FURTHEST)
    return Difference(int(off.max()), means[worst], worst, stray)


def compare(name: str, new: Pixels, folder: Path) -> None:
    """Raise AssertionError if a picture differs from the golden one; what was expected, what was found and the difference are
    then in `folder`."""
    old = golden_picture(name)
    found = difference(old, new)
    if found.small:
        return
    off = np.clip(np.abs(old.astype(int) - new) * 8, 0, 255).astype(np.uint8)
    for word, picture in (("expected", old), ("found", new), ("difference", off)):
        Image.fromarray(picture).save(folder / f"{name}_{word}.png")
    row, column = found.worst
    raise AssertionError(
        f"{name} is another picture: on average {found.mean:.1f}/255 off in the tile at row {row}, column {column} (at most "
        f"{MEAN}), and more than {FURTHEST} in {len(found.stray)} tiles (at most {STRAY}): {_listed(found.stray)}. See "
        f"{folder}/{name}_expected.png, _found.png and _difference.png (8 times as strong). If it is meant, look at it and "
        f"redraw: python -m tests.view.golden.make {name}"
    )


def _listed(tiles: tuple[tuple[int, int], ...], most: int = 12) -> str:
    said = ", ".join(f"{row}:{column}" for row, column in tiles[:most])
    return said + (f" and {len(tiles) - most} more" if len(tiles) > most else "") or "none"
