"""The supervisor: what becomes of a process that hangs, is stopped, eats memory, is killed or raises, and of its log."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from engine.host.heart import NANO, Heart, Stethoscope
from engine.host.supervisor import HOST_LOG, LOG, mend, supervise
from engine.session import Event
from engine.session.log import line

BEATS = """
    import os, signal, sys, time
    from pathlib import Path
    from engine.host.heart import Heart
    heart = Heart.of_environment()
    heart.keeps_in(Path(sys.argv[1]))
    def frames(count, seconds=0.01):
        for _ in range(count):
            time.sleep(seconds)
            heart.beat()
    frames(20)
"""
"""A run of twenty frames; what it does then follows."""


def run(folder: Path, then: str, largest: int | None = None) -> tuple[int, list[str], list[str], bool]:
    """The exit code, what the operator was told, the events of `host.jsonl`, and whether the calm room was opened."""
    told: list[str] = []
    script, calm = dedent(BEATS) + dedent(then), f"open({str(folder / 'calm')!r}, 'w').close()"
    code = supervise([sys.executable, "-c", script, str(folder)], lambda _: [sys.executable, "-c", calm], told.append, largest)
    path = folder / HOST_LOG
    noted = [json.loads(text)["event"] for text in path.read_text().splitlines()] if path.exists() else []
    return code, told, noted, (folder / "calm").exists()


def besides(noted: list[str]) -> list[str]:
    """What was noted besides frames that stood still and went on: on a busy machine they do by themselves."""
    return [event for event in noted if event not in {"late", "back"}]


def test_a_run_that_ends_is_left_alone(tmp_path: Path) -> None:
    code, _, noted, calm = run(tmp_path, "")
    assert (code, besides(noted), calm) == (0, [], False)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_run_that_was_asked_to_end_has_ended_as_wished(tmp_path: Path, number: int) -> None:
    _, _, noted, calm = run(tmp_path, f"signal.signal({int(number)}, signal.SIG_DFL); os.kill(os.getpid(), {int(number)})")
    assert (besides(noted), calm) == ([], False)


def test_bad_input_opens_no_calm_room(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "raise SystemExit(1)"]
    assert supervise(command, lambda _: [sys.executable, "-c", f"open({str(tmp_path / 'calm')!r}, 'w')"], print) == 1
    assert not (tmp_path / "calm").exists(), "nobody saw a frame yet"


def test_a_short_standstill_is_told_and_noted_and_nothing_is_ended(tmp_path: Path) -> None:
    code, told, noted, calm = run(tmp_path, "time.sleep(1.0); frames(20)")
    # What stands still by itself is told as well.
    assert (code, noted[:2], set(noted), calm) == (0, ["late", "back"], {"late", "back"}, False)
    assert 2 * len(told) == len(noted)
    assert all("stands still" in words for words in told)


@pytest.mark.slow
@pytest.mark.parametrize(
    "deed", ["os.kill(os.getpid(), signal.SIGSTOP)", "while True: pass", "time.sleep(1000)"], ids=["stopped", "busy", "asleep"]
)
def test_a_process_that_hangs_is_ended_and_the_calm_room_opens(tmp_path: Path, deed: str) -> None:
    code, told, noted, calm = run(tmp_path, deed)
    assert code == 128 + signal.SIGKILL
    assert noted[-3:] == ["late", "hung", "ended"]
    assert calm
    assert any("no picture for 3" in words for words in told)


def test_a_killed_process_is_followed_by_the_calm_room(tmp_path: Path) -> None:
    code, _, noted, calm = run(tmp_path, "os.kill(os.getpid(), signal.SIGKILL)")
    assert (code, besides(noted), calm) == (128 + signal.SIGKILL, ["ended"], True)


def test_so_is_one_that_raises(tmp_path: Path) -> None:
    code, _, noted, calm = run(tmp_path, "raise ZeroDivisionError")
    assert (code, besides(noted), calm) == (1, ["ended"], True)


def test_and_one_that_eats_memory(tmp_path: Path) -> None:
    eats = """
        held = []
        while True:
            held.append(bytearray(b"x") * (1 << 23))
            frames(1)
    """
    code, told, noted, calm = run(tmp_path, eats, largest=200 << 20)
    assert (code, besides(noted), calm) == (128 + signal.SIGKILL, ["too_large", "ended"], True)
    assert any("200 MB" in words for words in told)


@pytest.mark.slow
def test_building_a_scene_anew_is_given_time(tmp_path: Path) -> None:
    code, _, noted, calm = run(tmp_path, "heart.expect(30.0)\ntime.sleep(4.0)\nframes(5)")
    assert (code, besides(noted), calm) == (0, [], False)


def test_the_supervisor_itself_can_be_asked_to_end(tmp_path: Path) -> None:
    child = dedent(BEATS) + "print('on', flush=True)\nframes(10_000)"
    watch = """
        import sys
        from engine.host.supervisor import supervise
        sys.exit(supervise([sys.executable, "-c", *sys.argv[1:]], lambda folder: [], print))
    """
    command = [sys.executable, "-c", dedent(watch), child, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "on\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(120) == 128 + signal.SIGTERM
    path = tmp_path / HOST_LOG
    assert not path.exists() or not besides([json.loads(text)["event"] for text in path.read_text().splitlines()])


def test_a_log_that_was_cut_off_is_made_whole(tmp_path: Path) -> None:
    log = tmp_path / LOG
    began = line(Event(6, 311, "scenario", "state_entered", "breathe", state="breathe"))
    log.write_text(began + '\n{"n":7,"ev', encoding="utf-8")
    mend(log, "it was ended by SIGKILL")
    assert log.read_text(encoding="utf-8").splitlines() == [
        began,
        line(Event(7, 311, "supervisor", "session_ended", value="lost", because="it was ended by SIGKILL", state="breathe")),
    ]


def test_a_log_that_has_an_end_is_not_touched(tmp_path: Path) -> None:
    log = tmp_path / LOG
    log.write_text(line(Event(9, 311, "scenario", "session_ended", value="finished")) + "\n", encoding="utf-8")
    before = log.read_bytes()
    mend(log, "killed")
    assert log.read_bytes() == before


def test_frames_that_take_long_are_late_later(tmp_path: Path) -> None:
    hears = Stethoscope(tmp_path)
    now = 0
    heart = Heart(tmp_path, lambda: now)
    for _ in range(100):
        now += NANO // 90
        heart.beat()
    assert (hears.listen().late_after, hears.listen().hung_after) == (NANO // 2, 3 * NANO)
    for _ in range(100):
        now += NANO
        heart.beat()
    assert hears.listen().late_after == pytest.approx(4 * NANO, rel=0.01)
    assert hears.listen().hung_after == pytest.approx(20 * NANO, rel=0.01)
    assert hears.listen().beats == 200


def test_what_is_noted_is_for_the_owner_alone(tmp_path: Path) -> None:
    run(tmp_path, "raise ZeroDivisionError")
    assert (tmp_path / HOST_LOG).stat().st_mode & 0o777 == 0o600
