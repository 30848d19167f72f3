"""Where things come to stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.session import Session
from engine.spec.diagnostics import SceneError
from engine.spec.load import load_scene
from engine.world import build
from engine.world.placement import SEATED_EYE_HEIGHT
from tests.making import scene

STAY = """
start: stay
states:
  stay: {rules: {when: after 60 s, go: end}}
"""


def test_lakeside_stands_as_its_author_meant() -> None:
    world = build(load_scene("lakeside"))
    deck = world.bodies["dock"].rest_height
    assert world.places["dock"].position == (0.0, 0.0, 0.0)
    assert world.places["seat"].position == pytest.approx((0.0, -2.2, deck))
    seat = world.bodies["seat"].rest_height
    assert world.places["stone"].position == pytest.approx((0.4, -2.2, deck + seat))
    assert world.places["orb"].position == pytest.approx((0.0, 4.0, deck + 1.3))
    assert world.places["lantern"].position == pytest.approx((0.6, 1.8, deck))
    assert world.origin.position == pytest.approx((0.0, -2.2, deck)), "the real floor is the deck under the bench"
    assert world.eye_height == SEATED_EYE_HEIGHT


def test_a_size_follows_its_parameter(tmp_path: Path) -> None:
    spec = scene(tmp_path, STAY)
    assert build(spec).bodies["dock"].size[1] == 6.0


def test_a_thing_that_would_hang_over_the_edge_is_refused_with_the_room_there_is(tmp_path: Path) -> None:
    spec = scene(tmp_path, STAY)
    path = tmp_path / "made.yaml"
    path.write_text(path.read_text().replace("at: [0.4 m, 0 m]", "at: [1.4 m, 0 m]"))
    with pytest.raises(SceneError, match=r"made.yaml:\d+:\d+: error: stone would hang beside seat.*\n.*within 0.75 m") as caught:
        build(load_scene(path))
    assert spec.digest
    assert caught.value.diagnostics[0].span.line == 7


def test_a_ray_meets_the_nearest_thing(tmp_path: Path) -> None:
    world = build(scene(tmp_path, STAY))
    x, y, z = world.places["stone"].position
    assert world.touch((x, y, z + 1.0), (0.0, 0.0, -1.0), 5.0)[0] == "stone"
    assert world.touch((x, y, z + 1.0), (0.0, 0.0, 1.0), 5.0) == ("", 5.0)


def test_what_is_not_present_is_not_met(tmp_path: Path) -> None:
    world = build(scene(tmp_path, STAY))
    x, y, z = world.places["stone"].position
    world.properties[("stone", "present")] = False
    assert world.touch((x, y, z + 1.0), (0.0, 0.0, -1.0), 5.0)[0] == "seat"


def test_a_snapshot_shares_nothing_with_the_world(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, STAY))
    kept = session.world.snapshot()
    session.world.properties[("orb", "scale")] = 1.7
    session.world.restore(kept)
    assert session.world.value(("orb", "scale")) == 0.5
