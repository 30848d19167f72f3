"""Tiling textures of our own: weathered larch, hammered and painted metal, river stone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.view.geometry.mesh import Pixels
from engine.view.geometry.surfaces import unit

Field = NDArray[np.float64]


def tiling_noise(size: int | tuple[int, int], cells: tuple[int, int], seed: int) -> Field:
    """Smooth noise, 0–1, that wraps round: `cells` features down and across `size` texels, of a square if it is one number."""
    chance = np.random.Generator(np.random.PCG64(seed))
    knots = chance.random(cells)
    high, wide = (size, size) if isinstance(size, int) else size

    def spots(count: int, texels: int) -> tuple[NDArray[np.int64], Field]:
        at = np.arange(texels) * count / texels
        low = np.floor(at).astype(np.int64)
        t = at - low
        return low, t * t * (3.0 - 2.0 * t)

    (row, down), (column, across) = spots(cells[0], high), spots(cells[1], wide)
    r1, c1 = (row + 1) % cells[0], (column + 1) % cells[1]
    top = knots[row][:, column] * (1 - across) + knots[row][:, c1] * across
    bottom = knots[r1][:, column] * (1 - across) + knots[r1][:, c1] * across
    return np.asarray(top * (1 - down[:, None]) + bottom * down[:, None])


def layered(size: int | tuple[int, int], cells: tuple[int, int], seed: int, octaves: int, gain: float = 0.5) -> Field:
    """Tiling noise over octaves, about 0–1, of a square or of so many texels down and across."""
    high, wide = (size, size) if isinstance(size, int) else size
    total, strength, whole = np.zeros((high, wide)), 1.0, 0.0
    for octave in range(octaves):
        scale = 2**octave
        total += strength * tiling_noise(size, (min(cells[0] * scale, high), min(cells[1] * scale, wide)), seed + octave)
        whole, strength = whole + strength, strength * gain
    return total / whole


def normal_map(height: Field, strength: float) -> Pixels:
    """Tangent-space normals of a tiling height field, `strength` in texels for height 1."""
    dx = (np.roll(height, 1, 1) - np.roll(height, -1, 1)) * strength / 2
    dy = (np.roll(height, -1, 0) - np.roll(height, 1, 0)) * strength / 2
    normals = unit(np.stack([dx, dy, np.ones_like(dx)], axis=-1))
    return np.asarray(np.round(normals * 127.5 + 127.5), np.uint8)


def ramp(share: Field, colours: tuple[tuple[float, float, float], ...]) -> Field:
    """Colours (sRGB 0–255) along 0–1."""
    at = np.linspace(0.0, 1.0, len(colours))
    return np.stack([np.interp(share, at, [colour[channel] for colour in colours]) for channel in range(3)], axis=-1)


def bytes_of(values: Field) -> Pixels:
    """Rounded and limited to 0–255."""
    return np.asarray(np.round(np.clip(values, 0.0, 255.0)), np.uint8)


def surface(occlusion: Field, roughness: Field, metallic: float = 0.0) -> Pixels:
    """Occlusion, roughness and metallic, each 0–1, as glTF packs them."""
    return bytes_of(np.stack([occlusion, roughness, np.full_like(roughness, metallic)], axis=-1) * 255.0)


def larch(size: int = 512, seed: int = 3, oiled: float = 0.0) -> tuple[Pixels, Pixels, Pixels]:
    """Larch boards: colour, normals, surface. A tile is 0.25 m across the grain (u) and 1 m along it (v).

    Growth rings are cut lengthwise, so they run as long wavering bands; summer wood stands proud where weather has taken the
    softer spring wood, silver-grey above and brown in the grooves. `oiled` 0–1 turns weathered grey to warm brown.
    """
    v, u = np.mgrid[0:size, 0:size] / size
    waver = 0.16 * (layered(size, (3, 2), seed, 3) - 0.5) + 0.03 * (layered(size, (5, 9), seed + 9, 2) - 0.5)
    knots = np.zeros_like(u)
    pull = np.zeros_like(u)
    chance = np.random.Generator(np.random.PCG64(seed))
    for _ in range(3):
        at, wide = chance.random(2), chance.uniform(0.018, 0.03)
        du, dv = (u - at[0] + 0.5) % 1.0 - 0.5, (v - at[1] + 0.5) % 1.0 - 0.5
        far = np.sqrt(du**2 + (dv * 2.2) ** 2) / wide
        knots = np.maximum(knots, np.exp(-(far**4)))
        pull += np.sign(du) * 0.035 * np.exp(-((far / 2.6) ** 2))
    ring = (u + waver - pull) * 13.0
    phase = ring % 1.0
    late = np.clip(np.where(phase < 0.82, phase / 0.82, (1.0 - phase) / 0.18), 0.0, 1.0) ** 2.6
    fibre = layered(size, (6, 170), seed + 20, 2, 0.7)
    fine = layered(size, (24, 256), seed + 30, 1)
    blotch = layered(size, (4, 3), seed + 40, 4)
    cracks = np.clip((layered(size, (5, 96), seed + 50, 2) - 0.78) * 9.0, 0.0, 1.0)
    height = 0.55 * late + 0.30 * fibre + 0.15 * fine - 0.8 * cracks + 0.25 * knots
    weathered = ramp(
        np.clip(0.30 + 0.42 * fibre + 0.30 * (blotch - 0.5) - 0.20 * late, 0, 1), ((82, 75, 67), (129, 121, 111), (172, 166, 156))
    )
    warm = ramp(
        np.clip(0.55 + 0.30 * fibre - 0.55 * late + 0.3 * (blotch - 0.5), 0, 1), ((92, 58, 34), (140, 94, 58), (182, 134, 90))
    )
    colour = weathered * (1.0 - oiled) + warm * oiled
    colour *= (1.0 - 0.55 * cracks - 0.50 * knots)[..., None] * (0.92 + 0.16 * fine)[..., None]
    rough = np.clip((0.86 - 0.20 * oiled) - 0.10 * late + 0.08 * fibre, 0.3, 1.0)
    hollow = np.clip(1.0 - 0.6 * cracks - 0.18 * (1.0 - fibre), 0.0, 1.0)
    return bytes_of(colour), normal_map(height, 3.2), surface(hollow, rough)


def metal(
    size: int, seed: int, colours: tuple[tuple[float, float, float], ...], rough: tuple[float, float], metallic: float = 1.0
) -> tuple[Pixels, Pixels, Pixels]:
    """Metal with handling marks and a little tarnish; a tile is 0.1 m."""
    tarnish = layered(size, (5, 5), seed, 5, 0.6)
    pits = np.clip((layered(size, (48, 48), seed + 9, 2) - 0.80) * 5.0, 0.0, 1.0)
    colour = ramp(np.clip((tarnish - 0.2) * 1.6, 0, 1), colours) * (1.0 - 0.25 * pits)[..., None]
    roughness = rough[0] + (rough[1] - rough[0]) * np.clip(tarnish + 0.3 * pits, 0, 1)
    return bytes_of(colour), normal_map(0.5 * tarnish - 0.4 * pits, 1.0), surface(1.0 - 0.4 * pits, roughness, metallic)


def stone(size: int = 256, seed: int = 8) -> tuple[Pixels, Pixels, Pixels]:
    """River-worn gneiss: fine dark and pale crystals, polished; a tile is 0.04 m."""
    fine = layered(size, (64, 64), seed, 2, 0.8)
    broad = layered(size, (6, 6), seed + 5, 4)
    dark = np.clip((layered(size, (40, 40), seed + 11, 2) - 0.64) * 7.0, 0.0, 1.0)
    pale = np.clip((layered(size, (52, 52), seed + 17, 2) - 0.66) * 7.0, 0.0, 1.0)
    colour = ramp(
        np.clip(0.5 + 0.5 * (fine - 0.5) + 0.7 * (broad - 0.5), 0, 1), ((98, 104, 108), (132, 137, 138), (160, 161, 156))
    )
    colour = colour * (1.0 - 0.55 * dark)[..., None] + (205.0 - colour) * (0.6 * pale)[..., None]
    return (
        bytes_of(colour),
        normal_map(0.4 * fine - 0.3 * dark, 0.9),
        surface(1.0 - 0.15 * dark, 0.46 + 0.22 * fine - 0.12 * pale),
    )


def grained(size: int, seed: int, cells: int, *, relief: float, worn: float) -> tuple[Pixels, Pixels]:
    """Normals and surface of something moulded, sprayed or rolled: an even grain of `cells` bumps a side, `relief` texels high.

    Its roughness stands at 1 less up to `worn` in patches, where hands and cloths have polished it; the material's own scales it.
    """
    fine = layered(size, (cells, cells), seed, 2, 0.6)
    patches = layered(size, (3, 3), seed + 7, 3)
    rough = 1.0 - worn * np.clip((patches - 0.3) * 1.7, 0.0, 1.0) + 0.06 * (fine - 0.5)
    return normal_map(fine, relief), surface(np.ones_like(fine), np.clip(rough, 0.0, 1.0), 1.0)


def pebbled(size: int = 128, seed: int = 61) -> tuple[Pixels, Pixels]:
    """Normals and surface of leathercloth: flat pebbles of 1-2 mm with creases between them; a tile is 0.05 m."""
    chance = np.random.Generator(np.random.PCG64(seed))
    count = 26
    grid = np.stack(np.meshgrid(np.arange(count), np.arange(count)), -1).reshape(-1, 2)
    spots = (grid + chance.random((count * count, 2))) / count
    v, u = np.mgrid[0:size, 0:size] / size
    near = np.full((2, size, size), 9.0)
    for x, y in spots:
        far = np.hypot((u - x + 0.5) % 1.0 - 0.5, (v - y + 0.5) % 1.0 - 0.5)
        near[1] = np.minimum(near[1], np.maximum(near[0], far))
        near[0] = np.minimum(near[0], far)
    gap = np.clip((near[1] - near[0]) * count * 1.6, 0.0, 1.0)
    height = gap * (2.0 - gap)
    return normal_map(height, 1.0), surface(0.85 + 0.15 * height, np.clip(1.0 - 0.12 * height, 0.0, 1.0), 1.0)


def brushed(size: int = 128, seed: int = 71) -> tuple[Pixels, Pixels]:
    """Normals and surface of stainless steel brushed along v."""
    lines = layered(size, (3, size), seed, 2, 0.8)
    patches = layered(size, (4, 4), seed + 3, 3)
    return normal_map(lines, 0.5), surface(np.ones_like(lines), np.clip(0.72 + 0.2 * lines + 0.25 * (patches - 0.5), 0, 1), 1.0)


def beech(size: int = 256, seed: int = 81) -> tuple[Pixels, Pixels, Pixels]:
    """Lacquered beech: pale, even, with the short dark flecks of its rays; a tile is 0.15 m across (u) and 0.3 m along (v)."""
    bands = layered(size, (2, 14), seed, 3)
    fibre = layered(size, (10, 128), seed + 9, 2, 0.7)
    flecks = np.clip((layered(size, (26, 110), seed + 19, 2, 0.5) - 0.66) * 6.0, 0.0, 1.0)
    share = np.clip(0.5 + 0.75 * (bands - 0.5) + 0.35 * (fibre - 0.5), 0.0, 1.0)
    colour = ramp(share, ((176, 137, 98), (204, 165, 122), (220, 186, 145))) * (1.0 - 0.22 * flecks)[..., None]
    rough = np.clip(0.40 + 0.10 * fibre + 0.12 * flecks - 0.08 * (bands - 0.5), 0.0, 1.0)
    return bytes_of(colour), normal_map(0.4 * fibre - 0.5 * flecks, 0.7), surface(1.0 - 0.2 * flecks, rough)


def halved(field: Field) -> Field:
    """Half as many rows and columns, each the mean of four: what a normal or a sheen tells is broader than what a colour does."""
    return np.asarray(0.25 * (field[::2, ::2] + field[1::2, ::2] + field[::2, 1::2] + field[1::2, 1::2]))


def softened(field: Field, reach: int) -> Field:
    """A tiling field's mean over squares of `reach` texels to each side."""
    made = field
    for axis in (0, 1):
        made = np.mean([np.roll(made, step, axis) for step in range(-reach, reach + 1)], axis=0)
    return np.asarray(made)
