"""Recordings: what is written is what is read, and a damaged file is told in a sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.session.recording import Encoder, Header, RecordingError, read
from headset.inputs import Clock, Command, Hand, Input, Link, Person, Pose, Signal

poses = st.builds(
    Pose,
    st.tuples(*[st.integers(-100_000, 100_000)] * 3),
    st.tuples(st.integers(1, 8192), *[st.integers(-8192, 8192)] * 3),
)
buttons = st.frozensets(st.sampled_from(["menu", "primary", "secondary", "stick", "system"]))
hands = st.builds(Hand, st.none() | poses, st.none() | poses, st.integers(0, 100), st.integers(0, 100), buttons)
inputs = st.one_of(
    st.builds(Person, st.just("participant"), st.none() | poses, hands, hands),
    st.builds(Signal, st.just("hr"), st.floats(20, 300), st.just("/min"), st.integers(0, 100), st.just("belt")),
    st.builds(Command, st.just("operator"), st.sampled_from(["leave", "pause", "note"]), st.text(max_size=20)),
    st.builds(Link, st.just("headset"), st.sampled_from(["lost", "back"])),
    st.builds(Clock, st.integers(1, 10_000)),
)
HEADER = Header("lakeside", "d" * 64, 7, "de", ("winter",), {"inhale": "5 s"}, "0.1.0", "headless")


def write(path: Path, frames: list[list[Input]]) -> list[str]:
    encoder = Encoder()
    lines = [encoder.header(HEADER)]
    lines += [text for tick, taken in enumerate(frames) if (text := encoder.inputs(tick, taken))]
    lines.append(encoder.end(len(frames), "abc"))
    path.write_text("".join(f"{text}\n" for text in lines), encoding="utf-8")
    return lines


@given(st.lists(st.lists(inputs, max_size=4), max_size=8))
def test_what_is_written_is_what_is_read(tmp_path_factory: pytest.TempPathFactory, frames: list[list[Input]]) -> None:
    path = tmp_path_factory.mktemp("tape") / "recording.jsonl"
    write(path, frames)
    recording = read(path)
    assert recording.header == HEADER
    assert (recording.end, recording.log) == (len(frames), "abc")
    newest: dict[str, Person] = {}
    expected: list[tuple[int, tuple[Input, ...]]] = []
    for tick, taken in enumerate(frames):
        kept: list[Input] = []
        for one in taken:
            if isinstance(one, Person):
                if newest.get(one.id) == one:
                    continue
                newest[one.id] = one
            kept.append(one)
        if kept:
            expected.append((tick, tuple(kept)))
    assert list(recording.tape) == expected


def test_joints_and_gaze_are_left_out_and_the_header_says_so(tmp_path: Path) -> None:
    path = tmp_path / "recording.jsonl"
    secret = Pose.of((1.0, 2.0, 3.0))
    assert secret is not None
    write(path, [[Person(left=Hand(joints=(secret,) * 26), gaze=secret)]])
    recording = read(path)
    assert recording.header.lacks == ("joints", "gaze")
    assert recording.tape == ((0, (Person(),)),)
    assert "10000,20000,30000" not in path.read_text()


def test_a_recording_cut_off_anywhere_plays_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "recording.jsonl"
    write(path, [[Person(head=Pose.of((0.0, 0.0, 1.0 + tick / 100)))] for tick in range(5)])
    whole = path.read_bytes()
    first = whole.index(b"\n") + 1
    for size in range(first, len(whole) - 1):
        path.write_bytes(whole[:size])
        recording = read(path)
        assert recording.end is None
        assert len(recording.tape) <= 5


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
def test_a_file_that_is_no_recording_is_told_in_a_sentence(tmp_path: Path, damage: object, said: str) -> None:
    path = tmp_path / "recording.jsonl"
    write(path, [[Person(head=Pose.of((0.0, 0.0, float(tick))))] for tick in range(3)])
    assert callable(damage)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(RecordingError, match=said):
        read(path)


def test_a_missing_file_a_folder_and_a_pipe_are_told_too(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "none.jsonl", tmp_path, tmp_path / "pipe"):
        with pytest.raises(RecordingError, match=r"recording\.jsonl"):
            read(path)
