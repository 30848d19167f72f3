"""What hands are able to do: press a button, turn a dial, lift a lever, take a thing, put it on its place.

Each skill is a generator of ticks that returns whether it seems to have worked, judged by what one can see. All it has are the
places of things and its own hands.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from math import sqrt

from engine.rehearsal.body import FINGER, Body
from engine.rehearsal.motor import SPREAD
from engine.spec.cards import Control
from engine.world import World
from engine.world.joints import AXES, carriers, face_of, joint_transform, placed_fit, point_of, turn_about, value_of
from engine.world.vectors import Transform, Vec3, add, compose, dot, heading_to, look_at, scale, subtract
from headset.inputs import FULL, Side

Skill = Generator[None, None, bool]

BEFORE = 0.06
"""Metres before a button where a finger stops to aim."""

DEEP = 0.012
"""Metres that a finger means to go in."""

WRIST = 75.0
"""Degrees that a hand twists in one go: half of the 150 degrees between palm up and palm down (AAOS 1965)."""

TWIST = 150.0
"""Degrees a second of an unhurried twist."""


@dataclass(frozen=True, slots=True)
class Work:
    """Which hand works what: a thing, and its control (empty: the thing itself); and how the body leans for it."""

    side: Side
    thing: str
    control: str
    lean: Vec3


def control_of(world: World, thing: str, control: str) -> tuple[Control, Vec3]:
    """A control, and where it is now."""
    one = world.bodies[thing].card.controls[control]
    return one, point_of(world, thing, one.at, one.joint)


def press(body: Body, work: Work) -> Skill:
    """Press a button with a pointing finger; it is seen to go in, or not."""
    world, side = body.world, work.side
    one, _ = control_of(world, work.thing, work.control)
    face = face_of(world, work.thing, one)
    # The error of a movement at Fitts's pace: most of them fall on the target.
    off = body.chance.scatter(2.0 * one.radius / SPREAD / sqrt(2.0))
    aimed = add(face.middle, subtract(off, scale(face.out, dot(off, face.out))))
    turn = look_at(aimed, subtract(aimed, face.out))
    before = body.own(Transform(add(aimed, scale(face.out, FINGER + BEFORE)), turn))
    inside = body.own(Transform(add(aimed, scale(face.out, FINGER - DEEP)), turn))
    flag = (work.thing, one.raises)
    yield from body.reach(side, before, 2.0 * one.radius, 0, work.lean)
    yield from body.tremble(side, 0.15 * body.traits.pace)
    yield from body.reach(side, inside, 0.02, 0, work.lean)
    yield from body.tremble(side, 0.1)
    felt = world.raised.get(flag, 0.0) >= 1.0
    yield from body.reach(side, before, 0.05, 0, work.lean)
    yield from body.withdraw(side)
    return felt


def turn_to(body: Body, work: Work, value: float) -> Skill:
    """Bring a dial to a value, in as many twists as it takes, looking at where it stands."""
    world, side, thing = body.world, work.side, work.thing
    one, at = control_of(world, thing, work.control)
    out = world.places[thing].direction(AXES["depth"])
    card = world.bodies[thing].card
    joint = card.joints.get(one.joint)
    slot = card.live[one.sets]
    low, high = slot.low or 0.0, slot.high or 1.0
    way = (joint.ends - joint.begins if joint is not None else 270.0) / (high - low)
    axis = world.places[thing].direction(AXES[joint.axis if joint is not None else "depth"])
    upright = look_at(at, subtract(at, out))
    tolerance = max(one.step * 0.5, (high - low) * 0.01)
    for _ in range(12):
        missing = (value - _value(world, thing, one)) * way
        if abs(missing) <= tolerance * abs(way):
            break
        part = max(-2.0 * WRIST, min(2.0 * WRIST, missing))
        # The wrist begins turned the other way, so that the twist ends at what it can.
        start = -part / 2.0 if abs(part) > WRIST else 0.0
        place = add(at, body.chance.scatter(one.radius / SPREAD))
        yield from body.reach(
            side, body.own(Transform(place, compose(turn_about(axis, start), upright))), one.radius, 0, work.lean
        )
        yield from body.grip(side, True)
        count = max(1, int(abs(part) / TWIST * 100.0 * body.traits.pace))
        for index in range(1, count + 1):
            turned = compose(turn_about(axis, start + part * index / count), upright)
            body.hands[side] = body.own(Transform(place, turned))
            body.stir()
            yield
            if _past(_value(world, thing, one), value, missing):
                break
        yield from body.grip(side, False)
    yield from body.withdraw(side)
    return abs(value - _value(world, thing, one)) <= tolerance


def lift(body: Body, work: Work, value: float) -> Skill:
    """Bring a lever to a value: take it and follow the way that its part goes."""
    world, side, thing = body.world, work.side, work.thing
    one, at = control_of(world, thing, work.control)
    tolerance = max(one.step * 0.5, 1e-3)
    turn = heading_to(body.sight, at)
    for _ in range(4):
        now = _value(world, thing, one)
        if abs(value - now) <= tolerance:
            break
        _, at = control_of(world, thing, work.control)
        place = add(at, body.chance.scatter(one.radius / SPREAD))
        off = subtract(place, at)
        yield from body.reach(side, body.own(Transform(place, turn)), 2.0 * one.radius, 0, work.lean)
        yield from body.grip(side, True)
        count = max(1, int(100.0 * body.traits.pace))
        for index in range(1, count + 1):
            # A little past the detent, as one feels for it.
            wanted = now + (value - now) * index / count + (tolerance * 0.4 if value > now else -tolerance * 0.4) * index / count
            body.hands[side] = body.own(Transform(add(where(world, thing, one, wanted), off), turn))
            body.stir()
            yield
        yield from body.grip(side, False)
    yield from body.withdraw(side)
    return abs(value - _value(world, thing, one)) <= tolerance


def take(body: Body, work: Work) -> Skill:
    """Take a thing; it is seen to be in the hand, or not."""
    world, side, thing = body.world, work.side, work.thing
    place = world.places[thing]
    middle = place.point((0.0, 0.0, world.bodies[thing].size[2] / 2))
    turn = heading_to(body.sight, middle)
    width = max(0.05, min(world.bodies[thing].size))
    goal = Transform(add(middle, body.chance.scatter(width / SPREAD)), turn)
    yield from body.reach(side, body.own(goal), width, 0, work.lean)
    yield from body.grip(side, True)
    return world.held.get(thing) == ("participant", side)


def put_on(body: Body, work: Work, host: str, place: str) -> Skill:
    """Bring what is in the hand onto its place and let go; it is seen to stay there, or not."""
    world, side, thing = body.world, work.side, work.thing
    offset = body.hand_in_scene(side).inverse() @ world.places[thing]
    sits = placed_fit(world, thing, host, place)
    near = Transform(add(sits.position, body.chance.scatter(0.02)), sits.turn)
    goal = near @ offset.inverse()
    yield from body.reach(side, body.own(goal), 0.08, FULL, work.lean)
    yield from body.tremble(side, 0.3 * body.traits.pace)
    yield from body.grip(side, False)
    yield from body.wait(0.2)
    yield from body.withdraw(side)
    return world.fitted.get(thing) == (host, place)


def carrying(body: Body, side: Side, thing: str, host: str, place: str) -> Vec3:
    """Where the hand that holds a thing must come to put it on its place."""
    offset = body.hand_in_scene(side).inverse() @ body.world.places[thing]
    return (placed_fit(body.world, thing, host, place) @ offset.inverse()).position


def where(world: World, thing: str, control: Control, value: float) -> Vec3:
    """Where a control would be if what it sets had that value."""
    card = world.bodies[thing].card
    pose = Transform()
    for name in carriers(card, control.joint):
        now = value if card.joints[name].by == control.sets else value_of(world, thing, name)
        pose = pose @ joint_transform(card, name, now)
    return world.places[thing].point(pose.point(control.at))


def _value(world: World, thing: str, control: Control) -> float:
    return float(world.value((thing, control.sets)))


def _past(now: float, wanted: float, missing: float) -> bool:
    return now >= wanted if missing > 0.0 else now <= wanted
