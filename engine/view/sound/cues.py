"""The moments of an interface: the same for what is heard, felt and seen. Read from the world and its events; nothing is decided.

    hover     a hand, a look or a key has come upon what can be worked
    focus     a look rests on it; dwell: at each third of that rest
    press …   what a person did, by whatever body, as the session's events tell it

Of what happens to a thing in one frame only the weightiest is a cue: a mask that is let go and fits is one moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from engine.session import Event
from engine.view.marks import BEGUN, spot
from engine.view.sound.earcons import Name
from engine.world import World
from engine.world.attention import Attention, By
from engine.world.vectors import Transform, Vec3
from headset.inputs import Side

ME = "participant"

WEIGHT: Final[tuple[Name, ...]] = ("hover", "dwell", "focus", "detent", "put", "take", "press", "fit", "refused")
"""The weightiest last."""

DONE: Final[Mapping[str, Name]] = {
    "raised": "press",
    "fitted": "fit",
    "grabbed": "take",
    "released": "put",
    "landed": "put",
    "returned": "put",
    "moved": "put",
}
"""What is done to a thing, by the event that tells of it."""

REFUSED: Final = ("deed_refused", "fit_refused", "not_understood", "set_refused")
"""Events of what the participant could not do."""

NOTICES: Final = ("time_nearly_over",)
"""Events of which something is shown to be read for a while."""

THIRDS = 3
"""Parts of a dwell that are heard."""

AGAIN = 50
"""Ticks within which coming back to the same thing is no news: attention flickers at an edge."""

APART = 8
"""Ticks from one hover to the next: a ray that sweeps over ten things does not rattle."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One moment."""

    name: Name
    point: Vec3 | None = None
    """Where in the scene; None: at no place, but with the person."""
    side: Side | None = None
    """The hand that did it; None: a look, a key, a word, or nobody's."""
    third: int = 0
    """Of a dwell: how many thirds are over."""
    thing: str = ""


class Opened(Protocol):
    """A panel that is open before the person."""

    place: Transform

    def looks(self) -> Mapping[str, str]:
        """Every item that does not look plain: `hover`, `focus`, `pressed`."""

    def hand(self) -> Side | None:
        """The hand that is on an item; None: a look, a key, or nothing is."""

    def part(self, name: str) -> tuple[float, float, float, float]:
        """Where an item's middle is from the panel's: across, up, in metres; and its size."""


class Cues:
    """Finds them. `watch` once a frame that played a tick, with its events."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._on: dict[By, Attention] = {}
        self._left: dict[By, tuple[tuple[str, str, str], int]] = {}
        """Means → what it was on last, and the tick at which it left that."""
        self._hovered = -APART
        self._leaving = False
        self._panel: Opened | None = None
        self._looks: Mapping[str, str] = {}

    def watch(self, events: Sequence[Event], tick: int, panel: Opened | None = None, chosen: str = "") -> list[Cue]:
        """The cues of a frame that ends with the session tick `tick`, the weightiest of each thing; `panel` is open now, and
        `chosen` the item that was chosen on it."""
        found = [*self._attended(tick)]
        if events:
            found += [cue for event in events for cue in self._told(event)]
        leaving = self.world.leaving.get(ME, 0.0) >= BEGUN
        if leaving and not self._leaving:
            found.append(Cue("leave"))
        self._leaving = leaving
        if panel is not None or self._panel is not None:
            found += self._shown(panel, chosen)
        return found if len(found) < 2 else _weightiest(found)

    def _attended(self, tick: int) -> Iterator[Cue]:
        attention = self.world.attention
        for by in list(self._on):
            if (ME, by) not in attention:
                self._left[by] = (_target(self._on.pop(by)), tick)
        for (person, by), one in attention.items():
            before = self._on.get(by)
            if before is one or person != ME:
                continue
            self._on[by] = one
            if before is None or _target(before) != _target(one):
                yield from self._come_upon(by, one, before, tick)
            elif by == "gaze" and one.stage == "focus":
                yield from self._rests(one, before)

    def _come_upon(self, by: By, one: Attention, before: Attention | None, tick: int) -> Iterator[Cue]:
        left = (_target(before), tick) if before is not None else self._left.get(by, (("", "", ""), 0))
        back = left[0] == _target(one) and tick - left[1] < AGAIN
        if one.stage != "select" and not back and tick - self._hovered >= APART and self.world.present(one.thing):
            self._hovered = tick
            yield Cue("hover", self._at(one), _side(by), thing=one.thing)

    def _rests(self, one: Attention, before: Attention) -> Iterator[Cue]:
        if before.stage == "hover":
            yield Cue("focus", self._at(one), thing=one.thing)
            return
        third = int(one.progress * THIRDS)
        if third > int(before.progress * THIRDS) and third < THIRDS:
            yield Cue("dwell", self._at(one), third=third, thing=one.thing)

    def _told(self, event: Event) -> Iterator[Cue]:
        if event.who == "scenario":
            return
        name = DONE.get(event.event)
        if event.event in REFUSED and event.who in (ME, "engine"):
            name = "refused"
        elif event.event in NOTICES:
            yield Cue("notice")
        elif event.event == "changed":
            name = self._changed(event)
        if name is None:
            return
        thing, _, part = event.what.partition(".")
        if thing not in self.world.bodies:
            yield Cue(name)
            return
        control = self._control(thing, part)
        worked = self.world.worked.get((thing, control))
        by = worked[1] if worked is not None else event.value
        yield Cue(name, self._at(Attention(thing, control, "select")), _side(by), thing=thing)

    def _changed(self, event: Event) -> Name | None:
        """A switch that a person turned over was pressed; a step of a control is one of its detents. What a hand moves smoothly
        is seen, and has no moments."""
        thing, _, part = event.what.partition(".")
        control = self._control(thing, part) if thing in self.world.bodies else ""
        if not control:
            return None
        one = self.world.bodies[thing].card.controls[control]
        if one.kind == "switch":
            return "press"
        by_hand = (thing, control) in self.world.worked
        return "detent" if one.step or not by_hand else None

    def _shown(self, panel: Opened | None, chosen: str) -> Iterator[Cue]:
        """What happens on a panel: it opens, an item is pointed at, one is chosen."""
        if panel is None:
            before, self._panel, self._looks = self._panel, None, {}
            if chosen and before is not None:
                yield Cue("choose", side=before.hand())
            return
        if self._panel is None:
            yield Cue("notice")
        looks = panel.looks()
        new = [item for item, look in looks.items() if item not in self._looks or look == "focus" != self._looks[item]]
        if chosen:
            yield Cue("choose", self._item(panel, chosen), panel.hand())
        elif new:
            yield Cue("hover", self._item(panel, new[0]), panel.hand())
        self._panel, self._looks = panel, looks

    def _item(self, panel: Opened, name: str) -> Vec3:
        across, up, _, _ = panel.part(name)
        return self.world.origin.point(panel.place.point((across, 0.0, up)))

    def _control(self, thing: str, part: str) -> str:
        """The control of a thing that is called so, or that raises or sets what is called so; empty if there is none."""
        controls = self.world.bodies[thing].card.controls
        if not part or part in controls:
            return part
        return next((name for name, one in controls.items() if part in (one.raises, one.sets)), "")

    def _at(self, one: Attention) -> Vec3 | None:
        """Where what is attended to is; None for what is at no place, as a spot to go to may be."""
        return one.point or (spot(self.world, one)[0] if one.thing in self.world.bodies else None)


def _target(one: Attention) -> tuple[str, str, str]:
    return one.thing, one.control, one.deed


def _side(by: object) -> Side | None:
    """The hand that a means, or an event's value, names; None if it names none."""
    return "left" if by == "left" else "right" if by == "right" else None


def _weightiest(cues: Sequence[Cue]) -> list[Cue]:
    """Of each thing the weightiest cue, with the hand that any of them tells of; what is of no thing stays. What is only come
    upon is no news beside what is done."""
    kept: dict[str, Cue] = {}
    rest = [cue for cue in cues if not cue.thing]
    for cue in (one for one in cues if one.thing):
        before = kept.get(cue.thing, cue)
        best = cue if WEIGHT.index(cue.name) >= WEIGHT.index(before.name) else before
        kept[cue.thing] = replace(best, side=cue.side or before.side)
    found = [*kept.values(), *rest]
    done = [cue for cue in found if cue.name != "hover"]
    return done or found
