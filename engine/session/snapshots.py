"""A session's snapshot as text, and back: plain JSON, in which nothing but known records of the deciding code can be named.

What is compound is a list whose first element is its kind: `t` a tuple, `l` a list, `s` a set, `f` a frozen set, `m` a mapping
(key, value, key, value …), `r` a record (its class, then its fields in their order). A set is written in the order of its
elements' text, so equal snapshots are equal texts. A state of the scene is written as null: the path of what is active says which
it is.

A recording may come from anyone: no class outside of the deciding code can be asked for, and none is found but by its name in
what is loaded already. Its records mean something only to the very code that wrote them; `code()` tells whether it is this one.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from hashlib import sha256
from math import isfinite
from pathlib import Path
from typing import Any

from engine.scenario.active import Active, inner
from engine.spec.model import SceneSpec, State
from headset.inputs import Person

DECIDING = ("world", "scenario", "patient", "interaction", "session")
"""The packages of the engine whose state a snapshot holds."""


class SnapshotError(Exception):
    """A snapshot cannot be written or used."""


@cache
def code() -> str:
    """What the deciding code is, in 16 hexadecimal digits: a snapshot is used by no other."""
    engine = Path(__file__).resolve().parent.parent
    sources = [engine.parent / "headset" / "inputs.py"]
    for name in DECIDING:
        sources += sorted((engine / name).rglob("*.py"))
    total = sha256()
    for path in sources:
        total.update(path.relative_to(engine.parent).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:16]


def freeze(snapshot: Mapping[str, Any]) -> str:
    """A session's snapshot as text. Raises SnapshotError if it holds what no text can."""
    return json.dumps(_plain(snapshot), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def thaw(text: str, scene: SceneSpec) -> dict[str, Any]:
    """The snapshot of a session of `scene` that `freeze` wrote. Raises SnapshotError if it is none."""
    try:
        found: dict[str, Any] = _value(json.loads(text))
        root = found["scenario"]["root"]
        if root is not None:
            _bind(root, scene.scenario)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise SnapshotError(f"not a snapshot of a session: {error}") from error
    return found


def without(snapshot: Mapping[str, Any], lacks: frozenset[str]) -> dict[str, Any]:
    """A snapshot whose people have no `joints` or no `gaze`, where it may not hold them."""
    people = {name: stripped(person, lacks) for name, person in snapshot["world"]["people"].items()}
    return {**snapshot, "world": {**snapshot["world"], "people": people}}


def stripped(person: Person, lacks: frozenset[str]) -> Person:
    """A person without `joints`, without `gaze`, or as given."""
    if "joints" in lacks and (person.left.joints is not None or person.right.joints is not None):
        person = replace(person, left=replace(person.left, joints=None), right=replace(person.right, joints=None))
    if "gaze" in lacks and person.gaze is not None:
        person = replace(person, gaze=None)
    return person


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, str, State)):
        return None if isinstance(value, State) else value
    if isinstance(value, float) and isfinite(value):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return ["r", _name(type(value)), *(_plain(getattr(value, one.name)) for one in fields(value))]
    if isinstance(value, Mapping):
        return ["m", *(_plain(one) for pair in value.items() for one in pair)]
    for kind, (known, _) in _KINDS.items():
        if isinstance(value, known):
            plain = list(map(_plain, value))
            # Neither kind of set has an order of its own.
            return [kind, *(sorted(plain, key=json.dumps) if kind in "sf" else plain)]
    raise SnapshotError(f"{value!r} cannot be kept in a snapshot")


_KINDS: Mapping[str, tuple[type[Iterable[Any]], Callable[[Iterable[Any]], Any]]] = {
    "t": (tuple, tuple),
    "l": (list, list),
    "s": (set, set),
    "f": (frozenset, frozenset),
}


def _value(data: Any) -> Any:
    if not isinstance(data, list):
        return data
    kind, *rest = data
    if kind == "m":
        return {_value(key): _value(value) for key, value in zip(rest[::2], rest[1::2], strict=True)}
    if kind == "r":
        return _record(rest[0], rest[1:])
    return _KINDS[kind][1](map(_value, rest))


def _record(name: str, values: Sequence[Any]) -> Any:
    made = _class(name)
    names = [one.name for one in fields(made)]
    return made(**dict(zip(names, map(_value, values), strict=True)))


def _name(of: type) -> str:
    name = f"{of.__module__}.{of.__qualname__}"
    if _class(name) is not of:
        raise SnapshotError(f"{name} cannot be kept in a snapshot")
    return name


@cache
def _class(name: str) -> Any:
    """A record of the deciding code by its name. Raises SnapshotError for anything else."""
    module, _, called = name.rpartition(".")
    deciding = module == "headset.inputs" or any(module.startswith(f"engine.{one}.") for one in DECIDING)
    found = vars(sys.modules[module]).get(called) if deciding and module in sys.modules else None
    if not isinstance(found, type) or not is_dataclass(found) or found.__module__ != module or not _is_data(found):
        raise SnapshotError(f"no record is called {name}")
    return found


def _is_data(found: type) -> bool:
    """Whether making one does nothing but keep its fields."""
    frozen: bool = found.__dataclass_params__.frozen  # type: ignore[attr-defined]
    return (frozen or found is Active) and "__post_init__" not in vars(found)


def _bind(active: Active, state: State) -> None:
    """Give what is active its states of the scene, by their names."""
    active.state = state
    holders = dict(inner(state))
    for region, child in active.children.items():
        _bind(child, holders[region].states[child.path[-1]])
