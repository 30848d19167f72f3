"""Recordings: what is written is what is read, and a damaged file is told in a sentence."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.session.encoder import BLOCK_TICKS, Encoder, lacking
from engine.session.recording import Header, RecordingError, read
from headset.inputs import HAND_JOINTS, Clock, Command, Hand, Input, Joints, Link, Person, Pose, Signal

poses = st.builds(
    Pose,
    st.tuples(*[st.integers(-100_000, 100_000)] * 3),
    st.tuples(st.integers(1, 8192), *[st.integers(-8192, 8192)] * 3),
)
buttons = st.frozensets(st.sampled_from(["menu", "primary", "secondary", "stick", "system"]))
sticks = st.tuples(st.integers(-100, 100), st.integers(-100, 100))
hands = st.builds(Hand, st.none() | poses, st.none() | poses, st.integers(0, 100), st.integers(0, 100), buttons, sticks)
keys = st.frozensets(st.sampled_from(["next", "previous", "select", "back"]))
inputs = st.one_of(
    st.builds(Person, st.just("participant"), st.none() | poses, hands, hands, st.none(), keys),
    st.builds(Signal, st.just("hr"), st.floats(20, 300), st.just("/min"), st.integers(0, 100), st.just("belt")),
    st.builds(Command, st.just("operator"), st.sampled_from(["leave", "pause", "note"]), st.text(max_size=20)),
    st.builds(Link, st.just("headset"), st.sampled_from(["lost", "back"])),
    st.builds(Clock, st.integers(1, 10_000)),
)
HEADER = Header("lakeside", "d" * 64, 7, "de", ("winter",), {"inhale": "5 s"}, "0.1.0", "headless", person="someone")


def write(path: Path, frames: list[list[Input]], every: int = 1) -> list[str]:
    """A recording with a frame every so many ticks."""
    encoder = Encoder()
    lines = [encoder.header(HEADER)]
    lines += [text for number, taken in enumerate(frames) if (text := encoder.inputs(number * every, taken))]
    lines.append(encoder.end(len(frames) * every, "abc"))
    path.write_text("".join(f"{text}\n" for text in lines), encoding="utf-8")
    return lines


def heads(count: int) -> list[list[Input]]:
    return [[Person(head=Pose.of((0.0, 0.0, 1.0 + tick / 100)))] for tick in range(count)]


@given(st.lists(st.lists(inputs, max_size=4), max_size=8), st.sampled_from([1, 30, 200]))
def test_what_is_written_is_what_is_read(tmp_path_factory: pytest.TempPathFactory, frames: list[list[Input]], every: int) -> None:
    path = tmp_path_factory.mktemp("tape") / "recording.jsonl"
    write(path, frames, every)
    recording = read(path)
    assert recording.header == HEADER
    assert (recording.end, recording.log, recording.left_out) == (len(frames) * every, "abc", ())
    newest: dict[str, Person] = {}
    expected: list[tuple[int, tuple[Input, ...]]] = []
    for number, taken in enumerate(frames):
        kept: list[Input] = []
        for one in taken:
            if isinstance(one, Person):
                if newest.get(one.id) == one:
                    continue
                newest[one.id] = one
            kept.append(one)
        if kept:
            expected.append((number * every, tuple(kept)))
    assert list(recording.tape) == expected
    for tick in (-1, 0, 35, 400):
        assert list(recording.after(tick)) == [taken for taken in expected if taken[0] > tick]


def test_blocks_are_so_short_that_a_killed_process_loses_less_than_a_second() -> None:
    assert BLOCK_TICKS <= 80
    encoder = Encoder()
    written = [tick for tick, frame in enumerate(heads(400)) if encoder.inputs(tick, frame)]
    assert written == [BLOCK_TICKS, 2 * BLOCK_TICKS, 3 * BLOCK_TICKS, 4 * BLOCK_TICKS, 5 * BLOCK_TICKS]


SECRET = Pose((10_001, 20_002, 30_003))
JOINTS = Joints.of([SECRET] * HAND_JOINTS)


def secretive(*consents: str) -> list[list[Input]]:
    """Frames with joints and gaze, in all of which something moves; consents are given in the third."""
    return [
        [
            *(Command("participant", "consent", one) for one in consents if tick == 2),
            Person(head=Pose((tick, 0, 0)), left=Hand(joints=JOINTS), gaze=SECRET),
        ]
        for tick in range(5)
    ]


def seen(path: Path) -> list[tuple[bool, bool]]:
    """Of each frame, whether joints and gaze are in it."""
    people = [one for _, taken in read(path).tape for one in taken if isinstance(one, Person)]
    return [(one.left.joints == JOINTS, one.gaze == SECRET) for one in people]


def test_joints_and_gaze_are_left_out_and_the_recording_says_so(tmp_path: Path) -> None:
    path = tmp_path / "recording.jsonl"
    write(path, secretive())
    assert seen(path) == [(False, False)] * 5
    assert read(path).lacks == ("gaze", "joints")


def test_each_is_kept_from_its_consent_on(tmp_path: Path) -> None:
    path = tmp_path / "recording.jsonl"
    write(path, secretive("record_joints"))
    assert seen(path) == [(False, False)] * 3 + [(True, False)] * 2, "from the frame after the one in which it is given"
    write(path, secretive("gaze", "record_gaze"))
    assert seen(path) == [(False, False)] * 3 + [(False, True)] * 2


def test_taking_a_consent_back_stops_at_once(tmp_path: Path) -> None:
    path = tmp_path / "recording.jsonl"
    frames = secretive("record_joints", "record_gaze")
    frames[4].append(Command("participant", "consent", "-record_gaze"))
    write(path, frames)
    assert seen(path)[3:] == [(True, True), (True, False)]


def test_only_the_person_or_an_operator_for_them_can_consent(tmp_path: Path) -> None:
    path = tmp_path / "recording.jsonl"
    frames = secretive()
    frames[0].append(Command("engine", "consent", "record_gaze"))
    frames[2].append(Command("operator", "consent", "record_joints"))
    write(path, frames)
    assert seen(path) == [(False, False)] * 3 + [(True, False)] * 2


def test_what_nobody_sent_is_not_said_to_be_lacking(tmp_path: Path) -> None:
    path = tmp_path / "recording.jsonl"
    lines = write(path, heads(3))
    assert read(path).lacks == ()
    path.write_text("".join(f"{text}\n" for text in lines[:-1]))
    assert read(path).lacks == ("joints", "gaze"), "a recording without an end may lack what its header says"


def test_the_header_says_what_was_not_consented_to_as_it_began() -> None:
    assert lacking([]) == ("joints", "gaze")
    assert lacking([Command("participant", "consent", "record_gaze")]) == ("joints",)


def test_a_recording_cut_off_anywhere_plays_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "recording.jsonl"
    write(path, heads(200))
    frames = list(read(path).tape)
    whole = path.read_bytes()
    first = whole.index(b"\n") + 1
    for size in range(first, len(whole) - 1, 7):
        path.write_bytes(whole[:size])
        recording = read(path)
        assert recording.end is None
        kept = list(recording.tape)
        assert kept == frames[: len(kept)]
        assert len(kept) % BLOCK_TICKS == 0 or len(kept) == 200, "whole blocks"


def test_a_file_that_the_power_went_from_ends_in_zeros_and_plays(tmp_path: Path) -> None:
    path = tmp_path / "recording.jsonl"
    lines = write(path, heads(200))
    path.write_bytes(f"{lines[0]}\n{lines[1]}\n".encode() + bytes(300))
    assert len(list(read(path).tape)) == BLOCK_TICKS


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda data: b"", "is empty"),
        (lambda data: b"\x00\x01\x02" + data, "is not a recording"),
        (lambda data: b"\xff\xfe" + data, "is not a recording"),
        (lambda data: b"[" * 100_000, "is not a recording"),
        (lambda data: b"null\n", "is not a recording"),
        (lambda data: data.replace(b'"abaton_recording":2', b'"abaton_recording":9'), "newer Abaton"),
        (lambda data: data.replace(b'"abaton_recording":2', b'"abaton_recording":0'), "is not a recording"),
        (lambda data: data.replace(b'"inhale":"5 s"', b'"inhale":5'), "is not a recording"),
        (lambda data: data.replace(b'["winter"]', b'"winter"'), "is not a recording"),
        (lambda data: data.replace(b'"data":"', b'"data":"!!', 1), ":2: is damaged"),
        (lambda data: data.replace(b'"}\n{"block":[75', b'X"}\n{"block":[75'), ":2: is damaged"),
        (lambda data: data.replace(b'"}\n{"block":[75', b'\n{"block":[75'), ":2: is damaged"),
        (lambda data: data.replace(b"[75,", b"[74,"), ":3: is damaged"),
        (lambda data: data.replace(b"[0,74]", b"[0,73]"), ":2: is damaged"),
        (lambda data: data.replace(b"[0,74]", b"[74,0]"), ":2: is damaged"),
        (lambda data: data.replace(b"[0,74]", b"[1,75]"), ":3: is damaged"),
        (lambda data: data.replace(b'{"block"', b'{"black"', 1), ":2: is damaged"),
        (lambda data: data.replace(b'{"end":80', b'{"end":1'), ":4: is damaged"),
        (lambda data: data.replace(b'{"end":80', b'{"end":"80"'), ":4: is damaged"),
        (lambda data: data.replace(b'{"end"', b'[79,["link","headset","lost"]]\n{"end"'), ":4: is damaged"),
    ],
)
def test_a_file_that_is_no_recording_is_told_in_a_sentence(tmp_path: Path, damage: Callable[[bytes], bytes], said: str) -> None:
    path = tmp_path / "recording.jsonl"
    write(path, heads(80))
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(RecordingError, match=said):
        read(path)


@given(st.integers(0, 100_000), st.integers(0, 255))
def test_any_byte_that_is_changed_is_found_or_changes_no_input(
    tmp_path_factory: pytest.TempPathFactory, place: int, value: int
) -> None:
    path = tmp_path_factory.mktemp("tape") / "recording.jsonl"
    write(path, heads(160))
    expected = list(read(path).tape)
    data = bytearray(path.read_bytes())
    start = data.index(b"\n") + 1  # the header says what is played, not what is put in
    data[start + place % (len(data) - start)] = value
    path.write_bytes(data)
    try:
        found = list(read(path).tape)
    except RecordingError:
        return
    assert found == expected[: len(found)]


@given(st.binary(max_size=200))
def test_any_file_is_a_recording_or_told_to_be_none(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("tape") / "recording.jsonl"
    path.write_bytes(data)
    with pytest.raises(RecordingError, match=r"recording\.jsonl"):
        read(path)


def test_damage_that_is_not_looked_for_is_found_when_it_is_come_to(tmp_path: Path) -> None:
    path = tmp_path / "recording.jsonl"
    write(path, heads(160))
    path.write_bytes(path.read_bytes().replace(b'[75,149],"data":"', b'[75,149],"data":"!!'))
    tape = read(path, checked=False).tape
    assert [next(tape)[0] for _ in range(75)] == list(range(75))
    with pytest.raises(RecordingError, match=":3: is damaged"):
        next(tape)


def test_a_missing_file_a_folder_and_a_pipe_are_told_too(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "none.jsonl", tmp_path, tmp_path / "pipe"):
        with pytest.raises(RecordingError, match=r"recording\.jsonl"):
            read(path)
