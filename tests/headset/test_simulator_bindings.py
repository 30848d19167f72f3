"""The table of keys: the person's and the operator's, which never mean two things at once."""

from __future__ import annotations

import pytest

from headset.inputs import Command
from headset.operator import OPERATOR, operator_command
from headset.simulator import BINDINGS, help_lines
from headset.simulator.bindings import find


def test_the_help_is_both_tables() -> None:
    lines = [line.split("\t") for line in help_lines()]
    for label, says in [(one.label, one.says) for one in BINDINGS] + [(one.key.upper(), one.says) for one in OPERATOR]:
        assert any(label in keys and says == words for keys, words in lines), label
    assert lines[1] == ["W A S D", "walk, or lean when seated"]


def test_no_key_means_two_things() -> None:
    keys = [key for binding in BINDINGS for key in binding.keys] + [one.key for one in OPERATOR]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("key", "paused", "command"),
    [
        ("f2", False, Command("operator", "pause", "F2 pressed")),
        ("f2", True, Command("operator", "resume", "F2 pressed")),
        ("f3", False, Command("operator", "recentre")),
        ("f4", False, Command("operator", "volume", "-10")),
        ("f5", False, Command("operator", "volume", "+10")),
        ("f6", False, Command("operator", "note", "marked")),
        ("f7", False, Command("operator", "next")),
        ("f8", False, Command("operator", "adverse_event", "marked")),
        ("f12", False, Command("operator", "leave", "F12 pressed")),
    ],
)
def test_operator_keys_give_commands_with_their_author(key: str, paused: bool, command: Command) -> None:
    assert operator_command(key, paused=paused) == command


@pytest.mark.parametrize("key", ["f1", "f11", "f9", "w", "escape", ""])
def test_other_keys_are_not_the_operators(key: str) -> None:
    assert operator_command(key) is None


def test_a_key_with_another_held_means_what_both_mean() -> None:
    assert find("wheel_up", frozenset()) == "farther"
    assert find("wheel_up", frozenset(("lcontrol",))) == "notch_right"
    assert find("enter", frozenset(("lalt",))) == "full_screen"
    assert find("enter", frozenset()) == "select"
