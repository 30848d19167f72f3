"""The designers' guide, scenes/README.md, taken apart: its steps, what each shows of its file, its slips, its answers."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import chdir, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from engine.authoring.check import check
from engine.host.run import tell
from engine.rehearsal import Visitor
from engine.session import Session
from engine.spec.load import load_scene
from tests.making import play

SCENES = Path(__file__).resolve().parents[2] / "scenes"
PAGE = SCENES / "README.md"
FOLDER = SCENES / "guide"
COUNT = 10

NAME = "my_bay"
"""What the reader of the guide calls the scene."""

_STEP = re.compile(r"^## Step (\d+): .*?(?=^## )", re.MULTILINE | re.DOTALL)
_YAML = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
_SLIP = r"Write\s+`([^`]+)`\s+where\s+it\s+says\s+`([^`]+)`"
_TOLD = re.compile(rf"(?:{_SLIP}[^`]*?)?```text\n\$ abaton ([^\n]*)\n(.*?)```", re.DOTALL)

MOST = 60 * 60
"""Seconds after which a scene is taken not to end."""


@dataclass(frozen=True, slots=True)
class Told:
    """A command of the guide and what the page says that it answers; `slip` is what is written wrongly for it, and for what."""

    step: int
    command: str
    answer: str
    slip: tuple[str, str] | None
    span: tuple[int, int]
    """Where the answer stands in the page."""


def step_file(number: int) -> Path:
    """The scene of a step, whole."""
    return FOLDER / f"step_{number:02}.yaml"


def picture_file(number: int) -> Path:
    """The picture of a step."""
    return FOLDER / f"step_{number:02}.webp"


def sections(page: str) -> Mapping[int, str]:
    """The text of each step, by its number."""
    return {int(found.group(1)): found.group() for found in _STEP.finditer(page)}


def shown(section: str) -> Sequence[str]:
    """The parts of scenes that a step shows."""
    return _YAML.findall(section)


def told(page: str) -> Sequence[Told]:
    """All commands whose answers the page shows, in its order."""
    found = []
    for section in _STEP.finditer(page):
        for one in _TOLD.finditer(section.group()):
            wrong, right, command, answer = one.groups()
            start = section.start() + one.start(4)
            slip = (wrong, right) if wrong else None
            found.append(Told(int(section.group(1)), command, answer, slip, (start, start + len(answer))))
    return found


def answer(one: Told, folder: Path) -> str:
    """What the command really answers, in a folder that holds the step's scene under the reader's name for it."""
    for path in FOLDER.glob(f"step_{one.step:02}*.yaml"):
        shutil.copy(path, folder / path.name.replace(f"step_{one.step:02}", NAME))
    scene = folder / f"{NAME}.yaml"
    if one.slip:
        wrong, right = one.slip
        text = scene.read_text(encoding="utf-8")
        if right not in text:
            raise ValueError(f"step {one.step} has no '{right}' to write wrongly")
        scene.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    said = StringIO()
    with chdir(folder), redirect_stdout(said):
        _COMMANDS[one.command]()
    return said.getvalue()


def _run() -> None:
    """What `abaton run --headless` tells of what happens, played as it plays but with nothing drawn."""
    session = Session(load_scene(f"{NAME}.yaml"))
    print(f"{session.scene.text['title']} ({NAME}), with no screen, in virtual time")
    visitor = Visitor(session.world, 0)
    while not session.over and session.tick < MOST * 100:
        tell(play(session, 0.1, [visitor.person(session.tick)]), print)


_COMMANDS: Mapping[str, Callable[[], object]] = {
    f"check {NAME}.yaml": lambda: check([f"{NAME}.yaml"]),
    f"check --prove {NAME}.yaml": lambda: check([f"{NAME}.yaml"], prove=True),
    f"check --bodies {NAME}.yaml": lambda: check([f"{NAME}.yaml"], bodies=True),
    f"run {NAME}.yaml --headless": _run,
}
"""Commands whose answers the guide may show, word for word."""
