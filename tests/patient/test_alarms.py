"""Alarms: begin, end, latch, silence; how they flash."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from engine.patient.alarms import ENDS_AFTER, LIMITS, SILENCE, Alarms, Turn
from engine.world.bursts import SIGNALS, lit
from engine.world.screens import PRIORITIES, Priority


def said(turns: Sequence[Turn]) -> list[tuple[str, str]]:
    return [(turn.alarm.name, turn.what) for turn in turns]


def test_an_alarm_ends_once_its_value_is_back_for_a_while() -> None:
    alarms = Alarms()
    assert said(alarms.update({"spo2_low": "medium"}, 0)) == [("spo2_low", "began")]
    assert said(alarms.update({}, 100)) == []
    assert said(alarms.update({"spo2_low": "medium"}, 200)) == [], "on the edge it does not stutter"
    assert said(alarms.update({}, 300)) == []
    assert said(alarms.update({}, 300 + ENDS_AFTER)) == [("spo2_low", "ended")]
    assert alarms.active == ()


def test_an_alarm_of_high_priority_stays_until_someone_has_seen_it() -> None:
    alarms = Alarms()
    alarms.update({"asystole": "high"}, 0)
    alarms.update({}, 100)
    assert said(alarms.update({}, 100 + ENDS_AFTER)) == []
    assert alarms.active[0].latched
    assert said(alarms.silence(900)) == [("asystole", "ended")]


def test_a_latched_alarm_that_comes_back_begins_anew() -> None:
    alarms = Alarms()
    alarms.update({"asystole": "high"}, 0)
    alarms.update({}, 100)
    alarms.update({}, 100 + ENDS_AFTER)
    assert said(alarms.update({"asystole": "high"}, 900)) == [("asystole", "began")]
    assert (alarms.active[0].began, alarms.active[0].latched) == (900, False)


def test_a_silenced_alarm_is_heard_again_if_nothing_has_changed() -> None:
    alarms = Alarms()
    alarms.update({"hr_high": "medium"}, 0)
    assert said(alarms.silence(50)) == [("hr_high", "silenced")]
    assert said(alarms.silence(60)) == []
    assert said(alarms.update({"hr_high": "medium"}, 49 + SILENCE)) == []
    assert said(alarms.update({"hr_high": "medium"}, 50 + SILENCE)) == [("hr_high", "heard")]


def test_the_most_urgent_comes_first_and_then_the_oldest() -> None:
    alarms = Alarms()
    alarms.update({"temp_high": "low"}, 0)
    alarms.update({"temp_high": "low", "hr_high": "medium"}, 100)
    alarms.update({"temp_high": "low", "hr_high": "medium", "rr_high": "medium", "apnoea": "high"}, 200)
    assert [alarm.name for alarm in alarms.active] == ["apnoea", "hr_high", "rr_high", "temp_high"]


@pytest.mark.parametrize("priority", ["low", "medium", "high"])
def test_no_alarm_flashes_more_than_three_times_a_second(priority: Priority) -> None:
    course = [lit(priority, clock) for clock in range(6000)]
    flashes = [clock for clock in range(1, 6000) if course[clock] and not course[clock - 1]]
    for first in flashes:
        assert len([clock for clock in flashes if first <= clock < first + 100]) <= 3
    assert any(course)
    hertz = len(flashes) / 60
    assert {"low": hertz == 0, "medium": 0.4 <= hertz <= 0.8, "high": 1.4 <= hertz <= 2.8}[priority]


def test_pulses_of_a_burst_never_run_into_one_another() -> None:
    for signal in SIGNALS.values():
        ends = [begin + signal.pulse for begin in signal.pulses]
        assert all(end < begin for end, begin in zip(ends, signal.pulses[1:], strict=False))
        assert ends[-1] < signal.every
    assert [len(SIGNALS[priority].pulses) for priority in PRIORITIES[1:]] == [2, 3, 10]


def test_of_one_vital_the_more_urgent_limit_comes_first_and_lies_further_out() -> None:
    for first, second in ((a, b) for a in LIMITS for b in LIMITS if (a.vital, a.side) == (b.vital, b.side) and a.at != b.at):
        if LIMITS.index(first) < LIMITS.index(second):
            assert PRIORITIES.index(first.priority) > PRIORITIES.index(second.priority)
            assert first.at < second.at if first.side == "low" else first.at > second.at


@pytest.mark.parametrize(
    ("vital", "by_value"),
    [
        ("rr", {8: "medium", 9: "", 20: "", 21: "low", 24: "low", 25: "medium"}),
        ("spo2", {79: "high", 80: "medium", 91: "medium", 92: "low", 93: "low", 94: ""}),
        ("sbp", {90: "medium", 91: "low", 100: "low", 101: "", 219: "", 220: "medium"}),
        ("hr", {40: "medium", 41: "", 90: "", 110: "", 111: "low", 130: "low", 131: "medium"}),
        ("temp", {35.0: "medium", 35.1: "", 38.9: "", 39.1: "low"}),
    ],
)
def test_limits_are_those_of_news2(vital: str, by_value: dict[float, str]) -> None:
    for value, priority in by_value.items():
        passed = [limit.priority for limit in LIMITS if limit.vital == vital and limit.passed(value)]
        assert next(iter(passed), "") == priority, value
