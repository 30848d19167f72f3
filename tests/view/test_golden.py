"""What a person sees by the lake is what it was; and a small thing that is wrong is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import panda3d.core as p3d
import pytest

from engine.view.render.shadow import SHADOW
from tests.view.golden.pictures import GOLDENS, Lake, compare

pytestmark = [pytest.mark.gl, pytest.mark.slow]


def differs(name: str, lake: Lake, folder: Path) -> bool:
    """Whether the comparison tells the picture as it now is from the golden one."""
    try:
        compare(name, lake.shoot(GOLDENS[name]), folder)
    except AssertionError as error:
        return f"{folder}/{name}_new.png" in str(error) and (folder / f"{name}_difference.png").exists()
    return False


def test_the_frozen_lake_looks_as_it_did(tmp_path: Path) -> None:
    with closing(Lake(winter=True)) as lake:
        compare("winter", lake.draw(GOLDENS["winter"]), tmp_path)


def test_a_prop_moved_by_five_centimetres_is_noticed(tmp_path: Path) -> None:
    with closing(Lake(moved=("lantern", (0.05, 0.0, 0.0)))) as lake:
        lake.draw(GOLDENS["lantern"])
        assert differs("lantern", lake, tmp_path)


@pytest.fixture(scope="module")
def summer() -> Iterator[Lake]:
    with closing(Lake()) as lake:
        yield lake


@pytest.fixture
def lake(summer: Lake) -> Iterator[Lake]:
    """The lake in summer, put back afterwards as it was."""
    snapshot = summer.world.snapshot()
    yield summer
    summer.world.restore(snapshot)


@pytest.mark.parametrize("name", [name for name, golden in GOLDENS.items() if not golden.winter])
def test_the_lake_looks_as_it_did(lake: Lake, name: str, tmp_path: Path) -> None:
    compare(name, lake.draw(GOLDENS[name]), tmp_path)


def test_two_swapped_woods_are_noticed(lake: Lake, tmp_path: Path) -> None:
    lake.draw(GOLDENS["hero"])
    dock = list(lake.stage.root.find_all_matches("larch"))
    bench = lake.stage.root.find("oiled_larch")
    wood, other = (node.get_shader_input("colour_map").get_texture() for node in (dock[0], bench))
    for node in dock:
        node.set_shader_input("colour_map", other)
    assert differs("hero", lake, tmp_path)
    for node in dock:
        node.set_shader_input("colour_map", wood)
    assert not differs("hero", lake, tmp_path)


def test_a_lamp_half_as_bright_is_noticed(lake: Lake, tmp_path: Path) -> None:
    lake.world.properties["lantern", "flux"] = 60.0
    lake.draw(GOLDENS["lantern"])
    assert differs("lantern", lake, tmp_path)


def test_a_missing_shadow_is_noticed(lake: Lake, tmp_path: Path) -> None:
    def cast() -> None:
        lake.view.shadows.follow(lake.view.light.direction, 4.0, lake.world.origin.position, True)

    lake.draw(GOLDENS["settle"])
    cleats = list(lake.stage.root.find_all_matches("iron"))
    for cleat in cleats:
        cleat.hide(p3d.BitMask32(SHADOW))
    cast()
    assert differs("settle", lake, tmp_path)
    for cleat in cleats:
        cleat.show(p3d.BitMask32(SHADOW))
    cast()
    assert not differs("settle", lake, tmp_path)
