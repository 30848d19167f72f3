"""What the runtime gets to show: both eyes' pixels, read from the swapchain's own images."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from headset.driver import Stereo
from headset.openxr.axes import view_of
from tests.monado.remote import Controller, Head, Pose, Remote
from tests.monado.service import Service
from tests.monado.visit import Pixels, Script, Visit, take_picture, visit

pytestmark = [pytest.mark.monado, pytest.mark.gl, pytest.mark.slow]

HAND = (0.05, 1.25, -0.45)
"""Right hand, as OpenXR says it, in front of the eyes."""
HEAD = Head(Pose((0.0, 1.2, 0.0)))
AWAY = Controller(active=False)
MODES: tuple[Stereo, Stereo] = ("two_pass", "single_pass")
Figures = Callable[[str, object], None]


@dataclass
class Seen:
    """The lake without and with the right hand, and where the hand must be in each eye, in pixels from that eye's top left."""

    pictures: list[Pixels] = field(default_factory=list)
    hand: list[tuple[float, float]] = field(default_factory=list)
    samples: int = 0


def look(remote: Remote, stereo: Stereo) -> Seen:
    seen = Seen()

    def script(visiting: Visit) -> Script:
        yield from visiting.until(lambda: "focused" in visiting.links())
        for hand in (AWAY, Controller(Pose(HAND))):
            remote.head(HEAD)
            remote.controllers(AWAY, hand)
            yield from visiting.drawn_frames_pass(3)
            seen.pictures.append((yield from take_picture(visiting)))
        life, canvas = visiting.driver.life, visiting.driver.canvas
        assert life is not None
        assert canvas is not None
        seen.samples = canvas.output.get_fb_properties().get_multisamples()
        width, height = visiting.driver.device.resolution
        for xr_view in life.spaces.views:
            eye = view_of(xr_view)
            assert eye is not None
            left, right, down, up = eye.fov
            across, upward = (HAND[0] - eye.position[0]) / -HAND[2], (HAND[1] - eye.position[2]) / -HAND[2]
            seen.hand.append(((across - left) / (right - left) * width, (up - upward) / (up - down) * height))

    with visit(stereo=stereo, still=True) as visiting:
        visiting.play(script(visiting))
    return seen


@pytest.fixture(scope="module")
def modes() -> Mapping[Stereo, Seen]:
    """The same sight in both modes of stereo."""
    if shutil.which("monado-service") is None:
        pytest.skip("there is no Monado here: run tests/monado/run.sh")
    with Service(), Remote() as remote:
        remote.reset()
        seen = {stereo: look(remote, stereo) for stereo in MODES}
    if folder := os.environ.get("ABATON_OUT"):
        for stereo, one in seen.items():
            Image.fromarray(one.pictures[-1]).save(Path(folder) / f"eyes_{stereo}.png")
    return seen


def halves(picture: Pixels) -> tuple[Pixels, Pixels]:
    middle = picture.shape[1] // 2
    return picture[:, :middle], picture[:, middle:]


def middle_of_change(without: Pixels, with_hand: Pixels) -> tuple[float, float]:
    changed: NDArray[np.bool_] = np.abs(with_hand.astype(int) - without).max(axis=2) > 24
    rows, columns = np.nonzero(changed)
    assert len(rows) > 100, "the hand is not in the picture"
    return float(np.median(columns)), float(np.median(rows))


@pytest.mark.parametrize("stereo", MODES)
def test_each_eye_sees_the_hand_where_that_eye_must(
    modes: Mapping[Stereo, Seen], stereo: Stereo, record_property: Figures
) -> None:
    seen = modes[stereo]
    without, with_hand = map(halves, seen.pictures)
    found = [middle_of_change(*pair) for pair in zip(without, with_hand, strict=True)]
    for (x, y), (wanted_x, wanted_y) in zip(found, seen.hand, strict=True):
        assert abs(x - wanted_x) < 20  # a hand is some 60 pixels wide, and its grip is not its middle
        assert abs(y - wanted_y) < 25
    disparity, wanted = found[0][0] - found[1][0], seen.hand[0][0] - seen.hand[1][0]
    record_property("disparity of the hand in pixels: found, expected", (disparity, round(wanted, 1)))
    assert disparity > 0, "the left eye must see near things further to the right"
    assert disparity == pytest.approx(wanted, abs=4.0)


def test_one_pass_and_two_show_the_same(modes: Mapping[Stereo, Seen], record_property: Figures) -> None:
    two, one = (modes[stereo].pictures[-1].astype(int) for stereo in MODES)
    apart = np.abs(two - one).max(axis=2)
    record_property("pixels that differ: at all, by more than 24", (int((apart > 0).sum()), int((apart > 24).sum())))
    assert apart.mean() < 0.2
    assert (apart > 24).mean() < 0.001


def test_the_eyes_see_different_pictures(modes: Mapping[Stereo, Seen]) -> None:
    left, right = halves(modes["two_pass"].pictures[0])
    assert np.abs(left.astype(int) - right).max(axis=2).mean() > 1.0


def test_there_are_four_samples_a_pixel(modes: Mapping[Stereo, Seen]) -> None:
    assert [seen.samples for seen in modes.values()] == [4, 4]
