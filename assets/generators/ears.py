"""The patient's ears: concha, antihelix, the groove round it, the rolled helix, tragus and lobe, standing off the head.

An ear is drawn in a plane of its own, ahead (a) and up (b) of its middle and out of it (c), hinged where it grows to the cheek.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from assets.generators.lofts import sheet, tidy
from assets.generators.shapes import Array, Shape, curve
from assets.generators.visage_skin import placed

_RIM = (
    (0.0125, 0.004), (0.0130, 0.014), (0.0100, 0.0245), (0.0015, 0.0315), (-0.0105, 0.0295), (-0.0180, 0.0175), (-0.0185, 0.001),
    (-0.0140, -0.0135), (-0.0065, -0.0245), (0.0010, -0.0312), (0.0078, -0.0290), (0.0105, -0.0180), (0.0110, -0.006),
    (0.0125, 0.004),
)  # fmt: skip
"""An ear's outline, ahead and up of its middle: 63 mm high, 32 mm broad (ISO 7250-1, 4.3.9 gives 62 mm as a mean length)."""
HINGE = (0.0722, 0.0110)
"""Where the ear's plane meets the head: metres to the side and ahead, from where it opens backwards."""
OPEN = np.radians(31.0)
BACK, LOW = -0.006, -0.010
"""The ear's middle, ahead and up in the head's own axes."""

_ROWS = (
    # share of the way out; how far out of the plane: above and behind, in the lobe, ahead; shade
    (0.00, -0.0068, -0.0030, -0.0050, 0.44),
    (0.42, -0.0058, -0.0005, -0.0030, 0.60),
    (0.60, 0.0012, 0.0016, -0.0010, 0.98),
    (0.71, 0.0004, 0.0024, -0.0020, 0.90),
    (0.81, -0.0012, 0.0028, -0.0040, 0.80),
    (0.90, 0.0026, 0.0026, -0.0065, 0.94),
    (0.98, 0.0042, 0.0016, -0.0090, 1.0),
    (1.02, 0.0014, -0.0012, -0.0120, 1.0),
    (0.94, -0.0034, -0.0044, -0.0150, 0.85),
    (0.62, -0.0150, -0.0090, -0.0180, 0.60),
)
"""Rows of an ear from the concha's floor over its rim to where its back meets the head."""
_TINT = np.array((0.99, 0.905, 0.915))


def ears(columns: int = 18) -> list[Shape]:
    """Both ears, in the person's own axes, a little redder than the skin."""
    outline = curve([(a, b, 0.0) for a, b in _RIM], columns + 1)[:, :2]
    outline[-1] = outline[0]
    core = np.array((0.0030, -0.0040))
    low = np.clip((-outline[:, 1] - 0.013) / 0.009, 0.0, 1.0)
    ahead = np.clip((outline[:, 0] - 0.004) / 0.005, 0.0, 1.0) * (1.0 - 0.45 * low)
    angle = np.arctan2(outline[:, 1] - core[1], outline[:, 0] - core[0])
    tragus = np.exp(-(((angle + 0.10) / 0.40) ** 2))
    grid, shade = [], []
    for share, behind, lobe, before, dark in _ROWS:
        out = (behind * (1.0 - low) + lobe * low) * (1.0 - ahead) + before * ahead
        out = out + 0.0042 * tragus * np.exp(-(((share - 0.66) / 0.14) ** 2))
        grid.append(np.column_stack([core + share * (outline - core), out]))
        shade.append(1.0 - (1.0 - dark) * (1.0 - 0.7 * low))
    points = np.stack(grid)
    return [placed(tidy(_hung(points, np.stack(shade), side))) for side in (-1.0, 1.0)]


def _hung(points: Array, shade: Array, side: float) -> Shape:
    """Rows of an ear as a surface on one side of the head, 1 at +x, in the head's axes."""
    from_hinge = points[..., 0] + BACK - HINGE[1]
    x = HINGE[0] - np.sin(OPEN) * from_hinge + np.cos(OPEN) * points[..., 2]
    y = HINGE[1] + np.cos(OPEN) * from_hinge + np.sin(OPEN) * points[..., 2]
    z = points[..., 1] + LOW - 0.16 * from_hinge
    made = sheet(np.stack([side * x, y, z], -1), around=True, flip=side > 0)
    # The concha's floor is a fan of long triangles: shaded as if it were flat, it shows no star.
    normals = made.normals.reshape(*points.shape)
    normals[0] = normals[1].mean(axis=0) / np.linalg.norm(normals[1].mean(axis=0))
    return replace(made, normals=normals.reshape(-1, 3)).tinted(np.clip(shade.reshape(-1, 1) * _TINT, 0.0, 1.0))
