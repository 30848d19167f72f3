"""How large a PNG, JPEG or WebP image is, from its first bytes: known before anything is decoded."""

from __future__ import annotations

import struct
from collections.abc import Callable

Read = Callable[[int, int], bytes]
"""Bytes of the image: where they start, and how many at most."""

MOST_SEGMENTS = 1000
"""Of a JPEG, before its frame header: more than colour profiles and photographs' notes ever are."""

_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG markers of a frame header (ISO/IEC 10918-1, table B.1)."""


def image_size(read: Read) -> tuple[int, int] | None:
    """Width and height in pixels; None of what is none of the three, or is damaged before it says."""
    head = read(0, 32)
    if head[:8] == b"\x89PNG\r\n\x1a\n" and head[12:16] == b"IHDR" and len(head) >= 24:
        width, height = struct.unpack_from(">II", head, 16)
        return (width, height) if width and height else None
    if head[:2] == b"\xff\xd8":
        return _jpeg(read)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP" and len(head) >= 30:
        return _webp(head)
    return None


def _jpeg(read: Read) -> tuple[int, int] | None:
    at = 2
    for _ in range(MOST_SEGMENTS):
        head = read(at, 9)
        if len(head) < 9 or head[0] != 0xFF:
            return None
        if head[1] == 0xFF:  # a fill byte (section B.1.1.2)
            at += 1
            continue
        if head[1] in _FRAMES:
            height, width = struct.unpack_from(">HH", head, 5)
            return (width, height) if width and height else None
        at += 2 + int(struct.unpack_from(">H", head, 2)[0])
    return None


def _webp(head: bytes) -> tuple[int, int] | None:
    """WebP Container Specification: lossy (RFC 6386, section 9.1), lossless, and extended, which gives the canvas."""
    kind = head[12:16]
    if kind == b"VP8 " and head[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", head, 26)
        return (width & 0x3FFF, height & 0x3FFF) if width & 0x3FFF and height & 0x3FFF else None
    if kind == b"VP8L" and head[20] == 0x2F:
        bits = struct.unpack_from("<I", head, 21)[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    return None
