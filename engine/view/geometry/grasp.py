"""A hand round a controller: fingers that close until they touch it, the forefinger on its trigger, the thumb on what it works.

As a rod is grasped by robots: each finger's bones bend one after the other, from the knuckle on, until their skin meets the
handle's outline at that height (Cutkosky, "On grasp choice", 1989, calls it a power grasp). The thumb reaches for a point by
FABRIK (Aristidou and Lasenby, 2011). All of a right hand, in the axes of `controller`.
"""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.view.geometry.bones import CHAINS, WRIST_JOINT, held
from engine.view.geometry.controller import CONTROLLERS, Array, Controller, Pressed, amount, section
from engine.view.geometry.hand import PALM, WRIST, rest_bones
from headset.driver import Held
from headset.inputs import HAND_JOINTS, Side

MOST = (100.0, 112.0, 75.0)
"""Degrees by which a finger's bones bend against the one before: all but the full range of adults (AAOS, 1965: 90, 100 and 80 to
90; a knuckle gives more when the finger next to it bends too)."""

INTO = 0.0012
"""Metres by which a finger's skin gives way."""

SKIN, THUMB_SKIN = 0.0085, 0.0080
"""Metres from the bones of fingers and thumb to their skin."""

TRIGGER_WIDE = 0.007
"""Metres of half a trigger's width."""

FANS = np.radians((9.0, 2.0, -3.0, -6.0))
"""By which the fingers spread over the handle, towards the thumb."""

_STEP = np.radians(1.5)


def hand_shift(controller: Controller) -> float:
    """Metres that a right hand lies beside its grip, so that its palm is on the handle's side."""
    return float(section(controller.stations, 0.0)[:, 0].max()) - PALM


@lru_cache(maxsize=512)
def grasp_bones(side: Side, kind: Held, now: Pressed) -> NDArray[np.float32]:
    """Matrices of the glove's bones round a controller that is worked so, as `bones.held` gives them."""
    controller = CONTROLLERS[kind]
    places = np.zeros((HAND_JOINTS, 3))
    places[WRIST_JOINT] = WRIST
    closed, pulled = _closed(kind, 0.0), _closed(kind, 1.0)
    share = 0.0 if controller.trigger is None else amount("trigger", now)
    for finger, chain in enumerate(CHAINS[:4]):
        bends = closed[finger] + (pulled[finger] - closed[finger]) * share
        places[list(chain)] = _finger(finger, bends)
    shift = np.array((hand_shift(controller), 0.0, 0.0))
    places[list(CHAINS[4])] = _thumb(controller, now) - shift
    return held(side, places + shift)


@cache
def _bones_of(finger: int) -> tuple[Array, tuple[float, ...]]:
    """A finger's knuckle and the lengths of its bones."""
    capsules = rest_bones()[4 * finger + 1 : 4 * finger + 4]
    return capsules[0][0], tuple(float(np.linalg.norm(end - start)) for start, end, _, _ in capsules)


def _finger(finger: int, bends: Array) -> Array:
    """Its four joints, by the turn of each bone towards the palm, in radians."""
    knuckle, lengths = _bones_of(finger)
    aside = np.sin(FANS[finger])
    steps = np.column_stack((-np.sin(bends), np.cos(bends), np.full(3, aside))) * np.array(lengths)[:, None]
    steps[:, :2] *= np.cos(FANS[finger])
    return np.concatenate((knuckle[None], knuckle + np.cumsum(steps, axis=0)))


@cache
def _closed(kind: Held, pull: float) -> Array:
    """How far each bone of each finger is turned, 4 x 3 radians, with the trigger pulled so far."""
    controller = CONTROLLERS[kind]
    shift = hand_shift(controller)
    found = np.zeros((4, 3))
    for finger in range(4):
        knuckle, lengths = _bones_of(finger)
        outline = section(controller.stations, float(knuckle[2]))
        if finger == 0 and controller.trigger is not None:
            front = controller.trigger[0] + (controller.trigger[1] - controller.trigger[0]) * pull
            middle = float(outline[:, 0].mean())
            outline = _hull(np.concatenate((outline, [(middle - TRIGGER_WIDE, front), (middle + TRIGGER_WIDE, front)])))
        at, bend = knuckle[:2] + np.array((shift, 0.0)), 0.0
        for bone, long in enumerate(lengths):
            tries = np.arange(bend, bend + np.radians(MOST[bone]), _STEP)
            touching = ~_clear(at, tries, long, outline)
            bend = float(tries[max(int(touching.argmax()) - 1, 0)] if touching.any() else tries[-1])
            found[finger, bone] = bend
            at = at + long * np.array((-np.sin(bend), np.cos(bend)))
    return found


def _clear(start: Array, bends: Array, long: float, outline: Array) -> NDArray[np.bool_]:
    """Of each turn, whether a bone that begins there and is turned so touches nothing."""
    ways = np.column_stack((-np.sin(bends), np.cos(bends)))
    points = start + np.linspace(0.15, 1.0, 8)[:, None] * long * ways[:, None]
    edges = np.roll(outline, -1, axis=0) - outline
    out = np.column_stack((edges[:, 1], -edges[:, 0])) / np.linalg.norm(edges, axis=1)[:, None]
    away = (points @ out.T - (outline * out).sum(axis=1)).max(axis=2)
    clear: NDArray[np.bool_] = away.min(axis=1) > SKIN - INTO
    return clear


def _hull(points: Array) -> Array:
    """The convex hull, counter-clockwise (Andrew, 1979)."""
    order = sorted({(float(x), float(y)) for x, y in points})

    def half(some: list[tuple[float, float]]) -> list[tuple[float, float]]:
        made: list[tuple[float, float]] = []
        for x, y in some:
            while len(made) > 1:
                (ax, ay), (bx, by) = made[-2:]
                if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0.0:
                    break
                made.pop()
            made.append((x, y))
        return made

    return np.array(half(order)[:-1] + half(order[::-1])[:-1])


def _thumb(controller: Controller, now: Pressed) -> Array:
    """The thumb's four joints, in the controller's own axes."""
    down = next((name for name in ("menu", "secondary", "primary") if name in now[4] and name in controller.thumb), "")
    if not down and "select" in controller.thumb and amount("select", now) >= 0.5:
        down = "select"
    if not down and "stick" in now[4] and "stick" in controller.thumb:
        down = "stick"
    normal = np.array(controller.normal)
    target = np.array(controller.thumb[down]) + THUMB_SKIN * normal
    if down in ("", "stick"):
        ahead = np.cross(normal, (1.0, 0.0, 0.0))
        target = target + controller.travel * (np.array((1.0, 0.0, 0.0)) * amount("aside", now) + ahead * amount("ahead", now))
    capsules = rest_bones()[16:19]
    root = capsules[0][0] + (hand_shift(controller), 0.0, 0.0)
    long = [float(np.linalg.norm(end - start)) for start, end, _, _ in capsules]
    return _reach(root, target, long, np.array(controller.arch))


def _reach(root: Array, target: Array, long: list[float], arch: Array) -> Array:
    """A chain of bones from a root to a target, arched."""
    way = target - root
    joints = np.array((root, root + 0.25 * way + arch, root + 0.75 * way + arch, target))
    for _ in range(12):
        joints[3] = target
        for index in (2, 1, 0):
            joints[index] = joints[index + 1] + _unit(joints[index] - joints[index + 1]) * long[index]
        joints[0] = root
        for index in (1, 2, 3):
            joints[index] = joints[index - 1] + _unit(joints[index] - joints[index - 1]) * long[index - 1]
    return joints


def _unit(vector: Array) -> Array:
    found: Array = vector / max(float(np.sqrt(vector @ vector)), 1e-9)
    return found
