"""Virtual people. They only move a head and hands and press buttons, as a driver would; they cannot reach into a session."""

from engine.rehearsal.visitor import Visitor

__all__ = ["Visitor"]
