"""One picture for the pillow in its case and, below that, for the bottom sheet: both are white cotton and are drawn as one.

Washed percale, ironed flat and lain on since: wrinkles fan out from what rests on it, and the case's open end has a broad hem.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assets.generators.cloth_maps import Chart, picture, strewn
from assets.generators.creases import of_case, of_mattress
from assets.generators.folds import noise, raised
from assets.generators.shapes import Shape
from assets.generators.textures import Field, layered, softened
from assets.generators.weaves import Weave
from engine.view.geometry.mesh import Material, Pixels

_WHITE = np.array((236.0, 236.0, 234.0))
_HEM = 0.052
"""How wide the hem at the case's open end is sewn."""


def cotton(folded: Field, seed: int) -> Weave:
    """Cotton whose wrinkles stand so high, metres: paler on their backs, darker in their hollows; softly uneven."""
    size = (folded.shape[0], folded.shape[1])
    swell = layered(size, (6, 8), seed, 3) - 0.5
    height = folded + 0.0045 * swell
    broad = softened(np.pad(folded, 12, mode="edge"), 4)[12:-12, 12:-12] - folded
    hollow = np.clip(broad / 0.0018, -0.6, 1.2)
    tone = 0.965 * (1.0 - np.where(hollow > 0.0, 0.22, 0.02) * hollow)
    return Weave(height, tone[..., None] * _WHITE, np.full(size, 0.93))


def _cased(chart: Chart) -> Weave:
    """The case: wrinkles towards head and corners, puckers along its seams, and two stitched lines at its open end."""
    at, (u, v) = chart.spread(chart.points), chart.places()
    x, y = at[..., 0], at[..., 1]
    rim = np.minimum(np.minimum(v, chart.along[-1] - v), chart.across[-1] - np.abs(u))
    pucker = noise(2.6 * x, 2.6 * y, 2.0) + noise(4.2 * x, 4.2 * y, 6.0)
    off = chart.across[-1] - _HEM - u + 0.002 * noise(0.6 * x, 0.9 * y, 3.0)
    sewn = np.exp(-((off / 0.0030) ** 2)) + 0.7 * np.exp(-(((off + 0.006) / 0.0022) ** 2))
    step = 0.0022 / (1.0 + np.exp(off / 0.0016))  # two layers of cloth there, and three at the turned edge
    folded = raised(of_case(), x, y) + 0.0034 * pucker * np.exp(-rim / 0.022) + step - 0.0016 * sewn
    made = cotton(folded, 411)
    return replace(made, colour=made.colour * (1.0 - 0.10 * sewn)[..., None])


def bed_linen(name: str, case: Chart, sheet: Chart, lines: Sequence[Shape]) -> Material:
    """What both are made of, the case's picture above the sheet's; `lines` are the cables that lie on them."""
    leads = strewn(lines)
    at = sheet.spread(sheet.points)
    parts = (
        picture(name, case, _cased(case), leads),
        picture(name, sheet, cotton(raised(of_mattress(), at[..., 0], at[..., 1]), 421), leads),
    )

    def stacked(maps: Sequence[Pixels | None]) -> Pixels:
        return np.concatenate([each for each in maps if each is not None])

    return Material(
        name,
        colour_map=stacked([each.colour_map for each in parts]),
        normal_map=stacked([each.normal_map for each in parts]),
        surface_map=stacked([each.surface_map for each in parts]),
    )


def placed(made: Shape, part: Chart, case: Chart, sheet: Chart) -> Shape:
    """With texture coordinates in the picture of both; `part` is one of them."""
    whole = case.size[0] + sheet.size[0]
    low = sheet.size[0] / whole if part is case else 0.0
    return replace(made, uvs=made.uvs * (1.0, part.size[0] / whole) + (0.0, low))
