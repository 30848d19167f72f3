"""The way out that every scene has and none can take away, for every body; in every state, paused or not.

    menu      the menu button held for a second; a palm held up, which drivers of tracked hands report as that button
    gaze      a look that rests for two seconds on the mark that leaves
    keys      `select` or `back` held for two seconds: one switch is enough
    grips     both hands squeezed for two seconds with nothing in them

Each is held without a break, so that nobody leaves by chance; an operator, and a spoken word, leave by a command. It counts
session ticks, not scene time, so it works while paused.

The mark that leaves is always 30 degrees below the horizon, 25 degrees to the left of where the body faces: not straight ahead,
where the work lies. How the body faces is told by the head: it follows once the head is turned far away, and then comes round to
it; so the mark stands still while one looks at it. It is there for whose gaze works things, and for who has had no tracked hand
for two seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import sqrt
from typing import Any

from engine.interaction.gaze import Gaze
from engine.interaction.preferences import Wishes
from engine.world import World
from engine.world.attention import Mark
from engine.world.sight import sight_line
from engine.world.vectors import Vec3, add, dot, scale, unit
from headset.inputs import SIDES, TICKS_PER_SECOND, Person

MENU_TICKS = TICKS_PER_SECOND
"""How long a menu button is held: one second, long enough not to happen by chance."""

HOLD_TICKS = 2 * TICKS_PER_SECOND
"""How long everything else is held: hands squeeze and eyes rest for a second without meaning anything."""

SQUEEZED = 60
"""Per cent of squeeze from which a hand is a fist."""

HANDLESS = 2 * TICKS_PER_SECOND
"""Ticks without a tracked hand after which the mark is there."""

BELOW: tuple[float, float] = (0.8660254037844386, -0.5)
"""Cosine and sine of -30 degrees."""

LEFT: tuple[float, float] = (0.9063077870366499, 0.42261826174069944)
"""Cosine and sine of 25 degrees."""

WITHIN, TREMBLING = 0.9961946980917455, 0.0078
"""Cosine of the 5 degrees about the mark that belong to it; and how much less with a full tremor: 8.7 degrees."""

FOLLOWS, THERE = 0.5, 0.9998476951563913
"""Cosines of the turn of the head from which the body follows (60 degrees), and at which it has come round (1 degree)."""

BENT = -0.25
"""Sine of the height (-14 degrees) below which a look may be on its way to the mark: a body that comes round to it stops."""

ROUND: tuple[float, float] = (0.9999500004166653, 0.009999833334166664)
"""Cosine and sine of how far a body follows in a tick: 57 degrees a second."""

AWAY = 1.0
"""Metres from the eyes at which the mark is drawn."""

WORDS: Mapping[str, str] = {
    "left menu": "menu button held for a second",
    "right menu": "menu button held for a second",
    "gaze": "gaze rested on the mark that leaves for 2 s",
    "select": "select held for 2 s",
    "back": "back held for 2 s",
    "grips": "both hands squeezed for 2 s with nothing in them",
}
"""Each way out, and how the log has it."""

MENU = {side: f"{side} menu" for side in SIDES}


class WayOut:
    """Watches everybody for a gesture that leaves. `step` in every session tick."""

    def __init__(self, world: World, wishes: Wishes, gaze: Gaze) -> None:
        self.world = world
        self.wishes = wishes
        self.gaze = gaze
        self.since: dict[tuple[str, str], int] = {}
        """(person, way) → the session tick since which it is held."""
        self.handless: dict[str, int] = {}
        """Person → the session tick since which no hand of theirs is tracked."""
        self.front: dict[str, tuple[float, float, bool]] = {}
        """Person → to the east and north of their own space, where their body faces, and whether it is coming round."""

    def step(self, tick: int) -> tuple[str, str] | None:
        """Who has just asked to leave, and how; None while nobody has."""
        asked: tuple[str, str] | None = None
        if self.world.leaving:
            self.world.leaving.clear()
        for name, person in self.world.people.items():
            if self._idle(name, person):
                continue
            held = set(self._held(tick, name, person))
            for way in WORDS if held or self.since else ():
                if way not in held:
                    self.since.pop((name, way), None)
                    continue
                lasts = MENU_TICKS if way.endswith("menu") else HOLD_TICKS
                part = (tick - self.since.setdefault((name, way), tick)) / lasts
                self.world.leaving[name] = max(self.world.leaving.get(name, 0.0), min(1.0, part))
                if part >= 1.0 and asked is None:
                    asked = (name, WORDS[way])
        return asked

    def snapshot(self) -> dict[str, Any]:
        """All that can change, as plain data."""
        return {"since": dict(self.since), "handless": dict(self.handless), "front": dict(self.front)}

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Become what `snapshot` was taken of."""
        self.since = dict(snapshot["since"])
        self.handless = dict(snapshot["handless"])
        self.front = dict(snapshot["front"])

    def _idle(self, name: str, person: Person) -> bool:
        """Whether there is plainly nothing to be done: someone has hands, wishes for nothing, and holds nothing that leaves."""
        left, right = person.left, person.right
        return not (
            left.buttons
            or right.buttons
            or person.keys
            or self.since
            or (left.squeeze >= SQUEEZED and right.squeeze >= SQUEEZED)
            or (left.grip is None and right.grip is None)
            or name in self.handless
            or name in self.wishes.of
        )

    def _held(self, tick: int, name: str, person: Person) -> Iterator[str]:
        """The ways out that a person is on in this tick."""
        left, right = person.left, person.right
        if "menu" in left.buttons:
            yield MENU["left"]
        if "menu" in right.buttons:
            yield MENU["right"]
        if person.keys:
            yield from (key for key in ("select", "back") if key in person.keys)
        if left.squeeze >= SQUEEZED and right.squeeze >= SQUEEZED and self._empty(name):
            yield "grips"
        if left.grip is not None or right.grip is not None:
            if name in self.handless:
                del self.handless[name]
            if not self.gaze.works(name):
                if (name, "leave") in self.world.marks:
                    del self.world.marks[name, "leave"]
                return
        elif tick - self.handless.setdefault(name, tick) < HANDLESS and not self.gaze.works(name):
            return
        if self._on_mark(name, person):
            yield "gaze"

    def _empty(self, name: str) -> bool:
        """Whether a person's hands hold and work nothing."""
        world = self.world
        return all(person != name for person, _ in (*world.held.values(), *world.worked.values()))

    def _on_mark(self, name: str, person: Person) -> bool:
        """Whether a person looks at the mark, which is put where it belongs."""
        head = self.world.head(name)
        if head is None:
            self.world.marks.pop((name, "leave"), None)
            return False
        eyes, ahead = sight_line(self.world, person, head)
        mark = self._mark(name, head.direction((0.0, 1.0, 0.0)))
        self.world.marks[name, "leave"] = (Mark(add(eyes, scale(mark, AWAY)), "leave"),)
        return dot(ahead, mark) >= WITHIN - TREMBLING * self.wishes[name].tremor

    def _mark(self, name: str, ahead: Vec3) -> Vec3:
        """The direction of the mark, once the body has followed a head that looks `ahead`."""
        level = sqrt(ahead[0] * ahead[0] + ahead[1] * ahead[1])
        x, y, coming = self.front.get(name, (0.0, 0.0, False))
        if level > 0.1:  # one who looks straight up or down faces as before
            east, north = ahead[0] / level, ahead[1] / level
            if x == 0.0 and y == 0.0:
                x, y = east, north
            turned = x * east + y * north
            coming = turned < (THERE if coming and ahead[2] > BENT else FOLLOWS)
            if coming:
                sine = ROUND[1] if x * north - y * east >= 0.0 else -ROUND[1]
                x, y, _ = unit((x * ROUND[0] - y * sine, x * sine + y * ROUND[0], 0.0))
            self.front[name] = (x, y, coming)
        elif x == 0.0 and y == 0.0:
            y = 1.0
        left = (x * LEFT[0] - y * LEFT[1], x * LEFT[1] + y * LEFT[0])
        return (left[0] * BELOW[0], left[1] * BELOW[0], BELOW[1])
