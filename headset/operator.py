"""The operator's keys: what whoever sits beside the person may do, in a window and in the mirror of a headset."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from headset.inputs import Command, Verb


@dataclass(frozen=True, slots=True)
class Operated:
    """A key of whoever sits beside the person, and the command that it gives."""

    key: str
    verb: Verb
    value: str
    says: str


LOUDER, SOFTER = "+10", "-10"
"""Per cent by which a press changes the loudness, as the value of `volume`."""

OPERATOR: tuple[Operated, ...] = (
    Operated("f2", "pause", "F2 pressed", "pause, go on"),
    Operated("f3", "recentre", "", "recentre"),
    Operated("f4", "volume", SOFTER, "softer, louder"),
    Operated("f5", "volume", LOUDER, "softer, louder"),
    Operated("f6", "note", "marked", "note this moment"),
    Operated("f7", "next", "", "go on to what comes next"),
    Operated("f8", "adverse_event", "marked", "something went wrong here"),
    Operated("f12", "leave", "F12 pressed", "end for the person"),
)
"""The operator's keys, in the window and in the mirror of a headset. F1 shows the help, F11 fills the screen: no commands."""


def operator_command(key_name: str, *, paused: bool = False) -> Command | None:
    """What a key of the operator's asks for, by Panda3D's name of it; None if it is none. While `paused`, F2 goes on."""
    for one in OPERATOR:
        if one.key == key_name:
            return Command("operator", "resume" if paused and one.verb == "pause" else one.verb, one.value)
    return None


def table(entries: Iterable[tuple[str, str]]) -> list[str]:
    """Keys and what they do, in lines: the keys, a tab, what they do. Keys that do the same stand together."""
    labels: dict[str, dict[str, None]] = {}
    for name, says in entries:
        labels.setdefault(says, {})[name] = None
    return [f"{' '.join(keys)}\t{says}" for says, keys in labels.items()]


OPERATOR_LINES = tuple(table((one.key.upper(), one.says) for one in OPERATOR))
