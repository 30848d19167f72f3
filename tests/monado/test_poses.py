"""Head, hands and buttons of a real runtime arrive in the session's world, to the millimetre."""

from __future__ import annotations

from math import acos, cos, degrees, radians, sin, sqrt

import pytest

from engine.world.vectors import Transform, distance
from headset.inputs import Button
from tests.monado.remote import Controller, Head, Pose, Remote, Touchable
from tests.monado.service import Service
from tests.monado.visit import Script, Visit, visit

pytestmark = pytest.mark.monado

Place = tuple[tuple[float, float, float], tuple[float, float, float, float]]

PLACES: list[tuple[Place, Place, Place]] = [
    (
        ((0.0, 1.2, 0.0), (0.0, 0.0, 0.0, 1.0)),
        ((-0.2, 1.0, -0.4), (0.0, 0.0, 0.0, 1.0)),
        ((0.2, 1.1, -0.3), (0.0, 0.0, 0.0, 1.0)),
    ),
    (
        ((0.31, 1.517, -0.22), (0.0, sin(radians(20)), 0.0, cos(radians(20)))),
        ((-0.333, 0.871, -0.456), (sin(radians(15)), 0.0, 0.0, cos(radians(15)))),
        ((0.4, 1.9, 0.7), (0.5, -0.5, 0.5, 0.5)),
    ),
    (
        ((-1.2, 1.76, 2.05), (0.1, -0.7, 0.2, sqrt(1 - 0.01 - 0.49 - 0.04))),
        ((0.05, 1.33, -0.61), (0.0, 0.0, sin(radians(40)), cos(radians(40)))),
        ((0.01, 0.02, -0.03), (0.6, 0.0, 0.0, 0.8)),
    ),
]
"""Head, left hand, right hand, as OpenXR says it: y up, quaternions x y z w."""


def expected(visiting: Visit, place: Place) -> Transform:
    (x, y, z), (i, j, k, w) = place
    return visiting.session.world.origin @ Transform((x, -z, y), (w, i, -k, j))


def angle(one: Transform, other: Transform) -> float:
    cosine = abs(sum(a * b for a, b in zip(one.turn, other.turn, strict=True)))
    return degrees(2 * acos(min(1.0, cosine)))


def test_poses_arrive_in_the_world_to_a_millimetre_and_a_tenth_of_a_degree(remote: Remote) -> None:
    def script(visiting: Visit) -> Script:
        yield from visiting.until(lambda: "focused" in visiting.links())
        for head, left, right in PLACES:
            remote.head(Head(Pose(*head)))
            remote.controllers(Controller(Pose(*left)), Controller(Pose(*right)))
            yield from visiting.frames_pass(5)
            world = visiting.session.world
            found = (world.head("participant"), world.hand("participant", "left"), world.hand("participant", "right"))
            for now, place in zip(found, (head, left, right), strict=True):
                assert now is not None
                assert distance(now.position, expected(visiting, place).position) <= 0.001
                assert angle(now, expected(visiting, place)) <= 0.1

    with visit(drawn=False) as visiting:
        visiting.play(script(visiting))
        assert visiting.session.tick > 0


def test_every_control_that_monado_has_arrives_on_the_right_hand(remote: Remote) -> None:
    def script(visiting: Visit) -> Script:
        yield from visiting.until(lambda: "focused" in visiting.links())
        remote.controllers(
            Controller(squeeze=0.25, trigger=0.5, a_button=Touchable(click=True)),
            Controller(squeeze=1.0, trigger=0.75, b_button=Touchable(click=True), stick_button=Touchable(click=True)),
        )
        yield from visiting.frames_pass(5)
        left, right = visiting.person.left, visiting.person.right
        assert (left.squeeze, left.trigger, left.buttons) == (25, 50, frozenset[Button](["primary"]))
        assert (right.squeeze, right.trigger, right.buttons) == (100, 75, frozenset[Button](["menu", "stick"]))
        remote.controllers(Controller(), Controller())
        yield from visiting.frames_pass(5)
        assert (visiting.person.left.squeeze, visiting.person.left.buttons) == (0, frozenset())

    with visit(drawn=False) as visiting:
        visiting.play(script(visiting))


def test_a_controller_out_of_sight_has_no_pose_and_comes_back(remote: Remote) -> None:
    def script(visiting: Visit) -> Script:
        yield from visiting.until(lambda: "focused" in visiting.links())
        remote.controllers(left=Controller(active=False))
        yield from visiting.frames_pass(5)
        assert visiting.person.left.grip is None
        assert visiting.person.right.grip is not None
        assert visiting.person.head is not None
        remote.controllers(left=Controller(Pose((-0.2, 1.0, -0.4))))
        yield from visiting.frames_pass(5)
        assert visiting.person.left.grip is not None

    with visit(drawn=False) as visiting:
        visiting.play(script(visiting))


def test_frames_keep_time(service: Service) -> None:
    with visit(drawn=False) as visiting:
        visiting.play(visiting.frames_pass(40))
        assert visiting.frames[0].tick == 0
        ticks = [frame.tick for frame in visiting.frames]
        assert ticks == sorted(ticks)
        ahead = [frame.display_time - frame.tick / 100 for frame in visiting.frames[2:]]
        assert min(ahead) >= -0.011
        assert max(ahead) < 0.2
        steps = [
            later.display_time - earlier.display_time
            for earlier, later in zip(visiting.frames[5:], visiting.frames[6:], strict=False)
        ]
        assert all(step > 0 for step in steps)
