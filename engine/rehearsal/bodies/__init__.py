"""Bodies that differ: two hands, one, none; a gaze, switches, keys; seated; unhearing. Each only sends what a driver would."""

from engine.rehearsal.bodies.asked import Stuck
from engine.rehearsal.bodies.play import BODIES, Played, play_body
from engine.rehearsal.bodies.story import Chapter, parting, story_of

__all__ = ["BODIES", "Chapter", "Played", "Stuck", "parting", "play_body", "story_of"]
