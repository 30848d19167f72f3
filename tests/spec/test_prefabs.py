"""Cards: every one that ships is whole, and a wrong one is shown in its own file."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.library import assets_folder
from engine.spec import read_scene
from engine.spec.cards import Card
from engine.spec.diagnostics import NOWHERE
from engine.spec.findings import Findings
from engine.spec.prefabs import Prefabs
from tests.spec.writing import good, sentences, write

SHIPPED = sorted((assets_folder() / "prefabs").glob("*.yaml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_card_that_ships_is_good_and_says_where_its_size_is_from(path: Path) -> None:
    findings = Findings()
    card = Prefabs([path.parent], findings).find(path.stem, NOWHERE)
    assert findings.diagnostics == ()
    assert card is not None
    assert card.doc
    assert card.source
    assert all(card.size) or card.kind not in {"prop", "light", "opening"}
    for slot in {**card.params, **card.live}.values():
        assert slot.doc


def test_a_card_says_what_the_world_needs(tmp_path: Path) -> None:
    scene = good(tmp_path, "props:\n  dock: {use: wooden_dock}\n  seat: {use: bench, rests_on: dock}\n")
    dock, seat = scene.things["dock"].card, scene.things["seat"].card
    assert dock.size == (2.0, 6.0, 0.5)
    assert dock.stretch == {"depth": "length"}
    assert seat.size == (1.5, 0.52, 0.45)
    assert (dock.rest_height, dock.tops, dock.solid) == (None, True, True)
    assert seat.places["seat"].posture == "seated"


def test_a_live_property_is_also_where_it_starts(tmp_path: Path) -> None:
    card = good(tmp_path, "props:\n  orb: {use: breath_orb, scale: 0.3}\n").things["orb"].card
    assert card.params["scale"] == card.live["scale"]
    assert (card.live["scale"].low, card.live["scale"].high) == (0.1, 2.0)
    assert "present" not in card.params


def test_the_model_passes_through_as_plain_data(tmp_path: Path) -> None:
    (tmp_path / "box.yaml").write_text(
        "card: 1\nkind: prop\ndoc: A box.\nmodel:\n  parts: [{shape: box, size: [1, 0.5, -2], smooth: true, name: '7'}]\n"
    )
    findings = Findings()
    card = Prefabs([tmp_path], findings).find("box", NOWHERE)
    assert card is not None
    assert card.model == {"parts": [{"shape": "box", "size": [1, 0.5, -2], "smooth": True, "name": "7"}]}


def test_a_wrong_card_is_shown_in_its_own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "box.yaml").write_text(
        "card: 1\nkind: propp\ndoc: A box.\nsize: [1 m, 1 m]\nlive:\n  at: {default: 1 m, range: 0 m to 2 m}\n"
        "flags: {open: sometimes}\ngrab: {radius: 1 s}\ncolour: red\n"
    )
    _, diagnostics = read_scene(write(tmp_path, "props:\n  box: {use: box}\n  same: {use: box, in: nowhere}\n"), cards=tmp_path)
    assert [(str(one.span), one.code) for one in diagnostics] == [
        ("made.yaml:5:24", "E0203"),
        ("box.yaml:2:7", "E0212"),
        ("box.yaml:4:7", "E0313"),
        ("box.yaml:6:3", "E0804"),
        ("box.yaml:7:15", "E0212"),
        ("box.yaml:8:16", "E0304"),
        ("box.yaml:9:1", "E0201"),
    ]


def test_nothing_more_is_said_of_a_thing_whose_card_is_wrong(tmp_path: Path) -> None:
    scenario = """\
        scenario:
          start: rest
          states:
            rest:
              do: {change: box.lid, to: 3 deg}
              rules: {when: box open or box.lid > 3 deg or after 3 min, go: end}
        """
    _, diagnostics = read_scene(
        write(tmp_path, "props:\n  box: {use: bax, lid: 4 deg, on: 4}\n".replace(", on: 4", ""), scenario)
    )
    assert sentences(list(diagnostics))[0].startswith("there is no prefab 'bax'")
    assert len(diagnostics) == 1


CRATE = "card: 1\nkind: prop\ndoc: A crate.\nsize: [30 cm, 30 cm, 20 cm]\n"


def card_of(folder: Path, said: str) -> tuple[Card | None, list[str]]:
    """A card as it is read, and what is wrong with it."""
    (folder / "crate.yaml").write_text(CRATE + said, encoding="utf-8")
    findings = Findings()
    card = Prefabs([folder], findings).find("crate", NOWHERE)
    return card, [one.message for one in findings.diagnostics]


def test_a_thing_for_two_hands_says_so_and_one_for_one_hand_means_what_it_always_did(tmp_path: Path) -> None:
    card, wrong = card_of(tmp_path, "grab: {radius: 10 cm, hands: 2}\n")
    assert wrong == []
    assert card is not None
    assert card.grab is not None
    assert card.grab.model_dump() == {"radius": 0.1, "hands": 2}
    card, _ = card_of(tmp_path, "grab: {radius: 10 cm}\n")
    assert card is not None
    assert card.grab is not None
    # The digest of a scene goes by this, and so do its recordings.
    assert card.grab.model_dump() == {"radius": 0.1}
    assert card_of(tmp_path, "grab: {radius: 10 cm, hands: 3}\n")[1]


@pytest.mark.parametrize(
    ("control", "message"),
    [
        ("{kind: slider, at: [0 m, 0 m, 0 m], radius: 5 cm, sets: lid}", "a slider goes with a joint that slides"),
        ("{kind: hinge, at: [0 m, 0 m, 0 m], radius: 5 cm, sets: out}", "a hinge goes with a joint that turns"),
        ("{kind: knob, at: [0 m, 0 m, 0 m], radius: 5 cm, sets: out}", "a knob goes with a joint that turns"),
        ("{kind: hinge, at: [0 m, 0 m, 0 m], radius: 5 cm, sets: lid, step: 5 deg}", "a hinge has no 'step'"),
        ("{kind: switch, at: [0 m, 0 m, 0 m], radius: 5 cm, sets: lid}", "'sets'"),
        ("{kind: switch, at: [0 m, 0 m, 0 m], radius: 5 cm, raises: lit}", "a switch needs 'sets'"),
        ("{kind: slider, at: [0 m, 0 m, 0 m], radius: 5 cm, sets: out, step: 5 cm}", ""),
        ("{kind: hinge, at: [0 m, 0 m, 0 m], radius: 5 cm, sets: lid}", ""),
        ("{kind: switch, at: [0 m, 0 m, 0 m], radius: 5 cm, sets: lit}", ""),
    ],
)
def test_a_control_is_what_its_part_can_do(tmp_path: Path, control: str, message: str) -> None:
    moves = (
        "live:\n  lid: {default: 0 deg, range: 0 deg to 90 deg}\n  out: {default: 0 cm, range: 0 cm to 30 cm}\n"
        "  lit: {default: false}\n"
        "joints:\n  lid: {by: lid, axis: width, at: [0 m, 0 m, 0 m], from: 0 deg, to: 90 deg}\n"
        "  out: {by: out, axis: depth, at: [0 m, 0 m, 0 m], from: 0 cm, to: 30 cm}\n"
    )
    _, wrong = card_of(tmp_path, f"{moves}controls:\n  one: {control}\n")
    assert bool(wrong) == bool(message), wrong
    assert not message or message in wrong[0]


def test_a_card_is_read_again_when_its_text_is_another_and_a_wrong_one_each_time(tmp_path: Path) -> None:
    path, good_text = tmp_path / "box.yaml", "card: 1\nkind: prop\ndoc: A box.\nsize: [1 m, 1 m, 1 m]\n"

    def read(text: str) -> tuple[Card | None, int]:
        path.write_text(text, encoding="utf-8")
        findings = Findings()
        return Prefabs([tmp_path], findings).find("box", NOWHERE), len(findings.diagnostics)

    first, _ = read(good_text)
    again, _ = read(good_text)
    other, _ = read(good_text.replace("A box", "A crate"))
    assert first is not None
    assert again is first, "what a scene's languages share is made once"
    assert other is not None
    assert other.doc == "A crate."
    assert [read(good_text.replace("prop\n", "propp\n")) for _ in range(2)] == [(None, 1), (None, 1)]
