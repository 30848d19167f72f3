"""What bare hands do: open, fist, pinch, point, and the palm held up to leave; from the places of their joints, and nothing else.

All distances are compared with the hand's own size, so a child's hand and a large one mean the same. The shares of fist and pinch
grow evenly, as a trigger's; what counts as pressed is for the one who reads them. A hand that is not seen does nothing.

The numbers are ours, tried on Monado's hand model and on made-up hands of 0.13 to 0.21 m; nobody has tried them in a headset.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final, Literal

from headset.inputs import FULL, Button, Hand, Joints, Pose, Side

Gesture = Literal["lost", "open", "fist", "pinch", "point", "resting"]
Vec = tuple[float, float, float]

PALM, WRIST, THUMB_TIP = 0, 1, 5
INDEX, MIDDLE, RING, LITTLE = 6, 11, 16, 21
"""The first joint of a finger, its metacarpal; four more follow, up to the tip."""
FINGERS: Final = (INDEX, MIDDLE, RING, LITTLE)

STRAIGHT, BENT = 0.95, 0.45
"""From the foot of the metacarpal to the tip in a straight line, as part of the way along the bones: a finger that is straight,
one that is curled. A fist closed on nothing comes to 0.16 to 0.36, one about a stick of 4 cm to some 0.5."""

TOUCHING, APART = 0.22, 0.6
"""Tip of the thumb to tip of the index, as part of wrist to middle knuckle: a pinch, and none. Tips are in the middle of the
finger's end, so that 2 cm lie between those of fingers that touch."""

FACES, FACES_STILL = 0.87, 0.77
"""Cosines of 30° and 40°: how far from straight at the eyes a palm that is shown to them may look, and the eyes at it; and how
far while it goes on being shown, so that a hand that trembles at the edge does not begin anew."""

UPRIGHT, UPRIGHT_STILL = 0.7, 0.5
"""Cosines of 45° and 60°: how far the fingers of a palm that is shown may lean from the head's own up."""

FLAT, FLAT_STILL = 0.3, 0.5
"""How curled a finger of an open hand may be, and how near a pinch it may come."""

NEAR, FAR = 0.12, 0.7
"""Metres from the eyes within which a palm is shown to them."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a hand is held. All are 0 to 1."""

    curls: tuple[float, float, float, float]
    """Index to little finger: straight to curled."""
    pinch: float
    """Thumb and index: apart to touching. A fist is no pinch, though its tips meet."""
    fist: float
    """All four fingers curled."""
    point: float
    """The index straight while the others are curled."""

    @property
    def gesture(self) -> Gesture:
        """What it is, in a word."""
        if self.fist > 0.6:
            return "fist"
        if self.pinch > 0.6:
            return "pinch"
        if self.point > 0.6:
            return "point"
        return "open" if self.bent < FLAT else "resting"

    @property
    def bent(self) -> float:
        """How far it is from flat, 0 to 1."""
        return max(*self.curls, self.pinch)


def shape_of(joints: Sequence[Pose]) -> Shape:
    """How the hand with these joints is held."""
    at = [joint.metres for joint in joints]
    size = _distance(at[WRIST], at[MIDDLE + 1])
    curls = (_curl(at, INDEX), _curl(at, MIDDLE), _curl(at, RING), _curl(at, LITTLE))
    others = min(curls[1:])
    gap = _distance(at[THUMB_TIP], at[INDEX + 4]) / size if size > 0 else 1.0
    pinch = _share(gap, APART, TOUCHING)
    fist = min(curls[0], others)
    return Shape(curls, pinch * (1.0 - fist), fist, (1.0 - curls[0]) * others)


def gesture_of(joints: Sequence[Pose] | None) -> Gesture:
    """What a hand does, in a word; `joints` are None while it is not seen."""
    return "lost" if joints is None else shape_of(joints).gesture


def hand_of(side: Side, joints: Joints, head: Pose | None, *, still: bool = False) -> Hand:
    """A bare hand as the hand of a session: pinch pulls the trigger, a fist squeezes, an open palm held up to the eyes is the
    menu button. The grip lies in the palm, as of a rod in the fist; the aim goes from the palm as the hand points. `still` is
    whether the palm was held up before."""
    shape = shape_of(joints)
    shown = palm_shown(side, Hand(), head, joints, still=still)
    return Hand(
        grip=_grip(side, joints),
        aim=_aim(joints, shape),
        squeeze=round(shape.fist * FULL),
        trigger=round(shape.pinch * FULL),
        buttons=_MENU if shown else _NONE,
        joints=joints,
    )


def palm_shown(side: Side, hand: Hand, head: Pose | None, joints: Sequence[Pose] | None, *, still: bool = False) -> bool:
    """Whether an open hand, fingers up, is held before the eyes with its palm towards them, and the head looks at it.

    Without joints the hand's grip tells (OpenXR 1.1, section 6.3.2: x of the grip is the palm's normal, y against the fingers'
    way), and it is open if it neither pinches nor grasps. `still` is whether it was so before.
    """
    if head is None:
        return False
    if joints is not None:
        if shape_of(joints).bent >= (FLAT_STILL if still else FLAT):
            return False
        place = joints[PALM].metres
        _, fingers, back = _axes(joints[PALM])
        out = _times(back, -1.0)
    elif hand.grip is not None and hand.squeeze < _LET_GO and hand.trigger < _LET_GO:
        place = hand.grip.metres
        across, _, over = _axes(hand.grip)
        out = across if side == "left" else _times(across, -1.0)
        fingers = _times(over, -1.0)
    else:
        return False
    _, ahead, up = _axes(head)
    to_eyes = _minus(head.metres, place)
    far = _length(to_eyes)
    if not NEAR <= far <= FAR:
        return False
    faces, upright = (FACES_STILL, UPRIGHT_STILL) if still else (FACES, UPRIGHT)
    seen = _dot(out, to_eyes) >= faces * far and -_dot(ahead, to_eyes) >= faces * far
    return seen and _dot(fingers, up) >= upright


def _grip(side: Side, joints: Sequence[Pose]) -> Pose | None:
    """The pose of a rod in the fist (section 6.3.2): ahead is where the thumb is, x goes through the palm to the right."""
    right, fingers, back = _axes(joints[PALM])
    ahead = right if side == "left" else _times(right, -1.0)
    across = _times(back, -1.0) if side == "left" else back
    return Pose.of(joints[PALM].metres, _turn(across, ahead, _times(fingers, -1.0)))


def _aim(joints: Sequence[Pose], shape: Shape) -> Pose | None:
    """A ray from the palm: over the index's knuckle, which stays while one pinches, and along the finger as it points."""
    palm = joints[PALM].metres
    knuckle = _unit(_minus(joints[INDEX + 1].metres, joints[WRIST].metres))
    finger = _unit(_minus(joints[INDEX + 4].metres, palm))
    share = shape.point
    ahead = _unit(_plus(_times(knuckle, 1.0 - share), _times(finger, share)))
    _, _, back = _axes(joints[PALM])
    right = _cross(ahead, back)
    if _length(right) < 1e-3:
        return None
    right = _unit(right)
    return Pose.of(palm, _turn(right, ahead, _cross(right, ahead)))


def _curl(at: Sequence[Vec], finger: int) -> float:
    """0 for a straight finger, 1 for a curled one."""
    along = sum(_distance(at[joint], at[joint + 1]) for joint in range(finger, finger + 4))
    straight = _distance(at[finger], at[finger + 4]) / along if along > 0 else 1.0
    return _share(straight, STRAIGHT, BENT)


def _share(value: float, none: float, all_of_it: float) -> float:
    return min(1.0, max(0.0, (value - none) / (all_of_it - none)))


def _axes(pose: Pose) -> tuple[Vec, Vec, Vec]:
    """Where x, y and z of a pose look."""
    w, x, y, z = pose.quaternion
    return (
        (1 - 2 * (y * y + z * z), 2 * (x * y + w * z), 2 * (x * z - w * y)),
        (2 * (x * y - w * z), 1 - 2 * (x * x + z * z), 2 * (y * z + w * x)),
        (2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y)),
    )


def _turn(x: Vec, y: Vec, z: Vec) -> tuple[float, float, float, float]:
    """The quaternion whose axes look there; the largest of its four parts is found first, as the others are divided by it."""
    squares = (
        1 + x[0] + y[1] + z[2],
        1 + x[0] - y[1] - z[2],
        1 - x[0] + y[1] - z[2],
        1 - x[0] - y[1] + z[2],
    )
    largest = squares.index(max(squares))
    rows = (
        (squares[0], y[2] - z[1], z[0] - x[2], x[1] - y[0]),
        (y[2] - z[1], squares[1], y[0] + x[1], x[2] + z[0]),
        (z[0] - x[2], y[0] + x[1], squares[2], z[1] + y[2]),
        (x[1] - y[0], x[2] + z[0], z[1] + y[2], squares[3]),
    )
    return rows[largest]


def _plus(a: Vec, b: Vec) -> Vec:
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def _minus(a: Vec, b: Vec) -> Vec:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def _times(a: Vec, factor: float) -> Vec:
    return (a[0] * factor, a[1] * factor, a[2] * factor)


def _dot(a: Vec, b: Vec) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def _cross(a: Vec, b: Vec) -> Vec:
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def _length(a: Vec) -> float:
    return sqrt(_dot(a, a))


def _unit(a: Vec) -> Vec:
    far = _length(a)
    return _times(a, 1.0 / far) if far > 0 else a


def _distance(a: Vec, b: Vec) -> float:
    return _length(_minus(a, b))


_LET_GO: Final = FULL // 4
_MENU: Final[frozenset[Button]] = frozenset({"menu"})
_NONE: Final[frozenset[Button]] = frozenset()
