"""The patient: of human measure, at rest on the cloth, older with the years, and connected whichever way the bed is set."""

from collections.abc import Mapping
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from assets.generators import complexion, figure, hair, limb_skin, patient_skin, visage, visage_skin
from assets.generators.bedding import TOP
from assets.generators.patient_lines import tops
from assets.generators.shapes import shape
from engine.library import assets_folder
from engine.spec.diagnostics import Span
from engine.spec.expression import Value
from engine.spec.findings import Findings
from engine.spec.prefabs import Prefabs
from engine.view.geometry.mesh import Mesh, Part
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
def test_arms_have_the_lengths_of_their_source_and_wrists_are_bent_as_at_rest(side: int) -> None:
    upper, fore = figure.ELBOW[side] - figure.SHOULDER[side], figure.WRIST[side] - figure.ELBOW[side]
    assert np.linalg.norm(upper) == pytest.approx(0.186 * STATURE, abs=0.01)
    assert np.linalg.norm(fore) == pytest.approx(0.146 * STATURE, abs=0.01)
    way = figure.HAND_WAY[side] / np.linalg.norm(figure.HAND_WAY[side])
    assert np.degrees(np.arccos(way @ fore / np.linalg.norm(fore))) <= 35.0


@pytest.mark.parametrize("side", [1, -1])
def test_elbows_lie_on_the_mattress_close_to_the_trunk(side: int) -> None:
    elbow = figure.ELBOW[side]
    column = elbow + np.column_stack([np.zeros(141), np.zeros(141), np.linspace(-0.07, 0.0, 141)])
    lowest = column[int(np.argmax(figure.arm(column, side) < 0.0)), 2]
    assert 0.005 < lowest < 0.045, "on what covers it, not in the air"
    assert abs(elbow[0]) < 0.30


@pytest.mark.parametrize("side", [1, -1])
def test_a_hand_lies_on_the_cloth(side: int) -> None:
    cloth = [_of("chest", "blanket").mesh, _of("chest", "top_sheet").mesh, _of("blanket", "blanket").mesh]
    under = [shape(each.positions.astype(float), each.triangles.astype(np.int64)) for each in cloth]
    at, axes, mirror = figure.hand_frame(side)
    palm = np.array([(0.0, y, z) for y in (0.03, 0.05, 0.07) for z in np.linspace(-0.03, 0.0, 61)])
    inside = figure.hand(palm, figure.CURL[side]).reshape(3, -1) < 0.0
    lowest = palm.reshape(3, -1, 3)[np.arange(3), np.argmax(inside, axis=1)]
    places = (lowest * mirror) @ axes.T + at
    gap = places[:, 2] - tops(under, places[:, :2])
    assert (np.abs(gap) < 0.012).all(), gap


@pytest.mark.parametrize(("height", "breadth"), [(-0.008, 0.141), (-0.058, 0.121)], ids=["cheekbones", "jaw"])
def test_a_face_is_as_broad_as_its_source_says(height: float, breadth: float) -> None:
    x, y = np.meshgrid(np.linspace(0.0, 0.09, 181), np.linspace(0.0, 0.06, 31))
    within = figure.skull(np.stack([x, y, np.full_like(x, height)], -1)) < 0.0
    assert 2.0 * float(x[within].max()) == pytest.approx(breadth, abs=0.008)


def test_a_shaven_beard_shows_with_the_years_on_the_chin_and_not_on_the_forehead() -> None:
    chin, forehead = np.array((0.012, 0.088, -0.095)), np.array((0.012, 0.094, 0.045))
    skins = [complexion.colours(np.stack([chin, forehead]), life, visage_skin.SKIN)[0] for life in (visage.YOUNG, visage.OLD)]
    (young_chin, young_forehead), (old_chin, old_forehead) = [each[:, 0] / each[:, 2] for each in skins]
    assert old_chin / old_forehead < 0.98 * young_chin / young_forehead, "bluer than the skin about it"


@pytest.mark.parametrize("life", [visage.YOUNG, visage.MIDDLE, visage.OLD])
def test_blood_and_hair_give_a_face_its_colours(life: visage.Life) -> None:
    at = {
        "forehead": (0.012, 0.094, 0.040),
        "cheek": (0.043, 0.070, -0.024),
        "nose": (0.000, 0.117, -0.029),
        "lip": (0.006, 0.098, -0.068),
        "brow": (0.028, 0.088, 0.027),
        "lashes": (0.032, 0.085, -0.006),
    }
    colours, _ = complexion.colours(np.array(list(at.values())), life, visage_skin.SKIN)
    seen = dict(zip(at, colours, strict=True))
    red = {name: colour[0] / colour[1] for name, colour in seen.items()}
    for name in ("cheek", "nose"):
        assert 1.03 < red[name] / red["forehead"] < 1.17, f"{name}: blood shows, and is not painted on"
    assert red["lip"] > (1.5 - 0.2 * life.worn) * red["forehead"], "paler with the years"
    for dark, share in (("brow", 0.37 + 0.45 * life.white), ("lashes", 0.37)):
        assert seen[dark].max() < share * seen["forehead"].max(), dark


def test_hair_stands_highest_over_the_forehead_and_not_on_it() -> None:
    forehead, forelock, side = np.array(((0.0, 0.095, 0.030), (0.0, 0.070, 0.085), (0.075, -0.060, 0.010)))
    assert visage.thatch(forehead) == 0.0
    assert visage.thatch(forelock) > 1.3 * visage.thatch(side) > 0.0


@pytest.mark.parametrize("side", [1, -1])
def test_an_arm_is_redder_at_the_elbows_point_and_darker_in_the_sleeve(side: int) -> None:
    mesh = _of("chest", "skin").mesh
    upper, elbow, wrist = figure.SHOULDER[side], figure.ELBOW[side], figure.WRIST[side]
    long = float(np.linalg.norm(elbow - upper))
    back, fore = (elbow - upper) / long, (wrist - elbow) / np.linalg.norm(wrist - elbow)
    near = np.linalg.norm(mesh.positions - elbow, axis=1) < 0.16
    along = ((mesh.positions - upper) @ back / long).astype(float)
    tone = mesh.colours[:, :3].astype(float)
    tip = (back - fore) / np.linalg.norm(back - fore)
    assert ((mesh.positions - elbow) @ tip)[near].max() == pytest.approx(0.030, abs=0.008), "its bone stands out, no stump"
    point = np.linalg.norm(mesh.positions - elbow - 0.035 * tip, axis=1) < 0.030
    bare = (np.linalg.norm(mesh.positions - (elbow + wrist) / 2, axis=1) < 0.05) & near
    sleeved = near & (along < 0.70) & (np.linalg.norm(np.cross(mesh.positions - upper, back), axis=1) < 0.06)
    assert min(point.sum(), bare.sum(), sleeved.sum()) > 2
    assert (tone[point, 0] / tone[point, 1]).mean() > 1.04 * (tone[bare, 0] / tone[bare, 1]).mean()
    open_ = bare & (mesh.normals[:, 2] > 0.0)
    assert tone[sleeved, 1].mean() < 0.75 * tone[open_, 1].mean()
    under = bare & (mesh.normals[:, 2] < -0.3)
    assert under.any()
    assert tone[under, 1].mean() < 0.60 * tone[open_, 1].mean(), "dark where it lies on the sheet"


def test_hollows_of_the_face_see_less_of_the_sky() -> None:
    surface = _of("head", "face_middle").mesh.material.surface_map
    assert surface is not None
    size = len(surface)

    def seen(x: float, z: float) -> float:
        """About a share of the way from the nose to the texture's rim, aside and up: a JPEG's texels stray from their mean."""
        row, column = int((0.5 - z) * size), int((0.5 + x) * size)
        return float(surface[row - 3 : row + 4, column - 3 : column + 4, 0].mean()) / 255

    assert seen(0.0, 0.22) > 0.97, "the forehead"
    assert max(seen(side * 0.026, -0.040) for side in (1, -1)) < 0.75, "nostrils"
    assert max(seen(side * 0.075, 0.14) for side in (1, -1)) < 0.95, "beside the nose's root, beneath the brows"


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


def test_light_goes_into_skin_and_red_light_farthest_and_not_into_cloth() -> None:
    spread = {part.mesh.material.name: part.mesh.material.scatter for part in _grown(40)}
    assert {name for name, far in spread.items() if any(far)} == {"skin", "face_middle"}
    for name in ("skin", "face_middle"):
        assert spread[name] == pytest.approx(sorted(spread[name], reverse=True))


def test_of_three_heads_one_is_drawn_and_they_have_one_form_but_for_their_hair() -> None:
    heads = [[part.mesh for part in _grown(age) if part.name == "head"] for age in (20, 45, 80)]
    assert {len(each) for each in heads} == {3}, "skin, ears, hair"
    for one in heads[1:]:
        for here, there in zip(heads[0], one, strict=True):
            if not here.material.name.startswith("hair"):
                assert np.array_equal(here.positions, there.positions)


def test_hair_goes_back_over_the_temples_and_thins_on_the_top() -> None:
    temple, top = np.array((0.045, 0.070, 0.068)), np.array((0.010, 0.050, 0.092))
    places = np.stack([temple, top])
    young, old = (visage.scalp(places, life) * visage.growth(places, life) for life in (visage.YOUNG, visage.OLD))
    assert old[0] < 0.5 * young[0]
    assert 0.4 < old[1] / young[1] < 0.95, "scalp between the hairs"


def test_the_head_has_fallen_aside_a_little_and_a_mask_still_meets_the_face() -> None:
    assert 6.0 <= np.degrees(figure.LOLL) <= 16.0
    card = Prefabs([assets_folder() / "prefabs"], Findings()).find("adult", Span("tests", 0, 0, 0, 0))
    assert card is not None
    face, ahead = card.places["face"], figure.HEAD_TURN[:, 1]
    assert face.tilt_deg == pytest.approx(np.degrees(np.arcsin(ahead[2])), abs=0.5)
    assert face.facing_deg == pytest.approx(np.degrees(np.arctan2(ahead[0], ahead[1])), abs=0.5)
    mouth = np.array((0.0, 0.080, -0.048))
    assert np.linalg.norm(np.array(face.at) - figure.out_of_head(mouth)) < 0.003


def test_hair_is_swept_back_has_volume_and_locks_stand_off_it() -> None:
    made = hair.locks(visage.OLD)
    local = (made.positions - figure.HEAD_AT) @ figure.HEAD_TURN
    high, grown = figure.skull(local), visage.thatch(local)
    top = local[:, 2] > 0.070
    assert 0.008 < np.median(high[top]) < 0.016
    assert (high - grown)[top].max() > 0.004, "strays"
    tips, roots = local[made.uvs[:, 1] < 0.02], local[made.uvs[:, 1] > 0.98]
    over = roots[:, 2] > 0.070
    assert len(tips) == len(roots)
    assert np.median((tips - roots)[over, 1]) < -0.025, "back from the forehead"


def test_from_afar_locks_do_not_dissolve_and_have_no_blots() -> None:
    picture = hair.hair_of(visage.OLD).colour_map
    assert picture is not None
    cover = picture[:192, :, 3].reshape(12, 16, -1, 16).mean(axis=(1, 3)) / 255.0
    tone = (picture[:192, :, 1].reshape(12, 16, -1, 16).mean(axis=(1, 3)) / 255.0) ** 2.2
    dense = slice(0, cover.shape[1] * hair.FULL // (hair.FULL + hair.THIN))
    between = cover[2:6, dense].reshape(4, hair.FULL, -1)[:, :, 1:3]
    assert between.min() * (1.0 + 0.16 * 4.0) > 0.5, "a mask's level of detail four halvings down keeps them whole"
    assert tone[:, dense].std() < 0.12 * tone[:, dense].mean()


def test_the_head_is_bowed_to_the_chest_and_its_mouth_a_little_open() -> None:
    assert 26.0 <= np.degrees(figure.NOD) <= 34.0
    mouth = np.array((0.0, 0.098, float(visage.mouth_line(np.zeros(1), 1.0)[0])))
    lip = mouth - np.array((0.0, 0.0, 0.0055))
    (gap, red), _ = complexion.colours(np.stack([mouth, lip]), visage.OLD, visage_skin.SKIN)
    assert gap.max() < 0.25 * red.max()


@pytest.mark.parametrize("name", ["forehead", "nose"])
def test_an_oily_skin_shines_where_a_shaven_one_does_not(name: str) -> None:
    at = {"forehead": (0.0, 0.094, 0.050), "nose": (0.0, 0.116, -0.020)}[name]
    _, rough = complexion.colours(np.array((at, (0.040, 0.060, -0.080))), visage.OLD, visage_skin.SKIN)
    assert rough[0] < rough[1] - 0.10


def test_an_old_face_is_of_many_colours_and_a_young_one_of_few() -> None:
    cheek = np.stack(np.meshgrid(np.linspace(0.030, 0.056, 40), (0.070,), np.linspace(-0.035, 0.045, 60), indexing="ij"), -1)
    young, old = (complexion.colours(cheek.reshape(-1, 3), life, visage_skin.SKIN)[0] for life in (visage.YOUNG, visage.OLD))
    assert (old[:, 0] / old[:, 1]).std() > 1.15 * (young[:, 0] / young[:, 1]).std()


def _texel(picture: NDArray[np.uint8], part: patient_skin.Part, place: tuple[float, float]) -> NDArray[np.float64]:
    u, v = part.put(np.array(place))
    return np.asarray(picture[int((1.0 - v) * len(picture)), int(u * picture.shape[1])], float)


def test_veins_stand_out_on_the_back_of_a_hand_and_its_knuckles_are_red() -> None:
    made = limb_skin.skin("skin", visage_skin.SKIN)
    assert made.colour_map is not None
    assert made.normal_map is not None
    vein, beside, knuckle = ((0.052, -0.0012), (0.052, 0.007), (0.092, 0.009))
    tone = {name: _texel(made.colour_map, patient_skin.HAND, at) for name, at in (("vein", vein), ("beside", beside))}
    red = {name: _texel(made.colour_map, patient_skin.HAND, at) for name, at in (("knuckle", knuckle), ("beside", beside))}
    assert tone["vein"][2] / tone["vein"][0] > 1.03 * tone["beside"][2] / tone["beside"][0], "bluer"
    assert 1.02 < red["knuckle"][0] / red["knuckle"][1] * red["beside"][1] / red["beside"][0] < 1.10
    lean = [_texel(made.normal_map, patient_skin.HAND, (0.052, -0.0012 + aside))[1] for aside in (-0.002, 0.002)]
    assert lean[0] < 122, "one of its flanks looks away"
    assert lean[1] > 134, "from the other"


def test_arms_and_hands_lie_in_their_part_of_the_pictures() -> None:
    mesh = _of("chest", "skin").mesh
    assert mesh.uvs.min() >= 0.0
    assert mesh.uvs.max() <= 1.0
    elbow = np.linalg.norm(mesh.positions - figure.ELBOW[1], axis=1) < 0.05
    hand = (
        np.linalg.norm(mesh.positions - figure.hand_frame(1)[0] @ np.eye(3) - 0.10 * figure.hand_frame(1)[1][:, 1], axis=1) < 0.04
    )
    assert mesh.uvs[elbow, 0].max() < patient_skin.ARM.at[0] + patient_skin.ARM.size[0]
    assert mesh.uvs[hand, 0].min() > patient_skin.HAND.at[0]


def test_hair_is_cut_out_of_pictures_lies_on_the_head_and_greys() -> None:
    brightness = []
    for age in (20, 45, 80):
        hair = next(part.mesh for part in _grown(age) if part.mesh.material.name.startswith("hair"))
        assert hair.material.alpha == "mask"
        assert hair.material.colour_map is not None
        assert 0.15 < float((hair.material.colour_map[..., 3] > 127).mean()) < 0.9, "strands, and what is between them"
        brightness.append(sum(hair.material.colour[:3]))
    off = figure.skull((hair.positions.astype(float) - figure.HEAD_AT) @ figure.HEAD_TURN)
    assert off.min() > -0.006
    assert off.max() < 0.024
    assert brightness[0] < brightness[1] < brightness[2]


@pytest.mark.parametrize("side", [1, -1])
def test_ears_stand_off_the_head_and_open_outwards(side: int) -> None:
    mesh = _of("head", "skin").mesh
    ours = (side * mesh.positions[mesh.triangles][:, :, 0] > 0).all(axis=1)
    corners = mesh.positions[mesh.triangles[ours]].astype(float)
    faces = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    middles = (corners.mean(axis=1) - figure.HEAD_AT) @ figure.HEAD_TURN
    assert figure.skull(middles).max() > 0.012
    assert side * faces[np.abs(middles[:, 0]) > 0.072][:, 0].sum() > 0, "what one sees is their hollow, not their back"


def test_the_skins_of_head_and_throat_meet_on_one_form() -> None:
    for name, material in (("head", "face_middle"), ("chest", "skin")):
        points = _of(name, material).mesh.positions.astype(float)
        local = (points - figure.HEAD_AT) @ figure.HEAD_TURN
        near = (np.abs(visage_skin.above(local) - visage_skin.SEAM) < 0.012) & (np.linalg.norm(local[:, :2], axis=1) < 0.08)
        assert near.sum() > 4
        off = figure.bust(points[near])
        assert off.max() < 0.003, "neither stands off it"
        assert np.median(np.abs(off)) < 0.003, "only what the other covers is sunk in"


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


def test_the_cannulas_line_goes_over_the_other_edge() -> None:
    points = _of("chest", "lines").mesh.positions
    assert points[points[:, 0] < -0.44][:, 2].min() < -0.09


def test_the_top_sheet_lies_over_the_whole_bed_and_hangs_at_both_sides() -> None:
    mesh = _of("chest", "top_sheet").mesh
    x = np.linspace(-0.41, 0.41, 42)
    under = [shape(mesh.positions.astype(float), mesh.triangles.astype(np.int64))]
    for y in (-0.26, -0.21, -0.13):
        assert (tops(under, np.column_stack([x, np.full(42, y)])) > 0.0105).all(), "a band without a gap"
    for side in (1, -1):
        assert mesh.positions[side * mesh.positions[:, 0] > 0.43][:, 2].min() < -0.08


def test_the_turned_down_sheet_lies_on_the_gown_without_a_step_at_its_upper_edge() -> None:
    mesh = _of("chest", "top_sheet").mesh
    white = [shape(mesh.positions.astype(float), mesh.triangles.astype(np.int64))]
    x = np.linspace(-0.11, 0.11, 23)
    high = tops(white, np.column_stack([x, np.full(23, TOP + 0.006)]))
    column = np.stack(np.broadcast_arrays(x[:, None], TOP + 0.006, np.linspace(0.24, 0.12, 241)), -1)
    body = column[np.arange(23), np.argmax(figure.trunk(column) < 0.0, axis=1), 2]
    assert np.median(high - body) < 0.012, "two layers of cloth and their folds, not the blanket's edge"
    assert (high - body).max() < 0.020


def test_the_gown_is_bare_over_the_chest_and_covered_over_the_lap() -> None:
    gown, linen = (_of("chest", name).mesh for name in ("gown", "top_sheet"))
    worn, white = ([shape(each.positions.astype(float), each.triangles.astype(np.int64))] for each in (gown, linen))
    chest = np.array([(x, y) for x in (-0.10, 0.0, 0.10) for y in (-0.46, -0.40, -0.36)])
    assert (tops(worn, chest) > 0.18).all()
    assert (tops(white, chest) < 0.02).all()
    lap = np.array([(x, y) for x in (-0.10, 0.0, 0.10) for y in (-0.262, -0.235)])
    assert (tops(white, lap) > tops(worn, lap)).all(), "nothing of it comes through"


def test_the_gown_shows_no_facets_over_the_chest() -> None:
    mesh = _of("chest", "gown").mesh
    corners, normals = mesh.positions[mesh.triangles].astype(float), mesh.normals[mesh.triangles].astype(float)
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    middle, upward = corners.mean(axis=1), (normals[:, :, 2] > 0.2).all(axis=1) & (across[:, 2] > 0.0)
    chest = upward & (np.abs(middle[:, 0]) < 0.12) & (middle[:, 1] > -0.48) & (middle[:, 1] < -0.34)
    chest &= np.linalg.norm(across, axis=1) > 4e-5  # no seams or bindings
    assert chest.sum() > 50
    turn = np.degrees(np.arccos(np.clip(np.einsum("tij,tkj->tik", normals, normals), -1.0, 1.0))).max(axis=(1, 2))[chest]
    assert np.median(turn) < 28.0, "within one triangle, whose corners are up to 4 cm apart"
    assert np.percentile(turn, 90) < 55.0


def _tone(mesh: Mesh) -> NDArray[np.float64]:
    """How bright the picture of a cloth is at its vertices, 0-1, linear."""
    picture = mesh.material.colour_map
    assert picture is not None
    row, column = (
        np.clip(size * share, 0, size - 1).astype(int)
        for size, share in zip(picture.shape, (1.0 - mesh.uvs[:, 1], mesh.uvs[:, 0]), strict=False)
    )
    return np.asarray((picture[row, column, 1] / 255.0) ** 2.2, float)


@pytest.mark.parametrize("side", [1, -1])
def test_cloth_is_darker_where_an_arm_lies_on_it(side: int) -> None:
    mesh = _of("chest", "top_sheet").mesh
    share = np.linspace(0.2, 0.8, 13)[:, None]
    arm = figure.ELBOW[side] + share * (figure.WRIST[side] - figure.ELBOW[side])
    away = np.linalg.norm(mesh.positions[:, None, :2] - arm[None, :, :2], axis=2).min(axis=1)
    tone = _tone(mesh)
    open_ = (away > 0.10) & (np.abs(mesh.positions[:, 0] - side * 0.37) < 0.05)
    assert tone[away < 0.02].mean() < 0.6 * tone[open_].mean()


def test_the_blanket_hangs_far_down_beside_the_legs_over_rails_that_are_let_down_and_tents_over_the_feet() -> None:
    points = _of("blanket", "blanket").mesh.positions
    for side in (1, -1):
        beside = points[(side * points[:, 0] > 0.43) & (points[:, 1] > 0.25)]
        hem = beside[beside[:, 2] < -0.20]
        assert len(hem) > 8
        assert np.ptp(np.abs(hem[:, 0])) > 0.010, "in folds"
        rail = beside[(beside[:, 2] < -0.06) & (beside[:, 1] < 0.80)]
        assert np.abs(rail[:, 0]).min() > 0.474 + 0.0155, "outside the rail of the bed"
        assert np.abs(points[:, 0]).max() < 0.54, "in nobody's way"
    toes = points[(points[:, 1] > 0.86) & (points[:, 1] < 0.96)]
    right, left = (toes[side * toes[:, 0] > 0.10][:, 2].max() for side in (1, -1))
    assert 0.13 < left < right - 0.008, "the left foot has fallen further out"
    assert right < 0.19
    mesh = _of("blanket", "blanket").mesh
    cloth = [shape(mesh.positions.astype(float), mesh.triangles.astype(np.int64))]
    left, between, right = tops(cloth, np.array(((-0.200, 0.90), (0.0, 0.90), (0.180, 0.90))))
    assert between + 0.02 < min(left, right), "a tent over each foot, and cloth hung between them"
    shins = tops(cloth, np.column_stack([np.linspace(-0.15, 0.15, 31), np.full(31, 0.72)]))
    assert right > shins.max() + 0.02


def test_blanket_and_sheet_have_pictures_of_their_own_blue_and_white() -> None:
    legs, trunk, band = _of("blanket", "blanket").mesh, _of("chest", "blanket").mesh, _of("chest", "top_sheet").mesh
    for mesh in (legs, trunk, band):
        assert mesh.uvs.min() > 0.0
        assert mesh.uvs.max() < 1.0
        assert mesh.material.normal_map is not None
    blue, white = legs.material.colour_map, band.material.colour_map
    assert blue is not None
    assert white is not None
    assert legs.material.name == trunk.material.name
    wool, cotton = (picture[len(picture) // 2, len(picture[0]) // 12].astype(int) for picture in (blue, white))
    assert wool[2] > wool[0] + 30, "blue"
    assert np.ptp(cotton[:3]) < 12, "white"


def test_one_tells_two_legs_apart_under_the_blanket_their_knees_a_little_bent() -> None:
    mesh = _of("blanket", "blanket").mesh
    cloth = [shape(mesh.positions.astype(float), mesh.triangles.astype(np.int64))]

    def section(y: float) -> Points:
        x = np.linspace(-0.30, 0.30, 121)
        return tops(cloth, np.column_stack([x, np.full(121, y)]))

    for y in (0.35, 0.45, 0.60):
        high = section(y)
        valley = high[55:66].min()
        assert min(high[:55].max(), high[66:].max()) > valley + 0.025, y
    knees, shins = section(0.42), section(0.65)
    for half in (slice(0, 55), slice(66, 121)):
        assert knees[half].max() > shins[half].max() + 0.03


def test_the_pillow_gives_way_under_the_head_and_is_dark_beside_it() -> None:
    mesh = _of("pillow", "bed_linen").mesh
    points = mesh.positions.astype(float)
    x, y, z = points.T
    top = (np.abs(y + 0.724) < 0.20) & (mesh.normals[:, 2] > 0.3) & (np.abs(x) < 0.30) & (z > 0.045)
    off = figure.head((points - figure.HEAD_AT) @ figure.HEAD_TURN)
    assert off[top].min() > -0.006, "no cloth in the head"
    round_ = top & (np.abs(np.hypot(0.92 * x, y + 0.700) - 0.165) < 0.04)
    under = top & (off < 0.015)
    assert z[round_].max() > z[under].min() + 0.035, "it stands up round the head"
    tone = _tone(mesh)
    assert tone[under].mean() < 0.45 * tone[top & (off > 0.12)].mean()


def test_the_mattress_sheet_is_dark_beside_pillow_and_trunk() -> None:
    mesh = _of("pillow", "bed_linen").mesh
    points, tone = mesh.positions.astype(float), _tone(mesh)
    low = (points[:, 2] < 0.03) & (np.abs(points[:, 0]) < 0.42) & (np.abs(points[:, 1] + 0.39) < 0.09)
    near = low & (figure.trunk(points) < 0.035)
    assert min(near.sum(), (low & (figure.trunk(points) > 0.12)).sum()) > 1
    assert tone[near].mean() < 0.5 * tone[low & (figure.trunk(points) > 0.12)].mean()


def test_heights_of_shapes_are_those_of_the_highest() -> None:
    square = np.array(((0.0, 0.0, 0.1), (1.0, 0.0, 0.1), (0.0, 1.0, 0.3)))
    low = shape(square - (0.0, 0.0, 0.05), np.array(((0, 1, 2),)))
    high = shape(square, np.array(((0, 1, 2),)))
    assert tops([high, low], np.array(((0.25, 0.5),))) == pytest.approx(0.2)
    assert tops([high], np.array(((2.0, 2.0),))) == pytest.approx(tops([low], np.array(((2.0, 2.0),))))
