"""The garden outside windows."""

from __future__ import annotations

import numpy as np

from engine.view.geometry.crowns import COARSE, SUN, TREES, attached, softened, tree
from engine.view.geometry.evergreens import fir, hedge
from engine.view.geometry.garden import GROUND, HEDGE, STRETCH
from engine.view.geometry.gltf import triangle_count
from engine.view.geometry.lawn import half_width, lawn, row_of
from engine.view.geometry.mesh import Mesh
from engine.view.geometry.outside import before, garden, turned_about


def test_a_garden_is_few_triangles_before_a_sky() -> None:
    parts = garden()
    assert {part.name for part in parts} == {"lawn", "foliage", "sky"}
    assert triangle_count(parts) < 6_500
    assert all(part.mesh.material.colour_map is not None for part in parts)


def test_plants_stand_on_the_lawn_none_at_the_window() -> None:
    foliage = next(part for part in garden() if part.name == "foliage")
    corners = foliage.mesh.positions.reshape(-1, 4, 3)
    foot, top = corners[..., 2].min(1), corners[..., 2].max(1)
    assert (np.abs(foot - GROUND) < 0.6).all()
    assert (foot <= GROUND).all(), "none floats"
    assert (top - foot).min() > 0.4
    assert corners[..., 1].min() > 8.0
    assert len(np.unique(np.round(corners[:, 0, 1]))) > 20, "at many distances"


def test_near_cards_come_first_and_are_cut_out() -> None:
    foliage = next(part for part in garden() if part.name == "foliage")
    far = foliage.mesh.positions[::4, 1]
    assert (np.diff(far) >= 0.0).all(), "what they hide need not be painted"
    picture = foliage.mesh.material.colour_map
    assert picture is not None
    assert foliage.mesh.material.leafy
    assert 0.2 < float((picture[..., 3] > 127).mean()) < 0.8


def test_its_lawn_is_lighter_where_nothing_stands() -> None:
    lawn = next(part for part in garden() if part.name == "lawn")
    picture = lawn.mesh.material.colour_map
    assert picture is not None
    open_, under = (picture[row_of(metres), :, 1].mean() for metres in (12.0, 21.6))
    assert open_ > 1.3 * under, "a bed, in the shade of what grows in it"


def test_trees_throw_their_shade_on_the_lawn_away_from_the_sun_and_are_lit_towards_it() -> None:
    y, wide = 12.0, 2.5
    bare, under = (lawn(-1.0, np.random.Generator(np.random.PCG64(1)), blobs, 23.0) for blobs in ([], [(0.0, y, 4.0, wide, 2.0)]))
    row = row_of(y + 4.0 * -SUN[1] / SUN[2])
    shown = [mesh.material.colour_map for mesh in (bare, under)]
    greens = [picture[row, :, 1].astype(float) for picture in shown if picture is not None]
    darker = greens[0] - greens[1]
    x = (2.0 * (np.arange(len(darker)) + 0.5) / len(darker) - 1.0) * float(half_width(np.array(y)))
    middle = float((x * darker).sum() / darker.sum())
    assert abs(middle - 4.0 * -SUN[0] / SUN[2]) < 1.0, "by its height, to the right"
    assert darker[np.abs(x - middle) < 1.0].mean() > 25.0

    leaves, broad, seed = TREES[0]
    crown = tree(np.random.Generator(np.random.PCG64(seed)), leaves, broad)
    cover = crown[:330, :, 3]
    left, right = (
        (crown[:330, half, :3].sum(-1) * cover[:, half]).sum() / cover[:, half].sum()
        for half in (slice(60, 200), slice(312, 450))
    )
    assert left > 1.25 * right


def test_crowns_have_no_pinholes() -> None:
    leaves, broad, seed = TREES[2]
    crown = softened(tree(np.random.Generator(np.random.PCG64(seed)), leaves, broad))
    within = crown[100:300, 180:330, 3]
    assert within.min() > 0.5, "the sky shows between boughs at the rim, not through leaves"


def test_no_two_kinds_of_tree_are_alike_in_hue_or_outline() -> None:
    broad = [tree(np.random.Generator(np.random.PCG64(seed)), leaves, wide) for leaves, wide, seed in TREES]
    crowns = [*broad, fir(np.random.Generator(np.random.PCG64(53)))]
    hues = np.array([(one[:300, :, :3] * one[:300, :, 3:]).sum((0, 1)) / one[:300, :, 3].sum() for one in crowns])
    hues /= hues.sum(1, keepdims=True)
    apart = np.abs(hues[:, None] - hues[None]).sum(-1) + np.eye(len(hues))
    assert apart.min() > 0.02
    outlines = np.array([[(one[row, :, 3] > 0.5).mean() for row in (60, 140, 220, 300)] for one in crowns])
    assert outlines[3, 0] < 0.4 * outlines[3, 3], "a fir is a cone"
    assert (outlines[[0, 2], 2] > 1.2 * outlines[1, 2]).all(), "a birch is slender"


def test_the_hedge_goes_up_and_down_and_on() -> None:
    picture = hedge(np.random.Generator(np.random.PCG64(50)))
    top = (picture[..., 3] > 0.5).argmax(0)
    assert np.ptp(top) > 12, "texels of 256"
    light = picture[60:200, :, 1].mean(0).reshape(-1, 16).mean(1)
    assert light.max() > 1.6 * light.min(), "bush by bush"
    foliage = next(part for part in garden() if part.name == "foliage")
    corners = foliage.mesh.positions.reshape(-1, 4, 3)
    mine = corners[np.isclose(corners[:, 0, 1], HEDGE) & np.isclose(np.ptp(corners[..., 0], axis=1), STRETCH)]
    mine = mine[mine[:, 0, 0].argsort()]
    assert np.allclose(mine[1:, 0, :2], mine[:-1, 1, :2], atol=1e-4), "without a gap"
    assert np.allclose(mine[1:, 3], mine[:-1, 2], atol=1e-4), "or a step"
    assert np.ptp(mine[:, 3, 2]) > 0.2


def test_flowers_stand_in_drifts_the_low_ones_before_the_tall_ones() -> None:
    foliage = next(part for part in garden() if part.name == "foliage")
    corners = foliage.mesh.positions.reshape(-1, 4, 3)
    rows = [corners[np.abs(corners[:, 0, 1] - (HEDGE - before)) < 0.3] for before in (0.75, 1.55, 2.35)]
    heights = [float(np.median(np.ptp(row[..., 2], axis=1))) for row in rows]
    assert heights[0] > 1.2 * heights[1] > 1.4 * heights[2]
    for row in rows:
        gaps = np.diff(np.sort(row[..., 0].mean(1)))
        assert gaps.std() > 0.4 * gaps.mean(), "unevenly"


def test_no_leaves_hang_in_the_air_and_no_sky_shows_in_a_crown() -> None:
    picture = np.zeros((160, 160, 4), np.float32)
    picture[..., :3] = 0.2
    picture[16:100, 40:120, 3] = picture[100:, 72:88, 3] = 1.0
    picture[40:60, 60:76, 3] = 0.0
    picture[8:16, 132:144, 3] = 1.0
    made = attached(picture)
    assert made[40 + COARSE : 60 - COARSE, 60 + COARSE : 76 - COARSE, 3].min() > 0.9, "a hole is closed"
    assert made[48:52, 66:70, :3].max() < 0.15, "by leaves in the shade"
    assert made[8:16, 132:144, 3].max() < 0.05, "a bit beside the crown is gone"
    assert made[24:92, 84:112, 3].min() > 0.95
    assert made[110:, 76:84, 3].min() > 0.95
    assert made[110:, 100:, 3].max() < 0.05, "the air beside the stem is left"


def test_far_plants_reach_as_far_as_this_side_of_the_house_does() -> None:
    foliage = next(part for part in garden() if part.name == "foliage")
    some = before(foliage, True, True).mesh
    far = some.positions[some.triangles][some.positions[some.triangles][..., 1].min(1) > 70.0]
    assert np.abs(far[..., 0]).max() > 70.0, "no gap before the next side's wood"
    assert np.ptp(far[..., 0], axis=1).max() < 12.0


def test_beside_another_garden_only_what_lies_straight_out_is_left() -> None:
    foliage = next(part for part in garden() if part.name == "foliage")
    for left, right in ((True, False), (False, True), (True, True)):
        some = before(foliage, left, right).mesh
        middles = some.positions[some.triangles].mean(1)
        assert 0 < len(some.triangles) < len(foliage.mesh.triangles)
        assert (middles[:, 0] >= -middles[:, 1]).all() or not left
        assert (middles[:, 0] <= middles[:, 1]).all() or not right
    assert len(before(foliage, False, False).mesh.triangles) == len(foliage.mesh.triangles)


def test_the_skies_of_two_sides_of_a_house_show_the_same_where_they_meet() -> None:
    sky = next(part for part in garden() if part.name == "sky")
    straight, turned = before(sky, True, True), turned_about(before(sky, True, True))

    def edge(mesh: Mesh, side: float) -> float:
        used = np.unique(mesh.triangles)
        at = np.arctan2(mesh.positions[used, 0], mesh.positions[used, 1])
        furthest = used[(side * at).argmax()]
        assert np.isclose(side * at.max() if side > 0 else -at.min(), np.pi / 4, atol=1e-3)
        return float(mesh.uvs[furthest, 0])

    assert np.isclose(edge(straight.mesh, 1.0), edge(turned.mesh, -1.0))
    assert np.isclose(edge(straight.mesh, -1.0), edge(turned.mesh, 1.0))
