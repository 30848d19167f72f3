"""From a scene to a world: every thing gets its size and its place. Nothing is moved to make room.

Played today: things placed on the scene's axes, by `origin`, `in: thing.place` and `rests_on`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from engine.spec.cards import Card
from engine.spec.diagnostics import Diagnostic, SceneError
from engine.spec.expression import Expression, Value, evaluate, number
from engine.spec.model import Place, SceneSpec, Thing
from engine.world.vectors import Transform, Turn, Vec3, heading, heading_to
from engine.world.world import Body, World

SEATED_EYE_HEIGHT = 1.2
"""Metres from the floor: sitting eye height of adults 0.68–0.84 m (ISO 7250-1 dimension 4.1.9) over a 0.45 m seat."""

STANDING_EYE_HEIGHT = 1.6
"""Metres from the floor, between the 50th percentile of adult women and men (ISO 7250-1 dimension 4.1.3)."""

COMPASS = {"north": 0.0, "east": 90.0, "south": 180.0, "west": 270.0}


class Parameters:
    """The scope of what is built: parameters have values, and nothing else does (language, section 8)."""

    def __init__(self, scene: SceneSpec) -> None:
        self.scene = scene

    def value(self, path: tuple[str, ...]) -> Value:
        """The value of a parameter."""
        return self.scene.parameters[path[0]].value

    def _none(self, *_: object) -> NoReturn:
        raise TypeError("only parameters have a value where a scene is built")

    flag = active = done = elapsed = held = _none


def build(scene: SceneSpec) -> World:
    """The world at tick 0. Raises SceneError with every thing that has no place."""
    return _Builder(scene).world()


class _Builder:
    def __init__(self, scene: SceneSpec) -> None:
        self.scene = scene
        self.scope = Parameters(scene)
        self.things: dict[str, Thing] = dict(scene.things)
        if scene.environment is not None:
            self.things = {"environment": scene.environment, **self.things}
        self.bodies = {name: self._body(thing) for name, thing in self.things.items() if thing.card.kind != "sound"}
        self.places: dict[str, Transform] = {}
        self.problems: list[Diagnostic] = []

    def world(self) -> World:
        for name in self.bodies:
            self._place(name, ())
        if self.problems:
            raise SceneError(self.problems)
        participant = self.things["participant"]
        seated = self._posture(participant.place) == "seated"
        return World(
            scene=self.scene,
            bodies=self.bodies,
            places=self.places,
            properties=self._properties(),
            origin=self.places["participant"],
            eye_height=SEATED_EYE_HEIGHT if seated else STANDING_EYE_HEIGHT,
        )

    def _properties(self) -> dict[tuple[str, ...], Value]:
        found: dict[tuple[str, ...], Value] = {}
        for quantity in (*self.scene.parameters.values(), *self.scene.variables.values()):
            found[(quantity.name,)] = quantity.value
        for name, body in self.bodies.items():
            for prop, slot in body.card.live.items():
                found[(name, prop)] = body.parameters.get(prop, slot.default)
            present = self.things[name].present
            found[(name, "present")] = True if present is None else evaluate(present, self.scope)
        return found

    def _body(self, thing: Thing) -> Body:
        card = thing.card
        slots = {**card.live, **card.params}
        parameters = {name: slot.default for name, slot in slots.items()}
        parameters |= {name: evaluate(value, self.scope) for name, value in thing.values.items()}
        size = _size(card, parameters)
        return Body(thing.name, card, size, size[2] if card.rest_height is None else card.rest_height, parameters)

    def _posture(self, place: Place) -> str | None:
        target = self.bodies.get(place.thing)
        return target.card.places[place.part].posture if target and place.part in target.card.places else None

    def _place(self, name: str, waiting: tuple[str, ...]) -> Transform:
        """The place of a thing, after that of the thing it is placed by."""
        if name in self.places:
            return self.places[name]
        place = self.things[name].place
        if name in waiting:
            ring = " → ".join((*waiting[waiting.index(name) :], name))
            self._problem(place, f"{name} is placed by itself: {ring}", "place one of them on the scene's own axes, with `at`")
            return Transform()
        base = self._place(place.thing, (*waiting, name)) if place.thing in self.bodies else Transform()
        found = self._on(name, place, base)
        return self.places.setdefault(name, found)

    def _on(self, name: str, place: Place, base: Transform) -> Transform:
        at = self._point(place.at)
        if place.placing == "rests_on":
            target = self.bodies[place.thing]
            half = (target.size[0] / 2, target.size[1] / 2)
            if abs(at[0]) > half[0] or abs(at[1]) > half[1]:
                self._problem(
                    place,
                    f"{name} would hang beside {place.thing}, which is {target.size[0]:g} m by {target.size[1]:g} m",
                    f"keep `at` within {half[0]:g} m and {half[1]:g} m of its middle",
                )
            at = (at[0], at[1], target.rest_height)
        elif place.placing == "in":
            spot = self.bodies[place.thing].card.places[place.part]
            # A seated person's own space begins at the floor under the seat, where the real chair stands.
            at = (spot.at[0], spot.at[1], 0.0 if spot.posture == "seated" else spot.at[2])
            return base @ Transform(at, heading(spot.facing_deg))
        return Transform(base.point(at), self._facing(place, base.point(at), base.turn))

    def _facing(self, place: Place, at: Vec3, otherwise: Turn) -> Turn:
        facing = place.facing
        if facing is None:
            return otherwise
        if isinstance(facing, str):
            return heading(COMPASS[facing]) if facing in COMPASS else heading_to(at, self._place(facing, (place.thing,)).position)
        return heading(number(facing, self.scope))

    def _point(self, point: tuple[Expression, ...]) -> Vec3:
        lengths = [number(length, self.scope) for length in point]
        x, y, z = (*lengths, 0.0, 0.0, 0.0)[:3]
        return (x, y, z)

    def _problem(self, place: Place, message: str, remedy: str) -> None:
        self.problems.append(Diagnostic("E0601", "error", place.span, message, remedy))


def _size(card: Card, parameters: Mapping[str, Value]) -> Vec3:
    axes: dict[str, float] = dict(zip(("width", "depth", "height"), card.size, strict=True))
    for axis, parameter in card.stretch.items():
        value = parameters[parameter]
        assert not isinstance(value, (str, bool)), f"{card.name}: {parameter} is a length"
        axes[axis] = value
    return (axes["width"], axes["depth"], axes["height"])
