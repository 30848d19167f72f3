"""Keys and switches: a focus that goes over what can be done, and a press that does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.rehearsal.bodies.handless import STEPS, Handless, Try
from engine.rehearsal.body import Steps
from engine.world.floor import Spot
from headset.inputs import TICKS_PER_SECOND, Key

DOWN, UP = 0.12, 0.25
"""Seconds for which a key is held, and until it is pressed again."""

ROUNDS = 3
"""How often they go round all that is offered before they give up."""

REACTS = 0.25
"""Seconds from seeing the focus come to pressing (Luce 1986)."""

FORWARD = "ahead"
"""The stop that leads straight on, as the engine shows it."""

Focus = tuple[str, str, str]


class Keying(Handless):
    """A keyboard, or two switches: `next` goes on, `select` does it."""

    def do(self, verb: str, thing: str, control: str, enough: Callable[[], bool]) -> Try:
        """Bring the focus there, and press until it is enough."""
        wanted = (verb, thing, control)
        if not (yield from self.seek(wanted)):
            return False
        for _ in range(STEPS):
            if enough():
                return True
            if self.focus() != wanted and not (yield from self.seek(wanted)):
                return enough()
            yield from self.press("select")
        return enough()

    def seek(self, wanted: Focus) -> Try:
        """Step the focus until it is there; False if it is not among what is offered."""
        seen: dict[Focus, int] = {}
        while self.focus() != wanted:
            here = self.focus()
            seen[here] = seen.get(here, 0) + 1
            if seen[here] > ROUNDS:
                return False
            yield from self.press("next")
        return True

    def step(self, way: Sequence[Spot]) -> Try:
        """Go into the next room on the way, else straight on with the head turned along it."""
        here = self.world.room_of((*self.body.spot, self.body.sight[2]))
        rooms = [self.world.room_of((*spot, self.body.sight[2])) for spot in way]
        stop = next((room for room in rooms if room not in ("", here)), FORWARD)
        if stop == FORWARD:
            yield from self.body.look((*way[1], self.body.sight[2]))
        if (yield from self.seek(("go", stop, ""))):
            yield from self.press("select")
        return self.moved()

    def press(self, key: Key) -> Steps:
        """Press a key and let it go."""
        self.keys = frozenset({key})
        yield from self.body.wait(DOWN)
        self.keys = frozenset()
        yield from self.body.wait(UP)

    def focus(self) -> Focus:
        """What the focus is on: verb, thing and control; empty texts for nothing."""
        found = self.world.attention.get(("participant", "keys"))
        return ("", "", "") if found is None else (found.deed, found.thing, found.control)


class OneSwitch(Keying):
    """One switch: the focus steps by itself."""

    def seek(self, wanted: Focus) -> Try:
        """Wait until the focus comes there; False if it does not in some rounds."""
        period = self.session.preferences["participant"].scan_period
        begun: list[Focus] = []
        stood = 0
        while self.focus() != wanted:
            here = self.focus()
            if not here[0]:
                yield from self.press("select")
                if not self.focus()[0]:
                    return False
                continue
            if not begun or begun[-1] != here:
                begun.append(here)
                stood = 0
            # What stands still is all that is offered, or has gone round for nothing and rests.
            stood += 1
            if begun.count(here) > ROUNDS or stood > ROUNDS * period * TICKS_PER_SECOND:
                return False
            yield
        yield from self.body.wait(REACTS)
        return self.focus() == wanted
