"""Finishes: what designers can choose from, and what they are told if they choose otherwise."""

from __future__ import annotations

import pytest

from engine.spec.finishes import COLOURS, FINISHES, colour_of, unknown


@pytest.mark.parametrize("name", COLOURS)
def test_a_colour_sends_back_as_much_light_as_it_says(name: str) -> None:
    colour = COLOURS[name]
    linear = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour.srgb]
    assert 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] == pytest.approx(colour.reflectance, abs=0.006)


def test_every_finish_is_known_and_comes_in_known_colours() -> None:
    for name, finish in FINISHES.items():
        for surface in finish.on:
            assert unknown(surface, name) is None
            assert all(unknown(surface, f"{name}/{colour}") is None for colour in finish.colours)
        assert set(finish.colours) <= COLOURS.keys()
        assert colour_of(name) == finish.colours[0]


def test_what_is_wrong_with_a_finish_is_said_with_what_there_is() -> None:
    assert unknown("walls", "velvet") == (
        "there is no finish 'velvet'",
        "for walls use plain, satin_paint, matt_paint; with a colour, 'matt_paint/white'",
    )
    assert unknown("ceiling", "vinyl/oak") == ("'vinyl' is no finish for ceiling", "use plain, satin_paint, matt_paint, tile_600")
    assert unknown("floor", "vinyl/plaid") is not None
    assert unknown("dado", "tile_600") == ("'tile_600' is no finish for dado", "use plain, satin_paint, matt_paint, vinyl")
