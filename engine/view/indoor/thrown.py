"""The forms that lamps throw on flat sides of a room and on the tops of things: lower down and aside on walls, as the room's
lamps say, and behind what stands on floors and tables. Finer than traced light, so that poles and cables have theirs.

Two pictures say between which distances from a side something is, for each of its texels. That is cut into slices beside it. The
form of each is a picture of the slice itself: larger the nearer it is to the lamp, as soft as the lamp is wide (after Soler and
Sillion, "Fast Calculation of Soft Shadow Textures Using Convolution", 1998). No ray is cast, so nothing is grainy.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.view.indoor.contact import SUNK, Gap, parted
from engine.view.indoor.panels import Panel, form_factor
from engine.view.render.light import LUMINANCE

Array = NDArray[np.float32]
Numbers = Sequence[float]

FIRST, LAST = 0.015, 0.50
"""Metres off a side at which the nearest slice begins and the last ends, beyond which nobody sees a form."""

RATIO, THICKEST = 1.32, 0.03
"""How many times as far off a slice ends as it begins, at most; and its metres, at most: what a thick slice throws aside is
smeared (`THICK`), and a box's form a blot."""

WIDE = 0.42
"""How wide lamps are taken to be, of their width: true ones are so wide that an eye misses what is thin. A matter of taste, as is
`COUNTED`."""

COUNTED = 1.9
"""Times that what hides counts (an exponent of what it leaves): a thin pole's form shows as a wide one's does."""

FOREMOST = 5.0
"""How much more the strongest lamp's form shows than weaker ones' (an exponent of the light each gives): many faint forms of one
thing are a smudge to an eye."""

LEAST = 0.08
"""Share of all forms that a lamp's are somewhere, at least, if they are looked for."""

NEAREST, GRAZING = 0.08, 0.3
"""Metres that a lamp is off a slice, at least, if it throws its form; and off a side, at most, if its light grazes it."""

FINEST, SHARP = 0.006, 0.7
"""Metres of a texel of a form, at least; and texels that one spreads (a standard deviation), at least."""

COARSEST, COARSE = 4, 0.8
"""Texels along each side that are taken together, at most; and how many of these a form spreads then, at least."""

THICK = 0.55
"""How far a slice spreads the form of what lies slanting in it, so that those of slices make one: of the way by which it moves it
(a standard deviation)."""

THIN = 0.004
"""Metres that what one sees of one side only is thick."""


def _slices() -> tuple[float, ...]:
    """Metres off a side at which slices begin and end."""
    edges = [FIRST]
    while edges[-1] < LAST:
        edges.append(min(edges[-1] * RATIO, edges[-1] + THICKEST))
    return (*edges[:-1], LAST)


SLICES = _slices()


class Flat(Protocol):
    """A flat side: a point of it is `corner + u * along + v * up` (unit vectors, metres), u to `size[0]`, v to `size[1]`."""

    @property
    def corner(self) -> Array:
        """Where u and v are 0."""
        ...

    @property
    def along(self) -> Array:
        """The way of u."""
        ...

    @property
    def up(self) -> Array:
        """The way of v."""
        ...

    @property
    def inward(self) -> Array:
        """`along` x `up`: where it looks."""
        ...

    @property
    def size(self) -> tuple[float, float]:
        """Metres along and up."""
        ...


@dataclass(frozen=True, eq=False)
class Between:
    """Metres off a side at which something begins (`near`, infinite if nothing is there) and ends (`far`) at its texels, rows x
    columns; how much light it keeps off, 0-1; and from where and up to where nothing is between, if anything is so parted."""

    near: Array
    far: Array
    dims: float = 1.0
    gap: Gap | None = None

    def within(self, low: float, high: float) -> NDArray[np.bool_]:
        """Where it is between two distances off its side."""
        there = (self.near < high) & (self.far > low)
        return there if self.gap is None else there & ~((self.gap[0] <= low) & (self.gap[1] >= high))


def between(
    away: Sequence[Array], ends: Sequence[Array], behind: Sequence[Gap] | None = None, dims: float = 1.0
) -> list[Between]:
    """Where something is before sides, by how far `away` it begins and where it `ends`, infinite if there is nothing, and by the
    `gaps` between what is on a side and what stands before that. What is hollow has none, though one looks into it."""
    found = []
    for index, (one, other) in enumerate(zip(away, ends, strict=True)):
        near = np.where(one > -SUNK, np.maximum(one, np.float32(0.0)), np.float32(np.inf))
        far = np.maximum(np.where(np.isfinite(other), other, np.float32(0.0)), near + np.float32(THIN))
        gap = None
        if behind is not None:
            apart = parted(near, behind[index])
            gap = (np.where(apart, behind[index][0], np.float32(np.inf)), behind[index][1]) if apart.any() else None
        found.append(Between(near, far, dims, gap))
    return found


def thrown(flat: Flat, shape: tuple[int, ...], things: Sequence[Between], lit: Sequence[tuple[Panel, Array]]) -> Array:
    """How much of a side's light is hidden by the forms of things, at its texels, rows x columns, 0-1. Panels come with how much
    of each is seen from points spread over the side, rows x columns."""
    hidden = np.zeros(shape, np.float32)
    things = [some for some in things if (some.near < LAST).any()]
    if not things:
        return hidden
    for (panel, _), share in zip(lit, _shares(flat, lit) if lit else [], strict=True):
        if share.max() < LEAST:
            continue
        left = np.ones(shape, np.float32)
        for some in things:
            left *= 1.0 - np.float32(some.dims) * _form(flat, some, panel, hidden.shape)
        hidden += (1.0 - left) * _filled(share, hidden.shape)
    return np.clip(hidden, 0.0, 1.0)


def grazed(flat: Flat, shape: tuple[int, ...], lit: Sequence[tuple[Panel, Array]]) -> Array:
    """How much of the light that reaches a side comes from lamps that hang on it, at its texels, rows x columns, 0-1: what holds
    a lamp there takes none of that. Panels as for `thrown`."""
    every = _given(flat, lit)
    if not any(hangs for _, hangs in every):
        return np.zeros(shape, np.float32)
    whole = np.maximum(np.sum([one for one, _ in every], axis=0), 1e-9)
    return _filled(np.asarray(np.sum([one for one, hangs in every if hangs], axis=0) / whole, np.float32), shape)


def _given(flat: Flat, lit: Sequence[tuple[Panel, Array]]) -> list[tuple[NDArray[np.float64], bool]]:
    """What each panel gives to points spread over a side, rows x columns, by its luminance; and whether it hangs there. Of a lamp
    that does only what reaches the side counts. Of others all: where they are hidden one asks by what."""
    given = []
    for panel, seen in lit:
        v, u = ((np.arange(count) + 0.5) / count * side for count, side in zip(seen.shape, flat.size[::-1], strict=True))
        at = (flat.corner + u[None, :, None] * flat.along + v[:, None, None] * flat.up).reshape(-1, 3).astype(float)
        direct = form_factor(panel, at, np.broadcast_to(flat.inward, at.shape).astype(float))
        bright = direct.reshape(seen.shape) * float(panel.radiance() @ LUMINANCE)
        hangs = panel.luminance == 0.0 and float((panel.middle - flat.corner) @ flat.inward) < GRAZING
        given.append((bright * seen if hangs else bright, hangs))
    return given


def _shares(flat: Flat, lit: Sequence[tuple[Panel, Array]]) -> list[Array]:
    """How much the form of each panel shows at points spread over a side, rows x columns, 0-1: by the light that it gives. None
    of a window's: it is as wide as what stands before it, and takes from all others."""
    given = [one for one, _ in _given(flat, lit)]
    lamps = [one * float(panel.luminance == 0.0) for one, (panel, _) in zip(given, lit, strict=True)]
    whole = np.maximum(np.sum(given, axis=0), 1e-9)
    foremost = np.maximum(np.sum([one**FOREMOST for one in lamps], axis=0), 1e-9)
    return [np.asarray(np.sum(lamps, axis=0) / whole * one**FOREMOST / foremost, np.float32) for one in lamps]


def _form(flat: Flat, things: Between, panel: Panel, shape: tuple[int, ...]) -> Array | np.float32:
    """How much of a panel things would hide from a side's texels if they were solid, 0-1."""
    axes = (flat.up, flat.along, flat.inward)
    lamp = [float((panel.middle - flat.corner) @ axis) for axis in axes]
    # Standard deviations of a panel's points from its middle.
    wide = [WIDE / 3**0.5 * math.hypot(float(panel.half_x @ axis), float(panel.half_y @ axis)) for axis in axes]
    texel = flat.size[0] / shape[1]
    finest = 1 if texel >= FINEST else 2
    left: dict[int, Array] = {}
    for low, high in pairwise(SLICES):
        if lamp[2] - high < NEAREST:
            break
        slice_ = things.within(low, high).astype(np.float32)
        if not slice_.any():
            continue
        middle = (low + high) / 2
        soft, times = min(wide[:2]) * middle / (lamp[2] - middle), finest
        while times < COARSEST and soft >= 2 * times * texel * COARSE:
            times *= 2
        # So far from what throws it, a form would read as a stain.
        fades = np.float32(1.0 - (middle / LAST) ** 2)
        shade = fades * _projected(_fewer(slice_, times), times * texel, lamp, wide, (low, high))
        left[times] = left.get(times, np.float32(1.0)) * (1.0 - shade)
    if not left:
        return np.float32(0.0)
    whole = np.ones(shape, np.float32)
    for times, one in left.items():
        whole *= one if times == 1 else _filled(one, shape, times)
    return 1.0 - whole ** np.float32(COUNTED)


def _projected(slice_: Array, texel: float, lamp: Numbers, wide: Numbers, depth: tuple[float, float]) -> Array:
    """A slice between two distances as its form falls on its side, rows x columns, 0-1. A lamp is so far up, along and off, with
    these standard deviations."""
    low, high = depth
    middle = (low + high) / 2
    beyond = lamp[2] - middle
    larger = lamp[2] / beyond
    used = [np.nonzero(slice_.any(1 - axis))[0] for axis in (0, 1)]
    weights = []
    for axis, (count, some) in enumerate(zip(slice_.shape, used, strict=True)):
        at = (np.arange(count, dtype=np.float32) + np.float32(0.5)) * np.float32(texel)
        aside = at[some[0] : some[-1] + 1] - np.float32(lamp[axis])
        slant = np.abs(aside) * math.hypot(wide[2] * middle, THICK * lamp[2] * (high - low)) / beyond**2
        spread = np.sqrt(slant**2 + (wide[axis] * middle / beyond) ** 2 + (SHARP * texel) ** 2).astype(np.float32)
        gap = (at[:, None] - (np.float32(lamp[axis]) + aside * np.float32(larger))) / spread
        weights.append(np.exp(np.float32(-0.5) * gap * gap) * (np.float32(texel * larger / math.sqrt(2 * math.pi)) / spread))
    inner = slice_[used[0][0] : used[0][-1] + 1, used[1][0] : used[1][-1] + 1]
    form: Array = np.minimum(weights[0] @ inner @ weights[1].T, np.float32(1.0))
    return form


def _fewer(values: Array, times: int) -> Array:
    """Means of so many texels along each side, a power of two."""
    while times > 1:
        rows, columns = (side % 2 for side in values.shape)
        even = np.pad(values, ((0, rows), (0, columns)), mode="edge") if rows or columns else values
        two = even[::2] + even[1::2]
        values, times = (two[:, ::2] + two[:, 1::2]) * np.float32(0.25), times // 2
    return values


def _filled(values: Array, shape: tuple[int, ...], times: int = 0) -> Array:
    """Values filled in between, so many `times` as fine; if 0, spread over the whole shape."""
    weights = []
    for many, few in zip(shape, values.shape, strict=True):
        step = 1 / times if times else few / many
        at = np.clip((np.arange(many) + 0.5) * step - 0.5, 0.0, few - 1.0).astype(np.float32)
        away = at[:, None] - np.arange(few, dtype=np.float32)
        weights.append(np.maximum(np.float32(1.0) - np.abs(away), np.float32(0.0)))
    return np.asarray(weights[0] @ values @ weights[1].T, np.float32)
