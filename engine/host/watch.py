"""Watching a scene's files while it plays: whatever is saved is read in a thread of its own, so that no frame waits for it.

The scene's folder is looked at (the scene, what it includes, its other languages, its models), and the engine's cards and models.
It is done by asking for sizes and times ten times a second, which costs about a thousandth of a core and needs no library: some
hundred files, on any file system, network drives too, where the kernel's notices do not come.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from engine.library import assets_folder
from engine.session import Session
from engine.spec.diagnostics import Diagnostic, SceneError
from engine.spec.load import scene_file
from engine.spec.model import SceneSpec

EVERY = 0.1
"""Seconds between two looks. What is found changed must look the same at the next one: editors write a file in pieces."""

ENDINGS = (".yaml", ".glb")

Seen = Mapping[Path, tuple[int, int]]
"""Each file's time of change in nanoseconds, and its bytes."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A scene as it was saved: a session that has not begun, or what is wrong."""

    session: Session | None
    diagnostics: tuple[Diagnostic, ...] = ()


def look(scene: str, known: Iterable[Path] = ()) -> Seen:
    """All files on which a scene may depend, as they are now; `known` are those that lie deeper in its folder."""
    path = scene_file(scene)
    folders = [assets_folder() / "prefabs", assets_folder() / "models", *([path.parent] if path else [])]
    files = {one for folder in folders for one in folder.glob("*") if one.suffix in ENDINGS} | set(known)
    found: dict[Path, tuple[int, int]] = {}
    for one in files:
        with suppress(OSError):  # a file may go between being listed and being looked at
            status = one.stat()
            found[one] = (status.st_mtime_ns, status.st_size)
    return found


def files_of(scene: SceneSpec) -> set[Path]:
    """The files that a scene was read from: its own, those that it includes, its own models."""
    models = {Path(str(thing.card.model["own"])) for thing in scene.everything.values() if "own" in thing.card.model}
    return {Path(name).absolute() for name in scene.sources} | models


class Watcher:
    """Reads a scene by `read` whenever its files have changed. `newest` gives each reading once. Close it at the end."""

    def __init__(self, scene: str, session: Session, read: Callable[[], Session]) -> None:
        self.scene = scene
        self._read = read
        self._files = files_of(session.scene)
        self._newest: Reading | None = None
        self._fault: BaseException | None = None
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._before = look(scene, self._files)
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)
        self._thread.start()

    def newest(self) -> Reading | None:
        """What was read since this was last asked; None if nothing was. Raises what the reading should not have."""
        with self._lock:
            newest, self._newest = self._newest, None
            if self._fault is not None:
                raise self._fault
        return newest

    def close(self) -> None:
        """Watch no more."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        read, last = self._before, self._before
        while not self._ended.wait(EVERY):
            now = look(self.scene, self._files)
            settled, last = now == last, now
            if now == read or not settled:
                continue
            read = now
            try:
                session = self._read()
                reading = Reading(session)
                self._files = files_of(session.scene)
                # That more or fewer files are watched now is no change; what was saved meanwhile is.
                read = last = {path: now.get(path, seen) for path, seen in look(self.scene, self._files).items()}
            except SceneError as error:
                reading = Reading(None, error.diagnostics)
            except BaseException as error:
                with self._lock:
                    self._fault = error
                return
            with self._lock:
                self._newest = reading
