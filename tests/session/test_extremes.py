"""Inputs that no sound device sends: a session bears them, and the person in it can still leave."""

from __future__ import annotations

from functools import cache
from math import inf, isfinite, nan
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.session import Session
from engine.session.log import line
from engine.spec.load import load_scene
from engine.spec.model import SceneSpec
from headset.inputs import Clock, Command, Hand, Input, Link, Person, Pose, Signal, Verb
from tests.making import play

far = st.sampled_from([0, 1, -1, 8192, -20_000, 10**7, -(10**7), 1 << 53, -(1 << 53)])
turns = st.tuples(far, far, far, far).filter(any)
poses = st.builds(Pose, st.tuples(far, far, far), turns)
buttons = st.frozensets(st.sampled_from(["menu", "primary"]))
hands = st.builds(Hand, st.none() | poses, st.none() | poses, st.integers(-200, 300), st.integers(-200, 300), buttons)
numbers = st.sampled_from([nan, inf, -inf, 1e308, -1e308, 0.0, 72.0])
people = st.sampled_from(["participant", "colleague", ""])
keys = st.frozensets(st.sampled_from(["next", "previous", "select", "back"]))
wishes = st.sampled_from(["gaze=on", "dwell=0.4", "scan=one", "tremor=1", "minutes=5"])
deeds = st.sampled_from(["press bell", "pick mask", "pick stone", "place mask", "take the stone", "step_up oxygen", "help"])
texts = st.text(max_size=5) | wishes | deeds | st.sampled_from(["fms_before=3", "fms_after=20", "gaze", "-gaze"])
inputs: st.SearchStrategy[Input] = st.one_of(
    st.builds(Person, people, st.none() | poses, hands, hands, st.none() | poses, keys),
    st.builds(Person, people, st.none() | poses, gaze=st.none() | poses, keys=keys),
    st.builds(
        Signal, st.sampled_from(["hr", "spo2", "", "mood"]), numbers, st.sampled_from(["/min", "%", ""]), far, st.just("belt")
    ),
    st.builds(
        Command,
        st.sampled_from(["participant", "operator"]),
        st.sampled_from([verb for verb in get_args(Verb) if verb not in ("leave", "recentre")]),
        texts,
    ),
    st.builds(Link, st.just("headset"), st.sampled_from(["lost", "back", "unworn", "worn"])),
    st.builds(Clock, st.integers(1, 1 << 53)),
)


@cache
def spec(name: str) -> SceneSpec:
    return load_scene(name)


@pytest.mark.parametrize("name", ["lakeside", "breathless_bay", "welcome"])
@settings(max_examples=40, deadline=None)
@given(frames=st.lists(st.lists(inputs, max_size=3), max_size=8))
def test_whatever_comes_in_nothing_breaks_and_one_can_leave(name: str, frames: list[list[Input]]) -> None:
    session = Session(spec(name))
    events = []
    for given_now in frames:
        events += play(session, 0.05, given_now) + play(session, 1.0)
    for event in events:
        line(event)  # raises on a number that is none
    for place in session.world.places.values():
        assert all(map(isfinite, (*place.position, *place.turn)))
    assert all(isfinite(value) for value in session.world.properties.values() if isinstance(value, float))
    if not session.over:
        play(session, 0.01, [Command("participant", "leave")])
    assert session.outcome == "left"
