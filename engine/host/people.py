"""What each person wishes, kept from one session to the next, by an id that whoever runs the sessions gives them.

One file, `people.yaml`, in the user's configuration (`$XDG_CONFIG_HOME/abaton`, else `~/.config/abaton`), that only this user can
read: an id and its wishes tell something about a person's health. It holds only wishes that differ from the defaults, as the
preferences' own texts. It is written whole and put in the place of the old one at once, so that a crash leaves either.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path

import yaml

from engine.interaction.preferences import CHOICES, RANGES, PreferenceError, Preferences
from headset.inputs import Command

FILE = "people.yaml"
LARGEST = 1_000_000
"""Bytes above which a file is none of ours."""

DEFAULTS = {one.name: f"{one.default:g}" if isinstance(one.default, float) else str(one.default) for one in fields(Preferences)}
"""Each preference's default, as it is written."""

UNKNOWN = Preferences()
"""The wishes of who is not known."""

ID = re.compile(r"\S(.{0,98}\S)?")
"""Any text of up to a hundred characters, without spaces around it."""

LONGEST_ID = 24
NEW_ID = re.compile(rf"(?=.*\d)[^\W_][\w-]{{0,{LONGEST_ID - 1}}}")
"""An id that someone gets on the start screen: letters of any script, digits, `-` and `_`, with a digit among them. So a mere
name is refused: an id must say nothing of the person (pseudonymisation in the sense of the GDPR, 2016/679, article 4(5)). Who is
known already may have any ID."""


class PeopleError(Exception):
    """The wishes of people cannot be read or kept. The message says in one sentence what is wrong and what to do."""


def config_folder() -> Path:
    """Where the user's configuration lies (XDG Base Directory Specification 0.8); it need not be there."""
    given = Path(os.environ.get("XDG_CONFIG_HOME", ""))
    return (given if given.is_absolute() else Path.home() / ".config") / "abaton"


def read_person(person: str, folder: Path | None = None) -> Preferences:
    """The preferences of a person; the defaults for who is not known. Raises PeopleError."""
    path = (folder or config_folder()) / FILE
    texts = _read(path).get(_checked(person), {})
    found = Preferences()
    for name, value in texts.items():
        try:
            found = found.with_(f"{name}={value}")
        except PreferenceError as error:
            raise PeopleError(f"{path}: of '{person}', {error}; mend it there or with abaton person") from None
    return found


def known_people(folder: Path | None = None) -> tuple[str, ...]:
    """The ids of everyone who is known, as people sort them: `P9` before `P10`. Raises PeopleError."""
    return tuple(sorted(_read((folder or config_folder()) / FILE), key=_sorting))


def is_new_id(text: str) -> bool:
    """Whether someone can be given this id on the start screen (NEW_ID)."""
    return NEW_ID.fullmatch(text) is not None


def new_id(known: Collection[str]) -> str:
    """An id for someone new: `P1`, or the number after the highest that any id of that form has."""
    numbers = [int(one[1:]) for one in known if re.fullmatch(r"[Pp][0-9]{1,9}", one)]
    return f"P{max(numbers, default=0) + 1}"


def keep_person(person: str, preferences: Preferences, folder: Path | None = None, *, stays: bool = False) -> Path:
    """Keep a person's preferences; the file they are in. Who has only defaults is taken out of it, unless they are to be known
    (`stays`) so that they can be chosen. Raises PeopleError."""
    path = (folder or config_folder()) / FILE
    everyone = _read(path)
    everyone.pop(_checked(person), None)
    texts = preferences.texts()
    if texts or stays:
        everyone[person] = texts
    text = yaml.safe_dump(everyone, allow_unicode=True, sort_keys=True) if everyone else ""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _replace(path, text)
    except OSError as error:
        raise PeopleError(f"{path}: cannot be written: {error.strerror}; wishes were not kept") from error
    return path


def changed(preferences: Preferences, wishes: Iterable[str]) -> Preferences:
    """Preferences with wishes changed, each written `name=value`; `name=` is the default again. Raises PeopleError."""
    for wish in wishes:
        name, equals, value = (part.strip() for part in wish.partition("="))
        back = f"{name}={DEFAULTS[name]}" if equals and not value and name in DEFAULTS else wish
        try:
            preferences = preferences.with_(back)
        except PreferenceError as error:
            raise PeopleError(str(error)) from error
    return preferences


def lines(preferences: Preferences) -> Iterator[str]:
    """A line for each wish: a star if it is not the default, its name, its value, what it can be."""
    texts = preferences.texts()
    for name, default in DEFAULTS.items():
        if name in RANGES:
            low, high, unit = RANGES[name]
            choices = f"{low:g} to {high:g} {unit}".strip()
        else:
            choices = ", ".join(CHOICES[name])
        yield f"{'*' if name in texts else ' '} {name:12} {texts.get(name, default):10} {choices}"


def as_commands(preferences: Preferences) -> tuple[Command, ...]:
    """What a session is told in its first tick, so that these preferences hold from then on."""
    return tuple(Command("participant", "set", f"{name}={value}") for name, value in preferences.texts().items())


def _sorting(person: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (-1, part.casefold()) for part in re.split(r"(\d{1,18})", person) if part]


def _checked(person: str) -> str:
    if not ID.fullmatch(person) or not person.isprintable():
        raise PeopleError(f"'{person}' is no person's id: up to 100 characters that can be seen, none of them a space at an end")
    return person


def _read(path: Path) -> dict[str, Mapping[str, str]]:
    """Everyone's wishes as texts; nobody's if the file is not there."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise PeopleError(f"{path}: is larger than {LARGEST} bytes, so it is no list of wishes; put it away")
        # Every scalar stays a text: the preferences say themselves what is a number.
        found = yaml.load(data.decode(), Loader=yaml.BaseLoader)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise PeopleError(f"{path}: cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise PeopleError(f"{path}: is no YAML text ({_where(error)}); mend it or put it away") from error
    if not found:
        return {}
    if not isinstance(found, dict) or not all(isinstance(one, dict) for one in found.values()):
        raise PeopleError(f"{path}: must give for each person's id their wishes, as in 'anna: {{dwell: 1.5}}'; mend it")
    return {str(person): {str(name): str(value) for name, value in wishes.items()} for person, wishes in found.items()}


def _where(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}" if mark is not None else "not readable as UTF-8"


def _replace(path: Path, text: str) -> None:
    """Write a file and put it where the old one is, at once; only its owner can read it."""
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{FILE}.")
    try:
        with os.fdopen(number, "w", encoding="utf-8") as file:  # mkstemp makes it 0600
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
