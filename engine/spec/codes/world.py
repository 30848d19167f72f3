"""Diagnostics of the world that is built of a scene (E06xx): nothing is moved to make room."""

from __future__ import annotations

from engine.spec.codes.entry import Code

_ROOM = "rooms:\n  bay: {size: [4 m, 4 m, 2.7 m]}\n"


def _props(*lines: str) -> str:
    return _ROOM + "props:\n" + "".join(f"  {line}\n" for line in lines) + "people:\n  participant: {in: bay, at: [0 m, 0 m]}\n"


def _hall(hall: str, more: str = "") -> str:
    rooms = f"rooms:\n  bay: {{size: [4 m, 4 m, 2.7 m]}}\n  hall: {{size: [6 m, 2 m, 2.7 m]{hall}}}\n"
    return f"{rooms}{more}people:\n  participant: {{in: bay}}\n"


WORLD = (
    Code(
        "E0601",
        "Placed in a ring",
        "Each thing is placed by the next one, and the last by the first, so none of them has a place. Place one of them by "
        "something else: a room, a wall, or the scene's own axes.",
        "props:\n  dock: {use: wooden_dock, origin: seat}\n  seat: {use: bench, rests_on: dock}\n",
        "props:\n  dock: {use: wooden_dock, at: [0 m, 0 m]}\n  seat: {use: bench, rests_on: dock}\n"
        "people:\n  participant: {in: seat}\n",
    ),
    Code(
        "E0602",
        "Beside the top it rests on",
        "The middle of the thing lies beyond the edge of what it rests on; it would fall. The remedy says how far the top "
        "reaches.",
        "props:\n  dock: {use: wooden_dock, at: [0 m, 0 m]}\n  seat: {use: bench, rests_on: dock, at: [3 m, 0 m]}\n",
        "props:\n  dock: {use: wooden_dock, at: [0 m, 0 m]}\n  seat: {use: bench, rests_on: dock, at: [0 m, 0 m]}\n"
        "people:\n  participant: {in: seat}\n",
    ),
    Code(
        "E0603",
        "Two things in one place",
        "Solid things cannot be in each other. Nothing is moved to make room: the remedy names the nearest place that is free.",
        _props("chair: {use: visitor_chair, in: bay, at: [1 m, 1 m]}", "other: {use: visitor_chair, in: bay, at: [1.2 m, 1 m]}"),
        _props("chair: {use: visitor_chair, in: bay, at: [1 m, 1 m]}", "other: {use: visitor_chair, in: bay, at: [-1 m, 1 m]}"),
    ),
    Code(
        "E0604",
        "Out of the room",
        "The thing reaches through a wall, the floor or the ceiling of its room. The remedy names the nearest place where it "
        "does not.",
        _props("chair: {use: visitor_chair, in: bay, at: [1.9 m, 0 m]}"),
        _props("chair: {use: visitor_chair, in: bay, at: [1.5 m, 0 m]}"),
    ),
    Code(
        "E0605",
        "The free floor before it is blocked",
        "A door, a basin and other things that are used need free floor before them; how much is on their card. Something "
        "stands in it.",
        _props("sink: {use: wash_basin, against: bay.west}", "chair: {use: visitor_chair, in: bay, at: [-1.2 m, 0 m]}"),
        _props("sink: {use: wash_basin, against: bay.west}", "chair: {use: visitor_chair, in: bay, at: [1.2 m, 1 m]}"),
    ),
    Code(
        "E0606",
        "No free way",
        "The participant must be able to walk from where they begin into every room, 0.6 m wide all the way. A door is "
        "missing, or something bars the way.",
        _hall(", south_of: bay"),
        _hall(", south_of: bay", "openings:\n  entry: {use: clinic_door, against: bay.south}\n"),
    ),
    Code(
        "E0607",
        "Out of reach",
        "What is made for hands can be reached from a spot where the participant can stand, also by someone who sits. Hang it "
        "lower, or make room before it.",
        _props("bell: {use: call_button, against: bay.north, at: [0 m, 2.4 m]}"),
        _props("bell: {use: call_button, against: bay.north, at: [0 m, 1.1 m]}"),
    ),
    Code(
        "E0608",
        "Rooms that do not meet",
        "One room is the scene's middle, and every other lies beside one that has a place: `north_of: bay`. Two rooms beside "
        "no other, or rooms that are placed by each other in a ring, have no place.",
        _hall(""),
        _hall(", south_of: bay", "openings:\n  entry: {use: clinic_door, against: bay.south}\n"),
    ),
    Code(
        "E0609",
        "It does not fit on its wall",
        "A door or a window lies wholly within its wall. Make it smaller, move it, or cut another wall.",
        _ROOM
        + "openings:\n  window: {use: sash_window, against: bay.east, at: [1.8 m, 0.9 m]}\npeople:\n  participant: {in: bay}\n",
        _ROOM
        + "openings:\n  window: {use: sash_window, against: bay.east, at: [0.5 m, 0.9 m]}\npeople:\n  participant: {in: bay}\n",
    ),
    Code(
        "E0610",
        "A grid without a face",
        "A grid is spread over the face it is on: a floor, a wall, a ceiling, a top. In the open there is none.",
        "props:\n  lamps: {use: lantern, grid: [2, 1]}\n",
        "props:\n  dock: {use: wooden_dock, at: [0 m, 0 m]}\n  lamps: {use: lantern, rests_on: dock, grid: [2, 1]}\n"
        "people:\n  participant: {origin: dock, at: [0 m, 0 m, 0.5 m]}\n",
    ),
)
