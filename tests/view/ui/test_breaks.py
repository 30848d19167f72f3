"""Line ends: kinsoku, Korean, numbers with their units, letters that are never cut."""

from __future__ import annotations

import pytest

from engine.view.ui import breaks, text

SIZE = 40
JAPANESE = "酸素を上げて、患者さん（八十歳）の様子を見てください。「はい」、きっと良くなりますよ！チューブも見て。"
CHINESE = "请将氧流量调高，并观察患者（八十岁）。“好的”，他说；血氧饱和度应在三分钟内达到百分之九十四以上……好！"


def lines(words: str, language: str, width: float) -> list[str]:
    found: dict[float, str] = {}
    for piece in text.lay_out(words, language, SIZE, width).pieces:
        found[piece.y] = found.get(piece.y, "") + piece.text
    return [found[y] for y in sorted(found)]


@pytest.mark.parametrize("width", range(130, 700, 37))
@pytest.mark.parametrize(("words", "language"), [(JAPANESE, "ja"), (CHINESE, "zh")])
def test_no_line_begins_with_a_stop_or_ends_with_a_bracket(words: str, language: str, width: int) -> None:
    shown = lines(words, language, float(width))
    assert "".join(shown) == words
    assert len(shown) > 2
    for line in shown[1:]:
        assert line[0] not in "、。，；！？）」”…ーっゃゅょゥュ", shown
    for line in shown[:-1]:
        assert line[-1] not in "（「“", shown


def test_a_line_of_chinese_ends_anywhere_else() -> None:
    assert breaks.stops("血氧饱和") == [1, 2, 3, 4]
    assert breaks.stops("好……吧") == [3, 4]


def test_korean_is_broken_at_its_spaces() -> None:
    words = "산소를 올리고 환자를 지켜보십시오"
    assert breaks.stops(words) == [4, 8, 12, len(words)]


def test_western_text_is_broken_at_spaces_and_hyphens() -> None:
    assert breaks.stops("high-flow mask") == [5, 10, 14]
    assert breaks.stops("10-15 times") == [6, 11]
    assert breaks.stops("Vraiment ? Oui") == [11, 14]


@pytest.mark.parametrize(
    ("words", "language"), [("Give 12 L/min of oxygen", "en"), ("给 12 L/min 的氧气", "zh"), ("酸素を 94 % まで", "ja")]
)
@pytest.mark.parametrize("width", range(180, 420, 30))
def test_a_value_stays_with_its_unit(words: str, language: str, width: int) -> None:
    whole = "94\u00a0%" if "94" in words else "12\u00a0L/min"
    assert any(whole in line for line in lines(words, language, float(width)))


def test_a_word_is_never_cut_within_a_letter() -> None:
    word = "क्षत्रियश्रीमती" * 4
    for width in range(60, 400, 23):
        for line in lines(word, "hi", float(width))[1:]:
            assert line[0] not in "\u094d\u093f\u0940\u0902\u0947", line
        for line in lines(word, "hi", float(width))[:-1]:
            assert line[-1] != "\u094d", line
    assert breaks.whole("कि", 0, 1) == 2


def test_whether_a_word_was_cut_is_told() -> None:
    assert not text.lay_out("two words", "en", SIZE, 200.0).cut
    assert text.lay_out("Sauerstoffmaske", "en", SIZE, 200.0).cut


def test_fitted_letters_are_as_large_as_the_box_allows_and_words_stay_whole() -> None:
    box = (400, 400)
    block = text.fitted("Behandlungszimmer 12", "de", box, 120)
    assert not block.cut
    assert block.width <= box[0]
    assert block.height <= box[1]
    larger = text.lay_out("Behandlungszimmer 12", "de", block.size + 1, box[0])
    assert larger.cut or larger.height > box[1]
    assert text.fitted("Bay 4", "en", box, 60).size == 60
