"""All values that move, one motion a property.

A newer change takes the place of an older one. A drift rests while a newer change of its property runs, and goes on from where
that leaves the value: it lasts as long as its state does. Of several drifts of one property the innermost state's holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.scenario.causes import Causes
from engine.scenario.formulas import LARGEST
from engine.scenario.motion import Drift, Ease, Glide, Motion, Rate, clamp, is_number
from engine.spec.expression import Value
from engine.spec.model import SceneSpec
from engine.world import World
from engine.world.events import Draft, Emit
from engine.world.world import Path


class Motions:
    """Moves values: `move` once a tick, the rest as actions and states say."""

    def __init__(self, scene: SceneSpec, world: World, emit: Emit, causes: Causes) -> None:
        self.world = world
        self.emit = emit
        self.causes = causes
        self.running: dict[Path, Motion] = {}
        self._rates: dict[Path, tuple[Rate, ...]] = {}
        """Property -> the drifts of all active states, the innermost last."""
        self._changed: set[Path] = set()
        """What was changed in this tick."""
        self._limits: dict[Path, tuple[float | None, float | None]] = {
            (variable.name,): (variable.low, variable.high) for variable in scene.variables.values()
        }
        for name, thing in scene.everything.items():
            self._limits |= {(name, prop): (slot.low, slot.high) for prop, slot in thing.live.items()}

    def move(self) -> None:
        """Bring every moving value to the clock's tick; what came to its end, or to its limit, is an event."""
        clock = self.world.clock
        self._changed.clear()
        for path, motion in list(self.running.items()):
            value = self.world.properties[path] = motion.at(clock)
            if motion.over(clock, value):
                del self.running[path]
                if isinstance(motion, Drift):
                    because = "the drift goes on past its limit, which holds it"
                    self.emit(Draft("scenario", "limit_reached", ".".join(path), value, because, motion.cause))
                else:
                    self.emit(Draft("scenario", "changed", ".".join(path), value, cause=motion.cause))
                    self._drift_on(path)

    def value(self, path: Path, clock: float) -> Value:
        """The value of a property at a scene tick that may lie between two: what the picture shows."""
        motion = self.running.get(path)
        return self.world.value(path) if motion is None else motion.at(clock)

    def drift(self, path: Path, rate: float, owner: int, cause: int) -> None:
        """Let a property change at `rate` a second while the state entry `owner` lasts."""
        self._rates[path] = (*self._rates.get(path, ()), Rate(rate, owner, cause))
        self._drift_on(path)

    def put(self, path: Path, value: Value, cause: int) -> None:
        """Change a property at once."""
        self._note(path, cause)
        self.running.pop(path, None)
        held = self._held(path, value)
        because = "" if held == value else "held at its limit"
        self.world.properties[path] = held
        self.emit(Draft("scenario", "changed", ".".join(path), held, because, cause))
        self._drift_on(path)

    def hold(self, path: Path, value: Value) -> None:
        """Set a property by hand: what else was changing it ends. Whoever sets it says so."""
        self.running.pop(path, None)
        self.world.properties[path] = self._held(path, value)
        self._drift_on(path)

    def glide(self, path: Path, value: float, lasts: int, *, ease: Ease, owner: int, cause: int) -> None:
        """Change a number over so many ticks, for the state entry `owner`."""
        self._note(path, cause)
        clock, start = self.world.clock, self.world.value(path)
        assert not isinstance(start, (bool, str)), f"{path} cannot glide"
        end = self._held(path, value)
        because = f"over {lasts / 100:g} s" if end == value else f"over {lasts / 100:g} s, held at its limit"
        began = self.emit(Draft("scenario", "change_began", ".".join(path), end, because, cause))
        self.running[path] = Glide(start, float(end), clock, clock + lasts, ease, owner, began)

    def end(self, owner: int) -> None:
        """End the changes and drifts of a state entry; values stay where they are, or go on with an outer state's drift."""
        ended = [path for path, motion in self.running.items() if motion.owner == owner]
        for path in ended:
            del self.running[path]
        for path, rates in list(self._rates.items()):
            left = tuple(rate for rate in rates if rate.owner != owner)
            if left:
                self._rates[path] = left
            else:
                del self._rates[path]
        for path in ended:
            self._drift_on(path)

    def snapshot(self) -> Mapping[str, Any]:
        """All that can change."""
        return {"running": dict(self.running), "rates": dict(self._rates), "changed": set(self._changed)}

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Become what `snapshot` was taken of."""
        self.running = dict(snapshot["running"])
        self._rates = dict(snapshot["rates"])
        self._changed = set(snapshot["changed"])

    def _drift_on(self, path: Path) -> None:
        rates = self._rates.get(path)
        if not rates:
            return
        newest, start = rates[-1], self.world.value(path)
        assert is_number(start), f"{path} cannot drift"
        low, high = self._limits[path]
        self.running[path] = Drift(float(start), newest.rate, self.world.clock, low, high, newest.owner, newest.cause)
        self.causes.put(path, newest.cause)

    def _note(self, path: Path, cause: int) -> None:
        if path in self._changed:
            because = "changed twice in one tick; the newer change holds"
            self.emit(Draft("engine", "overruled", ".".join(path), because=because, cause=cause))
        self._changed.add(path)

    def _held(self, path: Path, value: Value) -> Value:
        if isinstance(value, (bool, str)):
            return value
        low, high = self._limits[path]
        return clamp(value, -LARGEST if low is None else low, LARGEST if high is None else high)
