"""The sheet of everything that can be worked: each state of each kind is another picture, told without its hue."""

from __future__ import annotations

from contextlib import closing
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from typer.testing import CliRunner

from engine.authoring import state_pictures
from engine.authoring.state_pictures import KINDS, SIZE, STATES, _Bench, _shots
from engine.cli import app

pytestmark = [pytest.mark.gl, pytest.mark.slow]

DEUTERANOPIA = np.array(((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)))
"""Linear light as who lacks the middle cones sees it (Machado, Oliveira and Fernandes 2009, severity 1)."""


def light(picture: NDArray[np.uint8]) -> NDArray[np.float64]:
    """How light each pixel is to who cannot tell red from green, 0 to 1."""
    linear = np.clip((picture / 255.0) ** 2.2 @ DEUTERANOPIA.T, 0.0, 1.0)
    seen: NDArray[np.float64] = linear @ np.array((0.2126, 0.7152, 0.0722))
    return seen


SMALL = """
spec: 1
language: en
rooms:
  studio: {size: [3 m, 3 m, 2.7 m], finish: {walls: plain/white, floor: plain/grey}}
lights:
  panel: {use: led_panel, against: studio.ceiling, flux: 2000 lm}
props:
  bell: {use: call_button, against: studio.north, at: [0.8 m, 1.1 m]}
  oxygen: {use: flow_dial, against: studio.north, at: [0 m, 1.2 m]}
  chair: {use: visitor_chair, against: studio.west}
people:
  participant: {in: studio, at: [0 m, -0.6 m], facing: north}
scenario:
  rules: {when: after 1 min, do: {change: oxygen.flow, to: 2 L/min}, go: end}
text:
  title: States
"""
"""Two kinds in a room that is lit at once: how the others look is decided in the same places."""


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state_pictures, "ROOM", SMALL)
    monkeypatch.setattr(state_pictures, "KINDS", KINDS[:2])


def test_every_state_of_every_kind_is_told_by_light_alone() -> None:
    with closing(_Bench()) as bench:
        for kind in KINDS[:2]:
            shots = dict(zip(STATES, _shots(bench, kind), strict=True))
            if kind.worked is None:
                del shots["step_down"], shots["step_up"]
            for (one, a), (other, b) in combinations(shots.items(), 2):
                assert (np.abs(light(a) - light(b)) > 0.05).sum() > 20, (kind.name, one, other)
            middle = np.s_[SIZE[1] // 2 - 2 : SIZE[1] // 2 + 2, SIZE[0] // 2 - 2 : SIZE[0] // 2 + 2]
            assert np.abs(light(shots["select"][middle]) - light(shots["at rest"][middle])).max() < 0.05, "what is worked is seen"


def test_the_command_draws_the_sheet(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["prefabs", "--states", str(tmp_path / "new")])
    assert done.exit_code == 0, done.output
    with Image.open(tmp_path / "new" / "states.webp") as sheet:
        assert sheet.width > len(STATES) * SIZE[0]
        assert sheet.height > 3 * SIZE[1]
