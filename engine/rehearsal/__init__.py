"""Virtual people. They only move a head and hands and press buttons, as a driver would; they cannot reach into a session."""

from engine.rehearsal.run import Run, StoppedError, play
from engine.rehearsal.trainee import Trainee
from engine.rehearsal.traits import People
from engine.rehearsal.visitor import Visitor

__all__ = ["People", "Run", "StoppedError", "Trainee", "Visitor", "play"]
