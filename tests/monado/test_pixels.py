"""What the runtime gets to show: both eyes' pixels, read from the swapchain's own images."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from headset.driver import Stereo
from headset.openxr.axes import view_of
from tests.monado.remote import Controller, Head, Pose, Remote
from tests.monado.visit import Pixels, Script, Visit, take_picture, visit

pytestmark = [pytest.mark.monado, pytest.mark.gl]

HAND = (0.05, 1.25, -0.45)
"""Right hand, as OpenXR says it, in front of the eyes."""
HEAD = Head(Pose((0.0, 1.2, 0.0)))
AWAY = Controller(active=False)
BOTH: tuple[Stereo, Stereo] = ("two_pass", "single_pass")


def look(remote: Remote, stereo: Stereo, hands: list[Controller]) -> tuple[list[Pixels], list[tuple[float, float]]]:
    """Pictures of the lake with the right hand as each of `hands`, and where the eyes' middles of the hand should be."""
    taken: list[Pixels] = []
    places: list[tuple[float, float]] = []

    def script(visiting: Visit) -> Script:
        yield from visiting.until(lambda: "focused" in visiting.links())
        for hand in hands:
            remote.head(HEAD)
            remote.controllers(AWAY, hand)
            yield from visiting.drawn_frames_pass(4)
            taken.append((yield from take_picture(visiting)))
        life = visiting.driver.life
        assert life is not None
        for index in range(2):
            eye = view_of(life.spaces.views[index])
            left, right, down, up = eye.fov
            ahead, across, upward = -HAND[2], HAND[0] - eye.position[0], HAND[1] - eye.position[2]
            width, height = visiting.driver.device.resolution
            places.append(((across / ahead - left) / (right - left) * width, (up - upward / ahead) / (up - down) * height))

    with visit(stereo=stereo, still=True) as visiting:
        visiting.play(script(visiting))
    return taken, places


def keep(picture: Pixels, name: str) -> None:
    """Leave a picture where run.sh collects them."""
    if folder := os.environ.get("ABATON_OUT"):
        Image.fromarray(picture).save(Path(folder) / f"{name}.png")


def halves(picture: Pixels) -> tuple[Pixels, Pixels]:
    middle = picture.shape[1] // 2
    return picture[:, :middle], picture[:, middle:]


def middle_of_change(with_hand: Pixels, without: Pixels) -> tuple[float, float]:
    changed: NDArray[np.bool_] = np.abs(with_hand.astype(int) - without).max(axis=2) > 24
    rows, columns = np.nonzero(changed)
    assert len(rows) > 100, "the hand is not in the picture"
    return float(np.median(columns)), float(np.median(rows))


@pytest.mark.slow
@pytest.mark.parametrize("stereo", BOTH)
def test_each_eye_sees_the_hand_where_that_eye_must(
    remote: Remote, stereo: Stereo, record_property: Callable[[str, object], None]
) -> None:
    (without, with_hand), places = look(remote, stereo, [AWAY, Controller(Pose(HAND))])
    keep(with_hand, f"eyes_{stereo}")
    found = [middle_of_change(*pair) for pair in zip(halves(with_hand), halves(without), strict=True)]
    for (x, y), (right_x, right_y) in zip(found, places, strict=True):
        assert abs(x - right_x) < 20  # a hand is some 60 pixels wide, and its grip is not its middle
        assert abs(y - right_y) < 25
    disparity = found[0][0] - found[1][0]
    record_property("disparity of the hand in pixels, found and expected", (disparity, places[0][0] - places[1][0]))
    assert disparity > 0, "the left eye must see near things further to the right"
    assert disparity == pytest.approx(places[0][0] - places[1][0], abs=4.0)


@pytest.mark.slow
def test_one_pass_and_two_show_the_same(remote: Remote, record_property: Callable[[str, object], None]) -> None:
    two, one = (look(remote, stereo, [Controller(Pose(HAND))])[0][0].astype(int) for stereo in BOTH)
    apart = np.abs(two - one).max(axis=2)
    record_property("pixels that differ at all, by more than 24", (int((apart > 0).sum()), int((apart > 24).sum())))
    assert apart.mean() < 0.2
    assert (apart > 24).mean() < 0.001
    left, right = halves(two.astype(np.uint8))
    assert np.abs(left.astype(int) - right).max(axis=2).mean() > 1.0, "both eyes see the same picture"


@pytest.mark.slow
def test_edges_are_smooth(remote: Remote) -> None:
    """4x MSAA reaches the runtime: between the hand and the sky there are mixed pixels."""
    with visit(still=True) as visiting:
        assert visiting.driver.canvas is not None
        properties = visiting.driver.canvas.output.get_fb_properties()
        assert properties.get_multisamples() >= 4
