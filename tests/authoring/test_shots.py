"""The pictures that a scene asks for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.authoring.shots import take_shots
from engine.session import Session
from engine.spec.diagnostics import SceneError
from engine.spec.load import load_scene
from engine.view.viewpoint import eye
from engine.world.vectors import Transform, rotate, subtract, unit
from tests.making import scene

STAY = """
start: stay
states:
  stay: {rules: {when: after 60 s, go: end}}
"""


def test_a_shot_looks_from_the_eyes_at_the_middle_of_its_thing() -> None:
    session = Session(load_scene("lakeside"))
    view = eye(session.world, session.scene.shots["hero"], (1600, 900))
    world = session.world
    place = world.origin @ Transform(view.position, view.orientation)
    assert place.position == pytest.approx((0.0, -2.2, world.places["seat"].position[2] + 1.2))
    body = world.bodies["orb"]
    middle = world.places["orb"].point((0.0, 0.0, body.size[2] / 2))
    assert rotate(place.turn, (0.0, 1.0, 0.0)) == pytest.approx(unit(subtract(middle, place.position)), abs=1e-6)
    left, right, down, up = view.fov
    assert (right - left) / (up - down) == pytest.approx(16 / 9)


@pytest.mark.gl
def test_every_shot_is_drawn_in_the_size_that_was_asked_for(tmp_path: Path) -> None:
    shots = "shots:\n  hero: {from: participant, to: orb}\n  above: {from: [0 m, 0 m, 5 m], to: [0 m, 1 m, 0 m], fov: 90 deg}"
    paths = list(take_shots(scene(tmp_path, STAY, shots), tmp_path / "new" / "folder", (160, 90)))
    assert [path.name for path in paths] == ["hero.png", "above.png"]
    pictures = [np.asarray(Image.open(path)) for path in paths]
    assert [picture.shape for picture in pictures] == [(90, 160, 3)] * 2
    assert all(picture.std() > 10 for picture in pictures), "something is to be seen"
    assert np.abs(pictures[0].astype(int) - pictures[1]).mean() > 10


def test_a_scene_without_shots_says_how_to_ask_for_one(tmp_path: Path) -> None:
    with pytest.raises(SceneError, match="has no shots"):
        list(take_shots(scene(tmp_path, STAY), tmp_path, (160, 90)))
