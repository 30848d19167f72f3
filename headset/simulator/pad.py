"""A gamepad as head, hands and keys: what its sticks and buttons mean. Numbers in, wishes out; `gamepad` reads the device.

The names are those of an Xbox pad; others are meant by place.

    left stick      walk, or lean                    with Y held: the left hand's thumbstick
    right stick     look around                      with Y held: the right hand's thumbstick
    LB, RB          reach and hold, left and right   with the stick of its side pressed in: keep hold
    LT, RT          trigger
    A, B            buttons A and B of the right hand     X    button X of the left hand
    cross           right: select, left: back, down: next, up: the one before
    Start           menu button     Back    recentre
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from headset.inputs import FULL, Button, Key, Side
from headset.simulator.arm import Wish

DEAD: Final = 0.15
"""Part of a stick's way that does nothing: sticks do not come back to the very middle."""

LOOK: Final = 120.0
"""Degrees a second at which a stick that is pushed all the way turns the head."""

PULLED: Final = 0.5
"""Part of a trigger's way from which it counts as pulled."""

KEYS: Final[dict[str, Key]] = {"dpad_right": "select", "dpad_left": "back", "dpad_down": "next", "dpad_up": "previous"}

FACES: Final[dict[Side, dict[str, Button]]] = {
    "left": {"face_x": "primary"},
    "right": {"face_a": "primary", "face_b": "secondary", "start": "menu"},
}


@dataclass(frozen=True, slots=True)
class Pad:
    """A gamepad at a moment: sticks -1 to 1 to the right and ahead, triggers 0 to 1, names of the buttons that are down."""

    left: tuple[float, float] = (0.0, 0.0)
    right: tuple[float, float] = (0.0, 0.0)
    triggers: tuple[float, float] = (0.0, 0.0)
    down: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Meant:
    """What a gamepad asks for in a frame: `look` in degrees to the right and up, `walk` -1 to 1 to the right and ahead."""

    look: tuple[float, float] = (0.0, 0.0)
    walk: tuple[float, float] = (0.0, 0.0)
    left: Wish = field(default_factory=Wish)
    right: Wish = field(default_factory=Wish)
    keys: frozenset[Key] = frozenset()
    recentre: bool = False

    def wish(self, side: Side) -> Wish:
        """What one hand is asked for."""
        return self.left if side == "left" else self.right


def meant(now: Pad, before: Pad, seconds: float) -> Meant:
    """What a gamepad means, given how it was a frame ago."""
    sticks = "face_y" in now.down
    left, right = live(now.left), live(now.right)
    pressed = now.down - before.down
    return Meant(
        look=(0.0, 0.0) if sticks else (right[0] * LOOK * seconds, right[1] * LOOK * seconds),
        walk=(0.0, 0.0) if sticks else left,
        left=_wish(now, pressed, "left", left if sticks else (0.0, 0.0)),
        right=_wish(now, pressed, "right", right if sticks else (0.0, 0.0)),
        keys=frozenset(key for name, key in KEYS.items() if name in now.down),
        recentre="back" in pressed,
    )


def live(stick: tuple[float, float]) -> tuple[float, float]:
    """A stick without the dead part in its middle; beyond it, it begins at nothing again."""
    x, y = stick
    far = (x * x + y * y) ** 0.5
    if far <= DEAD:
        return (0.0, 0.0)
    scale = min(1.0, (far - DEAD) / (1.0 - DEAD)) / far
    return (x * scale, y * scale)


def _wish(now: Pad, pressed: frozenset[str], side: Side, stick: tuple[float, float]) -> Wish:
    buttons: set[Button] = {button for name, button in FACES[side].items() if name in now.down}
    shoulder, thumb = f"{side[0]}shoulder", f"{side[0]}stick"
    keep = thumb in pressed and shoulder in now.down
    if thumb in now.down and shoulder not in now.down:
        buttons.add("stick")
    return Wish(
        reach=shoulder in now.down,
        keep=keep,
        trigger=now.triggers[side == "right"] >= PULLED,
        stick=(round(FULL * stick[0]), round(FULL * stick[1])),
        buttons=frozenset(buttons),
    )
