"""What a driver may expect of the stage: eyes, surfaces, colours, and that it can be given back."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import panda3d.core as p3d
import pytest
from numpy.typing import NDArray

from engine.view.geometry.geoms import attach, quad
from engine.view.geometry.looks import Looks
from engine.view.geometry.mesh import Part
from engine.view.geometry.textures import colour_texture
from engine.view.render.backdrop import add_lake, add_sky
from engine.view.render.light import Light
from engine.view.render.shaders import program
from engine.view.render.shadow import Shadows
from engine.view.stage import Stage
from headset.driver import DriverError, Stereo, Surface, View
from headset.offscreen import eyes, look
from tests.view.conftest import box

pytestmark = pytest.mark.gl

HEAD = look((0.0, -2.0, 1.5), fov_deg=70, aspect=4 / 3)
Pixels = NDArray[np.uint8]
STEREO: tuple[Stereo, Stereo] = ("two_pass", "single_pass")


def furnish(stage: Stage, *parts: Part, sun: float = 35.0, frozen: bool = False) -> Light:
    """A lake, a floor, and things on it, in the evening."""
    light = Light(stage.root, bearing_deg=300.0, water=0.0)
    light.set_sun(sun)
    light.set_time(1.0)
    shadows = Shadows(stage)
    add_sky(stage)
    add_lake(stage, 0.0, frozen=frozen)
    floor = box((-3, -3, -0.2), (3, 3, 0.2), (0.4, 0.35, 0.3))
    here = np.eye(4, dtype=np.float32)
    attach(stage.root, [(part, here) for part in (floor, *parts)], Looks(), stage.know_copies)
    shadows.follow(light.direction, sun, (0, 0, 0), moved=True)
    return light


def forest() -> Part:
    """Boxes that sway, so that they are instanced, in two rows."""
    copies = np.tile(np.eye(4, dtype=np.float32), (12, 1, 1))
    copies[:, 0, 3], copies[:, 1, 3] = np.tile(np.linspace(-2.5, 2.5, 6), 2), np.repeat((1.5, 2.5), 6)
    return replace(box((-0.1, -0.1, 0.2), (0.1, 0.1, 1.6), (0.1, 0.4, 0.1)), copies=copies, sway=0.1)


def picture(
    stage: Stage,
    *views: View,
    stereo: Stereo = "mono",
    size: tuple[int, int] = (160, 120),
    samples: int = 4,
    srgb: bool = True,
) -> Pixels:
    surface = Surface("buffer", (size[0] * len(views), size[1]), stereo, samples)
    canvas = stage.open(surface) if srgb else stage.canvas(plain_buffer(stage, surface), surface)
    canvas.look(views)
    stage.draw()
    pixels = canvas.read()
    canvas.close()
    return pixels


def plain_buffer(stage: Stage, surface: Surface) -> p3d.GraphicsOutput:
    """A buffer that stores numbers as they come, as windows of some displays do."""
    properties = p3d.FrameBufferProperties()
    properties.set_rgba_bits(8, 8, 8, 0)
    properties.set_depth_bits(24)
    properties.set_multisamples(surface.samples)
    output = stage.buffer("plain", surface.size, properties=properties)
    assert not output.get_fb_properties().get_srgb_color()
    return output


def furthest(a: Pixels, b: Pixels) -> int:
    return int(np.abs(a.astype(int) - b.astype(int)).max())


@pytest.mark.parametrize("frozen", [False, True])
@pytest.mark.parametrize("stereo", STEREO)
def test_each_eye_of_a_stereo_picture_is_the_mono_picture_of_that_eye(stage: Stage, stereo: Stereo, frozen: bool) -> None:
    furnish(stage, box((-0.5, -0.5, 0.2), (0.5, 0.5, 1.2)), forest(), frozen=frozen)
    left, right = eyes(HEAD)
    both = picture(stage, left, right, stereo=stereo)
    for half, eye in ((both[:, :160], left), (both[:, 160:], right)):
        assert furthest(half, picture(stage, eye)) <= 1
    assert furthest(both[:, :160], both[:, 160:]) > 30


def test_stereo_without_viewports_in_vertex_shaders_is_drawn_by_halves(tmp_path: Path) -> None:
    code = (
        "from engine.view.canvas import VIEWPORTS; from engine.view.stage import Stage; from tests.view.test_stage import *\n"
        "stage = Stage(); assert not stage.has(VIEWPORTS) and not stage.single_pass\n"
        "furnish(stage, box((-0.5, -0.5, 0.2), (0.5, 0.5, 1.2)), forest()); left, right = eyes(HEAD)\n"
        "both = picture(stage, left, right, stereo='two_pass', samples=0)\n"
        "for half, eye in ((both[:, :160], left), (both[:, 160:], right)):\n"
        "    off = np.abs(half.astype(int) - picture(stage, eye, samples=0)).max(-1)\n"
        "    assert (off > 1).mean() < 0.01, (off > 1).mean()\n"
    )
    less = "-GL_ARB_shader_viewport_layer_array -GL_AMD_vertex_shader_viewport_index -GL_AMD_vertex_shader_layer"
    environment = os.environ | {"MESA_EXTENSION_OVERRIDE": less, "PYTHONPATH": str(Path.cwd())}
    ran = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode == 0, ran.stderr


def test_what_is_drawn_many_times_at_once_stands_as_what_is_drawn_one_by_one() -> None:
    pictures = []
    for sway in (0.0, 1e-6):
        stage = Stage()
        furnish(stage, replace(forest(), sway=sway))
        pictures.append(picture(stage, HEAD))
        stage.close()
    assert furthest(*pictures) <= 2


@pytest.mark.parametrize("stereo", STEREO)
def test_a_near_thing_lies_further_right_in_the_left_eye(stage: Stage, stereo: Stereo) -> None:
    furnish(stage, box((-0.1, -0.1, 1.4), (0.1, 0.1, 1.6), (1.0, 0.0, 0.0)))
    both = picture(stage, *eyes(HEAD), stereo=stereo).astype(int)
    redness = np.clip(both[..., 0] - both[..., 1] - 60, 0, None).sum(0)
    left, right = (float((half * np.arange(160)).sum() / half.sum()) for half in np.hsplit(redness, 2))
    assert 2.0 < left - right < 10.0


def test_software_gl_prefers_two_passes(stage: Stage) -> None:
    assert not stage.single_pass


def test_what_is_looked_at_while_drawing_is_what_is_drawn(stage: Stage) -> None:
    furnish(stage, box((-0.5, -0.5, 0.2), (0.5, 0.5, 1.2), (1.0, 0.1, 0.1)))
    moved = replace(HEAD, position=(0.3, -2.0, 1.4))
    canvas = stage.open(Surface("buffer", (160, 120), samples=0))
    canvas.look([HEAD])

    def late(draw: Callable[[], None]) -> None:
        canvas.look([moved])
        draw()

    canvas.around_draw = late
    stage.draw()
    late_picture = canvas.read()
    canvas.around_draw = None
    canvas.look([moved])
    stage.draw()
    # Culling and the image in the water had the earlier eye; solid things must be where the later one sees them.
    off = np.abs(late_picture[75:, 60:92].astype(int) - canvas.read()[75:, 60:92])
    assert off.max() <= 4
    assert off.mean() < 0.2


def test_warming_draws_every_canvas_without_its_driver(stage: Stage) -> None:
    furnish(stage, box((-0.5, 3.0, 1.0), (0.5, 4.0, 2.2), (1.0, 0.1, 0.1)))
    canvases = [stage.open(Surface("buffer", (160, 120), samples=0)), stage.open(Surface("buffer", (320, 120), "two_pass", 0))]
    asked: list[int] = []

    def around(draw: Callable[[], None]) -> None:
        asked.append(1)
        draw()

    canvases[1].around_draw = around
    before = stage.frames
    stage.warm()
    assert stage.frames == before + 1
    assert not asked, "no driver has begun a frame yet"
    assert all(canvas.read().std() > 5 for canvas in canvases)
    assert canvases[1].around_draw is around
    stage.draw()
    assert asked == [1]


def test_around_draw_surrounds_both_eyes_once(stage: Stage) -> None:
    furnish(stage)
    for stereo in STEREO:
        canvas = stage.open(Surface("buffer", (320, 120), stereo))
        calls: list[int] = []

        def around(draw: Callable[[], None], calls: list[int] = calls) -> None:
            calls.append(1)
            draw()

        canvas.around_draw = around
        canvas.look(eyes(HEAD))
        stage.draw()
        assert calls == [1]
        left, right = np.hsplit(canvas.read().astype(int), 2)
        assert left.mean() > 5
        assert right.mean() > 5
        canvas.close()


def test_an_error_in_around_draw_comes_out_of_draw(stage: Stage) -> None:
    canvas = stage.open(Surface("buffer", (64, 48)))

    def fail(draw: Callable[[], None]) -> None:
        raise OSError("the headset is gone")

    canvas.around_draw = fail
    canvas.look([HEAD])
    with pytest.raises(OSError, match="headset is gone"):
        stage.draw()
    canvas.around_draw = None
    stage.draw()


def test_the_first_picture_is_as_smooth_as_the_second(stage: Stage) -> None:
    furnish(stage, box((-0.5, -0.5, 0.2), (0.5, 0.5, 1.2)), forest())
    canvas = stage.open(Surface("buffer", (160, 120), samples=4))
    canvas.look([HEAD])
    stage.draw()
    first = canvas.read()
    stage.draw()
    assert furthest(first, canvas.read()) <= 1


@pytest.mark.parametrize("srgb", [True, False])
def test_a_grey_card_keeps_its_grey(stage: Stage, srgb: bool) -> None:
    node = p3d.GeomNode("card")
    node.add_geom(quad(10, 10))
    card = stage.root.attach_new_node(node)
    card.set_shader(program("card"))
    card.set_shader_input("base", p3d.LVecBase4f(1))
    for grey in (10, 118, 188, 250):
        card.set_shader_input("colour_map", colour_texture("grey", np.full((4, 4, 4), (grey, grey, grey, 255), np.uint8)))
        assert furthest(picture(stage, HEAD, srgb=srgb), np.full((120, 160, 3), grey, np.uint8)) <= 1


def test_a_picture_without_srgb_is_the_one_with_it(stage: Stage) -> None:
    furnish(stage, box((-0.5, -0.5, 0.2), (0.5, 0.5, 1.2), (0.8, 0.2, 0.1)), forest())
    left, right = eyes(HEAD)
    for stereo in STEREO:
        wished, got = (picture(stage, left, right, stereo=stereo, samples=0, srgb=srgb).astype(int) for srgb in (True, False))
        off = np.abs(wished - got).max(-1)
        # Water is blended with what lies beneath it.
        assert off[:50].max() <= 2
        assert np.median(off) <= 1
        assert off.mean() < 3
    smooth = np.abs(picture(stage, left).astype(int) - picture(stage, left, srgb=False))
    assert (smooth > 4).mean() < 0.05


def test_a_thing_throws_a_shadow_away_from_the_sun(stage: Stage) -> None:
    furnish(stage, box((-0.2, -0.2, 0.2), (0.2, 0.2, 1.4)))
    above = View((0, 0, 9), (np.sqrt(0.5), -np.sqrt(0.5), 0, 0), (-0.4, 0.4, -0.3, 0.3))
    ground = picture(stage, above, size=(320, 240)).astype(int).sum(-1)

    def at(x: float, y: float) -> int:
        return int(ground[int(120 - y / 8.8 / 0.3 * 120), int(160 + x / 8.8 / 0.4 * 160)])

    # The sun stands at bearing 300 degrees (north-west by west), so the shadow points to bearing 120.
    assert at(0.87, -0.5) < 0.6 * at(-0.87, 0.5)
    assert at(0.87, -0.5) < 0.6 * at(2.6, -1.5)


def test_the_water_mirrors_what_stands_over_it(stage: Stage) -> None:
    furnish(stage, box((-1, 30, 0), (1, 31, 6), (1.0, 0.05, 0.05)))
    pixels = picture(stage, look((0.0, 4.0, 1.5), fov_deg=50, aspect=4 / 3), size=(320, 240)).astype(int)
    red = (pixels[..., 0] - pixels[..., 1] > 25).sum(1)
    above, below = red[:130], red[134:]
    assert above.sum() > 300
    assert below.sum() > 100


def test_ice_stands_still(stage: Stage) -> None:
    light = furnish(stage, frozen=True)
    ahead = look((0.0, 4.0, 1.5), fov_deg=60, aspect=4 / 3)
    one = picture(stage, ahead)
    light.set_time(5.0)
    assert furthest(one[65:], picture(stage, ahead)[65:]) <= 1


def test_the_sun_glitters_on_water_until_a_crest_hides_it_and_never_on_ice(stage: Stage) -> None:
    towards = look((0.0, 4.0, 1.5), (np.cos(np.radians(30)), 0, 0, np.sin(np.radians(30))), fov_deg=60, aspect=4 / 3)
    light = furnish(stage, sun=8.0)

    def brightest(stage: Stage) -> float:
        return float(np.sort(picture(stage, towards)[70:].min(-1), axis=None)[-100:].mean())

    glittering = brightest(stage)
    light.set_horizon(np.full((1, 1, 3), (np.tan(np.radians(9.0)), 1 / 3000.0, 0.0), np.float32), 1e4)
    hidden = brightest(stage)
    winter = Stage()
    furnish(winter, sun=8.0, frozen=True)
    frozen = brightest(winter)
    winter.close()
    assert 215 < glittering < 250, "bright, but not burnt to white"
    assert hidden < 225
    assert frozen < 225


def test_a_surface_can_be_resized(stage: Stage) -> None:
    furnish(stage)
    canvas = stage.open(Surface("buffer", (160, 120)))
    canvas.look([HEAD])
    stage.draw()
    canvas.output.set_size(200, 100)
    canvas.look([HEAD])
    stage.draw()
    assert canvas.size == (200, 100)
    assert canvas.read().shape == (100, 200, 3)


def test_a_ray_meets_what_the_world_says(stage: Stage) -> None:
    assert stage.touch((0, 0, 1), (0, 1, 0), 5.0) == 5.0
    stage.scene_from_person = p3d.LMatrix4f.translate_mat(1, 2, 3)
    met: list[tuple[float, ...]] = []

    def solid(start: object, along: object, limit: float) -> float:
        met.append(tuple(start))  # type: ignore[arg-type]
        return limit / 2

    stage.solid = solid
    assert stage.touch((0, 0, 1), (0, 1, 0), 5.0) == 2.5
    assert met == [(1, 2, 4)]


def test_the_wrong_number_of_views_is_refused(stage: Stage) -> None:
    canvas = stage.open(Surface("buffer", (64, 48), "two_pass"))
    with pytest.raises(ValueError, match="2 views"):
        canvas.look([HEAD])


def test_closing_twice_does_nothing(stage: Stage) -> None:
    canvas = stage.open(Surface("buffer", (64, 48)))
    canvas.close()
    canvas.close()
    stage.draw()


def test_without_a_display_a_window_is_refused_with_a_remedy(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    with pytest.raises(DriverError, match="xvfb-run"):
        stage.open(Surface("window", (64, 48)))


def test_what_one_stage_shows_outlives_another(stage: Stage) -> None:
    furnish(stage, box((-0.5, -0.5, 0.2), (0.5, 0.5, 1.2)), forest())
    canvas = stage.open(Surface("buffer", (160, 120)))
    canvas.look([HEAD])
    other = Stage()
    furnish(other, forest())
    picture(other, HEAD)
    stage.draw()
    before = canvas.read()
    other.close()
    stage.draw()
    assert furthest(before, canvas.read()) <= 1


REOPEN = """
import ctypes, gc, os, sys
from tests.view.test_stage import *
kind = sys.argv[1]
def used():
    gc.collect(); ctypes.CDLL("libc.so.6").malloc_trim(0)  # else the allocator keeps room for a few shadow maps
    return int(open("/proc/self/statm").read().split()[1]) * 4, len(os.listdir("/proc/self/fd"))
def once():
    stage = Stage(); canvas = stage.open(Surface(kind, (160, 120))); furnish(stage); canvas.look([HEAD])
    stage.draw(); stage.draw(); assert canvas.read().mean() > 10; assert canvas.read().shape == (120, 160, 3); stage.close()
for _ in range(8): once()
memory, handles = used()
for _ in range(12): once()
after, handles_after = used()
print(after - memory, "kB more;", handles_after - handles, "handles more")
# Even so, room for one or two shadow maps (16 MB each) may be kept; twelve stages lost would hold twenty-four.
assert handles_after == handles and after - memory < 40_000
"""


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["buffer", "window"])
def test_stages_can_be_opened_and_closed_in_one_process_without_end(kind: str) -> None:
    command = [sys.executable, "-c", REOPEN, kind]
    environment = os.environ | {"PYTHONPATH": str(Path.cwd())}
    if kind == "window":
        if not (shutil.which("xvfb-run") and shutil.which("xauth")):
            pytest.skip("needs xvfb-run and xauth")
        command = ["xvfb-run", "-a", "-s", "-screen 0 1024x768x24", *command]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_two_stages_live_side_by_side(stage: Stage) -> None:
    other = Stage()
    furnish(stage)
    furnish(other, box((-0.5, -0.5, 0.2), (0.5, 0.5, 1.2), (1.0, 0.0, 0.0)))
    plain, red = picture(stage, HEAD), picture(other, HEAD)
    assert furthest(plain, red) > 60
    assert furthest(plain, picture(stage, HEAD)) <= 1
    other.close()
    gc.collect()
    assert furthest(plain, picture(stage, HEAD)) <= 1


__all__ = ["HEAD", "Stage", "Surface", "box", "eyes", "forest", "furnish", "np", "picture"]
