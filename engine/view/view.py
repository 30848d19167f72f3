"""The view: shows a world on a stage, and never changes it.

    view = View(session, stage)
    view.update(frame.display_time)

What stands still was merged into few draw calls when the view was made. Each frame touches only what can move or change:
bodies that a hand can take or the scenario changes, the sun, lamps, hands, captions; and of these only what differs from the
last frame.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

import numpy as np
import panda3d.core as p3d

from engine.spec.expression import Value
from engine.spec.model import Change, SceneSpec, State
from engine.view.geometry.clearing import without
from engine.view.geometry.geoms import attach
from engine.view.geometry.horizon import HALF, build_horizon
from engine.view.geometry.looks import Looks, casts_shadow
from engine.view.geometry.mesh import Floats, Part
from engine.view.geometry.parts import build_parts
from engine.view.hands import Hands
from engine.view.indoor.furnishing import Furnishing
from engine.view.indoor.house import House
from engine.view.indoor.live import LiveLamps, flame_of, live_lamps, stands_in_its_light
from engine.view.indoor.movers import RoomMovers
from engine.view.living import Living
from engine.view.marks import Marks
from engine.view.movers import Movers, gather
from engine.view.moving import Joints
from engine.view.render.backdrop import add_lake, add_sky
from engine.view.render.clear import add_clear
from engine.view.render.lamps import LAMPS, Shade
from engine.view.render.light import Light
from engine.view.render.shadow import Shadows
from engine.view.screens import Screen
from engine.view.stage import Stage
from engine.view.ui.displays import Displays
from engine.world import Body, World
from engine.world.vectors import Transform

Path = tuple[str, ...]

SUN = ("environment", "sun")
PLINTH = 0.35
"""Metres that the floors of rooms lie above the land and the water they stand in."""


class Session(Protocol):
    """What the view needs of a session."""

    world: World

    def value(self, path: Path, display_time: float) -> Value:
        """A property's value at a display time, which may lie between two ticks."""

    def clock_at(self, display_time: float) -> float:
        """The scene clock, in ticks, at a display time."""


class Captions(Protocol):
    """Shows the lines being spoken; made by `engine.view.ui`."""

    def update(self, world: World, display_time: float) -> None:
        """Follow `world.lines` and the head."""


class View:
    """A world, shown. `session` may be a bare world: then values are those of its last tick. `before` is a closed view of much
    the same world, whose textures and light it takes over."""

    def __init__(
        self, session: Session | World, stage: Stage, captions: Captions | None = None, *, before: View | None = None
    ) -> None:
        self.world = session if isinstance(session, World) else session.world
        self.stage = stage
        self.captions = captions
        self._value = session.value if not isinstance(session, World) else self._last_tick
        self._looks: Looks = _looks_of(self.world, None if before is None else before._looks)
        self._nodes: dict[str, p3d.NodePath] = {}
        self._shown: dict[str, Transform | None] = {}
        self._movers: list[Movers | RoomMovers] = []
        self._live: list[tuple[Path, Callable[[Value], None]]] = []
        self._last: dict[Path, Value] = {}
        self._moved = False
        self._sun_deg = 90.0
        self._lamps: dict[str, Shade] = {}
        self._origin: Transform | None = None
        self._stood = self._swayed = 0.0
        self.joints = Joints(self.world, self._value)
        clock = session.clock_at if not isinstance(session, World) else lambda _: float(self.world.clock)
        self.living = Living(self.world, self._value, clock)
        self.screens: dict[tuple[str, str], Screen] = {}
        """What can be written on, by thing and name."""
        self.house: House | None = None
        self._environment()
        if self.world.rooms:
            self._indoors(None if before is None else before.house)
        else:
            self._bodies()
        self._displays = Displays(self.screens, self.world)
        self._hands = Hands(stage, self.house)
        self._marks = Marks(stage)
        stage.eye_height = self.world.eye_height
        stage.solid = lambda start, along, limit: self.world.touch(start, along, limit)[1]
        self.update(0.0)

    def update(self, display_time: float) -> None:
        """Show the world as it is, or will be, at a display time (seconds since tick 0)."""
        self._moved = False
        if self.world.origin is not self._origin:
            self._origin = self.world.origin
            self.stage.scene_from_person = _matrix(self._origin)
            self._adapt()
        for name, node in self._nodes.items():
            place = self.world.places[name]
            if place is not self._shown[name]:
                self._shown[name] = place
                node.set_pos_quat(p3d.LVecBase3f(*place.position), p3d.LQuaternionf(*place.turn))
                self._moved = True
        for movers in self._movers:
            self._moved |= movers.follow(self.world.places, self.world.properties)
        self._moved |= self.joints.follow(display_time)
        self._moved |= self.living.follow(display_time)
        for path, follow in self._live:
            value = self._value(path, display_time)
            if value != self._last.get(path):
                self._last[path] = value
                follow(value)
        for index, (name, shade) in enumerate(self._lamps.items()):
            self._shine(index, name, shade)
        hands = self._hands.follow(self.world)
        self._marks.follow(self.world)
        if self.captions is not None:
            self.captions.update(self.world, display_time)
        self._displays.update(self.world)
        if "participant" in self.world.calm:
            # Water, leaves and clouds stand as they were; they go on from there when they may.
            self._stood = display_time - self._swayed
        self._swayed = display_time - self._stood
        self.light.set_time(self._swayed)
        if self.house is not None:
            self._moved |= hands  # Out of doors they throw no shadow.
            self._furnishing.follow(self._moved, self._hands.casting())
            self.house.look_at_time(self._swayed)
        if self.shadows is not None:
            self.shadows.follow(self.light.direction, self._sun_deg, self.world.origin.position, self._moved)

    @property
    def drafted(self) -> bool:
        """Whether its light is not yet as it would be traced: see `engine.view.indoor.lighting`."""
        return self.house is not None and self.house.lighting.drafted

    def close(self) -> None:
        """Take everything off the stage."""
        if self.shadows is not None:
            self.shadows.close()
        if self.house is not None:
            self.house.cast.close()
        for canvas in self.stage.canvases:
            for one in canvas.passes:
                one.close()
            canvas.passes.clear()
        self.stage.passes.clear()
        self.stage.root.node().remove_all_children()

    def _last_tick(self, path: Path, display_time: float) -> Value:
        return self.world.value(path)

    def _environment(self) -> None:
        body = self.world.bodies.get("environment")
        said = {} if body is None else body.parameters
        lake = body is not None and "landscape" in body.card.model
        self.light = Light(
            self.stage.root,
            fog=str(said.get("fog", "clear")),
            weather=str(said.get("weather", "clear")),
            water=(-PLINTH if self.world.rooms else 0.0) if lake else None,
        )
        self.shadows: Shadows | None = None
        if self.world.rooms and body is None:
            return
        self.shadows = Shadows(self.stage)
        add_sky(self.stage)
        if body is not None and lake:
            self._horizon(body)
            level = -PLINTH if self.world.rooms else 0.0
            add_lake(self.stage, level, frozen=str(body.card.model.get("frozen", "false")).lower() == "true")
        if SUN in self.world.properties:
            start = float(self.world.value(SUN))
            self.light.prepare(min(start, 4.0), start)
            self._live.append((SUN, self._set_sun))
            self._set_sun(start)
        else:
            self._set_sun(40.0)

    def _adapt(self) -> None:
        """Expose for the room that the person is in."""
        if self.house is not None:
            indoors = self.house.exposure(self.house.room_near(self.world.origin.position))
            self.house.expose(indoors)
            self.light.look_out(indoors)

    def _indoors(self, before: House | None) -> None:
        self.house = House(self.stage, self.world, before, self.light.through_windows if self.shadows is not None else None)
        nodes = {name: room.node for name, room in self.house.rooms.items()}
        self._live_lamps = LiveLamps(nodes, self.house.room_near, self.house.white, self.house.standing)
        self._lamps = {name: stands_in_its_light(self.world.bodies[name]) for name in live_lamps(self.world)}
        self._adapt()
        self._furnishing = Furnishing(
            self.house, self.world, self.joints, self.living, changing=set(_changed(self.world.scene)), live=self._live
        )
        self.screens = self._furnishing.screens
        self._nodes |= self._furnishing.free
        self._shown |= dict.fromkeys(self._furnishing.free)
        self._movers += self._furnishing.movers
        self.joints.follow(0.0)
        self.house.places.follow()
        self.house.finish()
        self._surroundings()

    def _surroundings(self) -> None:
        """The landscape that rooms stand in, a plinth's height below their floors; none of it within them."""
        body = self.world.bodies.get("environment")
        if body is None:
            return
        parts = build_parts(body.card, body.parameters)
        place = np.array(_matrix(self.world.places["environment"]).get_rows(), np.float32).T
        place[2, 3] -= PLINTH
        boxes = [(room.low, room.high) for room in self.world.rooms.values()]
        attach(self.stage.root, [(part, place) for part in without(parts, place, boxes)], self._looks, self.stage.know_copies)

    def _bodies(self) -> None:
        changing = {path[0] for path in _changed(self.world.scene)}
        still: list[tuple[Part, Floats]] = []
        apart: dict[str, list[Part]] = {}
        for name, body in self.world.bodies.items():
            parts = build_parts(body.card, body.parameters)
            place = np.array(_matrix(self.world.places[name]).get_rows(), np.float32).T
            if "flux" in body.card.live and len(self._lamps) < LAMPS:
                self._lamps[name] = stands_in_its_light(body)
            moving = body.card.grab is not None or (name in changing and name != "environment")
            if not moving:
                if self.world.present(name):
                    still += [(part, place) for part in parts]
                continue
            apart[name] = parts
        together = gather(apart)
        taken = {name for names in together for name in names}
        for name, parts in apart.items():
            if name not in taken:
                self._apart(name, self.world.bodies[name], parts)
        for names in together:
            self._movers.append(Movers(self.stage.root, names, apart[names[0]], self._looks, self.stage.know_copies))
        for part, place in still:
            if part.mesh.material.alpha == "blend":
                add_clear(self.stage.root, part, place)
        solid = [(part, place) for part, place in still if part.mesh.material.alpha != "blend"]
        attach(self.stage.root, solid, self._looks, self.stage.know_copies)

    def _horizon(self, body: Body) -> None:
        """Let the land throw its shadows."""
        seed = int(float(body.parameters.get("seed", 0)))
        self.light.set_horizon(build_horizon(seed, self.light.bearing_deg), 2 * HALF)

    def _apart(self, name: str, body: Body, parts: list[Part]) -> None:
        """A body with a node of its own, that moves, changes or vanishes."""
        node = self.stage.root.attach_new_node(name)
        self._nodes[name], self._shown[name] = node, None
        here = np.eye(4, dtype=np.float32)
        swelling = node.attach_new_node("follows scale")
        for part in parts:
            parent = swelling if part.follows == "scale" else node
            if part.mesh.material.alpha == "blend":
                add_clear(parent, part, here)
            else:
                attach(parent, [(part, here)], self._looks, self.stage.know_copies)
        middle = body.size[2] / 2
        casts = any(casts_shadow(part) for part in parts)

        def swell(value: Value) -> None:
            scale = max(float(value), 1e-4)
            swelling.set_pos_hpr_scale(0, 0, middle * (1 - scale), 0, 0, 0, scale, scale, scale)
            self._moved |= casts

        def appear(value: Value) -> None:
            node.show() if value else node.hide()
            self._moved |= casts

        if "scale" in body.card.live:
            self._live.append(((name, "scale"), swell))
        if (name, "present") in self.world.properties:
            self._live.append(((name, "present"), appear))

    def _shine(self, index: int, name: str, shade: Shade) -> None:
        body, place = self.world.bodies[name], self.world.places[name]
        flux = float(self._last.get((name, "flux"), self.world.value((name, "flux")))) if self.world.present(name) else 0.0
        at, right = place.point(flame_of(body)), place.direction((1.0, 0.0, 0.0))
        kelvin = float(body.parameters.get("white", 2700.0))
        if self.house is None:
            self.light.set_lamp(index, at, flux, kelvin, (shade, right[:2]))
        else:
            self._live_lamps.set(name, at, flux, kelvin, (shade, right[:2]))

    def _set_sun(self, value: Value) -> None:
        self._sun_deg = float(value)
        self.light.set_sun(self._sun_deg)


def _looks_of(world: World, before: Looks | None) -> Looks:
    """Looks for what is out of doors: those of before, if the scene still has the same there."""
    shining = 0 if world.rooms else sum("flux" in body.card.live for body in world.bodies.values())
    environment = world.bodies.get("environment")
    looks = Looks(lamps=min(shining, LAMPS), land=environment is not None and "landscape" in environment.card.model)
    return before if before is not None and before.words == looks.words else looks


def _changed(scene: SceneSpec) -> Iterator[Path]:
    """Every property that the scenario may change."""

    def within(state: State) -> Iterator[Path]:
        yield from state.drift
        steps = (state.do, *state.steps, *(rule.do for rule in state.rules))
        yield from (action.property for step in steps for action in step if isinstance(action, Change))
        for inner in (*state.states.values(), *state.regions.values()):
            yield from within(inner)

    return within(scene.scenario)


def _matrix(place: Transform) -> p3d.LMatrix4f:
    matrix = p3d.LMatrix4f()
    p3d.LQuaternionf(*place.turn).extract_to_matrix(matrix)
    matrix.set_row(3, p3d.LVecBase3f(*place.position))
    return matrix
