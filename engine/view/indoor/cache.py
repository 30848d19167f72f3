"""Traced light, kept on disk: tracing takes seconds, reading it back a tenth of one.

Files are named by the SHA-256 of all that the light depends on, the code included, so none is ever out of date. They are written
beside and then renamed: a crash midway, or two runs at once, leave whole files only. The newest `KEPT` stay.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

KEPT = 24
"""Rooms; of 2 to 6 MB each."""


def cache_folder() -> Path:
    """Where what can be computed again is kept: `$XDG_CACHE_HOME/abaton`, else `~/.cache/abaton` (XDG Base Directory 0.8)."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "abaton" / "light"


def key_of(arrays: Iterable[NDArray[np.generic]]) -> str:
    """The name of what is computed from some arrays by this code."""
    digest = hashlib.sha256(_code())
    for array in arrays:
        digest.update(f"{array.dtype}{array.shape}".encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def recall(key: str) -> list[NDArray[np.float32]] | None:
    """What was kept under a key; None if nothing was, or if it cannot be read."""
    path = cache_folder() / f"{key}.npz"
    try:
        with np.load(path) as file:
            found = [np.asarray(file[f"arr_{index}"], np.float32) for index in range(len(file.files))]
        path.touch()
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return None
    return found


def keep(key: str, arrays: Sequence[NDArray[np.float32]]) -> None:
    """Keep arrays under a key, as half floats. Where nothing can be written, nothing is kept: it is computed again next time."""
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as file:
            np.savez(file, *(array.astype(np.float16) for array in arrays))
        Path(file.name).replace(folder / f"{key}.npz")
        for old in sorted(folder.glob("*.npz"), key=lambda path: path.stat().st_mtime_ns)[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return


@cache
def _code() -> bytes:
    """The programs that make the light."""
    here = Path(__file__).resolve().parent
    files = [*sorted(here.glob("*.py")), here.parent / "render" / "depth.glsl"]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).digest()
