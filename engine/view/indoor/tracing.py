"""Shadows traced when a scene is built: from where on a panel, in a lamp, or from which directions, points are seen past a room's
things.

Depth pictures of the true triangles, drawn by OpenGL from many spots, are compared with how far the points are (Williams,
"Casting Curved Shadows on Curved Surfaces", 1978). The walls are left out: a room is convex, and they hide nothing of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

from engine.view.eyes import Eyes
from engine.view.geometry.plain import never_culled, plain
from engine.view.indoor.panels import Panel
from engine.view.render.shaders import program
from engine.view.stage import Stage

Array = NDArray[np.float32]
Vector = NDArray[np.float64]

SIDE = 512
"""Pixels of a depth picture."""

SHEET = 4
"""Depth pictures along one side of what is drawn at once."""

LIFT, SLACK = 0.012, 0.010
"""Metres that points are taken off their surface, and that something must be nearer to hide them: above the size of a pixel, so
that no surface shadows itself."""

STEEPEST = 3.2
"""Tangent of the widest angle from a panel's axis that is traced; beyond, at the tops of walls, nothing stands in the way."""

NOTHING = 1e6

SOLID, CLEAR = 1, 2
"""What a camera sees: what is solid; that and what is clear."""

THIRD = 3
"""What is clear hides light from every third spot: it takes a third of it, and its shadow is as soft as that of other things."""

_TETRAHEDRON = np.array(((1, 1, 1), (1, -1, -1), (-1, 1, -1), (-1, -1, 1))) / 3**0.5

SPOTS = 5
"""Spots along each side of a panel from which one looks out."""


@dataclass(frozen=True, eq=False)
class Spot:
    """One depth picture: `clip` takes scene points (column vectors, w last) to clip space, `ruler` to metres from where it is
    seen."""

    clip: NDArray[np.float64]
    ruler: NDArray[np.float64]


class Tracer:
    """Depth pictures of triangles: `points` n x 3 in the scene, `triangles` m x 3; some of them show those of `clear` things."""

    def __init__(
        self, stage: Stage, points: Array, triangles: NDArray[np.uint32], clear: NDArray[np.uint32] | None = None
    ) -> None:
        self.empty = not len(triangles)
        self.points = points
        if self.empty:
            return
        self.stage = stage
        self._scene = p3d.NodePath("traced")
        self._scene.attach_new_node(never_culled(plain("traced", points, triangles)))
        if clear is not None and len(clear):
            self._scene.attach_new_node(never_culled(plain("clear", points, clear))).hide(p3d.BitMask32(SOLID))
        self._scene.set_two_sided(True)
        self._scene.set_shader(program("depth"))
        properties = p3d.FrameBufferProperties()
        properties.set_float_color(True)
        properties.set_rgba_bits(32, 0, 0, 0)
        properties.set_depth_bits(24)
        self._output = stage.buffer("tracer", (SIDE * SHEET, SIDE * SHEET), properties=properties)
        self._output.set_clear_color(p3d.LVecBase4f(NOTHING, 0, 0, 0))
        self._output.set_clear_depth_active(True)
        self._picture = p3d.Texture("traced")
        self._output.add_render_texture(self._picture, p3d.GraphicsOutput.RTM_bind_or_copy, p3d.GraphicsOutput.RTP_color)
        self._eyes = []
        for index in range(SHEET * SHEET):
            eyes = Eyes(self._scene, "mono", SOLID)
            x, y = index % SHEET, index // SHEET
            region = self._output.make_display_region(x / SHEET, (x + 1) / SHEET, y / SHEET, (y + 1) / SHEET)
            region.set_camera(eyes.camera)
            eyes.top.set_shader_input("ruler", p3d.LVecBase4f(0))
            self._eyes.append(eyes)

    def pictures(self, spots: Sequence[Spot], clear: bool = False, inside: bool = True) -> Iterator[Array]:
        """For each spot, SIDE x SIDE metres along its ruler to the first triangle, NOTHING where there is none; row 0 is
        lowest. Every third shows what is clear too, if so wanted; and all the insides of what one stands in."""
        for index, eyes in enumerate(self._eyes):
            eyes.camera.node().set_camera_mask(p3d.BitMask32(CLEAR if clear and index % THIRD == 0 else SOLID))
        for start in range(0, len(spots), SHEET * SHEET):
            some = spots[start : start + SHEET * SHEET]
            for eyes, spot in zip(self._eyes, some, strict=False):
                eyes.set(0, p3d.LMatrix4f(*map(float, spot.clip.T.ravel())), p3d.LVecBase3f(0))
                eyes.top.set_shader_input("ruler", p3d.LVecBase4f(*map(float, spot.ruler)))
            self._scene.set_two_sided(inside)
            self.stage.draw_only(self._output)
            self._scene.set_two_sided(True)
            self.stage.engine.extract_texture_data(self._picture, self._output.get_gsg())
            sheet = np.frombuffer(self._picture.get_ram_image(), np.float32).reshape(SIDE * SHEET, SIDE * SHEET)
            for index in range(len(some)):
                x, y = index % SHEET * SIDE, index // SHEET * SIDE
                yield sheet[y : y + SIDE, x : x + SIDE].copy()

    def close(self) -> None:
        """Give the pictures back."""
        if self.empty:
            return
        for eyes in self._eyes:
            eyes.close()
        self._output.remove_all_display_regions()
        self.stage.remove(self._output)
        self._scene.remove_node()


def hidden_by(picture: Array, spot: Spot, points: Array) -> Array:
    """Metres along the spot's ruler that the first thing lies before each of n points; 0 for those that are seen, and for those
    beside the picture."""
    ruler = spot.ruler.astype(np.float32)
    pixel, inside = pixels_of(spot, points)
    gap = points @ ruler[:3]
    gap += ruler[3]
    gap -= picture.ravel()[pixel]
    inside &= gap >= SLACK
    return np.where(inside, gap, np.float32(0.0))


def pixels_of(spot: Spot, points: Array) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Where n points are in a spot's picture, pixel by pixel from its lowest row on, and whether they are in it; 0 if not."""
    matrix = spot.clip.astype(np.float32)
    half = np.float32(SIDE / 2)
    x, y = (points @ (matrix[axis, :3] * half) for axis in (0, 1))
    x += matrix[0, 3] * half
    y += matrix[1, 3] * half
    if matrix[3, :3].any():
        w = points @ matrix[3, :3]
        w += matrix[3, 3]
        inside = w > 1e-3
        np.divide(np.float32(1.0), w, out=w, where=inside)
        x *= w
        y *= w
    else:
        inside = np.ones(len(points), np.bool_)
    x += half
    y += half
    inside &= (x >= 0) & (y >= 0) & (x < SIDE) & (y < SIDE)
    column, row = (np.multiply(side, inside).astype(np.int32) for side in (x, y))
    row *= SIDE
    row += column
    return row, inside


def pixels_between(spot: Spot, up: Array, along: Array) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.bool_]]:
    """The first (row, column) of the four pixels round each point of a flat piece, rows x columns, and whether these are in the
    picture: the points of its first column (rows x 3) and of its last row (columns x 3) say where the others are, as the picture
    has no perspective."""
    matrix = spot.clip.astype(np.float32)
    sides = []
    for axis in (0, 1):
        first, last = (((points @ matrix[axis, :3] + matrix[axis, 3]) * 0.5 + 0.5) * SIDE - 0.5 for points in (up, along))
        sides.append(first[:, None] + (last - last[0])[None, :])
    inside = (sides[0] >= 0) & (sides[1] >= 0) & (sides[0] < SIDE - 1) & (sides[1] < SIDE - 1)
    column, row = (np.where(inside, side, 0).astype(np.int32) for side in sides)
    return row, column, inside


def spots_of_panel(panel: Panel, points: Array, count: int = SPOTS) -> list[Spot]:
    """Where a panel is looked out from, `count` by `count` spread evenly, each with all of `points` that it can see in the
    picture."""
    out_of = panel.out_of
    a = panel.half_x / np.linalg.norm(panel.half_x)
    b = np.cross(out_of, a)
    chance = np.random.Generator(np.random.PCG64(51))
    found: list[Spot] = []
    for i in range(count):
        for j in range(count):
            u, v = (np.array((i, j)) + chance.uniform(0.1, 0.9, 2)) * 2 / count - 1
            at = panel.middle + u * panel.half_x + v * panel.half_y + 0.004 * out_of
            away = points - at
            depth = np.maximum(away @ out_of, 0.05)
            before = (away @ out_of) > 0.05
            if before.any():
                x, y = (away @ a / depth)[before], (away @ b / depth)[before]
                sides = (x.min() - 0.02, x.max() + 0.02, y.min() - 0.02, y.max() + 0.02)
                limits = [float(np.clip(side, -STEEPEST, STEEPEST)) for side in sides]
            else:
                limits = [-1.0, 1.0, -1.0, 1.0]
            found.append(_frustum(at, a, out_of, limits))
    return found


def spots_of_lamp(at: Sequence[float], radius: float, bulb: float) -> list[list[Spot]]:
    """Where a lamp that shines all around is looked out from: a few places on a ball of radius `bulb`, each with six square
    pictures. Its own parts, within `radius` metres along every axis, hide nothing."""
    found = []
    for away in _TETRAHEDRON:
        middle = np.array(at) + away * bulb
        axes = [sign * np.roll((1.0, 0.0, 0.0), axis) for axis in range(3) for sign in (1.0, -1.0)]
        # What is left out is measured from the middle of the lamp, wherever in it one stands.
        nears = [max(radius - bulb * float(away @ ahead), 0.02) for ahead in axes]
        found.append(
            [
                _frustum(middle, np.roll(ahead, 1), ahead, (-1.0, 1.0, -1.0, 1.0), near)
                for ahead, near in zip(axes, nears, strict=True)
            ]
        )
    return found


def _frustum(at: Vector, a: Vector, ahead: Vector, limits: Sequence[float], near: float = 0.03) -> Spot:
    b = np.cross(ahead, a)
    left, right, down, up = limits
    wide, high = max(right - left, 0.05), max(up - down, 0.05)
    rows = np.zeros((4, 4))
    rows[0, :3] = 2 / wide * a - (right + left) / wide * ahead
    rows[1, :3] = 2 / high * b - (up + down) / high * ahead
    rows[2, :3] = ahead
    rows[3, :3] = ahead
    rows[:, 3] = -(rows[:, :3] @ at)
    rows[2, 3] -= 2 * near
    return Spot(rows, np.array((*ahead, -float(ahead @ at))))


def directions(count: int) -> NDArray[np.float64]:
    """Unit vectors spread evenly over the sphere (a Fibonacci lattice)."""
    index = np.arange(count) + 0.5
    z = 1 - 2 * index / count
    turn = np.pi * (1 + 5**0.5) * index
    level = np.sqrt(1 - z * z)
    return np.stack([level * np.cos(turn), level * np.sin(turn), z], axis=1)


def spot_from(direction: NDArray[np.float64], low: Sequence[float], high: Sequence[float], margin: float = 0.3) -> Spot:
    """Looking from far away in a direction back at a box of the scene and a margin round it, without perspective."""
    helper = np.array((0.0, 0.0, 1.0)) if abs(direction[2]) < 0.9 else np.array((1.0, 0.0, 0.0))
    a = np.cross(helper, direction)
    a /= np.linalg.norm(a)
    b = np.cross(direction, a)
    corners = np.array([(x, y, z) for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])])
    rows = np.zeros((4, 4))
    for row, axis in enumerate((a, b, -direction)):
        along = corners @ axis
        middle, half = (along.min() + along.max()) / 2, float(np.ptp(along)) / 2 + margin
        rows[row, :3], rows[row, 3] = axis / half, -middle / half
    rows[3, 3] = 1.0
    return Spot(rows, np.array((*(-direction), 0.0)))
