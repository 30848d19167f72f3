"""What a driver called, in order, and the rules of good practice that can be read from it.

    with recorded() as trace:       # wraps whatever stands in xr.raw_functions: a real runtime's functions, or the fake's
        …
    assert broken_rules(trace) == []

The specification says some of these rules (OpenXR 1.1, sections 9.3, 10.1, 10.4, 11.4); the rest are those of Khronos's
best-practices layer, which says nothing on Linux. What is called through an extension's function pointer is not in the trace of a
real runtime.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import xr

from tests.headset.openxr.bridge import Bridge, number

Eye = tuple[float, ...]
"""Orientation x y z w, position x y z, angles left right up down, as single precision has them."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call: its function, its XrResult, and what of its arguments matters."""

    function: str
    result: int
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether it did what it is for."""
        return self.result >= 0


def facts_of(function: str, arguments: Sequence[Any]) -> dict[str, Any]:
    """What of a call's arguments matters, read after the call."""
    reader = _FACTS.get(function)
    facts: dict[str, Any] = {"handle": number(arguments[0])} if reader or function.startswith("xrDestroy") else {}
    if reader is not None:
        facts |= reader(arguments)
    return facts


@contextmanager
def recorded(functions: Sequence[str] = ()) -> Iterator[list[Call]]:
    """The calls that are made meanwhile through `xr.raw_functions`, of all functions that a rule asks for, or of these."""
    trace: list[Call] = []
    with Bridge({name: _recording(trace, name, getattr(xr.raw_functions, name)) for name in functions or RULED}).installed():
        yield trace


def _recording(trace: list[Call], name: str, original: Callable[..., Any]) -> Callable[..., int]:
    def call(*arguments: Any) -> int:
        result = int(original(*arguments))
        trace.append(Call(name, result, facts_of(name, arguments) if result >= 0 or name in _GIVEN_UP else {}))
        return result

    return call


def broken_rules(trace: Sequence[Call]) -> list[str]:
    """Each rule that was broken, with the index of the call that broke it."""
    reader = _Reader()
    for index, call in enumerate(trace):
        rule = _RULES.get(call.function)
        reader.failed = reader.failed or not call.ok
        if rule is not None and (call.ok or call.function in _GIVEN_UP):
            reader.said = []
            rule(reader, call)
            reader.broken += [f"call {index}, {call.function}: {why}" for why in reader.said]
    return reader.broken


def frames(trace: Sequence[Call]) -> int:
    """Frames that ended with a picture."""
    return sum(call.function == "xrEndFrame" and call.ok and bool(call.facts["layers"]) for call in trace)


@dataclass
class _Reader:
    """Goes along the calls."""

    broken: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    state: int = 0
    running: bool = False
    failed: bool = False
    """Whether a call has failed in this session: then all may be given up where it stands."""
    frame: str = "none"
    """none, waited or begun."""
    time: int = 0
    last_time: int = 0
    views: tuple[Eye, ...] | None = None
    synced: bool = False
    images: dict[int, str] = field(default_factory=dict)
    """Swapchain → acquired or waited."""
    shown: set[int] = field(default_factory=set)
    """Swapchains that have had an image released."""

    def say(self, wrong: bool, why: str) -> None:
        if wrong:
            self.said.append(why)

    def create_session(self, call: Call) -> None:
        self.say(self.running, "a session runs already")
        self.running, self.frame, self.state, self.last_time, self.failed = False, "none", 0, 0, False
        self.images.clear()
        self.shown.clear()

    def poll(self, call: Call) -> None:
        self.say(self.frame == "begun", "events are taken between xrBeginFrame and xrEndFrame")
        if "state" in call.facts:
            self.state = call.facts["state"]

    def begin_session(self, call: Call) -> None:
        self.say(self.running, "begun twice")
        self.say(self.state != xr.SessionState.READY, f"begun in state {self.state}, not READY")
        self.running, self.frame = True, "none"

    def end_session(self, call: Call) -> None:
        self.say(not self.running, "ended, but it does not run")
        self.say(self.frame != "none", f"ended with a frame that is {self.frame}")
        self.say(self.state != xr.SessionState.STOPPING, f"ended in state {self.state}, not STOPPING")
        self.running = False

    def wait(self, call: Call) -> None:
        self.say(not self.running, "the session does not run")
        self.say(self.frame != "none", f"the frame before is still {self.frame}")
        self.time = call.facts["time"]
        self.say(self.time <= self.last_time, "the display time does not rise")
        self.frame, self.last_time, self.views, self.synced = "waited", self.time, None, False

    def begin(self, call: Call) -> None:
        self.say(self.frame != "waited", f"the frame is {self.frame}, not waited for")
        self.frame = "begun"

    def end(self, call: Call) -> None:
        self.say(self.frame != "begun", f"the frame is {self.frame}, not begun")
        self.say(call.facts["time"] != self.time, f"shown at {call.facts['time']}, but waited for {self.time}")
        for layer in call.facts["layers"]:
            for chain in layer["chains"]:
                self.say(chain in self.images, f"an image of a swapchain it shows is still {self.images.get(chain)}")
                self.say(chain not in self.shown, "a swapchain it shows has never had an image released")
            if layer["views"]:
                self.say(layer["views"] != self.views, "the pose or field of view is not the one located last")
        self.frame = "none"

    def locate_views(self, call: Call) -> None:
        self._in_time(call)
        self.views = call.facts["views"]

    def locate(self, call: Call) -> None:
        self._in_time(call)

    def _in_time(self, call: Call) -> None:
        wrong = self.frame != "none" and call.facts["time"] != self.time
        self.say(wrong, f"located at {call.facts['time']}, but the frame is shown at {self.time}")

    def sync(self, call: Call) -> None:
        self.say(self.frame == "begun", "actions are synced between xrBeginFrame and xrEndFrame")
        self.say(self.synced, "actions are synced twice in a frame")
        self.synced = True

    def acquire(self, call: Call) -> None:
        chain = call.facts["handle"]
        self.say(chain in self.images, "an image is acquired already")
        self.images[chain] = "acquired"

    def wait_image(self, call: Call) -> None:
        chain = call.facts["handle"]
        self.say(self.images.get(chain) != "acquired", "no image is acquired, or it was waited for")
        if call.result != xr.Result.TIMEOUT_EXPIRED:
            self.images[chain] = "waited"

    def release(self, call: Call) -> None:
        chain = call.facts["handle"]
        self.say(self.images.pop(chain, None) != "waited", "the image was not waited for")
        self.shown.add(chain)

    def destroy_swapchain(self, call: Call) -> None:
        self.say(self.frame == "begun" and not self.failed, "a swapchain is destroyed between xrBeginFrame and xrEndFrame")
        self.images.pop(call.facts["handle"], None)

    def destroy_session(self, call: Call) -> None:
        self.running, self.frame = False, "none"
        self.images.clear()


_RULES: Final[dict[str, Callable[[_Reader, Call], None]]] = {
    "xrCreateSession": _Reader.create_session,
    "xrDestroySession": _Reader.destroy_session,
    "xrPollEvent": _Reader.poll,
    "xrBeginSession": _Reader.begin_session,
    "xrEndSession": _Reader.end_session,
    "xrWaitFrame": _Reader.wait,
    "xrBeginFrame": _Reader.begin,
    "xrEndFrame": _Reader.end,
    "xrLocateViews": _Reader.locate_views,
    "xrLocateSpace": _Reader.locate,
    "xrLocateHandJointsEXT": _Reader.locate,
    "xrSyncActions": _Reader.sync,
    "xrAcquireSwapchainImage": _Reader.acquire,
    "xrWaitSwapchainImage": _Reader.wait_image,
    "xrReleaseSwapchainImage": _Reader.release,
    "xrDestroySwapchain": _Reader.destroy_swapchain,
}

_GIVEN_UP: Final = ("xrDestroySession", "xrDestroySwapchain")
"""What is taken as done even when the runtime refuses."""

RULED: Final = tuple(name for name in _RULES if not name.endswith("EXT"))


def eye_of(view: Any) -> Eye:
    """The pose and the angles of an XrView, or of what is submitted of it."""
    return struct.unpack("11f", bytes(view.pose) + bytes(view.fov))


def _layers(info: Any) -> list[dict[str, Any]]:
    found = []
    kinds = xr.StructureType
    for index in range(info.layer_count):
        header = info._layers[index]
        kind = header.contents._type
        if kind == kinds.COMPOSITION_LAYER_PROJECTION.value:
            layer = ctypes.cast(header, ctypes.POINTER(xr.CompositionLayerProjection)).contents
            views = [layer._views[eye] for eye in range(layer.view_count)]
            chains = [number(view.sub_image.swapchain) for view in views]
            found.append({"kind": kind, "chains": chains, "views": tuple(eye_of(view) for view in views)})
        else:
            # A quad's and a cylinder's structures begin alike, up to the image.
            flat = ctypes.cast(header, ctypes.POINTER(xr.CompositionLayerQuad)).contents
            found.append({"kind": kind, "chains": [number(flat.sub_image.swapchain)], "views": ()})
    return found


def _state(arguments: Sequence[Any]) -> dict[str, Any]:
    event = arguments[1].contents
    if event._type != xr.StructureType.EVENT_DATA_SESSION_STATE_CHANGED.value:
        return {"event": int(event._type)}
    changed = ctypes.cast(arguments[1], ctypes.POINTER(xr.EventDataSessionStateChanged)).contents
    return {"event": int(event._type), "state": int(changed._state)}


_FACTS: Final[dict[str, Callable[[Sequence[Any]], dict[str, Any]]]] = {
    "xrPollEvent": _state,
    "xrBeginSession": lambda _: {},
    "xrEndSession": lambda _: {},
    "xrWaitFrame": lambda given: {"time": int(given[2].contents.predicted_display_time)},
    "xrBeginFrame": lambda _: {},
    "xrEndFrame": lambda given: {"time": int(given[1].contents.display_time), "layers": _layers(given[1].contents)},
    "xrLocateViews": lambda given: {
        "time": int(given[1].contents.display_time),
        "views": tuple(eye_of(given[5][eye]) for eye in range(number(given[3]))),
    },
    "xrLocateSpace": lambda given: {"time": number(given[2])},
    "xrLocateHandJointsEXT": lambda given: {"time": int(given[1].contents.time)},
    "xrSyncActions": lambda _: {},
    "xrAcquireSwapchainImage": lambda given: {"index": int(given[2].contents.value) if given[2] else 0},
    "xrWaitSwapchainImage": lambda _: {},
    "xrReleaseSwapchainImage": lambda _: {},
}
