"""One run of a rehearsal: a virtual person plays a session from start to end in virtual time, and what came of it is kept.

A run knows nothing but its scene, its people, the rehearsal's seed and its own number, so it is the same whoever plays it, when
and beside which others. Its recording replays like any other (`abaton replay --verify`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from engine.rehearsal.motor import Draws
from engine.rehearsal.trainee import Trainee
from engine.rehearsal.traits import People
from engine.session import Session
from engine.session.encoder import Encoder
from engine.session.log import Event, digest
from engine.session.recording import Header
from engine.spec.model import SceneSpec
from headset.inputs import TICKS_PER_SECOND, Command, Input, Person

LONGEST = 2 * 3600.0
"""Seconds after which a run is ended that does not end by itself: the operator leaves."""

SEEDS = 9007199254740992.0
"""2 to the 53rd: seeds of sessions are below it."""


@dataclass(frozen=True, slots=True)
class Run:
    """What came of one run. Times are in seconds since its start."""

    number: int
    seed: int
    """Of the session."""
    outcome: str
    """`finished`, or `left` if it was ended at the limit."""
    seconds: float
    items: dict[str, tuple[str, float | None]] = field(default_factory=dict)
    """Checklist item → met, missed or open, and when it was met (late too) or None."""
    states: dict[str, float] = field(default_factory=dict)
    """Innermost states, joined by `+` → seconds spent in them."""
    stuck: tuple[str, ...] = ()
    """What the person could not do, and why."""
    slips: tuple[str, ...] = ()
    """What the person forgot or got wrong."""
    log: str = ""
    """SHA-256 of the event log."""

    @property
    def success(self) -> bool:
        """Whether it came to its end with every checklist item met."""
        return self.outcome == "finished" and all(result == "met" for result, _ in self.items.values())

    def plain(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)

    @classmethod
    def of(cls, data: dict[str, Any]) -> Run:
        """From plain data."""
        items = {name: (result, seconds) for name, (result, seconds) in data["items"].items()}
        return cls(**{**data, "items": items, "stuck": tuple(data["stuck"]), "slips": tuple(data["slips"])})


class StoppedError(Exception):
    """A run was given up before its end."""


def session_seed(seed: int, number: int) -> int:
    """The seed of the session of a rehearsal's run."""
    return int(Draws((seed, number, 1)).part() * SEEDS)


def play(
    scene: SceneSpec,
    header: Header,
    people: People,
    seed: int,
    number: int,
    *,
    longest: float = LONGEST,
    stop: Callable[[], object] = lambda: False,
) -> tuple[Run, list[str]]:
    """Play a run; what came of it, and the lines of its recording. `header` is the recording's, without the seed.

    `stop` is asked every second of the session; once it says so the run is given up by raising StoppedError.
    """
    session = Session(scene, session_seed(seed, number))
    trainee = Trainee(session.world, people, (seed, number))
    encoder = Encoder()
    lines = [encoder.header(replace(header, seed=session.seed))]
    events: list[Event] = []
    states: dict[str, float] = {}
    person: Person | None = None
    state, since, limit = "", 0, int(longest * TICKS_PER_SECOND)
    while not session.over:
        tick = session.tick + 1
        if tick % TICKS_PER_SECOND == 0 and stop():
            raise StoppedError
        before, person = person, trainee.person(tick)
        # Who has not moved is not told again: the session keeps the newest of each person.
        inputs: list[Input] = [] if person is before else [person]
        if tick >= limit:
            inputs.append(Command("operator", "leave", "the rehearsal's limit"))
        if inputs and (line := encoder.inputs(tick, inputs)):
            lines.append(line)
        new = session.step(tick, inputs)
        if new:
            events += new
            if session.state != state:
                states[state] = states.get(state, 0.0) + (tick - since) / TICKS_PER_SECOND
                state, since = session.state, tick
    states[state] = states.get(state, 0.0) + (session.tick - since) / TICKS_PER_SECOND
    states.pop("", None)
    log = digest(events)
    lines.append(encoder.end(session.tick, log))
    items: dict[str, tuple[str, float | None]] = {}
    for name, outcome in session.world.outcomes.items():
        at = outcome.late if outcome.late is not None else outcome.settled if outcome.result == "met" else None
        items[name] = (outcome.result, None if at is None else at / TICKS_PER_SECOND)
    run = Run(
        number=number,
        seed=session.seed,
        outcome=session.outcome,
        seconds=session.tick / TICKS_PER_SECOND,
        items=items,
        states=states,
        stuck=tuple(trainee.stuck),
        slips=tuple(trainee.slips),
        log=log,
    )
    return run, lines
