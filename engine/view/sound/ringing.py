"""When monitors that alarm are heard: one burst after another, at the monitor, as `engine.world.bursts` has them.

The first burst begins as the alarm does, or is heard again after it was silenced; then one comes every so often by the scene's
clock. None goes on in a pause, once the alarm was silenced or has another priority, or after the session.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.world import World
from engine.world.bursts import SIGNALS
from engine.world.screens import Priority
from engine.world.vectors import Vec3

HIGH_UP = 0.87
"""Part of a monitor's height at which its loudspeaker is: the middle of its screen."""


@dataclass(slots=True)
class _Rings:
    priority: Priority
    since: int
    """The scene tick of its first burst."""
    burst: int = -1
    """The last burst that was begun."""


@dataclass(frozen=True, slots=True)
class Burst:
    """A burst of a monitor that begins now; or, with no priority, its sound ends."""

    monitor: str
    priority: Priority
    point: Vec3


class Ringing:
    """The alarms of all monitors of a world. `watch` once a frame."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._rings: dict[str, _Rings] = {}
        self._hushed = False

    def watch(self, *, over: bool = False) -> Iterator[Burst]:
        """The bursts that begin or end now. Nothing rings in a pause, and once the session is `over`."""
        hushed, was = over or self.world.paused, self._hushed
        self._hushed = hushed
        if hushed:
            if not was:
                yield from (Burst(name, "", self._at(name)) for name in self._rings)
            return
        for name, face in self.world.monitors.items():
            rings = self._rings.get(name)
            if rings is None and not face.alarms:
                continue
            priority: Priority = face.priority if self.world.present(name) else ""
            if rings is not None and rings.priority != priority:
                del self._rings[name]
                rings = None
                yield Burst(name, "", self._at(name))
            if not priority:
                continue
            if rings is None:
                rings = self._rings[name] = _Rings(priority, self.world.clock)
            number = (self.world.clock - rings.since) // SIGNALS[priority].every
            if number != rings.burst:
                rings.burst = number
                yield Burst(name, priority, self._at(name))

    def _at(self, name: str) -> Vec3:
        return self.world.places[name].point((0.0, 0.0, self.world.bodies[name].size[2] * HIGH_UP))
