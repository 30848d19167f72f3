"""What is proved of scenes: bugs sown into some, each found where it stands; tricky ones that are right, none accused."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.authoring.prove.claims import claim, spoken, told
from engine.spec import load_scene

HERE = Path(__file__).parent
SEEDED = sorted((HERE / "seeded").glob("*.yaml"))
SOUND = sorted((HERE / "sound").glob("*.yaml"))


def accused(path: Path) -> list[tuple[str, str]]:
    """The code of each finding, and the words that it underlines."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found = claim(load_scene(path)).findings
    return [(one.code, lines[one.span.line - 1][one.span.column - 1 : one.span.end_column - 1]) for one in found]


def test_there_are_enough() -> None:
    assert len(SEEDED) >= 20
    assert len(SOUND) >= 5


@pytest.mark.parametrize("path", SEEDED, ids=lambda path: path.stem)
def test_a_sown_bug_is_found_where_it_stands(path: Path) -> None:
    first = path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
    expected = [tuple(one.split(": ", 1)) for one in first.split(", ")]
    assert accused(path) == expected


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.stem)
def test_what_is_right_is_not_accused(path: Path) -> None:
    assert accused(path) == []


def test_the_lake_lasts_as_long_as_its_designer_reckoned() -> None:
    found = claim(load_scene("lakeside"))
    assert found.findings == ()
    assert (spoken(found.shortest.seconds), spoken(found.longest.seconds)) == ("1 min", "16 min 20 s")
    assert told(found.longest) == (
        "arrive: 20 s, until after 20 s",
        "breathe: 15 min, until done",
        "settle: 1 min, until done",
    )
    assert [(can.wanted, can.name) for can in found.cans] == [
        ("reached", "arrive"),
        ("reached", "breathe"),
        ("reached", "settle"),
    ]


def test_the_bay_lasts_as_long_as_its_designer_reckoned() -> None:
    found = claim(load_scene("breathless_bay"))
    assert (spoken(found.shortest.seconds), spoken(found.longest.seconds)) == ("2 min", "17 min 15 s")
    assert told(found.longest) == (
        "untreated.compensated: 6 min 15 s, until patient.spo2 < 86 or after 8 min",
        "untreated.failing: 4 min, until mask fitted and oxygen.flow >= 10 L/min",
        "treated: 2 min, until after 2 min",
        "debrief: 5 min, until board dismissed or after 5 min",
    )
    (never_first,) = found.findings
    assert (never_first.code, never_first.message) == (
        "W0552",
        "this part is never what fires the rule: the state is left after 6 min 15 s at the latest",
    )
    line = Path(never_first.span.file).read_text(encoding="utf-8").splitlines()[never_first.span.line - 1]
    assert line[never_first.span.column - 1 : never_first.span.end_column - 1] == "after 8 min"
    assert len(found.cans) == 6 + 3 + 3


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.0, "0 s"), (59.6, "1 min"), (61.0, "1 min 1 s"), (1035.03, "17 min 15 s"), (float("inf"), "for ever")],
)
def test_times_are_said_as_people_say_them(seconds: float, words: str) -> None:
    assert spoken(seconds) == words
