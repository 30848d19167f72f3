"""Commands that neither stop nor end a session: what someone wishes, does by name, answers, consents to, or sets off."""

from __future__ import annotations

from engine.interaction import Bodies, Limits
from engine.interaction.bodies import LEADING
from engine.interaction.flags import Pair
from engine.interaction.preferences import NUMBER, RANGES, PreferenceError
from engine.scenario import Scenario
from engine.world.events import Draft, Emit
from headset.inputs import Command

CONSENTS = ("gaze", "joints", "record_gaze", "record_joints")
"""To what one can consent: that it is measured, that it is recorded."""

LEADER = "operator"
"""Who leads the session: only they set off what the scene leaves to them, and go on to what comes next."""


class Orders:
    """Follows them. `flags` are those that commands have raised, until the session's next tick of scene time takes them."""

    def __init__(self, scenario: Scenario, bodies: Bodies, limits: Limits, emit: Emit) -> None:
        self.scenario = scenario
        self.bodies = bodies
        self.limits = limits
        self.emit = emit
        self.flags: set[Pair] = set()
        self.consents: set[str] = set()

    def follow(self, command: Command) -> None:
        """Follow a command; what cannot be done is logged with the reason."""
        match command.verb:
            case "distress":
                self.distress(command.author, command.value)
            case "trigger":
                self._trigger(command)
            case "next":
                self._next(command)
            case "do":
                self.bodies.do(command.author, command.value)
            case "set":
                self.bodies.wish(command.author, command.value)
            case "answer":
                self.limits.answer(command.author, command.value)
            case "consent":
                self._consent(command)
            case "volume":
                self._volume(command)
            case "recentre" | "note" | "adverse_event":
                self.emit(Draft(command.author, command.verb, value=command.value))

    def distress(self, who: str, because: str) -> None:
        """The participant is distressed, as someone says."""
        self.emit(Draft(who, "distressed", "participant", because=because))
        self.flags.add(("participant", "distressed"))

    def _volume(self, command: Command) -> None:
        """Make it louder or softer by a signed number of per cent, or as loud as one without a sign says, for the person."""
        text, wishes = command.value.strip(), self.bodies.wishes
        person = "participant" if command.author in LEADING else command.author
        if text[:1] in ("+", "-") and NUMBER.fullmatch(text):
            low, high, _ = RANGES["volume"]
            text = f"{max(low, min(high, wishes[person].volume + float(text))):g}"
        try:
            wishes.set(person, f"volume={text}")
        except PreferenceError as error:
            self.emit(Draft(command.author, "set_refused", value=f"volume={text}", because=str(error)))
        else:
            self.emit(Draft(command.author, "volume", value=command.value))

    def _trigger(self, command: Command) -> None:
        """Let the scene know of what a facilitator sets off."""
        name, known = command.value, self.scenario.scene.triggers
        if command.author == LEADER and name in known:
            self.emit(Draft(command.author, "triggered", f"facilitator.{name}"))
            self.flags.add(("facilitator", name))
            return
        why = "only an operator sets it off" if name in known else f"the scene has {', '.join(known) or 'no triggers'}"
        self.emit(Draft(command.author, "trigger_refused", name, because=why))

    def _next(self, command: Command) -> None:
        """Go on to what the scene waits for."""
        paused = self.scenario.world.paused
        if command.author == LEADER and not paused:
            self.emit(Draft(command.author, "next", because=self.scenario.hasten()))
            return
        why = "the session is paused" if paused else "only an operator can"
        self.emit(Draft(command.author, "next_refused", because=why))

    def _consent(self, command: Command) -> None:
        """Note what someone consents to, or, after a `-`, no longer does."""
        name = command.value.removeprefix("-")
        if name not in CONSENTS:
            why = f"one can consent to {', '.join(CONSENTS)}"
            self.emit(Draft(command.author, "consent_refused", name, because=why))
        elif command.value.startswith("-"):
            self.consents.discard(name)
            self.emit(Draft(command.author, "consent_withdrawn", name))
        else:
            self.consents.add(name)
            self.emit(Draft(command.author, "consented", name))
