"""Every body: what people do without hands, what they wish for, and the way out. One object for a session to hold.

Gaze, keys, spoken words and deeds by name all end in `Deeds`, so that every body raises the same flags as hands do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.interaction.deeds import Deed, Deeds, read_deed
from engine.interaction.flags import Pair
from engine.interaction.gaze import Gaze
from engine.interaction.hands import Hands
from engine.interaction.leave import WayOut
from engine.interaction.locomotion import Locomotion
from engine.interaction.preferences import PreferenceError, Wishes
from engine.interaction.scanning import Scanning
from engine.interaction.sighted import Sighted
from engine.interaction.spoken import Safe, hear
from engine.interaction.steps import Steps
from engine.interaction.treading import Treading
from engine.world import World
from engine.world.events import Draft, Emit

LEADING = ("operator", "engine")
"""Authors who set wishes for the participant."""


class Bodies:
    """What everybody does besides using their hands."""

    def __init__(self, world: World, hands: Hands, locomotion: Locomotion, emit: Emit, wishes: Wishes) -> None:
        self.world = world
        self.emit = emit
        self.wishes = wishes
        self.steps = Steps(world, wishes, locomotion)
        self.deeds = Deeds(hands, self.steps)
        self.sighted = Sighted(world, self.deeds)
        self.treading = Treading(self.steps)
        self.gaze = Gaze(world, wishes, self.deeds, self.sighted, self.treading)
        self.keys = Scanning(world, wishes, self.deeds, self.sighted)
        self.way_out = WayOut(world, wishes, self.gaze)

    def step(self, tick: int) -> tuple[str, str] | None:
        """Play a session tick, before hands do: who has asked to leave, and how."""
        leaver = self.way_out.step(tick)
        paused = self.world.paused
        self.keys.step(tick, paused)
        if not paused:
            self.gaze.step()
        return leaver

    def flags(self) -> set[Pair]:
        """The flags that are up because something is picked without a hand."""
        return self.deeds.step() if self.deeds.picked else set()

    def pause(self) -> None:
        """The scene's clock stops: looks rest on nothing until it goes on."""
        self.gaze.rest()

    def end(self) -> None:
        """The session ends: nothing is picked, looked at or aimed at any more."""
        self.deeds.drop_all("the session ends")
        self.gaze.rest()
        self.world.marks.clear()
        for key in [key for key, attends in self.world.attention.items() if attends.deed == "go"]:
            del self.world.attention[key]  # a stop is shown by its mark alone

    def wish(self, author: str, text: str) -> None:
        """Change a wish of the author's, or of the participant's where someone who leads sets it."""
        person = "participant" if author in LEADING else author
        try:
            self.wishes.set(person, text)
        except PreferenceError as error:
            self.emit(Draft(author, "set_refused", value=text, because=str(error)))
        else:
            self._calm()
            self.emit(Draft(author, "set", value=text))

    def do(self, author: str, text: str) -> None:
        """Do a deed by its name."""
        deed = read_deed(self.world, text)
        why = deed if isinstance(deed, str) else self.sighted.refusal(author, deed)
        if self.world.paused:
            why = "the session is paused"
        if isinstance(deed, str) or why:
            self.emit(Draft(author, "deed_refused", text, because=why))
        else:
            self.deeds.do(author, deed, "by its name")

    def say(self, author: str, text: str) -> tuple[Safe, str] | None:
        """Do what was said; what always means the same is left to the session, with why."""
        heard = hear(self.deeds, author, text)
        match heard.meant:
            case "leave" | "distress":
                return heard.meant, heard.because
            case None:
                self.emit(Draft(author, "not_understood", value=text, because=heard.because))
            case Deed():
                why = "the session is paused" if self.world.paused else self.sighted.refusal(author, heard.meant)
                if why:
                    self.emit(Draft(author, "deed_refused", str(heard.meant), text, because=f"{heard.because}: {why}"))
                else:
                    self.deeds.do(author, heard.meant, heard.because)
        return None

    def snapshot(self) -> dict[str, Any]:
        """All that can change, as plain data."""
        return {
            "deeds": self.deeds.snapshot(),
            "gaze": self.gaze.snapshot(),
            "treading": self.treading.snapshot(),
            "keys": self.keys.snapshot(),
            "way_out": self.way_out.snapshot(),
        }

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Become what `snapshot` was taken of."""
        self.deeds.restore(snapshot["deeds"])
        self.gaze.restore(snapshot["gaze"])
        self.treading.restore(snapshot["treading"])
        self.keys.restore(snapshot["keys"])
        self.way_out.restore(snapshot["way_out"])
        self._calm()

    def _calm(self) -> None:
        """Show who wishes that nothing moves that need not."""
        self.world.calm = {person for person, wishes in self.wishes.of.items() if wishes.motion == "reduced"}
