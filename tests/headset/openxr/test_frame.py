"""Every frame that was waited for is begun and ended once, whatever goes wrong in it."""

from __future__ import annotations

from typing import Any

import pytest
import xr
from hypothesis import given
from hypothesis import strategies as st
from xr import raw_functions

from headset.driver import View
from headset.openxr.frame import FrameLoop

VIEW = View((0, 0, 0), (1, 0, 0, 0), (-1, 1, -1, 1))
STEPS = ("acquire", "look", "aim", "draw", "fill", "release")


class TroubleError(Exception):
    """What a test lets go wrong."""


class Fake:
    """The runtime's frame calls, the swapchain and the spaces, with trouble at chosen steps."""

    def __init__(self, trouble: set[str], *, image: bool = True, tracked: bool = True) -> None:
        self.trouble, self.image, self.tracked = trouble, image, tracked
        self.calls: list[str] = []
        self.layers: list[int] = []
        self.times: list[int] = []
        self.size, self.handle, self.base = (640, 240), xr.Swapchain(), xr.Space()
        self.views = (xr.View * 2)(xr.View(), xr.View())

    def step(self, name: str) -> None:
        self.calls.append(name)
        if name in self.trouble:
            raise TroubleError(name)

    def wait(self, _session: Any, _info: Any, state: Any) -> Any:
        self.calls.append("wait")
        state._obj.predicted_display_time = 1000 + len(self.calls)
        state._obj.predicted_display_period = 10
        state._obj.should_render = 1
        return xr.Result.SUCCESS

    def begin(self, _session: Any, _info: Any) -> Any:
        self.calls.append("begin")
        return xr.Result.SUCCESS

    def end(self, _session: Any, info: Any) -> Any:
        self.calls.append("end")
        self.layers.append(info._obj.layer_count)
        self.times.append(info._obj.display_time)
        return xr.Result.SUCCESS

    def acquire(self) -> bool:
        self.step("acquire")
        return self.image

    def look(self, _time: int) -> tuple[View, View] | None:
        self.step("look")
        return (VIEW, VIEW) if self.tracked else None

    def fill(self) -> None:
        self.step("fill")

    def release(self) -> None:
        self.step("release")

    def loop(self, patch: pytest.MonkeyPatch) -> FrameLoop:
        for name, function in (("xrWaitFrame", self.wait), ("xrBeginFrame", self.begin), ("xrEndFrame", self.end)):
            patch.setattr(raw_functions, name, function)
        here: Any = self
        return FrameLoop(None, here, here, xr.EnvironmentBlendMode.OPAQUE)

    def draw(self, loop: FrameLoop) -> None:
        loop.draw(lambda _: self.step("aim"), lambda: self.step("draw"))


def test_a_frame_in_order_shows_one_layer_at_the_one_display_time(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = Fake(set())
    loop = fake.loop(monkeypatch)
    assert loop.wait()
    fake.draw(loop)
    assert fake.calls == ["wait", "begin", *STEPS, "end"]
    assert fake.layers == [1]
    assert fake.times == [loop.time]
    loop.skip()
    assert fake.calls.count("end") == 1
    assert loop.drawn == 1


@given(st.sets(st.sampled_from(STEPS)), st.booleans(), st.booleans())
def test_whatever_goes_wrong_it_is_released_and_ended_once(trouble: set[str], image: bool, tracked: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        fake = Fake(trouble, image=image, tracked=tracked)
        loop = fake.loop(patch)
        loop.wait()
        try:
            fake.draw(loop)
            failed = False
        except TroubleError:
            failed = True
        assert fake.calls.count("begin") == fake.calls.count("end") == fake.calls.count("release") == 1
        assert fake.calls[-1] == "end"
        assert not loop.waiting
        assert fake.times == [loop.time]
        whole = image and tracked and not trouble & set(STEPS)
        assert fake.layers == [int(whole)]
        assert failed == (
            bool(trouble & {"acquire", "release"})
            or (image and bool(trouble & {"look"}))
            or (image and "look" not in trouble and tracked and bool(trouble & {"aim", "draw", "fill"}))
        )


def test_a_frame_that_nobody_draws_is_ended_without_a_layer(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = Fake(set())
    loop = fake.loop(monkeypatch)
    loop.wait()
    loop.skip()
    loop.skip()
    assert fake.calls == ["wait", "begin", "end"]
    assert fake.layers == [0]


def test_an_error_of_the_runtime_is_raised_with_the_call_that_met_it(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = Fake(set())
    loop = fake.loop(monkeypatch)
    loop.wait()
    monkeypatch.setattr(raw_functions, "xrBeginFrame", lambda *_: xr.Result.ERROR_INSTANCE_LOST)
    with pytest.raises(xr.exception.InstanceLostError, match="xrBeginFrame"):
        fake.draw(loop)
