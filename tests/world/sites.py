"""Small scenes of plain things for the tests of placement: cards of round sizes, so that every number can be checked by hand."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

from engine.spec.diagnostics import Diagnostic, SceneError
from engine.spec.load import load_scene
from engine.spec.model import SceneSpec
from engine.world import World, build

CARDS = {
    "block": """
        kind: prop
        doc: A block of any size.
        size: [1 m, 1 m, 1 m]
        stretch: {width: width, depth: depth, height: height}
        params:
          width: {default: 1 m, range: 0.01 m to 100 m}
          depth: {default: 1 m, range: 0.01 m to 100 m}
          height: {default: 1 m, range: 0.01 m to 100 m}
        """,
    "desk": """
        kind: prop
        doc: A desk with a place to sit at and a hook; things rest on it a little below its top edge.
        size: [1.2 m, 0.6 m, 0.8 m]
        rest_height: 0.75 m
        places:
          hook: {at: [0.4 m, 0.3 m, 0.7 m]}
          stool: {at: [0 m, 0.5 m, 0.45 m], facing: 180 deg, posture: seated}
          cot: {at: [0 m, 0 m, 0.75 m], posture: lying}
        """,
    "table": """
        kind: prop
        doc: A table that is open below.
        size: [1 m, 1 m, 0.8 m]
        boxes:
          top: {at: [0 m, 0 m, 0.75 m], size: [1 m, 1 m, 0.05 m]}
          foot: {at: [0 m, 0 m, 0 m], size: [0.1 m, 0.1 m, 0.75 m]}
        """,
    "shelf": """
        kind: prop
        doc: A shelf for the wall.
        size: [0.8 m, 0.3 m, 0.4 m]
        up: 1.2 m
        """,
    "basin": """
        kind: prop
        doc: Something one stands before.
        size: [0.6 m, 0.4 m, 0.9 m]
        clear: 0.7 m
        """,
    "coat": """
        kind: prop
        doc: Something that hangs by its loop and can be taken.
        size: [0.2 m, 0.1 m, 0.5 m]
        tops: false
        grab: {radius: 0.1 m}
        places:
          loop: {at: [0 m, -0.05 m, 0.45 m]}
        """,
    "towel": """
        kind: prop
        doc: Something that hangs by the middle of its top.
        size: [0.2 m, 0.1 m, 0.5 m]
        """,
    "panel": """
        kind: light
        doc: A light for the ceiling.
        size: [0.6 m, 0.6 m, 0.05 m]
        """,
    "switch": """
        kind: prop
        doc: A button on the wall.
        size: [0.1 m, 0.02 m, 0.1 m]
        up: 1.1 m
        tops: false
        flags: {pressed: moment}
        controls:
          button: {kind: button, at: [0 m, 0.01 m, 0.05 m], radius: 0.05 m, raises: pressed}
        """,
    "door": """
        kind: opening
        doc: A way from room to room.
        size: [1 m, 0.12 m, 2.1 m]
        clear: 0.8 m
        way: true
        solid: false
        """,
    "pane": """
        kind: opening
        doc: A window.
        size: [1.2 m, 0.12 m, 1.2 m]
        up: 0.9 m
        """,
    "person": """
        kind: person
        doc: Someone.
        size: [0.5 m, 1.6 m, 0.3 m]
        solid: true
        """,
    "hum": """
        kind: sound
        doc: A hum.
        """,
}

REST = """
scenario:
  start: stay
  states:
    stay: {rules: {when: after 60 s, go: end}}
text:
  title: A test
"""

ROOM = """
rooms:
  hall: {size: [6 m, 4 m, 3 m]}
"""

AWAY = """
people:
  participant: {in: hall, at: [-2.5 m, -1.5 m]}
"""


def site(folder: Path, text: str, name: str = "made") -> SceneSpec:
    """The scene of this text, without head and scenario; its cards are those above."""
    cards = folder / "cards"
    if not cards.exists():
        cards.mkdir()
        for card, body in CARDS.items():
            (cards / f"{card}.yaml").write_text(f"card: 1\n{dedent(body).strip()}\n", encoding="utf-8")
    path = folder / f"{name}.yaml"
    path.write_text(f"spec: 1\nlanguage: en\n{dedent(text).strip()}\n{REST}", encoding="utf-8")
    return load_scene(path, cards=cards)


def hall(folder: Path, things: str, more: str = "", person: str = "{in: hall, at: [-2.5 m, -1.5 m]}") -> SceneSpec:
    """One room of 6 m by 4 m by 3 m with these props, and the participant in its south-west corner."""
    props = indent(dedent(things).strip(), "  ")
    return site(folder, f"{ROOM.strip()}\nprops:\n{props}\npeople:\n  participant: {person}\n{dedent(more).strip()}")


def wrong(scene: SceneSpec) -> tuple[Diagnostic, ...]:
    """What stands where it cannot; nothing if the scene can be built."""
    try:
        build(scene)
    except SceneError as error:
        return error.diagnostics
    return ()


def told(scene: SceneSpec) -> list[tuple[str, str, str]]:
    """Code, message and remedy of all that is wrong."""
    return [(one.code, one.message, one.remedy) for one in wrong(scene)]


def stands(world: World, name: str) -> tuple[float, ...]:
    """Where a thing is, rounded to a tenth of a millimetre."""
    return tuple(round(one, 4) + 0.0 for one in world.places[name].position)


def looks(world: World, name: str) -> tuple[float, ...]:
    """Where its front looks, rounded."""
    return tuple(round(one, 4) + 0.0 for one in world.places[name].direction((0.0, 1.0, 0.0)))
