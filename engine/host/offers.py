"""The scenes that can be chosen, each in one language: its title, picture, variants, and the values that can be set for it.

A parameter, a choice of one and a variant are called by the text of their own name, so a scene's language files name them too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from engine.library import scenes_folder
from engine.spec.load import read_scene
from engine.spec.model import Quantity, SceneSpec
from engine.view.ui.words import Words

LengthOf = Callable[[SceneSpec], float]
"""How long a session of a scene can last at most, in seconds; infinity if it has no end of its own."""

STEPS = 12
"""In how many steps a parameter's range is gone through, about."""

MINUTE = 60.0
"""Seconds from which a time is read in minutes."""

Value = float | bool | str
"""What a parameter is set to."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A scene that can be played, in one language."""

    name: str
    title: str
    language: str
    picture: Path | None
    minutes: int | None
    """How long it lasts at most; None if it goes on until someone leaves."""
    variants: tuple[tuple[str, str], ...] = ()
    """Name and label of each."""
    parameters: tuple[tuple[Quantity, str], ...] = ()
    """Each with its label."""
    choices: Mapping[str, str] = field(default_factory=dict)
    """What the choices of parameters are called."""


def scenes(language: str, length: LengthOf, folder: Path | None = None) -> tuple[Offer, ...]:
    """Every scene of a folder (the engine's own) that can be read, in this language where it has it, in order of names."""
    found: list[Offer] = []
    for path in sorted((folder or scenes_folder()).glob("*/*.yaml")):
        if path.stem != path.parent.name:
            continue
        has = path.with_name(f"{path.stem}.{language}.yaml").exists()
        spec, _ = read_scene(path, language=language if has else None)
        if spec is not None:
            found.append(_offer(spec, path, length(spec)))
    return tuple(found)


def stepped(quantity: Quantity, value: Value, *, up: bool) -> Value:
    """The next value of a parameter up or down; the same at either end."""
    if quantity.dimension == "truth":
        return up
    if quantity.choices:
        at = quantity.choices.index(str(value)) + (1 if up else -1)
        return quantity.choices[max(0, min(len(quantity.choices) - 1, at))]
    low, high = quantity.low, quantity.high
    number = float(value)
    if low is None or high is None:
        return number
    step = nice_step((high - low) / STEPS, whole=quantity.dimension == "count")
    return max(low, min(high, round(number / step) * step + (step if up else -step)))


def nice_step(least: float, *, whole: bool) -> float:
    """The smallest of 1, 2, 5, 10 … and, unless whole, 0.5, 0.2, 0.1 … that is not below `least`."""
    power = 1.0
    while power > least and (not whole or power > 1.0):
        power /= 10.0
    while True:
        for times in (1.0, 2.0, 5.0):
            if power * times >= least * 0.999:
                return max(power * times, 1.0) if whole else power * times
        power *= 10.0


UNITS: Final[Mapping[str, str]] = {
    "time": "s", "length": "m", "angle": "deg", "flux": "lm", "temperature": "K", "flow": "L/min", "mass": "kg", "level": "dB",
}  # fmt: skip
"""The unit in which each dimension is reckoned, as scenes write it."""


def written(quantity: Quantity, value: Value) -> str:
    """A parameter's value as `--set` takes it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    unit = UNITS.get(quantity.dimension, "")
    number = f"{value:.1f}" if quantity.dimension == "ratio" and value == int(value) else f"{value:g}"
    return f"{number} {unit}" if unit else number


def shown(offer: Offer, quantity: Quantity, value: Value, own: Words) -> str:
    """A parameter's value as people read it, in the words of the screen."""
    if isinstance(value, bool):
        return own["yes"] if value else own["no"]
    if isinstance(value, str):
        return offer.choices.get(value, value.replace("_", " "))
    if quantity.dimension == "time" and value >= MINUTE:
        minutes, seconds = divmod(value, MINUTE)
        return " ".join([own.amount(minutes, "min"), *([own.amount(seconds, "s")] if seconds else [])])
    return own.amount(value, UNITS.get(quantity.dimension, ""))


def _offer(spec: SceneSpec, path: Path, seconds: float) -> Offer:
    pictures = [path.with_name(f"{shot}.webp") for shot in spec.shots] + sorted(path.parent.glob("*.webp"))

    def label(name: str) -> str:
        return spec.text.get(name, name.replace("_", " ").capitalize())

    return Offer(
        spec.name,
        spec.text.get("title", label(spec.name)),
        spec.language,
        next((one for one in pictures if one.exists()), None),
        max(1, round(seconds / 60)) if seconds < 1e6 else None,
        tuple((name, label(name)) for name in spec.variants),
        tuple((one, label(one.name)) for one in spec.parameters.values()),
        {choice: label(choice) for one in spec.parameters.values() for choice in one.choices},
    )
