"""Live lamps: what they are built of stands in their light, and a room's lamp shines in that room."""

from __future__ import annotations

import numpy as np
import panda3d.core as p3d
import pytest
from numpy.typing import NDArray

from engine.view.geometry.geoms import attach
from engine.view.geometry.gltf import ModelError
from engine.view.geometry.looks import Looks
from engine.view.indoor.live import LiveLamps
from engine.view.loads import light_up
from engine.view.render.lamps import BARE, LAMPS, Shade, Stand, shade_of
from engine.view.stage import Stage
from headset.driver import Surface
from headset.offscreen import look
from tests.view.conftest import box

LANTERN = {"down": "51 deg", "up": "55 deg", "post": "7 deg", "foot": "6 cm"}
DOWN = (0.5**0.5, -(0.5**0.5), 0.0, 0.0)
"""The way one looks at a floor from above, w first."""


def on_floor(stage: Stage, stand: Stand) -> NDArray[np.float64]:
    """How bright a floor is under a lamp 0.11 m over it, seen from above, row by row from the back; the sky's share taken off."""
    dark, lit = floors(stage, stand, (0.0, 30.0))
    return np.asarray(lit - dark)


def floors(stage: Stage, stand: Stand, lumens: tuple[float, ...]) -> list[NDArray[np.float64]]:
    """The same with the sky and the sun, whose bearing is 324 degrees, for a lamp of so many lumens."""
    attach(
        stage.root,
        [(box((-3.0, -3.0, -0.1), (3.0, 3.0, 0.0)), np.eye(4, dtype=np.float32))],
        Looks(land=False),
        stage.know_copies,
    )
    light, _shadows = light_up(stage)
    canvas = stage.open(Surface("buffer", (128, 128), samples=0))
    canvas.look([look((0.0, 0.0, 2.0), DOWN, fov_deg=53.13, aspect=1.0)])
    shown = []
    for each in lumens:
        light.set_lamp(0, (0.0, 0.0, 0.11), each, 2700.0, stand)
        stage.draw()
        shown.append(canvas.read()[..., :3].astype(float).mean(axis=2))
    canvas.close()
    stage.root.node().remove_all_children()
    return shown


def at(picture: NDArray[np.float64], x: float, y: float) -> float:
    """The picture at metres to the right of the lamp and before it; 1 m is seen each way."""
    column, row = round(64 + 64 * x), round(64 - 64 * y)
    return float(picture[row - 1 : row + 2, column - 1 : column + 2].mean())


@pytest.mark.gl
def test_a_bare_lamp_is_brightest_right_under_it(stage: Stage) -> None:
    floor = on_floor(stage, BARE)
    assert at(floor, 0.0, 0.05) > at(floor, 0.0, 0.3) > at(floor, 0.0, 0.9)


@pytest.mark.gl
def test_the_foot_of_a_lantern_stands_in_its_own_light(stage: Stage) -> None:
    floor = on_floor(stage, (shade_of({"lamp": LANTERN}, "A card", 0.11), (1.0, 0.0)))
    assert at(floor, 0.0, 0.05) < 0.2 * at(floor, 0.0, 0.3)
    assert at(floor, 0.0, 0.3) > at(floor, 0.0, 0.9) > 0.0


@pytest.mark.gl
@pytest.mark.parametrize(
    ("ahead", "dark", "bright"), [((1.0, 0.0), (0.2, 0.0), (0.0, 0.2)), ((0.0, 2.0), (0.0, 0.2), (0.2, 0.0))]
)
def test_posts_throw_their_shadow_to_the_lamps_own_left_and_right(
    stage: Stage, ahead: tuple[float, float], dark: tuple[float, float], bright: tuple[float, float]
) -> None:
    floor = on_floor(stage, (Shade(post=0.12), ahead))
    assert at(floor, *dark) < 0.75 * at(floor, *bright)
    assert at(floor, -dark[0], -dark[1]) < 0.75 * at(floor, *bright)


@pytest.mark.gl
def test_a_shade_of_cloth_lets_some_light_through_and_all_of_it_out_below(stage: Stage) -> None:
    shade = shade_of({"lamp": {"down": "35 deg", "up": "44 deg", "through": "0.2"}}, "A card", 0.11)
    bare, shaded = on_floor(stage, BARE), on_floor(stage, (shade, (1.0, 0.0)))
    assert at(shaded, 0.0, 0.05) == pytest.approx(at(bare, 0.0, 0.05), abs=1.0), "63 degrees below the level"
    assert 0.0 < at(shaded, 0.0, 0.5) < 0.6 * at(bare, 0.0, 0.5), "12 degrees below it; the picture is toned"


@pytest.mark.gl
def test_a_lantern_throws_a_soft_shadow_away_from_the_sun_whether_it_burns_or_not(stage: Stage) -> None:
    (plain,) = floors(stage, BARE, (0.0,))
    (floor,) = floors(stage, (shade_of({"lamp": LANTERN}, "A card", 0.11), (1.0, 0.0)), (0.0,))
    assert at(floor, 0.088, -0.121) < 0.92 * at(plain, 0.088, -0.121)
    assert at(floor, -0.088, 0.121) == pytest.approx(at(plain, -0.088, 0.121), abs=1.0)
    assert at(floor, 0.353, -0.485) == pytest.approx(at(plain, 0.353, -0.485), abs=1.0)


def test_a_lamp_that_says_nothing_shines_all_around() -> None:
    assert shade_of({"file": "lamp.glb"}, "A card", 0.0) == BARE[0]


def test_an_unknown_word_is_refused_in_a_sentence() -> None:
    with pytest.raises(
        ModelError, match="The card 'torch' has a lamp with the unknown word 'colour'; use bulb, down, foot, post, through, up"
    ):
        shade_of({"lamp": {"colour": "red"}}, "The card 'torch'", 0.0)


def test_a_lamp_lights_its_room_and_no_other() -> None:
    rooms = {"west": p3d.NodePath("west"), "east": p3d.NodePath("east")}
    lamps = LiveLamps(rooms, lambda point: "west" if point[0] < 0.0 else "east", np.ones(3))
    lamps.set("lantern", (1.0, 0.0, 1.0), 60.0, 2700.0, BARE)
    assert lamps.lamps["east"].intensity(0)[1] > 5.0
    assert lamps.lamps["west"].intensity(0)[1] == 0.0


def test_what_is_too_many_for_a_room_stays_dark() -> None:
    room = p3d.NodePath("room")
    lamps = LiveLamps({"room": room}, lambda point: "room", np.ones(3))
    for index in range(LAMPS + 1):
        lamps.set(f"lantern {index}", (0.1 * index, 0.0, 1.0), 60.0 * (index + 1), 2700.0, BARE)
    first = lamps.lamps["room"].intensity(0)[1]
    assert [round(lamps.lamps["room"].intensity(index)[1] / first, 3) for index in range(LAMPS)] == [1.0, 2.0]


def test_a_lamp_throws_traced_shadows_only_while_it_stands_where_it_was_traced() -> None:
    lamps = LiveLamps({"room": p3d.NodePath("room")}, lambda point: "room", np.ones(3), {"lamp": ((1.0, 0.5, 1.3), 3)})
    seen: list[int | None] = []
    for name, x in (("lamp", 1.0), ("lamp", 1.1), ("lamp", 1.0), ("lantern", 1.0)):
        lamps.set(name, (x, 0.5, 1.3), 60.0, 2700.0, BARE)
        seen.append(lamps.lamps["room"].channel(len(seen) // 3))
    assert seen == [3, None, 3, None]
