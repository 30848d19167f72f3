"""Replays recordings and prints, for each, its name and the SHA-256 of its event log. `determinism.sh` compares machines by it.

    python -m tests.determinism [RECORDING…]      left out: all of tests/recordings

It ends with 1 if a recording gives another log than was recorded, or if graphics were loaded: what is compared is what decides.
On stderr it says what computed, with a sample of results that are *known* to depend on the machine: where two samples differ and
the logs do not, the comparison was a hard one.
"""

from __future__ import annotations

import math
import platform
import struct
import sys
from hashlib import sha256
from pathlib import Path

import numpy as np

from engine.session import Event, Session
from engine.session.log import digest
from engine.session.recording import read
from engine.spec.load import load_scene

RECORDINGS = Path(__file__).resolve().parent / "recordings"
GRAPHICS = {"panda3d", "xr", "OpenGL"}


def replay(path: Path) -> tuple[str, str]:
    """The log's SHA-256, and what the recording itself says it was (empty if it was cut off)."""
    recording = read(path)
    header = recording.header
    scene = load_scene(header.scene, variants=header.variants, language=header.language or None, parameters=header.parameters)
    if scene.digest != header.digest:
        raise SystemExit(f"{path}: was made with another version of the scene {header.scene}; record it again")
    session = Session(scene, header.seed)
    events: list[Event] = []
    for tick, inputs in recording.tape:
        events += session.step(tick - 1)
        events += session.step(tick, inputs)
    events += session.step(recording.last_tick)
    return digest(events), recording.log or ""


def sample() -> str:
    """Results of functions that the engine must not use, in short."""
    library = sha256(b"".join(struct.pack("d", math.sin(0.37 * number)) for number in range(20_000)))
    vectors = sha256(np.exp(np.arange(20_000) * 1e-3).tobytes())
    return f"math.sin {library.hexdigest()[:8]}, numpy.exp {vectors.hexdigest()[:8]}"


def main() -> None:
    """Print a line for each recording."""
    paths = [Path(name) for name in sys.argv[1:]] or sorted(RECORDINGS.glob("*.jsonl"))
    if not paths:
        raise SystemExit(f"there are no recordings in {RECORDINGS}; make one with `abaton run lakeside --record`")
    print(f"Python {platform.python_version()}, numpy {np.__version__}, {sample()}", file=sys.stderr)
    changed = 0
    for path in paths:
        log, recorded = replay(path)
        print(path.stem, log, flush=True)
        if recorded not in {"", log}:
            print(f"{path}: gave the log {log}, but {recorded} was recorded", file=sys.stderr)
            changed = 1
    if loaded := GRAPHICS & sys.modules.keys():
        raise SystemExit(f"a session must run without graphics, but {', '.join(sorted(loaded))} was imported")
    raise SystemExit(changed)


if __name__ == "__main__":
    main()
