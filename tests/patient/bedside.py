"""A patient in a bed with a monitor beside it, in a room, for scenarios of vital signs."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

from engine.spec.load import load_scene
from engine.spec.model import SceneSpec

BEDSIDE = """\
spec: 1
language: en
rooms:
  bay: {size: [5 m, 4 m, 2.7 m]}
props:
  bed: {use: exam_bed, against: bay.north}
  monitor: {use: vitals_monitor, beside: bed.right, shows: patient}
people:
  participant: {in: bay, at: [0 m, -1.4 m]}
  patient: {use: adult, in: bed}
text:
  title: At the bedside
"""


def bedside(folder: Path, scenario: str, more: str = "") -> SceneSpec:
    """The room with a scenario and further top-level keys."""
    path = folder / "bedside.yaml"
    path.write_text(f"{BEDSIDE}{more}\nscenario:\n{indent(dedent(scenario.strip(chr(10))), '  ')}\n", encoding="utf-8")
    return load_scene(path)
