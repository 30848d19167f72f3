"""From a scene to its world at tick 0; or all that stands where it cannot, with the nearest free places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from engine.spec.diagnostics import Diagnostic, SceneError, Span
from engine.spec.expression import Value, evaluate, number
from engine.spec.garbage import uncollected
from engine.spec.model import SceneSpec
from engine.world.free import nearest_free, written
from engine.world.placement import Parameters
from engine.world.rooms import RoomBox, lay_out
from engine.world.rules import can_move, lone
from engine.world.site import Problem, Site
from engine.world.ways import barred, out_of_reach, reached
from engine.world.world import World

SEATED_EYE_HEIGHT = 1.2
"""Metres from the floor: sitting eye height of adults 0.68–0.84 m (ISO 7250-1 dimension 4.1.9) over a 0.45 m seat."""

STANDING_EYE_HEIGHT = 1.6
"""Metres from the floor, between the 50th percentile of adult women and men (ISO 7250-1 dimension 4.1.3)."""

LYING_EYE_HEIGHT = 0.2
"""Metres from the surface one lies on: the length of a head from the back to the brow, 0.19 m (ISO 7250-1, head length)."""

MOST = 200
"""Problems said of one scene."""

WHOLE = 1000
"""Things up to which a free place is tried with the whole scene; beyond, with all that is near it."""

SEARCHED = 20
"""Things for which a free place is looked for; a scene with more needs another plan, not another `at`."""


@uncollected()
def build(scene: SceneSpec) -> World:
    """The world at tick 0. Raises SceneError with all that stands where it cannot."""
    site, diagnostics = _placed(scene)
    if site is None or diagnostics:
        raise SceneError(diagnostics)
    heights = {"seated": SEATED_EYE_HEIGHT, "lying": LYING_EYE_HEIGHT}
    # A sound without a place is all around.
    placed = [name for name, thing in site.things.items() if name in site.bodies or thing.place.thing or thing.place.at]
    places = {name: site.placing.place(name) for name in placed}
    return World(
        scene=scene,
        bodies=site.bodies,
        places=places,
        properties=_properties(site),
        origin=places["participant"],
        eye_height=heights.get(site.posture("participant") or "", STANDING_EYE_HEIGHT),
        rooms=site.rooms,
    )


@uncollected()
def misplaced(scene: SceneSpec) -> tuple[Diagnostic, ...]:
    """All that stands where it cannot, in the file's order; nothing if the scene can be built."""
    return _placed(scene)[1]


def _placed(scene: SceneSpec) -> tuple[Site | None, tuple[Diagnostic, ...]]:
    scope = Parameters(scene)
    rooms, broken = lay_out(scene.rooms, lambda length: number(length, scope))
    if broken:
        return None, _shown(scene, broken)
    site = Site(scene, rooms)
    if site.placing.rings:
        return None, _shown(scene, [_ring(site, ring) for ring in site.placing.rings])
    problems = _problems(site)
    return site, _shown(scene, _told(site, rooms, problems[:MOST]))


def _properties(site: Site) -> dict[tuple[str, ...], Value]:
    found: dict[tuple[str, ...], Value] = {}
    for quantity in (*site.scene.parameters.values(), *site.scene.variables.values()):
        found[(quantity.name,)] = quantity.value
    for name, body in site.bodies.items():
        for prop, slot in body.card.live.items():
            found[(name, prop)] = body.parameters.get(prop, slot.default)
        present = site.things[name].present
        found[(name, "present")] = True if present is None else evaluate(present, site.scope)
    return found


def _ring(site: Site, ring: Sequence[str]) -> Diagnostic:
    words = " → ".join((*ring, ring[0]))
    remedy = "place one of them on the scene's own axes, with `at`"
    return Diagnostic("E0601", "error", site.span(ring[0]), f"{ring[0]} is placed by itself: {words}", remedy)


def _problems(site: Site) -> list[Problem]:
    """All problems of a site; each kind between the same two things once."""
    found = {problem.key: problem for problem in reversed(list(lone(site)))}
    # Without its doors nobody walks into a room, and who stands in a thing walks nowhere: what is wrong with those is enough.
    stuck = any("participant" in (name, other) for _, name, other in found)
    floor = None if site.misfits or stuck else reached(site)
    if floor is not None:
        found |= {problem.key: problem for problem in (*barred(site, floor), *out_of_reach(site, floor))}
    return list(found.values())


def _told(site: Site, rooms: Mapping[str, RoomBox], problems: Sequence[Problem]) -> list[Diagnostic]:
    before = {problem.key for problem in problems}
    remedies: dict[str, str] = {}
    for problem in problems:
        name = problem.name
        asked = problem.movable and name in site.things and can_move(site, name)
        if not asked or name in remedies or len(remedies) >= SEARCHED:
            continue

        def verify(at: tuple[float, ...], name: str = name) -> bool:
            if len(site.things) > WHOLE:
                return True
            after = _problems(Site(site.scene, rooms, {name: at}))
            return all(one.key in before and name not in (one.name, one.other) for one in after)

        at = nearest_free(site, name, verify)
        remedies[name] = f"the nearest free place is {written(at)}" if at is not None else ""
    return [
        Diagnostic(one.code, "error", one.span, one.message, (remedies.get(one.name, "") if one.movable else "") or one.remedy)
        for one in problems
    ]


def _shown(scene: SceneSpec, found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Findings in the file's order, each with the line that it points at."""
    ordered = sorted(found, key=lambda one: (one.span, one.code, one.message))
    return tuple(replace(one, source=_line(scene, one.span)) for one in ordered)


def _line(scene: SceneSpec, span: Span) -> str:
    lines = scene.sources.get(span.file, ())
    return lines[span.line - 1] if 0 < span.line <= len(lines) else ""
