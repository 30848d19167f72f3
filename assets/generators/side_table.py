"""A low table of oak for a waiting room: a top with round corners on four splayed legs, a shelf below with magazines.

As its card has it: 0.50 x 0.45 x 0.50 m, the top 22 mm thick. On it may lie a glazed dish with felt in it
or a stand with leaflets.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from assets.generators import print_covers
from assets.generators.forms import panel, rounded
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import sheet, soft_box, tidy
from assets.generators.oak import TILE, oak
from assets.generators.print_covers import COLUMNS, EDGES
from assets.generators.shapes import Array, Shape, bar, join, lathe, lit, shape
from assets.generators.surfaces import tiled
from assets.generators.textures import bytes_of, layered, normal_map, ramp, surface
from engine.view.geometry.mesh import Material

WIDTH, DEPTH, HEIGHT = 0.50, 0.45, 0.50
TOP, SHELF = 0.022, 0.014
"""Thickness of the top and of the shelf, metres."""
SHELF_AT = 0.160
LEG_AT, SPLAY = (0.185, 0.160), 3.0
"""x and y of a leg at the top, and degrees that it leans out each way."""
MAT_AT, DISH, RIM = (0.12, 0.10), 0.092, 0.014
"""Where the dish's middle is, the same as its card's place `mat`; its radius and the height of its rim, metres."""
FELT = 0.0022
"""How high over the table the felt in the dish is, metres: what rests on the table rests in it, a hair deep."""
LEANED, STAND_AT, STAND_TURN = 14.0, (-0.145, -0.105), 3.0
"""Degrees by which a stand leans its leaflets back; where on the table it is, and by how many degrees it is turned."""
FELT_TILE, GLAZE_TILE = (0.06, 0.06), (0.10, 0.10)
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


GLIDES = (0.13, 0.17, 0.26)
"""Tint of the black feet: they have the wood's picture, which nobody sees so dark."""


def _glides() -> list[Shape]:
    """What it stands on."""
    fall = np.tan(np.radians(SPLAY)) * (HEIGHT - TOP)
    profile = ((0.0, 0.0), (0.0085, 0.0), (0.0105, 0.002), (0.0105, 0.007), (0.0, 0.007))
    return [
        lathe(profile, 14, 40.0).moved(sx * (LEG_AT[0] + fall), sy * (LEG_AT[1] + fall), 0.0) for sx in (-1, 1) for sy in (-1, 1)
    ]


def _dish() -> tuple[Shape, Shape]:
    """A round dish of glazed stoneware, its wall flared, low enough for fingers to reach in; and the felt in it."""
    inner = DISH - 0.0130
    profile = [
        *((DISH - 0.0160, 0.0), (DISH - 0.0150, 0.0012), (DISH - 0.0095, 0.0030), (DISH - 0.0050, 0.0066)),
        *((DISH - 0.0020, 0.0102), (DISH - 0.0004, RIM - 0.0022), (DISH, RIM - 0.0010), (DISH - 0.0008, RIM)),
        *((DISH - 0.0022, RIM - 0.0001), (DISH - 0.0036, RIM - 0.0016), (DISH - 0.0060, 0.0094), (DISH - 0.0094, 0.0058)),
        *((inner, 0.0036), (inner - 0.0010, 0.0012)),
    ]
    made = lathe(profile, 64, 40.0)
    thin = np.exp(-(((made.positions[:, 2] - RIM) / 0.0020) ** 2))[:, None]
    # Its edge ends within the dish's wall: lower down it would show beneath, where the wall goes up and out.
    flat = ((inner - 0.0008, FELT - 0.0004), (inner - 0.004, FELT), (0.05, FELT), (0.0, FELT))
    felt = lathe(flat, 56, 60.0)
    felt = replace(felt, uvs=felt.positions[:, :2].copy())
    return made.tinted(1.0 - thin * np.array((0.30, 0.46, 0.60))).moved(*MAT_AT, HEIGHT), felt.moved(*MAT_AT, HEIGHT)


def _print(size: tuple[float, float], thick: float, column: int, lift: float) -> Shape:
    """A printed thing lying on z = 0, its cover from a column of the atlas; `lift` is how far its loose corner stands up."""
    wide, long = size
    x, y = np.meshgrid(np.linspace(-wide / 2, wide / 2, 7), np.linspace(-long / 2, long / 2, 7))
    loose = np.clip(x / wide + 0.5, 0.0, 1.0) * np.clip(y / long + 0.5, 0.0, 1.0)
    z = thick + lift * loose**3 + 0.0008 * np.sin(np.pi * (x / wide + 0.5))
    cover = sheet(np.stack([x, y, z], axis=-1))
    share = np.column_stack([x.ravel() / wide + 0.5, y.ravel() / long + 0.5])
    cover = _mapped(cover, np.column_stack([(column + 0.02 + 0.96 * share[:, 0]) / COLUMNS, EDGES + (1.0 - EDGES) * share[:, 1]]))
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
        sides.append(_mapped(edge, np.column_stack([(column + 0.05 + 0.03 * u) / COLUMNS, v + (0.5 if spine else 0.0)])))
    return join([cover, *sides])


def _mapped(made: Shape, uvs: Array) -> Shape:
    return shape(made.positions, made.triangles, made.normals, uvs)


def _magazines() -> Shape:
    stacked, z = [], SHELF_AT + SHELF
    for kind, (turn, x, y, lift) in enumerate(((84.0, -0.02, 0.0, 0.0), (97.0, 0.0, -0.012, 0.001), (78.0, 0.02, 0.006, 0.003))):
        thick = (0.007, 0.005, 0.006)[kind]
        stacked.append(_print(A4, thick, (2, 1, 0)[kind], lift).turned("z", turn).moved(x, y, z))
        z += thick + 0.0009
    return join(stacked)


def _stood(made: Shape) -> Shape:
    """Cut off at z = 0: it stands there with a sharp edge, without a dark groove under it."""
    flat = made.positions * (1.0, 1.0, 0.0) + np.maximum(made.positions[:, 2:], 0.0) * (0.0, 0.0, 1.0)
    return tidy(replace(made, positions=flat))


def _stand() -> tuple[Shape, Shape]:
    """A stand of oak for leaflets, and three of them in it, leaned back; looking to +y."""
    foot = _stood(soft_box(0.118, 0.066, 0.018, 0.003, steps=2).moved(0.0, -0.002, 0.005))
    lip = _stood(soft_box(0.118, 0.007, 0.042, 0.0025, steps=2).moved(0.0, 0.0275, 0.016))
    board = soft_box(0.110, 0.007, 0.196, 0.003, steps=2).turned("x", LEANED).moved(0.0, -0.0142, 0.102)
    wood = [replace(foot, uvs=foot.uvs[:, ::-1]), replace(lip, uvs=lip.uvs[:, ::-1]), board.shifted_uv(0.05, 0.2)]
    leaflets = []
    for index, (off, turn) in enumerate(((-0.006, 2.0), (0.005, -1.2), (0.0, 0.4))):
        flat = _print(DL, 0.0022, index, 0.0)
        standing = flat.turned("z", 180.0 + turn).turned("x", -90.0 + LEANED)
        leaflets.append(standing.moved(off, -0.012 + 0.0030 * index, 0.017 + DL[1] / 2 * np.cos(np.radians(LEANED))))
    place = [each.turned("z", STAND_TURN).moved(*STAND_AT, HEIGHT) for each in (join(wood), join(leaflets))]
    return place[0], place[1]


@cache
def _felt(size: int = 256, seed: int = 311) -> Material:
    """Wool felt: short fibres every way, in two tones."""
    fibre, cloud = layered(size, (90, 90), seed, 3, 0.8), layered(size, (5, 5), seed + 4, 3)
    colour = ramp(
        np.clip(0.5 + 0.8 * (fibre - 0.5) + 0.25 * (cloud - 0.5), 0.0, 1.0), ((176, 164, 142), (204, 194, 174), (226, 218, 200))
    )
    finish = surface(0.88 + 0.12 * fibre, np.clip(0.94 + 0.06 * fibre, 0.0, 1.0))
    return Material("felt", colour_map=bytes_of(colour), normal_map=normal_map(fibre, 1.0), surface_map=finish)


@cache
def _glaze(size: int = 256, seed: int = 401) -> Material:
    """A glossy sea-green glaze, darker where it is thick, with iron specks."""
    speck = np.clip((layered(size, (64, 64), seed, 1) - 0.84) * 9.0, 0.0, 1.0)
    cloud, rings = layered(size, (3, 4), seed + 4, 3), layered(size, (20, 1), seed + 8, 2)
    share = np.clip(0.5 + 0.9 * (cloud - 0.5) + 0.4 * (rings - 0.5), 0.0, 1.0)
    colour = ramp(share, ((44, 92, 98), (66, 118, 122), (100, 150, 148))) * (1.0 - 0.5 * speck)[..., None]
    finish = surface(np.ones_like(speck), np.clip(0.20 + 0.12 * cloud + 0.2 * speck, 0.0, 1.0))
    return Material("dish_glaze", colour_map=bytes_of(colour), normal_map=normal_map(rings, 0.6), surface_map=finish)


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    wood, glides, magazines = join(_wood()), join(_glides()), _magazines()
    (dish, felt), (stand, leaflets) = _dish(), _stand()
    wood, glides, magazines = lit([wood, glides, magazines], rays=32, reach=0.18)
    dish, felt = lit([dish, felt], rays=24, reach=0.02, floor=HEIGHT)
    stand, leaflets = lit([stand, leaflets], rays=24, reach=0.06, floor=HEIGHT)
    write_glb(
        "side_table",
        {
            "table": [(oak(), tiled(join([wood, glides.tinted(GLIDES)]), TILE))],
            "laid_mat": [
                (_glaze(), tiled(dish, GLAZE_TILE)),
                (_felt(), tiled(felt, FELT_TILE)),
            ],
            "laid_leaflets": [(oak(), tiled(stand, TILE)), (print_covers.leaflets(), leaflets)],
            "kept_magazines": [(print_covers.magazines(), magazines)],
        },
        folder,
    )


if __name__ == "__main__":
    make()
