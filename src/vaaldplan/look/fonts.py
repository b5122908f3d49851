"""What a font is called and which characters it can show, read from an OpenType file without a font library.

A PDF that is to follow PDF/A and PDF/UA may not hold a character without a glyph, so the writer must know beforehand.
"""

import struct
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from . import Font
from .fault import FaultError

SUFFIXES = (".otf", ".ttf")
LARGEST = 2_000_000
"""Bytes in a font file; each is put into every HTML file."""
COMMON = frozenset(map(ord, "–—‐‑‘’‚“”„•…\u202f€−≈≠≤≥→✓☐")).union(range(0x20, 0x7F), range(0xA0, 0x180))
"""What the shipped fonts can show and nearly every text is content with; a test asks the fonts."""
_NO_EMBEDDING = 0x0002
_MOST_CHARACTERS = 0x11_0000


def font(data: bytes) -> Font:
    """Read a font file.

    Raises:
        FaultError: it is too large, is no font, or may not be put into documents.
    """
    if len(data) > LARGEST:
        raise FaultError("huge", size=round(len(data) / 1000), most=LARGEST // 1000)
    if data[:4] not in (b"OTTO", b"\0\1\0\0", b"true"):
        raise FaultError("font")
    try:
        metrics = _table(data, b"OS/2")
        (weight,) = struct.unpack_from(">H", data, metrics + 4)
        (licence,) = struct.unpack_from(">H", data, metrics + 8)
        (selection,) = struct.unpack_from(">H", data, metrics + 62)
        found = Font(_family(data), data, weight, bool(selection & 1), frozenset(_characters(data)))
    except (ValueError, struct.error):
        raise FaultError("font") from None
    if licence & 0x000F == _NO_EMBEDDING:
        raise FaultError("licence", family=found.family)
    return found


def _family(data: bytes) -> str:
    """The name that a font goes by: the typographic one, else the usual one."""
    table = _table(data, b"name")
    _, count, start = struct.unpack_from(">3H", data, table)
    names: dict[int, str] = {}
    for i in range(count):
        platform, _, language, name, length, offset = struct.unpack_from(">6H", data, table + 6 + 12 * i)
        if platform == 3 and name in (1, 16) and (language == 0x409 or name not in names):
            at = table + start + offset
            names[name] = data[at : at + length].decode("utf-16-be")
    found = names.get(16) or names.get(1, "")
    kept = "".join(c for c in found if c.isprintable() and c not in "\"'\\<>&;{}").strip()
    if not kept or len(kept) > 60:
        raise ValueError(found)
    return kept


class Known:
    """The characters that the fonts of a folder, or fonts beside them, have glyphs for.

    Reading what the files say takes longer than asking about every character of a plan, so they are read only when a
    text has more than the common ones.
    """

    def __init__(self, folder: Path, beside: Iterable[Font] = ()) -> None:
        self._folder = folder
        self._beside = [font.characters for font in beside]

    def __contains__(self, code: object) -> bool:
        return code in COMMON or any(code in known for known in self._beside) or code in covered(self._folder)


@cache
def covered(folder: Path) -> frozenset[int]:
    """The code points that at least one font file in the folder has a glyph for. Raises ``OSError``, ``ValueError``."""
    return frozenset().union(*(_characters(f.read_bytes()) for f in sorted(folder.iterdir()) if f.suffix in SUFFIXES))


def _characters(font: bytes) -> set[int]:
    """The code points of one font file: its Unicode subtables of format 4 and 12, which every modern font has."""
    cmap = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    found: set[int] = set()
    for i in range(count):
        platform, _, offset = struct.unpack_from(">HHL", font, cmap + 4 + 8 * i)
        (form,) = struct.unpack_from(">H", font, cmap + offset)
        if platform in (0, 3) and form == 4:
            found |= _format_4(font, cmap + offset)
        elif platform in (0, 3) and form == 12:
            found |= _format_12(font, cmap + offset)
    return found


def _table(font: bytes, name: bytes) -> int:
    """Where a table begins."""
    (count,) = struct.unpack_from(">H", font, 4)
    for i in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sLLL", font, 12 + 16 * i)
        if tag == name:
            return int(offset)
    raise ValueError(name)


def _format_4(font: bytes, at: int) -> set[int]:
    """Segments of 16-bit characters; glyph 0 means that there is none."""
    (double,) = struct.unpack_from(">H", font, at + 6)
    n = double // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{n}H", font, at + 14 + k * double + (2 if k else 0)) for k in range(4)
    )
    if sum(max(0, end - start + 1) for start, end in zip(starts, ends, strict=True)) > _MOST_CHARACTERS:
        raise ValueError(at)
    found = set()
    for i, (start, end, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(start, end + 1):
            glyph = code
            if offset:
                place = at + 16 + 3 * double + 2 * i + offset + 2 * (code - start)
                (glyph,) = struct.unpack_from(">H", font, place) if place + 2 <= len(font) else (0,)
            if glyph and (glyph + delta) & 0xFFFF:
                found.add(code)
    return found - {0xFFFF}


def _format_12(font: bytes, at: int) -> set[int]:
    """Groups of characters with glyphs in a row."""
    (groups,) = struct.unpack_from(">L", font, at + 12)
    found: set[int] = set()
    for i in range(groups):
        start, end, glyph = struct.unpack_from(">LLL", font, at + 16 + 12 * i)
        if end >= _MOST_CHARACTERS or len(found) > _MOST_CHARACTERS:
            raise ValueError(at)
        found.update(range(start if glyph else start + 1, end + 1))
    return found
