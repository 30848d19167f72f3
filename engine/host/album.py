"""Pictures of a session that nobody watches: which moments are worth one, and a sheet of them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.session import Event
from engine.view.ui.text import coverage, lay_out
from headset.inputs import TICKS_PER_SECOND

AFTER = {"state_entered": 3 * TICKS_PER_SECOND // 2, "grabbed": 2 * TICKS_PER_SECOND, "changed": 0, "session_ended": 0}
"""Events worth a picture, and the ticks after which what they began can be seen."""

MOST = 12
"""Pictures at most: an album is looked through, not searched."""


class Album:
    """Chooses moments and keeps their pictures in a folder, numbered in their order. `moments` are chosen already: a tick, and
    the picture's label."""

    def __init__(self, folder: Path, moments: Mapping[int, str] | None = None) -> None:
        self.folder = folder
        self.pictures: list[tuple[Path, str]] = []
        self._due: dict[int, str] = dict(moments or {})
        self._seen: set[tuple[str, str, str]] = set()

    def note(self, events: Sequence[Event]) -> None:
        """Look through a frame's events for moments. The same thing happening again is no new moment."""
        for event in events:
            key = (event.event, event.what, str(event.value))
            if event.event in AFTER and key not in self._seen and len(self._seen) < MOST:
                self._seen.add(key)
                self._due.setdefault(event.tick + AFTER[event.event], _label(event))

    def due(self, tick: int) -> bool:
        """Whether the frame at this tick is worth drawing."""
        return any(moment <= tick for moment in self._due)

    def keep(self, tick: int, pixels: NDArray[np.uint8]) -> None:
        """Keep a picture of the moments that are due."""
        moment = min(moment for moment in self._due if moment <= tick)
        label = self._due.pop(moment)
        for later in [later for later in self._due if later <= tick]:
            self._due.pop(later)
        path = self.folder / f"{len(self.pictures) + 1:02}_{label}.png"
        _save(Image.fromarray(pixels), path)
        self.pictures.append((path, f"{clock_text(tick)}  {label.replace('_', ' ')}"))

    def sheet(self) -> Path:
        """Put all pictures on one sheet, `contact_sheet.png`, each with its time and moment."""
        return contact_sheet(self.pictures, self.folder / "contact_sheet.png")


def contact_sheet(pictures: Sequence[tuple[Path, str]], target: Path, columns: int = 3, width: int = 480) -> Path:
    """Draw pictures with their labels on one sheet, `columns` abreast, each `width` pixels wide."""
    gap, line = 16, 34
    with Image.open(pictures[0][0]) as first:
        height = round(width * first.height / first.width)
    rows = -(-len(pictures) // columns)
    sheet = Image.new("RGB", (gap + columns * (width + gap), gap + rows * (height + line + gap)), (24, 26, 28))
    for index, (path, label) in enumerate(pictures):
        x, y = gap + index % columns * (width + gap), gap + index // columns * (height + line + gap)
        with Image.open(path) as picture:
            sheet.paste(picture.convert("RGB").resize((width, height), Image.Resampling.LANCZOS), (x, y))
        letters = Image.fromarray(coverage(lay_out(label, "en", 20, width, centred=False)))
        sheet.paste((225, 228, 230), (x, y + height + 4), letters)
    _save(sheet, target)
    return target


def _save(image: Image.Image, path: Path) -> None:
    """Write a picture whole or not at all."""
    try:
        image.save(path)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from error


def clock_text(tick: int) -> str:
    """A tick as minutes and seconds: `1:05`."""
    seconds = tick // TICKS_PER_SECOND
    return f"{seconds // 60}:{seconds % 60:02}"


def _label(event: Event) -> str:
    """A moment as a file's name: `orb_scale_1`, `stone_grabbed`, `breathe`."""
    what = event.what.replace(".", "_")
    match event.event:
        case "state_entered":
            return what
        case "changed":
            value = f"{event.value:g}" if isinstance(event.value, float) else str(event.value)
            return f"{what}_{value}"
        case "session_ended":
            return str(event.value)
        case _:
            return f"{what}_{event.event}"
