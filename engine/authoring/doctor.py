"""`abaton doctor`: what this machine has, what it lacks, and the one command or sentence that mends each lack.

Graphics, sound and the OpenXR runtime are other people's libraries, which can hang or crash: `engine.view.probe` and
`headset.openxr.probe` ask them, each in a process of its own, all at once.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal

from PIL import ImageFont, features

from engine import __version__
from engine.library import assets_folder, cache_folder
from engine.view.cache import MOST, refused
from engine.view.cache import size as cache_size

PACKAGES = ("numpy", "panda3d", "pillow", "pydantic", "pyopenxr", "pyyaml", "typer")

PATIENCE = 30.0
"""Seconds that a probe may take; the first start of a software driver compiles for a few."""

ROOM = 200_000_000
"""Bytes free below which a run may not be able to keep its pictures."""

LACKS: Mapping[str, Mapping[str, str]] = {
    "gl": {"debian": "libegl1 libgl1 libgl1-mesa-dri libglx-mesa0", "fedora": "mesa-libEGL mesa-libGL mesa-dri-drivers"},
    "fribidi": {"debian": "libfribidi0", "fedora": "fribidi"},
    "openxr": {"debian": "monado-service libopenxr1-monado", "fedora": "monado"},
}
"""What a machine may lack → the packages that bring it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A line of the table. `missing` is what `abaton run --headless` cannot do without; `absent` only what another way of running
    needs. `remedy` mends it."""

    name: str
    state: Literal["ok", "missing", "absent"]
    found: str
    remedy: str = ""


Answer = Mapping[str, Any]
"""What a probe printed; `error` in it says why it could not do what it was asked."""


def doctor(as_json: bool = False) -> int:
    """Print what this machine has and lacks; 0 if `abaton run --headless` has what it needs, else 1."""
    findings = examine()
    missing = [finding.name for finding in findings if finding.state == "missing"]
    if as_json:
        print(
            json.dumps({"ok": not missing, "findings": [asdict(finding) for finding in findings]}, indent=2, ensure_ascii=False)
        )
    else:
        print(table(findings))
        print()
        if missing:
            print(f"`abaton run --headless` cannot work here: mend {', '.join(missing)}.")
        else:
            print("`abaton run --headless` has all it needs here.")
    return 1 if missing else 0


def table(findings: list[Finding]) -> str:
    """The findings as text, each remedy under its line."""
    lines = []
    for finding in findings:
        lines.append(f"{'-' if finding.state == 'absent' else finding.state:<8} {finding.name:<12} {finding.found}")
        if finding.remedy:
            lines.append(f"{'':<8} {'':<12} → {finding.remedy}")
    return "\n".join(lines)


def examine() -> list[Finding]:
    """All findings, in the order of a run's needs."""
    screen = os.environ.get("DISPLAY", "")
    with ThreadPoolExecutor() as asked:
        picture = asked.submit(ask, "engine.view.probe", "picture")
        window = asked.submit(ask, "engine.view.probe", "window") if screen else None
        sound = asked.submit(ask, "engine.view.probe", "sound")
        headset = asked.submit(ask, "headset.openxr.probe")
        return [
            find_python(),
            find_packages(),
            find_picture(picture.result()),
            find_text(assets_folder() / "fonts"),
            find_disk(Path.cwd()),
            find_cache(),
            find_window(screen, window.result() if window else {}),
            find_single_pass(picture.result()),
            find_headset(headset.result()),
            find_sound(sound.result()),
        ]


def ask(module: str, *words: str, patience: float = PATIENCE) -> Answer:
    """Run a probe; its answer, or an `error` that says how it ended without one."""
    command = [sys.executable, "-m", module, *words]
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=patience, check=False)
    except subprocess.TimeoutExpired:
        return {"error": f"it did not answer within {patience:g} s"}
    if done.returncode < 0:
        return {"error": f"it crashed ({signal.Signals(-done.returncode).name})"}
    try:
        answer: dict[str, Any] = json.loads(done.stdout.strip().rpartition("\n")[2])
    except ValueError:
        said = done.stderr.strip().rpartition("\n")[2]
        return {"error": said or f"it ended with {done.returncode} and said nothing"}
    return answer


def find_python() -> Finding:
    """The interpreter and Abaton itself."""
    return Finding("Python", "ok", f"{platform.python_version()} ({sys.executable}), Abaton {__version__}")


def find_packages(version_of: Callable[[str], str] = version) -> Finding:
    """What pip should have installed."""
    found, lacking = [], []
    for name in PACKAGES:
        try:
            found.append(f"{name} {version_of(name)}")
        except PackageNotFoundError:
            lacking.append(name)
    if lacking:
        return Finding(
            "packages", "missing", f"not installed: {', '.join(lacking)}", f"{sys.executable} -m pip install {' '.join(lacking)}"
        )
    return Finding("packages", "ok", ", ".join(found))


def find_picture(answer: Answer) -> Finding:
    """OpenGL without a screen."""
    if "error" in answer:
        return Finding("OpenGL", "missing", f"nothing can be drawn: {answer['error']}", install("gl"))
    kind = "software: fit for pictures and tests, too slow for a headset" if answer["software"] else "hardware"
    return Finding("OpenGL", "ok", f"{answer['renderer']}, {answer['version']} ({kind})")


def find_text(fonts: Path) -> Finding:
    """Fonts, and what shapes Arabic and wraps lines: Pillow's Raqm, which loads the system's FriBidi."""
    if not features.check("raqm"):
        return Finding("text", "missing", "Pillow's Raqm cannot be used (FriBidi is not there)", install("fribidi"))
    names = []
    for path in sorted([*fonts.rglob("*.ttf"), *fonts.rglob("*.otf")]):
        try:
            names.append(" ".join(part for part in ImageFont.truetype(path, 16).getname() if part and part != "Regular"))
        except OSError:
            return Finding(
                "text", "missing", f"{path} is not a font that can be read", "install Abaton again: its fonts come with it"
            )
    if not names:
        return Finding("text", "missing", f"there are no fonts in {fonts}", "install Abaton again: its fonts come with it")
    return Finding("text", "ok", f"Raqm {features.version('raqm')}, {', '.join(dict.fromkeys(names))}")


def find_disk(folder: Path) -> Finding:
    """Whether a run can leave something in `out/` of this folder."""
    if not os.access(folder, os.W_OK):
        return Finding(
            "disk", "missing", f"{folder} cannot be written", "go to a folder of your own, or give `abaton run --out FOLDER`"
        )
    free = shutil.disk_usage(folder).free
    if free < ROOM:
        return Finding("disk", "missing", f"{folder} has only {free / 1e6:.0f} MB free", f"free {ROOM / 1e6:.0f} MB there")
    return Finding("disk", "ok", f"{folder} can be written, {free / 1e9:.0f} GB free")


def find_cache() -> Finding:
    """Where scenes keep what takes long to make, and how much of it there is."""
    folder = cache_folder()
    if folder is None:
        return Finding("cache", "absent", "switched off: scenes start slowly", "unset ABATON_CACHE, or let it name a folder")
    if why := refused(folder):
        what = f"{folder} is not used: {why}; scenes start slowly"
        return Finding("cache", "absent", what, "let ABATON_CACHE name another folder")
    files, size = cache_size()
    return Finding("cache", "ok", f"{folder}, {size / 1e6:.0f} MB in {files} files (at most {MOST / 1e6:.0f} MB)")


def find_window(screen: str, answer: Answer) -> Finding:
    """OpenGL on a screen."""
    if not screen:
        return Finding(
            "window", "absent", "no screen (DISPLAY is not set): `abaton run` makes pictures", "start it from a desktop"
        )
    if "error" in answer:
        return Finding("window", "absent", f"none can be opened on display {screen}: {answer['error']}", install("gl"))
    return Finding("window", "ok", f"{answer['renderer']} on display {screen}")


def find_single_pass(answer: Answer) -> Finding:
    """Whether both eyes can be drawn at once."""
    if answer.get("single_pass"):
        chosen = "two passes are quicker in software and are used" if answer["software"] else "used"
        return Finding("single pass", "ok", f"both eyes can be drawn at once ({chosen})")
    return Finding("single pass", "absent", "each eye is drawn by itself, which is slower", "update the graphics driver")


def find_headset(answer: Answer) -> Finding:
    """The OpenXR runtime and its headset."""
    if "error" not in answer:
        return Finding("OpenXR", "ok", f"{answer['runtime']} {answer['version']}: {answer['system']}")
    remedy = {
        "none": f"{install('openxr')} (from Debian 13 and Ubuntu 24.10 on), or set up SteamVR or WiVRn",
        "broken": "install the runtime again, or let XR_RUNTIME_JSON name another one's manifest",
        "no_headset": "connect the headset and wake it",
    }.get(answer.get("stage", ""), "start the runtime, then run this again: monado-service, SteamVR or WiVRn")
    return Finding("OpenXR", "absent", answer["error"], remedy)


def find_sound(answer: Answer) -> Finding:
    """The sound device."""
    if "error" in answer:
        what = f"OpenAL cannot be used: {answer['error']}; sessions are silent, and everything that is heard is shown too"
        return Finding("sound", "absent", what, "install panda3d again with pip")
    if not answer["device"]:
        what = "no sound device: sessions are silent, and everything that is heard is shown too"
        return Finding("sound", "absent", what, "connect headphones or loudspeakers, or make the headset the system's output")
    return Finding("sound", "ok", "OpenAL, with a sound device; a scene's own sounds and voices are not played yet")


def install(lack: str, release: Mapping[str, str] | None = None) -> str:
    """The command that brings what is lacking on this system, or a sentence where its package names are not known."""
    release = os_release() if release is None else release
    like = {release.get("ID", ""), *release.get("ID_LIKE", "").split()}
    sudo = "" if os.geteuid() == 0 else "sudo "
    if like & {"debian", "ubuntu"}:
        return f"{sudo}apt-get install {LACKS[lack]['debian']}"
    if like & {"fedora", "rhel"}:
        return f"{sudo}dnf install {LACKS[lack]['fedora']}"
    return f"install what Debian calls {LACKS[lack]['debian']}"


def os_release() -> Mapping[str, str]:
    """What /etc/os-release says of this system; nothing where it has none."""
    try:
        return platform.freedesktop_os_release()
    except OSError:
        return {}
