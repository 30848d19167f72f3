"""Type on things that are made here: one face, words in Latin, which belong to no language that a session may be in."""

from __future__ import annotations

from pathlib import Path

from PIL import ImageDraw, ImageFont

Tone = tuple[int, int, int]
FONT = Path(__file__).resolve().parents[1] / "fonts" / "AtkinsonHyperlegible-Regular.ttf"
CAPITALS = 0.668
"""Height of a capital, of the face's size."""


def line(pen: ImageDraw.ImageDraw, at: tuple[float, float], size: tuple[float, float], words: str, tone: Tone | int) -> None:
    """Words from the upper left corner of their capitals, in pixels: capitals as high as `size` says second, and lower where
    the words would be longer than it says first."""
    wide, high = size
    face = ImageFont.truetype(str(FONT), max(4, round(high / CAPITALS)))
    long = face.getlength(words)
    if long > wide:
        face = ImageFont.truetype(str(FONT), max(4, round(high / CAPITALS * wide / long)))
    lower = high - CAPITALS * face.size
    weight = max(0, round(face.size * 0.022))
    pen.text((at[0], at[1] + lower / 2 + CAPITALS * face.size), words, font=face, fill=tone, anchor="ls", stroke_width=weight)
