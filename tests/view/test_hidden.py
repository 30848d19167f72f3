"""A canvas draws nothing where it is told that nobody sees it, and only as much of its picture as it is told."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import panda3d.core as p3d
import pytest
from numpy.typing import NDArray

from engine.view.render.shaders import program
from engine.view.stage import Stage
from headset.driver import Stereo, Surface, View

pytestmark = pytest.mark.gl

WIDTH, HEIGHT = 64, 48
LEFT = View((-0.03, 0.0, 1.5), (1.0, 0.0, 0.0, 0.0), (-1.0, 1.0, -0.75, 0.75))
RIGHT = View((0.03, 0.0, 1.5), (1.0, 0.0, 0.0, 0.0), (-0.5, 1.5, -0.75, 0.75))
UPPER_LEFT = [(-1.0, 0.0), (0.0, 0.75), (-1.0, 0.75)]


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A white wall before the eyes, all over their pictures."""
    made = Stage()
    texture = p3d.Texture("white")
    texture.setup_2d_texture(1, 1, p3d.Texture.T_unsigned_byte, p3d.Texture.F_rgba)
    texture.set_ram_image(b"\xff" * 4)
    card = p3d.CardMaker("wall")
    card.set_frame(-9.0, 9.0, -9.0, 9.0)
    wall = made.root.attach_new_node(card.generate())
    wall.set_y(2.0)
    wall.set_shader(program("card"))
    wall.set_shader_input("colour_map", texture)
    wall.set_shader_input("base", p3d.LVecBase4f(1, 1, 1, 1))
    yield made
    made.close()


def drawn(stage: Stage, stereo: Stereo, hidden: list[list[tuple[float, float]]], used: float = 1.0) -> NDArray[np.bool_]:
    """Where both eyes' picture is white."""
    if stereo == "single_pass" and not stage.has("GL_ARB_shader_viewport_layer_array"):
        pytest.skip("this OpenGL cannot draw both eyes at once")
    canvas = stage.open(Surface("buffer", (2 * WIDTH, HEIGHT), stereo, 0, stereo))
    canvas.hide(hidden)
    canvas.use(round(2 * WIDTH * used), round(HEIGHT * used))
    canvas.look((LEFT, RIGHT))
    stage.draw()
    picture = canvas.read()
    canvas.close()
    white: NDArray[np.bool_] = picture.min(axis=2) > 200
    assert (white | (picture.max(axis=2) < 50)).all()
    return white


@pytest.mark.parametrize("stereo", ["two_pass", "single_pass"])
def test_each_eye_has_its_own_hidden_parts(stage: Stage, stereo: Stereo) -> None:
    assert drawn(stage, stereo, [[], []]).all()
    white = drawn(stage, stereo, [UPPER_LEFT, []])
    left, right = white[:, :WIDTH], white[:, WIDTH:]
    assert right.all()
    assert not left[:8, :8].any()
    # A triangle with its right angle in the corner, half as wide and half as high as the picture.
    assert (~left).mean() == pytest.approx(1 / 8, abs=0.02)
    assert left[HEIGHT // 2 :].all()
    assert left[:, WIDTH // 2 :].all()
    white = drawn(stage, stereo, [[], [(0.5, -0.75), (1.5, -0.75), (1.5, 0.0)]])
    assert white[:, :WIDTH].all()
    assert not white[-6:, -6:].any()
    assert (~white[:, WIDTH:]).mean() == pytest.approx(1 / 8, abs=0.02)


def test_what_was_hidden_can_be_seen_again(stage: Stage) -> None:
    canvas = stage.open(Surface("buffer", (2 * WIDTH, HEIGHT), "two_pass", 0, "again"))
    for hidden, whole in (([UPPER_LEFT, UPPER_LEFT], False), ([[], []], True)):
        canvas.hide(hidden)
        canvas.look((LEFT, RIGHT))
        stage.draw()
        assert bool((canvas.read().min(axis=2) > 200).all()) == whole
    canvas.close()


@pytest.mark.parametrize("stereo", ["two_pass", "single_pass"])
def test_a_smaller_picture_is_the_whole_sight_in_the_lower_left(stage: Stage, stereo: Stereo) -> None:
    white = drawn(stage, stereo, [UPPER_LEFT, []], used=0.75)
    high, wide = 36, 48
    used = white[HEIGHT - high :]
    left, right, beyond = used[:, :wide], used[:, wide : 2 * wide], used[:, 2 * wide :]
    assert right.all()
    assert (~left).mean() == pytest.approx(1 / 8, abs=0.02)
    assert not left[:6, :6].any()
    assert not beyond.any()
    assert not white[: HEIGHT - high].any()
