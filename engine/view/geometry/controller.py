"""Controllers by numbers: where each kind has what, how its parts move, and where a thumb goes.

Three kinds stand for all: one with a thumbstick on a face plate, a wand with a trackpad and a ring, and a plain one. They are of
no maker. Given is the right one; the left is its mirror image. Axes are those of the hand that holds it (`hand`): the tube of the
fist along +z to the thumb, fingers ahead on +y, the palm on the side of +x; its origin is that of the grip. Lengths are metres.

Makers publish outer sizes at best, so all of these are assumptions: a handle of 29 to 37 mm, round which a hand 0.185 m long
closes, and parts as handhelds of today have them: a stick whose cap is 13 mm across and 8 mm high, buttons of 10 mm that give way
by 1 mm, a trigger that turns by 16 degrees, a pad 40 mm across.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import cos, radians, sin
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from headset.driver import Held
from headset.inputs import FULL, Hand

Array = NDArray[np.float64]
Vec3 = tuple[float, float, float]

Cause = Literal["trigger", "squeeze", "select", "aside", "ahead", "stick", "primary", "secondary", "menu"]
"""What moves a part: an amount, the stick's tilt to the right and ahead, or a button. `select` is trigger and squeeze in one."""


@dataclass(frozen=True, slots=True)
class Station:
    """A cross-section of a handle: its middle, how wide (x) and deep it is, how far it leans back about x in degrees, and how
    square it is (the power of a superellipse)."""

    x: float
    y: float
    z: float
    wide: float
    deep: float
    lean: float = 0.0
    power: float = 2.3


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """How one part goes: it turns about `axis` through `at` by `most` degrees, or slides along it by `most` metres if `at` is
    None, when `cause` is full."""

    part: str
    cause: Cause
    axis: Vec3
    most: float
    at: Vec3 | None = None


@dataclass(frozen=True, slots=True)
class Controller:
    """A kind of controller. `stations` are those of its body, from below; `normal` looks out of what the thumb works. `thumb` is
    where its skin touches: by the cause that it follows, and "" at rest, from where it goes along with the stick by `travel`
    metres; its bones are arched by `arch`. `trigger` is how far ahead the trigger's front is, let go and pulled."""

    stations: tuple[Station, ...]
    motions: tuple[Motion, ...]
    normal: Vec3
    thumb: Mapping[str, Vec3]
    travel: float
    arch: Vec3
    trigger: tuple[float, float] | None
    parts: tuple[str, ...] = field(init=False)
    """What moves, each by a bone of its own: the first is bone 1."""
    bones: tuple[int, ...] = field(init=False)
    """Of each motion, the bone that it moves."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", tuple(dict.fromkeys(motion.part for motion in self.motions)))
        object.__setattr__(self, "bones", tuple(1 + self.parts.index(motion.part) for motion in self.motions))


def on_face(face: Vec3, normal: Vec3, right: float, ahead: float, up: float = 0.0) -> Vec3:
    """A point on a face plate, by metres to the right, ahead and out of it."""
    x, y, z = face
    _, ny, nz = normal
    return (x + right, y + ahead * nz + up * ny, z - ahead * ny + up * nz)


_TILT: Final = radians(30.0)
UP: Final[Vec3] = (0.0, -sin(_TILT), cos(_TILT))
"""Out of the face plate of the controller with a stick: the plate lies along where it points."""
PLATE: Final[Vec3] = (-0.003, 0.0065, 0.0585)
STICK: Final = (-0.0105, 0.0065)
PRIMARY: Final = (0.0095, -0.0065)
SECONDARY: Final = (0.0125, 0.0075)
MENU: Final = (-0.0105, -0.0135)
"""On the plate: to the right and ahead of its middle."""
STICK_FOOT, STICK_TOP, CLICK = 0.001, 0.0085, 0.001
TRIGGER_AT: Final[Vec3] = (-0.003, 0.024, 0.047)
KEY_OUT: Final[Vec3] = (-0.86, 0.51, 0.0)
"""Out of the key that the middle finger squeezes."""

PAD_UP: Final[Vec3] = (0.0, -0.9957, 0.0926)
PAD: Final[Vec3] = (0.0, -0.0166, 0.087)
WAND_TRIGGER: Final[Vec3] = (0.0, 0.012, 0.050)
WAND_MENU = 0.0275
"""Metres from the pad's middle to the button above it."""

SELECT_UP: Final[Vec3] = (0.0, -0.9848, 0.1736)
SELECT: Final[Vec3] = (0.0, -0.0148, 0.082)
SELECT_MENU = -0.021


def _pressed(part: str, cause: Cause, normal: Vec3, by: float = CLICK) -> Motion:
    return Motion(part, cause, (-normal[0], -normal[1], -normal[2]), by)


_RIGHT: Final[Vec3] = (1.0, 0.0, 0.0)
_AHEAD: Final[Vec3] = (0.0, UP[2], -UP[1])

CONTROLLERS: Final[Mapping[Held, Controller]] = {
    "stick": Controller(
        stations=(
            Station(0.0000, -0.0095, -0.0580, 0.0150, 0.0190),
            Station(0.0000, -0.0095, -0.0576, 0.0195, 0.0245),
            Station(0.0000, -0.0092, -0.0560, 0.0242, 0.0300),
            Station(0.0000, -0.0088, -0.0530, 0.0272, 0.0335),
            Station(0.0000, -0.0075, -0.0440, 0.0288, 0.0352),
            Station(0.0000, -0.0055, -0.0360, 0.0294, 0.0360),
            Station(0.0000, -0.0035, -0.0200, 0.0298, 0.0366),
            Station(0.0000, -0.0020, -0.0050, 0.0302, 0.0370, 1.0),
            Station(0.0000, -0.0010, 0.0100, 0.0312, 0.0376, 5.0),
            Station(-0.0005, 0.0005, 0.0250, 0.0350, 0.0396, 11.0),
            Station(-0.0015, 0.0040, 0.0370, 0.0430, 0.0460, 19.0),
            Station(-0.0025, 0.0065, 0.0440, 0.0520, 0.0560, 26.0),
            Station(-0.0030, 0.0080, 0.0495, 0.0572, 0.0616, 30.0),
            Station(-0.0030, 0.0076, 0.0530, 0.0588, 0.0634, 30.0),
            Station(-0.0030, 0.0070, 0.0560, 0.0584, 0.0630, 30.0),
            Station(-0.0030, 0.0066, 0.0578, 0.0566, 0.0612, 30.0),
            Station(-0.0030, 0.0065, 0.0585, 0.0536, 0.0582, 30.0),
        ),
        motions=(
            Motion("trigger", "trigger", _RIGHT, -16.0, TRIGGER_AT),
            _pressed("squeeze", "squeeze", KEY_OUT, 0.0022),
            Motion("stick", "aside", _AHEAD, 18.0, on_face(PLATE, UP, *STICK, STICK_FOOT)),
            Motion("stick", "ahead", _RIGHT, -18.0, on_face(PLATE, UP, *STICK, STICK_FOOT)),
            _pressed("stick", "stick", UP),
            _pressed("primary", "primary", UP),
            _pressed("secondary", "secondary", UP),
            _pressed("menu", "menu", UP),
        ),
        normal=UP,
        thumb={
            "": on_face(PLATE, UP, *STICK, STICK_TOP),
            "stick": on_face(PLATE, UP, *STICK, STICK_TOP - CLICK),
            "primary": on_face(PLATE, UP, *PRIMARY, 0.001),
            "secondary": on_face(PLATE, UP, *SECONDARY, 0.001),
            "menu": on_face(PLATE, UP, *MENU, 0.0005),
        },
        travel=(STICK_TOP - STICK_FOOT) * sin(radians(18.0)),
        arch=(0.006, -0.006, 0.0104),
        trigger=(0.0405, 0.0325),
    ),
    "wand": Controller(
        stations=(
            Station(0.0000, -0.0040, -0.0860, 0.0160, 0.0150),
            Station(0.0000, -0.0040, -0.0856, 0.0220, 0.0205),
            Station(0.0000, -0.0038, -0.0838, 0.0270, 0.0250),
            Station(0.0000, -0.0035, -0.0800, 0.0298, 0.0276),
            Station(0.0000, -0.0030, -0.0650, 0.0310, 0.0290),
            Station(0.0000, -0.0022, -0.0450, 0.0312, 0.0300),
            Station(0.0000, -0.0015, -0.0250, 0.0314, 0.0306),
            Station(0.0000, -0.0010, -0.0050, 0.0318, 0.0310),
            Station(0.0000, -0.0010, 0.0150, 0.0330, 0.0310),
            Station(0.0000, -0.0015, 0.0380, 0.0380, 0.0306, 0.0, 2.6),
            Station(0.0000, -0.0018, 0.0700, 0.0440, 0.0302, -3.0, 3.0),
            Station(0.0000, -0.0012, 0.0880, 0.0470, 0.0298, -8.0, 3.2),
            Station(0.0000, 0.0010, 0.1070, 0.0460, 0.0280, -12.0, 3.2),
            Station(0.0000, 0.0045, 0.1220, 0.0420, 0.0240, -18.0, 3.0),
            Station(0.0000, 0.0085, 0.1320, 0.0360, 0.0200, -26.0, 2.6),
            Station(0.0000, 0.0110, 0.1370, 0.0260, 0.0150, -30.0, 2.4),
            Station(0.0000, 0.0118, 0.1386, 0.0140, 0.0090, -30.0, 2.2),
        ),
        motions=(
            Motion("trigger", "trigger", _RIGHT, -16.0, WAND_TRIGGER),
            _pressed("squeeze", "squeeze", (1.0, 0.0, 0.0), 0.0008),
            _pressed("squeeze_inner", "squeeze", (-1.0, 0.0, 0.0), 0.0008),
            Motion("pad", "aside", (0.0, PAD_UP[2], -PAD_UP[1]), 2.0, PAD),
            Motion("pad", "ahead", _RIGHT, -2.0, PAD),
            _pressed("pad", "stick", PAD_UP, 0.0005),
            _pressed("menu", "menu", PAD_UP, 0.0006),
        ),
        normal=PAD_UP,
        thumb={
            "": on_face(PAD, PAD_UP, 0.003, 0.003, 0.0012),
            "stick": on_face(PAD, PAD_UP, 0.003, 0.003, 0.0007),
            "menu": on_face(PAD, PAD_UP, 0.0, WAND_MENU, 0.0006),
        },
        travel=0.013,
        arch=(0.009, -0.011, 0.002),
        trigger=(0.0330, 0.0245),
    ),
    "simple": Controller(
        stations=(
            Station(0.0000, -0.0030, -0.0560, 0.0150, 0.0150, 0.0, 2.2),
            Station(0.0000, -0.0030, -0.0556, 0.0205, 0.0205, 0.0, 2.2),
            Station(0.0000, -0.0030, -0.0538, 0.0250, 0.0252, 0.0, 2.2),
            Station(0.0000, -0.0028, -0.0500, 0.0278, 0.0284, 0.0, 2.2),
            Station(0.0000, -0.0020, -0.0380, 0.0294, 0.0310, 0.0, 2.2),
            Station(0.0000, -0.0010, -0.0200, 0.0300, 0.0318, 0.0, 2.2),
            Station(0.0000, -0.0006, 0.0000, 0.0304, 0.0316, 0.0, 2.2),
            Station(0.0000, -0.0004, 0.0200, 0.0312, 0.0310, -2.0, 2.3),
            Station(0.0000, 0.0000, 0.0680, 0.0326, 0.0300, -6.0, 2.4),
            Station(0.0000, 0.0010, 0.0880, 0.0336, 0.0282, -10.0, 2.4),
            Station(0.0000, 0.0026, 0.1020, 0.0328, 0.0250, -12.0, 2.4),
            Station(0.0000, 0.0038, 0.1090, 0.0286, 0.0206, -12.0, 2.3),
            Station(0.0000, 0.0044, 0.1118, 0.0224, 0.0150, -12.0, 2.2),
            Station(0.0000, 0.0046, 0.1126, 0.0140, 0.0090, -12.0, 2.2),
        ),
        motions=(_pressed("select", "select", SELECT_UP, 0.0012), _pressed("menu", "menu", SELECT_UP, 0.0006)),
        normal=SELECT_UP,
        thumb={
            "": on_face(SELECT, SELECT_UP, 0.0, 0.0, 0.0018),
            "select": on_face(SELECT, SELECT_UP, 0.0, 0.0, 0.0006),
            "menu": on_face(SELECT, SELECT_UP, 0.0, SELECT_MENU, 0.0004),
        },
        travel=0.0,
        arch=(0.009, -0.011, 0.002),
        trigger=None,
    ),
}

Pressed = tuple[int, int, int, int, frozenset[str]]
"""What moves a controller: trigger and squeeze in per cent, the stick to the right and ahead, the buttons that are down."""


def pressed(hand: Hand) -> Pressed:
    """What a hand does to what it holds."""
    return (hand.trigger, hand.squeeze, *hand.stick, hand.buttons)


def amount(cause: Cause, now: Pressed) -> float:
    """How full a cause is: 0 to 1, of a tilt -1 to 1."""
    return _amounts(now).get(cause, 0.0)


def _amounts(now: Pressed) -> dict[str, float]:
    """Cause -> how full it is; of buttons, those that are down."""
    trigger, squeeze, aside, ahead, buttons = now
    known = {"trigger": trigger, "squeeze": squeeze, "select": max(trigger, squeeze), "aside": aside, "ahead": ahead}
    return {cause: amount / FULL for cause, amount in known.items()} | dict.fromkeys(buttons, 1.0)


def section(stations: Sequence[Station], z: float) -> Array:
    """The outline of a body at a height, n x 2 (x, y), counter-clockwise."""
    heights = [one.z for one in stations]
    x, y, wide, deep, power = (
        float(np.interp(z, heights, [getattr(one, name) for one in stations])) for name in ("x", "y", "wide", "deep", "power")
    )
    outline: Array = superellipse(wide, deep, power) + np.array((x, y))
    return outline


def superellipse(wide: float, deep: float, power: float, count: int = 32) -> Array:
    """Points of |x / a|^p + |y / b|^p = 1, counter-clockwise."""
    turn = np.arange(count) * 2.0 * np.pi / count
    c, s = np.cos(turn), np.sin(turn)
    return np.column_stack(
        (np.sign(c) * np.abs(c) ** (2.0 / power) * wide / 2, np.sign(s) * np.abs(s) ** (2.0 / power) * deep / 2)
    )


def part_bones(controller: Controller, now: Pressed) -> NDArray[np.float32]:
    """Where the bones of a right controller have gone: 16 x 4 x 4, for row vectors; bone 0 is the body."""
    made = _UNMOVED.copy()
    amounts = _amounts(now)
    moved = set[int]()
    for bone, motion in zip(controller.bones, controller.motions, strict=True):
        share = amounts.get(motion.cause)
        if share:
            by = _moved(motion, share)
            made[bone] = made[bone] @ by if bone in moved else by
            moved.add(bone)
    return made


_UNMOVED = np.tile(np.eye(4, dtype=np.float32), (16, 1, 1))


@lru_cache(maxsize=4096)
def _moved(motion: Motion, share: float) -> NDArray[np.float32]:
    made = np.eye(4, dtype=np.float32)
    if motion.at is None:
        made[3, :3] = np.array(motion.axis) * (motion.most * share)
        return made
    angle = radians(motion.most * share)
    x, y, z = motion.axis
    cross = np.array(((0.0, -z, y), (z, 0.0, -x), (-y, x, 0.0)))
    turn = np.eye(3) + sin(angle) * cross + (1.0 - cos(angle)) * (cross @ cross)
    at = np.array(motion.at)
    made[:3, :3], made[3, :3] = turn.T, at - turn @ at
    return made
