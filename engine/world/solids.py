"""What is solid: boxes in a thing's own axes, boxes turned in the scene, and how deep two of them go into each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.spec.cards import Card, Joint
from engine.world.rays import Box
from engine.world.vectors import Transform, Vec3, add, cross, distance, dot, length, rotate, scale, subtract

CONTACT = 0.01
"""Metres by which things that touch may go into each other before they overlap: cushions give, and cards are rounded."""

_AXES: tuple[Vec3, Vec3, Vec3] = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


@dataclass(frozen=True, slots=True)
class Solid:
    """One solid box of a thing, in its own axes as the card draws them; `joint` is the joint that it moves with, or empty."""

    name: str
    box: Box
    joint: str = ""


@dataclass(frozen=True, slots=True)
class OrientedBox:
    """A box in the scene: `box` in the axes of `place`."""

    place: Transform
    box: Box

    @property
    def middle(self) -> Vec3:
        """Its middle in the scene."""
        low, high = self.box.low, self.box.high
        return self.place.point(((low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2))

    @property
    def half(self) -> Vec3:
        """Half its size along its own axes, in metres."""
        low, high = self.box.low, self.box.high
        return ((high[0] - low[0]) / 2, (high[1] - low[1]) / 2, (high[2] - low[2]) / 2)

    @property
    def axes(self) -> tuple[Vec3, Vec3, Vec3]:
        """Its own axes as unit vectors of the scene."""
        turn = self.place.turn
        return (rotate(turn, _AXES[0]), rotate(turn, _AXES[1]), rotate(turn, _AXES[2]))

    @property
    def bounds(self) -> Box:
        """The box along the scene's axes that just holds it."""
        middle, half, axes = self.middle, self.half, self.axes
        reach = [abs(axes[0][i]) * half[0] + abs(axes[1][i]) * half[1] + abs(axes[2][i]) * half[2] for i in range(3)]
        return Box(
            (middle[0] - reach[0], middle[1] - reach[1], middle[2] - reach[2]),
            (middle[0] + reach[0], middle[1] + reach[1], middle[2] + reach[2]),
        )

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        """The corners of a level box seen from above, in order round it."""
        middle, (x, y, _), (right, ahead, _) = self.middle, self.half, self.axes
        ends = (add(scale(right, a * x), scale(ahead, b * y)) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1)))
        return tuple((middle[0] + end[0], middle[1] + end[1]) for end in ends)


def solids(card: Card, size: Vec3) -> tuple[Solid, ...]:
    """The boxes of a thing of this size: those of its card, stretched with it, or else one; none of a thing without a size."""
    if not any(size):
        return ()
    if not card.boxes:
        return (Solid("", Box((-size[0] / 2, -size[1] / 2, 0.0), (size[0] / 2, size[1] / 2, size[2]))),)
    stretch = [size[i] / card.size[i] if card.size[i] else 1.0 for i in range(3)]
    found = []
    for name, one in card.boxes.items():
        at = [one.at[i] * stretch[i] for i in range(3)]
        wide = [one.size[i] * stretch[i] for i in range(3)]
        low = (at[0] - wide[0] / 2, at[1] - wide[1] / 2, at[2])
        found.append(Solid(name, Box(low, (at[0] + wide[0] / 2, at[1] + wide[1] / 2, at[2] + wide[2])), one.joint))
    return tuple(found)


def stretched(card: Card, size: Vec3) -> Card:
    """A card with its joints and controls where they are on a thing of this size: they stretch with it, as its boxes do."""
    if tuple(size) == tuple(card.size) or not (card.joints or card.controls):
        return card
    part = {axis: size[i] / card.size[i] if card.size[i] else 1.0 for i, axis in enumerate(("width", "depth", "height"))}

    def moved(at: Vec3) -> Vec3:
        return (at[0] * part["width"], at[1] * part["depth"], at[2] * part["height"])

    joints = {}
    for name, joint in card.joints.items():
        far = part[joint.axis] if joint.motion == "slide" else 1.0
        ends = {"begins": joint.begins * far, "ends": joint.ends * far}
        joints[name] = joint.model_copy(update={"at": moved(joint.at), **ends})
    controls = {name: control.model_copy(update={"at": moved(control.at)}) for name, control in card.controls.items()}
    return card.model_copy(update={"joints": joints, "controls": controls})


def reach(boxes: Iterable[Solid], copies: Iterable[Transform], joints: Mapping[str, Joint]) -> float:
    """Metres from a thing's place within which all its boxes are, wherever its joints are."""
    most = 0.0
    for solid in boxes:
        low, high = solid.box.low, solid.box.high
        if solid.joint:
            half = scale(subtract(high, low), 0.5)
            middle, radius = swing(add(low, half), joints, solid.joint)
            most = max(most, length(middle) + radius + length(half))
            continue
        far = [max(abs(low[i]), abs(high[i])) for i in range(3)]
        most = max(most, length((far[0], far[1], far[2])))
    # A hair more, so that what is just touched is not lost to rounding.
    return most + max(length(copy.position) for copy in copies) + 1e-6


def swing(point: Vec3, joints: Mapping[str, Joint], joint: str) -> tuple[Vec3, float]:
    """The ball, in a thing's axes, in which a point of the part of a joint is, wherever that joint and those that carry it are:
    its middle and its radius."""
    middle, radius = point, 0.0
    while joint:
        moves = joints[joint]
        if moves.motion == "turn":
            # What turns stays as far from the axis as it is.
            middle, radius = moves.at, radius + distance(middle, moves.at)
        else:
            radius += max(abs(moves.begins), abs(moves.ends))
        joint = moves.joint
    return middle, radius


def at_rest(boxes: Iterable[Solid], copies: Iterable[Transform], place: Transform) -> tuple[OrientedBox, ...]:
    """The boxes of a thing at `place` with every joint as its card draws it, copy by copy."""
    # The product with no transform would change the last bits of the place, and so a recording.
    spots = [place if copy == Transform() else place @ copy for copy in copies]
    return tuple(OrientedBox(spot, solid.box) for spot in spots for solid in boxes)


def apart(a: Box, b: Box) -> bool:
    """Whether two boxes along one set of axes do not meet."""
    return any(a.high[i] <= b.low[i] or b.high[i] <= a.low[i] for i in range(3))


def depth(a: OrientedBox, b: OrientedBox) -> float:
    """Metres by which the nearer of two boxes would have to move to only touch the other; 0 if they do not overlap.

    The separating axes of two boxes: Gottschalk, Lin and Manocha 1996, "OBBTree", section 5.
    """
    away = subtract(b.middle, a.middle)
    one, two = a.axes, b.axes
    least = 1e9
    for axis in (*one, *two, *(cross(u, v) for u in one for v in two)):
        long = length(axis)
        if long < 1e-6:
            continue  # the axes are parallel, and their own directions have said it
        spread = dot(away, axis)
        reach = 0.0
        for box, own in ((a, one), (b, two)):
            half = box.half
            for i in range(3):
                reach += half[i] * abs(dot(own[i], axis))
        into = (reach - abs(spread)) / long
        if into <= 0.0:
            return 0.0
        least = min(least, into)
    return least
