"""Parts that a flag moves though no button raises it: up while it is up, and for a glance if it is up for a moment only."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.session import Session
from engine.spec.load import load_scene
from engine.world.joints import pose_of, value_of
from headset.inputs import Command, Person
from tests.making import HEAD, play, reaching

SPEAKER = """\
card: 1
kind: person
doc: A head whose jaw moves as it speaks and whose lid closes when it has finished.
size: [0.2 m, 0.2 m, 0.3 m]
flags: {speaking: lasting, finished: moment}
joints:
  jaw: {by: speaking, axis: width, at: [0 m, 0 m, 5 cm], from: 0 deg, to: -20 deg}
  lid: {by: finished, axis: width, at: [0 m, 0 m, 20 cm], from: 0 deg, to: 40 deg}
"""

SCENE = HEAD.replace("people:\n", "people:\n  talker: {use: talker, rests_on: dock, at: [0.5 m, 1 m]}\n")

SCENARIO = """
scenario:
  do: {say: hello, speaker: talker}
  rules: {when: after 1 min, go: end}
"""


@pytest.fixture
def session(tmp_path: Path) -> Session:
    (tmp_path / "talker.yaml").write_text(SPEAKER, encoding="utf-8")
    (tmp_path / "scene").mkdir()
    path = tmp_path / "scene" / "made.yaml"
    path.write_text(SCENE + SCENARIO, encoding="utf-8")
    return Session(load_scene(path, cards=tmp_path))


def test_a_jaw_is_open_while_its_owner_speaks_and_the_part_with_it(session: Session) -> None:
    play(session, 1)
    assert value_of(session.world, "talker", "jaw") == 1.0
    assert pose_of(session.world, "talker", "jaw").turn[1] == pytest.approx(-0.17365, abs=1e-4), "half of 20 degrees, as a sine"
    play(session, 2)
    assert value_of(session.world, "talker", "jaw") == 0.0


def test_what_is_up_for_a_moment_is_shown_for_a_glance(session: Session) -> None:
    play(session, 2.0)
    assert value_of(session.world, "talker", "lid") == 0.0
    play(session, 0.01)
    shown = []
    for _ in range(20):
        shown.append(value_of(session.world, "talker", "lid"))
        play(session, 0.01)
    assert shown == [1.0] * 15 + [0.0] * 5


def test_it_stands_still_while_paused_and_is_part_of_a_snapshot(session: Session) -> None:
    play(session, 2.05)
    play(session, 1, [Command("operator", "pause")])
    assert value_of(session.world, "talker", "lid") == 1.0
    kept = session.snapshot()
    play(session, 1, [Command("operator", "resume")])
    assert value_of(session.world, "talker", "lid") == 0.0
    session.restore(kept)
    assert value_of(session.world, "talker", "lid") == 1.0
    play(session, 0.05, [Command("operator", "resume")])
    assert value_of(session.world, "talker", "lid") == 1.0
    play(session, 0.1)
    assert value_of(session.world, "talker", "lid") == 0.0


def test_hands_raise_nothing_that_belongs_to_others(session: Session) -> None:
    play(session, 1, [reaching(session, "talker"), Person("colleague")])
    assert session.world.raised == {("talker", "speaking"): 1.0}
