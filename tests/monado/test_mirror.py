"""The mirror window: what it shows, and that the headset does not care."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.monado.screen import Screen
from tests.monado.service import Service

pytestmark = [pytest.mark.monado, pytest.mark.gl, pytest.mark.slow]

SESSION = """
import sys
from pathlib import Path
import numpy as np
from headset.driver import Panel
from tests.monado.remote import Remote
from tests.monado.screen import Screen
from tests.monado.test_layers import AHEAD, AWAY, HEAD, card, picture
from tests.monado.visit import Nothing, take_picture, visit

show, folder, screen = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
with Remote() as remote, visit(samples=0, drawn=False, mirror=show) as visiting:
    remote.reset()
    remote.head(HEAD)
    remote.controllers(AWAY, AWAY)
    mirror, driver = visiting.driver.desk.mirror, visiting.driver
    visiting.view = Nothing(visiting.stage)
    card(visiting.stage)

    def save(name):
        np.save(folder / name, Screen.read(screen))

    def shown(count):
        wanted = mirror.drawn + count
        yield from visiting.until(lambda: mirror.drawn >= wanted)
        yield

    def script():
        yield from visiting.until(lambda: "focused" in visiting.links())
        yield from shown(3)
        save("scene")
        np.save(folder / "eyes", (yield from take_picture(visiting)))
        assert driver.panels([Panel("red", picture((255, 0, 0)), (0.4, 0.2), (-0.3, 1.0, 1.3), AHEAD)])
        yield from shown(3)
        save("panel")
        waiting = np.zeros((100, 300, 4), np.uint8)
        waiting[:50] = (0, 255, 0, 255)
        driver._lose(None)
        mirror.tell(waiting)
        yield from shown(3)
        save("waiting")
        yield from visiting.until(lambda: driver.life is not None and visiting.drawn > 3)
        yield from shown(3)
        save("back")
        assert mirror.keys() == []
        drawn = mirror.drawn
        mirror.draw(visiting.stage.draw, late=True)
        assert mirror.drawn == drawn, "it is drawn although the headset is late"
        drawn = visiting.drawn
        mirror.close()
        yield from visiting.drawn_frames_pass(5)
        assert not mirror.open
        assert visiting.drawn >= drawn + 5

    visiting.play(script())
print("as it should be")
"""


def look(show: str, folder: Path) -> dict[str, NDArray[np.uint8]]:
    """What the screen showed at each step."""
    with Screen(":44") as screen, Service():
        done = subprocess.run(
            [sys.executable, "-c", SESSION, show, str(folder), str(screen.folder)],
            env={**os.environ, "DISPLAY": ":44"},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    assert "as it should be" in done.stdout, done.stdout + done.stderr
    if kept := os.environ.get("ABATON_OUT"):
        from PIL import Image

        Image.fromarray(np.load(folder / "panel.npy")).save(Path(kept) / f"mirror_{show}.png")
    return {path.stem: np.load(path) for path in folder.glob("*.npy")}


def amount(picture: NDArray[np.uint8], colour: tuple[int, int, int]) -> int:
    return int((np.abs(picture.astype(int) - colour).max(axis=2) < 40).sum())


@pytest.mark.parametrize("show", ["left", "right"])
def test_it_shows_an_eye_with_its_panels_says_what_is_waited_for_and_may_be_closed(show: str, tmp_path: Path) -> None:
    seen = look(show, tmp_path)
    eyes, scene = seen["eyes"], seen["scene"]
    half = eyes.shape[1] // 2
    eye = eyes[:, :half] if show == "left" else eyes[:, half:]
    # The window is 960 x 720 and the eye's picture 320 x 240.
    small = scene[1:720:3, 1:960:3].astype(int)
    assert amount(eye, (255, 255, 255)) > 300
    assert (np.abs(small - eye).max(axis=2) > 40).mean() < 0.01
    other = eyes[:, half:] if show == "left" else eyes[:, :half]
    assert (np.abs(small - other).max(axis=2) > 40).mean() > 0.01
    assert amount(seen["scene"], (255, 0, 0)) == 0
    assert amount(seen["panel"], (255, 0, 0)) > 5000
    assert amount(seen["waiting"], (0, 255, 0)) == pytest.approx(960 * 160, rel=0.02)
    assert amount(seen["back"], (0, 255, 0)) == 0
    assert amount(seen["back"], (255, 255, 255)) > 2000


def test_it_shows_the_scene_from_elsewhere(tmp_path: Path) -> None:
    seen = look("free", tmp_path)
    assert amount(seen["scene"], (255, 255, 255)) > 300
    assert amount(seen["panel"], (255, 0, 0)) > 1000
    assert amount(seen["waiting"], (0, 255, 0)) > 100_000
    assert amount(seen["back"], (0, 255, 0)) == 0
