"""What the window shows, and what is under its pointer."""

from __future__ import annotations

from math import cos, pi, radians, sin, tan

import numpy as np
import pytest

from headset.driver import Panel
from headset.profile import read_profile
from headset.simulator.body import Body, Vec3, turned
from headset.simulator.sight import SIGHT, meets, sight, under, views
from tests.headset.test_offscreen import Paper

PIXELS = np.zeros((4, 8, 4), np.uint8)


def panel(at: Vec3 = (0.0, 1.5, 1.6), yaw: float = 0.0, radius: float = 0.0, name: str = "menu") -> Panel:
    return Panel(name, PIXELS, (0.8, 0.4), at, turned(yaw, 0.0), radius)


def test_a_plain_window_keeps_its_height_and_two_eyes_share_its_width() -> None:
    body = Body(1.6)
    (one,) = views(body, (600, 300), False, None)
    up = tan(radians(30))
    assert one.fov == pytest.approx((-2 * up, 2 * up, -up, up))
    left, right = views(body, (600, 300), True, None)
    assert left.fov == pytest.approx((-up, up, -up, up))
    assert right.position[0] - left.position[0] == pytest.approx(0.063)


def test_a_window_that_plays_a_headset_has_its_eyes() -> None:
    body, quest = Body(1.6), read_profile("quest_3")
    size = quest.picture((960, 540), True)
    left, right = views(body, size, True, quest)
    assert left.fov == pytest.approx(quest.left, abs=0.01)
    assert right.fov == pytest.approx(quest.right, abs=0.01)
    (one,) = views(body, (600, 300), False, quest)
    assert one.fov[2:] == pytest.approx(quest.both[2:])  # wider than the headset, never narrower
    assert one.fov[1] - one.fov[0] == pytest.approx(2 * (one.fov[3] - one.fov[2]))


def test_the_pointer_is_on_what_is_drawn_there() -> None:
    body = Body(1.6)
    body.yaw = 90.0
    shown = views(body, (300, 300), False, None)
    assert under((0.0, 0.0), shown) == pytest.approx((1.0, 0.0, 0.0))
    half = radians(30)
    assert under((1.0, 0.0), shown) == pytest.approx((cos(half), -sin(half), 0.0))
    assert under((0.0, -1.0), shown) == pytest.approx((cos(half), 0.0, -sin(half)))


def test_in_stereo_each_half_is_an_eye_of_its_own() -> None:
    body = Body(1.6)
    shown = views(body, (600, 300), True, None)
    assert under((-0.5, 0.0), shown) == pytest.approx((0.0, 1.0, 0.0))
    assert under((0.5, 0.0), shown) == pytest.approx((0.0, 1.0, 0.0))
    assert under((-0.001, 0.0), shown)[0] > 0.4
    assert under((0.001, 0.0), shown)[0] < -0.4


@pytest.mark.parametrize(("x", "z", "hit"), [(0.0, 0.0, True), (0.39, 0.19, True), (0.41, 0.0, False), (0.0, -0.21, False)])
def test_a_flat_panel_is_met_within_its_edges(x: float, z: float, hit: bool) -> None:
    length = (x * x + 1.5 * 1.5 + z * z) ** 0.5
    far = meets(panel(), (0.0, 0.0, 1.6), (x / length, 1.5 / length, z / length))
    assert far == (pytest.approx(length) if hit else None)


def test_a_panel_is_met_where_it_is_turned_to_and_not_from_behind() -> None:
    east = panel((1.5, 0.0, 1.6), 90.0)
    assert meets(east, (0.0, 0.0, 1.6), (1.0, 0.0, 0.0)) == pytest.approx(1.5)
    assert meets(east, (3.0, 0.0, 1.6), (-1.0, 0.0, 0.0)) is None
    assert meets(east, (0.0, 0.0, 1.6), (-1.0, 0.0, 0.0)) is None


def test_a_bent_panel_is_as_far_off_everywhere() -> None:
    bent = Panel("wide", PIXELS, (2.0, 0.4), (0.0, 1.5, 1.6), turned(0.0, 0.0), 1.5)
    for angle in (-0.6, 0.0, 0.6):
        assert meets(bent, (0.0, 0.0, 1.6), (sin(angle), cos(angle), 0.0)) == pytest.approx(1.5)
    assert meets(bent, (0.0, 0.0, 1.6), (sin(0.7), cos(0.7), 0.0)) is None  # beyond 1 m of arc
    assert meets(bent, (0.0, 0.0, 1.6), (sin(pi), cos(pi), 0.0)) is None


def test_a_panel_is_before_everything_and_without_one_things_are_met() -> None:
    seen = sight((0.0, 0.0, 1.6), (0.0, 1.0, 0.0), Paper(), [panel(), panel((0.0, 1.2, 1.6), name="dialog")])
    assert seen.panel == "dialog"
    assert seen.far == pytest.approx(1.2)
    assert seen.at(0.5) == (0.0, 0.5, 1.6)
    seen = sight((0.0, 0.0, 1.6), (0.0, -1.0, 0.0), Paper(), [panel()])
    assert (seen.panel, seen.far) == ("", SIGHT)
