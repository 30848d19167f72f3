"""Hands: what they touch, take, press, turn, hold, put on and let go.

Each hand is a small state machine: open → closed (the nearest thing or control within reach is taken) → open (a control stays
where it is, a thing snaps onto the place it fits on or falls on what is below it). Closing and opening have different thresholds,
so that a trembling finger does not drop things. What fingertips press is in `buttons`, what turns in a hand in `turning`, what it
holds in `holding`, and what it would work if it closed now in `rays`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from engine.interaction.buttons import Buttons, Key, fingertip, pointing
from engine.interaction.carried import Carried
from engine.interaction.falling import Falling
from engine.interaction.flags import Pair, SetValue, Told
from engine.interaction.holding import Held
from engine.interaction.near import Near
from engine.interaction.preferences import Wishes
from engine.interaction.rays import Rays, attend, far_for
from engine.interaction.sockets import Sockets
from engine.interaction.turning import Turning
from engine.spec.expression import Flag
from engine.world import World
from engine.world.attention import Attention
from engine.world.events import Emit
from engine.world.rays import nearest
from engine.world.sight import seen, sight_line
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

HOVERS = 4
"""Ticks between two looks for what an open hand would work, of each hand in turn: 25 a second, for it is only shown."""

_TURNS: Mapping[Side, int] = {"left": 0, "right": HOVERS // 2}

GAZE_LIMIT = 60.0
"""Metres within which a thing counts as seen."""


class Hands:
    """All hands of all people, and what they work.

    `asked` are the flags that the scene asks for, `emit` logs, `set_value` sets a live property and ends what else was changing
    it; left out, it is just set. `wishes` are everyone's preferences.
    """

    def __init__(
        self,
        world: World,
        asked: Iterable[Flag],
        emit: Emit,
        set_value: SetValue | None = None,
        wishes: Wishes | None = None,
    ) -> None:
        self.world = world
        self.wishes = wishes or Wishes()
        self.told = Told(emit, world.properties.__setitem__ if set_value is None else set_value)
        self.closed: dict[Key, bool] = {}
        self.triggers: dict[Key, bool] = {}
        self.lost: dict[Key, int] = {}
        """Hands that hold something and are not tracked → the scene tick since when."""
        self.carried = Carried(world)
        self.falling = Falling(world, self.told, self.carried)
        self.sockets = Sockets(world, self.told)
        self.buttons = Buttons(world, self.told)
        self.turning = Turning(world, self.told)
        self.held = Held(world, self.told, self.carried, self.falling, self.sockets)
        self.near = Near(world, [name for name, body in world.bodies.items() if body.card.grab or body.card.controls])
        self.rays = Rays(world, self.near, self.buttons)
        self._known: dict[Key, tuple[Hand, Transform, Transform | None, Vec3 | None]] = {}
        """Each hand as it was last, its person's space, and where grip and fingertip were then: no state, only spares work."""
        self._unseen: set[Key] = set()
        """Hands that have moved since it was last looked for what they would work: no state."""
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
        world, flags = self.world, self.told.moments
        if world.fitted or self.held.holding:
            self.held.forsake()
        if self.buttons.presses:
            self.buttons.settle()
        if self.turning.hands:
            self.turning.settle()
        self.falling.step()
        self.carried.step()
        self.told.moments = set()
        if world.held or world.fitted:
            flags.update((name, "held") for name in world.held)
            flags.update((name, "fitted") for name in world.fitted)
        if self._asked:
            flags.update(self._noticed())
        return frozenset(flags)

    def busy(self, person: str, side: Side) -> bool:
        """Whether a hand holds, turns or presses something."""
        key = (person, side)
        return key in self.held.holding or key in self.turning.hands or self.buttons.pressed_by(key) is not None

    def drop_all(self) -> None:
        """Let go of everything, as when the session ends."""
        for key in list(self.held.holding):
            self.held.let_go(key, "the session ends")
        for person, side in list(self.turning.hands):
            self.turning.let_go(person, side, "the session ends")

    def snapshot(self) -> dict[str, Any]:
        """All that can change."""
        return {
            "closed": dict(self.closed),
            "triggers": dict(self.triggers),
            "held": self.held.snapshot(),
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
        self.held.restore(snapshot["held"])
        self.lost = dict(snapshot["lost"])
        self.carried.restore(snapshot["carried"])
        self.falling.restore(snapshot["falling"])
        self.sockets.restore(snapshot["sockets"])
        self.buttons.restore(snapshot["buttons"])
        self.turning.restore(snapshot["turning"])

    def _hand(self, key: Key, hand: Hand) -> None:
        free = key not in self.held.holding and key not in self.turning.hands
        known, world = self._known.get(key), self.world
        if known is not None and known[0] is hand and known[1] is world.origin:
            # The same objects as a tick ago: neither the hand nor the person's space has moved.
            grip, tip = known[2], known[3]
            if free and key not in self._unseen and (tip is None or self.buttons.rests(key, tip)):
                return
        else:
            grip = world.hand(*key)
            tip = None if grip is None else fingertip(world, hand, grip)
            self._known[key] = (hand, world.origin, grip, tip)
        around = self.near.at(tip) if tip is not None and free else ()
        self.buttons.poke(key, tip, free, around)
        if (
            free
            and world.clock % HOVERS != _TURNS[key[1]]
            and hand.squeeze < CLOSES_AT
            and hand.trigger < CLOSES_AT
            and tip is not None
            and self.closed.get(key) is False
            and not (self.triggers[key] or self.lost or self.buttons.presses or _selects(world, key))
        ):
            # An open hand that goes about, as most do in most ticks: it takes and presses nothing, and is not shown anew.
            self._unseen.add(key)
            return
        if grip is None or tip is None:
            attend(world, key, None)
            self._unseen.discard(key)
            self._miss(key)
            return
        if self.lost:
            self.lost.pop(key, None)
        self._work(key, hand, grip, tip)
        if key in self.held.holding:
            self.held.follow(key, grip)
            now: Attention | None = self._carries(self.held.holding[key].thing)
        elif key in self.turning.hands:
            self.turning.follow(*key, grip)
            working = self.turning.hands.get(key)
            now = None if working is None else Attention(working.thing, working.control, "select")
        elif self.buttons.presses and (pressed := self.buttons.pressed_by(key)) is not None:
            now = Attention(*pressed, "select")
        elif self.closed[key]:
            now = None
        elif world.clock % HOVERS == _TURNS[key[1]] or _selects(world, key):
            now = self._hovers(key, hand, grip, tip, around)
            self._unseen.discard(key)
        else:
            self._unseen.add(key)
            return
        attend(world, key, now)

    def _work(self, key: Key, hand: Hand, grip: Transform, tip: Vec3) -> None:
        """Take in how far a hand is closed: it takes, presses or lets go."""
        pulled, was_pulled = self._pulls(key, hand)
        if was_pulled and not pulled:
            self.buttons.let_go(key)
        was = self.closed.get(key, False)
        squeeze = max(hand.squeeze, hand.trigger)
        closed = self.closed[key] = squeeze > OPENS_AT if was else squeeze >= CLOSES_AT
        if closed and not was:
            pulls = pulled and not was_pulled
            if not (pulls and self.buttons.pull(key, grip, tip, self.near.at(tip))):
                self._take(key, hand, grip, pulls=pulls)
        elif was and not closed:
            self._open(key, f"{key[1]} hand opened")

    def _pulls(self, key: Key, hand: Hand) -> tuple[bool, bool]:
        was = self.triggers.get(key, False)
        now = self.triggers[key] = hand.trigger > OPENS_AT if was else hand.trigger >= CLOSES_AT
        return now, was

    def _miss(self, key: Key) -> None:
        """A hand is not tracked: what it holds stays in the air for a moment, in case it comes back."""
        if key in self.held.holding:
            self.held.lose(key)
        elif key not in self.turning.hands:
            return
        since = self.lost.setdefault(key, self.world.clock)
        if self.world.clock - since > ticks(LOST_SECONDS):
            del self.lost[key]
            self._open(key, f"{key[1]} hand was lost")

    def _take(self, key: Key, hand: Hand, grip: Transform, *, pulls: bool) -> None:
        """Take what is touched, else work what is pointed at: a trigger presses buttons too, a squeeze only takes."""
        found = self.rays.touched(grip.position)
        afar = found is None
        if found is None and hand.aim is not None:
            found = self.rays.pointed(key, self._aim(hand, grip), far_for(self.wishes[key[0]]), anew=True)
        if found is None:
            return
        pair = (found.thing, found.control)
        if not found.control:
            self.held.take(key, found.thing, grip, afar=afar)
        elif not self.world.bodies[found.thing].card.controls[found.control].pressed:
            self.turning.take(*key, pair, grip, afar=afar)
        elif pulls:
            self.buttons.pull_far(key, pair)

    def _carries(self, thing: str) -> Attention:
        """What a hand that holds a thing attends to; whether it would snap on is shown before it is let go."""
        if self.sockets.takes(thing):
            return Attention(thing, "", "focus", 1.0, deed="fit")
        return Attention(thing, "", "select")

    def _open(self, key: Key, because: str) -> None:
        if key in self.held.holding:
            self.held.let_go(key, because)
        elif key in self.turning.hands:
            self.turning.let_go(*key, because)

    def _aim(self, hand: Hand, grip: Transform) -> Transform:
        """Where a hand's ray begins, and which way it goes."""
        if hand.aim is None:
            return grip
        return Transform(self.world.origin.point(hand.aim.metres), pointing(self.world, hand, grip))

    def _hovers(self, key: Key, hand: Hand, grip: Transform, tip: Vec3, around: Sequence[str]) -> Attention | None:
        """What an open hand would work if it closed now; `around` is what is near its finger."""
        target = (self.rays.before(tip, around) if around else None) or self.rays.touched(grip.position)
        if target is None and hand.aim is not None:
            target = self.rays.pointed(key, self._aim(hand, grip), far_for(self.wishes[key[0]]))
        return None if target is None else Attention(target.thing, target.control, "hover", point=target.point)

    def _noticed(self) -> Iterator[Pair]:
        """The flags `seen` and `touched` that are up, of those that the scene asks for."""
        looked_at = {self._gaze(person) for person in self.world.people} if self._gazed else set()
        for thing, flag in self._asked:
            if self.world.present(thing) and (thing in looked_at if flag == "seen" else self._touched(thing)):
                yield (thing, flag)

    def _gaze(self, person: str) -> str:
        """What a person looks at; an empty name if at nothing."""
        head = self.world.head(person)
        if head is None:
            return ""
        return seen(self.world, *sight_line(self.world, self.world.people[person], head), GAZE_LIMIT)

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


def _selects(world: World, key: Key) -> bool:
    """Whether a hand is still shown at work."""
    shown = world.attention.get(key)
    return shown is not None and shown.stage == "select"
