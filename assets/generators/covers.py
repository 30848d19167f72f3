"""The blanket's triangles: a part over the legs, which stays, and one over the trunk, which goes up with the backrest.

Their pictures (`cloth_maps`) hold what is finer than they are. Metres in the person's own axes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from assets.generators.bedding import BAND, BENDS, EDGE, HINGE, TOP, Blanket
from assets.generators.lofts import agreeing, strips, tidy
from assets.generators.nets import Within, net
from assets.generators.shapes import Array, Faces, Shape, shape


def drawn(points: Array, normals: Array, cloth: Array, shade: Array, faces: Faces | None = None) -> Shape:
    """A sheet through rows x columns, its uvs the cloth's own metres, its tint by its shade; of its `faces`, or of all."""
    faces = strips(*points.shape[:2]) if faces is None else faces
    made = shape(points.reshape(-1, 3), faces, normals.reshape(-1, 3), cloth.reshape(-1, 2))
    return tidy(agreeing(made.tinted(shade.reshape(-1, 1) * np.ones(3))))


def columns_at(blanket: Blanket, across: Array) -> NDArray[np.int64]:
    """The columns nearest to some places across the cloth."""
    s = blanket.across
    return np.unique([int(np.argmin(np.abs(s - each))) for each in across])


_RAILS = EDGE + np.array((0.060, 0.110))
"""Where it goes out over the rails that are let down, and where it hangs down from them."""
_COLUMNS = np.concatenate([-BENDS, -_RAILS, np.linspace(-EDGE, EDGE, 113)[::8], _RAILS, BENDS])
_OFF, _OFF_AT_LAP, _OFF_AT_TOES = 0.0130, 0.0042, 0.0036
"""How far the blanket as drawn may be off the cloth, metres; off it where both parts meet, at the lap; and where it is a tent
over the toes, whose ridge one sees against what is behind it."""
_BOW = np.radians(3.0)
"""By how much the shading of the two parts is turned towards that of the other at the lap, where they meet in a bend while the
backrest is raised."""


def covers(blanket: Blanket) -> tuple[Shape, Shape]:
    """The blanket over the legs, and the blanket over the trunk.

    Each dips under the other where it ends: raised with the trunk, the upper one sinks in there, and makes a crease at the lap.
    At the mattress's side the part over the legs lies on the other: the mattress is bent there itself.
    """
    p, n, cloth = blanket.points.copy(), blanket.normals, blanket.cloth
    shade = np.ones_like(blanket.shade)
    y = p[..., 1]
    beside = np.repeat(np.clip((np.abs(blanket.across)[None] - EDGE + 0.045) / 0.030, 0.0, 1.0), len(y), axis=0)
    bow = _BOW * np.exp(-(((y - HINGE) / 0.055) ** 2)) * (1.0 - beside)
    first, last = int(np.argmax(y[:, 60] > HINGE - 0.120)), int(np.argmax(y[:, 60] > HINGE + 0.115))
    meet = int(np.argmax(y[:, 60] > HINGE - 0.006))  # where one goes in under the other, light ends within a row
    columns = columns_at(blanket, _COLUMNS)
    toes = (np.abs(y - 0.90) < 0.08) & (np.abs(p[..., 0]) < 0.36)
    close = Within(np.where(y < HINGE + 0.065, _OFF_AT_LAP, np.where(toes, _OFF_AT_TOES, _OFF)), 0.12)
    hem = int(np.searchsorted(y[:, 60], TOP + BAND + 0.006))  # and so where the sheet ends
    hidden = int(np.searchsorted(y[:, 60], TOP + BAND - 0.030))
    ends = np.arange(len(y) - 3, len(y))
    rows = np.unique(
        np.concatenate(
            [np.arange(meet, hidden, -8), [hidden, hem, first, last, meet + 2], np.arange(meet + 1, len(y) - 3, 8), ends]
        )
    )
    whole = net(p, shade, rows, columns, close)  # of both: where they go into one another, it is along a line without teeth
    row = whole // p.shape[1]
    sunk = 0.014 * np.clip((HINGE + 0.005 - y) / 0.06, 0.0, 1.0) * (1.0 - beside)
    lies = p - n * sunk[..., None]
    legs = drawn(lies, _tipped(n, bow), cloth, shade, whole[(row >= first).all(axis=1)])
    drop = 0.0015 - 0.022 * np.clip((y - (HINGE + 0.005)) / 0.11, 0.0, 1.0) ** 0.7
    down = np.clip((np.abs(blanket.across) - EDGE - 0.02) / 0.02, 0.0, 1.0)[None]
    under = down * np.clip((y - HINGE + 0.10) / 0.06, 0.0, 1.0)  # at the side the part over the legs lies on this one
    drop = drop * (1.0 - beside) - (0.0025 + 0.0055 * under) * beside
    drop = drop - (0.016 - 0.0145 * beside) * np.clip((TOP + BAND - y) / 0.016, 0.0, 1.0)
    hangs = np.clip((np.abs(blanket.across) - EDGE) / 0.10, 0.0, 1.0)
    until = HINGE + 0.105 - 0.085 * hangs + 9.0 * (hangs == 0.0)  # else its corners would stick out, raised
    at = np.minimum(np.arange(len(y))[:, None], np.argmax(y > until[None], axis=0) + len(y) * (y <= until[None]).all(axis=0))
    p = np.take_along_axis(p, np.repeat(at[..., None], 3, axis=2), axis=0)
    lies = p + n * drop[..., None]
    lies[..., 2] = np.where(
        np.abs(blanket.across)[None] <= EDGE, np.maximum(lies[..., 2], 0.0008), lies[..., 2]
    )  # on the mattress
    trunk = drawn(lies, _tipped(n, -bow), cloth, shade, whole[(row <= last).all(axis=1)])
    return legs, trunk


def _tipped(n: Array, angle: Array) -> Array:
    """Normals turned about x, towards the feet where the angle is more than 0."""
    c, s = np.cos(angle), np.sin(angle)
    return np.stack([n[..., 0], c * n[..., 1] + s * n[..., 2], c * n[..., 2] - s * n[..., 1]], -1)
