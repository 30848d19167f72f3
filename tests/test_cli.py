"""The `abaton` command: whatever a person gets wrong is told in one sentence, with an exit status, and without a traceback."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.cli import main
from engine.host.rerun import replay

ROOT = Path(__file__).resolve().parent.parent
RECORDING = ROOT / "tests/recordings/restless.jsonl"


def abaton(*words: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Exit status, and what was said on both streams, of the command run with these words."""
    monkeypatch.setattr(sys, "argv", ["abaton", *map(str, words)])
    monkeypatch.setenv("COLUMNS", "500")
    with pytest.raises(SystemExit) as ended:
        main()
    said, problems = capsys.readouterr()
    return int(ended.value.code or 0), said, problems


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["run", "lakesied"], 1, "did you mean 'lakeside'?"),
        (["run", "/dev/null"], 1, "this is a device or pipe, not a scene's file"),
        (["run", "lakeside", "--variant", "summer"], 1, "one of: winter"),
        (["run", "lakeside", "--language", "tlh"], 1, "it speaks en, ar, de"),
        (["run", "lakeside", "--set", "inhale"], 2, "write --set name=value"),
        (["run", "lakeside", "--set", "inhale=9 s"], 1, "'inhale' is 3 s to 6 s"),
        (["run", "lakeside", "--size", "10"], 2, "'10' is not a size; write width and height in pixels"),
        (["run", "lakeside", "--size", "99999x16"], 2, "is not a size"),
        (["run", "lakeside", "--seed", "-1"], 2, "greater than or equal to 0"),
        (["run", "lakeside", "--headset", "--headless"], 2, "give --headless or --headset, not both"),
        (["run", "lakeside", "--headless", "--actions", "mine.yaml"], 2, "give --headset with it"),
        (["run", "lakeside", "--headset", "--actions", "mine.yaml"], 1, "mine.yaml: cannot be read (No such file or directory)"),
        (["run", "lakeside", "--device", "quest3"], 1, "no profile of a headset 'quest3'; did you mean 'quest_3'?"),
        (["run", "lakeside", "--device", "quest_3", "--headset"], 2, "leave --headset out"),
        (["run", "lakeside", "--noise"], 2, "--noise needs --device NAME"),
        (["shots", "nowhere"], 1, "there is no scene named 'nowhere'"),
        (["check", "nowhere"], 1, "there is no scene named 'nowhere'"),
        (["replay", "nowhere.jsonl"], 1, "give the path of a recording.jsonl"),
        (["replay", str(ROOT / "README.md")], 1, "is not a recording"),
        (["bench", "--gate", "--limits", "nowhere.toml"], 1, "nowhere.toml: No such file or directory; see that"),
        (["fly"], 2, "No such command 'fly'"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(
    words: list[str], status: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, problems = abaton(*words, monkeypatch=monkeypatch, capsys=capsys)
    assert code == status
    assert said in out + problems
    assert "Traceback" not in out + problems
    assert "Errno" not in out + problems


def test_a_recording_is_verified_and_its_log_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log.jsonl"
    words = ("replay", RECORDING, "--verify", "--log", log)
    monkeypatch.setattr(sys, "argv", ["abaton", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    assert "the same log as recorded" in capsys.readouterr().out
    written = log.read_bytes()
    assert json.loads(written.splitlines()[-1])["event"] == "session_ended"
    code, _, problems = abaton(*words, monkeypatch=monkeypatch, capsys=capsys)
    assert (code, problems) == (1, f"error: {log}: {os.strerror(errno.EEXIST)}; it was not overwritten; give another name\n")
    assert log.read_bytes() == written


def test_a_replay_tells_why_something_happened(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    taken = next(event.n for event in replay(RECORDING, say=lambda words: None).events if event.event == "grabbed")
    monkeypatch.setattr(sys, "argv", ["abaton", "replay", str(RECORDING), "--why", str(taken)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    told = capsys.readouterr().out.splitlines()
    assert told[0].endswith("participant took stone (left), because left hand closed on it")
    assert "it all began with an input of participant in tick 38" in told
    code, _, problems = abaton("replay", RECORDING, "--why", "100000", monkeypatch=monkeypatch, capsys=capsys)
    assert code == 2
    assert "there is no event 100000 in this log; it has 0 to" in problems


@pytest.mark.parametrize("cut", [False, True])
def test_a_recording_with_another_log_or_none_is_not_verified(
    cut: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    *lines, end = RECORDING.read_text().splitlines(keepends=True)
    other = tmp_path / "recording.jsonl"
    other.write_text("".join(lines) + ("" if cut else json.dumps({**json.loads(end), "log": "0" * 64}) + "\n"))
    code, said, _ = abaton("replay", other, "--verify", monkeypatch=monkeypatch, capsys=capsys)
    assert code == 1
    assert ("was cut off before its end" if cut else "NOT the recorded log (000") in said


def test_ctrl_c_before_a_session_runs_ends_the_process_without_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    before, during = signal.getsignal(signal.SIGINT), []
    monkeypatch.setattr("engine.cli.app", lambda: during.append(signal.getsignal(signal.SIGINT)))
    main()
    assert during == [signal.SIG_DFL]
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.gl
@pytest.mark.parametrize("there", ["a file", "a link to nowhere"])
def test_pictures_cannot_be_left_in_what_is_no_folder(
    there: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    if there == "a file":
        out.write_text("mine")
    else:
        out.symlink_to(tmp_path / "none" / "none")
    code, _, problems = abaton("run", "lakeside", "--headless", "--out", out, monkeypatch=monkeypatch, capsys=capsys)
    assert (code, problems) == (1, f"error: {out}: Not a directory; give another folder\n")


@pytest.mark.gl
def test_a_full_disk_is_named_and_leaves_no_half_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from PIL import Image

    def full(image: object, path: Path, *_: object) -> None:
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Image.Image, "save", full)
    words = ("run", "lakeside", "--headless", "--size", "64x36", "--out", tmp_path)
    code, _, problems = abaton(*words, monkeypatch=monkeypatch, capsys=capsys)
    assert code == 1
    assert problems.startswith(f"error: {tmp_path}/lakeside-001/01_arrive.png: No space left on device; ")
    assert [path.name for path in (tmp_path / "lakeside-001").iterdir()] == ["events.jsonl"]
    ended = json.loads((tmp_path / "lakeside-001" / "events.jsonl").read_text().splitlines()[-1])
    assert (ended["event"], ended["because"]) == ("session_ended", "stopped by OSError")


@pytest.mark.gl
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_ctrl_c_or_a_kill_in_the_middle_leaves_a_whole_log_that_replays(number: int, status: int, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "engine"]
    words = ["run", "lakeside", "--headless", "--record", "--size", "64x36", "--set", "rounds=60", "--out", str(tmp_path)]
    process = subprocess.Popen([*command, *words], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    log = tmp_path / "lakeside-001" / "events.jsonl"
    ends = time.monotonic() + 180
    while not (log.exists() and "grabbed" in log.read_text()) and time.monotonic() < ends:
        time.sleep(0.02)
    process.send_signal(number)
    said, problems = process.communicate(timeout=180)
    assert (process.returncode, "Traceback" in problems) == (status, False)
    assert "session ended  left (operator:" in said
    events = [json.loads(line) for line in log.read_text().splitlines()]
    assert [event["n"] for event in events] == list(range(len(events)))
    assert (events[-1]["event"], events[-1]["who"]) == ("session_ended", "operator")
    replay = [*command, "replay", str(log.with_name("recording.jsonl")), "--verify"]
    done = subprocess.run(replay, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.endswith("the same log as recorded\n"), done.stderr
