"""The picture shrinks at once when frames are missed, and grows slowly when they are not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from headset.openxr.resolution import CALM, MOST_CALM, STEPS, TOO_MANY, WINDOW, Resolution, missed


def frames(resolution: Resolution, count: int, late: int = 0) -> list[float]:
    """The shares it went to in so many frames."""
    return [resolution.share for _ in range(count) if resolution.note(late)]


def test_it_begins_with_the_whole_picture() -> None:
    assert Resolution().share == 1.0


def test_one_late_frame_now_and_then_changes_nothing() -> None:
    resolution = Resolution()
    for _ in range(50):
        assert not frames(resolution, 1, 1)
        assert not frames(resolution, WINDOW)


def test_several_late_frames_within_a_second_make_it_smaller_at_once() -> None:
    resolution = Resolution()
    assert not frames(resolution, TOO_MANY - 1, 1)
    assert frames(resolution, 1, 1) == [STEPS[1]]


def test_what_was_late_before_a_step_does_not_count_for_the_next() -> None:
    resolution = Resolution()
    frames(resolution, TOO_MANY, 1)
    assert not frames(resolution, TOO_MANY - 1, 1)
    assert frames(resolution, 1, 1) == [STEPS[2]]


def test_it_never_goes_below_the_last_step() -> None:
    resolution = Resolution()
    frames(resolution, 1000, 1)
    assert resolution.share == STEPS[-1]


def test_it_grows_a_step_after_a_long_calm_and_not_before() -> None:
    resolution = Resolution()
    frames(resolution, 2 * TOO_MANY, 1)
    assert resolution.share == STEPS[2]
    assert not frames(resolution, CALM - 1)
    assert frames(resolution, 1) == [STEPS[1]]
    assert frames(resolution, CALM) == [STEPS[0]]


def test_one_late_frame_begins_the_calm_anew() -> None:
    resolution = Resolution()
    frames(resolution, TOO_MANY, 1)
    frames(resolution, CALM - 1)
    frames(resolution, 1, 1)
    assert not frames(resolution, CALM - 1)
    assert frames(resolution, 1) == [1.0]


def test_growing_in_vain_is_tried_less_and_less_often() -> None:
    resolution = Resolution()
    frames(resolution, TOO_MANY, 1)
    waits = []
    for _ in range(6):
        count = 0
        while not frames(resolution, 1):
            count += 1
        waits.append(count + 1)
        frames(resolution, TOO_MANY, 1)
    assert waits[:4] == [CALM, 2 * CALM, 4 * CALM, 8 * CALM]
    assert waits[-1] == MOST_CALM


def test_growing_that_held_is_tried_as_soon_again() -> None:
    resolution = Resolution()
    frames(resolution, TOO_MANY, 1)
    frames(resolution, CALM)
    frames(resolution, TOO_MANY, 1)
    assert frames(resolution, 2 * CALM) == [1.0]
    frames(resolution, CALM)
    frames(resolution, TOO_MANY, 1)
    assert frames(resolution, CALM) == [1.0]


@given(st.lists(st.integers(0, 3), max_size=400))
def test_whatever_comes_it_moves_one_step_at_a_time(gaps: list[int]) -> None:
    resolution = Resolution()
    for gap in gaps:
        before = STEPS.index(resolution.share)
        turned = resolution.note(gap)
        after = STEPS.index(resolution.share)
        assert abs(after - before) == int(turned)
        assert not (turned and after > before and not gap)


def test_missed_frames_are_counted_by_display_times() -> None:
    period = 11_111_111
    assert missed(5 * period, 6 * period, period) == 0
    assert missed(5 * period, 6 * period + period // 3, period) == 0
    assert missed(5 * period, 7 * period, period) == 1
    assert missed(5 * period, 9 * period, period) == 3
    assert missed(5 * period, 5 * period, period) == 0


def test_neither_the_first_frame_nor_one_after_a_pause_is_late() -> None:
    assert missed(0, 10**12, 11_111_111) == 0
    assert missed(10**12, 10**12 + 2 * 10**9, 11_111_111) == 0
    assert missed(10**12, 10**12 + 50_000_000, 0) == 0
