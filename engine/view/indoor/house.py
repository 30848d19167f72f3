"""The rooms of a scene on the stage: their shells and all that stands in them, lit.

    house = House(stage, world)
    house.add(part, matrix, ...)      # everything that is drawn in rooms
    house.finish()                    # traces the light, and attaches all
    house.shine("panels", 2000.0)     # a lamp's flux now
    house.enter(node, position)       # what moves freely takes on the light of where it is

What stands still is one geom for each room and material. Things that move by their joints are traced as they stand at the start.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

from engine.view.cache import Arrays, Given, kept
from engine.view.geometry.geoms import geom
from engine.view.geometry.looks import Look, Looks
from engine.view.geometry.mesh import Floats, Mesh, Part
from engine.view.geometry.room import HERE, Shell, build_shell
from engine.view.geometry.textures import float_texture
from engine.view.indoor.bake import LIVE, Group, Traced, bake, illuminance
from engine.view.indoor.drawn import Drawn
from engine.view.indoor.lightmap import Layout, lay_out
from engine.view.indoor.panels import Panel, adapted_white, let_in, panels_of
from engine.view.indoor.radiosity import Patches, make_patches, solve
from engine.view.indoor.reflection import LEVELS, blank, fill, look_round, mirrored
from engine.view.indoor.spots import centre, grid_of, light_at, nearest_room, some_triangles, vectors
from engine.view.indoor.tracing import Tracer
from engine.view.render.light import LUMINANCE
from engine.view.render.shaders import program
from engine.view.render.shadow import SHADOW
from engine.view.stage import Stage
from engine.world import World

KEY, ADAPTED, REFERENCE = 1.15, 0.8, 200.0
"""Exposure: in a room of REFERENCE lux a grey card of 18 % comes out as by `engine.view.render.tone` of KEY times its
reflectance; the eye makes up for ADAPTED of the difference in other rooms."""

Matrix = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class _Piece:
    """A mesh to be lit by its vertices: where it stands in the node it is put under, and where that is in the scene."""

    mesh: Mesh
    place: Matrix
    scene: Matrix
    parent: p3d.NodePath | None
    look: Look
    room: str
    hides: bool


@dataclass(eq=False)
class _Lit:
    """A room on the stage."""

    shell: Shell
    node: p3d.NodePath
    panels: list[Panel]
    patches: Patches
    light: p3d.PTA_LVecBase4f
    gain: p3d.PTA_LVecBase4f
    probe: p3d.Texture
    grid: NDArray[np.float32] | None = None
    """Points x, y, z of the grid, then 6 directions x (lux rgb, openness), then the panels seen."""
    seen: NDArray[np.float32] | None = None
    pieces: list[_Piece] = field(default_factory=list)


class House:
    """All rooms of a world beneath the stage's root."""

    def __init__(self, stage: Stage, world: World) -> None:
        self.stage, self.world = stage, world
        self.looks = Looks(indoors=True)
        lamps = [
            (float(body.parameters.get("white", 4000.0)), float(body.parameters.get("flux", 0.0)) * len(body.copies))
            for body in world.bodies.values()
            if body.card.kind == "light" and "flux" in body.card.live
        ]
        self.white = adapted_white(lamps)
        self.flux: dict[str, float] = {}
        self._shining: list[tuple[str, p3d.NodePath, Panel]] = []
        self._free: dict[p3d.NodePath, tuple[p3d.PTA_LVecBase4f, p3d.PTA_LVecBase4f]] = {}
        self._drawn = Drawn()
        shells = {name: build_shell(room, let_in(world, room)) for name, room in world.rooms.items()}
        panels = {name: panels_of(world, room, self.white) for name, room in world.rooms.items()}
        patches = {name: make_patches(shells[name], panels[name]) for name in shells}
        solve(patches)
        self.rooms = {name: self._room(shells[name], panels[name], patches[name]) for name in shells}

    def exposure(self, room: str) -> float:
        """What makes cd/m2 of the picture, for an eye that has adapted to a room."""
        return exposure_for(float(illuminance(self.rooms[room].patches) @ LUMINANCE))

    def room_near(self, point: Sequence[float]) -> str:
        """The room that holds a point, or that is nearest to it."""
        names = list(self.rooms)
        return names[int(nearest_room(np.array([point], np.float32), [self.rooms[name].shell for name in names])[0])]

    def node(self, room: str) -> p3d.NodePath:
        """The node under which all that a room lights is put."""
        return self.rooms[room].node

    def add(
        self, part: Part, place: Matrix, *, scene: Matrix | None = None, parent: p3d.NodePath | None = None, room: str = ""
    ) -> None:
        """Draw a part, its body standing at `place`: under its room's node, or under a `parent` that stands at `scene` now, whose
        things belong to one `room`. What is see-through has no shadow."""
        self._drawn.note(part, [place] if scene is None else [place, scene])
        if part.mesh.material.alpha == "blend":
            self._add_clear(part, place, parent or self.node(room or self.room_near(_spot(place))))
            return
        look, base = self.looks(replace(part, casts=part.casts)), np.eye(4, dtype=np.float32) if scene is None else scene
        for copy in part.copies:
            matrix = np.asarray(place @ copy, np.float32)
            shells = [one.shell for one in self.rooms.values()]
            if parent is not None:
                self.rooms[room].pieces.append(_Piece(part.mesh, matrix, base, parent, look, room, part.casts))
                continue
            corners = part.mesh.positions[part.mesh.triangles].mean(1) @ matrix[:3, :3].T + matrix[:3, 3]
            which = nearest_room(corners, shells)
            for index, name in enumerate(self.rooms):
                mine = which == index
                if mine.any():
                    mesh = part.mesh if mine.all() else some_triangles(part.mesh, mine)
                    self.rooms[name].pieces.append(_Piece(mesh, matrix, base, None, look, name, part.casts))

    def add_free(self, part: Part, parent: p3d.NodePath) -> None:
        """Draw a part of a thing that moves freely, under its own node; `enter` lights it."""
        self._drawn.note(part)
        if part.mesh.material.alpha == "blend":
            self._add_clear(part, np.eye(4, dtype=np.float32), parent)
            return
        node = p3d.GeomNode(part.name)
        look = self.looks(part)
        node.add_geom(geom([(part.mesh, copy) for copy in part.copies], tangents=look.maps))
        look.wear(parent.attach_new_node(node), copies=0, sway=0.0, height=1.0)

    def add_lamp(self, thing: str, part: Part, places: Sequence[Matrix]) -> None:
        """Draw the shining face of a lamp, all its copies."""
        self._drawn.note(part, places)
        room = self.room_near(_spot(places[0]))
        panel = next((panel for panel in self.rooms[room].panels if panel.thing == thing), None)
        node = p3d.GeomNode(part.name)
        look = self.looks(part)
        node.add_geom(geom([(part.mesh, place @ copy) for place in places for copy in part.copies], tangents=look.maps))
        path = self.node(room).attach_new_node(node)
        look.wear(path, copies=0, sway=0.0, height=1.0, light=("STILL",))
        if panel is not None:
            self._shining.append((thing, path, panel))
            self.shine(thing, panel.lumens)

    def shine(self, thing: str, lumens: float) -> None:
        """A lamp gives so much light now."""
        self.flux[thing] = lumens
        for name, path, panel in self._shining:
            if name == thing:
                path.set_shader_input("emitted", p3d.LVecBase4f(*panel.radiance(lumens), 0))
        for room in self.rooms.values():
            if any(panel.thing == thing for panel in room.panels):
                self._set_light(room)

    def ambient_at(self, position: Sequence[float]) -> Floats:
        """Lux that arrive at a point by way of walls from +x, -x, +y, -y, +z, -z (6 x rgb), and how open it is there."""
        room = self.rooms[self.room_near(position)]
        assert room.grid is not None
        assert room.seen is not None
        return light_at(room.shell, room.grid, room.seen, position)[0]

    def enter(self, node: p3d.NodePath, position: Sequence[float]) -> None:
        """Give a node the light of the room, and of the spot in it, where it is."""
        name = self.room_near(position)
        room = self.rooms[name]
        if node != room.node and node.get_parent() != room.node:
            node.reparent_to(room.node)
        ambient, seen = self._ambient(node)
        assert room.grid is not None
        assert room.seen is not None
        values, sight = light_at(room.shell, room.grid, room.seen, position)
        for index in range(6):
            ambient.set_element(index, p3d.LVecBase4f(*map(float, values[index])))
        seen.set_element(0, p3d.LVecBase4f(*map(float, sight)))

    def _ambient(self, node: p3d.NodePath) -> tuple[p3d.PTA_LVecBase4f, p3d.PTA_LVecBase4f]:
        """A node's own light from six directions, and panels seen: live arrays."""
        if node not in self._free:
            self._free[node] = (vectors(6), vectors(1))
            node.set_shader_input("ambient", self._free[node][0])
            node.set_shader_input("ambient_seen", self._free[node][1])
        return self._free[node]

    def finish(self) -> None:
        """Trace the light of every room, attach what was added, and look round for what mirrors it."""
        for room in self.rooms.values():
            self._trace(room)
        for room in self.rooms.values():
            self._set_light(room, shining=False)
        found = kept(f"{__package__}.furnishing", self._seen(), self._look_round)
        for name, room in self.rooms.items():
            fill(room.probe, [np.asarray(found[f"{name}/{level}"], np.float32) for level in range(LEVELS)])
            self._set_light(room)
        for thing, _, panel in self._shining:
            self.shine(thing, self.flux.get(thing, panel.lumens))

    def _look_round(self) -> Arrays:
        """What things mirror, by room and mipmap."""
        # Twice, the second time with what the first found: metal things in the picture mirror the room, and not darkness.
        for _ in range(2):
            pictures = [mirrored(look_round(self.stage, centre(room.shell))) for room in self.rooms.values()]
            for room, levels in zip(self.rooms.values(), pictures, strict=True):
                fill(room.probe, levels)
        made = zip(self.rooms, pictures, strict=True)
        return {f"{name}/{level}": each.astype(np.float16) for name, levels in made for level, each in enumerate(levels)}

    def _seen(self) -> list[Given]:
        """All that a picture of the rooms depends on."""
        bodies = [repr((name, body.parameters, body.copies, self.world.places[name])) for name, body in self.world.bodies.items()]
        return [self.stage.renderer, repr(self.world.rooms), self.white, repr(self.flux), *bodies, self._drawn.digest()]

    def _room(self, shell: Shell, panels: list[Panel], patches: Patches) -> _Lit:
        node = self.stage.root.attach_new_node(shell.room.name)
        light, gain, probe = vectors(LIVE), vectors(1), blank(shell.room.name)
        middle, x, y = vectors(LIVE), vectors(LIVE), vectors(LIVE)
        for index, panel in enumerate(panels[:LIVE]):
            for array, value in ((middle, panel.middle), (x, panel.half_x), (y, panel.half_y)):
                array.set_element(index, p3d.LVecBase4f(*map(float, value), 0))
        inputs = {
            "panel_middle": middle, "panel_x": x, "panel_y": y, "panel_light": light, "bounce_gain": gain, "probe": probe,
            "probe_at": p3d.LVecBase4f(*centre(shell), LEVELS - 1),
            "room_low": p3d.LVecBase4f(*shell.room.low, 0), "room_high": p3d.LVecBase4f(*shell.room.high, 0),
            "emitted": p3d.LVecBase4f(0),
        }  # fmt: skip
        for key, value in inputs.items():
            node.set_shader_input(key, value)
        self._ambient(node)  # of what is clear and stands still; and of what has not been told where it is
        room = _Lit(shell, node, panels, patches, light, gain, probe)
        self._set_light(room)
        return room

    def _set_light(self, room: _Lit, shining: bool = True) -> None:
        now, planned = 0.0, 0.0
        for index, panel in enumerate(room.panels):
            lumens = self.flux.get(panel.thing, panel.lumens)
            if index < LIVE:
                room.light.set_element(index, p3d.LVecBase4f(*panel.radiance(lumens), 0))
            now += float(panel.radiance(lumens) @ LUMINANCE) * panel.area
            planned += float(panel.radiance() @ LUMINANCE) * panel.area
        room.gain.set_element(0, p3d.LVecBase4f(now / planned if planned else 1.0))
        for _, path, _ in self._shining:
            if not shining:
                path.set_shader_input("emitted", p3d.LVecBase4f(0))

    def _trace(self, room: _Lit) -> None:
        trim = [
            _Piece(part.mesh, part.copies[0], np.eye(4, dtype=np.float32), None, self.looks(part), room.shell.room.name, False)
            for part in room.shell.trim
        ]
        pieces = room.pieces + trim
        layout = lay_out(room.shell.faces)
        texels = layout.samples()
        stood = [_stood(piece) for piece in pieces]
        grid, cells = grid_of(room.shell)
        directions = np.array(((1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1)), np.float32)
        vertices = (np.concatenate([at for at, _ in stood]), np.concatenate([turned for _, turned in stood]))
        free = (np.repeat(grid, 6, axis=0), np.tile(directions, (len(grid), 1)))
        hiding = [(at, piece.mesh.triangles) for (at, _), piece in zip(stood, pieces, strict=True) if piece.hides]
        first = np.cumsum([0, *(len(at) for at, _ in hiding)])
        corners = np.concatenate([np.zeros((0, 3), np.float32), *(at for at, _ in hiding)])
        triangles = [faces + np.uint32(start) for (_, faces), start in zip(hiding, first[:-1], strict=True)]
        things = (corners, np.concatenate([np.zeros((0, 3), np.uint32), *triangles]))
        *faces, standing, freely = self._traced(room, things, [*texels, vertices, free])
        self._attach_faces(room, layout, [one.bounce for one in faces], [one.seen for one in faces])
        cuts = np.cumsum([len(at) for at, _ in stood])[:-1]
        self._attach_pieces(room, pieces, list(zip(np.split(standing.bounce, cuts), np.split(standing.seen, cuts), strict=True)))
        room.grid = freely.bounce.reshape(*cells, 6, 4)
        room.seen = freely.seen.reshape(*cells, 6, LIVE).mean(-2)
        self.enter(room.node, centre(room.shell))
        room.pieces.clear()

    def _traced(self, room: _Lit, things: tuple[Floats, NDArray[np.uint32]], groups: Sequence[Group]) -> list[Traced]:
        """The light at groups of points past things, from the disk if it was traced before."""
        panels = [np.concatenate([panel.middle, panel.half_x, panel.half_y, panel.radiance()]) for panel in room.panels]
        low, high = np.array(room.shell.room.low), np.array(room.shell.room.high)
        given: list[Given] = [
            self.stage.renderer,
            low,
            high,
            *things,
            *panels,
            room.patches.sent,
            room.patches.received,
            *(array for group in groups for array in group),
        ]

        def made() -> Arrays:
            tracer = Tracer(self.stage, *things)
            found = bake(room.patches, room.panels, tracer, groups)
            tracer.close()
            return {
                f"{word}/{index}": array.astype(np.float16)
                for index, one in enumerate(found)
                for word, array in (("bounce", one.bounce), ("seen", one.seen))
            }

        found = kept(f"{__package__}.bake", given, made)
        pairs = [(found[f"bounce/{index}"], found[f"seen/{index}"]) for index in range(len(groups))]
        return [Traced(np.asarray(bounce, np.float32), np.asarray(seen, np.float32)) for bounce, seen in pairs]

    def _attach_faces(self, room: _Lit, layout: Layout, bounce: Sequence[Floats], seen: Sequence[Floats]) -> None:
        bounce_map, seen_map = (
            float_texture(name, layout.picture(values)) for name, values in (("bounce", bounce), ("seen", seen))
        )
        grouped: dict[Look, list[tuple[Mesh, Floats]]] = {}
        for face in room.shell.faces:
            look = self.looks(Part(face.name, face.mesh, HERE))
            grouped.setdefault(look, []).append((face.mesh, layout.uvs(face, face.mesh.positions)))
        for look, faces in grouped.items():
            node = p3d.GeomNode(look.name)
            column = np.concatenate([where for _, where in faces])
            node.add_geom(geom([(mesh, HERE[0]) for mesh, _ in faces], tangents=look.maps, light={"light_uv": column}))
            path = room.node.attach_new_node(node)
            look.wear(path, copies=0, sway=0.0, height=1.0, light=("MAPPED", "STILL"))
            path.set_shader_input("bounce_map", bounce_map)
            path.set_shader_input("seen_map", seen_map)

    def _attach_pieces(self, room: _Lit, pieces: Sequence[_Piece], lights: Sequence[tuple[Floats, Floats]]) -> None:
        grouped: dict[tuple[Look, p3d.NodePath], list[int]] = {}
        for index, piece in enumerate(pieces):
            grouped.setdefault((piece.look, piece.parent or room.node), []).append(index)
        for (look, parent), some in grouped.items():
            node = p3d.GeomNode(look.name)
            columns = {
                "bounce": np.concatenate([lights[index][0] for index in some]),
                "seen": np.concatenate([lights[index][1] for index in some]),
            }
            node.add_geom(geom([(pieces[index].mesh, pieces[index].place) for index in some], tangents=look.maps, light=columns))
            look.wear(
                parent.attach_new_node(node),
                copies=0,
                sway=0.0,
                height=1.0,
                light=("BAKED", "STILL") if parent == room.node else ("BAKED",),
            )

    def _add_clear(self, part: Part, place: Matrix, parent: p3d.NodePath) -> None:
        material = part.mesh.material
        node = p3d.GeomNode(part.name)
        node.add_geom(geom((part.mesh, place @ copy) for copy in part.copies))
        path = parent.attach_new_node(node)
        path.set_shader(program("glass"))
        path.set_shader_input("base", p3d.LVecBase4f(*material.colour))
        path.set_shader_input("finish", p3d.LVecBase4f(0, material.roughness, 0, 0))
        path.set_transparency(p3d.TransparencyAttrib.M_premultiplied_alpha)
        path.set_depth_write(False)
        if material.two_sided:
            path.set_two_sided(True)
        path.hide(p3d.BitMask32(SHADOW))


def exposure_for(lux: float) -> float:
    """What makes cd/m2 of the picture, for an eye that has adapted to a mean illuminance."""
    return float(KEY * np.pi / (REFERENCE * (max(lux, 1.0) / REFERENCE) ** ADAPTED))


def _stood(piece: _Piece) -> tuple[Floats, Floats]:
    """A piece's vertices and normals in the scene."""
    matrix = piece.scene @ piece.place
    normals = piece.mesh.normals @ np.linalg.inv(matrix[:3, :3])
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    return np.asarray(piece.mesh.positions @ matrix[:3, :3].T + matrix[:3, 3], np.float32), np.asarray(normals, np.float32)


def _spot(place: Matrix) -> tuple[float, float, float]:
    """Where a matrix puts the origin."""
    x, y, z = (float(each) for each in place[:3, 3])
    return (x, y, z)
