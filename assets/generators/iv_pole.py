"""A drip stand, 2 m high, with a 500 ml bag, its drip chamber and line, and a volumetric pump that stands by.

Five cast legs on twin castors carry a telescopic pole with four hooks. The bag hangs at +x; its line goes through the pump in
front (+y) and is wound up below it on a hook of the pole, strapped, its capped end parked in a clip there: nobody is connected.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from assets.generators import iv_prints
from assets.generators.cables import laid
from assets.generators.forms import aired
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import loft, plate, rounded, sheet, soft_box
from assets.generators.shapes import Array, Shape, bar, curve, join, lathe, lit, shape, tube
from assets.generators.surfaces import GRAIN_TILE, moulded, polished, tiled
from engine.view.geometry.mesh import Material

LEG = 0.275
"""How far out a castor's axle is, metres."""
HOOK = (0.098, 1.905)
"""Where the bag hangs: x and z."""
PUMP = (0.0, 0.112, 1.205)
"""The middle of the pump's body; it is 0.150 x 0.125 x 0.230 m."""
SIZE = (0.150, 0.125, 0.230)
COIL = (0.0, 0.050, 0.838)
"""The middle of the line's coil, which hangs on the hook over it."""
TURNS = (0.068, 0.074, 0.064)
"""The radius of each of its turns, metres."""
STRAPPED = 52.0
"""Where a strap of hook-and-loop tape holds its turns together: degrees on from +x, downwards."""
CLIP = 0.205
"""How far below the coil's middle the line's capped end is parked, in a clip on the pole, metres."""
BLACK = (0.085, 0.088, 0.093)
"""Tint of black plastic beside the pump's pale one."""
RUBBER, HUB = (0.055, 0.057, 0.061), (0.30, 0.305, 0.31)
"""Colours of the castors' tyres and of the caps of their wheels."""
CAST = (0.90, 0.91, 0.92)
"""Tint of the cast legs beside the drawn tubes."""
DOOR = (0.50, 0.66, 0.74)
"""Tint of the door that the line lies behind, so that one finds it."""
RADIUS, TUBING = 0.0027, (0.62, 0.72, 0.78)
"""Of the line: metres; the colour of soft plastic with water in it."""


def _arm() -> Shape:
    """A leg: a flat box section that tapers and falls outwards, along +x."""
    rings = []
    for x, wide, tall, z in (
        (0.018, 0.052, 0.052, 0.098),
        (0.070, 0.041, 0.039, 0.093),
        (0.180, 0.036, 0.027, 0.085),
        (LEG + 0.014, 0.030, 0.018, 0.080),
        (LEG + 0.0185, 0.022, 0.011, 0.080),
    ):
        outline = rounded(wide, tall, min(wide, tall) * 0.34, 2)
        rings.append(np.column_stack([np.full(len(outline), x), outline[:, 0], outline[:, 1] + z]))
    return loft(np.stack(rings))


def _castor() -> tuple[list[Shape], list[Shape]]:
    """Twin wheels under a hood, trailing a little: hood and stem, then tyres."""
    profile = (
        (0.0, -0.0078), (0.0158, -0.0078), (0.0162, -0.0070), (0.0215, -0.0085), (0.0250, -0.0050), (0.0250, 0.0085),
        (0.0, 0.0085),
    )  # fmt: skip
    wheel = lathe(profile, 11, 20.0)
    hub = (np.hypot(wheel.positions[:, 0], wheel.positions[:, 1]) < 0.016) & (wheel.positions[:, 2] < 0.0)
    wheel = wheel.tinted(np.where(hub[:, None], HUB, RUBBER))
    tyres = [wheel.turned("x", 90.0).turned("z", 90.0 + 90.0 * side).moved(-0.014, side * 0.0135, 0.025) for side in (-1, 1)]
    turn = np.radians(np.linspace(-38, 206, 9))
    hood = [
        np.column_stack([-0.014 + 0.0285 * np.cos(turn), np.full(9, y), 0.025 + 0.0285 * np.sin(turn)]) for y in (-0.0046, 0.0046)
    ]
    body = loft(np.stack(hood)[:, ::-1])
    stem = lathe(((0.0085, 0.040), (0.0085, 0.055), (0.0125, 0.057), (0.0125, 0.072)), 6, 40.0)
    return [body, stem], tyres


def _base() -> tuple[list[Shape], list[Shape], list[Shape]]:
    """Legs with their hub, castors' hoods, tyres."""
    legs: list[Shape] = []
    hoods: list[Shape] = []
    tyres: list[Shape] = []
    arm, (hood, wheels) = _arm(), _castor()
    for index in range(5):
        turn = 90.0 + 72.0 * index
        legs.append(arm.turned("z", turn))
        trail = (35.0, 160.0, 275.0, 80.0, 210.0)[index]
        for group, made in ((hoods, hood), (tyres, wheels)):
            group += [each.turned("z", trail).moved(LEG, 0.0, 0.0).turned("z", turn) for each in made]
    profile = (
        (0.0, 0.066), (0.034, 0.067), (0.038, 0.072), (0.038, 0.118), (0.034, 0.124), (0.0215, 0.132), (0.0200, 0.150),
        (0.0185, 0.152), (0.0130, 0.1525),
    )  # fmt: skip
    hub = lathe(profile, 18, 40.0)
    return [*legs, hub], hoods, tyres


def _pole() -> tuple[list[Shape], list[Shape], list[Shape]]:
    """Tubes and hooks of steel, chrome; collars of plastic."""
    lower = lathe([(0.0125, z) for z in (0.14, 0.17, 0.21, 0.6, 0.94, 0.975, 0.99)], 14, 40.0)
    upper = lathe([(0.0090, z) for z in (1.03, 1.06, 1.09, 1.3, 1.36, 1.86, 1.90, 1.93)], 12, 40.0)
    hooks = []
    for index in range(4):
        way = curve(
            (
                (0.0, 0.0, 1.930),
                (0.030, 0.0, 1.925),
                (0.068, 0.0, 1.912),
                (0.090, 0.0, 1.9035),
                (0.104, 0.0, 1.9060),
                (0.110, 0.0, 1.920),
                (0.1085, 0.0, 1.931),
            ),
            10,
        )
        hooks.append(tube(way, 0.0032, 5).turned("z", 90.0 * index))
        hooks.append(_ball(0.0052, 6).moved(0.1085, 0.0, 1.932).turned("z", 90.0 * index))
    collar = lathe(
        ((0.0125, 0.985), (0.0185, 0.988), (0.0200, 0.994), (0.0200, 1.034), (0.0180, 1.042), (0.0092, 1.046)), 13, 40.0
    )
    knob = lathe(
        ((0.0075, 0.0), (0.0075, 0.012), (0.0170, 0.014), (0.0185, 0.018), (0.0185, 0.030), (0.0165, 0.034), (0.0, 0.0355)),
        10,
        40.0,
    )
    cap = lathe(((0.0092, 1.915), (0.0160, 1.918), (0.0175, 1.923), (0.0175, 1.940), (0.0140, 1.948), (0.0, 1.951)), 15, 40.0)
    return [lower, upper], hooks, [collar, knob.turned("y", 90).moved(0.016, 0.0, 1.014), cap]


def _ball(radius: float, sides: int) -> Shape:
    a = np.linspace(-np.pi / 2, np.pi / 2, 5)
    return lathe([(radius * max(float(np.cos(t)), 0.0), radius * float(np.sin(t))) for t in a], sides, 80.0)


def _pump() -> dict[str, list[Shape]]:
    """The pump: shell, dark front with its window, keys, door, clamp, lamps; the screen lies in the front's upper part."""
    w, d, h = SIZE
    x, y, z = PUMP
    front = y + d / 2
    shell = soft_box(w, d, h, 0.014, steps=2).moved(x, y, z)
    grip = tube(
        curve(
            (
                (-0.045, 0.0, 0.0),
                (-0.040, 0.0, 0.022),
                (-0.020, 0.0, 0.028),
                (0.020, 0.0, 0.028),
                (0.040, 0.0, 0.022),
                (0.045, 0.0, 0.0),
            ),
            12,
        ),
        0.0075,
        8,
    )
    face = plate(rounded(w - 0.014, 0.128, 0.008, 4), 0.0035, 0.0015).turned("x", -90).moved(x, front - 0.0005, z + 0.038)
    door = soft_box(w - 0.014, 0.012, 0.070, 0.005).moved(x, front + 0.001, z - 0.068)
    latch = bar(0.016, 0.014, 0.050, 0.003).moved(x - 0.050, front + 0.009, z - 0.068)
    keys: list[Shape] = []
    marked: list[Shape] = []
    for row in range(2):
        for column in range(4):
            key = plate(rounded(0.0205, 0.0125, 0.003, 1), 0.0022, 0.0009).turned("x", -90)
            at = (x + 0.0405 - 0.027 * column, front + 0.0028, z + 0.014 - 0.0175 * row)
            (marked if (row, column) in ((0, 0), (1, 3)) else keys).append(key.moved(*at))
    clamp = soft_box(0.050, 0.040, 0.085, 0.006).moved(0.0, 0.030, z)
    screw = lathe(
        ((0.006, 0.0), (0.006, 0.024), (0.016, 0.026), (0.019, 0.030), (0.019, 0.042), (0.016, 0.045), (0.0, 0.046)), 12, 40.0
    )
    jaw = bar(0.040, 0.018, 0.050, 0.004).moved(0.0, -0.021, z)
    foot = bar(0.096, 0.075, 0.008, 0.002).moved(x, y, z - h / 2 - 0.003)
    lamp = bar(0.052, 0.008, 0.006, 0.002).moved(x, front - 0.006, z + h / 2 - 0.001)
    return {
        "shell": [shell, door.tinted(DOOR), grip.moved(x, y - 0.01, z + h / 2 - 0.004)],
        "dark": [face, latch, clamp, jaw, foot, screw.turned("y", -90).moved(-0.024, 0.010, z)],
        "keys": [
            *keys,
            *[each.tinted((0.12, 0.50, 0.22)) for each in marked[:1]],
            *[each.tinted((0.75, 0.12, 0.10)) for each in marked[1:]],
        ],
        "lamp": [lamp],
    }


def _screen() -> Shape:
    """One rectangle, read from +y: its u runs to -x."""
    x, z = 0.0545, PUMP[2] + 0.0300
    y = PUMP[1] + SIZE[1] / 2 + 0.0034
    points = np.array(((x, y, z), (-x, y, z), (-x, y, z + 0.064), (x, y, z + 0.064)))
    uvs = iv_prints.on(iv_prints.FACE, np.array(((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))))
    return shape(points, np.array(((0, 1, 2), (0, 2, 3))), np.tile((0.0, 1.0, 0.0), (4, 1)), uvs)


def _pillow(wide: float, tall: float, thick: float, *, low: float, high: float, columns: int = 14) -> Shape:
    """A filled bag hanging with its top at z = 0: a flat lens, fuller below; between two shares of its height."""
    rings = []
    for share in np.linspace(low, high, 9):
        full = thick * (np.sin(np.pi * min(max(share, 0.0), 1.0)) ** 0.55) * (0.55 + 0.55 * (1.0 - share)) + 0.0012
        half = wide / 2 * (1.0 - 0.10 * np.exp(-((share / 0.08) ** 2)) - 0.03 * np.sin(np.pi * share))
        a = np.linspace(0.0, 2.0 * np.pi, columns, endpoint=False)
        x = half * np.sign(np.cos(a)) * np.abs(np.cos(a)) ** 0.8
        y = full / 2 * np.sign(np.sin(a)) * np.abs(np.sin(a)) ** 1.15
        rings.append(np.column_stack([x, y, np.full(columns, tall * (share - 1.0))]))
    return loft(np.stack(rings))


def _bag() -> dict[str, list[Shape]]:
    """The bag's film, the fluid in it, its hanger, ports and label; then the drip chamber."""
    x, top = HOOK[0] + 0.004, HOOK[1] - 0.002
    film = _pillow(0.118, 0.205, 0.044, low=0.0, high=1.0).moved(x, 0.0, top - 0.022)
    fluid = _pillow(0.110, 0.205, 0.040, low=0.03, high=0.80).moved(x, 0.0, top - 0.022)
    turn = np.linspace(0.0, 2 * np.pi, 13)[:-1]
    eye = tube(np.column_stack([0.010 * np.cos(turn), 0.0 * turn, 0.011 * np.sin(turn)]), 0.0016, 5, closed=True).moved(
        x, 0.0, top - 0.011
    )
    tab = plate(rounded(0.060, 0.016, 0.004), 0.0012, 0.0004, back=True).turned("x", 90).moved(x, 0.0006, top - 0.025)
    low = top - 0.227
    ports = [
        lathe(((0.0, -0.022), (0.0042, -0.022), (0.0042, -0.004), (0.0052, 0.0), (0.0052, 0.010)), 8, 40.0).moved(
            x + dx, 0.0, low
        )
        for dx in (-0.020, 0.020)
    ]
    profile = (
        (0.0, -0.052), (0.0042, -0.052), (0.0075, -0.050), (0.0110, -0.046), (0.0110, -0.040), (0.0058, -0.036), (0.0052, -0.018),
        (0.0, -0.018),
    )  # fmt: skip
    spike = lathe(profile, 8, 40.0)
    glass = lathe(((0.0022, -0.122), (0.0040, -0.118), (0.0088, -0.108), (0.0094, -0.100), (0.0094, -0.052)), 14, 40.0)
    drip = lathe(((0.0, -0.117), (0.0034, -0.116), (0.0082, -0.107), (0.0088, -0.100), (0.0088, -0.082), (0.0, -0.082)), 14, 40.0)
    at = (x - 0.020, 0.0, low)
    label = _label(x, top)
    return {
        "film": [film, glass.moved(*at)],
        "fluid": [fluid, drip.moved(*at)],
        "plastic": [tab, eye, *ports, spike.moved(*at)],
        "label": [label],
    }


def _label(x: float, top: float) -> Shape:
    """The label on the bag's front: paper that follows the bulge of the film."""
    rows, columns = 7, 9
    u, v = np.meshgrid(np.linspace(0.0, 1.0, columns), np.linspace(0.0, 1.0, rows))
    dx, z = 0.034 - 0.068 * u, top - 0.162 + 0.092 * v
    share = 1.0 + (z - (top - 0.022)) / 0.205
    depth = 0.044 * np.sin(np.pi * share) ** 0.55 * (0.55 + 0.55 * (1.0 - share)) + 0.0012
    cosine = np.minimum(np.abs(dx) / 0.0572, 1.0) ** (1 / 0.8)
    y = depth / 2 * np.sqrt(1.0 - cosine**2) ** 1.15
    made = sheet(np.stack([x + dx, y + 0.0012, z], -1))
    return replace(made, uvs=iv_prints.on(iv_prints.LABEL, np.column_stack([u.ravel(), v.ravel()])))


def _line() -> tuple[list[Shape], list[Shape]]:
    """The line from the chamber through the roller clamp and the pump to the coil, and the fittings on it."""
    x, top = HOOK[0] - 0.016, HOOK[1] - 0.229
    px, py, pz = PUMP
    inlet = (px + 0.040, py + 0.045, pz + SIZE[2] / 2)
    first = laid(
        (
            (x, 0.0, top - 0.118),
            (x, 0.003, top - 0.165),
            (x - 0.002, 0.018, top - 0.235),
            (x - 0.007, 0.042, top - 0.272),
            (x - 0.021, 0.088, top - 0.298),
            (inlet[0] + 0.006, inlet[1] - 0.021, inlet[2] + 0.044),
            (inlet[0], inlet[1] - 0.001, inlet[2] + 0.018),
            inlet,
        ),
        22,
    )
    second, tail = _coil((px + 0.040, py + 0.045, pz - SIZE[2] / 2))
    pipes = [tube(first, RADIUS, 6).tinted(TUBING), tube(second, RADIUS, 5).tinted(TUBING)]
    roller = soft_box(0.016, 0.022, 0.052, 0.004).moved(x - 0.002, 0.014, top - 0.205)
    wheel = lathe(
        ((0.0, -0.005), (0.007, -0.005), (0.008, -0.004), (0.008, 0.004), (0.007, 0.005), (0.0, 0.005)), 10, 40.0
    ).turned("y", 90)
    luer = lathe(((0.0034, -0.020), (0.0052, -0.019), (0.0052, -0.004), (0.0034, 0.002), (0.0, 0.003)), 10, 40.0)
    cap = lathe(((0.0, -0.046), (0.0058, -0.046), (0.0066, -0.044), (0.0066, -0.021), (0.0050, -0.0195)), 10, 40.0)
    ends = ((luer, (0.78, 0.79, 0.79)), (cap, (0.72, 0.16, 0.06)))
    parked = [each.moved(*tail).tinted(tint) for each, tint in ends]
    blue = [roller, wheel.moved(x - 0.002, 0.030, top - 0.200)]
    clip = lathe(((0.0126, -0.011), (0.0175, -0.009), (0.0175, 0.009), (0.0126, 0.011)), 11, 40.0)
    holder = lathe(((0.0068, -0.007), (0.0088, -0.006), (0.0088, 0.006), (0.0068, 0.007)), 9, 40.0).moved(tail[0], tail[1], 0.0)
    clip = join([clip, holder]).moved(z=tail[2] - 0.032).tinted((0.10, 0.105, 0.11))
    band, turn = soft_box(0.013, 0.026, 0.019, 0.004), np.radians(STRAPPED)
    reach = np.array((np.cos(turn), -1.10 * np.sin(turn))) * float(np.mean(TURNS))
    strap = band.turned("y", 90.0 - STRAPPED).moved(COIL[0] + reach[0], COIL[1] - 0.001, COIL[2] + reach[1] - 0.007)
    strap = strap.tinted((0.12, 0.20, 0.34))
    y, rise = COIL[1], COIL[2] + max(TURNS)
    way = ((0.0, 0.011, rise - 0.004), (0.0, y, rise - 0.007), (0.0, y + 0.024, rise - 0.004), (0.0, y + 0.029, rise + 0.012))
    hook = tube(curve(way, 7), 0.0036, 5).tinted((0.10, 0.105, 0.11))
    return pipes, [*[each.tinted((0.16, 0.30, 0.55)) for each in blue], hook, clip, strap, *parked]


def _coil(outlet: tuple[float, float, float]) -> tuple[Array, tuple[float, float, float]]:
    """The line from the pump down into its coil, and where its end hangs.

    The turns are a little longer than wide, because they hang, and lie one before the other.
    """
    x, y, z = COIL
    points = [
        outlet,
        (outlet[0], outlet[1] - 0.001, outlet[2] - 0.045),
        (outlet[0] + 0.004, outlet[1] - 0.018, outlet[2] - 0.105),
        (outlet[0] + 0.014, outlet[1] - 0.060, outlet[2] - 0.170),
    ]
    count = 8
    for index in range(count * len(TURNS)):
        turn, share = divmod(index, count)
        after = TURNS[min(turn + 1, len(TURNS) - 1)]
        radius = TURNS[turn] + (after - TURNS[turn]) * share / count
        a = 2.0 * np.pi * share / count
        away = radius * float(np.cos(a))
        down = radius * (1.10 * float(np.sin(a)) + 0.10)
        points.append((x + away, y + 0.0055 * (index / count - 1.0), z - down))
    tail = (x, 0.0205, z - CLIP)
    points += [
        (x + TURNS[-1], y + 0.010, z - 0.020),
        (x + TURNS[-1] - 0.008, y + 0.008, z - 0.075),
        (x + 0.026, y - 0.008, z - 0.128),
        (x + 0.003, 0.0240, z - CLIP + 0.038),
        tail,
    ]
    return laid(points, 58), tail


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    legs, hoods, tyres = _base()
    tubes, hooks, collars = _pole()
    pump, bag = _pump(), _bag()
    pipes, fittings = _line()
    groups = [
        legs,
        hoods,
        tyres,
        tubes,
        hooks,
        collars,
        pump["shell"],
        pump["dark"],
        pump["keys"],
        bag["plastic"],
        [*fittings, *pipes],
        bag["label"],
    ]
    shaded = iter(lit([each for group in groups for each in group], rays=28, reach=0.06, floor=0.0))
    legs, hoods, tyres, tubes, hooks, collars, shell, dark, keys, ports, fittings, ink = [
        [next(shaded) for _ in group] for group in groups
    ]
    metal = polished("pole_metal", (0.97, 0.97, 0.96), 0.14, 0.93)
    plastic = moulded("iv_plastic", (1.0, 1.0, 1.0), 0.42)
    pale = np.array((0.66, 0.69, 0.71))
    housing = [each.tinted(each.tint * pale) for each in (*shell, *[one.tinted(BLACK) for one in (*hoods, *collars, *dark)])]
    film = Material("film", (0.70, 0.80, 0.85, 0.21), roughness=0.20, alpha="blend", two_sided=True)
    prints = Material(
        "pump_prints", roughness=0.45, emissive=(1.0, 1.0, 1.0), colour_map=iv_prints.colours(), emissive_map=iv_prints.light()
    )
    lamp = join(pump["lamp"])
    lamp = replace(lamp, uvs=iv_prints.on(iv_prints.LAMP, np.full((len(lamp.uvs), 2), 0.5)))
    write_glb(
        "iv_pole",
        {
            "stand": [
                (metal, join([aired(join([*tubes, *hooks]), 1.0), *[each.tinted(each.tint * CAST) for each in legs]])),
                (plastic, tiled(join([*housing, *tyres, *keys, *ports, *fittings]), GRAIN_TILE)),
            ],
            "face": [(prints, join([_screen(), lamp, *ink]))],
            "bag": [(film, join([*bag["film"], *bag["fluid"]]))],
        },
        folder,
    )


if __name__ == "__main__":
    make()
