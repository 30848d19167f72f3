"""`abaton check --bodies`: which bodies can finish a scene, in words and for programs, and what the command returns."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from engine.authoring.bodies import Bodied, check_bodies
from engine.authoring.check import check
from engine.library import scenes_folder
from engine.rehearsal.bodies import BODIES, Chapter, Played, Stuck


def copy(tmp_path: Path, changes: dict[str, str]) -> Path:
    text = (scenes_folder() / "welcome" / "welcome.yaml").read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "copied.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_scene_that_all_bodies_finish_is_good(capsys: pytest.CaptureFixture[str]) -> None:
    assert check(["welcome"], bodies=True) == 0
    said = capsys.readouterr().out
    assert "    10 of 10 bodies can finish it\n        two hands: in 0:3" in said
    for kind in BODIES.values():
        assert f"        {kind.doc}: in 0:" in said


def test_a_scene_that_a_body_cannot_finish_fails_and_says_where_it_is_stuck(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    behind = {
        "at: 0.37 m, laid: mat}": "at: -1 m, laid: mat}",
        "at: -0.72 m, facing: 80 deg": "at: -0.42 m, facing: 80 deg",
        "at: [-0.15 m, -1.25 m]": "at: [0.3 m, -1.25 m]",
    }
    path = copy(tmp_path, behind)  # the stone behind the plant
    assert check([path]) == 0
    assert check([path], bodies=True) == 1
    said = capsys.readouterr().out
    assert "5 of 10 bodies can finish it" in said
    assert "        the left hand only: in pick: cannot take stone: cannot be seen\n" in said
    assert "        seated, arms that reach 50 cm: in pick: cannot take stone: cannot be reached\n" in said
    assert "        gaze only, of the head: in 0:" in said


@pytest.mark.slow
def test_programs_are_told_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = copy(tmp_path, {"lantern: {use: lantern, ": "lantern: {use: lantern, present: false, "})
    assert check(["welcome", path], "json", bodies=True) == 1
    good, bad = json.loads(capsys.readouterr().out)["scenes"]
    assert (good["ok"], good["bodies"]["ok"], bad["ok"], bad["bodies"]["ok"]) == (True, True, False, False)
    assert [one["body"] for one in bad["bodies"]["played"]] == list(BODIES)
    gaze = next(one for one in bad["bodies"]["played"] if one["body"] == "gaze")
    stuck = {"state": "look", "goal": "look at lantern", "thing": "lantern", "why": "lantern is not there"}
    assert gaze["stuck"] == [stuck]
    assert gaze["reasons"] == ["in look: cannot look at lantern: lantern is not there"]
    assert check(["welcome"], "json") == 0
    assert json.loads(capsys.readouterr().out)["scenes"][0]["bodies"] is None


def test_a_scene_that_cannot_be_read_is_not_played(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = copy(tmp_path, {"visitor_chair": "visiter_chair"})
    assert check([path], "json", bodies=True) == 1
    assert json.loads(capsys.readouterr().out)["scenes"][0]["bodies"] is None


@pytest.mark.slow
def test_the_number_of_processes_changes_nothing() -> None:
    assert check_bodies(["welcome"], 2) == check_bodies(["welcome"], 1)


STORY = (Chapter("a", "raised", "bell.pressed"), Chapter("a", "grabbed", "stone"))


def came(body: str, **changes: object) -> Played:
    return replace(Played(body, "finished", 30.0, (), STORY), **changes)  # type: ignore[arg-type]


def test_another_story_is_told_though_the_body_came_to_the_end() -> None:
    found = Bodied((came("two_hands"), came("gaze", story=STORY[:1])))
    assert not found.good
    assert found.lines() == [
        "1 of 2 bodies can finish it",
        "    two hands: in 0:30",
        "    gaze only, of the head: another story than with two hands, at 2: there is no 'grabbed stone in a'",
    ]


def test_bodies_are_held_against_the_first_that_did_all() -> None:
    stuck = (Stuck("a", "take stone", "stone", "cannot be reached"),)
    found = Bodied((came("two_hands", story=(), stuck=stuck), came("gaze"), came("keyboard")))
    assert [found.reasons(one) for one in found.played] == [["in a: cannot take stone: cannot be reached"], [], []]


def test_a_session_that_was_ended_is_not_finished() -> None:
    found = Bodied((came("two_hands", outcome="left", seconds=3600.0),))
    assert found.reasons(found.played[0]) == ["after 3600 s it did not come to the end"]
