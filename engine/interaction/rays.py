"""What a hand could work now: what it touches, what its finger is before, or what it points at a little further off.

Touch wins over pointing, so that a hand at one thing never works another behind it. A ray works what is out of the arm's reach by
no more than `FAR`, as far as a step would bring one: a scene that has someone go to the bell still has them go there. Who sits,
has one hand, or wishes for reach gets a longer ray. What something solid hides is not worked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.interaction.buttons import FINGER, Buttons, Key
from engine.interaction.controls import Controls
from engine.interaction.flags import Pair
from engine.interaction.near import CELL, Near
from engine.interaction.preferences import Preferences
from engine.world import World
from engine.world.attention import Attention
from engine.world.rays import nearest
from engine.world.sight import no_wall
from engine.world.solids import swing
from engine.world.vectors import Transform, Vec3, add, distance, dot, length, scale, subtract, unit
from headset.inputs import TICKS_PER_SECOND

FAR = 0.6
"""Metres from the fingertip within which everybody's ray works things: a step. It begins where the finger ends."""

FARTHER = 1.5
"""Metres for who sits or has one hand, and times their wish for reach for who wishes for it."""

SPREAD = 0.02
"""Metres for each metre of distance by which a ray may pass what it means: a hand trembles by about a degree."""

BEFORE = 0.08
"""Metres from a button's middle, beyond its radius, within which a finger is about to press it."""

BIGGEST, SMALLEST = 0.15, 0.03
"""Metres around the middle of a thing within which a ray means it, however large or small it is."""

HIDES = 0.1
"""Metres before what is pointed at within which something else counts as part of it, as a face does under its mask."""

LOOKED_AGAIN = TICKS_PER_SECOND // 5
"""Ticks after which it is looked at again whether something hides what is pointed at."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a hand could work: a thing, or its control of that name. `point` is where a ray meets it; None for what is touched."""

    thing: str
    control: str
    point: Vec3 | None = None


def far_for(wishes: Preferences) -> float:
    """Metres to which someone's ray works things."""
    short = wishes.reach <= 1.0 and wishes.hands == "both" and wishes.posture != "seated"
    return FAR if short else FARTHER * wishes.reach


class Rays:
    """Finds what hands could work. Keeps no state that a snapshot would need."""

    def __init__(self, world: World, near: Near, buttons: Buttons) -> None:
        self.world = world
        self.near = near
        self.buttons = buttons
        self._taken = {
            name: [
                (label, control, *swing(control.at, world.bodies[name].card.joints, control.joint))
                for label, control in world.bodies[name].card.controls.items()
                if not control.pressed
            ]
            for name in near.reach
        }
        """Each thing's controls that a hand takes hold of, and the ball in which each of them is."""
        self.controls = Controls(world)
        self._balls: dict[Pair, tuple[Transform, Vec3]] = {}
        self._hidden: dict[Key, tuple[Target, int, bool]] = {}
        """What a hand points at → when it was last looked at whether something hides it, and whether something does."""

    def touched(self, at: Vec3) -> Target | None:
        """What a hand that closes at a point takes: a control by its middle, else a thing by its box. Controls come first: they
        are small, so a hand that is on one means it, even where a thing hangs before it."""
        best: tuple[int, float, str, str] | None = None
        x, y, z = at
        for name in self.near.at(at):
            place = self.world.places[name].position
            east, north, up = place[0] - x, place[1] - y, place[2] - z
            reach = self.near.reach[name]
            if east * east + north * north + up * up > reach * reach or not self.world.present(name):
                continue
            card = self.world.bodies[name].card
            if card.grab is not None:
                local = self.world.places[name].local(at)
                far = distance(local, nearest(self.world.bodies[name].box, local))
                if far <= card.grab.radius and (best is None or (1, far, name, "") < best):
                    best = (1, far, name, "")
            for control, one, middle, radius in self._taken[name]:
                if distance(self._middle(name, control, middle), at) <= radius + one.radius:
                    far = distance(at, self.controls.point(name, control))
                    if far <= one.radius and (best is None or (0, far, name, control) < best):
                        best = (0, far, name, control)
        return None if best is None else Target(best[2], best[3])

    def _middle(self, name: str, label: str, middle: Vec3) -> Vec3:
        """The middle of the ball in which a control is, in the scene: reckoned anew only when its thing has moved."""
        pair, place = (name, label), self.world.places[name]
        known = self._balls.get(pair)
        if known is None or known[0] is not place:
            known = self._balls[pair] = (place, place.point(middle))
        return known[1]

    def before(self, tip: Vec3, around: Sequence[str]) -> Target | None:
        """The button that a fingertip is about to press, of the things that are near it."""
        best: tuple[float, str, str] | None = None
        for thing, name, control in self.buttons.near(around):
            far = distance(tip, self.buttons.face((thing, name), control).middle)
            if far <= control.radius + BEFORE and (best is None or (far, thing, name) < best):
                best = (far, thing, name)
        return None if best is None else Target(best[1], best[2])

    def pointed(self, key: Key, aim: Transform, far: float, *, anew: bool = False) -> Target | None:
        """What a hand's ray means within `far` metres: of what it passes closely, what it passes the most closely for its
        size. `anew`: look again whether something hides it."""
        start, ahead = aim.position, aim.direction((0.0, 1.0, 0.0))
        best: tuple[float, float, str, str, Vec3] | None = None
        for name in self._along(start, ahead, far):
            for control, point, radius in self._spots(name, ahead):
                away = subtract(point, start)
                along = dot(away, ahead)
                if not FINGER < along <= far + FINGER:
                    continue
                aside = length(subtract(away, scale(ahead, along))) / (radius + SPREAD * along)
                if aside <= 1.0 and (best is None or (aside, along, name, control) < best[:4]):
                    best = (aside, along, name, control, point)
        if best is None:
            self._hidden.pop(key, None)
            return None
        target = Target(best[2], best[3], best[4])
        return None if self._hides(key, target, start, anew=anew) else target

    def _along(self, start: Vec3, ahead: Vec3, far: float) -> list[str]:
        """What is near a ray, each once, in the order of the scene."""
        step = CELL / 2
        found: dict[str, None] = {}
        for count in range(int((far + FINGER) / step) + 2):
            found |= dict.fromkeys(self.near.at(add(start, scale(ahead, min(far + FINGER, count * step)))))
        return [name for name in found if self.world.present(name) and self._passes(name, start, ahead)]

    def _passes(self, name: str, start: Vec3, ahead: Vec3) -> bool:
        """Whether a ray comes as near to a thing as a hand must to work it."""
        away = subtract(self.world.places[name].position, start)
        along, reach = dot(away, ahead), self.near.reach[name]
        return dot(away, away) - along * along <= reach * reach

    def _spots(self, name: str, ahead: Vec3) -> list[tuple[str, Vec3, float]]:
        """What of a thing a ray can mean: each control, or the thing itself, with its middle and radius."""
        body = self.world.bodies[name]
        found: list[tuple[str, Vec3, float]] = []
        for label, control in body.card.controls.items():
            if not control.pressed:
                found.append((label, self.controls.point(name, label), control.radius))
                continue
            face = self.buttons.face((name, label), control)
            if dot(ahead, face.out) < 0.0:
                found.append((label, face.middle, control.radius))
        if body.card.grab is not None:
            middle = self.world.places[name].point((0.0, 0.0, body.size[2] / 2))
            found.append(("", middle, max(SMALLEST, min(BIGGEST, max(body.size) / 2))))
        return found

    def _hides(self, key: Key, target: Target, start: Vec3, *, anew: bool) -> bool:
        """Whether something solid stands between a hand and what it points at."""
        known, clock = self._hidden.get(key), self.world.clock
        same = known is not None and (known[0].thing, known[0].control) == (target.thing, target.control)
        if known is not None and same and not anew and clock - known[1] < LOOKED_AGAIN:
            return known[2]
        assert target.point is not None
        away = subtract(target.point, start)
        first, far = self.world.touch(start, unit(away), length(away))
        hidden = (first not in {"", target.thing} and far < length(away) - HIDES) or not no_wall(self.world, start, target.point)
        self._hidden[key] = (target, clock, hidden)
        return hidden


def attend(world: World, key: Key, now: Attention | None) -> None:
    """Show what a hand attends to, or that it attends to nothing."""
    if now is None:
        world.attention.pop(key, None)
    elif world.attention.get(key) != now:
        world.attention[key] = now
