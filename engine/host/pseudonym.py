"""Who someone is in a recording: a name that says nothing, always the same for the same person on the same machine.

It is a random UUID for each person id, kept in the user's own folder (`pseudonyms.json`, beside the wishes of `people.py`) and
nowhere else: who has a recording cannot find the person, and whoever deletes the file has made all recordings anonymous. Nothing
is reckoned from the id, for ids are few and guessed soon.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from uuid import UUID, uuid4

from engine.host.people import PeopleError, config_folder

FILE = "pseudonyms.json"


def pseudonym(person_id: str) -> str:
    """The pseudonym of a person, made at the first asking; empty for an empty id.

    Raises PeopleError if the file cannot be used: a new one would give the same person two names.
    """
    if not person_id:
        return ""
    path = config_folder() / FILE
    known = _read(path)
    if person_id not in known:
        known[person_id] = str(uuid4())
        try:
            _write(path, known)
        except OSError as error:
            raise PeopleError(f"{path}: cannot be written: {error.strerror}; nobody was given a pseudonym") from error
    return known[person_id]


def _read(path: Path) -> dict[str, str]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): str(UUID(value)) for name, value in data.items()}
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, AttributeError) as error:
        raise PeopleError(f"{path}: is damaged; mend it, or delete it to give everyone a new pseudonym") from error
    except OSError as error:
        raise PeopleError(f"{path}: cannot be read: {error.strerror}") from error


def _write(path: Path, known: dict[str, str]) -> None:
    """Replace the file in one step, readable by its owner alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.{os.getpid()}")
    file = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(file, "w", encoding="utf-8") as text:
        json.dump(known, text, ensure_ascii=False, indent=1)
        text.flush()
        os.fsync(text.fileno())
    new.replace(path)
