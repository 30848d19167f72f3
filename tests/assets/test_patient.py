"""The patient: of human measure, at rest on the cloth, older with the years, and connected whichever way the bed is set."""

from collections.abc import Mapping
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from assets.generators import figure, visage
from assets.generators.patient_lines import tops
from assets.generators.shapes import shape
from engine.library import assets_folder
from engine.spec.diagnostics import Span
from engine.spec.expression import Value
from engine.spec.findings import Findings
from engine.spec.prefabs import Prefabs
from engine.view.geometry.mesh import Part
from engine.view.geometry.parts import build_parts

Points = NDArray[np.float64]
STATURE = 1.70


@cache
def _grown(age: int) -> tuple[Part, ...]:
    card = Prefabs([assets_folder() / "prefabs"], Findings()).find("adult", Span("tests", 0, 0, 0, 0))
    assert card is not None
    said: Mapping[str, Value] = {"age": float(age)}
    return tuple(build_parts(card, said))


def _of(name: str, material: str) -> Part:
    return next(part for part in _grown(40) if part.name == name and part.mesh.material.name == material)


@pytest.mark.parametrize("side", [1, -1])
def test_arms_have_the_lengths_of_their_source_and_wrists_are_hardly_bent(side: int) -> None:
    upper, fore = figure.ELBOW[side] - figure.SHOULDER[side], figure.WRIST[side] - figure.ELBOW[side]
    assert np.linalg.norm(upper) == pytest.approx(0.186 * STATURE, abs=0.01)
    assert np.linalg.norm(fore) == pytest.approx(0.146 * STATURE, abs=0.01)
    way = figure.HAND_WAY[side] / np.linalg.norm(figure.HAND_WAY[side])
    assert np.degrees(np.arccos(way @ fore / np.linalg.norm(fore))) <= 20.0


@pytest.mark.parametrize("side", [1, -1])
def test_a_hand_lies_on_the_cloth(side: int) -> None:
    cloth = [_of("chest", "blanket").mesh, _of("chest", "bed_linen").mesh, _of("blanket", "blanket").mesh]
    under = [shape(each.positions.astype(float), each.triangles.astype(np.int64)) for each in cloth]
    at, axes, mirror = figure.hand_frame(side)
    palm = np.array([(0.0, y, z) for y in (0.03, 0.05, 0.07) for z in np.linspace(-0.03, 0.0, 61)])
    inside = figure.hand(palm, figure.CURL[side]).reshape(3, -1) < 0.0
    lowest = palm.reshape(3, -1, 3)[np.arange(3), np.argmax(inside, axis=1)]
    places = (lowest * mirror) @ axes.T + at
    gap = places[:, 2] - tops(under, places[:, :2])
    assert (np.abs(gap) < 0.012).all(), gap


def test_years_show_in_skin_and_hair() -> None:
    faces = [
        next(part.mesh.material for part in _grown(age) if part.mesh.material.name.startswith("face")) for age in (20, 45, 80)
    ]
    assert [each.name for each in faces] == ["face_young", "face_middle", "face_old"]
    rough = []
    for each in faces:
        assert each.normal_map is not None
        tilt = np.asarray(each.normal_map, float)[180:330, 160:350, :2] / 127.5 - 1.0
        rough.append(float(np.abs(np.diff(tilt, axis=0)).mean()))
    assert rough[0] < rough[1] < rough[2], "wrinkles deepen"
    hair = [sum(life.hair) for life in (visage.YOUNG, visage.MIDDLE, visage.OLD)]
    assert hair[0] < hair[1] < hair[2], "and hair greys"


def test_of_three_heads_one_is_drawn_and_they_have_one_form() -> None:
    heads = [[part.mesh.positions for part in _grown(age) if part.name == "head"] for age in (20, 45, 80)]
    assert {len(each) for each in heads} == {2}
    for one in heads[1:]:
        assert all(np.array_equal(a, b) for a, b in zip(heads[0], one, strict=True))


@pytest.mark.parametrize("life", [visage.YOUNG, visage.MIDDLE, visage.OLD])
def test_no_fold_is_so_deep_or_high_that_a_mask_would_not_fit(life: visage.Life) -> None:
    x, z = np.meshgrid(np.linspace(-0.06, 0.06, 60), np.linspace(-0.09, 0.03, 60))
    p = np.stack([x, np.full_like(x, 0.09), z], -1)
    assert np.abs(visage.relief(p, life)).max() < 0.005


def test_cables_end_beneath_the_mattress_beside_it_and_go_with_the_backrest() -> None:
    lines = _of("chest", "lines")
    assert lines.joint == "back"
    points = lines.mesh.positions
    ends = points[points[:, 2] < -0.13]
    assert len(ends) > 4
    assert (ends[:, 0] > 0.37).all(), "on the side of the monitor, the person's right"
    assert points[:, 2].max() < 0.30


def test_the_blanket_hangs_over_both_sides_and_tents_over_the_feet() -> None:
    points = _of("blanket", "blanket").mesh.positions
    for side in (1, -1):
        hem = points[side * points[:, 0] > 0.43]
        assert hem[:, 2].min() < -0.08
    toes = points[(points[:, 1] > 0.86) & (points[:, 1] < 0.94)]
    assert 0.22 < toes[:, 2].max() < 0.28
    shins = points[(np.abs(points[:, 1] - 0.70) < 0.05) & (np.abs(points[:, 0]) < 0.15)]
    assert toes[:, 2].max() > shins[:, 2].max() + 0.06


def test_heights_of_shapes_are_those_of_the_highest() -> None:
    square = np.array(((0.0, 0.0, 0.1), (1.0, 0.0, 0.1), (0.0, 1.0, 0.3)))
    low = shape(square - (0.0, 0.0, 0.05), np.array(((0, 1, 2),)))
    high = shape(square, np.array(((0, 1, 2),)))
    assert tops([high, low], np.array(((0.25, 0.5),))) == pytest.approx(0.2)
    assert tops([high], np.array(((2.0, 2.0),))) == pytest.approx(tops([low], np.array(((2.0, 2.0),))))
