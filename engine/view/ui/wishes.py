"""A person's wishes as panels offer them: names and values as text, in steps. Their meaning: `engine.interaction.preferences`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.view.ui.panel import Setting
from engine.view.ui.words import Words

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "captions": ("off", "normal", "large", "largest"),
    "turn": ("snap30", "snap45", "smooth", "off"),
    "move": ("teleport", "smooth", "off"),
    "hands": ("both", "left", "right"),
    "scan": ("off", "one", "two"),
    "contrast": ("normal", "high"),
    "posture": ("as_scene", "seated", "standing"),
}

AMOUNTS: Final[Mapping[str, tuple[float, float, float]]] = {
    "vignette": (0.0, 1.0, 0.2),
    "dwell": (0.4, 4.0, 0.2),
    "minutes": (5.0, 30.0, 5.0),
    "height": (-0.5, 0.5, 0.05),
    "reach": (1.0, 3.0, 0.25),
    "tremor": (0.0, 1.0, 0.25),
}
"""Least, most, step."""

FIRST: Final[Mapping[str, str]] = {
    "captions": "normal", "turn": "snap30", "move": "teleport", "hands": "both", "scan": "off", "contrast": "normal",
    "posture": "as_scene", "vignette": "0.6", "dwell": "1", "minutes": "20",
    "height": "0", "reach": "1", "tremor": "0",
}  # fmt: skip
"""What holds for a person of whom nothing is known."""

_LABELS = {"posture": "body", "minutes": "session_minutes"}


def stepped(name: str, value: str, *, up: bool) -> str:
    """The next value up or down; the same at either end."""
    if name in CHOICES:
        choices = CHOICES[name]
        at = choices.index(value) if value in choices else 0
        return choices[max(0, min(len(choices) - 1, at + (1 if up else -1)))]
    least, most, step = AMOUNTS[name]
    steps = round((float(value) - least) / step) + (1 if up else -1)
    # Rounded, so that the middle of a range is 0 and not a hair from it.
    return f"{round(max(least, min(most, least + step * steps)), 6):g}"


def setting(name: str, value: str, words: Words, label: str = "") -> Setting:
    """A wish as a row of a panel."""
    said = label or words[_LABELS.get(name, name)]
    lower, higher = stepped(name, value, up=False) != value, stepped(name, value, up=True) != value
    if name in CHOICES:
        return Setting(name, said, shown(name, value, words), lower, higher)
    least, most, _ = AMOUNTS[name]
    return Setting(name, said, shown(name, value, words), lower, higher, (float(value) - least) / (most - least))


def shown(name: str, value: str, words: Words) -> str:
    """A value as people read it."""
    if name in CHOICES:
        return words[f"{_LABELS.get(name, name)}_{value}"]
    match name:
        case "vignette" | "tremor":
            return f"{float(value) * 100:.0f} %"
        case "dwell":
            return f"{float(value):g} s"
        case "height":
            return f"{float(value) * 100:+.0f} cm" if float(value) else "0 cm"
        case "reach":
            return f"{float(value):g} ×"
        case _:
            return f"{float(value):g} min"
