"""Files as large as they may be, made to cost as much as they can: refused or read within the bounds of `tests.spec.reader`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from engine.authoring.bench import props_scene
from engine.spec.files import LARGEST
from tests.spec.reader import Reader

pytestmark = pytest.mark.slow

HEAD = "spec: 1\nlanguage: en\n"


def _many(before: str, line: str, after: str = "") -> str:
    """As many lines as a file takes; `@` is the number of a line, `^` that of the next."""
    room = (LARGEST - len(HEAD) - len(before) - len(after)) // (len(line.encode()) + 10)
    lines = (line.replace("@", str(number)).replace("^", str(number + 1)) for number in range(room))
    return f"{before}{''.join(lines)}{after}"


ONE = "parameters: {x: {default: 1.5 lm, range: 1 lm to 2 lm}}\n"
FILES: Mapping[str, str] = {
    "unknown names": _many("props:\n", "  a@: {use: lantern, in: b@}\n"),
    "unknown flags": _many("checklist:\n", "  a@: {expect: b@ seen}\n"),
    "things": _many("props:\n", "  a@: {use: lantern, at: [1 m, 2 m, 3 m]}\n"),
    "things on one another": _many("props:\n  a0: {use: bench}\n", "  a^: {use: bench, rests_on: a@}\n"),
    "variants": _many("variants:\n", "  v@:\n    props.a.b@: 3 s\n"),
    "states": _many("scenario:\n  start: s0\n  states:\n", "    s@: {rules: {when: after 3 s, go: s^}}\n"),
    "rules": _many("scenario:\n  rules:\n", "  - {when: guide speaking, do: {teleport: guide}}\n"),
    "regions": _many("scenario:\n  regions:\n", "    r@: {start: s@, states: {s@: {rules: {when: after 3 s, go: end}}}}\n"),
    "actions": _many("scenario:\n  do:\n", "  - {say: a@, speaker: guide}\n"),
    "texts": _many("text:\n", "  t.a@: x\n"),
    "shots": _many("shots:\n", "  s@: {from: participant, to: guide}\n"),
    "drifts": _many("scenario:\n  drift:\n", "    guide.a@: 1 m/s\n"),
    "one sum": HEAD + "props: {a: {flux: " + "1 + " * 100_000 + "1}}",
    "sums of names": _many(f"{ONE}props:\n", f"  a@: {{use: lantern, flux: {'x + ' * 99}x}}\n"),
    "sums of products": _many(f"{ONE}props:\n", f"  a@: {{use: lantern, flux: {'x * x + ' * 49}x}}\n"),
    "conditions": _many("checklist:\n", f"  a@: {{expect: {'guide speaking and ' * 66}guide speaking}}\n"),
    "negations": _many("checklist:\n", f"  a@: {{expect: {'not (' * 19}guide speaking{')' * 19}}}\n"),
    "ranges": _many("parameters:\n", "  a@: {default: 3 s, range: 1 s to 5 s}\n"),
    "a word": "checklist: {a: {expect: " + "x" * 1_000_000 + "}}",
    "a path": "checklist: {a: {expect: " + "x." * 500_000 + "x}}",
    "a number": "checklist: {a: {expect: " + "1" * 1_000_000 + "}}",
    "spaces": "checklist: {a: {expect: " + " " * 1_000_000 + "x}}",
    "deep brackets": "props: {a: {flux: " + "(" * 400_000 + "}}",
    "deep lists": "a: " + "[" * 200_000,
    "a list": "a: [" + "x, " * 199_000 + "x]",
    "a dotted key": "a" + ".a" * 500_000 + ": x",
    "included files": "include: [" + "x.yaml, " * 120_000 + "]",
    "comments": "# x\n" * 250_000,
    "a quote": 'a: "' + "x\n" * 500_000,
    "escapes": 'text: {a: "' + "\\u263a" * 150_000 + '"}',
    "keys in braces": "a: {" + "x: y, " * 150_000,
    "anchors": "a: &a x\n" * 100_000,
    "dashes": "- " * 500_000,
    "questions": "? " * 500_000,
    "line separators": "a: b\u2028\n" * 120_000,
    "no-break spaces": "\u00a0a: b\n" * 120_000,
    "printers' quotes": "a: " + "“”" * 150_000,
    "tabs": "\ta: b\n" * 150_000,
}


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as found:
        yield found


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_a_large_file_is_read_or_refused_in_time(reader: Reader, text: str) -> None:
    data = (HEAD + text).encode()
    assert len(data) <= LARGEST
    found = reader.read({"scene.yaml": data})
    assert not found.scene
    assert found.codes


def test_ten_thousand_things_are_a_scene(reader: Reader) -> None:
    assert reader.read({"scene.yaml": props_scene(10_000).encode()}).scene
