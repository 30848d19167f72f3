"""Cuts the fonts of `assets/fonts` to what scenes need, and notes what they then have. It is fed by Debian's packages.

    apt-get download fonts-noto-cjk fonts-noto-core
    for one in fonts-noto-*.deb; do dpkg -x "$one" sources; done
    pip install -e ".[fonts]"
    python -m assets.generators.fonts sources

It writes the subset files, the licences beside them, and `coverage.txt`: all code points that any font of the house has, which
`abaton check` reads without a font library. The fonts that are used as published (see `FILES` in `engine/view/ui/fonts.py`) are
only read. The same sources give the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[1] / "fonts"
MADE = 3692217600
"""The date in the files, in seconds since 1904: 2021-01-01. Not the day of the build, so that bytes repeat."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One subset: from which file of the sources, which code points and OpenType features of it stay."""

    name: str
    source: str
    face: int
    codes: frozenset[int]
    features: tuple[str, ...]
    licence: str


def _span(*ends: tuple[int, int]) -> frozenset[int]:
    return frozenset(chain.from_iterable(range(first, last + 1) for first, last in ends))


def _rows(codec: str, first: range, second: Iterable[int]) -> frozenset[int]:
    """The letters of a national standard, by the rows and cells in which its encoding lists them."""
    found: set[int] = set()
    for lead in first:
        for trail in second:
            try:
                letter = bytes((lead, trail)).decode(codec)
            except UnicodeDecodeError:
                continue
            found.update(map(ord, letter))
    return frozenset(found)


_CELLS = range(0xA1, 0xFF)
HAN = (
    _rows("gb2312", range(0xB0, 0xF8), _CELLS)  # GB 2312-80, levels 1 and 2: 6,763 simplified characters
    | _rows("euc_jp", range(0xB0, 0xF5), _CELLS)  # JIS X 0208, levels 1 and 2: 6,355 kanji
    | frozenset(map(ord, "々〆〇ヶ塡剝頰𠮟"))  # marks of repetition; what the Joyo list of 2010 has besides
    | _rows("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *_CELLS])  # Big5, level 1: 5,401 traditional characters
)
HANGUL = _rows("euc_kr", range(0xB0, 0xC9), _CELLS)
"""KS X 1001: the 2,350 syllables of Korean as it is written."""
KANA_AND_SIGNS = _span(
    *((0x3001, 0x303F), (0x3041, 0x3096), (0x3099, 0x30FF), (0x3131, 0x318E), (0x31F0, 0x31FF), (0x3220, 0x3243)),
    *((0x2460, 0x2473), (0x2103, 0x2103), (0x2116, 0x2116), (0x3380, 0x33DF), (0xFF01, 0xFFE6)),
    *((0x2010, 0x2027), (0x2030, 0x2033), (0x203B, 0x203B), (0x00B7, 0x00B7), (0x2640, 0x2640), (0x2642, 0x2642)),
)
CUTS = (
    Cut(
        "NotoSansSubset-Regular.ttf",
        "truetype/noto/NotoSans-Regular.ttf",
        -1,
        # Latin with all its accents, IPA left out; Greek; Cyrillic; Vietnamese; marks; sub- and superscripts; currencies.
        _span((0x20, 0x7E), (0xA0, 0x24F), (0x2B0, 0x36F), (0x370, 0x52F), (0x1E00, 0x1EFF), (0x2010, 0x2027), (0x2030, 0x203A))
        | _span((0x2070, 0x209C), (0x20A0, 0x20BF), (0x2103, 0x2122), (0x25CC, 0x25CC)),
        ("ccmp", "locl", "mark", "mkmk", "kern", "liga"),
        "NotoSansSubset-OFL.txt",
    ),
    Cut(
        "NotoSansMathSubset-Regular.ttf",
        "truetype/noto/NotoSansMath-Regular.ttf",
        -1,
        _span((0x2190, 0x2199), (0x21A9, 0x21AA), (0x21B0, 0x21B3), (0x21BA, 0x21BB), (0x21D0, 0x21D5), (0x2200, 0x2265)),
        (),
        "NotoSansMathSubset-OFL.txt",
    ),
    Cut(
        "NotoSansSymbolsSubset-Regular.ttf",
        "truetype/noto/NotoSansSymbols2-Regular.ttf",
        -1,
        # Shapes; weather, boxes, hearts, warnings; ticks and crosses.
        _span((0x25A0, 0x25FF), (0x2600, 0x2606), (0x260E, 0x2612), (0x2615, 0x2615), (0x2620, 0x2623), (0x263A, 0x263A))
        | _span((0x2660, 0x2667), (0x267F, 0x267F), (0x2695, 0x2695), (0x26A0, 0x26A1), (0x2705, 0x2705), (0x2713, 0x2718))
        | _span((0x2764, 0x2764), (0x2794, 0x2794), (0x279C, 0x279E)),
        (),
        "NotoSansSymbolsSubset-OFL.txt",
    ),
    Cut(
        "NotoSansCJKSubset-Regular.otf",
        "opentype/noto/NotoSansCJK-Regular.ttc",
        2,  # Simplified Chinese; the forms of Japan, Korea and Taiwan come by `locl`
        HAN | HANGUL | KANA_AND_SIGNS,
        ("ccmp", "locl"),
        "NotoSansCJKSubset-OFL.txt",
    ),
)
SPACES = frozenset((0x20, 0xA0))
"""Every font has them: a space is drawn by the font of the word before it."""

LANGUAGES = ("dflt", "JAN", "KOR", "ZHT")
"""OpenType languages whose own forms of a Chinese character stay."""


def cut(one: Cut, sources: Path) -> int:
    """Write one subset and say how many bytes it has."""
    font = TTFont(sources / "usr/share/fonts" / one.source, fontNumber=one.face, recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = list(one.features)
    options.layout_scripts = ["*"]
    options.hinting = False  # letters are drawn large, and shrunk by the graphics card
    options.desubroutinize = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14]
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "meta", "DSIG"]
    if one.face >= 0:
        _keep_languages(font)
    work = subset.Subsetter(options)
    work.populate(unicodes=one.codes | SPACES)
    work.subset(font)
    _rename(font, one.name.split("-", maxsplit=1)[0])
    font["head"].modified = MADE
    path = FONTS / one.name
    font.save(path)
    return path.stat().st_size


def _keep_languages(font: TTFont) -> None:
    for record in font["GSUB"].table.ScriptList.ScriptRecord:
        kept = [one for one in record.Script.LangSysRecord if one.LangSysTag.strip() in LANGUAGES]
        record.Script.LangSysRecord, record.Script.LangSysCount = kept, len(kept)


def _rename(font: TTFont, name: str) -> None:
    """Give a subset a name of its own, so that nobody takes it for the whole font; the copyright stays."""
    table = font["name"]
    spaced = name.replace("NotoSans", "Noto Sans ").replace("Subset", " Subset").replace("  ", " ")
    version = str(table.getDebugName(5)).partition(";")[0]
    said = {1: spaced, 3: f"{name}-{version}", 4: spaced, 5: f"{version}; subset for Abaton", 6: f"{name}-Regular"}
    for record in list(table.names):
        if record.nameID in said:
            table.setName(said[record.nameID], record.nameID, record.platformID, record.platEncID, record.langID)
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [f"{name}-Regular"]
        cff.topDictIndex[0].FullName = cff.topDictIndex[0].FamilyName = spaced


def note_coverage() -> int:
    """Write `coverage.txt`, ranges of code points in hexadecimal, and say how many they are."""
    codes: set[int] = set()
    for path in sorted([*FONTS.glob("*.ttf"), *FONTS.glob("*.otf")]):
        with TTFont(path, lazy=True) as font:
            codes.update(font.getBestCmap())
    lines: list[str] = []
    first = last = -2
    for code in [*sorted(codes), -1]:
        if code == last + 1:
            last = code
            continue
        if last >= 0:
            lines.append(f"{first:X}" if first == last else f"{first:X}-{last:X}")
        first = last = code
    (FONTS / "coverage.txt").write_text("\n".join(lines) + "\n", encoding="ascii")
    return len(codes)


def main(sources: Path) -> None:
    """Write all of it."""
    for one in CUTS:
        print(f"{one.name}: {cut(one, sources) / 1024:.0f} KiB")
    print(f"coverage.txt: {note_coverage()} code points")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
