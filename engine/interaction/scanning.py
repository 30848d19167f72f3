"""Keys and switches: a focus goes over all that can be done now, and a key does what it is on.

    next, previous   move the focus, from the leftmost deed to the rightmost as seen along the person's own space, then over the
                     stops to which one can go (`steps`), and round again
    select           does the deed on which the focus was as it went down, when it comes up; held for two seconds it leaves
    back             takes the focus away; held for two seconds it leaves

With `scan=one` the focus steps by itself every `scan_period`: the first press of `select` starts it, the next one chooses, and
after three rounds without a choice it rests. While `select` is down it stands still. After a deed it stays where it is, so that a
dial goes further with each press; after something was picked it is where that can be placed.

A press counts when the key has been down for a moment, and once up it is not heard for another: a switch that bounces, or a hand
that trembles on it, presses once (ISO 9241-171:2008, 9.3: hold and debounce times that can be set; here `tremor` does).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass, field, replace
from typing import Any

from engine.interaction.angles import angle
from engine.interaction.deeds import Deed, Deeds
from engine.interaction.preferences import Preferences, Wishes
from engine.interaction.sighted import Offer, Sighted
from engine.world import World
from engine.world.attention import Attention, Mark, Stage
from engine.world.time import ticks
from engine.world.vectors import ORIGIN
from headset.inputs import Key, Person

HELD, HELD_TREMBLING = 0.03, 0.25
"""Seconds for which a key is down before that counts, and more with a full tremor."""

DEAF, DEAF_TREMBLING = 0.1, 0.6
"""Seconds after a press for which the same key is not heard, and more with a full tremor."""

ROUNDS = 3
"""How often a scan goes round without a choice before it rests."""

SHOWN = 15
"""Ticks for which a deed that was done is shown."""

Focus = tuple[str, str, str]
"""Thing, control and verb of a deed; empty texts for none."""

NOWHERE: Focus = ("", "", "")


@dataclass(frozen=True, slots=True)
class Scan:
    """One person's focus and keys. Ticks are session ticks."""

    focus: Focus = NOWHERE
    aimed: Focus = NOWHERE
    """Where the focus was as `select` went down."""
    stepped: int = 0
    """When the focus came where it is."""
    rounds: int = 0
    """How often a scan has gone round since the last choice."""
    scanning: bool = False
    done: int = -SHOWN
    """When a deed was done last."""
    down: dict[str, int] = field(default_factory=dict)
    """Key → since when it is down; -1 if its press was used up elsewhere, and only its coming up is awaited."""
    counted: tuple[str, ...] = ()
    """Keys whose press has counted."""
    deaf: dict[str, int] = field(default_factory=dict)
    """Key → until when it is not heard."""
    paused: bool = False
    """Whether the tick before was paused."""


class Scanning:
    """Everybody's focus. `step` in every session tick."""

    def __init__(self, world: World, wishes: Wishes, deeds: Deeds, sighted: Sighted) -> None:
        self.world = world
        self.wishes = wishes
        self.deeds = deeds
        self.sighted = sighted
        self.scans: dict[str, Scan] = {}

    def step(self, tick: int, paused: bool) -> None:
        """Take in a tick of everybody's keys; what was chosen is done. While paused keys do nothing here, and what is down then,
        or in the tick that ends the pause, must come up before it counts again: panels are worked by the same keys."""
        for name, person in self.world.people.items():
            if not person.keys and name not in self.scans:
                continue
            scan = self.scans.get(name, Scan())
            if paused or scan.paused:
                down: dict[str, int] = dict.fromkeys(sorted(person.keys), -1)
                scan = replace(scan, down=down, counted=(), deaf={}, stepped=tick, paused=paused)
            else:
                scan = self._keys(tick, name, person, scan)
                scan = self._scanned(tick, name, scan)
            self.scans[name] = scan
            self._tell(tick, name, scan)

    def snapshot(self) -> dict[str, Any]:
        """All that can change, as plain data."""
        return {name: astuple(scan) for name, scan in self.scans.items()}

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Become what `snapshot` was taken of."""
        self.scans = {}
        for name, (focus, aimed, stepped, rounds, scanning, done, down, counted, deaf, paused) in snapshot.items():
            places = (tuple(focus), tuple(aimed))
            self.scans[name] = Scan(*places, stepped, rounds, scanning, done, dict(down), tuple(counted), dict(deaf), paused)

    def _keys(self, tick: int, name: str, person: Person, scan: Scan) -> Scan:
        wishes = self.wishes[name]
        counts = ticks(HELD + HELD_TREMBLING * wishes.tremor)
        for key in _KEYS:
            since = scan.down.get(key)
            if key in person.keys:
                if since is None and tick >= scan.deaf.get(key, tick):
                    since = tick
                    scan = replace(scan, down={**scan.down, key: tick})
                if since is not None and since >= 0 and tick - since >= counts and key not in scan.counted:
                    scan = self._pressed(tick, name, key, replace(scan, counted=(*scan.counted, key)), wishes)
            elif since is not None:
                scan = self._up(tick, name, key, scan, wishes)
        return scan

    def _up(self, tick: int, name: str, key: Key, scan: Scan, wishes: Preferences) -> Scan:
        """A key came up."""
        counted = key in scan.counted
        down = {one: at for one, at in scan.down.items() if one != key}
        scan = replace(scan, down=down, counted=tuple(one for one in scan.counted if one != key))
        if not counted:
            return scan
        scan = replace(scan, deaf={**scan.deaf, key: tick + ticks(DEAF + DEAF_TREMBLING * wishes.tremor)})
        return self._chosen(tick, name, scan, wishes) if key == "select" else scan

    def _pressed(self, tick: int, name: str, key: Key, scan: Scan, wishes: Preferences) -> Scan:
        """A key's going down counts."""
        if key == "back":
            return replace(scan, focus=NOWHERE, scanning=False)
        if key == "select":
            return replace(scan, aimed=scan.focus)
        return self._moved(tick, name, scan, 1 if key == "next" else -1)

    def _moved(self, tick: int, name: str, scan: Scan, way: int) -> Scan:
        """The focus, one deed further: the leftmost or rightmost where there was none."""
        offers = self._offers(name)
        deeds = [_focus(offer.deed) for offer in offers]
        begun = scan.focus in deeds
        there = deeds.index(scan.focus) if begun else -1 if way > 0 else 0
        for far in range(1, len(deeds) + 1):
            index = (there + far * way) % len(deeds)
            if not self._sees(name, offers[index]):
                continue
            rounds = scan.rounds + (begun and index <= there)
            if scan.scanning and rounds >= ROUNDS:
                break
            return replace(scan, focus=deeds[index], stepped=tick, rounds=rounds)
        return replace(scan, focus=NOWHERE, scanning=False)

    def _chosen(self, tick: int, name: str, scan: Scan, wishes: Preferences) -> Scan:
        """`select` was pressed: do what the focus was on, or begin."""
        found = (offer for offer in (*self.sighted.offers(name), *self._stops(name)) if _focus(offer.deed) == scan.aimed)
        deed = next((offer.deed for offer in found if self._sees(name, offer)), None)
        if deed is None:
            return self._moved(tick, name, replace(scan, focus=NOWHERE, scanning=wishes.scan == "one", rounds=0), 1)
        by = "switch" if wishes.scan != "off" else "key"
        self.deeds.do(name, deed, f"chosen by {by}")
        focus = scan.aimed
        if deed.verb == "pick":
            focus = (deed.thing, deed.control, "place")
        return replace(scan, focus=focus, stepped=tick, rounds=0, done=tick)

    def _scanned(self, tick: int, name: str, scan: Scan) -> Scan:
        """The focus steps by itself."""
        if not scan.scanning or "select" in scan.down:
            return scan
        if self.wishes[name].scan != "one":
            return replace(scan, scanning=False)
        if tick - scan.stepped < ticks(self.wishes[name].scan_period):
            return scan
        return self._moved(tick, name, scan, 1)

    def _offers(self, name: str) -> list[Offer]:
        """What a person could do now, from left to right as seen along their own space; else in the scene's order; then where
        they could go. Whether it is hidden, or no way leads there, is looked at only where the focus would go: among a thousand
        things that is a hundred times quicker."""
        head = self.world.head(name)
        if head is None:
            return []
        eyes, found = self.world.origin.local(head.position), list[tuple[float, int, Offer]]()
        for index, offer in enumerate(self.sighted.offers(name)):
            point = self.world.origin.local(offer.point)
            found.append((angle(point[0] - eyes[0], point[1] - eyes[1]), index, offer))
        return [offer for _, _, offer in sorted(found, key=lambda one: one[:2])] + self._stops(name)

    def _stops(self, name: str) -> list[Offer]:
        """Where a person could go, in the scene's order."""
        return [Offer(Deed(stop, "", "go"), stop, ORIGIN, 0.0) for stop in self.deeds.steps.stops(name)]

    def _sees(self, name: str, offer: Offer) -> bool:
        if offer.deed.verb == "go":
            return not self.deeds.refusal(name, offer.deed)
        head = self.world.head(name)
        return head is not None and self.sighted.sees(head.position, offer)

    def _tell(self, tick: int, name: str, scan: Scan) -> None:
        """Show where the focus is."""
        thing, control, verb = scan.focus
        if verb != "go" and self.world.marks.pop((name, "keys"), ()):
            self.deeds.steps.show(name, "keys", None)
        if scan.focus == NOWHERE:
            self.world.attention.pop((name, "keys"), None)
            return
        wishes = self.wishes[name]
        stage: Stage = "select" if tick - scan.done < SHOWN or "select" in scan.counted else "focus"
        progress = 0.0
        if scan.scanning:
            progress = min(1.0, (tick - scan.stepped) / ticks(wishes.scan_period))
        if verb == "go":
            point = self.deeds.steps.target(thing)
            self.world.attention[name, "keys"] = Attention(thing, "", stage, progress, point, verb)
            self.world.marks[name, "keys"] = (Mark(point, verb, thing),)
            self.deeds.steps.show(name, "keys", point)
            return
        deed = next((one for one in self.deeds.all(thing) if _focus(one) == scan.focus), None)
        if deed is not None:
            point = self.deeds.target(deed)[1]
            self.world.attention[name, "keys"] = Attention(thing, control, stage, progress, point, verb)


_KEYS: tuple[Key, ...] = ("next", "previous", "select", "back")


def _focus(deed: Deed) -> Focus:
    return deed.thing, deed.control, deed.verb
