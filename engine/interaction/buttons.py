"""Buttons: pressed in by a fingertip that comes through their face, or by the trigger of a hand that points at one close by.

A button is met on its face, a disc of its `radius`; it goes in by the travel of the joint that its flag moves. It counts as
pressed from three quarters of that on, and as let go at a quarter: a trembling finger presses once. Only a finger that was seen
in front and came through the face presses: one that appears behind it, or jumps as lost tracking does, has not touched it. A
switch is met in the same way: each press turns its value over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.interaction.flags import Pair, Told
from engine.spec.cards import Control
from engine.world import World
from engine.world.events import Draft
from engine.world.joints import Face, carriers, face_of
from engine.world.vectors import Transform, Turn, Vec3, add, compose, distance, dot, length, rotate, scale, subtract
from headset.inputs import Hand, Side

FINGER = 0.1
"""Metres from the middle of the palm to the tip of a finger that points: hand length 0.17–0.20 m less half a palm (ISO 7250-1,
dimension 4.3.1). Recordings hold no joints of fingers, so what decides goes by grip and aim."""

JUMP = 0.15
"""Metres in a tick (15 m/s) that no finger moves: tracking was lost and found again elsewhere."""

PRESSED, FREED = 0.75, 0.25
"""Parts of the travel at which a button that goes in counts as pressed, and one that comes out as let go."""

ASIDE = 1.5
"""Radii at which a finger that pushes has slid off the button."""

THROUGH = 0.12
"""Metres behind the face at which a hand has gone through the wall, and no longer presses."""

POINTED = 0.15
"""Metres from the fingertip, beyond the radius, within which a trigger presses what the hand points at."""

DEED_TICKS = 15
"""For how long a button looks pressed that was not pressed by a finger: long enough to be seen."""

Key = tuple[str, Side]
"""A hand: person and side."""


def fingertip(world: World, hand: Hand, grip: Transform) -> Vec3:
    """Where the tip of a hand's pointing finger is; `grip` is where the hand is in the scene."""
    x, y, z = grip.position
    # The finger is along +y: `rotate`, less all that is nought.
    w, i, j, k = pointing(world, hand, grip)
    east, up = k * FINGER * -2.0, i * FINGER * 2.0
    return (x + (east * w + j * up), y + (FINGER + (k * east - i * up)), z + (up * w - j * east))


def pointing(world: World, hand: Hand, grip: Transform) -> Turn:
    """Which way a hand points."""
    if hand.aim is None or hand.aim is hand.grip or hand.aim == hand.grip:
        return grip.turn
    return compose(world.origin.turn, hand.aim.quaternion)


@dataclass(frozen=True, slots=True)
class Press:
    """A button that is in: by which hand, how (`finger`, `trigger`, `deed`), since which scene tick, and the event of it."""

    person: str
    side: Side
    by: str
    since: int
    cause: int


class Buttons:
    """All buttons, and the fingers on them."""

    def __init__(self, world: World, told: Told) -> None:
        self.world = world
        self.told = told
        self.presses: dict[Pair, Press] = {}
        self.tips: dict[Key, Vec3] = {}
        self.entered: set[tuple[Key, Pair]] = set()
        """Fingers that came through the face from the front and are still behind it."""
        self._buttons = {
            name: [(label, control) for label, control in body.card.controls.items() if control.pressed]
            for name, body in world.bodies.items()
        }
        self._faces: dict[Pair, tuple[Transform, Face]] = {}
        """The faces of buttons that only move with their thing, and the place it had."""

    def poke(self, key: Key, now: Vec3 | None, free: bool, near: Sequence[str]) -> None:
        """Move one finger by a tick to `now`, None while it is not tracked; a hand that is not `free` presses nothing."""
        before = self.tips.get(key)
        if now is None or not free:
            if before is not None:
                del self.tips[key]
            self._withdraw(key)
            return
        self.tips[key] = now
        if not self._touches(key) and (before is now or not any(map(self._buttons.__getitem__, near))):
            return  # a finger that stands still, or is far from every button, presses nothing
        if before is not None and distance(before, now) > JUMP:
            self._withdraw(key)
            before = None
        if self.presses:
            on_it = [pair[0] for pair, press in self.presses.items() if (press.person, press.side) == key]
            near = list(dict.fromkeys((*near, *on_it)))
        for thing in near:
            if self._buttons[thing] and self.world.present(thing):
                for name, control in self._buttons[thing]:
                    self._push(key, (thing, name), control, before, now)

    def rests(self, key: Key, tip: Vec3) -> bool:
        """Whether a finger is where it was a tick ago and on no button: there is nothing to be done about it."""
        return self.tips.get(key) is tip and not self._touches(key)

    def pull(self, key: Key, grip: Transform, tip: Vec3, near: Sequence[str]) -> bool:
        """The trigger of a hand went down: press the button that it points at from close by. Whether there was one."""
        person, side = key
        found: list[tuple[float, Pair]] = []
        ahead = rotate(pointing(self.world, self.world.people[person].hand(side), grip), (0.0, 1.0, 0.0))
        for thing in near:
            for name, control in self._buttons[thing] if self.world.present(thing) else ():
                face = self.face((thing, name), control)
                away = subtract(face.middle, tip)
                aside = length(subtract(away, scale(ahead, dot(away, ahead))))
                front = dot(away, face.out) <= 0.0 and dot(ahead, face.out) < 0.0
                if front and aside <= control.radius and length(away) <= control.radius + POINTED:
                    found.append((length(away), (thing, name)))
        if not found:
            return False
        pair = min(found)[1]
        if pair not in self.presses:
            self._press(key, pair, "trigger", f"{side} hand pointed at {pair[1]} and pulled the trigger")
        return True

    def near(self, near: Sequence[str]) -> Iterator[tuple[str, str, Control]]:
        """The buttons of these things: thing, name and control of each."""
        for thing in near:
            if self._buttons[thing] and self.world.present(thing):
                for name, control in self._buttons[thing]:
                    yield thing, name, control

    def pull_far(self, key: Key, pair: Pair) -> None:
        """The trigger of a hand went down that points at a button from afar."""
        if pair not in self.presses:
            self._press(key, pair, "trigger", f"{key[1]} hand pointed at {pair[1]} from afar and pulled the trigger")

    def pressed_by(self, key: Key) -> Pair | None:
        """The button that a hand keeps in, or None."""
        return next((pair for pair, one in self.presses.items() if (one.person, one.side) == key and one.by != "deed"), None)

    def let_go(self, key: Key) -> None:
        """The trigger of a hand came up."""
        self._free(key, "trigger")

    def press(self, person: str, pair: Pair, because: str) -> None:
        """Press a button by name, as a gaze or a switch does. Nothing happens while it is in already."""
        if pair not in self.presses:
            self._press((person, "right"), pair, "deed", because)

    def settle(self) -> None:
        """End a tick: buttons that were pressed by name come out again, and those of things that are gone."""
        for pair, press in list(self.presses.items()):
            over = press.by == "deed" and self.world.clock - press.since >= DEED_TICKS
            if over or not self.world.present(pair[0]):
                self._out(pair)

    def snapshot(self) -> dict[str, Any]:
        """All that can change."""
        return {"presses": dict(self.presses), "tips": dict(self.tips), "entered": set(self.entered)}

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Become what `snapshot` was taken of."""
        self.presses = dict(snapshot["presses"])
        self.tips = dict(snapshot["tips"])
        self.entered = set(snapshot["entered"])

    def _touches(self, key: Key) -> bool:
        """Whether a finger is behind the face of a button, or keeps one in."""
        if not self.entered and not self.presses:
            return False
        return any(key == other for other, _ in self.entered) or any(
            (one.person, one.side) == key for one in self.presses.values()
        )

    def _push(self, key: Key, pair: Pair, control: Control, before: Vec3 | None, now: Vec3) -> None:
        face = self.face(pair, control)
        away = subtract(now, face.middle)
        ahead = dot(away, face.out)
        aside = length(subtract(away, scale(face.out, ahead)))
        depth = -ahead / face.travel
        press = self.presses.get(pair)
        mine = press is not None and press.by == "finger" and (press.person, press.side) == key
        gone = ahead < -THROUGH or aside > ASIDE * control.radius
        if ahead > 0.0 or gone:
            self.entered.discard((key, pair))
        elif before is not None and _passes(face, control.radius, before, now):
            self.entered.add((key, pair))
        if mine and (gone or depth < FREED):
            self._out(pair)
        elif press is None and (key, pair) in self.entered and depth >= PRESSED:
            self._press(key, pair, "finger", f"{key[1]} finger pressed {pair[1]} in")
            mine = True
        if pair in self.presses:
            if mine:
                self._show(pair, control, min(1.0, depth))
        elif (key, pair) in self.entered:
            self._show(pair, control, min(1.0, depth))
        elif not any(pair == other for _, other in self.entered):
            self._show(pair, control, 0.0)

    def face(self, pair: Pair, control: Control) -> Face:
        """The face of a button, reckoned anew only when it may have moved."""
        place, known = self.world.places[pair[0]], self._faces.get(pair)
        if known is not None and known[0] is place:
            return known[1]
        face = face_of(self.world, pair[0], control)
        if len(carriers(self.world.bodies[pair[0]].card, control.joint)) <= 1:
            self._faces[pair] = (place, face)
        return face

    def _press(self, key: Key, pair: Pair, by: str, because: str) -> None:
        person, side = key
        thing, name = pair
        control = self.world.bodies[thing].card.controls[name]
        if control.kind == "switch":
            path = (thing, control.sets)
            value = not self.world.value(path)
            cause = self.told.change(path, value, Draft(person, "changed", ".".join(path), value, because=because))
        else:
            draft = Draft(person, "raised", f"{thing}.{control.raises}", side if by != "deed" else None, because=because)
            cause = self.told.raise_flag((thing, control.raises), draft)
        self.presses[pair] = Press(person, side, by, self.world.clock, cause)
        self._show(pair, control, 1.0)
        if by != "deed":
            self.world.worked[pair] = (person, side)
            self.told.emit(Draft("engine", "haptic", thing, "tap", because=f"felt by the {side} hand", cause=cause))

    def _out(self, pair: Pair) -> None:
        del self.presses[pair]
        self.world.worked.pop(pair, None)
        self._show(pair, self.world.bodies[pair[0]].card.controls[pair[1]], 0.0)

    def _free(self, key: Key, by: str) -> None:
        for pair, press in list(self.presses.items()):
            if (press.person, press.side) == key and press.by == by:
                self._out(pair)

    def _withdraw(self, key: Key) -> None:
        """A finger is no longer where it was seen."""
        self._free(key, "finger")
        for held, pair in [one for one in self.entered if one[0] == key]:
            self.entered.discard((held, pair))
            if pair not in self.presses:
                self._show(pair, self.world.bodies[pair[0]].card.controls[pair[1]], 0.0)

    def _show(self, pair: Pair, control: Control, depth: float) -> None:
        if control.kind == "switch":
            return  # its part is where the value has it
        flag = (pair[0], control.raises)
        if depth > 0.0:
            self.world.raised[flag] = depth
        else:
            self.world.raised.pop(flag, None)


def _passes(face: Face, radius: float, before: Vec3, now: Vec3) -> bool:
    """Whether a way leads through the face from the front."""
    front, behind = dot(subtract(before, face.middle), face.out), dot(subtract(now, face.middle), face.out)
    if front <= 0.0 or behind > 0.0:
        return False
    part = front / (front - behind)
    return distance(add(before, scale(subtract(now, before), part)), face.middle) <= radius
