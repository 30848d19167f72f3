"""What a person wants of a session: how they work it, how they are moved, what they see and hear, how long it lasts.

A wish is written `name=value` (`dwell=1.5`) and reaches a session as the command `set`, so that it is recorded like everything
that changes one. Numbers are bare, in the unit that their field names. All values must be signed off by a clinician: where a
source gives a range, the default lies in it; where none is named, the value is a plausible one, and nothing was measured.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, get_args, get_type_hints

from headset.inputs import Side

Gazing = Literal["auto", "on", "off"]
Scan = Literal["off", "one", "two"]
TurnBy = Literal["snap30", "snap45", "smooth", "off"]
MoveBy = Literal["teleport", "smooth", "off"]
WhichHands = Literal["both", "left", "right"]
Posture = Literal["as_scene", "seated", "standing"]
CaptionSize = Literal["off", "normal", "large", "largest"]
Contrast = Literal["normal", "high"]
Motion = Literal["normal", "reduced"]
Sound = Literal["stereo", "mono"]
OnOff = Literal["off", "on"]

NUMBER = re.compile(r"[+-]?[0-9]{1,4}(\.[0-9]{1,6})?")


class PreferenceError(ValueError):
    """A wish that cannot be kept. The message says in one sentence what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """One person's wishes. The defaults suit a person with two hands, who stands or sits as the scene has it."""

    dwell: float = 1.0
    """Seconds, 0.4–4, for which a gaze rests on a thing to work it. Practised users choose 0.45–1.0 s (Majaranta, MacKenzie, Aula
    and Räihä 2006, "Effects of feedback and dwell time on eye typing speed and accuracy"); shorter ones press what is only looked
    at (Jacob 1991, the Midas touch)."""
    gaze: Gazing = "auto"
    """Whether a gaze that rests on a thing works it. `auto`: for who has shown neither a tracked hand nor a key. The mark that
    leaves goes by a rule of its own (`engine.interaction.leave`), which nobody can turn off."""
    scan: Scan = "off"
    """Switches: `one`: the focus steps by itself and `select` chooses; `two` and `off`: `next` and `previous` step it."""
    scan_period: float = 1.5
    """Seconds, 0.5–6, for which the focus of `scan=one` stays. A switch user's reaction time divided by 0.65 suits most (Simpson,
    Koester and LoPresti 2006, "Evaluation of an adaptive row/column scanning system"): 1.5 s is that of 1 s."""
    turn: TurnBy = "snap30"
    """How the stick turns the person: by 30° or 45° at once, smoothly, or not at all. Turning at once is the more comfortable."""
    move: MoveBy = "teleport"
    """How the stick moves the person: to a spot at once, smoothly, or not at all."""
    vignette: float = 0.6
    """Ratio, 0–1, by which the edge of the view darkens while one is moved smoothly (Fernandes and Feiner 2016, "Combating VR
    sickness through subtle dynamic field-of-view modification")."""
    hands: WhichHands = "both"
    """With which hands everything must be possible."""
    tremor: float = 0.0
    """Ratio, 0–1, of help against tremor: pointing is smoothed, cones and gaps between marks are wider, keys that bounce are
    ignored for longer. Tremor is of 4–12 Hz (Bhatia et al. 2018, Mov Disord 33:75)."""
    posture: Posture = "as_scene"
    """How the person is put in the scene, if not as it says."""
    height: float = 0.0
    """Metres, -0.5–0.5, added to the height of the eyes: who sits low sees and reaches as others do."""
    reach: float = 1.0
    """Ratio, 1–3, by which hands reach further than arms do."""
    captions: CaptionSize = "normal"
    """Whether lines that are spoken are written too, and how large."""
    contrast: Contrast = "normal"
    """Of panels and captions; `high` is beyond the 7:1 of WCAG 2.2, 1.4.6."""
    motion: Motion = "normal"
    """`reduced`: nothing moves that need not (WCAG 2.2, 2.3.3 Animation from Interactions; XAUR, 4.16). `move=smooth` and
    `turn=smooth` are then steps and turns at once, what is drawn near is in the hand at once, water and leaves stand still,
    captions come along at once. What a scene is about goes on: an orb to breathe with, a chest that rises, a door that opens."""
    sound: Sound = "stereo"
    """`mono`: both ears hear the same, for who hears with one."""
    volume: float = 70.0
    """Per cent, 0–100, of the loudest that can be had; 0 is silence. How loud each is: `engine.view.sound.ears`."""
    speech: OnOff = "off"
    """Whether panels and captions are read out."""
    dominant: Side = "right"
    """The hand that does the finer part where only one can."""
    minutes: float = 20.0
    """Minutes, 5–30, after which a session ends. Makers ask for a break of 10 to 15 minutes after 30 (Meta, Health and safety
    warnings, 2023); 30 is the most that can be had."""

    @property
    def moves(self) -> MoveBy:
        """How the stick moves the person: of two wishes that contradict each other the more careful one counts."""
        return "teleport" if self.motion == "reduced" and self.move == "smooth" else self.move

    @property
    def turns(self) -> TurnBy:
        """How the stick turns them, likewise."""
        return "snap30" if self.motion == "reduced" and self.turn == "smooth" else self.turn

    def with_(self, text: str) -> Preferences:
        """These with one wish changed, written `name=value`. Raises PreferenceError."""
        name, equals, value = (part.strip() for part in text.partition("="))
        if not equals:
            raise PreferenceError(f"'{text}' changes nothing; write name=value, as in dwell=1.5")
        changed: dict[str, Any] = {name: value}
        if name in RANGES:
            changed[name] = _number(name, value)
        elif name not in CHOICES:
            raise PreferenceError(f"there is no preference '{name}'; there are {', '.join((*RANGES, *CHOICES))}")
        elif value not in CHOICES[name]:
            raise PreferenceError(f"{name} cannot be '{value}'; choose {_listed(CHOICES[name])}")
        return replace(self, **changed)

    def texts(self) -> dict[str, str]:
        """Every wish that is not the default, as it is written."""
        return {name: f"{value:g}" if isinstance(value, float) else value for name, value in self.plain().items()}

    def plain(self) -> dict[str, Any]:
        """Every wish that is not the default, as plain data."""
        return {one.name: getattr(self, one.name) for one in fields(self) if getattr(self, one.name) != one.default}


RANGES: Mapping[str, tuple[float, float, str]] = {
    "dwell": (0.4, 4.0, "s"),
    "scan_period": (0.5, 6.0, "s"),
    "vignette": (0.0, 1.0, ""),
    "tremor": (0.0, 1.0, ""),
    "height": (-0.5, 0.5, "m"),
    "reach": (1.0, 3.0, ""),
    "volume": (0.0, 100.0, "%"),
    "minutes": (5.0, 30.0, "min"),
}
"""Least, most and unit of each wish that is a number."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    name: get_args(kind) for name, kind in get_type_hints(Preferences).items() if kind is not float
}
"""The words of each other wish, the default not always first."""

DEFAULT = Preferences()


class Wishes:
    """The preferences of everyone in a session; who has said nothing has the defaults."""

    def __init__(self) -> None:
        self.of: dict[str, Preferences] = {}
        """Person → what they have said."""

    def __getitem__(self, person: str) -> Preferences:
        """A person's preferences."""
        return self.of.get(person, DEFAULT)

    def set(self, person: str, text: str) -> None:
        """Change one wish of a person's, written `name=value`. Raises PreferenceError, and nothing is changed."""
        self.of[person] = self[person].with_(text)

    def snapshot(self) -> dict[str, dict[str, Any]]:
        """All that can change, as plain data."""
        return {person: one.plain() for person, one in self.of.items()}

    def restore(self, snapshot: Mapping[str, Mapping[str, Any]]) -> None:
        """Become what `snapshot` was taken of."""
        self.of = {person: replace(DEFAULT, **plain) for person, plain in snapshot.items()}


def _number(name: str, value: str) -> float:
    low, high, unit = RANGES[name]
    within = f"{low:g} to {high:g}{unit and f' {unit}'}"
    if not NUMBER.fullmatch(value):
        raise PreferenceError(f"{name} cannot be '{value}'; write a bare number of {within}, as in {name}={low:g}")
    number = float(value)
    if not low <= number <= high:
        raise PreferenceError(f"{name} cannot be {value}; it goes from {within}")
    return number


def _listed(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"
