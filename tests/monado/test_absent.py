"""No runtime, no service, no headset yet: one clear sentence, or patience."""

from __future__ import annotations

import threading
import time

import pytest

from engine.view.stage import Stage
from headset.driver import DriverError
from headset.openxr import OpenXRDriver
from tests.monado.service import Service
from tests.monado.visit import visit

pytestmark = pytest.mark.monado


def test_no_runtime_is_said_in_one_sentence_with_a_remedy(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XR_RUNTIME_JSON", "/nowhere/runtime.json")
    stage = Stage()
    began = time.monotonic()
    with pytest.raises(DriverError, match=r"^there is no OpenXR runtime: install one .*/active_runtime\.json leads to it$"):
        OpenXRDriver(wait_seconds=600.0).open(stage)
    assert time.monotonic() - began < 300.0, "it waited"
    stage.close()


def test_a_service_that_never_comes_ends_the_wait(service: Service) -> None:
    service.stop()
    said: list[str] = []
    stage = Stage()
    with pytest.raises(DriverError, match=r"^no headset within 1.2 s: the OpenXR runtime does not answer: start it"):
        OpenXRDriver(wait_seconds=1.2, say=said.append).open(stage)
    assert len(said) == 1
    assert said[0].startswith("waiting for the headset: the OpenXR runtime does not answer: start it")
    stage.close()


def test_a_service_that_comes_late_is_waited_for(service: Service) -> None:
    service.stop()
    later = threading.Timer(1.0, service.start)
    later.start()
    with visit(drawn=False) as visiting:
        visiting.play(visiting.until(lambda: "focused" in visiting.links()))
        assert len(visiting.said) == 1
        assert visiting.driver.device.name == "Monado: Remote HMD"
    later.join()
