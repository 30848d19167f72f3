"""Blocks: what is packed is what is unpacked, to the last unit; and no damage goes by."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.packing import base85
from engine.packing.blocks import LARGEST_BLOCK, WORST, check, pack, unpack
from engine.packing.plain import LARGEST
from headset.inputs import FULL, HAND_JOINTS, Clock, Command, Hand, Input, Joints, Link, Person, Pose, Signal

whole = st.integers(-LARGEST, LARGEST) | st.integers(-20_000, 20_000)
turns = st.tuples(*[st.integers(-8192, 8192) | whole] * 4).filter(any)
poses = st.builds(Pose, st.tuples(whole, whole, whole), turns)
joints = st.builds(lambda pose: Joints.of(Pose((n, n, n), pose.orientation) for n in range(HAND_JOINTS)), poses)
hands = st.builds(
    Hand,
    st.none() | poses,
    st.none() | poses,
    st.integers(0, FULL),
    st.integers(0, FULL),
    st.frozensets(st.sampled_from(["menu", "primary", "secondary", "stick", "system"])),
    st.tuples(st.integers(-FULL, FULL), st.integers(-FULL, FULL)),
    st.none() | joints,
)
keys = st.frozensets(st.sampled_from(["next", "previous", "select", "back"]))
people = st.builds(Person, st.sampled_from(["participant", "nurse"]), st.none() | poses, hands, hands, st.none() | poses, keys)
inputs: st.SearchStrategy[Input] = st.one_of(
    people,
    st.builds(Signal, st.just("hr"), st.floats(20, 300), st.just("/min"), st.integers(0, 100), st.just("belt")),
    st.builds(Command, st.just("operator"), st.sampled_from(["leave", "pause", "note"]), st.text(max_size=20)),
    st.builds(Link, st.just("headset"), st.sampled_from(["lost", "back"])),
    st.builds(Clock, st.integers(1, 10_000)),
)
frames = st.lists(st.lists(inputs, min_size=1, max_size=3), min_size=1, max_size=8)


def block(taken: Sequence[Sequence[Input]], first: int = 100) -> list[tuple[int, tuple[Input, ...]]]:
    """Frames whose ticks rise by 1, 2, 3 …"""
    return [(first + number * (number + 1) // 2, tuple(given)) for number, given in enumerate(taken)]


def moving(count: int = 40) -> list[tuple[int, tuple[Input, ...]]]:
    return block([[Person(head=Pose((n * 17, 5, 16_000 + n % 3), (8000 + n, n, 3, 1)))] for n in range(count)])


@given(frames)
def test_what_is_packed_is_what_is_unpacked(taken: list[list[Input]]) -> None:
    given_frames = block(taken)
    data = pack(given_frames)
    assert unpack(data, 100) == given_frames
    check(data, 100, given_frames[-1][0])


@given(st.lists(poses, min_size=5, max_size=30))
def test_a_long_motion_comes_back_to_the_last_unit(heads: list[Pose]) -> None:
    taken = block([[Person(head=head, right=Hand(grip=head if n % 3 else None))] for n, head in enumerate(heads)])
    assert unpack(pack(taken), 100) == taken


def test_a_steady_motion_costs_next_to_nothing() -> None:
    steady = [(tick, (Person(head=Pose((tick * 18, tick * -40, 16_000))),)) for tick in range(80)]
    assert len(pack(steady)) - len(pack(steady[:40])) < 40, "less than a byte a frame"


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_damaged_byte_is_found(place: int, change: int) -> None:
    data = bytearray(pack(moving()))
    data[place % len(data)] ^= change
    try:
        found = unpack(bytes(data), 100)
    except WORST:
        return
    assert found == moving(), "a bit that says nothing may change, what is read may not"


@given(st.binary(max_size=300))
def test_bytes_of_anything_else_are_refused(data: bytes) -> None:
    with pytest.raises(WORST):
        unpack(data, 0)


def test_a_block_of_other_ticks_is_refused() -> None:
    data = pack(moving())
    with pytest.raises(ValueError, match="another tick"):
        check(data, 100, 101)


def test_a_small_file_cannot_fill_the_memory() -> None:
    with pytest.raises(ValueError, match="does not end"):
        unpack(zlib.compress(bytes(LARGEST_BLOCK + 1)), 0)


@pytest.mark.parametrize("size", range(12))
def test_base_85_is_that_of_python(size: int) -> None:
    data = bytes(range(250, 250 - size, -1))
    text = base85.encode(data)
    assert text.encode() == base64.b85encode(data)
    assert base85.decode(text.encode()) == data


@pytest.mark.parametrize("text", [b'"', b"~~~~~", "ä".encode(), b"\x00"])
def test_what_is_no_base_85_is_refused(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"no base 85|four bytes"):
        base85.decode(text)
