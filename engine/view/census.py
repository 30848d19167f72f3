"""What a stage draws, counted on the scene graph: draw calls, triangles, and the pictures that they read.

    for camera in cameras(canvas):
        drawn = [batch for batch in batches(camera) if batch.seen_by(camera)]

Counted is what Panda3D will hand to OpenGL: one call for each geom that the camera may see and that its cull volume touches,
instanced copies included as triangles of one call. `GL_PRIMITIVES_GENERATED` gives the same number of triangles (tested).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import panda3d.core as p3d

from engine.view.canvas import Canvas
from engine.view.geometry.geoms import MATERIALS_TAG
from engine.view.stage import Stage

_SAMPLER = re.compile(r"uniform\s+\w*[sS]ampler\w+\s+(\w+)")


@dataclass(frozen=True, slots=True)
class Picture:
    """A texture: what it is called, pixels, and bytes on the graphics card, its mipmaps included.

    Bytes are as cards keep them: three channels take the room of four.
    """

    number: int
    name: str
    size: tuple[int, int]
    bytes: int


@dataclass(frozen=True, eq=False)
class Batch:
    """One draw call of one camera. `above` are the names of the nodes that it hangs under, nearest last; `triangles` are those of
    all its copies, for all eyes that the call draws."""

    name: str
    above: tuple[str, ...]
    triangles: int
    shader: int
    pictures: tuple[Picture, ...]
    bounds: p3d.BoundingVolume
    materials: tuple[str, ...] = ()
    """Those of what is merged, by name."""

    def seen_by(self, camera: p3d.NodePath) -> bool:
        """Whether a camera does not cull it as it stands now."""
        from_scene = p3d.LMatrix4f()
        from_scene.invert_affine_from(camera.get_mat())
        bounds = self.bounds.make_copy()
        bounds.xform(from_scene)
        return bool(camera.node().get_cull_bounds().contains(bounds))


def cameras(canvas: Canvas) -> dict[str, p3d.NodePath]:
    """The cameras of what is drawn on a canvas's stage, by the name of what they draw on: `picture` is the canvas itself,
    others are drawn before it (`mirror`, `shadow near`). Other canvases that are open on the stage are in it too."""
    found = {}
    for output in canvas.stage.engine.get_windows():
        for region in output.get_display_regions():
            if not region.get_camera().is_empty():
                found["picture" if output == canvas.output else output.get_name()] = region.get_camera()
    return found


def batches(camera: p3d.NodePath) -> list[Batch]:
    """Every call by which a camera would draw if nothing were culled."""
    return list(_batches(camera))


def hide_heavy(stage: Stage, most: int) -> None:
    """Draw no node of more than `most` triangles, its copies included: for what is measured on software OpenGL."""
    for path in stage.root.find_all_matches("**/+GeomNode"):
        faces = sum(primitive.get_num_faces() for geom in path.node().get_geoms() for primitive in geom.get_primitives())
        if faces * max(1, path.get_net_state().get_attrib(p3d.ShaderAttrib).get_instance_count()) > most:
            path.hide()


def _batches(camera: p3d.NodePath) -> Iterator[Batch]:
    lens = camera.node()
    scene = lens.get_scene()
    key = lens.get_tag_state_key()
    for path in scene.find_all_matches("**/+GeomNode"):
        if path.is_hidden(lens.get_camera_mask()):
            continue
        state, tag = path.get_net_state(), path.get_net_tag(key)
        if tag and lens.has_tag_state(tag):
            state = state.compose(lens.get_tag_state(tag))
        shading = state.get_attrib(p3d.ShaderAttrib)
        copies = max(1, shading.get_instance_count())
        node, matrix = path.node(), path.get_mat(scene)
        made_of = tuple(node.get_tag(MATERIALS_TAG).splitlines())
        above = tuple(each.get_name() for each in reversed(list(path.get_ancestors())[1:]))
        for geom in node.get_geoms():
            # An instanced node says itself how far its copies reach; otherwise each geom is culled by its own bounds.
            bounds = (node.get_bounds() if copies > 1 and node.is_final() else geom.get_bounds()).make_copy()
            bounds.xform(matrix)
            faces = sum(primitive.get_num_faces() for primitive in geom.get_primitives())
            pictures = tuple(_pictures(shading))
            yield Batch(path.get_name(), above, faces * copies, shading.get_shader().this, pictures, bounds, made_of)


def _pictures(shading: p3d.ShaderAttrib) -> Iterator[Picture]:
    """What the samplers of a program are given; what is given and never read is not on the card either."""
    shader = shading.get_shader()
    text = shader.get_text(p3d.Shader.ST_vertex) + shader.get_text(p3d.Shader.ST_fragment)
    for name in sorted(set(_SAMPLER.findall(text))):
        if shading.has_shader_input(name):
            texture = shading.get_shader_input_texture(name)
            size = (texture.get_x_size(), texture.get_y_size())
            yield Picture(texture.this, texture.get_name(), size, texture.estimate_texture_memory())
