"""Equal things that move are drawn together, and look as if each were drawn by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.spec.load import load_scene
from engine.view.geometry.mesh import Part
from engine.view.movers import EQUAL, MOST, Group, gather, matrices
from engine.view.stage import Stage
from engine.view.view import View
from engine.world import World, build
from engine.world.vectors import Transform, Vec3, heading, look_at
from headset.driver import Stereo, Surface
from headset.offscreen import eyes, look
from tests.view.conftest import box

BOX = box((-0.1, -0.1, 0.0), (0.1, 0.1, 0.2))
PROPS = "props:\n  seat: {use: bench, at: [0 m, 0 m]}\n"
LAMP = "  lamp: {use: led_panel, against: room.ceiling, flux: 3000 lm, white: 4000 K}\n"
OUTDOORS = PROPS
INDOORS = "rooms:\n  room: {size: [4 m, 4 m, 2.6 m], finish: {walls: plain/grey, floor: plain/grey, ceiling: plain/white}}\n"
INDOORS += f"lights:\n{LAMP}{PROPS.replace(', at:', ', in: room, at:')}"
REST = "scenario:\n  rules: {when: after 1 min, go: end}\ntext:\n  title: Stones\n"


def stones(folder: Path, where: str) -> World:
    """So many stones that they are drawn together, on a bench, out of doors or in a room."""
    at = [f"[{0.2 * (number % 4) - 0.3:.1f} m, {0.2 * (number // 4) - 0.1:.1f} m]" for number in range(EQUAL)]
    props = "".join(f"  stone_{number}: {{use: smooth_stone, rests_on: seat, at: {each}}}\n" for number, each in enumerate(at))
    path = folder / "stones.yaml"
    people = f"people:\n  participant: {{{'' if where is OUTDOORS else 'in: room, '}at: [0 m, -1.5 m]}}\n"
    path.write_text(f"spec: 1\nlanguage: en\n{where}{props}{people}{REST}", encoding="utf-8")
    return build(load_scene(path))


class Shown:
    """A world and pictures of it."""

    def __init__(self, world: World) -> None:
        self.world, self.stage = world, Stage()
        self.stage.host()
        self.view = View(world, self.stage)

    def picture(self, stereo: Stereo = "mono") -> NDArray[np.int_]:
        middle = self.world.places["stone_1"].position
        start = (middle[0] + 0.3, middle[1] - 1.0, middle[2] + 0.8)
        own = self.world.origin.inverse() @ Transform(start, look_at(start, middle))
        head = look(own.position, own.turn, fov_deg=32)
        views = (head,) if stereo == "mono" else eyes(head)
        canvas = self.stage.open(Surface("buffer", (160 * len(views), 120), stereo, 0))
        self.view.update(0.0)
        canvas.look(views)
        self.stage.draw()
        pixels = canvas.read()
        canvas.close()
        return pixels.astype(int)

    def calls(self) -> int:
        """Nodes of stones that are drawn."""
        names = {node.get_parent().get_name() for node in self.stage.root.find_all_matches("**/+GeomNode")}
        return len([name for name in names if "stone" in name])


def places(at: Mapping[str, Vec3]) -> dict[str, Transform]:
    return {name: Transform(point) for name, point in at.items()}


def present(names: Mapping[str, object]) -> dict[tuple[str, ...], bool | float | str]:
    return {(name, "present"): True for name in names}


def test_only_equal_stiff_things_are_drawn_together_and_only_many() -> None:
    def some(count: int, **changes: Any) -> dict[str, list[Part]]:
        return {f"{changes}{i}": [replace(BOX, **changes)] for i in range(count)}

    few, many = some(EQUAL - 1), some(EQUAL)
    assert gather(few) == []
    assert gather(many) == [tuple(many)]
    for change in ({"joint": "back"}, {"follows": "scale"}, {"screen": "main"}, {"shines": "flux"}, {"sway": 0.1}):
        assert gather(some(EQUAL, **change)) == []
    other = replace(BOX, copies=BOX.copies * 2)
    assert gather({**many, "larger": [other]}) == [tuple(many)]
    glass = replace(BOX, mesh=replace(BOX.mesh, material=replace(BOX.mesh.material, alpha="blend")))
    assert gather({str(i): [glass] for i in range(EQUAL)}) == []


def test_no_more_are_drawn_together_than_a_texture_holds_the_light_of() -> None:
    assert [len(names) for names in gather({str(i): [BOX] for i in range(MOST + EQUAL)})] == [MOST, EQUAL]


def test_rows_are_the_places_as_matrices() -> None:
    turn = Transform((1.0, 2.0, 3.0), heading(0.1)) @ Transform((0.0, 0.0, 0.0), (0.8, 0.6, 0.0, 0.0))
    rows = matrices([Transform(), turn])
    for point in ((1.0, 0.0, 0.0), (0.3, -2.0, 0.7)):
        assert rows[1] @ np.array((*point, 1.0)) == pytest.approx(turn.point(point), abs=1e-6)
        assert rows[0] @ np.array((*point, 1.0)) == pytest.approx(point)


def test_only_what_has_moved_is_computed() -> None:
    at = {"a": (0.0, 0.0, 0.0), "b": (1.0, 0.0, 0.0), "c": (2.0, 0.0, 0.0)}
    where, there = places(at), present(at)
    group = Group(list(at))
    assert group.follow(where, there).tolist() == [0, 1, 2]
    assert group.follow(where, there).tolist() == []
    where["b"] = Transform((1.0, 5.0, 0.0))
    assert group.follow(where, there).tolist() == [1]
    assert group.rows[:, :, 3].tolist() == [[0, 0, 0], [1, 5, 0], [2, 0, 0]]


def test_what_turns_where_it_is_is_turned() -> None:
    where = places({"a": (4.0, 0.0, 0.0), "b": (1.0, 0.0, 0.0)})
    group = Group(list(where))
    group.follow(where, present(where))
    where["b"] = Transform((1.0, 0.0, 0.0), heading(0.25))
    assert group.follow(where, present(where)).tolist() == [1]
    assert group.rows == pytest.approx(matrices(list(where.values())))


def test_what_goes_has_a_row_of_zeros_until_it_comes_back() -> None:
    at = {"a": (4.0, 0.0, 0.0), "b": (1.0, 0.0, 0.0)}
    where, there = places(at), present(at)
    group = Group(list(at))
    group.follow(where, there)
    there["a", "present"] = False
    assert group.follow(where, there).tolist() == [0]
    where["a"] = Transform((5.0, 0.0, 0.0))
    group.follow(where, there)
    assert not group.rows[0].any()
    there["a", "present"] = True
    assert group.follow(where, there).tolist() == [0]
    assert group.rows[0, :, 3].tolist() == [5, 0, 0]


@pytest.mark.gl
@pytest.mark.slow
@pytest.mark.parametrize("where", [OUTDOORS, INDOORS], ids=["outdoors", "indoors"])
def test_they_look_as_if_each_were_drawn_by_itself(tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def moves(world: World) -> None:
        world.places["stone_2"] = Transform(world.places["stone_2"].point((0.05, -0.1, 0.1)), heading(0.2))
        world.properties["stone_1", "present"] = False

    def seen(equal: int, change: Callable[[World], None]) -> tuple[int, list[NDArray[np.int_]]]:
        monkeypatch.setattr("engine.view.movers.EQUAL", equal)
        shown = Shown(stones(tmp_path, where))
        pictures = [shown.picture()]
        change(shown.world)
        pictures += [shown.picture(stereo) for stereo in ("mono", "two_pass", "single_pass")]
        calls = shown.calls()
        shown.stage.close()
        return calls, pictures

    # A map of shadows is as fine as what casts fits into it closely; both are given the same.
    monkeypatch.setattr("engine.view.indoor.cast.Cast._sphere", lambda *_: (np.array((0.0, 0.0, 0.5)), 0.4))
    calls, together = seen(EQUAL, moves)
    more, apart = seen(EQUAL + 1, moves)
    assert calls == 1
    assert more == EQUAL
    for one, other in zip(together, apart, strict=True):
        # Panda3D's own matrix of a thing is a little off: an edge may fall on the other side of a sample.
        assert (np.abs(one - other).max(-1) > 1).mean() < 0.001
    assert (np.abs(together[0] - together[1]).max(-1) > 8).sum() > 60
