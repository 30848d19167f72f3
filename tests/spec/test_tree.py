"""Text to tree: positions, dotted keys, and all that YAML could make of a text behind an author's back."""

from __future__ import annotations

import pytest

from engine.spec.findings import Findings
from engine.spec.tree import DEEPEST, MOST_NODES, ListNode, MapNode, TextNode, read_tree


def read(text: str) -> MapNode:
    findings = Findings()
    root = read_tree(text, "x.yaml", findings)
    assert not findings.errors, findings.diagnostics
    assert root is not None
    return root


def codes(text: str) -> list[str]:
    findings = Findings()
    read_tree(text, "x.yaml", findings)
    return [one.code for one in findings.diagnostics]


def test_keys_and_values_know_where_they_stand() -> None:
    entry = read("spec: 1\nörtlich:   ab cd\n").entries["örtlich"]
    assert str(entry.key_span) == "x.yaml:2:1"
    assert str(entry.value.span) == "x.yaml:2:12"
    assert entry.value.span.end_column == 17


@pytest.mark.parametrize("written", ["ab cd", "'ab cd'", '"ab cd"'])
def test_a_part_of_a_text_knows_where_it_stands(written: str) -> None:
    text = f"key: {written}\n"
    node = read(text).get("key")
    assert isinstance(node, TextNode)
    part = node.part(3, 5)
    assert text[part.column - 1 : part.end_column - 1] == "cd"


def test_a_part_of_a_text_with_escapes_is_the_whole_text() -> None:
    node = read('key: "a\\tb cd"\n').get("key")
    assert isinstance(node, TextNode)
    assert node.part(4, 6) == node.span


def test_a_dotted_key_is_a_path() -> None:
    def plain(node: object) -> object:
        match node:
            case MapNode():
                return {entry.key: plain(entry.value) for entry in node}
            case ListNode():
                return [plain(item) for item in node.items]
            case _:
                assert isinstance(node, TextNode)
                return node.value

    dotted = read("a.b.c: 1\na.b.d: [2, 3]\na: {e: 4}\n")
    assert plain(dotted) == {"a": {"b": {"c": "1", "d": ["2", "3"]}, "e": "4"}}
    assert str(dotted.entries["a"].key_span) == "x.yaml:1:1"


@pytest.mark.parametrize("text", ["a: 1\na: 2\n", "a.b: 1\na: {b: 2}\n", "a: 1\na.b: 2\n", "a: {b: 1}\na: {c: 1}\n"])
def test_one_path_given_twice_is_an_error(text: str) -> None:
    assert codes(text) == ["E0125"]


@pytest.mark.parametrize(
    "word",
    [
        "yes",
        "No",
        "ON",
        "off",
        "y",
        "N",
        "012",
        "08",
        "4:30",
        "1:2:3",
        "1_000",
        "1e3",
        "1.5e+3",
        ".5E2",
        "2026-05-01",
        "=",
        "0b1",
    ],
)
def test_a_text_that_two_yamls_read_apart_needs_quotes(word: str) -> None:
    assert codes(f"key: {word}\n") == ["E0148" if word == "=" else "E0124" if word.isalpha() else "E0147"]
    assert codes(f"key: '{word}'\n") == []


@pytest.mark.parametrize("word", ["10", "0", "-2.5", "0.5", "4 s", "true", "null", "1 000", "noon", "0 m", "-0.8/min"])
def test_a_text_that_all_yamls_read_alike_needs_none(word: str) -> None:
    assert codes(f"key: {word}\n") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &x 1\n", "E0114"),
        ("a: !x 1\n", "E0115"),
        ("a: !!str 1\n", "E0115"),
        ("%YAML 1.1\n---\na: 1\n", "E0116"),
        ("a: 1\n---\nb: 1\n", "E0117"),
        ("a:\n", "E0122"),
        ("a: ''\n", "E0122"),
        ("a: {}\n", "E0123"),
        ("a: []\n", "E0123"),
        ("? [a]\n: 1\n", "E0120"),
        ("a..b: 1\n", "E0121"),
        ("a: [1\n", "E0131"),
        ("a: b: c\n", "E0130"),
        ("a: \x07\n", "E0138"),
        ("just a text\n", "E0112"),
        ("", "E0111"),
        ("# nothing\n", "E0111"),
    ],
)
def test_what_is_not_plain_yaml_is_an_error(text: str, code: str) -> None:
    assert codes(text) == [code]


def test_an_alias_is_an_error_and_never_expanded() -> None:
    lines = ["a: &a [x, x]"] + [f"b{i}: [*a, *a, *a, *a]" for i in range(20)]
    assert set(codes("\n".join(lines))) == {"E0114", "E0113"}


def test_depth_is_bounded_by_brackets_and_by_dots() -> None:
    assert "E0119" in codes("a: " + "[" * (DEEPEST + 1) + "1" + "]" * (DEEPEST + 1))
    dots = ".".join("a" for _ in range(DEEPEST))
    assert "E0119" in codes(f"{dots}:\n  b: 1\n")
    assert codes("a: " + "[" * (DEEPEST - 1) + "1" + "]" * (DEEPEST - 1)) == []


def test_size_is_bounded() -> None:
    assert "E0118" in codes("a: [" + "1," * (MOST_NODES + 1) + "1]")


def test_lines_are_counted_as_editors_count_them() -> None:
    findings = Findings()
    read_tree("a: 'x\u2028y'\nb:\n", "x.yaml", findings)
    assert [(one.code, str(one.span), one.source) for one in findings.diagnostics] == [
        ("E0143", "x.yaml:1:6", "a: 'x\u2028y'"),
        ("E0122", "x.yaml:2:1", "b:"),
    ]
