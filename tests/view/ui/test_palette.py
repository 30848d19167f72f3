"""Colours of panels: what can be read, what can be told apart without seeing hues."""

from __future__ import annotations

from itertools import combinations

import pytest

from engine.view.ui.palette import MARKS, PALETTES, Contrast, Look
from engine.view.ui.text import contrast

NEEDED: dict[Contrast, float] = {"normal": 4.5, "high": 7.0}
LOOKS: tuple[Look, ...] = ("plain", "hover", "focus", "pressed", "disabled")


@pytest.mark.parametrize("name", ["normal", "high"])
def test_letters_stand_out_from_what_they_stand_on(name: Contrast) -> None:
    palette = PALETTES[name]
    assert contrast(palette.ink, palette.ground) >= NEEDED[name]
    assert contrast(palette.dim, palette.ground) >= NEEDED[name]
    for look in LOOKS:
        for main in (False, True):
            face, ink = palette.button(look, main=main)
            assert contrast(face, ink) >= NEEDED[name], (look, main)


@pytest.mark.parametrize("name", ["normal", "high"])
def test_a_ring_and_a_rim_are_seen_against_what_is_beside_them(name: Contrast) -> None:
    palette = PALETTES[name]
    assert contrast(palette.ring, palette.ground) >= 3.0
    assert contrast(palette.rim, palette.ground) >= 3.0
    assert contrast(palette.main, palette.ground) >= 3.0


@pytest.mark.parametrize("name", ["normal", "high"])
def test_how_much_of_a_bar_is_full_is_seen(name: Contrast) -> None:
    assert contrast(PALETTES[name].main, PALETTES[name].face) >= 3.0


@pytest.mark.parametrize("name", ["normal", "high"])
def test_pressed_is_told_from_the_rest_by_light_alone(name: Contrast) -> None:
    faces = [PALETTES[name].button(look)[0] for look in ("plain", "pressed")]
    assert contrast(*faces) >= 3.0


def test_marks_stand_out_in_every_hue() -> None:
    for colour in MARKS.values():
        assert contrast(colour, PALETTES["normal"].ground) >= 4.5
    assert len({*combinations(MARKS.values(), 2)}) == 3
