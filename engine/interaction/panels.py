"""Pointing at panels: rectangles that a fingertip pokes, a hand's ray meets from afar, or a gaze rests on.

Everything is in the person's own space, so a panel works the same in a window, in a scene and in a headset. A press counts when
it is let go on the rectangle where it began: who slid onto the wrong one slides off again (WCAG 2.2, 2.5.2 Pointer
Cancellation). Whoever owns the panels decides what a choice means; nothing here changes a session.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from engine.interaction.buttons import FINGER, JUMP, THROUGH
from engine.world.vectors import ORIGIN, Transform, Vec3, add, distance, rotate
from headset.inputs import SIDES, TICKS_PER_SECOND, Hand, Person, Pose, Side

FAR = 6.0
"""Metres along a ray within which a panel is met."""

CLOSE = 0.1
"""Metres before a rectangle within which a finger means to touch it, and its hand's ray is off."""

OUT = 0.005
"""Metres before the face at which a finger that pressed has come out: more than 0, so that a trembling one presses once."""

CLOSES_AT, OPENS_AT = 60, 40
"""Per cent of trigger at which a ray presses, and lets go: the thresholds of hands."""

By = Literal["left", "right", "gaze"]
Phase = Literal["hover", "press", "drag", "release", "cancel"]
"""`hover`: it is pointed at; `press`: it went down just now; `drag`: it is down; `release`: it was let go there, so it is chosen;
`cancel`: it was let go elsewhere, or the hand was lost."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle, read by eyes that look along the +y of its `place` with z up; `size` is its width and height in metres and
    `place` its middle in the person's own space."""

    place: Transform
    size: tuple[float, float]


@dataclass(frozen=True, slots=True)
class PanelEvent:
    """What one hand, or the gaze, does to one rectangle in this step.

    `u` goes from 0 (left) to 1 (right), `v` from 0 (top) to 1 (bottom) as it is read; `point` is where that is in the person's
    own space, for a cursor; `progress` how far a dwell is, 0 to 1.
    """

    rect: str
    by: By
    phase: Phase
    u: float
    v: float
    point: Vec3
    progress: float = 0.0


@dataclass(frozen=True, slots=True)
class _Hit:
    rect: str
    u: float
    v: float
    point: Vec3
    far: float


class PanelPointer:
    """Follows the hands and the gaze of one person over panels.

    `dwell` is for how many seconds a gaze rests on a rectangle to choose it; 0: a gaze never chooses. The gaze (where the eyes
    look if that is measured, else the head) is followed only while neither hand is tracked.
    """

    def __init__(self, dwell: float = 0.0) -> None:
        self.dwell = dwell
        self._down: dict[Side, tuple[str, bool]] = {}
        """Hand that presses → the rectangle, and whether by touch."""
        self._tips: dict[Side, Vec3] = {}
        self._pulled: dict[Side, bool] = {}
        self._looked: tuple[str, int] = ("", 0)
        """What the gaze rests on, and for how many ticks; -1: it has been chosen, and waits for the gaze to leave."""

    def step(self, rects: Mapping[str, Rect], person: Person, ticks: int = 1) -> list[PanelEvent]:
        """What happens on these rectangles now; `ticks` of 10 ms have passed since the last step. Of two that overlap along a
        ray, the nearer one is met, and the one named first if both are as near."""
        events: list[PanelEvent] = []
        for side in SIDES:
            events += self._hand(rects, side, person.hand(side))
        if person.left.grip is None and person.right.grip is None:
            events += self._gaze(rects, person.gaze or person.head, ticks)
        else:
            self._looked = ("", 0)
        return events

    def _hand(self, rects: Mapping[str, Rect], side: Side, hand: Hand) -> list[PanelEvent]:
        was, pulled = self._pulled.get(side, False), False
        if hand.grip is not None:
            pulled = hand.trigger > OPENS_AT if was else hand.trigger >= CLOSES_AT
        self._pulled[side] = pulled
        down = self._down.get(side)
        if hand.grip is None or (down is not None and down[0] not in rects):
            self._tips.pop(side, None)
            self._down.pop(side, None)
            known = down is not None and down[0] in rects
            return [PanelEvent(down[0], side, "cancel", 0.5, 0.5, rects[down[0]].place.position)] if known and down else []
        aim = hand.aim or hand.grip
        tip = add(hand.grip.metres, rotate(aim.quaternion, (0.0, FINGER, 0.0)))
        before = self._tips.get(side)
        self._tips[side] = tip
        if down is not None:
            return [self._touching(rects, side, tip) if down[1] else self._pulling(rects, side, aim, pulled)]
        touched = _touched(rects, tip)
        if touched is not None:
            return self._touch(rects, side, touched, None if before is None or distance(before, tip) > JUMP else before)
        met = _met(rects, aim)
        if met is None:
            return []
        if pulled and not was:
            self._down[side] = (met.rect, False)
            return [_event(met, side, "press")]
        return [_event(met, side, "hover")]

    def _touch(self, rects: Mapping[str, Rect], side: Side, touched: _Hit, before: Vec3 | None) -> list[PanelEvent]:
        """A finger close to a rectangle; it presses if it was seen in front of it and is behind its face now."""
        if touched.far > 0.0:
            return [_event(touched, side, "hover")]
        if before is None or rects[touched.rect].place.local(before)[1] >= 0.0:
            return []
        self._down[side] = (touched.rect, True)
        return [_event(touched, side, "press")]

    def _touching(self, rects: Mapping[str, Rect], side: Side, tip: Vec3) -> PanelEvent:
        """A press by touch that goes on, or ends as the finger comes out or has gone right through."""
        name = self._down[side][0]
        x, y, z = rects[name].place.local(tip)
        return self._held(rects, side, (x, z), over=not -OUT <= y <= THROUGH, off=y > THROUGH)

    def _pulling(self, rects: Mapping[str, Rect], side: Side, aim: Pose, pulled: bool) -> PanelEvent:
        """A press by ray that goes on, or ends with the trigger."""
        crossed = _crossing(rects[self._down[side][0]], aim)
        x, z, _ = crossed or ORIGIN
        return self._held(rects, side, (x, z), over=not pulled, off=crossed is None)

    def _held(self, rects: Mapping[str, Rect], side: Side, spot: tuple[float, float], *, over: bool, off: bool) -> PanelEvent:
        name = self._down[side][0]
        width, height = rects[name].size
        hit = _hit(name, rects[name], spot, 0.0)
        within = not off and abs(spot[0]) <= width / 2 and abs(spot[1]) <= height / 2
        if over:
            del self._down[side]
        return _event(hit, side, ("release" if within else "cancel") if over else "drag")

    def _gaze(self, rects: Mapping[str, Rect], look: Pose | None, ticks: int) -> list[PanelEvent]:
        met = None if look is None else _met(rects, look)
        if met is None:
            self._looked = ("", 0)
            return []
        name, so_far = self._looked
        if self.dwell <= 0.0 or (name == met.rect and so_far < 0):
            return [_event(met, "gaze", "hover")]
        so_far = so_far + ticks if name == met.rect else 0
        needed = self.dwell * TICKS_PER_SECOND
        if so_far >= needed:
            self._looked = (met.rect, -1)
            return [_event(met, "gaze", "press"), _event(met, "gaze", "release", 1.0)]
        self._looked = (met.rect, so_far)
        return [_event(met, "gaze", "hover", so_far / needed)]


def _touched(rects: Mapping[str, Rect], tip: Vec3) -> _Hit | None:
    """The rectangle that a fingertip is close before, or has just gone through; `far` is how far before its face it is."""
    best: _Hit | None = None
    for name, rect in rects.items():
        x, y, z = rect.place.local(tip)
        within = abs(x) <= rect.size[0] / 2 and abs(z) <= rect.size[1] / 2
        if within and -CLOSE <= y <= THROUGH and (best is None or abs(y) < abs(best.far)):
            best = _hit(name, rect, (x, z), -y)
    return best


def _met(rects: Mapping[str, Rect], aim: Pose) -> _Hit | None:
    """The nearest rectangle that a ray meets from its front."""
    best: _Hit | None = None
    for name, rect in rects.items():
        crossed = _crossing(rect, aim)
        if crossed is None:
            continue
        x, z, far = crossed
        if abs(x) <= rect.size[0] / 2 and abs(z) <= rect.size[1] / 2 and far <= FAR and (best is None or far < best.far):
            best = _hit(name, rect, (x, z), far)
    return best


def _crossing(rect: Rect, aim: Pose) -> Vec3 | None:
    """Where a ray crosses the plane of a rectangle from its front: x and z in its own axes, and metres along the ray."""
    start = rect.place.local(aim.metres)
    x, y, z = _within(rect.place, rotate(aim.quaternion, (0.0, 1.0, 0.0)))
    if start[1] >= 0.0 or y <= 1e-6:
        return None
    far = -start[1] / y
    return (start[0] + x * far, start[2] + z * far, far)


def _within(place: Transform, direction: Vec3) -> Vec3:
    return Transform(turn=place.turn).local(direction)


def _hit(name: str, rect: Rect, spot: tuple[float, float], far: float) -> _Hit:
    half = (rect.size[0] / 2, rect.size[1] / 2)
    x, z = max(-half[0], min(half[0], spot[0])), max(-half[1], min(half[1], spot[1]))
    u = 0.5 if half[0] == 0.0 else (x + half[0]) / rect.size[0]
    v = 0.5 if half[1] == 0.0 else (half[1] - z) / rect.size[1]
    return _Hit(name, u, v, rect.place.point((x, 0.0, z)), far)


def _event(hit: _Hit, by: By, phase: Phase, progress: float = 0.0) -> PanelEvent:
    return PanelEvent(hit.rect, by, phase, hit.u, hit.v, hit.point, progress)
