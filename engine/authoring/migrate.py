"""`abaton migrate`: what would change in a scene of an older version, and the change itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from difflib import unified_diff
from pathlib import Path

from engine.spec.diagnostics import SceneError
from engine.spec.files import label
from engine.spec.load import read_scene, scene_file
from engine.spec.migrate import NEWEST, STEPS, Migrated, Step
from engine.spec.migrate import migrate as migrated


def migrate(
    scene: str, to: int, write: bool, say: Callable[[str], object], steps: Mapping[int, Step] = STEPS
) -> tuple[Migrated, ...]:
    """Show what would change, or write it. Raises SceneError for a scene that cannot be brought to that version."""
    path = scene_file(scene)
    if path is None:
        raise SceneError(read_scene(scene)[1])
    changed = migrated(path, to, steps)
    if not changed:
        say(f"{scene}: nothing to change; this is version {to}" + ("" if to == NEWEST else f", and {NEWEST} is the newest"))
    for one in changed:
        if write:
            kept = replace(one)
            say(f"{label(one.path)}: now version {to}; what it was is kept in {label(kept)}")
        else:
            say(difference(one))
    if changed and not write:
        say(f"nothing is written yet; `abaton migrate {scene} --write` does it")
    return changed


def difference(one: Migrated) -> str:
    """The change of a file as a unified diff."""
    name = label(one.path)
    before, after = one.before.splitlines(), one.after.splitlines()
    return "\n".join(unified_diff(before, after, f"{name} (now)", f"{name} (then)", lineterm=""))


def replace(one: Migrated) -> Path:
    """Put the changed text in the file's place, all at once; the answer is where the old one is kept, beside it."""
    kept = _free(one.path)
    with kept.open("x", encoding="utf-8", newline="") as file:
        file.write(one.before)
    draft = one.path.with_name(f".{one.path.name}.migrating")
    try:
        with draft.open("x", encoding="utf-8", newline="") as file:
            file.write(one.after)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(one.path.stat().st_mode)
        draft.replace(one.path)
    finally:
        draft.unlink(missing_ok=True)
    return kept


def _free(path: Path) -> Path:
    """A name for the old file that no file has."""
    number = 1
    while (kept := path.with_name(f"{path.name}.bak{'' if number == 1 else number}")).exists():
        number += 1
    return kept
