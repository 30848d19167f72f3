"""Dark lines where things touch floor and walls, and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest

from engine.view.geometry.room import build_shell
from engine.view.indoor.contact import (
    MARGIN,
    Array,
    above,
    beside,
    contacts,
    depths,
    distances,
    gaps,
    hung,
    parted,
    reliefs,
    rims,
    screened,
    uncovered,
)
from engine.view.indoor.lightmap import lay_out
from engine.view.indoor.tracing import Tracer
from engine.view.stage import Stage
from tests.view.conftest import box
from tests.view.geometry.test_room import BAY

FACES = build_shell(BAY).faces
LAYOUT = lay_out(FACES)


def left(stage: Stage, low: tuple[float, float, float], high: tuple[float, float, float]) -> dict[str, Array]:
    """What a box leaves to each face of the bay, whose floor's middle is the origin."""
    mesh = box(low, high).mesh
    tracer = Tracer(stage, mesh.positions, mesh.triangles)
    away = distances(tracer, FACES, LAYOUT.shapes)
    found = contacts(FACES, away, reliefs(tracer, FACES, away, depths(tracer, FACES, away)))
    tracer.close()
    return {face.name: one * its for face, one, its in zip(FACES, found, screened(FACES, away), strict=True)}


@pytest.mark.gl
def test_a_thin_leg_stands_in_a_dark_ring_of_a_centimetre_or_two(stage: Stage) -> None:
    floor = left(stage, (-0.011, -0.011, 0.001), (0.011, 0.011, 0.6))["floor"]
    assert at(floor, 0.015, 0.0) < 0.75
    assert 0.5 < at(floor, 0.035, 0.0) < 0.97
    assert at(floor, 0.10, 0.0) > 0.94


def test_what_is_laid_on_a_floor_darkens_it_beside_and_not_beneath() -> None:
    """What stands on a rug is seen on the rug, which has the floor's light."""
    foot, rug = np.full((5, 5), 0.5, np.float32), np.full((5, 5), 0.4, np.float32)
    away = np.full((5, 5), np.inf, np.float32)
    away[1:4, 1:4] = 0.006
    found = beside([foot], [rug], [away])[0]
    assert found[2, 2] == pytest.approx(0.5)
    found[2, 2] = 0.2
    assert np.allclose(found, 0.2), "its rim too: next to the rug no light of its upper side lies on the floor"


def test_feet_on_a_rug_are_as_near_as_feet_on_a_floor_and_what_is_below_both_stays_there() -> None:
    rug = np.array([[0.0, 0.0, 0.0, np.inf]], np.float32)
    away = np.array([[0.012, 0.42, -0.5, 0.012]], np.float32)
    assert np.allclose(above([away], [rug])[0], [[0.0, 0.40, -0.5, 0.012]])


def test_a_rug_shades_a_line_beside_it_and_no_more() -> None:
    index = next(i for i, face in enumerate(FACES) if face.name == "floor")
    away = [np.full(shape, np.inf, np.float32) for shape in LAYOUT.shapes]
    rows, columns = LAYOUT.shapes[index]
    away[index][: rows // 2] = 0.0
    floor = rims(FACES, away)[index]
    near, soft, off = (float(floor[rows // 2 + round(metres * rows / 3.6), columns // 2]) for metres in (0.003, 0.03, 0.12))
    assert 0.2 < near < 0.5
    assert 0.75 < soft < 0.95
    assert off > 0.99


def at(floor: Array, x: float, y: float) -> float:
    """What is left at a spot of the bay's floor, 4.2 m by 3.6 m."""
    rows, columns = floor.shape
    return float(floor[int((y / 3.6 + 0.5) * rows), int((x / 4.2 + 0.5) * columns)])


@pytest.mark.gl
def test_a_foot_on_the_floor_stands_in_a_tight_dark_ring(stage: Stage) -> None:
    found = left(stage, (-0.02, -0.02, 0.001), (0.02, 0.02, 0.6))
    floor = found.pop("floor")
    assert 0.1 < at(floor, 0.0, 0.0) < 0.3, "dark, not black"
    assert at(floor, 0.028, 0.0) < 0.75
    assert at(floor, 0.0, -0.028) < 0.75
    assert at(floor, 0.2, 0.0) > 0.99
    assert all(one.min() > 0.99 for one in found.values()), "walls are far off"


@pytest.mark.gl
def test_what_hangs_on_a_wall_darkens_it_less_than_feet_do(stage: Stage) -> None:
    found = left(stage, (-0.3, 1.76, 1.2), (0.3, 1.80, 1.5))
    wall = found["north"]
    rows, columns = wall.shape
    over, under = (float(wall[int(height / 2.7 * rows), columns // 2]) for height in (1.53, 1.17))
    assert 0.15 < wall[: int(1.2 / 2.7 * rows)].min() < 0.5
    assert under < over - 0.1, "light comes from above"
    assert over > 0.98, "and lights the wall over what hangs there"
    assert (wall < 0.95).mean() < 0.06
    assert all(one.min() > 0.99 for name, one in found.items() if name != "north")


def test_what_is_deeper_shades_more_of_the_wall_below_it() -> None:
    wall = next(face for face in FACES if face.name == "north")
    shape = LAYOUT.shapes[FACES.index(wall)]
    off = np.zeros(shape, np.float32)
    rows, columns = (
        slice(int(share * count), int((share + 0.1) * count)) for share, count in zip((0.5, 0.4), shape, strict=True)
    )
    below = []
    for deep in (0.004, 0.015, 0.045):
        off[rows, columns] = deep
        left = hung(wall, off)
        below.append([float(left[rows.start - cells, (columns.start + columns.stop) // 2]) for cells in (1, 6, 12)])
        assert left[: rows.start - 30].min() > 0.99
        assert left[rows.stop + 3, columns].min() > 0.95, "light comes from above"
    assert (np.diff(np.array(below), axis=0) < 0.0).all()
    assert (np.diff(np.array(below), axis=1) > 0.0).all()
    assert below[0][0] < 0.9, "a thin sign has its line too"


@pytest.mark.gl
@pytest.mark.parametrize(("deep", "counts"), [(0.02, 0.02), (0.045, 0.045), (0.2, MARGIN)])
def test_what_hangs_on_a_wall_stands_off_it_as_far_as_it_is_deep(stage: Stage, deep: float, counts: float) -> None:
    hangs, before = box((-0.3, 1.8 - deep, 1.2), (0.3, 1.7995, 1.5)), box((-0.5, 1.4, 0.9), (0.5, 1.5, 1.45))
    points = np.concatenate([hangs.mesh.positions, before.mesh.positions])
    faces = np.concatenate([hangs.mesh.triangles, before.mesh.triangles + len(hangs.mesh.positions)]).astype(np.uint32)
    tracer = Tracer(stage, points, faces)
    away = distances(tracer, FACES, LAYOUT.shapes)
    off = dict(zip((face.name for face in FACES), reliefs(tracer, FACES, away, depths(tracer, FACES, away)), strict=True))
    tracer.close()
    rows, columns = off["north"].shape
    for height in (1.25, 1.48):
        assert off["north"][int(height / 2.7 * rows), columns // 2] == pytest.approx(counts, abs=2e-3), (
            "whatever stands before it"
        )
    assert off["north"][int(1.0 / 2.7 * rows), columns // 2] == 0.0, "that hangs on no wall"
    assert not off["floor"].any()


@pytest.mark.gl
@pytest.mark.parametrize(("deep", "apart"), [(0.02, True), (0.08, True), (0.2, False)])
def test_what_hangs_on_a_wall_is_parted_from_what_stands_before_it(stage: Stage, deep: float, apart: bool) -> None:
    hangs, plate = box((-0.3, 1.8 - deep, 1.2), (0.3, 1.7995, 1.5)), box((-0.29, 1.79, 1.21), (0.29, 1.799, 1.49))
    before = box((-0.5, 1.4, 0.9), (0.5, 1.5, 1.45))
    meshes = [hangs.mesh, plate.mesh, *([before.mesh] if apart else [])]
    first = np.cumsum([0, *(len(mesh.positions) for mesh in meshes)])
    faces = np.concatenate([mesh.triangles + start for mesh, start in zip(meshes, first[:-1], strict=True)]).astype(np.uint32)
    tracer = Tracer(stage, np.concatenate([mesh.positions for mesh in meshes]), faces)
    away = distances(tracer, FACES, LAYOUT.shapes)
    behind = gaps(tracer, FACES, away, depths(tracer, FACES, away))
    tracer.close()
    north = next(index for index, face in enumerate(FACES) if face.name == "north")
    spot = (int(1.3 / 2.7 * len(away[north])), away[north].shape[1] // 2)
    assert parted(away[north], behind[north])[spot] == apart, "nor is the back of a hollow thing from its own front"
    if apart:
        assert [float(one[spot]) for one in behind[north]] == pytest.approx([deep, 0.3], abs=2e-3)


@pytest.mark.gl
def test_what_stands_on_feet_throws_its_form_on_the_floor_softer_the_higher_it_is(stage: Stage) -> None:
    step, seat, bed, lamp = (left(stage, (-0.5, -0.5, up), (0.5, 0.5, up + 0.1)) for up in (0.1, 0.4, 0.7, 1.5))
    for one in (step, seat, bed):
        floor = one.pop("floor")
        assert 0.3 < at(floor, 0.0, 0.0) < 0.8, "dark, not black"
        assert at(floor, 0.9, 0.0) > 0.99
        assert all(its.min() > 0.99 for its in one.values()), "walls are far off"
        one["floor"] = floor
    edges = [np.abs(np.diff(one["floor"][one["floor"].shape[0] // 2])).max() for one in (step, seat, bed)]
    assert edges[0] > 1.5 * edges[1] > 2.0 * edges[2] > 0.0
    assert all(one.min() > 0.99 for one in lamp.values()), "high up it is the room's light that tells"


@pytest.mark.gl
def test_what_stands_before_a_wall_keeps_light_off_it_lower_down(stage: Stage) -> None:
    found = left(stage, (-0.2, 1.4, 1.2), (0.2, 1.6, 1.5))
    wall = found["north"]
    rows, columns = wall.shape
    over, behind, under, far = (float(wall[int(height / 2.7 * rows), columns // 2]) for height in (1.60, 1.3, 1.10, 0.6))
    assert over > 0.99
    assert behind < 0.9
    assert behind < under < 0.97
    assert far > 0.99


@pytest.mark.gl
def test_a_cable_before_a_wall_is_seen_all_along_it_and_where_it_begins_and_ends(stage: Stage) -> None:
    """It is thinner than the pixels of the pictures are apart that are taken of it."""
    cable = box((0.301, 1.595, 0.4), (0.307, 1.601, 1.6)).mesh
    tracer = Tracer(stage, cable.positions, cable.triangles)
    away = distances(tracer, FACES, LAYOUT.shapes)
    ends = depths(tracer, FACES, away)
    tracer.close()
    north = next(index for index, face in enumerate(FACES) if face.name == "north")
    rows = len(away[north])
    near, far = (one[north][int(0.42 / 2.7 * rows) : int(1.58 / 2.7 * rows)].min(1) for one in (away, ends))
    assert near == pytest.approx(0.199, abs=2e-3)
    assert far == pytest.approx(0.205, abs=2e-3)
    assert np.isfinite(away[north]).sum() < 3 * (1.25 / 2.7 * rows), "and is not taken to be wide"


@pytest.mark.gl
def test_where_a_thing_lies_on_a_face_nobody_sees_it_and_beside_it_one_does(stage: Stage) -> None:
    mesh = box((-0.5, -0.5, 0.001), (0.5, 0.5, 0.3)).mesh
    tracer = Tracer(stage, mesh.positions, mesh.triangles)
    away = distances(tracer, FACES, LAYOUT.shapes)
    tracer.close()
    floor = FACES.index(next(face for face in FACES if face.name == "floor"))
    sheet = LAYOUT.sheets()[floor]
    open_ = uncovered(away, LAYOUT.finer)[floor].reshape(sheet.rows, sheet.columns)
    assert not open_[sheet.rows // 2, sheet.columns // 2]
    assert open_.size - open_.sum() == pytest.approx(1.0 / sheet.texel**2, rel=0.05)
    assert all(one.all() for index, one in enumerate(uncovered(away, LAYOUT.finer)) if index != floor)
