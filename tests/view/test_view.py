"""The view follows the world: what moves, what changes, what vanishes; and never writes it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.spec.load import load_scene
from engine.view.hands import beside
from engine.view.stage import Stage
from engine.view.view import View
from engine.world import World, build
from engine.world.vectors import Transform, Vec3
from headset.driver import Canvas, Surface
from headset.inputs import Hand, Person, Pose, Side
from headset.offscreen import look

pytestmark = pytest.mark.gl

Pixels = NDArray[np.uint8]


class Lake:
    """The lakeside scene with a small picture of it, drawn anew at will."""

    def __init__(self) -> None:
        self.world: World = build(load_scene("lakeside"))
        self.stage = Stage()
        self.view = View(self.world, self.stage)
        self.canvas: Canvas = self.stage.open(Surface("buffer", (192, 108), samples=0))

    def picture(self, time: float = 1.0, at: Vec3 = (0.0, 0.0, 1.2), fov_deg: float = 75.0) -> NDArray[np.int_]:
        self.view.update(time)
        self.canvas.look([look(at, fov_deg=fov_deg)])
        self.stage.draw()
        return self.canvas.read().astype(int)


@pytest.fixture(scope="module")
def furnished() -> Iterator[Lake]:
    lake = Lake()
    yield lake
    lake.stage.close()


@pytest.fixture
def lake(furnished: Lake) -> Iterator[Lake]:
    """The lake, put back afterwards as it was."""
    snapshot = furnished.world.snapshot()
    yield furnished
    furnished.world.restore(snapshot)


def changed(a: NDArray[np.int_], b: NDArray[np.int_]) -> int:
    """Pixels that differ visibly."""
    return int((np.abs(a - b).max(-1) > 8).sum())


def test_the_same_moment_gives_the_same_picture(lake: Lake) -> None:
    assert changed(lake.picture(), lake.picture()) == 0


def test_the_view_never_writes_the_world(lake: Lake) -> None:
    before = lake.world.snapshot()
    lake.picture(3.0)
    assert lake.world.snapshot() == before


def test_the_orb_swells_about_its_middle(lake: Lake) -> None:
    lake.world.properties["orb", "scale"] = 0.3
    small = lake.picture(fov_deg=30)
    lake.world.properties["orb", "scale"] = 1.0
    large = lake.picture(fov_deg=30)
    body, place = lake.world.bodies["orb"], lake.world.places["orb"].position
    eye = lake.world.origin.position[2] + 1.2
    north = place[1] - lake.world.origin.position[1]
    rows, columns = np.nonzero(np.abs(large - small).max(-1)[:70] > 12)
    pixel = 2 * np.tan(np.radians(15)) / 192
    assert columns.mean() == pytest.approx(96, abs=4)
    assert (53.5 - (rows.min() + rows.max()) / 2) * pixel == pytest.approx((place[2] + body.size[2] / 2 - eye) / north, abs=0.03)


def test_a_lower_sun_is_redder_and_reddens_the_sky_live(lake: Lake) -> None:
    lake.world.properties["environment", "sun"] = 30.0
    noon = lake.picture()[:54].mean((0, 1))
    lake.world.properties["environment", "sun"] = 3.0
    evening = lake.picture()[:54].mean((0, 1))
    assert evening[0] / evening[2] > 1.2 * noon[0] / noon[2]


def test_the_sun_leaves_the_water_when_it_sinks_behind_the_mountains(lake: Lake) -> None:
    def glints(sun: float) -> int:
        lake.world.properties["environment", "sun"] = sun
        return int((lake.picture(fov_deg=90)[75:, :50].min(-1) > 200).sum())

    assert glints(12.0) > 20
    assert glints(4.0) == 0


def test_the_lantern_lights_the_dock(lake: Lake) -> None:
    lake.world.properties["environment", "sun"] = 1.0
    lake.world.properties["lantern", "flux"] = 0.0
    dark = lake.picture()
    lake.world.properties["lantern", "flux"] = 400.0
    assert (lake.picture() - dark)[80:].sum() > 2000


def test_what_is_held_is_drawn_where_it_is(lake: Lake) -> None:
    before = lake.picture()
    origin = lake.world.origin
    lake.world.places["stone"] = Transform(origin.point((0.0, 0.5, 1.2)))
    with_stone = lake.picture()
    assert changed(before, with_stone) > 60
    assert changed(before, with_stone) < 6000


def test_a_hand_is_shown_while_it_is_tracked(lake: Lake) -> None:
    before = lake.picture()
    grip = Pose.of((0.1, 0.4, 1.1))
    lake.world.people["participant"] = Person(right=Hand(grip=grip))
    assert changed(before, lake.picture()) > 100
    lake.world.people["participant"] = Person()
    assert changed(before, lake.picture()) == 0


def test_a_hand_closes_while_it_squeezes(lake: Lake) -> None:
    grip = Pose.of((0.1, 0.4, 1.1))
    lake.world.people["participant"] = Person(right=Hand(grip=grip))
    open_hand = lake.picture()
    lake.world.people["participant"] = Person(right=Hand(grip=grip, squeeze=100))
    assert changed(open_hand, lake.picture()) > 50
    lake.world.people["participant"] = Person()
    lake.picture()


@pytest.mark.parametrize(("side", "outward"), [("right", 1.0), ("left", -1.0)])
def test_a_palm_lies_on_what_it_holds(lake: Lake, side: Side, outward: float) -> None:
    hand = Transform((0.1, 0.4, 1.1))
    height = lake.world.bodies["stone"].size[2]
    lake.world.places["stone"] = Transform(hand.point((0.0, 0.0, -height / 2)))
    # The stone is 7 cm wide: its edge is 35 mm from its middle, and the palm there but for a little.
    assert outward * beside(lake.world, "stone", hand, side) == pytest.approx(0.033, abs=0.003)
    lake.world.places["stone"] = Transform(hand.point((-outward * 0.2, 0.0, -height / 2)))
    assert beside(lake.world, "stone", hand, side) == 0.0


def test_waves_move_and_mountains_stand(lake: Lake) -> None:
    one, two = lake.picture(1.0), lake.picture(2.0)
    assert changed(one[60:], two[60:]) > 50
    assert changed(one[:45], two[:45]) < 20


def test_the_stage_learns_where_the_person_sits(lake: Lake) -> None:
    lake.picture()
    assert lake.stage.eye_height == 1.2
    x, y, z = lake.world.origin.position
    assert tuple(lake.stage.scene_from_person.xform_point((0, 0, 0))) == pytest.approx((x, y, z), abs=1e-5)


def test_a_ray_down_meets_the_dock(lake: Lake) -> None:
    lake.picture()
    far = lake.stage.touch((0.0, 1.5, 1.0), (0.0, 0.0, -1.0), 5.0)
    assert far == pytest.approx(1.0, abs=0.01)


def test_without_a_lamp_lit_nothing_shines_by_chance() -> None:
    pictures = []
    for _ in range(2):
        lake = Lake()
        pictures.append(lake.picture())
        lake.stage.close()
    assert changed(*pictures) == 0


def test_hands_that_move_out_of_doors_do_not_have_shadows_drawn_anew(lake: Lake) -> None:
    lake.picture()
    lake.picture()
    maps = [output for output in lake.stage.engine.get_windows() if output.get_name().startswith("shadow")]
    lake.world.people["participant"] = Person(right=Hand(grip=Pose.of((0.1, 0.4, 1.1))))
    lake.view.update(1.0)
    assert [output.is_active() for output in maps] == [False, False]
    lake.world.places["stone"] = Transform(lake.world.origin.point((0.0, 0.5, 1.2)))
    lake.view.update(1.0)
    assert [output.is_active() for output in maps] == [True, False]
    lake.world.people["participant"] = Person()
    lake.picture()
