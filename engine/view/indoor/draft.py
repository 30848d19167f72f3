"""Light for the time until it is traced anew: what was traced before, wherever a point was lit already.

A point with the same place and normal keeps its light; another takes that of the nearest point in the free air of the room, from
the side that it faces. What a moved thing hides, it hides where it was: the shadow follows when the light is traced.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.view.indoor.bake import Array, Group, Traced


@dataclass(frozen=True, eq=False)
class Lit:
    """Groups of points, and the light that was traced at them. The last group is the free air, six directions at each point."""

    groups: tuple[Group, ...]
    light: tuple[Traced, ...]


def draft(before: Lit, groups: Sequence[Group]) -> list[Traced]:
    """Light at groups of points, without tracing; groups of a room that has not changed come in the same order as before."""
    found = []
    for index, group in enumerate(groups):
        same = index < len(before.groups) and all(map(np.array_equal, group, before.groups[index]))
        found.append(before.light[index] if same else _matched(before, index - len(groups), group))
    return found


def _matched(before: Lit, index: int, group: Group) -> Traced:
    """The light of a group in which some points are new: `index` is its place among all, from the last."""
    points, normals = group
    old, light = before.groups[max(index, -len(before.groups))], before.light[max(index, -len(before.groups))]
    known, wanted = _rows(old), _rows(group)
    order = known.argsort(kind="stable")
    at = order[np.searchsorted(known, wanted, sorter=order).clip(max=len(known) - 1)]
    missing = np.nonzero(known[at] != wanted)[0]
    made = Traced(light.bounce[at].copy(), light.seen[at].copy())
    spread = np.broadcast_to(normals, points.shape)[missing]
    made.bounce[missing], made.seen[missing] = _from_air(before, points[missing], spread)
    return made


def _rows(group: Group) -> NDArray[np.int64]:
    """A number for each point with its normal, to a tenth of a millimetre; that two have the same by chance is as good as
    impossible."""
    points, normals = group
    rows = np.column_stack([points * 1e4, np.broadcast_to(normals, points.shape) * 1e3])
    factors = np.array(
        (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F, 1), np.uint64
    )
    with np.errstate(over="ignore"):
        whole = (np.round(rows).astype(np.int64).view(np.uint64) * factors).sum(1)
    return np.asarray(whole.view(np.int64), np.int64)


def _from_air(before: Lit, points: Array, normals: Array) -> tuple[Array, Array]:
    (air, towards), light = before.groups[-1], before.light[-1]
    middles = air[::6]
    nearest = np.empty(len(points), np.int64)
    for start in range(0, len(points), 4096):
        some = points[start : start + 4096]
        nearest[start : start + 4096] = ((some[:, None, :] - middles[None]) ** 2).sum(2).argmin(1)
    share = np.maximum(normals @ towards[:6].T, 0.0) ** 2
    share /= np.maximum(share.sum(1, keepdims=True), 1e-6)
    sides = nearest[:, None] * 6 + np.arange(6)
    bounce = (light.bounce[sides] * share[:, :, None]).sum(1)
    seen = light.seen[sides].mean(1)
    return np.asarray(bounce, np.float32), np.asarray(seen, np.float32)
