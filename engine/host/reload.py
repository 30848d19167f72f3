"""A scene that is changed while it plays: the new world in the old one's place, or what is wrong with it, shown inside the scene.

    saved ─► Watcher (a thread) ─► a session that has not begun ─► a view of it ─► it takes over (`engine.session.reload`)
                     └───────────► diagnostics ─► a notice in the scene; the last good world goes on

The light of a room in which something was moved takes seconds to trace. So the new view comes at once, with the old light where
it still fits (`engine.view.indoor.draft`), while a process of its own traces the new light into the cache
(`engine.host.relight`); when that is done, the view is made once more, with it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from engine.host.front import captions
from engine.host.heart import Heart
from engine.host.watch import Reading, Watcher
from engine.library import cache_folder
from engine.session import Event, Session
from engine.session.reload import succeed
from engine.spec.diagnostics import NOWHERE, Diagnostic, SceneError, render
from engine.view.geometry.finishes import FinishError
from engine.view.geometry.gltf import ModelError
from engine.view.stage import Stage
from engine.view.ui.fonts import TextError
from engine.view.ui.notice import Notice, notice
from engine.view.view import View

if TYPE_CHECKING:
    from engine.host.run import Settings

Changed = tuple[Session, "Watched", Sequence[Event]]

_BROKEN = (SceneError, ModelError, FinishError, TextError)
"""What can be wrong with a scene when it is shown; anything else is a fault of ours."""


BUILDS_SECONDS = 120.0
"""The patience asked of a supervisor while another view is built."""


class Watched:
    """A view that follows what is saved, for the loop. Its `change` is asked between frames."""

    def __init__(
        self,
        scene: str,
        settings: Settings,
        session: Session,
        stage: Stage,
        say: Callable[[str], None],
        *,
        heart: Heart | None = None,
    ) -> None:
        self.scene, self.settings, self.say = scene, settings, say
        self.heart = heart or Heart()
        self.stage = stage
        self.session = session
        self.notice = Notice(stage)
        self.view = View(session, stage, captions(stage, session))
        self._whole = True
        """Whether the view is on the stage, rather than closed."""
        self._watcher = Watcher(scene, session, lambda: Session(settings.load(scene), settings.seed))
        self._light: subprocess.Popen[str] | None = None

    def update(self, display_time: float) -> None:
        """Bring the picture to a time."""
        self.view.update(display_time)
        self.notice.follow(self.session.world.head("participant"), display_time)

    def change(self, session: Session) -> Changed | None:
        """The session and view to go on with, if the scene was saved or its light is ready; None if neither is."""
        reading = self._watcher.newest()
        if reading is not None:
            return self._take(reading)
        if self._light is not None and self._light.poll() is not None:
            return self._relit(self._light)
        return None

    def close(self) -> None:
        """Watch no more, and let nothing run on."""
        self._watcher.close()
        self._stop_light()

    def _take(self, reading: Reading) -> Changed | None:
        if reading.session is None:
            self._refuse(reading.diagnostics)
            return None
        after, before = reading.session, self.session
        try:
            self._show(after)
        except _BROKEN as problem:
            self._show(before)
            self._refuse(_diagnostics(problem))
            return None
        self.notice.clear()
        events = succeed(after, before)
        self.session = after
        if self.view.drafted:
            self._begin_light()
        return after, self, events

    def _show(self, session: Session) -> None:
        """A view of another session, in the place of the one that is."""
        said = self.notice.sheet
        if self._whole:
            self.view.close()
        else:  # what a view left behind that could not be made
            self.stage.passes.clear()
            self.stage.root.node().remove_all_children()
        self._whole = False
        self.heart.expect(BUILDS_SECONDS)
        self.view = View(session, self.stage, captions(self.stage, session), before=self.view)
        self._whole = True
        self.notice = Notice(self.stage)
        if said is not None:
            self.notice.show(said)

    def _refuse(self, diagnostics: Sequence[Diagnostic]) -> None:
        contrast = self.session.preferences["participant"].contrast
        self.notice.show(notice(diagnostics, self.session.scene.language, contrast))
        self.say("the scene was saved, but cannot be used; the last good one goes on")
        for one in diagnostics:
            self.say(render(one))

    def _begin_light(self) -> None:
        self._stop_light()
        if cache_folder() is None:
            self.say("the light stays as it was, because the cache is switched off (ABATON_CACHE); start again to see it right")
            return
        given = {
            "scene": self.scene,
            **{name: asdict(self.settings)[name] for name in ("variants", "language", "parameters", "seed")},
        }
        command = [sys.executable, "-m", "engine.host.relight", json.dumps(given)]
        self._light = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def _stop_light(self) -> None:
        if self._light is not None:
            self._light.kill()
            self._light.communicate()
            self._light = None

    def _relit(self, light: subprocess.Popen[str]) -> Changed | None:
        self._light = None
        _, problems = light.communicate()
        if light.returncode:
            self.say(f"the light could not be traced anew and stays as it was: {problems.strip().rpartition(chr(10))[2]}")
            return None
        # A view of a session that has not begun: the light is traced of things as they stand at the start.
        fresh = Session(self.session.scene, self.settings.seed)
        state = self.session.snapshot()
        self._show(fresh)
        fresh.restore(state)
        self.session = fresh
        return fresh, self, ()


def _diagnostics(problem: Exception) -> Sequence[Diagnostic]:
    if isinstance(problem, SceneError):
        return problem.diagnostics
    return (Diagnostic("", "error", NOWHERE, str(problem)),)
