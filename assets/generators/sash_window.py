"""A box-sash window for a hole of 1.5 x 1.35 m: two sashes of three panes each, the lower one on the room's side.

The origin is in the middle of the wall's thickness at the hole's foot; +y looks into the room. Frame and sashes are painted
timber; inside stands a board with a rounded nosing on which things can be put, outside a sloping sill. The view is the
renderer's.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from assets.generators.fixtures import satin
from assets.generators.forms import bends
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import extrude, frame, plate, rounded, sheet, soft_box
from assets.generators.shapes import Shape, curve, join, lathe, lit, tube
from assets.generators.surfaces import GRAIN_TILE, painted, tiled
from engine.view.geometry.mesh import Material

WIDE, HIGH, HALF = 1.50, 1.35, 0.060
"""The hole, and half of the wall's thickness. Metres."""
JAMB, SILL = 0.052, 0.045
"""How much of the hole the frame takes at the sides and the head, and at the foot."""
SASH = 0.040
"""How thick a sash is."""
INNER, OUTER = 0.012, -0.031
"""Along y, the middles of the lower (inner) and the upper sash."""
MEETING = 0.690
"""The height of the middle of the two meeting rails."""
BAR = 0.020
TILT, BOW, WAVE = 0.30, 0.34, 0.10
"""Degrees that a pane leans in its putty, about, and by which it is bent from edge to edge and waved: no two mirror quite the
same. More, and what they mirror of a room by night would be smeared beyond knowing it."""
FILM = 0.19
"""How much of the light behind it the dust on a pane covers, at most: in the corners that a cloth does not reach."""
SHADED = np.array(((0.0, 0.0022, 0.007, 0.020), (0.10, 0.34, 0.74, 1.0)))
"""Metres from a joint, and how much of the light is left there."""
CELL = 0.115
"""Faces of the sashes are cut as small as this, so that the dark where the sashes meet does not spread over what is seen."""


def _frame() -> list[Shape]:
    """Jambs and head with the bead between the sashes, the outer lip, the staff bead inside, and the architrave."""
    inner, between, outer = INNER + SASH / 2 + 0.002, (INNER + OUTER) / 2, OUTER - SASH / 2 - 0.002
    p = [
        (0.0, -HALF), (JAMB + 0.006, -HALF), (JAMB + 0.008, -HALF + 0.002), (JAMB + 0.008, outer), (JAMB, outer),
        (JAMB, between - 0.0042), (JAMB + 0.008, between - 0.0035), (JAMB + 0.009, between), (JAMB + 0.008, between + 0.0035),
        (JAMB, between + 0.0042), (JAMB, inner), (JAMB + 0.010, inner), (JAMB + 0.012, inner + 0.003),
        (JAMB + 0.012, inner + 0.010), (JAMB + 0.008, inner + 0.0155), (JAMB, HALF - 0.003), (JAMB - 0.003, HALF), (0.0, HALF),
    ]  # fmt: skip
    trim = [
        (0.0, HALF - 0.004), (0.0, HALF + 0.010), (0.002, HALF + 0.0135), (0.007, HALF + 0.015), (0.014, HALF + 0.0145),
        (0.018, HALF + 0.0115), (0.022, HALF + 0.0105), (0.068, HALF + 0.0085), (0.0725, HALF + 0.0075), (0.075, HALF + 0.005),
        (0.075, HALF - 0.004),
    ]  # fmt: skip
    outside = [(0.0, -HALF + 0.002), (0.0, -HALF - 0.008), (0.004, -HALF - 0.010), (0.05, -HALF - 0.010), (0.052, -HALF + 0.002)]
    return [
        frame(WIDE, HIGH, p, sides="right top left", cuts=8),
        frame(WIDE + 0.090, HIGH + 0.045, trim, sides="right top left", cuts=8),
        frame(WIDE + 0.010, HIGH + 0.005, outside, sides="right top left"),
    ]


def _boards() -> list[Shape]:
    """The inner board with its nosing and the apron below it, and the sill that sheds water outside.

    The board runs on under the sash and the apron into the board: a joint that is open by a hair is seen as a broken dark line.
    The apron slopes where the board hides it, so that nobody takes it for a shelf on which things throw contact shadows.
    """
    nose = 0.026 / 2
    arc = [(HALF + 0.055 + nose * np.sin(a), SILL - nose + nose * np.cos(a)) for a in np.linspace(0.0, np.pi, 8)]
    board = [(INNER, SILL), *arc, (INNER, SILL - 2 * nose)]
    apron = [
        (HALF - 0.004, -0.038), (HALF + 0.010, -0.038), (HALF + 0.015, -0.033), (HALF + 0.016, -0.025),
        (HALF + 0.016, SILL - 0.022), (HALF - 0.004, SILL - 0.008),
    ]  # fmt: skip
    sill = [
        (-HALF - 0.018, 0.0), (-HALF - 0.0175, 0.016), (-HALF - 0.015, 0.0185), (OUTER - 0.01, 0.034), (OUTER - 0.004, 0.043),
        (INNER + SASH / 2 + 0.002, 0.043), (INNER + SASH / 2 + 0.002, 0.0),
    ]  # fmt: skip
    return [
        extrude(board, WIDE + 0.118, cuts=10),
        extrude(apron, WIDE + 0.094, cuts=4),
        extrude([(y, z) for y, z in sill], WIDE - 0.001),
        *[extrude([(INNER, 0.001), (HALF, 0.001), (HALF, SILL - 0.025), (INNER, SILL - 0.025)], WIDE - 0.001)],
    ]


def _sash(foot: float, top: float, rails: tuple[float, float], chance: np.random.Generator) -> tuple[list[Shape], list[Shape]]:
    """A sash between two heights, with rails of these widths at foot and head, around y = 0: its timber and its panes."""
    wide, stile, t = WIDE - 2 * JAMB - 0.004, 0.048, SASH / 2
    low, high = foot + rails[0], top - rails[1]

    def rail(length: float, tall: float, at: float) -> Shape:
        return soft_box(length, SASH, tall, 0.0025, cell=CELL).moved(z=at)

    made = [rail(wide, rails[0], foot + rails[0] / 2), rail(wide, rails[1], top - rails[1] / 2)]
    for side in (-1.0, 1.0):
        made.append(
            soft_box(stile, SASH - 0.0006, top - foot, 0.0025, cell=CELL).moved(side * (wide - stile) / 2, 0.0, (foot + top) / 2)
        )
    clear = wide - 2 * stile
    pane = (clear - 2 * BAR) / 3
    bead = [
        (-0.0080, t - 0.002), (-0.0022, t + 0.0012), (0.0005, t + 0.0012), (0.003, t - 0.0005),
        (0.0075, t - 0.0105), (0.010, 0.0035),
    ]  # fmt: skip
    whole = [*bead, *[(inset, -y) for inset, y in reversed(bead)]]
    panes = []
    for index in range(3):
        x = -clear / 2 + pane / 2 + index * (pane + BAR)
        made.append(frame(pane, high - low, whole).moved(x, 0.0, low))
        panes.append(_pane(pane - 0.016, high - low - 0.016, chance).moved(x, 0.0, (low + high) / 2))
        if index:
            p = [
                (-BAR / 2 - 0.0006, -t + 0.006),
                (BAR / 2 + 0.0006, -t + 0.006),
                (BAR / 2 + 0.0006, t - 0.006),
                (-BAR / 2 - 0.0006, t - 0.006),
            ]
            crown = [*p[:3], (BAR / 2 - 0.0005, t + 0.0014), (0.0005 - BAR / 2, t + 0.0014), p[3]]
            made.append(
                extrude(crown, high - low).turned("y", -90).turned("z", -90).moved(x - pane / 2 - BAR / 2, 0.0, (low + high) / 2)
            )
    return made, panes


def _pane(width: float, height: float, chance: np.random.Generator) -> Shape:
    """A sheet of drawn glass, seen from both sides: a little aslant and bent, as its normals say, and dusty, as its light says,
    along its edges, most at its foot and in the corners, and faintly in a stripe that a cloth left."""
    columns, rows = (-1.0, -0.88, -0.6, -0.3, 0.0, 0.3, 0.6, 0.88, 1.0), (-1.0, -0.9, -0.68, -0.4, -0.12, 0.16, 0.44, 0.72, 1.0)
    across, up = np.meshgrid(columns, rows)
    lean, bent = chance.normal(0.0, TILT, 2), BOW * chance.uniform(0.6, 1.2, 2) * chance.choice((-1.0, 1.0))
    wave = WAVE * np.sin(chance.uniform(3.0, 5.0) * up + chance.uniform(0.0, 6.0))
    sideways, upwards = np.radians(lean[0] + bent[0] * across + wave), np.radians(lean[1] + bent[1] * up + 0.6 * wave)
    normals = np.stack([np.sin(sideways), np.ones_like(across), np.sin(upwards)], -1).reshape(-1, 3)
    side, foot, head = ((width / 2 * (1.0 - np.abs(across))), height / 2 * (1.0 + up), height / 2 * (1.0 - up))
    corner = np.exp(-np.minimum(foot, head) / 0.05) * np.exp(-side / 0.05)
    film = 0.30 * np.exp(-side / 0.020) + 0.55 * np.exp(-foot / 0.028) + 0.20 * np.exp(-head / 0.018) + 0.8 * corner
    wiped = np.exp(-(((across * 0.75 + up * 0.85 - chance.uniform(-0.5, 0.5)) / 0.46) ** 2))
    flat = np.stack([-across * width / 2, np.zeros_like(across), up * height / 2], -1)
    made = sheet(flat)
    return replace(made, normals=normals, light=np.clip(0.03 + 0.30 * wiped + film, 0.0, 1.0).ravel())


def _fittings() -> list[Shape]:
    """Two bar lifts of 110 mm on the lower sash, and the fastener on the meeting rails."""
    made = []
    face = INNER + SASH / 2
    for x in (-0.36, 0.36):
        way = bends([(-0.055, -0.004, 0.0), (-0.055, 0.032, 0.0), (0.055, 0.032, 0.0), (0.055, -0.004, 0.0)], 0.016, 5)
        foot = lathe(((0.0150, 0.0), (0.0150, 0.0030), (0.0130, 0.0045), (0.0080, 0.0050)), 16, 40.0).turned("x", -90)
        lift = [tube(way, 0.0075, 12), foot.moved(-0.055), foot.moved(0.055)]
        made += [each.moved(x, face, SILL + 0.040) for each in lift]
    top = MEETING + 0.0165
    keep = plate(rounded(0.070, 0.030, 0.008), 0.014, 0.004).moved(0.0, OUTER + 0.004, top)
    base = plate(rounded(0.076, 0.032, 0.010), 0.008, 0.003).moved(0.0, INNER - 0.001, top)
    pivot = lathe(((0.0120, 0.006), (0.0120, 0.020), (0.0095, 0.024), (0.0, 0.025)), 18, 40.0).moved(0.0, INNER - 0.001, top)
    way = curve(((0.0, 0.0, 0.018), (0.020, -0.010, 0.019), (0.042, -0.016, 0.020), (0.060, -0.014, 0.020)), 12)
    arm = tube(way, np.linspace(0.0075, 0.0060, 12), 10).moved(0.0, INNER - 0.001, top)
    knob = lathe(((0.0, -0.0095), (0.0078, -0.0068), (0.0100, 0.0), (0.0078, 0.0068), (0.0, 0.0095)), 14, 80.0)
    return [*made, keep, base, pivot, arm, knob.moved(0.063, INNER - 0.015, top + 0.020)]


def _joint(start: tuple[float, float], way: tuple[float, float], length: float, cuts: int, y: float) -> Shape:
    """The dark along a joint, lying a hair before a face that looks to +y: from `start` (x, z) for a length along the unit vector
    `way`, fading out to its left. Paint never quite fills a joint, and what stands before a face keeps light from its edge."""
    along, off = np.array(way), np.array((-way[1], way[0]))
    flat = start + np.linspace(0.0, length, cuts + 1)[:, None, None] * along + SHADED[0][None, :, None] * off
    points = np.stack([flat[..., 0], np.full(flat.shape[:2], y), flat[..., 1]], -1)
    return replace(sheet(points), light=np.tile(SHADED[1], cuts + 1))


def _joints() -> list[Shape]:
    """Where the sashes meet the staff bead, the board and each other."""
    lower, upper = INNER + SASH / 2 + 0.0004, OUTER + SASH / 2 + 0.0004
    left, right = WIDE / 2 - JAMB - 0.0105, -(WIDE / 2 - JAMB - 0.0105)
    meet, tall = MEETING + 0.017, MEETING + 0.017 - SILL
    behind = HIGH - JAMB - 0.012 - meet
    return [
        _joint((right, meet), (0.0, -1.0), tall, 8, lower),
        _joint((left, SILL), (0.0, 1.0), tall, 8, lower),
        _joint((right, SILL + 0.0005), (1.0, 0.0), left - right, 14, lower),
        _joint((right + 0.001, HIGH - JAMB - 0.012), (0.0, -1.0), behind, 7, upper),
        _joint((left - 0.001, meet), (0.0, 1.0), behind, 7, upper),
        _joint((right, meet + 0.0004), (1.0, 0.0), left - right, 14, upper),
    ]


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    fixed = [*_frame(), *_boards()]
    chance = np.random.Generator(np.random.PCG64(67))
    lower, below = _sash(SILL - 0.003, MEETING + 0.017, (0.076, 0.035), chance)
    upper, above = _sash(MEETING - 0.017, HIGH - JAMB - 0.002, (0.035, 0.050), chance)
    sashes = [*[each.moved(y=INNER) for each in lower], *[each.moved(y=OUTER) for each in upper]]
    panes = [*[each.moved(y=INNER) for each in below], *[each.moved(y=OUTER) for each in above]]
    brass = _fittings()
    shaded = lit([*fixed, *sashes, *brass], rays=32, reach=0.06, floor=None)
    shaded = [replace(each, light=np.clip(0.25 + 0.80 * each.light, 0.0, 1.0)) for each in shaded]
    count = len(fixed) + len(sashes)
    paint = painted("window_paint", (0.77, 0.765, 0.745), 0.25)
    write_glb(
        "sash_window",
        {
            "frame": [(paint, tiled(join(shaded[: len(fixed)]), GRAIN_TILE))],
            "sashes": [
                (paint, tiled(join([*shaded[len(fixed) : count], *_joints()]), GRAIN_TILE)),
                (satin("window_fittings"), join([replace(each, light=np.maximum(each.light, 0.7)) for each in shaded[count:]])),
            ],
            "glass": [
                (Material("window_glass", (0.92, 0.95, 0.93, FILM), roughness=0.02, alpha="blend", two_sided=True), join(panes)),
            ],
        },
        folder,
    )


if __name__ == "__main__":
    make()
