"""Where scenes and assets lie: at the top of a checkout, or inside the wheel."""

from __future__ import annotations

from pathlib import Path

_TOP = Path(__file__).resolve().parent.parent
_PACKAGED = Path(__file__).resolve().parent / "data"


def scenes_folder() -> Path:
    """The folder with one folder for each scene."""
    return _folder("scenes")


def assets_folder() -> Path:
    """The folder with prefabs, fonts and sounds."""
    return _folder("assets")


def _folder(name: str) -> Path:
    packaged = _PACKAGED / name
    return packaged if packaged.is_dir() else _TOP / name
