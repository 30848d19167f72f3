"""NeuroKit2 finds the heart rate in our ECG that it was made with, within 0.2 %. Ends with 1 if it does not."""

from __future__ import annotations

import neurokit2

from engine.view.ui.waveform import RATE
from tests.view.ui.test_waveform import RATES, ecg

ALLOWED = 0.002


def main() -> int:
    """Print a line for each rate."""
    worst = 0.0
    for rate in RATES:
        trace = neurokit2.ecg_clean(ecg(rate), sampling_rate=RATE)
        _, info = neurokit2.ecg_peaks(trace, sampling_rate=RATE)
        peaks = info["ECG_R_Peaks"]
        found = (len(peaks) - 1) * RATE * 60 / float(peaks[-1] - peaks[0])
        worst = max(worst, abs(found - rate) / rate)
        print(f"{rate:>4} /min: NeuroKit2 {neurokit2.__version__} finds {found:.3f}")
    print(f"at most {100 * worst:.3f} % off, {100 * ALLOWED:g} % allowed")
    return int(worst > ALLOWED)


if __name__ == "__main__":
    raise SystemExit(main())
