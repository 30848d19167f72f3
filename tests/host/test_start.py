"""The start screen decides: what can be pressed, what comes of it, and that every choice can be taken back."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from engine.host.start import (
    Offer,
    Outcome,
    Start,
    StartChoice,
    found_headset,
    items,
    neighbour,
    nice_step,
    page,
    pressed,
    scenes,
    shown,
    written,
)
from engine.spec.load import load_scene
from engine.spec.model import Quantity
from engine.view.ui.start import MOST_ROWS, MOST_TILES, Setup, Tiles, boxes, draw
from engine.view.ui.words import languages


def offers(language: str) -> tuple[Offer, ...]:
    return scenes(language, lambda scene: 960.0)


def begun(language: str = "en") -> Start:
    return Start(offers(language), language)


def press(start: Start, *names: str) -> Start:
    for name in names:
        assert name in (*items(start), "escape"), (name, items(start))
        after: Outcome = pressed(start, name, offers)
        assert isinstance(after, Start)
        start = after
    return start


def of(name: str, language: str = "en") -> Start:
    return press(begun(language), f"scene:{name}")


def test_every_scene_is_offered_in_each_language_with_its_title_picture_and_length() -> None:
    english = {offer.name: offer for offer in offers("en")}
    assert {"lakeside", "breathless_bay"} <= set(english)
    assert english["lakeside"].title == "Breathing by the lake"
    assert english["lakeside"].minutes == 16
    for offer in english.values():
        assert offer.picture is not None
        assert offer.picture.exists()
    assert {offer.name: offer.title for offer in offers("de")}["lakeside"] == load_scene("lakeside", language="de").text["title"]


def test_a_scene_without_a_language_is_offered_in_its_own(tmp_path: Path) -> None:
    (tmp_path / "room").mkdir()
    text = "spec: 1\nlanguage: en\nrooms: {hall: {size: [4 m, 4 m, 3 m]}}\npeople: {participant: {in: hall}}\n"
    (tmp_path / "room" / "room.yaml").write_text(
        text + "scenario: {start: s, states: {s: {rules: {when: after 1 min, go: end}}}}\ntext:\n  hello: Hi\n"
    )
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "broken.yaml").write_text("spec: 1\nnonsense: [")
    (offer,) = scenes("de", lambda scene: float("inf"), tmp_path)
    assert (offer.name, offer.language, offer.title, offer.minutes, offer.picture) == ("room", "en", "Room", None, None)


@pytest.mark.parametrize("language", languages())
def test_a_choice_says_what_to_play(language: str) -> None:
    assert pressed(of("lakeside", language), "start", offers) == StartChoice("lakeside", language, "window")


def test_whatever_is_set_is_in_the_choice() -> None:
    start = found_headset(of("lakeside"), "Quest")
    start = press(start, "variant+", "set:inhale+", "set:rounds+", "ask-", "minutes-")
    start = press(start, "tab:comfort", "captions+", "vignette-", "tab:body", "posture+")
    choice = pressed(start, "start", offers)
    assert choice == StartChoice(
        "lakeside",
        "en",
        "headset",
        ("winter",),
        (("inhale", "4.5 s"), ("rounds", "15")),
        (("minutes", "15"), ("captions", "large"), ("vignette", "0.4"), ("posture", "seated")),
        ask=False,
    )


@pytest.mark.parametrize("tab", ["tab:session", "tab:body", "tab:comfort"])
def test_every_setting_can_be_taken_back_the_way_it_was_made(tab: str) -> None:
    start = press(found_headset(of("lakeside"), "Quest"), tab)
    for item in items(start):
        if item[-1] not in "-+" or item.startswith("texts"):
            continue
        there = press(start, item)
        assert there != start, item
        back = press(there, item[:-1] + ("-" if item.endswith("+") else "+"))
        assert page(back) == page(start), item
        assert (back.values, back.wishes) == ((), ()), "what is as it was is not sent along"


def test_steps_end_at_the_ends_of_what_makes_sense() -> None:
    start = of("lakeside")
    while "set:rounds+" in items(start):
        start = press(start, "set:rounds+")
    assert dict(start.values)["rounds"] == "60"
    while "set:rounds-" in items(start):
        start = press(start, "set:rounds-")
    assert dict(start.values)["rounds"] == "3"


@pytest.mark.parametrize("name", ["inhale", "exhale", "rounds"])
def test_every_step_of_a_parameter_can_be_played(name: str) -> None:
    start = of("lakeside")
    while f"set:{name}-" in items(start):
        start = press(start, f"set:{name}-")
    steps = 0
    while f"set:{name}+" in items(start):
        load_scene("lakeside", parameters=dict(start.values))
        start = press(start, f"set:{name}+")
        steps += 1
    load_scene("lakeside", parameters=dict(start.values))
    assert 5 <= steps <= 30


def test_back_and_escape_lead_to_the_scenes_and_escape_there_closes() -> None:
    assert press(of("lakeside"), "back").scene == -1
    assert press(of("lakeside"), "escape").scene == -1
    assert pressed(begun(), "escape", offers) == "close"


def test_wishes_stay_with_the_person_and_settings_with_their_scene() -> None:
    start = press(of("lakeside"), "set:inhale+", "tab:comfort", "captions+", "back", "scene:breathless_bay")
    assert start.values == ()
    assert start.wish("captions") == "large"


def test_the_headset_is_what_one_plays_in_once_it_is_found_and_can_be_refused() -> None:
    start = of("lakeside")
    assert page(start).ready is None  # type: ignore[union-attr]
    absent = found_headset(start, "")
    assert "look_again" in items(absent)
    assert pressed(absent, "look_again", offers) == "look"
    assert "device+" not in items(absent)
    there = found_headset(start, "Quest")
    assert there.device == "headset"
    assert "look_again" not in items(there)
    assert press(there, "device-").device == "window"


def test_the_language_changes_words_and_titles_and_back() -> None:
    start = of("lakeside")
    german = press(start, "texts+")
    assert page(german).speaks.value == "Deutsch"
    assert german.offers[german.scene].title == "Atmen am See"
    assert press(german, "texts-") == start


def test_a_problem_is_shown_until_the_headset_is_looked_for_again() -> None:
    start = replace(found_headset(of("lakeside"), "Quest"), problem="the runtime went away")
    assert page(start).headset == "the runtime went away"  # type: ignore[union-attr]
    assert page(found_headset(start, "Quest")).headset == "Headset ready: Quest"  # type: ignore[union-attr]


def test_high_contrast_holds_for_the_start_screen_too() -> None:
    assert page(press(of("lakeside"), "tab:comfort", "contrast+")).contrast == "high"


def test_many_scenes_come_in_pages() -> None:
    many = tuple(replace(offers("en")[0], name=f"s{number}") for number in range(14))
    start, seen = Start(many, "en"), 0
    while True:
        shown_now = page(start)
        assert isinstance(shown_now, Tiles)
        seen += len(shown_now.tiles)
        if "more" not in items(start):
            break
        start = press(start, "more")
    assert seen == 14
    assert press(start, "less").first == MOST_TILES


def test_many_parameters_come_in_tabs() -> None:
    one = offers("en")[1]
    many = tuple(
        (Quantity(name=f"p{n}", value=1.0, default=1.0, dimension="ratio", low=0.0, high=2.0), f"P {n}") for n in range(20)
    )
    start = press(Start((replace(one, parameters=many),), "en"), f"scene:{one.name}")
    tabs = [name for name in items(start) if name.startswith("tab:session")]
    rows = 0
    for tab in tabs:
        setup = page(press(start, tab))
        assert isinstance(setup, Setup)
        assert len(setup.rows) <= MOST_ROWS
        rows += len(setup.rows)
    assert rows == 20 + 4


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1024, 768)])
def test_everything_that_can_be_pressed_is_large_enough_and_apart(language: str, size: tuple[int, int]) -> None:
    least = 44 * min(size[0] / 1280, size[1] / 720)
    absent = found_headset(of("lakeside", language), "")
    for start in (begun(language), absent, press(absent, "tab:comfort")):
        placed = boxes(page(start), size)
        assert set(items(start)) <= set(placed)
        for name, (left, top, right, bottom) in placed.items():
            assert 0 <= left < right <= size[0], name
            assert 0 <= top < bottom <= size[1], name
            assert min(right - left, bottom - top) >= least, name
        for (one, a), (other, b) in combinations(placed.items(), 2):
            assert not (a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]), (one, other)


def test_it_is_drawn_the_other_way_round_in_arabic() -> None:
    english, arabic = boxes(page(of("lakeside", "en"))), boxes(page(of("lakeside", "ar")))
    assert english["start"][0] < 640 < arabic["start"][0]
    assert english["set:inhale-"][0] < english["set:inhale+"][0]
    assert arabic["set:inhale-"][0] > arabic["set:inhale+"][0]


def test_how_an_item_looks_is_seen_on_it() -> None:
    shown_now = page(of("lakeside"))
    left, top, right, bottom = boxes(shown_now)["start"]
    plain = draw(shown_now)
    for look in ("hover", "focus", "pressed"):
        changed = (draw(shown_now, looks=(("start", look),)) != plain).any(axis=2)
        assert changed[top - 8 : bottom + 8, left - 8 : right + 8].any(), look
        changed[top - 8 : bottom + 8, left - 8 : right + 8] = False
        assert not changed.any(), look


def test_arrow_keys_go_where_they_point() -> None:
    placed = boxes(page(found_headset(of("lakeside"), "")))
    able = {name: placed[name] for name in items(found_headset(of("lakeside"), ""))}
    assert neighbour(able, "set:inhale-", "right") == "set:inhale+"
    assert neighbour(able, "set:inhale+", "left") == "set:inhale-"
    assert neighbour(able, "set:inhale-", "down") == "set:exhale-"
    assert neighbour(able, "set:exhale-", "up") == "set:inhale-"
    assert neighbour(able, "tab:session", "right") == "tab:body"
    assert neighbour(able, "set:rounds-", "left") in ("start", "look_again")
    assert neighbour(able, "nowhere", "left") == "tab:session"


def test_everything_can_be_reached_by_arrow_keys() -> None:
    start = found_headset(of("lakeside"), "")
    placed = boxes(page(start))
    able = {name: placed[name] for name in items(start)}
    reached, waiting = {"start"}, ["start"]
    while waiting:
        here = waiting.pop()
        for way in ("left", "right", "up", "down"):
            there = neighbour(able, here, way)
            if there not in reached:
                reached.add(there)
                waiting.append(there)
    assert reached == set(able)


@pytest.mark.parametrize(
    ("least", "whole", "step"),
    [(0.25, False, 0.5), (4.75, True, 5.0), (0.2, True, 1.0), (0.05, False, 0.05), (13.0, False, 20.0)],
)
def test_steps_are_round_numbers(least: float, whole: bool, step: float) -> None:
    assert nice_step(least, whole=whole) == pytest.approx(step)


def test_values_are_written_as_scenes_write_them_and_shown_as_people_read_them() -> None:
    def quantity(dimension: str, value: float | bool | str) -> Quantity:
        return Quantity(name="q", value=value, default=value, dimension=dimension)

    assert written(quantity("time", 4.5), 4.5) == "4.5 s"
    assert written(quantity("ratio", 1.0), 1.0) == "1.0"
    assert written(quantity("truth", True), True) == "true"
    assert shown(quantity("angle", 30.0), 30.0, "Yes", "No") == "30°"
    assert shown(quantity("truth", False), False, "Yes", "No") == "No"
    assert shown(quantity("word", "left_arm"), "left_arm", "Yes", "No") == "left arm"
