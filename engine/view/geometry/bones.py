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
from engine.world.vectors import Vec3, cross, dot, length, scale, subtract, unit
from headset.inputs import POSE_NUMBERS, POSITION_STEP, Joints, Side

COUNT = 16
PALM = 0

WRIST_JOINT = 1
PALM_JOINTS = np.array((12, 7, 22))
"""Joints by XrHandJointEXT (OpenXR 1.1, section 12.30): the knuckles of middle finger, forefinger and little finger, by which the
palm lies."""

CHAINS: tuple[tuple[int, ...], ...] = ((7, 8, 9, 10), (12, 13, 14, 15), (17, 18, 19, 20), (22, 23, 24, 25), (2, 3, 4, 5))
"""Joints at the ends of the bones of the fingers, from the forefinger to the little one, and of the thumb."""

STARTS = np.array([joint for chain in CHAINS for joint in chain[:3]])
ENDS = np.array([joint for chain in CHAINS for joint in chain[1:]])

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


def bent(hands: Sequence[tuple[Side, Joints]]) -> tuple[Array, NDArray[np.float32]]:
    """Of each hand: where its wrist is in the person's own space (n x 3), and for each bone the matrix (n x 16 x 4 x 4, for row
    vectors) that takes a vertex of the glove from where it was modelled to where it is, seen from the wrist."""
    places = np.array([[joints.numbers[axis::POSE_NUMBERS] for axis in range(3)] for _, joints in hands])
    return _gone(places.transpose(0, 2, 1) * POSITION_STEP, tuple([side for side, _ in hands]))


def held(side: Side, places: Array) -> NDArray[np.float32]:
    """The matrices of a hand whose joints are at `places` (26 x 3, of a right hand, in the axes of its grip), in those axes; of a
    left hand, those of the mirror image. Its fingers may be closed by more than half a turn."""
    wrists, made = _gone(places[None] * _signs((side,))[0], (side,), closed=True)
    made[:, :, 3, :3] += wrists[:, None].astype(np.float32)
    one: NDArray[np.float32] = made[0]
    return one


def _gone(places: Array, sides: tuple[Side, ...], *, closed: bool = False) -> tuple[Array, NDArray[np.float32]]:
    """The same as `bent`, of joints at `places` (n x 26 x 3). `closed`: each bone turns from where the one before took it."""
    # What numpy costs here is calls: of all bones at once, and no more of them than need be.
    rest = _rest()
    mirror, both = _signs(sides)
    roots = places[:, WRIST_JOINT]
    places = (places - roots[:, None]) * mirror
    start = places.take(STARTS, 1)
    along = places.take(ENDS, 1) - start
    long = np.maximum(np.sqrt(np.einsum("...i,...i->...", along, along)), 1e-4)[..., None]
    along /= long
    grown, base = _palms(places[:, PALM_JOINTS].tolist(), rest)
    bases = _carried(base, rest, along) if closed else base[:, None]
    made = np.zeros((len(places), COUNT, 4, 4), np.float32)
    made[..., 3, 3] = 1.0
    made[:, PALM, :3, :3] = grown
    made[:, PALM, 3, :3] = -(WRIST @ grown)
    made[:, 1:, :3, :3] = parts = _turned(bases, rest.along, along, long / rest.long)
    made[:, 1:, 3, :3] = start - (rest.start[:, None] @ parts)[..., 0, :]
    # Of a left hand, the mirror image of what is done to the mirror image.
    made *= both
    return roots, made


def _turned(bases: Array, rest: Array, along: Array, grown: Array | float) -> Array:
    """What takes bones that pointed along `rest` (unit vectors) to where they point now, `along`: after their bases, which are
    turns, the shortest turns; and lengthwise `grown`. For row vectors, as the bases are.

    The shortest turn of a to u is 1 - (a + u)(a + u)' / (1 + a u) + 2 u a' (Möller and Hughes, 1999, put otherwise); after a base
    that takes d to a, it is three outer products.
    """
    back = (bases @ along[..., None])[..., 0]
    middle = (rest[..., None, :] @ bases)[..., 0, :] + along
    share = 1.0 / np.maximum(1.0 + np.einsum("...i,...i->...", rest, back), 1e-6)
    found: Array = bases - ((rest + back) * share[..., None])[..., None] * middle[..., None, :]
    found += ((1.0 + grown) * rest)[..., None] * along[..., None, :]
    return found


def _carried(base: Array, rest: _Rest, along: Array) -> Array:
    """For each bone, the turn of the palm and of the bones before it, n x 15 x 3 x 3: so that a finger that is closed by more
    than half a turn does not twist."""
    bases = np.empty((*along.shape, 3))
    turn = np.broadcast_to(base[:, None], (len(base), len(CHAINS), 3, 3))
    for bone in range(3):
        bases[:, bone::3] = turn
        turn = _turned(turn, rest.along[bone::3], along[:, bone::3], 1.0)
    return bases


@cache
def _signs(sides: tuple[Side, ...]) -> tuple[Array, NDArray[np.float32]]:
    """Of each hand what mirrors it if it is a left one: places (n x 1 x 3), matrices (n x 1 x 4 x 4)."""
    mirror = np.array([(-1.0 if side == "left" else 1.0, 1.0, 1.0, 1.0) for side in sides])
    return mirror[:, None, :3], (mirror[:, :, None] * mirror[:, None])[:, None].astype(np.float32)


@dataclass(frozen=True, eq=False)
class _Rest:
    """A right hand as modelled: start, direction and length (15 x 1) of each bone but the palm, and the palm's axes, as rows, and
    length."""

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
    long = np.linalg.norm(end - start, axis=1)[:, None]
    # The knuckles of middle finger, forefinger and little finger, as PALM_JOINTS has them.
    middle, fore, little = (start[bone] - WRIST for bone in (3, 0, 9))
    return _Rest(start, (end - start) / long, long, np.array(_frame(middle, fore, little)), float(np.linalg.norm(middle)))


def _palms(joints: Sequence[Sequence[Vec3]], rest: _Rest) -> tuple[Array, Array]:
    """What takes palms from where they were modelled to where they are, for row vectors (n x 3 x 3): grown, and turned only.
    `joints` are those of PALM_JOINTS, seen from the wrist."""
    # Of two hands numpy would take longer, call by call, than Python does.
    base = rest.palm.T @ np.array([_frame(*each) for each in joints])
    grown: Array = base * np.array([length(middle) / rest.palm_long for middle, _, _ in joints])[:, None, None]
    return grown, base


def _frame(middle: Vec3, fore: Vec3, little: Vec3) -> tuple[Vec3, Vec3, Vec3]:
    """The axes of a palm: out of the back, ahead, towards the thumb."""
    ahead = unit(middle)
    across = subtract(fore, little)
    up = unit(subtract(across, scale(ahead, dot(across, ahead))))
    return cross(ahead, up), ahead, up


def _outside(points: Array, capsule: Bone) -> Array:
    """Metres from points to a capsule, negative within."""
    a, b, r, s = capsule
    along = b - a
    share = np.clip(((points - a) @ along) / (along @ along), 0.0, 1.0)
    found: Array = np.linalg.norm(points - a - share[:, None] * along, axis=1) - (r + (s - r) * share)
    return found
