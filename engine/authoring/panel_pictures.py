"""Pictures of everything that the engine itself shows people, in every language: to be looked at before it is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from engine.host.start import Offer, Start, found_headset, page, pressed
from engine.session import Session
from engine.spec.load import load_scene
from engine.view.ui import sheets
from engine.view.ui.palette import Look
from engine.view.ui.panel import Sheet, picture
from engine.view.ui.start import draw
from engine.view.ui.wishes import FIRST
from engine.view.ui.words import languages, words

BEHIND = (120, 130, 140)
"""What is seen where a panel is not."""


def take_pictures(folder: Path, offers: Callable[[str], tuple[Offer, ...]], say: Callable[[str], object]) -> None:
    """Draw the start screen and each panel into a folder; `offers` gives the scenes in a language."""
    folder.mkdir(parents=True, exist_ok=True)
    for language in languages():
        for name, start in _starts(language, offers):
            _keep(Image.fromarray(draw(page(start))), folder / f"start_{name}_{language}.png", say)
        for name, sheet, looks in _sheets(language):
            drawn = Image.fromarray(np.array(picture(sheet, looks)))
            whole = Image.new("RGB", (drawn.width + 48, drawn.height + 48), BEHIND)
            whole.paste(drawn, (24, 24), drawn.getchannel("A"))
            _keep(whole, folder / f"panel_{name}_{language}.png", say)


def _starts(language: str, offers: Callable[[str], tuple[Offer, ...]]) -> Iterator[tuple[str, Start]]:
    first = Start(offers(language), language)
    yield "scenes", first
    for offer in first.offers:
        for tab in ("session", "body", "comfort"):
            start: object = pressed(first, f"scene:{offer.name}", offers)
            start = pressed(start, f"tab:{tab}", offers) if isinstance(start, Start) else start
            if isinstance(start, Start):
                yield f"{offer.name}_{tab}", found_headset(start, "" if tab == "session" else "Headset")


def _sheets(language: str) -> Iterator[tuple[str, Sheet, tuple[tuple[str, Look], ...]]]:
    yield "pause", sheets.pause(language, FIRST), (("captions+", "hover"), ("leave", "focus"))
    yield "pause_high", sheets.pause(language, FIRST, "high"), (("captions+", "hover"), ("leave", "focus"))
    yield "fms", sheets.sickness(language), (("3", "hover"), ("8", "pressed"))
    yield "all_right", sheets.all_right(language), (("break", "focus"),)
    yield "message", sheets.message(words(language)["minute_left"], language), ()
    for outcome in ("left", "finished", "limit", "lost"):
        yield f"calm_{outcome}", sheets.calm(language, outcome, desktop=True), ()
    session = Session(load_scene("breathless_bay", language=language))
    session.step(200 * 100)
    yield "summary", sheets.summary(session.world, session.tick), ()


def _keep(image: Image.Image, path: Path, say: Callable[[str], object]) -> None:
    image.save(path)
    say(str(path))
