"""The reader of models: what it reads, and that it says in one sentence why it will not."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.library import assets_folder
from engine.view.geometry.gltf import ModelError, read_glb
from tests.spec.glb import packed

BENCH = assets_folder() / "models" / "bench.glb"


def _triangle() -> tuple[dict[str, Any], bytes]:
    """One triangle in glTF's own axes: (1, 0, 0), (0, 1, 0), (0, 0, 1)."""
    tree = {
        "asset": {"version": "2.0"},
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0, "name": "leaf"}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}],
        "accessors": [{"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3"}],
        "bufferViews": [{"buffer": 0, "byteLength": 36}],
        "buffers": [{"byteLength": 36}],
    }
    return tree, np.eye(3, dtype="<f4").tobytes()


def _refusal(tmp_path: Path, data: bytes) -> str:
    path = tmp_path / "thing.glb"
    path.write_bytes(data)
    with pytest.raises(ModelError) as caught:
        read_glb(path)
    message = str(caught.value)
    assert "thing.glb" in message
    assert message.endswith(".")
    assert "\n" not in message
    return message


def test_up_and_ahead_become_z_and_y(tmp_path: Path) -> None:
    path = tmp_path / "thing.glb"
    path.write_bytes(packed(*_triangle()))
    (part,) = read_glb(path)
    assert part.name == "leaf"
    assert part.mesh.positions.tolist() == [[-1, 0, 0], [0, 0, 1], [0, 1, 0]]
    assert part.copies.tolist() == [np.eye(4).tolist()]


def test_a_node_stands_where_its_parents_put_it(tmp_path: Path) -> None:
    tree, binary = _triangle()
    tree["nodes"] = [{"children": [1], "translation": [0, 2, 0]}, {"mesh": 0, "translation": [0, 0, 3], "scale": [2, 2, 2]}]
    path = tmp_path / "thing.glb"
    path.write_bytes(packed(tree, binary))
    (part,) = read_glb(path)
    assert part.copies[0, :3, 3].tolist() == [0, 3, 2]
    assert part.copies[0, 0, 0] == 2


def test_a_mirrored_node_still_faces_outwards(tmp_path: Path) -> None:
    tree, binary = _triangle()
    tree["nodes"][0]["scale"] = [-1, 1, 1]
    path = tmp_path / "thing.glb"
    path.write_bytes(packed(tree, binary))
    (part,) = read_glb(path)
    assert np.linalg.det(part.copies[0, :3, :3]) > 0
    corners = part.mesh.positions[part.mesh.triangles[0]]
    assert np.cross(corners[1] - corners[0], corners[2] - corners[0]) @ part.mesh.normals[0] > 0


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"nothing\.glb cannot be read"):
        read_glb(tmp_path / "nothing.glb")


@pytest.mark.parametrize("share", [0.0, 0.001, 0.01, 0.5, 0.999])
def test_a_file_that_is_cut_off_is_refused(tmp_path: Path, share: float) -> None:
    data = BENCH.read_bytes()
    _refusal(tmp_path, data[: int(len(data) * share)])


def test_a_foreign_file_is_refused(tmp_path: Path) -> None:
    assert "no binary glTF" in _refusal(tmp_path, b"\x89PNG\r\n\x1a\n" + b"\0" * 100)


def test_glTF_1_is_refused(tmp_path: Path) -> None:  # noqa: N802
    data = bytearray(BENCH.read_bytes())
    data[4] = 1
    assert "glTF 1" in _refusal(tmp_path, bytes(data))


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (("extensionsRequired",), ["KHR_draco_mesh_compression"], "KHR_draco_mesh_compression"),
        (("scenes",), [], "no scene"),
        (("nodes",), [{}], "no triangles"),
        (("nodes", 0, "mesh"), 9, "no 9 in its meshes"),
        (("accessors", 0, "count"), 6, "outside"),
        (("accessors", 0, "type"), "VEC2", "no points"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_one_sentence(tmp_path: Path, path: tuple[Any, ...], value: Any, says: str) -> None:
    tree, binary = _triangle()
    spot: Any = tree
    for key in path[:-1]:
        spot = spot[key]
    spot[path[-1]] = value
    assert says in _refusal(tmp_path, packed(tree, binary))


def test_damage_anywhere_is_a_sentence_or_a_model(tmp_path: Path) -> None:
    """Random bytes changed in a real file never end in anything but a `ModelError`."""
    whole = BENCH.read_bytes()
    chance = np.random.Generator(np.random.PCG64(4))
    path = tmp_path / "thing.glb"
    for _ in range(60):
        data = bytearray(whole)
        for spot in chance.integers(0, 6000, 3):
            data[int(spot)] = int(chance.integers(256))
        path.write_bytes(bytes(data))
        try:
            read_glb(path)
        except ModelError as refusal:
            assert str(refusal).endswith(".")  # noqa: PT017
