"""What monitors and boards show: read off their pictures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.patient.alarms import LIMITS
from engine.patient.monitor import STANDSTILL
from engine.session import Session
from engine.spec.load import load_scene
from engine.view.ui.board import GROUND, MARKS, BoardScreen, times
from engine.view.ui.monitor import ALARM, BACK, BAR, COLOURS, FOOT, SPLIT, MonitorScreen, Picture, alarm_words, written
from engine.view.ui.words import languages
from engine.world.screens import Alarm, Outcome
from tests.patient.bedside import bedside

SIZE = (482, 272)
COURSE = """
start: stay
states:
  stay:
    rules:
      - {when: after 20 s, do: {change: patient.rhythm, to: asystole}}
      - {when: after 5 min, go: end}
"""


def inked(picture: Picture, colour: tuple[int, int, int], within: int = 12) -> int:
    """Pixels of about a colour."""
    return int((np.abs(picture.astype(int) - np.array(colour)).max(axis=2) <= within).sum())


def traces(picture: Picture) -> Picture:
    return picture[round(SIZE[1] * BAR) : round(SIZE[1] * FOOT) - 2, : round(SIZE[0] * SPLIT) - 6]


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(bedside(tmp_path, COURSE))


def watch(session: Session, screen: MonitorScreen, first: int, last: int) -> Picture:
    """The picture after it was looked at from tick to tick."""
    for tick in range(first, last + 1, 2):
        session.step(tick)
        screen.update(session.world)
    return screen.picture


def test_traces_run_in_their_colours_behind_an_empty_bar(session: Session) -> None:
    screen = MonitorScreen("monitor", SIZE)
    picture = watch(session, screen, 0, 900)
    part = traces(picture)
    for vital in ("hr", "spo2", "rr"):
        assert inked(part, COLOURS[vital]) > 150, vital
    empty = [column for column in range(part.shape[1]) if inked(part[:, column : column + 1], BACK, 2) == len(part)]
    assert 10 <= len(empty) <= 24
    assert empty == list(range(empty[0], empty[0] + len(empty))), "one bar, right before the newest column"
    # 9 s of a sweep of 6 s: the newest column is in the middle.
    assert abs(empty[0] - part.shape[1] / 2) < 4


def test_a_picture_is_drawn_25_times_a_second_and_not_while_paused(session: Session) -> None:
    screen = MonitorScreen("monitor", SIZE)
    drawn = 0
    for tick in range(100):
        session.step(tick)
        drawn += screen.update(session.world) is not None
    assert drawn == 25
    session.world.paused = True
    assert [screen.update(session.world) for _ in range(5)] == [None] * 5


def test_an_alarm_lights_the_bar_and_its_number_and_then_not_so_bright(session: Session) -> None:
    screen = MonitorScreen("monitor", SIZE)
    watch(session, screen, 0, 1998)
    bar = [inked(watch(session, screen, tick, tick)[:30], ALARM["high"][0]) for tick in range(2404, 2604, 4)]
    bright = [count > 5000 for count in bar]
    assert any(bright)
    assert not all(bright)
    flashes = [index for index in range(1, len(bright)) if bright[index] and not bright[index - 1]]
    assert 3 <= len(flashes) <= 4, "two a second"


def test_asystole_is_a_flat_line_and_dashes(session: Session) -> None:
    picture = watch(session, MonitorScreen("monitor", SIZE), 0, 3600)
    row = traces(picture)[:50]
    lit = (np.abs(row.astype(int) - np.array(BACK)).max(axis=2) > 60).sum(axis=0)
    assert set(lit[lit > 0].tolist()) <= {1, 2, 3, 4, 5}, "no column is higher than the line is thick"
    assert (lit > 0).sum() > 0.9 * row.shape[1]


def test_numbers_and_alarms_in_words() -> None:
    assert [written(value) for value in (None, 0.0, 104.0, 38.6)] == ["---", "0", "104", "38.6"]
    names = ("asystole", "spo2_low", "spo2_lowish", "hr_high", "sbp_low")
    said = [alarm_words(Alarm(name, "medium", 0), "en") for name in names]
    assert said == ["ASYSTOLE", "SpO2 LOW", "SpO2 LOW", "HR HIGH", "NIBP LOW"]


@pytest.mark.parametrize("language", languages())
def test_every_alarm_that_a_monitor_has_is_called_in_the_scene_s_language(language: str) -> None:
    names = [*(limit.name for limit in LIMITS), *STANDSTILL]
    english = {alarm_words(Alarm(name, "medium", 0), "en") for name in names}
    said = {alarm_words(Alarm(name, "medium", 0), language) for name in names}
    assert len(said) == len(english)
    assert (said & english == set()) or language == "en"


def test_an_alarm_in_arabic_begins_on_the_right() -> None:
    session = Session(load_scene("breathless_bay", language="ar"))
    session.step(3000)
    monitor = next(iter(session.world.monitors))
    assert session.world.monitors[monitor].alarms
    picture = MonitorScreen(monitor, SIZE).update(session.world)
    assert picture is not None
    bar = picture[: round(SIZE[1] * BAR)].astype(int)
    written = (np.abs(bar - bar[0, 0]).max(axis=2) > 60).any(axis=0)
    assert written[-SIZE[0] // 8 :].any()
    assert not written[: SIZE[0] // 8].any()


def test_numbers_and_alarms_can_be_read_from_three_metres(session: Session) -> None:
    session.step(0)
    screen = MonitorScreen("monitor", SIZE)
    screen.update(session.world)
    top = round(SIZE[1] * BAR)
    number = screen.picture[top : top + 52, 380:478]
    rows = np.nonzero((np.abs(number.astype(int) - np.array(BACK)).max(axis=2) > 80).any(axis=1))[0]
    assert (rows[-1] - rows[0] + 1) / 1400 >= 0.024, "figures of 24 mm: 0.46 degrees at three metres"
    assert 0 < rows[0] < rows[-1] < len(number) - 1, "and none is cut off"


def test_all_figures_are_of_20_mm_and_names_of_14_with_a_line_between_the_columns() -> None:
    session = Session(load_scene("breathless_bay"))
    session.step(0)
    picture = MonitorScreen("monitor", SIZE).update(session.world)
    assert picture is not None
    split, foot = round(SIZE[0] * SPLIT), round(SIZE[1] * FOOT)
    pressure, temperature = picture[foot:, : split - 4], picture[foot:, split:]
    for part, figures in ((pressure, slice(110, 220)), (temperature, slice(108, None))):
        assert high(part[:, figures]) / 1400 >= 0.020
    for name in (pressure[:32, :80], temperature[:32, :24], picture[round(SIZE[1] * BAR) :, split:][:32, :24]):
        assert high(name) / 1400 >= 0.014, "0.4 degrees at two metres"
    assert (np.ptp(picture[round(SIZE[1] * BAR) :, split - 2 : split].astype(int), axis=(0, 1)) == 0).all(), "one line"
    gap = picture[foot:, split - 2 - round(0.012 * SIZE[0]) : split - 2]
    assert inked(gap, BACK) == gap.shape[0] * gap.shape[1], "the mean pressure is clear of the temperature"


def high(part: Picture) -> int:
    """Pixels from the highest to the lowest bright one."""
    rows = np.nonzero((np.abs(part.astype(int) - np.array(BACK)).max(axis=2) > 120).any(axis=1))[0]
    return int(rows[-1] - rows[0] + 1)


def test_an_alarm_is_written_in_letters_for_three_metres() -> None:
    session = Session(load_scene("breathless_bay"))
    session.step(3000)
    picture = MonitorScreen("monitor", SIZE).update(session.world)
    assert picture is not None
    bar = picture[: round(SIZE[1] * BAR), round(SIZE[0] * 0.1) : round(SIZE[0] * 0.5)].astype(int)
    rows = np.nonzero((np.abs(bar - bar[0, 0]).max(axis=2) > 120).any(axis=1))[0]
    assert (rows[-1] - rows[0] + 1) / 1400 >= 0.016, "0.3 degrees at three metres"
    assert 0 < rows[0] < rows[-1] < len(bar) - 1


def board(language: str) -> Picture:
    session = Session(load_scene("breathless_bay", language=language))
    session.step(0)
    session.world.properties["board", "shows"] = "checklist"
    session.world.outcomes["oxygen_in_time"] = Outcome("met", counted=0, due=18000, settled=3400)
    session.world.outcomes["help_called"] = Outcome("missed", counted=0, due=12000, settled=12001, late=25000)
    screen = BoardScreen("board", (1000, 600))
    picture = screen.update(session.world)
    assert picture is not None
    assert screen.update(session.world) is None, "it is drawn once"
    return picture


def test_a_board_has_a_mark_for_each_item_on_the_side_where_its_text_begins() -> None:
    for language, side in (("en", slice(0, 200)), ("ar", slice(800, 1000))):
        picture = board(language)
        for result, colour in MARKS.items():
            assert inked(picture[:, side], colour) > 100, (language, result)
        for result in ("met", "missed"):
            assert inked(picture[:, 200:800], MARKS[result]) == 0, (language, result)


def test_a_board_that_shows_nothing_is_empty() -> None:
    session = Session(load_scene("breathless_bay"))
    session.step(0)
    picture = BoardScreen("board", (100, 60)).update(session.world)
    assert picture is not None
    assert (picture == np.array(GROUND, np.uint8)).all()


def test_times_are_counted_from_what_they_count_from() -> None:
    assert times(Outcome("met", counted=0, due=18000, settled=3400)) == "0:34 / 3:00"
    assert times(Outcome("missed", counted=6000, due=18000, settled=18001, late=21000)) == "2:30 / 2:00"
    assert times(Outcome("missed", counted=0, due=18000, settled=18001)) == "– / 3:00"
    assert times(Outcome("met", settled=7500)) == "1:15"
    assert times(Outcome()) == "–"
