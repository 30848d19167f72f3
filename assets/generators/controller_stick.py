"""A controller with a thumbstick, right hand: handle and head in one shell, a dark face plate with stick, two buttons and menu
button, trigger and squeeze key. It has no ring. 131 x 59 x 72 mm; of no maker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from assets.generators.controller_parts import (
    DARK,
    METAL,
    SHELL,
    SOFT,
    along,
    body,
    cap,
    materials,
    standing,
    stick_top,
    write,
)
from assets.generators.forms import block, panel, rounded, sweep
from assets.generators.gltf_write import MODELS
from assets.generators.shapes import Shape, lathe
from engine.view.geometry.controller import (
    CONTROLLERS,
    KEY_OUT,
    MENU,
    PLATE,
    PRIMARY,
    SECONDARY,
    STICK,
    STICK_FOOT,
    STICK_TOP,
    TRIGGER_AT,
    UP,
    Station,
    on_face,
    superellipse,
)

PLATE_THICK = 0.0006


def _face() -> tuple[list[Shape], list[Shape]]:
    """The plate with a ring round each thing on it; and the dish under the stick."""
    plate = standing(panel(superellipse(0.0520, 0.0566, 2.3, 36), PLATE_THICK, 0.0004, 1), PLATE, UP)
    rings = [
        standing(
            lathe(((r + 0.0009, 0.0), (r + 0.0007, 0.0005), (r + 0.0001, 0.0005), (r, 0.0)), 18, 40.0),
            on_face(PLATE, UP, *at, PLATE_THICK),
            UP,
        )
        for at, r in ((PRIMARY, 0.0054), (SECONDARY, 0.0054), (MENU, 0.0034))
    ]
    dish = lathe(((0.0106, 0.0), (0.0100, 0.0011), (0.0092, 0.0012), (0.0084, 0.0002), (0.0, 0.0001)), 24, 40.0)
    return [plate, *rings], [standing(dish, on_face(PLATE, UP, *STICK, PLATE_THICK), UP)]


def _trigger() -> Shape:
    """A blade that curves under the fingertip, hinged below the plate."""
    path = along(((0.0310, 0.0500), (0.0375, 0.0455), (0.0402, 0.0390), (0.0388, 0.0310), (0.0392, 0.0240), (0.0425, 0.0170)), 10)
    blade = sweep(path, rounded(0.0085, 0.0165, 0.0032, 2), up=(1.0, 0.0, 0.0), ends=0.0030, crease_deg=60.0)
    return blade.moved(TRIGGER_AT[0])


def _key() -> Shape:
    """The squeeze key, flush with the handle's side."""
    turn = float(np.degrees(np.arctan2(KEY_OUT[1], -KEY_OUT[0])))
    key = block((0.0070, 0.0150, 0.0270), 0.0030, steps=2)
    return key.turned("z", -turn).moved(KEY_OUT[0] * 0.0142, -0.0016 + KEY_OUT[1] * 0.0152, 0.0010)


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    stations = CONTROLLERS["stick"].stations
    grip = [replace(one, wide=one.wide + 0.0006, deep=one.deep + 0.0006) for one in stations[4:8]]
    plate, dish = _face()
    top = standing(stick_top(STICK_FOOT, STICK_TOP, 0.0066), on_face(PLATE, UP, *STICK), UP)
    buttons = {
        name: [(METAL, [standing(cap(0.0050, -0.0004, 0.0020), on_face(PLATE, UP, *at), UP)])]
        for name, at in (("primary", PRIMARY), ("secondary", SECONDARY))
    }
    write(
        "controller_stick",
        {
            "body": [(SHELL, [body(stations)]), (SOFT, [body(_edged(grip)), *dish]), (DARK, plate)],
            "trigger": [(DARK, [_trigger()])],
            "squeeze": [(DARK, [_key()])],
            "stick": [(SOFT, [top])],
            **buttons,
            "menu": [(METAL, [standing(cap(0.0030, -0.0004, 0.0014, 14), on_face(PLATE, UP, *MENU), UP)])],
        },
        materials((0.56, 0.555, 0.54), (0.30, 0.31, 0.33)),
        folder,
    )


def _edged(stations: Sequence[Station]) -> list[Station]:
    """A sleeve's stations with an edge that is broken at both ends."""
    first, last = stations[0], stations[-1]
    thin = {"wide": -0.0012, "deep": -0.0012}
    return [
        replace(first, z=first.z - 0.0004, wide=first.wide + thin["wide"], deep=first.deep + thin["deep"]),
        *stations,
        replace(last, z=last.z + 0.0004, wide=last.wide + thin["wide"], deep=last.deep + thin["deep"]),
    ]


if __name__ == "__main__":
    make()
