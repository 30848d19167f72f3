"""The schema: what an editor accepts is what the reader accepts, for every file whose shape alone decides."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from engine.library import assets_folder, scenes_folder
from engine.spec import read_scene
from engine.spec.cardfile import THING_KEYS
from engine.spec.read import KEYS
from engine.spec.schema import all_cards, make_schema, schema_text
from engine.spec.states import VERBS
from engine.spec.units import UNITS

SHAPE = sorted((Path(__file__).parent / "shape").glob("*.yaml"))
VERDICT = re.compile(r"# (good|bad at ([0-9]+)): .+")
SCENES = sorted(scenes_folder().glob("*/*.yaml"))


class EditorLoader(yaml.SafeLoader):
    """YAML as an editor's server reads it: the core schema of YAML 1.2."""


EditorLoader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", r"~|null|Null|NULL|", "~nN\0"),
):
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), list(_first))


@cache
def schema() -> dict[str, Any]:
    return make_schema(all_cards([assets_folder() / "prefabs"]))


def accepts(text: str, definition: str = "") -> bool:
    whole = {"$ref": f"#/definitions/{definition}", "definitions": schema()["definitions"]} if definition else schema()
    return bool(Draft7Validator(whole).is_valid(yaml.load(text, EditorLoader)))


def verdict(path: Path) -> tuple[bool, int]:
    """Whether the file says of itself that it is good; and if not, in which line it is wrong."""
    said = VERDICT.fullmatch(path.read_text(encoding="utf-8").splitlines()[0])
    assert said, f"{path} begins with '# good: …' or '# bad at LINE: …'"
    return said[1] == "good", int(said[2] or 0)


def test_the_schema_is_one() -> None:
    Draft7Validator.check_schema(schema())


def test_every_reference_leads_somewhere() -> None:
    referred = set(re.findall(r'"\$ref": "#/definitions/([^"]+)"', json.dumps(schema())))
    unused = set(schema()["definitions"]) - referred
    assert referred <= set(schema()["definitions"])
    assert unused == {"locale"}


def test_the_schema_in_the_scenes_folder_is_fresh() -> None:
    written = (scenes_folder() / "scene.schema.json").read_text(encoding="utf-8")
    assert written == schema_text(all_cards([assets_folder() / "prefabs"])), "run `abaton schema -o scenes/scene.schema.json`"


def test_there_are_many_files_of_each_verdict() -> None:
    good = sum(verdict(path)[0] for path in SHAPE)
    assert good >= 15
    assert len(SHAPE) - good >= 45


@pytest.mark.parametrize("path", SHAPE, ids=lambda path: path.stem)
def test_the_reader_and_the_schema_agree(path: Path) -> None:
    good, line = verdict(path)
    scene, found = read_scene(path)
    for variant in scene.variants if scene else ():
        found += read_scene(path, variants=[variant])[1]
    assert {one.span.line for one in found if one.severity == "error"} == {line} - {0}
    assert accepts(path.read_text(encoding="utf-8")) == good


@pytest.mark.parametrize("path", SCENES, ids=lambda path: path.name)
def test_every_shipped_file_has_the_shape(path: Path) -> None:
    assert accepts(path.read_text(encoding="utf-8"), "locale" if path.name.count(".") == 2 else "")


@pytest.mark.parametrize(
    "text", ["text: {title: Eins}\nprops: {}", "txt: {title: Eins}", "variants.winter.props.a: {}", "text: []"]
)
def test_a_file_of_another_language_holds_texts_only(text: str) -> None:
    assert not accepts(text, "locale")


@pytest.mark.parametrize(
    "text", ["text.title: Eins", "variants: {winter: {text: {title: Eins}}}", "variants.winter: {text.a: Eins}"]
)
def test_a_file_of_another_language_may_hold_some_texts(text: str) -> None:
    assert accepts(text, "locale")


def test_every_key_verb_unit_and_card_is_offered() -> None:
    written = json.dumps(schema())
    assert set(schema()["properties"]) == set(KEYS)
    assert set(VERBS) <= set(schema()["definitions"])
    cards = all_cards([assets_folder() / "prefabs"])
    for card in cards.values():
        assert f'"{card.name}"' in written
        offered = schema()["definitions"][f"card_{card.name}"]["properties"]
        assert set(card.params) <= set(offered)
        assert card.kind == "environment" or set(THING_KEYS) <= set(offered)
    for unit in UNITS:
        assert unit in {"kg", "dB"} or f'"label": "\\u2026 {unit}"' in written, unit


def test_every_key_is_explained() -> None:
    """What is said when the mouse rests on a key is what the models and cards say."""
    unsaid = [
        f"{name}.{key}"
        for name, form in {"scene": schema(), **schema()["definitions"]}.items()
        if not name.startswith(("changed_", "people"))
        for key, value in form.get("properties", {}).items()
        if key != "use" and not (value.get("description") or value.get("$ref"))
    ]
    assert unsaid == []


def test_the_scenes_of_the_designers_guide_have_the_shape() -> None:
    page = (scenes_folder() / "README.md").read_text(encoding="utf-8")
    found = [text for text in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL) if text.startswith("spec:")]
    assert found
    assert [text for text in found if not accepts(text)] == []


def test_a_check_never_makes_a_schema() -> None:
    script = (
        "import sys; from engine.authoring.check import check; check([]);"
        "sys.exit(sum(name.startswith(('engine.spec.schema', 'engine.spec.migrate', 'jsonschema')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, stdout=subprocess.DEVNULL).returncode == 0
