"""Bodies without hands: the same goals, done by deeds. What they see of the engine is what it shows them: focus and marks."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from engine.rehearsal.bodies.asked import Asked, Stuck, called
from engine.rehearsal.body import Body, Steps
from engine.rehearsal.goals import Goal, meets, wanted
from engine.rehearsal.motor import Draws
from engine.rehearsal.seeing import open_way
from engine.rehearsal.skills import control_of
from engine.rehearsal.traits import CAREFUL, draw
from engine.rehearsal.walking import Ways, free_floor
from engine.session import Event, Session
from engine.world.floor import Spot
from engine.world.joints import AXES, place_of
from engine.world.vectors import Vec3, add, distance, scale
from headset.inputs import Hand, Key, Person

AT_FIRST = 2.5
"""Seconds until the engine knows that someone has no hands."""

HOLDS, LOOKS = 5.0, 2.5
"""Seconds for which a thing is held that is only to be taken, and looked at that is only to be seen."""

STEPS = 80
"""Steps of a control at the most: a whole range of twentieths, four times."""

FAR = 8.0
"""Metres within which the engine offers deeds."""

TRIES = 2
"""How often they try a thing before they give it up."""

NEAR, HOPS = 2.0, 12
"""Metres from what is out of sight within which they go to see it, and steps at the most to get there."""

Try = Generator[None, None, bool]


class Handless:
    """Someone with a head, and whatever else a kind of body adds. `person` is asked once a tick, in order."""

    def __init__(self, session: Session, asked: Asked) -> None:
        self.session = session
        self.world = session.world
        self.asked = asked
        self.failures: list[Stuck] = []
        chance = Draws((0,))
        self.body = Body(session.world, draw(CAREFUL, chance), chance)
        self.keys: frozenset[Key] = frozenset()
        self.told: list[Event] = []
        """What has happened since the deed that is being done was begun."""
        self._origin = session.world.origin
        self._goes = False
        """Whether they are taking a step by themselves, and are not surprised to be elsewhere."""
        self._sent: tuple[Person, frozenset[Key], Person] | None = None
        self._life = self._live()

    def person(self, tick: int) -> Person:
        """Head and keys at a tick: the same object as a tick ago if nothing moved."""
        del tick
        if self._goes:
            self._origin = self.world.origin
        if self.world.origin is not self._origin:
            self._origin, self.keys, self._life = self.world.origin, frozenset(), self._live()
        next(self._life)
        whole = self.body.person()
        if self._sent is None or self._sent[0] is not whole or self._sent[1] != self.keys:
            self._sent = (whole, self.keys, replace(whole, left=Hand(), right=Hand(), keys=self.keys))
        return self._sent[2]

    def note(self, events: Iterable[Event]) -> None:
        """Take in what happened."""
        self.told += [event for event in events if event.who == "participant"]

    # --- what a kind of body does its own way

    def do(self, verb: str, thing: str, control: str, enough: Callable[[], bool]) -> Try:
        """Do a deed, again and again until it is `enough`; whether it came to that."""
        raise NotImplementedError

    def step(self, way: Sequence[Spot]) -> Try:
        """Go some of a way on the floor; whether they did."""
        raise NotImplementedError

    def ready(self) -> Steps:
        """What there is to do before anything else."""
        yield from self.body.wait(AT_FIRST)

    # --- the same for all

    def _live(self) -> Steps:
        yield from self.ready()
        while True:
            goal = self.asked.next()
            if goal is None:
                yield from self.body.wait(0.1)
                continue
            for attempt in range(TRIES):
                why = yield from self._attempt(goal)
                if not why:
                    break
                if attempt < TRIES - 1:
                    yield from self._approach(goal)
                if attempt == TRIES - 1:
                    self.failures.append(Stuck(self.session.state, called(self.world, goal), goal.thing, why))
            self.asked.settle()

    def _attempt(self, goal: Goal) -> Generator[None, None, str]:
        """Do it once: empty if it worked, else why not."""
        thing, control = goal.thing, goal.control
        if not self.world.present(thing):
            return f"{thing} is not there"
        match goal.verb:
            case "turn":
                why = yield from self._turn(goal)
            case "press":
                flag = self.world.bodies[thing].card.controls[control].raises
                why = yield from self._once("press", thing, control, ("raised", f"{thing}.{flag}"))
            case "look":
                yield from self.body.look(self.point("look", thing, ""))
                yield from self.body.wait(LOOKS)
                why = ""
            case "take":
                why = yield from self._once("pick", thing, "", ("grabbed", thing))
                if not why:
                    yield from self.body.wait(HOLDS)
                    why = yield from self._once("place", thing, "", ("released", thing))
            case "fit":
                why = ""
                if thing not in self.world.fitted:
                    why = yield from self._once("pick", thing, "", ("grabbed", thing))
                    why = why or (yield from self._once("place", thing, "", ("fitted", thing)))
        return why

    def _approach(self, goal: Goal) -> Steps:
        """Go to where what is out of sight is seen, if it is that and a way leads there."""
        verb, thing, control = ("look" if goal.verb == "look" else "pick"), goal.thing, goal.control
        for _ in range(HOPS):
            point = self.point(verb, thing, control)
            spot = self._spot(point, thing) if self.hidden(verb, thing, control) else None
            way = None if spot is None else self._ways.way(self.body.spot, spot)
            if way is None:
                return
            self._goes = True
            self.told.clear()
            gone = yield from self.step(way)
            self._goes = False
            if not gone:
                return

    @cached_property
    def _ways(self) -> Ways:
        """The free floor; looked at when something is out of sight for the first time."""
        return Ways(free_floor(self.world))

    def _spot(self, point: Vec3, thing: str) -> Spot | None:
        """The free spot near a point from which it is seen that is nearest to it."""
        height = self.body.sight[2]
        seen = (
            spot
            for spot in self._ways.spots((point[0], point[1]), NEAR)
            if open_way(self.world, (*spot, height), self._before(point, thing), thing)
        )
        return min(seen, key=lambda spot: (distance((*spot, 0.0), (point[0], point[1], 0.0)), spot), default=None)

    def _before(self, point: Vec3, thing: str) -> Vec3:
        return add(point, scale(self.world.places[thing].direction(AXES["depth"]), 0.05))

    def moved(self) -> bool:
        """Whether they have gone somewhere since they began to."""
        return any(one.event == "moved" for one in self.told)

    def _once(self, verb: str, thing: str, control: str, event: tuple[str, str]) -> Generator[None, None, str]:
        self.told.clear()
        done = yield from self.do(verb, thing, control, lambda: any((one.event, one.what) == event for one in self.told))
        return "" if done else self.why(verb, thing, control)

    def _turn(self, goal: Goal) -> Generator[None, None, str]:
        path = (goal.thing, self.world.bodies[goal.thing].card.controls[goal.control].sets)

        def enough() -> bool:
            return meets(self.world, goal, float(self.world.value(path)))

        if enough():
            return ""
        up = goal.operator in (">", ">=") or (goal.operator == "==" and float(self.world.value(path)) < wanted(self.world, goal))
        verb = "step_up" if up else "step_down"
        done = yield from self.do(verb, goal.thing, goal.control, enough)
        return "" if done else self.why(verb, goal.thing, goal.control)

    def point(self, verb: str, thing: str, control: str) -> Vec3:
        """What one looks at to do a deed: the control, the middle of the thing, or where it would be placed."""
        if control:
            return control_of(self.world, thing, control)[1]
        host, _, place = self.world.scene.things[thing].place.fits.partition(".")
        if verb == "place" and host and thing not in self.world.fitted:
            return place_of(self.world, host, place).position
        return self.world.places[thing].point((0.0, 0.0, self.world.bodies[thing].size[2] / 2))

    def hidden(self, verb: str, thing: str, control: str) -> str:
        """Why a thing is out of sight; empty if it is not."""
        point = self.point(verb, thing, control)
        if distance(self.body.sight, point) > FAR:
            return f"it is {distance(self.body.sight, point):.1f} m away, and deeds go {FAR:g} m"
        host = self.world.scene.things[thing].place.fits.partition(".")[0]
        seen = open_way(self.world, self.body.sight, self._before(point, thing), thing, host)
        return "" if seen else "it is not seen from where they are"

    def why(self, verb: str, thing: str, control: str) -> str:
        """Why a deed was not done, as far as can be told by looking."""
        return self.hidden(verb, thing, control) or f"no deed '{verb}' is offered"
