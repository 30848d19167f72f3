"""Forms on walls lie where their lamps throw them, as soft as lamps are wide, and as fine as poles and cables."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.view.geometry.room import build_shell
from engine.view.indoor.panels import Panel
from engine.view.indoor.thrown import Array, Between, between, grazed, thrown
from tests.view.geometry.test_room import BAY

WALL = next(face for face in build_shell(BAY).faces if face.name == "north")
SHAPE = (375, 583)
EVENLY = np.ones((9, 14), np.float32)


def lamp(x: float = 0.0, y: float = -0.3, z: float = 2.7, *, wide: float = 0.6, lumens: float = 3000.0) -> Panel:
    """A square panel that shines down in the bay, whose floor's middle is the origin and whose north wall is at y 1.8."""
    half = wide / 2
    middle, side, deep = (np.array(each) for each in ((x, y, z), (half, 0.0, 0.0), (0.0, -half, 0.0)))
    return Panel("lamp", 0, middle, side, deep, np.ones(3), lumens)


def box(x: tuple[float, float], z: tuple[float, float], off: tuple[float, float], dims: float = 1.0) -> Between:
    """What a box before the wall, so far from it, is to it."""
    inside = ((columns() > x[0]) & (columns() < x[1]))[None, :] & ((rows() > z[0]) & (rows() < z[1]))[:, None]
    near, far = (np.where(inside, np.float32(each), np.float32(none)) for each, none in zip(off, (np.inf, 0.0), strict=True))
    return Between(near, far, dims)


def columns() -> Array:
    """The x of the wall's texels."""
    u = (np.arange(SHAPE[1]) + 0.5) / SHAPE[1] * WALL.size[0]
    return np.asarray(WALL.corner[0] + u * WALL.along[0], np.float32)


def rows() -> Array:
    """The z of the wall's texels."""
    return np.asarray((np.arange(SHAPE[0]) + 0.5) / SHAPE[0] * WALL.size[1], np.float32)


def form(*things: Between, panels: tuple[Panel, ...] = (lamp(),)) -> Array:
    """How much is hidden of the wall's light."""
    return thrown(WALL, SHAPE, things, [(panel, EVENLY) for panel in panels])


def middle(hidden: Array) -> tuple[float, float]:
    """Where a form lies: x and z."""
    return float((hidden.sum(0) * columns()).sum() / hidden.sum()), float((hidden.sum(1) * rows()).sum() / hidden.sum())


@pytest.mark.parametrize("x", [-1.2, 0.0, 0.9])
@pytest.mark.parametrize("off", [0.05, 0.2, 0.4])
def test_a_form_lies_on_the_line_from_the_lamp_past_the_thing(x: float, off: float) -> None:
    found = middle(form(box((-0.15, 0.15), (1.4, 1.6), (off, off + 0.02)), panels=(lamp(x),)))
    beyond = (off + 0.01) / (2.1 - off - 0.01)
    assert found[0] == pytest.approx(-x * beyond, abs=0.025)
    assert found[1] == pytest.approx(1.5 - (2.7 - 1.5) * beyond, abs=0.025)


def test_a_form_is_the_softer_the_further_off_the_thing_and_the_wider_the_lamp() -> None:
    def steepest(off: float, wide: float) -> float:
        hidden = form(box((-0.2, 0.2), (1.2, 1.6), (off, off + 0.02)), panels=(lamp(wide=wide),))
        return float(np.abs(np.diff(hidden, axis=1)).max())

    assert steepest(0.06, 0.6) > 1.5 * steepest(0.2, 0.6) > 2.0 * steepest(0.42, 0.6) > 0.0
    assert steepest(0.4, 0.2) > 1.5 * steepest(0.4, 0.6)


def test_a_box_hides_its_lamp_wholly_and_what_is_clear_hides_some() -> None:
    solid, clear = (form(box((-0.2, 0.2), (1.0, 1.5), (0.1, 0.35), dims)) for dims in (1.0, 0.3))
    assert solid.max() == pytest.approx(1.0, abs=0.01)
    assert clear.max() == pytest.approx(0.3, abs=0.01), "however deep it is"
    assert not form(box((0.0, 0.0), (0.0, 0.0), (0.1, 0.2))).any(), "nothing hides nothing"


def test_a_cable_before_a_wall_throws_a_thin_soft_line() -> None:
    hidden = form(box((0.300, 0.308), (0.6, 1.9), (0.05, 0.058)))
    across = hidden[int(1.2 / 2.7 * SHAPE[0])]
    assert 0.3 < across.max() < 0.9
    assert (across > 0.05).sum() * 4.2 / SHAPE[1] < 0.05
    assert np.ptp(hidden[int(0.8 / 2.7 * SHAPE[0]) : int(1.6 / 2.7 * SHAPE[0])].max(1)) < 0.15, "without gaps"


def test_what_slants_away_from_a_wall_throws_one_even_form_and_not_one_for_each_slice() -> None:
    """A curtain across the wall."""
    near = np.full(SHAPE, np.inf, np.float32)
    some = np.nonzero(np.abs(columns()) < 0.02)[0]
    slants = np.linspace(0.05, 0.6, len(some))
    near[100:250, some] = slants
    far = np.where(np.isfinite(near), near + 0.1, 0.0).astype(np.float32)
    row = form(Between(near, far), panels=(lamp(1.5),))[150]
    inner = row[(columns() < -0.10) & (columns() > -0.40)]
    assert 0.1 < inner.min() < 0.65 * inner.max(), "and it fades out where it is thrown from far off"
    assert np.abs(np.diff(inner, n=2)).max() < 0.02


def test_the_strongest_lamp_throws_the_form_that_shows() -> None:
    thing = box((-0.1, 0.1), (1.3, 1.6), (0.3, 0.35))
    left = middle(form(thing, panels=(lamp(1.2, lumens=3200.0), lamp(-1.2, lumens=1000.0))))[0]
    right = middle(form(thing, panels=(lamp(1.2, lumens=1000.0), lamp(-1.2, lumens=3200.0))))[0]
    assert left < -0.12
    assert right > 0.12


def test_by_day_forms_are_as_much_fainter_as_windows_give_more_light() -> None:
    thing = box((-0.1, 0.1), (1.3, 1.6), (0.3, 0.35))
    across, up = np.array((-0.7, 0.0, 0.0)), np.array((0.0, 0.0, 0.7))
    window = replace(lamp(0.0, -1.8, 1.5, lumens=0.0), half_x=across, half_y=up, luminance=400.0)
    assert not form(thing, panels=(window,)).any()
    assert 0.1 < form(thing, panels=(lamp(), window)).max() / form(thing).max() < 0.9


def test_a_lamp_that_hangs_on_the_wall_takes_from_forms_only_where_it_is_seen() -> None:
    thing = box((-0.1, 0.1), (1.3, 1.5), (0.05, 0.08))
    above = lamp(0.0, 1.72, 1.8, wide=0.1, lumens=3000.0)
    seen, hidden = (thrown(WALL, SHAPE, [thing], [(lamp(), EVENLY), (above, share * EVENLY)]) for share in (1.0, 0.0))
    assert hidden == pytest.approx(form(thing), abs=1e-5)
    assert seen.sum() < 0.7 * hidden.sum()


def test_beneath_a_lamp_that_hangs_on_the_wall_most_light_is_its_own_and_above_it_none() -> None:
    above = lamp(0.0, 1.72, 1.8, wide=0.1, lumens=3000.0)
    evenly = np.ones((75, 117), np.float32)
    share = grazed(WALL, SHAPE, [(lamp(), evenly), (above, evenly)])
    assert share[int(1.6 / 2.7 * SHAPE[0]), SHAPE[1] // 2] > 0.7
    assert share[int(2.0 / 2.7 * SHAPE[0]) :].max() < 0.01
    assert not grazed(WALL, SHAPE, [(lamp(), EVENLY)]).any(), "no other lamp's light is left out"


def test_what_stands_before_a_rail_or_a_cable_does_not_reach_to_the_wall() -> None:
    away, ends, second = (np.array([[each]], np.float32) for each in (0.0, 0.4, 0.3))
    for begins, first in ((0.0, 0.02), (0.06, 0.067)):
        stands = between([away + np.float32(begins)], [ends], [(0.0 * away + np.float32(first), second)])[0]
        assert stands.within(0.0, first), "nor does what is there vanish"
        assert not stands.within(0.1, 0.2)
        assert stands.within(0.3, 0.4)
    assert between([away], [ends], [(away, second)])[0].within(0.1, 0.2), "a locker at the wall does, though one looks into it"
    behind = between([np.array([[-0.4]], np.float32)], [ends])[0]
    assert np.isinf(behind.near).all(), "what is behind the wall throws nothing on it"
