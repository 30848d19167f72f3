"""The simulated place, with no graphics: things, where they are, what they are worth, what a ray meets."""

from engine.world.building import build, misplaced
from engine.world.world import Body, World

__all__ = ["Body", "World", "build", "misplaced"]
