"""Pictures of what grows between the spruces."""

from __future__ import annotations

import numpy as np
import pytest

from engine.view.geometry import species
from engine.view.geometry.mesh import Mesh


def _shown(mesh: Mesh) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """What of a mesh's picture its first card shows, top row first: where it is solid."""
    picture = mesh.material.colour_map
    assert picture is not None
    rows, columns = picture.shape[:2]
    (left, low), (right, high) = mesh.uvs[:4].min(axis=0), mesh.uvs[:4].max(axis=0)
    top, bottom = round((1.0 - float(high)) * rows), round((1.0 - float(low)) * rows)
    return np.asarray(picture[top:bottom, round(float(left) * columns) : round(float(right) * columns), 3] > 127)


@pytest.mark.parametrize("frozen", [False, True])
def test_what_is_wider_than_tall_stands_alone_in_its_card(frozen: bool) -> None:
    for kind in range(2):
        for mesh in (species.thicket(kind, frozen), species.reed_bed(kind, frozen)):
            shown = _shown(mesh)
            assert not shown[:2].any(), "nothing of what stands above it in the picture"
            assert shown[-8:].any()
            assert not shown[:, :2].any()
            assert not shown[:, -2:].any()


def test_a_dead_trunk_is_bare_and_an_alder_is_round() -> None:
    snag, alder, fir = (_shown(species.tree(kind, False, 10.0)) for kind in (species.SNAG, species.ALDER, species.FIR))
    assert snag.mean() < 0.5 * fir.mean()
    upper, middle = alder[60:140].any(axis=0).sum(), alder[200:330].any(axis=0).sum()
    assert upper > 0.45 * middle, "a crown, not a spire"
    assert fir[60:140].any(axis=0).sum() < 0.45 * fir[380:480].any(axis=0).sum()
