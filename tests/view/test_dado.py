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


def test_a_rail_takes_the_forms_that_are_thrown_on_its_wall(tmp_path: Path) -> None:
    stand = "stand: {use: vitals_monitor, against: room.north, at: 1 m}"
    bay = Bay.of(write_room(tmp_path / "room.yaml", walls="plain/white, dado: plain/white", props=stand))
    try:

        def darker(up: float) -> float:
            """What the stand's column leaves of the lamp's light, beside the same spot on the room's other side."""
            spots = [(side * (NORTH / (NORTH - 0.25)), NORTH - 0.01, up) for side in (1.0, -1.0)]
            shaded, open_ = (float(bay.linear((spot[0] * 1.7, 1.0, up), spot) @ LUMINANCE) for spot in spots)
            return shaded / open_

        rail, above, below, skirting = (darker(up) for up in (DADO - 0.02, DADO + 0.08, DADO - 0.12, 0.04))
        assert rail < 0.9
        assert rail == pytest.approx((above + below) / 2, abs=0.15), "but for what its round front sees"
        assert skirting < 0.9
    finally:
        bay.stage.close()
