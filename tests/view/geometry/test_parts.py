"""Bodies put together by their cards' words."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import yaml

from engine.library import assets_folder
from engine.spec.cards import Card, Joint, Slot
from engine.spec.expression import Value
from engine.view.geometry.finishes import linear
from engine.view.geometry.gltf import ModelError, read_glb
from engine.view.geometry.mesh import Part
from engine.view.geometry.parts import build_parts


def _card(name: str) -> Card:
    text = yaml.safe_load((assets_folder() / "prefabs" / f"{name}.yaml").read_text(encoding="utf-8"))
    return Card(
        name=name,
        kind="prop",
        size=(2.0, 6.0, 0.5),
        params={"length": Slot(dimension="length", default=6.0)},
        model=text["model"],
    )


def _spans(part: Part) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Lowest and highest y of each copy."""
    y = part.mesh.positions @ part.copies[:, :3, :3].transpose(0, 2, 1) + part.copies[:, None, :3, 3]
    return np.stack([y[..., 1].min(axis=1), y[..., 1].max(axis=1)], axis=1)


@pytest.mark.parametrize("length", [2.0, 6.0, 12.0])
def test_a_dock_has_planks_all_along_and_none_beyond(length: float) -> None:
    parts = build_parts(_card("wooden_dock"), {"length": length})
    planks = np.concatenate([_spans(part) for part in parts if part.name == "planks" and part.mesh.material.name == "larch"])
    planks = planks[np.argsort(planks[:, 0])]
    assert -length / 2 - 0.006 < planks[0, 0] < -length / 2 + 0.012
    assert length / 2 - 0.012 < planks[-1, 1] < length / 2 + 0.006
    gaps = planks[1:, 0] - planks[:-1, 1]
    assert gaps.min() > -0.005
    assert gaps.max() < 0.02
    everything = np.concatenate([_spans(part) for part in parts if part.name != "rope"])
    assert everything.min() > -length / 2 - 0.02
    assert everything.max() < length / 2 + 0.02
    coil = np.concatenate([_spans(part) for part in parts if part.name == "rope"])
    assert np.abs(coil).max() < length / 2 + 0.04, "a turn of rope may hang over the edge"


def test_a_dock_lies_half_a_metre_over_the_water_and_stands_in_it() -> None:
    parts = build_parts(_card("wooden_dock"), {})
    planks = next(part for part in parts if part.name == "planks")
    assert abs(planks.mesh.positions[:, 2].max() - 0.5) < 0.004
    assert min(part.mesh.positions[:, 2].min() for part in parts) < -2.0


def test_the_card_gives_what_parameters_leave_out() -> None:
    assert _copies(build_parts(_card("wooden_dock"), {})) == _copies(build_parts(_card("wooden_dock"), {"length": 6.0}))


def test_neighbouring_planks_differ() -> None:
    parts = [
        part for part in build_parts(_card("wooden_dock"), {}) if part.name == "planks" and part.mesh.material.name == "larch"
    ]
    spots = sorted((float(copy[1, 3]), index) for index, part in enumerate(parts) for copy in part.copies)
    assert all(one != two for (_, one), (_, two) in pairwise(spots))


def test_the_whole_orb_follows_its_scale() -> None:
    assert {part.follows for part in build_parts(_card("breath_orb"), {})} == {"scale"}


@pytest.mark.parametrize("name", ["bench", "lantern", "breath_orb", "smooth_stone"])
def test_every_prop_is_of_several_materials_where_it_really_is(name: str) -> None:
    materials = {part.mesh.material.name for part in build_parts(_card(name), {})}
    assert len(materials) >= (1 if name == "smooth_stone" else 2)


def test_a_thing_without_a_model_has_no_parts() -> None:
    assert build_parts(Card(name="birds", kind="sound"), {}) == []


@pytest.mark.parametrize(
    ("model", "says"),
    [
        ({"file": "no_such.glb"}, "cannot be read"),
        ({"parts": {}}, "without a file"),
        ({"file": "bench.glb", "parts": {"arm": {}}}, "lacks"),
        ({"file": "bench.glb", "parts": {"slats": {"colour": "red"}}}, "unknown word 'colour'"),
        ({"file": "bench.glb", "parts": {"slats": {"repeat": "w", "over": 2}}}, "use width, depth or height"),
        ({"file": "bench.glb", "parts": {"slats": {"repeat": "depth", "over": "width"}}}, "belongs"),
        ({"file": "bench.glb", "parts": {"slats": {"repeat": "depth", "over": 2, "step": 0}}}, "no room"),
        ({"file": "bench.glb", "parts": {"slats": {"repeat": "depth", "over": 2, "step": 1, "set": "heaps"}}}, "heaps"),
        ({"file": "bench.glb", "parts": {"slats": {"repeat": "depth", "over": 9000, "step": "1 mm"}}}, "more than 20000 copies"),
        ({"file": "bench.glb", "parts": {"slats": {"repeat": "depth", "over": 1e300, "step": 1e-300}}}, "step longer"),
        (
            {"file": "bench.glb", "parts": {"slats": {"repeat": "depth", "over": 20, "step": "1 mm", "set": "marks"}}},
            "20000 copies",
        ),
        ({"file": "bench.glb", "parts": {"slats": {"at": [[0, 0, 0]] * 20_001}}}, "20000 copies"),
        ({"file": "bench.glb", "parts": {"slats": {"at": ["1 ft", 0, 0]}}}, "1 ft"),
        ({"file": "bench.glb", "parts": {"slats": {"vary": {"hue": 1}}}}, "hue"),
    ],
)
def test_a_card_that_cannot_be_built_says_why(model: dict[str, object], says: str) -> None:
    with pytest.raises(ModelError) as caught:
        build_parts(Card(name="odd", kind="prop", model=model), {})
    assert says in str(caught.value)
    assert str(caught.value).endswith(".")


def _copies(parts: list[Part]) -> list[tuple[str, int]]:
    return [(part.name, len(part.copies)) for part in parts]


def _parts(recipe: dict[str, str], **params: Slot) -> list[Part]:
    model = {"file": "bench.glb", "parts": {"whole": {"node": _bench_node(), **recipe}}}
    joint = Joint(by="open", motion="turn", begins=0.0, ends=90.0, at=(0.0, 0.0, 0.0), axis="width")
    return build_parts(Card(name="chest", kind="prop", params=params, joints={"lid": joint}, model=model), {})


def _bench_node() -> str:
    return read_glb(assets_folder() / "models" / "bench.glb")[0].name


def test_a_part_says_by_which_joint_it_moves_and_what_is_written_on_it() -> None:
    assert {part.joint for part in _parts({"joint": "lid"})} == {"lid"}
    assert {part.screen for part in _parts({"screen": "main"})} == {"main"}
    with pytest.raises(ModelError, match=r"'whole' of card 'chest' says joint: lit, which its card lacks; it has lid\."):
        _parts({"joint": "lit"})
    with pytest.raises(ModelError, match=r"says shines: flux, which its card lacks; it has none\."):
        _parts({"shines": "flux"})


def test_a_part_takes_the_colour_that_a_parameter_names() -> None:
    sage, plain = _parts({"tint": "cover"}, cover=Slot(dimension="word", default="sage", choices=("sage", "sky"))), _parts({})
    assert np.allclose(sage[0].mesh.colours[:, :3], plain[0].mesh.colours[:, :3] * linear("sage"), atol=1e-6)
    assert np.array_equal(sage[0].mesh.colours[:, 3], plain[0].mesh.colours[:, 3])
    with pytest.raises(ModelError, match="is tinted by 'cover', which is ''; make it a parameter of white"):
        _parts({"tint": "cover"})


def test_a_parameter_chooses_the_node_or_none() -> None:
    nodes = sorted({part.name for part in read_glb(assets_folder() / "models" / "framed_print.glb")})
    assert nodes == ["frame", "picture_dunes", "picture_lake", "picture_sprigs"]
    shows = Slot(dimension="word", default="lake", choices=("lake", "dunes", "snow", "nothing"))
    model = {"file": "framed_print.glb", "parts": {"paper": {"node": "picture", "chosen_by": "shows"}}}
    card = Card(name="print", kind="prop", params={"shows": shows}, model=model)
    assert [part.mesh.material.name for part in build_parts(card, {})] == ["print_lake"]
    assert [part.mesh.material.name for part in build_parts(card, {"shows": "dunes"})] == ["print_dunes"]
    assert build_parts(card, {"shows": "nothing"}) == []
    with pytest.raises(ModelError, match=r"'paper' of card 'print' wants the node 'picture_snow', which framed_print.glb lacks"):
        build_parts(card, {"shows": "snow"})
    with pytest.raises(ModelError, match="says chosen_by: shows, which its card lacks; it has none"):
        build_parts(Card(name="print", kind="prop", model=model), {})


def test_a_number_chooses_the_node_by_its_marks() -> None:
    years = Slot(dimension="count", default=40.0)
    recipe = {"node": ["head_young", "head", "head_old"], "chosen_by": "age", "marks": [35, 60]}

    def heads(words: Mapping[str, Any], **said: Value) -> set[str]:
        card = Card(name="one", kind="person", params={"age": years}, model={"file": "adult.glb", "parts": {"top": words}})
        return {part.mesh.material.name for part in build_parts(card, said)} - {"skin"}

    assert [heads(recipe, age=age) for age in (18.0, 34.9, 35.0, 59.0, 60.0, 110.0)] == [
        *([{"face_young", "hair_young"}] * 2 + [{"face_middle", "hair_middle"}] * 2 + [{"face_old", "hair_old"}] * 2)
    ]
    assert heads(recipe) == {"face_middle", "hair_middle"}
    for marks in ([35], [60, 35]):
        with pytest.raises(ModelError, match=r"'top' of card 'one' has 3 nodes and \d marks; give a number, and one"):
            heads({**recipe, "marks": marks})
