"""What a runtime answers: a number, whoever asked, and an exception or a sentence where it is a refusal."""

from __future__ import annotations

import ctypes

import pytest
import xr
from xr import raw_functions as raw

from headset.driver import DriverError
from headset.openxr.calls import EACH_FRAME, check
from headset.openxr.instance import OPENGL, Instance
from tests.headset.openxr.fake import made_up


def test_a_runtime_without_opengl_is_told_in_a_sentence_with_what_to_do() -> None:
    with made_up() as runtime:
        runtime.extensions.remove(OPENGL)
        with pytest.raises(DriverError, match=r"^the OpenXR runtime has no OpenGL .*: choose another, as SteamVR or Monado$"):
            Instance()
        assert not runtime.handles


@pytest.mark.parametrize("code", [0, 1, 8])
def test_a_success_is_its_number(code: int) -> None:
    assert check(code, "xrSyncActions") == check(xr.Result(code), "xrSyncActions") == code
    assert type(check(xr.Result(code), "xrSyncActions")) is int


@pytest.mark.parametrize(("code", "raised"), [(-13, xr.exception.InstanceLostError), (-4711, xr.exception.RuntimeFailureError)])
def test_an_error_is_raised_with_the_call_even_one_that_nobody_knows(code: int, raised: type[Exception]) -> None:
    for result in (code, xr.Result(code)):
        with pytest.raises(raised, match="xrEndFrame"):
            check(result, "xrEndFrame")


@pytest.mark.parametrize("name", EACH_FRAME)
def test_the_loader_s_answers_in_a_frame_are_numbers(name: str) -> None:
    assert getattr(raw, name).restype is ctypes.c_int
