"""A dado as it is seen: the foot of a wall has its own colour, under a rail that shades it."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.spec.finishes import COLOURS, DADO
from engine.view.render.light import LUMINANCE
from tests.view.rooms import Bay, write_room

pytestmark = pytest.mark.gl

NORTH = 2.0
"""Metres from the middle of the room to its north wall."""


def test_a_walls_foot_has_the_dados_colour_and_is_shaded_by_its_rail(tmp_path: Path) -> None:
    bay = Bay.of(write_room(tmp_path / "room.yaml", walls="plain/white, dado: plain/slate"))
    try:

        def seen(up: float) -> float:
            return float(bay.linear((0.6, 0.0, up), (0.6, NORTH, up)) @ LUMINANCE)

        above, rail, under, foot = (seen(up) for up in (DADO + 0.15, DADO - 0.02, DADO - 0.052, DADO - 0.2))
        darker = COLOURS["slate"].reflectance / COLOURS["white"].reflectance
        assert foot / above == pytest.approx(darker, rel=0.4), "both have nearly the same light"
        assert rail > 0.7 * above, "white, across the seam"
        assert under < 0.93 * foot, "the rail takes some of its light"
    finally:
        bay.stage.close()
