"""The shadows that things throw in the light of lamps that stand still."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.spec.load import load_scene
from engine.view.geometry.mesh import Floats
from engine.view.geometry.room import build_shell
from engine.view.indoor.bake import bake
from engine.view.indoor.lightmap import lay_out
from engine.view.indoor.live import standing
from engine.view.indoor.radiosity import make_patches, solve
from engine.view.indoor.tracing import Tracer
from engine.view.stage import Stage
from engine.world import build
from tests.view.conftest import box
from tests.view.geometry.test_room import BAY
from tests.view.rooms import write_room

pytestmark = pytest.mark.gl

SHELL = build_shell(BAY)
FLOOR = next(face for face in SHELL.faces if face.name == "floor")


def on_floor(
    stage: Stage, low: tuple[float, float, float], high: tuple[float, float, float], bulb: float = 0.075
) -> tuple[Floats, Floats]:
    """What the bay's floor, rows x columns x channels, and a point in the air see past a box of a lamp 1.3 m over its middle,
    whose own parts are 0.15 m wide to each side."""
    mesh = box(low, high).mesh
    layout = lay_out([FLOOR])
    patches = {"bay": make_patches(SHELL, [])}
    solve(patches)
    tracer = Tracer(stage, mesh.positions, mesh.triangles)
    air = (np.zeros((1, 3), np.float32), np.array([[0.0, 0.0, 1.0]], np.float32))
    floor, free = bake(patches["bay"], [], tracer, [*layout.samples(), air], layout.sheets(), lamps=[(0.0, 0.0, 1.3, 0.15, bulb)])
    tracer.close()
    (sheet,) = layout.sheets()
    return floor.seen.reshape(sheet.rows, sheet.columns, -1), free.seen


def at(floor: Floats, x: float, y: float) -> float:
    """What is seen of the lamp from a spot of the bay's floor, 4.2 m by 3.6 m."""
    rows, columns, _ = floor.shape
    return float(floor[int((y / 3.6 + 0.5) * rows), int((x / 4.2 + 0.5) * columns), 0])


def test_a_seat_throws_a_soft_shadow_away_from_a_lamp(stage: Stage) -> None:
    floor, free = on_floor(stage, (0.4, -0.25, 0.4), (0.9, 0.25, 0.45))
    assert at(floor, 0.95, 0.0) < 0.05, "under the seat, and beyond it"
    assert at(floor, 0.4, 0.0) > 0.95, "the lamp is seen below its near edge"
    assert at(floor, -0.95, 0.0) > 0.99
    edge = [at(floor, 0.5 + 0.01 * step, 0.0) for step in range(20)]
    assert sum(0.1 < one < 0.9 for one in edge) >= 4, "as soft as the lamp is wide"
    assert (floor[..., 1:] == 1.0).all()
    assert (free == 1.0).all(), "what moves is lit by all of the lamp"


def test_a_lamps_own_shade_hides_nothing_of_its_light(stage: Stage) -> None:
    floor, _ = on_floor(stage, (-0.14, -0.14, 1.2), (0.14, 0.14, 1.42))
    assert floor.min() > 0.99


def test_shadows_are_as_soft_as_the_bulb_is_wide(stage: Stage) -> None:
    edges = []
    for bulb in (0.03, 0.12):
        floor, _ = on_floor(stage, (0.4, -0.25, 0.4), (0.9, 0.25, 0.45), bulb)
        edge = [at(floor, 0.3 + 0.02 * step, 0.0) for step in range(25)]
        edges.append(sum(0.1 < one < 0.9 for one in edge))
    assert edges[1] >= 2 * edges[0]


def test_lamps_that_no_hand_can_take_stand_still_the_brightest_first(tmp_path: Path) -> None:
    props = "dim: {use: floor_lamp, at: [1 m, 1 m], flux: 100 lm}\n  bright: {use: floor_lamp, at: [-1 m, 1 m], flux: 300 lm}"
    found = standing(build(load_scene(write_room(tmp_path / "room.yaml", props=props))))
    assert list(found) == ["bright", "dim"]
    assert found["dim"] == pytest.approx((1.0, 1.0, 1.36, 0.166, 0.03))
