"""Recordings of version 1, with a line of JSON for each tick: they are still read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.session.recording import RecordingError, read
from headset.inputs import Clock, Command, Hand, Link, Person, Pose, Signal

HEADER = {
    "abaton_recording": 1,
    "scene": "lakeside",
    "digest": "d",
    "seed": 7,
    "language": "de",
    "variants": ["winter"],
    "parameters": {"inhale": "5 s"},
    "engine": "0.1.0",
    "device": "headless",
    "lacks": ["joints", "gaze"],
}


def write(path: Path, *lines: object) -> None:
    texts = [json.dumps(one, separators=(",", ":")) for one in (HEADER, *lines)]
    path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")


def heads(path: Path) -> None:
    """Three ticks in which a head rises."""
    lines = [[tick, ["person", "participant", [0, 0, tick * 10_000, 8192, 0, 0, 0], None, None]] for tick in range(3)]
    write(path, *lines, {"end": 3, "log": "abc"})


def test_each_kind_of_input_is_read(tmp_path: Path) -> None:
    path = tmp_path / "recording.jsonl"
    pose = [1, 2, 3, 8192, 0, 0, 0]
    write(
        path,
        [0, ["person", "participant", pose, [pose, None, 100, 30, ["menu"]], None], ["clock", 250]],
        [7, ["signal", "hr", 71.5, "/min", 95, "belt"], ["command", "operator", "pause", ""], ["link", "headset", "unworn"]],
        {"end": 12, "log": "abc"},
    )
    recording = read(path)
    where = Pose((1, 2, 3))
    assert list(recording.tape) == [
        (0, (Person(head=where, left=Hand(where, None, 100, 30, frozenset({"menu"}))), Clock(250))),
        (7, (Signal("hr", 71.5, "/min", 95, "belt"), Command("operator", "pause"), Link("headset", "unworn"))),
    ]
    assert (recording.end, recording.log, recording.header.person) == (12, "abc", "")
    assert recording.lacks == ("joints", "gaze")
    assert recording.snapshots == ()


def test_one_that_was_cut_off_plays_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "recording.jsonl"
    heads(path)
    whole = path.read_bytes()
    for size in range(whole.index(b"\n") + 1, len(whole) - 1):
        path.write_bytes(whole[:size])
        recording = read(path)
        assert recording.end is None
        assert len(list(recording.tape)) <= 3


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda data: b"", "is empty"),
        (lambda data: b"\x00\x01\x02" + data, "is not a recording"),
        (lambda data: b"\xff\xfe" + data, "is not a recording"),
        (lambda data: b"[" * 100_000, "is not a recording"),
        (lambda data: data.replace(b'"abaton_recording":1', b'"abaton_recording":9'), "newer Abaton"),
        (lambda data: data.replace(b"[1,", b"[1,[", 1), ":3: is damaged"),
        (lambda data: data.replace(b"[1,", b"[0,", 1), ":3: is damaged"),
        (lambda data: data.replace(b'"person"', b'"parson"', 1), ":2: is damaged"),
        (lambda data: data.replace(b"8192,0,0,0", b"0,0,0,0", 1), ":2: is damaged"),
        (lambda data: data.replace(b"8192,0,0,0", b"8192.5,0,0,0", 1), ":2: is damaged"),
        (lambda data: data.replace(b"8192,0,0,0", b"true,0,0,0", 1), ":2: is damaged"),
        (lambda data: data.replace(b"8192,0,0,0", b"1" + b"0" * 400 + b",0,0,0", 1), ":2: is damaged"),
        (lambda data: data.replace(b"\n[0,", b"\n[-1,", 1), ":2: is damaged"),
        (lambda data: data.replace(b'{"end":3', b'{"end":1'), ":5: is damaged"),
        (lambda data: data.replace(b'{"end":3', b'{"end":"3"'), ":5: is damaged"),
        (lambda data: data.replace(b'"inhale":"5 s"', b'"inhale":5'), "is not a recording"),
        (lambda data: data.replace(b'["winter"]', b'"winter"'), "is not a recording"),
        (lambda data: data.replace(b'{"end"', b'[3,["command","operator","explode",""]]\n{"end"'), ":5: is damaged"),
        (lambda data: data.replace(b'{"end"', b'[3,["link","headset","melted"]]\n{"end"'), ":5: is damaged"),
        (lambda data: data.replace(b'{"end"', b'[3,["clock",-5]]\n{"end"'), ":5: is damaged"),
        (lambda data: data.replace(b'{"end"', b'[3,["signal","hr",NaN,"/min",90,"belt"]]\n{"end"'), ":5: is damaged"),
        (lambda data: data.replace(b'{"end"', b'[3,["signal",["hr"],70,"/min",90,"belt"]]\n{"end"'), ":5: is damaged"),
    ],
)
def test_one_that_is_damaged_is_told_in_a_sentence(tmp_path: Path, damage: Callable[[bytes], bytes], said: str) -> None:
    path = tmp_path / "recording.jsonl"
    heads(path)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(RecordingError, match=said):
        read(path)
