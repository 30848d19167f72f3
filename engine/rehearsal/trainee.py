"""A virtual trainee: looks around, decides, walks, does; forgets and errs as people do, and knows only what can be seen.

    trainee = Trainee(world, People(), seed=(7, 0))
    session.step(tick, [trainee.person(tick)])

It reads the world as eyes do (places, values that show, what stands in the way) and answers with a head and two hands. It never
knows a state nor a rule that fired. What it could not do is in `stuck`, what it got wrong on purpose of chance in `slips`.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace

from engine.rehearsal.body import Body, Steps
from engine.rehearsal.goals import Goal, amount, goals, meets
from engine.rehearsal.motor import Draws
from engine.rehearsal.seeing import open_way
from engine.rehearsal.skills import Skill, Work, carrying, control_of, lift, press, put_on, take, turn_to
from engine.rehearsal.traits import People, draw
from engine.rehearsal.walking import Ways, free_floor
from engine.world import World
from engine.world.floor import Spot
from engine.world.joints import AXES, place_of
from engine.world.vectors import Vec3, add, distance, dot, scale, subtract, unit
from headset.inputs import SIDES, Person, Side

TRIES = 3
"""How often they try a thing before they give it up."""

TRIED_SPOTS = 8
"""From how many spots they try to reach something."""

SHOULDER_HEIGHT = 0.25
"""Metres from the eyes down to the shoulders: from there a hand must have a free way."""

HOLDS = 8.0
"""Seconds for which a thing is held that is only to be taken."""

LOOKS = 2.5
"""Seconds for which a thing is looked at that is only to be seen."""

AGAIN = 10
"""After so many idle looks, of some three seconds each, they look over what they did."""

UNDUE = 240.0
"""Seconds by which what has no limit is thought to be due: after all that has one."""


class Trainee:
    """One virtual person in a world. `seed` is the run's: with the same one the same person does the same. With a `plan` they do
    that, in its order, and nothing else."""

    def __init__(
        self, world: World, people: People | None = None, seed: Sequence[int] = (0,), plan: Sequence[Goal] | None = None
    ) -> None:
        self.world = world
        people = People() if people is None else people
        self.chance = Draws(seed)
        self.traits = draw(people, self.chance)
        self.body = Body(world, self.traits, self.chance)
        self.hand: Side = "left" if self.traits.left_handed else "right"
        self.stuck: list[str] = []
        """What they could not do, and why: `bell.button: cannot be seen`."""
        self.slips: list[str] = []
        """What they forgot, did out of turn or by a wrong amount."""
        self.seen: set[str] = set()
        """Things they know the place of."""
        self.done: set[Goal] = set()
        self._plan = self._planned(people) if plan is None else list(plan)
        self._wrong = {goal for goal in self._plan if goal.verb == "turn" and self.chance.happens(people.sloppiness)}
        self._ways = Ways(free_floor(world))
        walks = world.bodies["participant"].parameters.get("locomotion") != "still"
        self._walks = bool(self._ways.free) and walks and not self.body.seated
        self._origin = world.origin
        self._moved = False
        self._idled = 0
        self._life = self._live()

    def person(self, tick: int) -> Person:
        """Head and hands at a tick; to be asked once for each, in order."""
        if self.world.origin is not self._origin:
            # Someone who finds themselves elsewhere drops what they were about, and looks around anew.
            self._origin, self._moved = self.world.origin, True
            self.body.squeeze = dict.fromkeys(SIDES, 0)
            self.done = {goal for goal in self.done if not goal.later}
            self._life = self._live()
        next(self._life)
        return self.body.person()

    # --- deciding

    def _planned(self, people: People) -> list[Goal]:
        """The goals in the order in which this person means to do them, less what they forget."""
        ranked: list[tuple[float, int, Goal]] = []
        for index, goal in enumerate(goals(self.world)):
            if self.chance.happens(people.forgetting) and not goal.later:
                self.slips.append(f"forgot {goal.name}")
                continue
            rank = (goal.due if goal.due is not None else UNDUE) / 60.0 + self.chance.between(0.0, 2.0)
            if self.chance.happens(people.disorder):
                rank += self.chance.between(-4.0, 4.0)
                self.slips.append(f"{goal.name} out of turn")
            ranked.append((rank, index, goal))
        return [goal for _, _, goal in sorted(ranked, key=lambda one: one[:2])]

    def _live(self) -> Steps:
        yield from self.body.wait(self.traits.reaction)
        yield from self._look_around()
        while True:
            goal = self._next()
            if goal is None:
                yield from self._idle()
                continue
            yield from self.body.wait(max(0.5, self.chance.bell(self.traits.deciding, self.traits.deciding / 4.0)))
            yield from self._pursue(goal)

    def _next(self) -> Goal | None:
        """What to do next: what belongs to later only when there is nothing else, or after having been put elsewhere."""
        left = [goal for goal in self._plan if goal not in self.done]
        return next((goal for goal in left if goal.later == self._moved), left[0] if left else None)

    def _pursue(self, goal: Goal) -> Steps:
        if not (yield from self._find(goal.thing)):
            self._give_up(goal, "cannot be seen")
            return
        for _ in range(TRIES):
            why = yield from self._attempt(goal)
            if not why:
                self.done.add(goal)
                return
            if why == "cannot be reached":
                self._give_up(goal, why)
                return
            yield from self.body.wait(2.0 * self.traits.reaction)
        self._give_up(goal, "does not work")

    def _give_up(self, goal: Goal, why: str) -> None:
        self.done.add(goal)
        self.stuck.append(f"{goal.name}: {why}")

    # --- looking

    def _look_around(self) -> Steps:
        """Turn to what there is, and notice some of it."""
        for thing in dict.fromkeys(goal.thing for goal in self._plan if goal.thing not in self.seen):
            point = self._point(thing)
            if distance(self.body.sight, point) < 8.0 and self._in_sight(thing):
                yield from self.body.look(point)
                yield from self.body.wait(0.3 * self.traits.pace)
                if self.chance.happens(self.traits.attention):
                    self.seen.add(thing)

    def _find(self, thing: str) -> Generator[None, None, bool]:
        """Look for a thing, from here and then from the middle of each room, until it is seen."""
        if thing in self.seen:
            return True
        for attempt in range(2):
            for vantage in (None, *self._vantages()):
                if vantage is not None:
                    yield from self._walk(vantage)
                if self._in_sight(thing):
                    yield from self.body.look(self._point(thing))
                    if attempt or self.chance.happens(self.traits.attention):
                        self.seen.add(thing)
                        return True
                yield from self.body.wait(0.8 * self.traits.pace)
        return False

    def _vantages(self) -> list[Spot]:
        if not self._walks:
            return []
        nearest = (self._ways.floor.nearest((room.origin[0], room.origin[1])) for room in self.world.rooms.values())
        return [found[1] for found in nearest if found is not None]

    def _in_sight(self, thing: str) -> bool:
        return self.world.present(thing) and open_way(self.world, self.body.sight, self._point(thing), thing)

    def _point(self, thing: str) -> Vec3:
        """What one looks at of a thing: its first control, else its middle."""
        card = self.world.bodies[thing].card
        name = next(iter(card.controls), None)
        if name is not None:
            return add(control_of(self.world, thing, name)[1], scale(self.world.places[thing].direction(AXES["depth"]), 0.02))
        return self.world.places[thing].point((0.0, 0.0, self.world.bodies[thing].size[2] / 2))

    def _idle(self) -> Steps:
        """Nothing is left to do: look at whoever lies there, and wait."""
        people = [name for name, body in self.world.bodies.items() if body.card.kind == "person" and body.card.solid]
        for name in people[:1]:
            places = self.world.bodies[name].card.places
            point = place_of(self.world, name, "face").position if "face" in places else self._point(name)
            yield from self.body.look(point)
        yield from self.body.wait(self.chance.between(2.0, 4.0))
        self._idled += 1
        if self._idled % AGAIN == 0:
            # What belongs to later may have been too early; and an amount that is off may catch the eye.
            self.done = {goal for goal in self.done if not goal.later and not (self._off(goal) and self._notices())}

    def _off(self, goal: Goal) -> bool:
        return goal.verb == "turn" and goal.thing in self.seen and not meets(self.world, goal, self._value(goal))

    def _notices(self) -> bool:
        return self.chance.happens(self.traits.attention / 2.0)

    # --- doing

    def _attempt(self, goal: Goal) -> Generator[None, None, str]:
        """Do it once: empty if it seems to have worked, else why not."""
        if goal.verb == "turn" and meets(self.world, goal, self._value(goal)):
            return ""
        if goal.verb == "fit" and goal.thing in self.world.fitted:
            return ""
        if goal.verb == "look":
            yield from self.body.look(self._point(goal.thing))
            yield from self.body.wait(LOOKS)
            return ""
        work = yield from self._approach(goal)
        if work is None:
            return "cannot be reached"
        body = self.body
        skill: Skill
        match goal.verb:
            case "press":
                skill = press(body, work)
            case "turn":
                kind = self.world.bodies[goal.thing].card.controls[goal.control].kind
                skill = (turn_to if kind in ("dial", "knob") else lift)(body, work, self._amount(goal))
            case "take":
                skill = self._hold(work)
            case "fit":
                return (yield from self._fit(work))
        worked = yield from skill
        return "" if worked else "missed"

    def _hold(self, work: Work) -> Skill:
        """Take a thing, look at it for a while, put it back where it was."""
        body, home = self.body, self.body.hands[work.side]
        worked = yield from take(body, work)
        there = body.hands[work.side]
        yield from body.reach(work.side, replace(home, position=add(there.position, (0.0, 0.0, 0.15))), 0.1, 100, work.lean)
        yield from body.wait(HOLDS)
        yield from body.reach(work.side, there, 0.05, 100, work.lean)
        yield from body.grip(work.side, False)
        yield from body.withdraw(work.side)
        return worked

    def _fit(self, work: Work) -> Generator[None, None, str]:
        """Take a thing, carry it to where it fits, put it on."""
        body = self.body
        if not (yield from take(body, work)):
            yield from body.grip(work.side, False)
            yield from body.withdraw(work.side)
            return "missed"
        yield from body.withdraw(work.side)
        host, _, place = self.world.scene.things[work.thing].place.fits.partition(".")
        goal = carrying(body, work.side, work.thing, host, place)
        face = place_of(self.world, host, place)
        lean = yield from self._go(work.side, goal, face.direction(AXES["depth"]), (host, work.thing))
        if lean is None:
            yield from body.grip(work.side, False)
            return "cannot be reached"
        yield from body.look(face.position)
        worked = yield from put_on(body, replace(work, lean=lean), host, place)
        return "" if worked else "missed"

    def _approach(self, goal: Goal) -> Generator[None, None, Work | None]:
        """Go to where the goal's thing or control can be reached."""
        world, thing = self.world, goal.thing
        if goal.control:
            control, point = control_of(world, thing, goal.control)
            # A finger reaches further than the palm.
            if control.pressed:
                point = add(point, scale(world.places[thing].direction(AXES["depth"]), 0.09))
        else:
            point = world.places[thing].point((0.0, 0.0, world.bodies[thing].size[2] / 2))
        around = self._around(thing)
        lean = yield from self._go(self.hand, point, world.places[thing].direction(AXES["depth"]), around)
        if lean is None:
            return None
        yield from self.body.look(self._point(thing))
        yield from self.body.wait(self.traits.reaction)
        return Work(self.hand, thing, goal.control, lean)

    def _around(self, thing: str) -> tuple[str, ...]:
        """A thing, what it hangs on or lies in, and what is fitted on it: a hand that comes to one comes to the others too."""
        place = self.world.scene.things[thing].place
        hung = (other for other, one in self.world.scene.things.items() if one.place.thing == thing and other != "participant")
        return tuple(name for name in (thing, place.thing, *hung) if name in self.world.bodies)

    def _amount(self, goal: Goal) -> float:
        """The value to bring a control to; by a slip, once, too little."""
        value = amount(self.world, goal)
        slot = self.world.bodies[goal.thing].card.live[self.world.bodies[goal.thing].card.controls[goal.control].sets]
        if goal in self._wrong:
            self._wrong.discard(goal)
            self.slips.append(f"{goal.name} to a wrong amount")
            start = slot.low or 0.0
            return start + (value - start) * self.chance.between(0.3, 0.8)
        return value

    def _value(self, goal: Goal) -> float:
        return float(self.world.value((goal.thing, self.world.bodies[goal.thing].card.controls[goal.control].sets)))

    # --- going

    def _go(self, side: Side, point: Vec3, out: Vec3, around: Sequence[str]) -> Generator[None, None, Vec3 | None]:
        """Walk to a spot from which a hand comes to a point; how the body leans for it there, None if there is no such spot."""
        lean = self.body.leaning(side, point)
        if lean is not None and self._free(point, self.body.spot, around):
            return lean
        if not self._walks:
            return None
        for spot in self._spots(side, point, out)[:TRIED_SPOTS]:
            if self._free(point, spot, around) and (yield from self._walk(spot)):
                yield from self.body.face(point)
                return self.body.leaning(side, point)
        return None

    def _spots(self, side: Side, point: Vec3, out: Vec3) -> list[Spot]:
        """Free spots from which a point is within reach, the handiest first: little leaning, before the thing, not far away."""
        here = self.body.spot
        found: list[tuple[float, Spot]] = []
        for spot in self._ways.spots((point[0], point[1]), self.traits.reach + 0.6):
            lean = self.body.leaning(side, point, spot)
            if lean is None:
                continue
            away = unit(subtract((spot[0], spot[1], 0.0), (point[0], point[1], 0.0)))
            effort = distance(lean, (0.0, 0.0, 0.0)) - 0.2 * dot(away, out) + 0.05 * distance((*here, 0.0), (*spot, 0.0))
            found.append((effort, spot))
        spots: list[Spot] = []
        for _, spot in sorted(found):
            if all(distance((*spot, 0.0), (*other, 0.0)) > 0.25 for other in spots):
                spots.append(spot)
        return spots

    def _free(self, point: Vec3, spot: Spot, around: Sequence[str]) -> bool:
        """Whether an arm has a free way from over a spot to a point."""
        height = self.world.origin.position[2] + self.body.eyes[2] - SHOULDER_HEIGHT
        return open_way(self.world, (spot[0], spot[1], height), point, *around)

    def _walk(self, spot: Spot) -> Generator[None, None, bool]:
        """Walk to a spot; False if there is no way."""
        way = self._ways.way(self.body.spot, spot)
        if way is None:
            return False
        yield from self.body.walk(way)
        return True
