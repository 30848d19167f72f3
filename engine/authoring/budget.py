"""`abaton budget`: what a scene asks of a graphics card, against what a laptop card can draw at 90 Hz, and which thing asks most.

Each variant is built offscreen and looked at from where the person begins and from the middle of each room, round the horizon;
the fullest of these views counts. A draw call serves both eyes, as graphics cards draw them. Of the triangles one eye's picture
is held to the budget, and the whole frame is told beside it: two eyes, mirror image, shadows.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass

from engine.rehearsal import Visitor
from engine.session import Session
from engine.spec.load import load_scene
from engine.spec.model import SceneSpec
from engine.view.census import Batch, batches, cameras
from engine.view.geometry.clay import build_clay
from engine.view.geometry.parts import build_parts
from engine.view.stage import Stage
from engine.view.ui.captions import Captions
from engine.view.view import View
from engine.world import World
from engine.world.vectors import Transform, Vec3, heading
from headset.driver import Stereo, Surface
from headset.driver import View as Eye
from headset.offscreen import eyes, look

DRAW_CALLS, TRIANGLES, TEXTURE_BYTES = 150, 400_000, 256_000_000
"""What a scene may ask of the graphics card of a laptop that is sold for PC headsets: calls of one frame, triangles of one eye's
picture, bytes of its textures."""

FOV_DEG = 100.0
"""Degrees that an eye sees, across and upwards."""

BEARINGS = range(0, 360, 30)
ENGINE = "the engine"
SHARED = "several things together"
"""Whose a merged call is, and the picture that several things have: without any one of them it would still be drawn."""

REMEDIES = {
    "draw_calls": "each material of a thing that moves is a call of its own: give it fewer materials, or fewer joints",
    "triangles": "give it a model of fewer triangles, or place fewer of it",
    "texture_bytes": "halve the sides of its pictures, which is a quarter of the memory",
}


@dataclass(frozen=True, slots=True)
class Share:
    """What one thing asks for by itself; without it, the scene would ask for so much less."""

    thing: str
    amount: int


@dataclass(frozen=True, slots=True)
class Line:
    """One measure against its budget, and what asks most of it, most first."""

    measured: int
    budget: int
    most: tuple[Share, ...]

    @property
    def holds(self) -> bool:
        """Whether it is within the budget."""
        return self.measured <= self.budget


@dataclass(frozen=True, slots=True)
class Cost:
    """What a scene costs in one of its variants ("": as it is). Seconds are until the first picture is drawn."""

    variant: str
    lines: Mapping[str, Line]
    calls_two_pass: int
    triangles_frame: int
    shaders: int
    first_s: float
    again_s: float

    @property
    def holds(self) -> bool:
        """Whether every measure is within its budget."""
        return all(line.holds for line in self.lines.values())


def budget(source: str, as_json: bool, say: Callable[[str], None]) -> int:
    """Measure a scene with each of its variants and say what was found. 0 if all is within the budgets."""
    scene = load_scene(source)
    costs = []
    for variant in ("", *scene.variants):
        costs.append(measure(load_scene(source, variants=(variant,)) if variant else scene, variant))
        if not as_json:
            say(told(scene.name, costs[-1]))
    if as_json:
        say(json.dumps({"scene": scene.name, "variants": [asdict(cost) | {"holds": cost.holds} for cost in costs]}, indent=2))
    return 0 if all(cost.holds for cost in costs) else 1


def measure(scene: SceneSpec, variant: str = "") -> Cost:
    """Build a scene as if for the first time, then again, and count what it draws."""
    with _nothing_kept():
        with _built(scene) as (_, _, first):
            pass
        with _built(scene) as (stage, session, again):
            world = session.world
            mono = _fullest(stage, world, "mono")
            single = _fullest(stage, world, "single_pass")
            twice = _fullest(stage, world, "two_pass")
            everything = _everything(stage)
    calls = [batch for drawn in single.values() for batch in drawn]
    pictures = {picture.number: picture for batch in everything for picture in batch.pictures}
    things = Things(world)
    lines = {
        "draw_calls": Line(len(calls), DRAW_CALLS, things.most_calls(calls)),
        "triangles": Line(_triangles(mono["picture"]), TRIANGLES, things.most_triangles()),
        "texture_bytes": Line(sum(one.bytes for one in pictures.values()), TEXTURE_BYTES, things.most_pictures(everything)),
    }
    return Cost(
        variant,
        lines,
        sum(len(drawn) for drawn in twice.values()),
        _triangles(calls),
        len({batch.shader for batch in everything}),
        first,
        again,
    )


def told(name: str, cost: Cost) -> str:
    """The finding in plain words."""
    title = f"{name}, variant {cost.variant}" if cost.variant else name
    verdict = "within its budget" if cost.holds else "OVER ITS BUDGET"
    rows = [f"{title}: {verdict}", ""]
    for key, label, scale, unit in (
        ("draw_calls", "draw calls", 1, ""),
        ("triangles", "triangles", 1, ""),
        ("texture_bytes", "textures", 1_000_000, " MB"),
    ):
        line = cost.lines[key]
        most = ", ".join(f"{share.thing} {_rounded(share.amount / scale)}{unit}" for share in line.most)
        amounts = f"{_rounded(line.measured / scale):>9}{unit:3} of {line.budget // scale:>7,}{unit:3}"
        rows.append(f"  {label:<11}{amounts}  most: {most}")
    for key, line in cost.lines.items():
        if not line.holds:
            rows += ["", f"  Mend first: {line.most[0].thing}; {REMEDIES[key]}."]
    rows += [
        "",
        f"  A whole frame draws {cost.triangles_frame:,} triangles: two eyes, mirror image and shadows. {cost.shaders} shaders.",
        f"  Where eyes are drawn in turn (software OpenGL): {cost.calls_two_pass} draw calls.",
        f"  First picture after {cost.first_s:.1f} s, built again in the same run after {cost.again_s:.1f} s.",
        "",
    ]
    return "\n".join(rows)


class Things:
    """Says of what is drawn which thing of a world it belongs to. What stands still is merged if its materials are equal, and in
    rooms even if they have only textures in common. A call or a picture is a thing's own only if no other thing is in it."""

    def __init__(self, world: World) -> None:
        self._rooms = set(world.rooms)
        self._bodies = set(world.bodies)
        self._users: dict[str, set[str]] = {}
        self._triangles: dict[str, int] = {}
        for name, body in world.bodies.items():
            parts = build_clay(body) if world.rooms and not body.card.model else build_parts(body.card, body.parameters)
            for part in parts:
                for known in (part.name, part.mesh.material.name):
                    self._users.setdefault(known, set()).add(name)
            faces = sum(len(part.mesh.triangles) * len(part.copies) for part in parts)
            if faces:
                self._triangles[name] = faces * len(body.copies)

    def owners(self, batch: Batch) -> frozenset[str]:
        """The things that a call draws; a room for what is built with it; the engine for sky, hands and captions."""
        own = self._bodies.intersection(batch.above)
        if own:
            return frozenset(own)
        users = [self._users[name] for name in batch.materials or (batch.name,) if name in self._users]
        if users:
            return frozenset().union(*users)
        room = next((name for name in batch.above if name in self._rooms), "")
        return frozenset({f"room {room}" if room else ENGINE})

    def most_calls(self, calls: Sequence[Batch]) -> tuple[Share, ...]:
        """Whose calls are most."""
        return _most((self.owners(batch), 1) for batch in calls)

    def most_triangles(self) -> tuple[Share, ...]:
        """Whose triangles are most, all copies together."""
        return _most((frozenset({name}), faces) for name, faces in self._triangles.items())

    def most_pictures(self, everything: Sequence[Batch]) -> tuple[Share, ...]:
        """Whose pictures take most memory. What nearly all that is drawn reads (shadows, sky) is the engine's."""
        readers: dict[int, set[str]] = {}
        nodes: dict[int, int] = {}
        found = {}
        for batch in everything:
            for picture in batch.pictures:
                found[picture.number] = picture
                nodes[picture.number] = nodes.get(picture.number, 0) + 1
                readers.setdefault(picture.number, set()).update(self.owners(batch))
        half = len(everything) / 2
        return _most(
            (frozenset({ENGINE}) if nodes[number] > half else frozenset(readers[number]), picture.bytes)
            for number, picture in found.items()
        )


def _most(amounts: Iterator[tuple[frozenset[str], int]], count: int = 3) -> tuple[Share, ...]:
    """The `count` largest; what belongs to several is nobody's own, and comes last."""
    sums: dict[str, int] = {}
    for owners, amount in amounts:
        name = next(iter(owners)) if len(owners) == 1 else SHARED
        sums[name] = sums.get(name, 0) + amount
    ranked = sorted(sums.items(), key=lambda item: (item[0] in (SHARED, ENGINE), -item[1], item[0]))
    return tuple(Share(name, amount) for name, amount in ranked[:count])


@contextmanager
def _nothing_kept() -> Iterator[None]:
    """Traced light is kept in a folder of its own, empty at first, and Mesa keeps no shaders, so that the first build is a cold
    one."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = {"XDG_CACHE_HOME": folder, "MESA_SHADER_CACHE_DISABLE": "true"}
        before = {name: os.environ.get(name) for name in wanted}
        os.environ.update(wanted)
        try:
            yield
        finally:
            for name, value in before.items():
                os.environ.pop(name)
                if value is not None:
                    os.environ[name] = value


@contextmanager
def _built(scene: SceneSpec) -> Iterator[tuple[Stage, Session, float]]:
    """A scene as it begins, with a person whose hands are seen, and the seconds until its first picture was drawn."""
    session = Session(scene)
    visitor = Visitor(session.world)
    session.step(0, [visitor.person(0)])
    began = time.perf_counter()
    with closing(Stage()) as stage:
        canvas = stage.open(Surface("buffer", (64, 64), "mono", samples=0))
        View(session, stage, Captions(stage, session.world)).update(0.0)
        stage.warm()
        took = time.perf_counter() - began
        canvas.close()
        yield stage, session, took


def _fullest(stage: Stage, world: World, stereo: Stereo) -> dict[str, list[Batch]]:
    """What each camera draws in the view with most triangles; the cameras are those of one canvas that draws eyes this way."""
    canvas = stage.open(Surface("buffer", (128, 64), stereo, samples=0))
    # Once, so that every pass of the canvas has its camera.
    canvas.look(_eyes(world, world.origin.position, 0, stereo))
    all_of = {name: (camera, batches(camera)) for name, camera in cameras(canvas).items()}
    fullest: dict[str, list[Batch]] = {}
    for at in _stands(world):
        for bearing in BEARINGS:
            canvas.look(_eyes(world, at, bearing, stereo))
            seen = {name: [batch for batch in drawn if batch.seen_by(camera)] for name, (camera, drawn) in all_of.items()}
            if not fullest or _size(seen) > _size(fullest):
                fullest = seen
    canvas.close()
    return fullest


def _everything(stage: Stage) -> list[Batch]:
    """All that any camera of a picture may ever draw of the scene."""
    canvas = stage.open(Surface("buffer", (64, 64), "mono", samples=0))
    drawn = [batch for camera in cameras(canvas).values() for batch in batches(camera)]
    canvas.close()
    return drawn


def _stands(world: World) -> list[Vec3]:
    """Where the person begins, and the middle of each room."""
    return [world.origin.position, *(room.origin for room in world.rooms.values())]


def _eyes(world: World, at: Vec3, bearing: int, stereo: Stereo) -> Sequence[Eye]:
    """The eyes of a person who stands at a point of the scene and looks towards a bearing."""
    own = world.origin.inverse() @ Transform((at[0], at[1], at[2] + world.eye_height), heading(float(bearing)))
    head = look(own.position, own.turn, FOV_DEG, 1.0)
    return (head,) if stereo == "mono" else eyes(head)


def _size(seen: Mapping[str, Sequence[Batch]]) -> tuple[int, int]:
    """How full a view is: its calls, then its triangles."""
    calls = [batch for drawn in seen.values() for batch in drawn]
    return len(calls), _triangles(calls)


def _triangles(drawn: Sequence[Batch]) -> int:
    return sum(batch.triangles for batch in drawn)


def _rounded(amount: float) -> str:
    return f"{amount:,.0f}" if amount >= 10 or amount == int(amount) else f"{amount:.1f}"
