"""Scripts, shaped and put in order: what is drawn, against the same drawn piece by piece or told by the font itself."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from engine.library import assets_folder
from engine.spec.letters import unwritable
from engine.view.ui import bidi, fonts, text

SIZE = 48
WIDE = 4000.0
SAID = {
    "en": "Turn the oxygen up to 12 L/min: SpO₂ should reach 94 %.",
    "de": "Stellen Sie den Sauerstoff auf 12 L/min; größer ist gut.",
    "ar": "ارفع تدفق الأكسجين إلى 12 L/min الآن",
    "he": "הַעֲלֵה אֶת הַחַמְצָן ל־12 L/min עכשיו",
    "hi": "ऑक्सीजन को 12 L/min तक बढ़ाइए, क्षत्रिय",
    "zh": "请将氧流量调至 12 L/min，并观察患者。",
    "zh-Hant": "請將氧流量調至 12 L/min，並觀察病人。",
    "ja": "酸素を 12 L/min に上げて、患者さんを見てください。",
    "ko": "산소를 12 L/min 으로 올리고 환자를 지켜보십시오.",
    "el": "Αίθουσα 3 → δεξιά",
    "ru": "Кислород 12 л/мин",
    "vi": "Nguyễn thở oxy 12 L/min",
}

Cover = NDArray[np.uint8]


def drawn(words: str, language: str, width: float = WIDE) -> Cover:
    return text.coverage(text.lay_out(words, language, SIZE, width), (20, 20))


def columns(cover: Cover) -> Cover:
    """What is inked, without the empty columns around it."""
    inked = np.nonzero(cover.max(axis=0) > 60)[0]
    return cover[:, inked[0] : inked[-1] + 1] if len(inked) else cover[:, :0]


def alike(one: Cover, other: Cover) -> float:
    """How alike two pictures are, 1 for the same, at the best of some shifts to each side (letters begin at parts of pixels)."""
    high, wide = max(len(one), len(other)), max(one.shape[1], other.shape[1])
    a, b = np.zeros((high, wide + 6)), np.zeros((high, wide + 6))
    a[: len(one), 3 : one.shape[1] + 3] = one
    best = 0.0
    for shift in range(7):
        b[:] = 0
        b[: len(other), shift : other.shape[1] + shift] = other
        best = max(best, float((a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum())))
    return best


def parts(words: str, language: str, pieces: list[str]) -> list[Cover]:
    """A line cut where its pieces, from left to right, should be, each as wide as it is alone."""
    whole = columns(drawn(words, language))
    alone = [columns(drawn(piece, language)) for piece in pieces]
    free = (whole.shape[1] - sum(piece.shape[1] for piece in alone)) / max(1, len(pieces) - 1)
    found, at = [], 0.0
    for piece in alone:
        start = round(at)
        # A piece begins at the first inked column near where equal spaces would have it.
        near = [x for x in range(max(0, start - 12), min(whole.shape[1], start + 13)) if whole[:, x].max() > 60]
        gaps = [x for x in near if x == 0 or whole[:, max(0, x - 6) : x].max(initial=0) <= 60]
        start = min(gaps or near, key=lambda x: abs(x - at))
        found.append(whole[:, start : start + piece.shape[1]])
        at = start + piece.shape[1] + free
    return found


@pytest.mark.parametrize(
    ("words", "language", "left_to_right"),
    [
        ("أكسجين 12 L/min الآن", "ar", ["الآن", "12\u00a0L/min", "أكسجين"]),
        ("التشبع 94 % اليوم", "ar", ["اليوم", "94\u00a0%", "التشبع"]),
        ("بين 10–15 L/min فقط", "ar", ["فقط", "10–15\u00a0L/min", "بين"]),
        ("קיים SpO2 נמוך", "he", ["נמוך", "SpO2", "קיים"]),
        ("לחץ 120/80 mmHg עכשיו", "he", ["עכשיו", "120/80\u00a0mmHg", "לחץ"]),
        ("the שלום 12 mg dose", "en", ["the", "שלום", "12\u00a0mg", "dose"]),
    ],
)
def test_a_line_reads_as_its_pieces_side_by_side(words: str, language: str, left_to_right: list[str]) -> None:
    for piece, found in zip(left_to_right, parts(words, language, left_to_right), strict=True):
        assert alike(found, columns(drawn(piece, language))) > 0.85, piece


def test_pieces_in_another_order_would_be_seen() -> None:
    """The test above can tell: the same line is nothing like its pieces the other way round."""
    pieces = ["أكسجين", "12\u00a0L/min", "الآن"]
    found = parts("أكسجين 12 L/min الآن", "ar", pieces)
    assert min(alike(one, columns(drawn(piece, "ar"))) for piece, one in zip(pieces, found, strict=True)) < 0.7


def test_the_figures_in_a_name_are_no_value() -> None:
    for name in ("SpO2", "COVID-19", "H2O", "T4"):
        assert text.isolate_values(f"א {name} ב") == f"א {name} ב"


@pytest.mark.parametrize(
    ("words", "language", "font"),
    [("क्षत्रिय ऑक्सीजन", "hi", "NotoSansDevanagari-Regular.ttf"), ("שָׁלוֹם", "he", "NotoSansHebrew-Regular.ttf")],
)
def test_a_script_is_shaped_as_its_font_would_alone(words: str, language: str, font: str) -> None:
    face = ImageFont.truetype(assets_folder() / "fonts" / font, SIZE, layout_engine=ImageFont.Layout.RAQM)
    ours = drawn(words, language)
    image = Image.new("L", (ours.shape[1], ours.shape[0]))
    ImageDraw.Draw(image).text((20, 20 + text.ABOVE * SIZE), words, 255, face, anchor="ls", language=language)
    assert alike(columns(ours), columns(np.asarray(image))) > 0.99


@pytest.mark.parametrize(("joined", "letters"), [("क्ष", "कष"), ("त्रि", "तर"), ("द्य", "दय"), ("ज्ञ", "जञ")])
def test_devanagari_letters_become_one_conjunct(joined: str, letters: str) -> None:
    shown = text.lay_out(joined, "hi", SIZE, WIDE).width
    assert shown < 0.85 * sum(text.lay_out(letter, "hi", SIZE, WIDE).width for letter in letters)


def test_a_vowel_sign_that_is_written_first_stands_first() -> None:
    """The sign of a short i is typed behind its letter and drawn before it."""
    both, alone = columns(drawn("कि", "hi")), columns(drawn("क", "hi"))
    assert alike(both[:, -alone.shape[1] :], alone) > 0.9
    assert alike(both[:, : alone.shape[1]], alone) < 0.85


def test_a_point_changes_no_letter_and_no_width() -> None:
    assert text.lay_out("שָׁלוֹם", "he", SIZE, WIDE).width == pytest.approx(text.lay_out("שלום", "he", SIZE, WIDE).width, abs=2)
    pointed, plain = drawn("שָׁלוֹם", "he"), drawn("שלום", "he")
    below, above = round(20 + (text.ABOVE + 0.05) * SIZE), round(20 + (text.ABOVE - 0.6) * SIZE)
    assert int(plain[below:].max()) <= 60
    assert int(pointed[below:].max()) > 128, "the vowel stands below its letter"
    dots = [int((cover[:above] > 128).sum()) for cover in (pointed, plain)]
    assert dots[0] >= dots[1] + 8, "the dot stands above its letter"


@pytest.mark.parametrize("one", ["骨", "直", "返"])
def test_a_character_has_the_form_of_its_language(one: str) -> None:
    assert not np.array_equal(drawn(one, "zh"), drawn(one, "ja"))
    assert np.array_equal(drawn(one, "zh"), drawn(one, "zh-CN"))


def test_punctuation_of_chinese_is_as_wide_as_its_characters() -> None:
    quoted, plain = text.lay_out("他说“好”。", "zh", SIZE, WIDE), text.lay_out("他说好。", "zh", SIZE, WIDE)
    assert quoted.width - plain.width == pytest.approx(2 * SIZE, abs=2)
    assert {piece.font for piece in quoted.pieces} == {fonts.FILES.index("NotoSansCJKSubset-Regular.otf")}
    latin, chinese = text.lay_out("ABC“好”", "zh", SIZE, WIDE).pieces
    assert (latin.text, chinese.text) == ("ABC", "“好”"), "an opening quote goes with what it opens"


def test_a_word_is_drawn_in_one_font() -> None:
    for word in ("Nguyễn", "SpO₂", "Δευτέρα", "Кислород"):
        assert len(text.lay_out(word, "en", SIZE, WIDE).pieces) == 1, word


@pytest.mark.parametrize("language", SAID)
def test_nothing_of_any_language_is_missing_or_cut_off(language: str) -> None:
    block = text.lay_out(SAID[language], language, SIZE, 500.0)
    assert block.missing == ""
    assert unwritable(SAID[language]) == ""
    bare, roomy = text.coverage(block), text.coverage(block, (40, 40))
    assert int(roomy[:40].max()) <= 60, "nothing stands out above"
    assert int(roomy[-40:].max()) <= 60, "nothing hangs out below"
    assert int(bare.max()) > 200


@pytest.mark.parametrize(("words", "language"), [("اللّٰهُمَّ\nإِلٰهٍ", "ar"), ("Ẫ Ễ\nẪ Ễ", "vi")])
def test_lines_with_high_marks_stand_further_apart_and_never_touch(words: str, language: str) -> None:
    block = text.lay_out(words, language, SIZE, WIDE)
    assert text.lay_out("one\ntwo", "en", SIZE, WIDE).height == np.ceil(2 * (text.ABOVE + text.BELOW) * SIZE)
    assert block.height > 2 * 1.5 * SIZE
    roomy = text.coverage(block, (40, 40))
    assert int(roomy[:40].max()) == 0, "nothing stands out above"
    first, second = (round(piece.y) for piece in (block.pieces[0], block.pieces[-1]))
    between = text.coverage(block)[first + 1 : second].max(axis=1)
    assert int(between.min()) <= 60, "there is an empty row between the lines"


def test_signs_of_clinics_are_all_there() -> None:
    assert fonts.missing("° ₂ µ μ ≥ ≤ ← → ↑ ↓ ☐ ☑ ✓ ✗ ² ³ ± × ÷ – — … • ½ − ≈ ⚠ ℃ ‰ ♀ ♂ € ₀ ⁺ ⁻") == ""


def test_what_no_font_has_is_drawn_as_a_box() -> None:
    box = columns(drawn("ᚠ", "en"))
    assert box.shape[1] > 8
    assert int((box > 128).sum()) > 40
    assert alike(box, columns(drawn("ᚢ", "en"))) > 0.99, "all missing letters look the same"


def test_the_table_that_check_reads_is_that_of_the_fonts() -> None:
    there = frozenset().union(*(fonts.letters(font) for font in range(len(fonts.FILES))))
    sample = [chr(code) for code in (*range(0x20, 0xD800, 7), *range(0xF900, 0x10000, 3), *range(0x1F300, 0x1F700))]
    for letter in sample:
        composed = unicodedata.normalize("NFC", letter)
        expected = any(ord(one) not in there and not one.isspace() and not _drawn_as_nothing(one) for one in composed)
        assert bool(unwritable(letter)) == expected, hex(ord(letter))


def _drawn_as_nothing(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cf", "Cc") or "\ufe00" <= letter <= "\ufe0f"


def test_devanagari_too_needs_shaping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "shapes", lambda: False)
    with pytest.raises(fonts.TextError, match="libfribidi0"):
        text.lay_out("ऑक्सीजन दीजिए", "hi", SIZE + 1, WIDE)
    assert bidi.needed("שלום")
