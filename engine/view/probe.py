"""Asks this machine what it can draw and play, in a process of its own: `python -m engine.view.probe picture`.

Opening a context in a broken driver can end a process, so `abaton doctor` runs this one beside itself. It prints one JSON object;
`error` in it says in a sentence what failed.

    picture    draws with EGL and no screen, as `abaton run --headless` does
    window     opens a window on DISPLAY by GLX
    sound      opens the sound device through Panda3D's OpenAL
"""

from __future__ import annotations

import json
import sys
from contextlib import closing
from typing import Literal

from engine.view.canvas import VIEWPORTS
from engine.view.sound.ears import open_ears
from engine.view.stage import SOFTWARE, Stage
from headset.driver import DriverError, Surface

SIZE = 64


def probe_picture(kind: Literal["window", "buffer"]) -> dict[str, object]:
    """Draw one frame and read it back; what drew it."""
    with closing(Stage()) as stage:
        canvas = stage.open(Surface(kind, (SIZE, SIZE), samples=4, title="abaton doctor"))
        stage.draw()
        drawn = canvas.read().shape
        state = stage.host().get_gsg()
        renderer = state.get_driver_renderer()
        return {
            "renderer": renderer,
            "version": state.get_driver_version(),
            "software": any(name in renderer.lower() for name in SOFTWARE),
            "single_pass": stage.has(VIEWPORTS),
            "drawn": list(drawn),
        }


def probe_sound() -> dict[str, object]:
    """Open the default sound device, as `abaton run` does."""
    ears = open_ears()
    if ears is not None:
        ears.close()
    return {"device": ears is not None}


def main(what: str) -> None:
    """Print what came out."""
    try:
        match what:
            case "picture":
                found = probe_picture("buffer")
            case "window":
                found = probe_picture("window")
            case "sound":
                found = probe_sound()
            case _:
                raise SystemExit("usage: python -m engine.view.probe picture | window | sound")
    except DriverError as error:
        found = {"error": str(error)}
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) == 2 else "")
