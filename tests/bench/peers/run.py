"""three.js beside Abaton, in one run: `python tests/bench/peers/run.py [--rounds 3] [--write]`.

Needs Chromium, Node.js 20 and what `npm ci` puts here; where one is missing it says which and ends with 0, so that a machine
without a browser is not a failure. Both draw the same boxes of `engine/view/loads.py` and `page.js`: as many triangles, in as
many pixels. They take turns, round by round, each in a process of its own, and each counts with its least block. `--write` puts
the table into tests/bench/README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from engine.authoring.bench import processor

HERE = Path(__file__).resolve().parent
README = HERE.parent / "README.md"
BEGIN, END = "<!-- peers: begin -->", "<!-- peers: end -->"
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")

SMALL, LARGE = 64, 512
"""Pixels of one eye's picture in each direction: for the processor's side alone, and with shading."""

Case = tuple[str, str, int, int, int, int | None, str]
"""What is measured: three.js's load, ours, how many, pixels, eyes, samples of a pixel (None: nothing is shaded), and three.js's
lights: the least (`plain`), or what our picture has (`alike`)."""

CASES: tuple[Case, ...] = (
    ("empty", "empty", 0, SMALL, 1, None, "plain"),
    ("batched", "static", 1000, SMALL, 1, None, "plain"),
    ("merged", "static", 1000, SMALL, 1, None, "plain"),
    ("batched", "static", 10_000, SMALL, 1, None, "plain"),
    ("separate", "movable", 1000, SMALL, 1, None, "plain"),
    ("separate", "movable", 1000, SMALL, 2, None, "plain"),
    *(
        (theirs, mine, count, LARGE, 2, samples, lights)
        for samples in (0, 4)
        for theirs, mine, count, lights in (
            ("empty", "empty", 0, "plain"),
            ("batched", "static", 1000, "plain"),
            ("merged", "static", 1000, "plain"),
            ("merged", "static", 1000, "alike"),
            ("separate", "movable", 1000, "plain"),
            ("separate", "movable", 1000, "alike"),
        )
    ),
)


def missing() -> str | None:
    """What this machine lacks, as a sentence; None if nothing."""
    if browser() is None:
        return "skipped: there is no Chromium here; install it (Debian: apt-get install chromium) and run this again"
    if shutil.which("node") is None:
        return "skipped: there is no Node.js here; install version 20 or newer and run this again"
    if not (HERE / "node_modules" / "three").is_dir():
        return f"skipped: three.js is not here; run `npm ci` in {HERE} and run this again"
    return None


def browser() -> str | None:
    """The path of a Chromium."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def three(browser_path: str, cases: Sequence[Mapping[str, Any]], shaded: bool) -> tuple[str, list[dict[str, Any]]]:
    """What Chromium's version is, and what three.js took."""
    done = _json(["node", str(HERE / "drive.mjs"), browser_path, "mesa"], cases, shaded)
    return done["chromium"], done["found"]


def ours(cases: Sequence[Mapping[str, Any]], shaded: bool) -> list[dict[str, Any]]:
    """What Abaton took."""
    found: list[dict[str, Any]] = _json([sys.executable, "-m", "engine.authoring.loads"], cases, shaded)
    return found


def compare(browser_path: str, rounds: int) -> str:
    """Measure all cases in turns; the table."""
    rows: dict[int, list[tuple[dict[str, Any], dict[str, Any]]]] = {}
    chromium = ""
    for _ in range(rounds):
        for shaded in (False, True):
            some = [index for index, case in enumerate(CASES) if (case[5] is not None) == shaded]
            chromium, theirs = three(browser_path, [_case(CASES[index], 0) for index in some], shaded)
            for index, one, other in zip(some, theirs, ours([_case(CASES[index], 1) for index in some], shaded), strict=True):
                rows.setdefault(index, []).append((one, other))
    about = rows[len(CASES) - 1][0][0]
    when, load = datetime.now(UTC).strftime("%Y-%m-%d"), os.getloadavg()
    lines = [
        f"{when}, {processor()}, {os.cpu_count()} cores, load {load[0]:.1f} and {load[1]:.1f} (1 and 5 minutes); "
        f"three.js r{about['three']} in Chromium {chromium}, headless, `{about['renderer']}`; least of {rounds} rounds; "
        "`python tests/bench/peers/run.py --write`. Milliseconds of a frame: three.js / Abaton.",
        "",
        "| load | eyes | pixels of an eye | shaded | three.js's lights | clock | frames waited for | processor | ours / theirs |",
        "|---|---:|---:|---|---|---:|---:|---:|---:|",
    ]
    for index, found in sorted(rows.items()):
        theirs_load, ours_load, count, size, eyes, samples, lights = CASES[index]
        cells = []
        for key in ("clock", "waited"):
            pair = (min(min(one[key]) for one, _ in found), min(min(other[key]) for _, other in found))
            cells.append(f"{_ms(pair[0])} / {_ms(pair[1])}")
        work = min(one["processor"] for one, _ in found), min(other["processor"] for _, other in found)
        what = f"{count:,} × {theirs_load} / {ours_load}" if count else "nothing"
        ratio = f"{work[1] / work[0]:.2f}" if work[0] else ""
        grain = _shading(samples, found[0][0]["samples"])
        lines.append(
            f"| {what} | {eyes} | {size} × {size} | {grain} | {lights if samples is not None else ''} | {' | '.join(cells)} | "
            f"{_ms(work[0])} / {_ms(work[1])} | {ratio} |"
        )
    return "\n".join(lines)


def _case(case: Case, ours_wanted: int) -> dict[str, object]:
    load, count, size, eyes, samples, lights = case[ours_wanted], *case[2:]
    shaded = samples is not None
    how = "two_pass" if shaded else "single_pass"  # As Abaton picks by itself on software OpenGL and on a graphics card.
    blocks, frames = (2, 6) if shaded else (6, 25)
    return {
        "load": load, "count": count, "size": size, "eyes": eyes, "samples": samples or 0, "stereo": how,
        "lights": lights, "blocks": blocks, "frames": frames,
    }  # fmt: skip


def _shading(samples: int | None, theirs: int) -> str:
    """Said of a case; three.js is given what Chromium has, which may be other than was asked for."""
    if samples is None:
        return "no"
    return f"yes, {samples} samples" if samples == theirs else f"yes, {theirs} / {samples} samples"


def _json(command: Sequence[str], cases: Sequence[Mapping[str, Any]], shaded: bool) -> Any:
    environment = {**os.environ}
    if not shaded:
        environment["GALLIUM_NOOP"] = "1"
    done = subprocess.run(command, input=json.dumps(cases), env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr.strip()[-2000:]}")
    return json.loads(done.stdout)


def _ms(milliseconds: float) -> str:
    return f"{milliseconds:.3f}" if milliseconds < 0.1 else f"{milliseconds:.2f}"


def write(table: str) -> None:
    """Put a table between the marks in the README."""
    text = README.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    README.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")


def main() -> int:
    """Skip or compare."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--write", action="store_true", help="put the table into tests/bench/README.md")
    given = options.parse_args()
    lacking = missing()
    if lacking:
        print(lacking)
        return 0
    table = compare(browser() or "", given.rounds)
    print(table)
    if given.write:
        write(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
