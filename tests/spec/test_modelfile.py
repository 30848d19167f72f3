"""A designer's own model file as a prefab: its size and what is solid of it; and one sentence for each that cannot be used."""

from __future__ import annotations

import json
import math
import struct
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from engine.library import assets_folder
from engine.spec import Diagnostic, SceneSpec, read_scene
from engine.spec.image_sizes import image_size
from engine.spec.modelfile import ModelFile, card_of, read_model, told
from engine.world import build, misplaced
from tests.spec.glb import CUBE, Writer, packed

SCENE = """\
spec: 1
language: en
props:
  chair: {use: chair.glb, at: [0 m, 3 m]}
  cup: {use: smooth_stone, rests_on: chair}
scenario:
  do: {log: begun}
  rules: {when: after 1 min, go: end}
text:
  title: A chair
"""


def scene(folder: Path, data: bytes) -> tuple[SceneSpec | None, tuple[Diagnostic, ...]]:
    """What is found in a scene with this file in it."""
    (folder / "chair.glb").write_bytes(data)
    (folder / "scene.yaml").write_text(SCENE)
    return read_scene(folder / "scene.yaml")


def fault(folder: Path, data: bytes) -> Diagnostic:
    """The one thing that is wrong with a file, said where the scene uses it."""
    spec, found = scene(folder, data)
    assert spec is None
    (one,) = found
    assert (one.span.line, one.span.column) == (4, 16)
    assert one.message.startswith("'chair.glb' ")
    assert one.remedy
    assert "\n" not in one.message + one.remedy
    return one


def known(folder: Path, writer: Writer) -> ModelFile:
    return read_model(writer.save(folder / "chair.glb"))


def test_up_and_ahead_are_turned_and_the_origin_is_the_middle_of_the_foot(tmp_path: Path) -> None:
    model = known(tmp_path, Writer([(1, 2, 3), (2, 4, 6), (1, 2, 6)], (0, 1, 2)))
    assert model.size == (1.0, 3.0, 2.0)
    assert model.foot == (-1.5, 4.5, 2.0)
    assert model.triangles == 1


def test_nodes_move_turn_and_scale_what_they_show(tmp_path: Path) -> None:
    writer = Writer()
    half = math.sqrt(0.5)
    writer.tree["nodes"] = [
        {"children": [1], "translation": [10, 0, 0]},
        {"mesh": 0, "rotation": [0, half, 0, half], "scale": [1, 2, 3]},
    ]
    model = known(tmp_path, writer)
    assert model.size == pytest.approx((3.0, 1.0, 2.0))
    assert model.foot == pytest.approx((-11.5, -0.5, 0.0))


def test_what_is_turned_askew_is_measured_by_its_vertices_and_not_by_its_box(tmp_path: Path) -> None:
    writer = Writer([(1, 0, 0), (0, 1, 0), (-1, 0, 0), (0, -1, 0)], (0, 1, 2, 0, 2, 3))
    writer.tree["nodes"][0]["rotation"] = [0, 0, math.sin(math.pi / 8), math.cos(math.pi / 8)]
    assert known(tmp_path, writer).size == pytest.approx((math.sqrt(2), 0.0, math.sqrt(2)), abs=1e-6)


def test_few_nodes_have_a_box_each_and_many_have_one_together(tmp_path: Path) -> None:
    writer = Writer()
    writer.tree["nodes"] = [{"mesh": 0, "translation": [3 * index, 0, 0]} for index in range(3)]
    writer.tree["scenes"] = [{"nodes": [0, 1, 2]}]
    model = known(tmp_path, writer)
    assert model.size == (7.0, 1.0, 1.0)
    assert [box.at for box in model.boxes.values()] == [(3.0, 0.0, 0.0), (0.0, 0.0, 0.0), (-3.0, 0.0, 0.0)]
    assert {box.size for box in model.boxes.values()} == {(1.0, 1.0, 1.0)}
    writer.tree["nodes"] = [{"mesh": 0, "translation": [3 * index, 0, 0]} for index in range(13)]
    writer.tree["scenes"] = [{"nodes": list(range(13))}]
    assert known(tmp_path, writer).boxes == {}


def test_things_rest_on_a_file_and_nothing_stands_in_it(tmp_path: Path) -> None:
    spec, found = scene(tmp_path, Writer().bytes())
    assert found == ()
    assert spec is not None
    world = build(spec)
    assert world.places["cup"].position[2] == 1.0
    assert world.bodies["chair"].size == (1.0, 1.0, 1.0)
    beside = SCENE.replace("smooth_stone, rests_on: chair", "bench, at: [0 m, 3 m]")
    (tmp_path / "scene.yaml").write_text(beside)
    crowded, _ = read_scene(tmp_path / "scene.yaml")
    assert crowded is not None
    assert misplaced(crowded)


def test_an_edited_file_is_another_scene(tmp_path: Path) -> None:
    first, _ = scene(tmp_path, Writer().bytes())
    second, _ = scene(tmp_path, Writer([(x, 2 * y, z) for x, y, z in CUBE]).bytes())
    assert first is not None
    assert second is not None
    assert first.digest != second.digest
    assert second.things["chair"].card.size == (1.0, 1.0, 2.0)


@pytest.mark.parametrize(("times", "says"), [(900.0, "900 m long"), (0.0009, "0.9 mm long")])
def test_another_unit_is_asked_about(tmp_path: Path, times: float, says: str) -> None:
    _, found = scene(tmp_path, Writer([(times * x, times * y, times * z) for x, y, z in CUBE]).bytes())
    assert [(one.code, one.severity) for one in found] == [("W0820", "warning")]
    assert says in found[0].message
    assert "0.9 m" in found[0].remedy


def test_quantised_and_sparse_vertices_are_measured_as_they_are_drawn(tmp_path: Path) -> None:
    writer = Writer()
    flat = [int(100 * value) for point in CUBE for value in point]
    writer.primitive["attributes"]["POSITION"] = writer.accessor(flat, "b", "VEC3", 8, normalized=True)
    writer.tree["extensionsRequired"] = ["KHR_mesh_quantization"]
    assert known(tmp_path, writer).size == pytest.approx((100 / 127, 100 / 127, 100 / 127))
    writer = Writer()
    where, what = writer.view(struct.pack("<H", 7)), writer.view(struct.pack("<3f", 5, 6, 7))
    writer.tree["accessors"][0]["sparse"] = {
        "count": 1,
        "indices": {"bufferView": where, "componentType": 5123},
        "values": {"bufferView": what},
    }
    assert known(tmp_path, writer).size == (5.0, 7.0, 6.0)


def test_a_skinned_mesh_stands_as_it_was_bound_wherever_its_node_is(tmp_path: Path) -> None:
    writer = Writer()
    away = [1.0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, -4, 0, 0, 1]
    writer.tree["nodes"] = [{"mesh": 0, "skin": 0, "translation": [99, 99, 99]}, {"translation": [4, 0, 2]}]
    writer.tree["scenes"] = [{"nodes": [0, 1]}]
    writer.tree["skins"] = [{"joints": [1], "inverseBindMatrices": writer.accessor(away, "f", "MAT4", 1)}]
    model = known(tmp_path, writer)
    assert model.foot == (-0.5, 2.5, 0.0)
    assert "skins: it stands as it was modelled" in model.left_out


def test_what_is_in_a_file_and_not_drawn_is_told(tmp_path: Path) -> None:
    writer = Writer()
    writer.tree |= {"animations": [{}], "cameras": [{}], "extensionsUsed": ["KHR_lights_punctual", "KHR_materials_unlit"]}
    writer.primitive["targets"] = [{}]
    writer.tree["meshes"][0]["primitives"].append({**writer.primitive, "mode": 1})
    line = told(known(tmp_path, writer))
    assert line == "12 triangles; not drawn: animations, cameras, shape keys, points and lines, KHR_lights_punctual"


def test_images_are_counted_by_what_is_drawn_of_them(tmp_path: Path) -> None:
    writer = Writer()
    writer.picture(Image.new("RGB", (9, 9)), tmp_path)
    slot = writer.picture(Image.new("RGB", (4096, 8)), tmp_path)
    writer.material(pbrMetallicRoughness={"baseColorTexture": slot})
    assert known(tmp_path, writer).images == ((4096, 8),)
    assert told(known(tmp_path, writer)) == "12 triangles; 1 image of 4096 × 8, drawn at 2048"


@pytest.mark.parametrize(("form", "mode"), [("PNG", "RGBA"), ("PNG", "I;16"), ("JPEG", "RGB"), ("WEBP", "RGB"), ("WEBP", "RGBA")])
@pytest.mark.parametrize("lossless", [False, True])
def test_an_images_size_is_read_from_its_header(tmp_path: Path, form: str, mode: str, lossless: bool) -> None:
    path = tmp_path / "picture"
    Image.new(mode, (37, 1050)).save(path, form, lossless=lossless, exif=b"Exif\0\0" + bytes(3000) if form == "JPEG" else b"")
    data = path.read_bytes()
    assert image_size(lambda start, size: data[start : start + size]) == (37, 1050)


DAMAGE: list[tuple[str, tuple[Any, ...], Any, str]] = [
    ("E0814", ("scene",), 3, "no 3 in its scenes"),
    ("E0814", ("scenes", 0, "nodes"), [-1], "no -1 in its nodes"),
    ("E0814", ("scenes", 0, "nodes"), [0, 0], "stands in two places"),
    ("E0814", ("nodes", 0, "children"), [0], "in itself"),
    ("E0814", ("nodes", 0, "mesh"), 7, "no 7 in its meshes"),
    ("E0814", ("nodes", 0, "mesh"), True, "'mesh' is True"),
    ("E0814", ("nodes", 0, "matrix"), [1, 2], "'matrix'"),
    ("E0814", ("nodes", 0, "rotation"), [0, 0, 0, 0], "no rotation"),
    ("E0814", ("nodes", 0, "translation"), [1e300, 0, 0], "'translation'"),
    ("E0814", ("nodes", 0, "scale"), ["a", 1, 1], "'scale'"),
    ("E0814", ("nodes", 0, "skin"), 0, "no 0 in its skins"),
    ("E0814", ("nodes",), {}, "no 0 in its nodes"),
    ("E0814", ("cameras",), {}, "no list"),
    ("E0814", ("nodes", 0), 3, "3 stands where an object belongs"),
    ("E0814", ("meshes", 0, "primitives"), 3, "no list of primitives"),
    ("E0814", ("meshes", 0, "primitives", 0, "attributes"), {}, "no None in its accessors"),
    ("E0814", ("meshes", 0, "primitives", 0, "attributes", "NORMAL"), 1, "unequal length"),
    ("E0814", ("meshes", 0, "primitives", 0, "indices"), 0, "2 corners"),
    ("E0814", ("meshes", 0, "primitives", 0, "material"), 0, "no 0 in its materials"),
    ("E0814", ("accessors", 0, "componentType"), [5], "unknown type"),
    ("E0814", ("accessors", 0, "count"), 9, "outside its own data"),
    ("E0814", ("accessors", 0, "count"), -1, "'count' is -1"),
    ("E0814", ("accessors", 0, "byteOffset"), 4, "outside its own data"),
    ("E0814", ("bufferViews", 0, "byteOffset"), -4, "'byteOffset' is -4"),
    ("E0814", ("bufferViews", 0, "byteLength"), 4000, "outside its own data"),
    ("E0814", ("bufferViews", 0, "byteStride"), 4, "outside its own data"),
    ("E0814", ("bufferViews", 0, "buffer"), 1, "outside its own data"),
    ("E0814", ("extensionsRequired",), 3, "extensionsRequired"),
    ("E0816", ("extensionsRequired",), ["KHR_draco_mesh_compression"], "needs KHR_draco_mesh_compression"),
    ("E0817", ("buffers",), [{"uri": "chair.bin"}], "looks for its data in 'chair.bin'"),
    ("E0817", ("images",), [{"uri": "data:image/png;base64,"}], "keeps its images as text"),
    ("E0818", ("accessors", 0, "count"), 10**12, "1,000,000,000,000"),
    ("E0818", ("accessors", 1, "count"), 6_000_000 - 3, "the most is 2,000,000"),
    ("E0819", ("scenes",), [], "no scene"),
    ("E0819", ("scenes", 0, "nodes"), [], "no triangles"),
    ("E0819", ("meshes", 0, "primitives", 0, "mode"), 0, "no triangles"),
    ("E0819", ("nodes", 0, "scale"), [0, 0, 0], "one point"),
]


@pytest.mark.parametrize(("code", "path", "value", "says"), DAMAGE)
def test_each_fault_of_a_file_is_one_sentence_at_its_use(
    tmp_path: Path, code: str, path: tuple[Any, ...], value: Any, says: str
) -> None:
    writer = Writer()
    writer.bytes()
    spot: Any = writer.tree
    for key in path[:-1]:
        spot = spot[key]
    spot[path[-1]] = value
    found = fault(tmp_path, packed(writer.tree, bytes(writer.binary)))
    assert found.code == code
    assert says in found.message


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"[" * 100_000, "nested too deep"),
        (b'{"a":' * 100_000, "nested too deep"),
        (b"[]", "no object"),
        (b"\xff\xfe", "cannot be read"),
        (b'{"nodes": [], "nodes": []}', "a key twice"),
        (b'{"nodes": NaN}', "holds NaN"),
        (b'{"nodes": ' + b"9" * 5000 + b"}", "cannot be read"),
        (b'{"scenes": [{}], "scene": 1e999}', "no inf in its scenes"),
    ],
)
def test_hostile_json_is_one_sentence(tmp_path: Path, text: bytes, says: str) -> None:
    assert says in fault(tmp_path, packed(None, text=text)).message


def test_much_json_is_refused_unread(tmp_path: Path) -> None:
    assert fault(tmp_path, packed(None, text=b"[" + b"[]," * 3_000_000 + b"[]]")).code == "E0818"


def test_a_ladder_of_nodes_is_refused(tmp_path: Path) -> None:
    writer = Writer()
    writer.tree["nodes"] = [{"children": [index + 1]} for index in range(200)] + [{"mesh": 0}]
    assert "64 deep" in fault(tmp_path, writer.bytes()).message


def test_copies_count_as_often_as_they_are_drawn(tmp_path: Path) -> None:
    writer = Writer([(0, 0, 0), (1, 0, 0), (0, 1, 0)], [0, 1, 2] * 15_000)
    writer.tree["nodes"] = [{"mesh": 0}] * 200
    writer.tree["scenes"] = [{"nodes": list(range(200))}]
    assert "3,000,000 triangles, and the most is 2,000,000" in fault(tmp_path, writer.bytes()).message


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_vertices_that_are_no_numbers_are_refused(tmp_path: Path, value: float) -> None:
    assert "no numbers" in fault(tmp_path, Writer([(0, 0, 0), (1, value, 0), (1, 1, 1)], (0, 1, 2)).bytes()).message


def test_triangles_without_vertices_are_refused(tmp_path: Path) -> None:
    assert "triangles without vertices" in fault(tmp_path, Writer(CUBE, (0, 1, 8)).bytes()).message


@pytest.mark.parametrize(
    ("header", "code", "says"),
    [
        (struct.pack(">8s4s4sII", b"\x89PNG\r\n\x1a\n", b"\0\0\0\r", b"IHDR", 60_000, 60_000), "E0818", "60000 × 60000 pixels"),
        (
            struct.pack("<4sI4s4sI10s", b"RIFF", 30, b"WEBP", b"VP8X", 10, b"\0\0\0\0\xff\x3f\0\xff\x3f\0"),
            "E0818",
            "16384 × 16384",
        ),
        (b"\xabKTX 20\xbb\r\n\x1a\n", "E0815", "no PNG, JPEG or WebP"),
        (b"\xff\xd8" + b"\xff\xe0\0\x02" * 2000, "E0815", "no PNG, JPEG or WebP"),
        (b"", "E0815", "no PNG, JPEG or WebP"),
    ],
)
def test_an_image_is_refused_by_its_header(tmp_path: Path, header: bytes, code: str, says: str) -> None:
    writer = Writer()
    writer.material(normalTexture=writer.picture(header.ljust(40, b"\0") if header else b"", tmp_path))
    found = fault(tmp_path, writer.bytes())
    assert found.code == code
    assert says in found.message


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no binary glTF"),
        (b"glTF\2\0\0\0", "cut off after 8 bytes"),
        (b"version https://git-lfs.github.com/spec/v1\n", "pointer of Git LFS"),
        (packed({})[:30], "cut off after 30"),
        (b"glTF\1" + packed({})[5:], "glTF 1"),
        (packed({})[:16] + b"BIN\0" + packed({})[20:], "does not begin with its JSON"),
    ],
)
def test_a_file_that_is_no_whole_glb_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    found = fault(tmp_path, data)
    assert found.code == "E0814"
    assert says in found.message


def test_a_file_of_more_than_512_mib_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "chair.glb").open("wb") as file:
        file.write(Writer().bytes())
        file.truncate(512 * 2**20 + 1)
    (tmp_path / "scene.yaml").write_text(SCENE)
    _, (found,) = read_scene(tmp_path / "scene.yaml")
    assert found.code == "E0818"
    assert "512" in found.message


def test_names_are_shown_on_one_line(tmp_path: Path) -> None:
    writer = Writer()
    writer.tree["extensionsRequired"] = ["a\nb\ud800" + "c" * 500]
    found = fault(tmp_path, writer.bytes())
    assert "a?b?ccc" in found.message
    assert len(found.message) < 200
    assert found.message.encode()


def test_our_own_models_are_read_the_same(tmp_path: Path) -> None:
    for path in (assets_folder() / "models").glob("*.glb"):
        assert card_of(path.name, path, read_model(path)).tops


BENCH = (assets_folder() / "models" / "bench.glb").read_bytes()
LENGTH = int.from_bytes(BENCH[12:16], "little")
CUBE_FILE = Writer().bytes()
SCRAPS = [b"-1", b"1e9", b"null", b"[]", b"{}", b'""', b"true", b"NaN", b"9999999999", b"0", b'"x"', b"[[", b"}"]


@pytest.mark.slow
@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_bytes_a_file_has_a_card_or_a_sentence_comes_of_it(data: st.DataObject, tmp_path: Path) -> None:
    whole = bytearray(data.draw(st.sampled_from([BENCH, CUBE_FILE])))
    for _ in range(data.draw(st.integers(1, 5))):
        spot = data.draw(st.one_of(st.integers(0, min(LENGTH, len(whole)) - 1), st.integers(0, len(whole) - 1)))
        change = data.draw(st.one_of(st.binary(min_size=1, max_size=4), st.sampled_from(SCRAPS)))
        whole[spot : spot + len(change)] = change
    cut = data.draw(st.one_of(st.just(len(whole)), st.integers(0, len(whole))))
    spec, found = scene(tmp_path, bytes(whole[:cut]))
    assert (spec is None) == any(one.severity == "error" for one in found)
    if spec is not None:
        assert all(math.isfinite(length) for length in spec.things["chair"].card.size)


NUMBERS = st.one_of(st.integers(-2, 12), st.floats(), st.sampled_from([10**6, 10**12, 2**31, 5120, 5126, 1e-30, 1e38]))
LEAVES = st.one_of(NUMBERS, st.none(), st.booleans(), st.text(max_size=3))
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4), max_leaves=6)


@pytest.mark.slow
@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_its_json_says_a_card_or_a_sentence_comes_of_it(data: st.DataObject, tmp_path: Path) -> None:
    writer = Writer()
    writer.tree["materials"] = [{"pbrMetallicRoughness": {"baseColorFactor": [1, 1, 1, 1]}, "alphaMode": "MASK"}]
    writer.primitive["material"] = 0
    writer.bytes()
    tree = json.loads(json.dumps(writer.tree))
    for _ in range(data.draw(st.integers(1, 3))):
        spot: Any = tree
        while isinstance(spot, dict | list) and spot:
            keys = list(spot) if isinstance(spot, dict) else list(range(len(spot)))
            key = data.draw(st.sampled_from(keys))
            if not isinstance(spot[key], dict | list) or not spot[key] or data.draw(st.integers(0, 3)) == 0:
                spot[key] = data.draw(VALUES)
                break
            spot = spot[key]
    spec, found = scene(tmp_path, packed(tree, bytes(writer.binary)))
    assert (spec is None) == any(one.severity == "error" for one in found)
    assert len(found) <= 2
    assert all(found_one.message.encode() for found_one in found)
