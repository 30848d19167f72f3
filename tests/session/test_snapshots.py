"""Snapshots as text: they bring back the very same session, and name nothing but what a session holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rehearsal import Visitor
from engine.session import Event, Session
from engine.session.encoder import Encoder
from engine.session.recording import Header, read
from engine.session.snapshots import SnapshotError, code, freeze, thaw
from engine.spec.load import load_scene
from headset.inputs import HAND_JOINTS, Command, Hand, Input, Joints, Person, Pose, Signal
from tests.making import scene

SCENES = ("lakeside", "breathless_bay")


def played(name: str, ticks: int) -> tuple[Session, Visitor]:
    """A session with a visitor's hands, an operator and a sensor, some way in."""
    session = Session(load_scene(name), 3)
    visitor = Visitor(session.world, 3)
    for tick in range(ticks):
        more: dict[int, list[Input]] = {
            ticks - 60: [Command("operator", "pause"), Signal("hr", 71.5, "/min", 95, "belt")],
            ticks - 30: [Command("operator", "resume")],
        }
        session.step(tick, [visitor.person(tick), *more.get(tick, ())])
    return session, visitor


@pytest.mark.parametrize("name", SCENES)
@pytest.mark.parametrize("ticks", [90, 1700, 4300])
def test_a_session_that_is_restored_from_text_goes_on_the_same(name: str, ticks: int) -> None:
    session, visitor = played(name, ticks)
    text = freeze(session.snapshot())
    other = Session(session.scene, 3)
    other.restore(thaw(text, other.scene))
    assert freeze(other.snapshot()) == text
    inputs = [[visitor.person(tick)] for tick in range(ticks, ticks + 900)]
    logs: list[list[Event]] = [[], []]
    for one, log in zip((session, other), logs, strict=True):
        for tick, given_inputs in enumerate(inputs, ticks):
            log.extend(one.step(tick, given_inputs))
    assert logs[0] == logs[1]
    assert freeze(session.snapshot()) == freeze(other.snapshot())


def test_what_no_text_can_hold_is_refused() -> None:
    for value in (float("nan"), object(), b"bytes", SnapshotError):
        with pytest.raises(SnapshotError):
            freeze({"x": value})


def with_root(value: Any) -> str:
    """A snapshot with something in it that is not a session's."""
    return json.dumps(["m", "scenario", ["m", "root", None], "x", value])


@pytest.mark.parametrize(
    "name",
    [
        "os.system",
        "subprocess.Popen",
        "pathlib.Path",
        "engine.host.keep.Keeper",
        "engine.host.run.Settings",
        "engine.world.world.World",
        "engine.session.session.Session",
        "engine.world.vectors.look_at",
        "engine.world.nothing.Nothing",
        "Nothing",
        "",
    ],
)
def test_nothing_else_than_records_of_the_deciding_code_can_be_named(name: str) -> None:
    session = Session(load_scene("lakeside"))
    with pytest.raises(SnapshotError, match=f"no record is called {name}"):
        thaw(with_root(["r", name, 1]), session.scene)


@pytest.mark.parametrize(
    "record",
    [
        ["r", "engine.world.vectors.Transform", ["t", 0.0, 0.0, 0.0]],
        ["r", "engine.world.vectors.Transform", ["t", 0.0, 0.0, 0.0], ["t", 1.0, 0.0, 0.0, 0.0], 7],
        ["r", ["t"]],
        ["r"],
        ["q", 1],
        [],
        ["m", 1],
        ["s", ["l"]],
    ],
)
def test_what_is_written_otherwise_is_refused(record: list[Any]) -> None:
    session = Session(load_scene("lakeside"))
    with pytest.raises(SnapshotError, match="not a snapshot"):
        thaw(with_root(record), session.scene)


@given(st.recursive(st.none() | st.integers() | st.text(max_size=3), lambda one: st.lists(one, max_size=3), max_leaves=12))
def test_any_text_is_thawed_or_refused(data: Any) -> None:
    session = Session(load_scene("lakeside"))
    with pytest.raises(SnapshotError):
        thaw(json.dumps(data), session.scene)


def test_states_are_those_of_the_scene(tmp_path: Path) -> None:
    two = "start: one\nstates:\n  one: {rules: {when: after 1 s, go: other}}\n  other: {rules: {when: after 9 s, go: end}}"
    session = Session(scene(tmp_path, two))
    session.step(300)
    text = freeze(session.snapshot())
    assert thaw(text, session.scene)["scenario"]["root"].state is session.scene.scenario
    (tmp_path / "less").mkdir()
    less = scene(tmp_path / "less", "start: one\nstates:\n  one: {rules: {when: after 1 s, go: end}}")
    with pytest.raises(SnapshotError, match="other"):
        thaw(text, less)


def test_joints_and_gaze_without_consent_are_in_no_snapshot(tmp_path: Path) -> None:
    session = Session(load_scene("lakeside"))
    secret = Pose((11_111, 22_222, 33_333))
    person = Person(head=Pose(), left=Hand(joints=Joints.of([secret] * HAND_JOINTS)), gaze=secret)
    session.step(0, [person])
    path = tmp_path / "recording.jsonl"
    texts = {}
    for consent in ("none", "record_joints"):
        encoder = Encoder()
        lines = [encoder.header(Header("lakeside", session.scene.digest))]
        encoder.inputs(0, [Command("participant", "consent", consent)])
        lines.append(encoder.snapshot(session.snapshot()))
        path.write_text("".join(f"{line}\n" for line in lines))
        (snapshot,) = read(path).snapshots
        assert (snapshot.tick, snapshot.code) == (0, code())
        texts[consent] = snapshot.load()
    assert texts["none"].count("22222") == 0
    assert texts["record_joints"].count("22222") == HAND_JOINTS
