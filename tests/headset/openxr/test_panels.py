"""Panels as layers: what is sent when, what is shown, and what is left to the view."""

from __future__ import annotations

import ctypes
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import xr
from numpy.typing import NDArray

from headset.driver import Panel
from headset.openxr import panels as module
from headset.openxr.axes import orientation_of, position_of
from headset.openxr.panels import Panels

AHEAD = (1.0, 0.0, 0.0, 0.0)
LEFTWARD = (math.sqrt(0.5), 0.0, 0.0, math.sqrt(0.5))
"""A quarter turn to the left: read along -x."""

Pixels = NDArray[np.uint8]


class Runtime:
    """Swapchains that remember what was sent to them."""

    def __init__(self) -> None:
        self.made: list[Images] = []
        self.ready = True
        self.trouble: Exception | None = None

    def images(self, _session: Any, size: tuple[int, int], *_: Any, still: bool) -> Images:
        if self.trouble is not None:
            raise self.trouble
        self.made.append(Images(self, size, still))
        return self.made[-1]

    @property
    def sent(self) -> list[int]:
        """How many pictures went to each."""
        return [len(images.sent) for images in self.made]


class Images:
    """One of them, which is its own Gl."""

    def __init__(self, runtime: Runtime, size: tuple[int, int], still: bool) -> None:
        self.runtime, self.size, self.still = runtime, size, still
        self.handle, self.textures, self.index = xr.Swapchain(), [7], 0
        self.gl = self
        self.sent: list[Pixels] = []
        self.released = 0
        self.open = True

    def acquire(self) -> bool:
        assert not (self.still and self.sent), "a static image is acquired once"
        return self.runtime.ready

    def upload(self, _texture: int, pixels: Pixels) -> None:
        self.sent.append(pixels)

    def release(self) -> None:
        self.released += 1

    def close(self) -> None:
        assert self.open
        self.open = False


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Runtime:
    made_up = Runtime()
    monkeypatch.setattr(module, "Images", made_up.images)
    return made_up


@pytest.fixture
def panels(runtime: Runtime) -> Panels:
    graphics: Any = None
    return Panels(None, xr.Space(), graphics, most=3, largest=(100, 80), curved=True)


def panel(name: str = "one", pixels: Pixels | None = None, **changes: Any) -> Panel:
    picture = np.zeros((8, 16, 4), np.uint8) if pixels is None else pixels
    return Panel(
        **{"name": name, "pixels": picture, "size": (0.4, 0.2), "position": (1, 2, 1.5), "orientation": AHEAD, **changes}
    )


def layers(panels: Panels, floor: float = 0.0) -> list[Any]:
    kinds = {
        xr.StructureType.COMPOSITION_LAYER_QUAD: xr.CompositionLayerQuad,
        xr.StructureType.COMPOSITION_LAYER_CYLINDER_KHR: xr.CompositionLayerCylinderKHR,
    }
    found = []
    for pointer in panels.pointers(floor):
        kind = kinds[pointer.contents.type]
        found.append(ctypes.cast(pointer, ctypes.POINTER(kind)).contents)
    return found


def test_a_picture_is_sent_once_bottom_row_first_and_again_only_as_another_array(runtime: Runtime, panels: Panels) -> None:
    pixels = np.arange(8 * 16 * 4, dtype=np.uint8).reshape(8, 16, 4)
    for step in range(3):
        assert panels.show([panel(pixels=pixels, position=(float(step), 2.0, 1.5))])
        panels.update()
    assert runtime.sent == [1]
    assert (runtime.made[0].sent[0] == pixels[::-1]).all()
    assert runtime.made[0].still
    assert position_of(layers(panels)[0].pose) == (2.0, 2.0, 1.5)


def test_a_panel_that_changes_gets_images_that_can(runtime: Runtime, panels: Panels) -> None:
    for _ in range(4):
        panels.show([panel(pixels=np.zeros((8, 16, 4), np.uint8))])
        panels.update()
    assert runtime.sent == [1, 3]
    assert [(images.still, images.open) for images in runtime.made] == [(True, False), (False, True)]
    panels.show([panel(pixels=np.zeros((9, 16, 4), np.uint8))])
    panels.update()
    assert [(images.still, images.open, images.size) for images in runtime.made[1:]] == [
        (False, False, (16, 8)),
        (False, True, (16, 9)),
    ]


def test_what_is_not_shown_any_more_is_given_back(runtime: Runtime, panels: Panels) -> None:
    stays = panel("two")
    panels.show([panel("one"), stays])
    panels.update()
    panels.show([stays])
    assert len(layers(panels)) == 1
    panels.update()
    assert [images.open for images in runtime.made] == [False, True]
    panels.close()
    panels.close()
    assert not any(images.open for images in runtime.made)


def test_a_picture_that_cannot_be_sent_yet_is_shown_later(runtime: Runtime, panels: Panels) -> None:
    runtime.ready = False
    panels.show([panel()])
    panels.update()
    assert layers(panels) == []
    assert runtime.made[0].released == 0
    runtime.ready = True
    panels.update()
    assert len(layers(panels)) == 1
    assert runtime.sent == [1]


def test_they_come_from_the_back_to_the_front_with_premultiplied_alpha(panels: Panels) -> None:
    panels.show([panel("back", size=(1.0, 1.0)), panel("front", size=(0.5, 0.25))])
    panels.update()
    back, front = layers(panels, floor=1.2)
    assert (back.size.width, front.size.width, front.size.height) == (1.0, 0.5, 0.25)
    assert position_of(front.pose, 1.2) == pytest.approx((1, 2, 1.5))
    flags = xr.CompositionLayerFlags
    assert front._layer_flags == flags.BLEND_TEXTURE_SOURCE_ALPHA_BIT.value
    extent = front.sub_image.image_rect.extent
    assert (extent.width, extent.height) == (16, 8)


@pytest.mark.parametrize("radius", [0.0, 2.0])
def test_a_panel_that_is_moved_lies_elsewhere_and_goes_with_the_floor(panels: Panels, radius: float) -> None:
    one = panel(radius=radius, orientation=LEFTWARD)
    other = replace(one, position=(1.0, 2.5, 1.75))
    found = []
    for shown, floor in ((one, 0.0), (other, 0.0), (other, 1.25), (one, 1.25)):
        panels.show([shown])
        panels.update()
        (layer,) = layers(panels, floor)
        assert layers(panels, floor)[0].pose.position.y == layer.pose.position.y, "asked again it lies where it lay"
        found.append(position_of(layer.pose))
    first = found[0]
    moved = [tuple(b - a for a, b in zip(first, at, strict=True)) for at in found]
    assert moved == [pytest.approx(by) for by in ((0, 0, 0), (0, 0.5, 0.25), (0, 0.5, -1.0), (0, 0, -1.25))]


def test_a_curved_panel_lies_on_a_cylinder_about_the_one_who_reads_it(panels: Panels) -> None:
    panels.show([panel(radius=2.0, size=(1.0, 0.5), orientation=LEFTWARD)])
    panels.update()
    layer = layers(panels)[0]
    # Read along -x: the axis is two metres towards +x.
    assert position_of(layer.pose) == pytest.approx((3, 2, 1.5))
    assert orientation_of(layer.pose) == pytest.approx(LEFTWARD)
    assert (layer.radius, layer.central_angle, layer.aspect_ratio) == (2.0, 0.5, 2.0)


@pytest.mark.parametrize(
    "wanted",
    [
        [panel(str(number)) for number in range(4)],
        [panel("same"), panel("same")],
        [panel(pixels=np.zeros((8, 101, 4), np.uint8))],
        [panel(pixels=np.zeros((81, 8, 4), np.uint8))],
        [panel(radius=0.06)],
    ],
    ids=["more than there are layers", "two of one name", "too wide", "too high", "further round than round"],
)
def test_what_cannot_all_be_shown_is_left_to_the_view(panels: Panels, runtime: Runtime, wanted: list[Panel]) -> None:
    assert panels.show([panel("before")])
    panels.update()
    assert not panels.show(wanted)
    assert layers(panels) == []
    panels.update()
    assert not runtime.made[0].open


def test_without_cylinders_curved_panels_are_left_to_the_view(runtime: Runtime) -> None:
    graphics: Any = None
    flat = Panels(None, xr.Space(), graphics, most=3, largest=(100, 80), curved=False)
    assert flat.show([panel()])
    assert not flat.show([panel(), panel("curved", radius=1.0)])


def test_a_runtime_that_refuses_one_is_asked_no_more(runtime: Runtime, panels: Panels) -> None:
    runtime.trouble = xr.exception.LimitReachedError("xrCreateSwapchain")
    assert panels.show([panel()])
    panels.update()
    assert layers(panels) == []
    runtime.trouble = None
    assert not panels.show([panel()])


def test_a_runtime_that_is_gone_is_gone(runtime: Runtime, panels: Panels) -> None:
    runtime.trouble = xr.exception.InstanceLostError("xrCreateSwapchain")
    panels.show([panel()])
    with pytest.raises(xr.exception.InstanceLostError):
        panels.update()
