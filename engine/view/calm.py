"""The calm room: where one is after leaving. Dusk, far hills, a round of floor; nothing happens, nothing moves.

It is the engine's own and needs no scene, no light traced and no file: one draw call. It is made and drawn once before a session
begins, so that it is there at once whatever became of the scene.
"""

from __future__ import annotations

import panda3d.core as p3d

from engine.view.canvas import PICTURE
from engine.view.geometry.plain import BOX, BOX_FACES, never_culled, plain
from engine.view.render.shaders import program
from engine.view.stage import Stage

FADE = 0.6
"""Seconds from the scene to the calm room: gentle, and over within the second that leaving may take."""

AT_ONCE = 0.12
"""How much of it is there in the first picture: one sees that leaving worked."""

FLOOR = 3.2
"""Metres from the middle of its floor to the edge: more than a room in which one wears a headset."""


class CalmRoom:
    """The calm room on a stage. `warm` it before anyone looks; `show` fades it in over what is there."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.there = 0.0
        """How much of it is seen, 0 to 1."""
        self._node = p3d.NodePath(never_culled(plain("calm room", BOX, BOX_FACES)))
        self._node.set_shader(program("calm"))
        self._node.set_two_sided(True)
        self._node.set_depth_test(False)
        self._node.set_depth_write(False)
        self._node.set_bin("fixed", 90)
        self._node.set_transparency(p3d.TransparencyAttrib.M_premultiplied_alpha)
        self._node.hide(p3d.BitMask32(~PICTURE & 0xFFFF))
        self._set(0.0)

    def warm(self) -> None:
        """Draw it once, before anyone looks: its program is compiled then."""
        self._node.reparent_to(self.stage.root)
        self._set(1.0)
        self.stage.warm()
        self._set(0.0)
        self._node.detach_node()

    def show(self, seconds: float) -> None:
        """Be there as `seconds` after leaving; once it hides the scene, that is taken off the stage."""
        root = self.stage.root
        if self._node.get_parent() != root:
            self._node.reparent_to(root)
        self._set(min(1.0, AT_ONCE + (1.0 - AT_ONCE) * max(0.0, seconds) / FADE))
        if self.there < 1.0:
            return
        for child in root.get_children():
            if child != self._node and child.get_name() != "panels":
                child.stash()
        # The person's own floor is this room's; the devices' poses are in that space already.
        self.stage.scene_from_person = p3d.LMatrix4f.ident_mat()
        self.stage.solid = None

    def _set(self, there: float) -> None:
        self.there = there
        self._node.set_shader_input("calm", p3d.LVecBase4f(there, FLOOR, 0, 0))
