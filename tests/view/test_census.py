"""What is counted on the scene graph is what OpenGL draws, asked by its own query."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import closing

import pytest

from engine.session import Session
from engine.view.canvas import Canvas
from engine.view.census import batches, cameras
from engine.view.measure import field
from engine.view.stage import Stage
from engine.view.view import View
from headset.driver import Stereo, Surface
from headset.offscreen import eyes, look
from tests.making import scene

pytestmark = pytest.mark.gl

GL_PRIMITIVES_GENERATED, GL_QUERY_RESULT = 0x8C87, 0x8866
STAY = "start: stay\nstates:\n  stay: {rules: {when: after 60 s, go: end}}"


class Query:
    """OpenGL's count of the primitives that one canvas draws (OpenGL 3.3, section 2.13)."""

    def __init__(self) -> None:
        self._egl = ctypes.CDLL("libEGL.so.1")
        self._egl.eglGetProcAddress.restype = ctypes.c_void_p

    def __call__(self, name: bytes, *given: object) -> None:
        address = self._egl.eglGetProcAddress(name)
        kinds = [ctypes.c_uint if isinstance(each, int) else ctypes.c_void_p for each in given]
        ctypes.CFUNCTYPE(None, *kinds)(address)(*given)

    def drawn(self, stage: Stage, canvas: Canvas) -> int:
        name, found = ctypes.c_uint(), ctypes.c_uint()

        def around(draw: object) -> None:
            self(b"glGenQueries", 1, ctypes.byref(name))
            self(b"glBeginQuery", GL_PRIMITIVES_GENERATED, name.value)
            assert callable(draw)
            draw()
            self(b"glEndQuery", GL_PRIMITIVES_GENERATED)
            self(b"glGetQueryObjectuiv", name.value, GL_QUERY_RESULT, ctypes.byref(found))

        canvas.around_draw = around
        stage.draw()
        canvas.around_draw = None
        return found.value


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    session = Session(scene(tmp_path_factory.mktemp("lake"), STAY))
    with closing(Stage()) as stage:
        View(session, stage)
        yield stage


@pytest.mark.slow
@pytest.mark.parametrize("stereo", ["mono", "two_pass", "single_pass"])
def test_the_triangles_counted_are_those_that_opengl_draws(lake: Stage, stereo: Stereo) -> None:
    canvas = lake.open(Surface("buffer", (128, 64), stereo, samples=0))
    head = look((0.0, 0.0, 1.6), fov_deg=60.0, aspect=1.0)
    canvas.look((head,) if stereo == "mono" else eyes(head))
    drawn = Query().drawn(lake, canvas)
    camera = cameras(canvas)["picture"]
    every = batches(camera)
    seen = [batch for batch in every if batch.seen_by(camera)]
    canvas.close()
    assert 0 < len(seen) < len(every), "something is to be culled"
    assert sum(batch.triangles for batch in seen) == drawn


def test_each_separate_card_is_a_call_and_cards_behind_are_not_drawn() -> None:
    with closing(Stage()) as stage:
        field(stage, 9)
        canvas = stage.open(Surface("buffer", (64, 64), "mono", samples=0))
        camera = cameras(canvas)["picture"]
        canvas.look((look((0.0, 0.0, 1.6)),))
        assert [batch.seen_by(camera) for batch in batches(camera)] == [True] * 9
        canvas.look((look((0.0, 0.0, 1.6), (0.0, 0.0, 0.0, 1.0)),))
        assert [batch.seen_by(camera) for batch in batches(camera)] == [False] * 9
        stage.root.get_child(0).hide()
        assert batches(camera) == []


def test_a_picture_that_several_calls_read_is_one_picture_with_its_bytes() -> None:
    with closing(Stage()) as stage:
        field(stage, 3)
        canvas = stage.open(Surface("buffer", (64, 64), "mono", samples=0))
        pictures = {picture for batch in batches(cameras(canvas)["picture"]) for picture in batch.pictures}
        assert [(picture.name, picture.size) for picture in pictures] == [("grey", (1, 1))]
        assert all(0 < picture.bytes < 16 for picture in pictures)
