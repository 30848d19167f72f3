"""The top sheet, turned down over the blanket's upper edge across the whole bed, hung over the mattress at both sides.

It comes up from under the blanket, goes round its edge in a soft roll, and lies on it as a broad band down to a stitched hem.
Metres in the person's own axes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assets.generators.bedding import BAND, BENDS, EDGE, SIDE, TOP, Blanket, bell, ends, light_on, near_arms
from assets.generators.cloth_light import sent_on
from assets.generators.cloth_maps import Chart, of_sheet
from assets.generators.covers import columns_at
from assets.generators.folds import noise
from assets.generators.lofts import agreeing, tidy
from assets.generators.nets import Within, net
from assets.generators.shapes import Array, Shape, shape

HEM = 0.025
"""How wide the hem is sewn."""
_LIES = np.linspace(0.012, BAND - HEM - 0.004, 25)
"""Where the band may have rows, from the roll to the hem."""
_STEP = 8
"""How many of the rows and columns that there may be one step of the net spans at most."""
_FLANK = np.array((0.145, 0.160, 0.175, 0.190))
"""Places across the bed where the cloth goes steeply down between trunk and upper arm."""
_HIDDEN = 0.40
"""How light the cloth is at most where arms hide it."""
_WITHIN = Within(0.0046, 9.0, 0.30)


@dataclass(frozen=True)
class _Row:
    """A row across the bed: metres from the roll on, above the cloth's surface, of its own cloth, and how light it is."""

    down: float
    out: float
    along: float
    light: float = 1.0


def turned_down(blanket: Blanket) -> tuple[Shape, Chart]:
    """The band, from under the blanket to its hem, and the cloth that it is drawn from."""
    roll = [
        _Row(0.026, -0.015, -0.028, 0.8),
        _Row(-0.001, -0.013, -0.003, 0.84),
        _Row(-0.0050, -0.005, 0.005, 0.88),
        _Row(-0.0050, 0.0010, 0.011),
        _Row(-0.0015, 0.0034, 0.017),
    ]
    lies = [_Row(float(at), 0.0034 + 0.0008 * float(np.exp(-at / 0.010)), float(at) + 0.019) for at in _LIES]
    end = BAND + 0.019
    hem = [
        _Row(BAND - HEM, 0.0010, end - HEM, 0.56),
        _Row(BAND - HEM + 0.004, 0.0038, end - HEM + 0.004),
        _Row(BAND - 0.003, 0.0040, end - 0.003),
        _Row(BAND + 0.0005, 0.0018, end + 0.001, 0.94),
        _Row(BAND - 0.001, -0.0050, end + 0.008, 0.80),
    ]
    p, n, shade, x = blanket.points, blanket.normals, blanket.shade, blanket.across
    round_ = bell(x, 0.030) @ n[0]  # else the roll would cross itself beside the arms
    round_ /= np.linalg.norm(round_, axis=1, keepdims=True)
    made, shades = [], []
    for row in roll + lies + hem:
        share = np.clip(row.down / BAND, 0.0, 1.0)
        sway = (1.0 - share) * (0.0070 * np.sin(9.0 * x + 0.6) + 0.0042 * np.sin(23.0 * x + 1.0) + 0.0016 * np.sin(61.0 * x))
        sway = sway * np.clip(np.abs(np.abs(x) - 0.185) / 0.08, 0.3, 1.0) + share * ends(x)  # calm where it goes down a flank
        at = np.clip((row.down + sway) / (p[1, 0, 1] - p[0, 0, 1]), 0.0, None)
        low = at.astype(int)
        part, index = (at - low)[:, None], np.arange(len(x))
        here = p[low, index] * (1.0 - part) + p[low + 1, index] * part
        over = np.minimum(row.down + sway, 0.0)
        left = shade[low, index] * (1.0 - part[:, 0]) + shade[low + 1, index] * part[:, 0]
        fold = _folds(x, row.down) * np.clip((left - 0.40) / 0.15, 0.0, 1.0) * (row.out > 0.0)
        facing = n[low, index] * (1.0 - part) + n[low + 1, index] * part if row.down > 0.0 else round_
        off = fold - 0.0034 * np.clip((_HIDDEN - left) / 0.12, 0.0, 1.0) * (row.out > 0.0)  # fingers stay above the net
        made.append(here + facing * (row.out + off)[:, None] + over[:, None] * np.array((0.0, 1.0, 0.0)))
        shades.append(left * row.light)
    grid = np.stack(made)
    grid[..., 0] = np.clip(grid[..., 0], -SIDE - 0.0115, SIDE + 0.0115)  # the rails are beside it
    along = np.array([row.along for row in roll + lies + hem])
    folded = np.array([row.light for row in roll + lies + hem])[:, None]
    chart = of_sheet(grid, x, along, folded * sent_on(light_on(grid), _SENT_ON), near_arms(grid), beside=near_arms)
    rows = np.concatenate(
        [np.arange(len(roll)), np.arange(len(roll), len(made) - len(hem), _STEP), np.arange(len(made) - len(hem), len(made))]
    )
    inner = np.flatnonzero(np.abs(x) <= EDGE)
    columns = np.unique(
        np.concatenate(
            [columns_at(blanket, np.concatenate([-BENDS[[-1, 1, 0]], -_FLANK, _FLANK, BENDS[[0, 1, -1]]])), inner[::_STEP]]
        )
    )
    faces = net(grid, np.stack(shades), rows, columns, _WITHIN)
    whole = shape(grid.reshape(-1, 3), faces, chart.smooth().reshape(-1, 3), chart.uvs().reshape(-1, 2))
    return tidy(agreeing(whole)), chart


_SENT_ON = 0.64
"""How much of the light that white cloth takes from white cloth beside it comes back, of 0.8 that it sends on."""


_CREASES = (
    (0.050, -0.222, 0.128, -0.284, 0.0150), (0.105, -0.205, 0.180, -0.272, 0.0140), (0.020, -0.226, 0.012, -0.284, 0.0110),
    (-0.045, -0.224, -0.075, -0.284, 0.0140), (-0.095, -0.205, -0.150, -0.280, 0.0160), (-0.125, -0.165, -0.200, -0.240, 0.0130),
    (0.125, -0.145, 0.225, -0.100, 0.0090), (0.245, -0.135, 0.390, -0.215, 0.0090), (0.310, -0.150, 0.405, -0.125, 0.0060),
    (-0.165, -0.085, -0.265, -0.100, 0.0090), (-0.330, -0.160, -0.400, -0.105, 0.0080), (-0.385, -0.265, -0.325, -0.215, 0.0070),
)  # fmt: skip
"""Folds that arms, hands and the blanket's edge pull: x and y of their ends, and their height."""


def _folds(x: Array, down: float) -> Array:
    """How far the cloth is raised by its folds, sharp along their backs, and by a slight unrest between them."""
    y = TOP + down + 0.0 * x
    flat = np.clip((EDGE + 0.005 - np.abs(x)) / 0.07, 0.15, 1.0)
    warp = noise(0.5 * x, 0.5 * y, 2.6)
    made = 0.0008 * warp
    for x0, y0, x1, y1, high in _CREASES:
        long = float(np.hypot(x1 - x0, y1 - y0))
        ahead = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / long
        beside = ((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)) / long + 0.006 * warp
        wide = 0.021 + 0.013 * np.clip(ahead / long, 0.0, 1.0)
        fades = np.clip((ahead + 0.02) / 0.04, 0.0, 1.0) * np.clip((long + 0.02 - ahead) / 0.05, 0.0, 1.0)
        made = made + 0.5 * high * fades * np.exp(1.0 - np.sqrt(1.0 + (beside / (0.6 * wide)) ** 2))
    tight = min(max((down + 0.020) / 0.035, 0.3), 1.0)  # round the blanket's edge
    return np.asarray(made * flat * tight)
