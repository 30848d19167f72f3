"""Bodies with hands: both, one, those of someone who sits, and of someone who cannot hear."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace

from engine.rehearsal.bodies.asked import Asked, Stuck, called
from engine.rehearsal.body import Steps
from engine.rehearsal.goals import Goal
from engine.rehearsal.trainee import TRIED_SPOTS, Trainee
from engine.rehearsal.traits import CAREFUL, People
from engine.session import Session
from engine.world.floor import Spot
from engine.world.vectors import Transform, Vec3, add, distance, look_at, rotate, scale, subtract, unit
from engine.world.world import Line
from headset.inputs import FULL, SIDES, TICKS_PER_SECOND, Hand, Person, Pose, Side

READ = 0.065
"""Seconds that reading a character of a caption takes: 15 a second (BBC subtitle guidelines, 2022)."""

SEATED_EYES = 1.2
"""Metres from the floor to the eyes of someone who sits: those of the engine (`engine.world.building`)."""

BREAST = 0.3
"""Metres from the eyes down to the point from which the wish for reach is counted (`engine.interaction.body`)."""

HOP, THERE, HOPS = 3.0, 0.35, 12
"""Metres of one step of a teleport at the most; metres from where one meant to go that are close enough; steps to get there."""

SLOPES = tuple(0.1 * step for step in range(-18, 9))
"""How steeply a hand points, from near its own feet to far away."""


class Handed(Trainee):
    """Someone with these hands, who does what is asked for, when it is. The driver knows nothing of the other hand."""

    def __init__(self, session: Session, asked: Asked, sides: Sequence[Side] = SIDES, people: People | None = None) -> None:
        self.session = session
        self.asked = asked
        self.sides = tuple(sides)
        self.failures: list[Stuck] = []
        super().__init__(session.world, people or CAREFUL, (0,), plan=())
        self.hand: Side = "right" if "right" in self.sides else "left"

    def person(self, tick: int) -> Person:
        """Head and hands at a tick; to be asked once for each, in order."""
        person = super().person(tick)
        for side in SIDES:
            if side not in self.sides:
                person = replace(person, left=Hand()) if side == "left" else replace(person, right=Hand())
        return person

    def _next(self) -> Goal | None:
        return self.asked.next()

    def _pursue(self, goal: Goal) -> Steps:
        yield from super()._pursue(goal)
        self.asked.settle()

    def _give_up(self, goal: Goal, why: str) -> None:
        super()._give_up(goal, why)
        self.failures.append(Stuck(self.session.state, called(self.world, goal), goal.thing, why))

    def _idle(self) -> Steps:
        yield from self.body.wait(0.1)


class Unhearing(Handed):
    """Two hands, and no hearing: does nothing before having read what is written of what is said."""

    def __init__(self, session: Session, asked: Asked) -> None:
        super().__init__(session, asked)
        self.read: set[tuple[str, int]] = set()
        """Lines that they have begun to read: speaker, and when it began."""
        self.reads_until = 0.0
        """The scene tick at which they have read all that was written so far."""

    def person(self, tick: int) -> Person:
        """Head and hands at a tick; what is written now is read."""
        for speaker, line in self.world.lines.items():
            if (speaker, line.began) not in self.read:
                self.read.add((speaker, line.began))
                self._read(speaker, line)
        return super().person(tick)

    def _read(self, speaker: str, line: Line) -> None:
        needed, shown = READ * len(line.text), (line.ends - line.began) / TICKS_PER_SECOND
        why = f"it is written for {shown:g} s, and takes {needed:.1f} s to read" if shown < 0.99 * needed else ""
        if self.session.preferences["participant"].captions == "off":
            why = "no captions are shown"
        if why:
            self.failures.append(Stuck(self.session.state, f"read '{line.key}' of {speaker}", speaker, why))
        self.reads_until = max(self.reads_until, self.world.clock + needed * TICKS_PER_SECOND)

    def _pursue(self, goal: Goal) -> Steps:
        while self.world.clock < self.reads_until:
            yield
        yield from super()._pursue(goal)


class Seated(Handed):
    """Someone on a chair, with two hands that reach 50 cm, and further by the `reach` that they wish for. They get about by the
    stick, never on foot."""

    def __init__(self, session: Session, asked: Asked, reach: float = 1.0) -> None:
        self._hops = False
        self._reach = reach
        super().__init__(session, asked, people=replace(CAREFUL, reach=CAREFUL.reach * reach))
        self.body.eyes = (0.0, 0.0, SEATED_EYES)
        self.body.seated = True
        for side in SIDES:
            self.body.hands[side] = Transform(add(self.body.eyes, (0.22 if side == "right" else -0.22, 0.3, -0.4)))
        self.body.watched = add(self.body.eyes, (0.0, 4.0, 0.0))
        self._walks = bool(self._ways.free) and session.world.bodies["participant"].parameters.get("locomotion") != "still"

    def person(self, tick: int) -> Person:
        """Head and hands at a tick; who takes a step by themselves is not surprised to be elsewhere."""
        if self._hops or tick < 10:
            self._origin = self.world.origin
        person = super().person(tick)
        return person if self._reach <= 1.0 else replace(person, left=self._real(person.left), right=self._real(person.right))

    def _real(self, hand: Hand) -> Hand:
        """Where a hand is in truth that is felt further out: the engine takes it away from the breast by the wish."""
        if hand.grip is None:
            return hand
        x, y, z = add(self.body.eyes, self.body.lean)
        breast = (x, y, z - BREAST)
        pose = Pose.of(add(breast, scale(subtract(hand.grip.metres, breast), 1.0 / self._reach)), hand.grip.quaternion)
        return replace(hand, grip=pose, aim=pose)

    def _go(self, side: Side, point: Vec3, out: Vec3, around: Sequence[str]) -> Generator[None, None, Vec3 | None]:
        lean = self.body.leaning(side, point)
        if lean is not None and self._free(point, self.body.spot, around):
            return lean
        for spot in self._spots(side, point, out)[:TRIED_SPOTS] if self._walks else ():
            if not self._free(point, spot, around) or not (yield from self._walk(spot)):
                continue
            yield from self.body.face(point)
            lean = self.body.leaning(side, point)
            if lean is not None and self._free(point, self.body.spot, around):
                return lean
        return None

    def _walk(self, spot: Spot) -> Generator[None, None, bool]:
        """Step after step to a spot; False if no arc leads there."""
        for _ in range(HOPS):
            way = self._ways.way(self.body.spot, spot)
            if way is None:
                return False
            if _far(self.body.spot, spot) <= THERE:
                return True
            first = way[1] if len(way) > 1 else spot
            if not (yield from self._hop(_short_of(self.body.spot, first))):
                return _far(self.body.spot, spot) <= 2.0 * THERE
        return False

    def _hop(self, goal: Spot) -> Generator[None, None, bool]:
        """One step by an arc: the stick ahead, the hand pointed so that the arc comes down as near as it can, and let go."""
        body, side = self.body, self.hand
        here = body.spot
        self._hops = True
        yield from body.face((goal[0], goal[1], body.sight[2]))
        body.stick[side] = (0, FULL)
        best: tuple[float, float] | None = None
        for slope in SLOPES:
            self._point_arc(side, goal, slope)
            yield
            yield
            far = self._landing(side, goal)
            if far is not None and (best is None or far < best[0]):
                best = (far, slope)
        if best is not None and best[0] < _far(here, goal) - 0.05:
            self._point_arc(side, goal, best[1])
            yield
            yield
        else:
            body.stick[side] = (0, -FULL)
            body.stir()
            yield
        body.stick[side] = (0, 0)
        body.stir()
        for _ in range(5):
            yield
        self._hops = False
        yield from body.withdraw(side)
        return _far(body.spot, here) > 0.05

    def _point_arc(self, side: Side, goal: Spot, slope: float) -> None:
        start = add(self.body.sight, rotate(self.world.origin.turn, rotate(self.body.front, (0.15, 0.3, -0.35))))
        ahead = unit((goal[0] - start[0], goal[1] - start[1], 0.0))
        self.body.hands[side] = self.body.own(
            Transform(start, look_at(start, add(start, add(ahead, scale((0.0, 0.0, 1.0), slope)))))
        )
        self.body.stir()

    def _landing(self, side: Side, goal: Spot) -> float | None:
        arc = self.world.arcs.get(("participant", side))
        if arc is None or arc.landing is None:
            return None
        x, y, _ = arc.landing.position
        return _far((x, y), goal)


def _far(one: Spot, other: Spot) -> float:
    return distance((*one, 0.0), (*other, 0.0))


def _short_of(start: Spot, end: Spot) -> Spot:
    """The point on the way to an end that is one step away, or the end."""
    far = _far(start, end)
    if far <= HOP:
        return end
    part = HOP / far
    return (start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part)
