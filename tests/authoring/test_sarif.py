"""SARIF: what editors and code hosts need of it, by the standard's schema (sarif-schema-2.1.0.json, Errata 01)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from engine.authoring.check import check, check_scene
from engine.authoring.sarif import sarif
from tests.spec.writing import write

_TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
_FROM_ONE = {"type": "integer", "minimum": 1}
ESSENTIAL = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"enum": ["2.1.0"]},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results", "columnKind", "originalUriBaseIds"],
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name", "rules"],
                                "properties": {
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "required": ["id", "shortDescription", "fullDescription", "help"],
                                            "properties": {
                                                "shortDescription": _TEXT,
                                                "fullDescription": _TEXT,
                                                "help": {**_TEXT, "required": ["text", "markdown"]},
                                                "defaultConfiguration": {
                                                    "properties": {"level": {"enum": ["none", "note", "warning", "error"]}}
                                                },
                                            },
                                        },
                                    }
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["ruleId", "ruleIndex", "level", "message", "locations"],
                            "properties": {
                                "message": _TEXT,
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "locations": {
                                    "type": "array",
                                    "minItems": 1,
                                    "items": {
                                        "required": ["physicalLocation"],
                                        "properties": {
                                            "physicalLocation": {
                                                "required": ["artifactLocation"],
                                                "properties": {
                                                    "artifactLocation": {"required": ["uri"]},
                                                    "region": {
                                                        "required": ["startLine", "startColumn", "endLine", "endColumn"],
                                                        "properties": {
                                                            "startLine": _FROM_ONE,
                                                            "startColumn": _FROM_ONE,
                                                            "endLine": _FROM_ONE,
                                                            "endColumn": _FROM_ONE,
                                                        },
                                                    },
                                                },
                                            }
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}
"""The part of the standard's schema that our findings use, and what a code host asks for besides."""


def made(folder: Path, more: str) -> dict[str, Any]:
    log = sarif(check_scene(write(folder, more)).diagnostics)
    jsonschema.validate(log, ESSENTIAL)
    run: dict[str, Any] = log["runs"][0]
    return run


def test_each_finding_is_a_result_at_its_place_with_its_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run = made(Path(), "propz: {a: 1}\nprops:\n  lamp: {use: latern}\n")
    rules = [one["id"] for one in run["tool"]["driver"]["rules"]]
    assert rules == ["E0201", "E0801"]
    assert [(one["ruleId"], rules[one["ruleIndex"]], one["level"]) for one in run["results"]] == [
        ("E0201", "E0201", "error"),
        ("E0801", "E0801", "error"),
    ]
    assert run["results"][0]["message"]["text"] == "a scene has no key 'propz': did you mean 'props'?"
    assert run["results"][1]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "made.yaml", "uriBaseId": "ROOT"},
        "region": {"startLine": 5, "startColumn": 15, "endLine": 5, "endColumn": 21},
    }
    assert run["originalUriBaseIds"]["ROOT"]["uri"] == f"{tmp_path.as_uri()}/"


def test_a_rule_helps_with_the_wrong_and_the_right(tmp_path: Path) -> None:
    rule = made(tmp_path, "propz: {a: 1}\n")["tool"]["driver"]["rules"][0]
    assert rule["shortDescription"]["text"] == "There is no such key."
    assert "Wrong:\n\n```yaml\npropz:" in rule["help"]["markdown"]
    assert "Right:\nprops:" in rule["help"]["text"]


def test_a_file_elsewhere_has_its_whole_address_and_odd_names_are_written_safely(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a b").mkdir()
    away = made(tmp_path / "a b", "propz: {a: 1}\n")["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert away == {"uri": (tmp_path / "a b" / "made.yaml").as_uri()}
    monkeypatch.chdir(tmp_path)
    near = made(Path("a b"), "propz: {a: 1}\n")["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert near == {"uri": "a%20b/made.yaml", "uriBaseId": "ROOT"}


def test_what_stands_in_no_line_has_no_region(tmp_path: Path) -> None:
    log = sarif(check_scene(tmp_path / "none.yaml").diagnostics)
    jsonschema.validate(log, ESSENTIAL)
    assert set(log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]) == {"artifactLocation"}


def test_warnings_are_warnings_and_good_scenes_have_no_results(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check([write(tmp_path, text="text:\n  hello: Hello\n")], "sarif") == 0
    log = json.loads(capsys.readouterr().out)
    assert {one["level"] for one in log["runs"][0]["results"]} == {"warning"}
    assert check(["lakeside"], "sarif") == 0
    assert json.loads(capsys.readouterr().out)["runs"][0]["results"] == []
