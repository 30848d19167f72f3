"""What a scenario does: the verbs, the values that move, the lines that are spoken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.scenario.motion import Drift, Glide, Motion, clamp, is_number
from engine.spec.expression import Scope, Value, evaluate, number
from engine.spec.model import Action, Change, Haptic, Log, SceneSpec, Wait
from engine.spec.model import Say as SayAction
from engine.world import World
from engine.world.events import Draft, Emit
from engine.world.time import ticks
from engine.world.world import Line, Path

SECONDS_PER_CHARACTER = 0.065
"""Reading aloud, and reading a caption, at 15 characters a second: about 160 words a minute (BBC subtitle guidelines, 2022)."""

SHORTEST_LINE = 2.0
"""Seconds for which even a word is spoken and shown: time to notice it, turn to it and read it."""


class Doer:
    """Does actions and moves values. `move` once a tick; `do` for each action as it begins."""

    def __init__(self, scene: SceneSpec, world: World, emit: Emit) -> None:
        self.scene = scene
        self.world = world
        self.emit = emit
        self.motions: dict[Path, Motion] = {}
        self._waiting: dict[str, tuple[str, int]] = {}
        """Speaker -> the newest line that waits for the one being spoken to end, and its cause."""
        self._finished: set[str] = set()

    def do(self, action: Action, scope: Scope, owner: int, cause: int) -> int:
        """Begin an action for the state entry `owner`; the scene tick at which it is over."""
        clock = self.world.clock
        match action:
            case Change():
                return self._change(action, scope, owner, cause)
            case SayAction():
                self._say(action.speaker, action.text, cause)
            case Haptic():
                self.emit(Draft("scenario", "haptic", action.thing, value=action.pattern, cause=cause))
            case Log():
                self.emit(Draft("scenario", "logged", action.word, cause=cause))
            case Wait():
                return clock + ticks(number(action.time, scope))
            case _:
                # Typed by the reader and listed by `abaton check`; a session says again that it was passed over.
                self.emit(Draft("scenario", "not_played", action.verb, cause=cause))
        return clock

    def drift(self, path: Path, rate: float, owner: int, cause: int) -> None:
        """Let a property change at `rate` a second while its state lasts."""
        low, high = self._limits(path)
        start = self.world.value(path)
        assert is_number(start), f"{path} cannot drift"
        self.motions[path] = Drift(float(start), rate, self.world.clock, low, high, owner, cause)

    def move(self) -> None:
        """Bring every moving value to the clock's tick; what came to its end is an event."""
        clock = self.world.clock
        for path, motion in list(self.motions.items()):
            self.world.properties[path] = motion.at(clock)
            if motion.over(clock):
                del self.motions[path]
                self.emit(Draft("scenario", "changed", ".".join(path), self.world.properties[path], cause=motion.cause))

    def value(self, path: Path, clock: float) -> Value:
        """The value of a property at a scene tick that may lie between two: what the picture shows."""
        motion = self.motions.get(path)
        return self.world.value(path) if motion is None else motion.at(clock)

    def end(self, owner: int) -> None:
        """End the changes and drifts of a state entry; values stay where they are."""
        self.motions = {path: motion for path, motion in self.motions.items() if motion.owner != owner}

    def speech(self) -> frozenset[tuple[str, str]]:
        """Let lines end and waiting ones begin; the flags of who is speaking or has just finished."""
        clock = self.world.clock
        for speaker, line in list(self.world.lines.items()):
            if clock >= line.ends:
                del self.world.lines[speaker]
                self._finished.add(speaker)
                if speaker in self._waiting:
                    key, cause = self._waiting.pop(speaker)
                    self._begin_line(speaker, key, cause)
        finished, self._finished = self._finished, set()
        return frozenset(
            {(speaker, "finished") for speaker in finished} | {(speaker, "speaking") for speaker in self.world.lines}
        )

    def snapshot(self) -> dict[str, Any]:
        """All that can change."""
        return {"motions": dict(self.motions), "waiting": dict(self._waiting), "finished": set(self._finished)}

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Become what `snapshot` was taken of."""
        self.motions = dict(snapshot["motions"])
        self._waiting = dict(snapshot["waiting"])
        self._finished = set(snapshot["finished"])

    def _change(self, action: Change, scope: Scope, owner: int, cause: int) -> int:
        path, clock = action.property, self.world.clock
        low, high = self._limits(path)
        start = self.world.value(path)
        end: Value
        if action.to is not None:
            end = evaluate(action.to, scope)
        else:
            assert action.add is not None
            assert is_number(start)
            end = float(start) + number(action.add, scope)
        over = 0 if action.over is None else ticks(number(action.over, scope))
        because = "" if over == 0 else f"over {over / 100:g} s"
        if isinstance(start, (bool, str)) or isinstance(end, (bool, str)) or over == 0:
            self.motions.pop(path, None)
            self.world.properties[path] = end if isinstance(end, (bool, str)) else clamp(end, low, high)
            self.emit(Draft("scenario", "changed", ".".join(path), self.world.properties[path], cause=cause))
            return clock
        end = clamp(end, low, high)
        began = self.emit(Draft("scenario", "change_began", ".".join(path), end, because=because, cause=cause))
        self.motions[path] = Glide(start, end, clock, clock + over, action.ease, owner, began)
        return clock + over

    def _limits(self, path: Path) -> tuple[float | None, float | None]:
        if len(path) == 1:
            variable = self.scene.variables[path[0]]
            return variable.low, variable.high
        slot = self.world.bodies[path[0]].card.live.get(path[1])
        return (None, None) if slot is None else (slot.low, slot.high)

    def _say(self, speaker: str, key: str, cause: int) -> None:
        if speaker in self.world.lines:
            if speaker in self._waiting:
                dropped, _ = self._waiting[speaker]
                self.emit(Draft(speaker, "line_dropped", dropped, because="a newer line took its place", cause=cause))
            self._waiting[speaker] = (key, cause)
        else:
            self._begin_line(speaker, key, cause)

    def _begin_line(self, speaker: str, key: str, cause: int) -> None:
        text = self.scene.text[key]
        lasts = ticks(max(SHORTEST_LINE, SECONDS_PER_CHARACTER * len(text)))
        self.world.lines[speaker] = Line(key, text, self.world.clock, self.world.clock + lasts)
        self.emit(Draft(speaker, "said", key, cause=cause))
