"""What the README says of accessibility is shown by tests that there are."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "engine" / "interaction" / "README.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| 4\.\d", line)
]


def test_every_user_need_of_the_w3c_has_a_row() -> None:
    assert [row[0].split()[0] for row in ROWS] == [f"4.{number}" for number in range(1, 20)]
    assert all(len(row) == 4 for row in ROWS)


def test_what_is_met_is_shown_by_a_test_that_there_is() -> None:
    for need, met, how, shown in ROWS:
        assert met in ("yes", "in part", "no"), need
        named = re.findall(r"`([\w/]+): (test_\w+)`", shown)
        assert shown == (", ".join(f"`{module}: {test}`" for module, test in named) or "–"), need
        assert bool(named) == (met != "no"), need
        assert how != "–" or met == "no", need
        for module, test in named:
            tree = ast.parse((ROOT / "tests" / f"{module}.py").read_text(encoding="utf-8"))
            assert test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, f"{need}: {module}: {test}"


def test_what_is_met_in_part_says_what_is_lacking() -> None:
    lacking = re.compile(r"\b(no|not|nothing|stay|author's)\b")
    for need, met, how, _ in ROWS:
        if met == "in part":
            assert lacking.search(how), need
