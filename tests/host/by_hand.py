"""Scenes played by hand in the real window to their end, in real time: `python -m tests.host.by_hand [SCENE…]`.

It takes minutes, so it is no test of CI. What is done is what a person does there with mouse and keys; the answer is in the log.
The command ends with 1 if a log does not end as it should.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from headset.inputs import TICKS_PER_SECOND
from tests.host.bay_by_hand import LITRES, breathless_bay
from tests.host.desk_by_hand import ME, Desk

Events = list[dict[str, Any]]

TOLD = ("state_entered", "item_met", "item_missed", "teleported", "session_ended")
"""What is told of besides what the participant did."""
BREATHS = 25.0
"""Seconds in which at least two whole breaths of ten seconds are taken, whenever one begins."""


def lakeside(desk: Desk) -> None:
    """Look round, take the stone for two breaths, put it down, and stay to the end."""
    desk.look_at("lantern")
    desk.look_at("orb")
    desk.until(lambda: desk.happened("state_entered", "breathe"), "the breathing to begin")
    desk.look_at("stone")
    desk.do("mousedown", "1")
    desk.until(lambda: desk.happened("grabbed", "stone"), "the stone to be in the hand")
    desk.wait(BREATHS)
    desk.do("mouseup", "1")
    desk.until(lambda: desk.happened("released", "stone"), "the stone to be put down")
    desk.look_at("orb")


@dataclass(frozen=True, slots=True)
class Play:
    """What is done in a scene, what its log must hold in this order as (event, what, value), and more words of the command."""

    by: Callable[[Desk], None]
    holds: tuple[tuple[str, str, object], ...]
    asked: tuple[str, ...] = ()


PLAYS = {
    "lakeside": Play(
        lakeside,
        (
            ("state_entered", "breathe", None),
            ("grabbed", "stone", "right"),
            ("haptic", "stone", "breath"),
            *((("said", "breathe_in", None), ("said", "breathe_out", None)) * 2),
            ("released", "stone", "right"),
            ("state_entered", "settle", None),
            ("session_ended", "lakeside", "finished"),
        ),
        ("--set", "rounds=6"),
    ),
    "breathless_bay": Play(
        breathless_bay,
        (
            ("raised", "bell.pressed", None),
            ("item_met", "help_called", None),
            ("changed", "oxygen.flow", LITRES),
            ("item_met", "sat_up", None),
            ("grabbed", "mask", "right"),
            ("fitted", "mask", "patient.face"),
            ("item_met", "oxygen_in_time", None),
            ("raised", "board.dismissed", None),
            ("session_ended", "breathless_bay", "finished"),
        ),
    ),
}


def missing(play: Play, events: Events) -> Iterator[str]:
    """What should have happened, after what came before it, and did not."""
    at = 0
    for event, what, value in play.holds:
        found = next((number for number in range(at, len(events)) if _is(events[number], event, what, value)), None)
        if found is None:
            yield " ".join(str(word) for word in (event, what, value) if word is not None)
        else:
            at = found + 1


def _is(one: dict[str, Any], event: str, what: str, value: object) -> bool:
    return one["event"] == event and one.get("what") == what and value in (None, one.get("value"))


def played(scene: str, out: Path) -> bool:
    """Play a scene by hand and tell its story. Whether it went as it should."""
    play, began = PLAYS[scene], time.monotonic()
    desk = Desk(scene, out, play.asked)
    print(f"{scene}: open after {time.monotonic() - began:.0f} s", flush=True)
    trouble = ""
    try:
        desk.sit_down()
        play.by(desk)
        desk.until(lambda: any(one["event"] == "calm_room" for one in desk.lines("host.jsonl")), "the calm room")
        _, problems = desk.leave()
        trouble = problems if desk.process.returncode or "Traceback" in problems else ""
    except AssertionError as problem:
        trouble = str(problem)
    finally:
        desk.close()
    events = desk.lines("events.jsonl")
    for one in events:
        if one["who"] == ME or one["event"] in TOLD:
            said = (one["who"], one["event"], one.get("what"), one.get("value"), one.get("because"))
            print(f"  {one['tick'] / TICKS_PER_SECOND:7.2f} s ", *(str(word) for word in said if word is not None))
    lacks = list(missing(play, events))
    for one in lacks:
        print(f"{scene}: did not happen, or not in its turn: {one}")
    if trouble:
        print(f"{scene}: {trouble}")
    print(f"{scene}: {'went wrong' if lacks or trouble else 'finished'} in {time.monotonic() - began:.0f} s", flush=True)
    return not lacks and not trouble


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.host.by_hand", description="Play scenes by hand in a real window.")
    parser.add_argument("scenes", nargs="*", metavar="SCENE", help=f"which: {', '.join(PLAYS)}; left out: all")
    scenes = parser.parse_args().scenes or list(PLAYS)
    if unknown := [scene for scene in scenes if scene not in PLAYS]:
        parser.error(f"nobody knows how to play {', '.join(unknown)}; there are {', '.join(PLAYS)}")
    with tempfile.TemporaryDirectory(prefix="by_hand_") as out:
        went = [played(scene, Path(out)) for scene in scenes]
    return 0 if all(went) else 1


if __name__ == "__main__":
    sys.exit(main())
