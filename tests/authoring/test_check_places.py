"""`abaton check` says what stands where it cannot, in every variant, with the line and the place that is free."""

from __future__ import annotations

from pathlib import Path

from engine.authoring.check import check, check_scene
from tests.world.sites import hall

THINGS = "a: {use: block, in: hall}\nb: {use: block, in: hall, at: [0.7 m, 0 m]}"


def test_what_is_misplaced_is_shown_as_any_other_finding(tmp_path: Path) -> None:
    hall(tmp_path, THINGS)
    report = check_scene(tmp_path / "made.yaml", cards=tmp_path / "cards")
    (only,) = report.diagnostics
    assert not report.good
    assert (only.code, only.span.line, only.source.strip()) == ("E0603", 7, "b: {use: block, in: hall, at: [0.7 m, 0 m]}")


def test_what_only_a_variant_misplaces_is_found(tmp_path: Path) -> None:
    good, more = THINGS.replace("0.7 m, 0 m", "1.5 m, 0 m"), 'variants: {tight: {"props.b.at": ["0.7 m", "0 m"]}}'
    hall(tmp_path, good, more)
    found = check_scene(tmp_path / "made.yaml", cards=tmp_path / "cards").diagnostics
    assert [one.code for one in found] == ["E0603"]


def test_the_engines_own_scenes_are_in_order() -> None:
    assert check(["lakeside", "breathless_bay"]) == 0
