"""A person's wishes as panels offer them: names and values as text, in steps. Their meaning, choices and ranges are those of
`engine.interaction.preferences`; what is added there is offered here too, and lacks only its words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Final

from engine.interaction.preferences import CHOICES, RANGES, Preferences
from engine.view.ui.panel import Setting
from engine.view.ui.words import Words

FIRST: Final[Mapping[str, str]] = {
    one.name: f"{one.default:g}" if isinstance(one.default, float) else str(one.default) for one in fields(Preferences)
}
"""What holds for a person of whom nothing is known."""

STEPS: Final[Mapping[str, float]] = {
    "vignette": 0.2, "dwell": 0.2, "scan_period": 0.5, "minutes": 5.0, "height": 0.05, "reach": 0.25, "tremor": 0.25,
}  # fmt: skip
"""By how much each amount goes up and down; a tenth of its range where nothing is said."""

GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "body": ("posture", "height", "reach", "hands", "dominant", "tremor"),
    "choosing": ("gaze", "dwell", "scan", "scan_period"),
    "comfort": ("turn", "move", "vignette", "motion"),
    "senses": ("captions", "contrast", "sound", "volume", "speech"),
}
"""The wishes under each heading, `minutes` excepted, which belongs to the session. Those that there are not are left out."""

_LABELS = {"posture": "body", "minutes": "session_minutes"}


def grouped(heading: str) -> tuple[str, ...]:
    """The wishes under a heading; under the last also those that none of them names."""
    named = {name for group in GROUPS.values() for name in group} | {"minutes"}
    others = [name for name in FIRST if name not in named] if heading == list(GROUPS)[-1] else []
    return tuple([name for name in GROUPS[heading] if name in FIRST] + others)


def stepped(name: str, value: str, *, up: bool) -> str:
    """The next value up or down; the same at either end."""
    if name in CHOICES:
        choices = CHOICES[name]
        at = choices.index(value) if value in choices else 0
        return choices[max(0, min(len(choices) - 1, at + (1 if up else -1)))]
    least, most, _ = RANGES[name]
    step = STEPS.get(name, (most - least) / 10)
    steps = round((float(value) - least) / step) + (1 if up else -1)
    # Rounded, so that the middle of a range is 0 and not a hair from it.
    return f"{round(max(least, min(most, least + step * steps)), 6):g}"


def setting(name: str, value: str, words: Words, label: str = "") -> Setting:
    """A wish as a row of a panel."""
    said = label or words[_LABELS.get(name, name)]
    lower, higher = stepped(name, value, up=False) != value, stepped(name, value, up=True) != value
    if name in CHOICES:
        return Setting(name, said, shown(name, value, words), lower, higher)
    least, most, _ = RANGES[name]
    return Setting(name, said, shown(name, value, words), lower, higher, (float(value) - least) / (most - least))


def shown(name: str, value: str, words: Words) -> str:
    """A value as people read it."""
    if name in CHOICES:
        return words[f"{_LABELS.get(name, name)}_{value}"]
    number, (_, most, unit) = float(value), RANGES[name]
    if name == "height":
        return words.amount(round(number * 100), "cm", signed=number != 0.0)
    if name == "reach":
        return words.amount(number, "×")
    return words.amount(number, unit) if unit else words.amount(round(number * (100 if most <= 1.0 else 1)), "%")
