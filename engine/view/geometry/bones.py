"""The bones of the glove: which of them each of its vertices goes with, and where they are when a hand's joints are tracked.

There are sixteen: the palm, three of each finger, three of the thumb. Where they have gone is told by the places of the joints
alone. A finger bends in one plane, so the shortest turn from where a bone pointed to where it points now is the right one; what
trackers say of how joints roll differs from one to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from engine.view.geometry.hand import WRIST, Array, Bone, glove, rest_bones
from engine.world.vectors import cross, dot, scale, subtract, unit
from headset.inputs import POSITION_STEP, Pose, Side

COUNT = 16
PALM = 0

WRIST_JOINT, MIDDLE_KNUCKLE, FORE_KNUCKLE, LITTLE_KNUCKLE = 1, 12, 7, 22
"""Joints by XrHandJointEXT (OpenXR 1.1, section 12.30)."""

CHAINS: tuple[tuple[int, ...], ...] = ((7, 8, 9, 10), (12, 13, 14, 15), (17, 18, 19, 20), (22, 23, 24, 25), (2, 3, 4, 5))
"""Joints at the ends of the bones of the fingers, from the forefinger to the little one, and of the thumb."""

STARTS = np.array([joint for chain in CHAINS for joint in chain[:3]])
ENDS = np.array([joint for chain in CHAINS for joint in chain[1:]])

NEXT, LAST = np.array((1, 2, 0)), np.array((2, 0, 1))
"""Of each axis, the two others in turn."""

CROSS = np.array(((0, 0, 0, 0, 0, -1, 0, 1, 0), (0, 0, 1, 0, 0, 0, -1, 0, 0), (0, -1, 0, 1, 0, 0, 0, 0, 0)), float)
"""What makes of a vector the matrix of its cross product."""

THUMB = 13
BALL = 0.012
"""The thumb's first bone, and metres of difference between how near a vertex is to it and to the palm, within which it goes with
both."""

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
    # The ball of the thumb is broad: what lies between it and the palm goes with both.
    owned = np.array(owners)
    palm, thumb = far[owned == PALM].min(axis=0), far[owned == THUMB].min(axis=0)
    share = 0.5 + (palm - thumb) / (2 * BALL)
    between = np.isin(owned[nearest], (PALM, THUMB)) & (np.abs(share - 0.5) < 0.5) & (found[:, 1] != THUMB + 1)
    found[between] = np.column_stack((np.full(len(share), PALM), np.full(len(share), THUMB), share))[between]
    return found


def bent(hands: Sequence[tuple[Side, Sequence[Pose]]]) -> tuple[Array, NDArray[np.float32]]:
    """Of each hand: where its wrist is in the person's own space (n x 3), and for each bone the matrix (n x 16 x 4 x 4, for row
    vectors) that takes a vertex of the glove from where it was modelled to where it is, seen from the wrist."""
    places = np.array([[joint.position for joint in joints] for _, joints in hands]) * POSITION_STEP
    return _gone(places, np.array([side == "left" for side, _ in hands]), _shortest)


def held(side: Side, places: Array) -> NDArray[np.float32]:
    """The matrices of a hand whose joints are at `places` (26 x 3, of a right hand, in the axes of its grip), in those axes; of a
    left hand, those of the mirror image."""
    if side == "left":
        places = places * (-1.0, 1.0, 1.0)
    wrist, made = _gone(places[None].copy(), np.array([side == "left"]), _followed)
    one: NDArray[np.float32] = made[0]
    one[:, 3, :3] += wrist[0].astype(np.float32)
    return one


def _gone(
    places: Array, mirrored: NDArray[np.bool_], turning: Callable[[Array, Array], Array]
) -> tuple[Array, NDArray[np.float32]]:
    """The same as `bent`, of joints at `places` (n x 26 x 3), which are changed; `turning` finds the turns of the bones."""
    sign = np.where(mirrored, -1.0, 1.0)
    places[:, :, 0] *= sign[:, None]
    rest = _rest()
    root = places[:, WRIST_JOINT]
    palm = _palm_frames(root, places[:, MIDDLE_KNUCKLE], places[:, FORE_KNUCKLE], places[:, LITTLE_KNUCKLE])
    start = places.take(STARTS, 1)
    along = places.take(ENDS, 1) - start
    long = np.maximum(np.sqrt((along * along).sum(axis=2)), 1e-4)
    base = palm @ rest.palm.T
    turns = turning(rest.along @ base.transpose(0, 2, 1), along / long[..., None]) @ base[:, None]
    parts = turns + (long / rest.long - 1.0)[..., None, None] * (turns @ rest.along[:, :, None]) * rest.along[:, None, :]
    middle = places[:, MIDDLE_KNUCKLE] - root
    grown = base * (np.sqrt((middle * middle).sum(axis=1)) / rest.palm_long)[:, None, None]
    made = np.zeros((len(places), COUNT, 4, 4), np.float32)
    made[..., 3, 3] = 1.0
    made[:, PALM, :3, :3] = grown.transpose(0, 2, 1)
    made[:, PALM, 3, :3] = -(grown @ WRIST)
    made[:, 1:, :3, :3] = parts.transpose(0, 1, 3, 2)
    made[:, 1:, 3, :3] = start - root[:, None] - (parts @ rest.start[:, :, None])[..., 0]
    # Of a left hand, the mirror image of what is done to the mirror image.
    made[:, :, 0, 1:] *= sign[:, None, None]
    made[:, :, 1:, 0] *= sign[:, None, None]
    root = root.copy()
    root[:, 0] *= sign
    return root, made


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


def _palm_frames(wrists: Array, middles: Array, fores: Array, littles: Array) -> Array:
    """The axes of palms as columns: out of the back, ahead, towards the thumb."""
    # Of two hands numpy would take longer, call by call, than Python does.
    made = []
    for wrist, middle, fore, little in zip(wrists.tolist(), middles.tolist(), fores.tolist(), littles.tolist(), strict=True):
        ahead = unit(subtract(middle, wrist))
        across = subtract(fore, little)
        up = unit(subtract(across, scale(ahead, dot(across, ahead))))
        made.append((cross(ahead, up), ahead, up))
    return np.array(made).transpose(0, 2, 1)


def _shortest(one: Array, other: Array) -> Array:
    """The shortest turns from unit vectors to others, … x 3 x 3 (Möller and Hughes, 1999)."""
    axis = _cross(one, other)
    share = 1.0 / np.maximum(1.0 + (one * other).sum(axis=-1), 1e-6)
    skew = axis @ CROSS
    skew = skew.reshape(*axis.shape, 3)
    turns: Array = np.eye(3) + skew + (skew @ skew) * share[..., None, None]
    return turns


def _followed(one: Array, other: Array) -> Array:
    """The turns of bones, each the shortest after that of the bone before it: a finger that is closed by more than half a turn
    does not twist. It takes three times as long."""
    turns = np.empty((*one.shape, 3))
    for chain in range(0, one.shape[1], 3):
        turn = np.broadcast_to(np.eye(3), (len(one), 3, 3))
        for bone in range(chain, chain + 3):
            turn = _shortest((turn @ one[:, bone, :, None])[..., 0], other[:, bone]) @ turn
            turns[:, bone] = turn
    return turns


def _cross(one: Array, other: Array) -> Array:
    found: Array = one.take(NEXT, -1) * other.take(LAST, -1) - one.take(LAST, -1) * other.take(NEXT, -1)
    return found


def _outside(points: Array, capsule: Bone) -> Array:
    """Metres from points to a capsule, negative within."""
    a, b, r, s = capsule
    along = b - a
    share = np.clip(((points - a) @ along) / (along @ along), 0.0, 1.0)
    found: Array = np.linalg.norm(points - a - share[:, None] * along, axis=1) - (r + (s - r) * share)
    return found
