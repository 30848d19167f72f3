"""`abaton check --bodies`: which bodies can finish a scene, and where one gets stuck; whether all have the same story.

A body can finish if it comes to the scene's end having done all that the scene asks for, by what a driver sends and nothing else,
and if what happened meanwhile is the same as with two hands. No scene is exempt, and no body.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.authoring.workers import Workers
from engine.rehearsal.bodies import BODIES, Played, parting, play_body
from engine.spec.load import load_scene


@dataclass(frozen=True, slots=True)
class Bodied:
    """What came of one scene with each body."""

    played: tuple[Played, ...]

    @property
    def measure(self) -> Played | None:
        """The body that the others are held against: the first that did all it was asked for."""
        return next((one for one in self.played if one.finished), None)

    def reasons(self, one: Played) -> list[str]:
        """Why a body cannot finish; none if it can."""
        found = [str(stuck) for stuck in one.stuck]
        if one.outcome != "finished":
            found.append(f"after {one.seconds:.0f} s it did not come to the end")
        measure = self.measure
        if not found and measure is not None and (other := parting(one.story, measure.story)):
            found.append(f"another story than with {BODIES[measure.body].doc}, {other}")
        return found

    @property
    def good(self) -> bool:
        """Whether every body can finish."""
        return not any(self.reasons(one) for one in self.played)

    def lines(self) -> list[str]:
        """The report, for people."""
        able = [one for one in self.played if not self.reasons(one)]
        found = [f"{len(able)} of {len(self.played)} bodies can finish it"]
        for one in self.played:
            reasons = self.reasons(one)
            if reasons:
                found += [f"    {BODIES[one.body].doc}: {reason}" for reason in reasons]
            else:
                found.append(f"    {BODIES[one.body].doc}: in {_clock(one.seconds)}")
        return found

    def data(self) -> dict[str, Any]:
        """The same for programs: `ok`, and `played`, a list of `body`, `ok`, `outcome`, `seconds`, `stuck` (each with
        `state`, `goal`, `thing`, `why`) and `reasons`, sentences. Fields are added in later versions, never renamed."""
        return {
            "ok": self.good,
            "played": [
                {
                    "body": one.body,
                    "ok": not self.reasons(one),
                    "outcome": one.outcome,
                    "seconds": one.seconds,
                    "stuck": [{"state": at.state, "goal": at.goal, "thing": at.thing, "why": at.why} for at in one.stuck],
                    "reasons": self.reasons(one),
                }
                for one in self.played
            ],
        }


def check_bodies(scenes: Sequence[str], jobs: int = 1) -> list[Bodied]:
    """Play scenes, given by name or file, with every body; in `jobs` processes, with the same result."""
    work = [(scene, body) for scene in scenes for body in BODIES]
    if jobs <= 1:
        played = [_play(source, body) for source, body in work]
    else:
        with Workers(jobs) as workers:
            played = [one.result() for one in [workers.submit(_play, *one) for one in work]]
    count = len(BODIES)
    return [Bodied(tuple(played[index * count : (index + 1) * count])) for index in range(len(scenes))]


def _play(scene: str, body: str) -> Played:
    return play_body(load_scene(scene), body)


def _clock(seconds: float) -> str:
    whole = int(seconds + 0.5)
    return f"{whole // 60}:{whole % 60:02}"
