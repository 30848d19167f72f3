"""Diagnostics of things and of where they stand (E04xx)."""

from __future__ import annotations

from engine.spec.codes.entry import Code

_OWN = (
    "Left, right, front and back are always those of the thing itself, looking out of its front, and never those of whoever "
    "looks at it. A bed's front is its foot end, so `bed.left` is the left of the patient who lies in it; a chair's left is the "
    "sitter's."
)
_ROOM = "rooms:\n  bay: {size: [4 m, 4 m, 2.7 m]}\n"


def _props(*lines: str, room: bool = False) -> str:
    return (_ROOM if room else "") + "props:\n" + "".join(f"  {line}\n" for line in lines)


_DOCK = "dock: {use: wooden_dock}"

THINGS = (
    Code(
        "E0401",
        "Placed by two words",
        "One word says where a thing stands: `in`, `against`, `rests_on`, `beside`, `hangs_from` or `origin`. Two of them "
        "would each put it somewhere else.",
        _props("bed: {use: exam_bed, against: bay.north, in: bay}", room=True),
        _props("bed: {use: exam_bed, against: bay.north}", room=True),
    ),
    Code(
        "E0402",
        "Placed by itself",
        "A thing cannot rest on itself or stand beside itself. Name another thing.",
        _props("dock: {use: wooden_dock, rests_on: dock}"),
        _props("dock: {use: wooden_dock}"),
    ),
    Code(
        "E0403",
        "No 'at' in a place of a thing",
        "A seat, a bed or a hook is one spot, so there is nothing to be said by `at`.",
        _props("seat: {use: bench}") + "people:\n  participant: {in: seat, at: [0 m, 0 m]}\n",
        _props("seat: {use: bench}") + "people:\n  participant: {in: seat}\n",
    ),
    Code(
        "E0404",
        "This placing word takes a thing without a part",
        "`rests_on`, `hangs_from` and `origin` name a thing as a whole. Only `beside` names a side, `against` a wall, `in` a "
        "place.",
        _props(_DOCK, "lamp: {use: lantern, rests_on: dock.left}"),
        _props(_DOCK, "lamp: {use: lantern, rests_on: dock}"),
    ),
    Code(
        "E0405",
        "Nothing can rest on it",
        "A thing's card says whether it has a top that bears something. A stone, a lamp or a person has none.",
        _props("stone: {use: smooth_stone}", "lamp: {use: lantern, rests_on: stone}"),
        _props("seat: {use: bench}", "lamp: {use: lantern, rests_on: seat}"),
    ),
    Code(
        "E0406",
        "It has no hook",
        "Only a thing whose card has a place `hook` can have something hang from it.",
        _props(_DOCK, "mask: {use: oxygen_mask, hangs_from: dock}"),
        _props(
            *("oxygen: {use: flow_dial, against: bay.north, at: [0 m, 1.2 m]}", "mask: {use: oxygen_mask, hangs_from: oxygen}"),
            room=True,
        ),
    ),
    Code(
        "E0407",
        "A room has no places of its own",
        "`in: bay` is enough, and `at` says where on its floor. Walls are named by `against`.",
        _props("chair: {use: visitor_chair, in: bay.corner}", room=True),
        _props("chair: {use: visitor_chair, in: bay, at: [1 m, 1 m]}", room=True),
    ),
    Code(
        "E0408",
        "It has no such place",
        "The places of a thing, such as a seat or a face, are on its card. If it has one alone its name may be left out after "
        "`in`.",
        _props("seat: {use: bench}") + "people:\n  participant: {in: seat.chair}\n",
        _props("seat: {use: bench}") + "people:\n  participant: {in: seat.seat}\n",
    ),
    Code(
        "E0409",
        "Which side?",
        "`against` needs a wall or the ceiling (north, east, south, west, ceiling), `beside` a side of the thing (left, "
        "right, front, back).",
        _props("bed: {use: exam_bed, against: bay.nort}", room=True),
        _props("bed: {use: exam_bed, against: bay.north}", room=True),
    ),
    Code(
        "E0410",
        "A place for people",
        "`in: bed` lays a person into the bed, and `in: chair` sits one down. A thing does not lie or sit: let it rest on the "
        "top, or stand beside.",
        _props("bed: {use: exam_bed}", "lamp: {use: lantern, in: bed}"),
        _props("bed: {use: exam_bed}", "lamp: {use: lantern, rests_on: bed}"),
    ),
    Code(
        "E0411",
        "Not a placing word",
        f"The placing words are `in`, `against`, `rests_on`, `beside`, `hangs_from` and `origin`. {_OWN}",
        _props("bed: {use: exam_bed}", "chair: {use: visitor_chair, left_of: bed}"),
        _props("bed: {use: exam_bed}", "chair: {use: visitor_chair, beside: bed.left}"),
    ),
    Code(
        "E0412",
        "Whose left is meant?",
        f"{_OWN} A nurse at the foot end, facing the patient, has `bed.left` on the right hand.",
        _props("bed: {use: exam_bed}", "chair: {use: visitor_chair, beside: bed.viewer_right}"),
        _props("bed: {use: exam_bed}", "chair: {use: visitor_chair, beside: bed.left}"),
    ),
    Code(
        "E0413",
        "A grid is two counts",
        "`grid: [2, 1]` puts two of a thing along x and one along y, spread evenly.",
        _ROOM + "lights:\n  panels: {use: led_panel, against: bay.ceiling, grid: [2]}\n",
        _ROOM + "lights:\n  panels: {use: led_panel, against: bay.ceiling, grid: [2, 1]}\n",
    ),
    Code(
        "E0414",
        "'at' takes lengths",
        "`at` says how far from where the placing word puts a thing. To place it by another thing use `rests_on`, `beside` or "
        "`in`.",
        _props(_DOCK, "lamp: {use: lantern, at: dock}"),
        _props(_DOCK, "lamp: {use: lantern, rests_on: dock}"),
    ),
    Code(
        "E0415",
        "It does not say what it is",
        "Every thing has `use: …`, the name of a prefab, or of a model file in the scene's folder. `abaton prefabs` lists "
        "what there is.",
        _props("lamp: {prefab: lantern}"),
        _props("lamp: {use: lantern}"),
    ),
    Code(
        "E0416",
        "The card is built in",
        "`participant`, the one in the headset, and `guide`, the voice, are what they are in every scene; they have no `use`.",
        "people:\n  guide: {use: adult}\n",
        "people:\n  guide: {voice: calm}\n",
    ),
    Code(
        "E0417",
        "It has no place",
        "The landscape is everywhere and the guide is a voice, so no word can place them.",
        _ROOM + "people:\n  guide: {in: bay, voice: calm}\n",
        _ROOM + "people:\n  guide: {voice: calm}\n",
    ),
    Code(
        "E0418",
        "The card has no such parameter",
        "What an author may say about a thing is on its card, besides the words for its place that every thing has. `abaton "
        "prefabs NAME` shows the card.",
        _props("lamp: {use: lantern, brightness: 300 lm}"),
        _props("lamp: {use: lantern, flux: 300 lm}"),
    ),
    Code(
        "E0419",
        "A room beside two rooms",
        "One of `north_of`, `south_of`, `east_of`, `west_of` says where a room lies. Two would say it twice.",
        "rooms:\n  bay: {size: [4 m, 4 m, 2.7 m]}\n  hall: {size: [4 m, 2 m, 2.7 m], north_of: bay, east_of: bay}\n",
        "rooms:\n  bay: {size: [4 m, 4 m, 2.7 m]}\n  hall: {size: [4 m, 2 m, 2.7 m], north_of: bay}\n",
    ),
    Code(
        "E0420",
        "'at' of a room beside no other",
        "A room's `at` shifts it along the wall of the room it is beside. The room that is beside no other lies in the middle "
        "of the scene.",
        "rooms:\n  bay: {size: [4 m, 4 m, 2.7 m], at: 1 m}\n",
        "rooms:\n  bay: {size: [4 m, 4 m, 2.7 m]}\n",
    ),
    Code(
        "E0421",
        "There is no such finish",
        "A finish is a material, or a material and a colour with a slash between: `satin_paint/sage`. Not every material fits "
        "walls, floor and ceiling alike.",
        "rooms:\n  bay: {size: [4 m, 4 m, 2.7 m], finish: {walls: satin_paint/sagee}}\n",
        "rooms:\n  bay: {size: [4 m, 4 m, 2.7 m], finish: {walls: satin_paint/sage}}\n",
    ),
    Code(
        "E0426",
        "Only people show and answer something",
        "`findings` and `questions` belong to the people whom the participant meets.",
        _props("lamp: {use: lantern, findings: {chest: crackles}}") + "text:\n  crackles: Crackles\n",
        "props:\n  bed: {use: exam_bed}\npeople:\n  patient: {use: adult, in: bed, findings: {chest: crackles}}\n"
        "text:\n  crackles: Crackles on both sides\n",
    ),
)
