"""Prefabs in their studio: nothing cut off, every parameter that shows is shown, and a sheet with names and sizes."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from engine.authoring.contact_sheet import block, measured, sheet
from engine.authoring.prefabs import find
from engine.authoring.studio import FILLED, Studio, scene_text, stand_back
from engine.authoring.thumbnails import Look, extremes, has_look, looks
from engine.cli import app
from engine.spec.cards import Card, Slot
from engine.spec.load import load_scene

CARDS = {card.name: card for card in find(None)}
SEEN = [name for name, card in CARDS.items() if has_look(card)]


def test_all_but_sounds_and_the_bodiless_have_a_look() -> None:
    assert set(CARDS) - set(SEEN) == {"birds", "lake_shore", "participant", "guide"}


@pytest.mark.parametrize("name", SEEN)
def test_its_studio_is_a_scene_without_errors(name: str, tmp_path: Path) -> None:
    card = CARDS[name]
    settings: list[dict[str, str]] = [{}] + [
        {param: f"{slot.high:g} m"} for param, slot in card.params.items() if param in card.stretch.values() and slot.high
    ]
    for said in settings:
        path = tmp_path / "studio.yaml"
        path.write_text(scene_text(card, said), encoding="utf-8")
        scene = load_scene(path)
        assert name in {thing.card.name for thing in scene.everything.values()}


@pytest.mark.parametrize("towards", [(0.0, 0.6, 0.8), (0.6, 0.64, 0.48), (-0.48, 0.64, -0.6)])
def test_the_eye_stands_back_until_all_is_seen_and_no_further(towards: tuple[float, float, float]) -> None:
    points = np.random.default_rng(4).uniform((-1.0, -3.0, 0.0), (1.0, 0.5, 2.0), (200, 3))
    fov = (0.4, 0.3)
    start, end = stand_back(points, np.array(towards), fov)
    ahead = np.array(end) - np.array(start)
    ahead /= np.linalg.norm(ahead)
    assert ahead == pytest.approx(-np.array(towards), abs=1e-3)
    right = np.cross(ahead, (0.0, 0.0, 1.0))
    right /= np.linalg.norm(right)
    seen = points - np.array(start)
    depth = seen @ ahead
    assert depth.min() > 0.0
    x, y = seen @ right / depth / fov[0], seen @ np.cross(right, ahead) / depth / fov[1]
    furthest = max(np.abs(x).max(), np.abs(y).max())
    assert furthest == pytest.approx(FILLED, abs=0.01)
    assert abs(x.min() + x.max()) < 0.02
    assert abs(y.min() + y.max()) < 0.02


def test_extremes_are_ends_and_middle_or_all_words() -> None:
    assert extremes(Slot(dimension="length", default=2.0, low=1.0, high=6.0)) == (1.0, 2.0, 6.0)
    assert extremes(Slot(dimension="angle", default=0.0, low=0.0, high=75.0)) == (0.0, 37.5, 75.0)
    assert extremes(Slot(dimension="word", default="a", choices=("a", "b"))) == ("a", "b")
    assert extremes(Slot(dimension="truth", default=False)) == (False, True)
    assert extremes(Slot(dimension="length", default=1.0)) == ()
    assert extremes(Slot(dimension="length", default=1.0, default_end=2.0, low=0.0, high=9.0)) == ()


def _look(card: Card, shade: int, size: tuple[int, int], said: tuple[str, str] = ("", ""), wide: float = 1.0) -> Look:
    return Look(card, np.full((size[1], size[0], 3), shade, np.uint8), (wide, 0.5, 0.25), *said)


def test_the_sheet_has_every_picture_and_its_words() -> None:
    card, size, small = CARDS["bench"], (160, 120), (80, 60)
    shown = [_look(card, 10, size), *(_look(card, 20 + n, small, ("length", f"{n} m"), 1.0 + n) for n in range(3))]
    made = block(card, shown, size)
    for shade, pixels in ((10, 160 * 120), (20, 80 * 60), (21, 80 * 60), (22, 80 * 60)):
        assert (made == shade).all(-1).sum() >= pixels
    under = made[120:, :160]
    assert (under.max(-1) < 200).sum() > 40, "its name is written under it"
    assert measured(shown[0]) == "1,000 × 500 × 250 mm"
    assert (sheet([made] * 9, size) == 10).all(-1).sum() >= 9 * 160 * 120


@pytest.mark.gl
@pytest.mark.slow
def test_a_parameter_that_shows_is_drawn_and_one_that_does_not_is_left_out() -> None:
    some = list(looks(CARDS["exam_bed"], (96, 72)))
    assert [(one.parameter, one.value) for one in some] == [
        ("", ""), ("backrest", "0 deg"), ("backrest", "37.5 deg"), ("backrest", "75 deg"),
    ]  # fmt: skip
    assert [one.picture.shape for one in some] == [(72, 96, 3)] + [(36, 48, 3)] * 3
    assert np.abs(some[1].picture.astype(int) - some[3].picture).max() > 40


@pytest.mark.gl
@pytest.mark.slow
def test_what_is_raised_stays_in_the_picture() -> None:
    with closing(Studio(CARDS["exam_bed"])) as studio:
        size = (96, 72)
        eye = studio.eye(size, {"backrest": (0.0, 75.0)})
        start = studio.world.origin.point(eye.position)
        for value in (0.0, 75.0):
            studio.set("backrest", value)
            place = (studio.world.origin @ type(studio.world.origin)(eye.position, eye.orientation)).inverse()
            for x, y, z in studio._points()[::50]:
                right, ahead, up = place.point((x, y, z))
                assert abs(right / ahead) <= eye.fov[1] * (FILLED + 0.01)
                assert abs(up / ahead) <= eye.fov[3] * (FILLED + 0.01)
        assert np.linalg.norm(start) > 2.0


@pytest.mark.gl
@pytest.mark.slow
def test_the_command_leaves_a_picture_and_a_sheet(tmp_path: Path) -> None:
    ran = CliRunner().invoke(app, ["prefabs", "call_button", "--pictures", str(tmp_path / "new"), "--size", "96x72"])
    assert ran.exit_code == 0, ran.output
    assert "1/1 call_button" in ran.output
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["call_button.png", "contact_sheet.png"]
    picture = np.asarray(Image.open(tmp_path / "new" / "call_button.png"))
    assert picture.shape == (72, 96, 3)
    red = (picture[..., 0] > 120) & (picture[..., 1] < 80)
    assert red[24:48, 32:64].mean() > 0.2, "the red button is in the middle"
    assert not red[:6].any()
    assert not red[-6:].any()


def test_a_misspelt_name_draws_nothing(tmp_path: Path) -> None:
    ran = CliRunner().invoke(app, ["prefabs", "call_buton", "--pictures", str(tmp_path / "new")])
    assert ran.exit_code != 0
    assert not (tmp_path / "new").exists()
