"""A desktop window as a headset: the mouse is head and hand, the keyboard the rest.

bindings    which key does what, one table; the help text is made of it
desk        keyboard and mouse of one window, read without events or callbacks
body        head and torso: looking, walking, leaning
arm         the right hand: resting, reaching, holding
overlay     the help line
window      the driver that puts these together
"""

from headset.simulator.bindings import BINDINGS, Binding, help_lines
from headset.simulator.window import WindowDriver

__all__ = ["BINDINGS", "Binding", "WindowDriver", "help_lines"]
