"""Write what the designers' guide shows: `python -m tests.scenes.make_guide` its pictures, with `--words` what commands answer.

Pictures are those that a reader gets: of steps that change the room the scene's own shot, of steps in which something happens a
moment of `abaton run --headless`. Look at each before it is committed.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from engine.authoring.shots import WEBP_QUALITY, take_shots
from engine.host.run import Settings, run
from engine.spec.load import load_scene
from tests.scenes.guide import COUNT, PAGE, answer, picture_file, step_file, told

SIZE = (960, 540)

MOMENTS: Mapping[int, tuple[str, Settings]] = {
    7: ("02_worse", Settings()),
    8: ("01_breathing_badly", Settings()),
    9: ("04_talk_it_over", Settings()),
    10: ("01_untreated", Settings(variants=("sicker",), language="de")),
}
"""Steps in which something happens: the moment that is shown, and what the session asks for."""


def draw(number: int) -> None:
    """Draw the picture of a step."""
    with TemporaryDirectory() as name:
        folder, scene = Path(name), step_file(number)
        if number in MOMENTS:
            moment, settings = MOMENTS[number]
            run(str(scene), "headless", folder, settings, lambda _: None)
            (path,) = folder.glob(f"*/{moment}.png")
        else:
            (path,) = take_shots(load_scene(scene), folder, SIZE)
        Image.open(path).convert("RGB").save(picture_file(number), quality=WEBP_QUALITY, method=6)
    print(f"{picture_file(number).name}: {picture_file(number).stat().st_size // 1000} kB")


def write_words() -> None:
    """Put into the page what each of its commands answers today."""
    page = PAGE.read_text(encoding="utf-8")
    for one in reversed(told(page)):
        with TemporaryDirectory() as folder:
            start, end = one.span
            page = page[:start] + answer(one, Path(folder)) + page[end:]
    PAGE.write_text(page, encoding="utf-8")


def main() -> None:
    """Write pictures, or words."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", action="store_true", help="what commands answer, instead of pictures")
    parser.add_argument("steps", nargs="*", type=int, default=range(1, COUNT + 1), help="the steps to draw; left out: all")
    asked = parser.parse_args()
    if asked.words:
        write_words()
        return
    for number in asked.steps:
        draw(number)


if __name__ == "__main__":
    main()
