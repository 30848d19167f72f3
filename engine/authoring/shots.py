"""The pictures that a scene asks for under `shots`, drawn as the scene begins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Literal

from PIL import Image

from engine.session import Session
from engine.spec.diagnostics import Diagnostic, SceneError
from engine.spec.model import SceneSpec
from engine.view.stage import Stage
from engine.view.view import View
from engine.view.viewpoint import eye
from headset.driver import Surface

Ending = Literal["png", "webp"]

WEBP_QUALITY = 88
"""Of 100: no blocks to be seen in skies. PNG does not use it."""


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
            canvas.look([eye(session.world, shot, size)])
            stage.draw()
            path = folder / f"{shot.name}.{ending}"
            Image.fromarray(canvas.read()).save(path, quality=WEBP_QUALITY)
            yield path
