"""What hands hold goes by the name of their profile, in a headset and where one is only played."""

from __future__ import annotations

import pytest

from headset.driver import Held
from headset.held import LEAN, held_by, play
from headset.inputs import SIDES, Side
from headset.openxr.profiles import PROFILES
from headset.profile import profile_names, read_profile


class Told:
    """A stage that remembers what it was told to draw in hands."""

    def __init__(self) -> None:
        self.hands: dict[Side, tuple[Held, float]] = {}

    def hold(self, side: Side, held: Held, lean: float) -> None:
        self.hands[side] = (held, lean)


@pytest.mark.parametrize("name", PROFILES)
def test_every_controller_is_drawn_as_what_it_has(name: str) -> None:
    paths = PROFILES[name].paths["right"]
    stick, pad = "input/thumbstick" in paths, "input/trackpad" in paths
    expected: Held = "" if PROFILES[name].bare else "stick" if stick else "wand" if pad else "simple"
    assert held_by(name) == expected


def test_nothing_is_held_by_a_hand_of_which_no_profile_is_known() -> None:
    assert held_by("") == ""


@pytest.mark.parametrize("name", profile_names())
def test_a_headset_that_is_played_has_its_own_controllers(name: str) -> None:
    profile, told = read_profile(name), Told()
    play(told, profile)  # type: ignore[arg-type]
    held = held_by(profile.controllers)
    assert held
    assert f"/interaction_profiles/{profile.controllers}" in PROFILES
    assert told.hands == dict.fromkeys(SIDES, (held, LEAN[held]))
    play(told, profile, bare=True)  # type: ignore[arg-type]
    assert told.hands == dict.fromkeys(SIDES, ("", 90.0))


def test_without_a_headset_hands_are_empty() -> None:
    told = Told()
    play(told, None)  # type: ignore[arg-type]
    assert told.hands == dict.fromkeys(SIDES, ("", 90.0))
