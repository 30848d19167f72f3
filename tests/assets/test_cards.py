"""Models and their cards agree: what a card says of a thing is where one sees it, and what a hand meets is not sharp."""

from collections import Counter
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from assets.generators import flow_dial, vitals_monitor
from engine.library import assets_folder
from engine.spec.cards import Card
from engine.spec.diagnostics import NOWHERE
from engine.spec.findings import Findings
from engine.spec.prefabs import Prefabs
from engine.view.geometry.mesh import Part
from engine.view.geometry.parts import build_parts

NAMES = (
    *("exam_bed", "vitals_monitor", "flow_dial", "oxygen_mask", "call_button", "wash_basin", "visitor_chair"),
    *("side_table", "potted_plant", "framed_print", "rug", "wall_clock", "wall_shelf", "sill_plant"),
    *("floor_lamp", "small_print", "wall_sign"),
)

Points = NDArray[np.float64]

SLACK = 0.005
"""Metres by which a model may stand out of its card's size."""

REACH = 0.010
"""Metres from the surface within which a control, a hook or a loop is said to be on it."""


@cache
def _card(name: str) -> Card:
    findings = Findings()
    card = Prefabs([assets_folder() / "prefabs"], findings).find(name, NOWHERE)
    assert card is not None, [each.message for each in findings.diagnostics]
    return card


@cache
def _parts(name: str) -> tuple[Part, ...]:
    return tuple(build_parts(_card(name), {}))


def _corners(parts: tuple[Part, ...]) -> Points:
    """Every triangle's corners, m x 3 x 3."""
    return np.concatenate([part.mesh.positions[part.mesh.triangles].astype(float) for part in parts])


def _away(point: tuple[float, float, float], triangles: Points) -> float:
    """Metres from a point to the nearest of some triangles."""
    p = np.array(point)
    a, b, c = triangles[:, 0], triangles[:, 1], triangles[:, 2]
    found = [_from_edge(p, one, two).min() for one, two in ((a, b), (b, c), (c, a))]
    normal = np.cross(b - a, c - a)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    height = np.sum((p - a) * normal, axis=1)
    foot = p - height[:, None] * normal
    sides = [np.sum(np.cross(two - one, foot - one) * normal, axis=1) >= 0 for one, two in ((a, b), (b, c), (c, a))]
    over = np.all(sides, axis=0)
    return float(min(*found, np.abs(height[over]).min(initial=np.inf)))


def _from_edge(p: Points, one: Points, two: Points) -> Points:
    way = two - one
    along = np.clip(np.sum((p - one) * way, axis=1) / np.sum(way * way, axis=1), 0.0, 1.0)
    return np.asarray(np.linalg.norm(one + along[:, None] * way - p, axis=1))


@pytest.mark.parametrize("name", NAMES)
def test_its_size_holds_it_and_little_else(name: str) -> None:
    points = np.concatenate([part.mesh.positions for part in _parts(name)])
    size = np.array(_card(name).size)
    low, high = np.array((-size[0] / 2, -size[1] / 2, 0.0)), np.array((size[0] / 2, size[1] / 2, size[2]))
    assert (points.min(axis=0) > low - SLACK).all(), points.min(axis=0) - low
    assert (points.max(axis=0) < high + SLACK).all(), points.max(axis=0) - high
    assert points[:, 2].min() > -1e-4, "nothing stands in the floor"
    assert (np.ptp(points, axis=0) > size * 0.85).all(), np.ptp(points, axis=0)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_of_two_to_six_materials(name: str) -> None:
    assert 2 <= len({part.mesh.material.name for part in _parts(name)}) <= 6


@pytest.mark.parametrize("name", NAMES)
def test_every_joint_moves_something_one_sees(name: str) -> None:
    assert {part.joint for part in _parts(name)} - {""} == set(_card(name).joints)


@pytest.mark.parametrize("name", [name for name in NAMES if _card(name).controls])
def test_a_control_is_where_one_sees_it(name: str) -> None:
    for control in _card(name).controls.values():
        mine = tuple(part for part in _parts(name) if part.joint == control.joint)
        assert _away(control.at, _corners(mine)) < REACH, control


@pytest.mark.parametrize(("name", "place"), [("flow_dial", "hook"), ("oxygen_mask", "loop")])
def test_hooks_and_loops_are_where_one_sees_them(name: str, place: str) -> None:
    assert _away(_card(name).places[place].at, _corners(_parts(name))) < REACH


def test_a_worn_mask_meets_the_face_with_its_rim() -> None:
    shell = next(part.mesh.positions for part in _parts("oxygen_mask") if part.mesh.material.name == "mask_shell")
    fit = np.array(_card("oxygen_mask").places["fit"].at)
    rim = shell[np.abs(shell[:, 2] - fit[2]) < 0.03]
    assert abs(fit[0]) < 1e-6
    assert rim[:, 1].min() < fit[1] < rim[:, 1].max() - 0.03, "the shell stands before the lips, its rim is beside them"
    inside = shell[np.hypot(shell[:, 0], shell[:, 2] - fit[2]) < 0.02]
    assert inside[:, 1].min() > fit[1] + 0.02, "there is air before the lips"


def test_the_patients_back_stays_on_the_backrest() -> None:
    """Bed and patient turn about one line, so that a raised back neither slides nor sinks in."""
    bed, patient = _card("exam_bed"), _card("adult")
    hip = np.array(bed.places["lying"].at) + np.array(patient.joints["back"].at)
    assert np.allclose(hip, bed.joints["back"].at)
    assert bed.joints["back"].axis == patient.joints["back"].axis == "width"


def test_one_lies_on_the_mattress() -> None:
    top = _card("exam_bed").places["lying"].at[2]
    cover = tuple(part for part in _parts("exam_bed") if part.mesh.material.name == "mattress_cover")
    for y in (-0.8, -0.4, 0.0, 0.4, 0.8):
        assert _away((0.0, y, top), _corners(cover)) < REACH, y


def test_the_bed_keeps_the_gaps_that_its_source_asks_for() -> None:
    """IEC 60601-2-52:2009: raised rails 220 mm or more over the mattress, no more than 60 mm from the headboard."""
    parts = _parts("exam_bed")
    back = [part for part in parts if part.joint == "back" and part.mesh.material.name in ("bed_metal", "bed_plastic")]
    rails = np.concatenate([part.mesh.positions for part in back])
    rails = rails[np.abs(rails[:, 0]) > 0.455]
    cover = np.concatenate([part.mesh.positions for part in parts if part.mesh.material.name == "mattress_cover"])
    assert rails[:, 2].max() - cover[:, 2].max() > 0.220
    still = [part for part in parts if not part.joint and part.mesh.material.name in ("bed_plastic", "bed_metal")]
    headboard = np.concatenate([part.mesh.positions for part in still])
    assert rails[:, 1].min() - headboard[headboard[:, 1] < -1.0, 1].max() < 0.060


def test_the_ball_stands_at_the_mark_that_is_set() -> None:
    joint = _card("flow_dial").joints["ball"]
    ball = next(part for part in _parts("flow_dial") if part.joint == "ball")
    middle = (ball.mesh.positions[:, 2].min() + ball.mesh.positions[:, 2].max()) / 2
    assert joint.begins == 0.0
    assert np.isclose(middle, flow_dial.ZERO, atol=2e-4)
    assert np.isclose(middle + joint.ends, flow_dial.FULL, atol=2e-4)


def test_a_screen_is_one_flat_rectangle_that_faces_forward() -> None:
    (screen,) = (part for part in _parts("vitals_monitor") if part.screen)
    points, uvs = screen.mesh.positions.astype(float), screen.mesh.uvs.astype(float)
    assert np.ptp(points[:, 1]) < 1e-6
    assert (screen.mesh.normals[:, 1] > 0.999).all()
    assert np.allclose(np.ptp(points[:, [0, 2]], axis=0), vitals_monitor.SCREEN, atol=1e-6)
    left, low = points[:, 0].max(), points[:, 2].min()
    read = np.column_stack([(left - points[:, 0]) / np.ptp(points[:, 0]), (points[:, 2] - low) / np.ptp(points[:, 2])])
    assert np.allclose(uvs, read, atol=1e-5), "u to the right of who reads it, v up"


FINGER = 0.001
"""Metres: what a finger feels of an edge."""

TOUCHED = {
    "exam_bed": ("bed_plastic", "bed_steel"),
    "vitals_monitor": ("monitor_plastic", "stand_steel"),
    "flow_dial": ("plastic", "plated_brass"),
    "oxygen_mask": ("connector",),
    "call_button": ("call_plate", "call_button"),
    "wash_basin": ("vitreous_china", "laminate"),
    "visitor_chair": ("beech", "chair_cover"),
    "side_table": ("oak",),
    "potted_plant": ("stoneware",),
    "framed_print": ("beech",),
    "rug": ("rug_binding",),
    "wall_clock": ("walnut",),
    "wall_shelf": ("walnut", "bowl_glaze"),
    "sill_plant": ("sill_glaze",),
    "floor_lamp": ("lamp_iron", "lamp_brass"),
    "small_print": ("walnut",),
    "wall_sign": ("sign_plate",),
}


@pytest.mark.parametrize("name", NAMES)
def test_what_a_hand_meets_has_no_sharp_edge(name: str) -> None:
    """Seven eighths of all outer edges, by length, turn by no more than 62 degrees: the rest are seats of other parts."""
    long, sharp = 0.0, 0.0
    for part in _parts(name):
        if part.mesh.material.name not in TOUCHED[name]:
            continue
        lengths, turns = _outer_edges(part)
        long += float(lengths.sum())
        sharp += float(lengths[turns > 62.0].sum())
    assert long > 0.0
    assert sharp < 0.125 * long, sharp / long


def _outer_edges(part: Part) -> tuple[Points, Points]:
    """Lengths in metres of the edges at which two triangles meet and stand out, and by how many degrees they turn.

    Points within `FINGER` are one, so that an edge rounded by less than that is as sharp as if it were not.
    """
    places, where = np.unique(np.round(part.mesh.positions / FINGER).astype(np.int64), axis=0, return_inverse=True)
    triangles, points = where.ravel()[part.mesh.triangles], places * FINGER
    corners = points[triangles]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    area = np.linalg.norm(normals, axis=1)
    owner: dict[tuple[int, int], int] = {}
    count: Counter[tuple[int, int]] = Counter()
    for index, (a, b, c) in enumerate(triangles.tolist()):
        if area[index] < 1e-10:
            continue
        for edge in ((a, b), (b, c), (c, a)):
            owner[edge] = index
            count[edge] += 1
    lengths, turns = [], []
    for (a, b), one in owner.items():
        two = owner.get((b, a))
        if two is None or a > b or count[a, b] > 1 or count[b, a] > 1:
            continue
        n, m = normals[one] / area[one], normals[two] / area[two]
        turn = float(np.degrees(np.arccos(np.clip(n @ m, -1.0, 1.0))))
        if turn < 1.0 or (corners[two].mean(axis=0) - points[a]) @ n > 0:
            continue
        lengths.append(float(np.linalg.norm(points[a] - points[b])))
        turns.append(turn)
    return np.array(lengths), np.array(turns)
