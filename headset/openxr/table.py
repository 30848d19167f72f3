"""The table of actions: which control of which controller does what, read from `headset/actions.yaml` and checked.

A path that a controller does not have would be refused by the runtime for the whole profile (OpenXR 1.1, section 11.3.3), in the
clinic and in words that help nobody; so it is refused here, by name, before there is a headset.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, Literal

import yaml

from headset.driver import DriverError
from headset.inputs import SIDES, Button, Side
from headset.openxr.profiles import PROFILES

Kind = Literal["pose", "amount", "press", "haptic"]

ACTIONS: Final[Mapping[str, Kind]] = {
    "grip": "pose",
    "aim": "pose",
    "squeeze": "amount",
    "trigger": "amount",
    "menu": "press",
    "primary": "press",
    "secondary": "press",
    "stick": "press",
    "haptic": "haptic",
}

BUTTONS: Final[tuple[Button, ...]] = ("menu", "primary", "secondary", "stick")
DEFAULT: Final = Path(__file__).parent.parent / "actions.yaml"

_ENDS: Final[Mapping[Kind, tuple[str, ...]]] = {
    "pose": ("/pose",),
    "amount": ("/value", "/force", "/click"),
    "press": ("/click", "/touch", "/value", "/force"),
    "haptic": ("output/haptic",),
}


@dataclass(frozen=True, slots=True)
class Binding:
    """One control of one hand."""

    action: str
    side: Side
    path: str
    """As OpenXR writes it: `/user/hand/left/input/squeeze/value`."""


Table = Mapping[str, tuple[Binding, ...]]
"""Profile -> its bindings."""


def read_table(path: Path = DEFAULT) -> Table:
    """Read and check a table. Raises DriverError with one sentence that says where and what to do."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise DriverError(f"{path}: cannot be read ({error}); install Abaton again or give another table of actions") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = "" if mark is None else f":{mark.line + 1}"
        problem = getattr(error, "problem", None) or "is not YAML"
        raise DriverError(f"{path}{line}: {problem}; write the table as in headset/actions.yaml") from error
    if not isinstance(data, dict) or not data:
        raise DriverError(f"{path}: holds no profiles; write /interaction_profiles/…: and the actions below it")
    return {str(profile): _profile(path, str(profile), actions) for profile, actions in data.items()}


def _profile(file: Path, profile: str, actions: Any) -> tuple[Binding, ...]:
    if profile not in PROFILES:
        raise DriverError(f"{file}: there is no interaction profile '{profile}'{_meant(profile, PROFILES)}")
    if not isinstance(actions, dict) or not actions:
        raise DriverError(f"{file}: {profile} binds nothing; write an action and its path below it, or leave it out")
    return tuple(binding for action, paths in actions.items() for binding in _bindings(file, profile, str(action), paths))


def _bindings(file: Path, profile: str, action: str, paths: Any) -> list[Binding]:
    where = f"{file}: {profile}: {action}"
    if action not in ACTIONS:
        raise DriverError(f"{where}: there is no such action{_meant(action, ACTIONS)}")
    if isinstance(paths, str):
        paths = dict.fromkeys(SIDES, paths)
    if not isinstance(paths, dict) or not paths or not all(isinstance(path, str) for path in paths.values()):
        raise DriverError(f"{where}: needs a path, or {{left: path, right: path}}")
    found: list[Binding] = []
    for side in paths:
        if side not in SIDES:
            raise DriverError(f"{where}: a hand is left or right, not '{side}'")
        path = paths[side]
        known = PROFILES[profile][side]
        fitting = [other for other in known if other.endswith(_ENDS[ACTIONS[action]])]
        if path not in known:
            raise DriverError(f"{where}: the {side} hand has no '{path}'{_meant(path, fitting)}")
        if path not in fitting:
            raise DriverError(f"{where}: '{path}' cannot be a {ACTIONS[action]}; write one of {', '.join(sorted(fitting))}")
        found.append(Binding(action, side, f"/user/hand/{side}/{path}"))
    return found


def _meant(word: str, known: Any) -> str:
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else f"; write one of {', '.join(sorted(known))}"
