"""The calm room in a process of its own, for one whose session was lost: `python -m engine.host.lost DEVICE LANGUAGE [FOLDER]`.

The supervisor begins it (`engine.host.supervisor`) and watches over it as over a run. Nothing of the scene is loaded.
"""

from __future__ import annotations

import sys
from contextlib import closing
from functools import partial
from pathlib import Path

from engine.host.calm import Ended, rest
from engine.host.device import Device
from engine.host.heart import Heart
from engine.host.interrupt import Interrupts
from engine.host.supervisor import note
from engine.view.calm import CalmRoom
from engine.view.stage import Stage
from engine.view.ui.desk import letters
from engine.view.ui.shelf import Shelf
from headset.driver import Driver

WAIT_SECONDS = 20.0
"""For a headset that was just there: a runtime that has lost its application is back within a few seconds."""


def main(device: Device, language: str, folder: Path | None) -> None:
    """Stay in the calm room until the device is taken off or closed."""
    heart = Heart.of_environment()
    with closing(Stage()) as stage, closing(_driver(device, language)) as driver, Interrupts() as interrupts:
        driver.open(stage)
        room = CalmRoom(stage)
        room.warm()
        ended = Ended("lost", language)
        rest(driver, room, Shelf(stage, driver.panels), ended, partial(note, folder), stop=interrupts.why, beat=heart.beat)


def _driver(device: Device, language: str) -> Driver:
    if device == "headset":
        from headset.openxr import OpenXRDriver

        return OpenXRDriver(wait_seconds=WAIT_SECONDS)
    from headset.simulator import WindowDriver

    return WindowDriver(letters=letters(language))


if __name__ == "__main__":
    which, said, *where = sys.argv[1:]
    main("headset" if which == "headset" else "window", said, Path(where[0]) if where else None)
