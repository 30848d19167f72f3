"""An adult's non-rebreathing oxygen mask with its reservoir: it hangs by its strap and is worn with its rim on a face.

The rim lies about the plane y = -0.012; the nose's clip is above and the chin below. The strap's loop goes back no further than a
head is deep, so that on a wearer it vanishes before the ears. The bag is made for 1 L.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from assets.generators import surfaces
from assets.generators.cables import laid
from assets.generators.forms import Ring, mirrored, oval, rounded, stack, sweep
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.shapes import Array, Shape, curve, join, lathe, lit, tube
from assets.generators.surfaces import FINE_TILE, tiled
from engine.view.geometry.mesh import Material

FACE = -0.012
"""y of the plane in which the rim meets a face, metres: that of the card's place `fit`."""
MOUTH = 0.274
"""Height of the lips' middle."""
PORT = (0.030, 0.249)
"""y and z of the middle of the connector's flange, low in front."""
PLUG = (0.046, -0.070, 0.3240)
"""Where the tubing ends: while the mask hangs from its hook, at the end of the hose of the flowmeter; worn, behind the ear."""


def _contour(scale: float, count: int = 40) -> Array:
    """The rim as one sees it from in front: round under the chin, narrow over the nose. x and z about the mouth."""
    turn = np.arange(count) * 2 * np.pi / count
    s, c = np.sin(turn), np.cos(turn)
    up = np.where(s > 0, 0.070, 0.052)
    half = 0.049 - 0.0215 * np.clip(s, 0.0, 1.0) ** 1.4 - 0.004 * np.clip(-s, 0.0, 1.0) ** 2
    x = np.sign(c) * np.abs(c) ** 0.86 * half
    return np.column_stack([x * scale, np.sign(s) * np.abs(s) ** 0.92 * up * scale])


def _ring(scale: float, y: float, wrap: float, lift: float = 0.0) -> Ring:
    """A contour at a depth; `wrap` is how much it follows a face: back at the cheeks, forward at the nose."""
    flat = _contour(scale)
    nose = np.clip(flat[:, 1] / 0.070, 0.0, 1.0)
    follow = (
        -5.2 * flat[:, 0] ** 2
        + 0.014 * nose**2 * np.exp(-((flat[:, 0] / 0.016) ** 2))
        - 0.006 * np.clip(-flat[:, 1] / 0.052, 0.0, 1.0) ** 2
    )
    return np.column_stack([-flat[:, 0], y + wrap * follow, MOUTH + lift + flat[:, 1]])


def _shell() -> Shape:
    """The clear shell: a rolled rim, walls that rise steeply, a nose, a rounded front that leans to the connector."""
    rings = [
        _ring(scale, FACE + depth, wrap, lift)
        for scale, depth, wrap, lift in (
            (1.075, -0.0015, 1.0, 0.0), (1.085, 0.0010, 1.0, 0.0), (1.060, 0.0030, 1.0, 0.0), (1.0, 0.0022, 1.0, 0.0),
            (0.955, 0.0080, 1.0, 0.0), (0.915, 0.0190, 0.92, -0.001), (0.85, 0.0305, 0.75, -0.003), (0.74, 0.0410, 0.55, -0.006),
            (0.58, 0.0490, 0.35, -0.010), (0.36, 0.0535, 0.2, -0.014), (0.14, 0.0550, 0.1, -0.017),
        )
    ]  # fmt: skip
    return stack(rings, open_start=True, crease_deg=70.0)


def _valves() -> tuple[list[Shape], list[Shape]]:
    """The two flap valves of the cheeks: round seats of the shell's plastic with white silicone flaps."""
    seats: list[Shape] = []
    flaps: list[Shape] = []
    seat = lathe(((0.0125, -0.003), (0.0125, 0.0022), (0.0115, 0.0032), (0.0100, 0.0032), (0.0095, 0.0016)), 20, 35.0)
    spokes = [
        tube(np.array([(-0.0095, 0, 0.0015), (0, 0, 0.0018), (0.0095, 0, 0.0015)]), 0.0010, 4).turned("z", a)
        for a in (20.0, 80.0, 140.0)
    ]
    flap = lathe(((0.0094, 0.0019), (0.0090, 0.0026), (0.0030, 0.0030), (0.0022, 0.0044), (0.0, 0.0048)), 18, 40.0)
    for side in (-1.0, 1.0):
        for each, kind in ((seat, seats), (flap, flaps), *((spoke, seats) for spoke in spokes)):
            kind.append(
                each.turned("x", -90).turned("z", -47.0 * side).turned("x", 6.0).moved(0.0292 * side, 0.0195, MOUTH - 0.001)
            )
    return seats, flaps


def _connector() -> tuple[list[Shape], list[Shape]]:
    """The elbow below: a collar in the shell, a body that leads the bag down, and the side port for the tubing."""
    y, z = PORT
    plug = lathe(
        (
            (0.0, -0.020),
            (0.0125, -0.020),
            (0.0125, -0.004),
            (0.0168, -0.003),
            (0.0172, -0.001),
            (0.0160, 0.001),
            (0.0128, 0.002),
            (0.0128, 0.014),
        ),
        24,
        35.0,
    )
    body = lathe(
        (
            (0.0120, -0.026),
            (0.0138, -0.026),
            (0.0150, -0.024),
            (0.0150, -0.012),
            (0.0138, -0.010),
            (0.0138, 0.0160),
            (0.0128, 0.0195),
            (0.0100, 0.0215),
            (0.0, 0.0222),
        ),
        24,
        35.0,
    )
    green = [plug.turned("x", -90).turned("x", -8.0).moved(0.0, y, z - 0.002), body.moved(0.0, y + 0.014, z - 0.012)]
    spout = lathe(((0.0062, 0.0), (0.0062, 0.010), (0.0050, 0.012), (0.0046, 0.026)), 14, 35.0)
    green.append(spout.turned("y", 90).moved(0.011, y + 0.014, z - 0.010))
    path = laid(
        (
            (0.024, y + 0.014, z - 0.010),
            (0.044, y + 0.012, z - 0.013),
            (0.062, y - 0.004, z - 0.030),
            (0.0715, y - 0.036, z - 0.048),
            (0.0735, y - 0.070, z - 0.032),
            (0.0745, y - 0.082, z + 0.006),
            (0.0725, y - 0.084, z + 0.046),
            (0.0650, y - 0.084, z + 0.069),
            (0.0550, y - 0.089, z + 0.0755),
            PLUG,
        ),
        40,
    )
    cuff = lathe(((0.0046, 0.0), (0.0066, 0.003), (0.0074, 0.010), (0.0080, 0.017), (0.0080, 0.020), (0.0064, 0.0205)), 14, 40.0)
    green.append(cuff.turned("y", -90.0).turned("z", 53.0).moved(*PLUG))
    return green, [tube(path, 0.0042, 10)]


_TALL = 0.210
"""Height of the reservoir, metres."""
_CREASES = (
    (-0.10, 0.02, -0.62, 0.46, 0.0034), (0.06, 0.02, 0.30, 0.62, 0.0026), (0.14, 0.03, 0.86, 0.40, 0.0030),
    (-0.95, 0.94, -0.18, 0.62, 0.0036), (0.96, 0.90, 0.34, 0.66, 0.0030), (-0.90, 0.36, 0.52, 0.50, 0.0022),
    (-0.42, 0.98, -0.30, 0.76, 0.0020), (0.50, 0.97, 0.56, 0.80, 0.0018),
)  # fmt: skip
"""Of the folds of what was packed: from where to where each goes, across (-1 to 1) and down (0 to 1), and how far it stands up,
metres."""


def _width(t: float) -> float:
    """Half the reservoir's width at a share of its height, from its neck down, metres."""
    width = 0.0145 + 0.0445 * min(1.0, float(np.sin(np.pi * min(t * 1.25, 0.5)))) ** 1.2
    return float(width * (1.0 if t < 0.88 else np.sqrt(max(0.0, 1.0 - ((t - 0.88) / 0.135) ** 2)) * 0.55 + 0.45))


def _creased(across: Array, t: float) -> Array:
    """How far the film stands out in its creases: thin ridges that end softly, metres."""
    raised = np.zeros(len(across))
    for x0, t0, x1, t1, high in _CREASES:
        way = np.array((0.055 * (x1 - x0), _TALL * (t1 - t0)))
        long = float(np.hypot(*way))
        off = np.column_stack([0.055 * (across - x0), np.full(len(across), _TALL * (t - t0))])
        along, aside = off @ way / long**2, (off[:, 0] * way[1] - off[:, 1] * way[0]) / long
        ends = np.sin(np.pi * np.clip(along, 0.0, 1.0)) ** 0.7
        raised += 1.5 * high * ends * (np.exp(-np.abs(aside) / 0.0045) - 0.5 * np.exp(-((aside - 0.009) ** 2) / 0.00008))
    return raised


def _bag() -> Shape:
    """The reservoir, a third full: two welded sheets that hang, flat at their edges, with the folds of what was packed; where a
    fold turns to the light its film is paler."""
    y, count = PORT[1] - 0.036, 36
    turn = np.arange(count) * 2 * np.pi / count
    c, s = np.cos(turn), np.sin(turn)
    across = np.sign(c) * np.abs(c) ** 0.92
    rows, paler = [], []
    for t in np.concatenate([np.linspace(0.0, 0.86, 15), np.linspace(0.89, 1.0, 5)]):
        full = 0.0118 * float(np.exp(-((t / 0.16) ** 2))) + 0.0088 * float(np.sin(np.pi * min(t, 1.0)) ** 0.8) + 0.0009
        crease = np.where(s > 0.0, _creased(across, float(t)), -_creased(-across, float(t))) * np.abs(s) ** 0.5
        depth = s * np.abs(s) ** 0.15 * full + crease
        rows.append(np.column_stack([across * _width(float(t)), PORT[0] + 0.014 + depth, np.full(count, y - _TALL * t)]))
        paler.append(np.clip(0.42 + 150.0 * crease * np.sign(s), 0.0, 1.0))
    made = stack(rows[::-1], open_end=True, crease_deg=75.0)
    points, light = np.concatenate(rows), np.concatenate(paler)
    near = np.array([int(np.argmin(np.sum((points - each) ** 2, axis=1))) for each in made.positions])
    return made.tinted(0.48 + 0.52 * light[near][:, None] * np.ones(3))


def _weld() -> Shape:
    """The welded seam round the bag: a thin flat edge."""
    y = PORT[1] - 0.036
    down = np.concatenate([np.linspace(0.04, 0.86, 12), np.linspace(0.89, 1.0, 6)])
    points = [(_width(float(t)), y - _TALL * float(t)) for t in down]
    side = [(x, PORT[0] + 0.014, z) for x, z in points]
    path = np.array(side + [(-x, py, z) for x, py, z in reversed(side)])
    return sweep(path, rounded(0.0062, 0.0010, 0.0004, 1), up=(0.0, 1.0, 0.0), crease_deg=60.0)


def _strap() -> tuple[list[Shape], list[Shape]]:
    """The elastic: out of slots in two tabs of the rim, back past the cheeks, up to the hook; and the tabs."""
    points = (
        (0.053, -0.020, 0.282), (0.0705, -0.042, 0.290), (0.0785, -0.066, 0.304), (0.070, -0.082, 0.322),
        (0.042, -0.0875, 0.3395), (0.020, -0.088, 0.3465), (0.0, -0.088, 0.348),
    )  # fmt: skip
    half = curve(points, 18)
    path = np.concatenate([half, (half * (-1.0, 1.0, 1.0))[-2::-1]])
    band = sweep(path, rounded(0.0022, 0.0075, 0.0009, 1), up=(0.0, 0.3, 1.0), crease_deg=60.0)
    tab = stack(
        [
            np.column_stack([a[:, 0] + 0.0505, np.full(len(a), -0.0225 + d) - 0.55 * a[:, 0], a[:, 1] + 0.281])
            for a, d in ((oval(0.016, 0.019, 20, 3.0)[::-1], -0.0009), (oval(0.016, 0.019, 20, 3.0)[::-1], 0.0009))
        ]
    )
    return [band], [tab, mirrored(tab)]


def _front(shell: Shape, x: float, z: float) -> float:
    """y of the shell's outside where one looks at it from in front."""
    corners = shell.positions[shell.triangles]
    a, one, two = corners[:, 0], corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    whole = one[:, 0] * two[:, 2] - one[:, 2] * two[:, 0]
    dx, dz = x - a[:, 0], z - a[:, 2]
    safe = np.where(np.abs(whole) > 1e-12, whole, np.inf)
    u, v = (dx * two[:, 2] - dz * two[:, 0]) / safe, (one[:, 0] * dz - one[:, 2] * dx) / safe
    met = (u >= -1e-6) & (v >= -1e-6) & (u + v <= 1.0 + 1e-6) & (np.abs(whole) > 1e-12)
    return float((a[:, 1] + u * one[:, 1] + v * two[:, 1])[met].max())


def _clip(shell: Shape) -> Shape:
    """The nose clip: a strip of aluminium pressed on the shell."""
    rows = [(x, MOUTH + 0.0560 - 14.0 * x * x) for x in np.linspace(-0.0165, 0.0165, 13)]
    path = np.array([(x, _front(shell, x, z) + 0.0007, z) for x, z in rows])
    return sweep(path, rounded(0.0009, 0.0052, 0.0004, 1), up=(0.0, 0.45, 1.0), crease_deg=60.0)


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    seats, flaps = _valves()
    green, hose = _connector()
    strap, tabs = _strap()
    shell = _shell()
    clip = _clip(shell)
    tint = Material("mask_shell", colour=(0.30, 0.66, 0.46, 0.26), roughness=0.10, alpha="blend", two_sided=True)
    film = Material("reservoir", colour=(0.80, 0.96, 0.89, 0.34), roughness=0.17, alpha="blend", two_sided=True)
    rim = tube(_ring(1.105, FACE + 0.0002, 1.0), 0.0024, 8, closed=True)
    edges = join([rim.tinted((0.42, 0.76, 0.58)), _weld().tinted((0.62, 0.80, 0.72))])
    groups = lit([join(green), join([*flaps, edges]), join(strap), clip], rays=20, reach=0.02, floor=None)
    write_glb(
        "oxygen_mask",
        {
            "mask": [
                (tint, join([shell, *seats, *tabs, *hose])),
                (film, _bag()),
                (surfaces.plain("connector", (0.10, 0.42, 0.25), 0.35), groups[0]),
                (surfaces.plain("silicone", (0.80, 0.82, 0.81), 0.45), groups[1]),
                (surfaces.moulded("elastic", (0.66, 0.70, 0.66), 0.85), tiled(groups[2], FINE_TILE)),
                (surfaces.steel("nose_clip", (0.75, 0.75, 0.75), 0.4), tiled(groups[3], FINE_TILE)),
            ],
        },
        folder,
    )


if __name__ == "__main__":
    make()
