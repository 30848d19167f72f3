"""Gaze: looking at a thing for long enough works it.

The look is that of the eyes where they are measured, else that of the head. It is on what is nearest to its line, within a cone
about it; what it was on a moment ago keeps a wider one, and a blink loses nothing. A thing is worked when the look has rested on
it for the person's `dwell`; then the look must leave it before it can work it again, so that reading a button does not press it
twice (the Midas touch; Jacob 1991, "The use of eye movements in human-computer interaction techniques").

A control that steps both ways opens two marks, less on its left and more on its right: the look goes on to one of them, and while
it stays the step repeats. A thing to take is picked, then placed: by looking at where it fits, or again at itself. On the floor,
or a seat, a look opens a mark that goes there (`treading`).

A gaze works things only for who wants it to (`gaze=on`), or has shown neither a tracked hand nor a key for two seconds: people
who have hands look around without meaning anything by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass, replace
from typing import Any

from engine.interaction.deeds import Deed, Deeds, Verb
from engine.interaction.lines import DEGREE, Line
from engine.interaction.preferences import Preferences, Wishes
from engine.interaction.sighted import Offer, Sighted
from engine.interaction.treading import Treading
from engine.world import World
from engine.world.attention import Attention, Mark, Stage
from engine.world.sight import sight_line
from engine.world.time import ticks
from engine.world.vectors import add, cross, length, scale, subtract, unit
from headset.inputs import Person

SAMPLE = 5
"""Ticks between two looks: 20 a second, more than the three to four fixations of a second."""

EYES, HEAD, TREMBLING = 1.5, 3.0, 3.0
"""Degrees from the look's line within which a thing is looked at: of eyes (trackers are off by 0.5 to 1.5), of a head; and more
with a full tremor."""

STICKS = 1.5
"""How many times wider the cone is for what the look is on already."""

BLINK = 0.3
"""Seconds for which a look may be elsewhere and go on: blinks take 0.1 to 0.4 s (Schiffman 2000)."""

BEGINS = 0.15
"""Seconds of resting before a dwell begins to show: shorter looks pass by."""

MARKS, MARKS_TREMBLING = 5.0, 3.0
"""Degrees from a control to each of its two marks, and more with a full tremor."""

OPENS = 0.5
"""Parts of a dwell after which a control's marks open."""

STAYS = 1.0
"""Seconds for which marks stay open while nobody looks at them or their control."""

REPEATS, SHORTEST = 0.6, 0.4
"""Parts of a dwell after which a step repeats, and the fewest seconds of it."""

HANDLESS = 2.0
"""Seconds without hands or keys after which `gaze=auto` is on."""

NEAREST = 4
"""How many things about a look's line are tried, from the nearest on, until one is in sight."""

SIGN: Mapping[Verb, float] = {"step_down": -1.0, "step_up": 1.0}
"""On which side of its control a mark is."""

Target = tuple[str, str, str]
"""What a look rests on: thing, control, and the verb of a mark or the thing on which it would be placed; empty texts for
nothing."""

NOTHING: Target = ("", "", "")


@dataclass(frozen=True, slots=True)
class Look:
    """One person's look. Ticks are those of the scene's clock."""

    since: int
    """Since when neither hand nor key was shown."""
    hands: bool = False
    """Whether they have shown a hand or a key."""
    on: Target = NOTHING
    rested: int = 0
    """Ticks for which it has rested there, less those that it took for a repeat."""
    off: int = 0
    """Ticks for which it has been elsewhere."""
    spent: bool = False
    """Whether it has worked what it is on, and must leave it."""
    opened: tuple[str, str] = ("", "")
    """The control whose marks are open."""
    unwatched: int = 0
    """Ticks for which nobody has looked at them."""


class Gaze:
    """Everybody's looks. `step` once a tick of the scene's clock."""

    def __init__(self, world: World, wishes: Wishes, deeds: Deeds, sighted: Sighted, treading: Treading) -> None:
        self.world = world
        self.wishes = wishes
        self.deeds = deeds
        self.sighted = sighted
        self.treading = treading
        self.looks: dict[str, Look] = {}

    def step(self) -> None:
        """Follow every look by a tick; what one has rested on long enough is done."""
        sampled = self.world.clock % SAMPLE == 0
        for name, person in self.world.people.items():
            look = self.looks.get(name)
            if look is not None and look.hands and not sampled:
                continue
            if look is None:
                look = self.looks[name] = Look(self.world.clock)
            if not look.hands and (person.left.grip is not None or person.right.grip is not None or person.keys):
                look = self.looks[name] = replace(look, hands=True)
            if sampled and (self._wanted(name, look) or look.on[0] or look.opened[0] or name in self.treading.treads):
                self._sample(name, person, look)

    def works(self, person: str) -> bool:
        """Whether a person's gaze works things now."""
        look = self.looks.get(person)
        return look is not None and self._wanted(person, look)

    def rest(self) -> None:
        """Nobody's look is on anything: the clock stands still, or the session is over."""
        for name, look in self.looks.items():
            self.looks[name] = Look(look.since, look.hands)
            self.treading.leave(name)
            self._show(name, None, ())

    def snapshot(self) -> dict[str, Any]:
        """All that can change, as plain data."""
        return {name: astuple(look) for name, look in self.looks.items()}

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Become what `snapshot` was taken of."""
        self.looks = {}
        for name, (since, hands, on, rested, off, spent, opened, unwatched) in snapshot.items():
            self.looks[name] = Look(since, hands, tuple(on), rested, off, spent, tuple(opened), unwatched)

    def _wanted(self, name: str, look: Look) -> bool:
        wish = self.wishes[name].gaze
        if wish == "auto":
            return not look.hands and self.world.clock - look.since >= ticks(HANDLESS)
        return wish == "on"

    def _sample(self, name: str, person: Person, look: Look) -> None:
        """Look where the look is, and do what it has rested on for long enough."""
        head = self.world.head(name)
        if head is None or name in self.world.leaving or not self._wanted(name, look):
            # On the mark that leaves, nothing behind it is worked.
            self.looks[name] = Look(look.since, look.hands)
            self.treading.leave(name)
            self._show(name, None, ())
            return
        wishes = self.wishes[name]
        eyes, ahead = sight_line(self.world, person, head)
        cone = (HEAD if person.gaze is None else EYES) + TREMBLING * wishes.tremor
        line = Line(eyes, ahead, cone)
        if self.treading.on_mark(name, line):
            self._tread(name, Look(look.since, look.hands), line, wishes)
            return
        offers = self.sighted.about(name, line, look.on[0], look.opened[0])
        look, marks = self._marks(look, offers, line, wishes)
        target, offer = self._found(look, offers, marks, line)
        look = _rest(look, target)
        if look.on == NOTHING and not marks:
            self._tread(name, look, line, wishes)
            return
        self.treading.leave(name)
        if look.on != target:  # a blink: it is still on what it was on
            offer = next((one for one in offers if _target(one) == look.on), None)
        self.looks[name] = self._worked(name, look, offer, marks, wishes)
        self._tell(name, self.looks[name], offer, marks, wishes)

    def _tread(self, name: str, look: Look, line: Line, wishes: Preferences) -> None:
        """A look that is on nothing that it could work may be on the floor, or on the mark above a spot of it."""
        self.looks[name] = look
        attends = self.treading.look(name, line, wishes, SAMPLE)
        if attends is None:
            picked = self.deeds.picked.get(name, ("", 0))[0]
            attends = Attention(picked, "", "select", deed="place") if picked else None
        self._show(name, attends, self.treading.marks(name))

    def _marks(self, look: Look, offers: list[Offer], line: Line, wishes: Preferences) -> tuple[Look, tuple[Mark, ...]]:
        """The marks that are open, and where they are now: level with their control, to its left and right for the person."""
        steps = [offer for offer in offers if (offer.deed.thing, offer.deed.control) == look.opened and offer.deed.verb in SIGN]
        if not steps:
            return replace(look, opened=("", ""), unwatched=0), ()
        point = steps[0].point
        apart = MARKS + MARKS_TREMBLING * wishes.tremor
        watched = line.aside(point)[0] <= (2.0 * apart + line.cone) * DEGREE
        unwatched = 0 if watched else look.unwatched + SAMPLE
        if unwatched > ticks(STAYS):
            return replace(look, opened=("", ""), unwatched=0), ()
        away = subtract(point, line.eyes)
        right = unit(cross(away, (0.0, 0.0, 1.0)))
        out = max(length(away) * apart * DEGREE, steps[0].radius)
        marks = tuple(
            Mark(add(point, scale(right, out * SIGN[offer.deed.verb])), offer.deed.verb, offer.deed.thing, offer.deed.control)
            for offer in steps
        )
        return replace(look, unwatched=unwatched), marks

    def _found(self, look: Look, offers: list[Offer], marks: tuple[Mark, ...], line: Line) -> tuple[Target, Offer | None]:
        """What the look is on: the nearer one of open marks; else the thing nearest to its line that is in sight."""
        near: list[tuple[float, int, Target]] = []
        for mark in marks:
            target = (mark.thing, mark.control, mark.deed)
            out = line.aside(mark.point)[0] / (STICKS if target == look.on else 1.0)
            if out <= line.cone * DEGREE:
                near.append((out, 0, target))
        if near:
            target = min(near)[2]
            return target, None
        for index, offer in enumerate(offers):
            target = _target(offer)
            out, along = line.aside(offer.point)
            if target == look.on:
                out /= STICKS
            if out <= line.cone * DEGREE + offer.radius / max(along, 0.1):
                near.append((out, index, target))
        for _, index, target in sorted(near)[:NEAREST]:
            if self.sighted.sees(line.eyes, offers[index]):
                return target, offers[index]
        return NOTHING, None

    def _worked(self, name: str, look: Look, offer: Offer | None, marks: tuple[Mark, ...], wishes: Preferences) -> Look:
        """Do what the look has rested on for long enough."""
        dwell = ticks(wishes.dwell)
        thing, control, verb = look.on
        step = next((one for one in SIGN if one == verb), None)
        if step is not None:
            if not marks or look.off or look.rested < dwell:
                return look
            self.deeds.do(name, Deed(thing, control, step), f"gaze on its mark for {wishes.dwell:g} s")
            again = max(ticks(SHORTEST), int(dwell * REPEATS))
            return replace(look, rested=dwell - again, spent=True)
        if offer is None or look.spent:
            return look
        if offer.deed.verb in SIGN:
            if look.rested >= dwell * OPENS:
                return replace(look, opened=(thing, control), unwatched=0, spent=True)
        elif look.rested >= dwell and look.off == 0:
            self.deeds.do(name, offer.deed, f"gaze on it for {wishes.dwell:g} s")
            return replace(look, spent=True)
        return look

    def _tell(self, name: str, look: Look, offer: Offer | None, marks: tuple[Mark, ...], wishes: Preferences) -> None:
        """Show what the look is on and how far it is; or what the person has picked."""
        thing, control, verb = look.on
        dwell = float(ticks(wishes.dwell))
        if not thing:
            picked = self.deeds.picked.get(name, ("", 0))[0]
            self._show(name, Attention(picked, "", "select", deed="place") if picked else None, marks)
            return
        point = next((mark.point for mark in marks if mark.deed == verb), None)
        deed = verb if verb in SIGN else ""
        if offer is not None:
            point, deed = offer.point, "" if offer.deed.verb in SIGN else offer.deed.verb
            if offer.deed.verb in SIGN:
                dwell *= OPENS
        stage: Stage = "hover" if look.rested < ticks(BEGINS) else "focus"
        progress = max(0.0, min(1.0, look.rested / dwell))
        if look.spent and verb not in SIGN:
            stage, progress = "select", 1.0
        self._show(name, Attention(thing, control, stage, progress, point, deed), marks)

    def _show(self, name: str, attention: Attention | None, marks: tuple[Mark, ...]) -> None:
        if attention is None:
            self.world.attention.pop((name, "gaze"), None)
        else:
            self.world.attention[name, "gaze"] = attention
        if marks:
            self.world.marks[name, "gaze"] = marks
        else:
            self.world.marks.pop((name, "gaze"), None)


def _rest(look: Look, target: Target) -> Look:
    """The look, a sample later: it rests on, blinks, or has gone to another target."""
    if target == look.on:
        return replace(look, rested=look.rested + SAMPLE, off=0)
    if look.on != NOTHING and look.off + SAMPLE <= ticks(BLINK) and (target == NOTHING or not look.spent):
        return replace(look, off=look.off + SAMPLE)
    return replace(look, on=target, rested=0, off=0, spent=False)


def _target(offer: Offer) -> Target:
    return offer.deed.thing, offer.deed.control, "" if offer.thing == offer.deed.thing else offer.thing
