"""What could not be done is crossed out where it was tried, for a moment, for who hears nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import panda3d.core as p3d
import pytest
from numpy.typing import NDArray

from engine.spec.load import load_scene
from engine.view.refusal import LASTS, Refusal
from engine.view.sound.cues import Cue
from engine.view.stage import Stage
from engine.world import World, build
from engine.world.vectors import Transform, Vec3
from headset.driver import Surface, View
from headset.inputs import Person, Pose

pytestmark = pytest.mark.gl

HEAD = View((0.0, 0.0, 1.6), (1.0, 0.0, 0.0, 0.0), (-0.7, 0.7, -0.7, 0.7))
SIZE = 320


class Sight:
    """Someone who looks along +y in an empty place."""

    def __init__(self) -> None:
        self.stage = Stage()
        self.refusal = Refusal(self.stage)
        self.world: World = build(load_scene("welcome"))
        self.world.origin = Transform(self.world.origin.position)
        self.world.people["participant"] = Person(head=Pose.of(HEAD.position))

    def amber(self) -> tuple[int, float, float]:
        """How much of the picture is amber, and where its middle is, from 0 at the left and top to 1."""
        canvas = self.stage.open(Surface("buffer", (SIZE, SIZE)))
        self.stage.scene_from_person = p3d.LMatrix4f.translate_mat(*self.world.origin.position)
        canvas.look((HEAD,))
        self.stage.draw()
        pixels: NDArray[np.uint8] = canvas.read()
        canvas.close()
        rows, columns = np.nonzero((pixels[..., 0] > 180) & (pixels[..., 2] < 120))
        return len(rows), float(columns.mean()) / SIZE if len(rows) else 0.5, float(rows.mean()) / SIZE if len(rows) else 0.5

    def before(self, at: Vec3) -> Vec3:
        """A point so far from the head, in the scene."""
        head = self.world.head("participant")
        assert head is not None
        return head.point(at)


@pytest.fixture
def sight() -> Iterator[Sight]:
    one = Sight()
    yield one
    one.stage.close()


def test_a_cross_is_where_it_was_tried_and_goes_again(sight: Sight) -> None:
    assert sight.amber()[0] == 0
    sight.refusal.follow([Cue("press", (0.0, 0.0, 0.0))], sight.world, 5)
    assert sight.amber()[0] == 0, "what was done is not crossed out"
    sight.refusal.follow([Cue("refused", sight.before((0.6, 2.0, 0.0)))], sight.world, 10)
    much, across, down = sight.amber()
    assert much > 30
    assert across == pytest.approx(0.5 + 0.6 / 2.0 / 1.4, abs=0.02)
    assert down == pytest.approx(0.5, abs=0.02)
    sight.refusal.follow([], sight.world, 10 + LASTS - 1)
    assert sight.refusal.shown
    sight.refusal.follow([], sight.world, 10 + LASTS)
    assert sight.amber()[0] == 0


def test_what_is_at_no_place_is_crossed_out_ahead(sight: Sight) -> None:
    sight.refusal.follow([Cue("refused")], sight.world, 10)
    much, across, down = sight.amber()
    assert much > 30
    assert across == pytest.approx(0.5, abs=0.02)
    assert 0.5 < down < 0.65


def test_it_is_as_large_from_far_away(sight: Sight) -> None:
    seen = []
    for away in (0.5, 8.0):
        sight.refusal.follow([Cue("refused", sight.before((0.0, away, 0.0)))], sight.world, 10)
        seen.append(sight.amber()[0])
    assert seen[0] == pytest.approx(seen[1], rel=0.15)


def test_a_stage_that_was_cleared_shows_it_all_the_same(sight: Sight) -> None:
    sight.stage.root.node().remove_all_children()
    sight.refusal.follow([Cue("refused")], sight.world, 10)
    assert sight.amber()[0] > 30
