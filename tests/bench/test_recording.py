"""An hour of recording weighs what is promised, snapshots apart: every pose moves and shakes, and is kept to its grid."""

from __future__ import annotations

import pytest

from tests.bench.recording import LIMITS, size

SECONDS = 20.0


@pytest.mark.parametrize(("name", "joints"), [*zip(LIMITS, (False, True), strict=True)])
def test_an_hour_of_recording_weighs_what_is_promised(name: str, joints: bool) -> None:
    megabytes = size(joints, SECONDS)
    assert LIMITS[name] / 2 < megabytes <= LIMITS[name]  # less than half: not all of it was written
