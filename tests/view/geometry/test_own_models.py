"""Designers' own files as they are drawn: their shapes, their materials, and images that stay within what is kept in mind."""

from __future__ import annotations

import math
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine.spec.diagnostics import SceneError
from engine.spec.modelfile import card_of, read_model
from engine.view.geometry import pictures
from engine.view.geometry.gltf import CLEAREST, ModelError, read_glb
from engine.view.geometry.mesh import Material, Mesh, Part
from engine.view.geometry.parts import build_parts
from tests.spec.glb import CUBE, FACES, Writer

SQUARE = [(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0)]
CORNERS = [0.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0]
"""glTF's v goes down from the top."""

INSIDE = [0.5 * corner + 0.25 for corner in CORNERS]


def parts(folder: Path, writer: Writer) -> list[Part]:
    return read_glb(writer.save(folder / "thing.glb"))


def mesh(folder: Path, writer: Writer) -> Mesh:
    (part,) = parts(folder, writer)
    return part.mesh


def square() -> Writer:
    """A square with texture coordinates, and normals so that its vertices stay as they are."""
    writer = Writer(SQUARE, (0, 1, 2, 0, 2, 3))
    writer.primitive["attributes"]["NORMAL"] = writer.accessor([0, 0, 1] * 4, "f", "VEC3", 4)
    for index, coordinates in enumerate((CORNERS, INSIDE)):
        writer.primitive["attributes"][f"TEXCOORD_{index}"] = writer.accessor(coordinates, "f", "VEC2", 4)
    return writer


def surface(folder: Path, image: Image.Image | None = None, **said: Any) -> Material:
    """The material of a square; `image` is its base colour."""
    writer = square()
    pbr = said.pop("pbrMetallicRoughness", {})
    if image is not None:
        pbr = {**pbr, "baseColorTexture": writer.picture(image, folder)}
    writer.material(pbrMetallicRoughness=pbr, **said)
    return mesh(folder, writer).material


def alpha(*values: int) -> Image.Image:
    """A row of pixels of these alphas."""
    return Image.fromarray(np.array([[(200, 100, 50, value) for value in values]], np.uint8))


def test_what_the_world_measures_is_what_is_drawn(tmp_path: Path) -> None:
    writer = Writer([(2 * x - 5, 3 * y, z + 7) for x, y, z in CUBE])
    half = math.sin(math.pi / 8)
    writer.tree["nodes"] = [
        {"mesh": 0, "rotation": [0, half, 0, math.cos(math.pi / 8)]},
        {"mesh": 0, "scale": [-1, 1, 2], "translation": [0, 1, 0]},
    ]
    writer.tree["scenes"] = [{"nodes": [0, 1]}]
    path = writer.save(tmp_path / "thing.glb")
    model = read_model(path)
    drawn = build_parts(card_of("thing.glb", path, model), {})
    points = np.concatenate([part.mesh.positions @ part.copies[0, :3, :3].T + part.copies[0, :3, 3] for part in drawn])
    assert np.ptp(points, axis=0) == pytest.approx(model.size, abs=1e-5)
    assert points.min(0) == pytest.approx((-model.size[0] / 2, -model.size[1] / 2, 0.0), abs=1e-5)
    assert len(model.boxes) == 2


def test_faces_without_normals_are_flat(tmp_path: Path) -> None:
    cube = mesh(tmp_path, Writer())
    assert len(cube.positions) == len(FACES)
    corners = cube.positions[cube.triangles]
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    assert np.allclose(across / np.linalg.norm(across, axis=1, keepdims=True), cube.normals[cube.triangles[:, 0]])


@pytest.mark.parametrize(("mode", "faces"), [(5, [[0, 1, 3], [1, 2, 3]]), (6, [[1, 3, 0], [3, 2, 0]])])
def test_strips_and_fans_are_triangles(tmp_path: Path, mode: int, faces: list[list[int]]) -> None:
    writer = square()
    writer.primitive["indices"] = writer.accessor([0, 1, 3, 2], "B", "SCALAR", 4)
    writer.primitive["mode"] = mode
    assert mesh(tmp_path, writer).triangles.tolist() == faces
    assert read_model(tmp_path / "thing.glb").triangles == 2


def test_a_texture_is_upright_and_its_colours_are_those_of_the_file(tmp_path: Path) -> None:
    image = Image.fromarray(np.arange(48, dtype=np.uint8).reshape(4, 4, 3))
    material = surface(tmp_path, image)
    assert material.colour_map is not None
    assert material.colour_map[:, :, :3].tolist() == np.asarray(image).tolist()
    assert mesh(tmp_path, square()).uvs.tolist() == [[0, 0], [1, 0], [1, 1], [0, 1]]


def test_a_texture_is_scaled_turned_and_shifted_by_its_transform(tmp_path: Path) -> None:
    writer = square()
    slot = writer.picture(alpha(255), tmp_path)
    moved = {"offset": [0.25, 0.5], "rotation": math.pi / 2, "scale": [2, 3]}
    writer.material(pbrMetallicRoughness={"baseColorTexture": {**slot, "extensions": {"KHR_texture_transform": moved}}})
    # glTF's (u, v) = (1, 1), at the square's lower right corner: scaled to (2, 3), turned to (3, -2), shifted to (3.25, -1.5).
    assert mesh(tmp_path, writer).uvs[1] == pytest.approx((3.25, 2.5))


def test_occlusion_on_coordinates_of_its_own_is_kept_with_the_vertices(tmp_path: Path) -> None:
    writer = square()
    shade = writer.picture(Image.fromarray(np.array([[0, 255], [255, 255]], np.uint8)), tmp_path)
    colour = writer.picture(alpha(255), tmp_path)
    writer.material(pbrMetallicRoughness={"baseColorTexture": colour}, occlusionTexture={**shade, "texCoord": 1, "strength": 0.5})
    made = mesh(tmp_path, writer)
    assert made.colours[:, 3].tolist() == [1.0, 1.0, 1.0, 0.5]
    assert made.material.surface_map is None


def test_colours_of_vertices_tint_the_material(tmp_path: Path) -> None:
    writer = square()
    writer.primitive["attributes"]["COLOR_0"] = writer.accessor([255, 0, 51] * 4, "B", "VEC3", 4, normalized=True)
    assert mesh(tmp_path, writer).colours[0] == pytest.approx((1.0, 0.0, 0.2, 1.0))


def test_roughness_metal_and_occlusion_of_two_images_are_one_map(tmp_path: Path) -> None:
    writer = square()
    rough = writer.picture(Image.new("RGB", (8, 8), (1, 90, 200)), tmp_path)
    shade = writer.picture(Image.new("L", (4, 4), 100), tmp_path)
    writer.material(pbrMetallicRoughness={"metallicRoughnessTexture": rough}, occlusionTexture={**shade, "strength": 0.5})
    made = mesh(tmp_path, writer).material.surface_map
    assert made is not None
    assert made.shape == (8, 8, 3)
    assert made[3, 3].tolist() == [178, 90, 200]


@pytest.mark.parametrize("cutoff", [0.25, 0.5, 0.75])
def test_what_is_cut_out_is_cut_at_the_files_own_cutoff(tmp_path: Path, cutoff: float) -> None:
    steps = [10, 60, 70, 120, 130, 185, 195, 255]
    material = surface(tmp_path, alpha(*steps), alphaMode="MASK", alphaCutoff=cutoff)
    assert material.alpha == "mask"
    assert material.colour_map is not None
    kept = (material.colour_map[0, :, 3] / 255.0 * material.colour[3] >= 0.5).tolist()
    assert kept == [step / 255.0 >= cutoff for step in steps]


@pytest.mark.parametrize(
    ("steps", "factor", "drawn"),
    [
        ((255, 255, 255, 255), 1.0, ("opaque", 1.0)),
        ((255, 0, 255, 255), 1.0, ("mask", 1.0)),  # a leaf
        ((255, 0, 128, 255, 255, 255), 1.0, ("mask", 1.0)),  # a leaf with a soft edge
        ((128, 120, 136, 130), 1.0, ("blend", 1.0)),  # tinted glass
        ((255, 128, 60, 0), 1.0, ("blend", 1.0)),  # a stain that fades away
        ((255, 255, 255, 255), 0.3, ("blend", 0.3)),
    ],
)
def test_blending_is_drawn_as_what_it_is_for(
    tmp_path: Path, steps: tuple[int, ...], factor: float, drawn: tuple[str, float]
) -> None:
    pbr = {"baseColorFactor": [1, 1, 1, factor]}
    material = surface(tmp_path, alpha(*steps), pbrMetallicRoughness=pbr, alphaMode="BLEND")
    assert material.alpha == drawn[0]
    assert material.colour[3] == pytest.approx(drawn[1])
    assert material.colour_map is not None
    assert material.colour_map[0, :, 3].tolist() == list(steps)


def test_what_is_hardly_there_can_still_be_seen(tmp_path: Path) -> None:
    material = surface(tmp_path, pbrMetallicRoughness={"baseColorFactor": [1, 1, 1, 0.01]}, alphaMode="BLEND")
    assert material.alpha == "blend"
    assert material.colour[3] == CLEAREST


def test_a_texture_that_glows_is_drawn_as_bright_as_its_factor(tmp_path: Path) -> None:
    writer = square()
    slot = writer.picture(Image.new("RGB", (4, 2), (0, 90, 200)), tmp_path)
    strong = {"KHR_materials_emissive_strength": {"emissiveStrength": 3}}
    writer.material(emissiveTexture=slot, emissiveFactor=[1, 0.5, 0], extensions=strong)
    material = mesh(tmp_path, writer).material
    assert material.emissive == (3.0, 1.5, 0.0)
    assert material.emissive_map is not None
    assert material.emissive_map.tolist() == [[[0, 90, 200]] * 4] * 2
    assert read_model(tmp_path / "thing.glb").left_out == ()


@pytest.mark.parametrize("said", [{}, {"emissiveFactor": [1, 1, 1], "alphaMode": "BLEND"}])
def test_a_texture_that_glows_with_nothing_or_on_glass_is_left_out(tmp_path: Path, said: dict[str, Any]) -> None:
    """A factor of 0, glTF's own default, means that nothing glows; what one sees through would glow all over."""
    writer = square()
    slot = writer.picture(Image.new("RGB", (4, 4), (255, 255, 255)), tmp_path)
    writer.material(emissiveTexture=slot, pbrMetallicRoughness={"baseColorFactor": [1, 1, 1, 0.5]}, **said)
    material = mesh(tmp_path, writer).material
    assert (material.emissive, material.emissive_map) == ((0.0, 0.0, 0.0), None)
    told = read_model(tmp_path / "thing.glb").left_out
    assert told == (("textures that glow on what is see-through",) if said else ())


def test_what_lets_light_through_is_clear(tmp_path: Path) -> None:
    glass = surface(tmp_path, extensions={"KHR_materials_transmission": {"transmissionFactor": 0.7}})
    assert glass.alpha == "blend"
    assert glass.colour[3] == pytest.approx(0.3)


def test_materials_of_specular_and_glossiness_are_no_metal(tmp_path: Path) -> None:
    older = {"KHR_materials_pbrSpecularGlossiness": {"diffuseFactor": [0.5, 0.4, 0.3, 1], "glossinessFactor": 0.25}}
    material = surface(tmp_path, extensions=older)
    assert (material.colour, material.metallic, material.roughness) == ((0.5, 0.4, 0.3, 1.0), 0.0, 0.75)


def test_materials_without_light_are_said_to_be_so(tmp_path: Path) -> None:
    assert surface(tmp_path, extensions={"KHR_materials_unlit": {}}).unlit
    assert not surface(tmp_path).unlit


def test_how_far_light_goes_aside_stands_in_the_extras(tmp_path: Path) -> None:
    assert surface(tmp_path, extras={"abaton_scatter": [0.004, 0.001, 9.0]}).scatter == (0.004, 0.001, 0.05)
    for other in ({}, {"scatter": "much"}, 3, "by hand"):
        assert surface(tmp_path, extras=other).scatter == (0.0, 0.0, 0.0)
    with pytest.raises(ModelError, match="'abaton_scatter' is \\[1\\]"):
        surface(tmp_path, extras={"abaton_scatter": [1]})


@pytest.mark.parametrize(
    ("image", "form", "shade"),
    [
        (Image.fromarray(np.full((3, 3), 0x8101, np.uint16)), "PNG", (0x81, 0x81, 0x81, 255)),
        (Image.new("P", (3, 3)), "PNG", (0, 0, 0, 255)),
        (Image.new("LA", (3, 3), (7, 9)), "PNG", (7, 7, 7, 9)),
        (Image.new("1", (3, 3), 1), "PNG", (255, 255, 255, 255)),
        (Image.new("RGB", (8, 8), (9, 9, 9)), "JPEG", (9, 9, 9, 255)),
        (Image.new("RGB", (8, 8), (40, 40, 40)), "WEBP", (40, 40, 40, 255)),
    ],
)
def test_images_of_every_kind_have_eight_bits_a_channel(
    tmp_path: Path, image: Image.Image, form: str, shade: tuple[int, ...]
) -> None:
    writer = square()
    writer.material(pbrMetallicRoughness={"baseColorTexture": writer.picture(image, tmp_path, form)})
    made = mesh(tmp_path, writer).material.colour_map
    assert made is not None
    assert made[1, 1].tolist() == list(shade)


def test_a_large_image_is_drawn_smaller(tmp_path: Path) -> None:
    made = surface(tmp_path, Image.new("RGB", (4100, 40), (9, 9, 9))).colour_map
    assert made is not None
    assert made.shape == (20, 2048, 4)


def test_many_images_together_stay_within_what_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "KEPT", 3 * 1024 * 1024)
    writer = square()
    for index in range(3):
        writer.tree["meshes"][0]["primitives"].append(dict(writer.primitive))
        slot = writer.picture(Image.new("RGB", (2048, 2048), (index, 0, 0)), tmp_path)
        writer.primitive = writer.tree["meshes"][0]["primitives"][index]
        writer.material(pbrMetallicRoughness={"baseColorTexture": slot})
    maps = [part.mesh.material.colour_map for part in parts(tmp_path, writer)]
    assert {one.shape for one in maps if one is not None} == {(1024, 1024, 4)}


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_an_image_that_breaks_off_is_said(tmp_path: Path, form: str) -> None:
    whole = tmp_path / "whole"
    Image.effect_noise((64, 64), 50).convert("RGB").save(whole, form)
    writer = square()
    writer.material(normalTexture=writer.picture(whole.read_bytes()[:900], tmp_path, form))
    with pytest.raises(ModelError, match=r"^thing\.glb has an image \(0\) that cannot be decoded; export it with .*images\.$"):
        parts(tmp_path, writer)


def test_an_image_that_breaks_off_is_the_scenes_fault(tmp_path: Path) -> None:
    writer = square()
    image = struct.pack(">8s4s4sII", b"\x89PNG\r\n\x1a\n", b"\0\0\0\r", b"IHDR", 8, 8) + bytes(40)
    writer.material(normalTexture=writer.picture(image, tmp_path))
    path = writer.save(tmp_path / "thing.glb")
    with pytest.raises(SceneError) as caught:
        build_parts(card_of("thing.glb", path, read_model(path)), {})
    assert [one.code for one in caught.value.diagnostics] == ["E0815"]


def test_a_node_scaled_to_nothing_is_not_drawn(tmp_path: Path) -> None:
    writer = Writer()
    writer.tree["nodes"] = [{"mesh": 0}, {"mesh": 0, "scale": [1, 0, 1]}]
    writer.tree["scenes"] = [{"nodes": [0, 1]}]
    assert len(parts(tmp_path, writer)) == 1
