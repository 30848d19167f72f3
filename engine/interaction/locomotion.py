"""Getting about without walking: a step to a spot, a seat or the floor beside it, and turns; all by the person's own hand.

    stick ahead        held: an arc shows where one would step; let go: there one is; pulled back: not after all
    stick aside        a turn by 30° or 45° at once
    primary, or        held like the stick ahead, for controllers without one; a trigger (a pinch, for tracked hands) must be held
    trigger            for 0.4 s, on nothing that it could work

Nothing moves the person but this, the scenario's `teleport` and their own legs. Smooth motion is for who wishes it
(`move=smooth`, `turn=smooth`), slower than a brisk walk, stopped by what is solid, with the edge of the view darkened. In a scene
whose participant has `locomotion: still` one can turn, and not move. While paused nothing moves.

Eyes are where the scene has them: who stands in truth and sits down in the scene, or sits in truth and plays one who stands, is
lifted or lowered by the difference (`World.lift`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any, Literal

from engine.interaction.arcs import Aim, aimed, footed
from engine.interaction.preferences import DEFAULT, Preferences, Wishes
from engine.world import World
from engine.world.barriers import Barriers
from engine.world.building import LYING_EYE_HEIGHT, SEATED_EYE_HEIGHT, STANDING_EYE_HEIGHT
from engine.world.events import Draft, Emit
from engine.world.vectors import ORIGIN, Transform, Turn, Vec3, add, compose, heading, heading_to, inverse, rotate, subtract
from headset.inputs import FULL, SIDES, TICKS_PER_SECOND, Hand, Person, Side

STILL = (0, 0)
"""A stick that nobody pushes."""

PUSHED, RESTS = 60, 40
"""Per cent at which a stick, or a trigger, counts as pushed, and below which it has come back: as with fists."""

HELD_TICKS = 40
"""For how long a trigger is held on nothing until it aims: longer than any click."""

DEAD = 15
"""Per cent of a stick's way in which it moves nothing smoothly; drivers have a dead zone of their own."""

WALK = 1.5
"""Metres a second at the most: a brisk walk (Bohannon 1997, comfortable gait speed of adults 1.27–1.46 m/s)."""

SPIN = 60.0
"""Degrees a second of a smooth turn at the most."""

SNAPS: Mapping[str, float] = {"snap30": 30.0, "snap45": 45.0}
DARKENS, CLEARS = 0.1, 0.3
"""Seconds in which the edge of the view darkens as smooth motion begins, and clears after it."""

EYES: Mapping[str, float] = {"seated": SEATED_EYE_HEIGHT, "standing": STANDING_EYE_HEIGHT, "lying": LYING_EYE_HEIGHT}

ME = "participant"
"""Whose space `World.origin` is: nobody else is moved."""

By = Literal["stick", "primary", "trigger"]
Busy = Callable[[str, Side], bool]
"""Whether a hand of a person holds or works something, or is about to."""


@dataclass(slots=True)
class _State:
    """All that can change."""

    aims: dict[Side, By]
    """Hand that aims a step → by what."""
    pulled: dict[Side, int]
    """Hand whose trigger was pulled on nothing → since which scene tick; -1: it aims no more until it is let go."""
    aside: frozenset[Side]
    """Hands whose stick has turned the person and has not come back yet."""
    spent: frozenset[Side]
    """Hands whose step was called off: nothing until stick and buttons have come back."""
    posture: str
    """How the scene has the person now."""
    measured: tuple[str, float] | None
    """The wish for which the person's eyes were measured, and how high above their floor they were."""
    gliding: bool
    dark: float


class Locomotion:
    """Moves the participant's space. `step` once a tick of the scene, after the hands; `stop` in every other one."""

    def __init__(self, world: World, emit: Emit, wishes: Wishes, busy: Busy) -> None:
        self.world = world
        self.emit = emit
        self.wishes = wishes
        self.busy = busy
        self.barriers = Barriers(world)
        self.still = world.bodies[ME].parameters.get("locomotion") == "still"
        self.begins = _posture(world)
        self.state = _State({}, {}, frozenset(), frozenset(), self.begins, None, False, 0.0)
        self._aimed: dict[Side, tuple[object, object, int, Aim]] = {}
        """Each hand's newest aim, and what it was reckoned from: spares work, is no state."""

    def step(self) -> None:
        """Take in the sticks and buttons of this tick."""
        world, someone = self.world, self.world.people.get(ME)
        if world.arcs:
            for side in SIDES:
                world.arcs.pop((ME, side), None)
        if someone is None:
            return
        wishes = self.wishes[ME]
        state = self.state
        if wishes is not DEFAULT or world.lift != 0.0 or state.measured is not None or state.posture != self.begins:
            self._lift(someone, wishes)
        resting = not (state.aims or state.pulled or state.aside or state.spent)
        for side in SIDES:
            hand = someone.left if side == "left" else someone.right
            if hand.stick == STILL and not hand.buttons and hand.trigger < PUSHED and (resting or not self._under_way(side)):
                continue
            self._hand(side, hand, wishes)
        if state.dark > 0.0 or wishes.move == "smooth" or wishes.turn == "smooth":
            self._glide(someone, wishes)

    def stop(self) -> None:
        """The scene stands still, so nobody is moved, and no step is aimed."""
        if self.state.aims or self.state.gliding or self.world.arcs or self.world.vignette:
            self._rest()

    def snapshot(self) -> dict[str, Any]:
        """All that can change, besides the world's `origin` and `lift`."""
        state = self.state
        return {
            "aims": dict(state.aims),
            "pulled": dict(state.pulled),
            "aside": sorted(state.aside),
            "spent": sorted(state.spent),
            "posture": state.posture,
            "measured": state.measured,
            "gliding": state.gliding,
            "dark": state.dark,
        }

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Become what `snapshot` was taken of."""
        self.state = _State(
            aims=dict(snapshot["aims"]),
            pulled=dict(snapshot["pulled"]),
            aside=frozenset(snapshot["aside"]),
            spent=frozenset(snapshot["spent"]),
            posture=snapshot["posture"],
            measured=None if snapshot["measured"] is None else tuple(snapshot["measured"]),
            gliding=snapshot["gliding"],
            dark=snapshot["dark"],
        )
        self._aimed = {}
        self.barriers.forget()

    @property
    def ground(self) -> float:
        """The height of what the participant stands on, or their seat does."""
        return self.world.origin.position[2] - self.world.lift

    def _under_way(self, side: Side) -> bool:
        state = self.state
        return side in state.aims or side in state.pulled or side in state.aside or side in state.spent

    def _rest(self) -> None:
        state = self.state
        state.spent = state.spent.union(state.aims)
        state.aims, state.pulled, state.gliding, state.dark = {}, {}, False, 0.0
        self.world.arcs.clear()
        self.world.vignette.clear()

    def _hand(self, side: Side, hand: Hand, wishes: Preferences) -> None:
        state = self.state
        right, ahead = hand.stick
        if side in state.aims:
            self._aim(side, hand)
            return
        if side in state.spent:
            if max(abs(right), abs(ahead), hand.trigger) <= RESTS and "primary" not in hand.buttons:
                state.spent -= {side}
            return
        if wishes.moves == "teleport" and not self.still and hand.aim is not None:
            by = self._asks(side, hand)
            if by is not None:
                state.aims[side] = by
                self._aim(side, hand)
                return
        walks = wishes.moves == "smooth" and not self.still and wishes.hands == "both" and side != wishes.dominant
        self._turn(side, right if abs(right) > abs(ahead) and not walks else 0, wishes)

    def _asks(self, side: Side, hand: Hand) -> By | None:
        """By what a hand begins to aim a step now; None if it does not."""
        if hand.stick[1] >= PUSHED and hand.stick[1] >= abs(hand.stick[0]):
            return "stick"
        if "primary" in hand.buttons:
            return "primary"
        pulled = self.state.pulled
        if hand.trigger < PUSHED:
            pulled.pop(side, None)
            return None
        if side not in pulled:
            pulled[side] = -1 if self.busy(ME, side) else self.world.clock
        elif pulled[side] >= 0 and self.busy(ME, side):
            pulled[side] = -1
        return "trigger" if 0 <= pulled[side] <= self.world.clock - HELD_TICKS else None

    def _aim(self, side: Side, hand: Hand) -> None:
        """A hand that aims a step: show where it leads, and go there when it lets go."""
        state, by = self.state, self.state.aims[side]
        held = {"stick": hand.stick[1] > RESTS, "primary": "primary" in hand.buttons, "trigger": hand.trigger > RESTS}[by]
        called_off = (
            hand.aim is None
            or hand.stick[1] <= -PUSHED
            or (by != "trigger" and hand.squeeze >= PUSHED and self.busy(ME, side) is False)
        )
        if called_off:
            del state.aims[side]
            state.pulled.pop(side, None)
            state.spent |= {side}
            return
        assert hand.aim is not None
        if held:
            aim = self._aimed_by(side, hand)
            self.world.arcs[ME, side] = aim.arc
            return
        del state.aims[side]
        state.pulled.pop(side, None)
        self.barriers.forget()
        self._aimed.pop(side, None)
        aim = self._aimed_by(side, hand)
        if aim.arc.landing is not None:
            self.go(aim.arc.landing, aim.seat, f"{side} {by} let go")

    def _aimed_by(self, side: Side, hand: Hand) -> Aim:
        """Where a hand aims; reckoned anew when it has moved, or a tenth of a second has passed."""
        world, known = self.world, self._aimed.get(side)
        if (
            known is not None
            and known[0] is hand.aim
            and known[1] is world.origin
            and world.clock - known[2] < TICKS_PER_SECOND // 10
        ):
            return known[3]
        assert hand.aim is not None
        place = world.origin.taking(hand.aim.metres, hand.aim.quaternion)
        aim = aimed(world, self.barriers, place, self.ground)
        self._aimed[side] = (hand.aim, world.origin, world.clock, aim)
        return aim

    def go(self, place: Transform, seat: tuple[str, str] | None, because: str, *, faces: bool = False) -> None:
        """Take the person to a place of the ground, or down on the seat there. Who sits down, or `faces` the way of the place,
        looks along it; else one looks as before."""
        was, world = self._where(), self.world
        self.barriers.forget()
        self.state.posture = "standing" if seat is None else "seated"
        world.lift = self._lifted(self.wishes[ME])
        x, y, z = place.position
        turn = None if faces or seat is not None else world.origin.turn
        world.origin = self._under(Transform((x, y, z + world.lift), place.turn), turn)
        now = world.room_of((x, y, z)) or "ground" if seat is None else ".".join(seat)
        self.emit(Draft(ME, "moved", now, was, because=because))

    def _where(self) -> str:
        """Where the person is now, for the log: the room, or `ground` outdoors."""
        x, y, _ = self.pivot()
        return self.world.room_of((x, y, self.ground)) or "ground"

    def pivot(self) -> Vec3:
        """The spot of the floor that the head is above."""
        head = self.world.head(ME)
        x, y, _ = self.world.origin.position if head is None else head.position
        return (x, y, self.world.origin.position[2])

    def _under(self, spot: Transform, turn: Turn | None) -> Transform:
        """Where the person's space must lie so that the head is above a spot; with no turn given the head looks its way."""
        someone = self.world.people.get(ME)
        if someone is None or someone.head is None:
            return spot if turn is None else Transform(spot.position, turn)
        x, y, _ = someone.head.metres
        if turn is None:
            ahead = rotate(someone.head.quaternion, (0.0, 1.0, 0.0))
            turn = compose(spot.turn, inverse(heading_to(ORIGIN, (ahead[0], ahead[1], 0.0))))
        return Transform(subtract(spot.position, rotate(turn, (x, y, 0.0))), turn)

    def _turn(self, side: Side, right: int, wishes: Preferences) -> None:
        """A turn at once, when a stick is pushed aside."""
        state = self.state
        if abs(right) < RESTS:
            state.aside -= {side}
        elif abs(right) >= PUSHED and side not in state.aside and wishes.turns in SNAPS:
            state.aside |= {side}
            degrees = SNAPS[wishes.turns] if right > 0 else -SNAPS[wishes.turns]
            self._spin(degrees)
            self.emit(Draft(ME, "turned", "right" if right > 0 else "left", abs(degrees), because=f"{side} stick"))

    def _spin(self, degrees: float) -> None:
        """Turn the person's space about their head, clockwise seen from above."""
        pivot, turn = self.pivot(), heading(degrees)
        origin = self.world.origin
        away = rotate(turn, subtract(origin.position, pivot))
        self.world.origin = Transform(add(pivot, away), compose(turn, origin.turn))

    def _glide(self, someone: Person, wishes: Preferences) -> None:
        """Smooth motion, for who wishes it: the other hand's stick moves, the dominant one's turns; with one hand, its stick does
        both."""
        smooth = wishes.moves == "smooth" and not self.still, wishes.turns == "smooth"
        state, moved = self.state, False
        if smooth[0] or smooth[1]:
            one_handed = wishes.hands != "both"
            other: Side = "right" if wishes.dominant == "left" else "left"
            mover = someone.hand(wishes.hands if wishes.hands != "both" else other).stick
            turner = someone.hand(wishes.hands if wishes.hands != "both" else wishes.dominant).stick
            across = 0 if one_handed else mover[0]
            if smooth[0] and max(abs(across), abs(mover[1])) > DEAD:
                moved = self._walk(across, mover[1])
            if smooth[1] and abs(turner[0]) > DEAD and (not one_handed or abs(turner[0]) > abs(turner[1])):
                self._spin(SPIN * turner[0] / FULL / TICKS_PER_SECOND)
                moved = True
        step = (1.0 / DARKENS if moved else -1.0 / CLEARS) / TICKS_PER_SECOND
        state.dark = max(0.0, min(1.0, state.dark + step))
        state.gliding = moved
        if state.dark > 0.0 and wishes.vignette > 0.0:
            self.world.vignette[ME] = state.dark * wishes.vignette
        else:
            self.world.vignette.pop(ME, None)

    def _walk(self, right: int, ahead: int) -> bool:
        """Move by a tick, the way the head looks, as far as nothing solid is in the way. Whether it moved at all."""
        pushed = sqrt(float(right * right + ahead * ahead))
        pace = WALK * min(1.0, pushed / FULL) / TICKS_PER_SECOND
        head = self.world.head(ME)
        front = (self.world.origin if head is None else head).direction((0.0, 1.0, 0.0))
        way = rotate(heading_to(ORIGIN, (front[0], front[1], 0.0)), (right / pushed * pace, ahead / pushed * pace, 0.0))
        x, y, _ = self.pivot()
        spot = self.barriers.beside((x + way[0], y + way[1]), self.ground)
        if spot is None or (not self.world.rooms and not footed(self.world, spot, self.ground)):
            return False
        east, north = spot[0] - x, spot[1] - y
        # Who starts inside something is let out of it, but nobody is pushed further than they walk.
        if east * east + north * north > 4.0 * pace * pace:
            return False
        if not self.state.gliding:
            self.emit(Draft(ME, "walked", self._where(), because="the stick was pushed, and motion is smooth"))
        if self.state.posture != "standing":
            self.state.posture = "standing"
        self.world.origin = Transform(add(self.world.origin.position, (east, north, 0.0)), self.world.origin.turn)
        return True

    def _lift(self, someone: Person, wishes: Preferences) -> None:
        """Bring the eyes to where the scene and the person's wishes have them."""
        state = self.state
        if state.measured is not None and state.measured[0] != wishes.posture:
            state.measured = None
        if wishes.posture != "as_scene" and state.measured is None and someone.head is not None:
            state.measured = (wishes.posture, someone.head.metres[2])
        lift = self._lifted(wishes)
        if lift != self.world.lift:
            up = lift - self.world.lift
            self.world.lift = lift
            self.world.origin = Transform(add(self.world.origin.position, (0.0, 0.0, up)), self.world.origin.turn)

    def _lifted(self, wishes: Preferences) -> float:
        """How far the person's space is above the ground: the eyes that the scene has, less those of the person as they are."""
        state = self.state
        own = EYES[self.begins] if wishes.posture == "as_scene" else EYES[wishes.posture]
        if state.measured is not None:
            own = state.measured[1]
        return EYES[state.posture] - own + wishes.height


def _posture(world: World) -> str:
    """How the scene has the participant at the start."""
    place = world.scene.everything[ME].place
    target = world.bodies.get(place.thing)
    spot = target.card.places.get(place.part) if target is not None else None
    return (spot.posture if spot is not None else None) or "standing"
