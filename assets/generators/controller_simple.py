"""A plain controller, right hand: a rounded stick with a large button to select and a small one for the menu, for everything
whose looks are not known. 170 x 34 x 37 mm; of no maker."""

from __future__ import annotations

from pathlib import Path

from assets.generators.controller_parts import DARK, METAL, SHELL, SOFT, body, cap, materials, standing, write
from assets.generators.forms import panel
from assets.generators.gltf_write import MODELS
from assets.generators.shapes import lathe
from engine.view.geometry.controller import CONTROLLERS, SELECT, SELECT_MENU, SELECT_UP, Station, on_face, superellipse


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    face = standing(
        panel(superellipse(0.0220, 0.0560, 2.6, 28), 0.0030, 0.0006, 1),
        on_face(SELECT, SELECT_UP, 0.0, -0.0080, -0.0026),
        SELECT_UP,
    )
    ring = lathe(((0.0093, -0.0010), (0.0091, 0.0008), (0.0086, 0.0009), (0.0083, 0.0)), 26, 40.0)
    band = [
        Station(0.0, -0.0030, z, 0.0280 + more, 0.0286 + more, 0.0, 2.2)
        for z, more in ((-0.0494, 0.0), (-0.0490, 0.0012), (-0.0452, 0.0018), (-0.0448, 0.0006))
    ]
    write(
        "controller_simple",
        {
            "body": [
                (SHELL, [body(CONTROLLERS["simple"].stations)]),
                (DARK, [face]),
                (METAL, [standing(ring, SELECT, SELECT_UP)]),
                (SOFT, [body(band)]),
            ],
            "select": [(SOFT, [standing(cap(0.0082, -0.0010, 0.0018, 24), SELECT, SELECT_UP)])],
            "menu": [
                (METAL, [standing(cap(0.0036, -0.0010, 0.0012, 16), on_face(SELECT, SELECT_UP, 0.0, SELECT_MENU), SELECT_UP)])
            ],
        },
        materials((0.30, 0.31, 0.32), (0.45, 0.46, 0.47)),
        folder,
    )


if __name__ == "__main__":
    make()
