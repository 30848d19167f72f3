"""Every word of the shipped scenes misspelt, every unit swapped, every key dropped: is the author told exactly where and what?

What no reader can tell stands in this folder's README.md, with the reason; `python -m tests.spec.mutation.test_mutants` prints
what is not told today, and why each key may be dropped that may.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from engine.authoring.check import check_scene
from engine.library import scenes_folder
from engine.spec import Diagnostic
from tests.spec.mutation.mutants import Mutant, dropped, misspelt, swapped_units
from tests.spec.mutation.words import read_words

pytestmark = pytest.mark.slow

SCENES = ("lakeside", "breathless_bay")
README = Path(__file__).parent / "README.md"

OPTIONAL = {
    "environment.*": "a landscape's parameters have defaults",
    "*.at": "`at` is 0 where it is left out",
    "*.facing": "a thing faces as its place does",
    "*.grid": "without a grid it is one thing",
    "props.*.rests_on": "without a placing word a thing stands on the scene's own axes",
    "props.*.origin": "without a placing word a thing stands on the scene's own axes",
    "props.*.beside": "without a placing word a thing stands on the scene's own axes",
    "props.*.hangs_from": "without a placing word a thing stands on the scene's own axes",
    "*.*.in": "without a placing word a thing stands on the scene's own axes",
    "props.*.against": "without a placing word a thing stands on the scene's own axes",
    "lights.*.against": "without a placing word a thing stands on the scene's own axes",
    "people.participant": "`participant` exists unasked",
    "people.guide": "`guide` exists unasked",
    "people.*.*": "a card's parameters have defaults",
    "props.*.*": "a card's parameters have defaults",
    "lights.*.*": "a card's parameters have defaults",
    "openings.*.view": "a card's parameters have defaults",
    "sounds.*.*": "a card's parameters have defaults, and volume is 1",
    "rooms.*.finish": "a finish is plain where it is left out",
    "rooms.*.finish.*": "a finish is plain where it is left out",
    "rooms.*.south_of": "the first room is beside none; that there is one too many is told at the room",
    "scenario.rules": "states have rules of their own",
    "scenario.states.untreated.rules": "states within it have rules of their own",
    "*.do": "a state need not do anything, nor a rule that goes on",
    "*.repeat": "steps go once",
    "*.drift": "nothing drifts",
    "*.drift.*": "this does not drift",
    "*.over": "a change without `over` is at once",
    "*.pattern": "a haptic without a pattern is a tap",
    "*.speaker": "the guide speaks when no speaker is named",
    "checklist": "all but spec, language, scenario and text may be missing",
    "checklist.?*": "nobody refers to an item",
    "shots": "all but spec, language, scenario and text may be missing",
    "shots.*.fov": "fov is 60 deg",
    "shots.*.origin": "a shot's points are the scene's",
    "variants": "all but spec, language, scenario and text may be missing",
    "variants.*.*": "what a variant does not set stays as it is",
    "lights": "all but spec, language, scenario and text may be missing",
    "people": "all but spec, language, scenario and text may be missing",
}
"""Keys that may be dropped, and why: no error then, but for what now stands in the way of something (E06)."""

AFTERWARDS = ("E0313",)
"""What may be told of a key beside one that was dropped: `at` along a wall is one length, and there is no wall now."""

NEEDED = (
    *(f"{section}.use" for section in ("environment", "openings.*", "lights.*", "props.*", "sounds.*", "people.*")),
    "checklist.*.expect",
    "props.mask.fits",
    "*.rules.do",
    "parameters.*",
)
"""Keys among those that are needed all the same."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was told of a mutant: `caught` at the exact line and column, and with the `right` word."""

    scene: str
    name: str
    caught: bool
    right: bool
    said: str


@dataclass(frozen=True, slots=True)
class Legal:
    """A mutant that the language allows, and the errors it had all the same."""

    name: str
    why: str
    errors: tuple[str, ...]


@pytest.fixture(scope="module")
def judged() -> list[Verdict | Legal]:
    return list(judge())


def judge() -> Iterator[Verdict | Legal]:
    """All mutants of both scenes, each read with its variants and languages as `abaton check` does."""
    for scene in SCENES:
        found = read_words((scenes_folder() / scene / f"{scene}.yaml").read_text(encoding="utf-8"))
        with TemporaryDirectory() as folder:
            home = Path(folder) / scene
            shutil.copytree(scenes_folder() / scene, home)
            for mutant in (*misspelt(found), *swapped_units(found)):
                why = "" if mutant.places else "nobody refers to this name"
                yield _judged(scene, mutant, why, home)
            for key, name, mutant in dropped(found):
                why = "" if key.only or name == "used" else "nobody refers to this name" if name else _reason(key.path)
                yield _judged(scene, mutant, why, home)


def _reason(path: tuple[str, ...]) -> str:
    name = ".".join(path)
    if any(fnmatch(name, pattern) for pattern in NEEDED):
        return ""
    return next((why for pattern, why in OPTIONAL.items() if fnmatch(name, pattern)), "")


def _judged(scene: str, mutant: Mutant, why: str, home: Path) -> Verdict | Legal:
    file = home / f"{scene}.yaml"
    file.write_text(mutant.text, encoding="utf-8")
    told = [one for one in check_scene(file).diagnostics if Path(one.span.file).name in ("", file.name)]
    errors = [one for one in told if one.severity == "error"]
    if why:
        return Legal(mutant.name, why, tuple(str(one.code) for one in errors))
    places = {_line_and_column(mutant.text, at) for at in mutant.places}
    here = [one for one in errors if (one.span.line, one.span.column) in places]
    right = any(_names(one, mutant.right) for one in here)
    best = next(iter(here or errors or told), None)
    said = f"{best.code} {best.message}; {best.remedy}" if best else "nothing"
    return Verdict(scene, mutant.name, bool(here), right, said)


def _line_and_column(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _names(told: Diagnostic, right: str) -> bool:
    """Whether what is told has a word in quotes: as what was meant, or as what is missing."""
    if not right:
        return True
    word = re.compile(rf"'[^']*(?<!\w){re.escape(right)}(?!\w)")
    return bool(
        word.search(told.remedy) or (told.code in ("E0202", "E0203", "E0505", "E0513", "E0709") and word.search(told.message))
    )


def test_there_are_many(judged: list[Verdict | Legal]) -> None:
    assert len(judged) >= 600
    assert {one.scene for one in judged if isinstance(one, Verdict)} == set(SCENES)


def test_nearly_all_are_told_at_the_exact_line_and_column_and_with_the_right_word(judged: list[Verdict | Legal]) -> None:
    verdicts = [one for one in judged if isinstance(one, Verdict)]
    assert sum(one.caught for one in verdicts) >= 0.99 * len(verdicts)
    assert sum(one.right for one in verdicts) >= 0.95 * len(verdicts)


def test_the_others_stand_in_the_table_with_what_is_said_of_them(judged: list[Verdict | Legal]) -> None:
    table = re.findall(r"^(\| \w+ \| `.+) \| .+ \|$", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert table == [row(one) for one in judged if isinstance(one, Verdict) and not one.right]


def test_what_may_be_dropped_or_renamed_may_but_for_what_then_stands_in_the_way(judged: list[Verdict | Legal]) -> None:
    wrong = [
        one
        for one in judged
        if isinstance(one, Legal) and any(code not in AFTERWARDS and code[:3] != "E06" for code in one.errors)
    ]
    assert wrong == []


def row(one: Verdict) -> str:
    """A verdict as a row of the README's table, without the reason."""
    return f"| {one.scene} | `{one.name}` | {'word' if one.caught else 'place'} | {one.said}"


def main() -> None:
    """Print the rows of the table, without their reasons, and how much is told."""
    found = list(judge())
    verdicts = [one for one in found if isinstance(one, Verdict)]
    print(*(row(one) for one in verdicts if not one.right), sep="\n")
    caught, right = sum(one.caught for one in verdicts), sum(one.right for one in verdicts)
    print(f"{len(found)} mutants: {len(found) - len(verdicts)} legal, {len(verdicts)} wrong; place {caught}, word {right}")


if __name__ == "__main__":
    main()
