"""Profiles of real headsets: what each shows and how well it tracks, for devices that only play a headset.

A profile is a YAML file: one of `headset/profiles/`, or one's own. Numbers that were measured say where, in `sources`; what
nobody has published is called an assumption there. Read one with `read_profile`; `profile_names` lists them.

    name: Meta Quest 3                 # what it calls itself
    fov:                               # tangents of the half-angles left, right, down, up; left and down are negative
      left: [-1.376, 0.839, -1.428, 0.966]
      right: [-0.839, 1.376, -1.428, 0.966]
    cant_deg: 0                        # by which each eye's view is turned outwards
    ipd_mm: 64                         # from eye to eye
    resolution: [2064, 2208]           # pixels of one eye's panel
    refresh_hz: [72, 90, 120]          # rates that it offers, the usual one first
    controllers: oculus/touch_controller
    hands: true                        # tracks hands without controllers
    gaze: false                        # tracks eyes
    tracking: {head_mm: 0.2, head_deg: 0.02, hand_mm: 0.3, hand_deg: 0.05, lost_per_minute: 0.5, lost_s: 0.4}
    sources: {fov: …, device: …, tracking: …}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from math import atan, cos, degrees, isfinite, radians, sin, tan
from pathlib import Path
from typing import Any, Final

import yaml

from headset.driver import DriverError, View
from headset.reading import read

FOLDER: Final = Path(__file__).parent / "profiles"

Fov = tuple[float, float, float, float]
"""Tangents of the half-angles left, right, down, up; left and down are negative."""

WIDEST = 12.0
"""The largest tangent: 85 degrees. No lens shows more, and a picture plane has an end."""


@dataclass(frozen=True, slots=True)
class Tracking:
    """How well a headset tracks: standard deviations in millimetres and degrees, and how often and for how many seconds, on
    average, a hand is lost."""

    head_mm: float
    head_deg: float
    hand_mm: float
    hand_deg: float
    lost_per_minute: float
    lost_s: float


@dataclass(frozen=True, slots=True)
class Profile:
    """A headset's numbers. `ipd` is in metres, `cant` in degrees outwards, `resolution` in pixels of one eye."""

    key: str
    """What it is asked for by: the file's name."""
    name: str
    left: Fov
    right: Fov
    cant: float
    ipd: float
    resolution: tuple[int, int]
    refresh_hz: tuple[float, ...]
    controllers: str
    hands: bool
    gaze: bool
    tracking: Tracking
    sources: Mapping[str, str]

    @property
    def both(self) -> Fov:
        """What both eyes see together, from the middle between them: for a picture that is seen with one."""
        outer_left = tan(radians(min(85.0, degrees(atan(-self.left[0])) + self.cant)))
        outer_right = tan(radians(min(85.0, degrees(atan(self.right[1])) + self.cant)))
        return (-outer_left, outer_right, min(self.left[2], self.right[2]), max(self.left[3], self.right[3]))

    def views(self, position: Sequence[float], orientation: Sequence[float], aspect: float | None = None) -> tuple[View, View]:
        """The left and the right eye of a head that is there; pictures `aspect` times as wide as high show more, never less."""
        w, x, y, z = orientation
        px, py, pz = position
        right = (1 - 2 * (y * y + z * z), 2 * (x * y + w * z), 2 * (x * z - w * y))
        eyes = []
        for side, fov in ((-1.0, self.left), (1.0, self.right)):
            half, far = radians(-side * self.cant) / 2, side * self.ipd / 2
            c, s = cos(half), sin(half)
            # Turned about the head's own z: to the left, that is by a positive angle, for the left eye.
            turned = (w * c - z * s, x * c + y * s, y * c - x * s, z * c + w * s)
            at = (px + far * right[0], py + far * right[1], pz + far * right[2])
            eyes.append(View(at, turned, fitted(fov, aspect)))
        return eyes[0], eyes[1]

    def view(self, position: Sequence[float], orientation: Sequence[float], aspect: float | None = None) -> View:
        """One eye in the middle that sees what both see."""
        x, y, z = position
        w, i, j, k = orientation
        return View((x, y, z), (w, i, j, k), fitted(self.both, aspect))

    def picture(self, box: tuple[int, int], stereo: bool) -> tuple[int, int]:
        """Pixels of a picture, both eyes together, of which each eye's fills as much of `box` as its shape allows."""
        left, right, down, up = self.left if stereo else self.both
        aspect = (right - left) / (up - down)
        width, height = min(box[0], round(box[1] * aspect)), min(box[1], round(box[0] / aspect))
        return (width * (2 if stereo else 1), height)


def fitted(fov: Fov, aspect: float | None) -> Fov:
    """A field of view widened or heightened about its middle until it is `aspect` times as wide as high; never narrowed."""
    if aspect is None:
        return fov
    left, right, down, up = fov
    more_wide = max(0.0, aspect * (up - down) - (right - left)) / 2
    more_high = max(0.0, (right - left) / aspect - (up - down)) / 2
    return (left - more_wide, right + more_wide, down - more_high, up + more_high)


def profile_names() -> tuple[str, ...]:
    """The profiles that come with Abaton."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def read_profile(name: str) -> Profile:
    """A profile by its name, or from a file. Raises DriverError with one sentence that says where and what to do."""
    names = profile_names()
    if name in names:
        return _Reader(FOLDER / f"{name}.yaml").profile()
    path = Path(name)
    if path.suffix in (".yaml", ".yml"):
        return _Reader(path).profile()
    close = get_close_matches(name.lower().replace(" ", "_").replace("-", "_"), names, n=1, cutoff=0.5)
    hint = f"did you mean '{close[0]}'?" if close else f"give one of {', '.join(names)}, or a .yaml file"
    raise DriverError(f"there is no profile of a headset '{name}'; {hint}")


class _Reader:
    """One file, and where in it each thing stands."""

    KEYS: Final = (
        "name", "fov", "cant_deg", "ipd_mm", "resolution", "refresh_hz", "controllers", "hands", "gaze", "tracking", "sources",
    )  # fmt: skip
    TRACKING: Final = ("head_mm", "head_deg", "hand_mm", "hand_deg", "lost_per_minute", "lost_s")
    SOURCES: Final = ("fov", "device", "tracking")

    def __init__(self, path: Path) -> None:
        self.path = path
        self.data, node = read(path, instead="a profile's name or its file", model="write it as those in headset/profiles")
        self.lines: dict[tuple[str, ...], int] = {}
        self._note((), node)

    def profile(self) -> Profile:
        top = self._mapping((), self.KEYS)
        fov = self._mapping(("fov",), ("left", "right"))
        tracking = self._mapping(("tracking",), self.TRACKING)
        sources = self._mapping(("sources",), self.SOURCES)
        amounts = {key: self._number(("tracking", key), tracking[key], 0.0, 1000.0) for key in self.TRACKING}
        width, height = self._numbers(("resolution",), top["resolution"], 2, 16.0, 16384.0)
        rates = top["refresh_hz"]
        count = len(rates) if isinstance(rates, list) and rates else 1
        return Profile(
            key=self.path.stem,
            name=self._text(("name",), top["name"]),
            left=self._fov(("fov", "left"), fov["left"]),
            right=self._fov(("fov", "right"), fov["right"]),
            cant=self._number(("cant_deg",), top["cant_deg"], 0.0, 45.0),
            ipd=self._number(("ipd_mm",), top["ipd_mm"], 40.0, 80.0) / 1000.0,
            resolution=(round(width), round(height)),
            refresh_hz=tuple(self._numbers(("refresh_hz",), rates, count, 20.0, 500.0)),
            controllers=self._text(("controllers",), top["controllers"]),
            hands=self._truth(("hands",), top["hands"]),
            gaze=self._truth(("gaze",), top["gaze"]),
            tracking=Tracking(**amounts),
            sources={key: self._text(("sources", key), sources[key]) for key in self.SOURCES},
        )

    def _note(self, at: tuple[str, ...], node: Any) -> None:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                self.lines[(*at, str(key.value))] = key.start_mark.line + 1
                self._note((*at, str(key.value)), value)

    def _mapping(self, at: tuple[str, ...], keys: Sequence[str]) -> Mapping[str, Any]:
        found = self.data
        for key in at:
            found = found[key]
        if not isinstance(found, dict):
            raise self._wrong(at, f"needs {', '.join(keys)} below it")
        for key in found:
            if key not in keys:
                close = get_close_matches(str(key), keys, n=1, cutoff=0.6)
                meant = f"did you mean '{close[0]}'?" if close else f"write only {', '.join(keys)}"
                raise self._wrong((*at, str(key)), f"is no part of a profile; {meant}")
        for key in keys:
            if key not in found:
                raise self._wrong(at, f"has no '{key}'; write it as the profiles in headset/profiles do")
        return found

    def _fov(self, at: tuple[str, ...], given: Any) -> Fov:
        left, right, down, up = self._numbers(at, given, 4, -WIDEST, WIDEST)
        if left >= right or down >= up:
            raise self._wrong(at, "sees nothing; write tangents in the order left, right, down, up, left and down negative")
        return (left, right, down, up)

    def _numbers(self, at: tuple[str, ...], given: Any, count: int, low: float, high: float) -> list[float]:
        if not isinstance(given, list) or len(given) != count:
            raise self._wrong(at, f"needs {count} numbers in brackets, as the profiles in headset/profiles have it")
        return [self._number(at, one, low, high) for one in given]

    def _number(self, at: tuple[str, ...], given: Any, low: float, high: float) -> float:
        if isinstance(given, bool) or not isinstance(given, (int, float)) or not isfinite(given) or not low <= given <= high:
            raise self._wrong(at, f"'{given}' is not a number from {low:g} to {high:g}; write one")
        return float(given)

    def _text(self, at: tuple[str, ...], given: Any) -> str:
        if not isinstance(given, str) or not given.strip():
            raise self._wrong(at, "needs words")
        return " ".join(given.split())

    def _truth(self, at: tuple[str, ...], given: Any) -> bool:
        if not isinstance(given, bool):
            raise self._wrong(at, f"'{given}' is neither true nor false; write one of them")
        return given

    def _wrong(self, at: tuple[str, ...], why: str) -> DriverError:
        line = next((self.lines[at[:n]] for n in range(len(at), 0, -1) if at[:n] in self.lines), None)
        where = f"{self.path}{'' if line is None else f':{line}'}"
        return DriverError(f"{where}: {': '.join(at) or 'the profile'}: {why}")
