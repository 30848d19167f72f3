"""Steps without hands: where someone can go by a look, a key, a switch or a word, and how they get there.

A hand throws an arc to where it means. Who has none goes to a **stop**, called by a name, or looks at the floor (`treading`):

    a seat       on which one sits down; from the seat on which one sits, up and before it
    a thing      one stands before it, facing it, as the scenario's `teleport` has it
    a room       its middle, or the free spot nearest to that
    `ahead`      straight on, the way the head looks, as far as the ground is free and no further than `AHEAD`

All of them end in `Locomotion.go`, so a step is the same event whatever the body. Nobody comes where they could not walk to: a
closed door is in the way, and opens the way once it is open. Outdoors, where no room says what is floor, a step leads as far as
an arc does. Who wishes for `move=off`, or is to stay where they are, goes nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import sqrt

from engine.interaction.arcs import ASIDE, CLIMB, footed, seat_of, seated
from engine.interaction.locomotion import ME, Locomotion
from engine.interaction.preferences import Wishes
from engine.world import World
from engine.world.attention import Arc
from engine.world.floor import Spot
from engine.world.sight import no_wall
from engine.world.standing import Standing
from engine.world.vectors import Transform, Vec3, add, distance, scale
from headset.inputs import TICKS_PER_SECOND

AHEAD, PACE = 3.0, 0.25
"""Metres to which `ahead` leads at the most, and between two spots that are tried on the way: less than a door is thick with the
person on both sides of it."""

FAR = 6.0
"""Metres to which a look at the floor leads, and any step outdoors: as far as an arc."""

LOWEST = -0.05
"""The least slope of a look that is on the floor: what is further than 30 m is no floor."""

THERE = 0.5
"""Metres from a stop within which one is there already."""

NEAREST = 8
"""Seats that are offered at the most, the nearest ones: a lecture hall has hundreds."""

STALK = 0.35
"""Metres above where one would stand at which the mark of a stop hangs."""

SHOWN = TICKS_PER_SECOND // 4
"""Ticks after which it is looked at again where a stop that is shown leads."""

FORWARD = "ahead"
"""The name of the stop that is no thing and no room."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a step leads: `place` on the ground. `seat` is the (thing, place) on which one sits down, or None; `faces`: one comes
    to look as the place does, not as before."""

    place: Transform
    seat: tuple[str, str] | None = None
    faces: bool = False


class Steps:
    """Finds stops, and takes the participant there. It keeps nothing that a snapshot would need."""

    def __init__(self, world: World, wishes: Wishes, locomotion: Locomotion) -> None:
        self.world = world
        self.wishes = wishes
        self.locomotion = locomotion
        self._seats = [
            name for name, body in world.bodies.items() if any(place.posture == "seated" for place in body.card.places.values())
        ]
        self._shown: dict[str, tuple[object, int, Stop | None]] = {}
        """Stop → from where and when it was last found for being shown, and what it was."""

    @cached_property
    def standing(self) -> Standing:
        """Finds free spots; made when somebody first needs it."""
        return Standing(self.world)

    def barred(self, person: str) -> str:
        """Why a person goes nowhere at all; empty if they do."""
        if person != ME:
            return f"only the {ME} is moved"
        if self.locomotion.still:
            return "the scene has them stay where they are"
        if self.wishes[person].move == "off":
            return "they wish not to be moved: move=off"
        return "" if self.world.head(person) is not None else "the head is not tracked"

    def stops(self, person: str) -> list[str]:
        """The stops that are offered to a person who chooses among names, in the scene's order: straight on, the seats nearby,
        the room they are in and those that it joins. Whether one can go there is not looked at."""
        if self.barred(person):
            return []
        world, feet = self.world, self.feet
        seats = sorted((distance(world.places[name].position, feet), rank) for rank, name in enumerate(self._seats))
        near = {self._seats[rank] for far, rank in seats[:NEAREST] if world.rooms or far <= FAR}
        here = world.rooms.get(world.room_of(feet))
        rooms = () if here is None else (here.name, *here.joined)
        return [FORWARD, *(name for name in self._seats if name in near), *rooms]

    def refusal(self, person: str, stop: str) -> str:
        """Why a person cannot go to a stop now; empty if they can."""
        if why := self.barred(person):
            return why
        if not self.known(stop):
            return f"there is no thing and no room '{stop}'"
        if stop in self.world.bodies and not self.world.present(stop):
            return f"{stop} is not there"
        found = self.found(stop)
        if found is None:
            return f"no way leads to {stop}" if stop != FORWARD else "something is in the way"
        there = found.seat is None and distance(found.place.position, self.feet) < THERE
        return f"they are at {stop} already" if there and not self._sits else ""

    def known(self, stop: str) -> bool:
        """Whether there is something of that name to go to."""
        return stop == FORWARD or stop in self.world.rooms or (stop in self.world.bodies and stop != ME)

    def go(self, person: str, stop: str, because: str) -> bool:
        """Take a person to a stop; False, and nothing done, if they cannot go there."""
        found = None if self.refusal(person, stop) else self.found(stop)
        return found is not None and self.take(found, because)

    def take(self, stop: Stop, because: str) -> bool:
        """Take the participant to where a step leads."""
        self._shown.clear()
        self.locomotion.go(stop.place, stop.seat, because, faces=stop.faces)
        return True

    def target(self, stop: str) -> Vec3:
        """Where a stop's mark hangs: over where one would stand. For showing: it may be a quarter of a second old."""
        known, world = self._shown.get(stop), self.world
        if known is None or known[0] is not world.origin or not 0 <= world.clock - known[1] < SHOWN:
            known = self._shown[stop] = (world.origin, world.clock, self.found(stop))
        place = known[2].place.position if known[2] is not None else self._middle(stop)
        return add(place, (0.0, 0.0, STALK))

    def show(self, person: str, by: str, mark: Vec3 | None) -> None:
        """Show where a step would lead: a stalk from the floor to its mark; or nothing any more."""
        if mark is None:
            self.world.arcs.pop((person, by), None)
            return
        foot = (mark[0], mark[1], mark[2] - STALK)
        self.world.arcs[person, by] = Arc((foot, mark), Transform(foot))

    def found(self, stop: str) -> Stop | None:
        """Where a step to a stop leads, or None if no way leads there."""
        world = self.world
        if stop == FORWARD:
            return self._ahead()
        if stop in world.rooms:
            place = self.standing.before(stop, start=self.feet)
            return None if place is None else Stop(place)
        seat = seat_of(world, stop)
        place = self.standing.before(stop, start=self.feet)
        if place is None or not self._level(place.position):
            return None
        if seat is not None and not (self._sits and self._at(seated(world, *seat).position)):
            return Stop(seated(world, *seat), seat, faces=True)
        return Stop(place, faces=True)

    def stands(self, point: Vec3) -> bool:
        """Whether one can stand at a point of the ground, and walk there; outdoors, whether there is ground."""
        spot, height = (point[0], point[1]), point[2]
        if not self.locomotion.barriers.free(spot, height):
            return False
        return self.standing.leads(self.feet, spot, height) if self.world.rooms else footed(self.world, spot, height)

    def looked(self, eyes: Vec3, ahead: Vec3) -> tuple[str, Stop] | None:
        """Where a look along a unit vector leads: the seat that it is on, by name, or a spot of the floor (an empty name)."""
        world, ground = self.world, self.locomotion.ground
        thing, far = world.touch(eyes, ahead, FAR + eyes[2] - ground, visible=True)
        height = ground
        if thing:
            met = add(eyes, scale(ahead, far))
            if thing in self._seats and no_wall(world, eyes, met):
                found = self.found(thing)
                return None if found is None or found.seat is None else (thing, found)
            if abs(met[2] - ground) > CLIMB or not world.bodies[thing].card.tops:
                return None
            height = met[2]
        elif ahead[2] > LOWEST:
            return None
        point = add(eyes, scale(ahead, (eyes[2] - height) / -ahead[2])) if ahead[2] < 0.0 else eyes
        if distance(point, self.feet) > FAR or not no_wall(world, eyes, point):
            return None
        spot = self._free((point[0], point[1]), height)
        return None if spot is None else ("", Stop(Transform((*spot, height))))

    @property
    def feet(self) -> Vec3:
        """Where the participant stands, or their seat does."""
        x, y, _ = self.locomotion.pivot()
        return (x, y, self.locomotion.ground)

    @property
    def _sits(self) -> bool:
        return self.locomotion.state.posture == "seated"

    def _at(self, point: Vec3) -> bool:
        x, y, _ = self.feet
        return (x - point[0]) * (x - point[0]) + (y - point[1]) * (y - point[1]) < THERE * THERE

    def _middle(self, stop: str) -> Vec3:
        if stop in self.world.rooms:
            return self.world.rooms[stop].origin
        return self.world.places[stop].position if stop in self.world.places else self.feet

    def _level(self, place: Vec3) -> bool:
        """Whether one can step to a place that was found: outdoors only so far and so high as an arc leads."""
        if self.world.rooms:
            return True
        return abs(place[2] - self.feet[2]) <= CLIMB and distance(place, self.feet) <= FAR

    def _free(self, spot: Spot, height: float) -> Spot | None:
        """A spot, or one close by, on which one can stand and to which one could walk."""
        free = self.locomotion.barriers.beside(spot, height)
        if free is None or (free[0] - spot[0]) * (free[0] - spot[0]) + (free[1] - spot[1]) * (free[1] - spot[1]) > ASIDE * ASIDE:
            return None
        return free if self.stands((*free, height)) else None

    def _ahead(self) -> Stop | None:
        """The furthest spot straight on to which the ground is free all the way."""
        (x, y, z), best = self.feet, None
        head = self.world.head(ME)
        assert head is not None, "nobody without a head is offered a step"
        east, north, _ = head.direction((0.0, 1.0, 0.0))
        level = east * east + north * north
        if level < 0.01:
            return None  # who looks straight up or down looks nowhere
        part = PACE / sqrt(level)
        for count in range(1, int(AHEAD / PACE) + 1):
            spot = (x + east * part * count, y + north * part * count)
            if not self.stands((*spot, z)):
                # Who sits, or stands close to something, gets out of it first.
                if best is None and PACE * count <= THERE:
                    continue
                break
            best = Stop(Transform((*spot, z)))
        return best
