"""A second of inputs or less, packed: what a head and hands do is a table of whole numbers, and little changes in a row.

The format is told byte by byte in engine/session/README.md. Each number of a pose is written as what it is off from where the
four rows before would take it, so that zlib is left with little more than the noise of the tracking: about 30 bits a pose.
"""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from engine.packing.plain import BUTTONS, LARGEST, from_plain, one_of, text, to_plain, whole
from headset.inputs import FULL, HAND_JOINTS, ORIENTATION_STEPS, POSE_NUMBERS, Hand, Input, Joints, Key, Person, Pose

Frames = Sequence[tuple[int, Sequence[Input]]]
"""Ticks, rising, each with what came in with it."""

Whole = NDArray[np.int64]

LARGEST_BLOCK = 1 << 24
"""Bytes that a block is unpacked to at most; no honest one comes near."""

KEYS: tuple[Key, ...] = get_args(Key)
POSES = 5
"""Head, left grip, left aim, right grip, right aim: what a person always has columns for."""
STATE = 12
"""Columns before the poses: which poses there are, both hands' controls, keys."""
SEEN = ("head", "left.grip", "left.aim", "right.grip", "right.aim", "gaze", "left.joints", "right.joints")
"""What the bits of the first column stand for, lowest first."""
AXES = 6
"""The same without w."""
NO_POSE = (0, 0, 0, ORIENTATION_STEPS, 0, 0, 0)
WIDTHS = (1, 2, 4, 8)
_WIDEST = np.array([(1 << 8 * width) - 1 for width in WIDTHS], np.uint64)
FARTHEST = 4 * LARGEST
"""What two numbers of a recording can differ by, and more."""
WORST = (ValueError, TypeError, KeyError, IndexError, ArithmeticError, RecursionError, zlib.error)
"""All that damaged bytes can make of unpacking."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """Whose table it is, and which columns it has beyond those of head, grips and aims."""

    person: str
    gaze: bool
    left: bool
    right: bool

    @classmethod
    def of(cls, person: Person) -> _Shape:
        return cls(person.id, person.gaze is not None, person.left.joints is not None, person.right.joints is not None)

    def __or__(self, other: _Shape) -> _Shape:
        return _Shape(self.person, self.gaze or other.gaze, self.left or other.left, self.right or other.right)

    @property
    def poses(self) -> int:
        return POSES + self.gaze + HAND_JOINTS * (self.left + self.right)


def pack(frames: Frames) -> bytes:
    """Frames as bytes, which `unpack` makes the same frames of."""
    people: dict[str, list[Person]] = {}
    others: list[Any] = []
    names: list[tuple[str, ...]] = []
    for _, inputs in frames:
        for one in inputs:
            if isinstance(one, Person):
                people.setdefault(one.id, []).append(one)
            else:
                others.append(to_plain(one))
        names.append(tuple(one.id if isinstance(one, Person) else "" for one in inputs))
    numbers = {name: place + 1 for place, name in enumerate(people)} | {"": 0}
    head: dict[str, Any] = {"frames": len(frames), "others": others, "people": []}
    ticks = _whole([tick for tick, _ in frames])
    columns = [_column(np.diff(ticks, prepend=ticks[:1])), _column(_whole([len(one) for one in names]))]
    columns.append(_column(_whole([numbers[name] for one in names for name in one])))
    moves: list[bytes] = []
    rounding: list[bytes] = []
    for name, rows in people.items():
        shape = _Shape.of(rows[0])
        for person in rows[1:]:
            shape |= _Shape.of(person)
        state, axes, roots = _split(_table(rows, shape))
        head["people"].append([name, len(rows), shape.gaze, shape.left, shape.right, [*state[0].tolist(), *axes[0].tolist()]])
        columns.append(_columns(np.diff(state, axis=0, prepend=state[:1])))
        moves.append(_columns(_off(axes)))
        rounding.append(_columns(roots - _roots(axes)))
    packer = zlib.compressobj(6, strategy=zlib.Z_FILTERED)
    title = json.dumps(head, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    packed = packer.compress(title + b"\n" + b"".join(columns))
    for group in (moves, rounding):
        # Numbers of another kind get a code of their own.
        packed += packer.flush(zlib.Z_BLOCK) + packer.compress(b"".join(group))
    return packed + packer.flush()


def unpack(data: bytes, first: int) -> list[tuple[int, tuple[Input, ...]]]:
    """The frames of a block whose first tick is `first`. Raises one of WORST if the bytes are damaged."""
    return list(_Unpacked(data, first).frames())


def check(data: bytes, first: int, last: int) -> None:
    """Raise one of WORST unless the bytes are a block of these first and last ticks; quicker than unpacking it."""
    _Unpacked(data, first).check(last)


class _Unpacked:
    """The tables of a block."""

    def __init__(self, data: bytes, first: int) -> None:
        opener = zlib.decompressobj()
        plain = opener.decompress(data, LARGEST_BLOCK)
        if not opener.eof or opener.unused_data:
            raise ValueError("it does not end where it should")
        end = plain.index(b"\n")
        head: Mapping[str, Any] = json.loads(plain[:end])
        self._bytes, self._at = plain, end + 1
        count = whole(head["frames"], 1, LARGEST_BLOCK)
        self.ticks = np.cumsum(self._take(count)) + first
        self.counts = self._take(count)
        if self.ticks[0] != first or (np.diff(self.ticks) <= 0).any() or (self.counts < 1).any():
            raise ValueError("ticks must rise, and each has an input")
        self.kinds = self._take(whole(int(self.counts.sum()), 1, LARGEST_BLOCK))
        self.others = [from_plain(one) for one in head["others"]]
        self.people: list[tuple[_Shape, Whole, Whole]] = []
        tables: list[tuple[_Shape, int, Whole, Whole]] = []
        for name, rows, gaze, left, right, base in head["people"]:
            shape = _Shape(text(name), gaze is True, left is True, right is True)
            start = _whole([whole(value) for value in base])
            if len(start) != STATE + AXES * shape.poses:
                raise ValueError("a person has other columns")
            state = np.cumsum(self._columns(whole(rows, 1, LARGEST_BLOCK), STATE), axis=0) + start[:STATE]
            tables.append((shape, rows, state, start[STATE:]))
        moved = [_back(self._columns(rows, AXES * shape.poses), start) for shape, rows, _, start in tables]
        for (shape, rows, state, _), axes in zip(tables, moved, strict=True):
            self.people.append((shape, state, _joined(axes, self._columns(rows, shape.poses) + _roots(axes))))
        known, found = np.unique(self.kinds, return_counts=True)
        expected = {0: len(self.others)} | {place + 1: rows for place, (_, rows, _, _) in enumerate(tables)}
        if dict(zip(known.tolist(), found.tolist(), strict=True)) != {kind: many for kind, many in expected.items() if many}:
            raise ValueError("it has other inputs than its kinds say")
        if self._at != len(plain):
            raise ValueError("there are bytes left over")

    def check(self, last: int) -> None:
        """Raise ValueError unless all people are ones, and the last tick is `last`."""
        if self.ticks[-1] != last:
            raise ValueError("it ends at another tick")
        for table in self.people:
            _checked(*table)

    def frames(self) -> Iterator[tuple[int, tuple[Input, ...]]]:
        """The inputs, tick by tick."""
        queues: list[Iterator[Input]] = [iter(self.others)]
        queues += [_people(*table) for table in self.people]
        kinds = iter(self.kinds.tolist())
        for tick, count in zip(self.ticks.tolist(), self.counts.tolist(), strict=True):
            yield tick, tuple(next(queues[next(kinds)]) for _ in range(count))

    def _columns(self, rows: int, count: int) -> Whole:
        """The next columns, side by side."""
        return np.stack([self._take(rows) for _ in range(count)], axis=1)

    def _take(self, count: int) -> Whole:
        """The next column: a byte for its width, its low bytes, the next higher ones; folded (`_column`)."""
        width: int = one_of(self._bytes[self._at], WIDTHS)
        start, self._at = self._at + 1, self._at + 1 + count * width
        planes = np.frombuffer(self._bytes, np.uint8, count * width, start).reshape(width, count)
        folded = np.ascontiguousarray(planes.T).view(f"<u{width}").ravel().astype(np.uint64)
        values: Whole = (folded >> np.uint64(1)).astype(np.int64) ^ -(folded & np.uint64(1)).astype(np.int64)
        if (np.abs(values) > FARTHEST).any():
            raise ValueError("a number is too large")
        return values


def _whole(values: Sequence[Any]) -> Whole:
    return np.array(values, np.int64)


def _column(values: Whole) -> bytes:
    """A column by itself."""
    return _columns(values[:, None])


def _columns(table: Whole) -> bytes:
    """The columns of a table, one after the other, as `_Unpacked._take` reads each: folded, 0 -1 1 -2 2 … as 0 1 2 3 4 …, so that
    what is near 0 is small."""
    folded = np.ascontiguousarray(((table << 1) ^ (table >> 63)).T).view(np.uint64)
    widths = np.array(WIDTHS)[np.searchsorted(_WIDEST, folded.max(axis=1, initial=0))].tolist()
    found, first = [], 0
    for width, group in groupby(widths):
        # Columns of one width that lie side by side are made together: one by one they took ten times as long.
        last = first + len(list(group))
        low = folded[first:last].astype(f"<u{width}").view(np.uint8).reshape(last - first, -1, width)
        whole = np.empty((last - first, 1 + low.shape[1] * width), np.uint8)
        whole[:, 0] = width
        whole[:, 1:] = low.transpose(0, 2, 1).reshape(last - first, -1)
        found.append(whole.tobytes())
        first = last
    return b"".join(found)


def _split(table: Whole) -> tuple[Whole, Whole, Whole]:
    """The state's columns; the poses' without w; the w of each pose."""
    poses = table[:, STATE:].reshape(len(table), -1, POSE_NUMBERS)
    axes = np.concatenate([poses[:, :, :3], poses[:, :, 4:]], axis=2).reshape(len(table), -1)
    return table[:, :STATE], axes, poses[:, :, 3]


def _joined(axes: Whole, roots: Whole) -> Whole:
    """Poses again: rows x poses x POSE_NUMBERS."""
    apart = axes.reshape(len(axes), -1, AXES)
    poses: Whole = np.concatenate([apart[:, :, :3], roots[:, :, None], apart[:, :, 3:]], axis=2)
    if (np.abs(poses) > LARGEST).any():
        raise ValueError("a number is too large")
    return poses


def _roots(axes: Whole) -> Whole:
    """The w that a unit quaternion has beside its i, j, k: what is really there differs by its rounding."""
    turns = axes.reshape(len(axes), -1, AXES)[:, :, 3:].astype(np.float64)
    turns = np.clip(turns, -ORIENTATION_STEPS, ORIENTATION_STEPS)
    rest = ORIENTATION_STEPS**2 - turns[:, :, 0] ** 2 - turns[:, :, 1] ** 2 - turns[:, :, 2] ** 2
    return np.floor(np.sqrt(np.maximum(rest, 0.0))).astype(np.int64)


def _off(axes: Whole) -> Whole:
    """What each row is off from where the line of best fit through the four before it goes on: x[-1] + (x[-2] - x[-4]) / 2. The
    first row is off by nothing, the next three from the one before."""
    off = np.diff(axes, axis=0, prepend=axes[:1])
    off[4:] -= (axes[2:-2] - axes[:-4]) >> 1
    return off


def _back(off: Whole, start: Whole) -> Whole:
    """What `_off` was of, which began with the row `start`."""
    axes = off
    axes[0] += start
    for row in range(1, len(axes)):
        axes[row] += axes[row - 1]
        if row >= 4:
            axes[row] += (axes[row - 2] - axes[row - 4]) >> 1
    return axes


def _table(people: Sequence[Person], shape: _Shape) -> Whole:
    """A row for each; a pose that is not there repeats what it was, so that its columns stand still."""
    newest: list[tuple[int, ...]] = [NO_POSE] * (POSES + shape.gaze) + [NO_POSE * HAND_JOINTS] * (shape.left + shape.right)
    rows = []
    for one in people:
        seen, row = 0, []
        poses = [one.head, one.left.grip, one.left.aim, one.right.grip, one.right.aim]
        if shape.gaze:
            poses.append(one.gaze)
        for place, pose in enumerate(poses):
            if pose is not None:
                seen |= 1 << place
                newest[place] = (*pose.position, *pose.orientation)
        place = len(poses)
        for bit, hand, wanted in ((6, one.left, shape.left), (7, one.right, shape.right)):
            if hand.joints is not None:
                seen |= 1 << bit
                newest[place] = hand.joints.numbers
            place += wanted
        row.append(seen)
        for hand in (one.left, one.right):
            row += [hand.squeeze, hand.trigger, *hand.stick, _bits(hand.buttons, BUTTONS)]
        row.append(_bits(one.keys, KEYS))
        for numbers in newest:
            row += numbers
        # Row by row: what numpy takes over at once holds up every other thread.
        rows.append(np.frombuffer(array("q", row), np.int64))
    return np.stack(rows)


def _people(shape: _Shape, state: Whole, poses: Whole) -> Iterator[Person]:
    """The people of a table's rows. Raises ValueError where a row is none."""
    if not poses[:, :, 3:].any(axis=2).all():
        raise ValueError("a turn has a length")
    for (seen, *controls, keys), row in zip(state.tolist(), poses.reshape(len(poses), -1).tolist(), strict=True):
        has_gaze, has_left, has_right = _seen(shape, seen)
        there = [_pose(row, place) if seen >> place & 1 else None for place in range(POSES)]
        at = POSES + shape.gaze
        left_joints = _joints(row, at) if has_left else None
        right_joints = _joints(row, at + HAND_JOINTS * shape.left) if has_right else None
        left = Hand(there[1], there[2], *_controls(controls[:5]), left_joints)
        right = Hand(there[3], there[4], *_controls(controls[5:]), right_joints)
        yield Person(shape.person, there[0], left, right, _pose(row, POSES) if has_gaze else None, _names(keys, KEYS))


def _pose(row: Sequence[int], place: int) -> Pose:
    x, y, z, w, i, j, k = row[POSE_NUMBERS * place : POSE_NUMBERS * (place + 1)]
    return Pose((x, y, z), (w, i, j, k))


def _joints(row: Sequence[int], place: int) -> Joints:
    return Joints(tuple(row[POSE_NUMBERS * place : POSE_NUMBERS * (place + HAND_JOINTS)]))


def _checked(shape: _Shape, state: Whole, poses: Whole) -> None:
    """Raise ValueError or TypeError unless `_people` would give people."""
    if not poses[:, :, 3:].any(axis=2).all():
        raise ValueError("a turn has a length")
    for seen, *controls, keys in np.unique(state, axis=0).tolist():
        _seen(shape, seen)
        _controls(controls[:5])
        _controls(controls[5:])
        _names(keys, KEYS)


def _seen(shape: _Shape, seen: int) -> tuple[bool, bool, bool]:
    """Whether there are gaze, left joints, right joints."""
    whole(seen, 0, (1 << len(SEEN)) - 1)
    gaze, left, right = (bool(seen >> bit & 1) for bit in (5, 6, 7))
    if gaze > shape.gaze or left > shape.left or right > shape.right:
        raise ValueError("a pose without columns")
    return gaze, left, right


def _controls(row: Sequence[int]) -> tuple[int, int, frozenset[Any], tuple[int, int]]:
    squeeze, trigger, right, ahead, buttons = row
    stick = (whole(right, -FULL, FULL), whole(ahead, -FULL, FULL))
    return whole(squeeze, 0, FULL), whole(trigger, 0, FULL), _names(buttons, BUTTONS), stick


def _bits(given: frozenset[Any], known: Sequence[str]) -> int:
    return sum(1 << bit for bit, name in enumerate(known) if name in given)


@cache
def _names(bits: int, known: tuple[Any, ...]) -> frozenset[Any]:
    whole(bits, 0, (1 << len(known)) - 1)
    return frozenset(name for bit, name in enumerate(known) if bits >> bit & 1)
