"""The stage: what a driver draws on. It opens windows and buffers, keeps the scene's root, and draws a frame when told to.

It is `headset.driver.Stage`, made of Panda3D without ShowBase: no task manager, messenger, global clock or DirectGUI, so that
many stages live side by side in one process. Measured on Mesa llvmpipe (2 cores, Panda3D 1.10.16): a bare stage with a 320 x 240
picture at 4x MSAA, opened, drawn three times and closed 25 times in one process, takes 110 ms by EGL and 220 ms by GLX each
(290 and 320 ms the first time); memory stands still after the fifth (137 and 143 MB), and so do file handles (6). With a lake,
shadows and a mirror image on it, what the process holds grows by 0.1 MB a stage (malloc_trim; 24 times: 173 to 175 MB by EGL, 165
to 168 MB by GLX).

A window comes from GLX and needs a display; a buffer comes from EGL and needs none, unless a window is open already, whose GL
context it then shares. The first surface decides; one stage has one context.

The names of the shader inputs that everything drawn can rely on:

    eye_view_projection[2], eye_position[2], eye_first, stereo    the eyes, see `engine.view.eyes`
    the light, the air and the time                               see `engine.view.render.light`

Framebuffers are sRGB: shaders write linear colours and OpenGL encodes and blends rightly. Some displays have no sRGB windows
(Xvfb with Mesa 25): there the shaders encode, and what is see-through, and the samples of an edge, are blended as sRGB numbers,
which makes them a little too dark or too light.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cache

import panda3d.core as p3d

from engine.view.canvas import VIEWPORTS, Canvas, Pass
from engine.view.eyes import NEAR, Eyes
from headset.driver import DriverError, Held, Surface, View
from headset.inputs import SIDES, Side

SETTINGS = """
gl-version 3 3
textures-power-2 none
sync-video 0
audio-library-name null
notify-level-display error
notify-level-egldisplay error
notify-level-glxdisplay error
"""
"""Panda3D's own settings: core GL, sizes as asked for, drivers pace themselves; warnings of absent displays become
DriverErrors."""

p3d.load_prc_file_data("abaton", SETTINGS)

_bins = p3d.CullBinManager.get_global_ptr()
for _name, _sort in (("sky", 25), ("water", 27)):
    _bins.add_bin(_name, p3d.CullBinManager.BT_unsorted, _sort)
# Panda3D draws solid things in bin 20 and see-through ones in bin 30: the sky only fills what solid things left free. Solid
# things it would sort by the addresses of their states: where two surfaces coincide, each run would show another one.
_bins.set_bin_type(_bins.find_bin("opaque"), p3d.CullBinManager.BT_fixed)

COLLECTS = 16
"""Frames from one collection of Panda3D's states to the next: it takes some 20 µs."""

LATE = 100
"""Where a window beside others comes in the order of drawing: it may show what they have drawn."""

SOFTWARE = ("llvmpipe", "softpipe", "swrast")

Vec3 = tuple[float, float, float]
Solid = Callable[[Vec3, Vec3, float], float]


class Stage:
    """A scene graph and the surfaces on which it is drawn.

    `root` holds all that is shown, in the scene's axes. The view sets `scene_from_person`, `eye_height` and `solid` (how far
    a ray gets in the scene), and adds to `passes` what every picture needs drawn before it.
    """

    def __init__(self) -> None:
        self.engine = p3d.GraphicsEngine()
        self.root = p3d.NodePath("scene")
        self.scene_from_person = p3d.LMatrix4f.ident_mat()
        self.eye_height = 1.6
        self.solid: Solid | None = None
        self.held: dict[Side, tuple[Held, float]] = dict.fromkeys(SIDES, ("", 90.0))
        """Side -> what is in that hand, and how far the tube of its fist leans up from the grip's +y, in degrees."""
        self.canvases: list[Canvas] = []
        self.passes: list[Callable[[Canvas], Pass]] = []
        self.failure: BaseException | None = None
        self.frames = 0
        """Frames drawn so far."""
        self._copies: set[int] = set()
        self._pipe: p3d.GraphicsPipe | None = None
        self._host: p3d.GraphicsOutput | None = None

    @property
    def single_pass(self) -> bool:
        """Whether single pass can be drawn and is quicker: software GL shades two instances slower than it draws twice."""
        return self.has(VIEWPORTS) and not self._software

    @property
    def near(self) -> float:
        """Metres to the nearest thing that is drawn."""
        return NEAR

    @property
    def renderer(self) -> str:
        """What draws: OpenGL's renderer and version, on which pictures depend in their last bits."""
        gsg = self.host().get_gsg()
        return f"{gsg.get_driver_renderer()} {gsg.get_driver_version()}"

    @property
    def _software(self) -> bool:
        return any(name in self.renderer.lower() for name in SOFTWARE)

    def _sharpen(self) -> None:
        # Anisotropic filtering costs a GPU little; Mesa's llvmpipe took 250 s for a frame of the lake with it, and 0.3 s without.
        if not self._software:
            p3d.load_prc_file_data("abaton sharp", "texture-anisotropic-degree 8")

    def has(self, extension: str) -> bool:
        """Whether this GL has an extension."""
        return bool(self.host().get_gsg().has_extension(extension))

    def open(self, surface: Surface) -> Canvas:
        """Open a surface. Raises DriverError if this machine cannot."""
        window = surface.kind == "window"
        output = self._window(surface) if window else self.buffer(surface.title, surface.size, surface.samples)
        return self.canvas(output, surface)

    def canvas(self, output: p3d.GraphicsOutput, surface: Surface) -> Canvas:
        """A canvas on an output that is open; one without sRGB is given colours that the shaders have encoded."""
        output.set_clear_color(p3d.LVecBase4f(0, 0, 0, 1))
        output.set_clear_depth_active(True)
        canvas = Canvas(self, output, surface)
        self.canvases.append(canvas)
        for copies in self._copies:
            canvas.eyes.know_copies(copies)
        if surface.scene:
            canvas.passes.extend(make(canvas) for make in self.passes)
        return canvas

    def draw(self) -> None:
        """Draw one frame on every open canvas, and show it."""
        self.engine.render_frame()
        self.engine.flip_frame()
        if self.frames % COLLECTS == 0:
            _collect_states()
        self.frames += 1
        failure, self.failure = self.failure, None
        if failure is not None:
            raise failure

    def draw_only(self, output: p3d.GraphicsOutput) -> None:
        """Draw one output once and nothing else, whatever is open: for what is computed before anyone looks."""
        others = [other for other in self.engine.get_windows() if other != output and other.is_active()]
        for other in others:
            other.set_active(False)
        self.engine.render_frame()
        for other in others:
            other.set_active(True)

    def warm(self) -> None:
        """Draw one frame on every open canvas before anyone looks, straight ahead and past `around_draw`.

        Programs are compiled and textures loaded in the first frame, which takes far longer than any other; a session whose clock
        runs by then would begin with a jump.
        """
        ahead = View((0.0, 0.0, self.eye_height), (1.0, 0.0, 0.0, 0.0), (-1.0, 1.0, -1.0, 1.0))
        around = [canvas.around_draw for canvas in self.canvases]
        for canvas in self.canvases:
            canvas.around_draw = None
            canvas.look((ahead,) * canvas.eyes.count)
        try:
            self.draw()
        finally:
            for canvas, before in zip(self.canvases, around, strict=True):
                canvas.around_draw = before

    def hold(self, side: Side, held: Held, lean: float) -> None:
        """Draw in a hand what it holds; see `headset.driver.Stage`."""
        self.held[side] = (held, lean)

    def touch(self, position: Sequence[float], direction: Sequence[float], limit: float) -> float:
        """Metres along a ray of the person's own space to the first solid thing, at most `limit`."""
        if self.solid is None:
            return limit
        matrix = self.scene_from_person
        start, along = matrix.xform_point(p3d.LPoint3f(*position)), matrix.xform_vec(p3d.LVecBase3f(*direction))
        return self.solid((start[0], start[1], start[2]), (along[0], along[1], along[2]), limit)

    def know_copies(self, copies: int) -> None:
        """Say that some node is drawn `copies` times by instancing."""
        self._copies.add(copies)
        for canvas in self.canvases:
            canvas.eyes.know_copies(copies)

    def eyes(self, scene: p3d.NodePath, like: Eyes, mask: int) -> Eyes:
        """More eyes in the stereo mode of others, for a pass."""
        eyes = Eyes(scene, like.stereo, mask)
        for copies in self._copies:
            eyes.know_copies(copies)
        return eyes

    def host(self) -> p3d.GraphicsOutput:
        """The surface whose GL context all others share; a hidden one by EGL if there is none yet."""
        if self._host is None:
            self._pipe = _pipe("p3headlessgl", "install EGL (libegl1 and Mesa)")
            self._host = self._open("host", (1, 1), p3d.FrameBufferProperties(), p3d.GraphicsPipe.BF_refuse_window)
            self._host.set_active(False)
            self._sharpen()
        return self._host

    def buffer(
        self,
        name: str,
        size: tuple[int, int],
        samples: int = 0,
        *,
        sort: int = 0,
        properties: p3d.FrameBufferProperties | None = None,
    ) -> p3d.GraphicsOutput:
        """A buffer in this stage's GL context, 8 bits sRGB unless `properties` say otherwise; lower `sort` is drawn first."""
        host = self.host()
        return self._open(name, size, properties or _srgb(samples), p3d.GraphicsPipe.BF_refuse_window, sort=sort, host=host)

    def remove(self, output: p3d.GraphicsOutput) -> None:
        """Give a buffer or a window back."""
        if self._host is not None:
            self._enter(self._host)
        self.engine.remove_window(output)

    def _enter(self, host: p3d.GraphicsOutput) -> None:
        """Make this stage's GL context the current one: Panda3D deletes in the one that is, which may be another stage's."""
        outputs = [output for output in self.engine.get_windows() if output is not host and output.is_active()]
        regions = [region for region in host.get_display_regions() if region.is_active()]
        idle = not host.is_active()
        for one in (*outputs, *regions):
            one.set_active(False)
        host.set_active(True)
        self.engine.render_frame()
        for one in (*outputs, *regions):
            one.set_active(True)
        if idle:
            host.set_active(False)

    def close(self) -> None:
        """Close every surface and give the GL context back; the stage is of no use afterwards."""
        for canvas in list(self.canvases):
            canvas.close()
        if self._host is not None:
            self._enter(self._host)
        self.engine.remove_all_windows()
        self._host = self._pipe = None
        self.root.remove_node()
        # Panda3D remembers how states compose, and with them every texture of this stage.
        p3d.RenderState.clear_cache()
        p3d.TransformState.clear_cache()
        while _collect_states():
            pass

    def _window(self, surface: Surface) -> p3d.GraphicsOutput:
        if self._host is not None:
            raise DriverError("a window must be the first surface of its stage: use another stage for it")
        if not os.environ.get("DISPLAY"):
            raise DriverError("there is no X display for a window (DISPLAY is not set): draw offscreen, or use xvfb-run")
        self._pipe = _pipe("pandagl", "install OpenGL (libgl1) and check that the display in DISPLAY runs")
        wish = p3d.WindowProperties(size=surface.size)
        wish.set_title(surface.title)
        wish.set_fullscreen(surface.full_screen)
        properties = _srgb(surface.samples)
        properties.set_back_buffers(1)
        kind = p3d.GraphicsPipe.BF_require_window
        if not surface.beside:
            self._host = window = self._open(surface.title, surface.size, properties, kind, wish=wish)
        else:
            # The GL context of all surfaces goes with its first: one that nobody can close.
            self._host = self._open("host", (1, 1), properties, p3d.GraphicsPipe.BF_refuse_window)
            self._host.set_active(False)
            # With a wish that the first one could not fulfil it would get a context of its own, blind to the other's.
            properties.set_srgb_color(self._host.get_fb_properties().get_srgb_color())
            window = self._open(surface.title, surface.size, properties, kind, wish=wish, sort=LATE, host=self._host)
            if window.get_gsg() != self._host.get_gsg():
                raise DriverError("OpenGL cannot draw this window and a headset in one context: leave the window out")
        self._sharpen()
        return window

    def _open(
        self,
        name: str,
        size: tuple[int, int],
        properties: p3d.FrameBufferProperties,
        flags: int,
        *,
        wish: p3d.WindowProperties | None = None,
        sort: int = 0,
        host: p3d.GraphicsOutput | None = None,
    ) -> p3d.GraphicsOutput:
        flags |= p3d.GraphicsPipe.BF_fb_props_optional
        shared = () if host is None else (host.get_gsg(), host)
        wish = wish or p3d.WindowProperties(size=size)
        output = self.engine.make_output(self._pipe, name, sort, properties, wish, flags, *shared)
        if output is None:
            raise DriverError(
                f"OpenGL could not open '{name}' of {size[0]} x {size[1]} pixels: update its driver or ask for less"
            )
        self.engine.open_windows()
        return output


@cache  # One for the process: an EGL pipe that goes takes the display away from all stages.
def _pipe(name: str, remedy: str) -> p3d.GraphicsPipe:
    pipe = p3d.GraphicsPipeSelection.get_global_ptr().make_module_pipe(name)
    if pipe is None or not pipe.is_valid():
        raise DriverError(f"OpenGL cannot be used by {name}: {remedy}")
    return pipe


def _collect_states() -> int:
    """Let Panda3D give back the states that nobody has any more; how many it did. It keeps each until it is asked, and whatever
    moves makes new ones in every frame."""
    # It divides by the number of states that are left, so one of each kind is held until it is done.
    held = (p3d.RenderState.make(p3d.ColorAttrib.make_flat((0, 0, 0, 0))), p3d.TransformState.make_pos((1, 2, 3)))
    collected = int(p3d.RenderState.garbage_collect() + p3d.TransformState.garbage_collect())
    del held
    return collected


def _srgb(samples: int) -> p3d.FrameBufferProperties:
    properties = p3d.FrameBufferProperties()
    properties.set_rgba_bits(8, 8, 8, 0)
    properties.set_depth_bits(24)
    properties.set_srgb_color(True)
    properties.set_multisamples(samples)
    return properties
