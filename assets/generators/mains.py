"""What one finds plugged into a clinic's sockets: angled plugs, leads with couplings that hang by a hook, a charger.

Plugs are of the earthed kind of CEE 7/7, 37 mm wide; couplings are those of IEC 60320 C13; cords are 7 mm thick, a charger's
3.6 mm. Everything looks to +y, as the socket does that it is in.
"""

from __future__ import annotations

import numpy as np

from assets.generators.cables import hung, thinned
from assets.generators.forms import block
from assets.generators.shapes import Array, Shape, bar, lathe, tube

Point = tuple[float, float, float]
BLACK, GREY, WHITE = (0.034, 0.035, 0.038), (0.16, 0.165, 0.175), (1.16, 1.16, 1.15)
"""Tints on a pale plastic."""
CORD, THIN = 0.0035, 0.0018
"""Radii of a device's cord and of a charger's, metres."""
BEND = 0.009
"""Radius in which a cord lies over its hook, metres."""
CLEAR = 0.040
"""How far a cord hangs straight down from its hook, before the rail, until it leans towards the wall, metres."""
LEANS = 0.32
"""Metres below its hook at which a cord that goes down to behind a bed lies at the wall."""
OUT = 0.0205
"""How far before its socket's face a plug's cord runs, metres: in front of the rail."""


def _plug() -> list[Shape]:
    """An angled plug whose cord leaves it downwards: a disc, and the sleeve that guards the cord; its back is y = 0."""
    disc = lathe(((0.0195, 0.0), (0.0195, 0.0235), (0.0180, 0.0272), (0.0140, 0.0293), (0.0, 0.0300)), 18, 35.0)
    sleeve = lathe(((0.0046, -0.036), (0.0062, -0.0345), (0.0075, -0.020), (0.0085, -0.012)), 8, 50.0)
    return [disc.turned("x", -90.0), sleeve.moved(y=OUT)]


def _way(start: Point, hook: Point, length: float, *, low: float, behind: float, swing: float) -> Array:
    """From a plug in a catenary to a hook, over it, and down to `low`: `behind` is y of where it hangs, `swing` how far aside."""
    aside, y, low_side = float(np.sign(hook[0] - start[0])), hook[1] + 0.008, hook[2] - 0.005
    swag = hung(start, (hook[0] - BEND * aside, y, low_side), length, 60)
    turn = np.linspace(np.pi, 0.0, 13)
    over = np.column_stack([hook[0] + BEND * aside * np.cos(turn), np.full(13, y), low_side + BEND * np.sin(turn)])
    share = np.linspace(0.0, 1.0, 41)[1:, None]
    below = np.clip((share * (low_side - low) - CLEAR) / min(low_side - low - CLEAR, LEANS - CLEAR), 0.0, 1.0)
    end = np.array((hook[0] + (BEND + swing) * aside, behind, low))
    down = over[-1] + (end - over[-1]) * np.column_stack([share**2, below**2 * (3.0 - 2.0 * below), share])
    return thinned(np.concatenate([swag, over[1:], down]), 28)


def _hook(at: Point) -> Shape:
    """A clip on a rail 25 mm high, whose peg carries a cord; `at` is where the cord lies on it."""
    return bar(0.012, 0.026, 0.034, 0.003).moved(at[0], at[1] - 0.002, at[2] - 0.0165).tinted(GREY)


def lead(socket: Point, hook: Point, length: float, *, low: float, behind: float) -> list[Shape]:
    """A device's lead: plugged into a socket, hung over a hook `length` metres on, and down to its coupling at `low`."""
    start = (socket[0], socket[1] + OUT, socket[2] - 0.034)
    way = _way(start, hook, length, low=low + 0.040, behind=behind, swing=0.030)
    coupling = bar(0.028, 0.019, 0.044, 0.004).moved(float(way[-1, 0]), float(way[-1, 1]), low + 0.020)
    return [
        *(each.moved(*socket).tinted(BLACK) for each in _plug()),
        tube(way, CORD, 5).tinted(BLACK),
        coupling.tinted(BLACK),
        _hook(hook),
    ]


def charger(socket: Point, hook: Point, length: float, *, low: float) -> list[Shape]:
    """A charger for a telephone: a cube in a socket, its cord hung over a hook, its small plug at `low`."""
    cube = block((0.030, 0.034, 0.046), 0.005).moved(y=0.017).tinted(WHITE)
    port = bar(0.011, 0.012, 0.006, 0.002).moved(0.0, 0.020, -0.025).tinted(GREY)
    start = (socket[0], socket[1] + 0.020, socket[2] - 0.027)
    way = _way(start, hook, length, low=low + 0.018, behind=hook[1] - 0.004, swing=0.006)
    end = bar(0.010, 0.007, 0.022, 0.002).moved(float(way[-1, 0]), float(way[-1, 1]), low + 0.010)
    return [
        *(each.moved(*socket) for each in (cube, port)),
        tube(way, THIN, 5).tinted(WHITE),
        end.tinted(WHITE),
        _hook(hook),
    ]
