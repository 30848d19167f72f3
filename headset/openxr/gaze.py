"""Where the person looks (XR_EXT_eye_gaze_interaction): only if the headset can tell, and only with the person's consent.

The gaze has an action set of its own. Without consent that set is not synced, so that the runtime has nothing to give us.
"""

from __future__ import annotations

from typing import Any, Final

import xr

from headset.inputs import Pose
from headset.openxr.spaces import TRACKED, Spaces

PROFILE: Final = "/interaction_profiles/ext/eye_gaze_interaction"
EYES: Final = "/user/eyes_ext"


class Gaze:
    """The eyes of a session. It is to be made before the session's action sets are attached, and then opened."""

    def __init__(self, instance: Any) -> None:
        self.set = xr.create_action_set(
            instance, xr.ActionSetCreateInfo(action_set_name="eyes", localized_action_set_name="Eyes", priority=0)
        )
        self._path = xr.string_to_path(instance, EYES)
        self._action = xr.create_action(
            self.set,
            xr.ActionCreateInfo(
                action_name="gaze",
                action_type=xr.ActionType.POSE_INPUT,
                localized_action_name="Gaze",
                subaction_paths=[self._path],
            ),
        )
        binding = xr.ActionSuggestedBinding(self._action, xr.string_to_path(instance, f"{EYES}/input/gaze_ext/pose"))
        xr.suggest_interaction_profile_bindings(
            instance,
            xr.InteractionProfileSuggestedBinding(
                interaction_profile=xr.string_to_path(instance, PROFILE), suggested_bindings=[binding]
            ),
        )
        self._space: Any = None

    def open(self, session: Any) -> None:
        """Begin, once the set is attached."""
        self._space = xr.create_action_space(
            session,
            xr.ActionSpaceCreateInfo(action=self._action, subaction_path=self._path, pose_in_action_space=xr.Posef()),
        )

    def pose(self, spaces: Spaces, time: int) -> Pose | None:
        """The gaze at a display time, from between the eyes along +y; None while the eyes are not seen. What a tracker remembers
        of them is no gaze: nothing may be chosen by it."""
        return spaces.pose(self._space, time, TRACKED)

    def close(self) -> None:
        """Give everything back."""
        if self._space is not None:
            xr.destroy_space(self._space)
        xr.destroy_action_set(self.set)
