"""Where the floor is and how much of it is free, on runtimes that know much or little of it."""

from __future__ import annotations

import ctypes
from itertools import count
from math import nan
from typing import Any

import pytest
import xr

from headset.openxr.spaces import TRACKED, VALID, Spaces
from tests.headset.openxr.controls import install

KINDS = xr.ReferenceSpaceType
EYES = 1.2
"""Metres from the floor to the eyes in the scene."""


class Runtime:
    """A runtime's spaces: each lies at a height in the base space."""

    def __init__(self) -> None:
        self.kinds = [KINDS.VIEW, KINDS.LOCAL, KINDS.STAGE, KINDS.LOCAL_FLOOR]
        self.numbers = count(1)
        self.made: dict[int, Any] = {}
        self.heights: dict[Any, float] = {KINDS.VIEW: 0.1, KINDS.STAGE: -1.55}
        self.flags = 15
        self.bounds: tuple[float, float] | None = None

    def xrEnumerateReferenceSpaces(self, _session: Any, capacity: int, number: Any, kinds: Any) -> int:  # noqa: N802
        number._obj.value = len(self.kinds)
        for index, kind in enumerate(self.kinds[: getattr(capacity, "value", capacity)]):
            kinds[index] = kind.value
        return 0

    def xrCreateReferenceSpace(self, _session: Any, info: Any, out: Any) -> int:  # noqa: N802
        number = next(self.numbers)
        ctypes.cast(ctypes.pointer(out._obj), ctypes.POINTER(ctypes.c_void_p)).contents.value = number
        self.made[number] = KINDS(info.reference_space_type)
        return 0

    def xrDestroySpace(self, space: Any) -> int:  # noqa: N802
        del self.made[ctypes.cast(space, ctypes.c_void_p).value or 0]
        return 0

    def xrLocateSpace(self, space: Any, _base: Any, _time: int, out: Any) -> int:  # noqa: N802
        location = out._obj
        location._location_flags = self.flags
        location.pose.orientation.w = 1.0
        location.pose.position.y = self.heights[self.made[ctypes.cast(space, ctypes.c_void_p).value or 0]]
        return 0

    def xrGetReferenceSpaceBoundsRect(self, _session: Any, kind: int, out: Any) -> int:  # noqa: N802
        assert kind == KINDS.STAGE.value
        if self.bounds is None:
            out._obj.width = out._obj.height = 9.0
            return int(xr.Result.SPACE_BOUNDS_UNAVAILABLE.value)
        out._obj.width, out._obj.height = self.bounds
        return 0


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Runtime:
    made_up = Runtime()
    install(made_up, monkeypatch)
    return made_up


def height(spaces: Spaces) -> float:
    pose = spaces.pose(spaces.head, 1)
    assert pose is not None
    return pose.metres[2]


def test_a_runtime_with_a_floor_is_believed(runtime: Runtime) -> None:
    spaces = Spaces(xr.Session(), local_floor=True)
    spaces.find_floor(1, EYES)
    assert spaces.kind == KINDS.LOCAL_FLOOR
    assert spaces.floor == 0.0
    assert height(spaces) == pytest.approx(0.1)


@pytest.mark.parametrize("extension", [True, False])
def test_without_local_floor_the_floor_is_that_of_the_room_below_the_eyes(runtime: Runtime, extension: bool) -> None:
    if extension:
        runtime.kinds.remove(KINDS.LOCAL_FLOOR)
    spaces = Spaces(xr.Session(), local_floor=extension)
    spaces.find_floor(1, EYES)
    assert spaces.kind == KINDS.LOCAL
    assert height(spaces) == pytest.approx(1.65)
    runtime.heights[KINDS.STAGE] = -1.0
    spaces.find_floor(2, EYES)
    assert height(spaces) == pytest.approx(1.1), "recentred while standing up"


def test_a_floor_that_was_found_stays_while_it_is_not_tracked_or_nonsense(runtime: Runtime) -> None:
    spaces = Spaces(xr.Session(), local_floor=False)
    runtime.flags = 0
    spaces.find_floor(1, EYES)
    assert spaces.floor == EYES
    runtime.flags = 15
    spaces.find_floor(2, EYES)
    assert spaces.floor == pytest.approx(1.55)
    for bad in (nan, 0.5, -9.0):
        runtime.heights[KINDS.STAGE] = bad
        spaces.find_floor(3, EYES)
        assert spaces.floor == pytest.approx(1.55)
    runtime.heights[KINDS.STAGE], runtime.flags = -1.0, 0
    spaces.find_floor(4, EYES)
    assert spaces.floor == pytest.approx(1.55)


def test_without_any_floor_it_lies_below_the_eyes_as_the_scene_has_them(runtime: Runtime) -> None:
    runtime.kinds = [KINDS.VIEW, KINDS.LOCAL]
    spaces = Spaces(xr.Session(), local_floor=True)
    spaces.find_floor(1, EYES)
    assert height(spaces) == pytest.approx(EYES + 0.1)
    spaces.find_bounds()
    assert spaces.bounds is None


def test_the_free_floor_is_told_where_it_is_known(runtime: Runtime) -> None:
    spaces = Spaces(xr.Session(), local_floor=True)
    for given, told in (((2.5, 3.0), (2.5, 3.0)), (None, None), ((0.0, 0.0), None), ((nan, 2.0), None)):
        runtime.bounds = given
        spaces.find_bounds()
        assert spaces.bounds == told


def test_what_is_only_remembered_is_a_pose_but_not_tracked(runtime: Runtime) -> None:
    spaces = Spaces(xr.Session(), local_floor=True)
    runtime.flags = VALID
    assert spaces.pose(spaces.head, 1) is not None
    assert spaces.pose(spaces.head, 1, TRACKED) is None
    runtime.flags = TRACKED
    assert spaces.pose(spaces.head, 1, TRACKED) is not None


def test_everything_is_given_back(runtime: Runtime) -> None:
    spaces = Spaces(xr.Session(), local_floor=False)
    assert len(runtime.made) == 3
    spaces.close()
    assert runtime.made == {}
