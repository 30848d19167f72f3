"""The wood and rope of docks."""

from functools import cache

import numpy as np

from assets.generators import timber
from assets.generators.gltf_write import MODELS
from assets.generators.planks import DECK
from assets.generators.surfaces import DECK_TILE
from assets.generators.textures import layered, tiling_noise
from assets.generators.wooden_dock import KERB, KERB_AT
from engine.view.geometry.gltf import read_glb
from engine.view.geometry.mesh import Pixels


@cache
def _larch() -> tuple[Pixels, Pixels, Pixels]:
    return timber.weathered_larch()


def test_noise_may_be_taller_than_wide() -> None:
    assert tiling_noise((64, 16), (4, 4), 1).shape == (64, 16)
    assert np.array_equal(layered((32, 32), (4, 8), 2, 3), layered(32, (4, 8), 2, 3))


def test_its_texels_are_about_square_on_the_deck() -> None:
    down, across = _larch()[0].shape[:2]
    assert 0.7 < (DECK_TILE[1] / down) / (DECK_TILE[0] / across) < 1.4


def test_wood_repeats_without_a_seam() -> None:
    colour = _larch()[0].astype(float)
    for axis in (0, 1):
        steps = np.abs(np.diff(colour, axis=axis)).mean(axis=(1 - axis, 2))
        seam = np.abs(np.take(colour, 0, axis) - np.take(colour, -1, axis)).mean()
        assert seam <= steps.max()


def test_grain_runs_along_the_boards() -> None:
    tone = _larch()[0].astype(float).mean(axis=2)
    assert np.abs(np.diff(tone, axis=1)).mean() > 2.0 * np.abs(np.diff(tone, axis=0)).mean()


def test_where_water_stood_wood_is_darker_and_shines() -> None:
    colour, _, surface = _larch()
    tone, rough = colour[::4, ::4].astype(float).mean(axis=2), surface[:, :, 1].astype(float)
    low, high = np.quantile(rough, (0.03, 0.60))
    assert low < 0.85 * high
    assert tone[rough <= low].mean() < 0.95 * tone[rough >= high].mean()


def test_a_turn_of_rope_tiles_both_ways() -> None:
    colour = timber.rope()[0].astype(float)
    for axis in (0, 1):
        steps = np.abs(np.diff(colour, axis=axis)).mean(axis=(1 - axis, 2))
        seam = np.abs(np.take(colour, 0, axis) - np.take(colour, -1, axis)).mean()
        assert seam <= 1.5 * steps.max()


def test_piles_wear_caps_of_lead_wider_than_themselves() -> None:
    parts = {part.mesh.material.name: part.mesh for part in read_glb(MODELS / "wooden_dock.glb") if part.name == "trestle"}
    (wood, top), (cap, crown) = (
        (mesh.positions[mesh.positions[:, 2] > 0.7], mesh.positions[:, 2].max()) for mesh in (parts["larch"], parts["lead"])
    )
    assert crown > top
    for side in (-1.0, 1.0):
        pile, lid = (points[points[:, 0] * side > 0.0] for points in (wood, cap))
        for axis in (0, 1):
            assert lid[:, axis].min() < pile[:, axis].min()
            assert lid[:, axis].max() > pile[:, axis].max()


def test_kerbs_stand_on_packers_over_a_dark_line_along_their_foot() -> None:
    parts = {part.mesh.material.name: part.mesh for part in read_glb(MODELS / "wooden_dock.glb") if part.name == "kerb"}
    wood, line = parts["larch"], parts["contact"]
    rail = wood.positions[(wood.positions[:, 2] > DECK) & (np.abs(np.abs(wood.positions[:, 0]) - KERB_AT) > KERB[0] / 2 - 0.005)]
    assert 0.004 < rail[:, 2].min() - DECK < 0.015, "metres, which rain runs off under"
    picture = line.material.colour_map
    assert picture is not None
    for side in (-1.0, 1.0):
        foot = side * (KERB_AT - KERB[0] / 2)
        on = np.abs(line.positions[:, 0] - foot) < 0.05
        across, u = line.positions[on, 0] * side, line.uvs[on, 0]
        dark = picture[0, np.round(u * (picture.shape[1] - 1)).astype(int), 3]
        assert dark[across.argmax()] > 200
        assert dark[across.argmin()] < 10


def test_planks_have_split_from_their_ends() -> None:
    for part in read_glb(MODELS / "wooden_dock.glb"):
        if not part.name.startswith("plank") or part.mesh.material.name != "larch":
            continue
        mesh = part.mesh
        dark = (mesh.colours[:, :3].mean(axis=1) < 0.16) & (mesh.normals[:, 2] > 0.9) & (mesh.positions[:, 2] > DECK - 0.004)
        along = mesh.positions[dark, 0]
        for side in (-1.0, 1.0):
            assert (along * side).max() > 0.93, "under the kerb"
            assert ((along * side > 0.5) & (along * side < 0.90)).any(), "and on past it"
