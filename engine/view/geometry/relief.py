"""The lie of the land: an alpine lake's shore and the height of the ground, from a seed.

The dock stands at the origin, looking north over the water; z = 0 is the still surface. Everything is a function of bearing
(radians clockwise from north) and distance from the origin, so detail can fall off with distance from the one who sits there.
A lake in the trough of a valley, forested slopes, then ribs and couloirs up to the crests: forms of our own, of no real place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.view.geometry.islet import LONG, islet
from engine.view.geometry.mesh import Floats
from engine.view.geometry.noise import Numbers, fbm, noise, ridged, smoothstep

SHORE_SOUTH = 3.5
"""Metres from the origin to the southern shore: the dock's foot, for the default dock of 6 m."""
REACH = 9000.0
"""Metres to the last crest."""
FORGETS = 50.0
"""Metres inland up to which the ground follows every bay of the shore."""
_BLUNT = 0.06
"""Half the width of a summit's top, of its peak's."""
_ROUND = 0.95
"""What crests and ribs make of a range's height along its skyline, on average."""
_MIDDLE, _HALF_WIDTH, _HALF_DEPTH = (14.0, 158.0), 236.0, 161.7


@dataclass(frozen=True, slots=True)
class _Peak:
    """A summit: its bearing and how far it stands above its range, degrees; how wide it is to its left and to its right."""

    bearing: float
    left: float
    right: float
    extra: float
    power: float = 1.05
    """1: its flanks rise to a point ever more steeply; above 2: it is flat on top, with walls on both sides."""


@dataclass(frozen=True, slots=True)
class _Range:
    """A mountain range across the view: metres away, half its depth, and the angle its crest stands above the horizon."""

    distance: float
    depth: float
    base_deg: float
    peaks: tuple[_Peak, ...]
    broken_deg: float = 1.5
    """How far shoulders and notches stand out from the flanks of its peaks."""
    rugged: float = 1.0
    """How much of the crests' and ribs' roughness it has: soil and woods lie round on low hills."""


# A broad massif on the left, a tooth that leans over on the right, a long ridge of needles far behind: no two are alike.
_RANGES = (
    _Range(
        1150.0,
        620.0,
        4.2,
        (
            _Peak(-62.0, 20.0, 20.0, 4.2),
            _Peak(-37.0, 10.0, 10.0, 1.4),
            _Peak(44.0, 16.0, 16.0, 4.4),
            _Peak(85.0, 24.0, 24.0, 3.4),
            _Peak(180.0, 60.0, 60.0, 4.0),
        ),
        0.3,
        0.4,
    ),
    _Range(
        3400.0,
        1500.0,
        8.4,
        (
            _Peak(-19.5, 9.4, 5.8, 5.7, 2.6),
            _Peak(-16.2, 2.8, 1.4, 3.3, 1.3),
            _Peak(-21.6, 1.5, 2.4, 1.2, 1.2),
            _Peak(-26.0, 1.9, 2.6, 2.2, 1.25),
            _Peak(-48.0, 8.0, 8.0, 4.4),
            _Peak(25.6, 8.2, 2.3, 7.4, 0.95),
            _Peak(33.5, 5.0, 7.0, 3.0, 1.6),
            _Peak(62.0, 14.0, 14.0, 5.0),
            _Peak(-95.0, 25.0, 25.0, 4.5),
        ),
        2.0,
    ),
    _Range(
        6900.0,
        1900.0,
        9.8,
        (
            _Peak(6.0, 9.0, 10.0, 3.0, 3.5),
            _Peak(1.2, 1.0, 1.4, 0.9),
            _Peak(5.1, 0.7, 0.9, 1.5),
            _Peak(6.9, 0.8, 2.2, 0.9),
            _Peak(11.8, 1.6, 0.8, 1.3),
            _Peak(-70.0, 16.0, 16.0, 4.0),
        ),
        rugged=0.7,
    ),
)


@dataclass(frozen=True, slots=True)
class Relief:
    """One landscape; equal seeds are equal landscapes."""

    seed: int

    def shore(self, bearing: Numbers) -> Floats:
        """Metres from the origin to the water's edge: an oval lake with bays, and a wooded point in the north-west."""
        east, north = np.sin(bearing), np.cos(bearing)
        smooth = _oval(bearing)
        x, y = smooth * east, smooth * north
        bays = fbm(x / 70.0, y / 70.0, self.seed + 1, 5, 0.55)
        turn = np.random.Generator(np.random.PCG64(self.seed)).uniform(-4.0, 4.0)
        off = np.degrees(_wrapped(bearing - np.radians(-34.0 + turn)))
        point = 0.5 * np.exp(-((off / 9.0) ** 2) * (1.0 + 0.5 * noise(off / 3.0, x * 0.0, self.seed + 2)))
        ripples = fbm(x / 9.0, y / 9.0, self.seed + 3, 3)
        near = 1.0 - smoothstep(3.0, 14.0, smooth)
        wobble = np.minimum(0.16 * smooth, 26.0) * bays * (1.0 - 0.85 * near) + np.minimum(0.06 * smooth, 1.2) * ripples
        edge = np.asarray((smooth + wobble) * (1.0 - point * (1.0 - near)), np.float32)
        return np.asarray(edge + near * (SHORE_SOUTH / np.maximum(-north, 0.2) - edge) * 0.5, np.float32)

    def inland(self, bearing: Numbers, distance: Numbers) -> Floats:
        """Metres from the water's edge, squarely to it; negative over water. Far inland the bays are forgotten."""
        slant = _slant(bearing)
        near = (distance - self.shore(bearing)) / slant
        found = np.asarray(
            near + smoothstep(FORGETS, 4.0 * FORGETS, near) * ((distance - _oval(bearing)) / slant - near), np.float32
        )
        x, y, found = np.broadcast_arrays(distance * np.sin(bearing), distance * np.cos(bearing), found)
        land = islet(self.seed)
        about = np.hypot(x - land.east, y - land.north) < 2.0 * LONG
        if about.any():
            found = np.array(found)
            found[about] = np.maximum(found[about], land.inland(x[about], y[about]))
        return found

    def out(self, bearing: Numbers, inland: Numbers) -> Floats:
        """Metres from the origin at which one is so many metres inland; beyond `FORGETS` only about."""
        edge = self.shore(bearing)
        return np.asarray(np.maximum(edge + inland * _slant(bearing), 0.4 * edge), np.float32)

    def height(self, bearing: Numbers, distance: Numbers, inland: Numbers | None = None) -> Floats:
        """Metres above the water, of the ground or of the bed under it."""
        d = self.inland(bearing, distance) if inland is None else np.asarray(inland, np.float32)
        bearing, distance = np.asarray(bearing, np.float32), np.asarray(distance, np.float32)
        x, y = distance * np.sin(bearing), distance * np.cos(bearing)
        land = np.maximum(d, 0.0)
        bank = 0.42 * (1.0 - np.exp(-land / 1.3)) + 0.05 * np.minimum(land, 40.0)
        # Far from the dock waves and ice have cut banks a metre high, here and there two.
        cut = smoothstep(55.0, 120.0, distance) * (1.0 + 0.9 * fbm(x / 23.0, y / 23.0, self.seed + 8, 3))
        bank = bank + np.maximum(cut, 0.0) * (1.0 - np.exp(-land / 0.9))
        bed = np.where(d < 0.0, -0.16 * -d / (1.0 + 0.012 * -d) - 0.12 * (1.0 - np.exp(np.minimum(d, 0.0) / 0.8)), 0.0)
        rough = 0.10 * fbm(x / 2.3, y / 2.3, self.seed + 5, 3) * smoothstep(0.2, 2.5, land)
        knolls = (2.2 * fbm(x / 34.0, y / 34.0, self.seed + 6, 3) + 1.6) * smoothstep(4.0, 45.0, land)
        slopes = self._hills(x, y, land) + self._mountains(bearing, distance, x, y, land)
        whole = bank + bed + rough + knolls + self._islet(x, y) + slopes
        path = (1.0 - smoothstep(1.1, 2.6, np.abs(x))) * (1.0 - smoothstep(7.0, 11.0, distance)) * (d > 0.0)
        return np.asarray(whole + path * (np.minimum(whole, 0.28) - whole), np.float32)

    def _islet(self, x: Numbers, y: Numbers) -> Floats:
        """What the islet rises above a bank: a knoll of rock."""
        land = islet(self.seed)
        rise = np.zeros(np.shape(x), np.float32)
        about = np.hypot(x - land.east, y - land.north) < LONG
        if about.any():
            rise[about] = 1.3 * smoothstep(0.6, 4.2, land.inland(np.asarray(x)[about], np.asarray(y)[about]))
        return rise

    def _hills(self, x: Numbers, y: Numbers, land: Numbers) -> Floats:
        """Forested slopes above the shore."""
        rise = smoothstep(12.0, 420.0, land)
        return np.asarray(rise * (34.0 + 46.0 * fbm(x / 260.0, y / 260.0, self.seed + 7, 4)), np.float32)

    def _mountains(self, bearing: Numbers, distance: Numbers, x: Numbers, y: Numbers, land: Numbers) -> Floats:
        """Ranges one behind another; ribs run down towards the lake, for crests lie across the view."""
        if np.max(land) < 120.0:
            return np.zeros(np.shape(land), np.float32)
        degrees = np.degrees(_wrapped(bearing))
        warp_x = x + 260.0 * fbm(x / 900.0, y / 900.0, self.seed + 11, 3)
        warp_y = y + 260.0 * fbm(x / 900.0, y / 900.0, self.seed + 14, 3)
        crests = ridged(warp_x / 1500.0, warp_y / 1500.0, self.seed + 20, 7, 0.52)
        bent = bearing + 0.05 * fbm(x / 700.0, y / 700.0, self.seed + 31, 3)
        logged = np.log(np.maximum(distance, 50.0))
        ribs = ridged(bent * 9.0, logged * 1.3, self.seed + 34, 5, 0.6)
        total = np.zeros(np.shape(land), np.float32)
        for index, each in enumerate(_RANGES):
            angle = each.base_deg + 1.1 * fbm(bearing * 3.0, bearing * 0.0 + index * 7.7, self.seed + 40 + index, 4)
            # Shoulders, notches and side summits: no flank rises in one line.
            broken = each.broken_deg * fbm(bearing * 11.0, bearing * 0.0 + 3.3 * index, self.seed + 55 + index, 4, 0.6)
            for peak in each.peaks:
                # The summit itself stands as it is: broken like its flanks, it would lean over like a fin.
                off = _wrapped_deg(degrees - peak.bearing)
                width = np.where(off < 0.0, peak.left, peak.right)
                flank = smoothstep(0.03, 0.30, np.abs(off / width))
                away = np.hypot((off + flank * broken) / width, _BLUNT) - _BLUNT
                angle = angle + peak.extra * np.exp(-(away**peak.power))
            crest_at = each.distance * (1.0 + 0.16 * noise(bearing * 2.2, bearing * 0.0, self.seed + 50 + index))
            across = np.abs(distance - crest_at) / each.depth
            form = np.maximum(1.0 - across**1.15, 0.0)
            form = form * (0.55 + 0.45 * form)
            texture = 0.62 + 0.52 * crests + (0.42 * ribs - 0.20) * (1.0 - form * form)
            texture = _ROUND + each.rugged * (texture - _ROUND)
            total = np.maximum(total, np.tan(np.radians(angle)) * crest_at * form * texture)
        return np.asarray(total * smoothstep(120.0, 700.0, land), np.float32)


def _oval(bearing: Numbers) -> Floats:
    """Metres from the origin to the lake's shore without its bays."""
    east, north = np.sin(bearing), np.cos(bearing)
    a = (east / _HALF_WIDTH) ** 2 + (north / _HALF_DEPTH) ** 2
    b = -2.0 * (_MIDDLE[0] * east / _HALF_WIDTH**2 + _MIDDLE[1] * north / _HALF_DEPTH**2)
    c = (_MIDDLE[0] / _HALF_WIDTH) ** 2 + (_MIDDLE[1] / _HALF_DEPTH) ** 2 - 1.0
    return np.asarray((-b + np.sqrt(b * b - 4.0 * a * c)) / (2.0 * a), np.float32)


def _slant(bearing: Numbers) -> Floats:
    """Metres along a bearing for one metre squarely inland: 1 where the shore lies across the view, at most 6."""
    step = 0.02
    steepness = (_oval(bearing + step) - _oval(bearing - step)) / (2.0 * step * _oval(bearing))
    return np.asarray(np.minimum(np.sqrt(1.0 + steepness * steepness), 6.0), np.float32)


def _wrapped(angle: Numbers) -> Numbers:
    """An angle in radians brought to -pi … pi."""
    return np.asarray((angle + np.pi) % (2.0 * np.pi) - np.pi)


def _wrapped_deg(angle: Numbers) -> Numbers:
    return np.asarray((angle + 180.0) % 360.0 - 180.0)
