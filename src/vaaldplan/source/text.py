"""Bytes → text: one file as it was read, and what is said when it is no text in UTF-8."""

import re
import unicodedata
from bisect import bisect_right
from codecs import BOM_UTF8
from itertools import accumulate, repeat
from operator import add
from pathlib import Path
from typing import Any

from vaaldplan.finding import Edit, Finding, Span
from vaaldplan.patterns import regex

from .faults import fault

_SIGNATURES = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),  # the older Word, Excel and PowerPoint formats begin alike
    (b"{\\rtf", "rtf"),
    (b"\x1f\x8b", "gz"),
)
_ZIP = b"PK\x03\x04"
_ALSO_TEXT = (_ZIP, *(s for s, _ in _SIGNATURES if s.isascii()))
"""Signatures that could begin a text."""
_ZIPPED = ((b"word/", "docx"), (b"xl/", "xlsx"), (b"ppt/", "pptx"), (b"opendocument.text", "odt"))
_SNIFFED = 4096
"""How many bytes are looked at to tell what kind of file it is."""

_BREAK = regex(r"\r\n|\n|\r")
CONTROL = regex("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What libyaml refuses."""

SPACES = "\xa0\u2002\u2003\u2007\u2008\u2009\u200a\u200b\u202f\u2060\u3000\ufeff"
"""Signs that look like a space or like nothing, and are text to YAML."""
WIDTHLESS = "\u200b\u2060\ufeff"
"""Those of them that look like nothing."""

_WESTERN = frozenset("åäöÅÄÖéÉüÜèàáæøØ§°½´·–—‘’‚“”„•…€\xa0«»²³")
"""Signs of Windows-1252 that Swedish office text uses beyond ASCII."""

_ASCII = bytes(range(32, 127)) + b"\r\n"
_COMMON = frozenset([*map(chr, range(0xA0, 0x180)), *"–—‘’‚“”„•…€"])
"""Signs beyond ASCII that most texts have no others than; they are the same in NFC."""

_LONG = 1_000
"""Letters in a line that is worth keeping."""


class File:
    """One file as it was read. Indexes, lines and columns are those of ``text``: NFC, without a byte order mark."""

    def __init__(self, name: str, raw: bytes | None, path: Path | None = None) -> None:
        self.name = name
        """The name shown to the user."""
        self.path = path
        """Where it is on the disk."""
        self.raw = raw or b""
        self.too_large = raw is None
        self.text = ""
        self.common = False
        """Whether it has common signs only; they all can be seen, save for spaces."""
        self._starts: list[int] = []
        self._long: dict[int, str] = {}
        """The long lines that have been asked for: there may be much to say of one, and it may be the whole file."""

    def place(self, index: int) -> tuple[int, int]:
        """Line and column, from 1, of an index in the text."""
        starts = self.starts
        line = bisect_right(starts, index)
        return line, index - starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """The span between two indexes of the text."""
        return Span(self.name, *self.place(start), *self.place(end))

    def event(self, event: Any) -> Span:
        """The span of one of PyYAML's events."""
        return self.span(event.start_mark.index, event.end_mark.index)

    def index(self, line: int, column: int = 1) -> int:
        """The index of a line and column that exist."""
        return self.starts[line - 1] + column - 1

    def begin(self, n: int) -> int:
        """The index where a line, counted from 0, begins; that where all ends when there is no such line."""
        starts = self.starts
        return starts[n] if n < len(starts) else len(self.text)

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.starts)

    def line(self, number: int) -> str:
        """The text of a line without its end; empty when there is no such line."""
        found = self._long.get(number)
        if found is None:
            starts = self.starts
            if not 1 <= number <= len(starts):
                return ""
            end = starts[number] if number < len(starts) else len(self.text)
            found = self.text[starts[number - 1] : end].rstrip("\r\n")
            if len(found) > _LONG:
                self._long[number] = found
        return found

    @property
    def starts(self) -> list[int]:
        """The indexes where the lines begin."""
        if not self._starts and self.split() is None:
            self._starts = [0, *(m.end() for m in _BREAK.finditer(self.text))]
        return self._starts

    def split(self) -> list[str] | None:
        """The lines without their ends; ``None`` when they do not all end alike."""
        end = "\r\n" if "\r" in self.text else "\n"
        lines = self.text.split(end)
        if end == "\r\n" and not self.text.count("\r") == self.text.count("\n") == len(lines) - 1:
            return None
        if not self._starts:
            self._starts = list(accumulate(map(add, map(len, lines), repeat(len(end))), initial=0))
            self._starts.pop()
        return lines


def decode(file: File) -> Finding | None:
    """Fill in the file's text; a finding when it is no text in UTF-8, and then the text is only good for showing."""
    raw = file.raw
    try:
        text = raw.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        return _utf_16(file) or _binary(file) or _other_encoding(file, error)
    if "\0" in text or raw.startswith(_ALSO_TEXT):
        found = _utf_16(file) or _binary(file)
        if found:
            return found
    beyond = raw.translate(None, _ASCII).decode().removeprefix("\ufeff")
    file.common = _COMMON.issuperset(beyond)
    file.text = text if file.common else normal(text)
    return None


def normal(text: str) -> str:
    """The text in NFC: some systems write å as a and a ring, which no comparison would find."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _top(file: File) -> Span:
    return Span(file.name, 1, 1, 1, 1)


def _utf_16(file: File) -> Finding | None:
    """UTF-16 by its byte order mark, or because every other byte at the start is NUL."""
    start = file.raw[:_SNIFFED]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif len(start) >= 4 and _mostly_nul(start[1::2]) and not _mostly_nul(start[::2]):
        encoding = "utf-16-le"
    elif len(start) >= 4 and _mostly_nul(start[::2]) and not _mostly_nul(start[1::2]):
        encoding = "utf-16-be"
    else:
        return None
    file.text = file.raw.decode(encoding, "replace")
    return fault("S02", "utf-16", _top(file))


def _mostly_nul(part: bytes) -> bool:
    return part.count(0) * 10 >= len(part) * 7


def _binary(file: File) -> Finding | None:
    """A known kind of file that is not text, or NUL bytes."""
    start = file.raw[:_SNIFFED]
    kind = next((kind for signature, kind in _SIGNATURES if start.startswith(signature)), "")
    if start.startswith(_ZIP):
        kind = next((kind for mark, kind in _ZIPPED if mark in file.raw), "zip")
    if kind:
        return fault("S01", "binary", _top(file), kind=kind)
    if b"\0" in file.raw:
        return fault("S01", "binary-unknown", _top(file))
    return None


def _other_encoding(file: File, error: UnicodeDecodeError) -> Finding:
    """Windows-1252 when the bytes that are not UTF-8 would mostly be letters and signs of Swedish text in it."""
    raw = file.raw
    stray = re.findall(r"[\udc80-\udcff]", raw.decode("utf-8-sig", "surrogateescape"))
    signs = bytes(ord(c) - 0xDC00 for c in stray).decode("cp1252", "replace")
    western = sum(c in _WESTERN for c in signs) * 2 > len(signs)
    unmarked = raw.removeprefix(BOM_UTF8)
    stop = error.start - (len(raw) - len(unmarked))
    before = unmarked[:stop].decode()
    file.text = normal(raw.decode("cp1252" if western and before.isascii() else "utf-8-sig", "replace"))
    breaks = [m.end() for m in _BREAK.finditer(before)]
    line, column = len(breaks) + 1, len(before) - (breaks[-1] if breaks else 0) + 1
    span = Span(file.name, line, column, line, column + 1)
    if not western:
        return fault("S02", "other", span, line=line, byte=f"{unmarked[stop]:02X}")
    start = max(unmarked.rfind(b"\n", 0, stop), unmarked.rfind(b"\r", 0, stop)) + 1
    sample = re.split(rb"[\r\n]", unmarked[start:], maxsplit=1)[0].decode("cp1252", "replace").strip()
    finding = fault("S02", "windows-1252", span, line=line, sample=shortened(sample))
    if before.isascii() and "\ufffd" not in file.text:
        finding = finding._replace(edits=(Edit(_top(file), ""),))  # the text is right; it is to be saved in UTF-8
    return finding


def shortened(text: str, width: int = 72) -> str:
    """The text, its middle left out when it is wider than a line of a message can show."""
    if len(text) <= width:
        return text
    return f"{text[: width - 20].rsplit(' ', 1)[0]} … {text[-17:].split(' ', 1)[-1]}"
