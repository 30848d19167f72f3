"""Hands: what they touch, take, press, turn, hold, put on and let go.

Each hand is a small state machine: open → closed (the nearest thing or control within reach is taken) → open (a control stays
where it is, a thing snaps onto the place it fits on or falls on what is below it). Closing and opening have different thresholds,
so that a trembling finger does not drop things. What fingertips press is in `buttons`, what turns in a hand in `turning`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.interaction.buttons import Buttons, fingertip
from engine.interaction.carried import Carried
from engine.interaction.falling import Falling
from engine.interaction.flags import Pair, SetValue, Told
from engine.interaction.near import Near
from engine.interaction.sockets import Sockets
from engine.interaction.turning import Turning
from engine.spec.expression import Flag
from engine.world import World
from engine.world.events import Draft, Emit
from engine.world.joints import point_of
from engine.world.rays import nearest
from engine.world.sight import seen
from engine.world.time import ticks
from engine.world.vectors import Transform, Vec3, distance
from headset.inputs import SIDES, Hand, Side

CLOSES_AT = 60
"""Per cent of squeeze at which a hand takes; XR_EXT_hand_interaction suggests a threshold of about half."""

OPENS_AT = 40
"""Per cent of squeeze at which a hand lets go."""

LOST_SECONDS = 0.5
"""How long a hand that is no longer tracked keeps what it holds: longer than the gaps of tracking, too short to wonder."""

TOUCH = 0.03
"""Metres from the grip to a surface that count as touching it."""

GAZE_LIMIT = 60.0
"""Metres within which a thing counts as seen."""

Key = tuple[str, Side]


@dataclass(frozen=True, slots=True)
class Holding:
    """A thing in a hand: where it is seen from the grip, and the event of taking it."""

    thing: str
    offset: Transform
    cause: int


class Hands:
    """All hands of all people, and what they work.

    `asked` are the flags that the scene asks for, `emit` logs, `set_value` sets a live property and ends what else was changing
    it; left out, it is just set.
    """

    def __init__(self, world: World, asked: Iterable[Flag], emit: Emit, set_value: SetValue | None = None) -> None:
        self.world = world
        self.told = Told(emit, world.properties.__setitem__ if set_value is None else set_value)
        self.closed: dict[Key, bool] = {}
        self.triggers: dict[Key, bool] = {}
        self.holding: dict[Key, Holding] = {}
        self.lost: dict[Key, int] = {}
        """Hands that hold something and are not tracked → the scene tick since when."""
        self.carried = Carried(world)
        self.falling = Falling(world, self.told, self.carried)
        self.sockets = Sockets(world, self.told)
        self.buttons = Buttons(world, self.told)
        self.turning = Turning(world, self.told)
        self.near = Near(world, [name for name, body in world.bodies.items() if body.card.grab or body.card.controls])
        self._known: dict[Key, tuple[Hand, Transform, Transform | None, Vec3 | None]] = {}
        """Each hand as it was last, its person's space, and where grip and fingertip were then: no state, only spares work."""
        self._asked = sorted(
            {(flag.thing, flag.flag) for flag in asked} & {(name, kind) for name in world.bodies for kind in ("seen", "touched")}
        )
        self._gazed = any(flag == "seen" for _, flag in self._asked)

    def step(self) -> frozenset[Pair]:
        """Move what is worked, held or falls by one tick; the (thing, flag) pairs that are up in it."""
        self.carried.step()
        self.near.update()
        for person, someone in list(self.world.people.items()):
            self._hand((person, "left"), someone.left)
            self._hand((person, "right"), someone.right)
        self._forsake()
        self.buttons.settle()
        self.turning.settle()
        self.falling.step()
        self.carried.step()
        flags = self.told.moments
        self.told.moments = set()
        flags.update((name, "held") for name in self.world.held)
        flags.update((name, "fitted") for name in self.world.fitted)
        if self._asked:
            flags.update(self._noticed())
        return frozenset(flags)

    def drop_all(self) -> None:
        """Let go of everything, as when the session ends."""
        for person, side in list(self.holding):
            self._let_go((person, side), "the session ends")
        for person, side in list(self.turning.hands):
            self.turning.let_go(person, side, "the session ends")

    def snapshot(self) -> dict[str, Any]:
        """All that can change."""
        return {
            "closed": dict(self.closed),
            "triggers": dict(self.triggers),
            "holding": dict(self.holding),
            "lost": dict(self.lost),
            "carried": self.carried.snapshot(),
            "falling": self.falling.snapshot(),
            "sockets": self.sockets.snapshot(),
            "buttons": self.buttons.snapshot(),
            "turning": self.turning.snapshot(),
        }

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Become what `snapshot` was taken of."""
        self.closed = dict(snapshot["closed"])
        self.triggers = dict(snapshot["triggers"])
        self.holding = dict(snapshot["holding"])
        self.lost = dict(snapshot["lost"])
        self.carried.restore(snapshot["carried"])
        self.falling.restore(snapshot["falling"])
        self.sockets.restore(snapshot["sockets"])
        self.buttons.restore(snapshot["buttons"])
        self.turning.restore(snapshot["turning"])

    def _hand(self, key: Key, hand: Hand) -> None:
        person, side = key
        known = self._known.get(key)
        free = key not in self.holding and key not in self.turning.hands
        if known is not None and known[0] is hand and known[1] is self.world.origin:
            # The same objects as a tick ago: neither the hand nor the person's space has moved.
            grip, tip = known[2], known[3]
            if free and (tip is None or self.buttons.rests(key, tip)):
                return
        else:
            grip = self.world.hand(person, side)
            tip = None if grip is None else fingertip(self.world, hand, grip)
            self._known[key] = (hand, self.world.origin, grip, tip)
        self.buttons.poke(key, tip, free, self.near.at(tip) if tip is not None and free else ())
        if grip is None or tip is None:
            self._miss(key)
            return
        if self.lost:
            self.lost.pop(key, None)
        pulled, was_pulled = self._pulls(key, hand)
        if was_pulled and not pulled:
            self.buttons.let_go(key)
        was = self.closed.get(key, False)
        squeeze = max(hand.squeeze, hand.trigger)
        closed = self.closed[key] = squeeze > OPENS_AT if was else squeeze >= CLOSES_AT
        if closed and not was:
            pressed = pulled and not was_pulled and self.buttons.pull(key, grip, tip, self.near.at(tip))
            if not pressed:
                self._take(key, grip)
        elif was and not closed:
            self._open(key, f"{side} hand opened")
        if key in self.holding:
            holding = self.holding[key]
            self.world.places[holding.thing] = grip @ holding.offset
        elif key in self.turning.hands:
            self.turning.follow(person, side, grip)

    def _pulls(self, key: Key, hand: Hand) -> tuple[bool, bool]:
        was = self.triggers.get(key, False)
        now = self.triggers[key] = hand.trigger > OPENS_AT if was else hand.trigger >= CLOSES_AT
        return now, was

    def _miss(self, key: Key) -> None:
        """A hand is not tracked: what it holds stays in the air for a moment, in case it comes back."""
        if key not in self.holding and key not in self.turning.hands:
            return
        since = self.lost.setdefault(key, self.world.clock)
        if self.world.clock - since > ticks(LOST_SECONDS):
            del self.lost[key]
            self._open(key, f"{key[1]} hand was lost")

    def _take(self, key: Key, grip: Transform) -> None:
        """Take what is nearest: a control by its middle, else a thing by its box. Controls come first: they are small, so a hand
        that is on one means it, even where a thing hangs before it."""
        found: list[tuple[int, float, str, str]] = []
        for name in self.near.at(grip.position):
            if not self.world.present(name):
                continue
            card = self.world.bodies[name].card
            if card.grab is not None:
                local = self.world.places[name].local(grip.position)
                far = distance(local, nearest(self.world.bodies[name].box, local))
                if far <= card.grab.radius:
                    found.append((1, far, name, ""))
            for control, one in card.controls.items():
                if one.kind != "button":
                    far = distance(grip.position, point_of(self.world, name, one.at, one.joint))
                    if far <= one.radius:
                        found.append((0, far, name, control))
        if not found:
            return
        _, _, name, control = min(found)
        if control:
            self.turning.take(*key, (name, control), grip)
        else:
            self._grab(key, name, grip)

    def _grab(self, key: Key, name: str, grip: Transform) -> None:
        person, side = key
        for other, holding in list(self.holding.items()):
            if holding.thing == name:
                self._let_go(other, f"taken over by the {side} hand", falls=False)
        draft = Draft(person, "grabbed", name, side, because=f"{side} hand closed on it")
        cause = self.told.raise_flag((name, "grabbed"), draft)
        self.falling.catch(name)
        self.carried.take_off(name)
        self.sockets.take_off(person, name, f"taken by the {side} hand", cause)
        self.holding[key] = Holding(name, grip.inverse() @ self.world.places[name], cause)
        self.world.held[name] = key

    def _open(self, key: Key, because: str) -> None:
        if key in self.holding:
            self._let_go(key, because)
        elif key in self.turning.hands:
            self.turning.let_go(*key, because)

    def _let_go(self, key: Key, because: str, falls: bool = True) -> None:
        person, side = key
        holding = self.holding.pop(key)
        thing = holding.thing
        del self.world.held[thing]
        cause = self.told.emit(Draft(person, "released", thing, side, because=because, cause=holding.cause))
        if not falls:
            return
        if self.sockets.over(thing) and self.sockets.fit(person, thing, because, cause):
            return
        self.falling.drop(thing, cause)

    def _forsake(self) -> None:
        """Nothing stays in a hand that is gone, nor on a place of what is gone."""
        for key, holding in list(self.holding.items()):
            if not self.world.present(holding.thing):
                self._let_go(key, f"{holding.thing} is gone", falls=False)
        for name, (host, _) in list(self.world.fitted.items()):
            gone = next((one for one in (host, name) if not self.world.present(one)), None)
            if gone is not None:
                cause = self.sockets.take_off("engine", name, f"{gone} is gone")
                if gone == host and cause is not None:
                    self.falling.drop(name, cause)

    def _noticed(self) -> Iterator[Pair]:
        """The flags `seen` and `touched` that are up, of those that the scene asks for."""
        looked_at = {self._gaze(person) for person in self.world.people} if self._gazed else set()
        for thing, flag in self._asked:
            if self.world.present(thing) and (thing in looked_at if flag == "seen" else self._touched(thing)):
                yield (thing, flag)

    def _gaze(self, person: str) -> str:
        """What a person looks at; an empty name if at nothing."""
        head = self.world.head(person)
        return "" if head is None else seen(self.world, head.position, head.direction((0.0, 1.0, 0.0)), GAZE_LIMIT)

    def _touched(self, thing: str) -> bool:
        body, place = self.world.bodies[thing], self.world.places[thing]
        for person in self.world.people:
            for side in SIDES:
                grip = self.world.hand(person, side)
                if grip is not None:
                    local = place.local(grip.position)
                    if distance(local, nearest(body.box, local)) <= TOUCH:
                        return True
        return False
