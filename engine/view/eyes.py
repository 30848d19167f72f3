"""Eyes: where a picture is seen from, as a Panda3D camera and as the shader inputs of `render/eye.glsl`.

All stereo lives here and in that one GLSL file. Whatever the mode, a picture is one DisplayRegion with one camera, so that one
draw callback holds all of it:

    mono          the scene once
    two_pass      the scene twice, under two nodes that differ in `eye_first`; works on every GL
    single_pass   the scene once, every draw call instanced twice; the eye is `gl_InstanceID & 1`

The matrices are arrays that the shaders read as they are drawn, so `aim` may be called until the last moment (late latching).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import panda3d.core as p3d

from headset.driver import Stereo, View

NEAR = 0.08
"""Metres to the nearest thing drawn. There is no far plane: the projection is infinite (Lengyel, FGED volume 2, section 6.3)."""

SAME = 1e-5
"""Metres, and shares of 1, by which eyes may stand otherwise to each other and see the same."""

CULL_FAR = 20_000.0
"""Metres beyond which nothing is looked for."""

COPIES_TAG = "copies"
"""Nodes drawn n times by instancing carry n under this tag, so that single pass can draw them 2 n times."""


Fov = tuple[float, float, float, float]


def pose_matrix(view: View) -> p3d.LMatrix4f:
    """From an eye's own axes (x right, y ahead, z up) to the person's space."""
    matrix = p3d.LMatrix4f()
    p3d.LQuaternionf(*view.orientation).extract_to_matrix(matrix)
    matrix.set_row(3, p3d.LVecBase3f(*view.position))
    return matrix


def projection(fov: Fov, near: float = NEAR) -> p3d.LMatrix4f:
    """From an eye's own axes to OpenGL's clip space, for the tangents left, right, down, up; the far plane is at infinity."""
    left, right, down, up = fov
    wide, high = right - left, up - down
    return p3d.LMatrix4f(
        *(2 / wide, 0, 0, 0),
        *(-(right + left) / wide, -(up + down) / high, 1, 1),
        *(0, 2 / high, 0, 0),
        *(0, 0, -2 * near, 0),
    )


_projected = lru_cache(maxsize=16)(projection)
"""The same, kept: a headset's angles stay. Nothing may change what it gives."""


class Eyes:
    """One or two eyes that see `scene`; `mask` are the bits of the nodes that they can see."""

    def __init__(self, scene: p3d.NodePath, stereo: Stereo, mask: int = 1) -> None:
        self.stereo = stereo
        self.count = 1 if stereo == "mono" else 2
        self.scene_from_eye = [p3d.LMatrix4f.ident_mat()] * self.count
        self.fovs = [(-1.0, 1.0, -1.0, 1.0)] * self.count
        self._culled: tuple[list[Fov], list[p3d.LMatrix4f]] = ([], [])
        self._view_projection = p3d.PTA_LMatrix4f.empty_array(2)
        self._position = p3d.PTA_LVecBase4f.empty_array(2)
        self._tangents = p3d.PTA_LVecBase4f.empty_array(2)
        for eye in range(2):
            self.set(eye, p3d.LMatrix4f.ident_mat(), p3d.LVecBase3f(0))
            self._tangents.set_element(eye, p3d.LVecBase4f(-1, 1, -1, 1))
        self.top = p3d.NodePath("eyes")
        self.top.set_shader_input("eye_view_projection", self._view_projection)
        self.top.set_shader_input("eye_position", self._position)
        self.top.set_shader_input("eye_tangents", self._tangents)
        self.top.set_shader_input("stereo", 1 if stereo == "single_pass" else 0)
        self.top.set_shader_input("eye_seam", 0)
        self.top.set_shader_input("tone_map", 1)
        self.top.set_shader_input("encode", 0)
        self.ends: list[p3d.NodePath] = []
        """What draws with the eyes: a node for each pass over the scene."""
        for eye in range(2 if stereo == "two_pass" else 1):
            node = self.top.attach_new_node(f"eye{eye}")
            node.set_shader_input("eye_first", eye)
            scene.instance_to(node)
            self.ends.append(node)
        node = p3d.Camera("eyes", p3d.MatrixLens())
        node.set_scene(self.top)
        node.set_camera_mask(p3d.BitMask32(mask))
        node.set_tag_state_key(COPIES_TAG)
        if stereo == "single_pass":
            self.top.set_instance_count(2)
        # Not beneath the scene that it sees: the two would keep each other alive for ever.
        self.camera = p3d.NodePath(node)

    def halve(self, width: int) -> None:
        """Say how wide the whole picture is, in pixels."""
        self.top.set_shader_input("eye_seam", width // 2 if self.count == 2 else 0)

    def know_copies(self, copies: int) -> None:
        """Draw what is tagged as `copies` instances for each eye (Panda3D's instance counts replace each other, never
        multiply)."""
        if self.stereo == "single_pass":
            state = p3d.NodePath("copies")
            state.set_instance_count(2 * copies)
            self.camera.node().set_tag_state(str(copies), state.get_state())

    def look(self, views: Sequence[View], scene_from_person: p3d.LMatrix4f) -> None:
        """Set eyes, camera and what is culled, before a frame is drawn."""
        self.aim(views, scene_from_person)
        self.cull()

    def cull(self) -> None:
        """Take the camera to the eyes as they are set, and cull what none of them sees."""
        middle = p3d.LMatrix4f(self.scene_from_eye[0])
        if self.count == 2:
            middle.set_row(3, (self.scene_from_eye[0].get_row3(3) + self.scene_from_eye[1].get_row3(3)) * 0.5)
        self.camera.set_mat(middle)
        camera_from_scene = p3d.LMatrix4f()
        camera_from_scene.invert_affine_from(middle)
        camera_from_eyes = [scene_from_eye * camera_from_scene for scene_from_eye in self.scene_from_eye]
        fovs, before = self._culled
        # A head that moves takes both eyes along.
        if fovs == self.fovs and all(one.almost_equal(was, SAME) for one, was in zip(camera_from_eyes, before, strict=True)):
            return
        self._culled = (list(self.fovs), camera_from_eyes)
        self.camera.node().set_cull_bounds(self._union(camera_from_eyes))

    def aim(self, views: Sequence[View], scene_from_person: p3d.LMatrix4f) -> None:
        """Set only the matrices with which is drawn; what was culled stays culled."""
        if len(views) != self.count:
            raise ValueError(f"{self.stereo} needs {self.count} views, got {len(views)}")
        self.place([pose_matrix(view) * scene_from_person for view in views], [view.fov for view in views])

    def place(
        self, scene_from_eye: list[p3d.LMatrix4f], fovs: list[Fov], projections: Sequence[p3d.LMatrix4f] | None = None
    ) -> None:
        """The same in the scene's axes, with the eyes' `projections` if they have ones of their own."""
        if fovs != self.fovs:
            for eye, fov in enumerate(fovs):
                self._tangents.set_element(eye, p3d.LVecBase4f(*fov))
        self.fovs, self.scene_from_eye = fovs, scene_from_eye
        for eye, matrix in enumerate(scene_from_eye):
            eye_from_scene = p3d.LMatrix4f()
            eye_from_scene.invert_affine_from(matrix)
            clip_from_eye = _projected(fovs[eye]) if projections is None else projections[eye]
            self.set(eye, eye_from_scene * clip_from_eye, matrix.get_row3(3))

    def set(self, eye: int, clip_from_scene: p3d.LMatrix4f, position: p3d.LVecBase3f) -> None:
        """Set one eye's shader inputs."""
        self._view_projection.set_element(eye, clip_from_scene)
        self._position.set_element(eye, p3d.LVecBase4f(position, 1))

    def matrices(self) -> p3d.PTA_LMatrix4f:
        """The live array of the eyes' matrices, scene to clip space."""
        return self._view_projection

    def _union(self, camera_from_eyes: Sequence[p3d.LMatrix4f]) -> p3d.BoundingVolume:
        """A frustum in the camera's axes that holds those of all eyes: the widest tangents, from a point behind both."""
        across: list[float] = []
        upward: list[float] = []
        aside = 0.0
        for (left, right, down, up), camera_from_eye in zip(self.fovs, camera_from_eyes, strict=True):
            offset = camera_from_eye.get_row3(3)
            aside = max(aside, offset.length())
            for x in (left, right):
                for z in (down, up):
                    ray = camera_from_eye.xform_vec(p3d.LVecBase3f(x, 1, z))
                    across.append(ray[0] / max(ray[1], 0.1))
                    upward.append(ray[2] / max(ray[1], 0.1))
        left, right, down, up = min(across), max(across), min(upward), max(upward)
        back = aside * (1 + 1 / max(0.1, min(-left, right, -down, up)))
        corners = [
            p3d.LPoint3f(x * far, far - back, z * far)
            for far in (CULL_FAR, 0.01)
            for x, z in ((left, down), (right, down), (right, up), (left, up))
        ]
        return p3d.BoundingHexahedron(*corners)

    def close(self) -> None:
        """Let go of the scene."""
        self.camera.node().set_scene(p3d.NodePath())
        self.top.node().remove_all_children()
        self.top.clear()
