"""What stands and hangs round a bed fits together: plates and joints, tubing and hose, wheels that are whole."""

from collections import Counter
from itertools import pairwise

import numpy as np

from assets.generators import bedhead, flow_dial, iv_pole, iv_prints, oxygen_mask
from assets.generators.cables import laid
from assets.generators.shapes import Array, curve
from engine.library import assets_folder
from engine.spec.cards import Card
from engine.spec.diagnostics import NOWHERE
from engine.spec.findings import Findings
from engine.spec.prefabs import Prefabs
from engine.view.geometry.parts import build_parts


def _card(name: str) -> Card:
    findings = Findings()
    card = Prefabs([assets_folder() / "prefabs"], findings).find(name, NOWHERE)
    assert card is not None, [each.message for each in findings.diagnostics]
    return card


def test_no_plate_of_a_bedhead_lies_over_a_joint_or_on_another() -> None:
    plates = [(x, 0.066) for x in (*bedhead.SOCKETS, *bedhead.DATA)] + [(x, 0.072) for _, x, _ in bedhead.GASES]
    for x, wide in plates:
        assert any(abs(x - middle) + wide / 2 < lid / 2 - 0.002 for middle, lid in bedhead.LIDS), x
    for (a, one), (b, two) in pairwise(sorted(plates)):
        assert b - a > (one + two) / 2, (a, b)


def test_a_hung_masks_tubing_is_plugged_on_the_flowmeters_hose() -> None:
    hook, loop = (np.array(_card(name).places[place].at) for name, place in (("flow_dial", "hook"), ("oxygen_mask", "loop")))
    gap = np.array(flow_dial.HOSE) - hook - (np.array(oxygen_mask.PLUG) - loop)
    assert np.linalg.norm(gap) < 0.010, "metres; the cuff covers 20 mm"


def test_a_worn_masks_tubing_ends_behind_the_face() -> None:
    fit = np.array(_card("oxygen_mask").places["fit"].at)
    assert oxygen_mask.PLUG[1] < fit[1] - 0.04
    assert abs(oxygen_mask.PLUG[0]) < 0.06, "beside the jaw it would hang in the air"


def test_the_wheels_of_a_drip_stand_are_closed_all_round() -> None:
    _, tyres = iv_pole._castor()
    for tyre in tyres:
        places, where = np.unique(np.round(tyre.positions * 1e5).astype(np.int64), axis=0, return_inverse=True)
        sides = where.ravel()[tyre.triangles]
        edges = Counter(frozenset(edge) for a, b, c in sides.tolist() for edge in ((a, b), (b, c), (c, a)))
        assert len(places) > 20
        assert set(edges.values()) == {2}, "each edge is where two triangles meet"


def test_what_stands_on_a_locker_is_solid_and_within_its_gallery() -> None:
    card = _card("bedside_locker")
    points = np.concatenate([part.mesh.positions for part in build_parts(card, {}) if part.mesh.material.name == "water_jug"])
    box = card.boxes["things"]
    low, high = np.array(box.at) - (box.size[0] / 2, box.size[1] / 2, 0.02), np.array(box.at) + np.array(box.size) * (0.5, 0.5, 1)
    assert (points.min(axis=0) >= low - 0.02).all(), points.min(axis=0) - low
    assert (points.max(axis=0) <= high + 0.02).all(), points.max(axis=0) - high
    body = card.boxes["body"]
    assert (np.abs(points[:, :2] - body.at[:2]) < np.array(body.size[:2]) / 2).all()


def _sharpest(path: Array) -> float:
    ways = np.diff(path, axis=0)
    ways /= np.linalg.norm(ways, axis=1, keepdims=True)
    return float(np.degrees(np.arccos(np.clip(np.sum(ways[1:] * ways[:-1], axis=1), -1.0, 1.0))).max())


def test_a_cable_bends_without_corners_wherever_its_points_are() -> None:
    points = ((0.0, 0.0, 1.0), (0.0, 0.01, 0.95), (0.02, 0.0, 0.60), (0.10, 0.0, 0.52), (0.18, 0.0, 0.60), (0.20, 0.0, 0.64))
    path = laid(points, 40)
    assert _sharpest(path) < 15.0 < _sharpest(curve(points, 40)), "degrees; most points are where it bends"
    assert np.allclose(path[[0, -1]], (points[0], points[-1]), atol=1e-6)
    for point in points:
        assert np.linalg.norm(path - point, axis=1).min() < 0.03, "it goes by way of all of them"


def test_a_pump_whose_line_ends_in_a_clip_stands_by() -> None:
    light = iv_prints.light().astype(int)
    for left, top, right, bottom in (iv_prints.LAMP, (120, 180, 200, 220)):
        red, green, blue = light[top + 8 : bottom - 8, left + 8 : right - 8].reshape(-1, 3).mean(axis=0)
        assert red > 1.2 * green > 2.0 * blue, "amber, as what waits is"


def test_the_back_of_a_headboard_is_dark_at_the_wall() -> None:
    shell = next(
        part.mesh for part in build_parts(_card("exam_bed"), {}) if not part.joint and part.mesh.material.name == "bed_plastic"
    )
    back = (shell.positions[:, 1] < -1.02) & (shell.normals[:, 1] < -0.9)
    assert back.sum() > 20
    assert shell.colours[back, 3].max() < 0.25
