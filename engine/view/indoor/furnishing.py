"""Puts the things of a scene into its rooms: what of each stands still, moves by joints, moves freely, shines, is written on."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from itertools import chain, islice

import numpy as np
import panda3d.core as p3d

from engine.spec.expression import Value
from engine.view.geometry.clay import build_clay
from engine.view.geometry.geoms import geom
from engine.view.geometry.mesh import Floats, Part
from engine.view.geometry.outside import SIGHTS, before, turned_about
from engine.view.geometry.parts import build_parts
from engine.view.geometry.textures import colour_texture
from engine.view.indoor.cast import BALLS, Ball
from engine.view.indoor.house import House
from engine.view.indoor.movers import RoomMovers
from engine.view.indoor.panels import lift_of
from engine.view.indoor.pieces import Mount
from engine.view.indoor.spots import STEP
from engine.view.living import Living, gathered
from engine.view.movers import gather
from engine.view.moving import Joints
from engine.view.render.shaders import program
from engine.view.render.shadow import SHADOW
from engine.view.screens import Screen, attach_screen
from engine.world import World
from engine.world.joints import pose_of, slid_pose
from engine.world.rooms import BEARING, Side
from engine.world.vectors import Transform, heading

Path = tuple[str, ...]
Live = list[tuple[Path, Callable[[Value], None]]]


class Furnishing:
    """All bodies of a world in its house. `changing` are the paths that the scenario may change; `live` is added to."""

    def __init__(
        self, house: House, world: World, joints: Joints, living: Living, *, changing: Collection[Path], live: Live
    ) -> None:
        self.house, self.world, self.joints, self.living = house, world, joints, living
        self.changing, self.live = changing, live
        self.screens: dict[tuple[str, str], Screen] = {}
        self.free: dict[str, p3d.NodePath] = {}
        """Bodies that a hand can take: they follow `World.places`."""
        self._lit_at: dict[str, Floats] = {}
        self._painted: dict[tuple[str, int], p3d.Texture] = {}
        parts = {
            name: build_parts(body.card, body.parameters) if body.card.model else build_clay(body)
            for name, body in world.bodies.items()
            if name != "environment"
        }
        together = gather({name: some for name, some in parts.items() if self._loose(name)})
        self.movers = [RoomMovers(house, names, parts[names[0]]) for names in together]
        """Bodies that a hand can take and that are drawn together."""
        taken = {name for names in together for name in names}
        for name, some in parts.items():
            if name not in taken:
                self._furnish(name, some)
        self._sights()

    def follow(self, moved: bool, hands: Sequence[tuple[p3d.NodePath, Ball]]) -> None:
        """Give what moves the light of where it is, and throw its shadow; `hands` are shown, each a node and a ball."""
        for name, node in self.free.items():
            at = np.array(self.world.places[name].position, np.float32)
            before = self._lit_at.get(name)
            if before is None or np.abs(at - before).max() > STEP:
                self._lit_at[name] = at
                self.house.enter(node, self.world.places[name].position)
        for node in self.living.breathing:
            self.house.places.own(node)
        if moved:
            self.house.relight()
        shown = [(name, node) for name, node in self.free.items() if not node.is_hidden()]
        carried = chain((name for name, _ in shown), *(each.there() for each in self.movers))
        balls = [*(ball for _, ball in hands), *map(self._ball, islice(carried, max(0, BALLS - len(hands))))]
        movers = [*(node for node, _ in hands), *(node for _, node in shown), *self.joints.away(), *self.living.away()]
        movers += [node for each in self.movers for node in each.casting()]
        self.house.cast_from(movers, balls, self._casting_in([*(node for node, _ in hands), *(node for _, node in shown)]), moved)

    def _casting_in(self, loose: Sequence[p3d.NodePath]) -> str:
        """The room in which shadows are thrown: where the person is, unless all that is loose is in others."""
        here = self.house.room_near(self.world.origin.position)
        homes = [node.get_parent() for node in loose]
        if not homes or self.house.node(here) in homes:
            return here
        return next((name for name, room in self.house.rooms.items() if room.node in homes), here)

    def _ball(self, name: str) -> Ball:
        """A thing as a ball of its volume, or as wide as it is if it is flat: it shades what it lies on up to its edge."""
        width, depth, height = self.world.bodies[name].size
        middle = self.world.places[name].point((0.0, 0.0, height / 2))
        return (*middle, 0.5 * max(float(np.cbrt(width * depth * height)), math.sqrt(width * depth)))

    def _loose(self, name: str) -> bool:
        """Whether a body moves freely, and is or may come to be there."""
        there = self.world.present(name) or (name, "present") in self.changing
        return there and self.world.bodies[name].card.grab is not None

    def _furnish(self, name: str, parts: list[Part]) -> None:
        body = self.world.bodies[name]
        leaves = (name, "present") in self.changing
        if not parts or not (leaves or self.world.present(name)):
            return
        lift = Transform((0.0, 0.0, lift_of(self.world, name)))
        places = [lift @ (self.world.places[name] @ copy) for copy in body.copies]
        shining = [part for part in parts if part.shines]
        rest = [part for part in parts if not part.shines]
        for part in shining:
            self.house.add_lamp(name, part, [matrix(place) for place in places])
            self.live.append(((name, part.shines), lambda value, thing=name: self.house.shine(thing, float(value))))  # type: ignore[misc]
        if body.card.grab is not None:
            self._free(name, rest)
            return
        for place in places:
            self._stand(name, place, rest, leaves)

    def _free(self, name: str, parts: list[Part]) -> None:
        node = self.house.node(self.house.room_near(self.world.places[name].position)).attach_new_node(name)
        self.free[name] = node
        for part in parts:
            self.house.add_free(part, self.joints.node(name, part.joint, node))
        self._appears(name, node)

    def _stand(self, name: str, place: Transform, parts: list[Part], leaves: bool) -> None:
        """One copy of a thing that stands where it is, though parts of it may move."""
        own = [part for part in parts if leaves or _apart(part)]
        for part in parts:
            if not (leaves or _apart(part)):
                self.house.add(part, matrix(place))
        if not own:
            return
        room = self.house.room_near(place.position)
        node = self.house.node(room).attach_new_node(name)
        node.set_pos_quat(p3d.LVecBase3f(*place.position), p3d.LQuaternionf(*place.turn))
        living: dict[tuple[str, str, str, str], p3d.NodePath] = {}
        for part in own:
            key = (part.joint, part.follows, part.gathers, part.flashes)
            if key not in living:
                living[key] = self._alive(name, part, self.joints.node(name, part.joint, node))
            parent = living[key]
            if part.screen:
                self.house.places.own(parent)
                self.screens[name, part.screen] = attach_screen(parent, part)
                continue
            now = matrix(place @ pose_of(self.world, name, part.joint)) @ self._hung(name, part)
            slid = slid_pose(self.world, name, part.joint)
            away = None if slid is None else matrix(place @ slid)
            self.house.mount(part, Mount(parent, room, now, away))
        if leaves:
            self._appears(name, node)

    def _alive(self, name: str, part: Part, parent: p3d.NodePath) -> p3d.NodePath:
        """The node for parts like this one beneath that of their joint."""
        body = self.world.bodies[name]
        if part.follows == "rr":
            return self.living.chest(name, parent)
        if part.gathers:
            return self.living.curtain((name, part.gathers), body.size[0], parent)
        if part.flashes:
            return self.living.lamp(name, parent)
        return parent

    def _hung(self, name: str, part: Part) -> Floats:
        """How a part of a curtain is put aside now, 4 x 4; other parts are not."""
        aside = np.eye(4, dtype=np.float32)
        if part.gathers:
            drawn = float(self.world.properties[name, part.gathers])
            aside[0, 3], aside[0, 0], aside[1, 1] = gathered(drawn, self.world.bodies[name].size[0])
        return aside

    def _appears(self, name: str, node: p3d.NodePath) -> None:
        def appear(value: Value) -> None:
            node.show() if value else node.hide()

        if (name, "present") in self.world.properties:
            self.live.append(((name, "present"), appear))

    def _sights(self) -> None:
        """What lies outside the windows: one sight for all windows of a side that show the same."""
        if "environment" in self.world.bodies:
            return  # it lies outside
        found: dict[tuple[Side, str], Transform] = {}
        for room in self.world.rooms.values():
            for side, wall in room.walls.items():
                for hole in wall.holes:
                    view = str(self.world.bodies[hole.opening].parameters.get("view", ""))
                    if hole.behind or view not in SIGHTS or (side, view) in found:
                        continue
                    x, y, z = wall.point(hole.along, hole.up + hole.height / 2)
                    found[side, view] = Transform((x, y, z), heading(BEARING[side]))
        looked = {BEARING[side] for side, _ in found}
        for (side, view), place in found.items():
            at = BEARING[side]
            self._sight(view, place, ((at - 90.0) % 360.0 in looked, (at + 90.0) % 360.0 in looked), at % 180.0 > 0.0)

    def _sight(self, view: str, place: Transform, beside: tuple[bool, bool], turned: bool) -> None:
        """One sight; `beside` says whether there are others to its left and right."""
        sight = SIGHTS[view]
        for index, whole in enumerate(sight.build()):
            part = whole if whole.name == "lawn" else before(whole, *beside)
            part = turned_about(part) if turned and part.name == "sky" else part
            node = p3d.GeomNode(part.name)
            node.add_geom(geom([(part.mesh, matrix(place))], tangents=True))
            path = self.house.stage.root.attach_new_node(node)
            leafy = part.mesh.material.leafy
            path.set_shader(program("outside", *(["CUT"] if leafy else [])))
            if leafy:
                path.set_transparency(p3d.TransparencyAttrib.M_multisample)
            path.set_shader_input("picture", self.house.picture)
            pixels = part.mesh.material.colour_map
            assert pixels is not None
            if (view, index) not in self._painted:
                painted = self._painted[view, index] = colour_texture(part.name, pixels, repeat=not leafy)
                if part.name != "lawn":  # grass is seen at a slant, and is as sharp there as the stage says
                    painted.set_anisotropic_degree(1)
            path.set_shader_input("colour_map", self._painted[view, index])
            path.set_shader_input("base", p3d.LVecBase4f(sight.lit, sight.shining, sight.mirrored, 0))
            path.set_shader_input("haze", p3d.LVecBase3f(*sight.haze))
            path.set_two_sided(True)
            path.hide(p3d.BitMask32(SHADOW))


def _apart(part: Part) -> bool:
    """Whether a part needs a node of its own."""
    return bool(part.joint or part.screen or part.follows == "rr" or part.gathers or part.flashes)


def matrix(place: Transform) -> Floats:
    """A place as 4 x 4, column vectors."""
    rows = p3d.LMatrix4f()
    p3d.LQuaternionf(*place.turn).extract_to_matrix(rows)
    rows.set_row(3, p3d.LVecBase3f(*place.position))
    return np.array(rows.get_rows(), np.float32).T
