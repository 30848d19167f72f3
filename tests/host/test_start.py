"""The start screen decides: what can be pressed, what comes of it, and that every choice can be taken back."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from engine.host.offers import Offer, scenes
from engine.host.people import FILE, keep_person, known_people
from engine.host.start import Outcome, Start, StartChoice, found_headset, items, neighbour, page, pressed, typed
from engine.interaction.preferences import Preferences
from engine.spec.load import load_scene
from engine.spec.model import Quantity
from engine.view.ui.people import MOST_PEOPLE, People
from engine.view.ui.start import MOST_ROWS, MOST_TILES, Setup, Tiles, boxes, draw
from engine.view.ui.wishes import FIRST, GROUPS
from engine.view.ui.words import languages, words


@cache
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


@pytest.mark.parametrize("language", languages())
def test_a_choice_says_what_to_play(language: str) -> None:
    assert pressed(of("lakeside", language), "start", offers) == StartChoice("lakeside", language, "window")


def test_whatever_is_set_is_in_the_choice() -> None:
    start = found_headset(of("lakeside"), "Quest")
    start = press(start, "variant+", "set:inhale+", "set:rounds+", "ask-", "minutes-")
    start = press(start, "tab:senses", "captions+", "tab:comfort", "vignette-", "tab:body", "posture+")
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


@pytest.mark.parametrize("tab", ["tab:session", *(f"tab:{heading}" for heading in GROUPS)])
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
    start = press(of("lakeside"), "set:inhale+", "tab:senses", "captions+", "back", "scene:breathless_bay")
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
    assert page(start).problem == "the runtime went away"  # type: ignore[union-attr]
    again = page(found_headset(start, "Quest"))
    assert isinstance(again, Setup)
    assert (again.problem, again.headset) == ("", "Headset ready: Quest")


def test_high_contrast_holds_for_the_start_screen_too() -> None:
    assert page(press(of("lakeside"), "tab:senses", "contrast+")).contrast == "high"


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
def test_everything_that_can_be_pressed_is_large_enough_and_apart(home: Path, language: str, size: tuple[int, int]) -> None:
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


@pytest.mark.parametrize("asks", [False, True])
def test_everything_can_be_reached_by_arrow_keys(home: Path, asks: bool) -> None:
    start = typed(asked(), "P8") if asks else found_headset(of("lakeside"), "")
    placed = boxes(page(start))
    able = {name: placed[name] for name in items(start)}
    first = "take" if asks else "start"
    reached, waiting = {first}, [first]
    while waiting:
        here = waiting.pop()
        for way in ("left", "right", "up", "down"):
            there = neighbour(able, here, way)
            if there not in reached:
                reached.add(there)
                waiting.append(there)
    assert reached == set(able)


def test_what_is_set_to_another_parameter_s_usual_value_stays() -> None:
    start = of("lakeside")
    while dict(start.values).get("exhale") != "4 s":  # what the other one is if nobody says
        start = press(start, "set:exhale-")
    assert dict(press(start, "set:inhale+").values) == {"exhale": "4 s", "inhale": "4.5 s"}


@pytest.mark.parametrize("language", languages())
def test_every_wish_that_there_is_can_be_set_in_words(language: str) -> None:
    offered: set[str] = set()
    for heading in ("session", *GROUPS):
        setup = page(press(of("lakeside", language), f"tab:{heading}"))
        assert isinstance(setup, Setup)
        assert len(setup.rows) <= MOST_ROWS
        offered |= {row.name for row in setup.rows}
    assert set(FIRST) <= offered


@pytest.mark.parametrize("language", languages())
def test_what_can_be_set_is_called_as_the_scene_calls_it(language: str) -> None:
    setup, text = page(of("lakeside", language)), load_scene("lakeside", language=language).text
    assert isinstance(setup, Setup)
    labels = {row.name: row.label for row in setup.rows}
    assert {labels[f"set:{name}"] for name in ("inhale", "exhale", "rounds")} == {
        text[name] for name in ("inhale", "exhale", "rounds")
    }
    setup = page(press(of("lakeside", language), "variant+"))
    assert text["winter"] in {row.value for row in setup.rows}  # type: ignore[union-attr]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Someone's configuration, in which two people are known."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    keep_person("P7", Preferences().with_("captions=large").with_("scan=one"))
    keep_person("P12", Preferences(), stays=True)
    return tmp_path / "abaton" / FILE


def asked(start: Start | None = None, *, types: bool = True) -> Start:
    return press(replace(start or begun(), types=types), "person")


def test_who_is_known_is_chosen_and_brings_their_wishes(home: Path) -> None:
    here = page(asked())
    assert isinstance(here, People)
    assert [one.words for one in here.known] == ["P7", "P12"]
    start = press(asked(), "known:P7", "scene:lakeside")
    assert (start.person, start.wish("captions"), start.wish("scan")) == ("P7", "large", "one")
    choice = pressed(press(start, "tab:senses", "captions+"), "start", offers)
    assert isinstance(choice, StartChoice)
    assert (choice.person, dict(choice.wishes)) == ("P7", {"captions": "largest", "scan": "one"})


def test_the_next_one_does_not_get_the_wishes_of_the_one_before(home: Path) -> None:
    before = press(asked(), "known:P7")
    assert before.wishes
    for item, person in (("known:P12", "P12"), ("nobody", ""), ("new", "P13")):
        after = press(before, "person", item)
        assert (after.person, after.wishes) == (person, ())


def test_an_id_is_typed_and_corrected(home: Path) -> None:
    start = typed(asked(), "P 8x")
    assert (page(start).typed, "take" in items(start)) == ("P8x", True)  # type: ignore[union-attr]
    start = press(typed(start, "\b"), "take")
    assert (start.person, start.people) == ("P8", None)
    assert known_people() == ("P7", "P12"), "who only looks is not kept"
    assert typed(begun(), "P8") == begun(), "letters mean nothing elsewhere"
    assert "take" not in items(typed(asked(), "\b"))


@pytest.mark.parametrize("person", ["Anna", "anna-schmidt", "-7", "P7?", "_1", "."])
@pytest.mark.parametrize("language", languages())
def test_a_name_and_what_is_no_id_are_refused_in_one_sentence(home: Path, person: str, language: str) -> None:
    start = press(typed(asked(begun(language)), person), "take")
    assert start.person == ""
    assert page(start).problem == words(language).filled("person_bad", person=person)  # type: ignore[union-attr]
    assert page(typed(start, "1")).problem == "", "it goes as soon as it is mended"  # type: ignore[union-attr]


def test_who_has_another_kind_of_id_already_keeps_it(home: Path) -> None:
    keep_person("anna", Preferences().with_("dwell=2"))
    assert press(typed(asked(), "anna"), "take").wish("dwell") == "2"
    assert press(asked(), "known:anna").person == "anna"


def test_wishes_that_cannot_be_read_are_told_and_nobody_is_chosen(home: Path) -> None:
    start = asked()
    home.write_text("P7: {dwell: 99}\n")
    told = press(start, "known:P7")
    assert (told.person, told.people is None) == ("", False)
    assert "dwell cannot be 99" in told.problem
    home.write_text("- nonsense")
    assert "must give for each person" in asked().problem
    assert press(asked(), "back").problem == ""


def test_in_a_headset_nothing_is_typed_but_everyone_can_be_chosen(home: Path) -> None:
    start = asked(types=False)
    assert page(start).typed is None  # type: ignore[union-attr]
    assert typed(start, "P8") == start
    assert {"new", "nobody", "known:P7", "known:P12", "back"} <= set(items(start))


def test_many_people_come_in_pages(home: Path) -> None:
    for number in range(40):
        keep_person(f"P{number}", Preferences(), stays=True)
    start, seen = asked(), 0
    while True:
        here = page(start)
        assert isinstance(here, People)
        assert len(here.known) <= MOST_PEOPLE
        seen += len(here.known)
        if "more" not in items(start):
            break
        start = press(start, "more")
    assert seen == len(known_people()) == 40
    assert press(start, "less").first_known == MOST_PEOPLE
