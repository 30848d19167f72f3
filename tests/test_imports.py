"""Holds the direction of the house: which room may import which, and where Panda3D and OpenXR live.

`python tests/test_imports.py` prints the picture of what imports what; with `--write` it also puts it into engine/README.md.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "engine" / "README.md"

ALLOWED = {
    "library": set(),
    "spec": {"library"},
    "world": {"spec"},
    "scenario": {"world", "spec"},
    "patient": {"world", "spec"},
    "interaction": {"world", "spec"},
    "packing": set(),
    "session": {"packing", "scenario", "patient", "interaction", "world", "spec"},
    "rehearsal": {"session", "world", "spec"},
    "view": {"session", "interaction", "world", "spec", "library"},
    "host": {"view", "rehearsal", "session", "interaction", "world", "spec", "library"},
    "authoring": {"host", "view", "rehearsal", "session", "scenario", "patient", "interaction", "world", "spec", "library"},
    "cli": {"authoring", "host", "view", "rehearsal", "session", "world", "spec", "library"},
    "__main__": {"cli"},
}
"""Room of the engine → rooms it may import. Siblings (scenario, patient, interaction) do not know each other."""

HEADSET_ROOMS = {"host": {"headset"}, "authoring": {"headset"}, "cli": {"headset"}}
"""Rooms that may know more of the headset than its inputs and its contract, which all may."""

CONTRACTS = ("headset.inputs", "headset.driver")

HOMES = {
    "panda3d": ("engine.view", "headset.openxr", "headset.simulator", "headset.offscreen", "headset.overlay"),
    "xr": ("headset.openxr",),
    "OpenGL": ("headset.openxr",),
}
"""Library → the only modules and packages that may import it."""

DECIDING = ("world", "scenario", "patient", "interaction", "session", "rehearsal")
"""Rooms that decide: the same inputs give the same events on any machine, so they know no clock, no chance, no disk, and of
mathematics only what IEEE 754 rounds the same everywhere."""

EXACT = {f"math.{name}" for name in ("sqrt", "floor", "ceil", "trunc", "fabs", "copysign", "isfinite", "isnan", "isinf", "inf")}

UNSURE = ("math", "cmath", "random", "statistics", "time", "datetime", "os", "threading", "asyncio", "socket", "subprocess")

LIBRARIES = {"panda3d": "Panda3D", "xr": "OpenXR", "OpenGL": "OpenGL"}

MARK = "<!-- picture: imports -->"

VAGUE = {"utils", "util", "helpers", "manager", "core", "common", "misc"}

LONGEST = 400
"""Lines of a module that is still read in one sitting; 300 is the aim."""


@dataclass(frozen=True, slots=True)
class Import:
    """One import, also inside a function or under TYPE_CHECKING: what is typed against is depended on."""

    importer: str
    path: Path
    line: int
    imported: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}: {self.importer} imports {self.imported}"


def sources() -> dict[str, Path]:
    """Every module of the engine and the headset, with its file."""
    found: dict[str, Path] = {}
    for path in sorted([*(ROOT / "engine").rglob("*.py"), *(ROOT / "headset").rglob("*.py")]):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if "data" not in parts:
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports_of(module: str, path: Path, text: str | None = None) -> Iterator[Import]:
    """All imports of a module."""
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(text if text is not None else path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(module, path, node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, base] if base else above)
            for alias in node.names:
                yield Import(module, path, node.lineno, f"{base}.{alias.name}")
        elif isinstance(node, ast.Call) and "import_module" in ast.dump(node.func):
            yield Import(module, path, node.lineno, "something at run time")


def room(module: str) -> str:
    """The room a module of the engine belongs to; `engine` for the package itself and its version."""
    name = [*module.split("."), ""][1]
    return name if name in ALLOWED else "engine"


def inside(module: str, homes: tuple[str, ...]) -> bool:
    return any(module == home or module.startswith(f"{home}.") for home in homes)


def fault(one: Import) -> str | None:
    """Why an import must not be, or None."""
    top = one.imported.partition(".")[0]
    if one.imported == "something at run time":
        return "hides what it imports from this test; import it by name"
    if top in HOMES and not inside(one.importer, HOMES[top]):
        return f"{top} lives only in {', '.join(HOMES[top])}"
    if inside(one.importer, ("headset",)):
        return "the headset draws on the Stage protocol of headset/driver.py and knows no engine" if top == "engine" else None
    return fault_in_engine(room(one.importer), one.imported)


def fault_in_engine(here: str, imported: str) -> str | None:
    """Why a room of the engine must not import something, or None."""
    top = imported.partition(".")[0]
    if top == "engine" and room(imported) not in {here, "engine", *ALLOWED.get(here, ())}:
        return f"{here} may import only {', '.join(sorted(ALLOWED.get(here, ()))) or 'nothing of the engine'}"
    if top == "headset" and not inside(imported, open_to_it := (*CONTRACTS, *HEADSET_ROOMS.get(here, ()))):
        return f"{here} may import only {' and '.join(open_to_it)}"
    if top in UNSURE and here in DECIDING and imported not in EXACT:
        return "rooms that decide must find the same on any machine: + - * /, square roots and comparisons, given ticks"
    return None


def picture() -> str:
    """A table: each room and the rooms it imports."""
    rows: dict[str, set[str]] = {}
    for module, path in sources().items():
        here = place(module)
        if here in {"engine", "headset"}:
            continue
        seen = rows.setdefault(here, set())
        for one in imports_of(module, path):
            there = place(one.imported)
            if there not in {here, "engine", "headset"} and (there in ALLOWED or there in LIBRARIES.values() or "." in there):
                seen.add(there)
    order = [*ALLOWED, *sorted(set(rows) - set(ALLOWED)), *LIBRARIES.values()]
    rank = {name: number for number, name in enumerate(order)}
    lines = []
    for name in filter(rows.__contains__, order):
        imported = sorted(rows[name], key=lambda other: (rank.get(other, len(rank)), other))
        lines.append(f"{name:<18} → {', '.join(imported) or '-'}")
    return "\n".join(lines)


def place(module: str) -> str:
    """What the picture calls the room of a module or import: `view`, `headset.openxr`, `Panda3D`; else the name's beginning."""
    top, _, rest = module.partition(".")
    if top == "engine":
        return room(module)
    if top == "headset":
        return f"headset.{rest.partition('.')[0]}" if rest else top
    return LIBRARIES.get(top, top)


def test_imports_go_one_way() -> None:
    faults = [
        f"{one}: {why}"
        for module, path in sources().items()
        for one in imports_of(module, path)
        if (why := fault(one)) is not None
    ]
    assert not faults, "\n".join(["imports against the direction of the house:", *faults])


def inexact(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Lines whose result depends on the machine or the Python, with why."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="sum")):
                yield node.lineno, "sum() of floats compensates since Python 3.12 and did not before: add them in a loop"
            case ast.Call(func=ast.Name(id="pow")) | ast.BinOp(op=ast.Pow()):
                yield node.lineno, "powers of floats come from libm: multiply"
            case ast.Attribute(value=ast.Name(id="np" | "numpy"), attr=name) if name != "random":
                yield node.lineno, f"numpy.{name} may be computed by SIMD code of the machine: use Python's own floats"


def test_rooms_that_decide_compute_exactly() -> None:
    faults = [
        f"{path.relative_to(ROOT)}:{line}: {why}"
        for module, path in sources().items()
        if room(module) in DECIDING
        for line, why in inexact(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("line", ["x = sum(values)", "x = pow(a, b)", "x = a ** 0.5", "x = np.exp(a)"])
def test_inexact_arithmetic_is_found(line: str) -> None:
    assert list(inexact(ast.parse(line)))


def test_every_room_has_its_rule() -> None:
    rooms = {path.stem for path in (ROOT / "engine").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert rooms - {"__init__", "data"} <= set(ALLOWED), "a new room of the engine needs a line in ALLOWED"


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("engine.spec.a", "from engine.world import World"),
        ("engine.scenario.a", "from engine.patient.signals import Signals"),
        ("engine.world.a", "from engine import session"),
        ("engine.session.a", "import engine.view.stage"),
        ("engine.session.a", "from ..view import stage"),
        ("engine.session.a", "if TYPE_CHECKING:\n    from engine.view.stage import Stage"),
        ("engine.host.a", "def late():\n    import panda3d.core as p3d"),
        ("engine.host.a", "import_module(name)"),
        ("engine.world.a", "from math import sin"),
        ("engine.world.a", "import math"),
        ("engine.session.a", "from time import monotonic"),
        ("engine.view.a", "import xr"),
        ("engine.session.a", "from headset.offscreen import OffscreenDriver"),
        ("headset.replay", "from engine.session import Session"),
        ("headset.replay", "import panda3d.core"),
    ],
)
def test_a_wrong_import_is_found(module: str, line: str) -> None:
    path = ROOT / f"{module.replace('.', '/')}.py"
    assert [why for one in imports_of(module, path, line) if (why := fault(one))]


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("engine.world.a", "from math import sqrt"),
        ("engine.session.a", "from headset.inputs import Person"),
        ("engine.view.a", "import panda3d.core as p3d"),
        ("headset.openxr.a", "import xr"),
        ("engine.host.a", "from engine import __version__"),
    ],
)
def test_a_right_import_is_left_alone(module: str, line: str) -> None:
    path = ROOT / f"{module.replace('.', '/')}.py"
    assert not [why for one in imports_of(module, path, line) if (why := fault(one))]


def readme_with_picture(text: str) -> str:
    """engine/README.md with the picture of today."""
    before, mark, after = text.partition(f"{MARK}\n```text\n")
    return f"{before}{mark}{picture()}\n```{after.partition('```')[2]}"


def test_the_picture_in_the_readme_is_true() -> None:
    text = README.read_text(encoding="utf-8")
    assert MARK in text
    assert text == readme_with_picture(text), (
        "run `python tests/test_imports.py --write`: it puts today's picture into engine/README.md"
    )


def test_names_say_what_a_module_is_about() -> None:
    vague = [module for module in sources() if VAGUE & set(module.split("."))]
    assert not vague, f"name these for their subject: {', '.join(vague)}"


def test_modules_are_read_in_one_sitting() -> None:
    long = {module: lines for module, path in sources().items() if (lines := len(path.read_text().splitlines())) > LONGEST}
    assert not long, f"give each subject a module of its own, at most {LONGEST} lines: {long}"


if __name__ == "__main__":
    print(picture())
    if "--write" in sys.argv:
        README.write_text(readme_with_picture(README.read_text(encoding="utf-8")), encoding="utf-8")
