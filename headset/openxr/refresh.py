"""How often the display is lit (XR_FB_display_refresh_rate)."""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Callable, Sequence
from typing import Any, Final

import xr

from headset.openxr.calls import check

_log = logging.getLogger(__name__)

EXTENSION: Final = "XR_FB_display_refresh_rate"

WANTED_HZ: Final = 90.0
"""Scenes are budgeted and measured for 90 frames a second. More would halve what a scene may cost for a gain that few see;
less flickers and makes people ill sooner."""

MOST_RATES: Final = 64
"""Rates that a display can have; whatever more a runtime speaks of is left out."""


def choose(offered: Sequence[float], wanted: float = WANTED_HZ) -> float | None:
    """The highest rate that is not above the wanted one; if all are, the lowest; None if there is none."""
    usable = [rate for rate in offered if rate > 0]
    below = [rate for rate in usable if rate <= wanted + 0.5]
    return max(below) if below else min(usable, default=None)


class Refresh:
    """The display's rate in one session. `function` finds the extension's functions by name and type."""

    def __init__(self, session: Any, function: Callable[[str, Any], Any]) -> None:
        self.session = session
        self._enumerate = function("xrEnumerateDisplayRefreshRatesFB", xr.PFN_xrEnumerateDisplayRefreshRatesFB)
        self._get = function("xrGetDisplayRefreshRateFB", xr.PFN_xrGetDisplayRefreshRateFB)
        self._request = function("xrRequestDisplayRefreshRateFB", xr.PFN_xrRequestDisplayRefreshRateFB)
        self.hz = 0.0
        """Lights a second now; 0 if the runtime does not say."""

    def ask(self) -> None:
        """Ask for the rate that we want, when the session has begun. A runtime may refuse; then it stays as it is."""
        rate = choose(self.rates())
        self.hz = self._now()
        if rate is None or rate == self.hz:
            return
        result = int(self._request(self.session, ctypes.c_float(rate)))
        if result == xr.Result.ERROR_DISPLAY_REFRESH_RATE_UNSUPPORTED_FB.value:
            _log.warning("the OpenXR runtime offers %g Hz and refuses it", rate)
            return
        check(result, "xrRequestDisplayRefreshRateFB")
        self.hz = self._now()

    def rates(self) -> list[float]:
        """What the display can do, in lights a second."""
        count = ctypes.c_uint32()
        check(self._enumerate(self.session, 0, ctypes.byref(count), None), "xrEnumerateDisplayRefreshRatesFB")
        count.value = min(count.value, MOST_RATES)
        found = (ctypes.c_float * count.value)()
        check(self._enumerate(self.session, count, ctypes.byref(count), found), "xrEnumerateDisplayRefreshRatesFB")
        return [float(rate) for rate in found[: count.value]]

    def _now(self) -> float:
        rate = ctypes.c_float()
        check(self._get(self.session, ctypes.byref(rate)), "xrGetDisplayRefreshRateFB")
        return float(rate.value)
