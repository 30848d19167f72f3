"""What people are like: how quick, how far they reach, what they overlook and get wrong.

The numbers are plausible and round, not measured on anyone: a rehearsal shows what a scene does to people who differ, not how
well real ones will do.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.rehearsal.motor import Draws


@dataclass(frozen=True, slots=True)
class People:
    """From what people a rehearsal's are drawn. The defaults are those of `abaton rehearse`."""

    reach: float = 0.5
    """Metres from the shoulder to the grip, without leaning: less than the 0.6 m of small adults (ISO 7250-1)."""
    reaction: float = 1.0
    """By how much longer than usual they take to react and to decide."""
    attention: float = 0.9
    """Chance that a look at something makes them notice it, 0 to 1."""
    forgetting: float = 0.05
    """Chance that they forget a thing that is to be done, each."""
    disorder: float = 0.15
    """Chance that they do a thing out of turn, each."""
    sloppiness: float = 0.1
    """Chance that they turn a control to a wrong amount, each."""


CAREFUL = People(reaction=0.2, attention=1.0, forgetting=0.0, disorder=0.0, sloppiness=0.0)
"""People who do at once what they mean to, overlook nothing and get nothing wrong."""


@dataclass(frozen=True, slots=True)
class Traits:
    """One person."""

    reach: float
    attention: float
    pace: float
    """By how much longer than usual they take to move."""
    reaction: float
    """Seconds from seeing something to beginning to act: 0.2 to 0.3 s for a choice of one (Luce 1986), more with age."""
    deciding: float
    """Seconds they think, in the middle, before they begin the next thing: finding out what is wrong takes longer than doing."""
    tremor: float
    """By how much more than usual their hands tremble."""
    left_handed: bool


def draw(people: People, chance: Draws) -> Traits:
    """One of these people."""
    return Traits(
        reach=people.reach,
        attention=people.attention,
        pace=max(0.6, chance.bell(1.0, 0.2)),
        reaction=people.reaction * max(0.15, chance.bell(0.3, 0.06)),
        deciding=people.reaction * max(4.0, chance.bell(14.0, 5.0)),
        tremor=max(0.5, chance.bell(1.0, 0.4)),
        left_handed=chance.happens(0.1),
    )
