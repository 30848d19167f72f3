"""Folds too fine for a cloth's triangles: wrinkles that what holds it draws in it, and lines along which it lay folded.

Metres; x and y of the bed for the blanket, across and along its cloth for the sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assets.generators import figure
from assets.generators.folds import Drawn, noise, ridge
from assets.generators.lying_legs import HIP, KNEE, TOES
from assets.generators.shapes import Array


@dataclass(frozen=True)
class Fan:
    """Wrinkles that go out from a place between two directions, degrees from +x, no two alike; about so long, high and half as
    wide at their starts, metres; they begin `off` metres from the place.
    """

    at: tuple[float, float]
    ways: tuple[float, float]
    count: int
    long: float
    high: float
    wide: float = 0.008
    off: float = 0.0375

    def folds(self, seed: int) -> tuple[Drawn, ...]:
        """Each of them."""
        chance = np.random.Generator(np.random.PCG64(seed))
        stray = 0.8 * abs(self.ways[1] - self.ways[0]) / self.count
        made = []
        for way in np.linspace(*self.ways, self.count):
            turn = np.radians(way + chance.uniform(-stray, stray))
            near, far = self.off * chance.uniform(0.75, 1.4), self.long * chance.uniform(0.40, 1.25)
            wide, high, bow = (
                self.wide * chance.uniform(0.70, 1.40),
                self.high * chance.uniform(0.35, 1.0),
                far * chance.uniform(-0.09, 0.09),
            )
            start, end = (
                (self.at[0] + off * float(np.cos(turn)), self.at[1] + off * float(np.sin(turn))) for off in (near, near + far)
            )
            made.append(Drawn(start, end, high, (wide, 2.2 * wide), bow))
        return tuple(made)


def _all(fans: Sequence[Fan], seed: int) -> tuple[Drawn, ...]:
    return tuple(fold for index, fan in enumerate(fans) for fold in fan.folds(seed + index))


def wrinkles(top: float) -> tuple[Drawn, ...]:
    """What presses the turned-down sheet or holds it: elbows, wrists, hands, and the mattress's edges; `top`: its roll's y."""
    fans = []
    for side in (1, -1):
        elbow, wrist = figure.ELBOW[side], figure.WRIST[side]
        palm = wrist + 0.07 * figure.HAND_WAY[side] / np.linalg.norm(figure.HAND_WAY[side])
        at = [(float(each[0]), float(each[1]) - top) for each in (elbow, wrist, palm)]
        turned = 0.0 if side > 0 else 180.0
        for fan in (
            Fan(at[0], (-70.0, 60.0), 7, 0.120, 0.0080),
            Fan(at[0], (100.0, 200.0), 6, 0.120, 0.0070),
            Fan(at[1], (20.0, 160.0), 6, 0.110, 0.0065),
            Fan(at[2], (30.0, 150.0), 7, 0.110, 0.0065, 0.006, 0.050),
            Fan(at[1], (-165.0, -20.0), 5, 0.085, 0.0080, 0.0058, 0.034),
            Fan(at[2], (-150.0, -30.0), 3, 0.085, 0.0070, 0.0060, 0.044),
            Fan((0.440, 0.030), (100.0, 170.0), 3, 0.140, 0.0055),
        ):
            x, y = fan.at
            ways = fan.ways if side > 0 else (turned - fan.ways[1], turned - fan.ways[0])
            fans.append(Fan((x if side * x > 0 else -x, y), ways, fan.count, fan.long, fan.high, fan.wide, fan.off))
    return (*_all(fans, 11), *(_from(fold, top) for fold in _DRAPED))


_DRAPED = (
    # Beyond the right hand's fingers, headwards of the left forearm.
    Drawn((-0.105, -0.150), (-0.155, -0.290), 0.0115, (0.0070, 0.0130), 0.012),
    Drawn((-0.135, -0.150), (-0.225, -0.265), 0.0110, (0.0070, 0.0140), -0.010),
    Drawn((-0.088, -0.172), (-0.078, -0.290), 0.0100, (0.0065, 0.0110), -0.008),
    Drawn((-0.055, -0.262), (-0.185, -0.195), 0.0075, (0.0060, 0.0110), 0.014),
    # Headwards of the right hand and forearm, and down the flank.
    Drawn((0.105, -0.205), (0.190, -0.290), 0.0115, (0.0070, 0.0130), -0.010),
    Drawn((0.128, -0.198), (0.215, -0.245), 0.0100, (0.0065, 0.0120), 0.008),
    Drawn((0.078, -0.222), (0.110, -0.295), 0.0095, (0.0060, 0.0100), 0.006),
    Drawn((0.052, -0.228), (-0.070, -0.278), 0.0085, (0.0060, 0.0120), 0.010),
    # Footwards of both forearms.
    Drawn((0.122, -0.146), (0.265, -0.092), 0.0100, (0.0065, 0.0130), 0.012),
    Drawn((0.160, -0.146), (0.190, -0.080), 0.0080, (0.0060, 0.0100), -0.006),
    Drawn((-0.160, -0.082), (-0.290, -0.100), 0.0090, (0.0065, 0.0120), -0.010),
)
"""Folds in which the turned-down sheet drapes between hands, forearms and its upper edge, x and y of the bed."""


def _from(fold: Drawn, top: float) -> Drawn:
    """A fold said on the bed, along a cloth that begins at `top`."""
    (x0, y0), (x1, y1) = fold.start, fold.end
    return replace(fold, start=(x0, y0 - top), end=(x1, y1 - top))


def tensions() -> tuple[Drawn, ...]:
    """Tension folds: sharp at the toes, knees and hips that hold the blanket up, and fading from there."""
    fans = []
    for side in (1, -1):
        hip, knee, toes = (each[side][:2] for each in (HIP, KNEE, TOES))
        out = 0.0 if side > 0 else 180.0

        def ways(first: float, last: float, out: float = out) -> tuple[float, float]:
            """Directions from outwards on towards the feet, mirrored on the left."""
            return (first, last) if out == 0.0 else (180.0 - last, 180.0 - first)

        fans += [
            Fan(toes, ways(-120.0, 20.0), 7, 0.200, 0.0070, 0.0066, 0.040),
            Fan(toes, ways(165.0, 226.0), 3, 0.150, 0.0055, 0.0066, 0.040),
            Fan(knee, ways(-70.0, 70.0), 4, 0.190, 0.0070, 0.0070, 0.044),
            Fan(knee, ways(125.0, 245.0), 2, 0.110, 0.0055, 0.0064, 0.040),
            Fan((hip[0] + 0.05 * side, hip[1]), ways(-25.0, 78.0), 4, 0.190, 0.0052, 0.0070, 0.050),
            Fan((0.055 * side, -0.055), ways(40.0, 115.0), 5, 0.150, 0.0055, 0.0055, 0.030),
            Fan((0.410 * side, 0.965), ways(150.0, 250.0), 5, 0.170, 0.0070, 0.0052, 0.012),
        ]
    return _all(fans, 71)


_QUARTERS = ((-0.330, 0.6), (0.012, 1.0), (0.345, 0.8))
_ACROSS = ((0.500, 0.7), (0.930, 1.0))
"""Where the blanket lay folded in store, metres across it and along it, and how clearly one still sees it."""


def stored(across: Array, along: Array) -> Array:
    """How high the lines stand along which a blanket lay folded: sharp backs, here and there pressed out."""
    sway = 0.0022 * noise(0.7 * across, 0.7 * along, 4.0)
    kept = np.clip(0.75 + 0.6 * noise(0.35 * across, 0.35 * along, 9.0), 0.25, 1.0)
    made = np.zeros_like(across)
    for places, over in ((_QUARTERS, across), (_ACROSS, along)):
        for at, much in places:
            off = np.abs(over - at + sway)
            made = made + much * kept * (0.0015 * np.exp(-off / 0.0030) - 0.0003 * np.exp(-(((off - 0.009) / 0.005) ** 2)))
    return np.asarray(made)


def falling(across: Array, along: Array, edge: float) -> Array:
    """How high the folds stand in which a blanket hangs down beyond a mattress's edge, so far across: wider the further down."""
    down = np.abs(across) - edge
    warp = noise(0.3 * across + 0.5 * np.sign(across), 0.8 * along, 5.0)
    wave = ridge(8.5 * along + 0.55 * warp) * np.clip(0.6 + 0.6 * noise(0.1 * across, 0.5 * along, 2.0), 0.1, 1.0)
    return np.asarray(0.0065 * wave * np.clip((down - 0.015) / 0.12, 0.0, 1.0))


def of_case() -> tuple[Drawn, ...]:
    """What the head draws in the case of the pillow, and what its corners do."""
    head = float(figure.HEAD_AT[0]), float(figure.HEAD_AT[1]) - 0.035
    fans = [
        Fan(head, (-28.0, 52.0), 8, 0.140, 0.0110, 0.0066, 0.105),
        Fan(head, (128.0, 208.0), 8, 0.140, 0.0110, 0.0066, 0.105),
        Fan(head, (212.0, 328.0), 9, 0.085, 0.0090, 0.0060, 0.110),
    ]
    for side in (1, -1):
        for y, first in ((-0.930, 25.0), (-0.520, -65.0)):
            turned = (first, first + 42.0) if side < 0 else (180.0 - first - 42.0, 180.0 - first)
            fans.append(Fan((0.312 * side, y), turned, 4, 0.150, 0.0100, 0.0060, 0.012))
    return _all(fans, 151)


def of_mattress() -> tuple[Drawn, ...]:
    """What shoulders and hips draw in the sheet on the mattress, and what holds it tucked in at the sides."""
    fans = []
    for side in (1, -1):
        for y, ways in ((-0.430, (-55.0, 62.0)), (-0.285, (-40.0, 30.0))):
            turned = ways if side > 0 else (180.0 - ways[1], 180.0 - ways[0])
            fans.append(Fan((0.185 * side, y), turned, 8, 0.170, 0.0062, 0.0085, 0.055))
        for y in (-0.880, -0.640, -0.390):
            turned = (130.0, 225.0) if side > 0 else (-45.0, 50.0)
            fans.append(Fan((0.415 * side, y), turned, 4, 0.110, 0.0050, 0.0075, 0.010))
    return _all(fans, 191)
