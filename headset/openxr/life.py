"""One life of the headset: an instance, a session and all that hangs on them, made together and given back together."""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import xr

from headset.openxr.actions import Actions
from headset.openxr.frame import FrameLoop
from headset.openxr.graphics import Graphics
from headset.openxr.instance import LOCAL_FLOOR, STEREO, Instance, System
from headset.openxr.lifecycle import Deed, Lifecycle
from headset.openxr.spaces import Spaces
from headset.openxr.swapchain import Swapchain
from headset.openxr.table import Table

_log = logging.getLogger(__name__)


class Life:
    """From xrCreateSession to xrDestroyInstance. Whatever fails, everything that was made is given back."""

    def __init__(self, instance: Instance, system: System, graphics: Graphics, table: Table) -> None:
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
            self.actions = Actions(instance.handle, self.session, table)
            self._give_back(self.actions.close)
            self.swapchain = Swapchain(self.session, system.resolution, graphics)
            self._give_back(self.swapchain.close)
            self.frames = FrameLoop(self.session, self.spaces, self.swapchain, system.blend)
        except BaseException:
            self.close()
            raise

    def follow(self, state: int) -> Deed | None:
        """Go with the session into a new state."""
        deed = self.lifecycle.follow(state)
        if deed == "begin":
            xr.begin_session(self.session, xr.SessionBeginInfo(STEREO))
        elif deed == "end":
            self.frames.skip()
            xr.end_session(self.session)
        return deed

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
