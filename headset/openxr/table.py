"""The table of actions: which control of which controller does what, read from `headset/actions.yaml` and checked.

A path that a controller does not have would be refused by the runtime for the whole profile (OpenXR 1.1, section 11.4), in the
clinic and in words that help nobody; so it is refused here, by name and line, before there is a headset.

A person's own table is laid over the default one, action by action: what it does not name stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final, Literal

import yaml

from headset.driver import DriverError
from headset.inputs import SIDES, Button, Side
from headset.openxr.profiles import PROFILES, Profile
from headset.reading import read

Kind = Literal["pose", "amount", "press", "tilt", "haptic"]

ACTIONS: Final[Mapping[str, Kind]] = {
    "grip": "pose",
    "aim": "pose",
    "squeeze": "amount",
    "trigger": "amount",
    "menu": "press",
    "primary": "press",
    "secondary": "press",
    "stick": "press",
    "tilt": "tilt",
    "haptic": "haptic",
}

BUTTONS: Final[tuple[Button, ...]] = ("menu", "primary", "secondary", "stick")
DEFAULT: Final = Path(__file__).parent.parent / "actions.yaml"
NONE: Final = "none"
"""The word by which a person's own table takes an action away."""

NEEDED: Final = ("grip", "aim", "menu")
"""What no table may take away: the way out is always there. Bare hands have a gesture for it, and no button."""

_ENDS: Final[Mapping[Kind, tuple[str, ...]]] = {
    "pose": ("/pose",),
    "amount": ("/value", "/force", "/click"),
    "press": ("/click", "/touch", "/value", "/force", "_fb", "_meta"),
    "tilt": ("/thumbstick", "/trackpad"),
    "haptic": ("/haptic", "/haptic_trigger_fb", "/haptic_thumb_fb"),
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


def read_table(own: Path | None = None, default: Path = DEFAULT) -> Table:
    """Read and check the table, with a person's own one over it. Raises DriverError with one sentence that says where and what to
    do."""
    table = {profile: tuple(_flat(actions)) for profile, actions in _read(default).items()}
    if own is None:
        return table
    for profile, actions in _read(own).items():
        kept = [binding for binding in table.get(profile, ()) if binding.action not in actions]
        table[profile] = (*kept, *_flat(actions))
        _require(own, profile, table[profile])
    return table


def pads(table: Table) -> frozenset[tuple[str, Side]]:
    """Profile and side of the hands whose tilt comes from a trackpad and not from a stick."""
    return frozenset(
        (profile, binding.side)
        for profile, bindings in table.items()
        for binding in bindings
        if binding.action == "tilt" and binding.path.endswith("/trackpad")
    )


def _read(path: Path) -> dict[str, dict[str, list[Binding]]]:
    _, root = read(path, instead="another table of actions, or none", model="write the table as in headset/actions.yaml")
    if not isinstance(root, yaml.MappingNode) or not root.value:
        raise DriverError(f"{path}: holds no profiles; write /interaction_profiles/…: and the actions below it")
    found: dict[str, dict[str, list[Binding]]] = {}
    for key, name, below in _pairs(path, root):
        if name not in PROFILES:
            raise _wrong(path, key, f"there is no interaction profile '{name}'{_meant(name, PROFILES)}")
        found[name] = _profile(path, name, key, below)
    return found


def _profile(file: Path, name: str, key: yaml.Node, below: yaml.Node) -> dict[str, list[Binding]]:
    if not isinstance(below, yaml.MappingNode) or not below.value:
        raise _wrong(file, key, f"{name} binds nothing; write an action and its path below it, or leave it out")
    found: dict[str, list[Binding]] = {}
    for at, action, paths in _pairs(file, below):
        if action not in ACTIONS:
            raise _wrong(file, at, f"{name}: {action}: there is no such action{_meant(action, ACTIONS)}")
        found[action] = list(_bindings(file, name, action, at, paths))
    return found


def _bindings(file: Path, name: str, action: str, key: yaml.Node, paths: yaml.Node) -> Iterator[Binding]:
    where = f"{name}: {action}"
    if isinstance(paths, yaml.ScalarNode) and paths.value == NONE:
        return
    if isinstance(paths, yaml.MappingNode) and paths.value:
        for at, side, below in _pairs(file, paths):
            if side not in SIDES:
                raise _wrong(file, at, f"{where}: a hand is left or right, not '{side}'")
            for one in _texts(file, where, at, below):
                yield _binding(file, name, action, "left" if side == "left" else "right", one)
        return
    for one in _texts(file, where, key, paths):
        for hand in SIDES:
            yield _binding(file, name, action, hand, one)


def _binding(file: Path, name: str, action: str, side: Side, node: yaml.ScalarNode) -> Binding:
    where, path, known = f"{name}: {action}", node.value, PROFILES[name].paths[side]
    fitting = [other for other in known if other.endswith(_ENDS[ACTIONS[action]])]
    if path not in known:
        raise _wrong(file, node, f"{where}: the {side} hand has no '{path}'{_meant(path, fitting)}")
    if path not in fitting:
        instead = f"write one of {', '.join(sorted(fitting))}" if fitting else f"a controller of this kind has no {action}"
        raise _wrong(file, node, f"{where}: '{path}' cannot be a {ACTIONS[action]}; {instead}")
    return Binding(action, side, f"/user/hand/{side}/{path}")


def _texts(file: Path, where: str, key: yaml.Node, node: yaml.Node) -> list[yaml.ScalarNode]:
    """A path, or a list of paths of which each does it."""
    listed = node.value if isinstance(node, yaml.SequenceNode) else [node]
    if not listed or not all(isinstance(one, yaml.ScalarNode) and one.value for one in listed):
        raise _wrong(file, key, f"{where}: needs a path, a list of paths, or {{left: path, right: path}}")
    return list(listed)


def _require(file: Path, name: str, bindings: Iterable[Binding]) -> None:
    """Refuse a table with which a person could neither take a thing nor leave."""
    profile: Profile = PROFILES[name]
    bound = {binding.action for binding in bindings}
    for action in NEEDED:
        if action not in bound and not (profile.bare and action == "menu"):
            why = "held for a second it leaves, which must always be possible" if action == "menu" else "hands are shown by it"
            raise DriverError(f"{file}: {name}: nothing is bound to {action}: {why}; give it a path")
    if not bound & {"squeeze", "trigger"}:
        raise DriverError(f"{file}: {name}: nothing is bound to squeeze or trigger, so nothing could be taken; give one a path")


def _pairs(file: Path, node: yaml.MappingNode) -> Iterator[tuple[yaml.Node, str, yaml.Node]]:
    seen: set[str] = set()
    for key, value in node.value:
        name = str(key.value)
        if name in seen:
            raise _wrong(file, key, f"'{name}' stands here twice; leave one of them out")
        seen.add(name)
        yield key, name, value


def _flat(actions: Mapping[str, list[Binding]]) -> list[Binding]:
    return [binding for bindings in actions.values() for binding in bindings]


def _wrong(file: Path, node: yaml.Node, what: str) -> DriverError:
    mark = node.start_mark
    return DriverError(f"{file}:{mark.line + 1}:{mark.column + 1}: {what}")


def _meant(word: str, known: Iterable[str]) -> str:
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else f"; write one of {', '.join(sorted(known))}"
