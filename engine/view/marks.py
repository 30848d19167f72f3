"""What shows where someone's attention is: rings around what could be worked, a ray, the arc of a step, the way out, a vignette.

Marks are drawn over everything, always as large as can be seen: never smaller than SMALLEST at any distance. Each meaning has a
figure of its own (WCAG 2.2, 1.4.1: colour is not the only means), white with a dark rim (1.4.11: 3:1 against what lies behind).

    ring                  a hand, a gaze or a key could work this
    ring that fills       it will be worked when it is full (a dwell, a scan); full at once: let go now, it snaps on
    two rings             it is being worked, and stays to be seen in them
    ring with a disc      a spot to go to
    plus, minus, cross    a step up, a step down, a place where one cannot stand (or what could not be done: `view.refusal`)
    doorway with arrow    the way out
"""

from __future__ import annotations

from collections.abc import Sequence
from math import atan2, hypot, radians, tan

import numpy as np
import panda3d.core as p3d

from engine.view.canvas import PICTURE
from engine.view.geometry.geoms import quad
from engine.view.geometry.plain import never_culled
from engine.view.render.shaders import program
from engine.view.stage import Stage
from engine.world import World
from engine.world.attention import Arc, Attention
from engine.world.joints import point_of
from engine.world.vectors import Transform, Vec3, distance, subtract

SMALLEST = radians(1.4)
"""The least angle across a mark."""

LARGEST = 9.0
"""Marks of the least size across, above which none grows: 13 degrees, seen at once."""

LOOKED_AT = 1.6
"""Marks of the least size across, of one that a look chooses by: how far a dwell is must be seen on its sign."""

AROUND = 1.35
"""Radii of a control, at which its ring lies: what is worked is not covered."""

THICKEST = 2.2
"""Marks of the least size across, from which on a ring's line grows no thicker."""

RAY, RAY_FROM = radians(0.22), 0.06
"""The angle across a ray, and the metres from the hand at which it begins."""

WHITE = (1.0, 1.0, 1.0)
AMBER = (1.0, 0.62, 0.16)
"""Of what cannot be: told by its cross too."""

RING, FILLING, DISC, PLUS, MINUS, CROSS, LINE, VIGNETTE, WAY_OUT, RINGS = range(10)
DEEDS = {"step_up": PLUS, "step_down": MINUS}

MOST = 12
"""Marks at once."""

WAY_OUT_WIDE = 0.16
"""Metres across the mark that leaves, a metre from the eyes."""

BEGUN = 0.25
"""Part of the gesture that leaves from which it is one: a switch that is pressed, or a menu button that is tapped, is none."""

AHEAD: Vec3 = (0.0, 0.94, -0.34)
"""Metres from the head (20 degrees down) of the way out of who leaves by a hand or a key, and has no mark to look at."""

VIGNETTE_AT, VIGNETTE_WIDE = 0.25, 1.2
"""Metres before the eyes at which the vignette hangs, and its size: it covers 135 degrees."""


class Marks:
    """All marks of a stage, made once; `follow` shows those that are needed."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._cards = [self._card(f"mark {number}", 95) for number in range(MOST)]
        self._lines = [self._card(f"ray {number}", 94) for number in range(2)]
        self._arcs = [Ribbon(over(stage.root.attach_new_node("arc"), 94)) for _ in range(2)]
        for ribbon in self._arcs:
            ribbon.path.stash()
        self._dim = self._card("vignette", 93)
        self._shown = self._rays = 0
        """How many marks and rays there are."""

    def follow(self, world: World) -> None:
        """Show what people attend to now."""
        head = world.head("participant")
        marks, rays = self._shown, self._rays
        self._shown = self._rays = 0
        if head is not None:
            for (person, by), one in world.attention.items():
                if person != "participant" or not world.present(one.thing):
                    continue
                middle, radius = spot(world, one)
                self._show(middle, radius, head, figure_of(one), one.progress)
                hand = world.hand(person, by) if by in ("left", "right") else None
                if hand is not None and one.point is not None and one.stage != "select" and self._rays < len(self._lines):
                    self._draw_ray(self._lines[self._rays], hand, one.point, head)
                    self._rays += 1
            for mark in (each for (person, _), some in world.marks.items() if person == "participant" for each in some):
                if mark.deed == "leave":
                    self._show(mark.point, WAY_OUT_WIDE / 2, head, WAY_OUT, world.leaving.get("participant", 0.0))
                else:
                    self._show(mark.point, 0.0, head, DEEDS.get(mark.deed, RING), 0.0)
            leaving = world.leaving.get("participant", 0.0)
            if leaving >= BEGUN and ("participant", "leave") not in world.marks:
                self._show(head.point(AHEAD), WAY_OUT_WIDE / 2, head, WAY_OUT, leaving)
        self._draw_arcs(world, head)
        for card in (*self._cards[self._shown : marks], *self._lines[self._rays : rays]):
            card.stash()
        self._draw_vignette(world.vignette.get("participant", 0.0), head)

    def _show(self, middle: Vec3, radius: float, head: Transform, figure: int, progress: float, *, ink: Vec3 = WHITE) -> None:
        if self._shown == len(self._cards):
            return
        card = self._cards[self._shown]
        self._shown += 1
        least = 2.0 * distance(middle, head.position) * tan(SMALLEST / 2) * (1.0 if radius else LOOKED_AT)
        size = min(max(2.0 * radius / 0.78, least), LARGEST * least)
        card.set_pos_quat(p3d.LVecBase3f(*middle), facing(middle, head.position))
        card.set_scale(size, 1.0, size)
        card.set_shader_input("fine", 1.0 if figure == WAY_OUT else min(1.0, THICKEST * least / size))
        draw_as(card, figure, progress, ink)

    def _draw_ray(self, card: p3d.NodePath, hand: Transform, end: Vec3, head: Transform) -> None:
        start = hand.point((0.0, RAY_FROM, 0.0))
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, (start[2] + end[2]) / 2)
        long, wide = distance(start, end), distance(middle, head.position) * tan(RAY)
        if long < 1e-3:
            card.stash()
            return
        card.set_pos_quat(p3d.LVecBase3f(*middle), _along(subtract(end, start), subtract(head.position, middle)))
        card.set_scale(wide, 1.0, long)
        draw_as(card, LINE, 0.0)

    def _draw_arcs(self, world: World, head: Transform | None) -> None:
        arcs = [arc for (person, _), arc in world.arcs.items() if person == "participant"]
        for ribbon, arc in zip(self._arcs, [*arcs, None, None], strict=False):
            if head is None or arc is None or len(arc.points) < 2:
                if not ribbon.path.is_stashed():
                    ribbon.path.stash()
                continue
            ribbon.lie(arc.points, head.position)
            ink = AMBER if arc.landing is None else WHITE
            draw_as(ribbon.path, LINE, 1.0, ink)
            self._show_landing(arc, head, ink)

    def _show_landing(self, arc: Arc, head: Transform, ink: Vec3) -> None:
        if arc.landing is None:
            self._show(arc.points[-1], 0.12, head, CROSS, 0.0, ink=ink)
        elif self._shown < len(self._cards):
            card = self._cards[self._shown]
            self._shown += 1
            x, y, z = arc.landing.position
            card.set_pos_hpr_scale(x, y, z + 0.02, 0, -90, 0, 0.7, 1.0, 0.7)
            draw_as(card, DISC, 0.0, ink)

    def _draw_vignette(self, much: float, head: Transform | None) -> None:
        if much <= 0.0 or head is None:
            if not self._dim.is_stashed():
                self._dim.stash()
            return
        self._dim.set_pos_quat(p3d.LVecBase3f(*head.point((0.0, VIGNETTE_AT, 0.0))), p3d.LQuaternionf(*head.turn))
        self._dim.set_scale(VIGNETTE_WIDE, 1.0, VIGNETTE_WIDE)
        draw_as(self._dim, VIGNETTE, much)

    def _card(self, name: str, sort: int) -> p3d.NodePath:
        path = self._stage.root.attach_new_node(card(name, sort).node())
        path.stash()
        return path


class Ribbon:
    """A band along points, as wide as a ray, that always shows its face."""

    def __init__(self, path: p3d.NodePath, most: int = 64) -> None:
        self.most = most
        self._data = p3d.GeomVertexData("ribbon", p3d.GeomVertexFormat.get_v3t2(), p3d.Geom.UH_dynamic)
        self._data.unclean_set_num_rows(2 * most)
        self._strip = p3d.GeomTristrips(p3d.Geom.UH_dynamic)
        self._strip.add_consecutive_vertices(0, 2 * most)
        self._strip.close_primitive()
        node = p3d.GeomNode("ribbon")
        made = p3d.Geom(self._data)
        made.add_primitive(self._strip)
        node.add_geom(made)
        self.path = path
        path.attach_new_node(never_culled(node))

    def lie(self, points: Sequence[Vec3], eye: Vec3) -> None:
        """Lie along these points, seen from an eye; the last ones are left out if they are too many."""
        line = np.array(points[: self.most], np.float32)
        line = np.concatenate((line, np.repeat(line[-1:], self.most - len(line), axis=0)))
        ahead = np.gradient(line[: len(points)], axis=0)
        ahead = np.concatenate((ahead, np.repeat(ahead[-1:], self.most - len(ahead), axis=0)))
        away = line - np.array(eye, np.float32)
        aside = np.cross(ahead, away)
        aside /= np.maximum(np.linalg.norm(aside, axis=1, keepdims=True), 1e-6)
        aside *= (np.linalg.norm(away, axis=1, keepdims=True) * tan(RAY)).astype(np.float32)
        rows = np.zeros((self.most, 2, 5), np.float32)
        rows[:, 0, :3], rows[:, 1, :3] = line - aside, line + aside
        rows[:, 1, 3] = 1.0
        rows[:, :, 4] = np.linspace(0.0, 1.0, self.most, dtype=np.float32)[:, None]
        memoryview(self._data.modify_array(0)).cast("B")[:] = rows.tobytes()


def card(name: str, sort: int) -> p3d.NodePath:
    """A square card of a metre that a mark is drawn on, over everything; on no stage yet."""
    node = p3d.GeomNode(name)
    node.add_geom(quad(1.0, 1.0))
    return over(p3d.NodePath(node), sort)


def over(path: p3d.NodePath, sort: int) -> p3d.NodePath:
    """What is drawn as marks are: over everything, those of a higher `sort` over others, in pictures only."""
    path.set_shader(program("mark"))
    path.set_transparency(p3d.TransparencyAttrib.M_premultiplied_alpha)
    path.set_two_sided(True)
    path.set_shader_input("fine", 1.0)
    path.set_bin("fixed", sort)
    path.set_depth_test(False)
    path.set_depth_write(False)
    path.hide(p3d.BitMask32(~PICTURE & 0xFFFF))
    return path


def figure_of(one: Attention) -> int:
    """Which figure says what someone attends to."""
    if one.stage == "select":
        return RINGS
    if one.progress > 0.0:
        return FILLING
    return DEEDS.get(one.deed, RING)


def spot(world: World, one: Attention) -> tuple[Vec3, float]:
    """Where a mark lies, and how large: on the mark that is looked at, around a control, else around the thing's middle."""
    for mark in (each for some in world.marks.values() for each in some):
        if (mark.thing, mark.control, mark.deed) == (one.thing, one.control, one.deed):
            return mark.point, 0.0
    body = world.bodies[one.thing]
    control = body.card.controls.get(one.control)
    if control is not None:
        return point_of(world, one.thing, control.at, control.joint), control.radius * AROUND
    width, depth, height = body.size
    return world.places[one.thing].point((0.0, 0.0, height / 2)), hypot(width, depth, height) / 2


def facing(middle: Vec3, eye: Vec3) -> p3d.LQuaternionf:
    """The turn of an upright card that is looked at from an eye."""
    x, y, z = subtract(middle, eye)
    turn = p3d.LQuaternionf()
    turn.set_hpr(p3d.LVecBase3f(-np.degrees(atan2(x, y)), np.degrees(atan2(z, hypot(x, y))), 0.0))
    return turn


def _along(line: Vec3, to_eye: Vec3) -> p3d.LQuaternionf:
    """The turn of a card whose z lies along a line and whose back is as far from the eye as can be."""
    up = p3d.LVector3f(*line).normalized()
    right = p3d.LVector3f(*to_eye).cross(up)
    if right.length() < 1e-6:
        right = p3d.LVector3f(1, 0, 0) if abs(up.x) < 0.9 else p3d.LVector3f(0, 1, 0)
        right = right - up * right.dot(up)
    right.normalize()
    ahead = up.cross(right)
    turn = p3d.LQuaternionf()
    turn.set_from_matrix(p3d.LMatrix3f(right.x, right.y, right.z, ahead.x, ahead.y, ahead.z, up.x, up.y, up.z))
    return turn


def draw_as(path: p3d.NodePath, figure: int, progress: float, ink: Vec3 = WHITE) -> None:
    """Make a card show a figure."""
    path.set_shader_input("figure", figure)
    path.set_shader_input("progress", progress)
    path.set_shader_input("ink", p3d.LVecBase4f(*ink, 0.92))
    path.unstash()
