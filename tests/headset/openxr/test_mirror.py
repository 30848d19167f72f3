"""The mirror window's manners beside a headset that is only made up; tests/monado sees what it shows."""

from __future__ import annotations

import pytest

from tests.headset.windowed import run_before_a_screen

pytestmark = pytest.mark.gl

BESIDE = """
import numpy as np
import panda3d.core as p3d
from engine.view.stage import Stage
from headset.driver import DriverError, Surface, View
from headset.openxr.mirror import RATE, MirrorWindow

stage, now, drawn = Stage(), [10.0], []
mirror = MirrorWindow(stage, "left", clock=lambda: now[0])
canvas = stage.open(Surface("buffer", (64, 24), "two_pass", 0, "headset"))
eye = View((0, 0, 1.6), (1, 0, 0, 0), (-1, 1, -1, 1))

def draw(**how):
    canvas.look((eye, eye))
    mirror.draw(lambda: (drawn.append(1), stage.draw()), **how)

draw()
assert mirror.drawn == 1
draw()
assert mirror.drawn == 1, "drawn twice at one time"
now[0] += 0.9 / RATE
draw()
assert mirror.drawn == 1, "drawn too often"
now[0] += 0.2 / RATE
draw(late=True)
assert mirror.drawn == 1, "drawn with a late frame"
draw()
assert mirror.drawn == 2
assert len(drawn) == 5, "a frame of the headset was left out"

device = mirror.output.get_input_device(0)
for key in (p3d.KeyboardButton.f1(), p3d.KeyboardButton.ascii_key("a"), p3d.MouseButton.one()):
    device.button_down(key)
draw()
device.button_down(p3d.KeyboardButton.f1())
draw()
device.button_up(p3d.KeyboardButton.f1())
draw()
device.button_down(p3d.KeyboardButton.f1())
draw()
assert mirror.keys() == ["f1", "a", "f1"], mirror.keys()
assert mirror.keys() == []

def broken(encoding=None, *_):
    raise ZeroDivisionError

mirror._copy.put = broken
now[0] += 1.0
try:
    draw()
except TypeError:
    pass
else:
    raise AssertionError("what went wrong in the window was not told")

properties = p3d.WindowProperties()
properties.set_open(False)
mirror.output.request_properties(properties)
for _ in range(3):
    now[0] += 1.0
    draw(late=True)
assert not mirror.open
draw()
mirror.close()
try:
    stage.open(Surface("window", (64, 64), beside=True))
except DriverError as error:
    assert "must be the first" in str(error)
else:
    raise AssertionError("a window was opened too late")
stage.close()
print("as it should be")
"""


def test_it_is_drawn_in_spare_time_hears_keys_and_may_be_closed() -> None:
    done = run_before_a_screen(BESIDE)
    assert done.stdout.strip().endswith("as it should be"), done.stdout + done.stderr
