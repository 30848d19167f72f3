"""Trees, reeds and tufts, each modelled once from a seed of its own and stood about as copies.

Spruces have a straight stem and whorls of boughs, rising above and hanging below.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from engine.view.geometry.mesh import Floats, Material, Mesh
from engine.view.geometry.surfaces import make_mesh, unit

BARK = (0.090, 0.066, 0.050)
NEEDLES_IN, NEEDLES_OUT = (0.010, 0.018, 0.010), (0.046, 0.074, 0.030)
SNOW = (0.78, 0.82, 0.88)

_WOODY = Material("spruce", roughness=0.95, two_sided=True)
_GREEN = Material("reed", roughness=0.8, two_sided=True)


@dataclass
class _Growth:
    """Vertices and triangles while something grows."""

    positions: list[tuple[float, float, float]] = field(default_factory=list)
    normals: list[tuple[float, float, float]] = field(default_factory=list)
    colours: list[tuple[float, float, float, float]] = field(default_factory=list)
    triangles: list[tuple[int, int, int]] = field(default_factory=list)

    def vertex(self, at: Floats, normal: Floats, colour: Floats, light: float) -> int:
        """Add a vertex; `light` is its ambient occlusion, 0–1."""
        self.positions.append((float(at[0]), float(at[1]), float(at[2])))
        self.normals.append((float(normal[0]), float(normal[1]), float(normal[2])))
        self.colours.append((float(colour[0]), float(colour[1]), float(colour[2]), float(np.clip(light, 0.0, 1.0))))
        return len(self.positions) - 1

    def mesh(self, material: Material) -> Mesh:
        """What has grown."""
        p = np.array(self.positions, np.float32)
        uvs = np.column_stack([np.hypot(p[:, 0], p[:, 1]), p[:, 2]])
        n, c = np.array(self.normals, np.float32), np.array(self.colours, np.float32)
        return make_mesh(material, p, np.array(self.triangles, np.uint32), normals=n, uvs=uvs, colours=c)


def _v(x: float, y: float, z: float) -> Floats:
    return np.array((x, y, z), np.float32)


def _between(low: tuple[float, float, float], high: tuple[float, float, float], share: float) -> Floats:
    return np.asarray(np.array(low) + (np.array(high) - np.array(low)) * np.clip(share, 0.0, 1.0), np.float32)


def _girth(height: float, tall: float, lean: float) -> float:
    """Length of a spruce's boughs at a height: widest a fifth up, pointed at the top."""
    share = height / tall
    return float(lean * tall * (1.0 - share) ** 0.82 * (0.55 + 0.45 * min(share / 0.16, 1.0)) + 0.10)


def spruce(seed: int, frozen: bool, tall: float = 15.0, lean: float = 0.22) -> Mesh:
    """A spruce to stand near: stem, dark heart, and some eighty drooping boughs of three ragged fans each."""
    chance = np.random.Generator(np.random.PCG64(seed))
    growth = _Growth()
    _stem(growth, tall)
    height, turn = 1.1, 0.0
    while height < tall - 0.35:
        share = height / tall
        count = 7 if share < 0.45 else 6 if share < 0.75 else 5
        for index in range(count):
            turn_here = turn + 2.0 * np.pi * (index + chance.uniform(-0.28, 0.28)) / count
            reach = _girth(height, tall, lean) * chance.uniform(0.78, 1.18)
            _bough(growth, chance, (height + chance.uniform(-0.2, 0.2), turn_here, reach, share), frozen)
        turn += 2.4
        height += tall * (0.088 - 0.045 * share)
    _crown(growth, tall, frozen)
    return growth.mesh(_WOODY)


def _stem(growth: _Growth, tall: float) -> None:
    rings = ((-0.8, 0.019), (0.25, 0.0135), (tall * 0.92, 0.002))
    first = len(growth.positions)
    for height, radius in rings:
        for side in range(6):
            angle = side * np.pi / 3.0
            out = _v(np.cos(angle), np.sin(angle), 0.0)
            growth.vertex(out * radius * tall + _v(0.0, 0.0, height), out, np.array(BARK), 0.75 if height < 1.0 else 0.4)
    for ring in range(2):
        for side in range(6):
            a, b = first + ring * 6 + side, first + ring * 6 + (side + 1) % 6
            growth.triangles += [(a, b, b + 6), (a, b + 6, a + 6)]


def _bough(growth: _Growth, chance: np.random.Generator, shape: tuple[float, float, float, float], frozen: bool) -> None:
    """One bough: fans along a hanging spine, each a roof of two triangles whose corners end raggedly."""
    height, turn, reach, share = shape
    out, side = _v(np.cos(turn), np.sin(turn), 0.0), _v(-np.sin(turn), np.cos(turn), 0.0)
    slope, sag = 0.34 * share - 0.20, (0.40 - 0.26 * share)
    fans = 3

    def spine(t: float) -> Floats:
        return np.asarray(out * reach * t + _v(0.0, 0.0, height + reach * (slope * t - sag * t * t + 0.16 * t**4)), np.float32)

    normal = unit(out * 0.75 + _v(0.0, 0.0, 0.66))
    for fan in range(fans):
        back, tip = spine(0.02 + 0.30 * fan), spine(min(0.50 + 0.27 * fan, 1.0) * chance.uniform(0.93, 1.05))
        wide = reach * (0.46, 0.36, 0.21)[fan] * chance.uniform(0.8, 1.25)
        drop = _v(0.0, 0.0, -reach * (0.15, 0.14, 0.08)[fan] * chance.uniform(0.6, 1.5))
        wings = spine(0.22 + 0.30 * fan + chance.uniform(-0.03, 0.05))
        light = 0.30 + 0.24 * fan + 0.2 * share
        dark = _between(NEEDLES_IN, NEEDLES_OUT, 0.10 + 0.26 * fan)
        bright = _between(NEEDLES_IN, NEEDLES_OUT, 0.45 + 0.27 * fan + chance.uniform(-0.1, 0.15))
        if frozen:
            dark = dark + (np.array(SNOW) - dark) * (0.30 + 0.12 * fan)
            bright = bright + (np.array(SNOW) - bright) * chance.uniform(0.35, 0.75)
        a = growth.vertex(back, normal, dark, light)
        b = growth.vertex(tip, normal, bright, light + 0.3)
        for hand in (-1.0, 1.0):
            wing = wings + side * wide * hand * chance.uniform(0.75, 1.2) + drop
            lean = unit(normal + side * hand * 0.55)
            rim = bright * 0.8 if not frozen else _between(NEEDLES_IN, NEEDLES_OUT, 0.6)
            c = growth.vertex(wing, lean, rim, light + 0.12)
            growth.triangles.append((a, c, b) if hand < 0 else (a, b, c))


def _crown(growth: _Growth, tall: float, frozen: bool) -> None:
    """The leader at the top and a dark heart that closes the gaps between boughs."""
    heart = _between(NEEDLES_IN, NEEDLES_OUT, 0.0)
    tips = np.array(SNOW) if frozen else _between(NEEDLES_IN, NEEDLES_OUT, 0.9)
    for low, high, wide in ((0.14, 0.55, 0.040), (0.40, 0.80, 0.028), (0.66, 1.0, 0.015)):
        top = growth.vertex(
            _v(0.0, 0.0, tall * high), _v(0.0, 0.0, 1.0), tips if high == 1.0 else heart, 0.9 if high == 1.0 else 0.2
        )
        rim = []
        for index in range(7):
            angle = index * 2.0 * np.pi / 7.0 + high
            out = _v(np.cos(angle), np.sin(angle), 0.0)
            at = out * tall * wide + _v(0.0, 0.0, tall * (low + 0.02 * (index % 2)))
            rim.append(growth.vertex(at, unit(out + _v(0.0, 0.0, 0.4)), heart, 0.25))
        growth.triangles += [(top, rim[index], rim[(index + 1) % 7]) for index in range(7)]


def far_spruce(seed: int, frozen: bool, tall: float = 15.0, lean: float = 0.17) -> Mesh:
    """A spruce to stand far off: four ragged skirts of 14 triangles."""
    growth = _Growth()
    chance = np.random.Generator(np.random.PCG64(seed))
    _skirts(growth, chance, foot=(0.0, 0.0), tall=tall, lean=lean, tiers=(4, 7), frozen=frozen)
    return growth.mesh(_WOODY)


def grove(seed: int, frozen: bool) -> Mesh:
    """Eight spruces in one mesh, for slopes half a kilometre off: a ragged cone of 4 triangles each."""
    chance = np.random.Generator(np.random.PCG64(seed))
    growth = _Growth()
    for index in range(8):
        angle, out = index * 2.4 + chance.uniform(-0.4, 0.4), 9.0 * np.sqrt((index + 0.5) / 8.0)
        foot = (out * np.cos(angle), out * np.sin(angle))
        tall, lean = chance.uniform(9.0, 17.0), chance.uniform(0.13, 0.19)
        _skirts(growth, chance, foot=foot, tall=tall, lean=lean, tiers=(1, 4), frozen=frozen)
    return growth.mesh(_WOODY)


def _skirts(
    growth: _Growth,
    chance: np.random.Generator,
    *,
    foot: tuple[float, float],
    tall: float,
    lean: float,
    tiers: tuple[int, int],
    frozen: bool,
) -> None:
    """Cones over one another; with many points every second one is drawn in and up, which makes a ragged outline."""
    count, points = tiers
    corners = points * 2 if points > 6 else points
    for tier in range(count):
        low, high = 0.03 + 0.93 * (tier / count) ** 1.1, min(1.0, 0.03 + 0.93 * ((tier + 1.75) / count))
        share = low
        wide = _girth(low * tall, tall, lean)
        tip = _between(NEEDLES_IN, NEEDLES_OUT, 0.25 + 0.4 * high)
        if frozen:
            tip = tip + (np.array(SNOW) - tip) * 0.75
        top = growth.vertex(_v(foot[0], foot[1], tall * high), _v(0.0, 0.0, 1.0), tip, 0.55 + 0.4 * high)
        rim = []
        for index in range(corners):
            angle = 2.0 * np.pi * (index + chance.uniform(-0.25, 0.25)) / corners + tier * 1.7
            drawn = 0.52 if corners > points and index % 2 else 1.0
            out = _v(np.cos(angle), np.sin(angle), 0.0)
            lift = (0.035 if drawn < 1.0 else 0.0) + chance.uniform(-0.012, 0.016)
            at = out * wide * drawn * chance.uniform(0.8, 1.15) + _v(foot[0], foot[1], tall * (low + lift))
            colour = _between(NEEDLES_IN, NEEDLES_OUT, (0.62 if drawn == 1.0 else 0.1) + 0.3 * share)
            if frozen:
                colour = colour + (np.array(SNOW) - colour) * (0.45 if drawn == 1.0 else 0.1)
            rim.append(growth.vertex(at, unit(out + _v(0.0, 0.0, 0.5)), colour, (0.75 if drawn == 1.0 else 0.35) + 0.2 * share))
        growth.triangles += [(top, rim[index], rim[(index + 1) % corners]) for index in range(corners)]


def reeds(seed: int, frozen: bool) -> Mesh:
    """A clump of reeds 1.1–1.9 m tall above its foot, some with a plume; about 150 triangles."""
    chance = np.random.Generator(np.random.PCG64(seed))
    growth = _Growth()
    green, straw = ((0.20, 0.165, 0.095), (0.34, 0.28, 0.17)) if frozen else ((0.050, 0.085, 0.022), (0.24, 0.21, 0.085))
    for index in range(22):
        angle, out = chance.uniform(0.0, 2.0 * np.pi), 0.34 * np.sqrt(chance.random())
        foot = _v(out * np.cos(angle), out * np.sin(angle), -0.5)
        lean = chance.uniform(0.03, 0.30)
        tall, wide = chance.uniform(1.1, 1.9) + 0.5, chance.uniform(0.006, 0.012)
        towards = _v(np.cos(angle), np.sin(angle), 0.0)
        _blade(growth, (foot, towards, tall, wide, lean), (np.array(green), np.array(straw)), 3)
        if index % 5 == 0:
            _plume(growth, foot + towards * lean * tall * 0.8 + _v(0.0, 0.0, tall * 0.97), frozen)
    return growth.mesh(_GREEN)


def tuft(seed: int, frozen: bool) -> Mesh:
    """A tuft of grass 0.15–0.4 m tall; 60 triangles."""
    chance = np.random.Generator(np.random.PCG64(seed))
    growth = _Growth()
    root, tip = ((0.13, 0.11, 0.07), (0.42, 0.40, 0.36)) if frozen else ((0.030, 0.045, 0.013), (0.150, 0.185, 0.055))
    for _ in range(20):
        angle, out = chance.uniform(0.0, 2.0 * np.pi), 0.16 * np.sqrt(chance.random())
        foot = _v(out * np.cos(angle), out * np.sin(angle), -0.03)
        towards = _v(np.cos(angle), np.sin(angle), 0.0)
        shape = (foot, towards, chance.uniform(0.15, 0.42), chance.uniform(0.004, 0.008), chance.uniform(0.2, 0.8))
        _blade(growth, shape, (np.array(root), np.array(tip)), 2)
    return growth.mesh(_GREEN)


def _blade(
    growth: _Growth, shape: tuple[Floats, Floats, float, float, float], colours: tuple[Floats, Floats], pieces: int
) -> None:
    """A bent, pointed leaf: `shape` is foot, the way it leans, length, half its width, and how far it leans for its length."""
    foot, towards, tall, wide, lean = shape
    side = np.array((-towards[1], towards[0], 0.0), np.float32)
    rows: list[list[int]] = []
    for piece in range(pieces + 1):
        t = piece / pieces
        at = foot + towards * lean * tall * t * t + _v(0.0, 0.0, tall * t * (1.0 - 0.35 * lean * t))
        normal = unit(towards * 0.5 + _v(0.0, 0.0, 0.8))
        colour = colours[0] + (colours[1] - colours[0]) * t
        offsets = (0.0,) if piece == pieces else (-wide * (1.0 - 0.6 * t), wide * (1.0 - 0.6 * t))
        rows.append([growth.vertex(at + side * off, normal, colour, 0.35 + 0.65 * t) for off in offsets])
    for low, high in pairwise(rows):
        growth.triangles.append((low[0], low[1], high[-1]))
        if len(high) == 2:
            growth.triangles.append((low[0], high[1], high[0]))


def _plume(growth: _Growth, at: Floats, frozen: bool) -> None:
    """A reed mace: a brown spindle of 12 triangles."""
    brown = np.array((0.30, 0.24, 0.18) if frozen else (0.070, 0.038, 0.020))
    ends = [growth.vertex(at + _v(0.0, 0.0, z), _v(0.0, 0.0, 1.0 if z > 0 else -1.0), brown, 0.9) for z in (-0.09, 0.09)]
    ring = []
    for index in range(6):
        out = _v(np.cos(index * np.pi / 3.0), np.sin(index * np.pi / 3.0), 0.0)
        ring.append(growth.vertex(at + out * 0.014, out, brown, 0.9))
    for index in range(6):
        one, two = ring[index], ring[(index + 1) % 6]
        growth.triangles += [(ends[1], one, two), (ends[0], two, one)]
