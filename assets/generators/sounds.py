"""The sounds of the interface, and alarms: `python -m assets.generators.sounds` writes `assets/sounds/*.wav`.

People who hear the earcons may be lying down to relax: every one begins softly (nothing rises in less than 4 ms), has no partial
above 1.4 kHz, ends in silence, and peaks at -20 dBFS or below. They are named by what happens (`engine.view.sound.earcons`), and
all are of one family: the notes of a D major pentatonic, sines with few partials, as of wood and soft bells.

Alarms have the pulses that `engine.world.bursts` says, and are louder in the order of their priority. A pulse is C5 (523 Hz) with
six harmonics up to 3.7 kHz, each weaker: IEC 60601-1-8 is commonly quoted as asking for a fundamental of 150 to 1000 Hz and four
or more harmonics from 300 to 4000 Hz. UNVERIFIED until someone who holds the standard has compared it; a clinician must sign it
off.

16 bits, one channel: what has one channel can be given a direction. Rates as low as the partials allow, so that files are small.
"""

from __future__ import annotations

import wave
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.world.bursts import SIGNALS

Samples = NDArray[np.float64]
Partials = Sequence[tuple[float, float]]
"""(times the pitch, amplitude)."""

SOUNDS = Path(__file__).resolve().parent.parent / "sounds"

RATE, LOW_RATE, ALARM_RATE = 16_000, 6_000, 12_000
"""Samples a second: of earcons, of swells (nothing above 450 Hz), of alarms."""

WOOD: Final[Partials] = ((1.0, 1.0), (2.0, 0.18), (2.76, 0.08))
BELL: Final[Partials] = ((1.0, 1.0), (2.0, 0.12), (0.5, 0.25))
CHORD: Final[Partials] = ((1.0, 1.0), (1.5, 0.55), (2.0, 0.4))
PULSE: Final[Partials] = tuple((float(number), 10.0 ** (-(number - 1) * 2.2 / 20.0)) for number in range(1, 8))

D3, G3, A3, D4, E4, FS4, A4, B4, C5, D5 = 146.8, 196.0, 220.0, 293.7, 329.6, 370.0, 440.0, 493.9, 523.3, 587.3

PULSE_RISES, PULSE_FALLS = 0.018, 0.03
"""Seconds in which an alarm's pulse rises and falls: part of how long it sounds."""


def tone(
    hz: float, seconds: float, partials: Partials, rises: float, fades: float, *, to: float = 0.0, rate: int = RATE
) -> Samples:
    """A note that rises smoothly in `rises` seconds and then fades, to a third of it every `fades`; a glide to `to` if given."""
    time = np.arange(round(seconds * rate)) / rate
    share = time / seconds
    # The phase is the sum of the pitch over time, so that a glide has no steps.
    turns = hz * time if not to else seconds * (hz * share + (to - hz) * share * share / 2)
    body = np.sum([amount * np.sin(2 * np.pi * times * turns) for times, amount in partials], axis=0)
    return np.asarray(body * _swell(time, rises) * np.exp(-np.maximum(time - rises, 0.0) / fades) * _swell(seconds - time, rises))


def pulses(priority: str) -> Samples:
    """One burst of an alarm, pulse by pulse as `engine.world.bursts` has them."""
    signal = SIGNALS[priority]  # type: ignore[index]  # a name from the table below
    burst = np.zeros(round((signal.pulses[-1] + signal.pulse + 1) / 100 * ALARM_RATE))
    time = np.arange(round(signal.pulse / 100 * ALARM_RATE)) / ALARM_RATE
    one = np.sum([amount * np.sin(2 * np.pi * C5 * times * time) for times, amount in PULSE], axis=0)
    one *= _swell(time, PULSE_RISES) * _swell(signal.pulse / 100 - time, PULSE_FALLS)
    for begins in signal.pulses:
        first = round(begins / 100 * ALARM_RATE)
        burst[first : first + len(one)] += one
    return burst


def made() -> Mapping[str, tuple[Samples, int, float]]:
    """Every sound: its samples, how many a second, and its peak in dBFS."""
    silence = np.zeros(round(0.045 * RATE))
    fit = tone(D4, 0.2, BELL, 0.008, 0.05) + np.pad(
        tone(A4, 0.14, WOOD, 0.006, 0.04), (round(0.2 * RATE) - round(0.14 * RATE), 0)
    )
    two_low = (tone(A3, 0.09, WOOD, 0.012, 0.035), silence, tone(G3, 0.12, WOOD, 0.012, 0.045))
    bells = np.zeros(round(0.62 * RATE))
    for begins, hz in ((0.0, A4), (0.16, D5)):
        note = tone(hz, 0.46, BELL, 0.02, 0.13)
        first = round(begins * RATE)
        bells[first : first + len(note)] += note
    return {
        "hover": (tone(D5, 0.035, WOOD[:1], 0.006, 0.012), RATE, -38.0),
        "focus": (tone(D4, 0.14, BELL, 0.03, 0.05), RATE, -32.0),
        "dwell": (tone(FS4, 0.07, BELL, 0.015, 0.025), RATE, -34.0),
        "press": (tone(E4, 0.14, WOOD, 0.005, 0.032), RATE, -24.0),
        "choose": (tone(E4, 0.12, BELL, 0.008, 0.035), RATE, -26.0),
        "take": (tone(D4, 0.15, WOOD, 0.012, 0.06, to=A4), RATE, -26.0),
        "put": (tone(A4, 0.16, WOOD, 0.01, 0.045, to=D4), RATE, -26.0),
        "fit": (fit, RATE, -25.0),
        "detent": (tone(B4, 0.03, WOOD[:2], 0.004, 0.008), RATE, -30.0),
        "refused": (np.concatenate(two_low), RATE, -26.0),
        "notice": (bells, RATE, -24.0),
        "leave": (tone(D3, 1.2, CHORD, 0.5, 0.5, to=A3, rate=LOW_RATE), LOW_RATE, -26.0),
        "calm": (tone(D3, 2.8, CHORD, 1.1, 0.7, rate=LOW_RATE), LOW_RATE, -26.0),
        "alarm_high": (pulses("high"), ALARM_RATE, -12.0),
        "alarm_medium": (pulses("medium"), ALARM_RATE, -14.0),
        "alarm_low": (pulses("low"), ALARM_RATE, -16.0),
    }


def make(folder: Path = SOUNDS) -> None:
    """Write every sound into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (samples, rate, peak) in made().items():
        scaled = samples * (10.0 ** (peak / 20.0) * 32767.0 / np.abs(samples).max())
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate)
            file.writeframes(np.round(scaled).astype("<i2").tobytes())


def main() -> None:
    """Write them where they belong, and tell how loud each is."""
    make()
    for name, (samples, rate, peak) in made().items():
        path = SOUNDS / f"{name}.wav"
        with wave.open(str(path), "rb") as file:
            heard = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768.0
        rms = 20.0 * np.log10(np.sqrt(np.mean(heard * heard)))
        seconds = len(samples) / rate
        print(f"{name:12} {seconds:5.2f} s  {path.stat().st_size / 1000:5.1f} kB  peak {peak:.0f} dBFS  mean {rms:.0f} dBFS")


def _swell(time: Samples, rises: float) -> Samples:
    """From 0 to 1 in so many seconds, without a corner at either end."""
    return np.asarray(0.5 - 0.5 * np.cos(np.pi * np.clip(time / rises, 0.0, 1.0)))


if __name__ == "__main__":
    main()
