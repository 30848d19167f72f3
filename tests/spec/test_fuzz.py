"""Any bytes give a scene or findings: read in a process of its own, within two seconds and 200 MB above a bare interpreter.

A crash, an exception, a reader that hangs: all fail, with the bytes that did it. The same examples are drawn each time;
`ABATON_FUZZ=20000 python -m pytest tests/spec/test_fuzz.py` draws so many new ones of each kind.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.library import assets_folder, scenes_folder
from tests.spec.reader import BrokenError, Reader

LONGER = int(os.environ.get("ABATON_FUZZ", "0"))
FUZZ = settings(
    max_examples=LONGER or 200,
    derandomize=not LONGER,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


def _shipped(name: str) -> bytes:
    return (scenes_folder() / name / f"{name}.yaml").read_bytes()


SCENES = {name: _shipped(name) for name in ("lakeside", "breathless_bay")}
GERMAN = {name: (scenes_folder() / name / f"{name}.de.yaml").read_bytes() for name in SCENES}
CARDS = {path.stem: path.read_bytes() for path in sorted((assets_folder() / "prefabs").glob("*.yaml"))}
WHOLE = [*SCENES.values(), *GERMAN.values(), *CARDS.values()]

SCRAPS = [
    *(
        "none",
        "{}",
        "[]",
        ": ",
        "- ",
        "''",
        '"',
        "5 s",
        "true",
        "done",
        "lamp",
        "\t",
        "#",
        " # ",
        "[",
        "}",
        "&a ",
        "*a",
        "!t ",
        "<<",
    ),
    *(
        "use",
        "orb.scale",
        "text: 3",
        "a.b.c",
        ".",
        "..",
        "1e3",
        "yes",
        "in: ",
        "[0 m, 0 m]",
        "{say: welcome}",
        "participant",
        "???",
    ),
    *(
        "%",
        "@",
        "`",
        "|",
        ">",
        "---\n",
        "...\n",
        "? ",
        "\r\n",
        "\n",
        "\n  ",
        "\\",
        "/",
        "../x.yaml",
        "x.glb",
        "include: [a.yaml]\n",
    ),
    *(
        "\u2028",
        "\u00a0",
        "é",
        "\x00",
        "\x1b[2J",
        "“",
        "−",
        "\ufeff",
        "\u202e",
        "𝟙",
        "٣",
        "ß",
        "İ",
        "\U0001f600",
        "\x85",
        "\u0301",
    ),
    *("9" * 400, "-0", "1.", "0.0000000001", "999999999999 m", "1/0", "x / 0", "- 1", "(" * 30, "not " * 30, "1 + " * 250 + "1"),
    *(
        "[" * 70,
        "{a: " * 70,
        "- " * 70,
        "a." * 70 + "a",
        "a" * 5000,
        " " * 5000,
        "go: end",
        "after 5 s",
        "parameters: {x: {default: 0}}\n",
    ),
]
"""What is sewn in, besides pieces of the shipped files themselves."""


@st.composite
def torn(draw: st.DrawFn, whole: bytes) -> bytes:
    """A file with bits flipped, pieces cut out, moved, repeated, or replaced by what stands elsewhere."""
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(whole)))
        end = min(len(whole), at + draw(st.integers(0, 40)))
        match draw(st.sampled_from(["flip", "cut", "scrap", "splice", "repeat", "lines"])):
            case "flip":
                whole = whole[:at] + bytes([draw(st.integers(0, 255))]) + whole[at + 1 :]
            case "cut":
                whole = whole[:at] + whole[end:]
            case "scrap":
                whole = whole[:at] + draw(st.sampled_from(SCRAPS)).encode() + whole[end:]
            case "splice":
                other = draw(st.sampled_from(WHOLE))
                start = draw(st.integers(0, len(other)))
                whole = whole[:at] + other[start : start + draw(st.integers(0, 200))] + whole[end:]
            case "repeat":
                whole = whole[:at] + whole[at:end] * draw(st.integers(2, 60)) + whole[end:]
            case "lines":
                lines = whole.split(b"\n")
                one, two = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
                lines[one], lines[two] = lines[two], lines[one]
                whole = b"\n".join(lines)
    return whole


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as found:
        yield found


@FUZZ
@given(data=st.one_of(st.binary(max_size=600), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes_are_a_scene_or_are_told_what_is_wrong(reader: Reader, data: bytes) -> None:
    assert reader.read({"scene.yaml": data}).codes


@FUZZ
@given(body=st.lists(st.sampled_from([*SCRAPS, *"abe:,[]{}-. \n\"'#&*!|>%"]), max_size=40).map("".join))
def test_any_yaml_signs_are_a_scene_or_are_told_what_is_wrong(reader: Reader, body: str) -> None:
    assert reader.read({"scene.yaml": b"spec: 1\nlanguage: en\n" + body.encode("utf-8", "replace")}).codes


@FUZZ
@given(data=st.data(), name=st.sampled_from(list(SCENES)), variant=st.sampled_from([(), (), ("winter",), ("night",)]))
def test_a_torn_scene_breaks_nothing(reader: Reader, data: st.DataObject, name: str, variant: tuple[str, ...]) -> None:
    reader.read({"scene.yaml": data.draw(torn(SCENES[name]))}, variant)


@FUZZ
@given(data=st.data(), card=st.sampled_from(list(CARDS)))
def test_a_torn_card_breaks_nothing(reader: Reader, data: st.DataObject, card: str) -> None:
    used = next((one for one in SCENES.values() if f"use: {card}".encode() in one), SCENES["lakeside"])
    reader.read(
        {"scene.yaml": used.replace(b"use: lantern", f"use: {card}".encode()), f"cards/{card}.yaml": data.draw(torn(CARDS[card]))}
    )


@FUZZ
@given(data=st.data(), name=st.sampled_from(list(SCENES)))
def test_a_torn_file_of_another_language_breaks_nothing(reader: Reader, data: st.DataObject, name: str) -> None:
    reader.read({"scene.yaml": SCENES[name], "scene.de.yaml": data.draw(torn(GERMAN[name]))}, language="de")


@FUZZ
@given(data=st.data(), name=st.sampled_from(list(SCENES)))
def test_a_torn_included_file_breaks_nothing(reader: Reader, data: st.DataObject, name: str) -> None:
    head, text = SCENES[name].split(b"\ntext:\n")
    files = {"scene.yaml": b"include: more.yaml\n" + head, "more.yaml": data.draw(torn(b"text:\n" + text))}
    reader.read(files)


def test_a_reader_that_ends_is_told_with_its_last_words_and_another_begins(reader: Reader) -> None:
    with pytest.raises(BrokenError, match="IsADirectoryError"):
        reader.read({"scene.yaml/x": b"", "scene.yaml": b""})
    assert reader.read({"scene.yaml": SCENES["lakeside"]}).scene
