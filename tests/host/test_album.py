"""The pictures of a session that nobody watches."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from engine.host.album import AFTER, MOST, Album, clock_text, contact_sheet
from engine.session import Event

BLACK = np.zeros((18, 32, 3), dtype=np.uint8)


def entered(tick: int, what: str) -> Event:
    return Event(0, tick, "scenario", "state_entered", what)


def test_a_moment_is_kept_once_what_it_began_can_be_seen(tmp_path: Path) -> None:
    album = Album(tmp_path)
    album.note([entered(100, "breathe.in")])
    shows = 100 + AFTER["state_entered"]
    assert [album.due(tick) for tick in (100, shows - 1, shows)] == [False, False, True]
    album.keep(shows, BLACK)
    assert not album.due(shows)
    assert album.pictures == [(tmp_path / "01_breathe_in.png", "0:02  breathe in")]


def test_the_same_thing_again_is_no_new_moment_and_an_album_has_an_end(tmp_path: Path) -> None:
    album = Album(tmp_path)
    for tick in range(0, 10_000, 500):
        album.note([entered(tick, "breathe"), entered(tick + 1, f"state_{tick}")])
        while album.due(tick + 499):
            album.keep(tick + 499, BLACK)
    assert len(album.pictures) <= MOST
    assert sum("breathe" in path.name for path, _ in album.pictures) == 1


def test_events_that_are_said_in_numbers_name_their_pictures(tmp_path: Path) -> None:
    album = Album(tmp_path)
    album.note([Event(0, 5, "scenario", "changed", "orb.scale", 0.5)])
    album.note([Event(1, 400, "engine", "session_ended", "lakeside", "left")])
    album.keep(5, BLACK)
    album.keep(400, BLACK)
    assert [path.name for path, _ in album.pictures] == ["01_orb_scale_0.5.png", "02_left.png"]


def test_a_sheet_shows_all_pictures_with_their_labels(tmp_path: Path) -> None:
    for number in range(4):
        Image.new("RGB", (32, 18), (255, 0, 0)).save(tmp_path / f"{number}.png")
    sheet = contact_sheet([(tmp_path / f"{number}.png", f"picture {number}") for number in range(4)], tmp_path / "sheet.png")
    with Image.open(sheet) as image:
        pixels = np.asarray(image)
    red = (pixels == (255, 0, 0)).all(axis=2)
    assert red.sum() == 4 * 480 * 270
    letters = (pixels.min(axis=2) > 180) & ~red
    assert letters[270 : 270 + 60].any()
    assert clock_text(6_543) == "1:05"
