"""What a person sees is what it was; and a small thing that is wrong is noticed, outdoors and indoors."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import numpy as np
import panda3d.core as p3d
import pytest
from PIL import Image

from engine.spec.cards import Card
from engine.spec.expression import Value
from engine.spec.load import load_scene
from engine.view.geometry.mesh import Part
from engine.view.geometry.parts import build_parts
from engine.view.render.shadow import SHADOW
from tests.view.golden.pictures import (
    FOLDER,
    FURTHEST,
    MEAN,
    SIZE,
    STRAY,
    TILE,
    Golden,
    Pixels,
    Place,
    Setting,
    compare,
    difference,
    goldens,
    painter,
)

GOLDENS = goldens()
drawn = [pytest.mark.gl, pytest.mark.slow]
SETTINGS = [
    pytest.param([one.name for one in some], id=setting.name, marks=drawn)
    for setting, some in groupby(GOLDENS.values(), key=lambda golden: golden.setting)
]


@pytest.mark.parametrize("names", SETTINGS)
def test_it_looks_as_it_did(names: list[str], tmp_path: Path) -> None:
    with painter(GOLDENS[names[0]].setting) as paint:
        for name in names:
            compare(name, paint(GOLDENS[name]), tmp_path)


def test_every_shot_of_every_scene_and_variant_has_a_picture() -> None:
    assert {path.stem for path in FOLDER.glob("*.webp")} == set(GOLDENS)
    for scene in ("lakeside", "breathless_bay", "welcome"):
        spec = load_scene(scene)
        for variant in ("", *spec.variants):
            assert {f"{scene}_{variant}_{shot}".replace("__", "_") for shot in spec.shots} <= set(GOLDENS)


def test_all_of_them_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.webp")) <= 3_750_000


def test_what_may_differ_is_told_from_what_may_not() -> None:
    old = np.full((SIZE[1], SIZE[0], 3), 100, np.uint8)
    new = old.copy()
    new[:TILE, :TILE] += int(MEAN)
    for tile in range(STRAY):
        new[0, tile * TILE] = 100 + FURTHEST + 1
    assert difference(old, new).small is False, "the first tile is now more than MEAN off on average"
    new[0, 0] = 100
    found = difference(old, new)
    assert found.small
    assert (found.most, len(found.stray)) == (FURTHEST + 1, STRAY - 1)
    for tile in range(1, STRAY + 2):
        new[0, tile * TILE] = 100 + FURTHEST + 1
    assert not difference(old, new).small


def test_a_failure_leaves_the_three_pictures_and_names_the_tiles(tmp_path: Path) -> None:
    name = next(iter(GOLDENS))
    new = np.asarray(Image.open(FOLDER / f"{name}.webp").convert("RGB")).copy()
    compare(name, new, tmp_path)
    assert not list(tmp_path.iterdir())
    new[32:48, 64:80] = 255 - new[32:48, 64:80]
    with pytest.raises(AssertionError, match=r"row 32, column 64 .*tests\.view\.golden\.make") as caught:
        compare(name, new, tmp_path)
    for word in ("expected", "found", "difference"):
        assert f"_{word}.png" in str(caught.value)
        assert (tmp_path / f"{name}_{word}.png").exists()
    assert np.array_equal(np.asarray(Image.open(tmp_path / f"{name}_found.png")), new)


# --- the four breakings, by the lake and in the bay


@pytest.fixture(scope="module")
def summer() -> Iterator[Place]:
    with closing(Place(Setting("lakeside"))) as place:
        yield place


@pytest.fixture(scope="module")
def built() -> Iterator[Place]:
    with closing(Place(Setting("breathless_bay"))) as place:
        yield place


@pytest.fixture
def lake(summer: Place) -> Iterator[Place]:
    """The lake in summer, put back afterwards as it was."""
    snapshot = summer.world.snapshot()
    yield summer
    summer.world.restore(snapshot)


@pytest.fixture
def bay(built: Place) -> Iterator[Place]:
    """The bay, put back afterwards as it was."""
    snapshot = built.world.snapshot()
    yield built
    built.world.restore(snapshot)
    built.view.update(0.0)


MORNING = 20.0
"""Degrees up at which the sun has risen over the ridge, and its shadows on the dock are still long."""


def noticed(before: Pixels, after: Pixels) -> bool:
    """Whether the comparison tells a broken picture from a whole one drawn on this machine."""
    return not difference(before, after).small


@pytest.mark.gl
@pytest.mark.slow
@pytest.mark.parametrize(
    ("golden", "thing"),
    [(Golden(Setting("lakeside"), "lantern"), "lantern"), (Golden(Setting("breathless_bay"), "bed"), "monitor")],
    ids=["lake", "bay"],
)
def test_a_prop_moved_by_five_centimetres_is_noticed(golden: Golden, thing: str, request: pytest.FixtureRequest) -> None:
    whole: Place = request.getfixturevalue("lake" if golden.setting.scene == "lakeside" else "bay")
    with closing(Place(golden.setting, moved=(thing, (0.05, 0.0, 0.0)))) as other:
        assert noticed(whole.draw(golden), other.draw(golden))


@pytest.mark.gl
@pytest.mark.slow
@pytest.mark.parametrize(
    ("where", "shot", "one", "two"),
    [("lake", "hero", "larch", "oiled_larch"), ("bay", "bed", "mattress_cover", "blanket")],
)
def test_two_swapped_hues_are_noticed(where: str, shot: str, one: str, two: str, request: pytest.FixtureRequest) -> None:
    place: Place = request.getfixturevalue(where)
    golden = Golden(place.setting, shot)
    before = place.draw(golden)
    first, second = (list(place.stage.root.find_all_matches(f"**/{name}")) for name in (one, two))
    assert first
    assert second
    hues = [_hue(nodes[0]) for nodes in (first, second)]
    _dye(first, hues[1])
    _dye(second, hues[0])
    assert noticed(before, place.shoot(golden))
    _dye(first, hues[0])
    _dye(second, hues[1])
    assert not noticed(before, place.shoot(golden))


@pytest.mark.gl
@pytest.mark.slow
@pytest.mark.parametrize(("where", "shot", "lamp"), [("lake", "lantern", "lantern"), ("bay", "bed", "by_window")])
def test_a_lamp_half_as_bright_is_noticed(where: str, shot: str, lamp: str, request: pytest.FixtureRequest) -> None:
    place: Place = request.getfixturevalue(where)
    golden = Golden(place.setting, shot)
    before = place.draw(golden)
    place.world.properties[lamp, "flux"] = float(place.world.properties[lamp, "flux"]) / 2
    assert noticed(before, place.draw(golden))


@pytest.mark.gl
@pytest.mark.slow
def test_a_missing_shadow_is_noticed_by_the_lake(lake: Place) -> None:
    def cast() -> None:
        assert lake.view.shadows is not None
        lake.view.shadows.follow(lake.view.light.direction, MORNING, lake.world.origin.position, True)

    golden = Golden(Setting("lakeside"), "hero", MORNING)
    before = lake.draw(golden)
    cleats = list(lake.stage.root.find_all_matches("iron"))
    assert cleats
    for cleat in cleats:
        cleat.hide(p3d.BitMask32(SHADOW))
    cast()
    assert noticed(before, lake.shoot(golden))
    for cleat in cleats:
        cleat.show(p3d.BitMask32(SHADOW))
    cast()
    assert not noticed(before, lake.shoot(golden))


@pytest.mark.gl
@pytest.mark.slow
def test_a_missing_shadow_is_noticed_in_the_bay(bay: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def shadowless(card: Card, said: Mapping[str, Value]) -> list[Part]:
        parts = build_parts(card, said)
        return [replace(part, casts=False) for part in parts] if card.name == "exam_bed" else parts

    golden = Golden(bay.setting, "bay")
    before = bay.draw(golden)
    monkeypatch.setattr("engine.view.indoor.furnishing.build_parts", shadowless)
    with closing(Place(bay.setting)) as other:
        assert noticed(before, other.draw(golden))


@pytest.mark.gl
@pytest.mark.slow
@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("MESA_GL_VERSION_OVERRIDE", "3.3"),
        (
            "MESA_EXTENSION_OVERRIDE",
            "-GL_ARB_shader_viewport_layer_array -GL_AMD_vertex_shader_viewport_index -GL_AMD_vertex_shader_layer",
        ),
    ],
    ids=["gl_3.3", "no_viewports"],
)
@pytest.mark.parametrize("name", ["breathless_bay_bed", "lakeside_hero"])
def test_it_looks_so_with_less_of_opengl(variable: str, value: str, name: str, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.view.golden.pictures import compare, goldens, painter\n"
        "from engine.view.canvas import VIEWPORTS; from engine.view.stage import Stage\n"
        "stage = Stage(); print(stage.renderer, stage.has(VIEWPORTS)); stage.close()\n"
        "golden = goldens()[sys.argv[1]]\n"
        "with painter(golden.setting) as paint: compare(golden.name, paint(golden), Path(sys.argv[2]))\n"
    )
    environment = os.environ | {variable: value, "PYTHONPATH": str(FOLDER.parents[2])}
    command = [sys.executable, "-c", code, name, str(tmp_path)]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert ran.returncode == 0, ran.stderr
    assert (" 3.3 " in ran.stdout) if variable == "MESA_GL_VERSION_OVERRIDE" else ran.stdout.endswith(" False\n"), ran.stdout


def _hue(node: p3d.NodePath) -> tuple[p3d.Texture, p3d.LVecBase4f]:
    # What Panda3D gives is a view of memory that goes with the input: it is held until its numbers are copied.
    base, picture = node.get_shader_input("base"), node.get_shader_input("colour_map")
    return picture.get_texture(), p3d.LVecBase4f(*base.get_vector())


def _dye(nodes: list[p3d.NodePath], hue: tuple[p3d.Texture, p3d.LVecBase4f]) -> None:
    for node in nodes:
        node.set_shader_input("colour_map", hue[0])
        node.set_shader_input("base", hue[1])
