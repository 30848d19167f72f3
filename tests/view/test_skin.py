"""What light goes into, as skin: it comes out again a little way off, red farther than blue, and none is gained by it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assets.generators.gltf_write import write_glb
from assets.generators.shapes import shape
from engine.view.geometry.geoms import attach
from engine.view.geometry.looks import Looks
from engine.view.geometry.mesh import HERE, Material, Part
from engine.view.geometry.rocks import icosphere
from engine.view.geometry.surfaces import make_mesh
from engine.view.loads import light_up
from engine.view.srgb import decode
from engine.view.stage import Stage
from headset.driver import Surface
from headset.offscreen import look
from tests.view.rooms import Bay, write_room

pytestmark = pytest.mark.gl

GREY = (0.4, 0.4, 0.4, 1.0)
FLESH = (0.00367, 0.00137, 0.00068)
RADIUS = 0.4
Picture = NDArray[np.float64]


def outdoors(scatter: tuple[float, float, float], bumps: NDArray[np.uint8] | None = None) -> Picture:
    """A ball in the low sun and under the sky, seen from where the sun is abeam; linear."""
    points, faces = icosphere(4)
    turns = np.column_stack([np.arctan2(points[:, 0], points[:, 1]), points[:, 2]])
    material = Material("ball", GREY, roughness=0.6, scatter=scatter, normal_map=bumps)
    ball = Part("ball", make_mesh(material, points * RADIUS + (0.0, 2.0, 0.0), faces, normals=points, uvs=turns), HERE)
    stage = Stage()
    stage.host()
    light_up(stage)
    attach(stage.root, [(ball, np.eye(4, dtype=np.float32))], Looks(lamps=0, land=False), stage.know_copies)
    canvas = stage.open(Surface("buffer", (128, 128), samples=0))
    canvas.look([look((0.0, 0.0, 0.0), fov_deg=22, aspect=1.0)])
    stage.draw()
    pixels = canvas.read()[14:114, 14:114, :3]
    canvas.close()
    stage.close()
    return np.asarray(decode(pixels / 255.0))


def indoors(folder: Path, scatter: tuple[float, float, float]) -> Picture:
    """A ball that stands under a room's lamp, beside it; linear."""
    round_, faces = icosphere(3)
    points = round_.astype(np.float64)
    ball = shape(points * RADIUS + (0.0, RADIUS, 0.0), faces.astype(np.int64), points, points[:, :2])
    folder.mkdir()
    write_glb("ball", {"ball": [(Material("ball", GREY, roughness=0.6, scatter=scatter), ball)]}, folder)
    room = Bay.of(write_room(folder / "room.yaml", props="ball: {use: ball.glb, at: [0 m, 1 m]}"))
    pixels = room.picture(room.eye((0.0, -1.0, 0.6), (0.0, 1.0, 0.4), (0.25, 0.1875)))
    room.view.close()
    room.stage.close()
    return np.asarray(decode(pixels[..., :3] / 255.0))


def ripples() -> NDArray[np.uint8]:
    """Normals of small furrows, four texels wide."""
    made = np.full((8, 8, 3), (128, 128, 235), np.uint8)
    made[:, ::2, 0], made[:, 1::2, 0] = 60, 196
    return np.repeat(np.repeat(made, 4, 0), 4, 1)


def test_out_of_doors_light_ends_softly_and_redder_and_is_not_more() -> None:
    stone, flesh = outdoors((0.0, 0.0, 0.0)), outdoors(FLESH)
    gain = flesh - stone
    assert gain[..., 0].max() > 2.0 * max(gain[..., 2].max(), 0.002), "red light comes round, blue hardly"
    assert (flesh.mean(axis=(0, 1)) < 1.06 * stone.mean(axis=(0, 1))).all()


def test_what_is_finer_than_its_light_spreads_red_light_does_not_show() -> None:
    def rough(scatter: tuple[float, float, float]) -> Picture:
        """By how much furrows change the ball, as a share, by colour."""
        furrowed, plain = outdoors(scatter, ripples()), outdoors(scatter)
        return np.asarray(np.abs(furrowed - plain).mean(axis=(0, 1)) / plain.mean(axis=(0, 1)))

    left = rough(FLESH) / rough((0.0, 0.0, 0.0))
    assert left[0] < 0.8 * left[2]
    assert left[2] < 1.0


def test_in_a_room_its_shaded_side_is_redder_and_its_lit_side_is_not_lighter(tmp_path: Path) -> None:
    stone, flesh = indoors(tmp_path / "stone", (0.0, 0.0, 0.0)), indoors(tmp_path / "flesh", FLESH)
    warmth = (flesh[..., 0] / flesh[..., 2]) / (stone[..., 0] / stone[..., 2])
    assert np.quantile(warmth, 0.98) > 1.08
    assert (flesh.mean(axis=(0, 1)) < 1.04 * stone.mean(axis=(0, 1))).all()
