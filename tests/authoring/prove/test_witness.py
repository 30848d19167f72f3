"""Witnesses: what can happen is shown by people who do it in the real session, on tapes that replay."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.authoring.check import check
from engine.authoring.prove.claims import claim
from engine.authoring.prove.report import prove, save
from engine.authoring.prove.witness import witness
from engine.host.rerun import replay
from engine.spec import SceneSpec, load_scene
from tests.making import scene

PROVED = ["lakeside", "breathless_bay", "welcome"]


@pytest.mark.parametrize("name", PROVED)
def test_every_claim_about_a_scene_that_we_ship_is_shown(name: str) -> None:
    found = prove(load_scene(name))
    assert found.claims is not None
    assert found.witnesses.open == []
    shown = {can for tape in found.witnesses.tapes for can in tape.shows}
    assert shown == set(found.claims.cans)


def test_what_a_witness_did_replays_to_the_same_log(tmp_path: Path) -> None:
    paths = save(prove(load_scene("breathless_bay")), tmp_path)
    assert [path.name for path in paths] == ["breathless_bay_1.jsonl", "breathless_bay_2.jsonl"]
    for path in paths:
        assert path.stat().st_mode & 0o777 == 0o600
        replayed = replay(path)
        assert replayed.same is True
    events = [event.event for event in replay(paths[0]).events]
    assert "grabbed" in events, "someone took the mask with a hand"
    assert events.count("item_met") == 3


def test_a_tape_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    proof = prove(load_scene("lakeside"))
    save(proof, tmp_path)
    before = (tmp_path / "lakeside_1.jsonl").read_bytes()
    with pytest.raises(FileExistsError):
        save(proof, tmp_path)
    assert (tmp_path / "lakeside_1.jsonl").read_bytes() == before


def told(folder: Path, scenario: str, more: str = "") -> SceneSpec:
    return scene(folder, scenario, more)


def test_distress_is_shown_where_a_scene_asks_for_it(tmp_path: Path) -> None:
    spec = told(
        tmp_path,
        """
        start: one
        rules: {when: participant distressed, go: calm}
        states:
          one: {rules: {when: after 1 min, go: end}}
          calm: {rules: {when: after 10 s, go: end}}
        """,
    )
    found = witness(claim(spec))
    assert found.open == []
    assert [tape.plan for tape in found.tapes] == ["does nothing", "shows distress"]


def test_someone_goes_on_from_the_state_where_it_matters(tmp_path: Path) -> None:
    """To hold the stone from the start shows nothing: only who begins in `two` comes to `three`."""
    spec = told(
        tmp_path,
        """
        start: one
        states:
          one: {rules: [{when: stone held, go: end}, {when: after 1 min, go: two}]}
          two: {rules: [{when: stone held, go: three}, {when: after 1 min, go: end}]}
          three: {rules: {when: after 1 s, go: end}}
        """,
    )
    found = witness(claim(spec))
    assert found.open == []
    assert {can.name for tape in found.tapes for can in tape.shows if tape.plan == "goes to 'three'"} == {"three"}


def test_what_nobody_shows_is_said_to_be_unknown(tmp_path: Path) -> None:
    """The stone and the orb would have to be in one hand: possible for all that the proof knows."""
    spec = told(
        tmp_path,
        """
        start: one
        states:
          one: {rules: [{when: stone grabbed and participant distressed, go: odd}, {when: after 5 s, go: end}]}
          odd: {rules: {when: after 1 s, go: end}}
        """,
    )
    proof = prove(spec)
    assert [(can.wanted, can.name) for can in proof.witnesses.open] == [("reached", "odd")]
    assert [one.code for one in proof.findings] == ["W0559"]
    assert proof.data["unknown"] == [{"wanted": "reached", "name": "odd"}]
    assert proof.data["proved"] is False


def test_a_scene_too_large_to_be_proved_says_so(tmp_path: Path) -> None:
    regions = "\n".join(
        f"  r{one}:\n    start: a{one}\n    states:\n"
        f"      a{one}: {{rules: {{when: after 1 s or stone held, go: b{one}}}}}\n"
        f"      b{one}: {{rules: {{when: after 2 s or stone held, go: c{one}}}}}\n"
        f"      c{one}: {{rules: {{when: after 3 s or stone held, go: a{one}}}}}"
        for one in range(9)
    )
    proof = prove(told(tmp_path, f"rules: {{when: after 1 min, go: end}}\nregions:\n{regions}"))
    assert [one.code for one in proof.findings] == ["E0558"]
    assert proof.lines == []
    assert proof.data == {"proved": False}


def test_check_tells_the_proof_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert check(["lakeside"], prove=True) == 0
    said = capsys.readouterr().out
    assert "always ends: after 1 min at the shortest, 16 min 20 s at the longest" in said
    assert "3 of 3 states can be reached" in said
    assert "unknown: 0" in said


def test_a_failure_is_told_as_a_story(capsys: pytest.CaptureFixture[str]) -> None:
    seeded = Path(__file__).parent / "seeded" / "a_loop_with_a_late_end.yaml"
    assert check([seeded], prove=True) == 1
    said = capsys.readouterr().out
    assert "error[E0551]: a session can last 45 min, and 30 min is the most that one should" in said
    assert "it goes: here + there: 45 min" in said
