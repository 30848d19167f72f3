"""What one sees on a lake: rings where a fish rose, breaths of air, the image of what shines, the shade of what floats."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.view.geometry.mesh import HERE, Material, Part
from engine.view.geometry.rocks import icosphere
from engine.view.geometry.surfaces import make_mesh
from engine.view.render.clear import add_clear
from engine.view.render.light import Light
from engine.view.stage import Stage
from headset.driver import View
from headset.offscreen import look
from tests.view.test_stage import furnish, picture

pytestmark = pytest.mark.gl

PLACE = np.eye(4, dtype=np.float32)
SQUARE, PAUSE, WIDEST, LUCK = 9.0, 14.0, 3.0, 51
"""As `rings` in ripples.glsl has them: metres, seconds, metres."""


def scattered(*numbers: int) -> Sequence[int]:
    """pcg3d, as in ripples.glsl."""
    v = [(number * 1664525 + 1013904223) & 0xFFFFFFFF for number in numbers]
    for mixed in (False, True):
        if mixed:
            v = [each ^ (each >> 16) for each in v]
        for at, (a, b) in enumerate(((1, 2), (2, 0), (0, 1))):
            v[at] = (v[at] + v[a] * v[b]) & 0xFFFFFFFF
    return v


def risen(seconds: float) -> list[tuple[float, float, float]]:
    """Where fish have risen in the water near by, x and y, and how many seconds ago."""
    found = []
    for i in range(-3, 3):
        for j in range(1, 4):
            clock = seconds / PAUSE + (scattered(i & 0xFFFFFFFF, j, LUCK)[0] >> 8) / 16777216
            x, y, there = ((each >> 8) / 16777216 for each in scattered(i & 0xFFFFFFFF, j, int(clock) + LUCK + 1))
            if there <= 0.475:
                free = SQUARE - 2.0 * WIDEST
                found.append(((i + 0.5) * SQUARE + free * (x - 0.5), (j + 0.5) * SQUARE + free * (y - 0.5), clock % 1.0 * PAUSE))
    return found


def above(x: float, y: float) -> View:
    """Seen from 8 m over a spot, 6 m wide."""
    return View((x, y, 8.0), (np.sqrt(0.5), -np.sqrt(0.5), 0, 0), (-0.375, 0.375, -0.375, 0.375))


def ringed(pixels: NDArray[np.uint8]) -> float:
    """How much brighter and darker than what is beside it a picture is from its middle outwards, all round."""
    tone = pixels.astype(float).mean(axis=2)
    v, u = np.mgrid[0 : tone.shape[0], 0 : tone.shape[1]] - (np.array(tone.shape) - 1.0)[:, None, None] / 2.0
    # The side that looks to the sun is light where the other is dark.
    away, sunny = np.hypot(u, v).astype(int), (u * -0.87 + v * -0.5) > 0.0
    half = tone.shape[0] // 2
    rows = [np.bincount(away[side], tone[side])[4:half] / np.bincount(away[side])[4:half] for side in (sunny, ~sunny)]
    return float(np.mean([np.abs(np.diff(row, 2)).mean() for row in rows]))


def test_rings_spread_where_a_fish_rose_and_are_gone_before_the_next(stage: Stage) -> None:
    light = furnish(stage)
    x, y, age = next(each for each in risen(20.0) if 2.0 < each[2] < 6.0)
    light.set_time(20.0)
    there = ringed(picture(stage, above(x, y), size=(240, 240)))
    light.set_time(20.0 - age + 13.5)
    assert there > 1.4 * ringed(picture(stage, above(x, y), size=(240, 240)))


def test_breaths_of_air_touch_the_lake_in_patches(stage: Stage) -> None:
    furnish(stage)
    pixels = picture(stage, look((0.0, 4.0, 1.5), fov_deg=60, aspect=2.0), size=(480, 240)).astype(float).mean(axis=2)
    # From 15 to 60 m, each row by itself: what is left of its mean over some metres is a patch, not a wave.
    rows = pixels[126:141]
    wide = np.stack([np.convolve(row, np.ones(40) / 40.0, "valid") for row in rows])
    assert np.ptp(wide, axis=1).max() > 6.0


def test_what_shines_over_the_water_shines_in_it(stage: Stage) -> None:
    furnish(stage)
    ahead = look((0.0, 4.0, 1.5), fov_deg=40, aspect=1.0)
    dark = picture(stage, ahead, size=(160, 160)).astype(float)
    points, faces = icosphere(3)
    glow = Material("glow", (1.0, 0.9, 0.8, 0.1), roughness=1.0, emissive=(1.0, 0.74, 0.4), alpha="blend")
    add_clear(stage.root, Part("ball", make_mesh(glow, 0.6 * points + (0.0, 14.0, 1.2), faces, normals=points), HERE), PLACE)
    change = picture(stage, ahead, size=(160, 160)).astype(float) - dark
    # It stands 1.7 degrees below the horizon; its image as far below that as it stands over the water.
    image = change[134:152, 72:88].mean(axis=(0, 1))
    assert image[0] > 12.0, "bright"
    assert image[0] > 1.2 * image[2], "and warm"
    assert np.abs(change[134:152, :16]).mean() < 0.25 * image[0], "beside it nothing has changed"


@pytest.mark.parametrize(("far", "least", "most"), [(4.0, 0.0, 40.0), (150.0, 60.0, 255.0)])
def test_a_shade_far_off_fades_into_the_air(stage: Stage, far: float, least: float, most: float) -> None:
    light = Light(stage.root, fog="dense")
    light.set_sun(35.0)
    pixels = np.zeros((4, 4, 4), np.uint8)
    pixels[..., 3] = 255
    shade = Material("shade", (0.0, 0.0, 0.0, 1.0), alpha="blend", unlit=True, colour_map=pixels)
    half = 0.1 * far
    corners = np.array([(x, far, z) for z in (2.0 - half, 2.0 + half) for x in (-half, half)])
    uvs = np.array(((0.1, 0.1), (0.9, 0.1), (0.1, 0.9), (0.9, 0.9)))
    faces = np.array(((0, 1, 3), (0, 3, 2)))
    mesh = make_mesh(shade, corners, faces, normals=np.tile((0.0, -1.0, 0.0), (4, 1)), uvs=uvs)
    add_clear(stage.root, Part("shade", mesh, HERE), PLACE)
    tone = picture(stage, look((0.0, 0.0, 2.0), fov_deg=15, aspect=1.0), size=(64, 64))[30:34, 30:34].mean()
    assert least <= tone <= most
