"""What takes long to make is made once: textures, meshes, traced light, skies, as arrays in files of a folder.

    arrays = kept(__name__, ["oak", seed], lambda: {"picture": paint(...)})

A file's name is the SHA-256 of all that its content depends on: what was given, the programs that make it (the module, and every
module of the engine that it imports, directly or not) and numpy's version. So no file is ever out of date, and a new version of
Abaton never reads an old one's.

Files are safe against whatever happens to the process or the disk: they are written beside and renamed, so that a crash midway,
or two runs at once, leave whole files only; each begins with the SHA-256 of the rest, and one that is damaged is said, removed
and made again. They hold numbers only: nothing in them is ever run. All together stay below `MOST` bytes; those that were asked
for least lately go first. Where nothing can be written, everything works, only slower, and one sentence says so.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.library import cache_folder

Array = NDArray[np.generic]
Arrays = Mapping[str, Array]
Given = str | bytes | int | float | bool | None | Array
"""What content may depend on."""

MOST = 1 << 30
"""Bytes of all files together. A clinic room takes about 60 MB, the lake 45 MB."""

LEFT_BEHIND = 3600.0
"""Seconds after which a file that was never finished belongs to nobody."""

_MAGIC = b"abaton 1\n"
_DIGEST = 32
_KINDS = frozenset("biuf")
_SUFFIX = ".abaton"
_ENGINE = Path(__file__).resolve().parent.parent
_IMPORT = re.compile(r"^\s*(?:from\s+(engine[\w.]*)\s+import\s+(\([^)]*\)|[^\n#]+)|import\s+(engine[\w.]+))", re.MULTILINE)

log = logging.getLogger("abaton.cache")


def kept(maker: str, given: Iterable[Given], make: Callable[[], Arrays]) -> Arrays:
    """What a module (`__name__`) makes of what is given: from the disk, else made now and kept. Arrays may be read-only."""
    name = key(maker, given)
    found = recall(name)
    if found is None:
        found = make()
        keep(name, found)
    return found


def key(maker: str, given: Iterable[Given]) -> str:
    """The name of what a module makes of what is given, for `recall` and `keep`."""
    digest = hashlib.sha256(_code(maker))
    for one in given:
        for part in _parts(one):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
    return f"{maker.rpartition('.')[2]}-{digest.hexdigest()}"


def recall(name: str) -> Arrays | None:
    """What was kept under a name; None if nothing was."""
    folder = _usable()
    if folder is None:
        return None
    path = folder / f"{name}{_SUFFIX}"
    try:
        data = path.read_bytes()
    except OSError:
        return None
    found = _read(data)
    if found is None:
        log.warning("%s was damaged; what it held is made again", path)
        with suppress(OSError):
            path.unlink()
        return None
    with suppress(OSError):
        os.utime(path)
    return found


def keep(name: str, arrays: Arrays) -> None:
    """Keep arrays under a name. What another run has kept meanwhile is the same, and is written over."""
    folder = _usable()
    if folder is None:
        return
    part = None
    try:
        with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as file:
            part = Path(file.name)
            file.writelines(_written(arrays))
        part.replace(folder / f"{name}{_SUFFIX}")
    except OSError as error:
        if part is not None:
            with suppress(OSError):
                part.unlink()
        _say_once(
            f"nothing can be kept in {folder} ({error.strerror}), so scenes start slowly; let ABATON_CACHE name another folder"
        )
        return
    _trim(folder)


def size() -> tuple[int, int]:
    """How many files there are, and their bytes."""
    folder = cache_folder()
    sizes = [] if folder is None else [status.st_size for _, status in _files(folder)]
    return len(sizes), sum(sizes)


def _usable() -> Path | None:
    """The folder, made if need be, readable by nobody else; None, and a sentence, if there is none to be had."""
    folder = cache_folder()
    if folder is None:
        return None
    why = refused(folder)
    if why:
        _say_once(
            f"the cache {folder} is not used: {why}, so scenes start slowly; let ABATON_CACHE name another folder, or say off"
        )
        return None
    return folder


def refused(folder: Path) -> str:
    """Why a folder cannot be used, in words; empty if it can, and is there."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except OSError as error:
        return (error.strerror or str(error)).lower()
    # What someone else may write to could hold another's pictures, or none at all.
    return "" if status.st_uid == os.geteuid() else "it belongs to another user"


@cache
def _say_once(sentence: str) -> None:
    log.warning("%s", sentence)


def _parts(one: Given) -> tuple[bytes, ...]:
    """A value as bytes that no other value has."""
    if isinstance(one, np.ndarray):
        return f"{one.dtype.str}{one.shape}".encode(), np.ascontiguousarray(one).tobytes()
    return (type(one).__name__.encode(), one if isinstance(one, bytes) else repr(one).encode())


def _written(arrays: Arrays) -> list[bytes]:
    """A file: magic, digest of the rest, length of the header, header, the arrays' bytes."""
    whole = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    header = json.dumps([[name, array.dtype.str, array.shape] for name, array in whole.items()]).encode()
    parts = [len(header).to_bytes(8, "big"), header, *(array.tobytes() for array in whole.values())]
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return [_MAGIC, digest.digest(), *parts]


def _read(data: bytes) -> Arrays | None:
    """The arrays of a file's bytes; None if they are not as they were written."""
    at = len(_MAGIC) + _DIGEST
    rest = memoryview(data)[at:]
    if data[: len(_MAGIC)] != _MAGIC or hashlib.sha256(rest).digest() != data[len(_MAGIC) : at]:
        return None
    first = 8 + int.from_bytes(rest[:8], "big")
    found: dict[str, Array] = {}
    for name, kind, shape in json.loads(bytes(rest[8:first])):
        dtype = np.dtype(kind)
        if dtype.kind not in _KINDS:
            return None
        count = int(np.prod(shape, dtype=np.int64))
        found[name] = np.frombuffer(rest, dtype, count, first).reshape(shape)
        first += count * dtype.itemsize
    return found


def _files(folder: Path) -> list[tuple[Path, os.stat_result]]:
    found = []
    with suppress(OSError):
        for path in folder.glob(f"*{_SUFFIX}"):
            with suppress(OSError):
                found.append((path, path.stat()))
    return found


def _trim(folder: Path) -> None:
    """Remove what was asked for least lately, down to three quarters of `MOST`, and what was left behind half written."""
    files = _files(folder)
    total = sum(status.st_size for _, status in files)
    gone = [] if total <= MOST else sorted(files, key=lambda one: one[1].st_mtime_ns)
    for path, status in gone:
        if total <= MOST * 3 // 4:
            break
        with suppress(OSError):
            path.unlink()
        total -= status.st_size
    for path in folder.glob("*.part"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > LEFT_BEHIND:
                path.unlink()


@cache
def _code(maker: str) -> bytes:
    """SHA-256 of the programs that a module is made of: itself and all of the engine that it imports, by name and text; their
    shaders; numpy."""
    found: dict[str, str] = {}
    waiting = [maker]
    while waiting:
        module = waiting.pop()
        path = _path(module)
        if module in found or path is None:
            continue
        found[module] = path.read_text(encoding="utf-8")
        for origin, names, whole in _IMPORT.findall(found[module]):
            waiting.append(whole or origin)
            waiting += [f"{origin}.{name}" for name in re.findall(r"\w+", names)]
    if "engine.view.render.shaders" in found:
        found |= {path.name: path.read_text(encoding="utf-8") for path in _ENGINE.glob("view/render/*.glsl")}
    digest = hashlib.sha256(np.__version__.encode())
    for module in sorted(found):
        digest.update(f"\0{module}\0{found[module]}".encode())
    return digest.digest()


def _path(module: str) -> Path | None:
    """The file of a module of the engine; None for a package, or for what is no module."""
    path = _ENGINE.joinpath(*module.split(".")[1:]).with_suffix(".py")
    return path if path.is_file() else None
