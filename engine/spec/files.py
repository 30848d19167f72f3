"""Files read as text, whatever they turn out to be: missing, a folder, a pipe, huge, or not text at all."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from engine.spec.diagnostics import Span
from engine.spec.findings import Findings, nearest

LARGEST = 1024 * 1024
"""Bytes in one file."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file's text with line breaks as `\\n`, and the label that findings give it."""

    path: Path
    label: str
    text: str


def label(path: Path) -> str:
    """A path as findings write it: from the working folder if the file is below it."""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except (ValueError, FileNotFoundError):
        return path.as_posix()


def is_file(path: Path) -> bool:
    """Whether a path is that of a file; False for a path that cannot be one."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def read_text(path: Path, findings: Findings) -> Loaded | None:
    """Read a UTF-8 file; None, with a finding that says why, if that is not what it is."""
    name = label(path)
    where = Span(name, 0, 0, 0, 0)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            what = "a folder" if stat.S_ISDIR(status.st_mode) else "a device or pipe"
            findings.error("E0101", where, f"this is {what}, not a scene's file", "name a .yaml file")
            return None
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except FileNotFoundError:
        near = nearest(path.name, [one.name for one in path.parent.glob("*.yaml")])
        remedy = f"did you mean '{near[0]}'?" if near else "check the name and the folder"
        findings.error("E0102", where, "there is no such file", remedy)
        return None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        findings.error("E0103", where, f"this file cannot be read: {reason}", "check that you may read it")
        return None
    return _decoded(path, name, data, findings)


def _decoded(path: Path, name: str, data: bytes, findings: Findings) -> Loaded | None:
    if len(data) > LARGEST:
        findings.error("E0104", Span(name, 0, 0, 0, 0), "this file is larger than 1 MiB", "split the scene in two")
        return None
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or any(half and not half.strip(b"\0") for half in (data[:64:2], data[1:64:2])):
        findings.error("E0106", Span(name, 0, 0, 0, 0), "this file is saved as UTF-16", "save it as UTF-8")
        return None
    if b"\0" in data:
        findings.error("E0107", Span(name, 0, 0, 0, 0), "this is not a text file", "name the scene's .yaml file")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
        findings.error("E0105", Span(name, line, column, line, column), "this is not UTF-8 text", "save the file as UTF-8")
        return None
    return Loaded(path, name, text.replace("\r\n", "\n").replace("\r", "\n"))


def digest(parts: Iterable[tuple[str, str]]) -> str:
    """SHA-256 over labelled texts, each with its length before it, so that no two lists of parts look alike."""
    found = hashlib.sha256()
    for name, text in parts:
        for one in (name.encode(), text.encode("utf-8", "surrogatepass")):
            found.update(len(one).to_bytes(8, "big"))
            found.update(one)
    return found.hexdigest()
