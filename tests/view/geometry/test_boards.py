"""Boarded floors: every plank is another piece of wood, with dark joints and a fine grain."""

import numpy as np

from engine.view.geometry.boards import BOARDS, ROWS, SIDE
from engine.view.geometry.finishes import surface_of
from engine.view.geometry.looks import Looks
from engine.view.geometry.mesh import Material

FLOOR = surface_of("floor", "vinyl/oak")
TALL = SIDE // ROWS


def _grey() -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """How light each texel is, from row 0 (v = 0) up."""
    assert FLOOR.colour_map is not None
    return np.asarray(FLOOR.colour_map[::-1, :, :3].astype(float).mean(axis=2))


def test_no_two_boards_are_of_one_tone() -> None:
    grey = _grey()
    rows = [grey[int((row + 0.2) * SIDE / ROWS) : int((row + 0.8) * SIDE / ROWS)] for row in range(ROWS)]
    # The middle of each board is half a board from its joints, wherever these are.
    means = [np.convolve(np.tile(row.mean(axis=0), 2), np.ones(400) / 400, "valid")[:SIDE] for row in rows]
    tones = np.array([(each.min(), each.max()) for each in means])
    assert np.ptp(tones[:, 1]) > 8.0, "rows differ"
    assert np.median(tones[:, 1] - tones[:, 0]) > 4.0, "and the two boards of a row"


def test_joints_are_dark_and_narrow() -> None:
    grey = _grey()
    joint = grey[TALL : 2 * TALL + 8].mean(axis=1)
    lines = joint < 0.85 * np.median(joint)
    assert lines.any()
    assert lines.sum() * BOARDS[1] / SIDE < 0.012, "millimetres, not a groove"


def test_grain_is_fine_across_and_long_along() -> None:
    grey = _grey()
    middle = grey[int(0.2 * TALL) : int(0.8 * TALL), 400:700]
    across, along = np.abs(np.diff(middle, axis=0)).mean(), np.abs(np.diff(middle, axis=1)).mean()
    assert across > 1.5 * along
    assert across > 1.5, "no smear: neighbours differ"


def test_boards_are_drawn_finer_than_their_mipmaps() -> None:
    assert FLOOR.crisp > 0.0
    for material, bias in ((FLOOR, -FLOOR.crisp), (Material("m", colour_map=np.zeros((1, 1, 4), np.uint8)), 0.0)):
        texture = Looks(indoors=True)._inputs(material).get_shader_input("colour_map").get_texture()
        assert abs(texture.default_sampler.lod_bias - bias) < 1e-6
