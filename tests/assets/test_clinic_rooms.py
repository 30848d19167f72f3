"""The clinic's second half: models as their cards say, and cards as a clinic needs them."""

from collections.abc import Mapping
from math import cos, radians, sin

import numpy as np
import pytest
from numpy.typing import NDArray

from assets.generators import clinic_door, curtain, figure, iv_prints
from engine.library import assets_folder
from engine.spec.cards import Card
from engine.spec.diagnostics import Span
from engine.spec.expression import Value
from engine.spec.findings import Findings
from engine.spec.prefabs import Prefabs
from engine.view.geometry.mesh import Part
from engine.view.geometry.parts import build_parts

NAMES = (
    *("debrief_board", "clinic_door", "sash_window", "led_panel", "adult", "curtain", "cupboard", "iv_pole"),
    *("bedhead", "waste_bin", "glove_boxes", "bedside_locker", "towel_dispenser", "hygiene_poster"),
)
Points = NDArray[np.float64]

OVER = {
    "clinic_door": (0.05, 0.062, 0.05),
    "sash_window": (0.06, 0.07, 0.05),
    "adult": (0.12, 0.065, 0.29),
    "bedhead": (0.005, 0.019, 0.73),
}
"""How far a model may reach beyond its card's size: architraves, handles, boards; what hangs over the bed's edges; leads."""


def _card(name: str) -> Card:
    findings = Findings()
    card = Prefabs([assets_folder() / "prefabs"], findings).find(name, Span("tests", 0, 0, 0, 0))
    assert card is not None
    assert findings.errors == 0
    return card


def _parts(name: str, said: Mapping[str, Value] | None = None) -> list[Part]:
    return build_parts(_card(name), said or {})


def _points(parts: list[Part], *names: str) -> Points:
    found = [
        part.mesh.positions @ copy[:3, :3].T + copy[:3, 3]
        for part in parts
        if not names or part.name in names
        for copy in part.copies
    ]
    return np.concatenate(found).astype(float)


def _turned(points: Points, at: tuple[float, float, float], axis: int, degrees: float) -> Points:
    one, two = (axis + 1) % 3, (axis + 2) % 3
    moved, c, s = points - at, cos(radians(degrees)), sin(radians(degrees))
    turned = moved.copy()
    turned[:, one], turned[:, two] = c * moved[:, one] - s * moved[:, two], s * moved[:, one] + c * moved[:, two]
    return turned + at


@pytest.mark.parametrize("name", NAMES)
def test_it_fills_its_card_and_stays_within(name: str) -> None:
    card = _card(name)
    points, over = _points(_parts(name)), OVER.get(name, (0.005, 0.005, 0.005))
    low, high = points.min(axis=0), points.max(axis=0)
    half = np.array((card.size[0] / 2, card.size[1] / 2, 0.0))
    top = half + np.array((0.0, 0.0, card.size[2]))
    assert (low >= -half - over).all(), low
    assert (high <= top + over).all(), high
    assert (high - low >= 0.9 * np.array(card.size)).all()


@pytest.mark.parametrize("name", NAMES)
def test_it_has_materials_worth_the_name(name: str) -> None:
    materials = {part.mesh.material.name: part.mesh.material for part in _parts(name)}
    assert 2 <= len(materials) <= (8 if name == "adult" else 6), "each is a draw call"
    assert any(each.surface_map is not None for each in materials.values()), "some surface is worn or woven"


@pytest.mark.parametrize("name", NAMES)
def test_creases_are_darker_than_open_faces(name: str) -> None:
    light = np.concatenate([part.mesh.colours[:, 3] for part in _parts(name)])
    assert light.min() < 0.7
    assert light.max() > 0.95


@pytest.mark.parametrize(("name", "towards"), [("debrief_board", (-1.0, 0.0, 0.0))])
def test_a_screen_is_one_rectangle_that_reads_from_the_front(name: str, towards: tuple[float, float, float]) -> None:
    face = next(part for part in _parts(name) if part.screen)
    mesh = face.mesh
    assert len(mesh.triangles) == 2
    assert np.allclose(mesh.normals, (0.0, 1.0, 0.0))
    assert {tuple(uv) for uv in mesh.uvs.tolist()} == {(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)}
    by_uv = {tuple(uv): point for uv, point in zip(mesh.uvs.tolist(), mesh.positions, strict=True)}
    across, up = by_uv[1.0, 0.0] - by_uv[0.0, 0.0], by_uv[0.0, 1.0] - by_uv[0.0, 0.0]
    assert np.allclose(across / np.linalg.norm(across), towards)
    assert np.allclose(up / np.linalg.norm(up), (0.0, 0.0, 1.0))


def test_the_pump_shows_its_rate_by_its_own_light() -> None:
    (mesh,) = (part.mesh for part in _parts("iv_pole") if part.name == "face")
    assert mesh.material.emissive == (1.0, 1.0, 1.0)
    assert mesh.material.emissive_map is not None
    left, top, right, bottom = iv_prints.FACE
    shown = mesh.material.emissive_map[top:bottom, left:right, :3].astype(int)
    green = (shown[..., 1] > 180) & (shown[..., 0] < 160)
    rows = np.nonzero(green[48:170].any(axis=1))[0]
    assert (rows[-1] - rows[0] + 1) * 0.064 / (bottom - top) > 0.018, "figures of 18 mm are read from two metres"
    low, high = round(1.0 - bottom / iv_prints.HIGH, 4), round(1.0 - top / iv_prints.HIGH, 4)
    by_uv = {(round(u, 4), round(v, 4)): at for (u, v), at in zip(mesh.uvs.tolist(), mesh.positions, strict=True)}
    assert {(0.0, low), (1.0, low), (1.0, high), (0.0, high)} <= set(by_uv)
    across = by_uv[1.0, low] - by_uv[0.0, low]
    assert np.allclose(across / np.linalg.norm(across), (-1.0, 0.0, 0.0)), "it reads from the front"


def test_the_boards_button_is_where_its_control_is_and_goes_in() -> None:
    card, parts = _card("debrief_board"), _parts("debrief_board")
    button = _points(parts, "button")
    assert np.allclose(
        ((button.min(axis=0) + button.max(axis=0)) / 2)[[0, 2]], np.array(card.controls["done"].at)[[0, 2]], atol=1e-3
    )
    assert abs(button[:, 1].max() - card.controls["done"].at[1]) < 0.003
    rail = _points(parts, "frame")
    near = np.hypot(rail[:, 0] - card.controls["done"].at[0], rail[:, 2] - card.controls["done"].at[2]) < 0.05
    assert button[:, 1].max() + card.joints["button"].ends > rail[near, 1].max(), "pressed, it can still be felt"
    assert _points(parts, "pens")[:, 2].min() > 0.004, "the pens lie in the tray"


def test_the_leaf_shuts_into_its_frame_and_leaves_room_for_a_bed() -> None:
    card, parts = _card("clinic_door"), _parts("clinic_door")
    leaf, joint = _points(parts, "leaf"), card.joints["leaf"]
    panel = leaf[(np.abs(leaf[:, 1] - 0.034) < 0.023)]
    assert 0.002 < card.size[0] / 2 - 0.034 - np.abs(panel[panel[:, 0] < -0.60, 0]).max() + 0.008 < 0.012
    assert panel[:, 2].min() > 0.004
    opened = _turned(leaf, joint.at, 2, joint.begins + (joint.ends - joint.begins) * 0.90)
    within = opened[np.abs(opened[:, 1]) < 0.062]
    handles = np.abs(within[:, 2] - 1.0) < 0.12
    clear = within[~handles, 0].min() if len(within) else joint.at[0]
    assert clear + 0.604 > 1.15, "metres between leaf and stop"
    assert opened[:, 1].max() > 1.1, "it opens into the room that it is against"


def test_no_joint_is_open_by_a_hair_where_glass_is_held() -> None:
    """A gap of a millimetre is seen as a broken line; what meets overlaps."""
    oak = _points([part for part in _parts("clinic_door") if part.mesh.material.name == "quartered_oak"])
    x, z = clinic_door.VISION[2], clinic_door.VISION[3] + clinic_door.VISION[1] / 2
    beads = oak[(np.abs(oak[:, 0] - x) < clinic_door.VISION[0] / 2 + 0.02) & (np.abs(oak[:, 2] - z) < 0.3)]
    middle = clinic_door.LEAF_FRONT - clinic_door.LEAF[1] / 2
    lips = beads[np.abs(beads[:, 1] - middle) > clinic_door.LEAF[1] / 2 + 0.001]
    assert np.abs(lips[:, 0] - x).max() > clinic_door.VISION[0] / 2, "the lip laps over the veneer"
    assert np.abs(lips[:, 0] - x).min() < clinic_door.VISION[0] / 2
    glass = _points(_parts("clinic_door"), "glass")
    assert np.ptp(glass[:, 0]) > clinic_door.VISION[0] - 2 * clinic_door.BEAD, "its edges stand in the beads"
    board, sashes = _points(_parts("sash_window"), "frame"), _points(_parts("sash_window"), "sashes")
    top = board[(np.abs(board[:, 0]) < 0.5) & (board[:, 1] > 0.0) & (board[:, 2] < 0.2), 2].max()
    assert sashes[:, 2].min() < top - 0.001, "the sash stands in the board"


def test_both_ends_of_a_doors_handle_are_held() -> None:
    (pulls,) = [part for part in _parts("clinic_door") if part.mesh.material.name == "pull_steel"]
    at, (front, back) = _card("clinic_door").controls["handle"].at, (clinic_door.LEAF_FRONT, clinic_door.LEAF_FRONT - 0.044)
    points = pulls.mesh.positions[np.hypot(*(pulls.mesh.positions[:, (0, 2)] - (at[0], at[2])).T) < 0.2].astype(float)
    points = points[np.abs(points[:, 0] - at[0]) < 0.05]
    for face, out in ((front, 1.0), (back, -1.0)):
        mine = points[(points[:, 1] - face) * out > -0.001]
        held = mine[np.abs(mine[:, 1] - face) < 0.005]
        assert held[:, 2].max() > at[2] + 0.08
        assert held[:, 2].min() < at[2] - 0.08
        assert ((mine[:, 1] - face) * out).max() > 0.04, "a hand fits behind it"
        edge = -clinic_door.LEAF[0] / 2
        assert held[:, 0].min() - edge > 0.05, "there is wood on either side of its feet"
        assert clinic_door.VISION[2] - clinic_door.VISION[0] / 2 - clinic_door.LIP - held[:, 0].max() > 0.05
        assert np.abs(mine[:, 2] - at[2]).max() < _card("clinic_door").controls["handle"].radius


def test_the_drawer_comes_out_and_stays_on_its_runners() -> None:
    card, parts = _card("cupboard"), _parts("cupboard")
    drawer = _points(parts, "drawer")
    out = drawer[:, 1] + card.joints["drawer"].ends
    assert out.min() < 0.235 - 0.05, "its rear is still inside"
    assert out.max() > 0.6
    tops = _points(parts, "worktop")
    assert abs(tops[np.abs(tops[:, 1]) < 0.1, 2].max() - (card.rest_height or 0.0)) < 1e-3


@pytest.mark.parametrize("width", [0.9, 2.4, 6.0])
def test_a_curtain_is_as_wide_as_asked_for(width: float) -> None:
    parts = _parts("curtain", {"width": width})
    for name in ("cloth", "rail"):
        points = _points(parts, name)
        assert abs(np.ptp(points[:, 0]) - width) < 0.07, name
        assert abs(points[:, 0].min() + points[:, 0].max()) < 0.02
    assert abs(_points(parts, "rod")[:, 2].max() - _card("curtain").size[2]) < 1e-6, "it hangs from the ceiling"


def test_pleats_meet_without_a_gap() -> None:
    z = np.linspace(0.0, curtain.NET, 30)
    ends = [[curtain._folds(kind, np.full_like(z, u), z) for u in (0.0, 1.0)] for kind in range(3)]
    for first, last in ends:
        assert np.allclose(first + np.array((curtain.PLEAT, 0.0, 0.0)), ends[0][1], atol=1e-9)
        assert np.allclose(last, ends[0][1], atol=1e-9)


def test_no_two_pleats_hang_alike() -> None:
    u = np.linspace(0.0, 1.0, 200)
    depths = [curtain._folds(kind, u, np.full_like(u, 0.9))[:, 1] for kind in range(3)]
    crests = [int(np.sum((depth[1:-1] > depth[:-2]) & (depth[1:-1] >= depth[2:]))) for depth in depths]
    assert len(set(crests)) > 1, "some have more folds than others"
    alike = np.asarray(np.corrcoef(depths))
    assert alike[np.triu_indices(3, 1)].max() < 0.9


def test_a_curtains_free_edge_hangs_in_a_soft_wave() -> None:
    """Ruled straight, it looked like card."""
    z = np.linspace(0.0, curtain.CLOTH, 80)
    edge = curtain._folds(0, np.zeros_like(z), z)[:, 1]
    straight = np.polyval(np.polyfit(z, edge, 1), z)
    assert 0.012 < np.ptp(edge - straight) < 0.06
    assert np.abs(np.diff(edge, 2)).max() < 0.001, "without a kink"


def test_no_pleat_folds_back_over_itself() -> None:
    """Where it did, slivers of cloth seen edge-on would glint."""
    u, z = np.meshgrid(np.linspace(0.0, 1.0, 4 * curtain.COLUMNS), np.linspace(0.0, curtain.NET, 60))
    for kind in range(3):
        assert np.diff(curtain._folds(kind, u, z)[..., 0], axis=1).min() > 0.0


def test_the_patient_lies_on_the_beds_mattress_and_turns_with_it() -> None:
    bed, person = _card("exam_bed"), _card("adult")
    lying, hinge = bed.places["lying"].at, bed.joints["back"].at
    assert np.allclose(np.array(lying) + person.joints["back"].at, hinge), "both turn about the same line"
    points = _points(_parts("adult"))
    mattress = [bed.boxes["seat"], bed.boxes["back"]]
    wide = min(box.size[0] for box in mattress) / 2
    assert np.abs(_points(_parts("adult"), "head", "pillow")[:, 0]).max() < wide
    assert points[:, 1].min() + lying[1] > min(box.at[1] - box.size[1] / 2 for box in mattress)
    hanging = points[:, 2] < 0.0
    assert (np.abs(points[hanging, 0]) > wide - 0.06).all() or points[hanging, 1].max() > 1.0
    head_end = min(box.at[1] - box.size[1] / 2 for box in mattress) - lying[1]
    inside = hanging & (points[:, 1] < max(box.at[1] + box.size[1] / 2 for box in mattress)) & (points[:, 1] > head_end + 0.065)
    assert np.abs(points[inside, 0]).min() > wide - 0.065, "what hangs, hangs beside the mattress or over its ends"
    rail = bed.boxes["left_rail"]
    beside = points[:, 1] + lying[1] < rail.at[1] + rail.size[1] / 2
    assert np.abs(points[beside, 0]).max() < abs(rail.at[0]) - rail.size[0] / 2 + 0.002, "between mattress and rails"
    assert np.abs(points[:, 0]).max() < 0.54, "past the rails it hangs close to the bed"


def test_the_patient_is_made_of_what_breathes_what_turns_and_what_stays() -> None:
    parts = _parts("adult")
    assert {part.name: part.joint for part in parts} == {"chest": "back", "head": "back", "pillow": "back", "blanket": ""}
    assert {part.follows for part in parts if part.name == "chest"} == {"rr"}
    assert {part.mesh.material.name for part in parts if part.name == "chest"} == {
        *("gown", "skin", "blanket", "top_sheet", "lines")
    }


def test_the_face_place_lies_where_a_mask_seals() -> None:
    place = _card("adult").places["face"]
    head = _points(_parts("adult"), "head")
    tilt, aside = radians(place.tilt_deg), radians(place.facing_deg)
    level, across = np.array((sin(aside), cos(aside), 0.0)), np.array((cos(aside), -sin(aside), 0.0))
    ahead, up = cos(tilt) * level + sin(tilt) * np.eye(3)[2], cos(tilt) * np.eye(3)[2] - sin(tilt) * level
    assert np.allclose(ahead, figure.HEAD_TURN[:, 1], atol=1e-6)
    local = head - place.at
    under = local[(np.abs(local @ across) < 0.012) & (np.abs(local @ up) < 0.045)] @ ahead
    assert 0.03 < under.max() < 0.05, "the tip of the nose stands into the mask"
    assert np.abs(local[np.abs(local @ up - 0.045) < 0.004] @ ahead).min() < 0.012, "its upper edge is on the bridge of the nose"


@pytest.mark.parametrize("raised", [0.0, 45.0, 75.0])
def test_raised_the_patient_keeps_their_hands_on_the_blanket_and_no_gap_opens(raised: float) -> None:
    parts, joint = _parts("adult"), _card("adult").joints["back"]
    skin = [part for part in parts if part.name == "chest" and part.mesh.material.name == "skin"]
    hands = _points(skin)
    hands = hands[(np.abs(hands[:, 0]) < 0.12) & (hands[:, 1] > -0.33)]
    legs = _points(parts, "blanket")
    lap = legs[(np.abs(legs[:, 0]) < 0.15) & (legs[:, 1] < 0.3)]
    moved = _turned(hands, joint.at, 0, -raised)
    assert moved[:, 2].min() > lap[:, 2].max() - 0.06, "they rest on the lap at most"
    cover = _turned(
        _points([part for part in parts if part.mesh.material.name == "blanket" and part.name == "chest"]), joint.at, 0, -raised
    )
    side = np.abs(cover[:, 0]) > 0.36
    assert cover[side & (cover[:, 2] < 0.012), 1].max() > legs[:, 1].min(), "on the mattress the two pieces overlap"
