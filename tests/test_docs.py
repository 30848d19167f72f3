"""What the documentation shows is true: every scene in it loads, every command in it exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.spec.load import load_scene
from headset.simulator.bindings import BINDINGS

TOP = Path(__file__).resolve().parent.parent
PAGES = sorted(path for path in [TOP / "README.md", *TOP.glob("*/README.md")] if path.is_file())


def scenes() -> list[tuple[str, str]]:
    found = []
    for page in PAGES:
        for number, text in enumerate(re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)):
            if text.startswith("spec:"):
                found.append((f"{page.parent.name}-{number}", text))
    return found


@pytest.mark.parametrize(("name", "text"), scenes(), ids=[name for name, _ in scenes()])
def test_every_scene_in_the_documentation_loads(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / "example.yaml"
    path.write_text(text, encoding="utf-8")
    assert load_scene(path).text["title"]


def test_every_command_in_the_documentation_exists() -> None:
    from engine.cli import app

    known = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    used = {word for page in PAGES for word in re.findall(r"(?:^|[`/ ])abaton ([a-z]+)\b", page.read_text(encoding="utf-8"))}
    assert used - known == set()


OTHER_KEYS = {
    "arrow_up": "↑",
    "arrow_left": "←",
    "arrow_down": "↓",
    "arrow_right": "→",
    "lalt+enter": "Alt+Enter",
    "ralt+enter": "Alt+Enter",
    "rcontrol": "right Ctrl",
    "rcontrol+wheel_down": "right Ctrl",
    "rcontrol+wheel_up": "right Ctrl",
    "rshift": "right Shift",
    "page_down": "Page Down",
    "page_up": "Page Up",
    "enter": "Enter",
}
"""What people read on the keys that a binding has besides its label."""


def keys() -> str:
    """The table of keys as headset/README.md must show it. Keys that do the same stand together."""
    rows = ["| key | or | |", "|---|---|---|", "| Mouse | | look around, after a click into the window |"]
    for says in dict.fromkeys(binding.says for binding in BINDINGS):
        alike = [binding for binding in BINDINGS if binding.says == says]
        labels = dict.fromkeys(binding.label for binding in alike)
        others = dict.fromkeys(OTHER_KEYS[key] for binding in alike for key in binding.keys[1:])
        rows.append(f"| {' '.join(labels)} | {' '.join(others)} | {says} |".replace("|  |", "| |"))
    return "\n".join(rows) + "\n"


def test_the_table_of_keys_is_that_of_the_window() -> None:
    page = (TOP / "headset/README.md").read_text(encoding="utf-8")
    assert f"<!-- keys -->\n{keys()}" in page, f"headset/README.md must show this table:\n{keys()}"


def anchors(page: Path) -> set[str]:
    """What a link into a page may name: its headings, as code hosts write them."""
    titles = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_links_to_a_heading_find_it() -> None:
    for page in PAGES:
        for file, anchor in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", page.read_text(encoding="utf-8")):
            assert anchor in anchors(page.parent / file if file else page), f"{page}: {file}#{anchor}"


def test_every_command_is_in_the_table_of_the_front_page() -> None:
    from engine.cli import app

    known = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    assert known - set(re.findall(r"`abaton ([a-z]+)\b", (TOP / "README.md").read_text(encoding="utf-8"))) == {"version"}


def test_links_in_the_documentation_lead_somewhere() -> None:
    for page in PAGES:
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page}: {link}"
