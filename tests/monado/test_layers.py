"""What goes to the runtime beside the eyes' pictures: panels, depth, what is hidden, how often and how large."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Generator, Iterator
from typing import Any

import numpy as np
import panda3d.core as p3d
import pytest
from numpy.typing import NDArray
from PIL import Image

from engine.view.render.shaders import program
from engine.view.stage import Stage
from headset.driver import Panel
from headset.openxr.axes import view_of
from headset.openxr.gl import FRAMEBUFFER, READ_FRAMEBUFFER
from headset.openxr.instance import OPTIONAL, WITHOUT
from headset.openxr.resolution import STEPS
from tests.monado.remote import Controller, Head, Pose, Remote
from tests.monado.screen import COMPOSITED, Screen
from tests.monado.service import Service
from tests.monado.visit import Nothing, Script, Visit, take_picture, visit

pytestmark = [pytest.mark.monado, pytest.mark.gl]

AHEAD = (1.0, 0.0, 0.0, 0.0)
HEAD = Head(Pose((0.0, 1.2, 0.0)))
AWAY = Controller(active=False)
RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)
Floats = NDArray[np.float32]


def picture(colour: tuple[int, int, int], alpha: int = 255) -> NDArray[np.uint8]:
    """One colour, with white in the upper left corner."""
    pixels = np.empty((32, 64, 4), np.uint8)
    pixels[:] = (*colour, alpha)
    pixels[:8, :8] = 255
    return pixels


def where(eye: NDArray[np.uint8], colour: tuple[int, int, int]) -> tuple[float, float, float, float] | None:
    """The box of a colour in a picture, as tangents of Monado's view left, right, down, up; None if it is nowhere."""
    found = np.abs(eye.astype(int) - colour).max(axis=2) < 60
    if not found.any():
        return None
    rows, columns = np.nonzero(found)
    height, width = found.shape
    across, upward = np.tan(0.7417649), np.tan(0.7787636)
    low, high = (np.array([columns.min(), columns.max() + 1]) / width * 2 - 1) * across
    top, bottom = (1 - np.array([rows.min(), rows.max() + 1]) / height * 2) * upward
    return float(low), float(high), float(bottom), float(top)


@pytest.fixture
def screen() -> Iterator[tuple[Screen, Remote]]:
    """Monado's own compositor on a screen that can be read."""
    with Screen() as shown, Service(COMPOSITED), Remote() as remote:
        remote.reset()
        remote.head(HEAD)
        remote.controllers(AWAY, AWAY)
        yield shown, remote


@pytest.mark.slow
def test_panels_are_composited_where_they_must_be_in_both_eyes(screen: tuple[Screen, Remote]) -> None:
    shown = screen[0]
    flat = Panel("flat", picture(RED), (0.4, 0.2), (-0.3, 1.0, 1.3), AHEAD)
    curved = Panel("curved", picture(BLUE), (0.6, 0.2), (0.2, 1.0, 0.9), AHEAD, radius=0.5)

    def script(visiting: Visit) -> Script:
        driver = visiting.driver
        yield from visiting.until(lambda: "focused" in visiting.links())
        assert driver.panels([flat, curved])
        yield from visiting.until(lambda: where(shown.eyes()[1], BLUE) is not None)
        yield from visiting.drawn_frames_pass(3)
        for eye, aside in zip(shown.eyes(), (-0.0315, 0.0315), strict=True):
            # A pixel is 0.004 wide and high.
            assert where(eye, RED) == pytest.approx((-0.5 - aside, -0.1 - aside, 0.0, 0.2), abs=0.015)
            # Its arc of 0.6 m about an axis half a metre ahead: its ends are nearer than its middle, and seen larger.
            end = 0.5 + 0.5 * np.cos(0.6)
            across = (0.2 - aside - 0.5 * np.sin(0.6)) / end, (0.2 - aside + 0.5 * np.sin(0.6)) / end
            assert where(eye, BLUE) == pytest.approx((*across, -0.4 / end, -0.2), abs=0.02)
        # The other way up, or from behind, white would be elsewhere.
        left, _, _, up = where(shown.eyes()[0], (255, 255, 255)) or (0, 0, 0, 0)
        assert (left, up) == pytest.approx((-0.4685, 0.2), abs=0.015)
        images = driver.life.panels._layers["flat"].images if driver.life else None
        assert images is not None
        assert images.still

        other = Panel("flat", picture(GREEN), (0.4, 0.2), (-0.3, 1.0, 1.3), AHEAD)
        assert driver.panels([other])
        yield from visiting.until(lambda: where(shown.eyes()[0], GREEN) is not None)
        yield from visiting.drawn_frames_pass(3)
        assert where(shown.eyes()[0], RED) is None
        assert where(shown.eyes()[0], BLUE) is None
        assert driver.panels([])
        yield from visiting.until(lambda: where(shown.eyes()[0], GREEN) is None)

    with visit(samples=0, drawn=False) as visiting:
        visiting.view = Nothing(visiting.stage)
        visiting.play(script(visiting))


def test_what_the_runtime_cannot_show_is_left_to_the_view(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(WITHOUT, "XR_KHR_composition_layer_cylinder")
    flat = Panel("flat", picture(RED), (0.4, 0.2), (0.0, 1.0, 1.3), AHEAD)
    curved = Panel("curved", picture(RED), (0.4, 0.2), (0.0, 1.0, 1.3), AHEAD, radius=1.0)
    huge = Panel("huge", np.zeros((1, 20_000, 4), np.uint8), (0.4, 0.2), (0.0, 1.0, 1.3), AHEAD)
    many = [Panel(str(number), flat.pixels, (0.1, 0.1), (0.0, 1.0, 1.3), AHEAD) for number in range(200)]
    with visit(samples=0, drawn=False) as visiting:
        panels = visiting.driver.panels
        assert [panels(wanted) for wanted in ([flat], [curved], [flat, huge], many, many[:63], [])] == [
            *(True, False, False),
            *(False, True, True),
        ]


def depth_of(visiting: Visit) -> Generator[None, None, Floats]:
    """The depth that the runtime gets with the next picture, 0–1, top row first."""
    life = visiting.driver.life
    assert life is not None
    assert life.depth is not None
    depth, taken = life.depth, list[Floats]()

    def copy() -> bool:
        shown = type(depth).copy(depth)
        if shown:
            taken.append(_read(depth))
        return shown

    depth.copy = copy  # type: ignore[method-assign]
    try:
        yield from visiting.until(lambda: bool(taken))
    finally:
        del depth.copy
    return taken[-1]


def _read(depth: Any) -> Floats:
    gl, (width, height) = depth.pictures.gl, depth.pictures.size
    read_pixels = ctypes.CFUNCTYPE(None, *[ctypes.c_int] * 6, ctypes.c_void_p)(depth.pictures.graphics.address(b"glReadPixels"))
    values = np.empty((height, width), np.float32)
    drawn = gl.bound_framebuffer()
    gl.bind_framebuffer(READ_FRAMEBUFFER, depth._framebuffers[depth.images.index])
    read_pixels(0, 0, width, height, 0x1902, 0x1406, values.ctypes.data)
    gl.bind_framebuffer(FRAMEBUFFER, drawn)
    return values[::-1]


def card(stage: Stage) -> p3d.NodePath:
    """A white card of 0.2 x 0.2 m, 0.7 m before the head and 0.1 m to the right."""
    return card_between(stage, (0.0, 0.2), (1.1, 1.3), ahead=0.7)


def card_between(stage: Stage, across: tuple[float, float], up: tuple[float, float], *, ahead: float) -> p3d.NodePath:
    """A white card so far ahead, in metres."""
    texture = p3d.Texture("white")
    texture.setup_2d_texture(1, 1, p3d.Texture.T_unsigned_byte, p3d.Texture.F_rgba)
    texture.set_ram_image(b"\xff" * 4)
    node = p3d.CardMaker("card")
    node.set_frame(*across, *up)
    path = stage.root.attach_new_node(node.generate())
    path.set_y(ahead)
    path.set_shader(program("card"))
    path.set_shader_input("colour_map", texture)
    path.set_shader_input("base", p3d.LVecBase4f(1, 1, 1, 1))
    return path


@pytest.mark.parametrize("stereo", ["two_pass", "single_pass"])
@pytest.mark.parametrize("samples", [0, 4])
def test_both_eyes_depth_says_how_far_a_thing_is(service: Service, remote: Remote, samples: int, stereo: str) -> None:
    def script(visiting: Visit) -> Script:
        yield from visiting.until(lambda: "focused" in visiting.links())
        remote.head(HEAD)
        yield from visiting.drawn_frames_pass(3)
        depth = yield from depth_of(visiting)
        life = visiting.driver.life
        assert life is not None
        assert life.depth is not None
        info = life.depth.infos[0]
        assert (info.min_depth, info.max_depth) == (0.0, 1.0)
        width, height = visiting.driver.device.resolution
        for eye, xr_view in enumerate(life.spaces.views):
            seen = view_of(xr_view)
            assert seen is not None
            left, right, down, up = seen.fov
            there = depth[:, eye * width : (eye + 1) * width]
            there = np.where((there > 1e-6) & (there < 1.0), there, np.nan)
            metres = info.near_z / (1.0 - there[~np.isnan(there)])
            assert metres == pytest.approx(np.full(metres.shape, 0.7), abs=0.001)
            rows, columns = np.nonzero(~np.isnan(there))
            x, z = 0.1 - seen.position[0], 1.2 - seen.position[2]
            assert columns.mean() == pytest.approx((x / 0.7 - left) / (right - left) * width, abs=1.6)
            assert rows.mean() == pytest.approx((up - z / 0.7) / (up - down) * height, abs=1.6)
            assert life.frames._eyes[eye].next is not None
            assert life.depth.infos[eye].sub_image.image_rect.offset.x == eye * width

    with visit(samples=samples, drawn=False, stereo=stereo) as visiting:
        visiting.view = Nothing(visiting.stage)
        card(visiting.stage)
        visiting.play(script(visiting))


@pytest.mark.slow
@pytest.mark.parametrize("stereo", ["two_pass", "single_pass"])
def test_hidden_corners_are_drawn_by_nobody(
    service: Service, remote: Remote, stereo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look() -> tuple[NDArray[np.uint8], Floats, int]:
        taken: list[tuple[NDArray[np.uint8], Floats]] = []

        def script(visiting: Visit) -> Script:
            yield from visiting.until(lambda: "focused" in visiting.links())
            remote.head(HEAD)
            remote.controllers(AWAY, AWAY)
            yield from visiting.drawn_frames_pass(3)
            shown = yield from take_picture(visiting)
            taken.append((shown, (yield from depth_of(visiting))))
            # The runtime says that the mask is another one: it is asked for it again.
            before = visiting.driver.canvas._hidden  # type: ignore[union-attr]
            visiting.driver._heed(visiting.driver.life, ("mask", 0))  # type: ignore[arg-type]
            assert len(visiting.driver.canvas._hidden) == len(before)  # type: ignore[union-attr]

        with visit(samples=0, still=True, stereo=stereo) as visiting:
            visiting.play(script(visiting))
            life = visiting.driver.life
            assert life is not None
            return (*taken[0], len(life.hidden()[0]))

    masked, depth, corners = look()
    assert corners >= 3
    monkeypatch.setenv(WITHOUT, "XR_KHR_visibility_mask")
    whole, _, none = look()
    assert none == 0
    height, width, _ = whole.shape
    hidden = depth < 1e-6
    for eye in (slice(0, width // 2), slice(width // 2, width)):
        share = hidden[:, eye].mean()
        assert 0.02 < share < 0.5
        corners_of_it = hidden[:, eye][[0, 0, -1, -1], [0, -1, 0, -1]]
        assert corners_of_it.all()
        assert not hidden[:, eye][height // 4 : -height // 4, width // 8 : -width // 8].any()
    assert (masked[hidden] == 0).all()
    assert (whole[hidden].max(axis=1) > 0).mean() > 0.9
    assert np.abs(masked[~hidden].astype(int) - whole[~hidden]).mean() < 0.5


@pytest.mark.slow
@pytest.mark.parametrize("stereo", ["two_pass", "single_pass"])
def test_missed_frames_make_the_picture_smaller_but_not_another_one(service: Service, remote: Remote, stereo: str) -> None:
    pictures: list[NDArray[np.uint8]] = []

    def script(visiting: Visit) -> Script:
        yield from visiting.until(lambda: "focused" in visiting.links())
        remote.head(HEAD)
        remote.controllers(AWAY, AWAY)
        yield from visiting.drawn_frames_pass(3)
        life = visiting.driver.life
        assert life is not None
        pictures.append((yield from take_picture(visiting)))
        life.frames._use((2 * 224, 168))
        yield from visiting.drawn_frames_pass(2)
        pictures.append((yield from take_picture(visiting)))
        assert [eye.sub_image.image_rect.offset.x for eye in life.frames._eyes] == [0, 224]
        assert life.depth is not None
        assert [info.sub_image.image_rect.extent.width for info in life.depth.infos] == [224, 224]

    with visit(samples=0, still=True, stereo=stereo) as visiting:
        assert visiting.driver.device.resolution == (320, 240)
        visiting.play(script(visiting))
    whole, part = pictures
    for eye in range(2):
        full = Image.fromarray(whole[:, eye * 320 : (eye + 1) * 320])
        small = part[240 - 168 :, eye * 224 : (eye + 1) * 224]
        wanted = np.asarray(full.resize((224, 168), Image.Resampling.BOX)).astype(int)
        moved = np.roll(wanted, 8, axis=1)
        apart, aside = (np.abs(other - small).mean() for other in (wanted, moved))
        assert apart < 6.0
        assert apart < 0.6 * aside


def test_the_frame_loop_shrinks_its_pictures_by_what_was_missed(service: Service) -> None:
    def script(visiting: Visit) -> Script:
        yield from visiting.until(lambda: "focused" in visiting.links())
        life = visiting.driver.life
        assert life is not None
        assert life.frames.resolution is not None
        for _ in range(10):
            life.frames.resolution.note(1)
        life.frames.resolution.note(1)
        yield from visiting.frames_pass(1)
        assert life.frames.resolution.share < 1.0
        assert life.frames.resolution.share in STEPS

    with visit(samples=0, drawn=False, adaptive=True) as visiting:
        visiting.play(script(visiting))


def test_the_display_says_how_often_it_is_lit(service: Service) -> None:
    with visit(samples=0, drawn=False) as visiting:
        visiting.play(visiting.until(lambda: "focused" in visiting.links()))
        life = visiting.driver.life
        assert life is not None
        assert life.refresh is not None
        assert visiting.driver.device.refresh_hz in life.refresh.rates()
        visiting.driver._heed(life, ("refresh", 72_000))
        assert visiting.driver.device.refresh_hz == 72.0


def test_a_runtime_with_no_extension_but_the_context_is_enough(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(WITHOUT, ",".join(name for name in OPTIONAL if name != "XR_MNDX_egl_enable"))
    with visit(samples=0, drawn=False) as visiting:
        visiting.view = Nothing(visiting.stage)
        visiting.play(visiting.drawn_frames_pass(3))
        life = visiting.driver.life
        assert life is not None
        assert life.instance.extensions == {"XR_KHR_opengl_enable", "XR_MNDX_egl_enable"}
        assert [life.depth, life.refresh, life.visibility] == [None, None, None]
        assert visiting.driver.device.refresh_hz > 0
        assert visiting.driver.panels([Panel("flat", picture(RED), (0.4, 0.2), (0.0, 1.0, 1.3), AHEAD)])
    assert os.environ[WITHOUT]
