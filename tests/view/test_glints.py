"""What shines and is narrower than a pixel does not glitter; folds of what one sees through show."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.view.rooms import Bay, Pixels, write_room

pytestmark = pytest.mark.gl

PROPS = """\
basin: {use: wash_basin, against: room.north, at: 0 m}
  curtain: {use: curtain, against: room.ceiling, at: [0 m, -0.2 m], facing: south, width: 2 m}
"""
NARROW, WIDE = (0.15, 0.1125), (0.3, 0.225)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bay]:
    path: Path = tmp_path_factory.mktemp("room") / "room.yaml"
    one = Bay.of(write_room(path, props=PROPS))
    yield one
    one.stage.close()


def glints(pixels: Pixels) -> float:
    """By how much pixels are brighter than the brightest beside them, all together, counts beyond 10 each."""
    bright = pixels.max(axis=2).astype(float)
    sides = [bright[:-2, 1:-1], bright[2:, 1:-1], bright[1:-1, :-2], bright[1:-1, 2:]]
    return float(np.clip(bright[1:-1, 1:-1] - np.max(sides, axis=0) - 10.0, 0.0, None).sum())


def test_a_taps_chrome_does_not_glitter(room: Bay) -> None:
    pixels = room.picture(room.eye((0.3, 0.9, 1.5), (0.0, 1.8, 1.05), NARROW), samples=4)
    assert np.ptp(pixels.max(axis=2)) > 100, "it shines"
    assert glints(pixels) < 160.0, "270 without what calms it"


def test_a_curtains_net_shows_its_folds(room: Bay) -> None:
    pixels = room.picture(room.eye((0.0, -1.6, 2.0), (0.0, -0.2, 2.02), WIDE)).astype(float).sum(axis=2)
    row = pixels[52:68].mean(axis=0)
    assert row.std() / row.mean() > 0.12
