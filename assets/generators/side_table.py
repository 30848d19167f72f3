"""A low table of beech for a waiting room: a top with round corners on four splayed legs, a shelf below with magazines.

As its card has it: 0.50 x 0.45 x 0.50 m, the top 22 mm thick. On it may lie a linen mat or a stand with leaflets.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from assets.generators import planed_wood, surfaces
from assets.generators.forms import level, panel, rounded, stack
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import sheet, soft_box
from assets.generators.shapes import Array, Shape, bar, join, lathe, lit, shape
from assets.generators.surfaces import GRAIN_TILE, tiled
from assets.generators.textures import Field, bytes_of, layered, ramp, surface
from assets.generators.upholstery import CLOTH_TILE, cloth
from engine.view.geometry.mesh import Material

WIDTH, DEPTH, HEIGHT = 0.50, 0.45, 0.50
TOP, SHELF = 0.022, 0.014
"""Thickness of the top and of the shelf, metres."""
SHELF_AT = 0.160
LEG_AT, SPLAY = (0.185, 0.160), 3.0
"""x and y of a leg at the top, and degrees that it leans out each way."""
MAT_AT, MAT = (0.12, 0.10), 0.15
"""Where the linen mat lies, the same as its card's place `mat`; its side, metres."""
LEANED, STAND_AT, STAND_TURN = 14.0, (-0.145, -0.105), 28.0
"""Degrees by which a stand leans its leaflets back; where on the table it is, and by how many degrees it is turned."""
A4, DL = (0.210, 0.280), (0.099, 0.210)
"""Width and length of a magazine and of a leaflet, metres."""


def _board(width: float, depth: float, thick: float, corner: float, bevel: float) -> Shape:
    """A board lying on z = 0, its grain along x and along its edges."""
    made = panel(rounded(depth, width, corner, 6), thick, bevel, 3)
    corners = made.positions[made.triangles]
    ways = np.abs(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]))
    edges = np.unique(made.triangles[ways.argmax(axis=1) != 2])
    uvs = made.uvs.copy()
    uvs[edges] = uvs[edges][:, ::-1]
    return replace(made, uvs=uvs).turned("z", -90)


def _wood() -> list[Shape]:
    """Top, rails under it, legs and shelf."""
    made = [_board(WIDTH, DEPTH, TOP, 0.045, 0.007).moved(z=HEIGHT - TOP)]
    made.append(_board(0.40, 0.345, SHELF, 0.030, 0.004).shifted_uv(0.07, 0.3).moved(z=SHELF_AT))
    high = HEIGHT - TOP - 0.001
    x, y = LEG_AT
    for kind, (sx, sy) in enumerate(((1, 1), (-1, 1), (-1, -1), (1, -1))):
        leg = lathe(((0.0, 0.006), (0.010, 0.006), (0.0118, 0.009), (0.0185, high - 0.06), (0.019, high), (0.0, high)), 16, 40.0)
        leaned = leg.shifted_uv(0.05 * kind, 0.21 * kind).moved(z=-high).turned("y", -SPLAY * sx).turned("x", SPLAY * sy)
        made.append(leaned.moved(sx * x, sy * y, high))
    for kind, side in enumerate((-1, 1)):
        rail = bar(0.018, 2 * x, 0.046, 0.003, cuts=1).shifted_uv(0.043 * kind, 0.5 * kind)
        made.append(rail.turned("z", 90).moved(0.0, side * y, high - 0.023))
        rail = bar(0.018, 2 * y, 0.046, 0.003, cuts=1).shifted_uv(0.09 + 0.043 * kind, 0.2 + 0.4 * kind)
        made.append(rail.moved(side * x, 0.0, high - 0.023))
    return made


def _glides() -> list[Shape]:
    """What it stands on."""
    fall = np.tan(np.radians(SPLAY)) * (HEIGHT - TOP)
    profile = ((0.0, 0.0), (0.0085, 0.0), (0.0105, 0.002), (0.0105, 0.007), (0.0, 0.007))
    return [
        lathe(profile, 14, 40.0).moved(sx * (LEG_AT[0] + fall), sy * (LEG_AT[1] + fall), 0.0) for sx in (-1, 1) for sy in (-1, 1)
    ]


def _mat() -> Shape:
    """A square of linen with a hem, 2 mm thick."""
    rings = ((0.0, 0.0), (0.0, 0.0012), (-0.0008, 0.0020), (-0.0060, 0.0020), (-0.0068, 0.0014), (-0.0300, 0.0014))
    made = [level(rounded(MAT + 2 * by, MAT + 2 * by, max(0.006 + by, 0.001), 3), z) for by, z in rings]
    return stack(made, open_start=True, crease_deg=50.0).turned("z", 4.0).moved(*MAT_AT, HEIGHT)


def _print(size: tuple[float, float], thick: float, column: int, lift: float) -> Shape:
    """A printed thing lying on z = 0, its cover from a column of the atlas; `lift` is how far its loose corner stands up."""
    wide, long = size
    x, y = np.meshgrid(np.linspace(-wide / 2, wide / 2, 7), np.linspace(-long / 2, long / 2, 7))
    loose = np.clip(x / wide + 0.5, 0.0, 1.0) * np.clip(y / long + 0.5, 0.0, 1.0)
    z = thick + lift * loose**3 + 0.0008 * np.sin(np.pi * (x / wide + 0.5))
    cover = sheet(np.stack([x, y, z], axis=-1))
    share = np.column_stack([x.ravel() / wide + 0.5, y.ravel() / long + 0.5])
    cover = _mapped(cover, np.column_stack([(column + 0.02 + 0.96 * share[:, 0]) / 6, 0.1 + 0.9 * share[:, 1]]))
    sides = []
    for ax, ay, bx, by in ((-1, -1, 1, -1), (1, -1, 1, 1), (1, 1, -1, 1), (-1, 1, -1, -1)):
        count = 7
        t = np.linspace(0.0, 1.0, count)
        px, py = (ax + (bx - ax) * t) * wide / 2, (ay + (by - ay) * t) * long / 2
        up = np.clip(px / wide + 0.5, 0, 1) * np.clip(py / long + 0.5, 0, 1)
        top = thick + lift * up**3 + 0.0008 * np.sin(np.pi * (px / wide + 0.5))
        rows = np.stack([np.column_stack([px, py, np.zeros(count)]), np.column_stack([px, py, top])])
        edge = sheet(rows)
        u = np.tile(t, 2)
        v = np.repeat((0.012, 0.075), count)
        spine = ax == bx == -1
        sides.append(_mapped(edge, np.column_stack([(column + 0.05 + 0.03 * u) / 6, v + (0.5 if spine else 0.0)])))
    return join([cover, *sides])


def _mapped(made: Shape, uvs: Array) -> Shape:
    return shape(made.positions, made.triangles, made.normals, uvs)


@cache
def _covers(size: int = 512) -> Material:
    """X"""
    v, u = np.mgrid[0:size, 0:size] / size
    column, across, up = np.floor(u * 6), (u * 6) % 1.0, np.clip((1.0 - v - 0.1) / 0.9, 0.0, 1.0)
    grain = layered(size, (128, 128), 5, 2)
    ridge = 0.46 + 0.10 * layered(size, (2, 9), 11, 3)
    lake = ramp(np.where(up > ridge, 0.5 + 0.5 * up, 0.45 * up), ((40, 74, 84), (88, 128, 134), (206, 200, 186), (232, 214, 190)))
    blades = np.sin(np.pi * ((across * 3.0 + np.sin(up * 9.0) * 0.2) % 1.0)) * np.sin(np.pi * ((up * 7.0 + across * 2.0) % 1.0))
    leaves = ramp(np.clip(blades, 0, 1), ((222, 224, 206), (150, 170, 132), (84, 116, 84)))
    pot = np.maximum(_disc(across, up, (0.32, 0.34), 0.17, 1.33), _disc(across, up, (0.68, 0.30), 0.13, 1.33))
    pots = ramp(pot, ((226, 206, 184), (178, 112, 84))) * (1.0 - 0.25 * (up < 0.2))[..., None]
    colour = np.select([(column == each)[..., None] for each in range(3)], [lake, leaves, pots], _leaflet(column, across, up))
    band = (up > 0.80) & (up < 0.93) & (across > 0.08) & (across < 0.92) & (column < 3)
    tone = np.select([(column == each)[..., None] for each in range(2)], [(238, 236, 226), (60, 84, 64)], (120, 70, 54))
    colour = np.where(band[..., None], np.asarray(tone, float), colour)
    pages = np.repeat((214.0 + 26.0 * ((v * size / 2.0) % 2.0 > 1.0) - 20.0 * grain)[..., None], 3, axis=2)
    colour = np.where((1.0 - v < 0.088)[..., None], pages, colour * (0.96 + 0.08 * grain)[..., None])
    finish = surface(np.ones_like(u), 0.34 + 0.1 * grain)
    return Material("print", colour_map=bytes_of(colour), surface_map=finish)


def _leaflet(column: Field, across: Field, up: Field) -> Field:
    """The front of a folded leaflet: a coloured field with two hills and a sun in it, over white."""
    tones = [(60, 122, 128), (190, 118, 84), (104, 134, 96)]
    tone = np.select(
        [(column == 3 + each)[..., None] for each in range(2)], [np.array(each, float) for each in tones[:2]], tones[2]
    )
    hill = 0.50 + 0.08 * np.sin(5.0 * across + column)
    near = 0.42 + 0.07 * np.sin(4.0 * across + 2.0 + 2.0 * column)
    made = np.where((up < hill)[..., None], tone * 0.82, tone)
    made = np.where((up < near)[..., None], tone * 0.64, made)
    sun = _disc(across, up, (0.66, 0.80), 0.15, 2.12)[..., None] > 0.5
    made = np.where(sun, np.array((246.0, 232.0, 204.0)), made)
    return np.where((up < 0.30)[..., None], np.array((244.0, 244.0, 238.0)), made)


def _disc(across: Field, up: Field, at: tuple[float, float], radius: float, tall: float) -> Field:
    """1 within a round shape in a cover, 0 without, soft at its rim; the cover is `tall` times as high as wide."""
    far = np.hypot(across - at[0], (up - at[1]) * tall)
    return np.asarray(np.clip((radius - far) / 0.01, 0.0, 1.0) * (1.0 - 0.3 * (across - at[0]) / radius))


def _magazines() -> Shape:
    stacked, z = [], SHELF_AT + SHELF
    for kind, (turn, x, y, lift) in enumerate(((84.0, -0.02, 0.0, 0.0), (97.0, 0.0, -0.012, 0.002), (78.0, 0.02, 0.006, 0.012))):
        thick = (0.007, 0.005, 0.006)[kind]
        stacked.append(_print(A4, thick, (2, 1, 0)[kind], lift).turned("z", turn).moved(x, y, z))
        z += thick + 0.0009
    return join(stacked)


def _stand() -> tuple[Shape, Shape]:
    """A stand of beech for leaflets, and three of them in it, leaned back; looking to +y."""
    foot = soft_box(0.118, 0.062, 0.014, 0.003, steps=2).moved(z=0.007)
    lip = soft_box(0.118, 0.007, 0.040, 0.0025, steps=2).moved(0.0, 0.0275, 0.024)
    board = soft_box(0.104, 0.007, 0.150, 0.003, steps=2).turned("x", LEANED).moved(0.0, -0.031, 0.080)
    wood = [replace(foot, uvs=foot.uvs[:, ::-1]), replace(lip, uvs=lip.uvs[:, ::-1]), board.shifted_uv(0.05, 0.2)]
    leaflets = []
    for index, (off, turn) in enumerate(((-0.006, 2.0), (0.005, -1.2), (0.0, 0.4))):
        flat = _print(DL, 0.0022, 3 + index, 0.0)
        standing = flat.turned("z", 180.0 + turn).turned("x", -90.0 + LEANED)
        leaflets.append(standing.moved(off, -0.024 + 0.0075 * index, 0.017 + DL[1] / 2 * np.cos(np.radians(LEANED))))
    place = [each.turned("z", STAND_TURN).moved(*STAND_AT, HEIGHT) for each in (join(wood), join(leaflets))]
    return place[0], place[1]


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    wood, glides, mat, magazines, (stand, leaflets) = join(_wood()), join(_glides()), _mat(), _magazines(), _stand()
    wood, glides, magazines = lit([wood, glides, magazines], rays=32, reach=0.18)
    mat, _ = lit([mat, _board(WIDTH, DEPTH, 0.001, 0.045, 0.0004).moved(z=HEIGHT - 0.001)], rays=24, reach=0.01, floor=None)
    stand, leaflets = lit([stand, leaflets], rays=24, reach=0.06, floor=HEIGHT)
    write_glb(
        "side_table",
        {
            "table": [
                (planed_wood.beech(), tiled(wood, planed_wood.BEECH_TILE)),
                (surfaces.moulded("glide", (0.05, 0.052, 0.055), 0.6), tiled(glides, GRAIN_TILE)),
            ],
            "laid_mat": [(cloth("linen", (0.50, 0.45, 0.36)), tiled(mat, CLOTH_TILE))],
            "laid_leaflets": [(planed_wood.beech(), tiled(stand, planed_wood.BEECH_TILE)), (_covers(), leaflets)],
            "kept_magazines": [(_covers(), magazines)],
        },
        folder,
    )


if __name__ == "__main__":
    make()
