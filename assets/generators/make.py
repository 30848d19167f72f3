"""Writes every model again: `python -m assets.generators.make` or `python assets/generators/make.py`, from a checkout's top."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

NAMES = (
    *("wooden_dock", "bench", "lantern", "breath_orb", "smooth_stone"),
    *("exam_bed", "vitals_monitor", "flow_dial", "oxygen_mask", "call_button", "wash_basin", "visitor_chair"),
    *("debrief_board", "clinic_door", "sash_window", "led_panel", "adult", "curtain", "cupboard", "iv_pole", "sign"),
    *("bedhead", "waste_bin", "glove_boxes", "bedside_locker", "towel_dispenser", "hygiene_poster"),
    *("side_table", "potted_plant", "framed_print", "rug", "wall_clock", "wall_shelf", "sill_plant"),
    *("floor_lamp", "small_print", "wall_sign", "bed_light"),
    *("controller_stick", "controller_wand", "controller_simple"),
)


def main() -> None:
    """Make each model and say how large it has become."""
    top = Path(__file__).resolve().parents[2]
    if str(top) not in sys.path:
        sys.path.insert(0, str(top))
    for name in NAMES:
        importlib.import_module(f"assets.generators.{name}").make()
        print(f"{name}: {(top / 'assets' / 'models' / f'{name}.glb').stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
