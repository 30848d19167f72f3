"""Joints: how the parts of a thing move as a value goes, and what moves with them.

A joint turns or slides its part as one value goes: a live property (`backrest`), a flag (`pressed`: down 0, up 1, and while a
button is being pressed in, how far), or `recline`, the angle of the place that a person lies in. Parts can carry parts.

For pictures: every function here takes the value as a plain float, so a picture can pass the value of its own display time and
needs no copy of this geometry. A part is a node below the node of the part that carries it (`card.joints[name].joint`, empty:
the thing itself), built as the card gives it, all in the thing's own axes; its transform is `joint_transform(card, name, value)`.
Where the value comes from is told by `driven_by`: a property's path, to be asked of `Session.value(path, display_time)`, or None
for a flag, whose `value_of` changes once a tick.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.spec.cards import Card, CardPlace, Control, Joint
from engine.spec.expression import Value
from engine.world.rays import Box
from engine.world.vectors import Transform, Turn, Vec3, compose, cosine, heading, rotate, scale, sine, subtract

if TYPE_CHECKING:
    from engine.world.world import World

AXES: dict[str, Vec3] = {"width": (1.0, 0.0, 0.0), "depth": (0.0, 1.0, 0.0), "height": (0.0, 0.0, 1.0)}
"""A thing's own axes by the names that cards give them."""

TRAVEL = 0.004
"""Metres a button without a sliding joint goes in."""

RECLINE = 90.0
"""Degrees of `recline` over which a person's joint goes from its begin to its end: flat on the back to sitting upright."""


def turn_about(axis: Vec3, degrees: float) -> Turn:
    """The right-handed turn about a unit vector; right within 1e-7, and the same bits on every machine."""
    half = degrees / 720.0
    along = scale(axis, sine(half))
    return compose((cosine(half), *along), (1.0, 0.0, 0.0, 0.0))


def part_of(card: Card, joint: Joint, value: Value) -> float:
    """How far a joint has gone, from 0 (its begin) to 1 (its end), at a value: a property's in base units, a flag's 0 to 1 or
    truth, a recline in degrees. A value beyond its range leaves the joint at that end."""
    assert not isinstance(value, str), f"{card.name}: a word moves no joint"
    low, high = 0.0, 1.0
    if joint.by in card.live:
        slot = card.live[joint.by]
        low, high = slot.low or 0.0, 1.0 if slot.high is None else slot.high
    elif joint.by not in card.flags:
        high = RECLINE
    if high <= low:
        return 0.0
    return max(0.0, min(1.0, (float(value) - low) / (high - low)))


def amount(card: Card, joint: Joint, value: Value) -> float:
    """Degrees of turn or metres of slide of a joint at a value."""
    return joint.begins + (joint.ends - joint.begins) * part_of(card, joint, value)


def joint_transform(card: Card, name: str, value: Value) -> Transform:
    """Where one joint takes its part at a value: points of the thing's own axes as the card gives them → where they are.

    It is this joint's own motion, with what carries it at rest: nest the nodes, or multiply with `carriers`, outermost first.
    """
    joint = card.joints[name]
    axis = AXES[joint.axis]
    far = amount(card, joint, value)
    if joint.motion == "slide":
        return Transform(scale(axis, far))
    turn = turn_about(axis, far)
    return Transform(subtract(joint.at, rotate(turn, joint.at)), turn)


def carriers(card: Card, name: str) -> tuple[str, ...]:
    """The joints that carry a part, outermost first, itself last; none for the empty name."""
    return () if not name else (*carriers(card, card.joints[name].joint), name)


def chained(card: Card, name: str, value: Callable[[str], Value]) -> Transform:
    """Where a part is with all that carries it, in the thing's own axes; `value` gives each joint's value by the joint's name."""
    pose = Transform()
    for one in carriers(card, name):
        pose = pose @ joint_transform(card, one, value(one))
    return pose


def driven_by(world: World, name: str, joint: str) -> tuple[str, str] | None:
    """The path of the live property that a thing's joint goes by; None for a flag, or for a person who lies nowhere."""
    card = world.bodies[name].card
    by = card.joints[joint].by
    if by in card.live:
        return (name, by)
    if by in card.flags:
        return None
    place = world.scene.everything[name].place
    if place.placing != "in" or place.thing not in world.bodies:
        return None
    spot = world.bodies[place.thing].card.places.get(place.part)
    return (place.thing, spot.recline) if spot is not None and spot.recline else None


def value_of(world: World, name: str, joint: str) -> float:
    """The value that a thing's joint stands at now: of a property in base units, of a flag 0 to 1, of a recline in degrees."""
    path = driven_by(world, name, joint)
    if path is not None:
        value = world.value(path)
        assert not isinstance(value, str), f"{path}: a word moves no joint"
        return float(value)
    return world.raised.get((name, world.bodies[name].card.joints[joint].by), 0.0)


def pose_of(world: World, name: str, joint: str) -> Transform:
    """Where a part of a thing is now, in the thing's own axes; the empty name is the thing itself."""
    return chained(world.bodies[name].card, joint, lambda one: value_of(world, name, one)) if joint else Transform()


def slid_pose(world: World, name: str, joint: str) -> Transform | None:
    """Where a part of a thing is, in the thing's own axes, when its joint has slid to the end that it is further from now, and
    what carries it is as it is; None for what turns, and for the thing itself."""
    card = world.bodies[name].card
    own = card.joints.get(joint)
    if own is None or own.motion != "slide":
        return None
    far = own.begins if 2.0 * part_of(card, own, value_of(world, name, joint)) > 1.0 else own.ends
    return pose_of(world, name, own.joint) @ Transform(scale(AXES[own.axis], far))


def spot_of(place: CardPlace) -> Transform:
    """A place of a card in the thing's own axes, its part at rest: its front faces by `facing`, then looks up by `tilt`."""
    return Transform(place.at, compose(heading(place.facing_deg), turn_about(AXES["width"], place.tilt_deg)))


def place_of(world: World, name: str, place: str) -> Transform:
    """Where a place of a thing (`patient.face`) is now in the scene, with the part that it is on."""
    spot = world.bodies[name].card.places[place]
    return world.places[name] @ pose_of(world, name, spot.joint) @ spot_of(spot)


def placed_fit(world: World, thing: str, host: str, place: str) -> Transform:
    """Where a thing is that is fitted on a place: its `fit` (left out: its origin) meets the place, front to front."""
    fit = world.bodies[thing].card.places.get("fit")
    meets = place_of(world, host, place)
    return meets if fit is None else meets @ spot_of(fit).inverse()


def point_of(world: World, name: str, at: Vec3, joint: str = "") -> Vec3:
    """Where a point of a thing, given in its own axes with the part at rest, is now in the scene."""
    return world.places[name].point(pose_of(world, name, joint).point(at))


@dataclass(frozen=True, slots=True)
class Face:
    """A button's face in the scene: its middle, outwards from it, and how far it goes in."""

    middle: Vec3
    out: Vec3
    travel: float


def face_of(world: World, thing: str, control: Control) -> Face:
    """Where the face of a button is while nobody presses it."""
    card = world.bodies[thing].card
    place, out, travel = world.places[thing], AXES["depth"], TRAVEL
    for name in carriers(card, control.joint):
        joint = card.joints[name]
        if joint.by == control.raises:
            way = joint.ends - joint.begins
            if joint.motion == "slide" and way:
                out, travel = scale(AXES[joint.axis], -1.0 if way > 0 else 1.0), abs(way)
            break
        place = place @ joint_transform(card, name, value_of(world, thing, name))
    return Face(place.point(control.at), place.direction(out), travel)


def posed_boxes(world: World, name: str) -> Iterator[tuple[Transform, Box]]:
    """What is solid of a thing now, in the order of `Body.boxes`: each box with the place in the scene of the axes it is given
    in, those of the thing with its part at rest. Of a grid it is the copy that would stand in the middle."""
    # The product with no transform would change the last bits of the place.
    poses = {"": world.places[name]}
    for solid in world.bodies[name].boxes:
        if solid.joint not in poses:
            poses[solid.joint] = world.places[name] @ pose_of(world, name, solid.joint)
        yield poses[solid.joint], solid.box


def rests(world: World, name: str, at: Vec3) -> str:
    """The joint of the part of `name` on which something lies whose foot is at a point of the scene: of the boxes below or around
    the point the highest one; empty if that does not move."""
    best, joint = -1e9, ""
    for solid, (place, box) in zip(world.bodies[name].boxes, posed_boxes(world, name), strict=True):
        local = place.local(at)
        if not (box.low[0] <= local[0] <= box.high[0] and box.low[1] <= local[1] <= box.high[1]):
            continue
        top = place.point((local[0], local[1], box.high[2]))[2]
        if top > best:
            best, joint = top, solid.joint
    return joint
