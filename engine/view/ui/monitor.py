"""The screen of a patient monitor: three traces that a bar sweeps over, numbers beside them, alarms above.

Everything is drawn into one picture, height x width x 3, uint8, sRGB, top row first; of the traces only the columns that are new.
Numbers and the alarm are sized for three metres: figures of 20 mm and more, 0.38 degrees, an alarm of 16 mm capitals, at the
1,400 pixels a metre that screens are drawn with; names and units, which colour tells too, for two. All strokes are bold, as on
devices: a screen is seen from afar, and aslant. Vital signs have their international abbreviations; alarms speak the scene's
language. Urgency is told by colour and by one to three exclamation marks, for who cannot tell the colours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.view.ui import bidi, text
from engine.view.ui.bidi import runs_right_to_left
from engine.view.ui.waveform import RATE, Samples, Waveforms
from engine.view.ui.words import words
from engine.world import World
from engine.world.bursts import lit
from engine.world.screens import Alarm, Face, Heart, Priority, Reading
from headset.inputs import TICKS_PER_SECOND

Picture = NDArray[np.uint8]
Colour = tuple[int, int, int]
Words = tuple[tuple[str, float, float], ...]
"""Words, their size by that of the first, and by how many of its ems they are lowered."""

SWEEP_SECONDS = 6.0
"""Seconds that a trace takes from left to right."""

BAR, FOOT, SPLIT = 0.19, 0.79, 0.59
"""Parts of the height: the alarm stands above the first, pressure and temperature below the second; part of the width: traces."""

ERASED = 0.05
"""Part of a trace's width that is empty before the newest column."""

HALF = 1.5
"""Half of a trace's width, pixels."""

NAME, UNIT, MEAN = 0.53, 0.36, 0.62
"""Letters of a name and of its unit, ems by the height of their row; and of a mean pressure, by the figures before it."""

GAP, LINE = 0.016, 2
"""Between what stands side by side, part of the width; and pixels of the line between traces and numbers."""

BOLD = 0.028
"""Ems by which strokes are broadened: the fonts of the house have one weight, which is thin for a screen."""

TICKS_A_PICTURE = 4
"""Ticks of 10 ms between two pictures: 25 a second."""

BACK: Final[Colour] = (6, 8, 10)
RULE: Final[Colour] = (70, 78, 84)
COLOURS: Final[Mapping[str, Colour]] = {
    "hr": (90, 235, 120),
    "spo2": (80, 215, 235),
    "rr": (240, 235, 160),
    "sbp": (235, 235, 235),
    "temp": (215, 185, 255),
}
LABELS: Final[Mapping[str, str]] = {"hr": "HR", "spo2": "SpO2", "rr": "RR", "sbp": "NIBP", "temp": "Temp"}
ALARM: Final[Mapping[Priority, tuple[Colour, Colour, str]]] = {
    "high": ((215, 30, 30), (255, 255, 255), "!!!"),
    "medium": ((250, 215, 60), (0, 0, 0), "!!"),
    "low": ((70, 200, 220), (0, 0, 0), "!"),
}
"""Ground, letters, and marks of each priority."""

LOW: Final = (0.66, 0.17)
"""Of a lowered figure, as in SpO2: its size by that of the letters beside it, and the ems by which it is lowered."""

ROWS: Final[tuple[str, ...]] = ("hr", "spo2", "rr")
"""What has a trace, from top to bottom."""

SPANS: Final[Mapping[str, tuple[float, float]]] = {"hr": (-0.5, 1.05), "spo2": (-0.1, 1.15), "rr": (-0.15, 1.15)}
"""The values at the lower and upper edge of each trace."""


@dataclass(slots=True)
class Trace:
    """A row of the picture that a trace is drawn into."""

    rows: Picture
    colour: Colour
    span: tuple[float, float]
    column: int = -1
    low: float = 0.0
    high: float = 0.0
    last: float | None = None

    def draw(self, first: int, values: NDArray[np.float64]) -> None:
        """Draw samples, `first` being the number of the first."""
        height, width, _ = self.rows.shape
        bottom, top = self.span
        along = np.floor((np.arange(first, first + len(values)) * width) / (SWEEP_SECONDS * RATE)).astype(int) % width
        down = (1.0 - (values - bottom) / (top - bottom)) * (height - 3) + 1.0
        for column, y in zip(along.tolist(), down.tolist(), strict=True):
            if column != self.column:
                self._clear(column)
                self.column = column
                self.low = self.high = y if self.last is None else self.last
            self.low, self.high, self.last = min(self.low, y), max(self.high, y), y
            self._column(column)

    def _column(self, column: int) -> None:
        rows = np.arange(len(self.rows))
        cover = np.clip(np.minimum(rows + 1, self.high + HALF) - np.maximum(rows, self.low - HALF), 0.0, 1.0)
        ink, ground = np.array(self.colour), np.array(BACK)
        drawn = np.rint(ground + (ink - ground) * cover[:, None]).astype(np.uint8)
        self.rows[:, column] = drawn
        if column:  # steep strokes are bold too
            self.rows[:, column - 1] = np.maximum(self.rows[:, column - 1], drawn)

    def _clear(self, column: int) -> None:
        """Empty the column and those that come next."""
        width = self.rows.shape[1]
        ahead = (np.arange(column, column + max(2, round(width * ERASED)))) % width
        self.rows[:, ahead] = BACK


class MonitorScreen:
    """The picture of one monitor. `size` is width and height in pixels."""

    def __init__(self, monitor: str, size: tuple[int, int]) -> None:
        self.monitor = monitor
        width, height = size
        self.picture: Picture = np.empty((height, width, 3), np.uint8)
        self.picture[:] = BACK
        self._waves = Waveforms()
        self._bar = round(height * BAR)
        self._split = round(width * SPLIT)
        self._foot = round(height * FOOT)
        each = (self._foot - self._bar) // len(ROWS)
        self._tops = [self._bar + index * each for index in range(len(ROWS))]
        self._each = each
        self._traces = {
            name: Trace(self.picture[top + 2 : top + each - 2, : self._split - 6], COLOURS[name], SPANS[name])
            for name, top in zip(ROWS, self._tops, strict=True)
        }
        self._drawn: tuple[Face, tuple[bool, ...]] | None = None
        self._clock = -TICKS_A_PICTURE

    def update(self, world: World) -> Picture | None:
        """The picture as it is now, the same one each time; None if nothing in it has changed."""
        face = world.monitors.get(self.monitor)
        if face is None or 0 <= world.clock - self._clock < TICKS_A_PICTURE:
            return None
        moved = world.clock != self._clock
        self._clock = world.clock
        if self._drawn is None:
            self._fill(world, face.patient)
        samples = self._waves.advance(world.clock, world.hearts.get(face.patient, Heart()))
        if samples is not None:
            self._sweep(samples)
        lights = tuple(lit(priority, world.clock) for priority in ("low", "medium", "high"))
        if self._drawn != (face, lights):
            self._drawn = (face, lights)
            self._write(world, face)
            return self.picture
        return self.picture if moved else None

    def _fill(self, world: World, patient: str) -> None:
        """Draw the sweep that was there before anyone looked, as if the heart had always beaten as it does now."""
        ticks = round(SWEEP_SECONDS * (1.0 - ERASED) * TICKS_PER_SECOND)
        heart = world.hearts.get(patient, Heart())
        still = world.properties.get((patient, "rhythm")) == "asystole"
        beats, breaths = (0.0 if still else float(world.properties.get((patient, name), 0.0)) / 60.0 for name in ("hr", "rr"))
        seconds = ticks / TICKS_PER_SECOND
        self._waves.advance(world.clock - ticks, Heart(heart.beats - beats * seconds, heart.breaths - breaths * seconds))
        samples = self._waves.advance(world.clock - 1, heart)
        if samples is not None:
            self._sweep(samples)

    def _sweep(self, samples: Samples) -> None:
        for name, values in (("hr", samples.ecg), ("spo2", samples.pleth), ("rr", samples.breath)):
            self._traces[name].draw(samples.first, values)

    def _write(self, world: World, face: Face) -> None:
        clock = world.clock
        readings = {reading.vital: reading for reading in face.readings}
        self._announce(face, clock, world.scene.language)
        width = self.picture.shape[1]
        for name, top in zip(ROWS, self._tops, strict=True):
            self._number(readings.get(name), (self._split, top, width, top + self._each), clock)
        height, middle, gap = self.picture.shape[0], self._split, round(width * GAP)
        self._number(readings.get("sbp"), (0, self._foot, middle - gap, height), clock, _pressures(readings))
        self._number(readings.get("temp"), (middle, self._foot, width, height), clock)
        self.picture[self._bar :, middle - LINE : middle] = RULE

    def _announce(self, face: Face, clock: int, language: str) -> None:
        """The most urgent alarm, over the whole width, in the scene's language."""
        bar = self.picture[: self._bar]
        bar[:] = BACK
        if not face.alarms:
            return
        alarm = face.alarms[0]
        ground, ink, marks = ALARM[alarm.priority]
        steady = alarm.silenced or alarm.latched
        if steady:
            ground, ink = BACK, ground
        elif not lit(alarm.priority, clock):
            ground, ink = _dimmed(ground), (255, 255, 255)
        bar[:] = ground
        more = f"   +{len(face.alarms) - 1}" if len(face.alarms) > 1 else ""
        said = f"{marks} {alarm_words(alarm, language)}{more}"
        begins, gap = float(runs_right_to_left(said, language)), round(self.picture.shape[1] * GAP)
        _put(bar[:, gap:-gap], _set(said), round(self._bar * 0.80), (begins, 0.5), ink)

    def _number(self, reading: Reading | None, box: tuple[int, int, int, int], clock: int, said: Words | None = None) -> None:
        """One vital sign: its name over its unit, its value or what is `said` as large as there is room for."""
        left, top, right, bottom = box
        part = self.picture[top + 1 : bottom - 1, left + 1 : right - 1]
        part[:] = BACK
        if reading is None:
            return
        ink = COLOURS[reading.vital]
        if reading.priority and lit(reading.priority, clock):
            part[:], ink = ALARM[reading.priority][0], ALARM[reading.priority][1]
        high, gap = len(part), round(self.picture.shape[1] * GAP)
        name, unit = _set(LABELS[reading.vital]), _set(reading.unit)
        begins = 2 * gap + max(_letters(name, round(high * NAME)).shape[1], _letters(unit, round(high * UNIT)).shape[1])
        _put(part[:, gap:], name, round(high * NAME), (0.0, 0.12), ink)
        _put(part[:, gap:], unit, round(high * UNIT), (0.0, 0.88), ink)
        _put(part[:, begins : part.shape[1] - gap // 2], said or _set(written(reading.value)), high, (1.0, 0.5), ink)


def written(value: float | None) -> str:
    """A number as it stands on a monitor: `---` where there is nothing to measure."""
    return "---" if value is None else f"{value:g}" if value == int(value) else f"{value:.1f}"


def alarm_words(alarm: Alarm, language: str) -> str:
    """What an alarm is called in a language: `ASYSTOLE`, `SpO2 NIEDRIG`."""
    vital, _, side = alarm.name.partition("_")
    own = words(language)
    return (
        own.filled(f"alarm_{'low' if side.startswith('low') else 'high'}", vital=LABELS[vital]) if side else own[f"alarm_{vital}"]
    )


def _pressures(readings: Mapping[str, Reading]) -> Words:
    """The pressures above and below, and smaller their mean."""
    above, below, mean = (written(readings[name].value) if name in readings else "---" for name in ("sbp", "dbp", "map"))
    return _set("---") if above == "---" else ((f"{above}/{below}", 1.0, 0.0), (f" ({mean})", MEAN, 0.0))


def _dimmed(colour: Colour) -> Colour:
    red, green, blue = colour
    return red * 2 // 5, green * 2 // 5, blue * 2 // 5


def _set(said: str) -> Words:
    """Words with their lowered figures: as devices write SpO2, where all of it runs from left to right."""
    before, name, after = ("", "", said) if bidi.needed(said) else said.rpartition("SpO2")
    return ((before + "SpO", 1.0, 0.0), ("2", *LOW), *(((after, 1.0, 0.0),) if after else ())) if name else ((said, 1.0, 0.0),)


@lru_cache(maxsize=256)
def _letters(words_: Words, size: int) -> NDArray[np.uint8]:
    """Words in bold letters, without the empty rows above and below, so that they are as large as there is room for."""
    drawn: list[tuple[NDArray[np.uint8], int]] = []
    for said, share, lowered in words_:
        block = text.lay_out(said, "en", max(round(size * share), 1), 1e6, centred=False)
        drawn.append((text.coverage(block), round(max((piece.y for piece in block.pieces), default=0.0) - lowered * size)))
    above = max(line for _, line in drawn)
    height = above + max(len(letters) - line for letters, line in drawn)
    whole = np.concatenate(
        [np.pad(letters, ((above - line, height - above - len(letters) + line), (0, 0))) for letters, line in drawn], axis=1
    )
    rows = np.nonzero(whole.any(axis=1))[0]
    return _bold(whole[rows[0] : rows[-1] + 1] if len(rows) else whole, max(1, round(size * BOLD)))


def _bold(letters: NDArray[np.uint8], wider: int) -> NDArray[np.uint8]:
    """Letters whose strokes are so many pixels broader."""
    for axis in (0, 1):
        padded = np.pad(letters, [(wider, wider) if one == axis else (0, 0) for one in (0, 1)])
        letters = np.lib.stride_tricks.sliding_window_view(padded, wider + 1, axis=axis).max(axis=-1)
    return letters


def _put(part: Picture, said: Words, size: int, at: tuple[float, float], colour: Colour) -> None:
    """Write into a part of a picture, at most as wide and as high as it; `at` is where the words' own point of that share comes
    to lie."""
    letters = _letters(said, size)
    while (letters.shape[1] > part.shape[1] or len(letters) > len(part)) and size > 6:
        size -= 1
        letters = _letters(said, size)
    letters = letters[: len(part), : part.shape[1]]
    top = round((len(part) - len(letters)) * at[1])
    left = round((part.shape[1] - letters.shape[1]) * at[0])
    under = part[top : top + len(letters), left : left + letters.shape[1]]
    share = letters[:, :, None] / 255.0
    under[:] = np.rint(under + (np.array(colour) - under.astype(float)) * share).astype(np.uint8)
