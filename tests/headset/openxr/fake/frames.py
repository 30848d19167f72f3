"""Frames, layers and views (sections 8, 10.4 to 10.6)."""

from __future__ import annotations

import ctypes
from math import isfinite
from typing import Any, Final

import xr

from tests.headset.openxr.bridge import chain, number
from tests.headset.openxr.fake.instance import require_stereo
from tests.headset.openxr.fake.model import Handle, R, RefusalError, Runtime, State
from tests.headset.openxr.fake.session import require_running, same_session, space_of

_KINDS: Final = xr.StructureType
LAYERS: Final[dict[int, tuple[Any, str]]] = {
    _KINDS.COMPOSITION_LAYER_PROJECTION.value: (xr.CompositionLayerProjection, ""),
    _KINDS.COMPOSITION_LAYER_QUAD.value: (xr.CompositionLayerQuad, ""),
    _KINDS.COMPOSITION_LAYER_CYLINDER_KHR.value: (xr.CompositionLayerCylinderKHR, "XR_KHR_composition_layer_cylinder"),
}
DEPTH: Final = _KINDS.COMPOSITION_LAYER_DEPTH_INFO_KHR.value
MOST_LAYERS: Final = 16
HALF_EYES: Final = 0.032
ORIENTATION_TRACKED_AND_VALID: Final = 0xF


def wait(runtime: Runtime, session: Handle, info: Any, out: Any) -> None:
    """Sleep until the next frame. A second wait before xrBeginFrame would wait for ever."""
    require_running(session)
    if session.facts["frame"] == "waited":
        raise RefusalError(R.ERROR_CALL_ORDER_INVALID, "the frame before was never begun: this would wait for ever")
    if session.facts["frame"] == "begun":
        runtime.broke("xrWaitFrame", "the frame before was never ended")
    period = int(1e9 / runtime.rate)
    runtime.time.sleep(period / 1e9)
    shown = max(session.facts["time"] + 1, runtime.now_ns() + 2 * period)
    session.facts |= {"frame": "waited", "time": shown}
    state = out.contents
    state.predicted_display_time, state.predicted_display_period = shown, period
    state.should_render = runtime.should_render and session.facts["state"] in (State.VISIBLE, State.FOCUSED)


def begin(runtime: Runtime, session: Handle, info: Any) -> Any:
    require_running(session)
    was = session.facts["frame"]
    if was == "none":
        raise RefusalError(R.ERROR_CALL_ORDER_INVALID, "no frame was waited for")
    session.facts["frame"] = "begun"
    if was == "begun":
        runtime.broke("xrBeginFrame", "the frame before was never ended")
        return R.FRAME_DISCARDED
    return None


def end(runtime: Runtime, session: Handle, info: Any) -> None:
    """Every layer is looked at as the compositor would."""
    require_running(session)
    if session.facts["frame"] != "begun":
        raise RefusalError(R.ERROR_CALL_ORDER_INVALID, f"the frame is {session.facts['frame']}, not begun")
    session.facts |= {"frame": "none", "framed": True}
    info = info.contents
    if info.display_time != session.facts["time"]:
        raise RefusalError(R.ERROR_TIME_INVALID, f"shown at {info.display_time}, but waited for {session.facts['time']}")
    if int(info._environment_blend_mode) != xr.EnvironmentBlendMode.OPAQUE:
        raise RefusalError(R.ERROR_ENVIRONMENT_BLEND_MODE_UNSUPPORTED, "the headset only knows opaque pictures")
    if info.layer_count > MOST_LAYERS:
        raise RefusalError(R.ERROR_LAYER_LIMIT_EXCEEDED, f"{info.layer_count} layers")
    for index in range(info.layer_count):
        if not info._layers[index]:
            raise RefusalError(R.ERROR_LAYER_INVALID, f"layer {index} is null")
        _layer(runtime, session, info._layers[index])


def _layer(runtime: Runtime, session: Handle, header: Any) -> None:
    kind = header.contents._type
    if kind not in LAYERS:
        raise RefusalError(R.ERROR_LAYER_INVALID, f"a layer of type {kind}")
    structure, extension = LAYERS[kind]
    if extension and not runtime.enabled(extension):
        raise RefusalError(R.ERROR_LAYER_INVALID, f"{structure.__name__} without {extension}")
    layer = ctypes.cast(header, ctypes.POINTER(structure)).contents
    same_session(space_of(runtime, layer.space), session)
    if structure is not xr.CompositionLayerProjection:
        _image(runtime, session, layer.sub_image)
        require_pose(layer.pose)
        return
    if layer.view_count != 2:
        raise RefusalError(R.ERROR_VALIDATION_FAILURE, f"{layer.view_count} views in a projection layer")
    for index in range(2):
        view = layer._views[index]
        if view._type != _KINDS.COMPOSITION_LAYER_PROJECTION_VIEW.value:
            raise RefusalError(R.ERROR_VALIDATION_FAILURE, f"view {index} has type {view._type}")
        _image(runtime, session, view.sub_image)
        require_pose(view.pose)
        fov = view.fov
        angles = (fov.angle_left, fov.angle_right, fov.angle_up, fov.angle_down)
        if not all(isfinite(angle) and abs(angle) < 1.5708 for angle in angles):
            raise RefusalError(R.ERROR_VALIDATION_FAILURE, f"angles of view {angles}")
        for more in chain(view, {DEPTH: xr.CompositionLayerDepthInfoKHR}):
            if more._type == DEPTH:
                _depth(runtime, session, more)


def _depth(runtime: Runtime, session: Handle, depth: Any) -> None:
    if not runtime.enabled("XR_KHR_composition_layer_depth"):
        raise RefusalError(R.ERROR_VALIDATION_FAILURE, "depth without XR_KHR_composition_layer_depth")
    _image(runtime, session, depth.sub_image)
    if not 0.0 <= depth.min_depth < depth.max_depth <= 1.0:
        raise RefusalError(R.ERROR_VALIDATION_FAILURE, f"depth from {depth.min_depth} to {depth.max_depth}")
    if not depth.near_z != depth.far_z:
        raise RefusalError(R.ERROR_VALIDATION_FAILURE, f"near and far are both {depth.near_z}")


def _image(runtime: Runtime, session: Handle, image: Any) -> None:
    chain_handle = runtime.find(number(image.swapchain), "swapchain")
    same_session(chain_handle, session)
    if not chain_handle.facts["released"]:
        raise RefusalError(R.ERROR_LAYER_INVALID, "the swapchain has never had an image released")
    if chain_handle.facts["acquired"]:
        runtime.broke("xrEndFrame", "an image of a swapchain it shows is still acquired")
    rect, (width, height) = image.image_rect, chain_handle.facts["size"]
    if (
        min(rect.offset.x, rect.offset.y) < 0
        or min(rect.extent.width, rect.extent.height) <= 0
        or rect.offset.x + rect.extent.width > width
        or rect.offset.y + rect.extent.height > height
    ):
        raise RefusalError(R.ERROR_SWAPCHAIN_RECT_INVALID, f"{rect} does not lie in {width} x {height}")
    if image.image_array_index >= chain_handle.facts["array"]:
        raise RefusalError(
            R.ERROR_VALIDATION_FAILURE, f"image {image.image_array_index} of an array of {chain_handle.facts['array']}"
        )


def require_pose(pose: Any) -> None:
    """A unit quaternion within 1 % and a finite place (section 2.17)."""
    turn, place = pose.orientation, pose.position
    length = turn.x**2 + turn.y**2 + turn.z**2 + turn.w**2
    if not (0.98 < length < 1.02 and isfinite(place.x + place.y + place.z)):
        raise RefusalError(R.ERROR_POSE_INVALID, f"a pose with quaternion length {length:.3f}")


def locate_views(runtime: Runtime, session: Handle, info: Any, state: Any, *out: Any) -> Any:
    """Both eyes. The head moves a little with each call, so that an old pose is not taken for the newest."""
    capacity, count, views = out
    info = info.contents
    require_stereo(info._view_configuration_type)
    same_session(space_of(runtime, info.space), session)
    require_time(info.display_time)
    count[0] = 2
    if capacity == 0:
        return None
    if capacity < 2:
        return R.ERROR_SIZE_INSUFFICIENT
    runtime.head[0] += 1e-6
    flags = ORIENTATION_TRACKED_AND_VALID if runtime.tracked else 0
    state.contents._view_state_flags = flags
    for eye, side in enumerate((-1, 1)):
        view = views[eye]
        if view._type != _KINDS.VIEW.value:
            raise RefusalError(R.ERROR_VALIDATION_FAILURE, f"XrView {eye} has type {view._type}")
        x, y, z = runtime.head
        view.pose.orientation.w, view.pose.orientation.x, view.pose.orientation.y, view.pose.orientation.z = 1.0, 0.0, 0.0, 0.0
        view.pose.position.x, view.pose.position.y, view.pose.position.z = x + side * HALF_EYES, y, z
        view.fov.angle_left, view.fov.angle_right = -0.8 - 0.02 * side, 0.8 - 0.02 * side
        view.fov.angle_up, view.fov.angle_down = 0.7, -0.75
    return None


def require_time(time: int) -> None:
    """Section 2.13: above zero."""
    if time <= 0:
        raise RefusalError(R.ERROR_TIME_INVALID, f"time {time}")
