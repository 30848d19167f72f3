"""A runtime that answers at once: on it, what a frame costs is our own side alone. `abaton bench` measures with it.

    with installed() as runtime:
        driver = driver_on(runtime)
        driver.open(stage)

It stands in place of the loader's C functions (`xr.raw_functions`), behind real C function pointers, so that every call costs
its conversion of arguments. What its own answers take, in Python, is counted (`answering`), to be taken off again. So are the
calls (`calls`): on the way to an answer C's arguments become Python's, which takes as long again (`crossing`). It offers what the
driver uses, has everybody focused, moves head, hands, joints and gaze in every frame, and checks nothing: what enforces the rules
is the made-up runtime of the tests. Time is virtual, 90 frames a second. Images are real textures of the GL context that is
current.
"""

from __future__ import annotations

import ctypes
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from math import cos, pi, sin
from time import perf_counter
from typing import Any, Final

import xr
from xr import raw_functions as raw

from headset.inputs import HAND_JOINTS
from headset.openxr.clock import Clock
from headset.openxr.context import Graphics
from headset.openxr.driver import OpenXRDriver
from headset.openxr.gl import DEPTH24_STENCIL8, SRGB8_ALPHA8, TEXTURE_2D, Gl
from headset.openxr.graphics import current_graphics

HZ: Final = 90
EXTENSIONS: Final = (
    "XR_KHR_opengl_enable", "XR_MNDX_egl_enable", "XR_EXT_local_floor", "XR_KHR_convert_timespec_time",
    "XR_KHR_composition_layer_depth", "XR_KHR_composition_layer_cylinder", "XR_KHR_visibility_mask",
    "XR_FB_display_refresh_rate", "XR_EXT_hand_tracking", "XR_EXT_eye_gaze_interaction",
)  # fmt: skip
CONTROLLER: Final = "/interaction_profiles/oculus/touch_controller"
_ROUNDS, _ROUND = 15, 50
"""How often a crossing is measured, and of how many calls: the least counts."""
_NULLABLE: Final = (ctypes._Pointer, ctypes.c_char_p, ctypes.c_void_p)
POSES: Final = 50
"""Poses of each thing, one after the other and again."""
_SEEN: Final = 0xF
_IMAGES: Final = 3
_DEPTH_STENCIL, _UNSIGNED_INT_24_8 = 0x84F9, 0x84FA
_CORNER: Final = ((-1.0, -1.0), (-0.5, -1.0), (-1.0, -0.5))
_PLACES: Final = {"head": (0.0, 1.2, 0.0), "left": (-0.2, 1.0, -0.3), "right": (0.2, 1.0, -0.3), "still": (0.0, 0.0, 0.0)}

Answer = Callable[..., int | None]
"""Takes C's arguments, gives an XrResult; None is success."""


class Instant:
    """The runtime. `frame` counts the frames that were waited for, `answering` the seconds that its answers took."""

    def __init__(self, resolution: tuple[int, int] = (64, 64)) -> None:
        self.resolution = resolution
        self.frame = 0
        self.answering = 0.0
        self.calls = Counter[str]()
        self.trouble: list[BaseException] = []
        """What an answer raised: ctypes would print it and go on."""
        kinds = xr.SessionState
        self._states = deque([kinds.IDLE, kinds.READY, kinds.SYNCHRONIZED, kinds.VISIBLE, kinds.FOCUSED])
        self._numbers = count(0x1000)
        self._atoms: dict[str, int] = {}
        self._what: dict[int, str] = {}
        """Space -> what is where it is."""
        self._textures: dict[int, list[int]] = {}
        self._next: dict[int, int] = {}
        self._graphics: Graphics | None = None
        self._poses = {what: [_pose(place, step) for step in range(POSES)] for what, place in _PLACES.items()}
        self._joints = [_joints(step) for step in range(POSES)]
        self._functions = {name: _kind(name)(self._guarded(name, answer)) for name, answer in self._answers().items()}

    @property
    def seconds(self) -> float:
        """What its clock shows."""
        return self.frame / HZ

    def install(self) -> Callable[[], None]:
        """Stand in place of the loader's functions; what gives them back."""
        own = {name: getattr(raw, name) for name in self._functions if hasattr(raw, name)}
        for name, function in own.items():
            self._functions[name].restype = function.restype
            setattr(raw, name, self._functions[name])

        def give_back() -> None:
            for name, function in own.items():
                setattr(raw, name, function)

        return give_back

    def crossing(self) -> dict[str, float]:
        """Seconds of a call of each function that was called, from C into Python and back, beside what an answer takes: what a
        function of C would not need that stood in its place."""
        return {name: self._crossing(name) for name in list(self.calls)}

    def _crossing(self, name: str) -> float:
        kind = _kind(name)
        nothing = [None if issubclass(each, _NULLABLE) else 0 for each in kind._argtypes_]
        # The C library's abs answers at once, of nothing nothing: success.
        answered, plain = kind(self._guarded(name, _at_once)), kind(ctypes.cast(ctypes.CDLL(None).abs, ctypes.c_void_p).value)
        crossed, direct = [], []
        for _ in range(_ROUNDS):
            began, answering = perf_counter(), self.answering
            for _ in range(_ROUND):
                answered(*nothing)
            between, answering = perf_counter(), self.answering - answering
            for _ in range(_ROUND):
                plain(*nothing)
            crossed.append(between - began - answering)
            direct.append(perf_counter() - between)
        return max(0.0, min(crossed) - min(direct)) / _ROUND

    def _guarded(self, name: str, answer: Answer) -> Callable[..., int]:
        def call(*arguments: Any) -> int:
            began = perf_counter()
            self.calls[name] += 1
            try:
                return answer(*arguments) or 0
            except BaseException as error:
                self.trouble.append(error)
                return int(xr.Result.ERROR_RUNTIME_FAILURE.value)
            finally:
                self.answering += perf_counter() - began

        return call

    def _answers(self) -> dict[str, Answer]:
        stereo, opaque = xr.ViewConfigurationType.PRIMARY_STEREO.value, xr.EnvironmentBlendMode.OPAQUE.value
        spaces = xr.ReferenceSpaceType
        width, height = self.resolution
        eye = xr.ViewConfigurationView(recommended_image_rect_width=width, recommended_image_rect_height=height)
        lists: dict[str, Iterable[Any]] = {
            "xrEnumerateInstanceExtensionProperties": [xr.ExtensionProperties(name, 1) for name in EXTENSIONS],
            "xrEnumerateViewConfigurations": [stereo],
            "xrEnumerateViewConfigurationViews": [eye, eye],
            "xrEnumerateEnvironmentBlendModes": [opaque],
            "xrEnumerateReferenceSpaces": [one.value for one in (spaces.VIEW, spaces.LOCAL, spaces.LOCAL_FLOOR, spaces.STAGE)],
            "xrEnumerateSwapchainFormats": [SRGB8_ALPHA8, DEPTH24_STENCIL8],
            "xrEnumerateDisplayRefreshRatesFB": [float(HZ)],
        }
        made = ("Instance", "Session", "ActionSet", "Action", "HandTrackerEXT")
        return {
            **{name: _listing(items) for name, items in lists.items()},
            **{f"xrCreate{kind}": self._made for kind in made},
            **dict.fromkeys(_NOTHING_TO_TELL, _at_once),
            "xrGetInstanceProcAddr": self._address,
            "xrGetInstanceProperties": lambda *given: setattr(given[-1].contents, "runtime_name", b"Instant"),
            "xrGetSystem": self._made,
            "xrGetSystemProperties": self._system,
            "xrStringToPath": self._path,
            "xrPollEvent": self._poll,
            "xrConvertTimespecTimeToTimeKHR": lambda _instance, _moment, out: _put(out, ctypes.c_int64, int(self.seconds * 1e9)),
            "xrCreateReferenceSpace": self._reference_space,
            "xrCreateActionSpace": self._action_space,
            "xrLocateSpace": self._locate,
            "xrLocateViews": self._views,
            "xrLocateHandJointsEXT": self._hand,
            "xrWaitFrame": self._wait,
            "xrCreateSwapchain": self._swapchain,
            "xrEnumerateSwapchainImages": self._images,
            "xrAcquireSwapchainImage": self._acquire,
            "xrDestroySwapchain": self._forget,
            "xrGetCurrentInteractionProfile": self._profile,
            "xrGetActionStateFloat": self._amount,
            "xrGetReferenceSpaceBoundsRect": self._bounds,
            "xrGetVisibilityMaskKHR": self._mask,
            "xrGetDisplayRefreshRateFB": lambda _, out: _put(out, ctypes.c_float, float(HZ)),
        }

    def _made(self, *given: Any) -> None:
        _put(given[-1], ctypes.c_uint64, next(self._numbers))

    def _address(self, _instance: Any, name: bytes, out: Any) -> int | None:
        function = self._functions.get(name.decode())
        if function is None:
            return int(xr.Result.ERROR_FUNCTION_UNSUPPORTED.value)
        out[0] = ctypes.cast(function, xr.PFN_xrVoidFunction)
        return None

    def _system(self, _instance: Any, _system: Any, out: Any) -> None:
        found = out.contents
        found.system_name = b"Instant"
        found.graphics_properties.max_swapchain_image_width = found.graphics_properties.max_swapchain_image_height = 8192
        found.graphics_properties.max_layer_count = 16
        following = found._next
        while following:
            # Both structures that may hang here end in the one answer.
            more = ctypes.cast(following, ctypes.POINTER(xr.SystemHandTrackingPropertiesEXT)).contents
            more.supports_hand_tracking = 1
            following = more._next

    def _path(self, _instance: Any, text: bytes, out: Any) -> None:
        _put(out, ctypes.c_uint64, self._atoms.setdefault(text.decode(), len(self._atoms) + 1))

    def _poll(self, _instance: Any, out: Any) -> int | None:
        if not self._states:
            return _NO_EVENT
        event = xr.EventDataSessionStateChanged(state=self._states.popleft())
        ctypes.memmove(out, ctypes.byref(event), ctypes.sizeof(event))
        return None

    def _reference_space(self, _session: Any, info: Any, out: Any) -> None:
        self._made(out)
        view = int(info.contents._reference_space_type) == xr.ReferenceSpaceType.VIEW.value
        self._what[_number(out)] = "head" if view else "still"

    def _action_space(self, _session: Any, info: Any, out: Any) -> None:
        self._made(out)
        hands = {self._atoms.get(f"/user/hand/{side}"): side for side in ("left", "right")}
        path = info.contents.subaction_path
        self._what[_number(out)] = hands.get(int(getattr(path, "value", path)), "head")

    def _locate(self, space: Any, _base: Any, _time: Any, out: Any) -> None:
        location = out.contents
        location._location_flags = _SEEN
        location.pose = self._poses[self._what[_handle(space)]][self.frame % POSES]

    def _views(self, _session: Any, _info: Any, state: Any, _capacity: Any, count_out: Any, views: Any) -> None:
        state.contents._view_state_flags = _SEEN
        count_out[0] = 2
        for eye in range(2):
            views[eye].pose = self._poses["head"][self.frame % POSES]
            views[eye].fov = _FOV

    def _hand(self, _tracker: Any, _info: Any, out: Any) -> None:
        found = out.contents
        found.is_active = 1
        joints = self._joints[self.frame % POSES]
        ctypes.memmove(found._joint_locations, joints, ctypes.sizeof(joints))

    def _wait(self, _session: Any, _info: Any, out: Any) -> None:
        self.frame += 1
        state = out.contents
        state.predicted_display_time = int((self.seconds + 1 / HZ) * 1e9)
        state.predicted_display_period = int(1e9 / HZ)
        state.should_render = 1

    def _swapchain(self, _session: Any, info: Any, out: Any) -> None:
        self._made(out)
        self._graphics = self._graphics or current_graphics()
        gl, wanted = Gl(self._graphics.address), info.contents
        still = int(wanted._create_flags) & xr.SwapchainCreateFlags.STATIC_IMAGE_BIT.value
        textures = [gl.texture(wanted.width, wanted.height) for _ in range(1 if still else _IMAGES)]
        if wanted.format == DEPTH24_STENCIL8:
            for texture in textures:
                gl.bind_texture(TEXTURE_2D, texture)
                size = (wanted.width, wanted.height)
                gl.tex_image_2d(TEXTURE_2D, 0, DEPTH24_STENCIL8, *size, 0, _DEPTH_STENCIL, _UNSIGNED_INT_24_8, None)
            gl.bind_texture(TEXTURE_2D, 0)
        self._textures[_number(out)], self._next[_number(out)] = textures, 0

    def _images(self, chain: Any, capacity: int, count_out: Any, items: Any) -> None:
        textures = self._textures[_handle(chain)]
        count_out[0] = len(textures)
        for index, texture in enumerate(textures if capacity else ()):
            ctypes.cast(items, ctypes.POINTER(xr.SwapchainImageOpenGLKHR))[index].image = texture

    def _acquire(self, chain: Any, _info: Any, out: Any) -> None:
        number = _handle(chain)
        out[0] = self._next[number]
        self._next[number] = (self._next[number] + 1) % len(self._textures[number])

    def _forget(self, chain: Any) -> None:
        assert self._graphics is not None
        for texture in self._textures.pop(_handle(chain)):
            Gl(self._graphics.address).forget(texture)

    def _profile(self, _session: Any, _path: Any, out: Any) -> None:
        out.contents.interaction_profile = self._atoms[CONTROLLER]

    def _amount(self, _session: Any, _info: Any, out: Any) -> None:
        out.contents.current_state = self.frame % POSES / (2 * POSES)

    def _bounds(self, _session: Any, _kind: Any, out: Any) -> None:
        out.contents.width, out.contents.height = 2.0, 3.0

    def _mask(self, _session: Any, _kind: Any, _eye: Any, _what: Any, out: Any) -> None:
        mask = out.contents
        mask.vertex_count_output = mask.index_count_output = len(_CORNER)
        for index, (x, y) in enumerate(_CORNER if mask.vertex_capacity_input else ()):
            mask.vertices[index].x, mask.vertices[index].y, mask.indices[index] = x, y, index


@contextmanager
def installed(resolution: tuple[int, int] = (64, 64)) -> Iterator[Instant]:
    """The runtime, there meanwhile. What went wrong in it is raised at the end."""
    runtime = Instant(resolution)
    give_back = runtime.install()
    try:
        yield runtime
    finally:
        give_back()
        if runtime.trouble:
            raise runtime.trouble[0]


def driver_on(runtime: Instant, **settings: Any) -> OpenXRDriver:
    """A driver whose clock is the runtime's. `settings` are `OpenXRDriver`'s."""
    driver = OpenXRDriver(**settings)
    driver._clock = Clock(lambda: runtime.seconds)
    return driver


def _kind(name: str) -> Any:
    """The type of a function, by its name."""
    return getattr(xr, f"PFN_{name}")


def _listing(items: Iterable[Any]) -> Answer:
    """The two calls in which OpenXR gives a list (section 2.12.7)."""
    values = list(items)

    def answer(*given: Any) -> None:
        capacity, count_out, out = given[-3:]
        count_out[0] = len(values)
        for index, value in enumerate(values if capacity else ()):
            out[index] = value

    return answer


def _at_once(*_: Any) -> None:
    return None


def _put(out: Any, kind: Any, value: Any) -> None:
    ctypes.cast(out, ctypes.POINTER(kind))[0] = value


def _number(out: Any) -> int:
    return int(ctypes.cast(out, ctypes.POINTER(ctypes.c_uint64))[0])


def _handle(handle: Any) -> int:
    return int(ctypes.cast(handle, ctypes.c_void_p).value or 0)


def _pose(place: tuple[float, float, float], step: int) -> Any:
    angle = 0.2 * sin(step * pi * 2 / POSES)
    x, y, z = (part + 0.02 * sin(step * pi * 2 / POSES) for part in place)
    return xr.Posef(xr.Quaternionf(0.0, sin(angle / 2), 0.0, cos(angle / 2)), xr.Vector3f(x, y, z))


def _joints(step: int) -> Any:
    joints = (xr.HandJointLocationEXT * HAND_JOINTS)()
    for index, joint in enumerate(joints):
        joint._location_flags = _SEEN
        joint.pose = _pose((0.005 * index, 1.1, -0.3), step)
        joint.radius = 0.008
    return joints


_FOV: Final = xr.Fovf(-0.8, 0.8, 0.8, -0.8)
_NO_EVENT: Final = int(xr.Result.EVENT_UNAVAILABLE.value)
_NOTHING_TO_TELL: Final = (
    "xrDestroyInstance", "xrDestroySession", "xrDestroySpace", "xrDestroyActionSet", "xrDestroyHandTrackerEXT", "xrBeginSession",
    "xrEndSession", "xrBeginFrame", "xrEndFrame", "xrWaitSwapchainImage", "xrReleaseSwapchainImage",
    "xrSuggestInteractionProfileBindings", "xrAttachSessionActionSets", "xrSyncActions", "xrGetActionStateBoolean",
    "xrGetActionStateVector2f", "xrApplyHapticFeedback", "xrStopHapticFeedback", "xrRequestDisplayRefreshRateFB",
    "xrGetOpenGLGraphicsRequirementsKHR",
)  # fmt: skip
