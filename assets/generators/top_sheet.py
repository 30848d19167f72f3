"""The top sheet, turned down over the blanket's upper edge across the whole bed, hung over the mattress at both sides.

It comes up from under the blanket, goes round its edge in a soft roll, and lies on it as a broad band down to a stitched hem.
Metres in the person's own axes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assets.generators.bedding import BAND, BENDS, EDGE, SIDE, Blanket, columns_at, drawn
from assets.generators.lofts import sheet
from assets.generators.shapes import Shape

HEM = 0.022
"""How wide the hem is sewn."""
_ACROSS = np.concatenate([-BENDS[[3, 1, 0]], np.linspace(-EDGE, EDGE, 28), BENDS[[0, 1, 3]]])
_LIES = np.concatenate([np.linspace(0.012, 0.105, 4), np.linspace(0.105, BAND - HEM - 0.004, 9)[1:]])
"""Where the band has its rows, from the roll to the hem: closer where the arms lie."""


@dataclass(frozen=True)
class _Row:
    """A row across the bed: metres from the roll on, above the cloth's surface, of its own cloth, and how light it is."""

    down: float
    out: float
    along: float
    light: float = 1.0


def turned_down(blanket: Blanket) -> Shape:
    """The band, from under the blanket to its hem."""
    roll = [
        _Row(0.030, -0.016, -0.035, 0.8),
        _Row(-0.002, -0.012, -0.005, 0.86),
        _Row(-0.0125, -0.004, 0.003, 0.94),
        _Row(-0.0115, 0.0055, 0.012),
        _Row(-0.002, 0.0120, 0.021),
    ]
    lies = [_Row(float(at), 0.0034 + 0.0110 * float(np.exp(-at / 0.020)), float(at) + 0.019) for at in _LIES]
    end = BAND + 0.019
    hem = [
        _Row(BAND - HEM, 0.0012, end - HEM, 0.80),
        _Row(BAND - HEM + 0.004, 0.0038, end - HEM + 0.004),
        _Row(BAND - 0.003, 0.0040, end - 0.003),
        _Row(BAND + 0.0005, 0.0018, end + 0.001, 0.94),
        _Row(BAND - 0.001, -0.0050, end + 0.008, 0.80),
    ]
    rows = roll + lies + hem
    columns = columns_at(blanket, _ACROSS)
    p, n, cloth, shade = (each[:, columns] for each in (blanket.points, blanket.normals, blanket.cloth, blanket.shade))
    x = blanket.across[columns]
    beside = np.clip((np.abs(x) - 0.22) / 0.07, 0.0, 1.0) * np.clip((EDGE - np.abs(x)) / 0.06, 0.0, 1.0)
    made, shades, uvs = [], [], []
    for row in rows:
        share = np.clip(row.down / BAND, 0.0, 1.0)
        sway = (1.0 - share) * (0.0050 * np.sin(8.0 * x + 0.6) + 0.0025 * np.sin(21.0 * x))
        sway = sway + share * (0.0040 * np.sin(6.5 * x + 2.0) + 0.0016 * np.sin(19.0 * x))
        at = np.clip((row.down + sway) / (p[1, 0, 1] - p[0, 0, 1]), 0.0, None)
        low = at.astype(int)
        part, index = (at - low)[:, None], np.arange(len(x))
        here = p[low, index] * (1.0 - part) + p[low + 1, index] * part
        over = np.minimum(row.down + sway, 0.0)
        left = shade[low, index] * (1.0 - part[:, 0]) + shade[low + 1, index] * part[:, 0]
        free = np.clip((left - 0.66) / 0.20, 0.0, 1.0) * (row.out > 0.0)
        slant = 2.0 * np.sin(7.0 * x) + 11.0 * share * np.tanh(9.0 * x)
        fold = 0.0066 * np.sin(43.0 * x + slant) * np.clip(1.15 - share, 0.0, 1.0) + 0.0036 * np.sin(23.0 * share - 7.0 * x)
        fold = free * (fold * (1.0 - beside) + beside * 0.0042 * np.sin(52.0 * np.abs(x) - 8.0 * share + np.sign(x)))
        facing = n[low, index] * (1.0 - part) + n[low + 1, index] * part
        made.append(here + facing * (row.out + fold)[:, None] + over[:, None] * np.array((0.0, 1.0, 0.0)))
        u = cloth[low, index, 0] * (1.0 - part[:, 0]) + cloth[low + 1, index, 0] * part[:, 0]
        uvs.append(np.column_stack([u, np.full(len(x), row.along)]))
        shades.append(left * row.light * (0.98 + 18.0 * np.minimum(fold, 0.0011)))
    grid = np.stack(made)
    grid[..., 0] = np.clip(grid[..., 0], -SIDE - 0.0115, SIDE + 0.0115)  # the rails are beside it
    normals = sheet(grid).normals.reshape(grid.shape)
    normals = normals if normals[6:-3, :, 2].mean() > 0 else -normals
    return drawn(grid, normals, np.stack(uvs), np.stack(shades))
