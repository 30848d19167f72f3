"""Session.step: the whole of what decides.

A session is fed ticks and inputs and answers with events; nothing else goes in or comes out. It has no screen, no clock and no
I/O, so the same session runs in a headset, in a window, in a test and in a thousand rehearsals, and the same inputs give the
same events, byte for byte.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.interaction import Bodies, Felt, Hands, Limits, Locomotion, Raised, Wishes
from engine.patient import Monitors, Signals, beat, patients
from engine.scenario import Causes, Checklist, Scenario, Zones, conditions
from engine.session.log import Event
from engine.session.orders import Orders
from engine.spec.expression import Flag, Value, walk
from engine.spec.model import SceneSpec
from engine.spec.played import not_played
from engine.world import World, build
from engine.world.events import Draft
from engine.world.screens import Heart, Outcome
from headset.inputs import TICKS_PER_SECOND, Clock, Command, Input, Link, Person, Signal

AFTERWARDS = ("answer", "consent", "note", "adverse_event")
"""What can be said when a session is over: how one feels, what was noticed."""


class Session:
    """One run of a scene.

    `scene` is composed of its variants and settings; `seed` is that of every random draw. Raises SceneError if a thing has no
    place.
    """

    def __init__(self, scene: SceneSpec, seed: int = 0) -> None:
        self.scene = scene
        self.seed = seed
        self.world: World = build(scene)
        self.tick = -1
        """The last tick played; -1 before the first."""
        self.outcome = ""
        """How it ended: `finished`, `left`, or `limit` when its time was over; empty while it goes on."""
        self.preferences = Wishes()
        """What each person wishes, by the person's id."""
        self._events: list[Event] = []
        self._count = 0
        self._state = ""
        self._stopped_by: set[str] = set()
        self._causes = Causes()
        self._scenario = Scenario(scene, self.world, self._emit, self._causes, seed)
        asked = [node for when in conditions(scene) for node in walk(when) if isinstance(node, Flag)]
        self._hands = Hands(self.world, asked, self._emit, self._scenario.doer.motions.hold, self.preferences)
        self._locomotion = Locomotion(self.world, self._emit, self.preferences, self._hands.busy)
        self._bodies = Bodies(self.world, self._hands, self._locomotion, self._emit, self.preferences)
        self._felt = Felt()
        self._raised = Raised(self.world)
        self._zones = Zones(self.world, self._emit, self._causes)
        self._checklist = Checklist(scene, self.world, self._scenario.formulas, self._emit, self._causes)
        self._patients = patients(self.world)
        self.world.hearts.update({name: Heart() for name in self._patients})
        self._monitors = Monitors(self.world, self._emit, self._causes.of, self._patients)
        self._limits = Limits(self._emit)
        self._orders = Orders(self._scenario, self._bodies, self._limits, self._emit)
        self._signals = Signals(self._emit)

    @property
    def over(self) -> bool:
        """Whether it has ended; further steps only take in what is said AFTERWARDS."""
        return bool(self.outcome)

    @property
    def consents(self) -> frozenset[str]:
        """To what the person has consented, of `engine.session.orders.CONSENTS`."""
        return frozenset(self._orders.consents)

    @property
    def state(self) -> str:
        """The innermost active states, joined by `+`."""
        return "+".join(self._scenario.states())

    @property
    def outcomes(self) -> Mapping[str, Outcome]:
        """What came of each checklist item so far, in the file's order, with its times."""
        return self.world.outcomes

    def step(self, tick: int, inputs: Sequence[Input] = ()) -> list[Event]:
        """Play every tick up to and with `tick`; the events of these ticks in order.

        The inputs are taken in the first of them; they are what a recording of that tick holds, so how ticks are grouped into
        frames changes nothing. Inputs that come with no new tick due are taken in the next one: pass them again, or call with
        `tick + 1`.
        """
        if tick <= self.tick and inputs:
            raise ValueError(f"inputs for tick {tick}, but tick {self.tick} has been played: ask for at least {self.tick + 1}")
        self._events = []
        for now in range(self.tick + 1, tick + 1):
            if self.over:
                self._after(tick, inputs)
                break
            self._play(now, inputs)
            inputs = ()
        return self._events

    def value(self, path: tuple[str, ...], display_time: float) -> Value:
        """A property's value at `display_time` (seconds since tick 0), which may lie between two ticks: what a picture shows."""
        return self._scenario.doer.motions.value(path, self.clock_at(display_time))

    def clock_at(self, display_time: float) -> float:
        """The scene clock, in ticks, at a display time; it stands still while paused."""
        ahead = display_time * TICKS_PER_SECOND - self.tick
        return self.world.clock + (0.0 if self.world.paused else max(0.0, min(10.0, ahead)))

    def snapshot(self) -> dict[str, Any]:
        """All that can change, sharing nothing with the session: `restore` of it and the same inputs give the same events."""
        return {
            "tick": self.tick,
            "outcome": self.outcome,
            "count": self._count,
            "stopped_by": set(self._stopped_by),
            "commands": set(self._orders.flags),
            "world": self.world.snapshot(),
            "causes": self._causes.snapshot(),
            "scenario": self._scenario.snapshot(),
            "checklist": self._checklist.snapshot(),
            "zones": self._zones.snapshot(),
            "raised": self._raised.snapshot(),
            "monitors": self._monitors.snapshot(),
            "hands": self._hands.snapshot(),
            "preferences": self.preferences.snapshot(),
            "felt": self._felt.snapshot(),
            "locomotion": self._locomotion.snapshot(),
            "bodies": self._bodies.snapshot(),
            "limits": self._limits.snapshot(),
            "consents": set(self._orders.consents),
            "signals": dict(self._signals.newest),
        }

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Become what `snapshot` was taken of; the scene must be the same."""
        self.tick = snapshot["tick"]
        self.outcome = snapshot["outcome"]
        self._count = snapshot["count"]
        self._stopped_by = set(snapshot["stopped_by"])
        self._orders.flags = set(snapshot["commands"])
        self.world.restore(snapshot["world"])
        self._causes.restore(snapshot["causes"])
        self._scenario.restore(snapshot["scenario"])
        self._checklist.restore(snapshot["checklist"])
        self._zones.restore(snapshot["zones"])
        self._raised.restore(snapshot["raised"])
        self._monitors.restore(snapshot["monitors"])
        self._hands.restore(snapshot["hands"])
        self.preferences.restore(snapshot["preferences"])
        self._felt.restore(snapshot["felt"])
        self._locomotion.restore(snapshot["locomotion"])
        self._bodies.restore(snapshot["bodies"])
        self._limits.restore(snapshot["limits"])
        self._orders.consents = set(snapshot["consents"])
        self._signals.newest = dict(snapshot["signals"])

    def _play(self, tick: int, inputs: Sequence[Input]) -> None:
        self.tick = tick
        if tick == 0:
            self._begin()
        elif not self.world.paused:
            self.world.clock += 1
        states = self._scenario.states()
        self._state = states[0] if len(states) == 1 else "+".join(states)
        for given in inputs:
            self._take(given)
        if not self.over:
            self._stay_or_go(tick)
        if self.over or self.world.paused:
            self._locomotion.stop()
            return
        self._locomotion.step()
        flags = self._hands.step()
        flags |= self._bodies.flags()
        # A flag that was raised while paused waits until the scene's clock goes on.
        flags |= self._zones.step()
        if self._orders.flags:
            flags |= self._orders.flags
            self._orders.flags = set()
        self._scenario.step(flags)
        self._raised.step(self._scenario.flags)
        beat(self.world, self._patients)
        self._monitors.step(flags)
        self._checklist.step()
        if self._scenario.over:
            self._end("finished", "scenario", "the scenario came to its end", self._scenario.ended_by)

    def _stay_or_go(self, tick: int) -> None:
        """Work what is worked without hands; end if someone has asked to leave, or time is over."""
        leaver = self._bodies.step(tick)
        if leaver is not None:
            self._leave_now(*leaver)
            return
        minutes = self.preferences["participant"].minutes
        if self._limits.step(tick, minutes):
            because = f"{minutes:g} minutes are over"
            self._end("limit", "engine", because, self._limits.cause)
            self._limits.advise(because, self._count - 1)

    def _after(self, tick: int, inputs: Sequence[Input]) -> None:
        """Take in what is still said once the session is over."""
        said = [one for one in inputs if isinstance(one, Command) and one.verb in AFTERWARDS]
        if said:
            self.tick, self._state = tick, ""
            for command in said:
                self._obey(command)

    def _begin(self) -> None:
        """Say what is played, so that a log can be read alone, and enter the scenario."""
        scene = self.scene
        began = self._emit(Draft("engine", "session_began", scene.name, self.seed, because=f"scene {scene.digest}"))
        self._emit(Draft("engine", "setting", "language", scene.language, cause=began))
        for variant in scene.chosen:
            self._emit(Draft("engine", "setting", "variant", variant, cause=began))
        for name, parameter in scene.parameters.items():
            self._emit(Draft("engine", "setting", name, parameter.value, cause=began))
        for word, count in not_played(scene).items():
            why = "understood, but this version does not play it"
            self._emit(Draft("engine", "not_played", word, count, because=why, cause=began))
        self._scenario.begin(began)

    def _take(self, given: Input) -> None:
        match given:
            case Person():
                self.world.people[given.id] = self._felt.person(given, self.preferences[given.id], self.tick)
            case Command():
                self._obey(given)
            case Link():
                self._link(given)
            case Signal():
                self._signals.take(given)
            case Clock():
                self._emit(Draft("engine", "time_skipped", value=given.skipped, because="the frame loop stood still"))

    def _obey(self, command: Command) -> None:
        match command.verb:
            case "leave":
                self._leave_now(command.author, command.value or "leave")
            case "pause":
                self._stop(command.author, command.value or "pause")
            case "resume":
                self._go_on(command.author, command.value or "resume")
            case "say":
                self._hear(command)
            case _:
                self._orders.follow(command)

    def _hear(self, command: Command) -> None:
        """Take in what someone said: of what always means the same, the session takes care."""
        match self._bodies.say(command.author, command.value):
            case ("leave", because):
                self._leave_now(command.author, because)
            case ("distress", because):
                self._orders.distress(command.author, because)

    def _link(self, link: Link) -> None:
        cause = self._emit(Draft(link.device, "link", what=link.state))
        if link.state in ("lost", "unworn"):
            self._stop(link.device, f"{link.device} {link.state}", cause)
        elif link.state in ("back", "worn"):
            self._go_on(link.device, f"{link.device} {link.state}", cause)

    def _stop(self, who: str, because: str, cause: int | None = None) -> None:
        """Stop the scene's clock. It goes on when everyone who stopped it has let it go on."""
        if not self._stopped_by:
            self._emit(Draft(who, "paused", because=because, cause=cause))
            self._bodies.pause()
        self._stopped_by.add(who)
        self.world.paused = True

    def _go_on(self, who: str, because: str, cause: int | None = None) -> None:
        if who in self._stopped_by:
            self._stopped_by.remove(who)
            if not self._stopped_by:
                self.world.paused = False
                self._emit(Draft(who, "resumed", because=because, cause=cause))

    def _leave_now(self, who: str, because: str) -> None:
        if not self.over:
            self._end("left", who, because, self._emit(Draft(who, "leave", because=because)))

    def _end(self, outcome: str, who: str, because: str, cause: int | None = None) -> None:
        if self.over:
            return
        self._bodies.end()
        self._hands.drop_all()
        self._checklist.close(cause)
        self._scenario.end()
        self.outcome = outcome
        self._emit(Draft(who, "session_ended", self.scene.name, outcome, because=because, cause=cause))

    def _emit(self, draft: Draft) -> int:
        number, self._count = self._count, self._count + 1
        self._causes.note(draft, number)
        self._events.append(
            Event(number, self.tick, draft.who, draft.event, draft.what, draft.value, draft.because, draft.cause, self._state)
        )
        return number
