"""What the Monado tests share: a service of their own each, and someone who wears its headset."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.monado.remote import Remote
from tests.monado.service import Service


@pytest.fixture
def service() -> Iterator[Service]:
    """A running monado-service, to which this process's OpenXR leads."""
    if shutil.which("monado-service") is None:
        pytest.skip("there is no Monado here: run tests/monado/run.sh")
    with Service() as running:
        yield running


@pytest.fixture
def remote(service: Service) -> Iterator[Remote]:
    """The one who moves head and hands; everything as the service starts with."""
    with Remote() as moving:
        moving.reset()
        yield moving
