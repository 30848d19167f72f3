"""What a scenario does: the verbs.

An action is a step function: it changes a few values and writes an event, and what takes time (`over`, a line, a sound) goes on
by itself, tick by tick. There is no verb that waits, loops or calls out. It may take BUDGET; all but one take some microseconds
(`abaton bench`, "the slowest action"). The one is `teleport`, which looks for a free spot on the floor. What it finds out as the
session is built it need not find out again, so it takes longer only the more has moved since. That is reckoned before it begins,
from what there is to look at: one that would take more than its budget is dropped, and the log says so as a `fault`.

Reckoned, not timed: a session has no clock on a wall, and what is late on one machine and not on another would make a replay
differ from what it replays. Code from outside can be late by the clock, so it never runs in here: it is told by events, runs in
the host, which can measure it and drop what comes late, and its answer comes back as a recorded input of a later tick.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.scenario.active import Active
from engine.scenario.causes import Causes
from engine.scenario.chance import Chance
from engine.scenario.formulas import Formulas
from engine.scenario.motion import is_number
from engine.scenario.motions import Motions
from engine.scenario.speech import Speech
from engine.spec.expression import Expression, Value
from engine.spec.model import Action, Change, Draw, Haptic, Log, Play, Say, SceneSpec, Stop, Teleport, Wait
from engine.spec.played import actions
from engine.world import World
from engine.world.events import Draft, Emit
from engine.world.standing import Standing
from engine.world.time import ticks
from engine.world.vectors import ORIGIN, Transform, add, compose, heading_to, inverse, rotate, subtract

BUDGET = 2000
"""Microseconds that an action may take: a fifth of a tick."""

LONGEST = 24 * 3600.0
"""Seconds that one `over` or `wait` lasts at most: a day."""


class Doer:
    """Does actions: `step` once a tick, `do` for each action as it begins."""

    def __init__(self, scene: SceneSpec, world: World, formulas: Formulas, emit: Emit, *, causes: Causes, chance: Chance) -> None:
        self.variables = scene.variables
        self.world = world
        self.chance = chance
        self.formulas = formulas
        self.emit = emit
        self.motions = Motions(scene, world, emit, causes)
        self.speech = Speech(scene, world, emit)
        self.standing = Standing(world)
        for action in actions(scene.scenario):
            if isinstance(action, Teleport):
                # Most of what a spot is found by stays as it is: it is looked at here, so that no tick of a session waits for it.
                self.standing.before(action.target)
        # A sound that the scenario plays waits for that; every other is heard from the start.
        played = {action.sound for action in actions(scene.scenario) if isinstance(action, Play)}
        sounds = [name for name, thing in scene.things.items() if thing.section == "sounds"]
        world.sounds |= {name: 0 for name in sounds if name not in played}

    def do(self, action: Action, active: Active, cause: int) -> int:
        """Begin an action for a state, which ends what it began; the scene tick at which it is over."""
        clock = self.world.clock
        match action:
            case Change():
                return self._change(action, active, cause)
            case Say():
                self.speech.say(action.speaker, action.text, cause)
            case Haptic():
                self.emit(Draft("scenario", "haptic", action.thing, value=action.pattern, cause=cause))
            case Play():
                self.world.sounds[action.sound] = clock
                self.emit(Draft("scenario", "sound_began", action.sound, cause=cause))
            case Stop():
                if self.world.sounds.pop(action.sound, None) is not None:
                    self.emit(Draft("scenario", "sound_ended", action.sound, cause=cause))
            case Teleport():
                self._teleport(action.target, cause)
            case Log():
                self.emit(Draft("scenario", "logged", action.word, cause=cause))
            case Draw():
                self._draw(action.variable, cause)
            case Wait():
                return clock + self._ticks(action.time, active)
        return clock

    def _change(self, action: Change, active: Active, cause: int) -> int:
        path = action.property
        over = 0 if action.over is None else self._ticks(action.over, active)
        if action.add is not None:
            start = self.world.value(path)
            assert is_number(start), f"{path} is no number"
            end = float(start) + self.formulas.number(action.add, active)
        else:
            assert action.to is not None, f"{path} has neither 'to' nor 'add'"
            end = self.formulas.of(action.to)(active)  # type: ignore[assignment]
        if over == 0 or isinstance(end, (bool, str)):
            self.motions.put(path, end, cause)
            return self.world.clock
        self.motions.glide(path, end, over, ease=action.ease, owner=active.entry, cause=cause)
        return self.world.clock + over

    def _ticks(self, time: Expression, active: Active) -> int:
        return ticks(min(self.formulas.number(time, active), LONGEST))

    def _draw(self, name: str, cause: int) -> None:
        variable = self.variables[name]
        value: Value
        if variable.choices:
            value = self.chance.choose(variable.choices)
        else:
            low, high = variable.low or 0.0, variable.high or 0.0
            value = low + self.chance.below(int(high - low) + 1)
        drawn = self.emit(Draft("scenario", "drawn", name, value, "drawn from the session's seed", cause))
        self.motions.put((name,), value, drawn)

    def _teleport(self, target: str, cause: int) -> None:
        because, spot = "", None
        if self.standing.work > BUDGET:
            because = f"so much moves that a spot takes {self.standing.work} µs to find, and an action has {BUDGET}"
        elif (spot := self.standing.before(target)) is None:
            because = f"there is no free place to stand before {target}"
        if spot is None:
            self.emit(Draft("engine", "fault", f"teleport {target}", because=f"{because}; the participant stays", cause=cause))
            return
        self.world.origin = under(spot, self.world)
        self.emit(Draft("scenario", "teleported", target, cause=cause))

    def snapshot(self) -> Mapping[str, Any]:
        """All that can change."""
        return {
            "motions": self.motions.snapshot(),
            "speech": self.speech.snapshot(),
            "chance": self.chance.snapshot(),
        }

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Become what `snapshot` was taken of."""
        self.motions.restore(snapshot["motions"])
        self.speech.restore(snapshot["speech"])
        self.chance.restore(snapshot["chance"])


def under(spot: Transform, world: World) -> Transform:
    """Where the participant's own space must lie so that the head comes to be above a spot and looks its way.

    One who has turned round or walked some steps since the last centring would else stand beside the spot, or with their back to
    what they were brought to.
    """
    someone = world.people.get("participant")
    if someone is None or someone.head is None:
        return Transform(add(spot.position, (0.0, 0.0, world.lift)), spot.turn)
    x, y, _ = someone.head.metres
    ahead = rotate(someone.head.quaternion, (0.0, 1.0, 0.0))
    turn = compose(spot.turn, inverse(heading_to(ORIGIN, (ahead[0], ahead[1], 0.0))))
    return Transform(subtract(add(spot.position, (0.0, 0.0, world.lift)), rotate(turn, (x, y, 0.0))), turn)
