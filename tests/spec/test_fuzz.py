"""Scenes torn and sewn together at random: a scene or findings come back, never an exception."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.library import scenes_folder
from engine.spec import read_scene, render
from tests.spec.writing import CARDS

SCENES = [
    (scenes_folder() / "lakeside" / "lakeside.yaml").read_text(encoding="utf-8"),
    (Path(__file__).parent / "good" / "breathless_bay" / "breathless_bay.yaml").read_text(encoding="utf-8"),
]
SCRAPS = [
    *("none", "{}", "[]", ": ", "- ", "''", "5 s", "true", "done", "lamp", "\t", "#", "[", "}", "&a ", "*a", "use", "orb.scale"),
    *(
        "text: 3",
        "a.b.c",
        "1e3",
        "yes",
        "in: ",
        "..",
        "[0 m, 0 m]",
        "{say: welcome}",
        "participant",
        "\u2028",
        "é",
        "\x00",
        "???",
    ),
]


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_scene_breaks_the_reader(data: st.DataObject, tmp_path: Path) -> None:
    text = data.draw(st.sampled_from(SCENES))
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 30)))
        text = text[:start] + data.draw(st.sampled_from([*SCRAPS, "", text[end : end + 40]])) + text[end:]
    path = tmp_path / "torn.yaml"
    path.write_text(text, encoding="utf-8")
    variants = data.draw(st.sampled_from([(), ("winter",), ("night",)]))
    scene, diagnostics = read_scene(path, variants=variants, cards=CARDS)
    assert (scene is None) == any(one.severity == "error" for one in diagnostics)
    assert all(render(one) for one in diagnostics)


@pytest.mark.parametrize(
    "text",
    [
        "props:\n" + "".join(f"  a{i}: {{use: lantern, in: b{i}}}\n" for i in range(12000)),
        "variants:\n" + "".join(f"  v{i}:\n    props.a.b{i}: 3 s\n" for i in range(12000)),
        "scenario:\n  start: s0\n  states:\n"
        + "".join(f"    s{i}:\n      rules: {{when: after 3 s, go: s{i + 1}}}\n" for i in range(9000))
        + "    s9000:\n      rules: {when: done, go: s0}\n",
        "a: " + "[" * 500_000,
        "text:\n" + "".join(f"  t.a{i}: x\n" for i in range(40000)),
        "props: {a: {flux: " + "1 + " * 100_000 + "1}}",
        "props: {a: {flux: " + "(" * 400_000 + "}}",
    ],
    ids=["unknown names", "variants", "a long loop", "brackets", "dotted keys", "a long sum", "deep brackets"],
)
def test_a_hostile_scene_is_refused_in_seconds(tmp_path: Path, text: str) -> None:
    path = tmp_path / "hostile.yaml"
    path.write_text("spec: 1\nlanguage: en\n" + text)
    assert read_scene(path)[0] is None
