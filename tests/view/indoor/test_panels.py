"""Where flat lamps shine, and what that does to the wall beside them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.spec import load_scene
from engine.view.geometry.gltf import ModelError
from engine.view.indoor.panels import LAMP_FACE, face_of, form_factor, panels_of
from engine.world import World, build
from tests.view.rooms import write_room


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    path: Path = write_room(tmp_path_factory.mktemp("room") / "room.yaml")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("people:", "  over_bed: {use: bed_light, against: room.north}\npeople:"), encoding="utf-8")
    return build(load_scene(path))


def test_a_lamp_shines_where_its_card_says_or_all_over(world: World) -> None:
    assert face_of(world.bodies["lamp"]) == ((0.0, 0.0), (0.595 * LAMP_FACE / 2, 0.595 * LAMP_FACE / 2))
    (x, y), (half_width, half_depth) = face_of(world.bodies["over_bed"])
    width, depth, _ = world.bodies["over_bed"].size
    assert x == 0.0
    assert y - half_depth > -depth / 4, "its rear half is shut"
    assert y + half_depth <= depth / 2
    assert half_width < width / 2


@pytest.mark.parametrize("said", [{"at": [0, 0]}, {"at": ["0 m"], "size": ["1 m", "1 m"]}, {"at": "0 m", "size": "1 m"}, "wide"])
def test_a_face_of_another_form_is_told_with_its_card(world: World, said: object) -> None:
    body = world.bodies["over_bed"]
    wrong = replace(body, card=body.card.model_copy(update={"model": {**body.card.model, "face": said}}))
    with pytest.raises(ModelError, match="card 'bed_light' is not a middle and a size of two lengths each; write it like"):
        face_of(wrong)


def test_the_wall_right_below_a_lamp_over_a_bed_does_not_glare(world: World) -> None:
    (room,) = world.rooms.values()
    (panel,) = (each for each in panels_of(world, room, np.ones(3)) if each.thing == "over_bed")
    assert panel.out_of[2] == pytest.approx(-1.0)
    top = float(panel.middle[2])

    def on_the_wall(below: float) -> float:
        point = np.array(((float(panel.middle[0]), room.high[1], top - below),))
        return float(form_factor(panel, point, np.array(((0.0, -1.0, 0.0),)))[0])

    assert on_the_wall(0.01) < 0.5 * on_the_wall(0.10)
    assert max(on_the_wall(below) for below in np.linspace(0.005, 0.5, 40)) < 0.2, "0.43 where the light begins at the wall"
