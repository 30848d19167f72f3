"""What a hand holds, by the name of its interaction profile; and how it is held by a hand of which only one pose is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from headset.driver import Held, Stage
from headset.inputs import SIDES
from headset.profile import Profile

PREFIX: Final = "/interaction_profiles/"

WANDS: Final = frozenset({"htc/vive_controller", "ml/ml2_controller", "oculus/go_controller"})
"""Those with a trackpad and no thumbstick."""

PLAIN: Final = frozenset({"khr/simple_controller"})
"""Whatever has nothing but select and menu: what it looks like is not known."""

NOTHING: Final = frozenset({"", "ext/hand_interaction_ext"})

LEAN: Final[Mapping[Held, float]] = {"": 90.0, "stick": 60.0, "wand": 45.0, "simple": 45.0}
"""Degrees by which the tube of the fist leans up from where a hand points: a stick's handle is held steeper than a wand. They are
ours, for devices that only play a headset and whose grips look ahead; a headset's own grips look along the tube."""


def held_by(profile: str) -> Held:
    """What a hand holds whose profile has this name, with or without its prefix."""
    name = profile.removeprefix(PREFIX)
    if name in NOTHING:
        return ""
    return "wand" if name in WANDS else "simple" if name in PLAIN else "stick"


def play(stage: Stage, profile: Profile | None, *, bare: bool = False) -> None:
    """Have a stage draw what hands hold with the headset of a profile, for grips that look ahead; `bare` hands hold nothing."""
    held: Held = "" if bare or profile is None else held_by(profile.controllers)
    for side in SIDES:
        stage.hold(side, held, LEAN[held])
