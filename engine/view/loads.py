"""Synthetic loads for measuring: boxes on a square raster before the eye, 12 triangles each, of one material, in the sun.

`tests/bench/peers/page.js` builds the same in three.js.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.view.geometry.geoms import attach
from engine.view.geometry.looks import Looks
from engine.view.geometry.mesh import HERE, Floats, Material, Mesh, Part
from engine.view.movers import Movers, Properties
from engine.view.render.light import Light
from engine.view.render.shadow import Shadows
from engine.view.stage import Stage
from engine.world.vectors import Transform

WIDE, AWAY = 0.6, 1.0
"""Metres of the whole raster, and from the eye to it."""

FILLED = 0.7
"""Width of a box as a share of its place in the raster."""

GREY = Material("grey", (0.5, 0.5, 0.5, 1.0), 0.0, 0.6)


def put_static(stage: Stage, count: int) -> None:
    """So many things that stand still, as a scene's own are put there: each a part with a place of its own."""
    looks, part = Looks(lamps=0, land=False), _part(count)
    attach(stage.root, [(part, _place(at)) for at in _raster(count)], looks, stage.know_copies)


def put_movable(stage: Stage, count: int) -> Callable[[], None]:
    """So many things that can move, as a scene's own are; a call moves all of them a millimetre to or fro: each is given a new
    place, as a session gives it, and the picture follows."""
    looks, part = Looks(lamps=0, land=False), _part(count)
    raster = {f"movable_{number}": at for number, at in enumerate(_raster(count))}
    places = {name: Transform(at) for name, at in raster.items()}
    present: Properties = {(name, "present"): True for name in raster}
    movers = Movers(stage.root, list(raster), [part], looks, stage.know_copies)
    step = 0.0

    def move() -> None:
        nonlocal step
        step = 0.001 - step
        for name, (x, y, z) in raster.items():
            places[name] = Transform((x, y + step, z))
        movers.follow(places, present)

    return move


def light_up(stage: Stage) -> tuple[Light, Shadows]:
    """The sun and sky of a clear day over the load, its shadows drawn once; hold what is given as long as anything is drawn."""
    light, shadows = Light(stage.root), Shadows(stage)
    light.set_sun(40.0)
    for _ in range(2):  # The second time nothing has changed, and the shadow maps are left alone from then on.
        shadows.follow(light.direction, 40.0, (0.0, 0.0, 0.0), False)
        stage.draw()
    return light, shadows


def _raster(count: int) -> list[tuple[float, float, float]]:
    side = int(np.ceil(np.sqrt(count)))
    step = WIDE / side
    middle = (side - 1) / 2
    return [((number % side - middle) * step, AWAY, (number // side - middle) * step) for number in range(count)]


def _place(at: tuple[float, float, float]) -> Floats:
    place = np.eye(4, dtype=np.float32)
    place[:3, 3] = at
    return place


def _part(count: int) -> Part:
    """A box, its faces apart: 24 vertices, 12 triangles."""
    half = WIDE / int(np.ceil(np.sqrt(count))) * FILLED / 2
    corners, normals, along = [], [], []
    for axis in range(3):
        for sign in (-1.0, 1.0):
            out, u = np.zeros(3), np.zeros(3)
            out[axis], u[(axis + 1) % 3] = sign, 1.0
            v = np.cross(out, u)
            corners += [(out + a * u + b * v) * half for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
            normals += [out] * 4
            along += [np.append(u, 1.0)] * 4
    first = np.arange(0, len(corners), 4, dtype=np.uint32)[:, None]
    triangles = np.concatenate([first + np.array((0, 1, 2), np.uint32), first + np.array((0, 2, 3), np.uint32)])
    mesh = Mesh(
        GREY,
        np.array(corners, np.float32),
        np.array(normals, np.float32),
        np.array(along, np.float32),
        np.zeros((len(corners), 2), np.float32),
        np.ones((len(corners), 4), np.float32),
        triangles,
    )
    return Part("box", mesh, HERE)
