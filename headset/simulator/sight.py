"""What the window shows and what is under its pointer: eyes, lines of sight, and the panels that they meet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import atan2, radians, sqrt, tan

from headset.driver import Panel, Stage, View
from headset.offscreen import eyes
from headset.profile import Profile
from headset.simulator.body import Body, Turn, Vec3, rotated

VERTICAL_FOV = 60.0
"""Degrees from the lower to the upper edge of a window that plays no headset, whatever its shape."""

SIGHT = 8.0
"""Metres to which one who points looks for something to point at."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A line of sight in the person's own space: from the eyes, along a unit vector, metres to what is on it (at most SIGHT);
    `panel` names the panel that is first on it."""

    start: Vec3
    ahead: Vec3
    far: float
    panel: str = ""

    def at(self, distance: float) -> Vec3:
        """A point on it."""
        x, y, z = (a + distance * b for a, b in zip(self.start, self.ahead, strict=True))
        return (x, y, z)


def views(body: Body, size: tuple[int, int], stereo: bool, profile: Profile | None) -> tuple[View, ...]:
    """The eyes of a picture of this size: those of a headset, or such as keep the vertical field of view whatever its shape."""
    aspect = size[0] / (2 if stereo else 1) / size[1]
    if profile is not None:
        return profile.views(body.eyes, body.turn, aspect) if stereo else (profile.view(body.eyes, body.turn, aspect),)
    up = tan(radians(VERTICAL_FOV / 2))
    middle = View(body.eyes, body.turn, (-up * aspect, up * aspect, -up, up))
    return eyes(middle) if stereo else (middle,)


def under(pointer: tuple[float, float], shown: Sequence[View]) -> Vec3:
    """The unit vector from the eyes to what a pointer is on, -1 to 1 to the right and up in the window."""
    x, up = pointer
    view = shown[0]
    if len(shown) == 2:
        view, x = (shown[0], 2.0 * x + 1.0) if x < 0.0 else (shown[1], 2.0 * x - 1.0)
    left, right, down, top = view.fov
    aside, over = left + (x + 1.0) / 2.0 * (right - left), down + (up + 1.0) / 2.0 * (top - down)
    return _unit(rotated(view.orientation, (aside, 1.0, over)))


def sight(start: Vec3, ahead: Vec3, stage: Stage, panels: Iterable[Panel]) -> Sight:
    """What is on a line: the first solid thing, or a panel, which is before everything."""
    on_panels = [(far, panel.name) for panel in panels if (far := meets(panel, start, ahead)) is not None and far <= SIGHT]
    if on_panels:
        far, name = min(on_panels)
        return Sight(start, ahead, far, name)
    return Sight(start, ahead, stage.touch(start, ahead, SIGHT))


def meets(panel: Panel, start: Vec3, ahead: Vec3) -> float | None:
    """Metres along a line to a panel, flat or bent to an upright cylinder around its reader; None if it passes by."""
    back: Turn = (panel.orientation[0], -panel.orientation[1], -panel.orientation[2], -panel.orientation[3])
    px, py, pz = panel.position
    x, y, z = rotated(back, (start[0] - px, start[1] - py, start[2] - pz))
    along, deep, over = rotated(back, ahead)
    width, height = panel.size
    if panel.radius <= 0.0:
        if deep <= 0.0 or (far := -y / deep) <= 0.0:
            return None
        return far if abs(x + far * along) <= width / 2 and abs(z + far * over) <= height / 2 else None
    # Seen from above, the cylinder's middle is `radius` before the panel's.
    y += panel.radius
    flat = along * along + deep * deep
    half = x * along + y * deep
    inside = half * half - flat * (x * x + y * y - panel.radius * panel.radius)
    if flat == 0.0 or inside < 0.0 or (far := (sqrt(inside) - half) / flat) <= 0.0:
        return None
    arc = atan2(x + far * along, y + far * deep) * panel.radius
    return far if abs(arc) <= width / 2 and abs(z + far * over) <= height / 2 else None


def _unit(vector: Vec3) -> Vec3:
    x, y, z = vector
    length = sqrt(x * x + y * y + z * z)
    return (x / length, y / length, z / length)
