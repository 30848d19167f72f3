"""The rooms of a scene on the stage: their shells and all that stands in them, lit.

    house = House(stage, world)
    house.add(part, matrix, ...)      # everything that is drawn in rooms
    house.finish()                    # traces the light, and attaches all
    house.shine("panels", 2000.0)     # a lamp's flux now
    house.enter(node, position)       # what moves freely takes on the light of where it is

What stands still in a room is one geom for all materials of the same textures: whose colour and finish a vertex has goes with it.
Things that move by their joints are traced as they stand at the start.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

from engine.view.cache import Arrays
from engine.view.geometry.geoms import draw_late, geom, merged_node
from engine.view.geometry.looks import Look, Looks
from engine.view.geometry.mesh import HERE, Floats, Mesh, Part
from engine.view.geometry.room import Shell, build_shell
from engine.view.geometry.textures import float_texture, share_texture
from engine.view.indoor.bake import LIVE, Traced, illuminance
from engine.view.indoor.cast import Ball, Cast
from engine.view.indoor.contact import corners
from engine.view.indoor.drawn import Drawn
from engine.view.indoor.hiding import clear_in, is_wire, lies_flat, things_of, together
from engine.view.indoor.jointed import Middle, compared, lightest
from engine.view.indoor.lighting import Lighting, Wanted
from engine.view.indoor.lightmap import Layout, lay_out
from engine.view.indoor.lit_room import LitRoom
from engine.view.indoor.live import Traced as LampTraced
from engine.view.indoor.live import live_lamps, standing
from engine.view.indoor.panels import Daylight, Panel, adapted_white, daylight_of, exposure_for, let_in, panels_of
from engine.view.indoor.pieces import Mount, Piece, attach_clear, attach_pieces
from engine.view.indoor.radiosity import Patches, adapt, make_patches, solve
from engine.view.indoor.reflection import LEVELS, blank, fill, look_round, mirrored
from engine.view.indoor.spots import bounds_of, centre, grid_of, light_at, nearest_room, some_triangles, vectors
from engine.view.indoor.sunbeam import Sunbeam, shine, sunbeam_of
from engine.view.indoor.tops import attach_tops
from engine.view.indoor.trim import trim_of
from engine.view.moving import Places
from engine.view.render.lamps import LAMPS
from engine.view.render.light import LUMINANCE
from engine.view.render.mirror import MIRROR
from engine.view.stage import Stage
from engine.world import World

Matrix = NDArray[np.float32]


class House:
    """All rooms of a world beneath the stage's root."""

    def __init__(self, stage: Stage, world: World, before: House | None = None, daylight: Daylight | None = None) -> None:
        self.stage, self.world = stage, world
        sunbeams = {name: sunbeam_of(world, room) for name, room in world.rooms.items()}
        looks = Looks(indoors=True, lamps=min(len(live_lamps(world)), LAMPS), sun=any(sunbeams.values()))
        self.looks: Looks = looks if before is None or before.looks.words != looks.words else before.looks
        self.lighting: Lighting = Lighting(stage, None if before is None else before.lighting)
        lamps = [
            (float(body.parameters.get("white", 4000.0)), float(body.parameters.get("flux", 0.0)) * len(body.copies))
            for body in world.bodies.values()
            if body.card.kind == "light" and "flux" in body.card.live
        ]
        self.white = adapted_white(lamps, daylight_of(world, daylight))
        self.flux: dict[str, float] = {}
        self.places = Places(stage.root)
        self.cast = Cast(stage)
        self.picture = vectors(1)
        self._exposure = 0.0
        self._shining: list[tuple[str, p3d.NodePath, Panel]] = []
        self._free: dict[p3d.NodePath, tuple[p3d.PTA_LVecBase4f, p3d.PTA_LVecBase4f]] = {}
        self._drawn = Drawn()
        taken = bounds_of(world)
        shells = {name: build_shell(room, let_in(world, room), taken) for name, room in world.rooms.items()}
        panels = {name: panels_of(world, room, self.white, daylight) for name, room in world.rooms.items()}
        patches = {name: make_patches(shells[name], panels[name], sunbeams[name]) for name in shells}
        solve(patches)
        gain, panels = adapt(patches, panels)
        self.white, self._gain = self.white * gain, gain
        self.rooms = {name: self._room(shells[name], panels[name], patches[name], sunbeams[name]) for name in shells}
        self.standing: dict[str, LampTraced] = {}
        """Live lamps that stand still: where each shines, and in which channel of what is seen it is traced."""
        for thing, lamp in standing(world).items():
            channel = self.rooms[self.room_near(lamp[:3])].stands(thing, lamp)
            if channel is not None:
                self.standing[thing] = (lamp[:3], channel)

    def expose(self, exposure: float) -> None:
        """Show what is in rooms by this exposure."""
        self._exposure = exposure
        self.look_at_time(float(self.picture.get_element(0)[0]))

    def look_at_time(self, seconds: float) -> None:
        """Of a picture, for what goes by it."""
        self.picture.set_element(0, p3d.LVecBase4f(seconds, self._exposure, 0, 0))

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

    def add(self, part: Part, place: Matrix) -> None:
        """Draw a part, its body standing at `place`, under its room's node. What is see-through has no shadow."""
        self._drawn.note(part, [place])
        if part.mesh.material.alpha == "blend":
            home = self.rooms[self.room_near(_spot(place))]
            attach_clear(home.node, part, place)
            home.clear += clear_in(home.shell, part, place)
            return
        look, base = self.looks(part), np.eye(4, dtype=np.float32)
        shells = [one.shell for one in self.rooms.values()]
        for copy in part.copies:
            matrix = np.asarray(place @ copy, np.float32)
            corners = part.mesh.positions[part.mesh.triangles].mean(1) @ matrix[:3, :3].T + matrix[:3, 3]
            which = nearest_room(corners, shells)
            for index, name in enumerate(self.rooms):
                mine = which == index
                if mine.any():
                    mesh = part.mesh if mine.all() else some_triangles(part.mesh, mine)
                    self.rooms[name].pieces.append(Piece(mesh, matrix, base, None, look, name, part.casts))

    def mount(self, part: Part, on: Mount) -> None:
        """Draw a part on what moves."""
        self._drawn.note(part, [on.scene] if on.slid is None else [on.scene, on.slid])
        self.places.own(on.node)
        if part.mesh.material.alpha == "blend":
            attach_clear(on.node, part, np.eye(4, dtype=np.float32))
            return
        look = self.looks(part)
        self.rooms[on.room].pieces += [
            Piece(part.mesh, copy, on.scene, on.node, look, on.room, part.casts, on.slid) for copy in part.copies
        ]

    def note(self, part: Part) -> None:
        """A part is drawn that `add` and `add_free` know nothing of."""
        self._drawn.note(part)

    def add_free(self, part: Part, parent: p3d.NodePath) -> None:
        """Draw a part of a thing that moves freely, under its own node; `enter` lights it."""
        self._drawn.note(part)
        self.places.own(parent)
        if part.mesh.material.alpha == "blend":
            attach_clear(parent, part, np.eye(4, dtype=np.float32), casts=True)
            return
        node = p3d.GeomNode(part.name)
        look = self.looks(replace(part, casts=part.casts and not is_wire(part.mesh)))
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
        look.wear(path, copies=0, sway=0.0, height=1.0)
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
        ambient: Floats = light_at(room.shell, room.grid, room.seen, np.array([position]))[0][0]
        return ambient

    def light_near(self, points: Floats) -> tuple[NDArray[np.int64], Floats]:
        """For n points (n x 3): which room each is in, by its number, and the light there as programs read it, n x 7 x 4: lux
        from +x, -x, +y, -y, +z, -z and how open it is there, then how much of each panel it sees."""
        rooms = list(self.rooms.values())
        which = nearest_room(points, [room.shell for room in rooms])
        light = np.zeros((len(points), 7, 4), np.float32)
        for index in np.unique(which):
            room, mine = rooms[index], which == index
            assert room.grid is not None
            assert room.seen is not None
            light[mine, :6], light[mine, 6] = light_at(room.shell, room.grid, room.seen, points[mine])
        return which, light

    def enter(self, node: p3d.NodePath, position: Sequence[float]) -> None:
        """Give a node the light of the room, and of the spot in it, where it is."""
        name = self.room_near(position)
        room = self.rooms[name]
        if node != room.node and node.get_parent() != room.node:
            node.reparent_to(room.node)
        self._surround(room, node, position)

    def _surround(self, room: LitRoom, node: p3d.NodePath, position: Sequence[float]) -> Floats:
        """Give a node the light of a spot, and return it: 6 x (lux rgb, openness)."""
        ambient, seen = self._ambient(node)
        assert room.grid is not None
        assert room.seen is not None
        values, sight = light_at(room.shell, room.grid, room.seen, np.array([position]))
        memoryview(ambient).cast("B")[:] = values.tobytes()
        memoryview(seen).cast("B")[:] = sight.tobytes()
        around: Floats = values[0]
        return around

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
        found = self.lighting.mirrored(self._drawn.seen(self.stage, self.world, self.white, self.flux), self._look_round)
        for name, room in self.rooms.items():
            if f"{name}/0" in found:
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

    def _room(self, shell: Shell, panels: list[Panel], patches: Patches, sunbeam: Sunbeam | None) -> LitRoom:
        node = self.stage.root.attach_new_node(shell.room.name)
        cast_of = self.cast.inputs(node)
        node.hide(p3d.BitMask32(MIRROR))  # no lake shows what is behind walls
        light, gain, probe = vectors(LIVE), vectors(1), blank(shell.room.name)
        room = LitRoom(shell, node, panels, patches, light, gain, probe, cast_of, sunbeam)
        middle, x, y = vectors(LIVE), vectors(LIVE), vectors(LIVE)
        for index, panel in enumerate(panels[: room.live]):
            for array, value in ((middle, panel.middle), (x, panel.half_x), (y, panel.half_y)):
                array.set_element(index, p3d.LVecBase4f(*map(float, value), float(panel.luminance > 0.0)))
        inputs = {
            "panel_middle": middle, "panel_x": x, "panel_y": y, "panel_light": light, "bounce_gain": gain, "probe": probe,
            "probe_at": p3d.LVecBase4f(*centre(shell), LEVELS - 1),
            "room_low": p3d.LVecBase4f(*shell.room.low, 0), "room_high": p3d.LVecBase4f(*shell.room.high, 0),
            "emitted": p3d.LVecBase4f(0), "picture": self.picture,
        }  # fmt: skip
        for key, value in inputs.items():
            node.set_shader_input(key, value)
        self._ambient(node)  # of what is clear and stands still; and of what has not been told where it is
        self._set_light(room)
        return room

    def _set_light(self, room: LitRoom, shining: bool = True) -> None:
        now = planned = 0.0 if room.sunbeam is None else room.sunbeam.lumens / math.pi
        for index, panel in enumerate(room.panels):
            lumens = self.flux.get(panel.thing, panel.lumens)
            if index < room.live:
                room.light.set_element(index, p3d.LVecBase4f(*panel.radiance(lumens), 0))
            now += float(panel.radiance(lumens) @ LUMINANCE) * panel.area
            planned += float(panel.radiance() @ LUMINANCE) * panel.area
        room.gain.set_element(0, p3d.LVecBase4f(now / planned if planned else 1.0))
        for _, path, _ in self._shining:
            if not shining:
                path.set_shader_input("emitted", p3d.LVecBase4f(0))

    def _trace(self, room: LitRoom) -> None:
        layout = lay_out(room.shell.faces)
        where = {piece: piece.stood() for piece in room.pieces + trim_of(room.shell, self.looks, layout)}
        laid = [piece for piece in room.pieces if lies_flat(piece, where[piece][0], room.shell)]
        pieces = [piece for piece in where if piece not in laid]
        texels = layout.samples()
        stood = [where[piece] for piece in pieces]
        grid, cells = grid_of(room.shell)
        directions = np.array(((1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1)), np.float32)
        # The inside of a drawer sees nothing of the room until it is drawn out.
        out = [piece for piece in pieces if piece.slid is not None]
        both = stood + [piece.stood(piece.slid) for piece in out]
        vertices = (np.concatenate([at for at, _ in both]), np.concatenate([turned for _, turned in both]))
        free = (np.repeat(grid, 6, axis=0), np.tile(directions, (len(grid), 1)))
        solid = [(where[piece][0], piece.mesh) for piece in pieces if piece.hides]
        things = things_of(solid, room.clear, [(where[piece][0], piece.mesh) for piece in laid])
        if "SUN" in self.looks.words:
            # The sun sees as well what is too fine for panels to: wires and handles.
            every = [(where[piece][0], piece.mesh) for piece in pieces + laid if piece.hides or piece in room.pieces]
            shine(room.node, room.sunbeam, self._gain, self.stage, together(every))
        live = (room.live, tuple(room.standing.values()))
        wanted = Wanted(layout, [*texels, vertices, free], [piece.mesh for piece in pieces + out])
        light, (left, forms) = self.lighting.at(room.patches, (room.panels, live), things, wanted)
        *faces, standing, freely = light
        self._attach_faces(room, layout, faces, left, laid)
        room.node.set_shader_input("forms_map", share_texture("forms", layout.shares(forms)))
        room.grid = freely.bounce.reshape(*cells, 6, 4)
        room.seen = freely.seen.reshape(*cells, 6, LIVE).mean(-2)
        self.enter(room.node, centre(room.shell))
        cuts = np.cumsum([len(at) for at, _ in both])[:-1]
        lit = lightest(pieces, out, np.split(standing.bounce, cuts), np.split(standing.seen, cuts))
        bounces = self._jointed(room, pieces, stood, [bounce for bounce, _ in lit])
        attach_pieces(room.node, pieces, [(bounce, seen) for bounce, (_, seen) in zip(bounces, lit, strict=True)])
        attach_tops(room.node, [(piece.mesh, piece.place) for piece in pieces if piece.parent is None], room.clear, room.panels)
        room.pieces.clear()
        room.clear.clear()

    def _jointed(
        self, room: LitRoom, pieces: Sequence[Piece], stood: Sequence[tuple[Floats, Floats]], bounces: list[Floats]
    ) -> list[Floats]:
        """Traced light as it goes to the vertices: what joints move is compared with the light round it (`relight`)."""
        nodes = {piece.parent: piece.scene for piece in pieces if piece.parent is not None}
        for node, scene in nodes.items():
            mine = [index for index, piece in enumerate(pieces) if piece.parent == node]
            middle = Middle(node, self.stage.root, scene, np.concatenate([stood[index][0] for index in mine]))
            room.jointed.append(middle)
            ambient = self._surround(room, node, middle.start)
            for index in mine:
                bounces[index] = compared(bounces[index], ambient, stood[index][1])
        return bounces

    def relight(self) -> None:
        """Joints have moved: tell their parts where they are, and give them the light that is there."""
        self.places.follow()
        for room in self.rooms.values():
            for middle in room.jointed:
                if (at := middle.moved()) is not None:
                    self._surround(room, middle.node, at)

    def cast_from(self, movers: Sequence[p3d.NodePath], balls: Sequence[Ball], room: str, moved: bool) -> None:
        """Throw the live shadows of nodes and balls in a room."""
        lit = self.rooms[room]
        self.cast.follow(movers, balls, (lit.casting, lambda *given: lit.lumens(self.flux, *given), lit.cast_of), moved)

    def _attach_faces(
        self, room: LitRoom, layout: Layout, light: Sequence[Traced], left: Sequence[Floats], laid: Sequence[Piece]
    ) -> None:
        """The faces of a room, and what is laid on its floor: it has the floor's light."""
        fades = [corners(face, shape) for face, shape in zip(layout.faces, layout.shapes, strict=True)]
        every = [near * fade for near, (_, fade) in zip(left, fades, strict=True)]
        indirect = [near * fade for near, (fade, _) in zip(every, fades, strict=True)]
        bounce_map = float_texture("bounce", layout.picture([one.bounce for one in light], indirect))
        seen_map = float_texture("seen", layout.picture([one.seen for one in light], every))
        grouped: dict[Look, list[tuple[Mesh, Floats, Floats]]] = {}
        for face in room.shell.faces:
            for mesh in (face.mesh,) if face.dado is None else (face.mesh, face.dado):
                look = self.looks(Part(face.name, mesh, HERE))
                grouped.setdefault(look, []).append((mesh, HERE[0], layout.uvs(face, mesh.positions)))
        floor = next(face for face in layout.faces if face.name == "floor")
        for piece in laid:
            grouped.setdefault(piece.look, []).append((piece.mesh, piece.place, layout.uvs(floor, piece.stood()[0])))
        for look, faces in grouped.items():
            column = np.concatenate([where for _, _, where in faces])
            placed = [(mesh, place) for mesh, place, _ in faces]
            path = room.node.attach_new_node(merged_node(look.name, placed, tangents=look.maps, light={"light_uv": column}))
            draw_late(path)
            look.wear(path, copies=0, sway=0.0, height=1.0, light=("MAPPED",))
            path.set_shader_input("bounce_map", bounce_map)
            path.set_shader_input("seen_map", seen_map)


def _spot(place: Matrix) -> tuple[float, float, float]:
    """Where a matrix puts the origin."""
    x, y, z = (float(each) for each in place[:3, 3])
    return (x, y, z)
