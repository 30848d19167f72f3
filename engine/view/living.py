"""Parts that go by themselves: a chest that breathes, a curtain that is drawn, a lamp that flashes while a monitor alarms.

All go by the scene's clock at the display time, so that a picture of a moment is always the same and stands still in a pause.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import panda3d.core as p3d

from engine.spec.expression import Value
from engine.view.indoor.spots import vectors
from engine.world import World
from engine.world.bursts import SIGNALS, lit
from engine.world.screens import Heart

Path = tuple[str, ...]
Clock = Callable[[float], float]
"""The scene clock, in ticks, at a display time in seconds."""

RISE = 0.03
"""How much higher a chest is when it has breathed in. Of 0.23 m that is 7 mm: within the 3 to 10 mm by which chest and belly of
healthy people rise in quiet breathing (Kaneko and Horie, Respiratory Care 57:1442, 2012). UNVERIFIED; a clinician must sign it
off."""

INWARD = 1 / 3
"""The part of a breath that is breathed in, as on the monitor."""

GATHERED, DEEPER = 0.17, 0.7
"""Of a curtain all put aside: its width as a share of its rail, and by how much its folds are deeper."""

LAMP = 900.0
"""cd/m2 of an alarm's lamp: some ten times a white page in a ward's light, to be told from the foot of the bed. Our own."""

COLOURS = {"red": (1.0, 0.05, 0.03), "yellow": (1.0, 0.72, 0.05), "cyan": (0.08, 0.75, 1.0)}


class Living:
    """All such parts of a world. `value` gives a property at a display time, `clock` the scene's."""

    def __init__(self, world: World, value: Callable[[Path, float], Value], clock: Clock) -> None:
        self.world = world
        self._value, self._clock = value, clock
        self._chests: list[tuple[str, p3d.NodePath]] = []
        self._curtains: list[tuple[Path, float, p3d.NodePath]] = []
        self._hung: dict[p3d.NodePath, float] = {}
        """How far curtains were drawn at first, when their light was traced."""
        self._lamps: list[tuple[str, p3d.PTA_LVecBase4f]] = []
        self._last: dict[p3d.NodePath, float] = {}
        self.breathing: list[p3d.NodePath] = []
        """What this moment's breath has moved."""

    def chest(self, patient: str, parent: p3d.NodePath) -> p3d.NodePath:
        """A node whose parts rise from z = 0 as a patient breathes."""
        node = parent.attach_new_node("breath")
        self._chests.append((patient, node))
        return node

    def curtain(self, path: Path, width: float, parent: p3d.NodePath) -> p3d.NodePath:
        """A node whose parts are gathered towards -x, `width` metres in all, as a property goes from 1 to 0."""
        node = parent.attach_new_node("gathers")
        self._curtains.append((path, width, node))
        self._hung[node] = float(self.world.properties[path])
        return node

    def lamp(self, monitor: str, parent: p3d.NodePath) -> p3d.NodePath:
        """A node whose parts shine while a monitor alarms."""
        node = parent.attach_new_node("flashes")
        shining = vectors(1)
        node.set_shader_input("emitted", shining)
        self._lamps.append((monitor, shining))
        return node

    def away(self) -> list[p3d.NodePath]:
        """Curtains that hang otherwise than at first."""
        return [node for _, _, node in self._curtains if self._last.get(node, self._hung[node]) != self._hung[node]]

    def follow(self, display_time: float) -> bool:
        """Show the moment; whether anything has moved but by a breath: shadows are not thrown anew for that."""
        clock = self._clock(display_time)
        moved = False
        self.breathing = [
            node for patient, node in self._chests if self._set(node, risen(self._breaths(patient, clock, display_time)), _rise)
        ]
        for path, width, node in self._curtains:
            drawn = float(self._value(path, display_time))
            moved |= self._set(node, drawn, lambda one, share, wide=width: _gather(one, share, wide))  # type: ignore[misc]
        for monitor, shining in self._lamps:
            shining.set_element(0, p3d.LVecBase4f(*self._light(monitor, clock), 0))
        return moved

    def _set(self, node: p3d.NodePath, value: float, put: Callable[[p3d.NodePath, float], None]) -> bool:
        if self._last.get(node) == value:
            return False
        self._last[node] = value
        put(node, value)
        return True

    def _breaths(self, patient: str, clock: float, display_time: float) -> float:
        """Breaths up to a moment that may lie between two ticks."""
        heart = self.world.hearts.get(patient, Heart())
        if self._value((patient, "rhythm"), display_time) == "asystole":
            return heart.breaths
        rate = float(self._value((patient, "rr"), display_time))
        return heart.breaths + max(rate, 0.0) * (clock - self.world.clock) / 6000.0

    def _light(self, monitor: str, clock: float) -> tuple[float, float, float]:
        face = self.world.monitors.get(monitor)
        if face is None or not face.priority or not lit(face.priority, clock):
            return (0.0, 0.0, 0.0)
        red, green, blue = COLOURS[SIGNALS[face.priority].colour]
        return (red * LAMP, green * LAMP, blue * LAMP)


def risen(breaths: float) -> float:
    """How far a chest has risen, 0-1: a third of each breath in, two thirds out, as the monitor's trace has it."""
    part = breaths % 1.0
    turn = math.pi * (part / INWARD if part < INWARD else 1.0 + (part - INWARD) / (1.0 - INWARD))
    return 0.5 - 0.5 * math.cos(turn)


def _rise(node: p3d.NodePath, share: float) -> None:
    node.set_scale(1.0, 1.0, 1.0 + RISE * share)


def gathered(drawn: float, width: float) -> tuple[float, float, float]:
    """How a curtain `width` metres wide is put aside that is drawn so far (cut to 0-1): metres along its rail, and by how much it
    is wider and deeper."""
    drawn = min(1.0, max(0.0, drawn))
    wide = GATHERED + (1.0 - GATHERED) * drawn
    return -0.5 * width * (1.0 - wide), wide, 1.0 + DEEPER * (1.0 - drawn)


def _gather(node: p3d.NodePath, drawn: float, width: float) -> None:
    aside, wide, deep = gathered(drawn, width)
    node.set_pos(aside, 0.0, 0.0)
    node.set_scale(wide, deep, 1.0)
