"""The patient's leads: they lie on what is below them, where `lead_ways` says, and cloth is darker beside them."""

import numpy as np

from assets.generators import lead_ways
from assets.generators.patient_cloth import neckline
from assets.generators.patient_lines import tops
from assets.generators.shapes import shape
from tests.assets.test_patient import _of


def test_the_oximeters_lead_lies_on_what_is_below_it_in_an_s() -> None:
    names = (("chest", "blanket"), ("chest", "top_sheet"), ("chest", "skin"))
    meshes = [_of(*each).mesh for each in names]
    below = [shape(each.positions.astype(float), each.triangles.astype(np.int64)) for each in meshes]
    way = lead_ways.oximeter()[5:-1]
    lines = _of("chest", "lines").mesh.positions.astype(float)
    near = lines[(lead_ways.beside(lines, [way]) < 0.003) & (lines[:, 1] < -0.10)]
    assert len(near) > 30
    assert np.abs(near[:, 2] - tops(below, near[:, :2])).max() < 0.012, "no arc in the air"
    x, y = np.diff(np.array(way), axis=0).T
    turns = np.diff(np.arctan2(y, x))
    assert turns.min() < -0.2
    assert turns.max() > 0.2


def test_the_gown_is_darker_beside_the_leads_at_its_neck() -> None:
    mesh = _of("chest", "gown").mesh
    ways = [lead_ways.chest(neckline(at), index) for index, at in enumerate(lead_ways.CHEST_DEG)]
    away = lead_ways.beside(mesh.positions.astype(float), ways)
    shoulder = (mesh.positions[:, 1] < -0.50) & (mesh.positions[:, 0] > 0.02)
    near, far = mesh.colours[shoulder & (away < 0.004), 1], mesh.colours[shoulder & (away > 0.02), 1]
    assert len(near) > 2
    assert near.mean() < 0.9 * far.mean()
