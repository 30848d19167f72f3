"""Props of a bay that are told apart: whose gloves these are, what a bed is coated with, how a lamp's cover fades."""

from __future__ import annotations

import numpy as np

from assets.generators import bed_ends, bed_light, curtain, glove_boxes, glove_prints
from engine.library import assets_folder
from engine.spec.cards import Card
from engine.spec.schema import all_cards
from engine.view.geometry.parts import build_parts


def _card(name: str) -> Card:
    return all_cards([assets_folder() / "prefabs"])[name]


def test_boxes_of_gloves_are_of_three_makers() -> None:
    wide, high = glove_prints.KEPT
    fronts = glove_prints.fronts().reshape(3, high, wide, 3).astype(float)
    for one in range(3):
        for two in range(one):
            for turned in (fronts[two], fronts[two][..., ::-1], fronts[two][..., [1, 2, 0]], fronts[two][..., [2, 0, 1]]):
                alike = np.corrcoef(fronts[one].mean(axis=2).ravel(), turned.mean(axis=2).ravel())[0, 1]
                assert alike < 0.8, "no front is another one recoloured"
    outlines = [glove_prints.outline(box) for box in range(3)]
    assert len({tuple(np.round(np.ptp(each, axis=0), 2)) for each in outlines}) == 3, "each is torn in its own way"


def test_what_is_left_of_gloves_is_unlike_and_the_last_box_is_nearly_empty() -> None:
    left = [glove_boxes._gloves(box) for box in range(3)]
    tints = [tuple(each.tint[0]) for each in left]
    assert len(set(tints)) == 3
    reach = [float(np.prod(np.ptp(each.positions, axis=0))) for each in left]
    assert reach[2] < 0.25 * min(reach[:2])
    for box, each in enumerate(left):
        x, z, wide, tall, _ = glove_prints.OPENINGS[box]
        inside = each.positions[:, 1] < glove_boxes.DEEP / 2
        share = np.column_stack(
            [0.5 - each.positions[inside, 0] / glove_boxes.WIDE, 0.5 + each.positions[inside, 2] / glove_boxes.HIGH]
        )
        assert (np.abs(share - (x, z)) < (1.05 * wide, 1.05 * tall)).all(), "it comes out of the opening"


def test_a_beds_rails_are_coated_and_its_ends_are_of_steel() -> None:
    rail = bed_ends.side_rail(-0.955, -0.25, 0.60, 0.86, 0.474, raised=True)
    assert "steel" not in rail
    hoop, grip, latch = rail["shell"]
    assert hoop.tint.min() == 1.0, "as pale as the coat is"
    for each in (grip, latch):
        red, _, blue = each.tint[0]
        assert blue > 2.0 * red, "a hand finds it"
    assert "steel" in bed_ends.end(1.05, 0.30, 0.82)
    looks = {part.mesh.material.name: part.mesh.material for part in build_parts(_card("exam_bed"), {})}
    assert looks["bed_metal"].metallic > 0.8
    assert looks["bed_metal"].roughness < 0.3
    assert looks["bed_plastic"].metallic == 0.0
    assert looks["bed_plastic"].roughness > looks["bed_metal"].roughness + 0.15


def test_a_lamps_cover_fades_to_its_ends_and_up_its_front() -> None:
    (cover,) = (part.mesh for part in build_parts(_card("bed_light"), {}) if part.shines)
    bright, x, z = cover.colours[:, 3].astype(float), np.abs(cover.positions[:, 0]), cover.positions[:, 2]
    bright = bright / (255.0 if bright.max() > 1.0 else 1.0)
    foot, top = z < 0.003, z > 0.028
    assert bright[foot & (x < 0.3)].max() > 0.95
    assert 0.1 < bright[foot & (x > bed_light.LONG / 2 - bed_light.END)].max() < 0.3, "but shines up to them"
    assert 0.0 < bright[top].max() < 0.05, "opal spreads a little of it upwards"


def test_a_curtains_hem_is_turned_over_and_thick() -> None:
    low = curtain._drop(0)
    rows = low.positions.reshape(-1, curtain.COLUMNS + 1, 3)
    inner, face = rows[0], rows[len(curtain.TURNED)]
    assert (inner[:, 2] > face[:, 2]).all(), "it goes up again inside"
    gap = np.linalg.norm((inner - face)[:, :2], axis=1)
    assert ((gap > 0.0008) & (gap < 0.002)).all()
    assert low.positions[:, 2].min() > -1e-9
    assert np.linalg.norm(low.normals, axis=1).min() > 0.99
