"""Arrays to Panda3D textures."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

_COLOUR = {1: p3d.Texture.F_sluminance, 3: p3d.Texture.F_srgb, 4: p3d.Texture.F_srgb_alpha}
_DATA = {1: p3d.Texture.F_red, 2: p3d.Texture.F_rg, 3: p3d.Texture.F_rgb, 4: p3d.Texture.F_rgba}
_FLOAT = {3: p3d.Texture.F_rgb16, 4: p3d.Texture.F_rgba16}


def colour_texture(name: str, pixels: NDArray[np.uint8], *, repeat: bool = True) -> p3d.Texture:
    """A picture in sRGB, top row first, with mipmaps."""
    return _bytes(name, pixels, _COLOUR, repeat=repeat)


def data_texture(name: str, pixels: NDArray[np.uint8], *, repeat: bool = True) -> p3d.Texture:
    """Bytes that are no colours (normals, roughness), top row first, with mipmaps."""
    return _bytes(name, pixels, _DATA, repeat=repeat)


def float_texture(name: str, values: NDArray[np.float32], *, mipmaps: bool = False) -> p3d.Texture:
    """Half floats; row 0 is v = 0. Repeats if it has mipmaps, else its edges hold."""
    height, width, channels = values.shape
    texture = p3d.Texture(name)
    texture.setup_2d_texture(width, height, p3d.Texture.T_float, _FLOAT[channels])
    texture.set_ram_image(_ordered(values).tobytes())
    wrap = p3d.SamplerState.WM_repeat if mipmaps else p3d.SamplerState.WM_clamp
    texture.set_wrap_u(wrap)
    texture.set_wrap_v(wrap)
    texture.set_minfilter(p3d.SamplerState.FT_linear_mipmap_linear if mipmaps else p3d.SamplerState.FT_linear)
    return texture


def share_texture(name: str, values: NDArray[np.float32]) -> p3d.Texture:
    """Shares, 0-1, rows x columns, in bytes; row 0 is v = 0, and its edges hold."""
    height, width = values.shape
    texture = p3d.Texture(name)
    texture.setup_2d_texture(width, height, p3d.Texture.T_unsigned_byte, p3d.Texture.F_red)
    texture.set_ram_image(np.round(np.clip(values, 0.0, 1.0) * 255).astype(np.uint8).tobytes())
    texture.set_wrap_u(p3d.SamplerState.WM_clamp)
    texture.set_wrap_v(p3d.SamplerState.WM_clamp)
    return texture


def matrix_texture(name: str, copies: NDArray[np.float32]) -> p3d.Texture:
    """The upper three rows of k matrices, for `COPIES` programs."""
    rows = np.ascontiguousarray(copies[:, :3, :], dtype=np.float32).reshape(-1, 4)
    return row_texture(name, rows, p3d.GeomEnums.UH_static)


def row_texture(name: str, rows: NDArray[np.float32], usage: p3d.GeomEnums = p3d.GeomEnums.UH_dynamic) -> p3d.Texture:
    """A texture buffer of n x 4 floats, which a program fetches by their index; `usage` says whether they change."""
    texture = p3d.Texture(name)
    texture.setup_buffer_texture(len(rows), p3d.Texture.T_float, p3d.Texture.F_rgba32, usage)
    # Panda3D hands a buffer texture over as it is, without turning blue and red about.
    texture.set_ram_image(rows.tobytes())
    return texture


def _bytes(name: str, pixels: NDArray[np.uint8], formats: Mapping[int, int], *, repeat: bool) -> p3d.Texture:
    height, width, channels = pixels.shape
    texture = p3d.Texture(name)
    texture.setup_2d_texture(width, height, p3d.Texture.T_unsigned_byte, formats[channels])
    texture.set_ram_image(_ordered(pixels[::-1]).tobytes())
    wrap = p3d.SamplerState.WM_repeat if repeat else p3d.SamplerState.WM_clamp
    texture.set_wrap_u(wrap)
    texture.set_wrap_v(wrap)
    texture.set_minfilter(p3d.SamplerState.FT_linear_mipmap_linear)
    return texture


def _ordered(values: NDArray[np.generic]) -> NDArray[np.generic]:
    """Panda3D keeps blue before red."""
    channels = values.shape[-1]
    order = (2, 1, 0, 3)[:channels] if channels >= 3 else tuple(range(channels))
    return np.ascontiguousarray(values[..., order])
