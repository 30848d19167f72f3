"""Puts the made-up runtime in the place of the real one, and a virtual clock in the place of the driver's."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from headset.openxr import clock, driver
from tests.headset.openxr.bridge import Bridge
from tests.headset.openxr.fake.answers import answers
from tests.headset.openxr.fake.model import Runtime
from tests.headset.openxr.fake.wearer import graphics


@contextmanager
def made_up() -> Iterator[Runtime]:
    """A made-up runtime that is there meanwhile. Nobody waits for real."""
    runtime = Runtime()
    bridge = Bridge(answers(runtime))
    runtime.pointer_of = bridge.pointer
    with pytest.MonkeyPatch.context() as patch, bridge.installed():
        for name, module in list(sys.modules.items()):
            if name.startswith("headset.openxr.") and getattr(module, "time", None) is time:
                patch.setattr(module, "time", runtime.time)
        patch.setattr(clock.Clock.__init__, "__defaults__", (runtime.time.monotonic,))
        patch.setattr(driver, "current_graphics", lambda: graphics(runtime.gl))
        yield runtime
