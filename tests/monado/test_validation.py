"""Khronos's own validation layer, which ships with pyopenxr, finds nothing to complain of."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.monado.service import Service

pytestmark = [pytest.mark.monado, pytest.mark.gl]

SESSION = """
import sys
import numpy as np
from headset.driver import Panel
from tests.monado.remote import Controller, Remote
from tests.monado.visit import visit

def panel(name, radius=0.0):
    return Panel(name, np.zeros((32, 64, 4), np.uint8), (0.4, 0.2), (0.0, 1.0, 1.3), (1.0, 0.0, 0.0, 0.0), radius)

from headset.openxr import instance
instance.senses = lambda *_: frozenset({"joints", "gaze"})  # eyes that are not there are asked for as well

with Remote() as remote, visit(samples=0, drawn="wrong" not in sys.argv) as visiting:
    remote.reset()

    def script():
        yield from visiting.until(lambda: "focused" in visiting.links())
        for _ in range(3):
            assert visiting.driver.panels([panel("flat"), panel("curved", 1.0)])
            yield from visiting.frames_pass(2)
        assert visiting.driver.panels([])
        yield from visiting.frames_pass(2)
        remote.controllers(left=Controller(active=False))
        visiting.driver.haptic("right", 0.5, 0.1)
        visiting.driver.allow(frozenset({"joints", "gaze"}))
        yield from visiting.frames_pass(3)
        visiting.driver.allow(frozenset())
        visiting.driver.haptic("right", 0.0, 0.0)
        if "wrong" in sys.argv:
            life = visiting.driver.life
            life.spaces._view_state._type = 0
            life.spaces.look(life.frames.time)

    visiting.play(script())
"""


def complaints(folder: Path, *arguments: str) -> list[str]:
    """What the layer wrote while a session ran in a process of its own: it is loaded as the instance is made."""
    from xr.api_layer import layer_path

    report = folder / "validation.txt"
    environment = {
        **os.environ,
        "XR_API_LAYER_PATH": layer_path.expose_packaged_api_layers() or os.environ.get("XR_API_LAYER_PATH", ""),
        "XR_ENABLE_API_LAYERS": "XR_APILAYER_LUNARG_core_validation",
        "XR_CORE_VALIDATION_EXPORT_TYPE": "text",
        "XR_CORE_VALIDATION_FILE_NAME": str(report),
    }
    done = subprocess.run(
        [sys.executable, "-c", SESSION, *arguments], env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    print(done.stdout, done.stderr)
    assert report.exists(), "the layer was not there"
    lines = report.read_text(encoding="utf-8", errors="replace").splitlines()
    return [text for text in lines if "VUID" in text and "VALID_DEBUG" not in text]


@pytest.mark.slow
def test_a_session_breaks_no_rule_that_the_layer_knows(service: Service, tmp_path: Path) -> None:
    assert complaints(tmp_path) == []


def test_the_layer_is_awake(service: Service, tmp_path: Path) -> None:
    assert complaints(tmp_path, "wrong") != []
