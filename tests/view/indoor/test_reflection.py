"""What smooth things show of their room."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.view.indoor.reflection import blank
from tests.view.indoor.test_sunbeam import made
from tests.view.rooms import Bay


@pytest.mark.gl
@pytest.mark.slow
def test_a_window_pane_mirrors_the_room_by_both_of_its_faces(tmp_path: Path) -> None:
    bay = Bay(made(tmp_path, "north", "city_dusk"))
    try:
        house = bay.view.house
        assert house is not None
        node, at = house.node("room"), ((0.0, 0.5, 1.25), (0.0, 2.0, 1.25))
        wall = bay.linear((0.0, 0.0, 1.25), (0.0, -2.0, 1.25))
        probe = node.get_shader_input("probe").get_texture()
        seen = []
        for each in (probe, blank("nothing")):
            node.set_shader_input("probe", each)
            seen.append(bay.linear(*at))
        node.set_shader_input("probe", probe)
        mirrored = seen[0] - seen[1]
        # 4 % at each face, straight on, to and fro between them.
        assert np.allclose(mirrored, wall * 0.08 / 1.04, rtol=0.25)
    finally:
        bay.stage.close()
