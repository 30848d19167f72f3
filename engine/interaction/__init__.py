"""What a person's body does to things: state machines that read poses and buttons, move what is held, and raise flags."""

from engine.interaction.bodies import Bodies
from engine.interaction.body import Felt
from engine.interaction.deeds import Deed, Deeds, deeds_of, read_deed
from engine.interaction.hands import Hands
from engine.interaction.limits import Limits
from engine.interaction.locomotion import Locomotion
from engine.interaction.preferences import PreferenceError, Preferences, Wishes
from engine.interaction.raised import Raised

__all__ = [
    "Bodies",
    "Deed",
    "Deeds",
    "Felt",
    "Hands",
    "Limits",
    "Locomotion",
    "PreferenceError",
    "Preferences",
    "Raised",
    "Wishes",
    "deeds_of",
    "read_deed",
]
