"""What a person's body does to things: state machines that read poses and buttons, move what is held, and raise flags."""

from engine.interaction.deeds import Deed, Deeds, deeds_of
from engine.interaction.hands import Hands
from engine.interaction.leave import LeaveGesture
from engine.interaction.raised import Raised

__all__ = ["Deed", "Deeds", "Hands", "LeaveGesture", "Raised", "deeds_of"]
