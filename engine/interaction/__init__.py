"""What a person's body does to things: state machines that read poses and buttons, move what is held, and raise flags."""

from engine.interaction.hands import Hands
from engine.interaction.leave import LeaveGesture

__all__ = ["Hands", "LeaveGesture"]
