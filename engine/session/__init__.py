"""A session: the one place where a scene, inputs and time become events. Pure Python, no graphics, no clock, no I/O."""

from engine.session.log import Event
from engine.session.session import Session

__all__ = ["Event", "Session"]
