"""A whole life of the headset breaks no rule of the specification; and the fake runtime that says so is strict."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
import xr
from xr import raw_functions as raw

from headset.inputs import Command
from tests.headset.openxr.fake import Runtime, Wearer, made_up
from tests.headset.openxr.trace import Call, broken_rules, frames, recorded


@pytest.fixture
def runtime() -> Iterator[Runtime]:
    with made_up() as there:
        yield there


@pytest.fixture
def wearer(runtime: Runtime) -> Wearer:
    """Someone in a headset that runs and shows pictures."""
    worn = Wearer(runtime)
    worn.open()
    worn.until_drawn(2)
    return worn


def whole_life(wearer: Wearer, frames_of_a_phase: int = 20) -> None:
    """Opened, worn, taken off, on again, the service killed and started again, the cable drawn and put back, closed."""
    runtime = wearer.runtime
    wearer.open()
    wearer.driver.allow(frozenset({"gaze", "joints"}))
    wearer.until_drawn(frames_of_a_phase)
    wearer.read()
    wearer.until_drawn(2)
    wearer.driver.haptic("right", 0.5, 0.1)
    runtime.take_off()
    wearer.turns(5)
    runtime.put_on()
    wearer.until_drawn(3)
    runtime.die()
    wearer.turns(60)
    runtime.live()
    wearer.until_drawn(3)
    runtime.unplug()
    wearer.turns(60)
    runtime.plug()
    wearer.until_drawn(3)
    wearer.close()


def test_a_whole_life_breaks_no_rule_and_leaves_nothing(runtime: Runtime) -> None:
    wearer = Wearer(runtime)
    whole_life(wearer)
    assert runtime.violations == []
    assert broken_rules(runtime.trace) == []
    assert frames(runtime.trace) == wearer.stage.drawn >= 31
    layers = [call.facts["layers"] for call in runtime.trace if call.function == "xrEndFrame" and call.facts.get("layers")]
    assert {len(shown) for shown in layers} == {1, 3}, "the cards are not shown"
    assert len(layers[-1]) == 3, "the cards are not back with the headset"
    assert runtime.left() == []
    assert runtime.gl.alive == set()
    assert set(runtime.implicit) <= {"action"}, "given back only with what they hang on"
    assert runtime.made["session"] == 3
    assert [call.function for call in runtime.trace[-2:]] == ["xrDestroySession", "xrDestroyInstance"]
    assert wearer.links() == [
        "focused", "unfocused", "unworn", "worn", "focused", "lost", "back", "focused", "lost", "back", "focused",
    ]  # fmt: skip


def test_without_any_optional_extension_it_lives_as_well(runtime: Runtime) -> None:
    runtime.extensions = ["XR_KHR_opengl_enable", "XR_MNDX_egl_enable"]
    wearer = Wearer(runtime)
    whole_life(wearer)
    assert runtime.violations == []
    assert broken_rules(runtime.trace) == []
    assert runtime.left() == []


def test_the_newest_views_are_looked_up_after_the_frame_has_begun(wearer: Wearer) -> None:
    trace = [call.function for call in wearer.runtime.trace]
    begun = len(trace) - 1 - trace[::-1].index("xrBeginFrame")
    assert "xrLocateViews" in trace[begun:]


def test_what_raises_while_drawing_leaves_the_frame_ended(wearer: Wearer) -> None:
    wearer.stage.trouble = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        wearer.turn()
    wearer.stage.trouble = None
    wearer.until_drawn(2)
    wearer.close()
    assert wearer.runtime.violations == []
    assert broken_rules(wearer.runtime.trace) == []


def test_an_image_that_does_not_come_is_waited_for_in_the_next_frame(wearer: Wearer) -> None:
    runtime = wearer.runtime
    runtime.image_ready = False
    drawn = frames(runtime.trace)
    wearer.turns(3)
    assert frames(runtime.trace) == drawn
    runtime.image_ready = True
    wearer.until_drawn(2)
    wearer.close()
    assert runtime.violations == []
    assert broken_rules(runtime.trace) == []


def test_a_head_that_is_not_tracked_is_not_drawn_for_and_the_frame_is_ended(wearer: Wearer) -> None:
    runtime = wearer.runtime
    runtime.tracked = False
    drawn = wearer.stage.drawn
    wearer.turns(5)
    assert wearer.stage.drawn == drawn
    runtime.tracked = True
    wearer.until_drawn(2)
    assert runtime.violations == []
    assert broken_rules(runtime.trace) == []


def test_recentring_is_told(wearer: Wearer) -> None:
    wearer.runtime.recentre()
    assert Command("participant", "recentre") in wearer.turn()


def test_closed_from_the_runtimes_menu_the_session_is_stopped_in_order(wearer: Wearer) -> None:
    wearer.runtime.exit()
    wearer.turns(10)
    assert wearer.gone
    wearer.close()
    assert wearer.runtime.violations == []
    assert broken_rules(wearer.runtime.trace) == []
    assert wearer.runtime.left() == []


Crime = Callable[[Any, Any], Any]


def _wait(life: Any) -> int:
    state = xr.FrameState()
    raw.xrWaitFrame(life.session, None, ctypes.byref(state))
    return int(state.predicted_display_time)


def _end(life: Any, time: int) -> None:
    info = xr.FrameEndInfo(display_time=time, environment_blend_mode=xr.EnvironmentBlendMode.OPAQUE)
    raw.xrEndFrame(life.session, ctypes.byref(info))


def _wrong_type(life: Any, _: Any) -> None:
    state = xr.FrameState()
    state._type = 7
    raw.xrWaitFrame(life.session, None, ctypes.byref(state))


def _end_elsewhere(life: Any, _: Any) -> None:
    time = _wait(life)
    raw.xrBeginFrame(life.session, None)
    _end(life, time + 1)


def _show_acquired(life: Any, _: Any) -> None:
    time = _wait(life)
    raw.xrBeginFrame(life.session, None)
    life.spaces.look(time)
    life.swapchain.acquire()
    eyes = (xr.CompositionLayerProjectionView * 2)(*(
        xr.CompositionLayerProjectionView(
            pose=view.pose, fov=view.fov,
            sub_image=xr.SwapchainSubImage(life.swapchain.handle, xr.Rect2Di(xr.Offset2Di(0, 0), xr.Extent2Di(8, 8))),
        )
        for view in life.spaces.views
    ))  # fmt: skip
    layer = xr.CompositionLayerProjection(space=life.spaces.base, views=eyes)
    layers = (ctypes.POINTER(xr.CompositionLayerBaseHeader) * 1)(
        ctypes.cast(ctypes.pointer(layer), ctypes.POINTER(xr.CompositionLayerBaseHeader))
    )
    info = xr.FrameEndInfo(display_time=time, environment_blend_mode=xr.EnvironmentBlendMode.OPAQUE, layers=layers)
    raw.xrEndFrame(life.session, ctypes.byref(info))


def _many_layers(life: Any, _: Any) -> None:
    time = _wait(life)
    raw.xrBeginFrame(life.session, None)
    info = xr.FrameEndInfo(display_time=time, environment_blend_mode=xr.EnvironmentBlendMode.OPAQUE)
    info.layer_count = 17
    raw.xrEndFrame(life.session, ctypes.byref(info))


def _crooked_pose(life: Any, _: Any) -> None:
    pose = xr.Posef()
    pose.orientation.w = 0.5
    info = xr.ReferenceSpaceCreateInfo(reference_space_type=xr.ReferenceSpaceType.LOCAL, pose_in_reference_space=pose)
    raw.xrCreateReferenceSpace(life.session, ctypes.byref(info), ctypes.byref(xr.Space()))


def _twice(call: Callable[[Any], object]) -> Crime:
    def commit(life: Any, _: Any) -> None:
        call(life)
        call(life)

    return commit


CRIMES: list[tuple[Crime, str]] = [
    (_wrong_type, "xrWaitFrame: a FrameState says that it is of type 7"),
    (_twice(_wait), "xrWaitFrame: the frame before was never begun: this would wait for ever"),
    (lambda life, _: raw.xrBeginFrame(life.session, None), "xrBeginFrame: no frame was waited for"),
    (lambda life, _: _end(life, 5), "xrEndFrame: the frame is none, not begun"),
    (_end_elsewhere, "xrEndFrame: shown at"),
    (_show_acquired, "xrEndFrame: an image of a swapchain it shows is still acquired"),
    (_many_layers, "xrEndFrame: 17 layers"),
    (_crooked_pose, "xrCreateReferenceSpace: a pose with quaternion length 0.250"),
    (
        lambda life, _: raw.xrBeginSession(
            life.session, ctypes.byref(xr.SessionBeginInfo(xr.ViewConfigurationType.PRIMARY_STEREO))
        ),
        "xrBeginSession: the session runs already",
    ),
    (lambda life, _: raw.xrEndSession(life.session), "xrEndSession: the session is FOCUSED, not STOPPING"),
    (
        lambda life, _: raw.xrReleaseSwapchainImage(life.swapchain.handle, None),
        "xrReleaseSwapchainImage: the image was not waited",
    ),
    (
        lambda life, _: raw.xrAttachSessionActionSets(
            life.session, ctypes.byref(xr.SessionActionSetsAttachInfo(action_sets=[life.actions.set]))
        ),
        "xrAttachSessionActionSets: the session has its sets already",
    ),
    (_twice(lambda life: raw.xrDestroySpace(life.spaces.head)), "xrDestroySpace: this space has been destroyed"),
    (lambda life, _: raw.xrLocateSpace(life.spaces.head, life.spaces.base, 0, ctypes.byref(xr.SpaceLocation())), "time 0"),
    (
        lambda life, _: xr.get_instance_proc_addr(life.instance.handle, "xrCreatePassthroughFB"),
        "is asked for without its extension",
    ),
    (lambda life, _: xr.string_to_path(life.instance.handle, "/user/Hand"), "is not written as a path"),
    (lambda life, runtime: runtime.handles.clear() or raw.xrBeginFrame(life.session, None), "is no session"),
]


@pytest.mark.parametrize(("commit", "said"), CRIMES)
def test_the_fake_is_strict(wearer: Wearer, commit: Crime, said: str) -> None:
    life: Any = wearer.driver.life
    life.frames.skip()
    assert wearer.runtime.violations == []
    with suppress(xr.exception.ResultException):  # a wrapper says so too
        commit(life, wearer.runtime)
    assert any(said in violation for violation in wearer.runtime.violations), wearer.runtime.violations
    wearer.runtime.violations.clear()


def test_a_handle_that_nobody_gives_back_is_counted(wearer: Wearer) -> None:
    assert {"instance", "session", "swapchain", "space", "action set", "action"} <= set(wearer.runtime.left())
    assert wearer.runtime.gl.alive
    wearer.close()
    assert wearer.runtime.left() == []


EYE = tuple(map(float, range(11)))
OTHER = (*EYE[:-1], 0.5)
CHAIN = {"handle": 9}


def legal(time: int = 1, **changed: Any) -> list[Call]:
    """One frame as it should be; of the calls named, the facts are others, or None leaves the call out."""
    layer = {"kind": 35, "chains": [9], "views": (EYE, EYE)}
    facts: dict[str, dict[str, Any]] = {
        "xrWaitFrame": {"time": time},
        "xrSyncActions": {},
        "xrLocateSpace": {"time": time},
        "xrBeginFrame": {},
        "xrAcquireSwapchainImage": CHAIN,
        "xrWaitSwapchainImage": CHAIN,
        "xrLocateViews": {"time": time, "views": (EYE, EYE)},
        "xrReleaseSwapchainImage": CHAIN,
        "xrEndFrame": {"time": time, "layers": [layer]},
    }
    facts.update({name: changed[name] for name in changed})
    return [Call(name, 0, found) for name, found in facts.items() if found is not None]


BEGUN = [Call("xrCreateSession", 0), Call("xrPollEvent", 0, {"state": 2}), Call("xrBeginSession", 0)]


def swapped(one: str, other: str) -> list[Call]:
    calls = legal()
    names = [call.function for call in calls]
    first, second = names.index(one), names.index(other)
    calls[first], calls[second] = calls[second], calls[first]
    return calls


@pytest.mark.parametrize(
    ("calls", "said"),
    [
        (legal(xrBeginFrame=None), "not waited for|not begun"),
        (legal(xrEndFrame=None) + legal(2), "still begun"),
        (swapped("xrSyncActions", "xrAcquireSwapchainImage"), "synced between"),
        ([*legal(), *legal(2)[:2], Call("xrSyncActions", 0), *legal(2)[2:]], "synced twice"),
        (legal(xrLocateSpace={"time": 2}), "located at 2"),
        (legal(xrLocateViews={"time": 1, "views": (EYE, OTHER)}), "not the one located last"),
        (legal(xrReleaseSwapchainImage=None), "still waited"),
        (swapped("xrReleaseSwapchainImage", "xrEndFrame"), "still waited"),
        (legal(xrWaitSwapchainImage=None), "not waited for"),
        (legal() + legal(1), "does not rise"),
        ([*legal(), Call("xrBeginSession", 0)], "begun twice"),
        ([*legal(), Call("xrEndSession", 0)], "not STOPPING"),
    ],
)
def test_a_broken_rule_is_read_from_a_trace(calls: list[Call], said: str) -> None:
    assert broken_rules([*BEGUN, *legal(1), *legal(2)]) == []
    found = broken_rules([*BEGUN, *calls])
    assert any(any(word in one for word in said.split("|")) for one in found), found


def test_a_trace_can_be_taken_of_any_runtime(runtime: Runtime) -> None:
    with recorded() as trace:
        wearer = Wearer(runtime)
        wearer.open()
        wearer.until_drawn(3)
        wearer.close()
    assert frames(trace) == 3
    assert broken_rules(trace) == []
    assert len(trace) < len(runtime.trace)
