"""Lines: a speaker ends the sentence, and of lines that wait the newest is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.spec.model import SceneSpec
from engine.world import World
from engine.world.events import Draft, Emit
from engine.world.time import ticks
from engine.world.world import Line

SECONDS_PER_CHARACTER = 0.065
"""Reading aloud, and reading a caption, at 15 characters a second: about 160 words a minute (BBC subtitle guidelines, 2022)."""

SHORTEST_LINE = 2.0
"""Seconds for which even a word is spoken and shown: time to notice it, turn to it and read it."""


class Speech:
    """Who says what. `step` once a tick."""

    def __init__(self, scene: SceneSpec, world: World, emit: Emit) -> None:
        self.scene = scene
        self.world = world
        self.emit = emit
        self._waiting: dict[str, tuple[str, int]] = {}
        """Speaker -> the newest line that waits for the one being spoken to end, and its cause."""

    def say(self, speaker: str, key: str, cause: int) -> None:
        """Say a line, or let it wait until the speaker's present one is over."""
        if speaker not in self.world.lines:
            self._begin(speaker, key, cause)
            return
        if speaker in self._waiting:
            dropped, _ = self._waiting[speaker]
            self.emit(Draft(speaker, "line_dropped", dropped, because="a newer line took its place", cause=cause))
        self._waiting[speaker] = (key, cause)

    def step(self) -> frozenset[tuple[str, str]]:
        """Let lines end and waiting ones begin; the flags of who is speaking or has just finished."""
        if not self.world.lines:
            return frozenset()
        clock = self.world.clock
        flags: set[tuple[str, str]] = set()
        for speaker, line in list(self.world.lines.items()):
            if clock >= line.ends:
                del self.world.lines[speaker]
                flags.add((speaker, "finished"))
                if speaker in self._waiting:
                    self._begin(speaker, *self._waiting.pop(speaker))
        return frozenset(flags | {(speaker, "speaking") for speaker in self.world.lines})

    def snapshot(self) -> Mapping[str, Any]:
        """All that can change, besides the world's lines."""
        return dict(self._waiting)

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Become what `snapshot` was taken of."""
        self._waiting = dict(snapshot)

    def _begin(self, speaker: str, key: str, cause: int) -> None:
        text = self.scene.text[key]
        lasts = ticks(max(SHORTEST_LINE, SECONDS_PER_CHARACTER * len(text)))
        self.world.lines[speaker] = Line(key, text, self.world.clock, self.world.clock + lasts)
        self.emit(Draft(speaker, "said", key, cause=cause))
