"""What a body is drawn with: the parts of its card's model, assembled by a few declarative words.

A card's `model` is plain text in a mapping. Lengths are metres and angles degrees, bare or with their unit (`0.145 m`):

    model:
      file: wooden_dock.glb          # in assets/models; without `parts`, each node stands where the file puts it
      follows: scale                 # a live property that changes the look of every part
      lamp: {down: 51 deg}           # what of a lamp stands in its own light: `engine.view.render.lamps`
      face: {at: [0 m, 3 cm], size: [1 m, 8 cm]}     # of a flat lamp: where in its foot it shines; else all over, but for its rim
      parts:
        plank:                       # a name of our own
          node: [plank_a, plank_b]   # nodes of the file, dealt out in turn; left out: the node of the part's name
          chosen_by: picture         # a parameter with choices: node `picture_lake` where it says lake; none where nothing
          marks: [35, 60]            # where `chosen_by` is a number: the values from which it is the second of `node`, the third…
          repeat: depth              # copies along this axis, spread evenly and centred on the origin
          over: length               # the parameter, or the length, that they fill
          step: 0.145 m              # wished distance between copies; the real one makes a whole number fit
          set: cells                 # cells: copies stand in the middle of each step (planks)
                                     # marks: also at both ends (posts) · stretch: pieces drawn out to meet (beams)
          inset: 0.3 m               # left free at both ends
          at: [0 m, 0 m, 0.5 m]      # or a list of such points: everything once at each
          vary: {shift: 0.003 m, turn: 0.4 deg, flip: "true"}   # small differences between copies; flip: half are turned about
          follows, sway, casts       # as `Part` has them
          joint: back                # the joint of the card that it moves with; modelled as it is at the joint's `from`
          screen: main               # written on live: one flat rectangle, its uvs 0-1 across it (`View.screens`)
          shines: flux               # the face of a lamp: as bright as this live flux makes it, coloured by `white`
          gathers: drawn               # cloth on a rail: as wide as its thing at 1 of this live property, aside towards -x at 0
          flashes: alarm               # a lamp that shines while its thing alarms, in the colour and rhythm of the priority
          tint: cover                # a parameter that is a colour of `engine.spec.finishes`; it multiplies the material's

    model: {landscape: alpine, frozen: true}         # instead of a file: a landscape by `engine.view.geometry.landscape`

A designer's own file has the card that `engine.spec.modelfile` makes of it: `own` is its path, and `foot` becomes the origin.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.library import assets_folder
from engine.spec.cards import Card
from engine.spec.diagnostics import Diagnostic, SceneError, Span
from engine.spec.expression import Value
from engine.spec.finishes import COLOURS
from engine.view.geometry.finishes import linear
from engine.view.geometry.gltf import ModelError, read_glb
from engine.view.geometry.landscape import build_landscape
from engine.view.geometry.mesh import Mesh, Part

Matrix = NDArray[np.float64]

MOST_COPIES = 20_000
_WORDS = frozenset(
    {
        "node",
        "chosen_by",
        "marks",
        "repeat",
        "over",
        "step",
        "set",
        "inset",
        "at",
        "vary",
        "follows",
        "sway",
        "casts",
        "joint",
        "screen",
        "shines",
        "gathers",
        "flashes",
        "tint",
    }
)
_UNITS = {"": 1.0, "m": 1.0, "cm": 0.01, "mm": 0.001, "deg": 1.0}


def build_parts(card: Card, parameters: Mapping[str, Value]) -> list[Part]:
    """The parts of a body of this card; what `parameters` leaves out is as the card has it.

    Things with nothing to see (sounds, people not yet drawn) have no parts. Raises `ModelError` where card and model disagree,
    SceneError for a designer's own file that cannot be drawn.
    """
    model = card.model
    if not model:
        return []
    values = {name: slot.default for name, slot in {**card.params, **card.live}.items()} | dict(parameters)
    if "landscape" in model:
        return build_landscape(seed=int(float(values.get("seed", 0))), frozen=str(model.get("frozen", "false")).lower() == "true")
    if "own" in model:
        shift = np.eye(4)
        shift[:3, 3] = [-float(length) for length in model["foot"]]
        own = [part for parts in _own(Path(model["own"])).values() for part in parts]
        return [replace(part, copies=np.asarray(shift @ part.copies, np.float32)) for part in own]
    if "file" not in model:
        raise ModelError(f"The card '{card.name}' has a model without a file; name one of assets/models.")
    nodes = _nodes(assets_folder() / "models" / str(model["file"]))
    follows = str(model.get("follows", ""))
    if "parts" not in model:
        return [replace(part, follows=follows) for parts in nodes.values() for part in parts]
    built: list[Part] = []
    for name in model["parts"]:
        built.extend(_assemble(card, name, nodes, values, follows))
    return built


def _own(path: Path) -> Mapping[str, list[Part]]:
    """A designer's file: what is wrong with it is wrong with the scene."""
    try:
        return _nodes(path)
    except ModelError as problem:
        raise SceneError([Diagnostic("E0815", "error", Span(path.name, 0, 0, 0, 0), str(problem))]) from problem


def _nodes(path: Path) -> Mapping[str, list[Part]]:
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        changed = 0
    return _read(path, changed)


@lru_cache(maxsize=64)
def _read(path: Path, changed: int) -> Mapping[str, list[Part]]:
    """A file's parts by node; `changed` makes an edited file a new one."""
    nodes: dict[str, list[Part]] = {}
    for part in read_glb(path):
        nodes.setdefault(part.name, []).append(part)
    return nodes


def _assemble(
    card: Card, name: str, nodes: Mapping[str, list[Part]], values: Mapping[str, Value], follows: str
) -> Iterator[Part]:
    """One entry of `parts`."""
    recipe: Mapping[str, Any] = card.model["parts"][name] or {}
    where = f"The part '{name}' of card '{card.name}'"
    foreign = set(recipe) - _WORDS
    if foreign:
        raise ModelError(f"{where} has the unknown word '{min(foreign)}'; use {', '.join(sorted(_WORDS))}.")
    names = _named(card, name, recipe, values, where)
    for each in names:
        if each not in nodes:
            raise ModelError(
                f"{where} wants the node '{each}', which {card.model['file']} lacks; it has {', '.join(sorted(nodes))}."
            )
    copies = _vary(_copies(where, recipe, values), recipe.get("vary") or {}, where)
    deal = _deal(len(copies), len(names))
    for index, each in enumerate(names):
        mine = [copy for copy, turn in zip(copies, deal, strict=True) if turn == index]
        if not mine:
            continue
        for part in nodes[each]:
            yield replace(
                part,
                mesh=_tinted(part.mesh, recipe.get("tint"), values, where),
                joint=_declared(recipe, "joint", card.joints, where),
                screen=str(recipe.get("screen", "")),
                shines=_declared(recipe, "shines", card.live, where),
                gathers=_declared(recipe, "gathers", card.live, where),
                flashes=_declared(recipe, "flashes", card.live, where),
                name=name,
                copies=np.array([copy @ part.copies[0] for copy in mine], dtype=np.float32),
                follows=str(recipe.get("follows", follows)),
                sway=number(recipe.get("sway", 0.0), where),
                casts=str(recipe.get("casts", "true")).lower() == "true",
            )


def _named(card: Card, name: str, recipe: Mapping[str, Any], values: Mapping[str, Value], where: str) -> list[str]:
    """The nodes that an entry is made of: those it names, or the one that a parameter chooses."""
    chosen = recipe.get("node", name)
    if "chosen_by" not in recipe:
        return [str(each) for each in chosen] if isinstance(chosen, list | tuple) else [str(chosen)]
    said = values[_declared(recipe, "chosen_by", card.params, where)]
    if "marks" in recipe:
        return [_by_number([str(each) for each in chosen], [number(mark, where) for mark in recipe["marks"]], said, where)]
    value = str(said)
    return [] if value == "nothing" else [f"{chosen}_{value}"]


def _by_number(names: list[str], marks: list[float], value: Value, where: str) -> str:
    """The one of the nodes that a number chooses."""
    if not isinstance(value, int | float) or len(marks) != len(names) - 1 or marks != sorted(marks):
        raise ModelError(
            f"{where} has {len(names)} nodes and {len(marks)} marks; give a number, and one mark less than nodes, growing."
        )
    return names[sum(value >= mark for mark in marks)]


def _declared(recipe: Mapping[str, Any], word: str, known: Mapping[str, Any], where: str) -> str:
    """What a recipe says under a word that names something of its card."""
    said = str(recipe.get(word, ""))
    if said and said not in known:
        raise ModelError(f"{where} says {word}: {said}, which its card lacks; it has {', '.join(sorted(known)) or 'none'}.")
    return said


def _tinted(mesh: Mesh, tint: Any, values: Mapping[str, Value], where: str) -> Mesh:
    """A mesh in the colour that a parameter names."""
    if tint is None:
        return mesh
    colour = str(values.get(str(tint), ""))
    if colour not in COLOURS:
        raise ModelError(f"{where} is tinted by '{tint}', which is '{colour}'; make it a parameter of {', '.join(COLOURS)}.")
    return replace(mesh, colours=np.asarray(mesh.colours * (*linear(colour), 1.0), np.float32))


def _copies(where: str, recipe: Mapping[str, Any], values: Mapping[str, Value]) -> list[Matrix]:
    """Where an entry's copies stand."""
    at = recipe.get("at", [0.0, 0.0, 0.0])
    points = at if isinstance(at[0], list | tuple) else [at]
    bases = [_moved(np.array([number(each, where) for each in point])) for point in points]
    if "repeat" not in recipe:
        _bound(len(bases), where)
        return bases
    axis = {"width": 0, "depth": 1, "height": 2}.get(str(recipe["repeat"]))
    if axis is None:
        raise ModelError(f"{where} repeats along '{recipe['repeat']}'; use width, depth or height.")
    over = recipe.get("over", "")
    span = number(values.get(over, over), where) - 2.0 * number(recipe.get("inset", 0.0), where)
    step = number(recipe.get("step", span), where)
    if not (span > 0.0 and step > 0.0):
        raise ModelError(f"{where} has no room for copies; make its length greater than its insets, and its step greater than 0.")
    count = max(1, math.floor(min(span / step, MOST_COPIES + 1) + 0.5))
    pitch, manner = span / count, str(recipe.get("set", "cells"))
    if manner not in ("cells", "marks", "stretch"):
        raise ModelError(f"{where} is set in '{manner}'; use cells, marks or stretch.")
    places = count + (manner == "marks")
    _bound(len(bases) * places, where)
    row: list[Matrix] = []
    for index in range(places):
        place = np.eye(4)
        place[axis, 3] = -span / 2 + pitch * (index if manner == "marks" else index + 0.5)
        if manner == "stretch":
            place[axis, axis] = pitch / step
        row.append(place)
    return [base @ place for base in bases for place in row]


def _bound(copies: int, where: str) -> None:
    """Refuse too many copies before they are made."""
    if copies > MOST_COPIES:
        raise ModelError(f"{where} asks for more than {MOST_COPIES} copies; make its step longer.")


def _vary(copies: Sequence[Matrix], vary: Mapping[str, Any], where: str) -> list[Matrix]:
    """The copies, each a little off: the same every time, so that a rebuilt scene looks the same."""
    if not vary:
        return list(copies)
    foreign = set(vary) - {"shift", "turn", "flip"}
    if foreign:
        raise ModelError(f"{where} varies by the unknown word '{min(foreign)}'; use shift, turn or flip.")
    shift, turn = number(vary.get("shift", 0.0), where), number(vary.get("turn", 0.0), where)
    flips = str(vary.get("flip", "false")).lower() == "true"
    chance = np.random.Generator(np.random.PCG64(len(copies)))
    varied = []
    for copy in copies:
        angle = math.radians(turn * chance.uniform(-1.0, 1.0)) + (math.pi if flips and chance.random() < 0.5 else 0.0)
        about = np.eye(4)
        about[:2, :2] = ((math.cos(angle), -math.sin(angle)), (math.sin(angle), math.cos(angle)))
        off = chance.uniform(-shift, shift, 3)
        varied.append(_moved(off) @ copy @ about)
    return varied


def _deal(copies: int, kinds: int) -> list[int]:
    """Which kind each copy is: neighbours always differ, and no rhythm shows."""
    chance = np.random.Generator(np.random.PCG64(copies))
    dealt: list[int] = []
    for _ in range(copies):
        choices = [kind for kind in range(kinds) if not dealt or kind != dealt[-1]] or [0]
        dealt.append(choices[int(chance.integers(len(choices)))])
    return dealt


def _moved(point: NDArray[np.float64]) -> Matrix:
    place = np.eye(4)
    place[:3, 3] = point
    return place


def number(text: Any, where: str) -> float:
    """A number of metres or degrees, as it stands or with its unit."""
    if isinstance(text, int | float) and not isinstance(text, bool):
        return float(text)
    figure, _, unit = str(text).strip().partition(" ")
    try:
        return float(figure) * _UNITS[unit.strip()]
    except (ValueError, KeyError):
        raise ModelError(f"{where} has '{text}' where a length or an angle belongs; write it like 0.145 m or 0.4 deg.") from None
