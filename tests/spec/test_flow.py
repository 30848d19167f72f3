"""Every session ends: each innermost state has a rule that time alone meets, and no loop goes on for ever."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.spec.writing import found

LAMP = "props:\n  lamp: {use: lantern}\n"


def codes(folder: Path, states: str, rules: str = "") -> list[str]:
    scenario = f"scenario:\n  start: one\n{rules}  states:\n{states}"
    return [one.code for one in found(folder, LAMP, scenario)]


@pytest.mark.parametrize(
    ("when", "ends"),
    [
        ("after 3 min", True),
        ("done", True),
        ("lamp seen or after 3 min", True),
        ("after 3 min and done", True),
        ("done for 3 s", True),
        ("true", True),
        ("lamp seen", False),
        ("lamp seen and after 3 min", False),
        ("not after 3 min", False),
        ("lamp.flux > 3 lm", False),
    ],
)
def test_an_innermost_state_needs_a_rule_that_time_alone_meets(tmp_path: Path, when: str, ends: bool) -> None:
    assert codes(tmp_path, f"    one:\n      rules: {{when: {when}, go: end}}\n") == ([] if ends else ["E0516"])


@pytest.mark.parametrize(
    ("outer", "inner", "ends"),
    [
        ("{when: done, go: end}", "{when: after 3 s, go: out}", True),
        ("{when: after 9 min, go: end}", "{when: after 3 s, go: out}", True),
        ("{when: lamp seen, go: end}", "{when: after 3 s, go: out}", False),
        ("{when: after 3 s, go: out}", "{when: after 3 s, do: {log: late}}", False),
        ("[{when: after 3 s, go: out}, {when: done, go: end}]", "{when: lamp seen, do: {log: late}}", True),
    ],
)
def test_a_state_whose_inner_ones_are_left_needs_one_too(tmp_path: Path, outer: str, inner: str, ends: bool) -> None:
    states = f"    one:\n      start: two\n      rules: {outer}\n      states:\n        two:\n          rules: {inner}\n"
    assert codes(tmp_path, states) == ([] if ends else ["E0516"])


def test_a_rule_that_only_does_something_leads_nowhere(tmp_path: Path) -> None:
    assert codes(tmp_path, "    one:\n      rules: {when: after 3 min, do: {log: late}}\n") == ["E0516"]


def test_a_rule_to_the_state_itself_leads_nowhere(tmp_path: Path) -> None:
    assert codes(tmp_path, "    one:\n      rules: {when: after 3 min, go: one}\n") == ["E0516"]


def test_a_rule_of_a_state_around_it_will_do(tmp_path: Path) -> None:
    states = "    one:\n      rules: {when: lamp seen, go: end}\n"
    assert codes(tmp_path, states, "  rules: {when: after 9 min, go: end}\n") == []
    assert codes(tmp_path, states, "  rules: {when: lamp touched, go: end}\n") == ["E0516"]


LOOP = """\
    one:
      rules: {when: after 1 min, go: two}
    two:
      rules:
        - {when: lamp seen, go: one}
        - {when: after 1 min, go: end}
"""


def test_a_loop_needs_a_rule_with_after_around_it(tmp_path: Path) -> None:
    assert codes(tmp_path, LOOP) == ["E0517"]
    assert codes(tmp_path, LOOP, "  rules: {when: after 20 min, go: end}\n") == []


def test_going_back_by_a_rule_at_the_top_is_a_loop_too(tmp_path: Path) -> None:
    states = "    one:\n      rules: {when: after 1 min, go: two}\n    two:\n      rules: {when: after 1 min, go: end}\n"
    assert codes(tmp_path, states, "  rules: {when: lamp seen, go: one}\n") == ["E0517"]
    assert codes(tmp_path, states, "  rules: {when: lamp seen, go: two}\n") == []


def test_a_loop_inside_a_state_that_time_ends_is_bounded(tmp_path: Path) -> None:
    inner = "\n".join("    " + line for line in LOOP.replace("one", "three").replace("two", "four").splitlines())
    states = f"    one:\n      start: three\n      rules: {{when: after 9 min, go: end}}\n      states:\n{inner}\n"
    assert codes(tmp_path, states) == []
    assert codes(tmp_path, states.replace("after 9 min", "lamp touched")) == ["E0517"]


def test_done_of_a_state_around_it_counts_only_if_that_state_has_something_to_do(tmp_path: Path) -> None:
    inner = "      start: two\n      states:\n        two:\n          rules: {when: lamp seen, go: end}\n"
    states = f"    one:\n      rules: {{when: done, go: end}}\n{inner}"
    assert codes(tmp_path, states) == ["E0516"]
    assert codes(tmp_path, f"{states}      do: {{wait: 3 min}}\n") == []
