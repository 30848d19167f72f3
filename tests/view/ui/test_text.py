"""Text: direction, order, joining, wrapping, fonts. Where it can, it asks the picture."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import ImageFont

from engine.library import assets_folder
from engine.view.ui import bidi, fonts, text

OXYGEN = "الأكسجين 12 L/min الآن"
WIDE = 4000.0
HEBREW = fonts.FILES.index("NotoSansHebrew-Regular.ttf")


def pieces(words: str, language: str = "ar", width: float = WIDE) -> list[str]:
    """What is drawn, from left to right, without the spaces around it."""
    return [piece.text.strip() for piece in text.lay_out(words, language, 40, width).pieces if piece.text.strip()]


def same(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> bool:
    """Whether two pictures are alike but for a rounding of where letters begin."""
    width = min(a.shape[1], b.shape[1])
    return abs(a.shape[1] - b.shape[1]) <= 2 and float(np.abs(a[:, :width].astype(int) - b[:, :width]).mean()) < 4.0


def test_a_dose_in_arabic_reads_in_the_right_order() -> None:
    assert pieces(OXYGEN) == ["الآن", "12\u00a0L/min", "الأكسجين"]


def test_without_an_isolate_the_same_dose_would_read_the_wrong_way() -> None:
    """Why values are isolated at all: this is what the Unicode algorithm makes of the bare text."""
    levels = bidi.levels(OXYGEN, True)
    order = [OXYGEN[run.start : run.end].strip() for run in fonts.split(OXYGEN, 0, len(OXYGEN), levels)]
    shown = [order[index] for index in bidi.visual_order([run.level for run in fonts.split(OXYGEN, 0, len(OXYGEN), levels)])]
    assert shown.index("L/min") < shown.index("12")


def test_an_isolated_dose_looks_as_it_does_alone() -> None:
    block = text.lay_out(OXYGEN, "ar", 40, WIDE)
    dose = next(piece for piece in block.pieces if "12" in piece.text)
    alone = text.coverage(text.lay_out("12\u00a0L/min", "en", 40, WIDE))
    start = round(dose.x)
    assert same(text.coverage(block)[:, start : start + alone.shape[1]], alone)


@pytest.mark.parametrize("value", ["12 L/min", "98 %", "120/80 mmHg", "36,6 °C", "5 µg", "1.5 mg/kg"])
def test_values_keep_together_and_in_order_in_hebrew(value: str) -> None:
    assert value.replace(" ", "\u00a0") in pieces(f"ערך {value} עכשיו", "he")


def test_a_value_made_with_its_unit_is_never_isolated_twice() -> None:
    words = f"الوزن {text.with_unit('72.5', 'kg')}"
    assert text.isolate_values(words) == words
    assert pieces(words) == ["72.5\u00a0kg", "الوزن"]


def test_direction_comes_from_the_letters_and_else_from_the_language() -> None:
    assert bidi.runs_right_to_left("שלום world")
    assert not bidi.runs_right_to_left("Hello שלום", "he")
    assert bidi.runs_right_to_left("120/80", "ar-EG")
    assert not bidi.runs_right_to_left("120/80", "de")
    assert not bidi.runs_right_to_left(f"{text.with_unit('5', 'kg')} Gewicht")


def test_arabic_letters_are_joined() -> None:
    joined = text.lay_out("سلام", "ar", 40, WIDE).width
    apart = sum(text.lay_out(letter, "ar", 40, WIDE).width for letter in "سلام")
    assert joined < 0.85 * apart


def test_hebrew_is_drawn_as_one_font_alone_would() -> None:
    """Our order of runs against Pillow's own, where one font has it all: they must agree."""
    words = "שלום (עולם), 12"
    font = ImageFont.truetype(assets_folder() / "fonts" / fonts.FILES[HEBREW], 40, layout_engine=ImageFont.Layout.RAQM)
    runs = fonts.split(words, 0, len(words), bidi.levels(words, True))
    assert {run.font for run in runs if any(letter.isalpha() for letter in words[run.start : run.end])} == {HEBREW}
    ours = text.lay_out("שלום (עולם)", "he", 40, WIDE).width
    assert ours == pytest.approx(font.getlength("שלום (עולם)", direction="rtl", language="he"), abs=2)


def test_each_script_is_drawn_in_its_own_font() -> None:
    block = text.lay_out("Say שלום and مرحبا", "en", 40, WIDE)
    assert [(piece.text.strip(), fonts.FILES[piece.font][:6]) for piece in block.pieces] == [
        ("Say", "Atkins"),
        ("שלום", "NotoSa"),
        ("and", "Atkins"),
        ("مرحبا", "NotoSa"),
    ]


def test_lines_fit_and_are_about_equally_long() -> None:
    words = "Welcome. Sit comfortably, and let your hands rest; there is nothing you need to do here."
    block = text.lay_out(words, "en", 40, 700.0)
    assert block.width <= 700
    assert block.lines == 3
    ends = [
        max(p.x + fonts.face(p.font, 40).getlength(p.text) for p in block.pieces if p.y == y) for y in {p.y for p in block.pieces}
    ]
    assert min(ends) > 0.75 * max(ends)
    assert " ".join(piece.text for piece in block.pieces) == words


def test_right_to_left_lines_begin_with_the_first_words() -> None:
    block = text.lay_out("مرحبا بك في هذا المكان الهادئ قرب البحيرة", "ar", 40, 300.0)
    assert block.lines > 1
    assert block.pieces[0].text.startswith("مرحبا")


def test_a_line_ends_where_its_author_ends_it() -> None:
    assert text.lay_out("one\ntwo\n", "en", 40, WIDE).lines == 3


def test_a_word_longer_than_a_line_is_cut() -> None:
    block = text.lay_out("Rindfleischetikettierungsüberwachungsaufgabe", "de", 40, 300.0)
    assert block.lines >= 3
    assert block.width <= 300
    assert "".join(piece.text for piece in block.pieces) == "Rindfleischetikettierungsüberwachungsaufgabe"


@pytest.mark.parametrize("words", ["", " ", "\n", "\u2068\u2069", "é"])
def test_hardly_any_text_is_no_trouble(words: str) -> None:
    block = text.lay_out(words, "en", 40, WIDE)
    assert text.coverage(block, (10, 10)).shape == (block.height + 20, block.width + 20)
    assert text.plate(words, "en", 40, WIDE).shape[2] == 4


def test_letters_that_no_font_has_are_named() -> None:
    assert fonts.missing("Ω good 漢字 ᚠ👍ᚠ") == "ᚠ👍"
    assert text.lay_out("ᚠ", "zh", 40, WIDE).missing == "ᚠ"
    assert fonts.missing(f"{OXYGEN} é\u0301 {text.with_unit('1', 'kg')}") == ""


def test_every_font_has_its_licence_beside_it() -> None:
    folder = assets_folder() / "fonts"
    for name in fonts.FILES:
        assert "SIL OPEN FONT LICENSE" in (folder / f"{name.split('-')[0]}-OFL.txt").read_text(encoding="utf-8")
        assert name in (folder / "README.md").read_text(encoding="utf-8")
    assert sum(path.stat().st_size for path in folder.iterdir()) < 6e6, "they are in every wheel"


def test_a_plate_is_premultiplied_and_its_letters_are_white() -> None:
    picture = text.plate("Breathe in", "en", 40, WIDE)
    assert picture.dtype == np.uint8
    assert (picture[0, 0] == 0).all()  # round corners
    assert picture[:, :, 3].max() == 255
    assert picture[:, :, :3].max() == 255
    quiet = picture[picture.shape[0] // 2, 8]
    assert quiet[3] == round(255 * text.PLATE_ALPHA)
    linear = np.where(picture <= 10, picture / 255 / 12.92, ((picture / 255 + 0.055) / 1.055) ** 2.4)[:, :, 0]
    assert (linear <= picture[:, :, 3] / 255 + 0.01).all()


def test_the_contrast_holds_before_the_brightest_picture() -> None:
    behind = (1 - text.PLATE_ALPHA) + text.PLATE_ALPHA * text.PLATE_GREY
    assert 1.05 / (behind + 0.05) > 4.5  # WCAG 2.2, 1.4.3 and, for large text, 1.4.6


def test_the_same_words_are_drawn_once() -> None:
    first = text.plate("Breathe out", "en", 40, WIDE)
    assert text.plate("Breathe out", "en", 40, WIDE) is first
    assert text.plate("Breathe out", "de", 40, WIDE) is not first
    with pytest.raises(ValueError, match="read-only"):
        first[0, 0, 0] = 1


def test_without_fribidi_it_refuses_rather_than_draws_a_dose_the_wrong_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "shapes", lambda: False)
    with pytest.raises(fonts.TextError, match="libfribidi0"):
        text.lay_out("الجرعة 12 mg", "ar", 41, WIDE)
