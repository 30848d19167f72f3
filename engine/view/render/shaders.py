"""GLSL programs, one file each.

A file holds a vertex and a fragment shader, between `#ifdef VERTEX` and `#ifdef FRAGMENT`, and may include `eye.glsl` (where
a point lands in each eye), `copies.glsl` (where each of many copies stands), `lake.glsl`, `mirror.glsl` and `ripples.glsl`
(the flat face of a lake, its mirror image, what stirs it), `light.glsl` (sun, sky, air, shadow, tone), `lamp.glsl` (live
lamps), `skin.glsl` (what light goes into), `cloud.glsl`, and for rooms `indoor.glsl`, `cast.glsl` and `sunbeam.glsl`.
Variants are made by further words: `program("surface", "COPIES", "MAPS")`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import panda3d.core as p3d

_FOLDER = Path(__file__).resolve().parent


class ShaderError(Exception):
    """A program does not exist or Panda3D does not take it; OpenGL's own messages are printed as it compiles."""


@cache
def program(name: str, *words: str) -> p3d.Shader:
    """The program of `NAME.glsl`, with `words` defined."""
    vertex, fragment = (_text(name, (stage, *words)) for stage in ("VERTEX", "FRAGMENT"))
    shader = p3d.Shader.make(p3d.Shader.SL_GLSL, vertex, fragment)
    if shader is None:
        raise ShaderError(f"{name}.glsl is not a GLSL program")
    return shader


def _text(name: str, words: tuple[str, ...]) -> str:
    defines = "".join(f"#define {word}\n" for word in words)
    return f"#version 330\n{_extensions()}{defines}{_included(f'{name}.glsl')}"


def _extensions() -> str:
    # Extensions must be asked for before the first other statement, which an included file cannot promise.
    wanted = ("GL_ARB_shader_viewport_layer_array", "GL_ARB_sample_shading")
    return "".join(f"#extension {name} : enable\n" for name in wanted)


def _included(file: str) -> str:
    try:
        lines = (_FOLDER / file).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ShaderError(f"there is no shader file {file} in {_FOLDER}") from error
    found = (line.removeprefix('#include "').rstrip('"') if line.startswith("#include") else None for line in lines)
    return "".join(f"{line}\n" if other is None else _included(other) for line, other in zip(lines, found, strict=True))
