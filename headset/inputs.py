"""What the outside can tell a session: five kinds of input, and nothing else.

Everything that changes a session is one of these, is recorded, and is enough to replay it byte for byte:

    Person    where someone's head and hands are, and which buttons they hold
    Signal    a measured value: heart rate, breath, later others
    Command   a deed by name: leave, pause, resume, distress, trigger, do, say, recentre, set, consent, …
    Link      a device or a network came, went, or was put on or off
    Clock     the frame loop's time jumped

Poses and analogue values are whole numbers (quantised) from the moment they are made, so that what is recorded is what was used.
This module imports neither the engine nor Panda3D: drivers, the engine, tests and later consoles all speak it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal, overload

TICKS_PER_SECOND = 100
"""A session advances in ticks of 10 ms; drivers turn their own clock into ticks."""

POSITION_STEP = 0.0001
"""Metres in one unit of a quantised position: 0.1 mm."""

ORIENTATION_STEPS = 8192
"""Units of a quantised quaternion component in 1.0; one unit turns a pose by at most 0.02 degrees."""

FULL = 100
"""An analogue control pressed all the way, in per cent."""

POSE_NUMBERS = 7
"""Numbers of a pose: position x, y, z; orientation w, i, j, k."""

HAND_JOINTS = 26
"""Joints of a tracked hand, in the order of XrHandJointEXT (OpenXR 1.1, section 12.30: palm, wrist, thumb … little tip)."""

Side = Literal["left", "right"]
SIDES: tuple[Side, Side] = ("left", "right")
Button = Literal["menu", "primary", "secondary", "stick", "system"]
Key = Literal["next", "previous", "select", "back"]
"""What someone works who has no hands for it: keys, or switches (one switch is `select`, two are `next` and `select`)."""
Verb = Literal[
    "leave", "pause", "resume", "distress", "trigger", "next", "do", "say", "answer", "adverse_event",
    "recentre", "set", "consent", "volume", "note",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pose:
    """A position and an orientation in the person's own space, quantised.

    That space has its origin on the floor where the person was when last centred: x to the right, y ahead, z up. Where it lies in
    the scene (a seat, a spot in a corridor) is the session's business.

    `position` is in 0.1 mm, `orientation` is a quaternion w, x, y, z in 1/8192, with w >= 0. Make one with `Pose.of`.
    """

    position: tuple[int, int, int] = (0, 0, 0)
    orientation: tuple[int, int, int, int] = (ORIENTATION_STEPS, 0, 0, 0)

    @classmethod
    def of(cls, metres: Sequence[float], quaternion: Sequence[float] = (1.0, 0.0, 0.0, 0.0)) -> Pose | None:
        """Quantise a pose given in metres and as a quaternion w, x, y, z of any length; None if it is not a pose.

        A NaN, an infinity, a zero quaternion or a place more than 1 km away is what a runtime sends when it lost
        tracking: the answer is then None, never an exception.
        """
        x, y, z = metres
        w, i, j, k = quaternion
        length = sqrt(w * w + i * i + j * j + k * k)
        if not (1e-6 < length < 1e6 and abs(x) < 1e3 and abs(y) < 1e3 and abs(z) < 1e3):
            return None
        scale = (ORIENTATION_STEPS if w >= 0 else -ORIENTATION_STEPS) / length
        return cls(
            (round(x / POSITION_STEP), round(y / POSITION_STEP), round(z / POSITION_STEP)),
            (round(w * scale), round(i * scale), round(j * scale), round(k * scale)),
        )

    @property
    def metres(self) -> tuple[float, float, float]:
        """The position in metres."""
        x, y, z = self.position
        return (x * POSITION_STEP, y * POSITION_STEP, z * POSITION_STEP)

    @property
    def quaternion(self) -> tuple[float, float, float, float]:
        """The orientation as a unit quaternion w, x, y, z."""
        w, x, y, z = self.orientation
        length = sqrt(w * w + x * x + y * y + z * z)
        return (w / length, x / length, y / length, z / length)


@dataclass(frozen=True, slots=True)
class Joints(Sequence[Pose]):
    """The joints of a tracked hand: HAND_JOINTS poses, in the order of XrHandJointEXT.

    They come ninety times a second and are kept, so they are one tuple: of each joint the three numbers of its position and the
    four of its orientation, as `Pose` has them. A joint's pose is made when it is asked for.
    """

    numbers: tuple[int, ...]

    @classmethod
    def of(cls, poses: Iterable[Pose]) -> Joints:
        """The joints with these poses."""
        return cls(tuple([number for pose in poses for number in (*pose.position, *pose.orientation)]))

    def __len__(self) -> int:
        return len(self.numbers) // POSE_NUMBERS

    def __iter__(self) -> Iterator[Pose]:
        return map(self._pose, range(len(self)))

    @overload
    def __getitem__(self, joint: int) -> Pose: ...

    @overload
    def __getitem__(self, joint: slice) -> Sequence[Pose]: ...

    def __getitem__(self, joint: int | slice) -> Pose | Sequence[Pose]:
        asked = range(len(self))[joint]
        return self._pose(asked) if isinstance(asked, int) else tuple(map(self._pose, asked))

    def _pose(self, joint: int) -> Pose:
        x, y, z, w, i, j, k = self.numbers[POSE_NUMBERS * joint : POSE_NUMBERS * (joint + 1)]
        return Pose((x, y, z), (w, i, j, k))


@dataclass(frozen=True, slots=True)
class Hand:
    """One hand or its controller. A pose that is None is not tracked now; what was held stays held until it is let go.

    `grip` is the pose of a rod held in the fist, `aim` that of a ray from the hand (OpenXR 1.1, section 6.3.2); both look along
    +y with z up. `squeeze` and `trigger` are in per cent; `stick` is the thumbstick, -100 to 100 to the right and ahead. `joints`
    come only with the person's consent.
    """

    grip: Pose | None = None
    aim: Pose | None = None
    squeeze: int = 0
    trigger: int = 0
    buttons: frozenset[Button] = frozenset()
    stick: tuple[int, int] = (0, 0)
    joints: Joints | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Head, hands, gaze and keys of one person (`id` is `participant` for the one in the headset).

    The head looks along +y with z up, seen from the middle between the eyes. `gaze` is None without a tracker or without consent.
    """

    id: str = "participant"
    head: Pose | None = None
    left: Hand = Hand()
    right: Hand = Hand()
    gaze: Pose | None = None
    keys: frozenset[Key] = frozenset()

    def hand(self, side: Side) -> Hand:
        """The hand on that side."""
        return self.left if side == "left" else self.right


@dataclass(frozen=True, slots=True)
class Signal:
    """A measured value. `unit` is UCUM (`/min`, `%`), `quality` 0–100 per cent, `source` names the sensor."""

    name: str
    value: float
    unit: str
    quality: int
    source: str


@dataclass(frozen=True, slots=True)
class Command:
    """A deed by name. `author` says who: `participant`, `operator`, `engine`. `value` is what the verb needs, or empty.

    do              an abstract deed on a thing: `press bell.button`, `step_up oxygen.flow`, `pick mask`, `go chair`
    say             a word that was spoken, as a recogniser heard it
    answer          to a question that was asked: `fms_before=3`
    set             a wish of the person's, which the session keeps: `dwell=1.5`
    consent         to a use of what was measured: `gaze`, `joints`, `record_gaze`, `record_joints`; `-gaze` takes it back
    next            whatever comes next, as the operator wants it now
    adverse_event   something happened that must be looked into
    """

    author: str
    verb: Verb
    value: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A device or network changed its state; the scene decides whether its clock goes on."""

    device: str
    state: Literal["lost", "back", "worn", "unworn", "focused", "unfocused"]


@dataclass(frozen=True, slots=True)
class Clock:
    """The frame loop stood still for so long that `skipped` ticks of real time were left out of the session."""

    skipped: int


Input = Person | Signal | Command | Link | Clock
