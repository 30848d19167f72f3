"""What the window at the desk says while there is no headset."""

from __future__ import annotations

import numpy as np

from engine.host.waiting import SHAPE, waiting


def test_it_is_a_whole_opaque_picture_that_says_what_is_waited_for() -> None:
    one, other = waiting("put the headset on"), waiting("the OpenXR runtime does not answer: start it")
    assert one.shape == other.shape == (*SHAPE, 4)
    assert (one[..., 3] == 255).all()
    changed = np.abs(one.astype(int) - other).max(axis=(1, 2)) > 40
    assert changed.any()
    assert not changed.all()


def test_it_speaks_the_language_of_the_session() -> None:
    pictures = [waiting("put the headset on", language) for language in ("en", "de", "ar")]
    for index, one in enumerate(pictures):
        assert all((one != other).any(axis=2).mean() > 0.01 for other in pictures[index + 1 :])


def test_its_letters_stand_out() -> None:
    light = waiting("put the headset on")[..., :3].astype(int).mean(axis=2)
    assert light.max() - np.median(light) > 120


def test_a_trouble_that_needs_many_lines_still_fits() -> None:
    assert waiting("the runtime refuses us " * 60).shape == (*SHAPE, 4)
