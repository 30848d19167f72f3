"""What stands in a room is drawn in few calls, and looks as if each material had its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import panda3d.core as p3d
import pytest

from engine.view.geometry.geoms import MATERIALS_TAG
from engine.view.geometry.looks import Kind, Looks
from engine.view.geometry.mesh import HERE, Floats, Material, Mesh, Part
from engine.view.indoor.pieces import Piece, attach_pieces
from tests.view.conftest import box_mesh
from tests.view.rooms import CUPBOARD, Bay, write_room

PICTURE = np.full((2, 2, 4), 90, np.uint8)
MATERIALS = (
    Material("paint", (0.8, 0.1, 0.1, 1.0)),
    Material("steel", (0.6, 0.6, 0.6, 1.0), metallic=1.0, roughness=0.3),
    Material("print", colour_map=PICTURE),
    Material("tinted print", (0.2, 1.0, 1.0, 1.0), colour_map=PICTURE.copy()),
    Material("paint again", (0.8, 0.1, 0.1, 1.0)),
)


def attached(casts: tuple[bool, ...], moving: bool = False) -> list[p3d.NodePath]:
    """The nodes by which a room draws one box of each material; `moving`: beneath a joint's node."""
    room, looks = p3d.NodePath("room"), Looks(indoors=True)
    joint = room.attach_new_node("joint")
    pieces = []
    for index, (material, throws) in enumerate(zip(MATERIALS, casts, strict=True)):
        mesh = box_mesh((index, 0.0, 0.0), (index + 0.5, 1.0, 1.0), material)
        look = looks(Part("box", mesh, HERE, casts=throws))
        pieces.append(Piece(mesh, HERE[0], HERE[0], joint if moving else None, look, "room", throws))
    lights = [(light(piece.mesh), light(piece.mesh)) for piece in pieces]
    attach_pieces(room, pieces, lights)
    return list(room.find_all_matches("**/+GeomNode"))


def light(mesh: Mesh) -> Floats:
    return np.ones((len(mesh.positions), 4), np.float32)


def named(nodes: list[p3d.NodePath]) -> list[list[str]]:
    return sorted(node.get_tag(MATERIALS_TAG).splitlines() for node in nodes)


def test_materials_of_one_kind_are_one_call_and_are_all_named() -> None:
    assert named(attached((True,) * 5)) == [["paint", "steel", "paint again"], ["print", "tinted print"]]


def test_of_what_stands_still_no_call_is_spent_on_who_throws_a_live_shadow() -> None:
    casts = (True, False, True, True, False)
    assert len(attached(casts)) == 2
    assert named(attached(casts, moving=True)) == [["paint"], ["print", "tinted print"], ["steel", "paint again"]]


def test_each_vertex_says_whose_colour_and_finish_it_has() -> None:
    node = next(node for node in attached((True,) * 5) if "steel" in node.get_tag(MATERIALS_TAG))
    (geom,) = node.node().get_geoms()
    reader = p3d.GeomVertexReader(geom.get_vertex_data(), "material")
    which = [reader.get_data1() for _ in range(geom.get_vertex_data().get_num_rows())]
    assert which == [0.0] * 24 + [1.0] * 24 + [0.0] * 24, "equal materials are one"
    texture = node.get_shader_input("materials").get_texture()
    rows = np.frombuffer(texture.get_ram_image(), np.float32).reshape(-1, 3, 4)
    assert np.allclose(rows[:, 0], [MATERIALS[0].colour, MATERIALS[1].colour])
    assert np.allclose(rows[:, 1], [(0.0, 1.0, 0.0, 0.0), (1.0, 0.3, 0.0, 0.0)])


@pytest.fixture
def rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Bay, Bay]]:
    """A room as it is drawn, and the same with each material drawn by itself."""

    def alone(looks: Looks, material: Material) -> Kind:
        return (id(material),)

    furnished = write_room(tmp_path / "room.yaml", props=CUPBOARD)
    merged = Bay.of(furnished)
    monkeypatch.setattr(Looks, "_kind", alone)
    apart = Bay.of(furnished)
    yield merged, apart
    merged.stage.close()
    apart.stage.close()


@pytest.mark.gl
@pytest.mark.slow
def test_a_room_looks_as_if_each_material_were_drawn_by_itself(rooms: tuple[Bay, Bay]) -> None:
    calls = [len(room.stage.root.find_all_matches("**/+GeomNode")) for room in rooms]
    assert calls[0] <= calls[1] - 6
    one, other = (room.picture(room.eye((0.0, -1.7, 1.5), (0.0, 1.0, 0.8)), samples=4).astype(int) for room in rooms)
    assert one.std() > 20
    off = np.abs(one - other).max(-1)
    # Where two things meet, the one that is drawn first has the pixel.
    assert (off > 1).mean() < 0.001
    assert off.mean() < 0.01
