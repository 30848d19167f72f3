"""The headset contract, whole: what a driver is, and what it draws on.

A driver is a headset, a window, a picture-taker or a recording. The host runs every one of them with the same four lines:

    frame = driver.wait()
    events = session.step(frame.tick, driver.inputs(frame))
    view.update(frame.display_time)
    driver.render(frame, stage)

A driver shows and senses; it never decides. It imports nothing from the engine: what it draws on is the `Stage` protocol
below, which `engine.view.stage` fulfils. Poses it hands out are quantised (`headset.inputs`); poses it draws with are as exact
as the device is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from headset.inputs import Command, Input, Side

Stereo = Literal["mono", "two_pass", "single_pass"]
Ability = Literal["window", "hands", "joints", "gaze", "haptics", "panels", "real_time"]
Consent = Literal["gaze", "joints"]
"""What a device measures only of a person who allows it."""
Held = Literal["", "stick", "wand", "simple"]
"""What a hand holds: nothing, a controller with a thumbstick, a wand with a trackpad, or a controller of another kind."""


class DriverError(Exception):
    """A device cannot be used. The message says in one sentence what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Device:
    """What a device is and can do."""

    driver: str
    """The driver's name: `openxr`, `window`, `offscreen`, `replay`."""
    name: str
    """What the device calls itself, for the log and for people."""
    resolution: tuple[int, int]
    """Width and height of one view in pixels."""
    views: int
    """1 or 2 eyes."""
    refresh_hz: float
    """Frames a second the device asks for."""
    abilities: frozenset[Ability] = frozenset()
    bounds: tuple[float, float] | None = None
    """Metres across and ahead that are free around the middle of the room; None if the device does not know its room."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One turn of the loop."""

    tick: int
    """The session tick (10 ms each, from 0) that this frame shows; it never falls."""
    display_time: float
    """Seconds since tick 0 at which the frame's light reaches the eye; may lie between two ticks."""
    draw: bool = True
    """False while nobody can see the picture: the session goes on, nothing is rendered."""


@dataclass(frozen=True, slots=True)
class View:
    """One eye: where it is in the person's own space (metres; quaternion w, x, y, z; looks along +y, z up) and what it sees.

    `fov` holds the tangents of the half-angles left, right, down, up; left and down are negative for an eye that looks ahead.
    """

    position: tuple[float, float, float]
    orientation: tuple[float, float, float, float]
    fov: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """A card with text or pictures before the person, over everything else.

    `pixels` is height x width x 4, sRGB with premultiplied alpha, top row first; the same array is the same picture, so that it
    is sent once. `size` is its width (along the arc, if it is curved) and height in metres. `position` and `orientation` are its
    middle in the person's own space, where it is read by eyes that look along its +y with z up. `radius` is that of the upright
    cylinder it lies on, seen from within; 0 for a flat one.
    """

    name: str
    pixels: NDArray[np.uint8]
    size: tuple[float, float]
    position: tuple[float, float, float]
    orientation: tuple[float, float, float, float]
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Surface:
    """A thing to draw on, as a driver asks for it. With two views, `size` is that of both side by side."""

    kind: Literal["window", "buffer"]
    size: tuple[int, int]
    stereo: Stereo = "mono"
    samples: int = 4
    title: str = "Abaton"
    full_screen: bool = False
    beside: bool = False
    """Whether a window may go while all else stays. It must be opened first."""
    scene: bool = True
    """Whether the scene is drawn on it; else only what the driver draws there itself."""


class Canvas(Protocol):
    """An open surface."""

    output: Any
    """The Panda3D GraphicsOutput behind it, for what only a driver knows (window events, framebuffer names)."""
    around_draw: Callable[[Callable[[], None]], None] | None
    """Called in place of the drawing, in the draw with the GL context current, with the function that draws; None draws plainly.
    An exception that it raises comes out of `Stage.draw`."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels now."""

    def look(self, views: Sequence[View]) -> None:
        """Set the eyes: one view for mono, else two. May be called again from `around_draw`: those matrices are the ones
        drawn."""

    def use(self, width: int, height: int) -> None:
        """Draw only in the lower left of that size, in pixels, from the next frame on; with two views, that of both side by
        side."""

    def hide(self, hidden: Sequence[Sequence[tuple[float, float]]]) -> None:
        """Draw nothing, from the next frame on, where each eye's triangles lie: three corners each, as tangents to the right and
        up."""

    def read(self) -> NDArray[np.uint8]:
        """The last picture drawn, height x width x 3, top row first, sRGB. Slow: for pictures and tests."""

    def close(self) -> None:
        """Give the surface back; a second call does nothing."""


class Stage(Protocol):
    """What a driver draws on: the whole of the engine that it can see."""

    @property
    def eye_height(self) -> float:
        """Metres from the floor to the eyes of a person as the scene starts (seated or standing), for devices that cannot
        measure it."""

    @property
    def single_pass(self) -> bool:
        """Whether `single_pass` stereo can be drawn, and is the quicker way, on this GL."""

    @property
    def near(self) -> float:
        """Metres to the nearest thing that is drawn. The projection has no far end: what is d metres ahead has the depth
        1 - near / d."""

    def open(self, surface: Surface) -> Canvas:
        """Open a surface; raises DriverError if the machine cannot."""

    def draw(self) -> None:
        """Draw one frame on every open canvas."""

    def hold(self, side: Side, held: Held, lean: float) -> None:
        """Draw in a hand what it holds, from now on. `lean` is how many degrees the tube of the fist leans up from the +y of its
        grip: 0 by OpenXR's definition (1.1, section 6.3.2: -z along the tube, in our axes +y), 90 for a hand whose knuckles look
        along +y, which a stage takes hands for until it is told."""

    def touch(self, position: Sequence[float], direction: Sequence[float], limit: float) -> float:
        """Metres from `position` along the unit vector `direction` (person's own space) to the first thing, at most `limit`."""


class Driver(Protocol):
    """A device. Its methods are called from one thread, in the order of the four lines above."""

    @property
    def device(self) -> Device:
        """What it is; known after `open`."""

    def open(self, stage: Stage) -> None:
        """Take the device; raises DriverError if it cannot be had."""

    def wait(self) -> Frame | None:
        """Block until the next frame is due; None once the device is gone for good (a window closed, a recording at its end)."""

    def inputs(self, frame: Frame) -> Sequence[Input]:
        """What came in since the last frame, oldest first."""

    def render(self, frame: Frame, stage: Stage) -> None:
        """Draw the stage with the newest poses and show it."""

    def panels(self, panels: Sequence[Panel]) -> bool:
        """Show these, the last one in front, from the next `render` on. False if the device cannot show all of them itself: the
        view then draws them in the scene."""

    def allow(self, consents: frozenset[Consent]) -> None:
        """Measure what the person has consented to, and nothing of the rest from now on."""

    def haptic(self, side: Side, amplitude: float, seconds: float) -> None:
        """Let one hand feel a pulse of `amplitude` 0–1, where 0 ends what it feels; without haptics nothing happens."""

    def close(self) -> None:
        """Give the device back; a second call does nothing."""


@runtime_checkable
class Recentres(Protocol):
    """A driver that can make ahead where the person looks now, when they ask for it on a panel."""

    def recentre(self) -> None:
        """Make it so from the next inputs on."""


@runtime_checkable
class Hears(Protocol):
    """A driver that itself shows whether the session stands still, or has a key that lets it go on."""

    def hear(self, command: Command) -> None:
        """Someone paused or resumed the session, not by this device."""
