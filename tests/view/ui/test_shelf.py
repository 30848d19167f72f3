"""Panels before a person: drawn by the device, or in the scene where it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from math import atan2, degrees, hypot

import numpy as np
import panda3d.core as p3d
import pytest

from engine.view.stage import Stage
from engine.view.ui.follow import DISTANCE
from engine.view.ui.shelf import BELOW, Shelf, ahead, panel
from engine.world.vectors import Transform, compose, heading
from headset.driver import Panel, Surface
from headset.offscreen import look

EYES = (0.0, 0.0, 1.6)
RED = np.full((200, 300, 4), (255, 0, 0, 255), np.uint8)


def tilted(yaw: float, up: float) -> Transform:
    half = np.radians(up) / 2
    return Transform(EYES, compose(heading(yaw), (float(np.cos(half)), float(np.sin(half)), 0.0, 0.0)))


@pytest.mark.parametrize("yaw", [0.0, 90.0, 200.0])
def test_a_panel_opens_ahead_a_little_below_the_eyes_and_upright(yaw: float) -> None:
    place = ahead(tilted(yaw, 10.0))
    x, y, z = (a - b for a, b in zip(place.position, EYES, strict=True))
    assert np.hypot(np.hypot(x, y), z) == pytest.approx(DISTANCE)
    assert degrees(atan2(x, y)) % 360 == pytest.approx(yaw, abs=0.01)
    assert degrees(atan2(-z, hypot(x, y))) == pytest.approx(BELOW)
    assert place.direction((1.0, 0.0, 0.0))[2] == pytest.approx(0.0)


def test_for_someone_who_lies_it_opens_where_they_look() -> None:
    place = ahead(tilted(0.0, 80.0))
    _, y, z = (a - b for a, b in zip(place.position, EYES, strict=True))
    assert degrees(atan2(z, y)) == pytest.approx(80.0, abs=0.5)


@pytest.mark.gl
def test_what_the_device_does_not_take_is_drawn_in_the_scene_over_everything(stage: Stage) -> None:
    canvas = stage.open(Surface("buffer", (160, 90), samples=0))
    canvas.look((look(EYES, (1.0, 0.0, 0.0, 0.0), 75.0, 160 / 90),))
    shelf = Shelf(stage, lambda panels: False)
    shelf.show([panel("red", RED, ahead(Transform(EYES), 0.0))])
    stage.draw()
    middle = canvas.read()[45, 80]
    assert middle[0] > 200
    assert middle[1] < 40
    shelf.show([])
    stage.draw()
    assert canvas.read().max() < 10


@pytest.mark.gl
def test_it_moves_with_the_person_and_survives_a_view_that_is_made_anew(stage: Stage) -> None:
    canvas = stage.open(Surface("buffer", (160, 90), samples=0))
    stage.scene_from_person = p3d.LMatrix4f.translate_mat(5.0, 0.0, 0.0)
    canvas.look((look((5.0, 0.0, 1.6), (1.0, 0.0, 0.0, 0.0), 75.0, 160 / 90),))
    shelf = Shelf(stage, lambda panels: False)
    shown = [panel("red", RED, ahead(Transform(EYES), 0.0))]
    shelf.show(shown)
    stage.root.node().remove_all_children()
    shelf.show(shown)
    # A driver's eyes are in the person's own space; this picture's were given in the scene's.
    stage.scene_from_person = p3d.LMatrix4f.ident_mat()
    canvas.look((look((5.0, 0.0, 1.6), (1.0, 0.0, 0.0, 0.0), 75.0, 160 / 90),))
    stage.draw()
    assert canvas.read()[45, 80][0] > 200


@pytest.mark.gl
def test_what_the_device_takes_is_not_drawn_twice(stage: Stage) -> None:
    given: list[Sequence[Panel]] = []

    def take(panels: Sequence[Panel]) -> bool:
        given.append(panels)
        return True

    canvas = stage.open(Surface("buffer", (160, 90), samples=0))
    canvas.look((look(EYES, (1.0, 0.0, 0.0, 0.0), 75.0, 160 / 90),))
    shelf = Shelf(stage, take)
    shelf.show([panel("red", RED, ahead(Transform(EYES), 0.0))])
    stage.draw()
    assert canvas.read().max() < 10
    assert [one.name for one in given[-1]] == ["red"]
    shelf.show([])
    assert given[-1] == ()
    shelf.show([])
    assert len(given) == 2, "with nothing to show the device is left alone"
