"""How the finishes of `engine.spec.finishes` look: materials with tiling textures, computed once and the same on every run.

Textures are painted around the finish's own colour: whatever their pattern, their mean sends back as much light as the colour
says, because rooms are lit by it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.spec.finishes import COLOURS, colour_of, unknown
from engine.view.cache import Arrays, kept
from engine.view.geometry.mesh import Material, Pixels
from engine.view.geometry.surfaces import unit

Field = NDArray[np.float32]

BOARDS = (2.4, 1.26)
"""Metres that the texture of a boarded floor covers: two boards of 1.2 m in each of seven rows of 180 mm."""

SHEET = 2.0
"""Metres between two welded seams of sheet vinyl, which is made 2 m wide (EN ISO 10582:2017)."""

PEEL = 0.32
"""Metres that the texture of roller paint covers."""


class FinishError(Exception):
    """There is no such finish; the message says which there are."""


def linear(name: str) -> tuple[float, float, float]:
    """A colour of `engine.spec.finishes` in linear light (IEC 61966-2-1)."""
    c = np.array(COLOURS[name].srgb) / 255.0
    r, g, b = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return (float(r), float(g), float(b))


def albedo(surface: str, finish: str) -> tuple[float, float, float]:
    """What a finish sends back of red, green and blue light, on average."""
    del surface
    return linear(colour_of(finish))


def tile_metres(finish: str) -> tuple[float, float]:
    """Metres along u and v that the texture of a finish covers."""
    material = finish.partition("/")[0]
    if material == "vinyl":
        return BOARDS if colour_of(finish) in ("oak", "beech", "walnut") else (SHEET, SHEET)
    return (PEEL, PEEL)


def trim_paint() -> Material:
    """White gloss paint and powder coat: skirting, T-bars."""
    return _trim()


def threshold() -> Material:
    """The metal strip in a doorway."""
    return _threshold()


@lru_cache(maxsize=64)
def surface_of(surface: str, finish: str) -> Material:
    """The material of a finish on `walls`, `floor` or `ceiling`; equal ones are the same object. Raises FinishError."""
    wrong = unknown(surface, finish)  # type: ignore[arg-type]
    if wrong is not None:
        raise FinishError(f"The {surface} cannot be '{finish}': {wrong[0]}; {wrong[1]}.")
    kind, colour = finish.partition("/")[0], colour_of(finish)
    r, g, b = linear(colour)
    name = finish.replace("/", "_")
    match kind:
        case "vinyl" if colour in ("oak", "beech", "walnut"):
            return replace(Material(name, roughness=1.0, metallic=0.0), **_maps("boards", colour))
        case "vinyl":
            return replace(Material(name, (r, g, b, 1.0), 0.0, 1.0), **_maps("flecks"))
        case "tile_600":
            return replace(Material(name, (r, g, b, 1.0), 0.0, 0.9), **_maps("mineral"))
        case "satin_paint":
            return replace(Material(name, (r, g, b, 1.0), 0.0, 0.52), **_maps("peel"))
        case "matt_paint":
            return replace(Material(name, (r, g, b, 1.0), 0.0, 0.85), **_maps("peel"))
        case _:
            return Material(name, (r, g, b, 1.0), 0.0, 0.8)


@lru_cache(maxsize=8)
def _maps(pattern: str, *colours: str) -> Mapping[str, Any]:
    """The textures of a pattern, by the names that a material gives them."""

    def paint() -> Arrays:
        made = _PATTERNS[pattern](*colours)
        return dict(zip(("normal_map", "colour_map", "surface_map"), made, strict=False))

    return {name: np.asarray(array, np.uint8) for name, array in kept(__name__, [pattern, *colours], paint).items()}


@lru_cache(maxsize=1)
def _trim() -> Material:
    r, g, b = linear("white")
    return Material("trim", (r, g, b, 1.0), 0.0, 0.35)


@lru_cache(maxsize=1)
def _threshold() -> Material:
    return Material("threshold", (0.55, 0.55, 0.54, 1.0), 1.0, 0.4)


def _field(shape: tuple[int, int], waves: tuple[float, float], seed: int) -> Field:
    """Tiling smooth noise of mean 0 and deviation 1; `waves` are pixels of its features down and across."""
    chance = np.random.Generator(np.random.PCG64(seed))
    spectrum = np.fft.rfft2(chance.standard_normal(shape).astype(np.float32))
    # The bell of two axes is the product of one for each; single precision is half the work.
    down = np.exp(-2.2 * (np.fft.fftfreq(shape[0]) * waves[0]) ** 2).astype(np.float32)
    across = np.exp(-2.2 * (np.fft.rfftfreq(shape[1]) * waves[1]) ** 2).astype(np.float32)
    spectrum *= down[:, None]
    spectrum *= across
    made = np.fft.irfft2(spectrum, shape)
    made -= made.mean()
    return np.asarray(made / made.std(), np.float32)


def _fields(shape: tuple[int, int], *wanted: tuple[tuple[float, float], int]) -> list[Field]:
    """Several fields, made at once: numpy's transforms leave the other cores free."""
    with ThreadPoolExecutor() as pool:
        return list(pool.map(lambda one: _field(shape, *one), wanted))


def _normals(height: Field, strength: float) -> Pixels:
    """Normals of a tiling height in pixels' widths, v up."""
    dx = (np.roll(height, 1, 1) - np.roll(height, -1, 1)) * (strength / 2)
    dy = (np.roll(height, -1, 0) - np.roll(height, 1, 0)) * (strength / 2)
    normals = unit(np.stack([dx, dy, np.ones_like(dx)], axis=-1))
    return np.asarray(np.round(normals * 127.5 + 127.5), np.uint8)


def _picture(light: NDArray[np.float32], mean: tuple[float, float, float]) -> Pixels:
    """Linear colours as sRGB with their mean set; RGBA."""
    share = light * (np.array(mean, np.float32) / light.mean((0, 1)) * np.float32(_STEPS))
    made = np.full((*light.shape[:2], 4), 255, np.uint8)
    made[..., :3] = _encoding()[np.clip(share, 0.0, _STEPS).astype(np.uint16)]
    return made


_STEPS = 65535


@lru_cache(maxsize=1)
def _encoding() -> Pixels:
    """Bytes of sRGB (IEC 61966-2-1) for linear light in so many steps: a power for each step, rather than for each pixel."""
    light = (np.arange(_STEPS + 1) + 0.5) / (_STEPS + 1)
    srgb = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.round(srgb * 255).astype(np.uint8)


def _peel() -> tuple[Pixels]:
    """The skin of paint from a roller: bumps of 2 to 6 mm, some tenths of a millimetre high."""
    shape = (256, 256)
    height = 0.7 * _field(shape, (5.0, 5.0), 3) + 0.5 * _field(shape, (9.0, 9.0), 4) + 0.8 * _field(shape, (60.0, 25.0), 5)
    return (_normals(height, 0.055),)


def _mineral() -> tuple[Pixels, Pixels]:
    """A mineral-fibre tile: pinholes and short worm tracks; its edge is a little lower and darker."""
    size = 512
    shape = (size, size)
    grain = _field(shape, (3.0, 3.0), 11)
    fissure = np.clip(np.abs(_field(shape, (13.0, 30.0), 12) + 0.4 * _field(shape, (7.0, 9.0), 13)), 0.0, 1.0)
    worm = np.clip((0.07 - fissure) / 0.07, 0.0, 1.0) * (_field(shape, (26.0, 30.0), 14) > 0.55)
    hole = np.clip((_field(shape, (4.5, 4.5), 15) - 2.1) / 0.5, 0.0, 1.0)
    hollow = np.maximum(worm, hole)
    edge = np.minimum(np.arange(size), np.arange(size)[::-1])
    rim = np.clip(1.0 - np.minimum(edge[:, None], edge[None, :]) / 9.0, 0.0, 1.0) ** 2
    shade = (1.0 + 0.012 * grain - 0.34 * hollow) * (1.0 - 0.18 * rim)
    light = np.repeat(shade[..., None], 3, -1).astype(np.float32)
    return _normals(0.25 * grain - 2.2 * hollow - 3.0 * rim, 0.35), _picture(light, (0.98, 0.98, 0.98))


def _flecks() -> tuple[Pixels, Pixels, Pixels]:
    """Homogeneous sheet vinyl, without its colour: flecks of 2 to 10 mm, lighter and darker; a welded seam along its edge."""
    size = 1024
    shape = (size, size)
    chips = 0.55 * (_field(shape, (4.0, 4.0), 21) > 0.9) + 0.45 * (_field(shape, (7.0, 7.0), 22) > 1.1)
    darks = 0.6 * (_field(shape, (4.0, 4.0), 23) > 1.0) + 0.4 * (_field(shape, (8.0, 8.0), 24) > 1.25)
    cloud = _field(shape, (90.0, 90.0), 25)
    shade = 1.0 + 0.10 * chips - 0.13 * darks + 0.012 * cloud
    warmth = 0.02 * _field(shape, (40.0, 40.0), 26)
    seam = np.zeros(shape, np.float32)
    seam[:, :2] = 1.0
    light = np.stack([shade + warmth, shade, shade - warmth], -1) * (1.0 - 0.22 * seam)[..., None]
    wear = _field(shape, (50.0, 50.0), 27)
    rough = np.clip(0.40 + 0.03 * wear + 0.015 * chips + 0.15 * seam, 0.2, 0.8)
    surface_map = np.round(np.stack([np.ones(shape), rough, np.zeros(shape)], -1) * 255).astype(np.uint8)
    height = 0.25 * _field(shape, (5.0, 5.0), 28) + 0.2 * _field(shape, (120.0, 120.0), 29) + 1.5 * seam
    return _normals(height, 0.035), _picture(light.astype(np.float32), (0.97, 0.97, 0.97)), surface_map


def _boards(colour: str) -> tuple[Pixels, Pixels, Pixels]:
    """Vinyl printed and embossed as boards, staggered: rings cut lengthwise, pores, a bevel of 1.5 mm round each."""
    rows, width, height = 7, 2048, 1024
    across_it, down_it = (np.arange(count, dtype=np.float32) + np.float32(0.5) for count in (width, height))
    u, v = np.meshgrid(across_it * np.float32(BOARDS[0] / width), down_it * np.float32(BOARDS[1] / height))
    deep, long = BOARDS[1] / rows, BOARDS[0] / 2
    row = (v / deep).astype(int)
    stagger = np.array((0.0, 0.37, 0.81, 0.19, 0.62, 1.02, 0.45), np.float32)[row]
    board = ((u + stagger) // long).astype(int) % 2 + 2 * row
    across, along = v - row * deep, (u + stagger) % long
    chance = np.random.Generator(np.random.PCG64(31))
    count = 2 * rows
    slide_x, slide_y = chance.integers(0, width, count)[board], chance.integers(0, height, count)[board]
    yy, xx = np.indices((height, width))

    def own(field: Field) -> Field:
        """A field from another place for each board."""
        return np.asarray(field[(yy + slide_y) % height, (xx + slide_x) % width], np.float32)

    slow, quick, fibres, pits, tones, worn = _fields(
        (height, width),
        ((130.0, 700.0), 32), ((36.0, 240.0), 33),
        ((2.2, 120.0), 34), ((2.0, 34.0), 35), ((200.0, 400.0), 36), ((60.0, 60.0), 37),
    )  # fmt: skip
    waver = own(0.75 * slow + 0.18 * quick)
    rate = chance.uniform(3.0, 8.5, count).astype(np.float32)[board]
    lean = chance.uniform(-0.5, 0.5, count).astype(np.float32)[board]
    ring = (across / deep + lean * along / long) * rate + 1.15 * waver
    phase = ring - np.floor(ring)
    late = np.where(phase < 0.8, phase / 0.8, (1.0 - phase) / 0.2) ** 2.0
    fibre = own(fibres)
    pores = np.clip(own(pits) - 1.25, 0.0, 1.0) * (0.35 + 0.65 * late)
    tone = (1.0 + 0.11 * chance.standard_normal(count)).astype(np.float32)[board]
    tone *= 1.0 + 0.025 * own(tones)
    edge = np.minimum(np.minimum(across, deep - across), np.minimum(along, long - along))
    bevel = np.clip(1.0 - edge / 0.0018, 0.0, 1.0)
    shade = tone * (1.03 - 0.17 * late + 0.035 * fibre - 0.22 * pores) * (1.0 - 0.5 * bevel)
    base = np.array(linear(colour), np.float32)
    # Darker wood is redder: the pigment of late wood and pores eats blue first.
    light = base * np.maximum(shade, 0.05)[..., None] ** np.array((0.90, 1.05, 1.28), np.float32)
    hue = chance.normal(0.0, 0.018, count).astype(np.float32)[board][..., None] * np.array((1.0, 0.0, -1.2), np.float32)
    relief = 0.30 * fibre - 1.3 * pores - 0.35 * late - 3.5 * bevel
    rough = np.clip(0.36 + 0.05 * late + 0.10 * pores + 0.02 * own(worn), 0.25, 0.8)
    surface_map = np.stack([1.0 - 0.35 * bevel, rough, np.zeros_like(rough)], -1)
    return (
        _normals(np.ascontiguousarray(relief[::-1], np.float32), 0.10),
        _picture((light * (1.0 + hue)).astype(np.float32)[::-1], linear(colour)),
        np.round(surface_map[::-1] * 255).astype(np.uint8),
    )


_PATTERNS: Mapping[str, Callable[..., tuple[Pixels, ...]]] = {
    "peel": _peel,
    "mineral": _mineral,
    "flecks": _flecks,
    "boards": _boards,
}
"""Each gives its normals, then, if it has them, its colours and its surface map."""
