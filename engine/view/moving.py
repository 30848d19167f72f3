"""What moves: parts that go by the joints of their card, and where nodes that move are, as shaders are told it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import panda3d.core as p3d

from engine.spec.expression import Value
from engine.world import World
from engine.world.joints import driven_by, joint_transform, value_of

Path = tuple[str, ...]


class Places:
    """Where nodes beneath `root` are in it, as their input `scene_from_thing`; of all others that input is the identity.

    Panda3D's own matrix of a thing comes by way of the camera and back, 1e-7 off and not alike in one eye and in two: an edge may
    then fall on the other side of a sample. This one is computed once, whoever looks.
    """

    def __init__(self, root: p3d.NodePath) -> None:
        self.root = root
        self._own: dict[p3d.NodePath, p3d.PTA_LMatrix4f] = {}
        root.set_shader_input("scene_from_thing", p3d.LMatrix4f.ident_mat())

    def own(self, node: p3d.NodePath) -> None:
        """Tell a node, and what is beneath it, where it is; `follow` keeps it told."""
        if node not in self._own:
            self._own[node] = p3d.PTA_LMatrix4f.empty_array(1)
            node.set_shader_input("scene_from_thing", self._own[node])
        self._own[node].set_element(0, node.get_mat(self.root))

    def told(self) -> dict[p3d.NodePath, p3d.LMatrix4f]:
        """Where each node was last told that it is."""
        return {node: p3d.LMatrix4f(matrix.get_element(0)) for node, matrix in self._own.items()}

    def follow(self) -> None:
        """Something has moved: tell all anew."""
        for node, matrix in self._own.items():
            matrix.set_element(0, node.get_mat(self.root))


@dataclass(eq=False)
class _Moving:
    thing: str
    joint: str
    node: p3d.NodePath
    path: Path | None
    """The property that it goes by; None for a flag."""
    last: float | None = field(default=None)
    first: float | None = field(default=None)


class Joints:
    """The joint nodes of all things. A property is asked for at the display time, between two ticks; a flag as it is."""

    def __init__(self, world: World, value: Callable[[Path, float], Value]) -> None:
        self.world = world
        self._value = value
        self._moving: dict[tuple[p3d.NodePath, str], _Moving] = {}

    def node(self, thing: str, joint: str, body: p3d.NodePath) -> p3d.NodePath:
        """The node for parts of a thing that move with a joint, beneath the node of its body; of no joint, the body's own."""
        if not joint:
            return body
        key = (body, joint)
        if key not in self._moving:
            carrier = self.node(thing, self.world.bodies[thing].card.joints[joint].joint, body)
            made = carrier.attach_new_node(joint)
            self._moving[key] = _Moving(thing, joint, made, driven_by(self.world, thing, joint))
        return self._moving[key].node

    def away(self) -> Iterator[p3d.NodePath]:
        """The nodes of joints that are not as they were when they were first followed."""
        return (one.node for one in self._moving.values() if one.last != one.first)

    def follow(self, display_time: float) -> bool:
        """Move what has to be moved; whether anything was."""
        moved = False
        for one in self._moving.values():
            value = self._value(one.path, display_time) if one.path else value_of(self.world, one.thing, one.joint)
            assert not isinstance(value, str), f"{one.thing}: a word moves no joint"
            if value == one.last:
                continue
            one.last = float(value)
            if one.first is None:
                one.first = one.last
            pose = joint_transform(self.world.bodies[one.thing].card, one.joint, float(value))
            one.node.set_pos_quat(p3d.LVecBase3f(*pose.position), p3d.LQuaternionf(*pose.turn))
            moved = True
        return moved
