"""The light of rooms, wherever it can be had quickest: from the disk, from what was shown before, or traced.

A view that takes another's place (`before`) is lit at once: what the disk does not hold is drafted from the light before
(`engine.view.indoor.draft`), and `drafted` says that it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.view.cache import Arrays, Given, keep, kept, key, recall
from engine.view.geometry.mesh import Mesh
from engine.view.indoor.bake import Array, Group, Lamp, Traced, bake
from engine.view.indoor.contact import above, beside, contacts, depths, distances, gaps, reliefs, rims, screened, uncovered
from engine.view.indoor.draft import Lit, draft
from engine.view.indoor.evened import evened
from engine.view.indoor.hiding import Things
from engine.view.indoor.lightmap import BORDER, Layout
from engine.view.indoor.panels import Panel
from engine.view.indoor.radiosity import Patches
from engine.view.indoor.softening import Sheet
from engine.view.indoor.thrown import Between, between, grazed, thrown
from engine.view.indoor.tracing import Tracer
from engine.view.stage import Stage


@dataclass(frozen=True, eq=False)
class Wanted:
    """Where light is wanted: at the samples of a layout, the first of `groups`, at the vertices of meshes, the
    last but one, and in the room's free air, six directions a point."""

    layout: Layout
    groups: Sequence[Group]
    meshes: Sequence[Mesh]


Live = tuple[int, tuple[Lamp, ...]]
"""So many of a room's panels, the first, and lamps that stand still in it: how much points see of each goes to the shaders."""


THROWN, ON_WALLS = {"floor": 0.30}, 0.44
"""How much light a form takes where a lamp is wholly hidden: traced light has it too, but so soft that one misses it. Most on
walls, where nothing else says how far off a thing stands."""

Left = tuple[list[Array], list[Array]]
"""How much light is left to the texels of faces, rows x columns, 0-1: of all that falls there; and of what would fall on
something flat that is fixed there: what touches the face does not darken that, the forms of what stands before it do."""

CLEAR = 0.35
"""How much light a clear thing keeps off, with its edges."""


class Lighting:
    """The light of all rooms of a house."""

    def __init__(self, stage: Stage, before: Lighting | None = None) -> None:
        self.stage = stage
        self.drafted = False
        """Whether any of it is not yet as it would be traced."""
        self._before = {} if before is None else before._lit
        self._mirrored_before = None if before is None else before._mirrored
        self._lit: dict[str, Lit] = {}
        self._left_before = {} if before is None else before._left
        self._left: dict[str, Left] = {}
        self._mirrored: Arrays | None = None

    def at(
        self, patches: Patches, shining: tuple[Sequence[Panel], Live], things: Things, wanted: Wanted
    ) -> tuple[list[Traced], Left]:
        """The light of a room at groups of points past things, and how much things leave to its faces, of panels and of what of
        that is live."""
        room, layout, groups = patches.shell.room, wanted.layout, wanted.groups
        panels, live = shining
        far = [np.concatenate([panel.middle, panel.half_x, panel.half_y, panel.radiance()]) for panel in panels]
        points = [array for group in groups for array in group]
        hiding = (things.points, things.solid, things.clear, things.laid, *(mesh.triangles for mesh in wanted.meshes))
        given: list[Given] = [self.stage.renderer, repr((room.low, room.high, layout.shapes, live)), *hiding, *far]
        name = key(__name__, [*given, patches.sent, patches.received, *points])
        found = recall(name)
        before = self._before.get(room.name)
        if found is None and before is not None:
            self.drafted = True
            light, left = draft(before, groups), self._left_before[room.name]
            if [one.shape for one in left[0]] != list(layout.shapes):
                none = [np.ones(shape, np.float32) for shape in layout.shapes]
                left = (none, none)
        else:
            if found is None:
                found = _trace(self.stage, things, patches, shining, wanted)
                keep(name, found)
            pairs = [(found[f"bounce/{index}"], found[f"seen/{index}"]) for index in range(len(groups))]
            light = [Traced(np.asarray(bounce, np.float32), np.asarray(seen, np.float32)) for bounce, seen in pairs]
            every, forms = (
                [np.asarray(found[f"{word}/{index}"], np.float32) * np.float32(1 / 255) for index in range(len(layout.faces))]
                for word in ("left", "forms")
            )
            left = (every, forms)
        self._lit[room.name], self._left[room.name] = Lit(tuple(groups), tuple(light)), left
        return light, left

    def mirrored(self, given: Sequence[Given], make: Callable[[], Arrays]) -> Arrays:
        """What things mirror, of all that a picture of the rooms depends on: from the disk, else as before, else `make`."""
        maker = f"{__package__}.furnishing"
        before = self._mirrored_before
        if before is None:
            self._mirrored = kept(maker, given, make)
            return self._mirrored
        found = recall(key(maker, given))
        self.drafted |= found is None
        self._mirrored = before if found is None else found
        return self._mirrored


def _trace(stage: Stage, things: Things, patches: Patches, shining: tuple[Sequence[Panel], Live], wanted: Wanted) -> Arrays:
    layout, groups, meshes = wanted.layout, wanted.groups, wanted.meshes
    tracer = Tracer(stage, things.points, things.solid, things.clear)
    away = distances(tracer, layout.faces, layout.shapes)
    ends = depths(tracer, layout.faces, away)
    behind = gaps(tracer, layout.faces, away, ends)
    off, solid = reliefs(tracer, layout.faces, away, ends), between(away, ends, behind)
    (panels, (live, lamps)), sheets, open_ = shining, layout.sheets(), uncovered(away, layout.finer)
    found = bake(patches, panels, tracer, groups, sheets, live=live, open_=open_, lamps=lamps)
    tracer.close()
    found[-2] = _evened(meshes, found[-2])
    if len(things.laid):
        tracer = Tracer(stage, things.points, things.laid)
        below = distances(tracer, layout.faces, layout.shapes)
        away = above(away, below)
        left = beside(contacts(layout.faces, away, off), rims(layout.faces, below), below)
        tracer.close()
    else:
        left = contacts(layout.faces, away, off)
    clear = _between_clear(stage, things, layout)
    lit = [_seen(panels, *both) for both in zip(sheets, found[: len(sheets)], strict=True)]
    forms, given = screened(layout.faces, away, behind), []
    for one, its, face, some, *both in zip(left, forms, layout.faces, lit, solid, clear, strict=True):
        falls = 1.0 - grazed(face, one.shape, some)
        past = 1.0 - np.float32(THROWN.get(face.name, ON_WALLS)) * thrown(face, one.shape, both, some)
        given.append([(1.0 - (1.0 - each) * falls) * past for each in (one * its, its)])
    made: dict[str, NDArray[np.generic]] = {
        f"{word}/{index}": array.astype(np.float16)
        for index, one in enumerate(found)
        for word, array in (("bounce", one.bounce), ("seen", one.seen))
    }
    for index, both in enumerate(given):
        for word, one in zip(("left", "forms"), both, strict=True):
            made[f"{word}/{index}"] = np.round(one * 255).astype(np.uint8)
    return made


def _seen(panels: Sequence[Panel], sheet: Sheet, light: Traced) -> list[tuple[Panel, Array]]:
    """Panels, and how much of each is seen from the traced points of a face, rows x columns."""
    inner = light.seen.reshape(sheet.rows, sheet.columns, -1)[BORDER:-BORDER:3, BORDER:-BORDER:3]
    return [(panel, inner[..., index]) for index, panel in enumerate(panels[: inner.shape[2]])]


def _between_clear(stage: Stage, things: Things, layout: Layout) -> list[Between]:
    """Between which distances from faces something clear is."""
    tracer = Tracer(stage, things.points, things.clear)
    away = distances(tracer, layout.faces, layout.shapes)
    found = between(away, depths(tracer, layout.faces, away), dims=CLEAR)
    tracer.close()
    return found


def _evened(meshes: Sequence[Mesh], light: Traced) -> Traced:
    """Light at the vertices of meshes, one after the other, evened out over each."""
    cuts = np.cumsum([len(mesh.positions) for mesh in meshes])[:-1]
    parts = zip(meshes, np.split(light.bounce, cuts), np.split(light.seen, cuts), strict=True)
    even = [evened(*part) for part in parts]
    return Traced(*(np.concatenate(some) for some in zip(*even, strict=True))) if even else light
