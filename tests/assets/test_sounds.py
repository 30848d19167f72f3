"""Every sound: what its script makes, soft, no louder than it says, and alarms with the pulses that the engine flashes by."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assets.generators import sounds
from engine.library import assets_folder
from engine.view.sound.earcons import ALARM_PEAKS, EARCONS, LOUDEST
from engine.world.bursts import SIGNALS

FOLDER = assets_folder() / "sounds"
ALARMS = [f"alarm_{priority}" for priority in ALARM_PEAKS]
PEAKS = {name: earcon.peak for name, earcon in EARCONS.items()} | dict(zip(ALARMS, ALARM_PEAKS.values(), strict=True))
ALL = list(PEAKS)


def heard(path: Path) -> tuple[NDArray[np.float64], int]:
    """Samples from -1 to 1, and how many a second."""
    with wave.open(str(path), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2), "one channel, or it has no direction"
        return np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768.0, file.getframerate()


def of(name: str) -> tuple[NDArray[np.float64], int]:
    return heard(FOLDER / f"{name}.wav")


def test_every_sound_has_its_file_and_every_file_its_sound() -> None:
    assert {path.stem for path in FOLDER.glob("*.wav")} == set(ALL)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    sounds.make(folder)
    return folder


@pytest.mark.parametrize("name", ALL)
def test_it_is_what_its_script_makes(name: str, made: Path) -> None:
    """Not to the bit: another processor may round the last digit of a sine otherwise."""
    here, there = of(name), heard(made / f"{name}.wav")
    assert here[1] == there[1]
    assert np.allclose(here[0], there[0], atol=1.5 / 32768)


@pytest.mark.parametrize("name", ALL)
def test_it_peaks_where_it_says_and_the_files_are_small(name: str) -> None:
    samples, _ = of(name)
    says = PEAKS[name]
    assert 20.0 * np.log10(np.abs(samples).max()) == pytest.approx(says, abs=0.05)
    assert (FOLDER / f"{name}.wav").stat().st_size < 70_000
    if name in EARCONS:
        assert says <= LOUDEST


@pytest.mark.parametrize("name", ALL)
def test_it_begins_and_ends_softly(name: str) -> None:
    samples, rate = of(name)
    peak = np.abs(samples).max()
    assert np.abs(samples[: max(1, rate // 1000)]).max() < 0.35 * peak, "the first millisecond"
    assert abs(samples[0]) < 0.01 * peak
    assert np.abs(samples[-3:]).max() < 0.05 * peak


@pytest.mark.parametrize("name", EARCONS)
def test_nothing_in_an_earcon_is_shrill(name: str) -> None:
    samples, rate = of(name)
    power = np.abs(np.fft.rfft(samples * np.hanning(len(samples)), 1 << 16)) ** 2
    pitch = np.fft.rfftfreq(1 << 16, 1.0 / rate)
    assert power[pitch > 2000.0].sum() < 1e-3 * power.sum()


@pytest.mark.parametrize("priority", ALARM_PEAKS)
def test_an_alarm_has_the_pulses_by_which_the_engine_goes(priority: str) -> None:
    samples, rate = of(f"alarm_{priority}")
    signal = SIGNALS[priority]  # type: ignore[index]  # a key of the table of priorities
    block = rate // 200
    loud = np.abs(samples[: len(samples) // block * block]).reshape(-1, block).max(1) > 0.1 * np.abs(samples).max()
    edges = np.flatnonzero(np.diff(loud.astype(int), prepend=0, append=0)) / 2.0
    assert edges[::2].tolist() == pytest.approx(list(signal.pulses), abs=2.0)
    assert (edges[1::2] - edges[::2]).tolist() == pytest.approx([signal.pulse] * len(signal.pulses), abs=3.0)


def test_an_alarm_has_harmonics_where_the_standard_is_quoted_to_ask_for_them() -> None:
    samples, rate = of("alarm_medium")
    power = np.abs(np.fft.rfft(samples)) ** 2
    pitch = np.fft.rfftfreq(len(samples), 1.0 / rate)
    tones = [float(power[abs(pitch - sounds.C5 * number) < 30.0].sum()) for number in range(1, 8)]
    assert all(10.0 * np.log10(tone / tones[0]) > -15.0 for tone in tones), "none weaker by more than 15 dB"


def test_alarms_are_louder_the_more_urgent_and_than_anything_else() -> None:
    high, medium, low = (ALARM_PEAKS[priority] for priority in ("high", "medium", "low"))
    assert high > medium > low > max(earcon.peak for earcon in EARCONS.values())
