"""The materials of a model file: their numbers, and which image they use where (glTF 2.0 section 3.9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from engine.spec.glb import Glb, Tree, damaged, mapping, number, numbers, said, whole

SUPPORTED = frozenset(
    {
        "KHR_materials_emissive_strength",
        "KHR_materials_pbrSpecularGlossiness",
        "KHR_materials_transmission",
        "KHR_materials_unlit",
        "KHR_mesh_quantization",
        "KHR_texture_transform",
        "EXT_texture_webp",
    }
)
"""Extensions that a file may require."""

MOST_SETS = 8
"""Sets of texture coordinates that a vertex can have."""

SCATTER = "abaton_scatter"
"""The key of a material's `extras` under which a file says how far light goes aside in it."""

WIDEST = 0.05
"""Metres that light may go aside in a material, at most: marble sends red light 1.4 cm (Jensen et al. 2001)."""

Alpha = Literal["opaque", "mask", "blend"]
_ALPHA: dict[str, Alpha] = {"OPAQUE": "opaque", "MASK": "mask", "BLEND": "blend"}
_PLAIN: Tree = {}


@dataclass(frozen=True, slots=True)
class Layout:
    """Which texture coordinates are used, and how they are moved (KHR_texture_transform): scaled, turned, then shifted."""

    coordinates: int = 0
    offset: tuple[float, ...] = (0.0, 0.0)
    turn: float = 0.0
    """Radians, counter-clockwise as the image is seen."""
    scale: tuple[float, ...] = (1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Texture:
    """An image as a material uses it."""

    image: int
    layout: Layout
    strength: float = 1.0
    """Of a normal map its `scale`, of an occlusion map its `strength`."""


@dataclass(frozen=True, slots=True)
class GlbMaterial:
    """A material as the file says it. Colours are linear."""

    name: str
    colour: tuple[float, ...] = (1.0, 1.0, 1.0, 1.0)
    metallic: float = 1.0
    roughness: float = 1.0
    emissive: tuple[float, ...] = (0.0, 0.0, 0.0)
    alpha: Alpha = "opaque"
    cutoff: float = 0.5
    two_sided: bool = False
    transmission: float = 0.0
    """Of the light that meets it, how much goes through."""
    unlit: bool = False
    scatter: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Metres that red, green and blue light goes aside in it (`SCATTER`), up to `WIDEST`."""
    colour_map: Texture | None = None
    rough_map: Texture | None = None
    normal_map: Texture | None = None
    occlusion_map: Texture | None = None
    emissive_map: Texture | None = None

    @property
    def textures(self) -> Iterator[Texture]:
        """All that it has, the most visible first."""
        for one in (self.colour_map, self.normal_map, self.rough_map, self.emissive_map, self.occlusion_map):
            if one is not None:
                yield one

    @property
    def layout(self) -> Layout:
        """The layout that most of it is drawn by."""
        return next((one.layout for one in self.textures), Layout())


def read_material(glb: Glb, index: object) -> GlbMaterial:
    """A material of a file. Raises ModelFileError for one that is not sound."""
    tree = glb.item("materials", index)
    pbr = mapping(tree.get("pbrMetallicRoughness", _PLAIN))
    more = mapping(tree.get("extensions", _PLAIN))
    strength = number(mapping(more.get("KHR_materials_emissive_strength", _PLAIN)), "emissiveStrength", 1.0)
    older = mapping(more.get("KHR_materials_pbrSpecularGlossiness", _PLAIN))
    if older:  # an archived extension of 2017: its diffuse colour on something that is no metal
        pbr = {
            "baseColorFactor": older.get("diffuseFactor", [1.0, 1.0, 1.0, 1.0]),
            "metallicFactor": 0.0,
            "roughnessFactor": 1.0 - number(older, "glossinessFactor", 1.0),
            **({"baseColorTexture": older["diffuseTexture"]} if "diffuseTexture" in older else {}),
        }
    alpha = _ALPHA.get(said(tree, "alphaMode", "OPAQUE"))
    if alpha is None:
        raise damaged(f"a material's alphaMode is '{said(tree, 'alphaMode'):.40}'")
    ours = tree.get("extras", _PLAIN)  # of any form, and other programs' too (section 3.10)
    spread = numbers(ours, SCATTER, (0.0, 0.0, 0.0)) if isinstance(ours, dict) else (0.0, 0.0, 0.0)
    red, green, blue = (min(max(one, 0.0), WIDEST) for one in spread)
    return GlbMaterial(
        name=said(tree, "name") or f"material {index}",
        colour=tuple(_share(one) for one in numbers(pbr, "baseColorFactor", (1.0, 1.0, 1.0, 1.0))),
        metallic=_share(number(pbr, "metallicFactor", 1.0)),
        roughness=_share(number(pbr, "roughnessFactor", 1.0)),
        emissive=tuple(_share(one) * max(strength, 0.0) for one in numbers(tree, "emissiveFactor", (0.0, 0.0, 0.0))),
        alpha=alpha,
        cutoff=max(number(tree, "alphaCutoff", 0.5), 0.0),
        two_sided=tree.get("doubleSided") is True,
        transmission=_share(number(mapping(more.get("KHR_materials_transmission", _PLAIN)), "transmissionFactor", 0.0)),
        unlit="KHR_materials_unlit" in more,
        scatter=(red, green, blue),
        colour_map=_texture(glb, pbr.get("baseColorTexture")),
        rough_map=_texture(glb, pbr.get("metallicRoughnessTexture")),
        normal_map=_texture(glb, tree.get("normalTexture"), "scale"),
        occlusion_map=_texture(glb, tree.get("occlusionTexture"), "strength"),
        emissive_map=_texture(glb, tree.get("emissiveTexture")),
    )


def _share(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def _texture(glb: Glb, slot: object, strength: str = "") -> Texture | None:
    if slot is None:
        return None
    tree = mapping(slot)
    texture = glb.item("textures", tree.get("index"))
    webp = mapping(mapping(texture.get("extensions", _PLAIN)).get("EXT_texture_webp", _PLAIN))
    source = webp.get("source", texture.get("source"))
    if source is None:
        return None  # no image: a texture in some format of an extension that is not required (section 3.8.3)
    glb.item("images", source)
    moved = mapping(mapping(tree.get("extensions", _PLAIN)).get("KHR_texture_transform", _PLAIN))
    layout = Layout(
        coordinates=whole(moved if "texCoord" in moved else tree, "texCoord", most=MOST_SETS),
        offset=numbers(moved, "offset", (0.0, 0.0)),
        turn=number(moved, "rotation", 0.0),
        scale=numbers(moved, "scale", (1.0, 1.0)),
    )
    return Texture(int(source), layout, number(tree, strength, 1.0) if strength else 1.0)
