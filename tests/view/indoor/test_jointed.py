"""The light of parts that joints move, at the other end of what their joints slide along."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.view.geometry.mesh import HERE
from engine.view.indoor.jointed import lightest
from engine.view.indoor.pieces import Piece
from tests.view.conftest import box
from tests.view.rooms import CUPBOARD, Bay, write_room


def piece(slid: bool) -> Piece:
    part = box((0.0, 0.0, 0.0), (1.0, 1.0, 1.0))
    return Piece(part.mesh, HERE[0], HERE[0], None, None, "room", True, HERE[0] if slid else None)  # type: ignore[arg-type]


def test_what_slides_has_the_lighter_of_both_ends_and_the_rest_its_own() -> None:
    stays, slides = piece(slid=False), piece(slid=True)
    slope = np.linspace(0.0, 2.0, 8).astype(np.float32)
    light = [np.full((8, 4), lux, np.float32) for lux in (5.0, 1.0)] + [np.repeat(slope[:, None], 4, axis=1)]
    (bounce, seen), (far, sight) = lightest([stays, slides], [slides], light, [each * np.float32(0.1) for each in light])
    assert (bounce == 5.0).all()
    assert (seen == 0.5).all()
    assert far[:, 0] == pytest.approx(np.maximum(1.0, slope))
    assert sight == pytest.approx(0.1 * far)


@pytest.mark.gl
def test_a_drawer_that_is_pulled_out_is_light_inside(tmp_path: Path) -> None:
    bay = Bay.of(write_room(tmp_path / "scene.yaml", props=CUPBOARD))
    units = bay.world.places["units"]
    bay.world.properties["units", "drawer"] = 0.35
    bay.view.update(0.0)
    eye = units.point((0.1, 1.1, 1.5))
    inside, worktop = bay.linear(eye, units.point((0.4, 0.45, 0.75)))[1], bay.linear(eye, units.point((0.0, 0.0, 0.9)))[1]
    bay.stage.close()
    assert 0.1 * worktop < inside < worktop
