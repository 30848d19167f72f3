"""Medical supply trunking for the wall behind a bed: an extruded body of 1.6 m, a fascia, sockets, gas outlets, a rail below.

Everything that lives in a bay hangs on it: mains in pairs, earth and data, oxygen, air and vacuum with their collars of colour.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from assets.generators import surfaces
from assets.generators.forms import block, facing, rounded, stack, upright
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.shapes import Shape, join, lathe, lit, tube
from assets.generators.surfaces import FINE_TILE, tiled
from engine.view.geometry.mesh import Material

WIDTH, HEIGHT = 1.60, 0.23
WALL, FRONT = -0.0425, 0.0155
"""y of the wall and of the fascia, metres."""
LIFT = 0.037
"""Height of the body's foot over the rail's."""
MIDDLE = 0.142
"""Height of the outlets' middle."""

GASES = ((-0.16, (0.72, 0.72, 0.71)), (0.0, (0.03, 0.03, 0.03)), (0.16, (0.80, 0.66, 0.04)))
"""Oxygen white, air black, vacuum yellow (EN 1089-3 and ISO 32): metres along, and the collar."""
SOCKETS = (-0.66, -0.59, -0.46, -0.39, 0.39, 0.46, 0.59, 0.66)


def _body() -> Shape:
    """The extrusion: its front rounded above and below, ends capped."""
    rings = (
        (-0.0012, WALL), (0.0, WALL + 0.0015), (0.0, FRONT - 0.016), (-0.0045, FRONT - 0.0055), (-0.012, FRONT - 0.001),
        (-0.016, FRONT), (-0.030, FRONT), (-0.0312, FRONT - 0.0012), (-0.0325, FRONT - 0.0012),
    )  # fmt: skip
    outlines = [(rounded(WIDTH + 2 * by, HEIGHT + 2 * by, max(0.018 + by, 0.003), 5), y) for by, y in rings]
    return stack([upright(outline, y, z=HEIGHT / 2 + LIFT) for outline, y in outlines], open_start=True, crease_deg=30.0)


def _fascia() -> list[Shape]:
    """Three lids on the front, a hair apart."""
    wide = (0.44, 0.60, 0.44)
    return [
        block((width - 0.003, 0.003, HEIGHT - 0.075), 0.0012, cells=(5, 1, 2), steps=1).moved(
            x, FRONT + 0.0005, HEIGHT / 2 + LIFT
        )
        for x, width in zip((-0.525, 0.0, 0.525), wide, strict=True)
    ]


def _socket(x: float, z: float) -> tuple[Shape, Shape]:
    """A recessed round outlet in its square plate, and what is dark in it."""
    plate = block((0.062, 0.006, 0.062), 0.0018, cells=(1, 1, 1), steps=1).moved(x, FRONT + 0.004, z)
    rim = lathe(
        ((0.0245, -0.001), (0.0245, 0.0016), (0.0230, 0.0024), (0.0212, 0.0016), (0.0208, 0.0004), (0.0, 0.0003)), 24, 35.0
    )
    well = rim.tinted(np.where(np.hypot(rim.positions[:, :1], rim.positions[:, 1:2]) < 0.0209, 0.42, 1.0))
    pins = [lathe(((0.0032, 0.0), (0.0030, 0.0009), (0.0, 0.0010)), 8, 40.0).moved(side, 0.0, 0.0) for side in (-0.0095, 0.0095)]
    dark = join([each.turned("x", -90).moved(x, FRONT + 0.0075, z).tinted((0.05, 0.05, 0.05)) for each in pins])
    return join([plate, well.turned("x", -90).moved(x, FRONT + 0.0075, z)]), dark


def _gas(x: float, collar: tuple[float, float, float]) -> tuple[Shape, Shape]:
    """A gas outlet: a collar in its colour, and the steel of its coupling."""
    ring = lathe(
        ((0.034, 0.0), (0.034, 0.005), (0.0325, 0.0075), (0.027, 0.0085), (0.0225, 0.0080), (0.0215, 0.0060), (0.0, 0.0060)),
        24,
        35.0,
    )
    coupling = lathe(
        ((0.0185, 0.006), (0.0185, 0.016), (0.0172, 0.0178), (0.0135, 0.0182), (0.0115, 0.0160), (0.0105, 0.0090), (0.0, 0.0090)),
        20,
        35.0,
    )
    at = (x, FRONT + 0.002, MIDDLE + 0.012)
    return ring.turned("x", -90).moved(*at).tinted(collar), coupling.turned("x", -90).moved(*at)


def _rail() -> tuple[Shape, Shape]:
    """The rail for clamps below, 25 by 10 mm (EN ISO 19054), on five brackets."""
    bar = block((WIDTH - 0.10, 0.010, 0.025), 0.0018, cells=(8, 1, 1), steps=1).moved(0.0, FRONT + 0.022, 0.0135)
    brackets = [
        block((0.020, 0.040, 0.030), 0.003, cells=(1, 1, 1), steps=1).moved(x, FRONT - 0.002, 0.029)
        for x in np.linspace(-WIDTH / 2 + 0.10, WIDTH / 2 - 0.10, 5)
    ]
    return bar, join(brackets)


def _data(x: float) -> Shape:
    """Two data ports in a plate."""
    plate = block((0.062, 0.006, 0.062), 0.0018, cells=(1, 1, 1), steps=1).moved(x, FRONT + 0.004, MIDDLE + 0.012)
    ports = [
        facing(0.015, 0.012).moved(x + side, FRONT + 0.0072, MIDDLE + 0.010).tinted((0.03, 0.03, 0.03))
        for side in (-0.013, 0.013)
    ]
    return join([plate, *ports])


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    sockets = [_socket(x, MIDDLE + 0.012) for x in SOCKETS]
    gases = [_gas(x, collar) for x, collar in GASES]
    rail, brackets = _rail()
    cord = tube(np.array([(0.27, FRONT + 0.004, 0.077), (0.27, FRONT + 0.012, 0.067), (0.27, FRONT + 0.016, 0.017)]), 0.003, 8)
    pieces = [
        _body(),
        join(_fascia()),
        join([each for each, _ in sockets]),
        join([each for each, _ in gases]),
        join([each for _, each in gases]),
        rail,
        join([brackets, cord]),
        join([_data(-0.30), _data(0.30)]),
    ]
    body, fascia, plates, collars, steel, bar, grey, data = lit(pieces, rays=24, reach=0.03, floor=None)
    dark = join([each for _, each in sockets])
    white = surfaces.painted("bedhead_body", (0.70, 0.705, 0.70), 0.4)
    oak = surfaces.painted("bedhead_fascia", (0.355, 0.475, 0.480), 0.45)
    plastic = surfaces.moulded("bedhead_plastic", (0.74, 0.74, 0.73), 0.4)
    metal = Material("bedhead_rail", colour=(0.56, 0.55, 0.53, 1.0), metallic=1.0, roughness=0.38)
    strip = Material("bedhead_light", colour=(0.74, 0.74, 0.73, 1.0), roughness=0.5)
    diffuser = block((WIDTH - 0.12, 0.030, 0.004), 0.0015, cells=(8, 1, 1), steps=1).moved(
        0.0, FRONT - 0.034, HEIGHT + LIFT - 0.0005
    )
    write_glb(
        "bedhead",
        {
            "bedhead": [
                (white, tiled(join([body, grey]), FINE_TILE)),
                (oak, tiled(fascia, FINE_TILE)),
                (plastic, tiled(join([plates, collars, data, dark]), FINE_TILE)),
                (metal, tiled(join([steel, bar]), FINE_TILE)),
                (strip, diffuser),
            ],
        },
        folder,
    )


if __name__ == "__main__":
    make()
