"""Light by way of walls: none is made and none is lost."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.spec.finishes import DADO
from engine.view.geometry.finishes import linear
from engine.view.geometry.room import build_shell
from engine.view.indoor.bake import illuminance
from engine.view.indoor.panels import Panel, adapted_white, form_factor
from engine.view.indoor.radiosity import FURNITURE, Patches, adapt, make_patches, sent_towards, solve
from engine.view.render.light import LUMINANCE
from tests.view.geometry.test_room import BAY, DADOED, HALL

LUMENS = 3200.0


def panel(lumens: float = LUMENS, height: float = 2.7) -> Panel:
    return Panel(
        "lamp", 0, np.array((0.0, 0.0, height)), np.array((0.3, 0.0, 0.0)), np.array((0.0, -0.3, 0.0)), np.ones(3), lumens
    )


def lit() -> dict[str, Patches]:
    """The bay with a lamp, the hall beside it without."""
    rooms = {"bay": make_patches(build_shell(BAY), [panel()]), "hall": make_patches(build_shell(HALL), [])}
    solve(rooms)
    return rooms


def test_each_patch_sees_the_whole_room_and_as_much_as_it_is_seen() -> None:
    room = make_patches(build_shell(BAY), [])
    assert room.factors.sum(1) == pytest.approx(1.0, abs=1e-3)
    seen = room.areas[:, None] * room.factors
    assert np.abs(seen - seen.T).max() < 1e-9


def test_all_of_a_lamps_light_arrives() -> None:
    room = make_patches(build_shell(BAY), [panel()])
    arrived = (room.direct * room.areas[:, None]).sum(0)
    assert arrived == pytest.approx(LUMENS, rel=0.03)


def test_what_is_given_is_what_is_kept() -> None:
    rooms = lit()
    given = sum(float((room.direct * room.areas[:, None]).sum()) for room in rooms.values())
    kept = 0.0
    for room in rooms.values():
        hole = room.hole[:, None]
        # Holes send on what fell on their other side; furniture keeps its share of what is sent.
        absorbed = room.received * (1.0 - hole) - room.albedo * room.received
        kept += float((absorbed * room.areas[:, None]).sum() + (1.0 - FURNITURE) * (room.sent * room.areas[:, None]).sum())
        window = sum((u1 - u0) * (v1 - v0) for face in room.shell.faces if face.name == "east" for u0, v0, u1, v1 in face.holes)
        if window:
            first, (rows, columns) = room.first["east"], room.shape["east"]
            mine = slice(first, first + rows * columns)
            kept += float((room.received[mine] * hole[mine] * room.areas[mine, None]).sum())
    assert kept == pytest.approx(given, rel=0.04)


def test_a_dado_sends_on_its_own_colour_and_the_wall_above_it_its_own() -> None:
    room = make_patches(build_shell(DADOED), [])
    rows, columns = room.shape["west"]
    west = room.albedo[room.first["west"] :][: rows * columns].reshape(rows, columns, 3)
    assert west[0] == pytest.approx(np.tile(linear("sage"), (columns, 1)))
    assert west[-1] == pytest.approx(np.tile(linear("cream"), (columns, 1)))
    share = DADO / 2.7
    mixed = share * np.array(linear("sage")) + (1.0 - share) * np.array(linear("cream"))
    assert west.mean((0, 1)) == pytest.approx(mixed), "patches across its edge send some of both"
    floor = room.albedo[room.first["floor"] :][: int(np.prod(room.shape["floor"]))]
    assert floor == pytest.approx(np.tile(linear("oak"), (len(floor), 1)))


def test_light_goes_through_a_door() -> None:
    rooms = lit()
    hall = rooms["hall"]
    assert hall.direct.max() == 0.0
    assert hall.received.min() > 0.0
    floor = hall.received[hall.first["floor"] :][: int(np.prod(hall.shape["floor"]))].reshape(*hall.shape["floor"], 3)[..., 1]
    door = int((0.8 + 4.5) / 9.0 * floor.shape[1])
    assert floor[-1, door] > 4 * floor[-1, 0], "brighter before the door than at the far end"


def test_a_panel_overhead_gives_what_the_books_say() -> None:
    # Howell, "A Catalog of Radiation Heat Transfer Configuration Factors", 3rd edition, B-3: an element and a parallel rectangle.
    height, half = 2.0, 0.3
    a = b = half / height
    corner = (a / math.sqrt(1 + a * a)) * math.atan(b / math.sqrt(1 + a * a)) + (b / math.sqrt(1 + b * b)) * math.atan(
        a / math.sqrt(1 + b * b)
    )
    expected = 4 * corner / (2 * math.pi)
    point, up = np.zeros((1, 3)), np.array(((0.0, 0.0, 1.0),))
    assert form_factor(panel(height=height), point, up)[0] == pytest.approx(expected, rel=1e-3)
    assert form_factor(panel(height=-0.5), point, up)[0] == 0.0, "it shines to one side"


def test_what_is_sent_is_looked_up_where_the_ray_arrives() -> None:
    bay = lit()["bay"]
    at = np.array(((0.0, 0.0, 1.0), (1.0, 0.5, 2.0)), np.float32)
    for direction, name in (((0, 0, -1), "floor"), ((1, 0, 0), "east"), ((0, -1, 0), "south")):
        sent = sent_towards(bay, at, np.array(direction, float))
        whole = bay.sent[bay.first[name] :][: int(np.prod(bay.shape[name]))]
        assert (sent >= whole.min(0) - 1e-4).all()
        assert (sent <= whole.max(0) + 1e-4).all()


def test_an_eye_adapts_to_what_coloured_walls_do_to_light_but_not_quite() -> None:
    rooms = lit()
    arrived = {name: room.received.copy() for name, room in rooms.items()}
    before = illuminance(rooms["bay"])
    gain, panels = adapt(rooms, {"bay": [panel()], "hall": []})
    for name, room in rooms.items():
        assert np.allclose(room.received, arrived[name] * gain), "all light alike"
    assert np.allclose(panels["bay"][0].radiance(), panel().radiance() * gain)
    after = illuminance(rooms["bay"])
    assert np.ptp(after / after.mean()) < 0.75 * np.ptp(before / before.mean())
    assert int(after.argmax()) == int(before.argmax()), "cream stays cream"
    total = sum(float((room.received * room.areas[:, None]).sum(0) @ LUMINANCE) for room in rooms.values())
    was = sum(float((arrived[name] * room.areas[:, None]).sum(0) @ LUMINANCE) for name, room in rooms.items())
    assert total == pytest.approx(was, rel=1e-9)


def test_an_eye_between_lamps_and_windows_adapts_to_both() -> None:
    warm, day = adapted_white([(2700.0, 4000.0)]), np.array((4000.0, 4000.0, 4000.0))
    both = adapted_white([(2700.0, 4000.0)], day)
    assert warm[2] > both[2] > 1.0 > both[0] > warm[0]
