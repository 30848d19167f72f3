"""Sticks: the same range and direction whatever the stick, and nothing while it rests."""

from __future__ import annotations

from math import atan2, inf, nan

import pytest

from headset.openxr.sticks import DEAD, stick_of


def test_one_that_rests_near_its_middle_says_nothing() -> None:
    assert stick_of(0.0, 0.0) == (0, 0)
    assert stick_of(0.1, -0.1) == (0, 0)
    assert stick_of(DEAD, 0.0) == (0, 0)


def test_it_reaches_its_full_way_and_no_further() -> None:
    assert stick_of(0.95, 0.0) == (100, 0)
    assert stick_of(0.0, -1.0) == (0, -100)
    assert stick_of(1.0, 1.0) == (71, 71)


def test_it_begins_softly_and_grows_evenly() -> None:
    found = [stick_of(0.0, part / 20)[1] for part in range(21)]
    assert found == sorted(found)
    assert found[4] == 6
    assert found[11] == 50


def test_its_direction_stays() -> None:
    right, ahead = stick_of(0.3, 0.4)
    assert atan2(ahead, right) == pytest.approx(atan2(0.4, 0.3), abs=0.02)


@pytest.mark.parametrize("nonsense", [(nan, 0.0), (0.0, nan), (inf, 1.0), (-inf, inf)])
def test_what_is_no_number_is_no_tilt(nonsense: tuple[float, float]) -> None:
    assert stick_of(*nonsense) == (0, 0)
