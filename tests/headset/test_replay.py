"""A recording as a device."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from headset.inputs import Input, Link
from headset.replay import ReplayDriver, Tape


@given(st.sets(st.integers(0, 60), max_size=20), st.integers(0, 30))
def test_inputs_fall_into_the_ticks_in_which_they_were_recorded(ticks: set[int], more: int) -> None:
    tape: list[tuple[int, list[Input]]] = [(tick, [Link(f"device {tick}", "back")]) for tick in sorted(ticks)]
    last = max(ticks, default=0) + more
    driver = ReplayDriver(Tape(tape, last))
    played, taken = -1, []
    while frame := driver.wait():
        assert frame.tick > played
        inputs = driver.inputs(frame)
        if inputs:
            assert played == frame.tick - 1, "no tick before it is left over, or the inputs would fall into that one"
            taken.append((frame.tick, list(inputs)))
        played = frame.tick
    assert taken == tape
    assert played == last
