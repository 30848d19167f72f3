"""What is really heard: a session on the OpenAL that comes with Panda3D, whose device is a file, and that file listened to.

OpenAL Soft's `wave` driver writes what a loudspeaker would be given. Its frames are the clock (`listening`).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.view.sound.earcons import EARCONS
from engine.view.sound.ears import CEILING
from tests.view.sound.listening import FRAME, HEADER, PATIENCE, RATE

pytestmark = pytest.mark.slow  # it waits for sounds to end, and computes little

Heard = NDArray[np.float64]
ROOT = Path(__file__).resolve().parents[3]


def openal(folder: Path, *command: str, file: str) -> subprocess.CompletedProcess[str]:
    """A Python command with a device that writes to a file."""
    settings = folder / "alsoft.conf"
    settings.write_text(f"[wave]\nfile={file}\n", encoding="utf-8")
    environment = {**os.environ, "ALSOFT_DRIVERS": "wave", "ALSOFT_CONF": str(settings)}
    whole = [sys.executable, *command]
    return subprocess.run(whole, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=5 * PATIENCE, check=False)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What was heard, beside the notes of when."""
    folder = tmp_path_factory.mktemp("heard")
    wav, notes = folder / "heard.wav", folder / "notes.json"
    done = openal(folder, "-m", "tests.view.sound.listening", str(wav), str(notes), file=str(wav))
    assert done.returncode == 0, done.stderr
    return wav


@pytest.fixture(scope="module")
def moments(file: Path) -> dict[str, Heard]:
    """What was heard at each moment: frames of left and right."""
    data = file.read_bytes()
    assert data[HEADER - 8 : HEADER - 4] == b"data"
    heard = np.frombuffer(data, "<f4", offset=HEADER, count=(len(data) - HEADER) // 4 // 2 * 2).reshape(-1, 2).astype(float)
    notes = json.loads((file.parent / "notes.json").read_text(encoding="utf-8"))
    return {name: heard[begins:ends] for name, (begins, ends) in notes.items()}


def energy(heard: Heard) -> float:
    return float((heard * heard).sum())


def test_a_press_is_heard_and_nothing_before_it(moments: dict[str, Heard]) -> None:
    assert energy(moments["before"]) == 0.0
    press = moments["right"]
    peak = float(np.abs(press).max())
    assert 0.3 < peak / 10.0 ** (EARCONS["press"].peak / 20.0) <= 1.001, "as loud as it may be, less what distance takes"
    assert energy(press[-round(0.1 * RATE) :]) == 0.0, "it ends"


def test_what_is_on_the_right_is_louder_there_and_on_the_left_when_one_has_turned_round(moments: dict[str, Heard]) -> None:
    for name, near, far in (("right", 1, 0), ("left", 0, 1)):
        heard = moments[name]
        assert energy(heard[:, near]) > 4.0 * energy(heard[:, far]), name


def test_in_mono_both_ears_hear_the_same(moments: dict[str, Heard]) -> None:
    mono = moments["mono"]
    assert energy(mono) > 0.0
    assert np.allclose(mono[:, 0], mono[:, 1], atol=1e-6)


def test_a_volume_of_84_per_cent_halves_the_energy_and_none_is_silence(moments: dict[str, Heard]) -> None:
    assert energy(moments["softer"]) / energy(moments["mono"]) == pytest.approx(0.5, rel=0.02)
    assert energy(moments["off"]) == 0.0


def test_an_alarm_is_heard_until_one_leaves_and_then_no_more(moments: dict[str, Heard]) -> None:
    alarm, left = moments["alarm"], moments["left it"]
    assert np.abs(alarm).max() > 0.02
    assert np.abs(alarm).max() <= CEILING
    # Two blocks of OpenAL's that were on their way, and the one in which the volume falls.
    late = left[round(0.1 * RATE) :]
    assert len(late) >= round(0.45 * RATE)
    assert energy(late) == 0.0


def test_the_calm_room_begins_with_a_soft_swell_in_both_ears(moments: dict[str, Heard]) -> None:
    calm = moments["calm"]
    assert np.allclose(calm[:, 0], calm[:, 1], atol=1e-6)
    peak = float(np.abs(calm).max())
    assert peak < 0.1
    assert float(np.abs(calm[: round(0.1 * RATE)]).max()) < 0.05 * peak, "nothing begins at once"


LOSE = """
import time
from pathlib import Path
from engine.library import assets_folder
from engine.view.sound.ears import open_ears
ears = open_ears()
ears.load("calm", assets_folder() / "sounds" / "calm.wav", 0.05, placed=False)
ends = time.monotonic() + 120
while not ears.lost and time.monotonic() < ends:
    if ears.silent:
        ears.play("calm", None)
    time.sleep(0.01)
    ears.hear(None)
print("lost" if ears.lost else "never lost")
ears.close()
"""


def test_a_device_that_goes_is_noticed(tmp_path: Path) -> None:
    done = openal(tmp_path, "-c", LOSE, file="/dev/full")
    assert (done.returncode, done.stdout.strip()) == (0, "lost"), done.stderr


def test_a_machine_without_a_device_is_silent_without_a_word(tmp_path: Path) -> None:
    code = "from engine.view.sound.ears import open_ears; print(open_ears())"
    for drivers in ("none", "alsa"):
        environment = {**os.environ, "ALSOFT_DRIVERS": drivers, "HOME": str(tmp_path), "ALSA_CONFIG_PATH": "/nonexistent"}
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=True
        )
        assert (done.stdout.strip(), done.stderr) == ("None", ""), drivers


def test_a_frame_of_the_file_is_as_large_as_the_clock_takes_it_to_be(file: Path) -> None:
    data = file.read_bytes()
    at = data.index(b"fmt ") + 8
    channels, rate = int.from_bytes(data[at + 2 : at + 4], "little"), int.from_bytes(data[at + 4 : at + 8], "little")
    assert (channels, rate, int.from_bytes(data[at + 12 : at + 14], "little")) == (2, RATE, FRAME)
