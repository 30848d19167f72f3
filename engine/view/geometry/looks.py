"""Materials to Panda3D states: which program draws a part, and with what inputs."""

from __future__ import annotations

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
        glows = self.material.emissive_map is not None
        said = (("COPIES", copies), ("MAPS", self.maps), ("GLOWS", glows), ("CUT", cut), ("UNLIT", self.material.unlit))
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
        self._looks: dict[tuple[int, bool], Look] = {}
        self._textures: dict[int, tuple[NDArray[np.uint8], p3d.Texture]] = {}

    def __call__(self, part: Part) -> Look:
        """The look of a part."""
        material, casts = part.mesh.material, casts_shadow(part)
        key = (id(material), casts)
        if key not in self._looks:
            self._looks[key] = Look(material, casts, self._inputs(material), self.indoors, self.words)
        return self._looks[key]

    def _inputs(self, material: Material) -> p3d.NodePath:
        inputs = p3d.NodePath(material.name)
        inputs.set_shader_input("base", p3d.LVecBase4f(*material.colour))
        thin = 1.0 if material.two_sided else 0.0
        inputs.set_shader_input("finish", p3d.LVecBase4f(material.metallic, material.roughness, thin, 0))
        inputs.set_shader_input("glow", p3d.LVecBase4f(*material.emissive, 0))
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
        if id(pixels) not in self._textures:
            make = colour_texture if colour else data_texture
            made = make("map", pixels, repeat=repeat)
            if crisp:
                sampler = p3d.SamplerState(made.default_sampler)
                sampler.set_lod_bias(-crisp)
                made.set_default_sampler(sampler)
            self._textures[id(pixels)] = (pixels, made)
        return self._textures[id(pixels)][1]


def casts_shadow(part: Part) -> bool:
    """Whether a part throws a shadow: not what one sees through, nor what shines itself all over."""
    material = part.mesh.material
    shines = any(material.emissive) and material.emissive_map is None
    return part.casts and material.alpha != "blend" and not shines


def has_maps(material: Material) -> bool:
    """Whether a material has any texture."""
    maps = (material.colour_map, material.normal_map, material.surface_map, material.emissive_map)
    return any(each is not None for each in maps)
