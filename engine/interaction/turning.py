"""Dials, knobs, levers, sliders and hinges: taken by a hand, then they follow it until it opens.

A dial and a knob follow the twist of the hand about the axis of their joint; a lever, a slider and a hinge the angle at which the
hand stands about their joint's line, or how far it moved along a slide; always from where the hand was when it took hold. At an
end of the range the hand slips, so that turning back is felt at once. A control with a `step` has detents: its value jumps from
one to the next, and the hand feels a tap at each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import floor
from typing import Any

from engine.interaction.angles import around, twist, unwound
from engine.interaction.flags import Pair, Told
from engine.spec.cards import Control, Joint
from engine.world import World
from engine.world.events import Draft
from engine.world.joints import AXES, carriers, joint_transform, point_of, value_of
from engine.world.vectors import ORIGIN, Transform, Vec3, add, compose, distance, dot, inverse, subtract
from headset.inputs import Side

STICKS = 0.6
"""Steps by which a hand must be past a detent's middle to leave it for the next: more than half, so that a tremor does not
rattle between two."""

SLIPS = 0.3
"""Metres from the control, beyond its radius, at which a hand has slipped off it, or was lost and found elsewhere."""

LOGGED = 20
"""A control without detents is logged each time it has gone a twentieth of its range."""

TWISTED = ("dial", "knob")
"""Kinds of control that a hand turns about its own axis."""

DIAL = Joint(by="", motion="turn", begins=0.0, ends=270.0, at=(0.0, 0.0, 0.0), axis="depth")
"""How a dial goes that has no joint of its own."""

LEVER = Joint(by="", motion="slide", begins=0.0, ends=0.3, at=(0.0, 0.0, 0.0), axis="height")
"""How a lever goes that has no joint of its own."""


@dataclass(frozen=True, slots=True)
class Working:
    """A hand on a dial or lever: since which pose, how far it has turned or pulled since, and from which value on.

    `start` is the hand's pose in the scene as it took hold, `far` degrees or metres since, `base` the value that `far` 0 stands
    for, `logged` the value of the newest event, `cause` the event of taking hold. `away` is what is added to the hand's position
    for one that took hold from afar: it works as if it were at the control.
    """

    thing: str
    control: str
    start: Transform
    far: float
    base: float
    logged: float
    cause: int
    away: Vec3 = ORIGIN


class Turning:
    """All dials and levers, and the hands on them."""

    def __init__(self, world: World, told: Told) -> None:
        self.world = world
        self.told = told
        self.hands: dict[tuple[str, Side], Working] = {}

    def take(self, person: str, side: Side, pair: Pair, grip: Transform, afar: bool = False) -> None:
        """A hand closes on a control, or takes hold of it from afar. A hand that was on it lets go."""
        for other, working in list(self.hands.items()):
            if (working.thing, working.control) == pair:
                self.let_go(*other, f"taken over by the {side} hand")
        thing, name = pair
        value = self._value(pair)
        because = f"{side} hand pointed at it from afar and closed" if afar else f"{side} hand closed on it"
        cause = self.told.emit(Draft(person, "grabbed", f"{thing}.{name}", side, because=because))
        control = self.world.bodies[thing].card.controls[name]
        away = subtract(point_of(self.world, thing, control.at, control.joint), grip.position) if afar else ORIGIN
        start = Transform(add(grip.position, away), grip.turn) if afar else grip
        self.hands[(person, side)] = Working(thing, name, start, 0.0, value, value, cause, away)
        self.world.worked[pair] = (person, side)

    def follow(self, person: str, side: Side, grip: Transform) -> None:
        """Move the control in a hand to where the hand is."""
        working = self.hands[(person, side)]
        control = self.world.bodies[working.thing].card.controls[working.control]
        if working.away != ORIGIN:
            grip = Transform(add(grip.position, working.away), grip.turn)
        if distance(grip.position, point_of(self.world, working.thing, control.at, control.joint)) > control.radius + SLIPS:
            self.let_go(person, side, f"{side} hand slipped off")
            return
        joint = self._joint(working.thing, control)
        low, high = self._range(working.thing, control)
        far = self._far(working, control, joint, grip)
        way = joint.ends - joint.begins
        raw = working.base + (far * (high - low) / way if way else 0.0)
        clamped = max(low, min(high, raw))
        # At an end the hand slips: what it turned too far does not have to be turned back.
        working = replace(working, far=far, base=working.base + clamped - raw)
        value = detent(self._value((working.thing, working.control)), clamped, low, high, control.step)
        self.hands[(person, side)] = self._set((person, side), working, value, (high - low) / LOGGED)

    def let_go(self, person: str, side: Side, because: str) -> None:
        """A hand opens."""
        working = self.hands.pop((person, side))
        pair = (working.thing, working.control)
        self.world.worked.pop(pair, None)
        value = self._value(pair)
        cause = working.cause
        if value != working.logged:
            cause = self._tell(person, working, value, f"{side} hand left {working.control} there")
        self.told.emit(Draft(person, "released", f"{pair[0]}.{pair[1]}", side, because=because, cause=cause))

    def step(self, person: str, pair: Pair, up: bool, because: str) -> None:
        """Move a control by one detent, or a twentieth of its range, as a gaze or a switch does."""
        thing, name = pair
        control = self.world.bodies[thing].card.controls[name]
        low, high = self._range(thing, control)
        step = control.step or (high - low) / LOGGED
        now = self._value(pair)
        value = max(low, min(high, now + (step if up else -step)))
        if value != now:
            path = (thing, control.sets)
            self.told.change(path, value, Draft(person, "changed", ".".join(path), value, because=because))

    def settle(self) -> None:
        """End a tick: nobody holds a control of what is gone."""
        for (person, side), working in list(self.hands.items()):
            if not self.world.present(working.thing):
                self.let_go(person, side, f"{working.thing} is gone")

    def snapshot(self) -> dict[str, Any]:
        """All that can change."""
        return dict(self.hands)

    def restore(self, snapshot: Mapping[Any, Any]) -> None:
        """Become what `snapshot` was taken of."""
        self.hands = dict(snapshot)

    def _far(self, working: Working, control: Control, joint: Joint, grip: Transform) -> float:
        """Degrees or metres that a hand has gone since it took hold; what it was before where its pose does not tell."""
        place = self.world.places[working.thing]
        card = self.world.bodies[working.thing].card
        for name in carriers(card, control.joint)[:-1]:
            place = place @ joint_transform(card, name, value_of(self.world, working.thing, name))
        axis = place.direction(AXES[joint.axis])
        if joint.motion == "slide":
            return dot(subtract(grip.position, working.start.position), axis)
        if control.kind in TWISTED:
            found = twist(compose(grip.turn, inverse(working.start.turn)), axis)
        else:
            pivot = place.point(joint.at)
            found = around(axis, subtract(working.start.position, pivot), subtract(grip.position, pivot))
        return working.far if found is None else unwound(found, working.far)

    def _set(self, key: tuple[str, Side], working: Working, value: float, often: float) -> Working:
        person, side = key
        control = self.world.bodies[working.thing].card.controls[working.control]
        path = (working.thing, control.sets)
        before = self._value((working.thing, working.control))
        if value == before:
            return working
        verb = "turned" if control.kind in TWISTED else "moved"
        if control.step:
            cause = self._tell(person, working, value, f"{side} hand {verb} {working.control}")
            self.told.emit(Draft("engine", "haptic", working.thing, "tap", because=f"felt by the {side} hand", cause=cause))
            return replace(working, logged=value)
        if abs(value - working.logged) < often:
            self.told.set_value(path, value)
            return working
        self._tell(person, working, value, f"{side} hand {verb} {working.control}")
        return replace(working, logged=value)

    def _tell(self, person: str, working: Working, value: float, because: str) -> int:
        path = (working.thing, self.world.bodies[working.thing].card.controls[working.control].sets)
        return self.told.change(path, value, Draft(person, "changed", ".".join(path), value, because, working.cause))

    def _value(self, pair: Pair) -> float:
        value = self.world.value((pair[0], self.world.bodies[pair[0]].card.controls[pair[1]].sets))
        assert not isinstance(value, (str, bool)), f"{pair}: a control sets a number"
        return float(value)

    def _joint(self, thing: str, control: Control) -> Joint:
        if control.joint:
            return self.world.bodies[thing].card.joints[control.joint]
        return DIAL if control.kind in TWISTED else LEVER

    def _range(self, thing: str, control: Control) -> tuple[float, float]:
        slot = self.world.bodies[thing].card.live[control.sets]
        assert slot.low is not None, f"{thing}.{control.sets}: a control sets a property with a range"
        assert slot.high is not None, f"{thing}.{control.sets}: a control sets a property with a range"
        return slot.low, slot.high


def detent(now: float, wanted: float, low: float, high: float, step: float) -> float:
    """The value that a control stands at when its hand wants one: the nearest detent, counted from the low end, and left only
    when the hand is well past; without detents what the hand wants."""
    if step <= 0.0:
        return wanted
    if abs(wanted - now) < STICKS * step and wanted not in (low, high):
        return now
    return max(low, min(high, low + step * floor((wanted - low) / step + 0.5)))
