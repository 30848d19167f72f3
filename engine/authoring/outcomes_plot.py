"""What came of a rehearsal, as a picture: when each checklist item was met, how long runs lasted, time in each state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from PIL import Image, ImageDraw, ImageFont

from engine.authoring.outcomes import NOTE, clock, label, ranked, states_of, succeeded
from engine.library import assets_folder
from engine.rehearsal import Run
from engine.rehearsal.goals import Seen
from engine.spec.expression import number
from engine.spec.model import SceneSpec
from engine.world import World, build

WIDE = 1400
"""Pixels."""

LEFT, RIGHT = 360, 220
"""Pixels beside the plots, for names and counts."""

ROW, GAP = 76, 26
"""Pixels of one plot's height and between two."""

BINS = 60

PAPER, INK, FAINT, GRID = (255, 255, 255), (32, 38, 44), (110, 118, 126), (224, 228, 232)
MET, LATE, TIME = (38, 122, 98), (206, 124, 36), (70, 104, 160)
"""Apart for every common kind of colour blindness: they differ in lightness, and stand in named places."""

SHADES = ((70, 104, 160), (150, 176, 214), (206, 124, 36), (236, 192, 138), (38, 122, 98), (146, 196, 180), (120, 120, 128))
"""Of states, in the order in which they are entered."""

STEPS = (5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600)
"""Seconds between marks of the time axis."""


def picture(scene: SceneSpec, runs: Sequence[Run]) -> Image.Image:
    """The picture; all it shows is also in the table."""
    return _Sheet(scene, runs).draw()


class _Sheet:
    def __init__(self, scene: SceneSpec, runs: Sequence[Run]) -> None:
        self.scene, self.runs = scene, runs
        self.states = states_of(scene, runs)
        self.stuck = ranked(Counter(one for run in runs for one in dict.fromkeys(run.stuck)))[:6]
        rows = len(scene.checklist) + 1
        legend = (len(self.states) + 1) // 2
        self.height = 120 + rows * (ROW + GAP) - GAP + 60 + 50 + 26 * legend + 24 + 26 * max(1, len(self.stuck)) + 64
        self.image = Image.new("RGB", (WIDE, self.height), PAPER)
        self.pen = ImageDraw.Draw(self.image)
        path = str(assets_folder() / "fonts" / "AtkinsonHyperlegible-Regular.ttf")
        self.fonts = {size: ImageFont.truetype(path, size) for size in (15, 18, 28)}
        self.longest = max((run.seconds for run in runs), default=60.0) * 1.02
        self.y = 0

    def draw(self) -> Image.Image:
        title = self.scene.text.get("title", self.scene.name)
        good = sum(run.success for run in self.runs)
        self.text((40, 28), title, 28)
        self.text((40, 66), f"{good} of {len(self.runs)} runs {succeeded(self.scene)}", 18, FAINT)
        self.y = 120
        due = _dues(self.scene)
        for item in self.scene.checklist:
            self.item(item, due.get(item))
        self.lasted()
        self.axis()
        self.share_of_time()
        self.stuck_list()
        self.text((40, self.height - 40), NOTE, 15, FAINT)
        return self.image

    def item(self, name: str, due: float | None) -> None:
        """When one checklist item was met, as a histogram; what was done too late stands on it in another colour."""
        got = [run.items.get(name, ("open", None)) for run in self.runs]
        met = [seconds for result, seconds in got if result == "met" and seconds is not None]
        late = [seconds for result, seconds in got if result != "met" and seconds is not None]
        self.text((40, self.y + 14), label(self.scene, name), 18, width=LEFT - 60)
        self.text((40, self.y + 40), name, 15, FAINT)
        self.bars([(met, MET), (late, LATE)])
        if due is not None and due < self.longest:
            x = self.x(due)
            for top in range(self.y - 4, self.y + ROW, 8):
                self.pen.line((x, top, x, top + 4), INK)
            self.text((x + 4, self.y - 8), f"within {clock(due)}", 15, FAINT)
        self.text((WIDE - RIGHT + 16, self.y + 10), f"{len(met)} met", 18, MET)
        never = len(got) - len(met) - len(late)
        self.text((WIDE - RIGHT + 16, self.y + 34), f"{len(late)} too late", 15, LATE)
        self.text((WIDE - RIGHT + 16, self.y + 54), f"{never} not at all", 15, FAINT)
        self.y += ROW + GAP

    def lasted(self) -> None:
        self.text((40, self.y + 14), "The session ended", 18)
        self.bars([([run.seconds for run in self.runs], TIME)])
        self.y += ROW

    def bars(self, kinds: Sequence[tuple[Sequence[float], tuple[int, int, int]]]) -> None:
        counts = [[0] * BINS for _ in kinds]
        for kind, (values, _) in enumerate(kinds):
            for value in values:
                counts[kind][min(BINS - 1, int(value / self.longest * BINS))] += 1
        top = max(1, *(sum(column) for column in zip(*counts, strict=True)))
        wide = (WIDE - LEFT - RIGHT) / BINS
        foot = self.y + ROW
        for index in range(BINS):
            base = float(foot)
            for kind, (_, colour) in enumerate(kinds):
                high = counts[kind][index] / top * (ROW - 14)
                if high:
                    self.pen.rectangle((LEFT + index * wide + 1, base - high, LEFT + (index + 1) * wide - 1, base - 1), colour)
                base -= high
        self.pen.line((LEFT, foot, WIDE - RIGHT, foot), GRID)
        self.text((LEFT - 12, foot - ROW + 4), str(top), 15, FAINT, anchor="ra")

    def axis(self) -> None:
        """Time since the start, in minutes and seconds, below all histograms."""
        step = next((one for one in STEPS if self.longest / one <= 10), STEPS[-1])
        for mark in range(0, int(self.longest) + 1, step):
            x = self.x(mark)
            self.pen.line((x, self.y, x, self.y + 6), FAINT)
            self.text((x, self.y + 10), clock(mark), 15, FAINT, anchor="ma")
        self.text((WIDE - RIGHT + 16, self.y + 10), "min:s from the start", 15, FAINT)
        self.y += 60

    def share_of_time(self) -> None:
        """Mean time in each state, as parts of one bar."""
        count = max(1, len(self.runs))
        means = [sum(run.states.get(state, 0.0) for run in self.runs) / count for state in self.states]
        whole = sum(means) or 1.0
        self.text((40, self.y + 6), "Mean time in each state", 18)
        x = float(LEFT)
        for index, mean in enumerate(means):
            wide = mean / whole * (WIDE - LEFT - RIGHT)
            self.pen.rectangle((x, self.y, x + wide - 1, self.y + 34), SHADES[index % len(SHADES)])
            x += wide
        self.text((WIDE - RIGHT + 16, self.y + 6), f"{clock(whole)} in all", 18)
        self.y += 50
        for index, (state, mean) in enumerate(zip(self.states, means, strict=True)):
            left = LEFT + index % 2 * (WIDE - LEFT - RIGHT) // 2
            top = self.y + index // 2 * 26
            self.pen.rectangle((left, top + 2, left + 14, top + 16), SHADES[index % len(SHADES)])
            there = sum(state in run.states for run in self.runs)
            self.text((left + 22, top), f"{state}  {clock(mean)}, in {there} of {len(self.runs)}", 15)
        self.y += 26 * ((len(self.states) + 1) // 2) + 24

    def stuck_list(self) -> None:
        self.text((40, self.y), "Where people got stuck", 18)
        for index, (what, times) in enumerate(self.stuck or [("nowhere", 0)]):
            self.text((LEFT, self.y + 2 + index * 26), f"{times} ×  {what}" if times else what, 15, INK if times else FAINT)

    def x(self, seconds: float) -> float:
        return LEFT + seconds / self.longest * (WIDE - LEFT - RIGHT)

    def text(
        self,
        at: tuple[float, float],
        words: str,
        size: int,
        colour: tuple[int, int, int] = INK,
        *,
        anchor: str = "la",
        width: float = 0.0,
    ) -> None:
        font = self.fonts[size]
        if width and font.getlength(words) > width:
            while words and font.getlength(words + "…") > width:
                words = words[:-1]
            words = words.rstrip() + "…"
        self.pen.text(at, words, colour, font, anchor=anchor)


def _dues(scene: SceneSpec) -> Mapping[str, float]:
    """Seconds from the start within which items are to be met, where that can be said beforehand."""
    world: World = build(scene)
    seen = Seen(world)
    return {
        name: number(item.within, seen)
        for name, item in scene.checklist.items()
        if item.within is not None and item.since is None
    }
