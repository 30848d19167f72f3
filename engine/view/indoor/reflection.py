"""What a room looks like from its middle, for things that mirror it: six pictures, blurred more and more for rougher surfaces."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

from engine.view.eyes import Eyes, projection
from engine.view.render.mirror import PROBE
from engine.view.stage import Stage

Array = NDArray[np.float32]

SIDE = 256
"""Pixels of each of the six sides: what hangs on the other wall of a room of 4 m is known again in a window pane by night."""

LEVELS = 6
"""Mipmaps: the first is for what mirrors as `SMOOTHEST`, the last, 4 pixels wide, for roughness 1; between them the root of
roughness grows evenly (`room_mirrored` in `indoor.glsl` has the same)."""

SMOOTHEST = 0.06
"""The least roughness that shaders know."""

COARSE = 16
"""Pixels of each side of the picture that rough surfaces blur."""

# OpenGL's sides (specification 4.6, table 8.19): for each its right, its down and ahead, in the scene's axes.
_SIDES = (
    ((0, 0, -1), (0, -1, 0), (1, 0, 0)),
    ((0, 0, 1), (0, -1, 0), (-1, 0, 0)),
    ((1, 0, 0), (0, 0, 1), (0, 1, 0)),
    ((1, 0, 0), (0, 0, -1), (0, -1, 0)),
    ((1, 0, 0), (0, -1, 0), (0, 0, 1)),
    ((-1, 0, 0), (0, -1, 0), (0, 0, -1)),
)


def blank(name: str) -> p3d.Texture:
    """A probe that shows nothing yet."""
    texture = p3d.Texture(f"probe {name}")
    texture.setup_cube_map(SIDE, p3d.Texture.T_float, p3d.Texture.F_rgb16)
    texture.set_minfilter(p3d.SamplerState.FT_linear_mipmap_linear)
    texture.set_magfilter(p3d.SamplerState.FT_linear)
    fill(texture, [np.zeros((6, SIDE >> level, SIDE >> level, 3), np.float32) for level in range(LEVELS)])
    return texture


def look_round(stage: Stage, middle: Sequence[float]) -> Array:
    """The scene from a point, 6 x SIDE x SIDE x 3, linear; rows and columns as OpenGL has them."""
    properties = p3d.FrameBufferProperties()
    properties.set_float_color(True)
    properties.set_rgba_bits(16, 16, 16, 16)
    properties.set_depth_bits(24)
    output = stage.buffer("probe", (SIDE * 3, SIDE * 2), properties=properties)
    output.set_clear_color(p3d.LVecBase4f(0, 0, 0, 1))
    output.set_clear_depth_active(True)
    picture = p3d.Texture("probe")
    output.add_render_texture(picture, p3d.GraphicsOutput.RTM_bind_or_copy, p3d.GraphicsOutput.RTP_color)
    all_eyes = []
    for index, (right, down, ahead) in enumerate(_SIDES):
        eyes = Eyes(stage.root, "mono", PROBE)
        eyes.top.set_shader_input("tone_map", 0)
        up = tuple(-each for each in down)
        pose = p3d.LMatrix4f(*right, 0, *ahead, 0, *up, 0, *map(float, middle), 1)
        inverse = p3d.LMatrix4f()
        inverse.invert_affine_from(pose)
        eyes.set(0, inverse * projection((-1.0, 1.0, -1.0, 1.0)), pose.get_row3(3))
        eyes.camera.set_mat(pose)
        eyes.camera.node().set_cull_bounds(p3d.OmniBoundingVolume())
        x, y = index % 3, index // 3
        output.make_display_region(x / 3, (x + 1) / 3, y / 2, (y + 1) / 2).set_camera(eyes.camera)
        # OpenGL's sides are seen from outside the cube, which mirrors them: the winding is turned about.
        if _mirrored(right, up, ahead):
            eyes.top.set_attrib(p3d.CullFaceAttrib.make(p3d.CullFaceAttrib.M_cull_counter_clockwise))
        all_eyes.append(eyes)
    stage.draw_only(output)
    stage.engine.extract_texture_data(picture, output.get_gsg())
    kind = np.float32 if picture.get_component_type() == p3d.Texture.T_float else np.float16
    sheet = np.frombuffer(picture.get_ram_image(), kind).reshape(2 * SIDE, 3 * SIDE, -1)[..., 2::-1].astype(np.float32)
    for eyes in all_eyes:
        eyes.close()
    output.remove_all_display_regions()
    stage.remove(output)
    sides = []
    for index in range(6):
        x, y = index % 3 * SIDE, index // 3 * SIDE
        sides.append(sheet[y : y + SIDE, x : x + SIDE][::-1])  # OpenGL's pictures begin below, a side's rows above (its `down`)
    return np.stack(sides)


def _mirrored(right: Sequence[int], up: Sequence[int], ahead: Sequence[int]) -> bool:
    """Whether axes are left-handed."""
    return bool(np.dot(np.cross(right, ahead), up) < 0)


def rays(side: int) -> Array:
    """Unit vectors through the pixels of all six sides, 6 x side x side x 3."""
    across = (np.arange(side) + 0.5) / side * 2 - 1
    v, u = np.meshgrid(across, across, indexing="ij")
    found = []
    for right, down, ahead in _SIDES:
        ray = np.multiply.outer(u, right) + np.multiply.outer(v, down) + np.array(ahead, float)
        found.append(ray / np.linalg.norm(ray, axis=-1, keepdims=True))
    return np.stack(found).astype(np.float32)


def mirrored(picture: Array) -> list[Array]:
    """What surfaces mirror of a picture, a mipmap for each roughness, by the lobe of GGX (Walter and others, 2007) about the
    mirrored direction."""
    made = []
    for level in range(LEVELS):
        side, step = SIDE >> level, 1 << level
        sharp = level < 2
        made.append(
            picture.reshape(6, side, step, side, step, 3).mean((2, 4)) if sharp else doubled(blurred(picture, side // 2, level))
        )
    return made


def doubled(sides: Array) -> Array:
    """Six pictures with twice the pixels each way, between the given ones evenly: what is blurred has nothing finer to show."""
    for axis in (1, 2):
        wide = sides.shape[axis]
        before, after = sides.take([0, *range(wide - 1)], axis), sides.take([*range(1, wide), wide - 1], axis)
        pair = np.stack([0.75 * sides + 0.25 * before, 0.75 * sides + 0.25 * after], axis + 1)
        sides = pair.reshape([2 * n if at == axis else n for at, n in enumerate(sides.shape)])
    return np.asarray(sides, np.float32)


def fill(texture: p3d.Texture, levels: Sequence[Array]) -> None:
    """Put mipmaps into a probe."""
    for level, made in enumerate(levels):
        data = np.ascontiguousarray(made[..., ::-1], np.float32).tobytes()
        if level == 0:
            texture.set_ram_image(data)
        else:
            texture.set_ram_mipmap_image(level, p3d.PTA_uchar(data))


def blurred(picture: Array, side: int, level: int) -> Array:
    """A picture seen by a mirror as rough as a mipmap is for, `side` pixels wide."""
    least = SMOOTHEST**0.5
    rough = (least + (1.0 - least) * level / (LEVELS - 1)) ** 2
    step = picture.shape[1] // COARSE
    coarse = picture.reshape(6, COARSE, step, COARSE, step, 3).mean((2, 4))
    source = rays(coarse.shape[1])
    u = (np.arange(coarse.shape[1]) + 0.5) / coarse.shape[1] * 2 - 1
    solid = (1 + u[:, None] ** 2 + u[None, :] ** 2) ** -1.5
    weights = np.tile(solid, (6, 1, 1)).ravel()
    light = coarse.reshape(-1, 3)
    along = source.reshape(-1, 3)
    alpha = max(rough * rough, 0.004)
    out = rays(side).reshape(-1, 3)
    made = np.empty_like(out)
    for start in range(0, len(out), 2048):
        cosine = out[start : start + 2048] @ along.T
        # The half vector lies half-way: cos of half the angle between the mirrored and another direction.
        half = np.clip((1 + cosine) / 2, 0.0, 1.0)
        lobe = 1.0 / (half * (alpha * alpha - 1) + 1) ** 2 * np.maximum(cosine, 0.0) * weights
        made[start : start + 2048] = lobe @ light / lobe.sum(1, keepdims=True)
    return made.reshape(6, side, side, 3)
