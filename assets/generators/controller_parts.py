"""What the controllers are put together from: a body by its stations, caps and keys, and their materials.

Their numbers are those by which the engine moves them (`engine.view.geometry.controller`), so that a part always turns about
its own axis. Each is the right hand's; the engine mirrors it for the left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from assets.generators import surfaces
from assets.generators.forms import Ring, stack
from assets.generators.gltf_write import write_glb
from assets.generators.shapes import Array, Shape, join, lathe, lit
from engine.view.geometry.controller import Station, Vec3, superellipse
from engine.view.geometry.mesh import Material

SIDES = 28
"""Corners of a body's cross-section."""

DARK, SOFT, SHELL, METAL = "dark", "soft", "shell", "accent"
"""Glossy plastic, rubber, the moulded shell, what catches the eye."""


def body(stations: Sequence[Station], sides: int = SIDES) -> Shape:
    """The skin over stations, from below."""
    return stack([ring(one, sides) for one in stations], crease_deg=50.0)


def ring(one: Station, sides: int = SIDES) -> Ring:
    """A station's outline where it lies."""
    flat = superellipse(one.wide, one.deep, one.power, sides)
    lean = np.radians(one.lean)
    # Leaning back about x lifts what is ahead.
    return np.column_stack((one.x + flat[:, 0], one.y + flat[:, 1] * np.cos(lean), one.z + flat[:, 1] * np.sin(lean)))


def standing(made: Shape, at: Vec3, normal: Vec3) -> Shape:
    """A shape that was made on z = 0, standing at a point of a face that looks along `normal` (in the plane of y and z)."""
    return made.turned("x", float(np.degrees(np.arctan2(-normal[1], normal[2])))).moved(*at)


def cap(radius: float, low: float, high: float, sides: int = 18) -> Shape:
    """A round key with a soft edge and a hollow for the fingertip, from below its face to above it."""
    edge = min(0.0007, radius * 0.25)
    return lathe(
        (
            (radius, low),
            (radius, high - edge),
            (radius - edge * 0.35, high - edge * 0.3),
            (radius - edge, high),
            (radius * 0.5, high - 0.0003),
            (0.0, high - 0.0004),
        ),
        sides,
        50.0,
    )


def stick_top(foot: float, top: float, radius: float) -> Shape:
    """A thumbstick on its foot: neck, dish, rim."""
    return lathe(
        (
            (0.0088, foot - 0.0035),
            (0.0080, foot - 0.0010),
            (0.0060, foot + 0.0006),
            (0.0036, foot + 0.0012),
            (0.0034, top - 0.0034),
            (radius * 0.90, top - 0.0030),
            (radius, top - 0.0022),
            (radius, top - 0.0008),
            (radius * 0.92, top - 0.0001),
            (radius * 0.80, top),
            (radius * 0.66, top - 0.0007),
            (0.0, top - 0.0010),
        ),
        20,
        45.0,
    )


def along(points: Sequence[tuple[float, float]], count: int) -> Array:
    """A path in the plane of y and z through points, smooth."""
    at = np.linspace(0.0, 1.0, len(points))
    fine = np.linspace(0.0, 1.0, count)
    y, z = (np.interp(fine, at, [point[axis] for point in points]) for axis in (0, 1))
    for _ in range(3):
        y[1:-1], z[1:-1] = (0.25 * each[:-2] + 0.5 * each[1:-1] + 0.25 * each[2:] for each in (y.copy(), z.copy()))
    return np.column_stack((np.zeros(count), y, z))


def materials(shell: tuple[float, float, float], accent: tuple[float, float, float]) -> Mapping[str, Material]:
    """The four materials, by name."""
    return {
        SHELL: surfaces.plain("controller_shell", shell, 0.55),
        DARK: surfaces.plain("controller_face", (0.018, 0.019, 0.021), 0.22),
        SOFT: surfaces.plain("controller_rubber", (0.030, 0.031, 0.033), 0.78),
        METAL: surfaces.plain("controller_accent", accent, 0.40),
    }


def write(
    name: str, parts: Mapping[str, Sequence[tuple[str, Sequence[Shape]]]], kinds: Mapping[str, Material], folder: Path
) -> None:
    """Write parts, each a node that has shapes by the name of their material, with the light that reaches them."""
    flat = [(part, kind, join(list(shapes))) for part, some in parts.items() for kind, shapes in some]
    shaded = lit([each for _, _, each in flat], rays=32, reach=0.03, floor=None)
    model: dict[str, list[tuple[Material, Shape]]] = {part: [] for part in parts}
    for (part, kind, _), each in zip(flat, shaded, strict=True):
        model[part].append((kinds[kind], each))
    write_glb(name, model, folder)
