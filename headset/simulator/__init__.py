"""A desktop window as a headset: mouse, keyboard and gamepad are head, hands and keys.

bindings    which key does what: the person's and the operator's; the help text is made of both
desk        keyboard and mouse of one window, read without events or callbacks
gamepad     a gamepad, read; pad: what it means
wishes      what all of these ask of each hand
body        head and torso: looking, walking, leaning
hints       the keys that matter now, for who is new
arm         a hand: resting, reaching, pointing, holding, kept where it is; fingers: its 26 joints
sight       what the window shows, and what is under its pointer
noise       trembling and losing track, as a profile (headset/profile.py) has it
window      the driver that puts these together
"""

from headset.simulator.bindings import BINDINGS, Binding, help_lines
from headset.simulator.window import WindowDriver

__all__ = ["BINDINGS", "Binding", "WindowDriver", "help_lines"]
