"""Panels: everything on them can be hit, read and told apart, in every language and however long its words are."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from engine.interaction.preferences import CHOICES
from engine.view.ui import sheets
from engine.view.ui.painter import Box
from engine.view.ui.palette import PALETTES, Contrast
from engine.view.ui.panel import (
    METRES_PER_PIXEL,
    TARGET,
    WIDTH,
    Button,
    Buttons,
    Setting,
    Sheet,
    Words,
    choosable,
    laid_out,
    picture,
)
from engine.view.ui.wishes import FIRST, stepped
from engine.view.ui.words import languages

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmütze und noch sehr viel mehr Wörter, als irgendjemand lesen möchte"


def every(language: str, contrast: Contrast = "normal") -> list[Sheet]:
    return [
        sheets.pause(language, FIRST, contrast),
        sheets.sickness(language, contrast),
        sheets.all_right(language, contrast),
        sheets.calm(language, "left", contrast, desktop=True),
        sheets.farewell(language, contrast),
    ]


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("language", languages())
def test_every_item_is_large_enough_apart_from_others_and_on_the_panel(language: str) -> None:
    for sheet in every(language):
        laid = laid_out(sheet)
        for name, (left, top, right, bottom) in laid.items.items():
            assert right - left >= TARGET, (sheet.name, name)
            assert bottom - top >= TARGET, (sheet.name, name)
            assert left >= 0, (sheet.name, name)
            assert right <= laid.size[0], (sheet.name, name)
            assert bottom <= laid.size[1], (sheet.name, name)
        assert not any(overlap(*pair) for pair in combinations(laid.items.values(), 2)), sheet.name
        assert laid.size[1] <= 1000, "more than 42 degrees high"


@pytest.mark.parametrize("language", languages())
def test_every_value_of_every_wish_fits_beside_its_label(language: str) -> None:
    for name in sheets.IN_THE_MENU:
        for value in CHOICES.get(name, ("0", "1")):
            laid = laid_out(sheets.pause(language, {**FIRST, name: value}))
            assert laid.size[1] <= 1000


def test_a_button_grows_with_words_that_are_too_long() -> None:
    short = laid_out(Sheet("a", "", (Buttons((Button("x", "Go"), Button("y", "On"))),), "de"))
    long = laid_out(Sheet("a", LONG, (Buttons((Button("x", LONG), Button("y", "On"))), Setting("z", LONG, LONG)), "de"))
    assert long.items["x"][3] - long.items["x"][1] > short.items["x"][3] - short.items["x"][1]
    assert long.size[0] == WIDTH
    rows = [*long.rows, long.title]
    assert not any(overlap(*pair) for pair in combinations(rows, 2))


def test_words_too_long_for_a_line_stay_on_the_panel() -> None:
    sheet = Sheet("a", LONG, (Words(LONG), Buttons(tuple(Button(str(n), LONG) for n in range(3)))), "de")
    pixels = picture(sheet)
    ground = np.array(PALETTES["normal"].ground)
    border = pixels[60:-60, 4:30, :3].astype(int)
    assert (np.abs(border - ground).max(axis=2) < 4).all(), "something is written over the edge"


def test_what_reads_from_right_to_left_is_laid_out_from_right_to_left() -> None:
    english, arabic = laid_out(sheets.pause("en", FIRST)), laid_out(sheets.pause("ar", FIRST))
    assert english.items["captions-"][0] < english.items["captions+"][0]
    assert arabic.items["captions-"][0] > arabic.items["captions+"][0]
    numbers = laid_out(sheets.sickness("ar")).items
    assert numbers["0"][0] > numbers["1"][0] > numbers["6"][0]


def test_how_an_item_looks_changes_nothing_but_the_item() -> None:
    sheet = sheets.pause("en", FIRST)
    for look in ("hover", "focus", "pressed"):
        left, top, right, bottom = laid_out(sheet).items["leave"]
        changed = (picture(sheet, (("leave", look),)) != picture(sheet)).any(axis=2)
        assert changed[top:bottom, left:right].any()
        changed[top - 8 : bottom + 8, left - 8 : right + 8] = False
        assert not changed.any(), look


def test_the_states_of_an_item_are_four_pictures() -> None:
    sheet = sheets.all_right("en")
    drawn = [picture(sheet, looks).tobytes() for looks in ((), (("yes", "hover"),), (("yes", "focus"),), (("yes", "pressed"),))]
    assert len(set(drawn)) == 4


def test_the_same_panel_is_the_same_array_so_that_it_is_sent_once() -> None:
    sheet = sheets.all_right("en")
    assert picture(sheet, (("yes", "hover"),)) is picture(sheets.all_right("en"), (("yes", "hover"),))


def test_corners_are_see_through_and_the_rest_is_not() -> None:
    pixels = picture(sheets.all_right("en"))
    assert pixels[0, 0, 3] == 0
    assert (pixels[0, 0, :3] == 0).all()
    assert (pixels[40:-40, :, 3] == 255).all()
    assert (pixels[..., :3][pixels[..., 3] == 0] == 0).all(), "alpha is premultiplied"


def test_what_is_off_cannot_be_chosen() -> None:
    sheet = sheets.pause("en", {**FIRST, "turn": "snap30", "vignette": "1"}, mine=False)
    assert not {"go_on", "turn-", "vignette+"} & set(choosable(sheet))
    assert {"turn+", "vignette-", "leave"} <= set(choosable(sheet))


def test_an_item_is_where_it_is_drawn() -> None:
    sheet = sheets.pause("en", FIRST)
    laid = laid_out(sheet)
    across, up, width, height = laid.part("leave")
    left, _, right, bottom = laid.items["leave"]
    assert up < 0, "it is in the lower half"
    assert width == pytest.approx((right - left) * METRES_PER_PIXEL)
    assert across + width / 2 == pytest.approx((right - laid.size[0] / 2) * METRES_PER_PIXEL)
    assert up - height / 2 == pytest.approx((laid.size[1] / 2 - bottom) * METRES_PER_PIXEL)


@pytest.mark.parametrize("name", list(FIRST))
def test_a_wish_goes_up_and_down_again_and_stops_at_its_ends(name: str) -> None:
    value = FIRST[name]
    for up in (True, False):
        one, seen = value, set()
        while one not in seen:
            seen.add(one)
            one = stepped(name, one, up=up)
        assert stepped(name, one, up=up) == one
        back = stepped(name, one, up=not up)
        assert stepped(name, back, up=up) == one
