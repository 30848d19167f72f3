"""A ward door for a hole of 1.3 x 2.14 m: oak-faced leaf with a vision panel, pull handles and kick plates, in a painted frame.

The origin is in the middle of the wall's thickness; +y looks into the room that the door opens into. The leaf is modelled shut;
the card's joint `leaf` swings it about the pins of its three hinges, which stand at +x on the room's side.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from assets.generators.fixtures import QUARTERED_TILE, quartered_oak, stainless
from assets.generators.forms import bends, mirrored
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import agreeing, extrude, frame, plate, rounded, sheet, soft_box
from assets.generators.shapes import Shape, bar, join, lathe, lit, screw, shape, tube
from assets.generators.surfaces import GRAIN_TILE, painted, plain, steel, tiled
from assets.generators.textures import bytes_of
from engine.view.geometry.mesh import Material, Pixels

WIDE, HIGH, WALL = 1.30, 2.14, 0.120
LINING, GAP = 0.034, 0.003
"""How thick the frame is within the hole, and the gap between it and the leaf. Metres."""
LEAF = (WIDE - 2 * (LINING + GAP), 0.044, HIGH - LINING - GAP - 0.008)
LEAF_FRONT = 0.056
"""The leaf's face on the side it opens to, along y."""
PIN = (LEAF[0] / 2 + 0.0015, LEAF_FRONT + 0.006)
"""The hinges' pins, x and y: the card's joint `leaf`."""
HANDLE = (-LEAF[0] / 2 + 0.074, 1.01)
"""The middle of the pull handles, x and z from the foot of the leaf: a knuckle's room from its edge, and wood all round it."""
PULL = (0.225, 0.0095, 0.055)
"""A pull handle: metres between the middles of its feet, its radius, how far its middle stands off the leaf."""
VISION = (0.320, 0.980, -LEAF[0] / 2 + 0.385, 0.660)
"""The vision panel's hole in the leaf: width, height, x of its middle, z of its lower edge."""
BEAD, LIP = 0.010, 0.011
"""How much of that hole a glazing bead takes on each side, and how far its lip laps over the veneer."""
LIPPING, LIPPED = (0.80, 0.74, 0.68), 0.008
"""The tint of the solid oak round the leaf beside the veneer's, and how much of it shows at the long edges of each face."""


def _frame() -> list[Shape]:
    """Lining with its stop, and an architrave on either side of the wall; the foot of both is the floor."""
    half = WALL / 2
    stop = [
        (0.0, -half), (LINING - 0.002, -half), (LINING, -half + 0.002), (LINING, -0.030), (LINING + 0.010, -0.030),
        (LINING + 0.012, -0.028), (LINING + 0.012, 0.0095), (LINING + 0.010, 0.0115), (LINING, 0.0115), (LINING, half - 0.002),
        (LINING - 0.002, half), (0.0, half),
    ]  # fmt: skip
    made = [frame(WIDE, HIGH, stop, sides="right top left", cuts=4)]
    for side in (-1.0, 1.0):
        trim = [
            (0.0, half - 0.004), (0.0, half + 0.012), (0.0015, half + 0.0145), (0.004, half + 0.016), (0.045, half + 0.016),
            (0.054, half + 0.0135), (0.060, half + 0.010), (0.0645, half + 0.0095), (0.066, half + 0.007), (0.066, half - 0.004),
        ]  # fmt: skip
        each = frame(WIDE + 0.096, HIGH + 0.048, [(inset, side * y) for inset, y in trim], sides="right top left", cuts=2)
        made.append(each)
    return made


def _seal() -> Shape:
    """The smoke seal against which the leaf shuts."""
    bead = [(LINING, 0.0112), (LINING + 0.0105, 0.0112), (LINING + 0.0112, 0.0135), (LINING + 0.006, 0.0148), (LINING, 0.0135)]
    return frame(WIDE, HIGH, bead, sides="right top left")


def _threshold() -> Shape:
    """A flat bar over the joint of the two floors."""
    p = [(-0.022, 0.0), (0.022, 0.0), (0.0205, 0.0024), (0.017, 0.0034), (-0.017, 0.0034), (-0.0205, 0.0024)]
    return extrude(p, WIDE - 2 * LINING)


def _panels() -> list[Shape]:
    """The leaf round its vision panel, veneered as one, and the lipping that shows at its long edges."""
    w, t, h = LEAF
    x0, z0 = VISION[2] - VISION[0] / 2, VISION[3]
    x1, z1 = x0 + VISION[0], z0 + VISION[1]
    r = 0.0025
    faces = []
    inner = w / 2 - LIPPED
    columns = np.unique(np.round(np.concatenate([np.linspace(-inner, x0, 3), np.linspace(x1, inner, 8)]), 5))
    rows = np.unique(np.round(np.concatenate([np.linspace(r, z0, 5), np.linspace(z0, z1, 7), np.linspace(z1, h - r, 5)]), 5))
    lips = []
    for sign in (1.0, -1.0):
        x, z = np.meshgrid(columns, rows, indexing="ij")
        points = np.stack([x, np.full_like(x, sign * t / 2), z], -1).reshape(-1, 3)
        index = np.arange(x.size).reshape(x.shape)
        quads = []
        for i in range(len(columns) - 1):
            for j in range(len(rows) - 1):
                inside = (
                    columns[i] >= x0 - 1e-6 and columns[i + 1] <= x1 + 1e-6 and rows[j] >= z0 - 1e-6 and rows[j + 1] <= z1 + 1e-6
                )
                if not inside:
                    a, b, c, d = index[i, j], index[i + 1, j], index[i + 1, j + 1], index[i, j + 1]
                    quads += [(a, c, b), (a, d, c)] if sign > 0 else [(a, b, c), (a, c, d)]
        normals = np.tile((0.0, sign, 0.0), (len(points), 1))
        uvs = points[:, (0, 2)] + (0.0 if sign > 0 else 0.37)
        made = Shape(points, normals, uvs, np.array(quads), np.ones_like(points), np.ones(len(points)))
        faces.append(made)
        for edge in (-1.0, 1.0):
            x, z = np.meshgrid(np.sort((edge * inner, edge * (w / 2 - r))), rows, indexing="ij")
            strip = sheet(np.stack([x, np.full_like(x, sign * t / 2), z], -1))
            normals = np.tile((0.0, sign, 0.0), (len(strip.positions), 1))
            lips.append(agreeing(replace(strip, normals=normals, uvs=strip.positions[:, (0, 2)] + (0.23, 0.9))))
    return [*faces, *lips, _edges(w, t, h, r)]


def _edges(w: float, t: float, h: float, r: float) -> Shape:
    """The lipping round the leaf, with its rounded arrises."""
    arc = np.linspace(0.0, np.pi / 2, 3)
    lip = [(r - r * np.sin(a), t / 2 - r + r * np.cos(a)) for a in arc]
    profile = [*lip, *[(inset, -y) for inset, y in reversed(lip)], (0.02, -t / 2 + 1e-4), (0.02, t / 2 - 1e-4)]
    made = frame(w, h, profile, smooth_deg=50.0)
    keep = np.abs(made.positions[made.triangles][:, :, 0]).max(axis=1) > w / 2 - r - 1e-4
    high = made.positions[made.triangles][:, :, 2]
    keep |= (high.max(axis=1) > h - r - 1e-4) | (high.min(axis=1) < r + 1e-4)
    return replace(made, triangles=made.triangles[keep & (np.ptp(high, axis=1) >= 0.0)])


def _beads() -> Shape:
    """The glazing beads on both faces, of the leaf's own oak: a slim round lip over the veneer, then down to the glass, where a
    thin grey gasket holds it."""
    t = LEAF[1] / 2
    p = [
        (-LIP, t - 0.002), (-LIP, t + 0.0008), (-LIP + 0.0007, t + 0.0019), (-LIP + 0.0022, t + 0.0024), (-0.0012, t + 0.0024),
        (0.0004, t + 0.0019), (0.0013, t + 0.0006), (BEAD - 0.0016, 0.0044), (BEAD - 0.0012, 0.0036), (BEAD, 0.0024),
    ]  # fmt: skip
    made = frame(VISION[0], VISION[1], [*p, *[(inset, -y) for inset, y in reversed(p)]], cuts=6)
    gasket = np.abs(made.positions[:, 1]) < 0.0040
    # Its grain runs along each piece: v is already lengthwise, u starts where no other piece does.
    made = made.tinted(np.where(gasket[:, None], (0.26, 0.34, 0.50), LIPPING)).shifted_uv(0.11, 0.7)
    return made.moved(VISION[2], 0.0, VISION[3])


def _glass() -> Shape:
    """One clear sheet, seen from both sides."""
    x, z = VISION[0] / 2 - BEAD + 0.001, VISION[1] / 2 - BEAD + 0.001
    points = np.array(((x, 0, -z), (-x, 0, -z), (-x, 0, z), (x, 0, z)), float)
    whole = points[:, (0, 2)] / (2 * x, 2 * z) + 0.5
    made = shape(points, np.array(((0, 1, 2), (0, 2, 3))), np.tile((0.0, 1.0, 0.0), (4, 1)), whole)
    return made.moved(VISION[2], 0.0, VISION[3] + VISION[1] / 2)


def _pane(wide: int = 64, high: int = 192) -> Pixels:
    """The sheet's colour: next to nothing, and towards its edges the green of float glass, where one looks along it."""
    x, z = VISION[0] - 2 * BEAD, VISION[1] - 2 * BEAD
    across = (np.arange(wide) + 0.5) / wide * x
    along = ((np.arange(high) + 0.5) / high * z)[:, None]
    near = np.minimum(np.minimum(across, x - across), np.minimum(along, z - along))
    edge = np.clip(1.0 - near / 0.018, 0.0, 1.0) ** 2
    colour = np.stack([60.0 + 20.0 * edge, 84.0 + 60.0 * edge, 76.0 + 40.0 * edge, 255.0 * (0.045 + 0.10 * edge)], axis=-1)
    return bytes_of(colour)


def _kick_plates() -> list[Shape]:
    """Brushed plates, 200 mm high, with their screws, on both faces."""
    made = []
    for sign in (1.0, -1.0):
        face = plate(rounded(LEAF[0] - 0.030, 0.200, 0.006), 0.0015, 0.0007)
        heads = [screw(0.0042).moved(x, y, 0.0015) for x in np.linspace(-0.56, 0.56, 5) for y in (-0.088, 0.088)]
        both = join([replace(face, uvs=face.uvs[:, ::-1]), *heads]).turned("x", -90)
        both = both if sign > 0 else both.turned("z", 180)
        made.append(both.moved(0.0, sign * LEAF[1] / 2, 0.118))
    return made


def _handle() -> list[Shape]:
    """A pull handle of 19 mm tube, for the face +y: bolted through the leaf, each foot in a thin collar."""
    far, r, out = PULL[0] / 2, PULL[1], PULL[2]
    way = bends([(0.0, -0.004, -far), (0.0, out, -far), (0.0, out, far), (0.0, -0.004, far)], 0.026, 8)
    grip = tube(way, r, 18)
    collar = lathe(((0.0125, 0.0), (0.0125, 0.0012), (0.0118, 0.0020), (0.0095, 0.0022)), 24, 35.0)
    return [grip, *[collar.turned("x", -90).moved(z=z) for z in (-far, far)]]


def _handles() -> list[Shape]:
    """One on each face; in the leaf's edge the plate of the roller latch and its roller."""
    one = [each.moved(y=LEAF[1] / 2) for each in _handle()]
    both = [each.moved(HANDLE[0], 0.0, HANDLE[1]) for each in (*one, *[mirrored(each, 1) for each in one])]
    forend = soft_box(0.0016, 0.022, 0.120, 0.0006).moved(-LEAF[0] / 2 - 0.0002, 0.0, HANDLE[1] + 0.6)
    latch = soft_box(0.011, 0.013, 0.026, 0.004, steps=2).moved(-LEAF[0] / 2 - 0.001, 0.0, HANDLE[1] + 0.6)
    return [*both, forend, latch]


def _knuckles() -> tuple[list[Shape], list[Shape]]:
    """Three hinges: the knuckles and flaps on the leaf, and those on the frame. x and y are the pin's."""
    leaf: list[Shape] = []
    jamb: list[Shape] = []
    for height in (0.22, 1.02, 1.86):
        for index in range(5):
            foot, top = -0.05 + 0.02 * index + 0.0004, -0.05 + 0.02 * (index + 1) - 0.0004
            ends = [(0.0, foot), (0.0055, foot), (0.0065, foot + 0.0008), (0.0065, top - 0.0008), (0.0055, top), (0.0, top)]
            (leaf if index % 2 == 0 else jamb).append(lathe(ends, 12, 40.0).moved(PIN[0], PIN[1], height))
        for end in (-1, 1):
            tip = lathe(((0.0058, 0.0), (0.0058, 0.002), (0.0040, 0.0042), (0.0, 0.005)), 12, 40.0)
            tip = tip if end > 0 else tip.turned("x", 180)
            jamb.append(tip.moved(PIN[0], PIN[1], height + end * 0.0498))
        leaf.append(bar(0.034, 0.099, 0.0016, 0.0006).turned("x", 90).moved(PIN[0] - 0.021, LEAF_FRONT + 0.0002, height))
        jamb.append(bar(0.034, 0.099, 0.0016, 0.0006).turned("x", 90).moved(PIN[0] + 0.020, LEAF_FRONT + 0.0046, height))
    return leaf, jamb


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    middle, foot = LEAF_FRONT - LEAF[1] / 2, 0.008

    def hung(shapes: list[Shape]) -> list[Shape]:
        return [each.moved(0.0, middle, foot) for each in shapes]

    frames, seal, sill = _frame(), _seal(), _threshold()
    wood, bead, steels, pulls = hung(_panels()), hung([_beads()]), hung(_kick_plates()), hung(_handles())
    leaf_hinges, jamb_hinges = _knuckles()
    groups = [frames, [seal, sill], wood, bead, steels, pulls, leaf_hinges, jamb_hinges]
    shaded = iter(lit([each for group in groups for each in group], rays=32, reach=0.06, floor=0.0))
    frames, (seal, sill), wood, bead, steels, pulls, leaf_hinges, jamb_hinges = [
        [next(shaded) for _ in group] for group in groups
    ]
    wood = [replace(each, light=np.maximum(each.light, 0.92)) for each in wood]
    bead = [replace(each, light=np.maximum(each.light, 0.80)) for each in bead]
    wood = [*wood[:2], *[each.tinted(LIPPING) for each in wood[2:]]]
    grey = painted("frame_paint", (0.285, 0.325, 0.315), 0.40)
    black = plain("seal", (0.035, 0.036, 0.038), 0.8)
    pulls = [replace(each, light=np.maximum(each.light, 0.85)) for each in pulls]
    metal = replace(steel("satin_steel", (0.80, 0.79, 0.77), 0.52), metallic=0.72)
    glass = Material("door_glass", (1.0, 1.0, 1.0, 0.9), roughness=0.02, alpha="blend", two_sided=True, colour_map=_pane())
    write_glb(
        "clinic_door",
        {
            "frame": [
                (grey, tiled(join(frames), GRAIN_TILE)),
                (black, seal),
                (metal, tiled(join([sill, *jamb_hinges]), GRAIN_TILE)),
            ],
            "leaf": [
                (quartered_oak(), tiled(join([*wood, *bead]), QUARTERED_TILE)),
                (metal, tiled(join([*steels, *leaf_hinges]), GRAIN_TILE)),
                (stainless("pull_steel"), join(pulls)),
            ],
            "glass": [(glass, hung([_glass()])[0])],
        },
        folder,
    )


if __name__ == "__main__":
    make()
