"""Plays a scene with a body: to its end, in virtual time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from engine.rehearsal.bodies.asked import Asked, Stuck
from engine.rehearsal.bodies.handless import Handless
from engine.rehearsal.bodies.hands import Handed, Seated, Unhearing
from engine.rehearsal.bodies.looking import Eyes, Looking
from engine.rehearsal.bodies.story import Chapter, story_of
from engine.rehearsal.bodies.switching import Keying, OneSwitch
from engine.session import Event, Session
from engine.spec.model import SceneSpec
from headset.inputs import TICKS_PER_SECOND, Command, Input, Person

LONGEST = 3600.0
"""Seconds after which the operator ends a session that does not end by itself."""

SEATED_REACH = 1.6
"""How many times further than their arms the hands of the one who sits reach: 50 cm become the 80 cm of someone who stands and
bends."""

Someone = Handed | Handless


@dataclass(frozen=True, slots=True)
class Kind:
    """A body: what it is called for people, who plays it, and what it wishes for."""

    name: str
    doc: str
    make: Callable[[Session, Asked], Someone]
    wishes: tuple[str, ...] = ()


BODIES: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("two_hands", "two hands", Handed),
        Kind("left_hand", "the left hand only", lambda session, asked: Handed(session, asked, ("left",))),
        Kind("right_hand", "the right hand only", lambda session, asked: Handed(session, asked, ("right",))),
        Kind("gaze", "gaze only, of the head", Looking),
        Kind("eyes", "gaze only, of the eyes", Eyes),
        Kind("one_switch", "one switch", OneSwitch, ("scan=one",)),
        Kind("two_switches", "two switches", Keying, ("scan=two",)),
        Kind("keyboard", "a keyboard", Keying),
        Kind(
            "seated",
            "seated, arms that reach 50 cm",
            lambda session, asked: Seated(session, asked, SEATED_REACH),
            ("posture=seated", f"reach={SEATED_REACH:g}"),
        ),
        Kind("captions", "captions only: hears nothing", Unhearing),
    )
}
"""All bodies by name; what the others do is held against the first one that does all it is asked for."""


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a scene with a body. Seconds are the session's."""

    body: str
    outcome: str
    seconds: float
    stuck: tuple[Stuck, ...]
    story: tuple[Chapter, ...]

    @property
    def finished(self) -> bool:
        """Whether it came to the scene's end having done all that was asked for."""
        return self.outcome == "finished" and not self.stuck


def play_body(scene: SceneSpec, name: str, *, longest: float = LONGEST, every: int = 1, wishes: Sequence[str] = ()) -> Played:
    """Play a scene to its end with a body of BODIES. `every`: ticks between two frames of its driver; `wishes`: preferences
    beyond its own."""
    kind = BODIES[name]
    session = Session(scene)
    asked = Asked(session)
    someone = kind.make(session, asked)
    events: list[Event] = []
    person: Person | None = None
    limit = int(longest * TICKS_PER_SECOND)
    while not session.over:
        tick = session.tick + 1
        wished = (*kind.wishes, *wishes) if tick == 0 else ()
        inputs: list[Input] = [Command("participant", "set", wish) for wish in wished]
        now = someone.person(tick)
        if now is not person and tick % every == 0:
            person = now
            inputs.append(now)
        if tick >= limit:
            inputs.append(Command("operator", "leave", "it does not end"))
        new = session.step(tick, inputs)
        if new:
            events += new
            asked.note(new)
            if isinstance(someone, Handless):
                someone.note(new)
    story = story_of(events, scene, session.world)
    return Played(name, session.outcome, session.tick / TICKS_PER_SECOND, tuple(someone.failures), story)
