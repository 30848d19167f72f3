"""The table of actions is checked before there is a headset, and what is wrong is said in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from headset.driver import DriverError
from headset.openxr.profiles import PROFILES
from headset.openxr.table import ACTIONS, Binding, read_table

TOUCH = "/interaction_profiles/oculus/touch_controller"


def test_the_table_that_comes_with_abaton_is_right() -> None:
    table = read_table()
    assert set(table) == set(PROFILES)
    for profile, bindings in table.items():
        bound = {(binding.action, binding.side) for binding in bindings}
        for side in ("left", "right"):
            assert {("grip", side), ("aim", side), ("trigger", side), ("haptic", side)} <= bound, profile
        assert any(action == "menu" for action, _ in bound), f"{profile} has no way to leave"
        assert len({(binding.action, binding.path) for binding in bindings}) == len(bindings)
    assert Binding("secondary", "left", "/user/hand/left/input/y/click") in table[TOUCH]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no profiles"),
        ("- one", "holds no profiles"),
        ("a: [", "table.yaml:1: "),
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
        (f"{TOUCH}: {{menu: [a, b]}}", "needs a path"),
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
