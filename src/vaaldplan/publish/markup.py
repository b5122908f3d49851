"""How the source of a document is written: values escaped, the author's texts by number, pictures by name."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from vaaldplan.patterns import regex

PROSE, BREAK, TOC, CAPTION = "\ue000", "\ue001", "\ue002", "\ue003"
"""Private-use characters, which no text of the author's keeps: around the number of a prose text, for a line break
within a cell, for the list of contents, and before the caption of the table above."""

_PRIVATE = regex("[\ue000-\uf8ff]")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


class Markup(str):
    """Text that is Markdown of the source's own and is not escaped."""

    __slots__ = ()


class Figure(NamedTuple):
    """A picture the source may call by name."""

    svg: str
    alt: str


BLANK = Markup(r"\_" * 54)
"""A line to write on; no longer than a word may be before it is broken."""


def escape(value: Any) -> str:
    """Any value as Markdown that shows it literally; ``Markup`` passes."""
    if isinstance(value, Markup):
        return value
    return str(value).translate(_LITERAL)


class _Literal(dict[int, str]):
    """A table for ``str.translate`` that decides on a character the first time it is met."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        escaped = f"\\{sign}" if sign in _PUNCTUATION else " " if sign == "\n" else sign
        self[code] = "" if sign == "\r" or 0xE000 <= code <= 0xF8FF else escaped
        return self[code]


_LITERAL = _Literal()


class Proses:
    """The author's texts of one document: the source holds a number in place of each."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def mark(self, text: str) -> Markup:
        """Register a text and return what stands for it in the source, on a line of its own."""
        self.texts.append(text if text.replace("\n", "").isprintable() else _PRIVATE.sub("", text))
        return Markup(f"\n\n{PROSE}{len(self.texts) - 1}{PROSE}\n\n")


def pieces(source: str) -> Iterator[str]:
    """The source cut before headings and boxes, never within a box: pieces that mean the same by themselves."""
    piece: list[str] = []
    depth = 0
    for line in source.split("\n"):
        opens = line.startswith("::: ")
        if depth == 0 and (opens or line.startswith("#")) and piece and not piece[-1]:
            yield "\n".join(piece)
            piece = []
        piece.append(line)
        depth += 1 if opens else -1 if line == ":::" else 0
    yield "\n".join(piece)
