"""One life of the headset: an instance, a session and all that hangs on them, made together and given back together."""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, Final

import xr

from headset.openxr.abilities import SOURCE
from headset.openxr.actions import Actions
from headset.openxr.calls import optional
from headset.openxr.context import Graphics
from headset.openxr.depth import EXTENSION as DEPTH
from headset.openxr.depth import Depth
from headset.openxr.frame import FrameLoop
from headset.openxr.gaze import Gaze
from headset.openxr.hands import Trackers
from headset.openxr.instance import LOCAL_FLOOR, STEREO, Instance, System
from headset.openxr.lifecycle import Deed, Lifecycle
from headset.openxr.panels import EXTENSION as CYLINDER
from headset.openxr.panels import Panels
from headset.openxr.refresh import EXTENSION as REFRESH
from headset.openxr.refresh import Refresh
from headset.openxr.senses import Senses
from headset.openxr.spaces import Spaces
from headset.openxr.swapchain import Swapchain
from headset.openxr.table import Table
from headset.openxr.visibility import EXTENSION as VISIBILITY
from headset.openxr.visibility import Corners, Visibility

_log = logging.getLogger(__name__)

MOST_LAYERS: Final = 64
"""Layers that are used, of however many a runtime has."""


class Life:
    """From xrCreateSession to xrDestroyInstance. Whatever fails, everything that was made is given back.

    `near` is how many metres the nearest thing that the canvas draws is away.
    """

    def __init__(self, instance: Instance, system: System, graphics: Graphics, table: Table, near: float) -> None:
        self.instance = instance
        self.lifecycle = Lifecycle()
        self._closing = ExitStack()
        self._give_back(instance.close)
        try:
            instance.require_opengl(system)
            binding = ctypes.cast(ctypes.pointer(graphics.binding), ctypes.c_void_p)
            self.session: Any = xr.create_session(instance.handle, xr.SessionCreateInfo(system_id=system.id, next=binding))
            self._give_back(lambda: xr.destroy_session(self.session))
            graphics.keep()
            self.spaces = Spaces(self.session, local_floor=LOCAL_FLOOR in instance.extensions)
            self._give_back(self.spaces.close)
            gaze = optional(lambda: Gaze(instance.handle), None, "gaze") if "gaze" in system.abilities else None
            if gaze is not None:
                self._give_back(gaze.close)
            beside = () if gaze is None else (gaze.set,)
            self.actions = Actions(instance.handle, self.session, table, instance.extensions, beside)
            self._give_back(self.actions.close)
            self._give_back(self.actions.quiet)
            if gaze is not None:
                gaze.open(self.session)
            trackers = None
            if "joints" in system.abilities:
                trackers = Trackers(self.session, instance.function, sources=SOURCE in instance.extensions)
                self._give_back(trackers.close)
            self.senses = Senses(self.spaces, self.actions, trackers, gaze)
            self.swapchain = Swapchain(self.session, system.resolution, graphics)
            self._give_back(self.swapchain.close)
            self.depth = Depth(self.session, self.swapchain, near) if DEPTH in instance.extensions else None
            if self.depth is not None:
                self._give_back(self.depth.close)
            self.panels = Panels(
                self.session,
                self.spaces.base,
                graphics,
                most=min(system.layers, MOST_LAYERS) - 1,
                largest=system.largest,
                curved=CYLINDER in instance.extensions,
            )
            self._give_back(self.panels.close)
            self.refresh = Refresh(self.session, instance.function) if REFRESH in instance.extensions else None
            self.visibility = Visibility(self.session, STEREO, instance.function) if VISIBILITY in instance.extensions else None
            self.frames = FrameLoop(self.session, self.spaces, self.swapchain, system.blend, panels=self.panels, depth=self.depth)
        except BaseException:
            self.close()
            raise

    def follow(self, state: int) -> Deed | None:
        """Go with the session into a new state."""
        deed = self.lifecycle.follow(state)
        if deed == "begin":
            xr.begin_session(self.session, xr.SessionBeginInfo(STEREO))
            if self.refresh is not None:
                optional(self.refresh.ask, None, "choice of the display's rate")
        elif deed == "end":
            self.frames.skip()
            xr.end_session(self.session)
        return deed

    def recentre(self) -> bool:
        """Make ahead where the person looks now; whether it could be."""
        if not self.frames.waiting or not self.spaces.recentre(self.frames.time):
            return False
        self._rebase()
        return True

    def recentred(self) -> None:
        """The runtime has made it so."""
        self.spaces.go_home()
        self._rebase()
        optional(self.spaces.find_bounds, None, "free floor")

    def _rebase(self) -> None:
        self.frames.rebase()
        self.panels.rebase(self.spaces.base)

    def hidden(self) -> tuple[Corners, Corners]:
        """What of each eye's picture nobody can see, as `Visibility.hidden` has it."""
        nothing: tuple[Corners, Corners] = ([], [])
        return nothing if self.visibility is None else optional(self.visibility.hidden, nothing, "mask of what is hidden")

    def close(self) -> None:
        """Give everything back; a second call does nothing."""
        self._closing.close()

    def _give_back(self, deed: Callable[[], object]) -> None:
        self._closing.callback(_quietly, deed)


def _quietly(deed: Callable[[], object]) -> None:
    # A runtime that has died refuses to take things back, one by one; the rest must still be offered to it.
    try:
        deed()
    except xr.exception.ResultException as error:
        _log.debug("not given back to the runtime: %s", error)
