"""A picture of what hands can hold: each kind of controller in both hands, the right one at rest, the left one being worked."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np

from engine.authoring.studio import SAMPLES, Pixels
from engine.session import Session
from engine.spec.load import load_scene
from engine.view.geometry.controller import CONTROLLERS
from engine.view.stage import Stage
from engine.view.view import View
from headset.driver import Surface
from headset.driver import View as EyeView
from headset.inputs import FULL, SIDES, Hand, Person, Pose

ROOM: Final = """\
spec: 1
language: en
rooms:
  studio: {size: [3.2 m, 3.2 m, 2.6 m], finish: {walls: plain/white, floor: plain/grey}}
lights:
  panels: {use: led_panel, against: studio.ceiling, grid: [2, 1], flux: 1500 lm}
people:
  participant: {in: studio, at: [0 m, -1 m]}
scenario:
  rules: {when: after 1 min, go: end}
text:
  title: Hands
"""

LEAN: Final = 55.0
"""Degrees by which the fists lean up."""

REST = Hand(grip=Pose.of((0.092, 0.34, 1.33), (0.9848, 0.0, 0.0, 0.06)))
WORKED = Hand(
    grip=Pose.of((-0.092, 0.34, 1.33), (0.9848, 0.0, 0.0, -0.06)),
    trigger=FULL,
    squeeze=FULL,
    stick=(0, FULL // 2),
    buttons=frozenset({"primary"}),
)
EYE = EyeView((0.0, 0.0, 1.60), (0.9455, -0.3256, 0.0, 0.0), (-0.50, 0.50, -0.26, 0.46))
"""From a little above the hands, as their owner sees them."""


def held_picture(side: int) -> Pixels:
    """Every kind beside the others, each so many pixels wide."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "hands.yaml"
        path.write_text(ROOM, encoding="utf-8")
        session = Session(load_scene(path))
    session.step(0)
    session.world.people["participant"] = Person(head=Pose.of(EYE.position), left=WORKED, right=REST)
    with closing(Stage()) as stage:
        stage.host()
        view = View(session, stage)
        canvas = stage.open(Surface("buffer", (side, round(side * 0.72)), samples=SAMPLES))
        canvas.look([EYE])
        drawn = []
        for kind in CONTROLLERS:
            for hand in SIDES:
                stage.hold(hand, kind, LEAN)
            view.update(0.0)
            stage.draw()
            drawn.append(np.array(canvas.read()))
    return np.concatenate(drawn, axis=1)
