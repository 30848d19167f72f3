"""Shapes and surfaces as numpy arrays: what generators and glTF files give, and what the stage draws."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Pixels = NDArray[np.uint8]

HERE = np.eye(4, dtype=np.float32)[None]
"""The one copy of what stands where its body does."""


@dataclass(frozen=True, eq=False)
class Material:
    """A surface by glTF 2.0's metallic-roughness definition (section 3.9.2). Colour factors are linear.

    Textures are height x width x channels, 8 bits, top row first: `colour_map` RGBA in sRGB, `normal_map` RGB in tangent space
    (y up), `surface_map` RGB = occlusion, roughness, metallic, `emissive_map` RGB in sRGB, times `emissive`. `leafy` cards show
    foliage: light comes through them, and their edges are smooth out of doors. `rugged` is land from afar: its maps are those of
    `engine/view/render/mountains.glsl`. `unlit` shows its colour as it is (KHR_materials_unlit). `crisp` is by how many levels of
    detail its textures are drawn finer than their mipmaps would be: of boards seen at a slant these leave a smear. `scatter` is
    how many metres red, green and blue light goes aside in it before it comes out again (1 / sigma_tr of Jensen et al., "A
    Practical Model for Subsurface Light Transport", 2001), as in skin; 0 for what it does not enter.
    """

    name: str
    colour: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0)
    metallic: float = 0.0
    roughness: float = 1.0
    emissive: tuple[float, float, float] = (0.0, 0.0, 0.0)
    alpha: Literal["opaque", "mask", "blend"] = "opaque"
    two_sided: bool = False
    leafy: bool = False
    unlit: bool = False
    rugged: bool = False
    crisp: float = 0.0
    scatter: tuple[float, float, float] = (0.0, 0.0, 0.0)
    colour_map: Pixels | None = field(default=None, repr=False)
    normal_map: Pixels | None = field(default=None, repr=False)
    surface_map: Pixels | None = field(default=None, repr=False)
    emissive_map: Pixels | None = field(default=None, repr=False)


@dataclass(frozen=True, eq=False)
class Mesh:
    """n vertices and m triangles in metres, x right, y ahead, z up; triangles are counter-clockwise seen from outside.

    positions n x 3, normals n x 3 (unit), tangents n x 4 (w = handedness, glTF 2.0 section 3.7.2.1), uvs n x 2 (v up from the
    bottom), colours n x 4 linear 0–1 (rgb tints the material, a is baked ambient occlusion), triangles m x 3.
    """

    material: Material
    positions: Floats
    normals: Floats
    tangents: Floats
    uvs: Floats
    colours: Floats
    triangles: NDArray[np.uint32]


@dataclass(frozen=True, eq=False)
class Part:
    """A mesh and where its copies stand in its body's own axes: `copies` is k x 4 x 4, column vectors (point' = copy @ point).

    `follows` names the live property that changes its look or place (`scale`), or is empty for what never changes.
    `sway` is how far wind may bend it, in metres at its top; `casts` whether it throws a shadow,
    `mirrored` whether the lake shows it. `joint` is the joint of its card
    that it moves with, `screen` the name under which its one rectangle is written on, `shines` the live flux that it shines with,
    `gathers` the live property that draws it along the width (1) or aside (0), `flashes` the live property, of a thing that
    alarms, that lights it up.
    """

    name: str
    mesh: Mesh
    copies: Floats
    follows: str = ""
    sway: float = 0.0
    casts: bool = True
    mirrored: bool = True
    joint: str = ""
    screen: str = ""
    shines: str = ""
    gathers: str = ""
    flashes: str = ""
