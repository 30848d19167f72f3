"""The bones of the glove: which of them each of its vertices goes with, and where they are when a hand's joints are tracked.

There are sixteen: the palm, three of each finger, three of the thumb. Where they have gone is told by the places of the joints
alone. A finger bends in one plane, so the shortest turn from where a bone pointed to where it points now is the right one; what
trackers say of how joints roll differs from one to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from engine.view.geometry.hand import WRIST, Array, Bone, glove, rest_bones
from headset.inputs import POSITION_STEP, Pose, Side

COUNT = 16
PALM = 0

WRIST_JOINT, MIDDLE_KNUCKLE, FORE_KNUCKLE, LITTLE_KNUCKLE = 1, 12, 7, 22
"""Joints by XrHandJointEXT (OpenXR 1.1, section 12.30)."""

CHAINS: tuple[tuple[int, ...], ...] = ((7, 8, 9, 10), (12, 13, 14, 15), (17, 18, 19, 20), (22, 23, 24, 25), (2, 3, 4, 5))
"""Joints at the ends of the bones of the fingers, from the forefinger to the little one, and of the thumb."""

STARTS = [joint for chain in CHAINS for joint in chain[:3]]
ENDS = [joint for chain in CHAINS for joint in chain[1:]]

CROSS = np.array(((0, 0, 0, 0, 0, -1, 0, 1, 0), (0, 0, 1, 0, 0, 0, -1, 0, 0), (0, -1, 0, 1, 0, 0, 0, 0, 0)), float)
"""What makes of a vector the matrix of its cross product."""

BLEND = 0.009
"""Metres on both sides of a joint within which a vertex goes with both bones."""


@cache
def weights(side: Side) -> NDArray[np.float32]:
    """Of each vertex of the spread glove: two bones, and the share of the second."""
    points = np.array(glove(side, "spread").positions, float)
    if side == "left":
        points = points * (-1.0, 1.0, 1.0)
    capsules, owners, parents, children = _capsules()
    far = np.stack([_outside(points, capsule) for capsule in capsules])
    nearest = far.argmin(axis=0)
    found = np.zeros((len(points), 3), np.float32)
    for index, (a, b, _, _) in enumerate(capsules):
        mine = nearest == index
        long = float(np.linalg.norm(b - a))
        along = (points[mine] - a) @ ((b - a) / long)
        before, after = (np.clip(0.5 - each / (2 * BLEND), 0.0, 1.0) for each in (along, long - along))
        parent, child = parents[index], children[index]
        back = (before > after) & (parent != owners[index])
        found[mine, 0] = owners[index]
        found[mine, 1] = np.where(back, parent, child)
        found[mine, 2] = np.where(back, before, after if child != owners[index] else 0.0)
    return found


def bent(hands: Sequence[tuple[Side, Sequence[Pose]]]) -> tuple[Array, NDArray[np.float32]]:
    """Of each hand: where its wrist is in the person's own space (n x 3), and for each bone the matrix (n x 16 x 4 x 4, for row
    vectors) that takes a vertex of the glove from where it was modelled to where it is, seen from the wrist."""
    places = np.array([[joint.position for joint in joints] for _, joints in hands]) * POSITION_STEP
    mirrored = np.array([side == "left" for side, _ in hands])
    places[mirrored, :, 0] *= -1.0
    rest = _rest()
    root = places[:, WRIST_JOINT]
    palm = _palm_frames(root, places[:, MIDDLE_KNUCKLE], places[:, FORE_KNUCKLE], places[:, LITTLE_KNUCKLE])
    start = places[:, STARTS]
    along = places[:, ENDS] - start
    long = np.maximum(np.sqrt((along * along).sum(axis=2)), 1e-4)
    base = palm @ rest.palm.T
    turns = _shortest(rest.along @ base.transpose(0, 2, 1), along / long[..., None]) @ base[:, None]
    parts = turns + (long / rest.long - 1.0)[..., None, None] * (turns @ rest.along[:, :, None]) * rest.along[:, None, :]
    middle = places[:, MIDDLE_KNUCKLE] - root
    grown = base * (np.sqrt((middle * middle).sum(axis=1)) / rest.palm_long)[:, None, None]
    made = np.zeros((len(hands), COUNT, 4, 4))
    made[..., 3, 3] = 1.0
    made[:, PALM, :3, :3] = grown.transpose(0, 2, 1)
    made[:, PALM, 3, :3] = -(grown @ WRIST)
    made[:, 1:, :3, :3] = parts.transpose(0, 1, 3, 2)
    made[:, 1:, 3, :3] = start - root[:, None] - (parts @ rest.start[:, :, None])[..., 0]
    # Of a left hand, the mirror image of what is done to the mirror image.
    made[mirrored, :, 0, 1:] *= -1.0
    made[mirrored, :, 1:, 0] *= -1.0
    root = root.copy()
    root[mirrored, 0] *= -1.0
    return root, made.astype(np.float32)


@dataclass(frozen=True, eq=False)
class _Rest:
    """A right hand as modelled: start, direction and length of each bone but the palm, and the palm's axes and length."""

    start: Array
    along: Array
    long: Array
    palm: Array
    palm_long: float


@cache
def _capsules() -> tuple[list[Bone], list[int], list[int], list[int]]:
    """The capsules of which the glove was made, and the bone that each belongs to, comes from and leads to."""
    capsules = rest_bones()
    owners, parents, children = [], [], []
    for finger in range(4):
        first = 1 + 3 * finger
        owners += [PALM, first, first + 1, first + 2]
        parents += [PALM, PALM, first, first + 1]
        children += [first, first + 1, first + 2, first + 2]
    owners += [13, 14, 15]
    parents += [PALM, 13, 14]
    children += [14, 15, 15]
    wrist = len(capsules) - len(owners)
    return capsules, owners + [PALM] * wrist, parents + [PALM] * wrist, children + [PALM] * wrist


@cache
def _rest() -> _Rest:
    capsules, owners, _, _ = _capsules()
    chosen = [capsules[owners.index(bone)] for bone in range(1, COUNT)]
    start, end = np.array([one[0] for one in chosen]), np.array([one[1] for one in chosen])
    long = np.linalg.norm(end - start, axis=1)
    palm = _palm_frames(WRIST[None], start[3:4], start[0:1], start[9:10])[0]
    return _Rest(start, (end - start) / long[:, None], long, palm, float(np.linalg.norm(start[3] - WRIST)))


def _palm_frames(wrist: Array, middle: Array, fore: Array, little: Array) -> Array:
    """The axes of palms as columns: out of the back, ahead, towards the thumb."""
    ahead = middle - wrist
    ahead /= np.maximum(np.sqrt((ahead * ahead).sum(axis=1, keepdims=True)), 1e-6)
    up = fore - little
    up -= ahead * (up * ahead).sum(axis=1, keepdims=True)
    up /= np.maximum(np.sqrt((up * up).sum(axis=1, keepdims=True)), 1e-6)
    return np.stack((_cross(ahead, up), ahead, up), axis=2)


def _shortest(one: Array, other: Array) -> Array:
    """The shortest turns from unit vectors to others, … x 3 x 3 (Möller and Hughes, 1999)."""
    axis = _cross(one, other)
    share = 1.0 / np.maximum(1.0 + (one * other).sum(axis=-1), 1e-6)
    skew = axis @ CROSS
    skew = skew.reshape(*axis.shape, 3)
    turns: Array = np.eye(3) + skew + (skew @ skew) * share[..., None, None]
    return turns


def _cross(one: Array, other: Array) -> Array:
    found: Array = one[..., [1, 2, 0]] * other[..., [2, 0, 1]] - one[..., [2, 0, 1]] * other[..., [1, 2, 0]]
    return found


def _outside(points: Array, capsule: Bone) -> Array:
    """Metres from points to a capsule, negative within."""
    a, b, r, s = capsule
    along = b - a
    share = np.clip(((points - a) @ along) / (along @ along), 0.0, 1.0)
    found: Array = np.linalg.norm(points - a - share[:, None] * along, axis=1) - (r + (s - r) * share)
    return found
