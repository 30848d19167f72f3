"""Colours mixed and small textures drawn for the ground. Colours are linear RGB, 0–1."""

from __future__ import annotations

import numpy as np

from engine.view.geometry.mesh import Floats, Material, Pixels
from engine.view.geometry.noise import Numbers, smoothstep
from engine.view.geometry.surfaces import unit
from engine.view.srgb import encode


def encoded(colour: Floats) -> Pixels:
    """Linear colour as sRGB texels, top row first."""
    c = np.clip(colour[::-1], 0.0, 1.0)
    alpha = np.ones((*c.shape[:2], 1), np.float32)
    return np.asarray(np.round(np.concatenate([encode(c), alpha], axis=-1) * 255.0), np.uint8)


def tiling(name: str, made: tuple[Floats, Floats], roughness: float) -> Material:
    """A tiling texture of shade and height, 0–1, around white: vertex colours give the hue."""
    tone, grain = made
    bumps = np.stack([np.roll(grain, 1, 1) - np.roll(grain, -1, 1), np.roll(grain, -1, 0) - np.roll(grain, 1, 0)], -1) * 1.6
    normal = unit(np.concatenate([bumps, np.ones((*grain.shape, 1))], axis=-1))
    shade = np.repeat(tone[..., None], 3, axis=-1)
    return Material(
        name,
        roughness=roughness,
        colour_map=encoded(shade[::-1]),
        normal_map=np.asarray(np.round(normal * 127.5 + 127.5), np.uint8),
    )


def pebbles(size: int) -> tuple[Floats, Floats]:
    """Rounded stones side by side, their shade and height, from the distances to the two nearest of scattered points."""
    chance = np.random.Generator(np.random.PCG64(5))
    cells = 16
    y, x = np.mgrid[0:size, 0:size].astype(np.float32) * cells / size
    nearest = np.full((2, size, size), 9.0, np.float32)
    tone = np.zeros((size, size), np.float32)
    at, tones = chance.random((cells, cells, 2)), chance.uniform(0.45, 1.0, (cells, cells)) ** 1.3
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            cy, cx = np.floor(y).astype(int) + dy, np.floor(x).astype(int) + dx
            point = at[cy % cells, cx % cells]
            far = np.hypot(cy + point[..., 0] - y, cx + point[..., 1] - x)
            closer = far < nearest[0]
            tone = np.where(closer, tones[cy % cells, cx % cells], tone)
            nearest[1] = np.where(closer, nearest[0], np.minimum(nearest[1], far))
            nearest[0] = np.minimum(nearest[0], far)
    dome = smoothstep(0.0, 0.5, nearest[1] - nearest[0]) * np.sqrt(np.maximum(1.0 - (nearest[0] / 1.1) ** 2, 0.0))
    shade = (0.35 + 0.65 * smoothstep(0.0, 0.22, nearest[1] - nearest[0])) * tone
    return np.asarray(shade, np.float32), np.asarray(dome, np.float32)


def turf(size: int) -> tuple[Floats, Floats]:
    """Grass from above, its shade and height: short strokes every way, wrapping round."""
    chance = np.random.Generator(np.random.PCG64(6))
    field = np.full((size, size), 0.35, np.float32)
    count = 5200
    start, angle = chance.random((count, 2)) * size, chance.uniform(0.0, 2.0 * np.pi, count)
    light, length = chance.uniform(0.3, 1.0, count), chance.uniform(4.0, 11.0, count)
    for step in np.linspace(0.0, 1.0, 12):
        row = (start[:, 0] + np.sin(angle) * length * step).astype(int) % size
        column = (start[:, 1] + np.cos(angle) * length * step).astype(int) % size
        field[row, column] = light * (0.5 + 0.5 * step)
    return np.asarray(0.45 + 0.55 * field, np.float32), field


def stone(size: int) -> tuple[Floats, Floats]:
    """Weathered rock, its shade and height: roughness of every size (a random spectrum, so that it tiles) and lichen."""
    chance = np.random.Generator(np.random.PCG64(7))
    across, down = np.meshgrid(np.fft.fftfreq(size) * size, np.fft.fftfreq(size) * size)
    far = np.maximum(np.hypot(across, down * 1.6), 1.0)

    def field(power: float) -> Floats:
        turns = np.exp(2j * np.pi * chance.random((size, size)))
        rough = np.fft.ifft2(turns / far**power).real
        return np.asarray((rough - rough.mean()) / rough.std(), np.float32)

    grain, lichen, fine = field(1.25), field(1.7), field(0.5)
    shade = 0.62 + 0.10 * grain + 0.05 * fine + 0.20 * smoothstep(0.9, 1.3, lichen + 0.25 * grain)
    height = 0.5 + 0.16 * grain + 0.04 * fine
    return np.asarray(np.clip(shade, 0.2, 1.0), np.float32), np.asarray(np.clip(height, 0.0, 1.0), np.float32)


def crags(size: int) -> Pixels:
    """Weathered rock faces from afar, tiling: how far a spot stands out, and its slope across and upwards (0.5 = none)."""
    chance = np.random.Generator(np.random.PCG64(8))
    across, down = np.meshgrid(np.fft.fftfreq(size) * size, np.fft.fftfreq(size) * size)

    def field(power: float, least: float, drawn: float) -> Floats:
        """Roughness drawn out down the slope so many times."""
        far = np.maximum(np.hypot(across, down * drawn), 1.0)
        turns = np.exp(2j * np.pi * chance.random((size, size)))
        rough = np.fft.ifft2(turns / far**power * (far > least)).real
        return np.asarray(rough / rough.std(), np.float32)

    # Ribs and the gullies between them run down: sharp where a field crosses zero, large ones and small ones. Ledges lie across.
    ribs = -1.25 * np.abs(field(2.0, 3.0, 3.2)) - 0.80 * np.abs(field(1.8, 9.0, 2.4))
    height = 0.55 * field(1.9, 2.0, 1.6) + ribs - 0.40 * np.abs(field(1.7, 10.0, 0.7)) + 0.22 * field(1.0, 8.0, 1.0)
    height = (height - height.mean()) / height.std()
    slopes = [np.roll(height, -step, axis) - np.roll(height, step, axis) for step, axis in ((1, 1), (-1, 0))]
    shown = [0.5 + 0.19 * height, *(0.5 + 0.35 * slope for slope in slopes)]
    return np.asarray(np.round(np.clip(np.stack(shown, -1), 0.0, 1.0) * 255.0), np.uint8)


def mix(low: tuple[float, float, float], high: tuple[float, float, float], share: Numbers) -> Floats:
    """A colour between two, as far as `share` (0–1) says."""
    return blend(np.broadcast_to(np.array(low, np.float32), (*np.shape(share), 3)), high, share)


def blend(colour: Numbers, over: tuple[float, float, float] | Numbers, share: Numbers) -> Floats:
    """`over` laid on a colour, as much as `share` (0–1) says."""
    return np.asarray(colour + np.asarray(share)[..., None] * (np.asarray(over, np.float32) - colour), np.float32)
