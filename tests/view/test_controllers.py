"""What hands hold is drawn in them, moves as it is worked, and is gone when nobody knows where it is."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import panda3d.core as p3d
import pytest
from numpy.typing import NDArray

from engine.spec.load import load_scene
from engine.view import controllers as module
from engine.view.geometry.skin import Bones
from engine.view.hands import Hands, leaning
from engine.view.render.light import Light
from engine.view.render.shadow import Shadows
from engine.view.stage import Stage
from engine.world import World, build
from engine.world.vectors import rotate
from headset.driver import Held, Stereo, Surface
from headset.inputs import FULL, SIDES, Hand, Person, Pose, Side
from headset.offscreen import eyes, look
from headset.simulator.fingers import Curl, hand_joints

pytestmark = pytest.mark.gl

Pixels = NDArray[np.uint8]
ME = "participant"
NOWHERE = Hand()
GRIP = Pose.of((0.1, 0.4, 1.45))
HEAD = look((0.0, 0.0, 1.6), fov_deg=60.0, aspect=1.0)
KINDS: tuple[Held, ...] = ("stick", "wand", "simple")


class Sight:
    """Hands on an otherwise empty stage out of doors."""

    def __init__(self) -> None:
        self.world: World = build(load_scene("lakeside"))
        self.stage = Stage()
        light = Light(self.stage.root, fog="clear", weather="clear", water=None)
        shadows = Shadows(self.stage)
        light.set_sun(40.0)
        shadows.follow(light.direction, 40.0, (0.0, 0.0, 0.0), True)
        self.hands = Hands(self.stage)
        origin = self.world.origin
        self.stage.scene_from_person = p3d.LMatrix4f.translate_mat(*origin.position)

    def hold(self, held: Held, lean: float = 60.0) -> None:
        for side in SIDES:
            self.stage.hold(side, held, lean)

    def follow(self, left: Hand = NOWHERE, right: Hand = NOWHERE) -> bool:
        self.world.people[ME] = Person(left=left, right=right)
        return self.hands.follow(self.world)

    def shown(self) -> set[str]:
        """The names of all nodes that are drawn, and of those that they are in."""
        return {path.name for path in self.stage.root.find_all_matches("**") if not path.is_hidden()}

    def picture(self, stereo: Stereo = "mono") -> Pixels:
        views = (HEAD,) if stereo == "mono" else eyes(HEAD)
        canvas = self.stage.open(Surface("buffer", (200 * len(views), 200), stereo, 4))
        canvas.look(views)
        self.stage.draw()
        pixels = canvas.read()
        canvas.close()
        return pixels


@pytest.fixture(scope="module")
def one() -> Iterator[Sight]:
    made = Sight()
    yield made
    made.stage.close()


@pytest.fixture
def sight(one: Sight) -> Iterator[Sight]:
    """Nobody is there, and hands are empty, before each test and after it."""
    yield one
    one.world.held.clear()
    one.hold("", 90.0)
    one.follow()


def changed(one: Pixels, other: Pixels) -> int:
    return int((np.abs(one.astype(int) - other).max(axis=2) > 8).sum())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("side", SIDES)
def test_a_controller_is_drawn_with_the_hand_round_it_and_no_other_hand(sight: Sight, kind: Held, side: Side) -> None:
    sight.hold(kind)
    there = Hand(grip=GRIP)
    sight.follow(left=there) if side == "left" else sight.follow(right=there)
    shown = sight.shown()
    assert {kind, "glove", f"{side} controller"} <= shown
    assert not shown & {"relaxed", "fist", "hold", "bent", *(set(KINDS) - {kind})}
    assert len(sight.hands.casting()) == 1


def test_each_kind_looks_other(sight: Sight) -> None:
    pictures = []
    for kind in ("", *KINDS):
        sight.hold(kind, 60.0)
        sight.follow(right=Hand(grip=GRIP))
        pictures.append(sight.picture())
    for index, one in enumerate(pictures):
        assert all(changed(one, other) > 300 for other in pictures[index + 1 :])


def test_it_goes_when_tracking_is_lost_and_comes_back(sight: Sight) -> None:
    nothing = sight.picture()
    sight.hold("stick")
    sight.follow(right=Hand(grip=GRIP))
    there = sight.picture()
    assert changed(nothing, there) > 500
    sight.follow(right=Hand(trigger=FULL))
    assert changed(nothing, sight.picture()) == 0
    assert sight.hands.casting() == []
    sight.follow(right=Hand(grip=GRIP))
    assert changed(there, sight.picture()) == 0


def test_it_gives_way_to_what_the_hand_takes(sight: Sight) -> None:
    sight.hold("stick")
    sight.world.held["stone"] = (ME, "right")
    sight.follow(left=Hand(grip=GRIP), right=Hand(grip=GRIP, squeeze=FULL))
    shown = sight.shown()
    assert "hold" in shown
    assert len(sight.hands.casting()) == 2
    sight.world.held.clear()
    sight.follow(right=Hand(grip=GRIP))
    assert "hold" not in sight.shown()


def test_a_tracked_hand_is_drawn_by_its_joints_with_what_it_holds(sight: Sight) -> None:
    joints = hand_joints("right", (0.1, 0.4, 1.45), (1.0, 0.0, 0.0, 0.0), Curl())
    sight.hold("stick")
    sight.follow(right=Hand(grip=GRIP, joints=joints))
    controller = sight.stage.root.find("**/right controller/stick")
    names = {child.name for child in controller.children}
    assert "glove" not in names, "its own hand is drawn, not ours"
    assert any(name.startswith("controller_") for name in names)
    sight.hold("")
    sight.follow(right=Hand(grip=GRIP, joints=joints))
    assert not sight.stage.root.find("**/right controller/stick")


def test_what_is_pressed_is_seen(sight: Sight) -> None:
    sight.hold("stick")
    sight.follow(right=Hand(grip=GRIP))
    rest = sight.picture()
    for hand in (
        Hand(grip=GRIP, stick=(FULL, 0)),
        Hand(grip=GRIP, trigger=FULL),
        Hand(grip=GRIP, buttons=frozenset({"primary"})),
    ):
        sight.follow(right=hand)
        assert changed(rest, sight.picture()) > 5
    sight.follow(right=Hand(grip=GRIP))
    assert changed(rest, sight.picture()) == 0


def test_nothing_is_computed_while_nothing_changes(sight: Sight, monkeypatch: pytest.MonkeyPatch) -> None:
    sight.hold("wand")
    hand = Hand(grip=Pose.of((0.0, 0.3, 1.4)), trigger=30)
    sight.follow()
    assert sight.follow(hand, hand)

    def never(*_: object) -> None:
        raise AssertionError("computed again")

    for name in ("part_bones", "grasp_bones", "attach_skin"):
        monkeypatch.setattr(module, name, never)
    monkeypatch.setattr(Bones, "put", never)
    assert not sight.follow(hand, hand), "and nothing has moved"
    moved = Pose.of((0.12, 0.4, 1.45))
    assert sight.follow(Hand(grip=moved, trigger=30), hand), "a hand that moves is only put elsewhere"
    with pytest.raises(AssertionError, match="computed again"):
        sight.follow(Hand(grip=moved, trigger=31), hand)


def test_both_eyes_see_it_alike_in_one_pass_and_in_two(sight: Sight) -> None:
    sight.hold("stick")
    sight.follow(left=Hand(grip=Pose.of((-0.1, 0.4, 1.45)), trigger=FULL), right=Hand(grip=GRIP, stick=(0, FULL)))
    assert changed(sight.picture("single_pass"), sight.picture("two_pass")) == 0


@pytest.mark.parametrize(("lean", "tube"), [(0.0, (0.0, 1.0, 0.0)), (90.0, (0.0, 0.0, 1.0)), (60.0, (0.0, 0.5, 0.866))])
def test_the_tube_of_the_fist_leans_as_the_driver_says(lean: float, tube: tuple[float, float, float]) -> None:
    assert rotate(leaning((1.0, 0.0, 0.0, 0.0), lean), (0.0, 0.0, 1.0)) == pytest.approx(tube, abs=1e-3)


def test_a_grip_of_openxr_has_the_fingers_where_the_runtime_says(sight: Sight) -> None:
    """Section 6.3.2: -z along the tube from little finger to thumb, +y against the open fingers; in our axes y and z."""
    turn = leaning((1.0, 0.0, 0.0, 0.0), 0.0)
    assert rotate(turn, (0.0, 1.0, 0.0)) == pytest.approx((0.0, 0.0, -1.0), abs=1e-9)
    assert rotate(turn, (1.0, 0.0, 0.0)) == pytest.approx((1.0, 0.0, 0.0), abs=1e-9)
