"""A pedal bin for a ward: a polyethylene drum on a base ring, a bag turned over its rim, a lid with its hinge behind.

The drum has gone a little yellow, and has the scuffs of shoes, mops and trolleys round its foot.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from assets.generators import surfaces
from assets.generators.forms import bends, block
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import agreeing, sheet
from assets.generators.shapes import Shape, join, lathe, lit, tube
from assets.generators.surfaces import GRAIN_TILE, tiled
from assets.generators.textures import bytes_of, layered, normal_map, ramp, surface
from engine.view.geometry.mesh import Material, Pixels

RADIUS, HEIGHT = 0.145, 0.60
STANDS = -0.010
"""y of the drum's middle, metres: its lid clears the wall by two fingers."""
_REACH, _MIDDLE = 136 / 256, 1.0 - 150 / 256
"""Of the sign in its square picture: from its middle to its corners, and the height of its middle, as shares."""
RIM = 0.540
DRUM = RADIUS + 0.0022
"""Height of the drum's rim, over which the bag is turned; above it, the radius of its beads, by which it is mapped."""


def _drum() -> Shape:
    """The drum with two rolled beads, cut into rows for light to be baked on."""
    r = RADIUS
    rows = [(r - 0.004, 0.030), (r, 0.034), *[(r, float(z)) for z in np.linspace(0.050, 0.090, 3)]]
    for foot in (0.110, 0.465):
        rows += [(r, foot - 0.004), (r + 0.0022, foot), (r, foot + 0.004)]
        if foot < 0.2:
            rows += [(r, float(z)) for z in np.linspace(0.135, 0.440, 9)]
        rows += [(r, float(z)) for z in (0.474, 0.488)]
    return lathe([*rows, (r, RIM - 0.004), (r - 0.003, RIM)], 48, 35.0)


def _worn(size: int = 256, seed: int = 91) -> tuple[Pixels, Pixels, Pixels]:
    """Colour, normals and surface of the drum, once round (u) and from its foot to its rim (v): yellowed polyethylene with a dull
    grain, grey streaks where things rub along it, more of them below, and what mops leave above the base ring."""
    v = (np.arange(size)[::-1, None] + 0.5) / size
    chance = np.random.Generator(np.random.PCG64(seed))
    cloudy, grain = layered(size, (3, 4), seed, 3), layered(size, (110, 150), seed + 5, 2, 0.7)
    u = (np.arange(size)[None, :] + 0.5) / size
    scuffs = np.zeros((size, size))
    for _ in range(46):
        x, z = chance.random(), 0.03 + 0.60 * chance.random() ** 2.6
        long, thick, lean = chance.uniform(0.006, 0.036), chance.uniform(0.0016, 0.0034), chance.normal(0.0, 0.35)
        du = (u - x + 0.5) % 1.0 - 0.5
        line = np.exp(-((du / long) ** 4)) * np.exp(-(((v - z - lean * du) / thick) ** 2))
        scuffs = np.maximum(scuffs, chance.uniform(0.15, 0.75) * line * (0.35 + 0.65 * grain))
    foot = np.exp(-v / 0.050) * (0.55 + 0.45 * layered(size, (6, 12), seed + 9, 2))
    yellowed = ((233, 227, 207), (238, 233, 217), (241, 237, 225))
    tone = ramp(np.clip(0.25 + 0.5 * cloudy + 0.04 * (grain - 0.5), 0.0, 1.0), yellowed)
    tone = tone * (1.0 - 0.30 * foot)[..., None]
    tone = tone + (np.array((134.0, 129.0, 120.0)) - tone) * (0.85 * scuffs)[..., None]
    rough = np.clip(0.36 + 0.10 * (grain - 0.5) + 0.22 * scuffs + 0.22 * foot - 0.06 * (cloudy - 0.5), 0.0, 1.0)
    return bytes_of(tone), normal_map(grain, 0.10), surface(1.0 - 0.2 * foot, rough, 0.0)


def _bag() -> Shape:
    """The bag's film, turned over the rim: it hangs in small gathers, and no two hands' breadths of its edge are alike."""
    r, columns = RADIUS, 58
    turn = np.linspace(0.0, 2.0 * np.pi, columns + 1)
    gathers = 0.5 * np.sin(9 * turn + 1.3 * np.sin(2 * turn)) + 0.3 * np.sin(17 * turn + 0.8) + 0.2 * np.sin(23 * turn + 2.0)
    drop = 0.062 + 0.010 * np.sin(2 * turn + 0.6) + 0.007 * np.sin(5 * turn) + 0.003 * np.sin(13 * turn + 1.0)
    rows = []
    for share in (1.0, 0.95, 0.60, 0.22, 0.0, -0.04):
        out = r + 0.0028 + (0.0005 + 0.0018 * max(share, 0.0)) * (1.0 + gathers) - (0.010 if share < 0.0 else 0.0)
        out = out - (0.0012 if share == 1.0 else 0.0)
        z = RIM + 0.0025 - drop * max(share, 0.0) + (0.0015 if share <= 0.0 else 0.0)
        rows.append(np.column_stack([out * np.cos(turn), out * np.sin(turn), np.broadcast_to(z, turn.shape)]))
    made = sheet(np.stack(rows), around=True)
    paler = np.tile(gathers, len(rows))[:, None]
    return made.tinted(np.array((0.94, 0.93, 0.98)) * (0.92 + 0.08 * paler))


def _lid() -> Shape:
    """A shallow dome above a rolled rim, a groove between them; it stands 5 mm off the drum on its stops."""
    r = RADIUS + 0.009
    p = (
        (r - 0.016, RIM + 0.008), (r - 0.002, RIM + 0.008), (r, RIM + 0.011), (r, RIM + 0.026), (r - 0.003, RIM + 0.030),
        (r - 0.010, RIM + 0.0315), (r - 0.014, RIM + 0.0300), (r - 0.018, RIM + 0.0320), (r - 0.032, RIM + 0.0420),
        (0.095, RIM + 0.0500), (0.060, RIM + 0.0560), (0.030, RIM + 0.0590), (0.0, HEIGHT),
    )  # fmt: skip
    return lathe(p, 48, 28.0)


def _label(reach: float, z: float) -> Shape:
    """A triangular sticker bent round the drum's front, `reach` metres from its middle to where its sides would meet, its corners
    round; its uvs are those of the square picture that holds the sign."""
    soft = 0.09
    top, low, side = 1.0 - 2.0 * soft, soft - 0.5, (1.0 - 2.0 * soft) * np.sqrt(0.75)
    y = np.concatenate([np.linspace(-0.5, low + soft / 2, 4), np.linspace(low + soft / 2, top + soft / 2, 6)[1:-1]])
    y = np.concatenate([y, top + soft * np.sin(np.radians((30.0, 50.0, 70.0, 84.0)))])
    half = (1.0 - y) / np.sqrt(3.0)
    half = np.where(y < low + soft / 2, side + np.sqrt(np.maximum(soft**2 - (y - low) ** 2, 0.0)), half)
    half = np.where(y > top + soft / 2, np.sqrt(np.maximum(soft**2 - (y - top) ** 2, 0.0)), half)
    x = half[:, None] * np.linspace(-1.0, 1.0, 9)
    turn, out = x * reach / RADIUS, RADIUS * 1.004
    made = sheet(np.stack([-out * np.sin(turn), out * np.cos(turn), z + reach * np.broadcast_to(y[:, None], x.shape)], -1))
    outward = np.column_stack([made.positions[:, :2] / out, np.zeros(len(made.positions))])
    uvs = np.column_stack([0.5 + x.ravel() * _REACH, _MIDDLE + np.repeat(y, 9) * _REACH])
    return agreeing(replace(made, normals=outward, uvs=uvs))


def _biohazard() -> Pixels:
    """Biological hazard, as ISO 7010 W009 has it: black on a yellow triangle with a black border, which fills the picture."""
    k = 4
    yellow, black = (249, 200, 14), (20, 20, 20)
    picture = Image.new("RGB", (256 * k, 256 * k), black)
    draw = ImageDraw.Draw(picture)

    def triangle(reach: float, fill: tuple[int, int, int]) -> None:
        corners = [(128 + reach * np.cos(a), 150 + reach * np.sin(a)) for a in np.radians((-90, 30, 150))]
        draw.polygon([(float(x) * k, float(y) * k) for x, y in corners], fill=fill)

    def disc(x: float, y: float, radius: float, fill: tuple[int, int, int], line: float = 0.0) -> None:
        box = ((x - radius) * k, (y - radius) * k, (x + radius) * k, (y + radius) * k)
        if line:
            draw.ellipse(box, outline=fill, width=int(line * k))
        else:
            draw.ellipse(box, fill=fill)

    triangle(112, yellow)
    x, y = 128.0, 156.0
    ways = [(float(np.cos(a)), float(np.sin(a))) for a in np.radians((-90, 30, 150))]
    for c, s in ways:
        disc(x + 21 * c, y + 21 * s, 23.5, black)
    for c, s in ways:
        disc(x + 26.5 * c, y + 26.5 * s, 18.0, yellow)
    disc(x, y, 23.0, black, 5.5)
    for c, s in ways:
        disc(x + 40 * c, y + 40 * s, 8.0, yellow)
    disc(x, y, 5.5, yellow)
    return np.asarray(picture.resize((256, 256), Image.Resampling.LANCZOS), np.uint8)


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    r = RADIUS
    ring = lathe(((r + 0.006, 0.0), (r + 0.010, 0.004), (r + 0.010, 0.026), (r + 0.006, 0.032), (r - 0.006, 0.032)), 48, 35.0)
    hinge = block((0.085, 0.022, 0.044), 0.005, cells=(2, 1, 1), steps=3).moved(0.0, -r - 0.003, 0.546)
    rod = tube(bends([(0.0, -r - 0.008, 0.530), (0.0, -r - 0.008, 0.030), (0.0, -r + 0.02, 0.016)], 0.02), 0.005, 10)
    pedal = block((0.095, 0.054, 0.010), 0.0035, cells=(2, 1, 1), steps=3).moved(0.0, r + 0.031, 0.030)
    arm = block((0.030, 0.060, 0.008), 0.002, cells=(1, 1, 1), steps=2).moved(0.0, r + 0.004, 0.024)
    grips = [
        block((0.085, 0.005, 0.003), 0.001, cells=(1, 1, 1), steps=1).moved(0.0, r + y, 0.0355)
        for y in np.linspace(0.014, 0.050, 4)
    ]
    pieces = [_drum(), ring, _lid(), _bag(), join([hinge, rod, arm]), join([pedal, *grips]), _label(0.068, 0.300)]
    drum, ring, lid, bag, behind, pedal, label = (each.moved(y=STANDS) for each in lit(pieces, rays=64, reach=0.05))
    colour, normal, finish = _worn()
    poly = Material("bin_drum", (0.92, 0.92, 0.92, 1.0), colour_map=colour, normal_map=normal, surface_map=finish)
    once = np.column_stack([drum.uvs[:, 0] / (2.0 * np.pi * DRUM), (drum.positions[:, 2] - 0.030) / (RIM - 0.030)])
    drum = replace(drum, uvs=once)
    black = [each.tinted((0.054, 0.078, 0.25)) for each in (ring, behind, pedal)]
    orange = surfaces.moulded("bin_lid", (0.84, 0.60, 0.20), 0.30)
    write_glb(
        "waste_bin",
        {
            "bin": [
                (poly, drum),
                (orange, tiled(join([lid.tinted((0.715, 0.34, 0.09)), bag, *black]), GRAIN_TILE)),
                (Material("bin_label", roughness=0.55, colour_map=_biohazard()), label),
            ]
        },
        folder,
    )


if __name__ == "__main__":
    make()
