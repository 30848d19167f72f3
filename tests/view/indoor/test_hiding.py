"""What hides light: solid things, clear ones a little, panes in walls not; and what lies flat is told from what stands."""

from __future__ import annotations

import numpy as np
import panda3d.core as p3d
import pytest

from engine.view.geometry.looks import Look
from engine.view.geometry.mesh import HERE, Material, Mesh, Part
from engine.view.geometry.room import build_shell
from engine.view.indoor.hiding import clear_in, is_wire, lies_flat, things_of
from engine.view.indoor.pieces import Piece
from engine.view.indoor.tracing import NOTHING, THIRD, Tracer, directions, spot_from
from engine.view.stage import Stage
from tests.view.conftest import box
from tests.view.geometry.test_room import BAY

SHELL = build_shell(BAY)
Low = tuple[float, float, float]


def piece(mesh: Mesh, parent: p3d.NodePath | None = None) -> Piece:
    unit = np.eye(4, dtype=np.float32)
    return Piece(mesh, unit, unit, parent, Look(mesh.material, True, p3d.NodePath("look")), "bay", True)


def flat(low: Low, high: Low, parent: p3d.NodePath | None = None) -> bool:
    one = piece(box(low, high).mesh, parent)
    return lies_flat(one, one.stood()[0], SHELL)


def test_a_rug_lies_flat_and_a_foot_a_step_and_what_a_joint_moves_do_not() -> None:
    assert flat((-0.8, -0.5, 0.0), (0.8, 0.5, 0.008))
    assert not flat((-0.02, -0.02, 0.0), (0.02, 0.02, 0.008)), "a foot"
    assert not flat((-0.8, -0.5, 0.0), (0.8, 0.5, 0.08)), "a step"
    assert not flat((-0.8, -0.5, 0.0), (0.8, 0.5, 0.008), p3d.NodePath("flap"))
    assert not flat((1.9, -0.5, 0.0), (2.3, 0.5, 0.008)), "it reaches out of the room"


def test_a_strap_is_a_wire_and_a_stone_and_a_sheet_of_paper_are_not() -> None:
    assert is_wire(box((0.0, 0.0, 0.0), (0.3, 0.005, 0.003)).mesh)
    assert not is_wire(box((0.0, 0.0, 0.0), (0.05, 0.04, 0.02)).mesh)
    assert not is_wire(box((0.0, 0.0, 0.0), (0.2, 0.3, 0.001)).mesh)


def clear_box(low: Low, high: Low, **more: object) -> Part:
    mesh = box(low, high).mesh
    material = Material("clear", alpha="blend", **more)  # type: ignore[arg-type]
    fields = {name: getattr(mesh, name) for name in ("positions", "normals", "tangents", "uvs", "colours", "triangles")}
    return Part("clear", Mesh(material, **fields), HERE)


def test_a_clear_bag_hides_light_and_a_pane_in_a_wall_and_a_flame_do_not() -> None:
    unit = np.eye(4, dtype=np.float32)
    assert len(clear_in(SHELL, clear_box((0.0, 0.0, 1.0), (0.1, 0.1, 1.2)), unit)) == 1
    assert clear_in(SHELL, clear_box((2.12, -0.5, 1.0), (2.15, 0.5, 1.9)), unit) == []
    assert clear_in(SHELL, clear_box((0.0, 0.0, 1.0), (0.1, 0.1, 1.2), emissive=(1.0, 0.6, 0.2)), unit) == []


@pytest.mark.gl
def test_what_is_clear_hides_light_from_every_third_spot_and_what_is_laid_from_none(stage: Stage) -> None:
    solid, clear, laid = (box((x, -0.1, 1.0), (x + 0.2, 0.1, 1.2)).mesh for x in (-0.5, 0.0, 0.5))
    things = things_of(*([(mesh.positions, mesh)] for mesh in (solid, clear, laid)))
    tracer = Tracer(stage, things.points, things.solid, things.clear)
    spots = [spot_from(np.array((0.0, 0.0, 1.0)), (-1, -1, 0), (1, 1, 2)) for _ in directions(16)]
    for asked in (False, True):
        for index, picture in enumerate(tracer.pictures(spots, clear=asked)):
            seen = picture < NOTHING
            rows = np.nonzero(seen.any(1))[0] / picture.shape[0]
            wide = float(np.ptp(rows))
            assert (wide > 0.2) == (asked and index % THIRD == 0)
            assert wide < 0.32, "nothing is laid in a tracer's way"
    tracer.close()
