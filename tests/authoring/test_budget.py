"""What a scene asks of a graphics card, and who asks most."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import panda3d.core as p3d
import pytest

from engine.authoring import budget as module
from engine.authoring.budget import ENGINE, SHARED, Cost, Line, Share, Things, budget, told
from engine.session import Session
from engine.spec.load import load_scene
from engine.view.census import Batch, Picture
from tests.making import scene

STAY = "start: stay\nstates:\n  stay: {rules: {when: after 60 s, go: end}}"


def line(measured: int, most: int, unit: int = 1) -> Line:
    return Line(measured * unit, most * unit, (Share("lamp", measured * unit),))


def cost(calls: int = 10, triangles: int = 1000, megabytes: int = 3) -> Cost:
    lines = {
        "draw_calls": line(calls, 150),
        "triangles": line(triangles, 400_000),
        "texture_bytes": line(megabytes, 256, 1_000_000),
    }
    return Cost("", lines, 2 * calls, 2 * triangles, 5, 1.5, 0.5)


def batch(name: str, *above: str, picture: Picture | None = None) -> Batch:
    return Batch(name, above, 12, 0, (picture,) if picture else (), p3d.BoundingSphere())


@pytest.fixture
def things(tmp_path: Path) -> Things:
    return Things(Session(scene(tmp_path, STAY)).world)


def test_what_hangs_under_a_thing_is_its_own_whatever_it_is_made_of(things: Things) -> None:
    assert things.owners(batch("anything", "scene", "orb", "follows scale")) == {"orb"}


def test_what_is_merged_belongs_to_all_that_have_its_material(things: Things) -> None:
    shared = [name for name, users in things._users.items() if users == {"dock", "seat"}]
    own = [name for name, users in things._users.items() if users == {"dock"}]
    assert own
    assert things.owners(batch(own[0], "scene")) == {"dock"}
    assert things.owners(batch("no such material", "scene")) == {ENGINE}
    for name in shared:
        assert things.owners(batch(name, "scene")) == {"dock", "seat"}


def test_a_call_of_several_materials_belongs_to_all_that_have_any_of_them(things: Things) -> None:
    names = {next(iter(users)): name for name, users in things._users.items() if len(users) == 1}
    mixed = replace(batch("mixed", "scene"), materials=(names["dock"], names["stone"], "no such material"))
    assert things.owners(mixed) == {"dock", "stone"}
    assert things.most_calls([mixed]) == (Share(SHARED, 1),)
    assert things.owners(replace(mixed, materials=(names["dock"],))) == {"dock"}


def test_the_thing_with_most_calls_comes_first_and_what_is_nobodys_own_last(things: Things) -> None:
    calls = [batch("a", "stone"), *[batch("b", "orb")] * 2, *[batch("sky")] * 9]
    assert things.most_calls(calls) == (Share("orb", 2), Share("stone", 1), Share(ENGINE, 9))


def test_copies_count_as_triangles_of_their_thing(things: Things) -> None:
    first = things.most_triangles()[0]
    assert first.thing == "environment"
    assert first.amount > 100_000


def test_a_picture_counts_once_for_who_reads_it_and_the_shadow_map_for_the_engine(things: Things) -> None:
    grain, shadow = Picture(1, "map", (8, 8), 300), Picture(2, "shadow", (8, 8), 1000)
    both = Batch("x", ("orb",), 12, 0, (grain, shadow), p3d.BoundingSphere())
    other = Batch("y", ("stone",), 12, 0, (shadow,), p3d.BoundingSphere())
    assert things.most_pictures([both, other, other]) == (Share("orb", 300), Share(ENGINE, 1000))
    assert things.most_pictures([batch("a", "orb", picture=grain), batch("b", "stone", picture=grain), other, other, other]) == (
        Share(ENGINE, 1000),
        Share(SHARED, 300),
    )


def test_what_holds_is_said_in_one_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    text = told("lakeside", cost())
    assert text.startswith("lakeside: within its budget")
    assert "  draw calls        10    of     150     most: lamp 10" in text
    assert "  textures           3 MB of     256 MB  most: lamp 3 MB" in text
    assert "Mend first" not in text


@pytest.mark.parametrize(
    ("over", "remedy"),
    [
        (cost(calls=151), "Mend first: lamp; each material of a thing that moves is a call of its own"),
        (cost(triangles=400_001), "Mend first: lamp; give it a model of fewer triangles"),
        (cost(megabytes=257), "Mend first: lamp; halve the sides of its pictures"),
    ],
)
def test_what_is_too_much_is_named_with_the_remedy(over: Cost, remedy: str) -> None:
    text = told("lakeside", over)
    assert text.startswith("lakeside: OVER ITS BUDGET")
    assert text.count("Mend first") == 1
    assert remedy in text


def test_exactly_the_budget_is_within_it() -> None:
    assert cost(150, 400_000, 256).holds


def test_every_variant_is_measured_and_one_over_its_budget_fails_the_scene(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "measure", lambda scene, variant="": replace(cost(calls=200 if variant else 10), variant=variant))
    assert budget("lakeside", False, print) == 1
    printed = capsys.readouterr().out
    assert "lakeside: within its budget" in printed
    assert "lakeside, variant winter: OVER ITS BUDGET" in printed
    monkeypatch.setattr(module, "measure", lambda scene, variant="": replace(cost(), variant=variant))
    assert budget("lakeside", True, print) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(one["variant"], one["holds"]) for one in found["variants"]] == [("", True), ("winter", True)]
    assert found["variants"][0]["lines"]["draw_calls"]["most"] == [{"thing": "lamp", "amount": 10}]


@pytest.mark.gl
@pytest.mark.slow
@pytest.mark.parametrize("name", ["lakeside", "breathless_bay", "welcome"])
def test_the_shipped_scenes_are_within_their_budgets(name: str) -> None:
    before = dict(os.environ)
    found = module.measure(load_scene(name))
    assert os.environ == before
    assert found.holds, told(name, found)
    calls = found.lines["draw_calls"].measured
    assert calls < found.calls_two_pass < 2 * calls + 1
    assert found.triangles_frame > found.lines["triangles"].measured > 10_000
    assert found.lines["texture_bytes"].measured > 1_000_000
    assert found.first_s > found.again_s * 0.2 > 0.0
