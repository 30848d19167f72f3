"""The furniture of a waiting room: a chair put together as a joiner would, and what lies, stands and hangs round it."""

from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from assets.generators import (
    floor_lamp,
    potted_plant,
    sash_window,
    side_table,
    small_print,
    visitor_chair,
    wall_clock,
    wall_shelf,
)
from engine.library import assets_folder
from engine.spec.cards import Card
from engine.spec.diagnostics import Span
from engine.spec.expression import Value
from engine.spec.findings import Findings
from engine.spec.prefabs import Prefabs
from engine.view.geometry.mesh import Part
from engine.view.geometry.parts import build_parts

Points = NDArray[np.float64]


def _card(name: str) -> Card:
    card = Prefabs([assets_folder() / "prefabs"], Findings()).find(name, Span("tests", 0, 0, 0, 0))
    assert card is not None
    return card


def _parts(name: str, said: Mapping[str, Value] | None = None) -> list[Part]:
    return build_parts(_card(name), said or {})


def _points(parts: list[Part], material: str) -> Points:
    return np.concatenate([part.mesh.positions for part in parts if part.mesh.material.name == material]).astype(float)


@pytest.mark.parametrize("side", [-1.0, 1.0])
def test_the_posts_of_the_back_pass_behind_the_cushion_into_the_frame(side: float) -> None:
    parts = _parts("visitor_chair")
    cover, wood = _points(parts, "chair_cover"), _points(parts, "beech")
    cushion = cover[cover[:, 2] < visitor_chair.SEAT + 0.03]
    post = wood[np.abs(wood[:, 0] - side * visitor_chair.POST) < 0.013]
    beside = post[(post[:, 2] > 0.41) & (post[:, 2] < 0.47)]
    assert len(beside) >= 8
    assert beside[:, 1].max() < cushion[:, 1].min() + 0.002
    assert post[:, 2].min() < 0.33, "it ends in the frame, not on the seat"


def test_what_lies_on_the_table_is_what_its_author_says() -> None:
    lying = {laid: {part.name for part in _parts("side_table", {"laid": laid})} for laid in ("nothing", "mat", "leaflets")}
    assert lying == {"nothing": {"table", "kept"}, "mat": {"table", "laid", "kept"}, "leaflets": {"table", "laid", "kept"}}
    assert {part.name for part in _parts("side_table", {"kept": "nothing"})} == {"table"}


def test_the_felt_lies_flat_where_its_card_says_in_a_dish_that_fingers_reach_into() -> None:
    parts = _parts("side_table", {"laid": "mat"})
    felt = _points(parts, "felt")
    assert np.allclose((felt.min(axis=0) + felt.max(axis=0))[:2] / 2, _card("side_table").places["mat"].at[:2], atol=1e-3)
    assert felt[:, 2].min() >= side_table.HEIGHT
    assert felt[:, 2].max() < side_table.HEIGHT + 0.003, "what rests on the table rests on the felt too"
    dish = _points(parts, "dish_glaze")
    assert side_table.HEIGHT + 0.006 < dish[:, 2].max() < side_table.HEIGHT + 0.015, "lower than the stone in it"
    assert np.hypot(*(dish[:, :2] - side_table.MAT_AT).T).min() > 0.075, "there is room for a hand round the stone"


@pytest.mark.parametrize("laid", ["mat", "leaflets"])
def test_nothing_hangs_over_the_tables_edge(laid: str) -> None:
    lying = [part.mesh.positions for part in _parts("side_table", {"laid": laid}) if part.name == "laid"]
    far, low = np.abs(np.concatenate(lying)[:, :2]).max(axis=0), np.concatenate(lying)[:, 2].min()
    assert far[0] < side_table.WIDTH / 2
    assert far[1] < side_table.DEPTH / 2
    assert abs(low - side_table.HEIGHT) < 1e-4, "it lies on the table"


def test_the_leaflets_stand_between_the_lip_and_the_board_of_their_stand() -> None:
    laid = [part for part in _parts("side_table", {"laid": "leaflets"}) if part.name == "laid"]
    turn = np.radians(-side_table.STAND_TURN)
    ahead = np.array((np.sin(-turn), np.cos(-turn)))
    wood, paper = (
        np.concatenate([part.mesh.positions for part in laid if part.mesh.material.name == name]) for name in ("oak", "print")
    )
    depth = [(each[:, :2] - side_table.STAND_AT) @ ahead for each in (wood, paper)]
    foot = paper[:, 2] < side_table.HEIGHT + 0.02
    assert depth[1][foot].max() < depth[0].max() - 0.005, "behind the lip"
    assert paper[:, 2].min() > side_table.HEIGHT + 0.008, "on the foot"


def test_the_plants_leaves_grow_out_of_the_pot_and_none_through_it() -> None:
    leaves = _points(_parts("potted_plant"), "fig_leaf")
    over_rim = leaves[np.hypot(leaves[:, 0], leaves[:, 1]) > 0.13]
    assert over_rim[:, 2].min() > potted_plant.RIM
    stems = _points(_parts("potted_plant"), "fig_bark")
    assert stems[:, 2].min() < potted_plant.SOIL < potted_plant.RIM


def test_no_two_of_the_plants_leaves_hang_alike() -> None:
    leaves = _points(_parts("potted_plant"), "fig_leaf")
    each = leaves.reshape(sum(potted_plant.LEAVES), -1, 3)
    ends = each[:, -5:].mean(1) - each[:, :5].mean(1)
    falls = ends[:, 2] / np.hypot(ends[:, 0], ends[:, 1])
    assert np.ptp(falls) > 1.5, "from upright to hanging"
    assert np.diff(np.sort(np.linalg.norm(ends, axis=1))).max() < 0.03
    assert np.ptp(np.linalg.norm(ends, axis=1)) > 0.06, "short and long"


def test_a_sashes_joints_are_dark_lines_a_hair_before_its_timber() -> None:
    glb = next(part.mesh for part in _parts("sash_window") if part.name == "sashes" and part.mesh.material.name == "window_paint")
    y, light = glb.positions[:, 1], glb.colours[:, 3]
    for middle in (sash_window.INNER, sash_window.OUTER):
        face = middle + sash_window.SASH / 2
        before = np.abs(y - face - 0.0004) < 1e-5
        assert light[before].min() < 0.15
        assert light[before].max() > 0.95, "it fades out"
        assert light[np.abs(y - face) < 1e-5].mean() > 0.6, "the timber itself is not dirty"


def test_no_two_panes_lean_alike_and_dust_lies_where_no_cloth_reaches() -> None:
    mesh = next(part.mesh for part in _parts("sash_window") if part.name == "glass")
    count = len(mesh.positions) // 6
    panes = [(mesh.normals[at : at + count], mesh.colours[at : at + count, 3]) for at in range(0, 6 * count, count)]
    leans = np.array([normals.mean(axis=0) for normals, _ in panes])
    apart = np.degrees(np.linalg.norm(leans[:, None] - leans[None], axis=-1)) + 90.0 * np.eye(6)
    assert apart.min() > 0.2
    assert apart[apart < 45.0].max() < 8.0, "but all are about upright"
    for at, (normals, dust) in zip(range(0, 6 * count, count), panes, strict=True):
        assert np.degrees(np.arccos(normals @ normals.mean(axis=0))).max() > 0.4, "each is bent"
        x, z = (mesh.positions[at : at + count, axis] for axis in (0, 2))
        foot = np.isclose(z, z.min())
        corner = foot & (np.isclose(x, x.min()) | np.isclose(x, x.max()))
        assert dust[corner].min() > dust.mean() + 0.2
        assert dust[foot].mean() > 1.5 * dust[~foot].mean()


def test_a_table_top_shows_the_flames_of_flat_sawn_oak() -> None:
    wood = next(part.mesh.material for part in _parts("side_table") if part.mesh.material.name == "oak")
    assert wood.colour_map is not None
    light = wood.colour_map[..., :3].astype(float).mean(-1)
    staves = np.split(light[:, : 3 * (light.shape[1] // 3)], 3, axis=1)
    for stave in staves:
        rows = stave.reshape(16, -1, stave.shape[1]).mean(1)
        changes = np.abs(np.diff(rows, axis=0)).mean()
        assert changes > 2.0, "its rings do not run straight from end to end"
    assert light.std() > 8.0


def test_a_lamps_cloth_is_brightest_round_its_bulb() -> None:
    glow = next(part.mesh.material.emissive_map for part in _parts("floor_lamp") if part.mesh.material.name == "linen_shade")
    assert glow is not None
    rows = glow[..., 1].astype(float).mean(1)
    at = int(len(rows) * (1.0 - (floor_lamp.BULB_AT - floor_lamp.LOW) / (floor_lamp.HIGH - floor_lamp.LOW)))
    assert abs(int(rows.argmax()) - at) < 20
    assert rows[at] > 1.6 * max(rows[3], rows[-4])


@pytest.mark.parametrize(
    ("prefab", "names", "prefix"),
    [("framed_print", ("lake", "sprigs", "dunes"), "print"), ("small_print", ("stones", "sea", "leaf"), "small")],
)
def test_each_print_shows_another_picture_in_the_same_frame(prefab: str, names: tuple[str, ...], prefix: str) -> None:
    shown = {}
    for name in names:
        parts = _parts(prefab, {"picture": name})
        (paper,) = (part.mesh.material for part in parts if part.name == "picture")
        assert paper.colour_map is not None
        rows, columns = paper.colour_map.shape[:2]
        shown[paper.name] = paper.colour_map[..., :3].reshape(8, rows // 8, 8, columns // 8, 3).mean((1, 3))
    assert set(shown) == {f"{prefix}_{name}" for name in names}
    assert min(np.abs(one - other).max() for one in shown.values() for other in shown.values() if one is not other) > 8.0


def test_a_rug_lies_under_what_stands_on_it() -> None:
    card = _card("rug")
    assert (card.solid, card.tops) == (False, False)
    points = np.concatenate([part.mesh.positions for part in _parts("rug")])
    assert points[:, 2].max() < 0.010, "nobody trips over it"
    rim = points[np.abs(np.abs(points[:, 0]) - card.size[0] / 2) < 0.002]
    assert rim[:, 2].min() < 0.006, "its edge is round"
    pile, bound = (part.mesh for part in sorted(_parts("rug"), key=lambda part: -part.mesh.positions[:, 2].max()))
    assert pile.positions[:, 2].max() > bound.positions[:, 2].max() + 0.003, "its wool stands over the binding"
    edge = pile.positions[:, 2] < bound.positions[:, 2].max() + 0.0005
    assert pile.colours[edge, 1].mean() < 0.6 * pile.colours[~edge, 1].mean(), "and shades its own foot"
    sage, sand = (_parts("rug", {"wool": wool})[0].mesh.colours[:, :3].mean(axis=0) for wool in ("sage", "sand"))
    assert np.abs(sage - sand).max() > 0.05


def test_two_small_prints_are_as_high_as_a_large_one() -> None:
    large, small = _card("framed_print").size[2], _card("small_print").size[2]
    assert abs(2 * small + 0.06 - large) < 1e-9
    assert small == small_print.SIDE


def test_the_clock_shows_its_time_to_who_looks_at_it() -> None:
    hands = _points(_parts("wall_clock"), "clock_hands") - (0.0, 0.0, wall_clock.RADIUS)
    far = np.hypot(hands[:, 0], hands[:, 2])
    for reach, turn in (
        (wall_clock.MINUTE, 6.0 * wall_clock.TIME[1]),
        (wall_clock.HOUR, 30.0 * wall_clock.TIME[0] + 0.5 * wall_clock.TIME[1]),
    ):
        tip = hands[np.abs(far - reach) < 0.004].mean(axis=0)
        # Its right, as one reads it, is our -x.
        assert abs(np.degrees(np.arctan2(-tip[0], tip[2])) - turn) < 3.0
    glass = _points(_parts("wall_clock"), "clock_dial")
    assert hands[:, 1].min() >= glass[:, 1].max() - 1e-6, "before the dial"


def test_books_stand_on_their_shelf_and_none_hangs_over_its_edge() -> None:
    bare, full = _parts("wall_shelf", {"holds": "nothing"}), _parts("wall_shelf")
    assert {part.name for part in bare} == {"shelf"}
    board = np.concatenate([part.mesh.positions for part in bare])
    books = np.concatenate([part.mesh.positions for part in full if part.name == "held"])
    assert abs(books[:, 2].min() - board[:, 2].max()) < 5e-4
    assert (np.abs(books[:, :2]).max(axis=0) < board[:, :2].max(axis=0)).all()


def test_the_last_book_leans_on_the_one_beside_it() -> None:
    boards = _points(_parts("wall_shelf"), "book_cloth")
    standing = wall_shelf.STANDING
    beside = wall_shelf.WIDTH / 2 - 0.035 - sum(book.thick + 0.0008 for book in standing[:-1]) + 0.0008
    lean = np.radians(wall_shelf.LEANS)
    leaning = boards[(boards[:, 0] < beside) & (boards[:, 0] > beside - 0.07)]
    # The line of its board that looks to the others, at the height of the one beside it.
    touch = leaning[:, 0] + (leaning[:, 2] - wall_shelf.TOP - standing[-2].tall) * -np.tan(lean)
    assert abs(touch.max() - beside) < 0.0025


def test_a_reading_lamps_light_is_inside_its_shade_and_gets_out_past_both_rims() -> None:
    card = _card("floor_lamp")
    cloth = _points(_parts("floor_lamp"), "linen_shade")
    light = np.array(card.places["flame"].at)
    assert cloth[:, 2].min() < light[2] < cloth[:, 2].max()
    rims = {"down": (floor_lamp.LOW, floor_lamp.WIDE), "up": (floor_lamp.HIGH, floor_lamp.NARROW)}
    for word, (height, radius) in rims.items():
        seen = np.degrees(np.arctan2(abs(height - light[2]), radius))
        assert abs(seen - float(str(card.model["lamp"][word]).split()[0])) < 2.0, word
