"""Which key does what: one table for who is in the scene, one for who sits beside them. The help text is made of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from headset.inputs import Button, Key
from headset.operator import OPERATOR_LINES, table

Deed = Literal[
    # head and body
    "forward", "back", "left", "right", "up", "down",
    # the hand that is meant
    "other", "reach", "poke", "keep", "squeeze", "nearer", "farther", "trigger",
    "roll_left", "roll_right", "notch_left", "notch_right", "wrist",
    "stick_ahead", "stick_back", "stick_left", "stick_right", "primary", "secondary", "stick", "menu",
    # keys and switches
    "next", "previous", "select", "back_key",
    # the session and the window
    "pause", "distress", "recentre", "free", "full_screen", "help", "leave",
]  # fmt: skip

HAND_DEEDS: Final[frozenset[Deed]] = frozenset((
    "reach", "poke", "keep", "squeeze", "trigger", "roll_left", "roll_right", "notch_left", "notch_right", "nearer", "farther",
    "wrist", "stick_ahead", "stick_back", "stick_left", "stick_right", "primary", "secondary", "stick", "menu",
))  # fmt: skip
"""What a hand does: each is done by the hand that was meant as it began."""

BUTTONS: Final[dict[Deed, Button]] = {"primary": "primary", "secondary": "secondary", "stick": "stick", "menu": "menu"}
KEYS: Final[dict[Deed, Key]] = {"next": "next", "previous": "previous", "select": "select", "back_key": "back"}


@dataclass(frozen=True, slots=True)
class Binding:
    """A deed and what brings it about.

    `keys` are Panda3D's names of buttons; any of them will do, and `lalt+enter` means the second while the first is held. Keys
    of the keyboard are meant by their *place* on a US keyboard, so that W A S D lie under the same fingers on a French or an
    Arabic one. `label` is what people read on them.
    """

    deed: Deed
    keys: tuple[str, ...]
    label: str
    says: str


BINDINGS: tuple[Binding, ...] = (
    Binding("forward", ("w", "arrow_up"), "W", "walk, or lean when seated"),
    Binding("left", ("a", "arrow_left"), "A", "walk, or lean when seated"),
    Binding("back", ("s", "arrow_down"), "S", "walk, or lean when seated"),
    Binding("right", ("d", "arrow_right"), "D", "walk, or lean when seated"),
    Binding("down", ("q",), "Q", "lower, higher"),
    Binding("up", ("e",), "E", "lower, higher"),
    Binding("reach", ("mouse1",), "Left button held", "reach and hold"),
    Binding("nearer", ("wheel_down",), "Wheel", "nearer, farther"),
    Binding("farther", ("wheel_up",), "Wheel", "nearer, farther"),
    Binding("poke", ("f",), "F held", "point and press with a fingertip"),
    Binding("roll_left", ("z",), "Z", "turn the wrist, as for a dial"),
    Binding("roll_right", ("x",), "X", "turn the wrist, as for a dial"),
    Binding("notch_left", ("lcontrol+wheel_down", "rcontrol+wheel_down"), "Ctrl+Wheel", "turn the wrist, as for a dial"),
    Binding("notch_right", ("lcontrol+wheel_up", "rcontrol+wheel_up"), "Ctrl+Wheel", "turn the wrist, as for a dial"),
    Binding("wrist", ("lcontrol", "rcontrol"), "Ctrl held", "the mouse tilts the wrist"),
    Binding("keep", ("g",), "G", "keep hold, or let go again, without the button"),
    Binding("other", ("lshift", "rshift"), "Shift held", "the left hand does it, not the right"),
    Binding("trigger", ("mouse3",), "Right button", "trigger"),
    Binding("squeeze", ("h",), "H held", "close the hand where it is"),
    Binding("stick_ahead", ("i",), "I", "thumbstick"),
    Binding("stick_left", ("j",), "J", "thumbstick"),
    Binding("stick_back", ("k",), "K", "thumbstick"),
    Binding("stick_right", ("l",), "L", "thumbstick"),
    Binding("primary", ("1",), "1", "button A or X, B or Y, press the stick"),
    Binding("secondary", ("2",), "2", "button A or X, B or Y, press the stick"),
    Binding("stick", ("3",), "3", "button A or X, B or Y, press the stick"),
    Binding("menu", ("m",), "M", "menu button (held for a second: leave)"),
    Binding("next", ("n", "page_down"), "N", "key or switch: next, the one before"),
    Binding("previous", ("b", "page_up"), "B", "key or switch: next, the one before"),
    Binding("select", ("space", "enter"), "Space", "key or switch: select"),
    Binding("back_key", ("backspace",), "Backspace", "key: back"),
    Binding("pause", ("p",), "P", "pause, go on"),
    Binding("distress", ("c",), "C", "I feel uneasy"),
    Binding("recentre", ("r",), "R", "recentre"),
    Binding("free", ("tab",), "Tab", "free the mouse"),
    Binding("full_screen", ("f11", "lalt+enter", "ralt+enter"), "F11", "full screen"),
    Binding("help", ("f1",), "F1", "these lines"),
    Binding("leave", ("escape",), "Esc", "leave"),
)


def find(button: str, held: frozenset[str], bindings: Sequence[Binding] = BINDINGS) -> Deed | None:
    """The deed of a button that has just gone down while others are `held`."""
    plain: Deed | None = None
    for binding in bindings:
        for key in binding.keys:
            with_key, _, last = key.rpartition("+")
            if last == button and with_key in held:
                return binding.deed
            if key == button:
                plain = plain or binding.deed
    return plain


def label(deed: Deed, bindings: Sequence[Binding] = BINDINGS) -> str:
    """What people read on the key for a deed."""
    return next(binding.label for binding in bindings if binding.deed == deed)


def help_lines(bindings: Sequence[Binding] = BINDINGS, operator: Sequence[str] = OPERATOR_LINES) -> list[str]:
    """Both tables in words, a line for each deed: its keys, a tab, what they do. Keys that do the same stand together."""
    own = [("Mouse", "look around"), *((binding.label, binding.says) for binding in bindings)]
    return [*table(own), "\t", "Operator\tfor whoever sits beside", *operator]
