"""What Panda3D remembers of things that move is given back while a session runs, not at its end."""

from __future__ import annotations

import panda3d.core as p3d
import pytest

from engine.view.stage import COLLECTS, Stage

pytestmark = pytest.mark.gl


def test_something_that_moves_leaves_no_states_behind() -> None:
    stage = Stage()
    stage.host()
    node = stage.root.attach_new_node("moves")
    most = []
    for frame in range(10 * COLLECTS):
        node.set_pos_hpr(frame, 0.0, 0.0, frame, 0.0, 0.0)
        node.set_shader_input("shade", float(frame))
        node.get_mat(stage.root)
        node.get_net_state()
        stage.draw()
        most.append((p3d.TransformState.get_num_states(), p3d.RenderState.get_num_states()))
    stage.close()
    early, late = most[: 3 * COLLECTS], most[-3 * COLLECTS :]
    for kind in range(2):
        assert max(one[kind] for one in late) <= max(one[kind] for one in early) + COLLECTS
