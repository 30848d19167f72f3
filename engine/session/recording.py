"""Recordings: every input of a session, tick by tick, which is all that a replay needs.

A recording is JSON Lines. The first line is the header, each other one `[tick, input, …]`, the last one says at which tick the
session ended and what the SHA-256 of its event log was; a recording without it was cut off, and replays as far as it goes.
Hand joints and gaze are left out (they need a consent of their own); the header's `lacks` says so.

    {"abaton_recording": 1, "scene": "lakeside", "digest": "…", "seed": 7, "lacks": ["joints", "gaze"], …}
    [0, ["person", "participant", [0, 0, 12000, 8192, 0, 0, 0], null, null]]
    {"end": 18000, "log": "…"}
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from math import isfinite
from pathlib import Path
from typing import Any, TextIO, get_args, get_type_hints

from headset.inputs import FULL, Button, Clock, Command, Hand, Input, Link, Person, Pose, Signal, Verb

VERSION = 1
LARGEST_LINE = 1 << 20
"""Characters; no honest line is longer, and a file that is not a recording at all may be one endless line."""

LARGEST = 1 << 53
"""No whole number of a recording is larger, so that every JSON reader finds the same ones."""

VERBS: tuple[str, ...] = get_args(Verb)
LINKS: tuple[str, ...] = get_args(get_type_hints(Link)["state"])


class RecordingError(Exception):
    """A recording cannot be used; the message says in one sentence why, and what to do."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a session was begun with."""

    scene: str
    digest: str
    seed: int = 0
    language: str = ""
    variants: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    engine: str = ""
    device: str = ""
    lacks: tuple[str, ...] = ("joints", "gaze")


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording as read: its tape holds (tick, inputs), ticks rising. `end` and `log` are None if it was cut off."""

    header: Header
    tape: tuple[tuple[int, tuple[Input, ...]], ...]
    end: int | None
    log: str | None

    @property
    def last_tick(self) -> int:
        """The tick to replay to."""
        return self.end if self.end is not None else self.tape[-1][0] if self.tape else -1


class Encoder:
    """Turns a session's inputs into lines. A person who has not changed is not written again."""

    def __init__(self) -> None:
        self._newest: dict[str, Person] = {}

    def header(self, header: Header) -> str:
        """The first line."""
        return _dump({"abaton_recording": VERSION, **asdict(header)})

    def inputs(self, tick: int, inputs: Sequence[Input]) -> str:
        """The line of a tick, or an empty text if nothing new came in."""
        kept: list[Input] = []
        for given in inputs:
            wanted: Input = given
            if isinstance(given, Person):
                wanted = _without_consent(given)
                if self._newest.get(given.id) == wanted:
                    continue
                self._newest[given.id] = wanted
            kept.append(wanted)
        return _dump([tick, *map(_plain, kept)]) if kept else ""

    def end(self, tick: int, log: str) -> str:
        """The last line."""
        return _dump({"end": tick, "log": log})


def read(path: Path) -> Recording:
    """Read a recording. Raises RecordingError if it is none, is of a newer version, or is corrupt before its last line."""
    if path.exists() and not path.is_file():
        raise RecordingError(f"{path}: is no file; give the path of a recording.jsonl")
    try:
        with path.open(encoding="utf-8") as file:
            return _read(path, file)
    except OSError as error:
        raise RecordingError(f"{path}: cannot be read ({error.strerror}); give the path of a recording.jsonl") from error
    except UnicodeDecodeError as error:
        raise RecordingError(f"{path}: is not a recording; give the path of a recording.jsonl") from error


def _read(path: Path, file: TextIO) -> Recording:
    header: Header | None = None
    tape: list[tuple[int, tuple[Input, ...]]] = []
    number = 0
    while text := file.readline(LARGEST_LINE):
        number += 1
        try:
            data = json.loads(text)
            if header is None:
                header = _header(data)
            elif isinstance(data, dict):
                return _ended(header, tape, data)
            else:
                tick, *inputs = data
                if _whole(tick) < 0 or (tape and tick <= tape[-1][0]):
                    raise ValueError("ticks must rise")
                tape.append((tick, tuple(_input(given) for given in inputs)))
        except _NewerError as error:
            raise RecordingError(f"{path}: was made by a newer Abaton (recording version {error}); use that one") from error
        except (ValueError, TypeError, KeyError, ArithmeticError, RecursionError) as error:
            if header is not None and not text.endswith("\n"):
                break  # the line that was being written when the power went
            what = "is damaged here; what comes before cannot be trusted" if header else "is not a recording"
            raise RecordingError(f"{path}:{number}: {what}; use another copy of the file") from error
    if header is None:
        raise RecordingError(f"{path}: is empty; the session it was made in never began")
    return Recording(header, tuple(tape), None, None)


class _NewerError(ValueError):
    pass


def _ended(header: Header, tape: Sequence[tuple[int, tuple[Input, ...]]], data: Mapping[str, Any]) -> Recording:
    end = _whole(data["end"])
    if end < (tape[-1][0] if tape else 0):
        raise ValueError("it cannot end before its last input")
    return Recording(header, tuple(tape), end, _text(data["log"]))


def _header(data: Mapping[str, Any]) -> Header:
    version = data["abaton_recording"]
    if version > VERSION:
        raise _NewerError(version)
    return Header(
        scene=_text(data["scene"]),
        digest=_text(data["digest"]),
        seed=_whole(data["seed"]),
        language=_text(data["language"]),
        variants=_texts(data["variants"]),
        parameters={name: _text(value) for name, value in dict(data["parameters"]).items()},
        engine=_text(data["engine"]),
        device=_text(data["device"]),
        lacks=_texts(data["lacks"]),
    )


# Python would gladly make something of whatever a damaged file holds; what is not exactly what was written is refused.


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _texts(values: object) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError(f"{values!r} is no list")
    return tuple(_text(value) for value in values)


def _whole(value: object, low: int = -LARGEST, high: int = LARGEST) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise TypeError(f"{value!r} is no whole number from {low} to {high}")
    return value


def _number(value: object) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not isfinite(value):
        raise TypeError(f"{value!r} is no number")
    return value


def _one_of(value: object, known: Sequence[Any]) -> Any:
    if value not in known:
        raise ValueError(f"{value!r} is not known here")
    return value


def _without_consent(person: Person) -> Person:
    return replace(person, left=replace(person.left, joints=None), right=replace(person.right, joints=None), gaze=None)


def _plain(given: Input) -> list[Any]:
    match given:
        case Person():
            return ["person", given.id, _plain_pose(given.head), _plain_hand(given.left), _plain_hand(given.right)]
        case Signal():
            return ["signal", given.name, given.value, given.unit, given.quality, given.source]
        case Command():
            return ["command", given.author, given.verb, given.value]
        case Link():
            return ["link", given.device, given.state]
        case Clock():
            return ["clock", given.skipped]


def _plain_pose(pose: Pose | None) -> list[int] | None:
    return None if pose is None else [*pose.position, *pose.orientation]


def _plain_hand(hand: Hand) -> list[Any] | None:
    if hand == Hand():
        return None
    return [_plain_pose(hand.grip), _plain_pose(hand.aim), hand.squeeze, hand.trigger, sorted(hand.buttons)]


def _input(data: Sequence[Any]) -> Input:
    kind, *rest = data
    match kind:
        case "person":
            name, head, left, right = rest
            return Person(_text(name), _pose(head), _hand(left), _hand(right))
        case "signal":
            name, value, unit, quality, source = rest
            return Signal(_text(name), _number(value), _text(unit), _whole(quality), _text(source))
        case "command":
            author, verb, value = rest
            return Command(_text(author), _one_of(verb, VERBS), _text(value))
        case "link":
            device, state = rest
            return Link(_text(device), _one_of(state, LINKS))
        case "clock":
            (skipped,) = rest
            return Clock(_whole(skipped, 1))
    raise ValueError(f"no input is called {kind!r}")


def _pose(data: Sequence[int] | None) -> Pose | None:
    if data is None:
        return None
    x, y, z, w, i, j, k = (_whole(number) for number in data)
    if not (w or i or j or k):
        raise ValueError("a turn has a length")
    return Pose((x, y, z), (w, i, j, k))


def _hand(data: Sequence[Any] | None) -> Hand:
    if data is None:
        return Hand()
    grip, aim, squeeze, trigger, buttons = data
    known = get_args(Button)
    return Hand(
        _pose(grip),
        _pose(aim),
        _whole(squeeze, 0, FULL),
        _whole(trigger, 0, FULL),
        frozenset(_one_of(button, known) for button in buttons),
    )


def _dump(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
