"""The land around the lake."""

import time
from functools import cache

import numpy as np
import pytest

from engine.view.geometry.gltf import triangle_count
from engine.view.geometry.ground import NEAR_COLUMNS, build_ground
from engine.view.geometry.islet import islet
from engine.view.geometry.landscape import CLEAR, build_landscape
from engine.view.geometry.mesh import Floats, Part
from engine.view.geometry.mountains import COLUMNS, FAR_FROM, Mountains
from engine.view.geometry.relief import Relief
from engine.view.geometry.woods import STEEPEST

TREES = ("spruce", "far_spruce", "grove", "fir", "pine", "larch", "birch", "alder", "snag")


@cache
def _land(seed: int, frozen: bool = False) -> list[Part]:
    return build_landscape(seed, frozen)


def _kind(part: Part) -> str:
    return part.name.rstrip("0123456789").rstrip("_")


def test_equal_seeds_are_equal_landscapes() -> None:
    for one, two in zip(_land(7), build_landscape(7), strict=True):
        assert np.array_equal(one.mesh.positions, two.mesh.positions)
        assert np.array_equal(one.copies, two.copies)


def test_seeds_differ() -> None:
    one, two = (next(part for part in _land(seed) if part.name == "mountains") for seed in (7, 8))
    assert np.abs(one.mesh.positions - two.mesh.positions).max() > 50.0


@pytest.mark.parametrize("seed", [0, 7, 8, 1234])
def test_no_tree_stands_in_the_water_or_before_the_dock(seed: int) -> None:
    relief = Relief(seed)
    for part in _land(seed):
        if _kind(part) not in TREES:
            continue
        x, y = part.copies[:, 0, 3], part.copies[:, 1, 3]
        bearing, distance = np.arctan2(x, y), np.hypot(x, y)
        assert relief.inland(bearing, distance).min() > 1.0
        assert relief.height(bearing, distance).min() > 0.0
        assert distance.min() > CLEAR


@pytest.mark.parametrize("seed", [0, 7, 8, 1234])
def test_the_shore_reaches_the_dock_and_water_opens_to_the_north(seed: int) -> None:
    relief = Relief(seed)
    south = float(relief.shore(np.array([np.pi]))[0])
    north = relief.shore(np.radians(np.array([-8.0, 0.0, 8.0])))
    assert 2.5 < south < 5.0
    assert north.min() > 150.0
    assert north.max() < 420.0


@pytest.mark.parametrize("seed", [0, 7, 8, 1234])
def test_ground_stays_under_the_deck_of_a_long_dock(seed: int) -> None:
    x, y = np.meshgrid(np.linspace(-1.0, 1.0, 9), np.linspace(-6.0, 6.0, 49))
    assert Relief(seed).height(np.arctan2(x, y), np.hypot(x, y)).max() < 0.30


def test_mountains_stand_high_in_the_north() -> None:
    mountains = next(part for part in _land(7) if part.name == "mountains").mesh.positions
    x, y, z = mountains.T
    north = (np.abs(np.degrees(np.arctan2(x, y))) < 45.0) & (np.hypot(x, y) > 800.0)
    crest = np.degrees(np.arctan2(z[north], np.hypot(x, y)[north])).max()
    assert 12.0 < crest < 25.0


@pytest.mark.parametrize("frozen", [False, True])
def test_it_keeps_to_its_triangles(frozen: bool) -> None:
    parts = _land(7, frozen)
    assert triangle_count(parts) <= 306_000
    for part in parts:
        if _kind(part) == "spruce":
            assert len(part.mesh.triangles) <= 600
        if _kind(part) in TREES[1:]:
            assert len(part.mesh.triangles) <= 60


@pytest.mark.parametrize("frozen", [False, True])
def test_every_mesh_is_sound(frozen: bool) -> None:
    for part in _land(7, frozen):
        mesh = part.mesh
        assert np.isfinite(mesh.positions).all()
        assert np.abs(np.linalg.norm(mesh.normals, axis=1) - 1.0).max() < 1e-3
        assert mesh.colours.min() >= 0.0
        assert mesh.colours.max() <= 1.0
        corners = mesh.positions[mesh.triangles].astype(float)
        assert np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1).min() > 0.0


def test_ground_is_seen_from_above() -> None:
    for part in _land(7):
        if part.name in ("lake_bed", "shore", "meadow", "mountains"):
            corners = part.mesh.positions[part.mesh.triangles].astype(float)
            assert (np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])[:, 2] > 0).mean() > 0.99
            assert (part.mesh.normals[:, 2] > 0).mean() > 0.999


def test_near_ground_and_mountains_meet_without_a_gap() -> None:
    meadow = next(part for part in _land(7) if part.name == "meadow").mesh.positions
    far = next(part for part in _land(7) if part.name == "mountains").mesh.positions
    outer, inner = meadow[-NEAR_COLUMNS - 1 :], far[: COLUMNS + 1 : 2]
    assert np.abs(outer - inner).max() < 0.05


@cache
def _mountains() -> Mountains:
    return build_ground(Relief(7), frozen=False).far


def test_the_mesh_says_how_high_it_stands() -> None:
    far = _mountains()
    x, y, z = far.mesh.positions[5 * (COLUMNS + 1) :: 997].T
    inside = (np.abs(np.arctan2(x, y)) < 3.0) & (np.hypot(x, y) < 8000.0)
    assert np.abs(far.height(x, y) - z)[inside].max() < 1.0
    one, two = far.mesh.positions[[40 * (COLUMNS + 1) + 300, 40 * (COLUMNS + 1) + 301]]
    middle = (one + two) / 2
    assert abs(float(far.height(middle[:1], middle[1:2])[0]) - middle[2]) < 1.0


def test_no_tree_far_off_hangs_in_the_air() -> None:
    far, relief = _mountains(), Relief(7)
    for part in _land(7):
        if _kind(part) not in TREES[1:]:
            continue
        x, y, z = part.copies[:, :3, 3].T
        beyond = relief.inland(np.arctan2(x, y), np.hypot(x, y)) > FAR_FROM + 1.0
        assert beyond.any() or _kind(part) in ("birch", "alder")
        assert not ((z - far.height(x, y))[beyond] > 0.0).any()


def test_no_stand_of_trees_hangs_on_a_steep_slope() -> None:
    far = _mountains()
    stands = np.concatenate([part.copies for part in _land(7) if _kind(part) == "grove"])
    x, y = stands[:, 0, 3], stands[:, 1, 3]
    reach = 6.0
    east = (far.height(x + reach, y) - far.height(x - reach, y)) / (2.0 * reach)
    north = (far.height(x, y + reach) - far.height(x, y - reach)) / (2.0 * reach)
    assert np.hypot(east, north).max() < STEEPEST + 0.01


def test_wooded_hills_before_the_mountains_have_no_pinnacles() -> None:
    bearing, away = np.radians(np.arange(-60.0, 60.0, 0.2))[:, None], np.geomspace(300.0, 1900.0, 700)[None]
    skyline = np.degrees((_mountains().height(away * np.sin(bearing), away * np.cos(bearing)) / away).max(axis=1))
    assert np.abs(np.diff(skyline)).max() < 0.5


def test_crests_between_two_rows_of_the_mesh_keep_their_height() -> None:
    relief, far = Relief(7), _mountains()
    bearing = far.bearings[COLUMNS // 2 - 80 : COLUMNS // 2 + 80 : 8]
    true = np.array([relief.height(np.full(2000, b), np.linspace(1500.0, 8000.0, 2000)).max() for b in bearing])
    away = np.linspace(1500.0, 8000.0, 2000)
    meshed = np.array([far.height(away * np.sin(b), away * np.cos(b)).max() for b in bearing])
    assert np.abs(meshed / true - 1.0).max() < 0.06


def test_kinds_of_trees_are_mixed_and_birches_stand_by_the_water() -> None:
    relief = Relief(7)
    inland: dict[str, list[Floats]] = {}
    for part in _land(7):
        if _kind(part) in TREES[1:]:
            x, y = part.copies[:, 0, 3], part.copies[:, 1, 3]
            inland.setdefault(_kind(part), []).append(relief.inland(np.arctan2(x, y), np.hypot(x, y)))
    assert all(sum(map(len, each)) >= 40 for kind, each in inland.items() if kind != "snag")
    assert all(float(each.max()) < 60.0 for kind in ("birch", "alder") for each in inland[kind])
    assert sum(map(len, inland["snag"])) >= 12, "some have died standing"


def test_stands_behind_a_crest_are_left_out() -> None:
    far = _mountains()
    stands = np.concatenate([part.copies for part in _land(7) if _kind(part) == "grove"])[::40]
    assert len(stands) > 100
    hidden = 0
    for x, y, z, tall in zip(*stands[:, :3, 3].T, stands[:, 2, 2], strict=True):
        way = np.linspace(0.1, 0.9, 60)
        crest = ((far.height(way * x, way * y) - 2.0) / (way * np.hypot(x, y)))[way * np.hypot(x, y) > 150.0].max()
        hidden += (z + 15.0 * tall - 2.0) / np.hypot(x, y) < crest - 0.01
    assert hidden <= 0.02 * len(stands)


def test_the_lake_mirrors_the_forest_on_its_shore_but_no_single_tree_further_off() -> None:
    mirrored = {_kind(part): part.mirrored for part in _land(7)}
    assert {name for name, is_so in mirrored.items() if not is_so} == {"grove", "tuft", "lilies", "lily_shade"}


def test_no_card_of_a_tree_across_the_lake_is_seen_edge_on_from_the_dock() -> None:
    for part in _land(7):
        if _kind(part) not in TREES or _kind(part) in ("spruce", "grove"):
            continue
        across = [part.mesh.positions[b] - part.mesh.positions[a] for a, b, _ in part.mesh.triangles[::2]]
        for copy in part.copies:
            view = copy[:2, 3] / np.hypot(*copy[:2, 3])
            for edge in across:
                side = (copy[:3, :3] @ edge)[:2]
                assert abs(side[0] * view[1] - side[1] * view[0]) > 0.2 * np.hypot(*side)


def test_snow_lies_high_up_and_not_on_the_steepest_rock() -> None:
    part = next(part for part in _land(7) if part.name == "mountains")
    mesh, picture = part.mesh, part.mesh.material.colour_map
    assert picture is not None
    rows, columns = picture.shape[:2]
    at = (mesh.uvs * (columns, rows)).astype(int).clip(0, (columns - 1, rows - 1))
    snow = picture[rows - 1 - at[:, 1], at[:, 0], 3] / 255.0
    high, flat = mesh.positions[:, 2], mesh.normals[:, 2]
    assert snow[high < 150.0].mean() < 0.02
    assert snow[(high > 900.0) & (flat > 0.75)].mean() > 0.4
    assert snow[(high > 900.0) & (flat < 0.45)].mean() < 0.15


def test_winter_is_white() -> None:
    summer, winter = (next(part for part in _land(7, frozen) if part.name == "meadow") for frozen in (False, True))
    assert winter.mesh.colours[:, :3].mean() > 3.0 * summer.mesh.colours[:, :3].mean()


def test_reeds_bend_and_rocks_do_not() -> None:
    sway = {_kind(part): part.sway for part in _land(7)}
    assert sway["reeds"] > 0.05
    assert sway["rock"] == 0.0


@pytest.mark.slow
def test_it_is_built_quickly() -> None:
    times = []
    for _ in range(3):
        start = time.process_time()
        build_landscape(7)
        times.append(time.process_time() - start)
    assert min(times) < 2.0


def test_boulders_lie_at_the_far_edge_of_the_water() -> None:
    relief = Relief(7)
    boulders = next(part for part in _land(7) if _kind(part) == "far_rock")
    x, y = boulders.copies[:, 0, 3], boulders.copies[:, 1, 3]
    bearing, distance = np.arctan2(x, y), np.hypot(x, y)
    assert len(x) > 50
    assert distance.min() > 60.0
    assert np.abs(relief.inland(bearing, distance)).max() < 6.0
    tops = boulders.copies[:, 2, 3] + boulders.copies[:, 2, 2] * boulders.mesh.positions[:, 2].max()
    assert (tops > 0.0).mean() > 0.9, "of the water"


def test_far_banks_are_high_and_the_shore_at_the_dock_is_low() -> None:
    relief = Relief(7)
    north, south = np.radians(np.linspace(-40.0, 40.0, 81)), np.radians(np.linspace(170.0, 190.0, 21))
    rise = [relief.height(bearing, relief.out(bearing, np.full(bearing.shape, 2.0))).mean() for bearing in (north, south)]
    assert rise[0] > 1.0
    assert rise[1] < 0.6


def test_stands_on_the_slopes_are_slim_and_wide() -> None:
    """Each is one of two pictures: equally tall and wide ones would stand along a crest like the teeth of a comb."""
    copies = np.concatenate([part.copies for part in _land(7) if _kind(part) == "grove"])
    slim = np.linalg.norm(copies[:, :3, 2], axis=1) / np.hypot(copies[:, 0, 0], copies[:, 1, 0])
    assert np.quantile(slim, 0.9) > 1.7 * np.quantile(slim, 0.1)


def test_lilies_lie_on_both_sides_of_the_dock_and_none_before_it() -> None:
    copies = np.concatenate([part.copies for part in _land(7) if _kind(part) == "lilies"])
    x, y = copies[:, 0, 3], copies[:, 1, 3]
    ahead = (y > 2.0) & (y < 11.0)
    assert ((x < -1.9) & ahead).sum() >= 2
    assert ((x > 1.9) & ahead).sum() >= 2
    assert not ((np.abs(x) < 1.9) & (y > 0.0)).any()


def test_the_far_wood_is_of_all_ages() -> None:
    tall = np.concatenate([part.copies[:, 2, 2] for part in _land(7) if _kind(part) in ("far_spruce", "fir", "pine")])
    low, high = np.quantile(tall, (0.05, 0.95))
    assert high > 3.0 * low


def _shore_trees() -> tuple[Floats, Floats, Floats]:
    """Bearings in degrees, metres inland and heights in metres of single trees across the lake, without the islet's."""
    relief, found = Relief(7), []
    for part in _land(7):
        if _kind(part) in TREES and _kind(part) not in ("spruce", "grove"):
            x, y = part.copies[:, 0, 3], part.copies[:, 1, 3]
            bearing, distance = np.arctan2(x, y), np.hypot(x, y)
            far = distance > 0.9 * relief.shore(bearing)
            high = part.copies[:, 2, 2] * part.mesh.positions[:, 2].max()
            found.append(np.stack([np.degrees(bearing), relief.inland(bearing, distance), high], -1)[far])
    bearing, inland, high = np.concatenate(found).T
    return bearing, inland, high


def test_the_far_shore_has_woods_and_glades_and_trees_that_stand_out() -> None:
    bearing, inland, high = _shore_trees()
    front = (inland < 40.0) & (np.abs(bearing) < 36.0)
    across, _ = np.histogram(bearing[front], np.arange(-36.0, 36.1, 2.0))
    assert np.quantile(across, 0.85) > 4.0 * max(np.quantile(across, 0.15), 1.0)
    tallest = [high[front & (np.abs(bearing - at) < 1.0)].max(initial=0.0) for at in np.arange(-35.0, 36.0, 2.0)]
    assert np.quantile(tallest, 0.9) > 1.8 * np.quantile(tallest, 0.1), "no comb"


def test_some_trees_lean_and_fallen_ones_lie_in_the_water() -> None:
    up = np.concatenate([part.copies[:, :3, 2] for part in _land(7) if _kind(part) in ("fir", "pine", "snag")])
    aside = np.degrees(np.arctan2(np.hypot(up[:, 0], up[:, 1]), up[:, 2]))
    assert (aside > 6.0).sum() >= 10
    assert np.median(aside) < 3.0
    lying = next(part for part in _land(7) if part.name == "driftwood")
    top = np.array((0.0, 0.0, lying.mesh.positions[:, 2].max(), 1.0))
    assert ((lying.copies @ top)[:, 2] < 0.6).mean() > 0.7


@pytest.mark.parametrize("seed", [0, 7, 8, 1234])
def test_a_wooded_islet_lies_to_the_right_before_the_mist_and_the_water_ahead_stays_free(seed: int) -> None:
    relief, land = Relief(seed), islet(seed)
    bearing, distance = np.degrees(np.arctan2(*land.middle)), np.hypot(*land.middle)
    assert 15.0 < bearing < 33.0
    assert 60.0 < distance < 120.0
    turn = np.linspace(0.0, 2.0 * np.pi, 180)
    x, y = land.place(18.0 * np.cos(turn), 11.0 * np.sin(turn))
    assert relief.inland(np.arctan2(x, y), np.hypot(x, y)).max() < -0.5, "water on all sides"
    assert relief.height(np.array([np.radians(bearing)]), np.array([distance]))[0] > 1.0
    ahead, away = np.meshgrid(np.radians(np.linspace(-12.0, 12.0, 49)), np.linspace(8.0, 130.0, 123))
    assert relief.inland(ahead, away).max() < 0.0
    trees = [part.copies[:, :2, 3] for part in _land(seed) if _kind(part) in TREES]
    assert (land.inland(*np.concatenate(trees).T) > 0.0).sum() >= 12


def _width_below_the_top(left: float, right: float) -> float:
    """Degrees that the skyline between two bearings is wide, 1.5 degrees below its highest point."""
    bearing, away = np.radians(np.arange(left, right, 0.1))[:, None], np.geomspace(1500.0, 8500.0, 900)[None]
    skyline = np.degrees(np.arctan(_mountains().height(away * np.sin(bearing), away * np.cos(bearing)) / away)).max(axis=1)
    return float((skyline > skyline.max() - 1.5).sum() * 0.1)


def test_no_two_mountains_are_alike() -> None:
    massif, ridge, tooth = _width_below_the_top(-30.0, -8.0), _width_below_the_top(-3.0, 14.0), _width_below_the_top(18.0, 33.0)
    assert tooth < 2.5
    assert massif > 2.0 * tooth
    assert ridge > 3.0 * tooth


def test_what_is_of_one_stuff_is_of_one_material() -> None:
    """Parts of one material are drawn in one call."""
    for kinds in (("far_rock", "islet_rock"), ("shore", "islet"), ("fir", "alder", "thicket", "far_reeds", "driftwood")):
        assert len({id(part.mesh.material) for part in _land(7) if _kind(part) in kinds}) == 1
