"""Random draws: the stream is numpy's, whatever the seed."""

from __future__ import annotations

import numpy as np
import pytest

from engine.scenario.chance import Chance

SEEDS = (0, 1, 7, 2**32 - 1, 2**32, 2**53, 123456789012345678901234567890123456789012345678)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_stream_is_that_of_numpy(seed: int) -> None:
    chance, theirs = Chance(seed), np.random.PCG64(seed)
    assert [chance.bits() for _ in range(200)] == [int(number) for number in theirs.random_raw(200)]
    chance, generator = Chance(seed), np.random.Generator(np.random.PCG64(seed))
    assert [chance.random() for _ in range(200)] == list(generator.random(200))


def test_every_number_below_is_drawn_about_as_often() -> None:
    chance = Chance(3)
    counts = [0] * 7
    for _ in range(7000):
        counts[chance.below(7)] += 1
    # Chi square of 6 degrees of freedom; 22.5 is passed once in a thousand seeds.
    assert sum((count - 1000) ** 2 / 1000 for count in counts) < 22.5


def test_a_stream_taken_up_from_a_snapshot_goes_on_the_same() -> None:
    chance = Chance(5)
    chance.bits()
    kept = chance.snapshot()
    rest = [chance.bits() for _ in range(10)]
    again = Chance(0)
    again.restore(kept)
    assert [again.bits() for _ in range(10)] == rest


def test_nothing_can_be_drawn_from_nothing() -> None:
    with pytest.raises(ValueError, match="nothing to draw from 0"):
        Chance(0).below(0)
    with pytest.raises(ValueError, match="a seed is a whole number from 0, not -1"):
        Chance(-1)
