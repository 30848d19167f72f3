"""The state of the made-up runtime: handles, one session's life, what it announces, and the rules that were broken."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import xr

from tests.headset.openxr.fake.nogl import NoGl
from tests.headset.openxr.trace import Call

State = xr.SessionState
R = xr.Result

EXTENSIONS: Final = (
    "XR_KHR_opengl_enable", "XR_MNDX_egl_enable", "XR_EXT_local_floor", "XR_EXT_user_presence", "XR_KHR_convert_timespec_time",
    "XR_KHR_composition_layer_depth", "XR_KHR_composition_layer_cylinder", "XR_KHR_visibility_mask",
    "XR_FB_display_refresh_rate", "XR_EXT_hand_tracking", "XR_EXT_hand_tracking_data_source", "XR_EXT_eye_gaze_interaction",
    "XR_EXT_hand_interaction", "XR_EXT_palm_pose",
)  # fmt: skip
"""What it offers; a test may take some away."""

UP: Final = (State.IDLE, State.READY, State.SYNCHRONIZED, State.VISIBLE, State.FOCUSED)
"""The way from a headset that lies there to one in which someone acts (section 9.3)."""


class RefusalError(Exception):
    """A call that the specification forbids: its result, and in a sentence why."""

    def __init__(self, result: Any, why: str) -> None:
        super().__init__(why)
        self.result = result


@dataclass(frozen=True, slots=True)
class Fault:
    """Something goes wrong at the call of that index, counted from the beginning.

    `what` is an XrResult, or `nan` (poses are), `zero` (fields of view, sizes, periods), `garbage` (counts and enumerations), or
    `slow` (it answers after `seconds`). `lasting` faults hit every later call of the same function as well.
    """

    at: int
    what: int | Literal["nan", "zero", "garbage", "slow"]
    lasting: bool = False
    seconds: float = 5.0


@dataclass(eq=False)
class Handle:
    """Something that was made and must be given back. `facts` is what its kind needs."""

    kind: str
    number: int
    parent: Handle | None
    facts: dict[str, Any] = field(default_factory=dict)
    alive: bool = True

    def above(self, kind: str) -> Handle:
        """The one of that kind that this hangs on."""
        handle: Handle | None = self
        while handle is not None and handle.kind != kind:
            handle = handle.parent
        assert handle is not None, f"{self.kind} hangs on no {kind}"
        return handle


class Time:
    """A clock that moves only when someone sleeps or waits. Raises TimeoutError when it went so far that something must hang."""

    def __init__(self, limit: float = 1000.0) -> None:
        self.seconds = 100.0
        self.limit = limit
        self.sleeps = 0

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.sleeps += 1
        self.seconds += seconds
        if self.seconds > self.limit:
            raise TimeoutError(f"it waits for ever: {self.seconds} s, {self.sleeps} sleeps")

    perf_counter = monotonic
    time = monotonic


class Runtime:
    """A runtime, its one headset and the person with it."""

    def __init__(self) -> None:
        self.time = Time()
        self.gl = NoGl()
        self.extensions: list[str] = list(EXTENSIONS)
        self.there = True
        """Whether the runtime itself is there; False is a service that was killed."""
        self.plugged = True
        self.wanted: Any = State.FOCUSED
        """The state to which the session is led as the person and the runtime go on: IDLE, SYNCHRONIZED, VISIBLE or FOCUSED."""
        self.resolution = (320, 240)
        self.tracked = True
        self.image_ready = True
        self.should_render = True
        self.rates: list[float] = [72.0, 90.0, 120.0]
        self.rate = 90.0
        self.head = [0.0, 1.6, 0.0]
        self.gaze: tuple[float, float, float, float] | None = (0.0, 0.0, 0.0, 1.0)
        """How the gaze is turned, x y z w; None while the eyes are not seen, and only remembered."""
        self.pressed: set[str] = set()
        """Names of actions that are pressed, or pulled all the way."""
        self.faults: list[Fault] = []
        self.calls = 0
        self.most_calls = 1_000_000
        self.trace: list[Call] = []
        self.violations: list[str] = []
        self.events: deque[Any] = deque()
        self.handles: dict[int, Handle] = {}
        self.implicit: Counter[str] = Counter()
        """Kinds of handles that went only because their parents did."""
        self.made: Counter[str] = Counter()
        self.pointer_of: Callable[[str], Any] = lambda _: None
        """A function's C pointer by its name; set where the functions are put in place."""
        self._next = 0x1000
        self._paths: list[str] = []

    # Handles

    def make(self, kind: str, parent: Handle | None, **facts: Any) -> Handle:
        """A new handle."""
        self._next += 0x10
        handle = Handle(kind, self._next, parent, facts)
        self.handles[handle.number] = handle
        self.made[kind] += 1
        return handle

    def find(self, number: int, kind: str) -> Handle:
        """The living handle of that number and kind."""
        handle = self.handles.get(number)
        if handle is None or handle.kind != kind:
            raise RefusalError(R.ERROR_HANDLE_INVALID, f"{number:#x} is no {kind}")
        if not handle.alive:
            raise RefusalError(R.ERROR_HANDLE_INVALID, f"this {kind} has been destroyed")
        return handle

    def destroy(self, handle: Handle) -> None:
        """Give a handle back, and all that hangs on it."""
        for child in self.children(handle):
            self.implicit[child.kind] += 1
            self.destroy(child)
        handle.alive = False
        if handle.kind == "session":
            self.events = deque(event for event in self.events if getattr(event, "session_number", None) != handle.number)

    def children(self, handle: Handle, kind: str = "") -> list[Handle]:
        """What hangs on a handle."""
        return [one for one in self.handles.values() if one.parent is handle and one.alive and kind in ("", one.kind)]

    def left(self) -> list[str]:
        """Kinds of handles that nobody has given back."""
        return [handle.kind for handle in self.handles.values() if handle.alive]

    def living(self, kind: str) -> Handle | None:
        """The last one of a kind that is alive."""
        return next((one for one in reversed(self.handles.values()) if one.alive and one.kind == kind), None)

    # Paths

    def path(self, text: str) -> int:
        """A path's atom."""
        if text not in self._paths:
            self._paths.append(text)
        return self._paths.index(text) + 1

    def path_text(self, atom: int) -> str:
        """A path as it was written."""
        if not 0 < atom <= len(self._paths):
            raise RefusalError(R.ERROR_PATH_INVALID, f"{atom} is no path")
        return self._paths[atom - 1]

    # What happens outside

    def go(self, state: Any) -> None:
        """The session goes into a state and says so."""
        session = self.living("session")
        if session is None or session.facts["state"] in (State.LOSS_PENDING, State.EXITING):
            return
        session.facts["state"] = state
        event = xr.EventDataSessionStateChanged(session=xr.Session(), state=state, time=self.now_ns())
        event.session_number = session.number
        self.events.append(event)

    def advance(self) -> None:
        """The session takes the next arrow of the figure on the way to where it is wanted, if it can."""
        session = self.living("session")
        if session is None:
            return
        here, running, framed = (session.facts[name] for name in ("state", "running", "framed"))
        if here == State.STOPPING:
            if not running:
                self.go(State.IDLE)
            return
        if here not in UP:
            return
        at, goal = UP.index(here), UP.index(self.wanted) if self.wanted in UP else 0
        if at == goal and self.wanted == State.EXITING:
            self.go(State.EXITING)
        if goal > at:
            if (here == State.READY and not running) or (here in UP[2:] and not framed):
                return
            self.go(UP[at + 1])
        elif goal < at:
            if here in (State.FOCUSED, State.VISIBLE):
                self.go(UP[at - 1])
            elif running:
                self.go(State.STOPPING)

    def take_off(self) -> None:
        """The headset is put aside."""
        self.wanted = State.IDLE

    def put_on(self) -> None:
        """Someone puts it on."""
        self.wanted = State.FOCUSED

    def presence(self, present: bool) -> None:
        """The sensor between the lenses tells."""
        if self.enabled("XR_EXT_user_presence"):
            self.events.append(xr.EventDataUserPresenceChangedEXT(session=xr.Session(), is_user_present=present))

    def recentre(self) -> None:
        """The person centres the view."""
        self.events.append(
            xr.EventDataReferenceSpaceChangePending(
                session=xr.Session(),
                reference_space_type=xr.ReferenceSpaceType.LOCAL,
                change_time=self.now_ns(),
                pose_valid=False,
            )
        )

    def announce(self, event: Any) -> None:
        """Any other event."""
        self.events.append(event)

    def unplug(self) -> None:
        """The cable is drawn."""
        self.plugged = False
        self.go(State.LOSS_PENDING)

    def plug(self) -> None:
        """The cable is back."""
        self.plugged = True

    def exit(self) -> None:
        """The person closes us from the runtime's menu: the session is stopped, and then over."""
        self.wanted = State.EXITING

    def die(self) -> None:
        """The service is killed."""
        self.there = False
        for handle in self.handles.values():
            if handle.kind == "instance":
                handle.facts["lost"] = True

    def live(self) -> None:
        """The service is started again."""
        self.there = True

    # Time and trouble

    def now_ns(self) -> int:
        """The runtime's clock, whose origin is its own."""
        return int(self.time.seconds * 1e9) + 7_000_000_000

    def enabled(self, extension: str) -> bool:
        """Whether the application has asked for it."""
        instance = self.living("instance")
        return instance is not None and extension in instance.facts["extensions"]

    def broke(self, function: str, why: str) -> None:
        """Remember a rule that was broken."""
        self.violations.append(f"{function}: {why}")

    def faults_of(self, index: int, function: str) -> Iterator[Fault]:
        """What goes wrong in this call."""
        for fault in self.faults:
            if fault.at == index or (fault.lasting and index > fault.at and self.trace[fault.at].function == function):
                yield fault


Handler = Callable[..., Any]
