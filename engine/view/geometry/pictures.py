"""Images of a model file to the pixels of our materials: decoded one at a time, and never more than is kept in mind.

What decoding can take is bounded before it begins: `engine.spec.modelfile` has refused images above 8192², and what is kept of
all of them together stays below `KEPT` pixels. Measured for one image of 8192² while it is made smaller: JPEG 0.15 GB,
PNG 0.7 GB, WebP 1.1 GB.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from PIL import Image, UnidentifiedImageError

from engine.spec.glb import Glb, ModelFileError
from engine.spec.glb_surfaces import GlbMaterial, Texture
from engine.spec.modelfile import DRAWN_AT, LARGEST_IMAGE
from engine.view.geometry.mesh import Pixels

KEPT = 16 * 2048 * 2048
"""Pixels of all maps of a file together: 256 MB."""

SMALLEST = 16

HALF = 0.25
"""Of what is to be seen of a picture, how much may be half there before it is blended rather than cut out."""

Key = tuple[str, int, int, float]
"""A map: for what, of which images (-1: none), and with which number."""


@dataclass
class Pictures:
    """The maps of one file's materials; equal ones are made once."""

    glb: Glb
    name: str
    side: int = DRAWN_AT
    """Pixels of the longer side, at most."""
    made: dict[Key, Pixels] = field(default_factory=dict)

    @classmethod
    def of(cls, glb: Glb, name: str, materials: Iterable[GlbMaterial]) -> Pictures:
        """For a file's materials: the more maps they have, the smaller each is."""
        keys = (colour_key, normal_key, surface_key, glow_key)
        maps = len({key for one in materials for made in keys if (key := made(one))})
        side = DRAWN_AT
        while maps * side * side > KEPT and side > SMALLEST:
            side //= 2
        return cls(glb, name, side)

    def colour(self, material: GlbMaterial) -> Pixels | None:
        """RGBA in sRGB. What is cut out is cut where alpha is less than half, whatever the file's own cutoff is."""
        key = colour_key(material)
        if key is None or material.colour_map is None:
            return None
        if key not in self.made:
            pixels = np.array(self._image(material.colour_map.image).convert("RGBA"), np.uint8)
            if key[3] != 1.0:
                pixels[:, :, 3] = np.clip(pixels[:, :, 3] * key[3] + 0.5, 0, 255).astype(np.uint8)
            self.made[key] = pixels
        return self.made[key]

    def glow(self, material: GlbMaterial) -> Pixels | None:
        """RGB in sRGB: what of a material shines, and in what colour."""
        key = glow_key(material)
        if key is None:
            return None
        if key not in self.made:
            self.made[key] = np.array(self._image(key[1]).convert("RGB"), np.uint8)
        return self.made[key]

    def normal(self, material: GlbMaterial) -> Pixels | None:
        """RGB in tangent space, as strong as the file says."""
        key = normal_key(material)
        if key is None or material.normal_map is None:
            return None
        if key not in self.made:
            pixels = np.array(self._image(material.normal_map.image).convert("RGB"), np.uint8)
            if key[3] != 1.0:
                around = (pixels[:, :, :2].astype(np.float32) - 127.5) * np.float32(key[3]) + 128.0
                pixels[:, :, :2] = np.clip(around, 0, 255).astype(np.uint8)
            self.made[key] = pixels
        return self.made[key]

    def surface(self, material: GlbMaterial) -> Pixels | None:
        """RGB: occlusion, roughness, metallic."""
        key = surface_key(material)
        if key is None:
            return None
        if key not in self.made:
            _, rough, occlusion, strength = key
            one = self._image(rough).convert("RGB") if rough >= 0 else None
            other = self._image(occlusion).convert("RGB") if occlusion >= 0 and occlusion != rough else one
            size = max((each.size for each in (one, other) if each is not None), key=max)
            pixels = np.full((size[1], size[0], 3), 255, np.uint8)
            if one is not None:
                pixels[:, :, 1:] = np.asarray(one.resize(size), np.uint8)[:, :, 1:]
            if occlusion >= 0 and other is not None:
                shade = np.asarray(other.resize(size), np.float32)[:, :, 0]
                pixels[:, :, 0] = (255.5 - (255.0 - shade) * strength).astype(np.uint8)
            self.made[key] = pixels
        return self.made[key]

    def occlusion(self, texture: Texture) -> Pixels:
        """Occlusion alone, height x width: of a texture that lies on coordinates of its own, small, to be read at vertices."""
        image = self._image(texture.image).convert("RGB")
        image.thumbnail((512, 512))
        return np.asarray(image, np.uint8)[:, :, 0]

    def _image(self, index: int) -> Image.Image:
        """An image, 8 bits a channel, no larger than `side`."""
        try:
            image: Image.Image = Image.open(io.BytesIO(self.glb.part(*self.glb.image(index))), formats=("PNG", "JPEG", "WEBP"))
            if max(image.size) > LARGEST_IMAGE:
                raise ValueError("its header said another size")
            image.draft("RGB", (self.side, self.side))  # a JPEG is decoded at a half, a quarter or an eighth
            image.load()
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as problem:
            what = f"has an image ({index}) that cannot be decoded"
            raise ModelFileError("E0815", what, "export it with PNG or JPEG images") from problem
        if image.mode.startswith("I") or image.mode == "F":  # grey of 16 bits
            image = Image.fromarray((np.asarray(image).astype(np.uint32) >> 8).astype(np.uint8))
        if image.mode in ("P", "PA", "1"):
            image = image.convert("RGBA")
        if max(image.size) > self.side:
            image.thumbnail((self.side, self.side), Image.Resampling.BOX)
        return image


def see_through(pixels: Pixels) -> bool:
    """Whether any of a picture can be seen through."""
    return bool((pixels[:, :, 3] < 250).any())


def shades_over(pixels: Pixels) -> bool:
    """Whether much of what is to be seen of a picture is only half there: tinted glass, gauze, a soft stain; and no leaf, of
    which only the edge is."""
    alpha = pixels[:, :, 3]
    half, whole = int(((alpha > 25) & (alpha < 230)).sum()), int((alpha >= 230).sum())
    return half > HALF * (half + whole)


def colour_key(material: GlbMaterial) -> Key | None:
    """What makes a colour map what it is."""
    if material.colour_map is None:
        return None
    sharp = min(material.colour[3] * 0.5 / max(material.cutoff, 1e-3), 1e3) if material.alpha == "mask" else 1.0
    return ("colour", material.colour_map.image, -1, sharp)


def normal_key(material: GlbMaterial) -> Key | None:
    """What makes a normal map what it is; none if it is laid out otherwise than the rest."""
    one = material.normal_map
    return ("normal", one.image, -1, one.strength) if one and one.layout == material.layout else None


def glow_key(material: GlbMaterial) -> Key | None:
    """What makes an emissive map what it is; none if it is laid out otherwise than the rest, or shines with nothing."""
    one = material.emissive_map
    return ("glow", one.image, -1, 1.0) if one and one.layout == material.layout and any(material.emissive) else None


def surface_key(material: GlbMaterial) -> Key | None:
    """What makes a surface map what it is, of the textures that are laid out as the rest."""
    maps = (material.rough_map, material.occlusion_map)
    rough, shade = (one if one and one.layout == material.layout else None for one in maps)
    if rough is None and shade is None:
        return None
    strength = min(max(shade.strength, 0.0), 1.0) if shade else 1.0
    return ("surface", rough.image if rough else -1, shade.image if shade else -1, strength)
