"""What stands and hangs round a bed fits together: plates and joints, tubing and hose, wheels that are whole."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from assets.generators import (
    bed_chart,
    bed_ends,
    bedhead,
    bedside_locker,
    exam_bed,
    fixtures,
    flow_dial,
    iv_pole,
    iv_prints,
    mains,
    oxygen_mask,
    patient_lines,
)
from assets.generators.cables import hung, laid
from assets.generators.shapes import Array, Shape, curve
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


def test_what_is_plugged_into_a_bedhead_sits_in_its_socket() -> None:
    front = bedhead.FRONT + bedhead.RAISED
    for socket, hook, *_ in (*bedhead.LEADS, bedhead.CHARGER):
        assert socket in bedhead.SOCKETS
        assert abs(hook) < bedhead.WIDTH / 2 - 0.05, "the rail is shorter than the body"
    made = [each for each in bedhead._in_use() if each.positions[:, 1].min() > front - 1e-6]
    plugs = [each for each in made if 0.029 < np.ptp(each.positions[:, 0]) < 0.040 < np.ptp(each.positions[:, 2]) + 0.002]
    assert len(plugs) == 3
    for plug in plugs:
        middle = (plug.positions[:, ::2].min(axis=0) + plug.positions[:, ::2].max(axis=0)) / 2
        assert min(np.hypot(*(middle - (x, bedhead.MIDDLE))) for x in bedhead.SOCKETS) < 1e-6
        assert plug.positions[:, 1].min() < front + 0.001, "no gap"


def test_a_bedheads_leads_hang_clear_of_wall_and_rail() -> None:
    rail = bedhead._rail()[0].positions
    for each in bedhead._in_use():
        assert each.positions[:, 1].min() > bedhead.WALL + 0.005
        cord = np.ptp(each.positions[:, 2]) > 0.15
        before = (each.positions[:, 2] > 0.0) & (each.positions[:, 2] < rail[:, 2].max())
        assert not cord or each.positions[before, 1].min() > rail[:, 1].max() - 0.004, "it goes before the rail"


def test_a_hanging_cord_is_a_catenary_of_its_length() -> None:
    start, end, length = (0.1, 0.0, 1.0), (0.5, 0.3, 1.2), 0.9
    path = hung(start, end, length, 200)
    assert np.allclose(path[[0, -1]], (start, end), atol=1e-9)
    assert np.isclose(np.linalg.norm(np.diff(path, axis=0), axis=1).sum(), length, rtol=1e-3)
    x, z = np.hypot(*(path[:, :2] - path[0, :2]).T), path[:, 2]
    slope = np.gradient(z, x)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(z)))])
    tension = np.diff(slope[20:-20]) / np.diff(along[20:-20])
    assert np.ptp(tension) < 0.05 * tension.mean(), "its slope grows evenly along it"
    with pytest.raises(ValueError, match="longer"):
        hung(start, end, 0.5, 10)


def test_leads_are_as_thick_as_their_jackets_and_stand_out_from_linen() -> None:
    assert 0.0035 <= 2 * patient_lines.LEAD <= 2 * patient_lines.CABLE <= 0.0055
    assert 0.006 <= 2 * mains.CORD <= 0.009
    for tint in (patient_lines.TRUNK, patient_lines.OXIMETER, patient_lines.RED, patient_lines.GREEN):
        assert max(tint) < 0.6 > 2.0 * min(tint), "coloured, and darker than a sheet"


def _look(name: str, material: str) -> tuple[Array, float, float]:
    """The mean colour that a material shows, linear, and how metallic and rough it is."""
    parts = [part.mesh for part in build_parts(_card(name), {}) if part.mesh.material.name == material]
    assert parts, (name, material)
    made = parts[0].material
    tint = np.concatenate([mesh.colours[:, :3] for mesh in parts]).astype(float)
    shown = np.median(tint / (255.0 if tint.max() > 1.0 else 1.0), axis=0) * np.array(made.colour[:3])
    if made.colour_map is not None:
        shown = shown * (made.colour_map[..., :3].reshape(-1, 3).mean(axis=0) / 255.0) ** 2.2
    return shown, made.metallic, made.roughness


PALE = (
    *(("wash_basin", "vitreous_china"), ("wash_basin", "laminate"), ("towel_dispenser", "dispenser_cover")),
    *(("waste_bin", "bin_drum"), ("vitals_monitor", "stand_steel"), ("bedhead", "bedhead_metal"), ("iv_pole", "iv_plastic")),
)


def test_no_two_pale_things_of_a_bay_are_of_one_white() -> None:
    looks = {key: _look(*key) for key in PALE}
    for index, (one, (colour, metallic, rough)) in enumerate(looks.items()):
        for two, (other, metal, dull) in list(looks.items())[index + 1 :]:
            apart = np.abs(np.cbrt(colour) - np.cbrt(other)).max() + abs(metallic - metal) + 0.5 * abs(rough - dull)
            assert apart > 0.05, (one, two)


def test_taps_and_handles_are_mirrors_and_a_drip_stand_is_of_steel() -> None:
    for name, material, dullest in (
        ("wash_basin", "tap_chrome", 0.10),
        ("bedside_locker", "locker_metal", 0.10),
        ("iv_pole", "pole_metal", 0.20),
        ("cupboard", "bar_steel", 0.20),
    ):
        _, metallic, rough = _look(name, material)
        assert metallic > 0.8
        assert rough <= dullest, name


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
        assert len(tyre.positions) > 20
        assert _closed(tyre) == 2


def _closed(made: Shape) -> int:
    """Euler's number of a shape at each of whose edges two triangles meet: 2 of a body, 0 of a ring."""
    places, where = np.unique(np.round(made.positions * 1e5).astype(np.int64), axis=0, return_inverse=True)
    sides = where.ravel()[made.triangles]
    edges = Counter(frozenset(edge) for a, b, c in sides.tolist() for edge in ((a, b), (b, c), (c, a)))
    assert set(edges.values()) == {2}
    return len(places) - len(edges) + len(sides)


def test_the_tube_of_a_beds_end_is_one_hoop_and_hangs_over_nothing() -> None:
    for y, low, high in ((-1.05, 0.30, 0.98), (1.05, 0.30, 0.82)):
        tube = bed_ends.end(y, low, high)["steel"][0]
        assert _closed(tube) == 0, "it has no ends that would read as feet in the air"
        foot = tube.positions[tube.positions[:, 2] < low + 0.01]
        assert np.ptp(foot[:, 0]) > 0.7, "below the board it runs from side to side"


def test_a_bed_meets_a_wall_with_its_rollers() -> None:
    card = _card("exam_bed")
    for y in (-1.05, 1.05):
        pieces = bed_ends.end(y, 0.30, 0.9)["shell"]
        tube, rollers = pieces[0], np.concatenate([each.positions for each in pieces[-2:]])
        assert np.abs(rollers[:, 0]).max() > np.abs(tube.positions[:, 0]).max() + 0.01
        assert np.abs(rollers[:, 1]).max() > np.abs(tube.positions[:, 1]).max() + 0.002
        assert (np.abs(rollers[:, :2]).max(axis=0) < np.array(card.size[:2]) / 2 + 1e-9).all()


def test_a_footboards_panel_is_a_bevelled_plate_in_a_sunk_field() -> None:
    ground, edge, plate = bed_ends.end(1.05, 0.30, 0.82)["panel"]
    assert len(bed_ends.end(-1.05, 0.30, 0.98)["panel"]) == 1, "a wall hides the headboard's"
    for x in (-0.2, 0.0, 0.2):
        near = [each.positions[np.argmin(np.abs(each.positions[:, 0] - x)), 1] for each in (ground, plate)]
        assert 0.002 < near[1] - near[0] < bed_ends.SUNK, "on its ground, and within the rim"
    assert (
        np.abs(plate.positions[:, ::2] - plate.positions[:, ::2].mean(axis=0)) < np.ptp(ground.positions[:, ::2], axis=0) / 2
    ).all()
    assert edge.normals[:, 1].max() > 0.3, "its edge slopes to who stands before it"


def test_both_pedals_of_a_bed_hang_on_one_shaft() -> None:
    low = [each.positions for each in exam_bed._under()["shell"] if 0.12 < each.positions[:, 2].min() < 0.16]
    (shaft,) = (each for each in low if np.ptp(each[:, 0]) > 0.6)
    treads = [each for each in low if np.ptp(each[:, 0]) < 0.2 and each[:, 1].min() > 0.9]
    assert len(treads) == 2
    for tread in treads:
        assert shaft[:, 0].min() < tread[:, 0].mean() < shaft[:, 0].max()
        assert tread[:, 1].min() < shaft[:, 1].max() - 0.002, "one goes into the other"
        assert tread[:, 1].max() < _card("exam_bed").size[1] / 2


def test_a_beds_chart_shows_what_was_read() -> None:
    page = bed_chart.picture().astype(int)
    step = bed_chart.LONG / 12
    for index, plot in enumerate(bed_chart.PLOTS):
        left, top = bed_chart.place(index)
        low, high = plot.ends
        for turn, value in enumerate(plot.read):
            x, y = round(left + step * (turn + 1)), round(top + bed_chart.TALL * (high - value) / (high - low))
            assert np.abs(page[y, x] - bed_chart.PEN).max() < 40, (plot.sign, value)
    paper = next(part.mesh for part in build_parts(_card("exam_bed"), {}) if part.mesh.material.name == "chart_print")
    upper, left = paper.positions[:, 2] > paper.positions[:, 2].mean(), paper.positions[:, 0] > paper.positions[:, 0].mean()
    assert paper.uvs[upper, 1].min() > paper.uvs[~upper, 1].max(), "its head is above"
    assert paper.uvs[left, 0].max() < paper.uvs[~left, 0].max(), "who stands at the bed's foot reads it from left to right"


def test_a_towel_is_thick_and_hangs_over_its_bar() -> None:
    towel = bedside_locker._towel()
    assert _closed(towel) == 2, "a body, not a card"
    x, z = bedside_locker._ROD
    for side, fall in ((1.0, 0.1), (-1.0, 0.1)):
        at = towel.positions[((towel.positions[:, 0] - x) * side > 0) & (np.abs(towel.positions[:, 2] - z + fall) < 0.05)]
        assert np.ptp(at[:, 0]) > 0.009
    assert np.hypot(towel.positions[:, 0] - x, towel.positions[:, 2] - z).min() > 0.0045, "the bar is in its bend"


def test_a_doors_veneer_is_as_fine_as_quarter_cut_oak() -> None:
    colour = fixtures.quartered_oak().colour_map
    assert colour is not None
    tone = colour[::16, :, :3].astype(float).mean(axis=2)
    fine = tone - np.apply_along_axis(lambda row: np.convolve(np.tile(row, 3), np.ones(15) / 15, "same")[512:1024], 1, tone)
    rings = (np.diff(np.sign(fine), axis=1) > 0).sum(axis=1).mean()
    assert 1.0 < 1000.0 * fixtures.QUARTERED_TILE[0] / rings < 3.0, "millimetres from ring to ring"
    assert tone.std() < 10.0, "calm: of 255 steps"


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


def test_a_drip_stands_line_is_wound_up_on_its_hook() -> None:
    px, py, pz = iv_pole.PUMP
    outlet = (px + 0.040, py + 0.045, pz - iv_pole.SIZE[2] / 2)
    path, tail = iv_pole._coil(outlet)
    assert np.allclose(path[0], outlet)
    assert np.allclose(path[-1], tail)
    x, y, z = iv_pole.COIL
    over = path[(np.abs(path[:, 0] - x) < 0.02) & (path[:, 2] > z)]
    assert len(over) >= len(iv_pole.TURNS), "each turn goes over the hook"
    assert (np.abs(over[:, 2] - z - 0.9 * np.mean(iv_pole.TURNS)) < 0.014).all()
    assert np.hypot(path[:, 0] - x, path[:, 1] - y).max() < 0.14, "it stands in nobody's way"
    assert tail[2] < path[:-1, 2].min() + 1e-6, "its end hangs"
    assert _sharpest(path) < 32.0, "degrees"


def test_a_pump_whose_line_is_wound_up_stands_by() -> None:
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
