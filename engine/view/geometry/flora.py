"""Reeds and tufts, each modelled once from a seed of its own and stood about as copies."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from engine.view.geometry.mesh import Floats, Material, Mesh
from engine.view.geometry.surfaces import make_mesh, unit

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
