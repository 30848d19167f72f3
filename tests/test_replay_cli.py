"""`abaton replay` and `abaton run --consent`: what a person gets wrong is told in a sentence, and what a recording lacks too."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import typer

from engine.cli import main
from engine.cli.replay import read_moment
from engine.session.encoder import Encoder
from engine.session.recording import Header
from engine.spec.load import load_scene
from headset.inputs import Command, Input, Person, Pose


def abaton(*words: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Run the command; its exit code, and all that it said in one line."""
    monkeypatch.setattr(sys, "argv", ["abaton", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    out, problems = capsys.readouterr()
    return int(ended.value.code or 0), " ".join((out + problems).replace("│", " ").split())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Three seconds of lakeside in which someone looks about, by a gaze that was not to be recorded."""
    path, encoder = tmp_path / "recording.jsonl", Encoder()
    lines = [encoder.header(Header("lakeside", load_scene("lakeside").digest))]
    for tick in range(300):
        inputs: list[Input] = [Person(head=Pose((tick, 0, 12_000)), gaze=Pose((0, 0, 12_000)))]
        lines.append(encoder.inputs(tick, inputs))
    lines += [encoder.inputs(300, [Command("operator", "leave")]), encoder.end(300, "0" * 64)]
    path.write_text("".join(f"{line}\n" for line in lines if line))
    return path


@pytest.mark.parametrize(
    ("words", "tick"), [("0", 0), ("75.5", 7550), ("1:15.5", 7550), ("0:01:15.5", 7550), ("99:00", 594_000), ("1:00:00", 360_000)]
)
def test_moments_are_written_as_people_write_them(words: str, tick: int) -> None:
    assert read_moment(words, "--from") == tick


@pytest.mark.parametrize("words", ["", "x", "-1", "1:", ":1", "1e9", "1:2:3:4", "nan", "1,5"])
def test_what_is_no_moment_is_refused(words: str) -> None:
    with pytest.raises(typer.BadParameter, match="is no time: give seconds"):
        read_moment(words, "--from")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--from", "x"], "is no time"),
        (["--from", "2", "--to", "1"], "it ends before it begins"),
        (["--from", "1:00:00"], "the recording ends at 0:03"),
        (["--from", "1", "--verify"], "need the whole recording"),
        (["--headless"], "go with --fork"),
        (["--fork", "--verify"], "--fork goes with"),
        (["--fork", "--headless", "--headset"], "one of --headless and --headset"),
        (["--fork", "--headless", "--from", "3"], "nobody can go on from 0:03; give an earlier --from"),
    ],
)
def test_what_cannot_be_played_is_told(
    path: Path, words: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = abaton("replay", path, *words, "--out", path.parent / "out", monkeypatch=monkeypatch, capsys=capsys)
    assert code != 0
    assert said in told
    assert "Traceback" not in told
    assert not (path.parent / "out").exists()


def test_a_replay_says_what_the_recording_lacks(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, told = abaton("replay", path, monkeypatch=monkeypatch, capsys=capsys)
    assert "the recording lacks gaze: no consent was given to record it" in told
    cut = path.with_name("cut.jsonl")
    cut.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))
    _, told = abaton("replay", cut, monkeypatch=monkeypatch, capsys=capsys)
    assert "the recording may lack hand joints and gaze" in told


def test_a_part_is_played(path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = abaton("replay", path, "--from", "1", "--to", "2", monkeypatch=monkeypatch, capsys=capsys)
    assert code == 0
    assert "a part of the recording, so there is no log to compare with" in told


def test_nobody_can_consent_to_what_is_not_asked(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = abaton("run", "lakeside", "--consent", "everything", monkeypatch=monkeypatch, capsys=capsys)
    assert code == 2
    assert "give gaze, joints, record_gaze, record_joints" in told
