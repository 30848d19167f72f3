"""What smooth things show of their room."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import panda3d.core as p3d
import pytest
from numpy.typing import NDArray

from engine.view.geometry.outside import SIGHTS
from engine.view.indoor.reflection import LEVELS, SIDE, blank, doubled, mirrored
from tests.view.indoor.test_sunbeam import made
from tests.view.rooms import Bay


def test_what_is_blurred_is_found_coarsely_and_evened_between() -> None:
    steps = np.zeros((6, 4, 4, 3), np.float32) + np.arange(4.0, dtype=np.float32)[:, None]
    fine = doubled(steps)
    assert fine.shape == (6, 8, 8, 3)
    assert np.allclose(fine[0, 0, :, 0], (0.0, 0.25, 0.75, 1.25, 1.75, 2.25, 2.75, 3.0))
    assert np.allclose(doubled(np.swapaxes(steps, 1, 2)), np.swapaxes(fine, 1, 2))
    even = mirrored(np.full((6, SIDE, SIDE, 3), 7.0, np.float32))
    assert [each.shape[1] for each in even] == [SIDE >> level for level in range(LEVELS)]
    assert all(np.allclose(each, 7.0, rtol=1e-4) for each in even)


@pytest.mark.gl
@pytest.mark.slow
def test_a_window_pane_mirrors_the_room_by_all_its_faces_and_less_before_a_bright_view(tmp_path: Path) -> None:
    bay = Bay(made(tmp_path, "north", "city_dusk"))
    try:
        house = bay.view.house
        assert house is not None
        node, at = house.node("room"), ((0.0, 0.5, 1.25), (0.0, 2.0, 1.25))
        wall = bay.linear((0.0, 0.0, 1.25), (0.0, -2.0, 1.25))
        probe = node.get_shader_input("probe").get_texture()

        def mirrored() -> NDArray[np.float64]:
            seen = []
            for each in (probe, blank("nothing")):
                node.set_shader_input("probe", each)
                seen.append(bay.linear(*at))
            node.set_shader_input("probe", probe)
            return seen[0] - seen[1]

        dusk, room = mirrored(), house.rooms["room"]
        for index, panel in enumerate(room.panels[: room.live]):
            if panel.luminance:
                room.light.set_element(index, p3d.LVecBase4f(0))
        night = mirrored()
        # 4 % at each face, straight on, to and fro between them; and so again between both sheets of double glazing.
        sheet = 0.08 / 1.04
        assert np.allclose(night, wall * 2 * sheet / (1 + sheet), rtol=0.25)
        assert (dusk < 0.5 * night).all(), "who looks out sees the view"
    finally:
        bay.stage.close()


@pytest.mark.gl
@pytest.mark.slow
def test_a_sight_is_mirrored_as_bright_as_it_is_and_shown_as_bright_as_a_display_can(tmp_path: Path) -> None:
    bay = Bay(made(tmp_path))
    try:
        lawn = bay.stage.root.find("**/lawn")
        base = lawn.get_shader_input("base")
        lit, shining, mirrored, _ = base.get_vector()
        assert mirrored == SIGHTS["garden"].mirrored > 1.0
        through = ((-0.5, 0.0, 1.6), (-2.0, 0.0, 1.25))
        bright, shown = bay.linear(*through), bay.picture(bay.eye(*through))
        lawn.set_shader_input("base", p3d.LVecBase4f(lit, shining, 1.0, 0.0))
        assert bright[1] == pytest.approx(mirrored * bay.linear(*through)[1], rel=0.15), "but for what the pane mirrors"
        assert np.abs(bay.picture(bay.eye(*through)).astype(int) - shown).max() <= 1
    finally:
        bay.stage.close()
