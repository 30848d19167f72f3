"""How often the display is lit: what is chosen, and a runtime that offers nothing or refuses."""

from __future__ import annotations

import ctypes
import logging
from typing import Any

import pytest
import xr

from headset.openxr.refresh import Refresh, choose


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        ([72.0, 80.0, 90.0, 120.0], 90.0),
        ([72.0, 80.0], 80.0),
        ([120.0, 144.0], 120.0),
        ([60.0], 60.0),
        ([89.98, 119.9], 89.98),
        ([90.00001, 120.0], 90.00001),
        ([], None),
        ([0.0, float("nan")], None),
    ],
)
def test_ninety_or_the_next_below_else_the_lowest(offered: list[float], chosen: float | None) -> None:
    assert choose(offered) == chosen


class Display:
    """A display with rates, as the extension's three functions."""

    def __init__(self, rates: list[float], now: float, answer: Any = xr.Result.SUCCESS) -> None:
        self.rates, self.now, self.answer = rates, now, answer
        self.asked: list[float] = []

    def function(self, name: str, _kind: Any) -> Any:
        return getattr(self, name)

    def xrEnumerateDisplayRefreshRatesFB(self, _session: Any, room: Any, count: Any, into: Any) -> Any:  # noqa: N802
        count._obj.value = len(self.rates)
        if into is not None:
            into[: len(self.rates)] = self.rates
        return xr.Result.SUCCESS

    def xrGetDisplayRefreshRateFB(self, _session: Any, rate: Any) -> Any:  # noqa: N802
        rate._obj.value = self.now
        return xr.Result.SUCCESS

    def xrRequestDisplayRefreshRateFB(self, _session: Any, rate: Any) -> Any:  # noqa: N802
        self.asked.append(ctypes.c_float(rate.value).value)
        if self.answer == xr.Result.SUCCESS:
            self.now = rate.value
        return self.answer


def test_the_best_rate_is_asked_for_and_told() -> None:
    display = Display([72.0, 90.0, 120.0], 72.0)
    refresh = Refresh(None, display.function)
    refresh.ask()
    assert display.asked == [90.0]
    assert refresh.hz == 90.0


def test_what_is_so_already_is_not_asked_for() -> None:
    display = Display([90.0], 90.0)
    refresh = Refresh(None, display.function)
    refresh.ask()
    assert display.asked == []
    assert refresh.hz == 90.0


def test_a_display_that_refuses_stays_as_it_is(caplog: pytest.LogCaptureFixture) -> None:
    display = Display([72.0, 90.0], 72.0, xr.Result.ERROR_DISPLAY_REFRESH_RATE_UNSUPPORTED_FB)
    refresh = Refresh(None, display.function)
    with caplog.at_level(logging.WARNING):
        refresh.ask()
    assert refresh.hz == 72.0
    assert "90 Hz and refuses it" in caplog.text


def test_a_runtime_that_is_gone_is_gone() -> None:
    display = Display([72.0, 90.0], 72.0, xr.Result.ERROR_INSTANCE_LOST)
    with pytest.raises(xr.exception.InstanceLostError):
        Refresh(None, display.function).ask()
