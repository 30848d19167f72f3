"""The table of actions is checked before there is a headset, and what is wrong is said in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from headset.driver import DriverError
from headset.inputs import SIDES
from headset.openxr import table as module
from headset.openxr.profiles import EXTENSIONS, PROFILES
from headset.openxr.table import ACTIONS, Binding, pads, read_table

GO = "/interaction_profiles/oculus/go_controller"
TOUCH = "/interaction_profiles/oculus/touch_controller"


def test_the_table_that_comes_with_abaton_is_right() -> None:
    table = read_table()
    assert set(table) == set(PROFILES)
    for profile, bindings in table.items():
        bound = {(binding.action, binding.side) for binding in bindings}
        known = PROFILES[profile]
        for side in SIDES:
            assert {("grip", side), ("aim", side), ("trigger", side)} <= bound, profile
            assert (("haptic", side) in bound) == ("output/haptic" in known.paths[side]), profile
            tilts = any(path in known.paths[side] for path in ("input/thumbstick", "input/trackpad"))
            assert (("tilt", side) in bound) == tilts, profile
        assert known.bare or any(action == "menu" for action, _ in bound), f"{profile} has no way to leave"
        assert len({(binding.action, binding.path) for binding in bindings}) == len(bindings)
    assert Binding("secondary", "left", "/user/hand/left/input/y/click") in table[TOUCH]


def test_there_are_more_than_ten_real_controllers_and_bare_hands() -> None:
    real = {name for name, profile in PROFILES.items() if not profile.bare and "/khr/" not in name}
    assert len(real) >= 10
    assert [name for name, profile in PROFILES.items() if profile.bare] == ["/interaction_profiles/ext/hand_interaction_ext"]
    assert len({profile.title for profile in PROFILES.values()}) == len(PROFILES)
    assert all(name.startswith("XR_") for name in EXTENSIONS)


def test_what_belongs_to_the_runtime_is_in_no_table() -> None:
    paths = [path for profile in PROFILES.values() for side in SIDES for path in profile.paths[side]]
    assert not [path for path in paths if "/system/" in path or "/home/" in path]


def test_only_hands_that_have_a_pad_and_no_stick_are_told_by_their_pads() -> None:
    assert {profile.split("/")[-1] for profile, _ in pads(read_table())} == {"go_controller", "vive_controller", "ml2_controller"}


def test_a_table_of_ones_own_changes_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    own = tmp_path / "mine.yaml"
    own.write_text(f"{TOUCH}:\n  menu: {{left: [input/menu/click, input/y/click]}}\n  secondary: none\n", encoding="utf-8")
    plain, mine = read_table(), read_table(own)
    assert {profile for profile in plain if plain[profile] != mine[profile]} == {TOUCH}
    left = "/user/hand/left/input"
    assert [binding.path for binding in mine[TOUCH] if binding.action == "menu"] == [f"{left}/menu/click", f"{left}/y/click"]
    assert not [binding for binding in mine[TOUCH] if binding.action == "secondary"]
    rest = {"menu", "secondary"}
    assert {b for b in plain[TOUCH] if b.action not in rest} == {b for b in mine[TOUCH] if b.action not in rest}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no profiles"),
        ("- one", "holds no profiles"),
        ("a: [", "table.yaml:1:5: "),
        ("/interaction_profiles/oculus/touch_controler: {grip: input/grip/pose}", f"did you mean '{TOUCH}'?"),
        (f"{TOUCH}: {{}}", "binds nothing"),
        (f"{TOUCH}: {{grap: input/grip/pose}}", "there is no such action; did you mean 'grip'?"),
        (
            f"{TOUCH}: {{squeeze: input/squeze/value}}",
            "the left hand has no 'input/squeze/value'; did you mean 'input/squeeze/value'?",
        ),
        (f"{TOUCH}: {{menu: input/menu/click}}", "the right hand has no 'input/menu/click'"),
        (f"{TOUCH}: {{menu: {{middle: input/menu/click}}}}", "a hand is left or right, not 'middle'"),
        (
            f"{TOUCH}: {{grip: input/trigger/value}}",
            "'input/trigger/value' cannot be a pose; write one of input/aim/pose, input/grip/pose",
        ),
        (f"{TOUCH}: {{menu: [a, b]}}", "the left hand has no 'a'"),
        (f"{TOUCH}: {{menu: []}}", "needs a path"),
        (f"{TOUCH}: {{primary: {{left: [input/x/click, {{}}]}}}}", "needs a path"),
        (f"{TOUCH}: {{aim: none}}", "nothing is bound to aim: hands are shown by it; give it a path"),
        (f"{TOUCH}:\n  menu: none", "nothing is bound to menu: held for a second it leaves"),
        (f"{TOUCH}: {{squeeze: none, trigger: none}}", "nothing could be taken"),
        (f"{TOUCH}:\n  stick: input/thumbstick/click\n  stick: input/thumbstick/touch", ":3:3: 'stick' stands here twice"),
        (f"{GO}: {{haptic: output/haptic}}", "the left hand has no 'output/haptic'"),
        (f"{GO}: {{haptic: input/back/click}}", "a controller of this kind has no haptic"),
        (f"{TOUCH}: {{menu: }}", "needs a path"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "table.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DriverError) as caught:
        read_table(path)
    assert said in str(caught.value)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_a_table_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(DriverError, match="cannot be read"):
        read_table(tmp_path / "none.yaml")


def test_every_action_is_known_to_some_controller() -> None:
    bound = {binding.action for bindings in read_table().values() for binding in bindings}
    assert bound == set(ACTIONS)


def test_the_readme_lists_every_controller_and_what_it_is_known_by() -> None:
    readme = (Path(module.__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    for profile in PROFILES.values():
        known = f"`{profile.extension}`" if profile.extension else "core"
        assert f"\n| {profile.title} | {known} |" in readme
