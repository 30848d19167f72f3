"""Whatever states a runtime announces, what is done about them is legal (OpenXR 1.1, section 9.3)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headset.openxr.lifecycle import Deed, Lifecycle, State

FOLLOWERS: dict[State, tuple[State, ...]] = {
    State.UNKNOWN: (State.IDLE,),
    State.IDLE: (State.READY, State.EXITING, State.LOSS_PENDING),
    State.READY: (State.SYNCHRONIZED, State.STOPPING, State.LOSS_PENDING),
    State.SYNCHRONIZED: (State.VISIBLE, State.STOPPING, State.LOSS_PENDING),
    State.VISIBLE: (State.FOCUSED, State.SYNCHRONIZED, State.LOSS_PENDING),
    State.FOCUSED: (State.VISIBLE, State.LOSS_PENDING),
    State.STOPPING: (State.IDLE, State.LOSS_PENDING),
    State.LOSS_PENDING: (),
    State.EXITING: (),
}
"""The arrows of the specification's figure."""


def walks() -> st.SearchStrategy[list[State]]:
    """Walks along the arrows."""

    @st.composite
    def walk(draw: st.DrawFn) -> list[State]:
        states, here = [], State.UNKNOWN
        for _ in range(draw(st.integers(0, 40))):
            if not FOLLOWERS[here]:
                break
            here = draw(st.sampled_from(FOLLOWERS[here]))
            states.append(here)
        return states

    return walk()


def follow(states: list[int]) -> list[tuple[int, Deed | None, Lifecycle]]:
    """Follow states and check what must hold after each."""
    lifecycle, session_running, over = Lifecycle(), False, False
    told: list[tuple[int, Deed | None, Lifecycle]] = []
    for state in states:
        deed = lifecycle.follow(state)
        told.append((state, deed, lifecycle))
        if over:
            assert deed is None, "asked of a session that is over"
            continue
        match deed:
            case "begin":
                assert state == State.READY
                assert not session_running, "begun twice"
                session_running = True
            case "end":
                assert state == State.STOPPING
                assert session_running, "ended, but never begun"
                session_running = False
            case "lose" | "quit":
                over, session_running = True, False
        assert lifecycle.running == session_running
        assert lifecycle.over == over
        assert lifecycle.running or not lifecycle.focused
    return told


@given(walks())
def test_along_the_arrows_everything_asked_for_is_done(states: list[State]) -> None:
    for state, deed, _ in follow(list(states)):
        wanted = {State.READY: "begin", State.STOPPING: "end", State.LOSS_PENDING: "lose", State.EXITING: "quit"}
        assert deed == wanted.get(State(state))


@given(st.lists(st.integers(-2, 10), max_size=60))
def test_a_runtime_that_keeps_no_order_cannot_make_it_illegal(states: list[int]) -> None:
    follow(states)


def test_it_is_focused_only_while_it_runs() -> None:
    lifecycle = Lifecycle()
    lifecycle.follow(State.FOCUSED)
    assert not lifecycle.focused
    for state in (State.READY, State.SYNCHRONIZED, State.VISIBLE, State.FOCUSED):
        lifecycle.follow(state)
    assert lifecycle.focused
    lifecycle.follow(State.VISIBLE)
    assert not lifecycle.focused
    assert lifecycle.running


@pytest.mark.parametrize("last", [State.LOSS_PENDING, State.EXITING])
def test_nothing_comes_after_the_end(last: State) -> None:
    lifecycle = Lifecycle()
    assert lifecycle.follow(State.READY) == "begin"
    assert lifecycle.follow(last) == ("lose" if last == State.LOSS_PENDING else "quit")
    assert lifecycle.follow(State.READY) is None
    assert not lifecycle.running
