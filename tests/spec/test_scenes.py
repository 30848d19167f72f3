"""The scenes that the language was made for, read whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from engine.spec import SceneSpec, load_scene, read_scene
from engine.spec.expression import After, AllOf, AnyOf, Comparison, Flag, Name, Number, Word
from engine.spec.model import Change, Say
from tests.spec.writing import good


@pytest.fixture(scope="module")
def lake() -> SceneSpec:
    return load_scene("lakeside")


@pytest.fixture(scope="module")
def bay() -> SceneSpec:
    return load_scene("breathless_bay")


@pytest.mark.parametrize("name", ["lakeside", "breathless_bay", "welcome"])
def test_the_scenes_have_nothing_to_find_fault_with(name: str) -> None:
    assert read_scene(name)[1] == ()


@pytest.mark.parametrize("language", ["en", "de", "ar"])
@pytest.mark.parametrize("variants", [(), ("winter",)])
def test_the_lake_reads_in_every_language_and_season(language: str, variants: tuple[str, ...]) -> None:
    scene, diagnostics = read_scene("lakeside", language=language, variants=variants)
    assert diagnostics == ()
    assert scene is not None
    assert scene.environment is not None
    assert scene.environment.card.name == ("frozen_lake" if variants else "alpine_lake")
    assert ("birds" in scene.things) is not bool(variants)
    said, settings = {"welcome", "breathe_in", "breathe_out", "goodbye"}, {"rounds", "inhale", "exhale", "winter"}
    assert set(scene.text) == {"title", *said, *settings}


def test_one_breath_is_two_steps_of_two_actions(lake: SceneSpec) -> None:
    breathe = lake.scenario.states["breathe"]
    assert breathe.repeat == Name(("rounds",))
    first, second = breathe.steps
    assert first == (
        Say(text="breathe_in", span=first[0].span),
        Change(property=("orb", "scale"), to=Number(1.0), over=Name(("inhale",)), span=first[1].span),
    )
    assert [action.verb for action in second] == ["say", "change"]


def test_everything_knows_where_it_stands(lake: SceneSpec) -> None:
    file = Path(lake.things["orb"].span.file).read_text(encoding="utf-8").splitlines()
    rule = lake.scenario.states["breathe"].rules[0]
    for span, text in [
        (lake.things["orb"].span, "orb"),
        (rule.span, "when"),
        (rule.when.span, "stone held"),
        (lake.parameters["inhale"].span, "inhale"),
        (lake.shots["hero"].span, "hero"),
    ]:
        assert file[span.line - 1][span.column - 1 : span.end_column - 1] == text


def test_a_thing_knows_its_flags_and_what_can_change(lake: SceneSpec) -> None:
    stone, orb = lake.things["stone"], lake.things["orb"]
    assert stone.flags == {"seen": "lasting", "touched": "lasting", "grabbed": "moment", "held": "lasting"}
    assert set(orb.flags) == {"seen", "touched"}
    assert set(orb.live) == {"scale", "present"}
    assert set(lake.things["participant"].flags) == {"distressed", "seen", "touched"}
    assert {"speaking", "finished"} <= set(lake.things["guide"].flags)


def test_a_place_may_be_left_out_when_there_is_one(lake: SceneSpec) -> None:
    place = lake.things["participant"].place
    assert (place.placing, place.thing, place.part) == ("in", "seat", "seat")


def test_the_bay_is_typed_whole_before_it_is_played(bay: SceneSpec) -> None:
    assert bay.rooms["corridor"].beside == ("south_of", "bay")
    assert bay.rooms["bay"].finish == {
        "walls": "satin_paint/warm_white",
        "floor": "vinyl/oak",
        "ceiling": "tile_600",
        "dado": "vinyl/fern",
    }
    assert bay.things["hall"].place.grid == (4, 1)
    assert bay.things["monitor"].values["shows"] == Word("patient")
    assert bay.things["mask"].place.fits == "patient.face"
    assert set(bay.things["mask"].flags) == {"seen", "touched", "grabbed", "held", "fitted"}
    assert bay.things["patient"].place.part == "lying"


def test_the_bays_states_lie_in_one_another(bay: SceneSpec) -> None:
    untreated = bay.scenario.states["untreated"]
    assert untreated.drift == {
        ("patient", "hr"): Number(2 / 60, "number/time"),
        ("patient", "rr"): Number(0.5 / 60, "number/time"),
    }
    assert untreated.rules[0].when == AllOf(
        (Flag("mask", "fitted"), Comparison(">=", Name(("oxygen", "flow")), Number(10.0, "flow")))
    )
    assert untreated.states["compensated"].rules[0].when == AnyOf(
        (Comparison("<", Name(("patient", "spo2")), Number(86.0)), After(Number(480.0, "time")))
    )
    arrest = bay.scenario.states["arrest"].do[0]
    assert isinstance(arrest, Change)
    assert arrest.to == Word("asystole")


def test_the_digest_is_of_all_that_went_in(tmp_path: Path) -> None:
    more = "parameters.calm: {default: 4 s, range: 3 s to 6 s}\nprops.lamp: {use: lantern}\n"

    def digest(**settings: str) -> str:
        return good(tmp_path, more, parameters=settings).digest

    first = digest()
    assert digest() == first
    assert len({first, digest(calm="5 s"), digest(calm="6 s")}) == 3
    cards = tmp_path / "cards"
    cards.mkdir()
    (cards / "lantern.yaml").write_text("card: 1\nkind: prop\ndoc: Another lantern.\n")
    path = tmp_path / "made.yaml"
    other = load_scene(path, cards=cards).digest
    assert other != first
    (cards / "lantern.yaml").write_text("card: 1\nkind: prop\ndoc: In other words.\nmodel: {file: other.glb}\n")
    assert load_scene(path, cards=cards).digest == other, "looks and words change no session, so a recording still replays"
    (cards / "lantern.yaml").write_text("card: 1\nkind: prop\ndoc: Another lantern.\nsize: [1 m, 1 m, 1 m]\n")
    assert load_scene(path, cards=cards).digest != other
    path.write_text(path.read_text() + "# a word more\n")
    assert load_scene(path).digest != first


def test_a_scene_is_read_without_numpy_or_a_renderer() -> None:
    script = (
        "import sys; from engine.spec import load_scene; load_scene('lakeside');"
        "sys.exit(sum(name in sys.modules for name in ('numpy', 'panda3d', 'xr', 'PIL')))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
