"""What of each eye's picture the lenses hide (XR_KHR_visibility_mask): a fifth of the pixels, on many headsets, that need no
shading."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any, Final

import xr

from headset.openxr.calls import check

EXTENSION: Final = "XR_KHR_visibility_mask"

MOST: Final = 100_000
"""Corners that a mask can have. More is nonsense, and a mask is left out."""

Corners = list[tuple[float, float]]


class Visibility:
    """Asks for the masks of one session. `function` finds the extension's function by name and type."""

    def __init__(self, session: Any, configuration: Any, function: Callable[[str, Any], Any]) -> None:
        self.session = session
        self.configuration = ctypes.c_int(configuration.value)
        self._get = function("xrGetVisibilityMaskKHR", xr.PFN_xrGetVisibilityMaskKHR)

    def hidden(self) -> tuple[Corners, Corners]:
        """For the left and the right eye, the corners of triangles that nobody can see, three for each, as tangents to the right
        and up; none where nothing is hidden."""
        return self._eye(0), self._eye(1)

    def _eye(self, eye: int) -> Corners:
        mask = xr.VisibilityMaskKHR()
        self._ask(eye, mask)
        corners, count = mask.vertex_count_output, mask.index_count_output
        if not 0 < corners <= MOST or not 0 < count <= MOST:
            return []
        vertices, indices = (xr.Vector2f * corners)(), (ctypes.c_uint32 * count)()
        mask.vertex_capacity_input, mask.index_capacity_input = corners, count
        mask.vertices = ctypes.cast(vertices, ctypes.POINTER(xr.Vector2f))
        mask.indices = ctypes.cast(indices, ctypes.POINTER(ctypes.c_uint32))
        self._ask(eye, mask)
        if count % 3 or any(index >= corners for index in indices):
            return []
        return [(vertices[index].x, vertices[index].y) for index in indices]

    def _ask(self, eye: int, mask: Any) -> None:
        kind = ctypes.c_int(xr.VisibilityMaskTypeKHR.HIDDEN_TRIANGLE_MESH.value)
        result = self._get(self.session, self.configuration, ctypes.c_uint32(eye), kind, ctypes.byref(mask))
        check(result, "xrGetVisibilityMaskKHR")
