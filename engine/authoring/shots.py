"""The pictures that a scene asks for under `shots`, drawn as the scene begins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from math import radians, tan
from pathlib import Path
from typing import Literal

from PIL import Image

from engine.session import Session
from engine.spec.diagnostics import Diagnostic, SceneError
from engine.spec.expression import number
from engine.spec.model import Point, SceneSpec, Shot
from engine.view.stage import Stage
from engine.view.view import View
from engine.world.placement import Parameters
from engine.world.vectors import Transform, Vec3, look_at
from headset.driver import Surface
from headset.driver import View as EyeView

Ending = Literal["png", "webp"]

WEBP_QUALITY = 88
"""Of 100: no blocks to be seen in skies. PNG does not use it."""

DEFAULT_FOV = 60.0
"""Degrees across the picture."""


def take_shots(scene: SceneSpec, folder: Path, size: tuple[int, int], ending: Ending = "png") -> Iterator[Path]:
    """Draw every shot into `folder` as SHOT.png (or .webp) and give its path. Raises SceneError if the scene has none."""
    if not scene.shots:
        remedy = "add `shots: {hero: {from: participant, to: …}}`"
        raise SceneError([Diagnostic("E0906", "error", scene.span, f"{scene.name} has no shots", remedy)])
    folder.mkdir(parents=True, exist_ok=True)
    session = Session(scene)
    session.step(0)
    with closing(Stage()) as stage:
        canvas = stage.open(Surface("buffer", size))
        view = View(session, stage)
        view.update(0.0)
        for shot in scene.shots.values():
            canvas.look([eye(session, shot, size)])
            stage.draw()
            path = folder / f"{shot.name}.{ending}"
            Image.fromarray(canvas.read()).save(path, quality=WEBP_QUALITY)
            yield path


def eye(session: Session, shot: Shot, size: tuple[int, int]) -> EyeView:
    """The eye of a shot, in the person's own space."""
    world = session.world
    start, end = _point(session, shot, shot.eye), _point(session, shot, shot.to)
    own = world.origin.inverse() @ Transform(start, look_at(start, end))
    across = DEFAULT_FOV if shot.fov is None else number(shot.fov, Parameters(session.scene))
    wide = tan(radians(across) / 2)
    high = wide * size[1] / size[0]
    return EyeView(own.position, own.turn, (-wide, wide, -high, high))


def _point(session: Session, shot: Shot, at: Point | str) -> Vec3:
    """A shot's `from` or `to` in the scene: a point on the axes of its origin, the eyes at the start, or a thing's middle."""
    world = session.world
    if at == "participant":
        return world.origin.point((0.0, 0.0, world.eye_height))
    if isinstance(at, str):
        body = world.bodies[at]
        return world.places[at].point((0.0, 0.0, body.size[2] / 2))
    lengths = [number(length, Parameters(session.scene)) for length in at]
    x, y, z = (*lengths, 0.0, 0.0)[:3]
    base = world.places[shot.origin] if shot.origin else Transform()
    return base.point((x, y, z))
