"""Materials to Panda3D states: which program draws a part, and with what inputs.

Materials are told apart by what is in them, whatever they are called and whichever file they are from.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

from engine.view.geometry.mesh import Floats, Material, Part
from engine.view.geometry.textures import colour_texture, data_texture, matrix_texture
from engine.view.render.shaders import program
from engine.view.render.shadow import SHADOW

_WHITE = np.full((1, 1, 4), 255, np.uint8)
_FLAT = np.array([[[128, 128, 255]]], np.uint8)


Kind = tuple[object, ...]
"""What of a material picks its program, its textures and how they are read: all but its name and its `factors`."""


@dataclass(frozen=True, eq=False)
class Look:
    """How a material is drawn; one for each material and whether it throws a shadow."""

    material: Material
    casts: bool
    inputs: p3d.NodePath
    indoors: bool = False
    """Whether it is lit by its room, rather than by sun and sky."""
    words: tuple[str, ...] = ()
    """Words of `surface.glsl` for what its scene lacks, of `room.glsl` for what it has."""
    kind: Kind = ()
    """Looks of one kind differ at most in the `factors` of their materials, and in whether they throw a shadow."""

    @property
    def name(self) -> str:
        """The material's name."""
        return self.material.name

    @property
    def maps(self) -> bool:
        """Whether it has textures, and so needs texture coordinates and tangents."""
        return has_maps(self.material)

    @property
    def leaves(self) -> bool:
        """Whether it is drawn as foliage."""
        return self.material.leafy and not self.indoors

    def wear(self, path: p3d.NodePath, *, copies: int, sway: float, height: float, light: tuple[str, ...] = ()) -> None:
        """Give a node this look; `sway` and `height` are metres, `light` the words of `room.glsl` for where its light comes
        from."""
        cut = self.material.alpha == "mask"
        glows, enters = self.material.emissive_map is not None, any(self.material.scatter)
        drawn = (("COPIES", copies), ("MAPS", self.maps), ("GLOWS", glows), ("CUT", cut))
        said = (*drawn, ("SKIN", enters), ("UNLIT", self.material.unlit))
        words = [word for word, so in said if so]
        path.set_state(self.inputs.get_state())
        if self.leaves:
            path.set_shader(program("leaves", *(["COPIES"] if copies else []), *([] if self.casts else ["FAR"])))
            path.set_transparency(p3d.TransparencyAttrib.M_multisample)
        elif self.material.rugged:
            path.set_shader(program("mountains"))
        else:
            path.set_shader(
                program("room", *words, *self.words, *light) if self.indoors else program("surface", *words, *self.words, *light)
            )
            if self.indoors and cut and self.maps:
                path.set_transparency(p3d.TransparencyAttrib.M_multisample)
        if not self.indoors:
            path.set_shader_input("sway", p3d.LVecBase4f(sway, 1 / height, 0, 0))
        if self.material.two_sided:
            path.set_two_sided(True)
        if self.casts:
            path.set_tag(
                "shadow", " ".join(word for word, so in (("cut", cut and self.maps), ("copies", copies)) if so) or "plain"
            )
        else:
            path.hide(p3d.BitMask32(SHADOW))
        if copies:
            path.set_instance_count(copies)

    @staticmethod
    def matrices(copies: Floats) -> p3d.Texture:
        """The copies' transforms, as the programs read them."""
        return matrix_texture("copies", copies)


class Looks:
    """The looks of a scene, out of doors or in its rooms. Equal materials share one. What a scene has (how many live `lamps`, up
    to 2, which is also what is not said out of doors; whether any `land`; whether the `sun` comes in) says what need not be
    computed."""

    def __init__(self, *, indoors: bool = False, lamps: int | None = None, land: bool = True, sun: bool = False) -> None:
        self.indoors = indoors
        plain = 0 if indoors else 2
        said = plain if lamps is None else lamps
        self.words = (*((f"LAMPS {said}",) if said != plain else ()), *(() if land else ("NO_LAND",)), *(("SUN",) if sun else ()))
        self._looks: dict[tuple[Kind, bytes, bool], Look] = {}
        self._textures: dict[tuple[bytes, bool, bool, float], p3d.Texture] = {}
        self._contents: dict[int, tuple[NDArray[np.uint8], bytes]] = {}
        """What is in pictures, by id; held, for an id is an object's own only while it lives."""

    def __call__(self, part: Part) -> Look:
        """The look of a part."""
        material, casts = part.mesh.material, casts_shadow(part)
        kind = self._kind(material)
        key = (kind, factors(material).tobytes(), casts)
        if key not in self._looks:
            self._looks[key] = Look(material, casts, self._inputs(material), self.indoors, self.words, kind)
        return self._looks[key]

    def _kind(self, material: Material) -> Kind:
        maps = (material.colour_map, material.normal_map, material.surface_map, material.emissive_map)
        flags = (
            material.alpha,
            material.two_sided,
            material.leafy,
            material.unlit,
            material.rugged,
            material.crisp,
            material.scatter,
        )
        return (*flags, *(None if each is None else self._content(each) for each in maps))

    def _content(self, pixels: NDArray[np.uint8]) -> bytes:
        """A digest of a picture: equal digests, equal pictures."""
        if id(pixels) not in self._contents:
            digest = hashlib.sha256(repr(pixels.shape).encode())
            digest.update(np.ascontiguousarray(pixels).data)
            self._contents[id(pixels)] = (pixels, digest.digest())
        return self._contents[id(pixels)][1]

    def _inputs(self, material: Material) -> p3d.NodePath:
        inputs = p3d.NodePath(material.name)
        for name, row in zip(("base", "finish", "glow"), factors(material).tolist(), strict=True):
            inputs.set_shader_input(name, p3d.LVecBase4f(*row))
        if any(material.scatter):
            inputs.set_shader_input("scatter", p3d.LVecBase4f(*material.scatter, 0))
        if has_maps(material):
            colours = _WHITE if material.colour_map is None else material.colour_map
            bumps = _FLAT if material.normal_map is None else material.normal_map
            surface = _WHITE[..., :3] if material.surface_map is None else material.surface_map
            inputs.set_shader_input("colour_map", self._texture(colours, True, not material.leafy, material.crisp))
            inputs.set_shader_input("normal_map", self._texture(bumps, False, crisp=material.crisp))
            inputs.set_shader_input("surface_map", self._texture(surface, False, crisp=material.crisp))
            if material.emissive_map is not None:
                inputs.set_shader_input("glow_map", self._texture(material.emissive_map, True))
        return inputs

    def _texture(self, pixels: NDArray[np.uint8], colour: bool, repeat: bool = True, crisp: float = 0.0) -> p3d.Texture:
        key = (self._content(pixels), colour, repeat, crisp)
        if key not in self._textures:
            make = colour_texture if colour else data_texture
            made = make("map", pixels, repeat=repeat)
            if crisp:
                sampler = p3d.SamplerState(made.default_sampler)
                sampler.set_lod_bias(-crisp)
                made.set_default_sampler(sampler)
            self._textures[key] = made
        return self._textures[key]


def factors(material: Material) -> Floats:
    """What programs read of a material besides its textures, 3 x 4: their inputs `base`, `finish` and `glow`."""
    thin = 1.0 if material.two_sided else 0.0
    rows = (material.colour, (material.metallic, material.roughness, thin, 0.0), (*material.emissive, 0.0))
    return np.array(rows, np.float32)


def casts_shadow(part: Part) -> bool:
    """Whether a part throws a shadow: not what one sees through, nor what shines itself all over."""
    material = part.mesh.material
    shines = any(material.emissive) and material.emissive_map is None
    return part.casts and material.alpha != "blend" and not shines


def has_maps(material: Material) -> bool:
    """Whether a material has any texture."""
    maps = (material.colour_map, material.normal_map, material.surface_map, material.emissive_map)
    return any(each is not None for each in maps)
