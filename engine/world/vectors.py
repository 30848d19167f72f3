"""Points, turns and poses as plain tuples of floats.

Only + - * / and square roots are used, on Python's own floats, so that every machine finds the same bits: `math.sin`, numpy's
SIMD loops and BLAS differ between processors, and what is computed here can cause events. Turns are quaternions w, x, y, z of
length 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Vec3 = tuple[float, float, float]
Turn = tuple[float, float, float, float]

ORIGIN: Vec3 = (0.0, 0.0, 0.0)
NO_TURN: Turn = (1.0, 0.0, 0.0, 0.0)
_PI = 3.141592653589793


def add(a: Vec3, b: Vec3) -> Vec3:
    """a + b."""
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def subtract(a: Vec3, b: Vec3) -> Vec3:
    """a - b."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scale(a: Vec3, factor: float) -> Vec3:
    """a, `factor` times as long."""
    return (a[0] * factor, a[1] * factor, a[2] * factor)


def dot(a: Vec3, b: Vec3) -> float:
    """The scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec3, b: Vec3) -> Vec3:
    """The vector product."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def length(a: Vec3) -> float:
    """Metres from the origin."""
    return sqrt(dot(a, a))


def distance(a: Vec3, b: Vec3) -> float:
    """Metres between two points."""
    x, y, z = a[0] - b[0], a[1] - b[1], a[2] - b[2]
    return sqrt(x * x + y * y + z * z)


def unit(a: Vec3) -> Vec3:
    """a with length 1; the null vector stays itself."""
    long = length(a)
    return scale(a, 1.0 / long) if long else a


def compose(a: Turn, b: Turn) -> Turn:
    """The turn that first does `b`, then `a`, with length 1."""
    w = a[0] * b[0] - a[1] * b[1] - a[2] * b[2] - a[3] * b[3]
    x = a[0] * b[1] + a[1] * b[0] + a[2] * b[3] - a[3] * b[2]
    y = a[0] * b[2] - a[1] * b[3] + a[2] * b[0] + a[3] * b[1]
    z = a[0] * b[3] + a[1] * b[2] - a[2] * b[1] + a[3] * b[0]
    long = sqrt(w * w + x * x + y * y + z * z)
    return (w / long, x / long, y / long, z / long)


def inverse(a: Turn) -> Turn:
    """The turn back."""
    return (a[0], -a[1], -a[2], -a[3])


def rotate(a: Turn, point: Vec3) -> Vec3:
    """`point` turned by `a` about the origin."""
    # point + 2w (axis × point) + axis × 2 (axis × point), written out: every hand and head goes through here in every tick.
    w, i, j, k = a
    x, y, z = point
    u = (j * z - k * y) * 2.0
    v = (k * x - i * z) * 2.0
    t = (i * y - j * x) * 2.0
    return (x + u * w + (j * t - k * v), y + v * w + (k * u - i * t), z + t * w + (i * v - j * u))


def sine(turns: float) -> float:
    """sin(2 pi turns), within 1e-7: a Taylor series to the eleventh power about the nearest quarter, of exact operations only."""
    whole = turns - float(int(turns))
    if whole < 0.0:
        whole += 1.0
    if whole >= 0.5:
        return -sine(whole - 0.5)
    if whole > 0.25:
        whole = 0.5 - whole
    x = 2.0 * _PI * whole
    square = x * x
    series = 1.0 - square / 110.0
    for divisor in (72.0, 42.0, 20.0, 6.0):
        series = 1.0 - square / divisor * series
    return x * series


def cosine(turns: float) -> float:
    """cos(2 pi turns), as exact as `sine`."""
    return sine(turns + 0.25)


def heading(degrees: float) -> Turn:
    """The turn to a compass bearing: clockwise from north (+y), seen from above."""
    half = -degrees / 720.0
    w, z = cosine(half), sine(half)
    long = sqrt(w * w + z * z)
    return (w / long, 0.0, 0.0, z / long)


def heading_to(start: Vec3, target: Vec3) -> Turn:
    """The level turn that looks from `start` towards `target`; no turn if they stand above each other."""
    east, north = target[0] - start[0], target[1] - start[1]
    far = sqrt(east * east + north * north)
    if far < 1e-9:
        return NO_TURN
    cos = max(-1.0, min(1.0, north / far))
    w, z = sqrt((1.0 + cos) / 2.0), sqrt((1.0 - cos) / 2.0)
    return (w, 0.0, 0.0, -z if east > 0 else z)


def look_at(start: Vec3, target: Vec3) -> Turn:
    """The turn that looks from `start` at `target` with the horizon level; no turn if they are one point."""
    level = heading_to(start, target)
    away = subtract(target, start)
    far = length(away)
    if far < 1e-9:
        return NO_TURN
    flat = sqrt(away[0] * away[0] + away[1] * away[1]) / far
    w, x = sqrt((1.0 + flat) / 2.0), sqrt((1.0 - flat) / 2.0)
    return compose(level, (w, x if away[2] > 0 else -x, 0.0, 0.0))


@dataclass(frozen=True, slots=True)
class Transform:
    """A place in the scene: a point in metres and a turn. As a transform it takes local points to the scene."""

    position: Vec3 = ORIGIN
    turn: Turn = NO_TURN

    def point(self, local: Vec3) -> Vec3:
        """A local point in the scene."""
        # `rotate`, written out to the same bits.
        here, (w, i, j, k), (x, y, z) = self.position, self.turn, local
        u = (j * z - k * y) * 2.0
        v = (k * x - i * z) * 2.0
        t = (i * y - j * x) * 2.0
        return (
            here[0] + (x + u * w + (j * t - k * v)),
            here[1] + (y + v * w + (k * u - i * t)),
            here[2] + (z + t * w + (i * v - j * u)),
        )

    def direction(self, local: Vec3) -> Vec3:
        """A local direction in the scene."""
        return rotate(self.turn, local)

    def local(self, point: Vec3) -> Vec3:
        """A point of the scene in local coordinates."""
        return rotate(inverse(self.turn), subtract(point, self.position))

    def __matmul__(self, inner: Transform) -> Transform:
        """The place that is `inner` seen from here."""
        return self.taking(inner.position, inner.turn)

    def taking(self, position: Vec3, turn: Turn) -> Transform:
        """The place that is a local point and turn seen from here."""
        # `point` and `compose`, written out to the same bits: every hand and head comes into the scene by it in every tick.
        here, (w, i, j, k), (x, y, z), (a, b, c, d) = self.position, self.turn, position, turn
        u = (j * z - k * y) * 2.0
        v = (k * x - i * z) * 2.0
        t = (i * y - j * x) * 2.0
        e = w * a - i * b - j * c - k * d
        f = w * b + i * a + j * d - k * c
        g = w * c - i * d + j * a + k * b
        h = w * d + i * c - j * b + k * a
        long = sqrt(e * e + f * f + g * g + h * h)
        return Transform(
            (
                here[0] + (x + u * w + (j * t - k * v)),
                here[1] + (y + v * w + (k * u - i * t)),
                here[2] + (z + t * w + (i * v - j * u)),
            ),
            (e / long, f / long, g / long, h / long),
        )

    def inverse(self) -> Transform:
        """The transform back."""
        back = inverse(self.turn)
        return Transform(rotate(back, scale(self.position, -1.0)), back)
