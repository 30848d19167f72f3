"""The rules of placement that need a person: whether they can walk into every room, and reach all that is made for hands."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.world.floor import Floor, Spot, bare, in_the_way, outline
from engine.world.rooms import SIDES, RoomBox, Side, behind
from engine.world.rules import can_move
from engine.world.site import Problem, Site
from engine.world.solids import OrientedBox
from engine.world.vectors import Transform, Vec3

REACH = 0.75
"""Metres, seen from above, from the middle of a standing person to the hand: small adults reach about 0.6 m forward (ISO 7250-1,
grip reach), and lean a little. The ADA Standards of 2010, 308.2.2, allow 0.635 m over an obstacle."""

LOW, HIGH = 0.2, 1.9
"""Metres above the floor between which a standing person reaches: from shin height, bending, to the overhead grip reach of small
adults (ISO 7250-1). For those who sit, the ADA Standards of 2010, 308.2.1, ask for 0.38 to 1.22 m."""

EXACT = 1e-6
"""Metres by which sums of lengths may be off: what is offered as the last place in reach is in reach."""

GETS_UP, STEPS_OFF = 1.0, 0.45
"""Metres from a seat or bed within which one gets up to stand, and within which one who stands close to things steps off."""

TRIED = 60
"""Things that are taken away one after another to see which of them bars a way."""


def walkable(site: Site, without: Collection[str] = ()) -> Floor:
    """The floor of the rooms, less what stands on it; some things can be left out."""
    floor = bare(site.rooms)
    for member in site.crowd.members:
        if member.owner not in without and bars(site, member.owner, member.box):
            floor.block(outline(member.box))
    return floor


def bars(site: Site, name: str, box: OrientedBox) -> bool:
    """Whether one has to walk round a thing's box: what can be picked up is put aside."""
    return name != "participant" and site.things[name].card.grab is None and in_the_way(box)


def start(site: Site) -> Spot | None:
    """Where the participant stands, or gets up, if they can walk and there are rooms to walk in."""
    if not site.rooms or site.bodies["participant"].parameters.get("locomotion") == "still":
        return None
    x, y, _ = site.placing.positions["participant"]
    return (x, y)


def reached(site: Site, floor: Floor | None = None) -> Floor | None:
    """Where the participant can walk to, on what is walkable or on another floor.

    None if that is not asked: outdoors, or of someone who stays in their seat.
    """
    begin = start(site)
    if begin is None:
        return None
    floor = floor or walkable(site)
    nearest = floor.nearest(begin)
    near = GETS_UP if site.posture("participant") in ("seated", "lying") else STEPS_OFF
    return floor.reached(begin) if nearest is not None and nearest[0] <= near else Floor()


def barred(site: Site, floor: Floor) -> Iterator[Problem]:
    """E0606: rooms that the participant cannot walk into."""
    begin = start(site)
    if begin is None:
        return
    empty = bare(site.rooms).reached(begin)
    for room in site.rooms.values():
        if floor.enters(room):
            continue
        if not empty.enters(room):
            side = _shared(site, room, empty)
            message = f"no opening that people go through leads from participant to {room.name}"
            remedy = f"add one, as in `{{use: clinic_door, against: {room.name}.{side}}}`"
            yield Problem("E0606", room.name, "", message, remedy, site.scene.rooms[room.name].span, False)
            continue
        yield _barrier(site, room)


def _shared(site: Site, room: RoomBox, empty: Floor) -> Side:
    """The side of a room on which another lies, rather one that can be walked into."""
    shared = [(side, other) for side in SIDES for other, _ in behind(site.rooms, room, side)]
    return next((side for side, other in shared if empty.enters(other)), shared[0][0] if shared else SIDES[0])


def _barrier(site: Site, room: RoomBox) -> Problem:
    """The one thing without which there would be a way; if there is none, all of them together."""
    names = dict.fromkeys(one.owner for one in site.crowd.members if bars(site, one.owner, one.box))
    # What can be moved is named rather than what cannot, as the remedy is another `at`; and the later thing in the file.
    late = list(reversed(names))
    tried = [name for name in late if can_move(site, name)] + [name for name in late if not can_move(site, name)]
    for name in tried[:TRIED]:
        floor = reached(site, walkable(site, without=[name]))
        if floor is not None and floor.enters(room):
            message = f"{name} leaves no free way of 0.6 m from participant to {room.name}"
            return Problem("E0606", name, room.name, message, f"there is no other place for it: take {name} out", site.span(name))
    message = f"several things together leave no free way of 0.6 m from participant to {room.name}"
    remedy = "make room between the doors"
    return Problem("E0606", room.name, "", message, remedy, site.scene.rooms[room.name].span, False)


def out_of_reach(site: Site, floor: Floor) -> Iterator[Problem]:
    """E0607: what is made for hands, in a room, and can be reached from no spot that the participant can walk to."""
    for name in site.bodies:
        if not site.present(name) or site.room(name) is None:
            continue
        why = beyond(site, name, site.placing.place(name), floor)
        if why:
            remedy = "put it where a person can stand before it"
            yield Problem("E0607", name, "", why, remedy, site.span(name), can_move(site, name))


def beyond(site: Site, name: str, place: Transform, floor: Floor) -> str:
    """What of a thing at a place is out of reach from a floor, and why; empty if nothing is."""
    for words, point in _hands(site, name, place):
        why = _too_far(point, floor)
        if why:
            return f"{words} {why}"
    return ""


def _hands(site: Site, name: str, place: Transform) -> Iterator[tuple[str, Vec3]]:
    """What of a thing hands must come to: its controls, and its middle if it is picked up."""
    body = site.bodies[name]
    for copy in body.copies:
        for label, control in body.card.controls.items():
            yield f"{name}'s {label}", (place @ copy).point(control.at)
        if body.card.grab is not None:
            yield name, (place @ copy).point((0.0, 0.0, body.size[2] / 2))


def _too_far(point: Vec3, floor: Floor) -> str:
    if not LOW - EXACT <= point[2] <= HIGH + EXACT:
        return f"is {point[2]:.2f} m above the floor; hands reach from {LOW:g} m to {HIGH:g} m"
    nearest = floor.nearest((point[0], point[1]))
    if nearest is None:
        return "is where nobody can walk to"
    return f"is {nearest[0]:.2f} m from where a person can stand; hands reach {REACH:g} m" if nearest[0] > REACH + EXACT else ""
