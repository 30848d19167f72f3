"""Marks: each meaning has a figure of its own, alike for both eyes, and nothing is drawn that is not meant."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import panda3d.core as p3d
import pytest
from numpy.typing import NDArray

from engine.spec.load import load_scene
from engine.view.marks import Marks, figure_of, spot
from engine.view.stage import Stage
from engine.world import World, build
from engine.world.attention import Arc, Attention, Mark
from engine.world.vectors import Transform, distance
from headset.driver import Stereo, Surface, View
from headset.inputs import Hand, Person, Pose
from headset.offscreen import eyes

pytestmark = pytest.mark.gl

Pixels = NDArray[np.uint8]
HEAD = View((0.0, 0.0, 1.6), (1.0, 0.0, 0.0, 0.0), (-0.7, 0.7, -0.525, 0.525))
ME = "participant"
WIDE, HIGH = 640, 480


class Sight:
    """Marks on an otherwise empty stage."""

    def __init__(self) -> None:
        self.world: World = build(load_scene("breathless_bay"))
        self.stage = Stage()
        self.marks = Marks(self.stage)
        self.behind = p3d.LVecBase4f(0.1, 0.1, 0.1, 1.0)
        # The person stands a little more than a metre before the wall with the bell.
        bell = self.world.places["bell"].position
        self.world.origin = Transform((bell[0], bell[1] - 1.2, 0.0))
        head = Pose.of(HEAD.position)
        self.world.people[ME] = Person(head=head, right=Hand(grip=Pose.of((0.2, 0.2, 1.2)), aim=Pose.of((0.2, 0.2, 1.2))))

    def picture(self, stereo: Stereo = "mono", samples: int = 4) -> Pixels:
        views = (HEAD,) if stereo == "mono" else eyes(HEAD)
        canvas = self.stage.open(Surface("buffer", (WIDE * len(views), HIGH), stereo, samples))
        canvas.output.set_clear_color(self.behind)
        self.stage.scene_from_person = p3d.LMatrix4f.translate_mat(*self.world.origin.position)
        self.marks.follow(self.world)
        canvas.look(views)
        self.stage.draw()
        pixels = canvas.read()
        canvas.close()
        return pixels

    def attends(self, **more: object) -> None:
        self.world.attention = {(ME, "gaze"): Attention("bell", "button", **more)}  # type: ignore[arg-type]


@pytest.fixture
def sight() -> Iterator[Sight]:
    one = Sight()
    yield one
    one.stage.close()


def lit(pixels: Pixels) -> int:
    return int((pixels.min(-1) > 150).sum())


def test_where_nobody_attends_to_anything_nothing_is_drawn(sight: Sight) -> None:
    nothing = sight.picture()
    sight.attends(stage="hover")
    assert lit(sight.picture()) > lit(nothing)
    sight.world.attention = {}
    assert (sight.picture() == nothing).all()


def test_each_meaning_has_a_figure_of_its_own(sight: Sight) -> None:
    said = [
        Attention("bell", "button", "hover"),
        Attention("bell", "button", "focus", 0.5),
        Attention("bell", "button", "select"),
        Attention("bell", "button", "focus", 0.0, deed="step_up"),
        Attention("bell", "button", "focus", 0.0, deed="step_down"),
    ]
    assert len({figure_of(one) for one in said}) == len(said)
    pictures = []
    for one in said:
        sight.world.attention = {(ME, "gaze"): one}
        pictures.append(sight.picture())
    for number, picture in enumerate(pictures):
        assert all((picture != other).any(-1).sum() > 8 for other in pictures[:number])


def test_a_dwell_fills_the_ring(sight: Sight) -> None:
    bright = []
    for progress in (0.25, 0.5, 0.75, 1.0):
        sight.attends(stage="focus", progress=progress)
        bright.append(lit(sight.picture()))
    assert bright == sorted(set(bright))


def test_a_mark_can_be_seen_from_afar(sight: Sight) -> None:
    sight.attends(stage="hover")
    near = lit(sight.picture())
    bell = sight.world.places["bell"].position
    sight.world.origin = Transform((bell[0], bell[1] - 8.0, 0.0))
    assert lit(sight.picture()) > near / 8


def test_a_ray_leads_from_the_hand_to_what_it_points_at(sight: Sight) -> None:
    bell = sight.world.places["bell"].position
    sight.world.attention = {(ME, "right"): Attention("bell", "button", "hover")}
    touched = lit(sight.picture())
    sight.world.attention = {(ME, "right"): Attention("bell", "button", "hover", point=bell)}
    assert lit(sight.picture()) > touched + 20


def test_a_step_that_cannot_be_made_is_shown_by_a_cross_and_another_colour(sight: Sight) -> None:
    start = sight.world.origin.point((0.1, 0.6, 1.6))
    points = tuple((start[0], start[1] + 0.05 * i, start[2] - 0.0015 * i * i) for i in range(16))
    sight.world.arcs = {(ME, "right"): Arc(points, Transform((points[-1][0], points[-1][1], points[-1][2])))}
    can = sight.picture().astype(int)
    sight.world.arcs = {(ME, "right"): Arc(points, None)}
    cannot = sight.picture().astype(int)
    amber = (cannot[..., 0] - cannot[..., 2] > 80).sum()
    assert amber > 10
    assert (can[..., 0] - can[..., 2] > 80).sum() == 0


def test_the_vignette_darkens_the_rim_and_leaves_the_middle(sight: Sight) -> None:
    sight.behind = p3d.LVecBase4f(1, 1, 1, 1)
    sight.world.vignette = {ME: 0.01}
    assert sight.picture().min() > 250
    sight.world.vignette = {ME: 1.0}
    closed = sight.picture()
    assert closed[HIGH // 2, WIDE // 2].min() > 250
    assert closed[0, 0].max() < 110


def test_the_way_out_is_shown_where_it_hangs_and_how_near_leaving_is(sight: Sight) -> None:
    nothing = sight.picture()
    sight.world.marks = {(ME, "leave"): (Mark(sight.world.origin.point((-0.2, 0.9, 1.3)), "leave"),)}
    shown = lit(sight.picture())
    assert shown > lit(nothing) + 40
    sight.world.leaving = {ME: 0.5}
    assert lit(sight.picture()) > shown


def test_steps_that_can_be_looked_at_are_a_plus_and_a_minus(sight: Sight) -> None:
    at = sight.world.places["oxygen"].position
    steps = (("step_down", -0.1), ("step_up", 0.1))
    marks = tuple(Mark((at[0] + aside, at[1], at[2]), deed, "oxygen", "dial") for deed, aside in steps)
    sight.world.marks = {(ME, "gaze"): marks}
    one = Attention("oxygen", "dial", "focus", 0.5, deed="step_up")
    assert spot(sight.world, one)[0] == marks[1].point
    assert spot(sight.world, Attention("oxygen", "dial", "focus"))[0] != marks[1].point


def test_things_that_are_gone_have_no_mark(sight: Sight) -> None:
    nothing = sight.picture()
    sight.attends(stage="hover")
    sight.world.properties["bell", "present"] = False
    assert (sight.picture() == nothing).all()


def test_a_control_is_marked_where_it_is_and_a_thing_around_its_middle(sight: Sight) -> None:
    world = sight.world
    at, radius = spot(world, Attention("bell", "button", "hover"))
    assert distance(at, world.places["bell"].position) < 0.1
    assert radius < 0.06
    at, radius = spot(world, Attention("mask", "", "hover"))
    assert at[2] == pytest.approx(world.places["mask"].point((0.0, 0.0, world.bodies["mask"].size[2] / 2))[2])


@pytest.mark.parametrize("stereo", ["two_pass", "single_pass"])
def test_both_eyes_see_the_marks(sight: Sight, stereo: Stereo) -> None:
    sight.attends(stage="hover")
    both = sight.picture(stereo)
    left, right = both[:, :WIDE].astype(int), both[:, WIDE:].astype(int)
    assert lit(both[:, :WIDE]) > 20
    assert lit(both[:, WIDE:]) == pytest.approx(lit(both[:, :WIDE]), rel=0.25)
    assert np.abs(left - right).max() > 30, "a near mark is not where a far one would be"


def test_who_leaves_by_a_hand_or_a_key_sees_how_near_it_is(sight: Sight) -> None:
    nothing = sight.picture()
    pictures = []
    for much in (0.2, 0.3, 0.9):
        sight.world.leaving = {ME: much}
        pictures.append(sight.picture())
    assert (pictures[0] == nothing).all(), "a button that is tapped leaves nothing"
    assert lit(nothing) < lit(pictures[1]) < lit(pictures[2])
    sight.world.leaving = {}
    assert (sight.picture() == nothing).all(), "it was called off"
