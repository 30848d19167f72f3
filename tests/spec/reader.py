"""Reading in a process of its own, which a scene may break: `Reader` here, and `python -m tests.spec.reader` the process.

A line of JSON goes in for each scene, with all its files; a line comes out with what was found and what it cost. Nothing is
caught in the process: whatever breaks it is told with its last words, and a new one is begun for the next scene.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from time import process_time
from types import TracebackType
from typing import IO, Any, Self

MOST_SECONDS = 2.0
"""Of a processor like the one where the yardstick takes `QUIET`."""

MOST_MEGABYTES = 200
"""Above a bare interpreter."""

QUIET = 0.016
"""Seconds of the yardstick on one core of an AMD EPYC with nothing else to do."""

STATUS = "/proc/self/status"

TRIES = 3
"""Times that a scene is read which took too long: on a shared machine the quickest counts."""

PATIENCE = 120
"""Seconds on the clock after which a reader that says nothing hangs."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a scene: codes of errors and warnings. `seconds` are the processor's, `megabytes` the most so far."""

    scene: bool
    codes: tuple[str, ...]
    seconds: float
    megabytes: float


class BrokenError(AssertionError):
    """The reading process ended, or said nothing."""


class Reader:
    """A process that reads scenes, one after another."""

    def __init__(self) -> None:
        self._bare = _bare_megabytes()
        self._process: subprocess.Popen[bytes] | None = None
        self._words: IO[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self.end()

    def end(self) -> None:
        """End the process; the next scene begins another."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None
        if self._words is not None:
            self._words.close()
            self._words = None

    def read(self, files: Mapping[str, bytes], variants: Sequence[str] = (), language: str | None = None) -> Reading:
        """Read `scene.yaml` among these files, with the cards in `cards`. Raises BrokenError, AssertionError over the bounds."""
        plain = {name: data.decode("latin-1") for name, data in files.items()}
        line = json.dumps({"files": plain, "variants": list(variants), "language": language})
        seconds = 1e9
        for _ in range(TRIES):
            answer = self._asked(line)
            seconds = min(seconds, answer["seconds"] * QUIET / max(QUIET, answer["yardstick"]))
            if seconds <= MOST_SECONDS:
                break
        found = Reading(answer["scene"], tuple(answer["codes"]), seconds, answer["megabytes"] - self._bare)
        if found.megabytes > MOST_MEGABYTES:
            self.end()
        assert found.seconds <= MOST_SECONDS, f"read in {found.seconds:.2f} s"
        assert found.megabytes <= MOST_MEGABYTES, f"took {found.megabytes:.0f} MB more than a bare interpreter"
        return found

    def _asked(self, line: str) -> dict[str, Any]:
        if self._process is None:
            self._words = TemporaryFile()  # noqa: SIM115 — closed by `end`
            command = [sys.executable, "-m", "tests.spec.reader"]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._words)
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(line.encode() + b"\n")
            process.stdin.flush()
        except BrokenPipeError:
            raise BrokenError(self._last_words()) from None
        ready, _, _ = select.select([process.stdout], [], [], PATIENCE)
        if not ready:
            self.end()
            raise BrokenError(f"the reader said nothing for {PATIENCE} s")
        answer = process.stdout.readline()
        if not answer:
            raise BrokenError(self._last_words())
        found: dict[str, Any] = json.loads(answer)
        return found

    def _last_words(self) -> str:
        assert self._process is not None
        assert self._words is not None
        ended = self._process.wait()
        self._words.seek(0)
        words = self._words.read().decode(errors="replace")
        self.end()
        return f"the reader ended with {ended}\n{words}"


def _bare_megabytes() -> float:
    """The most memory of an interpreter that does nothing."""
    script = f"print(open({STATUS!r}).read())"
    return _most_megabytes(subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True).stdout)


def _most_megabytes(status: str) -> float:
    """The most memory that a process had, by what Linux says of it; `getrusage` would count its parent's too."""
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _yardstick() -> float:
    """Processor seconds of some work that is always the same."""
    began = process_time()
    found: dict[int, int] = {}
    for number in range(200_000):
        found[number % 997] = found.get(number % 991, 0) + number
    return process_time() - began


def main() -> None:
    """Read what is asked for, line by line."""
    # The parent needs none of these.
    from engine.spec import read_scene, render
    from engine.world import misplaced

    for line in sys.stdin:
        asked = json.loads(line)
        with TemporaryDirectory() as folder:
            home = Path(folder) / "scene"
            for name, text in asked["files"].items():
                path = home / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text.encode("latin-1"))
            os.chdir(home)
            began = process_time()
            scene, found = read_scene(
                Path("scene.yaml"), variants=asked["variants"], language=asked["language"], cards=Path("cards")
            )
            placed = misplaced(scene) if scene else ()
            shown = [render(one) for one in (*found, *placed)]
            seconds = process_time() - began
            os.chdir("/")
        assert (scene is None) == any(one.severity == "error" for one in found), "errors, and yet a scene; or neither"
        assert all(shown), "a finding without words"
        assert all(one.message and one.code[0] in "EW" for one in found), "a finding without words or code"
        answer = {
            "scene": scene is not None,
            "codes": [one.code for one in (*found, *placed)],
            "seconds": seconds,
            "yardstick": min(_yardstick() for _ in range(3)) if seconds > MOST_SECONDS / 2 else QUIET,
            "megabytes": _most_megabytes(Path(STATUS).read_text(encoding="utf-8")),
        }
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
