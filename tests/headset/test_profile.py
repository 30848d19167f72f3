"""Profiles of real headsets: those that come with Abaton, what their eyes see, and what is said of a file that is wrong."""

from __future__ import annotations

import sys
from math import atan, degrees, dist
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.cli import main
from engine.host.run import Settings, run
from headset.driver import DriverError
from headset.offscreen import Offscreen
from headset.openxr.profiles import PROFILES
from headset.profile import FOLDER, Profile, fitted, profile_names, read_profile
from headset.simulator.body import Turn, Vec3, rotated, turned
from tests.headset.test_offscreen import Paper, frames

AHEAD: Vec3 = (0.0, 1.0, 0.0)
LEVEL: Turn = (1.0, 0.0, 0.0, 0.0)


@pytest.fixture(params=profile_names())
def profile(request: pytest.FixtureRequest) -> Profile:
    return read_profile(request.param)


def test_there_are_at_least_five_and_each_says_where_its_numbers_come_from(profile: Profile) -> None:
    assert len(profile_names()) >= 5
    assert "hmdq" in profile.sources["fov"]
    assert "ssumption" in profile.sources["tracking"]
    assert f"/interaction_profiles/{profile.controllers}" in PROFILES


def test_eyes_see_as_far_as_eyes_with_lenses_do(profile: Profile) -> None:
    for left, right, down, up in (profile.left, profile.right):
        assert 70.0 < degrees(atan(right) - atan(left)) < 120.0
        assert 70.0 < degrees(atan(up) - atan(down)) < 120.0
    assert profile.left[0] == pytest.approx(-profile.right[1], abs=0.03)  # outwards alike
    assert profile.both[0] <= profile.left[0] + 1e-9
    assert profile.both[1] >= profile.right[1] - 1e-9


def test_eyes_stand_apart_and_turn_outwards_with_the_head(profile: Profile) -> None:
    left, right = profile.views((1.0, 2.0, 1.6), turned(90.0, 0.0))
    assert dist(left.position, right.position) == pytest.approx(profile.ipd)
    assert left.position[1] > right.position[1]  # looking east, the left eye is the northern one
    outwards = degrees(atan(rotated(left.orientation, AHEAD)[1] / rotated(left.orientation, AHEAD)[0]))
    assert outwards == pytest.approx(profile.cant, abs=0.01)
    assert left.fov == profile.left


def test_only_the_index_is_canted() -> None:
    assert {name for name in profile_names() if read_profile(name).cant} == {"valve_index"}
    left, right = read_profile("valve_index").views((0.0, 0.0, 1.6), LEVEL)
    assert rotated(left.orientation, AHEAD)[0] < 0.0 < rotated(right.orientation, AHEAD)[0]


def test_a_picture_of_another_shape_shows_more_and_never_less() -> None:
    fov = (-1.2, 0.8, -1.0, 1.0)
    assert fitted(fov, None) == fov
    assert fitted(fov, 1.0) == pytest.approx(fov)
    assert fitted(fov, 2.0) == pytest.approx((-2.2, 1.8, -1.0, 1.0))
    assert fitted(fov, 0.5) == pytest.approx((-1.2, 0.8, -2.0, 2.0))


def test_a_picture_has_the_shape_of_the_eye_within_its_box() -> None:
    quest = read_profile("quest_3")
    assert quest.picture((960, 540), True) == (1000, 540)
    assert quest.picture((960, 540), False) == (621, 540)
    assert quest.picture((300, 540), True) == (600, 324)


def test_pictures_are_taken_through_the_eyes_of_a_headset() -> None:
    index = read_profile("valve_index")
    driver, paper = Offscreen((640, 480), stereo="two_pass", profile=index, duration=0.01), Paper()
    driver.open(paper)
    frames(driver, paper)
    assert paper.views == index.views((0.0, 0.0, 1.2), LEVEL, paper.size[0] / 2 / paper.size[1])
    assert driver.device.name == "Valve Index offscreen"
    assert driver.device.refresh_hz == 90.0
    one = Offscreen((640, 480), profile=index)
    one.open(paper)
    assert one.views()[0].fov == pytest.approx(index.both, abs=0.01)


def test_a_file_of_ones_own_can_be_given(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text((FOLDER / "pico_4.yaml").read_text(encoding="utf-8").replace("PICO 4", "My own"), encoding="utf-8")
    assert (read_profile(str(path)).name, read_profile(str(path)).key) == ("My own", "mine")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("ipd_mm: 64", "ipd_mm: wide", ":6: ipd_mm: 'wide' is not a number from 40 to 80; write one"),
        ("ipd_mm: 64", "ipd_mm: 640", ":6: ipd_mm: '640' is not"),
        ("ipd_mm: 64", "ipd_nm: 64", ":6: ipd_nm: is no part of a profile; did you mean 'ipd_mm'?"),
        ("ipd_mm: 64\n", "", "the profile: has no 'ipd_mm'"),
        ("gaze: false", "gaze: maybe", ":11: gaze: 'maybe' is neither true nor false"),
        ("name: PICO 4", "name: ''", ":1: name: needs words"),
        ("[2160, 2160]", "2160", ":7: resolution: needs 2 numbers in brackets"),
        ("[90, 72]", "[]", ":8: refresh_hz: needs 1 numbers in brackets"),
        ("left: [-1.279942, 1.279942, ", "left: [1.279942, -1.279942, ", ":3: fov: left: sees nothing"),
        ("left: [-1.279942,", "left: [.nan,", ":3: fov: left: 'nan' is not a number"),
        ("head_mm: 0.2, ", "", ":12: tracking: has no 'head_mm'"),
        ("gaze: false", "gaze: [", ":13:1: "),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (FOLDER / "pico_4.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "wrong.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DriverError) as caught:
        read_profile(str(path))
    assert str(caught.value).startswith(str(path))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "- a list\n", "just words\n"])
def test_a_file_that_is_no_profile_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DriverError, match="needs name, fov"):
        read_profile(str(path))


def test_an_unknown_name_is_told_the_nearest() -> None:
    with pytest.raises(DriverError, match="did you mean 'quest_3'"):
        read_profile("Quest 3")
    with pytest.raises(DriverError, match=r"give one of pico_4, .*\.yaml file"):
        read_profile("xyzzy")
    with pytest.raises(DriverError, match=r"nowhere\.yaml: cannot be read"):
        read_profile("nowhere.yaml")


def test_the_names_can_be_asked_for(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["abaton", "run", "--device", "list"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(profile_names())
    assert "quest_3        Meta Quest 3, 2064 x 2208 an eye, 72 Hz" in lines


@pytest.mark.gl
@pytest.mark.slow
def test_a_run_without_a_screen_leaves_pictures_of_both_eyes(tmp_path: Path) -> None:
    index, said = read_profile("valve_index"), list[str]()
    settings = Settings(size=(160, 120), profile=index, noise=True, seed=5)
    session = run("lakeside", "headless", tmp_path, settings, said.append)
    assert session.outcome == "finished"  # though hands tremble and are lost
    with Image.open(tmp_path / "lakeside-001" / "01_arrive.png") as picture:
        assert picture.size == index.picture((160, 120), True)
        left, right = (np.asarray(picture.convert("L"), float)[:, half] for half in (slice(0, 108), slice(108, 216)))
    assert 1.0 < np.abs(left - right).mean() < 60.0  # two eyes, apart and canted
