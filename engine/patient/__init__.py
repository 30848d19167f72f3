"""The living body: vital signs, what a monitor makes of them, what sensors measure; later physiology behind the same names."""

from engine.patient.monitor import Monitors
from engine.patient.signals import Signals
from engine.patient.vitals import beat, patients

__all__ = ["Monitors", "Signals", "beat", "patients"]
