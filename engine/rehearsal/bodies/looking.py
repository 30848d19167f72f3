"""Gaze only: a head that turns, or eyes, and looks that rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from engine.rehearsal.bodies.handless import STEPS, Handless, Try
from engine.rehearsal.seeing import open_way
from engine.world.attention import Mark
from engine.world.floor import Spot
from engine.world.vectors import Vec3, add, distance, scale, subtract
from headset.inputs import Person, Pose

RESTS = 1.6
"""Times a dwell for which a look rests on a thing before one gives up that it does anything."""

AWAY = 0.8
"""Seconds for which a look is on nothing before the next deed, longer than a blink."""


FURTHEST, STRIDE = 5.0, 0.25
"""Metres from the eyes to a spot of the floor that they go to at the most, and between two that they think of."""


class Looking(Handless):
    """Works things by looking at them, with the head alone: the eyes of most people are not measured."""

    def do(self, verb: str, thing: str, control: str, enough: Callable[[], bool]) -> Try:
        """Rest the look on it, and on the mark of a step until it is enough."""
        dwell = self.session.preferences["participant"].dwell
        yield from self.body.look(self.body.world.origin.point(add(self.body.eyes, (0.0, 1.0, 2.0))))
        yield from self.body.wait(AWAY)
        point = self.point(verb, thing, control)
        yield from self.body.look(point)
        steps = verb in ("step_up", "step_down")
        for _ in range(int(RESTS * dwell * 100.0)):
            if enough():
                return True
            if steps and self._mark(verb, thing, control) is not None:
                break
            yield
        if not steps:
            return enough()
        return (yield from self._stay(verb, thing, control, enough, dwell))

    def _stay(self, verb: str, thing: str, control: str, enough: Callable[[], bool], dwell: float) -> Try:
        """Look at a step's mark for as long as it takes."""
        mark = self._mark(verb, thing, control)
        if mark is None:
            return False
        yield from self.body.look(mark.point)
        for tick in range(int(STEPS * dwell * 100.0)):
            if enough():
                yield from self.body.look(self.body.world.origin.point(add(self.body.eyes, (0.0, 1.0, 2.0))))
                return True
            mark = self._mark(verb, thing, control)
            if mark is None:
                return False
            if tick % 10 == 0:
                self.body.watched = self.body.world.origin.local(mark.point)
                self.body.stir()
            yield
        return False

    def step(self, way: Sequence[Spot]) -> Try:
        """Rest the look on the furthest spot of the floor on the way that is seen, and then on the mark that opens."""
        dwell = self.session.preferences["participant"].dwell
        ground = self.world.origin.position[2] - self.world.lift
        spots = [point for one, two in pairwise(way) for point in _between((*one, ground), (*two, ground))]
        sight = self.body.sight
        seen = [one for one in spots if distance(one, sight) <= FURTHEST and open_way(self.world, sight, one)]
        if not seen:
            return False
        yield from self.body.look(self.body.world.origin.point(add(self.body.eyes, (0.0, 1.0, 2.0))))
        yield from self.body.wait(AWAY)
        yield from self.body.look(seen[-1])
        for _ in range(int(RESTS * dwell * 100.0)):
            mark = next((one for one in self.world.marks.get(("participant", "gaze"), ()) if one.deed == "go"), None)
            if mark is not None:
                yield from self.body.look(mark.point)
                for _ in range(int(RESTS * dwell * 100.0)):
                    if self.moved():
                        return True
                    yield
                return False
            yield
        return False

    def _mark(self, verb: str, thing: str, control: str) -> Mark | None:
        marks = self.world.marks.get(("participant", "gaze"), ())
        return next((one for one in marks if (one.deed, one.thing, one.control) == (verb, thing, control)), None)


class Eyes(Looking):
    """The same with eyes that are measured, and a head that stays as it is."""

    _looked: tuple[Person, Person] | None = None
    """The newest head that turned, and the person made of it."""

    def person(self, tick: int) -> Person:
        """Head and eyes at a tick."""
        turned = super().person(tick)
        if self._looked is None or self._looked[0] is not turned:
            self._looked = (turned, replace(turned, head=Pose.of(self.body.eyes), gaze=turned.head))
        return self._looked[1]


def _between(one: Vec3, two: Vec3) -> Iterator[Vec3]:
    """Points from one to the other, without the first."""
    count = int(distance(one, two) / STRIDE) + 1
    yield from (add(one, scale(subtract(two, one), index / count)) for index in range(1, count + 1))
