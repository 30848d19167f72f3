"""A city at dusk outside a window: houses that stand on their street, windows that shine one by one, haze far off."""

import numpy as np

from engine.view.geometry.city import AIR, CLEAR, EYE, STREET, aired, city_parts
from engine.view.geometry.facades import CELLS, PLAIN, ROWS, TEXELS

HOUSES, SKY = city_parts()
PICTURE = HOUSES.mesh.material.colour_map


def test_houses_stand_on_the_street_and_leave_it_free() -> None:
    points = HOUSES.mesh.positions
    assert abs(points[:, 2].min() + EYE) < 1e-5
    walls = points[points[:, 2] > 6.5 - EYE]
    assert walls[:, 1].min() > STREET[1] - 1.0, "nothing as high as a house stands in the street"
    assert (walls[:, 2] > 3.0).any(), "some are higher than the window"
    ahead = walls[(np.abs(walls[:, 0]) < 20.0) & (walls[:, 1] < 60.0)]
    assert (ahead[:, 2] < 5.5).all(), "the skyline is seen over the houses across the street"


def test_every_surface_that_is_drawn_faces_the_window() -> None:
    mesh = HOUSES.mesh
    corners = mesh.positions[mesh.triangles].astype(float)
    faces = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    fronts = np.abs(faces[:, 1]) > 0.99 * np.linalg.norm(faces, axis=1)
    assert (faces[fronts, 1] < 0.0).all()
    flat = faces[:, 2] > 0.99 * np.linalg.norm(faces, axis=1)
    assert flat.sum() > 100
    assert not (faces[:, 2] < -0.99 * np.linalg.norm(faces, axis=1)).any(), "no underside"


def test_far_off_things_fade_into_the_air() -> None:
    near, far = np.array(aired(np.zeros(3), 30.0)), np.array(aired(np.zeros(3), 5.0 * CLEAR))
    assert (far > 5.0 * near).all()
    light, depth = HOUSES.mesh.colours[:, :3].astype(float), HOUSES.mesh.positions[:, 1]
    off = [np.abs(light[(depth > low) & (depth < high)] - AIR).mean() for low, high in ((34.0, 50.0), (320.0, 400.0))]
    assert off[1] < 0.4 * off[0], "what is far has the colour of the air"


def test_some_windows_shine_in_every_kind_of_house_and_no_wall_does() -> None:
    assert PICTURE is not None
    shines = np.asarray(PICTURE[..., 3] > 128)
    rows = np.add.reduce(shines.reshape(CELLS, TEXELS, CELLS, TEXELS), axis=(1, 3)) > 0
    for kind, (first, count) in ROWS.items():
        lit = rows[first : first + count].mean()
        assert lit == 0.0 if kind == "blank" else 0.05 < lit < 0.95, kind
    u, v = PLAIN
    size = CELLS * TEXELS
    assert not shines[int((1.0 - v) * size) - 1, int(u * size)]
    panes = PICTURE[:, :, :3][shines].astype(float)
    assert panes.std() > 15.0, "each household has its own lamp"
