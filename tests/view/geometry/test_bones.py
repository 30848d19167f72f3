"""The glove that goes with a hand's joints: at rest it is as modelled, and each fingertip is where the tracker says."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.view.geometry.bones import CHAINS, COUNT, WRIST_JOINT, bent, weights
from engine.view.geometry.hand import WRIST, glove, rest_bones
from headset.inputs import HAND_JOINTS, SIDES, Joints, Pose, Side
from headset.simulator.fingers import Curl, Shape, hand_joints

Points = NDArray[np.float64]


def at_rest(side: Side) -> Joints:
    """The joints of a hand that is held as the glove was modelled."""
    capsules = rest_bones()
    places = np.zeros((HAND_JOINTS, 3))
    places[WRIST_JOINT] = WRIST
    for finger, chain in enumerate(CHAINS):
        first = 4 * finger + 1 if finger < 4 else 16
        for joint, (start, end, _, _) in zip(chain, capsules[first : first + 3], strict=False):
            places[joint], places[chain[chain.index(joint) + 1]] = start, end
    if side == "left":
        places[:, 0] *= -1.0
    return Joints.of(Pose.of(place) or Pose() for place in places.tolist())


def moved(side: Side, joints: Joints) -> Points:
    """The glove's vertices in the person's own space, as the shader moves them."""
    (root,), (bones,) = bent([(side, joints)])
    one, other, share = weights(side).T
    points = np.column_stack((glove(side, "spread").positions, np.ones(len(share)))).astype(float)
    mixed = bones[one.astype(int)] * (1 - share)[:, None, None] + bones[other.astype(int)] * share[:, None, None]
    placed: Points = np.einsum("ni,nij->nj", points, mixed)[:, :3] + root
    return placed


def posed(side: Side, shape: Shape) -> Joints:
    curl = Curl()
    for _ in range(60):
        curl.step(shape, 0.1)
    joints = hand_joints(side, (0.2, 0.3, 1.1), (1.0, 0.0, 0.0, 0.0), curl)
    assert joints is not None
    return joints


@pytest.mark.parametrize("side", SIDES)
def test_a_hand_held_as_it_was_modelled_is_the_model(side: Side) -> None:
    assert np.abs(moved(side, at_rest(side)) - glove(side, "spread").positions).max() < 0.0006


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("shape", ["open", "point", "pinch", "fist"])
def test_every_fingertip_is_where_its_joint_is(side: Side, shape: Shape) -> None:
    joints = posed(side, shape)
    points = moved(side, joints)
    last = weights(side)
    for finger, chain in enumerate(CHAINS):
        bone = 3 * (finger + 1)
        mine = points[(last[:, 0] == bone) & (last[:, 2] < 0.1)]
        assert np.linalg.norm(mine - joints[chain[-1]].metres, axis=1).min() < 0.012


def test_no_vertex_goes_with_two_fingers() -> None:
    one, other, share = weights("right").T
    both = share > 0.0
    fingers = np.stack(((one[both] - 1) // 3, (other[both] - 1) // 3))
    palm = (one[both] == 0) | (other[both] == 0)
    assert ((fingers[0] == fingers[1]) | palm).all()
    assert ((share >= 0.0) & (share <= 1.0)).all()
    assert set(one.astype(int)) == set(range(COUNT))


def test_a_left_hand_is_the_mirror_image_of_a_right_one() -> None:
    left = Joints.of(Pose((-x, y, z)) for x, y, z in (joint.position for joint in posed("right", "pinch")))
    mirrored = moved("left", left) * (-1.0, 1.0, 1.0)
    assert np.abs(mirrored - moved("right", posed("right", "pinch"))).max() < 1e-5


def test_a_longer_hand_is_drawn_longer() -> None:
    joints = posed("right", "open")
    wrist = joints[WRIST_JOINT].position
    grown = ([round(w + 1.2 * (p - w)) for p, w in zip(joint.position, wrist, strict=True)] for joint in joints)
    large = Joints.of(Pose((x, y, z)) for x, y, z in grown)
    drawn = [moved("right", some) for some in (joints, large)]
    one, other = (np.ptp(points[:, 1]) for points in drawn)
    assert other == pytest.approx(1.2 * one, rel=0.03)
    going = weights("right")
    for bone, chain in enumerate(CHAINS, start=1):
        mine = (going[:, 0] == 3 * bone) & (going[:, 2] == 0.0)
        along = np.subtract(joints[chain[3]].metres, joints[chain[2]].metres)
        short, long = (np.ptp(points[mine] @ along) for points in drawn)
        assert long == pytest.approx(1.2 * short, rel=0.02), "each bone by itself, lengthwise"


def test_joints_that_are_all_in_one_place_are_drawn_somehow() -> None:
    assert np.isfinite(moved("right", Joints.of([Pose()] * HAND_JOINTS))).all()
