"""Traces the light of a scene into the cache: `python -m engine.host.relight '{"scene": …}'`, beside a run that goes on.

What it makes is found there by its content, so nothing is handed over but the scene's name and the settings of the session.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import closing, suppress

from engine.host.run import Settings
from engine.session import Session
from engine.view.stage import Stage
from engine.view.view import View

NICE = 5
"""Less urgent than the run that someone looks at."""


def main() -> None:
    """Make the view of a scene once, unseen."""
    given = json.loads(sys.argv[1])
    scene = given.pop("scene")
    settings = Settings(**given | {"variants": tuple(given["variants"])})
    with suppress(OSError):
        os.nice(NICE)
    with closing(Stage()) as stage:
        View(Session(settings.load(scene), settings.seed), stage)


if __name__ == "__main__":
    main()
