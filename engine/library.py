"""Where scenes and assets lie, at the top of a checkout or inside the wheel; and where what can be made again is kept."""

from __future__ import annotations

import os
from pathlib import Path

_TOP = Path(__file__).resolve().parent.parent
_PACKAGED = Path(__file__).resolve().parent / "data"


def scenes_folder() -> Path:
    """The folder with one folder for each scene."""
    return _folder("scenes")


def assets_folder() -> Path:
    """The folder with prefabs, fonts and sounds."""
    return _folder("assets")


def cache_folder() -> Path | None:
    """Where what was made once is kept, so that a scene starts quickly: `$ABATON_CACHE`, else `$XDG_CACHE_HOME/abaton`, else
    `~/.cache/abaton` (XDG Base Directory 0.8). None if it is switched off by `ABATON_CACHE=off`, or if there is no home."""
    said = os.environ.get("ABATON_CACHE", "")
    if said:
        return None if said == "off" else Path(said)
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "abaton"
    except RuntimeError:
        return None


def _folder(name: str) -> Path:
    packaged = _PACKAGED / name
    return packaged if packaged.is_dir() else _TOP / name
