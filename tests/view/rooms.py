"""A room of four walls and a lamp to test in, and a scene's rooms on a stage."""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

from engine.spec.load import load_scene
from engine.view.stage import Stage
from engine.view.view import View
from engine.world import World, build
from engine.world.vectors import Transform, Vec3, look_at
from headset.driver import Stereo, Surface
from headset.driver import View as EyeView

Pixels = NDArray[np.uint8]

CUPBOARD = "units: {use: cupboard, against: room.north}"
"""Things for a room, of many materials and with a drawer: whoever draws it first has traced its light for others."""


def write_room(path: Path, walls: str = "plain/grey", environment: str = "", openings: str = "", props: str = "") -> Path:
    """A scene of one room, 4 m square, with one lamp; what is not empty of the rest stands in its section, a line each."""
    outside = f"environment: {environment}\n" if environment else ""
    sections = "".join(f"{name}:\n  {one}\n" for name, one in (("openings", openings), ("props", props)) if one)
    text = f"""\
spec: 1
language: en
{outside}rooms:
  room:
    size: [4 m, 4 m, 2.6 m]
    finish: {{walls: {walls}, floor: plain/grey, ceiling: plain/white}}
lights:
  lamp: {{use: led_panel, against: room.ceiling, flux: 3000 lm, white: 4000 K}}
{sections}people:
  participant: {{in: room, at: [0 m, -1 m]}}
scenario:
  rules: {{when: after 1 min, go: end}}
text:
  title: A room
"""
    path.write_text(text, encoding="utf-8")
    return path


@contextmanager
def alone(world: World) -> Iterator[None]:
    """While another worker of the run builds the same rooms, wait: what it traces is then found in the cache of all."""
    bodies = [(name, body.parameters, world.places[name]) for name, body in world.bodies.items()]
    key = hashlib.sha256(repr((world.rooms, bodies)).encode()).hexdigest()
    with (Path(os.environ.get("ABATON_CACHE", tempfile.gettempdir())) / f"{key}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class Bay:
    """A scene's rooms on a stage."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.stage = Stage()
        self.stage.host()
        with alone(world):
            self.view = View(world, self.stage)

    @classmethod
    def of(cls, scene: Path | str) -> Self:
        return cls(build(load_scene(scene)))

    def eye(self, start: Vec3, end: Vec3, half: tuple[float, float] = (0.7, 0.525)) -> EyeView:
        own = self.world.origin.inverse() @ Transform(start, look_at(start, end))
        return EyeView(own.position, own.turn, (-half[0], half[0], -half[1], half[1]))

    def picture(self, *views: EyeView, stereo: Stereo = "mono", samples: int = 0, size: tuple[int, int] = (160, 120)) -> Pixels:
        canvas = self.stage.open(Surface("buffer", (size[0] * len(views), size[1]), stereo, samples))
        self.view.update(0.0)
        canvas.look(views)
        self.stage.draw()
        pixels = canvas.read()
        canvas.close()
        return pixels

    def linear(self, start: Vec3, end: Vec3) -> NDArray[np.float64]:
        """What the middle of a picture sends to the eye, cd/m2."""
        properties = p3d.FrameBufferProperties()
        properties.set_float_color(True)
        properties.set_rgba_bits(16, 16, 16, 16)
        properties.set_depth_bits(24)
        output = self.stage.buffer("linear", (32, 32), properties=properties)
        picture = p3d.Texture("linear")
        output.add_render_texture(picture, p3d.GraphicsOutput.RTM_bind_or_copy, p3d.GraphicsOutput.RTP_color)
        canvas = self.stage.canvas(output, Surface("buffer", (32, 32)))
        canvas.eyes.top.set_shader_input("tone_map", 0)
        canvas.eyes.top.set_shader_input("encode", 0)
        canvas.look([self.eye(start, end, (0.02, 0.02))])
        self.stage.draw()
        self.stage.engine.extract_texture_data(picture, output.get_gsg())
        kind = np.float32 if picture.get_component_type() == p3d.Texture.T_float else np.float16
        pixels = np.frombuffer(picture.get_ram_image(), kind).reshape(32, 32, -1)[..., 2::-1].astype(float)
        canvas.close()
        found: NDArray[np.float64] = pixels[16, 16]
        return found
