"""A ball of glass that shines, as it is drawn: its rim bends what is behind it, through its middle one looks."""

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.view.geometry.geoms import attach
from engine.view.geometry.looks import Looks
from engine.view.geometry.mesh import HERE, Material, Part
from engine.view.geometry.rocks import icosphere
from engine.view.geometry.surfaces import make_mesh
from engine.view.loads import light_up
from engine.view.render.clear import add_clear
from engine.view.stage import Stage
from headset.driver import Surface
from headset.offscreen import look
from tests.view.conftest import box

pytestmark = pytest.mark.gl

PLACE = np.eye(4, dtype=np.float32)
MIDDLE, RADIUS = np.array((0.0, 2.0, 0.0)), 0.4
GLASS = Material("glass", (0.9, 0.9, 0.9, 0.2), roughness=0.1, emissive=(0.5, 0.5, 0.5), alpha="blend")


def ball() -> Part:
    """A ball 2 m before the eye."""
    points, faces = icosphere(3)
    return Part("ball", make_mesh(GLASS, points * RADIUS + MIDDLE, faces, normals=points), HERE)


def column(stage: Stage, wall: float) -> NDArray[np.float64]:
    """How bright the picture is down its middle, 128 rows, before a wall of a grey; the ball takes up rows 15 to 113."""
    light_up(stage)
    attach(stage.root, [(box((-4.0, 4.0, -4.0), (4.0, 4.1, 4.0), (wall, wall, wall)), PLACE)], Looks(), stage.know_copies)
    add_clear(stage.root, ball(), PLACE)
    canvas = stage.open(Surface("buffer", (128, 128), samples=0))
    canvas.look([look((0.0, 0.0, 0.0), fov_deg=30, aspect=1.0)])
    stage.draw()
    pixels = canvas.read().astype(np.float64)[:, 62:66]
    canvas.close()
    return np.asarray(pixels.mean(axis=(1, 2)))


def test_its_rim_shows_the_world_upside_down_whatever_is_behind_it(stage: Stage) -> None:
    dark = column(stage, 0.02)
    assert dark[106:111].mean() > dark[17:22].mean() + 10, "the sky below, the water above"


def test_one_sees_through_its_middle_and_not_through_its_rim() -> None:
    walls = []
    for grey in (0.02, 0.9):
        stage = Stage()
        stage.host()
        walls.append(column(stage, grey))
        stage.close()
    change = walls[1] - walls[0]
    assert change[58:70].mean() > 1.6 * max(change[106:111].mean(), change[17:22].mean())
