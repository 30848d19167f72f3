"""Which key does what: one table, from which the help text is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Deed = Literal[
    "forward",
    "back",
    "left",
    "right",
    "up",
    "down",
    "reach",
    "nearer",
    "farther",
    "trigger",
    "menu",
    "pause",
    "distress",
    "recentre",
    "free",
    "full_screen",
    "help",
    "leave",
]


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
    Binding("trigger", ("mouse3",), "Right button", "trigger"),
    Binding("menu", ("m",), "M", "menu button (held for a second: leave)"),
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


def help_lines(width: int = 76, bindings: Sequence[Binding] = BINDINGS) -> list[str]:
    """The table in words, in lines of at most about `width` characters. Keys that say the same stand together."""
    labels: dict[str, list[str]] = {"look": ["Mouse"]}
    for binding in bindings:
        known = labels.setdefault(binding.says, [])
        if binding.label not in known:
            known.append(binding.label)
    lines = [""]
    for says, keys in labels.items():
        entry = f"{' '.join(keys)}: {says}"
        if lines[-1] and len(lines[-1]) + 3 + len(entry) > width:
            lines.append("")
        lines[-1] += f"   {entry}" if lines[-1] else entry
    return lines
