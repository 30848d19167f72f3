"""Pictures of everything that the engine itself shows people, in every language: to be looked at before it is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from engine.host.offers import Offer
from engine.host.start import Start, found_headset, page, pressed, typed
from engine.session import Session
from engine.spec.diagnostics import Diagnostic, Span
from engine.spec.load import load_scene
from engine.view.ui import sheets, text
from engine.view.ui.captions import LARGER, LONGEST, PIXELS, SOLID
from engine.view.ui.notice import notice
from engine.view.ui.palette import PALETTES, Contrast, Look
from engine.view.ui.panel import Sheet, picture
from engine.view.ui.start import draw
from engine.view.ui.wishes import FIRST, GROUPS
from engine.view.ui.words import languages, words

BEHIND = (120, 130, 140)
"""What is seen where a panel is not."""

CONTRASTS: tuple[Contrast, ...] = tuple(PALETTES)
PROBLEM = "the OpenXR runtime went away: start it again, then look again"
WRONG = tuple(
    Diagnostic("E0801", "error", Span("scenes/room/room.yaml", line, 3, line, 9), said, remedy)
    for line, said, remedy in (
        (12, "there is no prefab 'visitor_chiar'", "did you mean 'visitor_chair'?"),
        (31, "the chair overlaps the bed by 12 cm; the nearest free place is [1.2 m, 0.4 m]", "move it there"),
        (44, "'oxygen.flwo' is nothing that can be changed: the flow dial has flow", "write oxygen.flow"),
        (52, "the text 'welcome' is missing", "add it under text"),
    )
)
"""What a notice could be about."""


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
        _keep(_captions(language), folder / f"captions_{language}.png", say)


def _starts(language: str, offers: Callable[[str], tuple[Offer, ...]]) -> Iterator[tuple[str, Start]]:
    """The pages of the start screen: scenes, each tab, with a headset and without, who takes part, at high contrast."""
    first = Start(offers(language), language, types=True)
    yield "scenes", first
    known = ("P1", "P2", "anna-3", "P12", "P13")
    yield "people", typed(replace(first, people=known, person="P2"), "Anna")
    yield "people_worn", replace(first, people=known, types=False)
    yield "people_refused", _after(typed(replace(first, people=known), "Anna"), "take", offers)
    lake = _after(first, "scene:lakeside", offers)
    yield "session", found_headset(lake, "")
    yield "session_high", found_headset(replace(lake, wishes=(("contrast", "high"),)), "Headset")
    yield "session_problem", replace(lake, headset="", problem=PROBLEM)
    for heading in GROUPS:
        yield heading, found_headset(_after(replace(lake, person="P2"), f"tab:{heading}", offers), "Headset")


def _after(start: Start, item: str, offers: Callable[[str], tuple[Offer, ...]]) -> Start:
    """The start screen after a press that leads on."""
    after = pressed(start, item, offers)
    return after if isinstance(after, Start) else start


def _sheets(language: str) -> Iterator[tuple[str, Sheet, tuple[tuple[str, Look], ...]]]:
    looks: tuple[tuple[str, Look], ...] = (("captions+", "hover"), ("vignette-", "pressed"), ("leave", "focus"))
    for contrast in CONTRASTS:
        high = "" if contrast == "normal" else "_high"
        yield f"pause{high}", sheets.pause(language, FIRST, contrast), looks
        yield f"fms{high}", sheets.sickness(language, contrast), (("3", "hover"), ("8", "pressed"), ("15", "focus"))
        yield f"notice{high}", notice(WRONG, language, contrast), ()
    yield "all_right", sheets.all_right(language), (("break", "focus"),)
    yield "message", sheets.message(words(language)["minute_left"], language), ()
    for outcome in ("left", "finished", "limit", "lost"):
        yield f"calm_{outcome}", sheets.calm(language, outcome, desktop=True), ()
    yield "farewell", sheets.farewell(language, desktop=True), ()
    session = Session(load_scene("breathless_bay", language=language))
    session.step(200 * 100)
    yield "summary", sheets.summary(session.world, session.tick), ()


def _captions(language: str) -> Image.Image:
    """A caption in each size, at either contrast, as large beside each other as they are before the eyes."""
    said, plates = words(language)["calm_lost"], []
    for alpha in (text.PLATE_ALPHA, SOLID):
        for larger in LARGER.values():
            plate = Image.fromarray(text.plate(said, language, PIXELS, LONGEST / larger, alpha))
            plates.append(plate.resize((round(plate.width * larger / 2), round(plate.height * larger / 2))))
    whole = Image.new("RGB", (max(one.width for one in plates) + 48, sum(one.height + 24 for one in plates) + 24), BEHIND)
    top = 24
    for plate in plates:
        whole.paste(plate, ((whole.width - plate.width) // 2, top), plate.getchannel("A"))
        top += plate.height + 24
    return whole


def _keep(image: Image.Image, path: Path, say: Callable[[str], object]) -> None:
    image.save(path)
    say(str(path))
