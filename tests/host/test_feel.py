"""Haptic patterns reach the hand that holds the thing, and stop when the session does."""

from __future__ import annotations

from pathlib import Path

from engine.host.feel import PATTERNS, Feel
from engine.interaction.buttons import FINGER
from engine.session import Session
from engine.spec.states import PATTERNS as WORDS
from headset.inputs import Command
from headset.offscreen import Offscreen
from tests.interaction.ward import at, control_at, facing, ward
from tests.making import play, reaching, scene

SCENARIO = """
start: stay
rules: {when: stone held, do: {haptic: stone, pattern: breath}}
states:
  stay: {rules: {when: after 60 s, go: end}}
"""


def test_every_pattern_of_the_language_can_be_felt() -> None:
    assert set(PATTERNS) == set(WORDS)
    for pulses in PATTERNS.values():
        assert all(begins >= 0.0 and 0.0 < amplitude <= 1.0 and 0.0 < seconds <= 1.0 for begins, amplitude, seconds in pulses)


def test_a_breath_is_felt_by_the_holding_hand_and_stops_on_leaving(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, SCENARIO))
    device = Offscreen()
    feel = Feel(session, device)
    feel.watch(play(session, 0.1, [reaching(session, "stone", squeeze=100)]))
    for _ in range(10):
        feel.watch(play(session, 0.1))
    assert {side for side, _, _ in device.felt} == {"right"}
    strengths = [amplitude for _, amplitude, _ in device.felt]
    assert len(strengths) >= 4
    assert strengths == sorted(strengths), "a breath begins softly"
    before = len(device.felt)
    feel.watch(play(session, 0.1, [Command("participant", "leave")]))
    feel.watch(play(session, 1.0))
    assert len(device.felt) == before


def test_a_pressed_button_is_felt_by_the_finger_that_pressed_it(tmp_path: Path) -> None:
    session = Session(ward(tmp_path))
    device = Offscreen()
    feel = Feel(session, device)
    face = session.world.places["bell"].local(control_at(session.world, "bell", "button"))
    for away in (0.1, 0.05, -0.01):
        point = session.world.places["bell"].point((face[0], face[1] + away + FINGER, face[2]))
        feel.watch(play(session, 0.01, [at(session.world, facing(session.world, "bell", point), side="left")]))
    assert [side for side, _, _ in device.felt] == ["left"]
