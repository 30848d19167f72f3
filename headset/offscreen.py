"""A device for tests and pictures: it draws into a buffer, in a time of its own that runs as fast as it is asked to.

driver = Offscreen((1280, 720), views=[view], duration=2.0)
driver.open(stage)
while frame := driver.wait(): ...
driver.picture()
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import floor, radians, tan

import numpy as np
from numpy.typing import NDArray

from headset.driver import Canvas, Consent, Device, DriverError, Frame, Panel, Stage, Stereo, Surface, View
from headset.held import play
from headset.inputs import TICKS_PER_SECOND, Input, Person, Side
from headset.profile import Profile

Script = Callable[[Frame], Sequence[Input]]


def look(
    position: Sequence[float],
    orientation: Sequence[float] = (1.0, 0.0, 0.0, 0.0),
    fov_deg: float = 75.0,
    aspect: float = 16 / 9,
) -> View:
    """One eye whose picture is `fov_deg` wide and `aspect` times as wide as high."""
    across = tan(radians(fov_deg) / 2)
    x, y, z = position
    w, i, j, k = orientation
    return View((x, y, z), (w, i, j, k), (-across, across, -across / aspect, across / aspect))


def eyes(head: View, apart: float = 0.063) -> tuple[View, View]:
    """The left and the right eye of a head, `apart` metres from each other."""
    w, x, y, z = head.orientation
    right = (1 - 2 * (y * y + z * z), 2 * (x * y + w * z), 2 * (x * z - w * y))
    px, py, pz = head.position
    left, other = (
        View((px + s * right[0], py + s * right[1], pz + s * right[2]), head.orientation, head.fov)
        for s in (-apart / 2, apart / 2)
    )
    return left, other


class Offscreen:
    """Draws pictures of `size` (both eyes together) in virtual time.

    `script` gives what comes in with each frame. The eyes are `views`, or those of the head that the script moves, or a still
    head at the stage's eye height. With a `profile` they are as that headset's, and each eye's picture has its shape within
    `size`. `duration` in seconds is how long it lasts; None: for ever.
    """

    def __init__(
        self,
        size: tuple[int, int] = (960, 540),
        *,
        stereo: Stereo = "mono",
        samples: int = 4,
        refresh_hz: float = 90.0,
        fov_deg: float = 75.0,
        views: Sequence[View] | None = None,
        script: Script | None = None,
        duration: float | None = None,
        profile: Profile | None = None,
        wanted: Callable[[int], bool] | None = None,
    ) -> None:
        if profile is not None:
            size, refresh_hz = profile.picture(size, stereo != "mono"), profile.refresh_hz[0]
        self._surface = Surface("buffer", size, stereo, samples, title="offscreen")
        self._refresh, self._fov, self._profile = refresh_hz, fov_deg, profile
        self._views = views
        self._script = script
        self._duration = duration
        self.wanted = wanted
        """Says of a tick whether its picture is wanted; None: all are."""
        self._head: View | None = None
        self._frames = 0
        self._canvas: Canvas | None = None
        self._eye_height = 1.6
        self.felt: list[tuple[Side, float, float]] = []
        """Every haptic pulse: side, amplitude, seconds."""

    @property
    def device(self) -> Device:
        """What it is."""
        count = 1 if self._surface.stereo == "mono" else 2
        width, height = self._surface.size
        name = "offscreen" if self._profile is None else f"{self._profile.name} offscreen"
        return Device("offscreen", name, (width // count, height), count, self._refresh, frozenset({"hands", "haptics"}))

    def open(self, stage: Stage) -> None:
        """Open a buffer on the stage."""
        self._eye_height = stage.eye_height
        self._canvas = stage.open(self._surface)
        play(stage, self._profile)

    def wait(self) -> Frame | None:
        """The next frame, at once; None when the duration is over."""
        time = self._frames / self._refresh
        if self._duration is not None and time >= self._duration:
            return None
        self._frames += 1
        # Display times such as 0.29 s are a hair below their tick in binary.
        tick = floor(time * TICKS_PER_SECOND + 1e-6)
        return Frame(tick, time, draw=self.wanted is None or self.wanted(tick))

    def inputs(self, frame: Frame) -> Sequence[Input]:
        """What the script says."""
        given = self._script(frame) if self._script is not None else ()
        for one in given:
            if isinstance(one, Person) and one.head is not None and one.id == "participant":
                self._head = self._look(one.head.metres, one.head.quaternion)
        return given

    def render(self, frame: Frame, stage: Stage) -> None:
        """Draw the stage."""
        if not frame.draw:
            return
        self._open_canvas.look(self.views())
        stage.draw()

    def views(self) -> Sequence[View]:
        """The eyes as they are now."""
        if self._views is not None:
            return self._views
        head = self._head or self._look((0.0, 0.0, self._eye_height), (1.0, 0.0, 0.0, 0.0))
        if self._profile is None:
            return (head,) if self._surface.stereo == "mono" else eyes(head)
        width, height = self.device.resolution
        where = (head.position, head.orientation, width / height)
        return (self._profile.view(*where),) if self._surface.stereo == "mono" else self._profile.views(*where)

    def picture(self) -> NDArray[np.uint8]:
        """The last picture drawn: height x width x 3, top row first, sRGB."""
        return self._open_canvas.read()

    def panels(self, panels: Sequence[Panel]) -> bool:
        """The view draws them."""
        return False

    def allow(self, consents: frozenset[Consent]) -> None:
        """It measures neither gaze nor joints."""

    def haptic(self, side: Side, amplitude: float, seconds: float) -> None:
        """Remember the pulse."""
        self.felt.append((side, amplitude, seconds))

    def close(self) -> None:
        """Give the buffer back."""
        if self._canvas is not None:
            self._canvas.close()
            self._canvas = None

    @property
    def _open_canvas(self) -> Canvas:
        if self._canvas is None:
            raise DriverError("the offscreen device is closed: call open(stage) first")
        return self._canvas

    def _look(self, position: Sequence[float], orientation: Sequence[float]) -> View:
        width, height = self.device.resolution
        return look(position, orientation, self._fov, width / height)
