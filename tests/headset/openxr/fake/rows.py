"""One row for each function: who answers, what handle comes first, and which extension it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tests.headset.openxr.fake import actions, frames, instance, optional, session, spaces, swapchains
from tests.headset.openxr.fake.model import Handler


@dataclass(frozen=True, slots=True)
class Row:
    """`handler` is given the runtime, the living handle of that `kind`, and C's other arguments; what it returns is the XrResult,
    None is success."""

    handler: Handler
    kind: str = ""
    extension: str = ""


ROWS: Final[Mapping[str, Row]] = {
    "xrGetInstanceProcAddr": Row(instance.function_address),
    "xrEnumerateApiLayerProperties": Row(instance.layers),
    "xrEnumerateInstanceExtensionProperties": Row(instance.extensions),
    "xrCreateInstance": Row(instance.create),
    "xrDestroyInstance": Row(instance.destroy, "instance"),
    "xrGetInstanceProperties": Row(instance.properties, "instance"),
    "xrPollEvent": Row(instance.poll, "instance"),
    "xrGetSystem": Row(instance.system, "instance"),
    "xrGetSystemProperties": Row(instance.system_properties, "instance"),
    "xrEnumerateViewConfigurations": Row(instance.view_configurations, "instance"),
    "xrEnumerateViewConfigurationViews": Row(instance.views, "instance"),
    "xrEnumerateEnvironmentBlendModes": Row(instance.blend_modes, "instance"),
    "xrStringToPath": Row(instance.to_path, "instance"),
    "xrPathToString": Row(instance.to_string, "instance"),
    "xrGetOpenGLGraphicsRequirementsKHR": Row(instance.opengl, "instance", "XR_KHR_opengl_enable"),
    "xrConvertTimespecTimeToTimeKHR": Row(instance.convert_time, "instance", "XR_KHR_convert_timespec_time"),
    "xrCreateSession": Row(session.create, "instance"),
    "xrDestroySession": Row(session.destroy, "session"),
    "xrBeginSession": Row(session.begin, "session"),
    "xrEndSession": Row(session.end, "session"),
    "xrRequestExitSession": Row(session.request_exit, "session"),
    "xrWaitFrame": Row(frames.wait, "session"),
    "xrBeginFrame": Row(frames.begin, "session"),
    "xrEndFrame": Row(frames.end, "session"),
    "xrLocateViews": Row(frames.locate_views, "session"),
    "xrEnumerateReferenceSpaces": Row(spaces.kinds, "session"),
    "xrCreateReferenceSpace": Row(spaces.create_reference, "session"),
    "xrGetReferenceSpaceBoundsRect": Row(spaces.bounds, "session"),
    "xrCreateActionSpace": Row(spaces.create_action, "session"),
    "xrLocateSpace": Row(spaces.locate, "space"),
    "xrDestroySpace": Row(spaces.destroy, "space"),
    "xrEnumerateSwapchainFormats": Row(swapchains.formats, "session"),
    "xrCreateSwapchain": Row(swapchains.create, "session"),
    "xrEnumerateSwapchainImages": Row(swapchains.images, "swapchain"),
    "xrAcquireSwapchainImage": Row(swapchains.acquire, "swapchain"),
    "xrWaitSwapchainImage": Row(swapchains.wait, "swapchain"),
    "xrReleaseSwapchainImage": Row(swapchains.release, "swapchain"),
    "xrDestroySwapchain": Row(swapchains.destroy, "swapchain"),
    "xrCreateActionSet": Row(actions.create_set, "instance"),
    "xrDestroyActionSet": Row(actions.destroy, "action set"),
    "xrCreateAction": Row(actions.create, "action set"),
    "xrDestroyAction": Row(actions.destroy, "action"),
    "xrSuggestInteractionProfileBindings": Row(actions.suggest, "instance"),
    "xrAttachSessionActionSets": Row(actions.attach, "session"),
    "xrGetCurrentInteractionProfile": Row(actions.current_profile, "session"),
    "xrSyncActions": Row(actions.sync, "session"),
    "xrGetActionStateBoolean": Row(actions.boolean, "session"),
    "xrGetActionStateFloat": Row(actions.amount, "session"),
    "xrGetActionStateVector2f": Row(actions.vector, "session"),
    "xrGetActionStatePose": Row(actions.pose, "session"),
    "xrApplyHapticFeedback": Row(actions.haptic, "session"),
    "xrStopHapticFeedback": Row(actions.stop_haptic, "session"),
    "xrGetVisibilityMaskKHR": Row(optional.visibility_mask, "session", "XR_KHR_visibility_mask"),
    "xrEnumerateDisplayRefreshRatesFB": Row(optional.refresh_rates, "session", "XR_FB_display_refresh_rate"),
    "xrGetDisplayRefreshRateFB": Row(optional.refresh_rate, "session", "XR_FB_display_refresh_rate"),
    "xrRequestDisplayRefreshRateFB": Row(optional.request_rate, "session", "XR_FB_display_refresh_rate"),
    "xrCreateHandTrackerEXT": Row(optional.create_tracker, "session", "XR_EXT_hand_tracking"),
    "xrDestroyHandTrackerEXT": Row(optional.destroy_tracker, "hand tracker", "XR_EXT_hand_tracking"),
    "xrLocateHandJointsEXT": Row(optional.locate_joints, "hand tracker", "XR_EXT_hand_tracking"),
}
