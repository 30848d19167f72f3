"""What a sign shows: its text whole, dark on light or light on dark, on the face of the prefab."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import panda3d.core as p3d
import pytest

from assets.generators import sign as generator
from engine.library import assets_folder
from engine.session import Session
from engine.view.geometry.gltf import read_glb
from engine.view.screens import Screen
from engine.view.ui import sign, text
from engine.view.ui.displays import Displays
from engine.view.ui.sign import GROUNDS, SignScreen, draw
from tests.spec.examples import read
from tests.spec.test_text_keys import SIGN

SIZE = (801, 291)
SAID = {
    "en": "Treatment room 2",
    "de": "Behandlungszimmer 12",
    "ar": "غرفة الفحص 3",
    "he": "חדר בדיקה 3",
    "hi": "ऑक्सीजन कक्ष",
    "zh": "抢救室 2",
    "ja": "処置室 2",
    "ko": "처치실 2",
}


@pytest.mark.parametrize("language", SAID)
def test_words_stand_whole_in_the_middle(language: str) -> None:
    picture = draw(SAID[language], language, SIZE).astype(int)
    assert picture.shape == (SIZE[1], SIZE[0], 3)
    ground = np.array(GROUNDS["light"][0])
    inked = np.abs(picture - ground).max(axis=2) > 60
    columns, rows = np.nonzero(inked.any(axis=0))[0], np.nonzero(inked.any(axis=1))[0]
    assert columns[0] > 0.04 * SIZE[0]
    assert columns[-1] < 0.96 * SIZE[0]
    assert abs(columns[0] + columns[-1] - SIZE[0]) < 0.03 * SIZE[0]
    assert rows[0] > 0
    assert rows[-1] < SIZE[1] - 1
    assert rows[-1] - rows[0] > 0.2 * SIZE[1], "letters of a fifth of the face and more"


def test_a_short_word_has_letters_that_are_read_from_nearly_five_metres() -> None:
    """ADA Standards 2010, 703.5.5: 16 mm, and 3.2 mm more for each 305 mm beyond 1.83 m."""
    inked = np.abs(draw("EXIT", "en", SIZE).astype(int) - np.array(GROUNDS["light"][0])).max(axis=2) > 90
    rows = np.nonzero(inked.any(axis=1))[0]
    high = (rows[-1] - rows[0] + 1) / SIZE[1] * sign.FACE_HEIGHT
    assert high >= 0.016 + 0.0032 * (4.8 - 1.83) / 0.305


@pytest.mark.parametrize("ground", GROUNDS)
def test_letters_stand_out_from_every_ground(ground: str) -> None:
    assert text.contrast(*GROUNDS[ground]) >= 7.0


def test_contrast_is_that_of_wcag() -> None:
    assert text.contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21.0)
    assert text.contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


def test_edges_are_mixed_as_light() -> None:
    """Half black and half white is as bright as half the light: 188 in sRGB, and not 128."""
    cover = np.array([[0, 128, 255]], np.uint8)
    assert text.printed(cover, (0, 0, 0), (255, 255, 255))[0, :, 0].tolist() == [255, 187, 0]


def test_it_is_drawn_when_what_it_says_changes_and_once_for_all_signs(tmp_path: Path) -> None:
    scene, _ = read(SIGN.replace("SAYS", "bay_name"), tmp_path)
    assert scene is not None
    session = Session(scene)
    session.step(0)
    screen = SignScreen("door_sign", SIZE)
    picture = screen.update(session.world)
    assert picture is draw("Bay 4", "en", SIZE, "light")
    assert screen.update(session.world) is None
    session.world.properties["door_sign", "says"] = "title"
    changed = screen.update(session.world)
    assert changed is draw("A corridor", "en", SIZE, "light")


def test_it_is_put_onto_the_face_as_one_reads_it(tmp_path: Path) -> None:
    scene, _ = read(SIGN.replace("SAYS", "bay_name"), tmp_path)
    assert scene is not None
    session = Session(scene)
    session.step(0)
    screen = Screen(p3d.NodePath("face"), generator.FACE_SIZE)
    Displays({("door_sign", "main"): screen}, session.world).update(session.world)
    shown = screen.node.get_shader_input("screen_map").get_texture()
    width, height = shown.get_x_size(), shown.get_y_size()
    assert width >= 2 * screen.size_px[0] - 2, "fine enough for who steps up to it"
    rows = np.frombuffer(bytes(shown.get_ram_image()), np.uint8).reshape(height, width, 3)
    assert np.array_equal(rows[::-1, :, ::-1], draw("Bay 4", "en", (width, height)))


def test_a_sign_that_says_nothing_is_blank() -> None:
    assert (draw("", "en", SIZE) == np.array(GROUNDS["light"][0])).all()


def test_the_face_of_the_model_is_as_high_as_letters_are_measured_by() -> None:
    face = next(part for part in read_glb(assets_folder() / "models" / "sign.glb") if part.name.startswith("face"))
    size = np.ptp(face.mesh.positions, axis=0)
    assert (float(size[0]), float(size[2])) == pytest.approx(generator.FACE_SIZE, abs=1e-5)
    assert float(size[2]) == pytest.approx(sign.FACE_HEIGHT, abs=1e-5)
